//! What kind of source an origin is, and which voices are one: data that a user may change.
//!
//! Invariant: every term named here stands in its vocabulary (a test checks the shipped file).

use serde::Deserialize;
use std::collections::BTreeSet;

const SHIPPED: &str = include_str!("../../../../data/corroboration/kinds.toml");

/// A file of kinds of source that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the kinds of source cannot be read: {0}. Compare the file with the shipped one")]
pub struct SettingsError(String);

/// How directly a source knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum KindOfSource {
    /// Somebody who lived through it or saw it.
    FirstHand,
    /// A State, a body or an office that speaks as such.
    Official,
    /// Who tells what others told.
    Derived,
}

impl KindOfSource {
    /// Its name, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::FirstHand => "first-hand",
            Self::Official => "official",
            Self::Derived => "derived",
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Genres {
    first_hand: BTreeSet<String>,
    official: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Witness {
    words: Vec<String>,
    first_person: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OwnVoice {
    Publisher,
    Document,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Voices {
    own_voice: OwnVoice,
    one_state: bool,
    hands_on: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reliability {
    reliable: BTreeSet<String>,
    unreliable: BTreeSet<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Positions {
    denying_acts: BTreeSet<String>,
    denying_answers: BTreeSet<String>,
    denying_authorities: BTreeSet<String>,
    admitting_authorities: BTreeSet<String>,
}

/// Kinds of source, voices, and what counts as reliable, denying or admitting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where they come from, for people.
    pub source: String,
    genres: Genres,
    witness: Witness,
    voices: Voices,
    reliability: Reliability,
    positions: Positions,
}

impl Settings {
    /// The shipped settings.
    ///
    /// # Errors
    /// None in a released program: a test reads them.
    pub fn shipped() -> Result<Self, SettingsError> {
        Self::parse(SHIPPED)
    }

    /// Settings from a file of the layout of the shipped one.
    ///
    /// # Errors
    /// When it is not of that layout.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        toml::from_str(text).map_err(|error| SettingsError(error.to_string()))
    }

    /// The kind of a document that speaks for itself.
    pub(crate) fn of_genre(&self, genre: Option<&str>) -> KindOfSource {
        match genre {
            Some(genre) if self.genres.first_hand.contains(genre) => KindOfSource::FirstHand,
            Some(genre) if self.genres.official.contains(genre) => KindOfSource::Official,
            _ => KindOfSource::Derived,
        }
    }

    /// Whether folded words of attribution quote somebody as one who was there.
    pub(crate) fn is_witness(&self, folded: &str) -> bool {
        let padded = format!(" {folded} ");
        let mut words = self.witness.words.iter();
        words.any(|words| padded.contains(&format!(" {words} ")))
    }

    /// Whether a folded name of a victim is the writer's word for himself or herself.
    pub(crate) fn is_first_person(&self, folded: &str) -> bool {
        self.witness.first_person.contains(folded)
    }

    /// Whether documents of one publisher in its own voice are one voice.
    pub(crate) fn is_publishers_voice(&self, genre: Option<&str>) -> bool {
        self.voices.own_voice == OwnVoice::Publisher
            && genre.is_none_or(|genre| !self.voices.hands_on.contains(genre))
    }

    /// Whether all who speak for one State are one voice.
    pub(crate) fn one_state(&self) -> bool {
        self.voices.one_state
    }

    pub(crate) fn is_reliable(&self, code: &str) -> bool {
        self.reliability.reliable.contains(code)
    }

    pub(crate) fn is_unreliable(&self, code: &str) -> bool {
        self.reliability.unreliable.contains(code)
    }

    pub(crate) fn act_denies(&self, code: &str) -> bool {
        self.positions.denying_acts.contains(code)
    }

    pub(crate) fn answer_denies(&self, code: &str) -> bool {
        self.positions.denying_answers.contains(code)
    }

    pub(crate) fn authorities_deny(&self, code: &str) -> bool {
        self.positions.denying_authorities.contains(code)
    }

    pub(crate) fn authorities_admit(&self, code: &str) -> bool {
        self.positions.admitting_authorities.contains(code)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use model::Vocabularies;

    #[test]
    fn every_term_stands_in_its_vocabulary() {
        let settings = Settings::shipped().unwrap();
        let vocabularies = Vocabularies::shipped().unwrap();
        let positions = &settings.positions;
        let lists = [
            ("genre", &settings.genres.first_hand),
            ("genre", &settings.genres.official),
            ("genre", &settings.voices.hands_on),
            ("source-reliability", &settings.reliability.reliable),
            ("source-reliability", &settings.reliability.unreliable),
            ("speech-act", &positions.denying_acts),
            ("response", &positions.denying_answers),
            ("attribution", &positions.denying_authorities),
            ("attribution", &positions.admitting_authorities),
        ];
        for (list, codes) in lists {
            for code in codes {
                let known = vocabularies.list(list).unwrap().term(code).is_some();
                assert!(known, "{list} has no {code}");
            }
        }
    }

    #[test]
    fn mistakes_are_named() {
        let wrong = SHIPPED.replace("own-voice = \"publisher\"", "own-voice = \"house\"");
        let said = Settings::parse(&wrong).unwrap_err().to_string();
        assert!(
            said.contains("house") && said.contains("publisher"),
            "{said}"
        );
    }
}
