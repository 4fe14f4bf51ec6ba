//! Where the lexicons' patterns occur in a document: one walk over all tokens for all tables.
//!
//! Invariant: within a table, hits ascend and do not overlap; of those that begin together the
//! longest is kept, with all entries that share its words.

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
    let mut hits: [Vec<Hit>; Table::COUNT] = std::array::from_fn(|_| Vec::new());
    let mut ends = [0u32; Table::COUNT];
    let mut found: Vec<(Table, Hit)> = Vec::new();
    for block in &document.blocks {
        for from in block.tokens.tokens() {
            found.clear();
            walk(document, from, block.tokens.to, &mut found);
            for (table, hit) in &found {
                let table = *table as usize;
                if hit.tokens.from < ends[table]
                    && !hits[table]
                        .last()
                        .is_some_and(|last| last.tokens == hit.tokens)
                {
                    continue;
                }
                let longest = found
                    .iter()
                    .filter(|(other, _)| *other as usize == table)
                    .map(|(_, other)| other.tokens.to)
                    .max();
                if longest == Some(hit.tokens.to) {
                    ends[table] = hit.tokens.to;
                    hits[table].push(*hit);
                }
            }
        }
    }
    document.hits = hits;
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
