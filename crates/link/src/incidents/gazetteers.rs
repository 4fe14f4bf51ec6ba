//! The shipped gazetteers as far as identity needs them: names, and what lies in what.
//!
//! Invariant: a name that two entries share names neither.

use super::identity::{Identities, folded};
use serde::Deserialize;

const PLACES: &str = include_str!("../../../../data/gazetteers/places.toml");
const BODIES: &str = include_str!("../../../../data/gazetteers/bodies.toml");
const STATES: &str = include_str!("../../../../data/gazetteers/states.toml");

/// A gazetteer that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the gazetteer of {what} cannot be read: {why}. Compare it with the shipped one")]
pub struct GazetteerError {
    what: &'static str,
    why: String,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default, rename = "name")]
    names: Vec<Entry>,
    #[serde(default, rename = "state")]
    states: Vec<StateEntry>,
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    within: Option<String>,
}

#[derive(Deserialize)]
struct StateEntry {
    iso: String,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    seats: Vec<String>,
}

impl Identities {
    /// The shipped gazetteers of places, bodies and states.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub fn shipped() -> Result<Self, GazetteerError> {
        let mut identities = Self::default();
        for (what, text) in [("places", PLACES), ("bodies", BODIES), ("states", STATES)] {
            let why = |error: toml::de::Error| GazetteerError {
                what,
                why: error.to_string(),
            };
            identities.take(toml::from_str(text).map_err(why)?);
        }
        Ok(identities)
    }

    fn take(&mut self, listed: Listed) {
        for entry in listed.names {
            for name in entry.names.iter().chain([&entry.name]) {
                self.name(name, &entry.key);
            }
            if let Some(within) = entry.within {
                self.parents.insert(entry.key.clone(), within);
            }
            self.labels.insert(entry.key, entry.name);
        }
        for state in listed.states {
            let key = format!("state:{}", state.iso);
            for name in state.names.iter().chain([&state.name]) {
                self.name(name, &key);
            }
            if let Some(first) = state.seats.first() {
                let place = model::seat_key(&state.iso, first);
                for seat in &state.seats {
                    self.name(seat, &place);
                }
                self.parents.insert(place.clone(), key.clone());
                self.labels.insert(place, first.clone());
            }
            self.labels.insert(key, state.name);
        }
    }

    /// A name that two entries share names neither.
    fn name(&mut self, name: &str, key: &str) {
        let known = self.names.entry(folded(name));
        known
            .and_modify(|known| {
                if known.as_deref() != Some(key) {
                    *known = None;
                }
            })
            .or_insert_with(|| Some(key.to_owned()));
    }
}
