//! How much a text looks like each language, by its runs of three letters and its small words
//! (`data/reading/trigrams.txt`, `languages.toml`): a naive Bayes classifier after Cavnar and
//! Trenkle (1994) and Nakatani's langdetect.
//!
//! Invariant: only languages of one alphabet are compared; scores are sums over the text, so
//! that their distance grows with the evidence.

use crate::data::COMMON_WORDS;
use std::collections::HashMap;
use std::sync::LazyLock;

/// An alphabet that several languages share.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alphabet {
    Latin,
    Cyrillic,
    Arabic,
}

/// A language that is told apart.
struct Language {
    code: &'static str,
    alphabet: Alphabet,
}

/// What a run of three letters speaks for.
struct Table {
    languages: Vec<Language>,
    /// Runs, sorted, and behind each where its weights end; they begin where those before end.
    runs: Vec<(u64, u32)>,
    /// Number of a language, and weight in quarters.
    weights: Vec<(u8, u8)>,
    /// The numbers of the languages that a small word is one of.
    words: HashMap<&'static str, Vec<u8>>,
}

/// What a small word is worth, in quarters: as much as a run that is e⁴ times the commoner.
const WORD: u32 = 16;

/// How much the text looks like each language of its alphabet, best first, in quarters of the
/// natural logarithm.
pub(super) fn scores(text: &str, alphabet: Alphabet) -> Vec<(u32, &'static str)> {
    let table = &*TABLE;
    let mut scores = vec![0u32; table.languages.len()];
    let text = text.to_lowercase();
    for word in text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        let (mut first, mut second) = ('\0', '_');
        for third in word.chars().chain(['_']) {
            if first != '\0' {
                table.add(key([first, second, third]), &mut scores);
            }
            (first, second) = (second, third);
        }
        for &language in table.words.get(word).into_iter().flatten() {
            let score = &mut scores[usize::from(language)];
            *score = score.saturating_add(WORD);
        }
    }
    let all = scores.into_iter().zip(&table.languages);
    let mut ranked: Vec<_> = all
        .filter(|(_, language)| language.alphabet == alphabet)
        .map(|(score, language)| (score, language.code))
        .collect();
    ranked.sort_by(|a, b| b.cmp(a));
    ranked
}

impl Table {
    fn add(&self, run: u64, scores: &mut [u32]) {
        let Ok(at) = self.runs.binary_search_by_key(&run, |(run, _)| *run) else {
            return;
        };
        let begin = match at {
            0 => 0,
            at => self.runs[at - 1].1 as usize,
        };
        for &(language, weight) in &self.weights[begin..self.runs[at].1 as usize] {
            let score = &mut scores[usize::from(language)];
            *score = score.saturating_add(u32::from(weight));
        }
    }

    /// Reads lines of `LANGUAGE QUARTERS RUNS`.
    fn read(file: &'static str) -> Option<Self> {
        let mut languages: Vec<Language> = Vec::new();
        let mut all: Vec<(u64, u8, u8)> = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.splitn(3, ' ');
            let (code, weight) = (fields.next()?, fields.next()?.parse().ok()?);
            let letters: Vec<char> = fields.next()?.chars().collect();
            if languages.last().is_none_or(|last| last.code != code) {
                let alphabet = alphabet(letters.iter().find(|letter| **letter != '_')?);
                languages.push(Language { code, alphabet });
            }
            let number = u8::try_from(languages.len() - 1).ok()?;
            let (runs, []) = letters.as_chunks::<3>() else {
                return None;
            };
            all.extend(runs.iter().map(|run| (key(*run), number, weight)));
        }
        all.sort_unstable();
        let mut table = Self {
            words: small_words(&languages),
            languages,
            runs: Vec::new(),
            weights: Vec::new(),
        };
        for (run, language, weight) in all {
            table.weights.push((language, weight));
            let end = u32::try_from(table.weights.len()).ok()?;
            match table.runs.last_mut() {
                Some(last) if last.0 == run => last.1 = end,
                _ => table.runs.push((run, end)),
            }
        }
        Some(table)
    }
}

/// Which of the languages each small word is one of.
fn small_words(languages: &[Language]) -> HashMap<&'static str, Vec<u8>> {
    let mut words: HashMap<&str, Vec<u8>> = HashMap::new();
    for (number, language) in (0..).zip(languages) {
        for word in COMMON_WORDS.get(language.code).into_iter().flatten() {
            words.entry(word.as_str()).or_default().push(number);
        }
    }
    words
}

fn alphabet(letter: &char) -> Alphabet {
    match letter {
        '\u{400}'..='\u{52f}' => Alphabet::Cyrillic,
        '\u{600}'..='\u{6ff}' => Alphabet::Arabic,
        _ => Alphabet::Latin,
    }
}

/// Three letters of 21 bits.
fn key(run: [char; 3]) -> u64 {
    run.into_iter()
        .fold(0, |key, letter| (key << 21) | u64::from(u32::from(letter)))
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    Table::read(include_str!("../../../../data/reading/trigrams.txt"))
        .expect("the shipped trigrams.txt is read by a test")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_read() {
        let table = &*TABLE;
        assert!(table.languages.len() >= 30, "{}", table.languages.len());
        assert!(table.runs.is_sorted());
        for code in COMMON_WORDS.keys() {
            assert!(
                table.languages.iter().any(|held| held.code == code),
                "{code}"
            );
        }
    }

    #[test]
    fn only_languages_of_one_alphabet_are_compared() {
        let of = |text, alphabet| scores(text, alphabet)[0].1;
        assert_eq!(of("the council of the", Alphabet::Latin), "en");
        assert_eq!(of("совет по правам человека", Alphabet::Cyrillic), "ru");
        assert_eq!(scores("совет", Alphabet::Arabic)[0].0, 0);
    }
}
