//! What is known of Korean names: surnames and the syllables of given names, with the spellings of
//! each, so that a Latin spelling leads to the syllables that it may stand for.
//!
//! Invariant: read once from the shipped tables, never changed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::key::Key;
use super::super::latin_text::letters;
use super::super::table::{TableError, rows};
use super::super::trie::Trie;
use super::code::code_by_rule;
use super::hangul::{Syllable, southern_initial};
use super::letters::{Letters, System};
use super::spelling::{Spellings, spellings};

const LETTERS: &str = include_str!("../../../../../data/names/korean-letters.tsv");
const SURNAMES: &str = include_str!("../../../../../data/names/korean-surnames.tsv");
const SYLLABLES: &str = include_str!("../../../../../data/names/korean-given-syllables.tsv");

/// The shipped lexicon.
pub(in super::super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::read(LETTERS, SURNAMES, SYLLABLES).expect("the shipped tables are read by a test")
});

/// A surname.
pub(in super::super) struct Surname {
    /// Northern form, without the law of initials.
    pub north: String,
    /// Southern form.
    pub south: String,
    /// The most frequent everyday spelling.
    pub usual: Option<String>,
    pub key: Key,
}

/// What a Latin spelling may stand for, the likeliest first. Scores are logarithms in hundredths.
pub(in super::super) struct Entry {
    /// Rows of the table, with the score of each.
    pub candidates: Vec<(u16, i32)>,
    /// Score of the likeliest key: of all candidates that share it.
    pub score: i32,
    /// The likeliest key.
    pub key: Key,
    /// The likeliest key where the syllable stands first and the law of initials applies.
    pub first_key: Key,
    /// The next likely key and its score.
    pub second: Option<(Key, i32)>,
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
    pub letters: Letters,
    pub surnames: Vec<Surname>,
    surname_of: BTreeMap<String, u16>,
    pub surname_spellings: Trie,
    pub surname_entries: Vec<Entry>,
    pub syllables: Vec<GivenSyllable>,
    syllable_of: BTreeMap<char, u16>,
    pub given_spellings: Trie,
    pub given_entries: Vec<Entry>,
}

impl Lexicon {
    fn read(letters: &str, surnames: &str, syllables: &str) -> Result<Self, TableError> {
        let mut lexicon = Self {
            letters: Letters::read(letters)?,
            surnames: Vec::new(),
            surname_of: BTreeMap::new(),
            surname_spellings: Trie::new(),
            surname_entries: Vec::new(),
            syllables: Vec::new(),
            syllable_of: BTreeMap::new(),
            given_spellings: Trie::new(),
            given_entries: Vec::new(),
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
                key: Key::new(&key),
            });
        }
        let keys: Vec<Key> = self.surnames.iter().map(|surname| surname.key).collect();
        (self.surname_spellings, self.surname_entries) = entries(&weights, &all, &keys, &keys);
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
            if self.syllable_of.insert(hangul, number).is_some() {
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
        (self.given_spellings, self.given_entries) = entries(&weights, &all, &keys, &firsts);
        Ok(())
    }

    /// The surname that is written so in Hangul, in the northern or the southern form.
    pub fn surname(&self, hangul: &str) -> Option<u16> {
        self.surname_of.get(hangul).copied()
    }

    /// The row of a syllable of given names.
    pub fn syllable(&self, hangul: char) -> Option<u16> {
        self.syllable_of.get(&hangul).copied()
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

/// A likelihood as a logarithm in hundredths.
fn score(likelihood: f64) -> i32 {
    // Likelihoods of the tables lie far above e^-100.
    (likelihood.max(1e-40).ln() * 100.0).round() as i32
}

/// Turns "row → spellings" round into "spelling → rows", scored. `firsts` are the keys where the law
/// of initials applies.
fn entries(weights: &[f64], all: &[Spellings], keys: &[Key], firsts: &[Key]) -> (Trie, Vec<Entry>) {
    let sum: f64 = weights.iter().sum();
    let mut rows_of: BTreeMap<&[u8], Vec<(u16, f64)>> = BTreeMap::new();
    for (number, (weight, spellings)) in (0_u16..).zip(weights.iter().zip(all)) {
        for (spelling, share) in spellings {
            rows_of
                .entry(spelling)
                .or_default()
                .push((number, weight / sum * share));
        }
    }
    let mut trie = Trie::new();
    let mut entries = Vec::with_capacity(rows_of.len());
    for (spelling, mut rows) in rows_of {
        rows.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (by_key, by_first) = (likeliest(&rows, keys), likeliest(&rows, firsts));
        let number = u16::try_from(entries.len()).expect("fewer spellings than 16 bits count");
        trie.insert(spelling, number);
        entries.push(Entry {
            candidates: rows.iter().map(|(row, p)| (*row, score(*p))).collect(),
            score: score(by_key[0].1),
            key: by_key[0].0,
            second: by_key.get(1).map(|(key, p)| (*key, score(*p))),
            first_key: by_first[0].0,
        });
    }
    (trie, entries)
}

/// The keys of some rows with the likelihood of each, the likeliest first.
fn likeliest(rows: &[(u16, f64)], keys: &[Key]) -> Vec<(Key, f64)> {
    let mut by_key: BTreeMap<Key, f64> = BTreeMap::new();
    for (row, p) in rows {
        *by_key.entry(keys[usize::from(*row)]).or_default() += p;
    }
    let mut by_key: Vec<(Key, f64)> = by_key.into_iter().collect();
    by_key.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    by_key
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
        let row = lexicon.surname_entries[usize::from(entry)].candidates[0].0;
        assert_eq!(lexicon.surnames[usize::from(row)].south, "이");
    }

    #[test]
    fn a_double_row_is_an_error() {
        let twice = "김\t김\t1\tKim\n리\t이\t1\tLee\n정\t김\t1\tKim\n";
        let error = Lexicon::read(LETTERS, twice, SYLLABLES).err().unwrap();
        assert!(error.to_string().contains("line 3"), "{error}");
    }
}
