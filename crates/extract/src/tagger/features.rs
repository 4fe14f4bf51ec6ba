//! What the tagger sees of a word: the word, its letters and shape, its neighbours, the tags
//! before it, and how the document writes it elsewhere. Each is a number: FNV-1a of its name and
//! value (32 bits).

use super::Tag;
use std::collections::HashMap;

/// How a document writes its words.
#[derive(Debug, Default)]
pub struct Seen {
    /// Lower-cased words: times in small letters, times with a capital within a sentence.
    words: HashMap<String, (u32, u32)>,
}

impl Seen {
    /// Counts the words of sentences.
    pub fn new<'a>(sentences: impl Iterator<Item = &'a [&'a str]>) -> Self {
        let mut seen = Self::default();
        for sentence in sentences {
            seen.add(sentence);
        }
        seen
    }

    /// Counts the words of a sentence.
    pub fn add(&mut self, sentence: &[&str]) {
        for (at, word) in sentence.iter().enumerate() {
            let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) else {
                continue;
            };
            let entry = self.words.entry(word.to_lowercase()).or_default();
            if first.is_lowercase() {
                entry.0 = entry.0.saturating_add(1);
            } else if at > 0 {
                entry.1 = entry.1.saturating_add(1);
            }
        }
    }

    /// Whether the document writes the word in small letters somewhere.
    #[must_use]
    pub fn is_small(&self, word: &str) -> bool {
        self.class(&word.to_lowercase()) & 1 != 0
    }

    /// 0 seen neither way, 1 in small letters only, 2 with a capital only, 3 both.
    fn class(&self, lower: &str) -> u8 {
        let (small, capital) = self.words.get(lower).copied().unwrap_or_default();
        u8::from(small > 0) | (u8::from(capital > 0) << 1)
    }
}

/// Writes the features of the word `at` into `out`, given the tags of the words before it.
pub fn features(words: &[&str], at: usize, tags: &[Tag], seen: &Seen, out: &mut Vec<u32>) {
    out.clear();
    let word = |offset: isize| -> &str {
        let place = at as isize + offset;
        match usize::try_from(place) {
            Ok(place) => words.get(place).copied().unwrap_or("</s>"),
            Err(_) => "<s>",
        }
    };
    let tag = |back: usize| at.checked_sub(back).map_or(9, |place| tags[place] as u8);
    let mut lowered: [String; 5] = Default::default();
    for (slot, offset) in lowered.iter_mut().zip(-2isize..) {
        *slot = word(offset).to_lowercase();
    }
    let here = word(0);
    let lower = lowered[2].as_str();
    let shapes: Vec<String> = (-2..=2).map(|offset| shape(word(offset))).collect();
    let (before, before2) = ([tag(1)], [tag(1), tag(2)]);
    let class = [seen.class(lower)];
    let first = [u8::from(at == 0)];
    let mut put = |name: u8, parts: &[&[u8]]| out.push(hash(name, parts));
    put(0, &[]);
    put(1, &[here.as_bytes()]);
    put(2, &[lower.as_bytes()]);
    put(3, &[shapes[2].as_bytes()]);
    put(4, &[head(lower, 3).as_bytes()]);
    put(5, &[tail(lower, 3).as_bytes()]);
    put(6, &[tail(lower, 2).as_bytes()]);
    put(7, &[tail(lower, 4).as_bytes()]);
    put(8, &[lowered[1].as_bytes()]);
    put(9, &[lowered[3].as_bytes()]);
    put(10, &[lowered[0].as_bytes()]);
    put(11, &[lowered[4].as_bytes()]);
    put(12, &[&before]);
    put(13, &[&before2]);
    put(14, &[&before, lower.as_bytes()]);
    put(15, &[&before, shapes[2].as_bytes()]);
    put(16, &[shapes[1].as_bytes(), shapes[2].as_bytes()]);
    put(17, &[shapes[2].as_bytes(), shapes[3].as_bytes()]);
    put(18, &[lowered[1].as_bytes(), lower.as_bytes()]);
    put(19, &[lower.as_bytes(), lowered[3].as_bytes()]);
    put(20, &[&class, shapes[2].as_bytes()]);
    put(21, &[&first, shapes[2].as_bytes()]);
    put(22, &[&before, lowered[1].as_bytes()]);
    put(23, &[lowered[1].as_bytes(), shapes[2].as_bytes()]);
    put(24, &[lowered[3].as_bytes(), shapes[2].as_bytes()]);
    put(
        25,
        &[
            shapes[1].as_bytes(),
            shapes[2].as_bytes(),
            shapes[3].as_bytes(),
        ],
    );
    put(26, &[&before, shapes[2].as_bytes(), shapes[3].as_bytes()]);
    put(27, &[head(lower, 2).as_bytes(), shapes[2].as_bytes()]);
    put(28, &[&first, &class, shapes[3].as_bytes()]);
}

fn hash(name: u8, parts: &[&[u8]]) -> u32 {
    let mut state: u32 = 0x811c_9dc5;
    let mut step = |byte: u8| state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    step(name);
    for part in parts {
        part.iter().for_each(|byte| step(*byte));
        step(0xff);
    }
    state
}

/// The letters of a word by kind, runs of three or more as two: `Xx`, `XX`, `dd`, `X.X.`.
fn shape(word: &str) -> String {
    let mut shape = String::new();
    let mut last = ('\0', 0u8);
    for c in word.chars().take(24) {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => c,
        };
        last = if kind == last.0 {
            (kind, last.1.saturating_add(1))
        } else {
            (kind, 1)
        };
        if last.1 <= 2 {
            shape.push(kind);
        }
    }
    shape
}

fn head(word: &str, count: usize) -> &str {
    let end = word
        .char_indices()
        .nth(count)
        .map_or(word.len(), |(at, _)| at);
    &word[..end]
}

fn tail(word: &str, count: usize) -> &str {
    let start = word.char_indices().rev().nth(count.saturating_sub(1));
    &word[start.map_or(0, |(at, _)| at)..]
}
