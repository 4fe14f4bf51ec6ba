//! Finds sequences of words in a text: all sequences of all lexicons in one walk.
//!
//! The numbers of words that it looks up are ours, so a fast hash with a fixed seed is safe.
//!
//! Invariant: a walk from one token takes at most as many steps as the longest sequence has words,
//! plus the adverbs it may skip, so the whole is linear in the text.

use super::words::WordId;
use foldhash::fast::FixedState;
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
    next: HashMap<(u32, u32), u32, FixedState>,
    /// The nodes at which sequences end, ascending once the trie is finished, each beside its sequence.
    ends: Vec<(u32, Sequence)>,
    /// Where the sequences of each node begin in `ends`; made by [`Trie::finish`].
    from: Vec<u32>,
    /// The number of the last node.
    last: u32,
}

impl Trie {
    /// Adds a sequence; it is found once the trie is finished.
    pub fn add(&mut self, words: &[WordId], sequence: Sequence) {
        let mut node = 0;
        for word in words {
            let fresh = self.last + 1;
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
            self.last = self.last.max(entry);
            node = entry;
        }
        if node != 0 {
            self.ends.push((node, sequence));
        }
    }

    /// Puts the sequences in the order of their nodes.
    pub fn finish(&mut self) {
        self.ends.sort_by_key(|(node, _)| *node);
        self.ends.shrink_to_fit();
        self.next.shrink_to_fit();
        let mut at = 0;
        self.from = (0..=self.last + 1)
            .map(|node| {
                while self.ends.get(at).is_some_and(|(end, _)| *end < node) {
                    at += 1;
                }
                at as u32
            })
            .collect();
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
    pub fn ends(&self, node: u32) -> impl Iterator<Item = &Sequence> {
        let node = node as usize;
        let range = self.from.get(node).zip(self.from.get(node + 1));
        let found = range.and_then(|(from, to)| self.ends.get(*from as usize..*to as usize));
        found
            .unwrap_or_default()
            .iter()
            .map(|(_, sequence)| sequence)
    }
}
