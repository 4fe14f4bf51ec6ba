//! Who may see anything: one-time links, and sessions that live in a cookie.
//!
//! Invariant: secrets are 256 random bits, kept here only as SHA-256; a link works once. Nothing
//! is written to disk: a new start knows no session.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Name of the cookie.
pub(crate) const COOKIE: &str = "onrecord-session";
/// A session ends this long after it began, whatever happens.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// A link that nobody followed dies after this.
const LINK: Duration = Duration::from_secs(10 * 60);
/// Most sessions at once; the oldest gives way.
const MOST: usize = 32;

type Hash = [u8; 32];

#[derive(Default)]
struct Known {
    links: BTreeMap<Hash, Instant>,
    sessions: BTreeMap<Hash, Instant>,
    last: Option<Instant>,
}

/// The links and sessions of this run.
#[derive(Default)]
pub(crate) struct Sessions {
    known: Mutex<Known>,
}

impl Sessions {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A secret for a link that works once.
    pub(crate) fn link(&self) -> String {
        let secret = secret();
        self.known().links.insert(hash(&secret), Instant::now());
        secret
    }

    /// Takes the link's secret and gives that of a new session; `None` when it was used, is too
    /// old, or never was.
    pub(crate) fn enter(&self, link: &str) -> Option<String> {
        let made = self.known().links.remove(&hash(link))?;
        (made.elapsed() < LINK).then(|| self.begin())
    }

    /// Begins a session; its secret is for the cookie.
    pub(crate) fn begin(&self) -> String {
        let secret = secret();
        let mut known = self.known();
        known.sessions.retain(|_, began| began.elapsed() < LONGEST);
        while known.sessions.len() >= MOST {
            let oldest = known.sessions.iter().min_by_key(|(_, began)| **began);
            let Some(oldest) = oldest.map(|(hash, _)| *hash) else {
                break;
            };
            known.sessions.remove(&oldest);
        }
        known.sessions.insert(hash(&secret), Instant::now());
        known.last = Some(Instant::now());
        secret
    }

    /// Whether this is the secret of a session; counts as a sign of life.
    pub(crate) fn holds(&self, secret: &str) -> bool {
        let mut known = self.known();
        let began = known.sessions.get(&hash(secret)).copied();
        let holds = began.is_some_and(|began| began.elapsed() < LONGEST);
        if holds {
            known.last = Some(Instant::now());
        }
        holds
    }

    /// The sessions, the newest first: how long ago each began, and whether it is the one with
    /// this secret.
    pub(crate) fn list(&self, own: &str) -> Vec<(Duration, bool)> {
        let own = hash(own);
        let known = self.known();
        let sessions = known.sessions.iter();
        let mut sessions: Vec<(Duration, bool)> = sessions
            .map(|(hash, began)| (began.elapsed(), *hash == own))
            .filter(|(age, _)| *age < LONGEST)
            .collect();
        sessions.sort_unstable();
        sessions
    }

    /// Ends all sessions and links but the session with this secret; says how many sessions.
    pub(crate) fn end_others(&self, own: &str) -> usize {
        let own = hash(own);
        let mut known = self.known();
        known.links.clear();
        let before = known.sessions.len();
        known.sessions.retain(|hash, _| *hash == own);
        before - known.sessions.len()
    }

    /// How long nobody with a session has come; nothing before the first came.
    pub(crate) fn idle(&self) -> Duration {
        self.known()
            .last
            .map_or(Duration::ZERO, |last| last.elapsed())
    }
}

fn hash(secret: &str) -> Hash {
    Sha256::digest(secret.as_bytes()).into()
}

fn secret() -> String {
    let mut bytes = [0; 32];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_link_works_once_and_sessions_are_apart() {
        let sessions = Sessions::default();
        let link = sessions.link();
        let first = sessions.enter(&link).unwrap();
        assert!(sessions.enter(&link).is_none());
        assert!(sessions.holds(&first));
        assert!(!sessions.holds(&link));
        assert!(!sessions.holds(""));
        assert_ne!(first, sessions.begin());
    }

    #[test]
    fn all_sessions_but_ones_own_are_ended() {
        let sessions = Sessions::default();
        let (own, other) = (sessions.begin(), sessions.begin());
        let link = sessions.link();
        assert_eq!(
            sessions.list(&own).iter().filter(|(_, this)| *this).count(),
            1
        );
        assert_eq!(sessions.end_others(&own), 1);
        assert!(sessions.holds(&own) && !sessions.holds(&other));
        assert!(sessions.enter(&link).is_none());
        assert_eq!(sessions.list(&own).len(), 1);
    }

    #[test]
    fn the_oldest_session_gives_way() {
        let sessions = Sessions::default();
        let first = sessions.begin();
        let later: Vec<String> = (0..MOST).map(|_| sessions.begin()).collect();
        assert!(!sessions.holds(&first));
        assert!(later.iter().all(|secret| sessions.holds(secret)));
    }
}
