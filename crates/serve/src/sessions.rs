//! Who is signed in: one-time links, and sessions that live in a cookie.
//!
//! Invariant: secrets are 256 random bits, kept here only as SHA-256; a link works once. Nothing
//! is written to disk: a new start knows no session. A session says who, never what they may:
//! that is looked up on every request, so that a role that was taken away is gone at once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use users::UserId;

/// Name of the cookie.
pub(crate) const COOKIE: &str = "onrecord-session";
/// A session ends this long after it began, whatever happens.
const LONGEST: Duration = Duration::from_secs(12 * 60 * 60);
/// A link that nobody followed dies after this.
const LINK: Duration = Duration::from_secs(10 * 60);
/// Most sessions at once; the oldest gives way.
const MOST: usize = 256;

type Hash = [u8; 32];

/// Whose session it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Who {
    /// Whoever keeps this machine: followed its link, or knows its passphrase.
    Keeper,
    /// A person with an account.
    User(UserId),
}

/// How somebody signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum How {
    Link,
    Passphrase,
    Password,
    Code,
    Recovery,
    Passkey,
}

impl How {
    /// Its name, in addresses and words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Passphrase => "passphrase",
            Self::Password => "password",
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
        }
    }
}

/// A session, without its secret.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Names it, to end it.
    pub(crate) id: String,
    pub(crate) who: Who,
    pub(crate) how: How,
    pub(crate) began: Instant,
    /// When a request of it last came.
    pub(crate) last: Instant,
}

#[derive(Default)]
struct Known {
    links: BTreeMap<Hash, Instant>,
    sessions: BTreeMap<Hash, Session>,
    last: Option<Instant>,
}

/// The links and sessions of this run.
pub(crate) struct Sessions {
    known: Mutex<Known>,
    /// A person's session ends when no request of it came for so long.
    idle: Duration,
}

impl Sessions {
    /// None yet; those of persons end when they are idle for so long.
    pub(crate) fn new(idle: Duration) -> Self {
        Self {
            known: Mutex::default(),
            idle,
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = self.idle;
        known.sessions.retain(|_, one| {
            let is_idle = matches!(one.who, Who::User(_)) && one.last.elapsed() >= idle;
            one.began.elapsed() < LONGEST && !is_idle
        });
        known
    }

    /// A secret for a link that works once.
    pub(crate) fn link(&self) -> String {
        let secret = random(32);
        self.known().links.insert(hash(&secret), Instant::now());
        secret
    }

    /// Takes the link's secret and gives that of a new session; `None` when it was used, is too
    /// old, or never was.
    pub(crate) fn enter(&self, link: &str) -> Option<String> {
        let made = self.known().links.remove(&hash(link))?;
        (made.elapsed() < LINK).then(|| self.begin(Who::Keeper, How::Link))
    }

    /// Begins a session; its secret is for the cookie.
    pub(crate) fn begin(&self, who: Who, how: How) -> String {
        let secret = random(32);
        let mut known = self.known();
        while known.sessions.len() >= MOST {
            let oldest = known.sessions.iter().min_by_key(|(_, one)| one.began);
            let Some(oldest) = oldest.map(|(hash, _)| *hash) else {
                break;
            };
            known.sessions.remove(&oldest);
        }
        let now = Instant::now();
        let session = Session {
            id: random(9),
            who,
            how,
            began: now,
            last: now,
        };
        known.sessions.insert(hash(&secret), session);
        known.last = Some(now);
        secret
    }

    /// Whose session this secret is of; counts as a sign of life.
    pub(crate) fn who(&self, secret: &str) -> Option<Who> {
        let mut known = self.known();
        let now = Instant::now();
        let session = known.sessions.get_mut(&hash(secret))?;
        session.last = now;
        let who = session.who;
        known.last = Some(now);
        Some(who)
    }

    /// The sessions, the newest first, each with whether it is the one with this secret.
    pub(crate) fn list(&self, own: &str) -> Vec<(Session, bool)> {
        let own = hash(own);
        let known = self.known();
        let sessions = known.sessions.iter();
        let mut sessions: Vec<(Session, bool)> = sessions
            .map(|(hash, session)| (session.clone(), *hash == own))
            .collect();
        sessions.sort_by_key(|(session, _)| std::cmp::Reverse(session.began));
        sessions
    }

    /// Ends the session with this secret.
    pub(crate) fn end_own(&self, secret: &str) {
        self.known().sessions.remove(&hash(secret));
    }

    /// Ends the session of this id, where `may` allows it; whether there was one.
    pub(crate) fn end(&self, id: &str, may: impl Fn(Who) -> bool) -> bool {
        let mut known = self.known();
        let before = known.sessions.len();
        known
            .sessions
            .retain(|_, one| one.id != id || !may(one.who));
        known.sessions.len() < before
    }

    /// Ends all sessions of a person.
    pub(crate) fn end_of(&self, user: UserId) {
        let mut known = self.known();
        known.sessions.retain(|_, one| one.who != Who::User(user));
    }

    /// Ends all sessions of `whose` but the one with this secret; says how many. Where it is the
    /// keeper's, links die too.
    pub(crate) fn end_others(&self, own: &str, whose: Who) -> usize {
        let own = hash(own);
        let mut known = self.known();
        if whose == Who::Keeper {
            known.links.clear();
        }
        let before = known.sessions.len();
        known
            .sessions
            .retain(|hash, one| *hash == own || one.who != whose);
        before - known.sessions.len()
    }

    /// How long nobody with a session has come; nothing before the first came.
    pub(crate) fn idle(&self) -> Duration {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.last.map_or(Duration::ZERO, |last| last.elapsed())
    }
}

fn hash(secret: &str) -> Hash {
    Sha256::digest(secret.as_bytes()).into()
}

/// So many random bytes, in base64.
pub(crate) fn random(bytes: usize) -> String {
    let mut random = vec![0; bytes];
    SystemRandom::new()
        .fill(&mut random)
        .expect("the operating system gives random bytes");
    URL_SAFE_NO_PAD.encode(random)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(3600);

    fn anns() -> Who {
        Who::User("AAAAAAAAAAAAAAAAAAAAAA".parse().unwrap())
    }

    #[test]
    fn a_link_works_once_and_sessions_are_apart() {
        let sessions = Sessions::new(LONG);
        let link = sessions.link();
        let first = sessions.enter(&link).unwrap();
        assert!(sessions.enter(&link).is_none());
        assert_eq!(sessions.who(&first), Some(Who::Keeper));
        assert_eq!(sessions.who(&link), None);
        assert_eq!(sessions.who(""), None);
        let anns_own = sessions.begin(anns(), How::Password);
        assert_eq!(sessions.who(&anns_own), Some(anns()));
    }

    #[test]
    fn sessions_are_ended_one_by_one_and_together() {
        let sessions = Sessions::new(LONG);
        let keeper = || sessions.begin(Who::Keeper, How::Link);
        let (own, other) = (keeper(), keeper());
        let ann = sessions.begin(anns(), How::Passkey);
        let link = sessions.link();
        assert_eq!(sessions.end_others(&own, Who::Keeper), 1);
        assert!(sessions.who(&own).is_some() && sessions.who(&other).is_none());
        assert!(sessions.enter(&link).is_none() && sessions.who(&ann).is_some());
        let list = sessions.list(&own);
        let this: Vec<bool> = list.iter().map(|(_, this)| *this).collect();
        assert_eq!(this, [false, true]);
        let id = &list[0].0.id;
        assert!(
            !sessions.end(id, |who| who == Who::Keeper),
            "not hers to end"
        );
        assert!(sessions.end(id, |_| true) && sessions.who(&ann).is_none());
        let ann = sessions.begin(anns(), How::Password);
        let Who::User(user) = anns() else {
            unreachable!("she has an account")
        };
        sessions.end_of(user);
        assert!(sessions.who(&ann).is_none() && sessions.who(&own).is_some());
        sessions.end_own(&own);
        assert!(sessions.list("").is_empty());
    }

    #[test]
    fn the_oldest_session_gives_way_and_an_idle_person_has_to_sign_in_again() {
        let sessions = Sessions::new(LONG);
        let first = sessions.begin(Who::Keeper, How::Link);
        let later: Vec<String> = (0..MOST)
            .map(|_| sessions.begin(Who::Keeper, How::Link))
            .collect();
        assert!(sessions.who(&first).is_none());
        assert!(later.iter().all(|secret| sessions.who(secret).is_some()));
        let impatient = Sessions::new(Duration::ZERO);
        let ann = impatient.begin(anns(), How::Password);
        assert!(impatient.who(&ann).is_none());
    }
}
