//! What a search finds, drawn: when, and where. The same records as in the table.
//!
//! Invariants: a record whose words give no date is drawn at the date of its source, and marked so;
//! what has no coordinates is counted in words and never placed.

use super::asked::Asked;
use super::records;
use crate::answer::Answer;
use crate::desk::Desk;
use crate::evidence::record_address;
use model::{Edtf, EntityRef, Record, RecordBody};
use std::collections::BTreeMap;
use web::card::{self, Card};
use web::facets::Pager;
use web::map::{Map, Spot, position};
use web::screens::{FoundPlace, FoundPlaces, SearchPage};
use web::timeline::{Span, Timeline};

/// Rows on a page of the timeline.
const ROWS: u64 = 40;
/// Places that are drawn and listed.
const PLACES: usize = 250;

/// When what a record tells took place, where its words say so.
fn date_of(body: &RecordBody) -> Option<&Edtf> {
    let dated = match body {
        RecordBody::Allegation(it) => it.date.as_ref(),
        RecordBody::Statement(it) => it.date.as_ref(),
        RecordBody::Call(it) => it.date.as_ref(),
        RecordBody::Response(it) => it.date.as_ref(),
        RecordBody::Commitment(it) => it.date.as_ref(),
        RecordBody::Event(it) => it.date.as_ref(),
        RecordBody::Figure(it) => it.as_of.as_ref(),
        RecordBody::Case(it) => it.taken_on.as_ref().or(it.last_seen_on.as_ref()),
        RecordBody::Person(it) => it.born.as_ref(),
        RecordBody::Instrument(it) => it.date.as_ref(),
        _ => None,
    };
    dated.map(|cited| &cited.value.date)
}

/// Where what a record tells took place, where its words say so.
pub(super) fn place_of(body: &RecordBody) -> Option<&EntityRef> {
    let place = match body {
        RecordBody::Allegation(it) => it.place.as_ref(),
        RecordBody::Event(it) => it.place.as_ref(),
        RecordBody::Case(it) => {
            let places = [&it.taken_at, &it.held_at, &it.last_seen_at];
            places.into_iter().flatten().next()
        }
        _ => None,
    };
    place.map(|cited| &cited.value)
}

/// What stands in an address for a place: its key, else its name.
pub(super) fn key_of(place: &EntityRef) -> String {
    place.key.clone().unwrap_or_else(|| place.name.clone())
}

/// The name of a place by what stands in an address.
pub(super) fn name_of(found: &[Record], key: &str) -> String {
    let mut places = found.iter().filter_map(|one| place_of(&one.body));
    let place = places.find(|place| key_of(place) == key);
    place.map_or_else(|| key.to_owned(), |place| place.name.clone())
}

/// A record on the timeline, and its date as known.
fn span(desk: &Desk<'_>, record: &Record) -> Answer<Option<Span>> {
    let source = record
        .source
        .map(|id| desk.view().source(&id))
        .transpose()?;
    let Some(info) = source.flatten() else {
        return Ok(None);
    };
    let own = date_of(&record.body).filter(|date| date.earliest().or(date.latest()).is_some());
    let published = info.published;
    let Some(date) = own.or(published.as_ref()) else {
        return Ok(None);
    };
    let card = Card::of(record, 0, desk.text());
    Ok(Some(Span {
        first: date.earliest(),
        last: date.latest(),
        label: format!("{} · {}", card.kind_label, card.headline),
        date: date.to_string(),
        address: record_address(&info.id, &record.id, card.passage()),
        of_telling: own.is_none(),
    }))
}

/// Fills the page with a drawing of when, and the rows of its table.
pub(super) fn timeline(
    desk: &Desk<'_>,
    asked: &Asked,
    found: &[Record],
    page: &mut SearchPage,
) -> Answer<()> {
    let mut dated: Vec<(Span, &Record)> = Vec::new();
    for record in found.iter().filter(|one| !card::is_name(one.body.kind())) {
        match span(desk, record)? {
            Some(span) => dated.push((span, record)),
            None => page.undated += 1,
        }
    }
    dated.sort_by(|(a, x), (b, y)| {
        let of = |span: &Span| (span.first.or(span.last), span.last);
        of(a).cmp(&of(b)).then(x.id.cmp(&y.id))
    });
    page.pager = Pager::new(&asked.state, asked.page, ROWS, dated.len() as u64);
    let first = usize::try_from((asked.page - 1) * ROWS).unwrap_or(usize::MAX);
    let shown: Vec<_> = dated.into_iter().skip(first).take(ROWS as usize).collect();
    for (span, record) in &shown {
        page.records
            .extend(records::row(desk, record)?.map(|mut row| {
                row.date.clone_from(&span.date);
                if span.of_telling {
                    row.date_note = desk.text().say("search-date-of-source");
                }
                row
            }));
    }
    let spans: Vec<Span> = shown.into_iter().map(|(span, _)| span).collect();
    page.timeline = Some(Timeline::of(&spans));
    Ok(())
}

/// Fills the page with a drawing of where, and the table of places.
pub(super) fn map(
    desk: &Desk<'_>,
    asked: &Asked,
    found: &[Record],
    page: &mut SearchPage,
) -> Answer<()> {
    let text = desk.text();
    let mut places: BTreeMap<String, (String, u64)> = BTreeMap::new();
    let mut nowhere = 0;
    for record in found {
        match place_of(&record.body) {
            Some(place) => {
                let row = places.entry(key_of(place));
                row.or_insert_with(|| (place.name.clone(), 0)).1 += 1;
            }
            None if card::is_name(record.body.kind()) => {}
            None => nowhere += 1,
        }
    }
    page.pager = Pager::new(&asked.state, 1, u64::MAX, found.len() as u64);
    let mut places: Vec<_> = places.into_iter().collect();
    places.sort_by(|(a, (_, x)), (b, (_, y))| y.cmp(x).then(a.cmp(b)));
    places.truncate(PLACES);
    let table = asked.state.with("view", "records");
    let address = |key: &str| table.with("place", key).address();
    let spots = places.iter().filter_map(|(key, (name, number))| {
        Some(Spot {
            at: position(key)?,
            name: name.clone(),
            words: text.number("search-records", *number),
            address: address(key),
            number: *number,
        })
    });
    let spots: Vec<Spot> = spots.collect();
    let world = !asked.state.get("world").is_empty();
    page.places = Some(FoundPlaces {
        map: Map::of(&spots, world),
        is_world: world,
        other: asked
            .state
            .with("world", if world { "" } else { "1" })
            .address(),
        rows: places
            .iter()
            .map(|(key, (name, number))| FoundPlace {
                name: name.clone(),
                address: address(key),
                records: text.digits(*number),
                is_drawn: position(key).is_some(),
            })
            .collect(),
        nowhere,
    });
    Ok(())
}
