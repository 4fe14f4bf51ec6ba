//! Places and nationalities of cells: the gazetteers' keys where a whole cell is a name in them.

use model::{EntityKind, EntityRef};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct States {
    state: Vec<State>,
}

#[derive(Deserialize)]
struct State {
    iso: String,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    nationals: Vec<String>,
    #[serde(default)]
    local: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Places {
    name: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    key: String,
    name: String,
    #[serde(default)]
    names: Vec<String>,
}

/// Canonical name and key by any name in lower case.
type ByName = BTreeMap<String, (String, String)>;

static STATES: LazyLock<(ByName, ByName)> = LazyLock::new(|| {
    let file: States = toml::from_str(include_str!("../../../../data/gazetteers/states.toml"))
        .expect("the shipped states.toml is read by a test");
    let (mut countries, mut nationalities) = (ByName::new(), ByName::new());
    for state in file.state {
        let entry = (state.name.clone(), format!("state:{}", state.iso));
        let mut names = state.names;
        names.push(state.name);
        names.push(state.iso);
        names.extend(state.local.into_values().flatten());
        for name in &names {
            let lower = name.to_lowercase();
            nationalities.entry(lower.clone()).or_insert(entry.clone());
            countries.entry(lower).or_insert(entry.clone());
        }
        for name in state.adjectives.iter().chain(&state.nationals) {
            let lower = name.to_lowercase();
            nationalities.entry(lower).or_insert(entry.clone());
        }
    }
    (countries, nationalities)
});

static PLACES: LazyLock<ByName> = LazyLock::new(|| {
    let file: Places = toml::from_str(include_str!("../../../../data/gazetteers/places.toml"))
        .expect("the shipped places.toml is read by a test");
    let mut places = ByName::new();
    for place in file.name {
        let entry = (place.name.clone(), place.key);
        for name in place.names.iter().chain([&place.name]) {
            places.entry(name.to_lowercase()).or_insert(entry.clone());
        }
    }
    places
});

/// The state that a cell names as a nationality: `Korean (ROK)` stays words, `Japanese` is Japan.
pub(super) fn nationality(text: &str) -> EntityRef {
    named(EntityKind::State, text, STATES.1.get(&text.to_lowercase()))
}

/// The place that a cell names.
pub(super) fn place(text: &str) -> EntityRef {
    let lower = text.to_lowercase();
    match STATES.0.get(&lower).filter(|_| text.chars().count() > 2) {
        Some(state) => named(EntityKind::State, text, Some(state)),
        None => named(EntityKind::Place, text, PLACES.get(&lower)),
    }
}

fn named(kind: EntityKind, text: &str, known: Option<&(String, String)>) -> EntityRef {
    EntityRef {
        kind,
        name: known.map_or_else(|| text.to_owned(), |(name, _)| name.clone()),
        key: known.map(|(_, key)| key.clone()),
        record: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_gazetteers_know_has_their_key() {
        assert_eq!(nationality("Japanese").key.as_deref(), Some("state:JP"));
        assert_eq!(nationality("日本").key.as_deref(), Some("state:JP"));
        assert_eq!(nationality("JP").key.as_deref(), Some("state:JP"));
        assert_eq!(
            place("Kangwon province").key.as_deref(),
            Some("place:kp-kangwon")
        );
        let unknown = place("Sado Island, Niigata");
        assert_eq!(
            (unknown.key, unknown.name.as_str()),
            (None, "Sado Island, Niigata")
        );
    }
}
