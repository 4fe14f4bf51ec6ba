//! How each letter of a Korean syllable is written in the systems of romanisation.
//!
//! Invariant: one table (`data/names/korean-letters.tsv`) feeds both writing (`romanise`) and
//! reading (the spellings that a syllable may have).

use super::super::table::{TableError, rows};
use super::hangul::{CODA_LETTERS, ONSET_LETTERS, Syllable, VOWEL_LETTERS};

const FILE: &str = "korean-letters.tsv";

/// A romanisation of Korean.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum System {
    /// Revised Romanization of Korean (Republic of Korea, 2000).
    RevisedRomanization,
    /// McCune–Reischauer (1939), with breves and apostrophes.
    McCuneReischauer,
    /// The system of the Democratic People's Republic of Korea (1992).
    Dprk,
    /// What people put on passports and newspapers print: `Park`, `Young-sook`.
    Everyday,
}

impl System {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::RevisedRomanization,
        Self::McCuneReischauer,
        Self::Dprk,
        Self::Everyday,
    ];

    /// The system's name as people know it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::RevisedRomanization => "Revised Romanization",
            Self::McCuneReischauer => "McCune–Reischauer",
            Self::Dprk => "DPRK spelling",
            Self::Everyday => "passport or everyday spelling",
        }
    }
}

/// One letter's spellings.
#[derive(Clone, Default, Debug)]
pub(super) struct Letter {
    pub revised: String,
    pub mccune: String,
    pub dprk: String,
    /// Most frequent first.
    pub everyday: Vec<String>,
}

/// All letters, by place and position of the Unicode Standard.
pub(super) struct Letters {
    onsets: Vec<Letter>,
    vowels: Vec<Letter>,
    codas: Vec<Letter>,
}

impl Letters {
    /// Reads the table.
    pub fn read(text: &str) -> Result<Self, TableError> {
        let mut read: Vec<(String, char, Letter)> = Vec::new();
        for row in rows(FILE, text) {
            let plain = |at| row.words(at).next().unwrap_or_default().to_owned();
            let letter = Letter {
                revised: plain(2),
                mccune: plain(3),
                dprk: plain(4),
                everyday: row.words(5).map(str::to_owned).collect(),
            };
            if letter.everyday.is_empty() && row.text(5)? != "-" {
                return Err(row.wrong("no everyday spelling"));
            }
            read.push((row.text(0)?.to_owned(), row.character(1)?, letter));
        }
        let find = |place: &str, letter: char| match (letter, place) {
            (' ', _) => Ok(Letter {
                everyday: vec![String::new()],
                ..Letter::default()
            }),
            _ => read
                .iter()
                .find(|(at, c, _)| at == place && *c == letter)
                .map(|(_, _, spellings)| spellings.clone())
                .ok_or(TableError {
                    file: FILE,
                    line: 1,
                    what: "a letter is missing",
                }),
        };
        let mut letters = Self {
            onsets: ONSET_LETTERS
                .iter()
                .map(|c| find("onset", *c))
                .collect::<Result<_, _>>()?,
            vowels: VOWEL_LETTERS
                .iter()
                .map(|c| find("vowel", *c))
                .collect::<Result<_, _>>()?,
            codas: CODA_LETTERS
                .iter()
                .map(|c| find("coda", *c))
                .collect::<Result<_, _>>()?,
        };
        for letter in letters.onsets.iter_mut().chain(&mut letters.codas) {
            if letter.everyday.is_empty() {
                letter.everyday.push(String::new());
            }
        }
        Ok(letters)
    }

    /// The three letters of a syllable; the coda's spelling is empty when there is none.
    pub fn of(&self, syllable: Syllable) -> [&Letter; 3] {
        [
            &self.onsets[usize::from(syllable.onset)],
            &self.vowels[usize::from(syllable.vowel)],
            &self.codas[usize::from(syllable.coda)],
        ]
    }

    /// The syllable on its own, without its neighbours' influence.
    pub fn alone(&self, syllable: Syllable, system: System) -> String {
        self.of(syllable)
            .map(|letter| match system {
                System::RevisedRomanization => letter.revised.as_str(),
                System::McCuneReischauer => &letter.mccune,
                System::Dprk => &letter.dprk,
                System::Everyday => letter.everyday.first().map_or("", String::as_str),
            })
            .concat()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_table_spells_a_syllable_four_ways() {
        let letters =
            Letters::read(include_str!("../../../../../data/names/korean-letters.tsv")).unwrap();
        let syllable = Syllable::of('철').unwrap();
        let spelt = System::ALL.map(|system| letters.alone(syllable, system));
        assert_eq!(spelt, ["cheol", "ch'ŏl", "chol", "chul"]);
    }

    #[test]
    fn a_missing_letter_is_an_error() {
        let error = Letters::read("onset\tㄱ\tg\tk\tk\tk g\n").err().unwrap();
        assert!(error.to_string().contains("a letter is missing"), "{error}");
    }
}
