//! From seeds to passages: where two texts run in step, word by word, edits bridged.
//!
//! Invariant: blocks of a chain ascend in both texts and hold the same words. Work is linear in
//! the words walked, times a bounded search at each place where the texts differ.

use super::words::{Kind, Token, kind, same, weight};

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
    /// Whether some words of it stand in few documents.
    pub rare: bool,
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

/// Finds what two texts share around `seeds`, which ascend by their place in the second text.
pub(super) fn align(
    a: &[Token],
    b: &[Token],
    seeds: &[Seed],
    blocks: &mut Vec<Block>,
    out: &mut Vec<Shared>,
) {
    out.clear();
    for &seed in seeds {
        let inside = out.iter_mut().rev().take(8).find(|shared| {
            (shared.a.0..shared.a.1).contains(&seed.a) && (shared.b.0..shared.b.1).contains(&seed.b)
        });
        if let Some(shared) = inside {
            shared.rare |= seed.rare;
            continue;
        }
        if !same_at(a, b, seed.a as usize, seed.b as usize) {
            continue; // two runs of words with one hash
        }
        blocks.clear();
        walk(a, b, seed.a as usize, seed.b as usize, true, blocks);
        blocks.reverse();
        let behind = blocks.len();
        walk(a, b, seed.a as usize, seed.b as usize, false, blocks);
        join(blocks, behind);
        if let Some(shared) = measure(a, b, blocks, seed.rare) {
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
fn walk(a: &[Token], b: &[Token], i: usize, j: usize, back: bool, blocks: &mut Vec<Block>) {
    let (a, b) = (Side::new(a, i, back), Side::new(b, j, back));
    let (mut i, mut j) = (0, 0);
    loop {
        let mut run = 0;
        while a.same(&b, i + run, j + run) {
            run += 1;
        }
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
struct Side<'t> {
    text: &'t [Token],
    /// Words before `text` in the whole.
    base: usize,
    back: bool,
}

impl<'t> Side<'t> {
    fn new(text: &'t [Token], at: usize, back: bool) -> Self {
        let (before, after) = text.split_at(at.min(text.len()));
        Self {
            text: if back { before } else { after },
            base: if back { 0 } else { before.len() },
            back,
        }
    }

    fn get(&self, step: usize) -> Option<Token> {
        let at = if self.back {
            self.text.len().checked_sub(step + 1)?
        } else {
            step
        };
        self.text.get(at).copied()
    }

    fn same(&self, other: &Self, i: usize, j: usize) -> bool {
        matches!((self.get(i), other.get(j)), (Some(x), Some(y)) if same(x, y))
    }

    /// Place in the whole text of the first of `run` words from step `step` on.
    fn first(&self, step: usize, run: usize) -> u32 {
        let at = if self.back {
            self.text.len().saturating_sub(step + run)
        } else {
            self.base + step
        };
        at as u32
    }
}

/// The shortest edit after which the texts run in step again: words to pass over in each.
///
/// After a short edit two words must be the same, after a longer one three (of characters twice
/// as many): common words meet by chance.
fn resume(a: &Side<'_>, b: &Side<'_>, i: usize, j: usize) -> Option<(usize, usize)> {
    for total in 1..=2 * GAP {
        let needed = if total <= 3 { 4 } else { 6 };
        for over_a in total.saturating_sub(GAP)..=total.min(GAP) {
            let over_b = total - over_a;
            if in_step(a, b, i + over_a, j + over_b, needed) {
                return Some((over_a, over_b));
            }
        }
    }
    None
}

fn in_step(a: &Side<'_>, b: &Side<'_>, i: usize, j: usize, needed: u32) -> bool {
    let mut sum = 0;
    let mut step = 0;
    while sum < needed {
        match (a.get(i + step), b.get(j + step)) {
            (Some(x), Some(y)) if same(x, y) => sum += weight(x),
            _ => return false,
        }
        step += 1;
    }
    true
}

fn same_at(a: &[Token], b: &[Token], i: usize, j: usize) -> bool {
    matches!((a.get(i), b.get(j)), (Some(&x), Some(&y)) if same(x, y))
}

/// What a chain of blocks amounts to.
fn measure(a: &[Token], b: &[Token], blocks: &[Block], rare: bool) -> Option<Shared> {
    let (first, last) = (blocks.first()?, blocks.last()?);
    let mut shared = Shared {
        a: (first.a, last.a + last.len),
        b: (first.b, last.b + last.len),
        matched: 0,
        longer: 0,
        edits: 0,
        numbers: 0,
        names: 0,
        rare,
    };
    let words = |text: &'_ [Token], from: u32, to: u32| -> u32 {
        let part = text.get(from as usize..to as usize).unwrap_or_default();
        part.iter().map(|&token| weight(token)).sum()
    };
    for block in blocks {
        shared.matched += words(a, block.a, block.a + block.len);
    }
    shared.longer = words(a, shared.a.0, shared.a.1).max(words(b, shared.b.0, shared.b.1));
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
        let seeds = [Seed {
            a: seed.0,
            b: seed.1,
            rare: true,
        }];
        let mut out = Vec::new();
        align(&cut(a), &cut(b), &seeds, &mut Vec::new(), &mut out);
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
