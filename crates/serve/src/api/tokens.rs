//! Tokens: how programs, and persons beside the keeper of this machine, sign in to the API.
//!
//! Invariant: a secret is 256 random bits, told once, and kept only as SHA-256, in memory: a new
//! start knows no token, and no file holds one.

use super::problem::Problem;
use super::shapes::RoleShape;
use super::who::Caller;
use crate::sessions::random;
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

/// A token that is wanted.
pub(crate) struct Wanted<'w> {
    /// Whose: the name that is kept with what they add and decide.
    pub(crate) name: &'w str,
    /// What they may.
    pub(crate) role: Role,
    /// Hours until it ends.
    pub(crate) hours: u64,
    /// Whether names of protected persons are readable with it.
    pub(crate) names: bool,
}

impl<'w> Wanted<'w> {
    /// Its name as it is kept, where it fits beside so many that hold.
    fn beside(&self, held: usize) -> Result<&'w str, Problem> {
        let (name, hours) = (self.name.trim(), self.hours);
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(Problem::unfit("A token needs a name of 1 to 200 letters."));
        }
        if hours == 0 || hours > LONGEST {
            let words = format!("A token lasts 1 to {LONGEST} hours.");
            return Err(Problem::unfit(words));
        }
        if held >= MOST {
            let words = format!("There are {MOST} tokens already; take some back.");
            return Err(Problem::unfit(words));
        }
        Ok(name)
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

    /// Whether a token could be made; its name as it is kept.
    pub(crate) fn fits<'n>(&self, wanted: &Wanted<'n>) -> Result<&'n str, Problem> {
        wanted.beside(self.held().len())
    }

    /// Makes a token; its secret and what is known of it.
    pub(crate) fn make(&self, wanted: &Wanted<'_>) -> Result<(String, Token), Problem> {
        let mut held = self.held();
        let name = wanted.beside(held.len())?;
        let (secret, id) = (random(32), random(9));
        let token = Held {
            id,
            name: name.to_owned(),
            role: wanted.role,
            names: wanted.names,
            made: Instant::now(),
            lasts: Duration::from_secs(wanted.hours * 3600),
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

    /// Takes a token back; whose it was, where there was one.
    pub(crate) fn take_back(&self, id: &str) -> Option<String> {
        let mut held = self.held();
        let (key, _) = held.iter().find(|(_, token)| token.id == id)?;
        let key = *key;
        held.remove(&key).map(|token| token.name)
    }
}

impl Token {
    /// Whose it is.
    pub(crate) fn name(&self) -> &str {
        &self.name
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_holders_until_it_is_taken_back() {
        let tokens = Tokens::default();
        let wanted = |name, hours| Wanted {
            name,
            role: Role::Coder,
            hours,
            names: false,
        };
        let (secret, token) = tokens.make(&wanted(" Ann ", 1)).unwrap();
        let holder = tokens.holder(&secret).unwrap();
        assert_eq!((holder.name.as_str(), holder.role), ("Ann", Role::Coder));
        assert!(tokens.holder(&token.id).is_none());
        assert!(tokens.holder("").is_none());
        assert_eq!(tokens.all().len(), 1);
        assert_eq!(tokens.take_back(&token.id).as_deref(), Some("Ann"));
        assert!(tokens.take_back(&token.id).is_none());
        assert!(tokens.holder(&secret).is_none());
        for (name, hours) in [("", 1), ("A\nB", 1), ("Ann", 0), ("Ann", LONGEST + 1)] {
            assert!(tokens.make(&wanted(name, hours)).is_err(), "{name:?}");
        }
    }
}
