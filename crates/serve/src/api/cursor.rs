//! Cursors: where a list goes on, opaque and authenticated.
//!
//! Invariant: a cursor opens only for the list that gave it out, in this run of the program; a made
//! up one is refused, so that nobody can probe with it.

use super::problem::Problem;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::SystemRandom;

/// Bytes of the authentication that are kept.
const TAG: usize = 16;

/// Makes and opens cursors.
pub(crate) struct Cursors {
    key: hmac::Key,
}

impl Default for Cursors {
    fn default() -> Self {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new());
        Self {
            key: key.expect("the operating system gives random bytes"),
        }
    }
}

impl Cursors {
    /// A cursor of a list to a position in it.
    pub(crate) fn seal(&self, list: &str, position: &str) -> String {
        let mut bytes = self.tag(list, position);
        bytes.extend_from_slice(position.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position that a cursor of this list names.
    pub(crate) fn open(&self, list: &str, cursor: &str) -> Result<String, Problem> {
        let open = || {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            let (tag, position) = bytes.split_at_checked(TAG)?;
            let position = std::str::from_utf8(position).ok()?;
            let is_ours = self.tag(list, position) == tag;
            is_ours.then(|| position.to_owned())
        };
        open().ok_or_else(|| {
            let words = "This is no cursor of this list; begin again without one.";
            Problem::new(StatusCode::BAD_REQUEST, words)
        })
    }

    fn tag(&self, list: &str, position: &str) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(list.as_bytes());
        context.update(&[0]);
        context.update(position.as_bytes());
        context.sign().as_ref()[..TAG].to_vec()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_for_its_list_only() {
        let cursors = Cursors::default();
        let cursor = cursors.seal("sources", "50");
        assert_eq!(cursors.open("sources", &cursor).unwrap(), "50");
        assert!(cursors.open("records", &cursor).is_err());
        assert!(Cursors::default().open("sources", &cursor).is_err());
        for made_up in ["", "50", &cursor[1..], "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(cursors.open("sources", made_up).is_err(), "{made_up}");
        }
    }
}
