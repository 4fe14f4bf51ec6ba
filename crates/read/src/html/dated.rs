//! Which of the dates of a page is the day of its publication, and how sure that is.
//!
//! Every day that the page writes anywhere is a candidate; what speaks for it is counted, and a
//! small learned model weighs it (`data/reading/dates.model`, `docs/reading/dates.md`). A day is
//! only chosen among those that are written. One that is not sure is given as a doubt.

use super::clues::{Clue, Where};
use crate::dates;
use crate::days;
use crate::facts::Facts;
use crate::html::Place;
use crate::judge::Page;
use crate::main_text::ByRules;
use crate::trees::Forest;
use model::{Edtf, Found, PartialDate, PassageKind, Span};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Numbers of a candidate.
pub(super) const WIDTH: usize = 40;
/// From this probability on a day is sure.
const SURE: f32 = 0.85;
/// Passages whose dates are looked at.
const MAX_PASSAGES: usize = 3000;

static MODEL: LazyLock<Vec<Forest>> = LazyLock::new(|| {
    Forest::read_all(include_str!("../../../../data/reading/dates.model"))
        .expect("the shipped dates.model is read by a test")
});

/// A day that the page writes, with what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its numbers, in the order of the model.
    pub row: [f32; WIDTH],
    /// Where it is seen first in the text.
    span: Option<Span>,
    /// The strongest place it was found in, in words.
    basis: Option<&'static str>,
    strength: u8,
}

/// What is known of a page beside its clues.
pub(super) struct Around<'a> {
    pub places: &'a [Place],
    pub by_rules: ByRules,
    pub clues: &'a [Clue],
}

// The numbers of a row.
const SCRIPT_PUBLISHED: usize = 0;
const SCRIPT_UPDATED: usize = 1;
const SCRIPT: usize = 2;
const META_PUBLISHED: usize = 3;
const META_UPDATED: usize = 4;
const META: usize = 5;
const PUBLISHED: usize = 6;
const UPDATED: usize = 7;
const TIME: usize = 8;
const ATTRIBUTE: usize = 9;
const ADDRESS: usize = 10;
const HEAD_LINE: usize = 11;
const LINE_INSIDE: usize = 12;
const LINE_OUTSIDE: usize = 13;
const PROSE: usize = 14;
const NAMED: usize = 15;
const SAYS_UPDATED: usize = 16;
const FROM_TITLE: usize = 17;
const FROM_FIRST: usize = 18;
const AFTER_LAST: usize = 19;
const RANK_EARLY: usize = 20;
const RANK_LATE: usize = 21;
const COUNT: usize = 22;
const UPLOAD: usize = 23;
const RULES: usize = 24;
const UNCLEAR: usize = 25;
const SHORT_YEAR: usize = 26;
const ORDER: usize = 27;
const WORDS: usize = 28;
const MARKUP_DISTANCE: usize = 29;
const STRONG_ON_PAGE: usize = 30;
const SAME_YEAR: usize = 31;
const SAME_MONTH: usize = 32;
const DAYS_TO_RULES: usize = 33;
const DAYS_TO_PUBLISHED: usize = 34;
const DAYS_TO_NEWEST: usize = 35;
const TOTAL: usize = 36;
const LEFT_OUT: usize = 37;
const COPYRIGHT: usize = 38;
const RULES_STRONG: usize = 39;

/// The candidates of a page.
pub(super) fn candidates(
    page: &Page<'_, '_>,
    facts: &Facts,
    around: &Around<'_>,
) -> BTreeMap<PartialDate, Candidate> {
    let mut found: BTreeMap<PartialDate, Candidate> = BTreeMap::new();
    markup(around, &mut found);
    text(page, around, &mut found);
    if let Some(day) = facts
        .address
        .as_ref()
        .and_then(|address| dates::in_address(&address.value))
        && let Edtf::Date(day) = day
    {
        let candidate = entry(&mut found, day);
        candidate.row[ADDRESS] = 1.0;
        candidate.stands(5, "day in the address", None);
    }
    if let Some(Edtf::Date(day)) = facts.published.as_ref().map(|found| found.value)
        && day.of_day().is_some()
    {
        entry(&mut found, day);
    }
    compare(facts, around, &mut found);
    found
}

fn entry(found: &mut BTreeMap<PartialDate, Candidate>, day: PartialDate) -> &mut Candidate {
    found.entry(day).or_insert_with(|| {
        let mut candidate = Candidate {
            row: [0.0; WIDTH],
            span: None,
            basis: None,
            strength: 0,
        };
        candidate.row[FROM_TITLE] = 999.0;
        candidate.row[FROM_FIRST] = 999.0;
        candidate.row[AFTER_LAST] = 999.0;
        candidate.row[MARKUP_DISTANCE] = 999.0;
        candidate.row[ORDER] = 999.0;
        candidate
    })
}

impl Candidate {
    /// Whether it stands nowhere but in text below the document, where other stories stand.
    fn is_only_below(&self) -> bool {
        let row = &self.row;
        let markup = [
            SCRIPT_PUBLISHED,
            SCRIPT,
            META_PUBLISHED,
            META,
            PUBLISHED,
            TIME,
            ATTRIBUTE,
            ADDRESS,
        ];
        row[AFTER_LAST] > 0.0 && markup.iter().all(|&at| row[at] == 0.0)
    }

    /// Keeps the strongest words for where the day stands, and its first place in the text.
    fn stands(&mut self, strength: u8, basis: &'static str, span: Option<Span>) {
        if strength > self.strength {
            self.strength = strength;
            self.basis = Some(basis);
        }
        self.span = self.span.or(span);
    }
}

fn markup(around: &Around<'_>, found: &mut BTreeMap<PartialDate, Candidate>) {
    let first = around.by_rules.first as f32;
    for clue in around.clues {
        if clue.date.of_day().is_none() {
            continue;
        }
        let candidate = entry(found, clue.date);
        let (at, strength, basis) = match clue.from {
            Where::ScriptPublished => (
                SCRIPT_PUBLISHED,
                9,
                "date of publication in a script or JSON-LD",
            ),
            Where::ScriptUpdated => (SCRIPT_UPDATED, 2, "date of change in a script"),
            Where::Script => (SCRIPT, 1, "date in a script"),
            Where::MetaPublished => (META_PUBLISHED, 10, "date of publication in a meta element"),
            Where::MetaUpdated => (META_UPDATED, 2, "date of change in a meta element"),
            Where::Meta => (META, 4, "date in a meta element"),
            Where::Published => (PUBLISHED, 8, "element that says it is the publication"),
            Where::Updated => (UPDATED, 2, "element that says it is a change"),
            Where::Time => (TIME, 6, "time element"),
            Where::Attribute => (ATTRIBUTE, 3, "attribute of an element"),
            Where::Upload => continue,
        };
        candidate.row[at] += 1.0;
        candidate.stands(strength, basis, None);
        if matches!(clue.from, Where::Time | Where::Published | Where::Attribute) {
            let distance = (clue.passage as f32 - first).abs();
            let nearest = &mut candidate.row[MARKUP_DISTANCE];
            *nearest = nearest.min(distance);
        }
    }
}

fn text(page: &Page<'_, '_>, around: &Around<'_>, found: &mut BTreeMap<PartialDate, Candidate>) {
    let ByRules { first, last, .. } = around.by_rules;
    let title = page.title.unwrap_or(first) as f32;
    let mut order = 0.0;
    for index in 0..page.draft.blocks.len().min(MAX_PASSAGES) {
        let block = &page.draft.blocks[index];
        if block.kind == PassageKind::Caption {
            continue;
        }
        let text = page.draft.text_of(block);
        let shape = page.shapes[index];
        let short = shape.words <= 24;
        let written = days::days_in(text, 3);
        let line = if written.is_empty() {
            None
        } else {
            dates::whole_line(text)
        };
        for (dated, doubt) in written {
            let candidate = entry(found, dated.date);
            let is_line = line.is_some_and(|line| line.date == dated.date);
            let at = index as f32;
            let clean = block.left_out.is_none();
            let place = if is_line && index + 4 >= title as usize && index <= first + 6 {
                HEAD_LINE
            } else if short && (first.saturating_sub(8)..=last).contains(&index) {
                LINE_INSIDE
            } else if short {
                LINE_OUTSIDE
            } else {
                PROSE
            };
            let row = &mut candidate.row;
            row[place] += 1.0;
            row[NAMED] += f32::from(u8::from(around.places[block.place as usize].dated));
            row[LEFT_OUT] += f32::from(u8::from(!clean));
            let says = line.is_some_and(|line| line.updated);
            row[SAYS_UPDATED] += f32::from(u8::from(says));
            row[FROM_TITLE] =
                row[FROM_TITLE].min((at - title).abs() + 0.5 * f32::from(u8::from(at < title)));
            row[FROM_FIRST] = row[FROM_FIRST].min((at - first as f32).abs());
            row[AFTER_LAST] = row[AFTER_LAST].min((at - last as f32).max(0.0));
            row[UNCLEAR] = row[UNCLEAR].max(f32::from(u8::from(doubt.other.is_some())));
            row[SHORT_YEAR] = row[SHORT_YEAR].max(f32::from(u8::from(doubt.short_year)));
            row[COPYRIGHT] = row[COPYRIGHT].max(f32::from(u8::from(text.contains('©'))));
            if row[ORDER] > 998.0 {
                row[ORDER] = order;
                row[WORDS] = shape.words.min(200) as f32;
                order += 1.0;
            }
            let span = page.draft.span_in(index, dated.from, dated.to);
            let (strength, basis) = match place {
                HEAD_LINE => (7, "date line at the head"),
                LINE_INSIDE => (5, "date in a short line of the document"),
                LINE_OUTSIDE => (2, "date in a short line beside the document"),
                _ => (1, "date in running text"),
            };
            candidate.stands(strength, basis, Some(span));
            if let Some(other) = doubt.other {
                let mirrored = candidate.clone();
                found.entry(other).or_insert(mirrored);
            }
        }
    }
}

/// Days from 1 January 1970, roughly: months count 31 days.
fn day_number(date: PartialDate) -> f32 {
    let month = f32::from(date.of_month().unwrap_or(1));
    f32::from(date.of_year()) * 372.0 + month * 31.0 + f32::from(date.of_day().unwrap_or(1))
}

/// What can only be said of a day among the others.
fn compare(facts: &Facts, around: &Around<'_>, found: &mut BTreeMap<PartialDate, Candidate>) {
    let count = found.len() as f32;
    let by_rules = match facts.published.as_ref().map(|found| found.value) {
        Some(Edtf::Date(day)) if day.of_day().is_some() => Some(day),
        _ => None,
    };
    let strong_rule = facts
        .published
        .as_ref()
        .is_some_and(|found| found.basis.starts_with("meta") || found.basis.starts_with("JSON-LD"));
    let is_strong = |candidate: &Candidate| {
        candidate.row[SCRIPT_PUBLISHED] + candidate.row[META_PUBLISHED] > 0.0
    };
    let earliest_strong = found
        .iter()
        .find(|(_, candidate)| is_strong(candidate))
        .map(|(day, _)| *day);
    let newest = found.keys().next_back().copied();
    let in_path = facts
        .address
        .as_ref()
        .and_then(|address| days::month_in_path(&address.value));
    let uploads: Vec<PartialDate> = around
        .clues
        .iter()
        .filter(|clue| clue.from == Where::Upload)
        .map(|clue| clue.date)
        .collect();
    for (rank, (day, candidate)) in found.iter_mut().enumerate() {
        let row = &mut candidate.row;
        let apart = |other: Option<PartialDate>| {
            other.map_or(-9999.0, |other| {
                (day_number(*day) - day_number(other)).clamp(-4000.0, 4000.0)
            })
        };
        let same_month = |other: &PartialDate| {
            other.of_year() == day.of_year() && other.of_month() == day.of_month()
        };
        row[RANK_EARLY] = rank as f32;
        row[RANK_LATE] = count - 1.0 - rank as f32;
        row[COUNT] = count;
        row[UPLOAD] = uploads.iter().filter(|month| same_month(month)).count() as f32;
        row[RULES] = f32::from(u8::from(by_rules == Some(*day)));
        row[STRONG_ON_PAGE] = f32::from(u8::from(earliest_strong.is_some()));
        row[SAME_YEAR] = in_path.map_or(0.0, |path| {
            if path.of_year() == day.of_year() {
                1.0
            } else {
                -1.0
            }
        });
        row[SAME_MONTH] = in_path.map_or(0.0, |path| if same_month(&path) { 1.0 } else { -1.0 });
        row[DAYS_TO_RULES] = apart(by_rules);
        row[DAYS_TO_PUBLISHED] = apart(earliest_strong);
        row[DAYS_TO_NEWEST] = apart(newest);
        row[TOTAL] = row[..=PROSE].iter().sum();
        row[RULES_STRONG] = f32::from(u8::from(strong_rule));
    }
}

/// Settles the day of publication: a sure one is the page's date, another a doubt.
pub(super) fn settle(page: &Page<'_, '_>, facts: &mut Facts, around: &Around<'_>) {
    let [model] = MODEL.as_slice() else { return };
    if model.width() != WIDTH {
        return;
    }
    let found = candidates(page, facts, around);
    let weighed = found
        .iter()
        .map(|(day, candidate)| (model.probability(&candidate.row), *day, candidate));
    let best = weighed.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let Some((chance, day, candidate)) = best else {
        return;
    };
    let by_rules = facts.published.take();
    let month_or_year = by_rules.clone().filter(|found| match found.value {
        Edtf::Date(date) => date.of_day().is_none(),
        _ => true,
    });
    let agrees = by_rules.filter(|found| found.value == Edtf::Date(day));
    let agreed = agrees.is_some();
    let chosen = agrees.unwrap_or_else(|| Found {
        value: Edtf::Date(day),
        basis: candidate
            .basis
            .unwrap_or("day that the page writes")
            .to_owned(),
        span: candidate.span,
    });
    // What the rules say as well is given with its doubt; what only the model says, as a doubt.
    let sure = chance >= SURE && (agreed || !candidate.is_only_below());
    if !sure {
        facts.doubts.published = Some(chosen.clone());
    }
    if agreed || sure {
        facts.published = Some(chosen);
    } else {
        facts.published = month_or_year;
    }
}

/// The days of a page with their numbers, for learning the model anew.
pub(super) fn study(
    page: &Page<'_, '_>,
    facts: &Facts,
    around: &Around<'_>,
) -> Vec<(String, Vec<f32>)> {
    let found = candidates(page, facts, around).into_iter();
    found
        .map(|(day, candidate)| (day.to_string(), candidate.row.to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_made_for_these_numbers() {
        let widths: Vec<usize> = MODEL.iter().map(Forest::width).collect();
        assert_eq!(widths, [WIDTH]);
    }
}
