//! Where the lexicons' patterns occur in a document: one walk over all tokens for all tables.
//!
//! Invariant: within a table, hits ascend and do not overlap; of overlapping ones the longest is
//! kept, then the first, with all entries that share its words. Only what must stand beside others
//! ([`Table::Beside`]), or must not, is kept whole: an entry's words do not hide another's. A verb of
//! several words is found around its object as well (`rounded the men up`): such a hit has a tail.

use super::beside::stands;
use super::{Document, Stretch};
use crate::lexicon::{Class, Table, WordId};

/// A pattern's occurrence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub tokens: Stretch,
    /// The words behind an object that belong to a verb: `up` in `rounded the men up`; else empty.
    pub tail: Stretch,
    /// Number of the entry in its table.
    pub entry: u32,
}

/// The most words of an object between a verb and what belongs to it.
const OBJECT: u32 = 8;

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
    for table in [Table::Beside, Table::Unless] {
        let hits = &mut all[table as usize];
        hits.sort_by_key(|hit| (hit.tokens.from, hit.tokens.to, hit.entry));
        hits.dedup();
        document.hits[table as usize] = std::mem::take(hits);
    }
    let violations = &mut all[Table::Violation as usize];
    violations.retain(|hit| {
        let form = document.lexicon.violation_forms[hit.entry as usize];
        stands(document, hit.tokens, form.violation)
    });
    let mut taken = vec![0u64; document.tokens.len()];
    for (hits, own) in all.iter_mut().zip(&mut document.hits) {
        if own.is_empty() {
            settle(hits, &mut taken);
            *own = std::mem::take(hits);
        }
    }
}

/// Keeps, of overlapping hits, the longest, then the first, with all that share its words.
fn settle(hits: &mut Vec<Hit>, taken: &mut [u64]) {
    taken.fill(0);
    hits.sort_by_key(|hit| {
        (
            std::cmp::Reverse(hit.tokens.len()),
            std::cmp::Reverse(hit.tail.len()),
            hit.tokens.from,
            hit.entry,
        )
    });
    hits.dedup();
    hits.retain(|hit| {
        let owner = u64::from(hit.tokens.from + 1) << 32 | u64::from(hit.tail.to);
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

/// Where a walk stands: after a word of a sequence, before the token at `at`.
#[derive(Clone, Copy)]
struct Place {
    node: u32,
    at: u32,
    /// Tokens skipped so far, and since the last word of the sequence.
    skipped: u32,
    between: u32,
    /// Bit `n`: the word at `n` begins with a capital, or is in capitals.
    capitals: u32,
    uppers: u32,
    count: u32,
    /// The words of an object behind the first word; empty when none is between.
    object: Stretch,
}

/// The most places that one walk keeps open, so that its time is bounded.
const MOST_OPEN: usize = 64;

/// All sequences that begin at `from`. An article that a sequence names is tried as its word and as
/// a filler, so that `had a lawyer` does not hide `had letter` in `had a letter`; what may be an
/// object is tried as that and as words of the sequence.
fn walk(document: &Document, from: u32, limit: u32, found: &mut Vec<(Table, Hit)>) {
    let trie = &document.lexicon.trie;
    let Some(first) = document.token(from) else {
        return;
    };
    let Some(node) = trie.first(first.word) else {
        return;
    };
    let mut open = vec![Place {
        node,
        at: from + 1,
        skipped: 0,
        between: 0,
        capitals: u32::from(first.shape.is_capital()),
        uppers: u32::from(first.shape.is_upper()),
        count: 1,
        object: Stretch::new(from + 1, from + 1),
    }];
    let mut walked = 0;
    while let Some(place) = open.pop() {
        if place.between == 0 {
            ending(document, from, &place, found);
        }
        walked += 1;
        if place.at >= limit || walked > MOST_OPEN {
            continue;
        }
        let Some(token) = document.token(place.at) else {
            continue;
        };
        if place.count == 1
            && place.between == 0
            && let Some(node) = trie.step(place.node, WordId::OBJECT)
        {
            open.extend(objects(document, place.at, limit).map(|object| Place {
                node,
                at: object.to,
                object,
                ..place
            }));
        }
        if place.between < MOST_SKIPPED && is_filler(document, place.at) {
            open.push(Place {
                at: place.at + 1,
                skipped: place.skipped + 1,
                between: place.between + 1,
                ..place
            });
        }
        if let Some(node) = trie.step(place.node, token.word) {
            let bit = |set: bool| u32::from(set).checked_shl(place.count).unwrap_or(0);
            open.push(Place {
                node,
                at: place.at + 1,
                skipped: place.skipped,
                between: 0,
                capitals: place.capitals | bit(token.shape.is_capital()),
                uppers: place.uppers | bit(token.shape.is_upper()),
                count: place.count + 1,
                object: place.object,
            });
        }
    }
}

/// Adds the sequences that end where a walk stands.
fn ending(document: &Document, from: u32, place: &Place, found: &mut Vec<(Table, Hit)>) {
    for sequence in document.lexicon.trie.ends(place.node) {
        let written_so =
            sequence.capitals & !place.capitals == 0 && sequence.uppers & !place.uppers == 0;
        let whole = place.skipped == 0 || may_skip(sequence.table);
        if written_so && whole {
            let (to, rest) = match place.object.is_empty() {
                true => (place.at, place.at),
                false => (place.object.from, place.object.to),
            };
            let hit = Hit {
                tokens: Stretch::new(from, to),
                tail: Stretch::new(rest, place.at),
                entry: sequence.entry,
            };
            found.push((sequence.table, hit));
        }
    }
}

/// The stretches from `from` that may be the object of the verb before: `the men and boys`, `her`, or
/// who did it, `by soldiers`; as many as words may end it.
fn objects(document: &Document, from: u32, limit: u32) -> impl Iterator<Item = Stretch> {
    let from_agent = from + u32::from(document.is_word(from, "by"));
    let goes_on = move |&at: &u32| {
        let joins = document.is_any(at, &["and", "or", "of", "'s"]);
        let second = joins || document.is(at, Class::Conjunction);
        let acts = document.is(at, Class::Past)
            || document.is(at, Class::Auxiliary)
            || document.is(at, Class::Modal)
            || document.is(at, Class::Subordinator);
        // `forced by guards in Sinuiju to`
        let place = document.is_any(at, &["in", "at", "from"]) && document.is_capital(at + 1);
        let inside = document.is_word(at, "of") || place;
        let breaks = document.is(at, Class::Preposition) && !inside
            || second && !joins
            || document.is_word(at, "to");
        (document.is_plain(at) || document.is_word(at, "'s")) && !acts && !breaks
    };
    let limit = match document.is(from, Class::Conjunction) {
        true => from,
        false => limit.min(from_agent + OBJECT),
    };
    let ends = (from_agent..limit).take_while(goes_on);
    let opens = |at: u32| {
        document.is(at, Class::Conjunction)
            || document.is(at, Class::Determiner)
            || document.is_any(at, &["of", "in", "at", "from", "'s"])
    };
    ends.filter(move |&at| !opens(at))
        .map(move |at| Stretch::new(from, at + 1))
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
            | Table::Beside
            | Table::Unless
    )
}

/// Words that a phrase is not broken by: adverbs, articles, possessives, numbers, common adjectives.
fn is_filler(document: &Document, at: u32) -> bool {
    if document.is(at, Class::Adverb)
        || document.is(at, Class::Determiner)
        || document.is(at, Class::Possessive)
        || document.is(at, Class::Filler)
    {
        return true;
    }
    let counts = document.is_number(at);
    let written = document.written(at);
    counts || written.len() > 4 && written.ends_with("ly") && !document.is_capital(at)
}
