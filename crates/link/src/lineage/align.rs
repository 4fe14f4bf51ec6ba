//! From seeds to passages: where two texts run in step, word by word, edits bridged.
//!
//! Invariant: blocks of a chain ascend in both texts and hold the same words. Work is linear in
//! the words walked, times a bounded search at each place where the texts differ.

use super::words::{HASH, Kind, Token, kind, same};

/// Words that are the same in both texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Block {
    pub a: u32,
    pub b: u32,
    pub len: u32,
}

/// A stretch that two texts share, edits included; places are counted in words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shared {
    /// First word and the one behind the last in the first text.
    pub a: (u32, u32),
    /// The same in the second.
    pub b: (u32, u32),
    /// Weight of the words that are the same.
    pub matched: u32,
    /// Weight of the longer side.
    pub longer: u32,
    /// Places where the texts differ.
    pub edits: u32,
    /// Of these, places where a number stands for a number.
    pub numbers: u32,
    /// Of these, places where a name stands for a name.
    pub names: u32,
    /// Ends at which a number follows (or stands before) in both texts, another in each.
    pub numbers_beyond: u32,
    /// Prints in it that both have and that few documents have.
    pub rare: u32,
}

impl Shared {
    /// Share of the longer side that is the same, in thousandths.
    pub fn density(&self) -> u32 {
        (u64::from(self.matched) * 1000 / u64::from(self.longer.max(1))) as u32
    }
}

/// A place where a print stands in both texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Seed {
    pub b: u32,
    pub a: u32,
    pub rare: bool,
}

/// Longest edit that is bridged, in words of either text.
const GAP: usize = 12;

/// How many times over two texts are walked in all: text that repeats itself would cost its
/// square otherwise.
const MOST_WALKED: usize = 16;

/// Finds what two texts share around `seeds`, which ascend by their place in the second text.
pub(super) fn align(
    a: &[Token],
    b: &[Token],
    seeds: impl Iterator<Item = Seed>,
    blocks: &mut Vec<Block>,
    out: &mut Vec<Shared>,
) {
    out.clear();
    let mut budget = MOST_WALKED * (a.len() + b.len());
    for seed in seeds {
        let inside = out.iter_mut().rev().take(8).find(|shared| {
            (shared.a.0..shared.a.1).contains(&seed.a) && (shared.b.0..shared.b.1).contains(&seed.b)
        });
        if let Some(shared) = inside {
            shared.rare += u32::from(seed.rare);
            continue;
        }
        if !same_at(a, b, seed.a as usize, seed.b as usize) {
            continue; // two runs of words with one hash
        }
        if budget == 0 {
            return;
        }
        blocks.clear();
        walk::<true>(a, b, seed.a as usize, seed.b as usize, blocks);
        blocks.reverse();
        let behind = blocks.len();
        walk::<false>(a, b, seed.a as usize, seed.b as usize, blocks);
        join(blocks, behind);
        if let Some(mut shared) = measure(a, b, blocks) {
            shared.rare = u32::from(seed.rare);
            budget = budget.saturating_sub(shared.longer as usize);
            out.push(shared);
        }
    }
}

/// The last block behind a seed and the first after it are one.
fn join(blocks: &mut Vec<Block>, behind: usize) {
    let Some(at) = behind.checked_sub(1) else {
        return;
    };
    if let (Some(&before), Some(&after)) = (blocks.get(at), blocks.get(behind))
        && before.a + before.len == after.a
        && before.b + before.len == after.b
    {
        blocks[at].len += after.len;
        blocks.remove(behind);
    }
}

/// Walks from a place where the texts are the same, forwards or backwards, as far as they stay
/// in step; blocks are put in the order in which they are met.
fn walk<const BACK: bool>(a: &[Token], b: &[Token], i: usize, j: usize, blocks: &mut Vec<Block>) {
    let (a, b) = (Side::<BACK>::new(a, i), Side::<BACK>::new(b, j));
    let (mut i, mut j) = (0, 0);
    loop {
        let run = a.run(&b, i, j);
        if run > 0 {
            blocks.push(Block {
                a: a.first(i, run),
                b: b.first(j, run),
                len: run as u32,
            });
        }
        i += run;
        j += run;
        let Some((over_a, over_b)) = resume(&a, &b, i, j) else {
            return;
        };
        i += over_a;
        j += over_b;
    }
}

/// A text seen from a place in it, forwards or backwards.
struct Side<'t, const BACK: bool> {
    text: &'t [Token],
    /// Words before `text` in the whole.
    base: usize,
}

impl<'t, const BACK: bool> Side<'t, BACK> {
    fn new(text: &'t [Token], at: usize) -> Self {
        let (before, after) = text.split_at(at.min(text.len()));
        if BACK {
            Self {
                text: before,
                base: 0,
            }
        } else {
            Self {
                text: after,
                base: before.len(),
            }
        }
    }

    /// What lies beyond `step` words.
    fn beyond(&self, step: usize) -> &'t [Token] {
        let step = step.min(self.text.len());
        if BACK {
            &self.text[..self.text.len() - step]
        } else {
            &self.text[step..]
        }
    }

    /// How many words are the same from step `i` here and step `j` there on.
    fn run(&self, other: &Self, i: usize, j: usize) -> usize {
        let (a, b) = (self.beyond(i), other.beyond(j));
        if BACK {
            let pairs = a.iter().rev().zip(b.iter().rev());
            pairs.take_while(|(x, y)| same(**x, **y)).count()
        } else {
            let pairs = a.iter().zip(b);
            pairs.take_while(|(x, y)| same(**x, **y)).count()
        }
    }

    /// The words from step `step` on, without their kinds; `none` where there are no more.
    fn window(&self, step: usize, none: Token) -> [Token; WINDOW] {
        let mut window = [none; WINDOW];
        let rest = self.beyond(step);
        if BACK {
            for (slot, token) in window.iter_mut().zip(rest.iter().rev()) {
                *slot = token & HASH;
            }
        } else {
            for (slot, token) in window.iter_mut().zip(rest) {
                *slot = token & HASH;
            }
        }
        window
    }

    /// Whether the word at a step is counted by characters.
    fn is_character(&self, step: usize) -> bool {
        let rest = self.beyond(step);
        let token = if BACK { rest.last() } else { rest.first() };
        token.is_some_and(|&token| kind(token) == Kind::Character)
    }

    /// Place in the whole text of the first of `run` words from step `step` on.
    fn first(&self, step: usize, run: usize) -> u32 {
        let at = if BACK {
            self.text.len().saturating_sub(step + run)
        } else {
            self.base + step
        };
        at as u32
    }
}

/// Words that are looked at on either side of an edit.
const WINDOW: usize = 16;
const _: () = assert!(GAP + 3 <= WINDOW && WINDOW == u16::BITS as usize);

/// One bit for each word of a window.
const BIT: [u16; WINDOW] = {
    let mut bits = [0; WINDOW];
    let mut at = 0;
    while at < WINDOW {
        bits[at] = 1 << at;
        at += 1;
    }
    bits
};

/// The shortest edit after which the texts run in step again: words to pass over in each.
///
/// After a short edit two words must be the same, after a longer one three (of characters twice
/// as many): common words meet by chance.
fn resume<const BACK: bool>(
    a: &Side<'_, BACK>,
    b: &Side<'_, BACK>,
    i: usize,
    j: usize,
) -> Option<(usize, usize)> {
    // Bit n of row m: word m of one window is word n of the other.
    let (here, there) = (a.window(i, !0), b.window(j, !1));
    let mut rows = [0u16; WINDOW];
    for (row, word) in rows.iter_mut().zip(here) {
        for (bit, other) in BIT.iter().zip(there) {
            *row |= if word == other { *bit } else { 0 };
        }
    }
    let mut best: Option<(usize, usize, usize)> = None;
    for over_a in 0..=GAP {
        let two = rows[over_a] & rows[over_a + 1] >> 1;
        let three = two & rows[over_a + 2] >> 2;
        let mut left = two & ((2 << GAP) - 1);
        while left != 0 {
            let over_b = left.trailing_zeros() as usize;
            left &= left - 1;
            let total = over_a + over_b;
            if best.is_some_and(|(least, ..)| total >= least) {
                break;
            }
            let enough = total <= 3 || three >> over_b & 1 == 1;
            if enough && (!a.is_character(i + over_a) || is_long(a, b, i + over_a, j + over_b)) {
                best = Some((total, over_a, over_b));
            }
        }
    }
    best.map(|(_, over_a, over_b)| (over_a, over_b))
}

/// Whether enough characters are the same for words that are counted by characters.
fn is_long<const BACK: bool>(a: &Side<'_, BACK>, b: &Side<'_, BACK>, i: usize, j: usize) -> bool {
    a.run(b, i, j) >= 6
}

fn same_at(a: &[Token], b: &[Token], i: usize, j: usize) -> bool {
    matches!((a.get(i), b.get(j)), (Some(&x), Some(&y)) if same(x, y))
}

/// What a chain of blocks amounts to.
fn measure(a: &[Token], b: &[Token], blocks: &[Block]) -> Option<Shared> {
    let (first, last) = (blocks.first()?, blocks.last()?);
    let mut shared = Shared {
        a: (first.a, last.a + last.len),
        b: (first.b, last.b + last.len),
        matched: 0,
        longer: 0,
        edits: 0,
        numbers: 0,
        names: 0,
        numbers_beyond: 0,
        rare: 0,
    };
    let words = |text: &'_ [Token], from: u32, to: u32| -> u32 {
        let part = text.get(from as usize..to as usize).unwrap_or_default();
        // The kind stands in the two highest bits, so characters are the greatest tokens.
        let characters = part.iter().filter(|&&token| token > 2 << 14 | HASH).count();
        (2 * part.len() - characters) as u32
    };
    let in_a = words(a, shared.a.0, shared.a.1);
    shared.longer = in_a.max(words(b, shared.b.0, shared.b.1));
    shared.matched = if in_a == 2 * (shared.a.1 - shared.a.0) {
        blocks.iter().map(|block| 2 * block.len).sum()
    } else {
        let weights = blocks
            .iter()
            .map(|block| words(a, block.a, block.a + block.len));
        weights.sum()
    };
    for pair in blocks.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let in_a = a.get((before.a + before.len) as usize..after.a as usize);
        let in_b = b.get((before.b + before.len) as usize..after.b as usize);
        let (in_a, in_b) = (in_a.unwrap_or_default(), in_b.unwrap_or_default());
        shared.edits += 1;
        let both = |wanted: Kind| {
            let holds = |part: &[Token]| part.iter().any(|&token| kind(token) == wanted);
            holds(in_a) && holds(in_b)
        };
        if both(Kind::Number) {
            shared.numbers += 1;
        } else if both(Kind::Name) {
            shared.names += 1;
        }
    }
    let number = |text: &[Token], from: u32, to: u32| {
        let part = text.get(from as usize..(to as usize).min(text.len()));
        let mut words = part.unwrap_or_default().iter();
        words.any(|&token| kind(token) == Kind::Number)
    };
    let before = number(a, shared.a.0.saturating_sub(2), shared.a.0)
        && number(b, shared.b.0.saturating_sub(2), shared.b.0);
    let after = number(a, shared.a.1, shared.a.1 + 2) && number(b, shared.b.1, shared.b.1 + 2);
    shared.numbers_beyond = u32::from(before) + u32::from(after);
    Some(shared)
}

#[cfg(test)]
mod tests {
    use super::super::words::{Cutter, Words};
    use super::*;

    fn cut(text: &str) -> Vec<Token> {
        let mut words = Words::default();
        Cutter::new(&mut words).passage(text, 0);
        words.tokens
    }

    fn shared(a: &str, b: &str, seed: (u32, u32)) -> Vec<Shared> {
        let seeds = std::iter::once(Seed {
            a: seed.0,
            b: seed.1,
            rare: true,
        });
        let mut out = Vec::new();
        align(&cut(a), &cut(b), seeds, &mut Vec::new(), &mut out);
        out
    }

    #[test]
    fn an_edited_sentence_is_one_stretch_and_its_bounds_are_where_the_words_part() {
        let a = "before that nothing. The commission found that violations were systematic, widespread and gross in the camps";
        let b = "Yes indeed so. The commission found that the violations were systematic and gross in all of the camps. Bye";
        let found = shared(a, b, (3, 3));
        assert_eq!(found.len(), 1);
        let found = found[0];
        assert_eq!((found.a, found.b), ((3, 16), (3, 18)));
        assert_eq!(found.matched, 24);
        assert_eq!((found.edits, found.numbers, found.names), (3, 0, 0));
    }

    #[test]
    fn walking_backwards_finds_what_walking_forwards_finds() {
        let a = "x the court heard four witnesses on Monday and then it rose until the spring term began y";
        let b = "z the court heard five witnesses on Monday and later it rose until the spring term began w";
        let forwards = shared(a, b, (1, 1));
        let backwards = shared(a, b, (15, 15));
        assert_eq!(forwards, backwards);
        assert_eq!(forwards[0].edits, 2);
    }

    #[test]
    fn numbers_for_numbers_and_names_for_names_are_counted() {
        let a = "The family of Kim Yong Chol was told on 3 May 2014 that he was held in Hoeryong without a trial";
        let b = "The family of Pak Nam was told on 9 June 2016 that he was held in Chongjin without a trial";
        let found = shared(a, b, (0, 0))[0];
        assert_eq!((found.edits, found.numbers, found.names), (3, 1, 2));
    }

    #[test]
    fn a_seed_that_is_no_match_gives_nothing() {
        assert_eq!(
            shared("one two three four", "five six seven eight", (0, 0)),
            []
        );
        assert_eq!(shared("", "", (9, 9)), []);
    }
}
