//! What an answer needs to be seen, looked for in its text. Codings that the server put on it,
//! although none was asked for, are undone for the search alone: what is kept stays as it came.
//!
//! Invariant: no more than `MOST_SEARCHED` bytes are looked at, whatever they unpack to. Standard:
//! RFC 9110 §8.4.

use crate::links::{Found, Need, of_page, of_style};
use std::borrow::Cow;
use std::io::Read;
use url::Url;

/// Longest page or style sheet that is searched for what it needs, in bytes.
const MOST_SEARCHED: usize = 8 << 20;

/// An answer that is no redirect.
pub(crate) struct Arrived {
    /// Its address.
    pub url: Url,
    /// The media type that it states, in lower case.
    pub media_type: String,
    /// The codings that it states, in lower case; empty where it states none.
    pub coding: String,
    /// Its body without chunks.
    pub body: Vec<u8>,
}

/// Finds what an answer needs.
///
/// # Errors
/// In words for people: why it was not searched.
pub(crate) fn search(arrived: &Arrived, need: Need, found: &mut Found) -> Result<(), String> {
    let kind = arrived.media_type.as_str();
    let is_page = kind.contains("html") || (kind.is_empty() && need == Need::Frame);
    if !is_page && !kind.contains("css") && need != Need::Style {
        return Ok(());
    }
    let body = plain(arrived).ok_or_else(|| {
        format!(
            "what it needs was not looked for: it came coded as {}, although no coding was asked for",
            arrived.coding.chars().take(40).collect::<String>()
        )
    })?;
    let end = body.len().min(MOST_SEARCHED);
    let text = String::from_utf8_lossy(&body[..end]);
    if is_page {
        of_page(&arrived.url, &text, found);
    } else {
        of_style(&arrived.url, &text, found);
    }
    Ok(())
}

/// The head of the body without its coding; `None` where that cannot be undone.
fn plain(arrived: &Arrived) -> Option<Cow<'_, [u8]>> {
    let body = arrived.body.as_slice();
    let mut plain = Vec::new();
    let most = MOST_SEARCHED as u64;
    // What came before a damage is searched.
    let _ = match arrived.coding.as_str() {
        "" | "identity" => return Some(Cow::Borrowed(body)),
        // Some servers name a coding that they did not put on it.
        "gzip" | "x-gzip" if !body.starts_with(b"\x1f\x8b") => return Some(Cow::Borrowed(body)),
        "gzip" | "x-gzip" => flate2::read::MultiGzDecoder::new(body)
            .take(most)
            .read_to_end(&mut plain),
        "deflate" => flate2::read::ZlibDecoder::new(body)
            .take(most)
            .read_to_end(&mut plain),
        _ => return None,
    };
    (!plain.is_empty()).then_some(Cow::Owned(plain))
}
