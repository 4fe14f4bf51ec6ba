//! A tree of spellings: which listed spellings begin at a place of a word.
//!
//! Invariant: a node is smaller than its children's numbers, so every walk ends.

use super::latin_text::ALPHABET;

/// No node, no entry.
const NONE: u16 = u16::MAX;

#[derive(Clone)]
struct Node {
    children: [u16; ALPHABET],
    entry: u16,
}

/// Spellings and the number of the entry of each.
#[derive(Clone)]
pub(super) struct Trie(Vec<Node>);

impl Default for Trie {
    fn default() -> Self {
        Self::new()
    }
}

/// A place in the tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct At(u16);

impl Trie {
    /// An empty tree.
    pub fn new() -> Self {
        Self(vec![Node {
            children: [NONE; ALPHABET],
            entry: NONE,
        }])
    }

    /// The root.
    pub const ROOT: At = At(0);

    /// Where a letter leads.
    pub fn step(&self, at: At, letter: u8) -> Option<At> {
        let child = self.0[usize::from(at.0)]
            .children
            .get(usize::from(letter))
            .copied()?;
        (child != NONE).then_some(At(child))
    }

    /// The entry of the spelling that ends here.
    pub fn entry(&self, at: At) -> Option<u16> {
        let entry = self.0[usize::from(at.0)].entry;
        (entry != NONE).then_some(entry)
    }

    /// The entry of a whole spelling.
    pub fn find(&self, letters: &[u8]) -> Option<u16> {
        let mut at = Self::ROOT;
        for &letter in letters {
            at = self.step(at, letter)?;
        }
        self.entry(at)
    }

    /// Puts a spelling in. Tables hold some thousands of spellings of a few letters: far fewer
    /// nodes than a number of 16 bits counts.
    pub fn insert(&mut self, letters: &[u8], entry: u16) {
        let mut at = 0_usize;
        for &letter in letters {
            let child = self.0[at].children[usize::from(letter)];
            at = if child == NONE {
                let new = u16::try_from(self.0.len()).ok().filter(|n| *n != NONE);
                let new = new.expect("the shipped tables fit; a test loads them");
                self.0[at].children[usize::from(letter)] = new;
                self.0.push(Node {
                    children: [NONE; ALPHABET],
                    entry: NONE,
                });
                usize::from(new)
            } else {
                usize::from(child)
            };
        }
        self.0[at].entry = entry;
    }
}
