//! The records that were read from the passages that a search finds.

use super::asked::{Asked, RECORD_FACETS, Shape};
use super::{CHOICES, ROWS, drawn};
use crate::answer::Answer;
use crate::desk::Desk;
use crate::evidence::record_address;
use crate::screens::sources;
use model::{Record, RecordBody, SourceId};
use std::collections::{BTreeMap, BTreeSet};
use web::card::{self, Card};
use web::facets::Pager;
use web::screens::{FoundRecord, SearchPage};
use web::{Text, show};

/// Passages that are asked for their records, at most: the best ones.
const PASSAGES: usize = 5_000;
/// Sources whose records are looked through, at most: those of the best passages.
const SOURCES: usize = 400;

/// Fills the page with records, their facets and their pager, in the shape that is asked for.
pub(super) fn fill(
    desk: &Desk<'_>,
    asked: &Asked,
    words: &str,
    page: &mut SearchPage,
) -> Answer<()> {
    let mut found = found(desk, asked, words, page)?;
    facets(asked, &found, page, desk.text());
    found.retain(|record| passes(asked, record, None));
    match asked.shape() {
        Shape::Timeline => return drawn::timeline(desk, asked, &found, page),
        Shape::Map => return drawn::map(desk, asked, &found, page),
        Shape::Passages | Shape::Records => {}
    }
    page.pager = Pager::new(&asked.state, asked.page, ROWS, found.len() as u64);
    let first = ((asked.page - 1) * ROWS) as usize;
    for record in found.iter().skip(first).take(ROWS as usize) {
        page.records.extend(row(desk, record)?);
    }
    Ok(())
}

/// The records that were read from the passages that hold the words.
fn found(
    desk: &Desk<'_>,
    asked: &Asked,
    words: &str,
    page: &mut SearchPage,
) -> Answer<Vec<Record>> {
    let places = desk
        .view()
        .passages_found(&asked.query(words, None), PASSAGES + 1)?;
    page.is_partial = places.len() > PASSAGES;
    let mut order: Vec<SourceId> = Vec::new();
    let mut passages: BTreeMap<SourceId, BTreeSet<u32>> = BTreeMap::new();
    for (source, passage) in places.into_iter().take(PASSAGES) {
        let numbers = passages.entry(source).or_insert_with(|| {
            order.push(source);
            BTreeSet::new()
        });
        numbers.insert(passage);
    }
    page.is_partial |= order.len() > SOURCES;
    let mut found: Vec<Record> = Vec::new();
    for source in order.into_iter().take(SOURCES) {
        let wanted = &passages[&source];
        let records = desk.records(source)?.into_iter().filter(|record| {
            let first = record.citations.first();
            first.is_some_and(|one| wanted.contains(&one.quote.passage))
        });
        found.extend(records);
    }
    Ok(found)
}

/// A record in the table; `None` where it has no source here.
pub(super) fn row(desk: &Desk<'_>, record: &Record) -> Answer<Option<FoundRecord>> {
    let Some(source) = record.source else {
        return Ok(None);
    };
    let Some(info) = desk.view().source(&source)? else {
        return Ok(None);
    };
    let card = Card::of(record, 0, desk.text());
    Ok(Some(FoundRecord {
        address: record_address(&source, &record.id, card.passage()),
        title: sources::title(&info),
        lang: info.language.clone().unwrap_or_default(),
        published: info
            .published
            .map(|date| date.to_string())
            .unwrap_or_default(),
        date: String::new(),
        date_note: String::new(),
        card,
    }))
}

/// The value of a record under a facet; `None` where it has none.
fn value(record: &Record, facet: &str) -> Option<String> {
    match facet {
        "kind" => Some(record.body.kind().name().to_owned()),
        "status" => Some(record.status.name().to_owned()),
        "place" => drawn::place_of(&record.body).map(drawn::key_of),
        _ => match &record.body {
            RecordBody::Allegation(it) => Some(it.violation.value.as_str().to_owned()),
            _ => None,
        },
    }
}

fn passes(asked: &Asked, record: &Record, but: Option<&str>) -> bool {
    // Names stand behind what is claimed, unless they are asked for.
    let is_kept = but == Some("kind")
        || asked.state.all("kind").next().is_some()
        || !card::is_name(record.body.kind());
    let facets = RECORD_FACETS.iter().filter(|(name, _)| but != Some(*name));
    let mut facets = facets.into_iter();
    is_kept && facets.all(|(name, _)| asked.passes(name, &value(record, name).unwrap_or_default()))
}

fn facets(asked: &Asked, found: &[Record], page: &mut SearchPage, text: Text) {
    let mut facets = Vec::new();
    for (name, list) in RECORD_FACETS {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let others = found.iter().filter(|one| passes(asked, one, Some(name)));
        for value in others.filter_map(|record| value(record, name)) {
            *counts.entry(value).or_default() += 1;
        }
        let label = |code: &str| match (name, list) {
            ("place", _) => drawn::name_of(found, code),
            (_, "") => card::status_label(code, text),
            (_, list) => show::label(text, list, code),
        };
        let values = counts.into_iter().map(|(value, number)| {
            let label = label(&value);
            (value, label, number)
        });
        let title = text.say(&format!("search-facet-{name}"));
        facets.extend(asked.state.wide_facet(title, name, values, CHOICES));
    }
    facets.append(&mut page.facets);
    page.facets = facets;
}
