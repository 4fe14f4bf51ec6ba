//! Who and what a page names, each with the part that it has in its sentence.
//!
//! Invariant: mentions of a page ascend and do not overlap; a part is only what a particle or
//! preposition of the pack says.

use super::bodies;
use super::hits::{Hit, Hits, word};
use super::pack::{Pack, Table};
use super::page::Page;
use super::persons;
use super::schema::Part;
use std::ops::Range;

/// Whom a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// Number in the pack's `named`.
    Named(u32),
    /// A person, by name.
    Person(String),
    /// A body that the pack does not list, by name; whether it is of those who do, not tell.
    Body { name: String, power: bool },
    /// Number of a group.
    Group(u32),
    /// Number of a title without a name.
    Titled(u32),
}

/// A mention.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The words that name it, with title and number.
    pub at: Range<usize>,
    /// Of these, the name alone.
    pub name: Range<usize>,
    pub who: Who,
    /// Of a person.
    pub title: Option<Range<usize>>,
    pub number: Option<u64>,
    pub parts: Vec<Part>,
    /// The mention with its particle or preposition.
    pub whole: Range<usize>,
}

impl Mention {
    /// Whether it can play a part.
    pub fn is(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }

    /// Whether no particle or preposition says its part.
    pub fn is_bare(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The mentions of a page; `all` of it, or names only.
pub(super) fn find(pack: &Pack, page: &Page, hits: &Hits, names_only: bool) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for hit in hits.of(Table::Name) {
        let Some(&(named, _)) = pack.name_entries.get(hit.entry as usize) else {
            continue;
        };
        found.push(plain(hit, Who::Named(named)));
    }
    found.extend(persons::find(pack, page, hits, &found));
    if !names_only {
        let named: Vec<Mention> = ascending(&found);
        found.extend(bodies::find(pack, page, &named));
        for hit in hits.of(Table::Group) {
            // `ロシア軍`: the state is named, and its army adds nothing.
            let joined = pack.is("attached", &page.low[hit.at.clone()]);
            if joined && is_joined(&named, hit) {
                continue;
            }
            found.push(plain(hit, Who::Group(hit.entry)));
        }
    }
    // A person with a title is more than the words within; a longer mention more than a shorter.
    found.sort_by_key(|it| {
        let titled = matches!(it.who, Who::Person(_));
        (std::cmp::Reverse((titled, it.at.len())), it.at.start)
    });
    let mut kept: Vec<Mention> = Vec::new();
    // End and number in `kept`, by start.
    let mut taken: std::collections::BTreeMap<usize, (usize, usize)> =
        std::collections::BTreeMap::new();
    for mention in found {
        let before = taken.range(..mention.at.end).next_back();
        let over = before
            .filter(|(_, (end, _))| *end > mention.at.start)
            .map(|(_, (_, number))| *number);
        let Some(over) = over else {
            taken.insert(mention.at.start, (mention.at.end, kept.len()));
            kept.push(mention);
            continue;
        };
        if !matches!(mention.who, Who::Named(_)) {
            continue;
        }
        if kept[over].name == mention.name {
            // A person whom the pack knows, with a title.
            kept[over].who = mention.who;
        } else {
            // A body or state within a title is named all the same, and has no part of its own.
            let mut within = mention;
            within.parts = vec![Part::Other];
            within.whole = within.at.clone();
            kept.push(within);
        }
    }
    kept.sort_by_key(|it| (it.at.start, it.at.end));
    for mention in kept.iter_mut().filter(|it| it.parts.is_empty()) {
        number(pack, page, hits, mention);
        part(pack, page, mention);
    }
    kept
}

/// Whether the words stand right behind a mention.
fn is_joined(mentions: &[Mention], hit: &Hit) -> bool {
    let after = mentions.partition_point(|it| it.at.start < hit.at.start);
    let before = after.checked_sub(1).and_then(|it| mentions.get(it));
    before.is_some_and(|it| it.at.end == hit.at.start)
}

/// The mentions found so far, by where they stand.
fn ascending(found: &[Mention]) -> Vec<Mention> {
    let mut all = found.to_vec();
    all.sort_by_key(|it| (it.at.start, it.at.end));
    all
}

fn plain(hit: &Hit, who: Who) -> Mention {
    Mention {
        at: hit.at.clone(),
        name: hit.at.clone(),
        who,
        title: None,
        number: None,
        parts: Vec::new(),
        whole: hit.at.clone(),
    }
}

/// `탈북민 600명`, `600 réfugiés`: the number belongs to the mention.
fn number(pack: &Pack, page: &Page, hits: &Hits, mention: &mut Mention) {
    if !matches!(mention.who, Who::Group(_)) {
        return;
    }
    if pack.markers_follow() {
        for suffix in pack.class("suffix") {
            if page.low[mention.at.end..].starts_with(suffix.as_str()) {
                mention.at.end += suffix.len();
                break;
            }
        }
        let stretch = mention.at.end..super::page::floor(&page.low, mention.at.end + 24);
        let counter = hits.within(Table::Counter, &stretch).first();
        if let Some(counter) = counter {
            let between = &page.low[mention.at.end..counter.at.start];
            if let Some((value, _)) = super::figures::value(pack, between.trim()) {
                mention.number = u64::try_from(value).ok();
                mention.at.end = counter.at.end;
            }
        }
        return;
    }
    let before = &page.low[..mention.at.start];
    let line = before
        .rsplit(['.', ',', ';', ':'])
        .next()
        .unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().rev().take(3).collect();
    for count in (1..=words.len()).rev() {
        let mut some: Vec<&str> = words[..count].to_vec();
        some.reverse();
        if let Some((value, _)) = super::figures::value(pack, &some.join(" ")) {
            mention.number = u64::try_from(value).ok();
            let first = some.first().copied().unwrap_or_default();
            let line_start = mention.at.start - line.len();
            if let Some(at) = line.rfind(first) {
                mention.at.start = line_start + at;
            }
            return;
        }
    }
}

/// Reads the particle behind, or the preposition before.
fn part(pack: &Pack, page: &Page, mention: &mut Mention) {
    let Some(markers) = pack.patterns.get(&Table::Marker) else {
        return;
    };
    let Some(automaton) = &markers.automaton else {
        return;
    };
    let mut best = 0;
    if pack.markers_follow() {
        let end = super::page::floor(&page.low, mention.at.end + 40);
        let rest = &page.low[mention.at.end..end];
        // What is joined to a name (`정부`, `당국`) stands between it and its particle.
        let skip = skipped(pack, rest);
        let rest = &rest[skip..];
        let offset = mention.at.end + skip;
        for found in automaton.find_overlapping_iter(rest) {
            if found.start() > 0 || found.end() < best {
                continue;
            }
            let joined = word(&rest[found.end()..]);
            let over = pack.head.writing == super::schema::Writing::Unspaced || joined.is_empty();
            if !over {
                continue;
            }
            let (entry, _) = markers.forms[found.pattern().as_usize()];
            if found.end() > best {
                mention.parts.clear();
                best = found.end();
            }
            mention.parts.extend(pack.markers.get(entry as usize));
        }
        mention.whole = mention.at.start..offset + best;
        return;
    }
    let start = super::page::floor(&page.low, mention.at.start.saturating_sub(60));
    let before = &page.low[start..mention.at.start];
    let trimmed = without_determiners(pack, before);
    for found in automaton.find_overlapping_iter(before) {
        let ends = found.end() == trimmed.len() || found.end() == before.trim_end().len();
        let begins = !before[..found.start()]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric);
        // `Des experts ont documenté`: what begins a sentence is an article.
        let opens = page.text[..start + found.start()].trim_end();
        let opens = opens.is_empty() || opens.ends_with(['.', '!', '?', '»', '”', ':']);
        let article = opens && pack.is("article", &before[found.start()..found.end()]);
        if !ends || !begins || article || found.len() < best {
            continue;
        }
        let (entry, _) = markers.forms[found.pattern().as_usize()];
        if found.len() > best {
            mention.parts.clear();
            best = found.len();
        }
        mention.parts.extend(pack.markers.get(entry as usize));
        mention.whole = start + found.start()..mention.at.end;
    }
}

/// Bytes of what is joined to a mention before its particle.
fn skipped(pack: &Pack, rest: &str) -> usize {
    let blank = rest.len() - rest.trim_start_matches(' ').len();
    let after = &rest[blank..];
    let attached = pack.class("attached").iter();
    attached
        .filter(|it| after.starts_with(it.as_str()))
        .map(|it| blank + it.len())
        .max()
        .unwrap_or(0)
}

/// The words before a noun without its articles and the like.
fn without_determiners<'t>(pack: &Pack, before: &'t str) -> &'t str {
    let mut rest = before.trim_end();
    for _ in 0..3 {
        let last = rest.rsplit([' ', '\'']).next().unwrap_or_default();
        let apostrophe = rest.ends_with('\'');
        let last = if apostrophe {
            rest.trim_end_matches('\'')
                .rsplit(' ')
                .next()
                .unwrap_or_default()
        } else {
            last
        };
        if last.is_empty() || !pack.is("determiner", last) {
            break;
        }
        let cut = rest.len() - last.len() - usize::from(apostrophe);
        rest = rest[..cut].trim_end();
    }
    rest
}
