//! What somebody was asked and has not answered yet: challenges for passkeys, secrets for
//! authenticators that were shown and not confirmed.
//!
//! Invariants: each is answered once, within minutes, for what it was asked; in memory only. What a
//! stranger asks for takes nothing away from whoever is signed in.

use crate::sessions::random;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use users::{Totp, UserId};

/// A question dies after this.
const LASTS: Duration = Duration::from_secs(10 * 60);
/// Most questions of a purpose at once; the oldest gives way.
const MOST: usize = 512;

/// What it is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Purpose {
    /// To sign in.
    SignIn,
    /// To register a passkey of this person.
    Register(UserId),
}

type Challenges = BTreeMap<String, (Purpose, Instant)>;

#[derive(Default)]
struct Open {
    sign_in: Challenges,
    register: Challenges,
    secrets: BTreeMap<UserId, (Totp, Instant)>,
}

impl Open {
    fn challenges(&mut self, purpose: Purpose) -> &mut Challenges {
        match purpose {
            Purpose::SignIn => &mut self.sign_in,
            Purpose::Register(_) => &mut self.register,
        }
    }
}

/// The questions of this run.
#[derive(Default)]
pub(crate) struct Asked {
    open: Mutex<Open>,
}

impl Asked {
    fn open(&self) -> MutexGuard<'_, Open> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.sign_in.retain(|_, (_, made)| made.elapsed() < LASTS);
        open.register.retain(|_, (_, made)| made.elapsed() < LASTS);
        open.secrets.retain(|_, (_, made)| made.elapsed() < LASTS);
        open
    }

    /// A challenge, base64url.
    pub(crate) fn challenge(&self, purpose: Purpose) -> String {
        let mut open = self.open();
        let challenges = open.challenges(purpose);
        if challenges.len() >= MOST {
            let oldest = challenges.iter().min_by_key(|(_, (_, made))| *made);
            if let Some(oldest) = oldest.map(|(challenge, _)| challenge.clone()) {
                challenges.remove(&oldest);
            }
        }
        let challenge = random(32);
        challenges.insert(challenge.clone(), (purpose, Instant::now()));
        challenge
    }

    /// Takes a challenge; whether it was asked for this.
    pub(crate) fn take(&self, challenge: &str, purpose: Purpose) -> bool {
        let taken = self.open().challenges(purpose).remove(challenge);
        taken.is_some_and(|(asked, _)| asked == purpose)
    }

    /// The secret that is shown to a person for the authenticator: the same until it is confirmed.
    pub(crate) fn secret(&self, user: UserId) -> Totp {
        let mut open = self.open();
        let secret = open.secrets.entry(user);
        secret
            .or_insert_with(|| (Totp::new(), Instant::now()))
            .0
            .clone()
    }

    /// It was confirmed, or is not wanted.
    pub(crate) fn forget(&self, user: UserId) {
        self.open().secrets.remove(&user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_answered_once_and_for_what_it_was_asked() {
        let asked = Asked::default();
        let challenge = asked.challenge(Purpose::SignIn);
        assert!(asked.take(&challenge, Purpose::SignIn));
        assert!(!asked.take(&challenge, Purpose::SignIn));
        let Ok(ann) = "AAAAAAAAAAAAAAAAAAAAAA".parse() else {
            unreachable!("it is an id")
        };
        let challenge = asked.challenge(Purpose::Register(ann));
        assert!(!asked.take(&challenge, Purpose::SignIn));
        assert!(!asked.take("made up", Purpose::SignIn));
        let anns = asked.challenge(Purpose::Register(ann));
        for _ in 0..MOST + 5 {
            asked.challenge(Purpose::SignIn);
        }
        assert_eq!(asked.open().sign_in.len(), MOST);
        assert!(
            asked.take(&anns, Purpose::Register(ann)),
            "strangers took hers away"
        );
        let shown = asked.secret(ann).typed();
        assert_eq!(*asked.secret(ann).typed(), *shown);
        asked.forget(ann);
        assert_ne!(*asked.secret(ann).typed(), *shown);
    }
}
