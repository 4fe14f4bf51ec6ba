//! Where the lexicons' patterns occur in a document: one walk over all tokens for all tables.
//!
//! Invariant: within a table, hits ascend and do not overlap; of overlapping ones the longest is
//! kept, then the first, with all entries that share its words.

use super::{Document, Stretch};
use crate::lexicon::{Class, Table};

/// A pattern's occurrence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub tokens: Stretch,
    /// Number of the entry in its table.
    pub entry: u32,
}

/// Words that may stand between two words of a phrase.
const MOST_SKIPPED: u32 = 3;

/// Fills the document's hits.
pub(super) fn find(document: &mut Document) {
    let mut all: [Vec<Hit>; Table::COUNT] = std::array::from_fn(|_| Vec::new());
    let mut found: Vec<(Table, Hit)> = Vec::new();
    for block in &document.blocks {
        for from in block.tokens.tokens() {
            found.clear();
            walk(document, from, block.tokens.to, &mut found);
            for (table, hit) in &found {
                all[*table as usize].push(*hit);
            }
        }
    }
    let mut taken = vec![0u64; document.tokens.len()];
    for hits in &mut all {
        settle(hits, &mut taken);
    }
    document.hits = all;
}

/// Keeps, of overlapping hits, the longest, then the first, with all that share its words.
fn settle(hits: &mut Vec<Hit>, taken: &mut [u64]) {
    taken.fill(0);
    hits.sort_by_key(|hit| {
        (
            std::cmp::Reverse(hit.tokens.len()),
            hit.tokens.from,
            hit.entry,
        )
    });
    hits.dedup();
    hits.retain(|hit| {
        let owner = u64::from(hit.tokens.from + 1) << 32 | u64::from(hit.tokens.to);
        let slots = &mut taken[hit.tokens.from as usize..hit.tokens.to as usize];
        let same = slots.iter().all(|&slot| slot == owner);
        let free = slots.iter().all(|&slot| slot == 0);
        if free {
            slots.fill(owner);
        }
        free || same
    });
    hits.sort_by_key(|hit| (hit.tokens.from, hit.tokens.to, hit.entry));
}

/// All sequences that begin at `from`.
fn walk(document: &Document, from: u32, limit: u32, found: &mut Vec<(Table, Hit)>) {
    let trie = &document.lexicon.trie;
    let Some(first) = document.token(from) else {
        return;
    };
    let Some(mut node) = trie.first(first.word) else {
        return;
    };
    let mut at = from + 1;
    let mut skipped = 0;
    let mut capitals = u32::from(first.shape.is_capital());
    let mut uppers = u32::from(first.shape.is_upper());
    let mut count = 1;
    loop {
        for sequence in trie.ends(node) {
            let written_so = sequence.capitals & !capitals == 0 && sequence.uppers & !uppers == 0;
            let whole = skipped == 0 || may_skip(sequence.table);
            if written_so && whole {
                let hit = Hit {
                    tokens: Stretch::new(from, at),
                    entry: sequence.entry,
                };
                found.push((sequence.table, hit));
            }
        }
        let mut between = 0;
        loop {
            if at >= limit {
                return;
            }
            let Some(token) = document.token(at) else {
                return;
            };
            if let Some(next) = trie.step(node, token.word) {
                node = next;
                if count < 32 {
                    capitals |= u32::from(token.shape.is_capital()) << count;
                    uppers |= u32::from(token.shape.is_upper()) << count;
                }
                count += 1;
                at += 1;
                break;
            }
            if between < MOST_SKIPPED && is_filler(document, at) {
                between += 1;
                skipped += 1;
                at += 1;
                continue;
            }
            return;
        }
    }
}

fn may_skip(table: Table) -> bool {
    matches!(
        table,
        Table::Context
            | Table::Speech
            | Table::Call
            | Table::Event
            | Table::Answer
            | Table::Violation
    )
}

/// Words that a phrase is not broken by: adverbs, articles, possessives, common adjectives.
fn is_filler(document: &Document, at: u32) -> bool {
    if document.is(at, Class::Adverb)
        || document.is(at, Class::Determiner)
        || document.is(at, Class::Possessive)
        || document.is(at, Class::Filler)
    {
        return true;
    }
    let written = document.written(at);
    written.len() > 4 && written.ends_with("ly") && !document.is_capital(at)
}
