//! What is known of Korean names: surnames and the syllables of given names, with the spellings of
//! each, so that a Latin spelling leads to the syllables that it may stand for.
//!
//! Invariant: read once from the shipped tables, never changed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::key::Key;
use super::super::latin_text::letters;
use super::super::spelling_index::{SpellingIndex, Spellings, score};
use super::super::table::{TableError, rows};
use super::code::code_by_rule;
use super::hangul::{SYLLABLES_IN_UNICODE, Syllable, southern_initial};
use super::letters::{Letters, System};
use super::spelling::spellings;

const LETTERS: &str = include_str!("../../../../../data/names/korean-letters.tsv");
const SURNAMES: &str = include_str!("../../../../../data/names/korean-surnames.tsv");
const SYLLABLES: &str = include_str!("../../../../../data/names/korean-given-syllables.tsv");

/// The shipped lexicon.
pub(in super::super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::read(LETTERS, SURNAMES, SYLLABLES).expect("the shipped tables are read by a test")
});

/// A syllable that has no row.
const NO_ROW: u16 = u16::MAX;

/// A surname.
pub(in super::super) struct Surname {
    /// Northern form, without the law of initials.
    pub north: String,
    /// Southern form.
    pub south: String,
    /// The most frequent everyday spelling.
    pub usual: Option<String>,
    /// Logarithm of its share of bearers, in hundredths.
    pub score: i32,
    pub key: Key,
}

/// A syllable of given names.
pub(in super::super) struct GivenSyllable {
    pub hangul: char,
    pub code: Key,
    /// The most frequent everyday spelling.
    pub usual: String,
    /// Logarithm of its share among all syllables, in hundredths.
    pub score: i32,
}

/// Surnames and syllables, and the way from a spelling to them.
pub(in super::super) struct Lexicon {
    pub(super) letters: Letters,
    pub surnames: Vec<Surname>,
    surname_of: BTreeMap<String, u16>,
    pub surname_spellings: SpellingIndex,
    pub syllables: Vec<GivenSyllable>,
    /// Row of each syllable of Unicode's block, [`NO_ROW`] when it is not listed.
    syllable_of: Vec<u16>,
    /// The same of surnames of one syllable.
    short_surname_of: Vec<u16>,
    pub given_spellings: SpellingIndex,
}

impl Lexicon {
    fn read(letters: &str, surnames: &str, syllables: &str) -> Result<Self, TableError> {
        let mut lexicon = Self {
            letters: Letters::read(letters)?,
            surnames: Vec::new(),
            surname_of: BTreeMap::new(),
            surname_spellings: SpellingIndex::default(),
            syllables: Vec::new(),
            syllable_of: vec![NO_ROW; SYLLABLES_IN_UNICODE],
            short_surname_of: vec![NO_ROW; SYLLABLES_IN_UNICODE],
            given_spellings: SpellingIndex::default(),
        };
        lexicon.read_surnames(surnames)?;
        lexicon.read_syllables(syllables)?;
        Ok(lexicon)
    }

    fn read_surnames(&mut self, text: &str) -> Result<(), TableError> {
        let mut weights = Vec::new();
        let mut all: Vec<Spellings> = Vec::new();
        for row in rows("korean-surnames.tsv", text) {
            let (north, south) = (row.text(0)?.to_owned(), row.text(1)?.to_owned());
            let number =
                u16::try_from(self.surnames.len()).map_err(|_| row.wrong("too many rows"))?;
            for form in [&north, &south] {
                if let ([Some(one)], 3) = ([form.chars().next().and_then(Syllable::of)], form.len())
                {
                    self.short_surname_of[one.number()] = number;
                }
                let other = self.surname_of.insert(form.clone(), number);
                if other.is_some_and(|other| other != number) {
                    return Err(row.wrong("the surname stands twice"));
                }
            }
            weights.push(f64::from(row.number(2)?));
            let listed: Vec<&str> = row.words(3).collect();
            all.push(self.surname_spelling_set(&[&north, &south], &listed));
            let key = north.chars().filter_map(Syllable::of);
            let key: String = key
                .map(|s| self.letters.alone(s, System::RevisedRomanization))
                .collect();
            let usual = listed.first().map(|spelling| (*spelling).to_owned());
            self.surnames.push(Surname {
                north,
                south,
                usual,
                score: 0,
                key: Key::new(&key),
            });
        }
        let sum: f64 = weights.iter().sum();
        for (surname, weight) in self.surnames.iter_mut().zip(&weights) {
            surname.score = score(weight / sum);
        }
        let keys: Vec<Key> = self.surnames.iter().map(|surname| surname.key).collect();
        self.surname_spellings = SpellingIndex::new(&weights, &all, &keys, &keys);
        Ok(())
    }

    /// The spellings of a surname: mostly those listed, else those of the systems.
    fn surname_spelling_set(&self, forms: &[&str], listed: &[&str]) -> Spellings {
        let mut all = Spellings::new();
        let mut share = 0.4;
        for spelling in listed {
            *all.entry(letters(spelling)).or_default() += share;
            share *= 0.6;
        }
        for form in forms {
            let mut whole = Spellings::from([(Vec::new(), 0.1)]);
            for syllable in form.chars().filter_map(Syllable::of) {
                let part = spellings(&self.letters, syllable, std::iter::empty());
                let mut longer = Spellings::new();
                for (start, p) in &whole {
                    for (end, q) in &part {
                        *longer.entry([start.as_slice(), end].concat()).or_default() += p * q;
                    }
                }
                whole = longer;
            }
            for (spelling, share) in whole {
                *all.entry(spelling).or_default() += share;
            }
        }
        all
    }

    fn read_syllables(&mut self, text: &str) -> Result<(), TableError> {
        let mut weights = Vec::new();
        let mut all = Vec::new();
        for row in rows("korean-given-syllables.tsv", text) {
            let hangul = row.character(0)?;
            let syllable =
                Syllable::of(hangul).ok_or_else(|| row.wrong("not a syllable of Hangul"))?;
            let number =
                u16::try_from(self.syllables.len()).map_err(|_| row.wrong("too many rows"))?;
            let place = &mut self.syllable_of[syllable.number()];
            if std::mem::replace(place, number) != NO_ROW {
                return Err(row.wrong("the syllable stands twice"));
            }
            weights.push(f64::from(row.number(1)?));
            all.push(spellings(&self.letters, syllable, row.words(2)));
            let apart = row.words(3).next().map(Key::new);
            let code = apart.unwrap_or_else(|| code_by_rule(syllable));
            let by_rule = || self.letters.alone(syllable, System::Everyday);
            let usual = row.words(2).next().map_or_else(by_rule, str::to_owned);
            self.syllables.push(GivenSyllable {
                hangul,
                code,
                usual,
                score: 0,
            });
        }
        let sum: f64 = weights.iter().sum();
        for (syllable, weight) in self.syllables.iter_mut().zip(&weights) {
            syllable.score = score(weight / sum);
        }
        let keys: Vec<Key> = self
            .syllables
            .iter()
            .map(|syllable| syllable.code)
            .collect();
        let firsts = self
            .syllables
            .iter()
            .map(|syllable| self.code(syllable.hangul, true));
        let firsts: Vec<Key> = firsts.collect();
        self.given_spellings = SpellingIndex::new(&weights, &all, &keys, &firsts);
        Ok(())
    }

    /// The surname that is written so in Hangul, in the northern or the southern form.
    pub fn surname(&self, hangul: &str) -> Option<u16> {
        self.surname_of.get(hangul).copied()
    }

    /// The surname of one syllable that is written so.
    pub fn short_surname(&self, hangul: char) -> Option<u16> {
        row_of(&self.short_surname_of, hangul)
    }

    /// The surname of a key.
    pub fn surname_by_key(&self, key: Key) -> Option<u16> {
        let row = self
            .surnames
            .iter()
            .position(|surname| surname.key == key)?;
        u16::try_from(row).ok()
    }

    /// The row of a syllable of given names.
    pub fn syllable(&self, hangul: char) -> Option<u16> {
        row_of(&self.syllable_of, hangul)
    }

    /// The key of a given name in Hangul.
    pub fn given_key(&self, given: &[char]) -> Key {
        let mut key = Key::default();
        for (at, c) in given.iter().enumerate() {
            key.push(self.code(*c, at == 0).as_str().as_bytes());
        }
        key
    }

    /// The code of Hangul that is no listed surname.
    pub fn code_of(&self, hangul: &[char]) -> Key {
        let mut key = Key::default();
        for syllable in hangul.iter().copied().filter_map(Syllable::of) {
            key.push(
                self.letters
                    .alone(syllable, System::RevisedRomanization)
                    .as_bytes(),
            );
        }
        key
    }

    /// The code of any syllable of a given name; `first` where the law of initials applies.
    pub fn code(&self, hangul: char, first: bool) -> Key {
        let hangul = if first {
            southern_initial(hangul)
        } else {
            hangul
        };
        match (self.syllable(hangul), Syllable::of(hangul)) {
            (Some(row), _) => self.syllables[usize::from(row)].code,
            (None, Some(syllable)) => code_by_rule(syllable),
            (None, None) => Key::default(),
        }
    }
}

/// The row that a table holds for a syllable.
fn row_of(table: &[u16], hangul: char) -> Option<u16> {
    let row = table[Syllable::of(hangul)?.number()];
    (row != NO_ROW).then_some(row)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_tables_are_read() {
        let lexicon = Lexicon::read(LETTERS, SURNAMES, SYLLABLES).unwrap();
        assert_eq!(lexicon.surname("리"), lexicon.surname("이"));
        assert_ne!(lexicon.surname("김"), lexicon.surname("금"));
        let entry = lexicon.surname_spellings.find(&letters("Rhee")).unwrap();
        let row = entry.candidates[0].0;
        assert_eq!(lexicon.surnames[usize::from(row)].south, "이");
    }

    #[test]
    fn a_double_row_is_an_error() {
        let twice = "김\t김\t1\tKim\n리\t이\t1\tLee\n정\t김\t1\tKim\n";
        let error = Lexicon::read(LETTERS, twice, SYLLABLES).err().unwrap();
        assert!(error.to_string().contains("line 3"), "{error}");
    }
}
