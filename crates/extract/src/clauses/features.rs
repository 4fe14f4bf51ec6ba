//! What the models see of a clause: what its words are like (their vectors), the words and their stems, pairs of neighbours, and pairs of
//! words that carry meaning up to two apart. Names and numbers are each one word to them. Each
//! feature is a number: FNV-1a of its kind and words (32 bits).

use super::vectors::{DIMENSIONS, Vectors, add};
use std::collections::BTreeSet;

/// Words that carry no meaning of their own.
const SMALL: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have",
    "he", "her", "his", "i", "in", "is", "it", "its", "my", "no", "not", "of", "on", "or", "our",
    "she", "that", "the", "their", "these", "they", "this", "those", "to", "was", "we", "were",
    "which", "who", "with",
];

/// Endings that a stem is without, longest first.
const ENDINGS: &[(&str, &str)] = &[
    ("ingly", ""),
    ("edly", ""),
    ("ing", ""),
    ("ied", "y"),
    ("ies", "y"),
    ("ed", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
];

/// A feature of a clause.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Feature {
    /// What it is.
    pub hash: u32,
    /// The number of the (first) word it is taken from.
    pub word: u32,
}

/// A word as the models see it.
struct Seen {
    /// Its number among those given.
    at: u32,
    whole: String,
    stem: String,
    small: bool,
}

/// What the models see of a clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its features, each once.
    pub features: Vec<Feature>,
    /// The sum of the vectors of its words, each once.
    pub sum: [i32; DIMENSIONS],
    /// Its words that have vectors: their numbers, and the vectors.
    pub(super) senses: Vec<(u32, &'static [u8])>,
}

impl Clause {
    /// Of a clause's words and marks. `opens` says that the first word begins a sentence, so that
    /// its capital means nothing.
    #[must_use]
    pub fn of(words: &[&str], opens: bool, vectors: &Vectors) -> Self {
        let seen = seen(words, opens);
        let mut sum = [0; DIMENSIONS];
        let mut senses = Vec::new();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for word in seen.iter().filter(|word| !word.small) {
            let vector = vectors.of(&word.whole);
            if let Some(vector) = vector.filter(|_| known.insert(&word.whole)) {
                add(&mut sum, vector);
                senses.push((word.at, vector));
            }
        }
        Self {
            features: features(&seen),
            sum,
            senses,
        }
    }
}

fn features(seen: &[Seen]) -> Vec<Feature> {
    let mut out = Vec::new();
    let mut known = BTreeSet::new();
    let mut put = |kind: u8, parts: [&str; 2], word: u32| {
        let hash = hash(kind, parts);
        if known.insert(hash) {
            out.push(Feature { hash, word });
        }
    };
    for (number, word) in seen.iter().enumerate() {
        put(0, [&word.stem, ""], word.at);
        if !word.small {
            put(1, [&word.whole, ""], word.at);
        }
        if let Some(next) = seen.get(number + 1) {
            put(2, [&word.stem, &next.stem], word.at);
        }
    }
    let full: Vec<&Seen> = seen.iter().filter(|word| !word.small).collect();
    for (number, word) in full.iter().enumerate() {
        for next in full.iter().skip(number + 1).take(3) {
            put(3, [&word.stem, &next.stem], word.at);
        }
    }
    out
}

fn seen(words: &[&str], opens: bool) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let first = word.chars().next().unwrap_or(' ');
        let whole = if first.is_numeric() {
            "<number>".to_owned()
        } else if first.is_uppercase() && *word != "I" && !(opens && at == 0) {
            "<name>".to_owned()
        } else {
            word.to_lowercase().replace('’', "'")
        };
        if whole == "<name>" && seen.last().is_some_and(|last| last.whole == whole) {
            continue;
        }
        let small =
            SMALL.contains(&whole.as_str()) || !first.is_alphanumeric() || whole.starts_with('\'');
        let stem = if small || whole.starts_with('<') {
            whole.clone()
        } else {
            stem(&whole)
        };
        seen.push(Seen {
            at: at as u32,
            whole,
            stem,
            small,
        });
    }
    seen
}

/// A word without its ending, roughly: `tortured`, `tortures` and `torturing` have one stem.
fn stem(word: &str) -> String {
    let cut = ENDINGS.iter().find_map(|(ending, instead)| {
        let rest = word.strip_suffix(ending)?;
        (rest.chars().count() >= 3).then(|| format!("{rest}{instead}"))
    });
    let mut stem = cut.unwrap_or_else(|| word.to_owned());
    let mut last = stem.chars().rev();
    let (end, before) = (last.next(), last.next());
    let longer = stem.chars().count() > 3;
    if longer && (end == before || end == Some('e')) {
        stem.pop();
    }
    stem
}

fn hash(kind: u8, parts: [&str; 2]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    add(kind);
    for part in parts {
        part.bytes().for_each(&mut add);
        add(0);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for words in [
            ["torture", "tortured", "torturing"],
            ["beat", "beats", "beating"],
            ["carry", "carries", "carried"],
            ["stop", "stopped", "stopping"],
        ] {
            let stems: BTreeSet<String> = words.iter().map(|word| stem(word)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
    }

    #[test]
    fn names_and_numbers_are_alike() {
        let of = |words: &[&str]| {
            let clause = Clause::of(words, true, &Vectors::default());
            let hashes = clause.features.iter().map(|feature| feature.hash);
            hashes.collect::<BTreeSet<_>>()
        };
        assert_eq!(
            of(&["They", "beat", "Kim", "Min", "Su", "40", "times"]),
            of(&["They", "beat", "Okello", "12", "times"])
        );
        assert_ne!(of(&["They", "beat", "Kim"]), of(&["They", "met", "Kim"]));
    }
}
