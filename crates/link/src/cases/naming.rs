//! When two written names are taken for one name: [`crate::names`], and the folded words where a
//! name cannot be read.
//!
//! Invariant: two names that are the same here share a key of [`Named::keys`].

use crate::corpus::fold;
use crate::names::{self, Level, ParsedName};

/// A written name, read once.
pub(super) struct Named {
    written: String,
    folded: String,
    /// `None` for what is no person's name.
    parsed: Option<ParsedName>,
}

impl Named {
    /// Reads a person's name.
    pub fn person(written: &str) -> Self {
        Self {
            written: written.to_owned(),
            folded: fold(written),
            parsed: Some(names::parse(written)),
        }
    }

    /// Takes the name of a group as it is written.
    pub fn group(written: &str) -> Self {
        Self {
            written: written.to_owned(),
            folded: fold(written),
            parsed: None,
        }
    }

    /// The keys under which names that may be the same stand together.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = vec![format!("words {}", self.folded)];
        if let Some(parsed) = &self.parsed {
            let read = names::keys(parsed);
            let given = [Some(read.given), read.given_second];
            let first = given
                .into_iter()
                .flatten()
                .map(|given| (read.surname, given));
            for (surname, given) in first.chain(read.alternative) {
                if !surname.is_empty() && !given.is_empty() {
                    keys.push(format!("name {} {}", surname.as_str(), given.as_str()));
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Why the two are one name; `None` when they are not.
    pub fn same(&self, other: &Self) -> Option<String> {
        if self.folded == other.folded {
            return Some(format!("the same name, {}", self.written));
        }
        let alike = names::compare_parsed(self.parsed.as_ref()?, other.parsed.as_ref()?);
        (alike.level >= Level::SameByRomanisation).then(|| {
            let reason = alike.reasons.first().cloned();
            reason.unwrap_or_else(|| format!("{} and {} are one name", self.written, other.written))
        })
    }
}
