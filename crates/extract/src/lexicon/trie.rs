//! Finds sequences of words in a text: all sequences of all lexicons in one walk.
//!
//! Invariant: a walk from one token takes at most as many steps as the longest sequence has words,
//! plus the adverbs it may skip, so the whole is linear in the text.

use super::words::WordId;
use std::collections::HashMap;

/// Words of a pattern in order, with what they are an instance of.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    /// Number of the entry in its table.
    pub entry: u32,
    /// Which table.
    pub table: Table,
    /// Bit `n`: the word at `n` must begin with a capital.
    pub capitals: u32,
    /// Bit `n`: the word at `n` must be in capitals throughout.
    pub uppers: u32,
}

/// The tables of a lexicon.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Table {
    Name,
    Violation,
    Mask,
    Context,
    Speech,
    Call,
    Event,
    Group,
    Role,
    Answer,
    Adjective,
    National,
    /// Words that must stand beside a violation's; the entry is the violation.
    Beside,
    /// Words that must not stand in a violation's sentence; the entry is the violation.
    Unless,
}

impl Table {
    /// How many tables there are.
    pub const COUNT: usize = 14;
}

/// The automaton.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// Next node of the root by word, 0 for none.
    root: Vec<u32>,
    next: HashMap<(u32, u32), u32>,
    ends: Vec<Vec<Sequence>>,
}

impl Trie {
    /// Adds a sequence.
    pub fn add(&mut self, words: &[WordId], sequence: Sequence) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
        }
        let mut node = 0;
        for word in words {
            let fresh = self.ends.len() as u32;
            let entry = if node == 0 {
                if self.root.len() <= word.0 as usize {
                    self.root.resize(word.0 as usize + 1, 0);
                }
                let slot = &mut self.root[word.0 as usize];
                if *slot == 0 {
                    *slot = fresh;
                }
                *slot
            } else {
                *self.next.entry((node, word.0)).or_insert(fresh)
            };
            if entry == fresh {
                self.ends.push(Vec::new());
            }
            node = entry;
        }
        if node != 0 {
            self.ends[node as usize].push(sequence);
        }
    }

    /// The node after `word`, from the root.
    pub fn first(&self, word: WordId) -> Option<u32> {
        self.root
            .get(word.0 as usize)
            .copied()
            .filter(|&node| node != 0 && word != WordId::UNKNOWN)
    }

    /// The node after `word`, from `node`.
    pub fn step(&self, node: u32, word: WordId) -> Option<u32> {
        if word == WordId::UNKNOWN {
            return None;
        }
        self.next.get(&(node, word.0)).copied()
    }

    /// The sequences that end at `node`.
    pub fn ends(&self, node: u32) -> &[Sequence] {
        self.ends.get(node as usize).map_or(&[], Vec::as_slice)
    }
}
