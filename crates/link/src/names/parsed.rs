//! A name as it was written, and the ways in which it can be read.
//!
//! Invariant: the written form is kept; a reading that was assumed says so and why.

use serde::{Deserialize, Serialize};

use super::key::Key;

/// A writing system, by ISO 15924.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Script {
    /// Hangul (`Hang`).
    Hangul,
    /// Chinese characters: Hanja, Kanji, Hanzi (`Hani`).
    Han,
    /// Hiragana or Katakana (`Hrkt`).
    Kana,
    /// Latin (`Latn`).
    Latin,
    /// Any other, such as Cyrillic or Arabic.
    Other,
}

impl Script {
    /// The code of ISO 15924.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hangul => "Hang",
            Self::Han => "Hani",
            Self::Kana => "Hrkt",
            Self::Latin => "Latn",
            Self::Other => "Zyyy",
        }
    }
}

/// Whose naming habits a reading follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Tradition {
    /// Korean.
    Korean,
    /// Japanese.
    Japanese,
    /// Chinese.
    Chinese,
    /// Any other: given name first, surname last, unless the writing says otherwise.
    Western,
}

impl Tradition {
    /// In words, with the article.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Korean => "a Korean name",
            Self::Japanese => "a Japanese name",
            Self::Chinese => "a Chinese name",
            Self::Western => "a name with the surname last",
        }
    }
}

/// Which name stands first, and how we know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Order {
    /// The surname stands first, and the writing shows it.
    SurnameFirst,
    /// The given name stands first, and the writing shows it.
    GivenFirst,
    /// Taken to stand first: only that reading gives known names, or it is the likelier one.
    SurnameFirstAssumed,
    /// Taken to stand last, for the same reasons.
    GivenFirstAssumed,
    /// Only one name is written.
    OnlyOne,
}

impl Order {
    /// Whether the surname stands first, where the writing does not show it.
    #[must_use]
    pub const fn surname_first_assumed(self) -> Option<bool> {
        match self {
            Self::SurnameFirstAssumed => Some(true),
            Self::GivenFirstAssumed => Some(false),
            _ => None,
        }
    }
}

/// One way to read the name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reading {
    /// Habits that the reading follows.
    pub tradition: Tradition,
    /// Script it was read from.
    pub script: Script,
    /// The surname as written, where there is one.
    pub surname: Option<String>,
    /// The given name as written; empty when there is none.
    pub given: String,
    /// Which stands first.
    pub order: Order,
    /// How we know the order, in words.
    pub why: &'static str,
    /// Folded surname; empty when there is none.
    pub surname_key: Key,
    /// Folded given name; empty when there is none.
    pub given_key: Key,
    /// The next likely folding of the given name, where its spelling is ambiguous.
    pub given_second: Option<Key>,
    /// Logarithm of how likely the reading is, in hundredths; only to be compared with the other
    /// readings of the same name.
    pub weight: i32,
}

/// A name with its readings, the likeliest first.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ParsedName {
    /// As written.
    pub written: String,
    /// Scripts in it, each once, in the order of their first letters.
    pub scripts: Vec<Script>,
    /// The ways to read it, the likeliest first; empty when nothing in it can be a name.
    pub readings: Vec<Reading>,
}

impl ParsedName {
    /// The likeliest reading.
    #[must_use]
    pub fn best(&self) -> Option<&Reading> {
        self.readings.first()
    }
}

/// Folded keys of a name: equal for all spellings of one name, as far as that can be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct NameKeys {
    /// Folded surname; empty when there is none.
    pub surname: Key,
    /// Folded given name; empty when there is none.
    pub given: Key,
    /// The next likely folding of the given name, where its spelling is ambiguous. To find more
    /// true pairs, block on either.
    pub given_second: Option<Key>,
    /// Surname and given name of the next likely reading that differs (order swapped, another
    /// tradition), where there is one.
    pub alternative: Option<(Key, Key)>,
}
