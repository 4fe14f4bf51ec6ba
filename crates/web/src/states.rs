//! Names of states in the languages of the interface, by their codes (ISO 3166-1 alpha-2).
//!
//! Invariant: the names are those of the gazetteer that sources are read with; a code that it does
//! not hold is shown as it is.

use crate::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Gazetteer {
    state: Vec<State>,
}

#[derive(Deserialize)]
struct State {
    iso: String,
    name: String,
    #[serde(default)]
    local: BTreeMap<String, Vec<String>>,
}

static STATES: LazyLock<BTreeMap<String, State>> = LazyLock::new(|| {
    let text = include_str!("../../../data/gazetteers/states.toml");
    let all: Gazetteer = toml::from_str(text).expect("a test reads the gazetteer of states");
    let states = all.state.into_iter();
    states.map(|state| (state.iso.clone(), state)).collect()
});

/// The name of the state of an identity such as `state:KP`, or of its bare code, in the visitor's
/// language; what is no state is given back as it is.
#[must_use]
pub fn name(text: Text, identity: &str) -> String {
    let code = identity.strip_prefix("state:").unwrap_or(identity);
    let Some(state) = STATES.get(code) else {
        return code.to_owned();
    };
    let local = state.local.get(text.language().tag());
    let local = local.and_then(|names| names.first());
    local.unwrap_or(&state.name).clone()
}

/// The name of a place: of a state in the visitor's language, of any other as records write it.
#[must_use]
pub fn place(text: Text, identity: &str, written: &str) -> String {
    match identity.starts_with("state:") {
        true => name(text, identity),
        false => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn a_state_is_named_in_every_language_and_what_is_none_stays() {
        let mut named = Vec::new();
        for language in Language::ALL {
            let text = Text::of(language);
            assert_eq!(name(text, "state:KP"), name(text, "KP"));
            assert_eq!(name(text, "state:XX"), "XX");
            named.push(name(text, "KP"));
        }
        assert!(named.contains(&"North Korea".to_owned()));
        assert!(named.contains(&"북한".to_owned()));
        named.dedup();
        assert_eq!(named.len(), Language::ALL.len());
    }
}
