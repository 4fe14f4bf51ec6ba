//! Tokens: how programs, and persons beside the keeper of this machine, sign in to the API.
//!
//! Invariant: a secret is 256 random bits, told once, and kept only as SHA-256, in memory: a new
//! start knows no token, and no file holds one.

use super::problem::Problem;
use super::shapes::RoleShape;
use super::who::Caller;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use users::Role;
use utoipa::ToSchema;

/// Most tokens at once.
const MOST: usize = 256;
/// Longest name, in characters.
const NAME: usize = 200;
/// A token ends after this at the latest, in hours.
pub(crate) const LONGEST: u64 = 24 * 30;

/// A token, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    /// Names the token, to take it back.
    id: String,
    /// Whose: the name that is kept with what they add and decide.
    name: String,
    /// What they may.
    #[schema(value_type = RoleShape)]
    role: Role,
    /// Whether names of protected persons are readable with it.
    names: bool,
    /// Seconds until it ends.
    ends_in: u64,
}

impl Token {
    /// Names the token.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }
}

struct Held {
    id: String,
    name: String,
    role: Role,
    names: bool,
    made: Instant,
    lasts: Duration,
}

/// The tokens of this run.
#[derive(Default)]
pub(crate) struct Tokens {
    held: Mutex<BTreeMap<[u8; 32], Held>>,
}

impl Tokens {
    fn held(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Held>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, token| token.made.elapsed() < token.lasts);
        held
    }

    /// Makes a token; its secret and what is known of it. `names` says whether names of protected
    /// persons are readable with it.
    pub(crate) fn make(
        &self,
        name: &str,
        role: Role,
        hours: u64,
        names: bool,
    ) -> Result<(String, Token), Problem> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(Problem::unfit("A token needs a name of 1 to 200 letters."));
        }
        if hours == 0 || hours > LONGEST {
            let words = format!("A token lasts 1 to {LONGEST} hours.");
            return Err(Problem::unfit(words));
        }
        let mut held = self.held();
        if held.len() >= MOST {
            let words = format!("There are {MOST} tokens already; take some back.");
            return Err(Problem::unfit(words));
        }
        let (secret, id) = (random(32), random(9));
        let token = Held {
            id,
            name: name.to_owned(),
            role,
            names,
            made: Instant::now(),
            lasts: Duration::from_secs(hours * 3600),
        };
        let shown = token.shown();
        held.insert(hash(&secret), token);
        Ok((secret, shown))
    }

    /// Whose secret this is.
    pub(crate) fn holder(&self, secret: &str) -> Option<Caller> {
        let held = self.held();
        let token = held.get(&hash(secret))?;
        Some(Caller {
            name: token.name.clone(),
            role: token.role,
            user: None,
            sees_names: token.names,
        })
    }

    /// All, by name.
    pub(crate) fn all(&self) -> Vec<Token> {
        let mut all: Vec<Token> = self.held().values().map(Held::shown).collect();
        all.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        all
    }

    /// Takes a token back; whether there was one.
    pub(crate) fn take_back(&self, id: &str) -> bool {
        let mut held = self.held();
        let before = held.len();
        held.retain(|_, token| token.id != id);
        held.len() < before
    }
}

impl Held {
    fn shown(&self) -> Token {
        Token {
            id: self.id.clone(),
            name: self.name.clone(),
            role: self.role,
            names: self.names,
            ends_in: self.lasts.saturating_sub(self.made.elapsed()).as_secs(),
        }
    }
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// So many random bytes, in base64.
fn random(bytes: usize) -> String {
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

    #[test]
    fn a_token_is_its_holders_until_it_is_taken_back() {
        let tokens = Tokens::default();
        let (secret, token) = tokens.make(" Ann ", Role::Coder, 1, false).unwrap();
        let holder = tokens.holder(&secret).unwrap();
        assert_eq!((holder.name.as_str(), holder.role), ("Ann", Role::Coder));
        assert!(tokens.holder(&token.id).is_none());
        assert!(tokens.holder("").is_none());
        assert_eq!(tokens.all().len(), 1);
        assert!(tokens.take_back(&token.id));
        assert!(!tokens.take_back(&token.id));
        assert!(tokens.holder(&secret).is_none());
        for (name, hours) in [("", 1), ("A\nB", 1), ("Ann", 0), ("Ann", LONGEST + 1)] {
            let made = tokens.make(name, Role::Reader, hours, false);
            assert!(made.is_err(), "{name:?}");
        }
    }
}
