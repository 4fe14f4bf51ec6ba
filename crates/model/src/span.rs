//! Stretches of text counted in characters (Unicode scalar values), never in bytes: a citation
//! must mean the same to a program in any language.

use serde::{Deserialize, Serialize};

/// Characters `start..end` of a text; `start <= end`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Span {
    /// First character, counted from 0.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; an end before the start is taken as an empty span at `start`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// Its length in characters.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a character.
    #[must_use]
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Finds bytes by character and characters by byte in one text, in constant time.
///
/// Holds four bytes for every 64 characters; nothing for a text that is all ASCII.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// Byte offset of every 64th character; empty when characters are bytes.
    marks: Vec<u32>,
    chars: u32,
}

const STRIDE: usize = 64;

impl CharIndex {
    /// Indexes `text`, of at most 4 GiB.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self {
                marks: Vec::new(),
                chars: text.len() as u32,
            };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for (byte, _) in text.char_indices() {
            if chars % STRIDE == 0 {
                marks.push(byte as u32);
            }
            chars += 1;
        }
        Self {
            marks,
            chars: chars as u32,
        }
    }

    /// Characters in the text.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.chars
    }

    /// The byte at which character `at` starts, or the text's length for one past the last;
    /// `None` beyond. `text` is the text that was indexed.
    #[must_use]
    pub fn byte(&self, text: &str, at: u32) -> Option<usize> {
        if at >= self.chars {
            return (at == self.chars).then_some(text.len());
        }
        let at = at as usize;
        let Some(&mark) = self.marks.get(at / STRIDE) else {
            return Some(at);
        };
        // Where the next mark is as many bytes away as characters, all between them are ASCII.
        let next = self.marks.get(at / STRIDE + 1);
        if next.is_some_and(|&next| (next - mark) as usize == STRIDE) {
            return Some(mark as usize + at % STRIDE);
        }
        let rest = text.get(mark as usize..)?;
        let (byte, _) = rest.char_indices().nth(at % STRIDE)?;
        Some(mark as usize + byte)
    }

    /// The number of the character that starts at, or contains, byte `at`.
    #[must_use]
    pub fn char(&self, text: &str, at: usize) -> u32 {
        if at >= text.len() {
            return self.chars;
        }
        if self.marks.is_empty() {
            return at as u32;
        }
        let mark = self
            .marks
            .partition_point(|&mark| mark as usize <= at)
            .saturating_sub(1);
        let from = self.marks[mark] as usize;
        let before = text[from..]
            .char_indices()
            .take_while(|(byte, _)| from + byte <= at)
            .count();
        (mark * STRIDE + before.saturating_sub(1)) as u32
    }

    /// The characters of `span`, or `None` when it reaches beyond the text.
    #[must_use]
    pub fn slice<'t>(&self, text: &'t str, span: Span) -> Option<&'t str> {
        text.get(self.byte(text, span.start)?..self.byte(text, span.end)?)
    }
}

/// A stretch in which reading and decoded original run in step, one character to one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Run {
    /// First character in the reading.
    pub reading: u32,
    /// First character in the decoded original.
    pub original: u32,
    /// Characters in the stretch.
    pub len: u32,
}

/// Where each stretch of a reading stands in the decoded original.
///
/// Runs ascend in the reading and do not overlap there. Characters between runs (a space put
/// for a line break, a paragraph break) belong to no character of the original.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

impl OffsetMap {
    /// The map of a reading that is its original, of `chars` characters.
    #[must_use]
    pub fn identity(chars: u32) -> Self {
        let mut map = Self::default();
        map.push(Run {
            reading: 0,
            original: 0,
            len: chars,
        });
        map
    }

    /// Adds a run behind the last one; joins the two when they are continuous in both texts.
    pub fn push(&mut self, run: Run) {
        if run.len == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut()
            && last.reading + last.len == run.reading
            && last.original + last.len == run.original
        {
            last.len += run.len;
            return;
        }
        self.runs.push(run);
    }

    /// The runs, ascending in the reading.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The stretch of the decoded original from the first to the last character that `span` of
    /// the reading shows; `None` when `span` touches no run.
    #[must_use]
    pub fn original(&self, span: Span) -> Option<Span> {
        let first = self
            .runs
            .partition_point(|run| run.reading + run.len <= span.start);
        let after = self.runs.partition_point(|run| run.reading < span.end);
        let touched = self.runs.get(first..after)?;
        let (head, tail) = (touched.first()?, touched.last()?);
        let start = head.original + span.start.saturating_sub(head.reading);
        let end = tail.original + (span.end - tail.reading).min(tail.len);
        Some(Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn index_agrees_with_counting(text in "\\PC{0,300}") {
            let index = CharIndex::new(&text);
            prop_assert_eq!(index.chars() as usize, text.chars().count());
            for (number, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.byte(&text, number as u32), Some(byte));
                prop_assert_eq!(index.char(&text, byte), number as u32);
            }
            prop_assert_eq!(index.byte(&text, index.chars()), Some(text.len()));
            prop_assert_eq!(index.byte(&text, index.chars() + 1), None);
        }
    }

    #[test]
    fn a_span_over_a_collapsed_break_maps_to_all_of_it() {
        let mut map = OffsetMap::default();
        map.push(Run {
            reading: 0,
            original: 4,
            len: 5,
        });
        map.push(Run {
            reading: 6,
            original: 12,
            len: 3,
        });
        assert_eq!(map.original(Span::new(3, 8)), Some(Span::new(7, 14)));
        assert_eq!(map.original(Span::new(0, 5)), Some(Span::new(4, 9)));
        assert_eq!(map.original(Span::new(5, 6)), None);
        assert_eq!(map.original(Span::new(5, 7)), Some(Span::new(12, 13)));
        assert_eq!(map.original(Span::new(20, 22)), None);
    }

    #[test]
    fn runs_that_continue_are_one() {
        let mut map = OffsetMap::identity(3);
        map.push(Run {
            reading: 3,
            original: 3,
            len: 2,
        });
        map.push(Run {
            reading: 5,
            original: 6,
            len: 0,
        });
        assert_eq!(map, OffsetMap::identity(5));
    }
}
