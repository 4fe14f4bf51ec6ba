//! Where the patterns of a pack occur in a page.
//!
//! Invariant: an occurrence begins and ends where a word of its language may; of overlapping ones
//! in one table the longest counts, then the first.

use super::pack::{Pack, Table};
use super::page::Page;
use super::schema::Writing;
use std::collections::BTreeMap;
use std::ops::Range;

/// An occurrence of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub at: Range<usize>,
    /// Number of the entry in its table.
    pub entry: u32,
}

/// All occurrences in a page, by table, ascending.
#[derive(Debug, Default)]
pub(super) struct Hits(BTreeMap<Table, Vec<Hit>>);

impl Hits {
    /// Everything that a pack knows on a page.
    pub fn find(pack: &Pack, page: &Page) -> Self {
        let mut all = BTreeMap::new();
        for table in Table::ALL
            .into_iter()
            .filter(|table| *table != Table::Marker)
        {
            all.insert(table, of_table(pack, page, table));
        }
        Self(all)
    }

    /// The occurrences of a table.
    pub fn of(&self, table: Table) -> &[Hit] {
        self.0.get(&table).map_or(&[], Vec::as_slice)
    }

    /// Those that begin within a stretch.
    pub fn within(&self, table: Table, stretch: &Range<usize>) -> &[Hit] {
        let hits = self.of(table);
        let from = hits.partition_point(|hit| hit.at.start < stretch.start);
        let to = hits.partition_point(|hit| hit.at.start < stretch.end);
        hits.get(from..to).unwrap_or_default()
    }

    /// Whether one lies over the whole stretch.
    pub fn covers(&self, table: Table, stretch: &Range<usize>) -> bool {
        let hits = self.of(table);
        let after = hits.partition_point(|hit| hit.at.start <= stretch.start);
        let hit = after.checked_sub(1).and_then(|at| hits.get(at));
        hit.is_some_and(|hit| hit.at.end >= stretch.end)
    }
}

fn of_table(pack: &Pack, page: &Page, table: Table) -> Vec<Hit> {
    let Some(patterns) = pack.patterns.get(&table) else {
        return Vec::new();
    };
    let Some(automaton) = &patterns.automaton else {
        return Vec::new();
    };
    // Names are as written; everything else is in lower case.
    let text = if table == Table::Name {
        &page.text
    } else {
        &page.low
    };
    let mut all: Vec<Hit> = Vec::new();
    for found in automaton.find_overlapping_iter(text) {
        let (entry, open) = patterns.forms[found.pattern().as_usize()];
        let at = found.start()..found.end();
        if let Some(end) = ends(pack, text, &at, table, open) {
            all.push(Hit {
                at: at.start..end,
                entry,
            });
        }
    }
    // What a verb and its words make together is seen where both are known.
    if matches!(table, Table::Told | Table::With) {
        all.sort_by_key(|hit| (hit.at.start, hit.at.end, hit.entry));
        all.dedup_by(|a, b| a.at == b.at && a.entry == b.entry);
        return all;
    }
    all.sort_by_key(|hit| (std::cmp::Reverse(hit.at.len()), hit.at.start, hit.entry));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut kept: Vec<Hit> = Vec::new();
    for hit in all {
        let before = taken.range(..hit.at.end).next_back();
        // The same words may be a context before and another behind.
        let again = table == Table::Context && taken.get(&hit.at.start) == Some(&hit.at.end);
        if again || before.is_none_or(|(_, end)| *end <= hit.at.start) {
            taken.insert(hit.at.start, hit.at.end);
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| (hit.at.start, hit.entry));
    kept
}

/// Where the occurrence ends, when a word may begin and end there.
fn ends(pack: &Pack, text: &str, at: &Range<usize>, table: Table, open: bool) -> Option<usize> {
    let before = text[..at.start].chars().next_back();
    let rest = &text[at.end..];
    match pack.head.writing {
        Writing::Spaced => {
            let begins = !before.is_some_and(char::is_alphanumeric);
            let end = at.end + if open { word(rest).len() } else { 0 };
            let ends = !text[end..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric);
            (begins && ends).then_some(end)
        }
        Writing::Unspaced => {
            let whole = |one: Option<char>, other: Option<char>| match (one, other) {
                (Some(one), Some(other)) => {
                    is_katakana(one) && is_katakana(other)
                        || one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric()
                }
                _ => false,
            };
            let (first, last) = (
                text[at.clone()].chars().next(),
                text[at.clone()].chars().next_back(),
            );
            let fits = !whole(before, first) && !whole(last, rest.chars().next());
            fits.then_some(at.end)
        }
        Writing::Loose => {
            // Contexts and verbs of saying may be joined to the word before them.
            let joined = matches!(
                table,
                Table::Context | Table::Speech | Table::Call | Table::Counter | Table::Mask
            );
            let glued = before.is_some_and(char::is_alphanumeric);
            if glued && !joined {
                return None;
            }
            if open {
                return Some(at.end + word(rest).len());
            }
            let fits = match table {
                Table::Context
                | Table::Mask
                | Table::Counter
                | Table::Speech
                | Table::Call
                | Table::With => true,
                _ => is_over(pack, word(rest), table),
            };
            fits.then_some(at.end)
        }
    }
}

/// Longest rest of a word that is looked at, in characters: a text without any blank is no word.
const LONGEST_REST: usize = 60;

/// Letters and digits up to the next blank or mark; of an endless word its beginning.
pub(super) fn word(rest: &str) -> &str {
    let mut letters = rest.char_indices().take(LONGEST_REST + 1).enumerate();
    let end =
        letters.find(|(number, (_, letter))| *number == LONGEST_REST || !letter.is_alphanumeric());
    end.map_or(rest, |(_, (at, _))| &rest[..at])
}

/// Whether what is joined to a Korean noun are particles or endings.
fn is_over(pack: &Pack, joined: &str, table: Table) -> bool {
    if are_particles(pack, joined, 3) {
        return true;
    }
    let class = match table {
        Table::Violation | Table::Told | Table::Event => "ending",
        Table::Name | Table::Title | Table::Group => "attached",
        _ => return false,
    };
    pack.class(class)
        .iter()
        .any(|it| joined.starts_with(it.as_str()))
}

/// Whether the letters are up to so many particles: `들` and `에게`, though `들에` is one too.
fn are_particles(pack: &Pack, rest: &str, most: usize) -> bool {
    let mut particles = pack.class("particle").iter();
    rest.is_empty()
        || most > 0
            && particles.any(|it| {
                rest.strip_prefix(it.as_str())
                    .is_some_and(|rest| are_particles(pack, rest, most - 1))
            })
}

fn is_katakana(letter: char) -> bool {
    matches!(letter, '\u{30a1}'..='\u{30ff}')
}
