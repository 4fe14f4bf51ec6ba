//! Texts as numbers: equal texts have equal ids, and ids follow the order of the texts, so they do
//! not depend on the order in which rows came. Id 0 is unknown.

use foldhash::quality::RandomState;
use std::collections::HashMap;

/// Longest text that is kept, in bytes; longer ones are cut at a character.
const LONGEST: usize = 96;

/// Collects texts while rows come in.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    ids: HashMap<Box<str>, u32, RandomState>,
}

impl Interner {
    /// The provisional id of a text; `None` when there are too many.
    pub(crate) fn intern(&mut self, text: &str) -> Option<u32> {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        if text.is_empty() {
            return Some(0);
        }
        if let Some(&id) = self.ids.get(text) {
            return Some(id);
        }
        let id = u32::try_from(self.ids.len() + 1)
            .ok()
            .filter(|id| *id < u32::MAX)?;
        self.ids.insert(text.into(), id);
        Some(id)
    }

    /// The dictionary in order, and the final id of each provisional one.
    pub(crate) fn finish(self) -> (Dictionary, Vec<u32>) {
        let mut texts: Vec<(Box<str>, u32)> = self.ids.into_iter().collect();
        texts.sort_unstable();
        let mut renumbered = vec![0; texts.len() + 1];
        let mut dictionary = Dictionary::default();
        dictionary.push("");
        for (position, (text, provisional)) in texts.iter().enumerate() {
            renumbered[*provisional as usize] =
                u32::try_from(position + 1).expect("ids were counted in u32");
            dictionary.push(text);
        }
        (dictionary, renumbered)
    }
}

/// What the similarity filter needs of a text, beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outline {
    /// Two bits for each of 32 letter classes: it occurs once, twice.
    pub(crate) letters: u64,
    /// Occurrences beyond the second of a class.
    pub(crate) beyond: u8,
    /// Bytes.
    pub(crate) length: u8,
    /// The first four bytes, 0 where there are none.
    pub(crate) head: [u8; 4],
    start: u32,
}

/// Texts by id.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    outlines: Vec<Outline>,
    bytes: Vec<u8>,
}

impl Dictionary {
    fn push(&mut self, text: &str) {
        let mut outline = Outline {
            start: u32::try_from(self.bytes.len()).unwrap_or(u32::MAX),
            length: u8::try_from(text.len()).expect("texts are cut when they are interned"),
            ..Outline::default()
        };
        for (position, byte) in text.bytes().enumerate() {
            let class = 2 * u32::from(byte & 31);
            if outline.letters >> class & 1 == 0 {
                outline.letters |= 1 << class;
            } else if outline.letters >> (class + 1) & 1 == 0 {
                outline.letters |= 2 << class;
            } else {
                outline.beyond += 1;
            }
            if position < 4 {
                outline.head[position] = byte;
            }
        }
        self.outlines.push(outline);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Number of ids, the unknown one included.
    pub(crate) fn len(&self) -> usize {
        self.outlines.len()
    }

    /// Bytes of all texts; more than four thousand million cannot be addressed.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    #[inline]
    pub(crate) fn outline(&self, id: u32) -> &Outline {
        &self.outlines[id as usize]
    }

    #[inline]
    pub(crate) fn bytes(&self, id: u32) -> &[u8] {
        let outline = &self.outlines[id as usize];
        &self.bytes[outline.start as usize..outline.start as usize + usize::from(outline.length)]
    }

    pub(crate) fn text(&self, id: u32) -> &str {
        std::str::from_utf8(self.bytes(id)).expect("only whole texts are pushed")
    }

    /// The id of a text, if any row holds it.
    #[cfg(test)]
    pub(crate) fn id(&self, text: &str) -> Option<u32> {
        let (mut low, mut high) = (1u32, u32::try_from(self.len()).ok()?);
        while low < high {
            let middle = low.midpoint(high);
            match self.text(middle).cmp(text) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

/// The most letters that two texts can have in common: never less than they have.
#[inline]
pub(crate) fn most_in_common(a: &Outline, b: &Outline) -> u32 {
    (a.letters & b.letters).count_ones() + u32::from(a.beyond.min(b.beyond))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ids_follow_the_order_of_the_texts_not_of_the_rows() {
        let mut interner = Interner::default();
        assert_eq!(
            [
                interner.intern("pak"),
                interner.intern("kim"),
                interner.intern("")
            ],
            [Some(1), Some(2), Some(0)]
        );
        let (dictionary, renumbered) = interner.finish();
        assert_eq!(renumbered, [0, 2, 1]);
        assert_eq!(
            (dictionary.text(1), dictionary.text(2), dictionary.len()),
            ("kim", "pak", 3)
        );
        assert_eq!((dictionary.id("pak"), dictionary.id("ri")), (Some(2), None));
    }

    #[test]
    fn long_texts_are_cut_at_a_character() {
        let mut interner = Interner::default();
        interner.intern(&"가".repeat(100)).unwrap();
        assert_eq!(interner.finish().0.text(1), "가".repeat(32));
    }

    proptest::proptest! {
        #[test]
        fn the_filter_never_says_less_than_there_is(a in "[a-f0-9]{0,40}", b in "[a-f0-9]{0,40}") {
            let mut dictionary = Dictionary::default();
            dictionary.push(&a);
            dictionary.push(&b);
            let mut left: Vec<u8> = b.bytes().collect();
            let common = a.bytes().filter(|x| left.iter().position(|y| y == x).map(|at| left.remove(at)).is_some()).count();
            let most = most_in_common(dictionary.outline(0), dictionary.outline(1));
            proptest::prop_assert!(most as usize >= common);
        }
    }
}
