//! The document side of a page: passages, cut where the words of records begin and end.
//!
//! Invariant: the pieces of a passage, put together, are its text, letter for letter. Time is
//! linear in the text and the quotes, whatever overlaps.

use crate::card::Card;
use crate::words::Text;
use model::{CharIndex, LeftOut, Passage, PassageKind, Reading, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Most records that one piece names: a quote within a quote within a quote is noise beyond it.
const MOST_RECORDS: usize = 40;

/// A stretch of a passage that the same records rest on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Numbers of the cards whose words it is in, with spaces between; empty for none.
    pub records: String,
    /// Classes of the style sheet: `claim`, `name`, `lit`.
    pub class: &'static str,
}

/// A passage as a page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its number.
    pub number: u32,
    /// Its first character in the reading.
    pub start: u32,
    /// What it is: a class of the style sheet.
    pub kind: &'static str,
    /// Why it is not part of the clean text; or, where all is shown, what it is that stands beside
    /// the running text; in words, empty when there is nothing to say.
    pub what: String,
    /// Whether it is no part of the clean text.
    pub aside: bool,
    /// Number of the passage that it repeats.
    pub repeats: Option<u32>,
    /// Its text.
    pub pieces: Vec<Piece>,
    /// The cards that stand beside it, by position.
    pub cards: Vec<usize>,
}

/// Which passages of a document a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Number of the first passage.
    pub first: u32,
    /// How many, at most.
    pub most: usize,
    /// Whether what is not part of the clean text is shown, too.
    pub as_captured: bool,
}

/// The passages of a page; `chosen` is the position of the card whose words are lit.
#[must_use]
pub fn cut(
    reading: &Reading,
    cards: &[Card],
    range: Range,
    chosen: Option<usize>,
    text: Text,
) -> Vec<Shown> {
    let chars = CharIndex::new(&reading.text);
    let mut beside: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, card) in cards.iter().enumerate() {
        beside.entry(card.passage()).or_default().push(at);
    }
    let quotes = Quotes::of(cards, chosen);
    let passages = reading.passages.iter();
    passages
        .filter(|passage| passage.number >= range.first)
        .filter(|passage| range.as_captured || passage.is_clean())
        .take(range.most)
        .map(|passage| Shown {
            number: passage.number,
            start: passage.span.start,
            kind: kind(passage.kind),
            what: match passage.left_out {
                None if range.as_captured => beside_text(passage.kind, text),
                _ => why(passage, text),
            },
            aside: !passage.is_clean(),
            repeats: repeats(passage),
            pieces: quotes.pieces(&reading.text, &chars, passage),
            cards: beside.remove(&passage.number).unwrap_or_default(),
        })
        .collect()
}

/// The passages around the words of one card, `around` clean ones before and after the first:
/// the pieces name the numbers of its words.
#[must_use]
pub fn around(reading: &Reading, card: &Card, around: usize, text: Text) -> Vec<Shown> {
    let cited: BTreeSet<u32> = card.words.iter().map(|words| words.passage).collect();
    let at = (card.passage(), around);
    near(reading, &Quotes::of_one(card), &cited, at, text)
}

/// The passages around words that somebody selected, `around` clean ones before and after; the
/// words are number 0.
#[must_use]
pub fn around_words(reading: &Reading, words: Span, around: usize, text: Text) -> Vec<Shown> {
    let quotes = Quotes::new(vec![(words, 0)], vec![(0, true)], None);
    let at = reading.passage_at(words.start);
    let at = at.map_or(0, |passage| passage.number);
    near(reading, &quotes, &BTreeSet::from([at]), (at, around), text)
}

/// The passages that are cited, and the clean ones around a passage: its number, and how many.
fn near(
    reading: &Reading,
    quotes: &Quotes,
    cited: &BTreeSet<u32>,
    (first, around): (u32, usize),
    text: Text,
) -> Vec<Shown> {
    let chars = CharIndex::new(&reading.text);
    let all: Vec<&Passage> = reading
        .passages
        .iter()
        .filter(|passage| passage.is_clean() || cited.contains(&passage.number))
        .collect();
    let at = all.partition_point(|passage| passage.number < first);
    let near = at.saturating_sub(around)..=at.saturating_add(around);
    all.iter()
        .enumerate()
        .filter(|(at, passage)| near.contains(at) || cited.contains(&passage.number))
        .map(|(_, passage)| Shown {
            number: passage.number,
            start: passage.span.start,
            kind: kind(passage.kind),
            what: why(passage, text),
            aside: !passage.is_clean(),
            repeats: repeats(passage),
            pieces: quotes.pieces(&reading.text, &chars, passage),
            cards: Vec::new(),
        })
        .collect()
}

/// Quoted stretches: where they begin, where they end, and what they belong to.
struct Quotes {
    /// Sorted by their first character; each with the position of its owner.
    spans: Vec<(Span, usize)>,
    /// The furthest end of the spans up to each position.
    reach: Vec<u32>,
    /// The number that each owner shows, and whether it claims something.
    owners: Vec<(usize, bool)>,
    chosen: Option<usize>,
}

impl Quotes {
    /// The words of cards: all of the chosen one, the first of the others, which carry them.
    fn of(cards: &[Card], chosen: Option<usize>) -> Self {
        let mut spans = Vec::new();
        for (at, card) in cards.iter().enumerate() {
            let most = if chosen == Some(at) { usize::MAX } else { 1 };
            spans.extend(card.words.iter().take(most).map(|words| (words.span, at)));
        }
        let owners = cards.iter().map(|card| (card.number, !card.is_name));
        Self::new(spans, owners.collect(), chosen)
    }

    /// The words of one card, each by its number in the record.
    fn of_one(card: &Card) -> Self {
        let spans = card.words.iter().enumerate();
        let spans = spans.map(|(at, words)| (words.span, at)).collect();
        let owners = card.words.iter().map(|words| (words.number, true));
        Self::new(spans, owners.collect(), None)
    }

    fn new(
        mut spans: Vec<(Span, usize)>,
        owners: Vec<(usize, bool)>,
        chosen: Option<usize>,
    ) -> Self {
        spans.sort_by_key(|(span, at)| (span.start, span.end, *at));
        let mut furthest = 0;
        let reach = spans.iter().map(|(span, _)| {
            furthest = furthest.max(span.end);
            furthest
        });
        Self {
            reach: reach.collect(),
            spans,
            owners,
            chosen,
        }
    }

    fn pieces(&self, text: &str, chars: &CharIndex, passage: &Passage) -> Vec<Piece> {
        let Span { start, end } = passage.span;
        let first = self.reach.partition_point(|reach| *reach <= start);
        let after = self.spans.partition_point(|(span, _)| span.start < end);
        let here = self.spans.get(first..after).unwrap_or_default();
        // At each boundary, the cards that begin (true) or end (false).
        let mut changes: BTreeMap<u32, Vec<(bool, usize)>> = BTreeMap::new();
        for (span, at) in here
            .iter()
            .filter(|(span, _)| span.end > start && !span.is_empty())
        {
            changes
                .entry(span.start.max(start))
                .or_default()
                .push((true, *at));
            changes
                .entry(span.end.min(end))
                .or_default()
                .push((false, *at));
        }
        let mut open: BTreeMap<usize, usize> = BTreeMap::new();
        let mut pieces = Vec::new();
        let mut from = start;
        let slice = |from: u32, to: u32| chars.slice(text, Span::new(from, to)).unwrap_or_default();
        for (at, here) in changes {
            if from < at {
                pieces.push(self.piece(slice(from, at), &open));
            }
            from = from.max(at);
            for (begins, card) in here {
                let times = open.entry(card).or_insert(0);
                *times = if begins {
                    *times + 1
                } else {
                    times.saturating_sub(1)
                };
                if *times == 0 {
                    open.remove(&card);
                }
            }
        }
        if from < end {
            pieces.push(self.piece(slice(from, end), &BTreeMap::new()));
        }
        pieces
    }

    fn piece(&self, text: &str, open: &BTreeMap<usize, usize>) -> Piece {
        let owners = || open.keys().filter_map(|at| self.owners.get(*at));
        let numbers: Vec<String> = owners()
            .take(MOST_RECORDS)
            .map(|(number, _)| number.to_string())
            .collect();
        let is_lit = self.chosen.is_some_and(|chosen| open.contains_key(&chosen));
        let class = match (is_lit, owners().any(|(_, claims)| *claims)) {
            (true, _) => "lit",
            (false, true) => "claim",
            (false, false) => "name",
        };
        Piece {
            text: text.to_owned(),
            records: numbers.join(" "),
            class,
        }
    }
}

fn kind(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Title => "title",
        PassageKind::Heading => "heading",
        PassageKind::Paragraph => "paragraph",
        PassageKind::ListItem => "item",
        PassageKind::Quotation => "quotation",
        PassageKind::TableRow => "row",
        PassageKind::Caption => "caption",
        PassageKind::Footnote => "footnote",
        PassageKind::Comment => "comment",
    }
}

fn why(passage: &Passage, text: Text) -> String {
    let why = passage.left_out.map(|why| left_out(why, text));
    why.unwrap_or_default()
}

/// The passage that this one repeats.
fn repeats(passage: &Passage) -> Option<u32> {
    match passage.left_out {
        Some(LeftOut::RepeatOf(number)) => Some(number),
        _ => None,
    }
}

/// What a passage is that stands beside the running text; empty for running text.
fn beside_text(kind: PassageKind, text: Text) -> String {
    match kind {
        PassageKind::Caption => text.say("source-caption"),
        PassageKind::Footnote => text.say("source-footnote"),
        PassageKind::Comment => text.say("source-comment"),
        _ => String::new(),
    }
}

/// What of a reading was set aside, most first: why, in words, and the number of passages.
#[must_use]
pub fn aside(reading: &Reading, text: Text) -> Vec<(String, usize)> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for why in reading.passages.iter().filter_map(|one| one.left_out) {
        let words = match why {
            LeftOut::RepeatOf(_) => text.say("source-repeats"),
            why => left_out(why, text),
        };
        *numbers.entry(words).or_default() += 1;
    }
    let mut numbers: Vec<(String, usize)> = numbers.into_iter().collect();
    numbers.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    numbers
}

/// Why a passage was set aside, in words.
#[must_use]
pub fn left_out(why: LeftOut, text: Text) -> String {
    let key = match why {
        LeftOut::Navigation => "left-out-navigation",
        LeftOut::Player => "left-out-player",
        LeftOut::ShareBar => "left-out-share-bar",
        LeftOut::Advert => "left-out-advert",
        LeftOut::Notice => "left-out-notice",
        LeftOut::Related => "left-out-related",
        LeftOut::Footer => "left-out-footer",
        LeftOut::FrontMatter => "left-out-front-matter",
        LeftOut::RunningHead => "left-out-running-head",
        LeftOut::StruckOut => "left-out-struck-out",
        LeftOut::Hidden => "left-out-hidden",
        LeftOut::Garbled => "left-out-garbled",
        LeftOut::RepeatOf(number) => return text.number("left-out-repeat", number),
    };
    text.say(key)
}

/// A mark in the minimap: a passage with records, as a share of the document in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Number of the passage.
    pub passage: u32,
    /// Where it begins, in thousandths of the text.
    pub top: u32,
    /// How long it is, at least 4.
    pub height: u32,
    /// The best status of its records, as a class.
    pub class: &'static str,
}

/// The passages that claims stand in, along the whole document.
#[must_use]
pub fn minimap(reading: &Reading, cards: &[Card]) -> Vec<Mark> {
    let whole = u64::from(
        reading
            .passages
            .last()
            .map_or(1, |last| last.span.end)
            .max(1),
    );
    let share = |at: u32| (u64::from(at) * 1000 / whole) as u32;
    let mut marks: BTreeMap<u32, Mark> = BTreeMap::new();
    for card in cards.iter().filter(|card| !card.is_name) {
        let at = reading
            .passages
            .binary_search_by_key(&card.passage(), |p| p.number);
        let Some(passage) = at.ok().and_then(|at| reading.passages.get(at)) else {
            continue;
        };
        let top = share(passage.span.start).min(996);
        let height = share(passage.span.end).saturating_sub(top).max(4);
        marks.entry(passage.number).or_insert(Mark {
            passage: passage.number,
            top,
            height,
            class: card.status,
        });
    }
    marks.into_values().collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
