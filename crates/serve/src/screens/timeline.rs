//! Timeline and map: the same incidents under the same filter, when and where.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::rests;
use axum::Router;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use axum::routing::get;
use link::corroboration::Corroboration;
use link::incidents::{Incident, Level};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::facets::{Facet, Pager, State};
use web::map::{Map, Spot, position};
use web::screens::{DatedRow, MapPage, Narrowed, PlaceRow, TimelinePage};
use web::timeline::{Span, Timeline};
use web::{Text, show, states};

/// Rows on a page of the timeline.
const ROWS: usize = 40;
/// Places that are drawn and listed.
const PLACES: usize = 250;
/// Choices of one facet.
const CHOICES: usize = 12;
/// The addresses of the two drawings.
const TIMELINE: &str = "/timeline";
const MAP: &str = "/map";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(TIMELINE, get(timeline))
        .route(MAP, get(map))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    #[serde(rename = "type")]
    violation: String,
    place: String,
    level: String,
    decade: String,
    world: String,
    page: usize,
}

/// Incidents that a filter lets through, each with its support.
type Held<'a> = (&'a Incident, &'a Corroboration);

impl Asked {
    fn wants(&self, incident: &Incident) -> bool {
        let kind = &self.violation;
        (kind.is_empty() || incident.types.iter().any(|(of, _)| of.as_str() == kind))
            && (self.place.is_empty()
                || incident.places.iter().any(|one| one.identity == self.place))
            && (self.level.is_empty() || level(incident) == self.level)
            && (self.decade.is_empty() || decades(incident).contains(&self.decade))
    }

    fn state(&self, path: &str) -> State {
        let page = match self.page {
            0 | 1 => String::new(),
            number => number.to_string(),
        };
        let shared = [
            ("type", self.violation.as_str()),
            ("place", &self.place),
            ("level", &self.level),
            ("decade", &self.decade),
            ("world", if path == MAP { &self.world } else { "" }),
            ("page", if path == TIMELINE { &page } else { "" }),
        ];
        State::new(path, &shared)
    }
}

fn level(incident: &Incident) -> &'static str {
    match incident.level {
        Level::Event => "event",
        Level::Pattern => "general",
    }
}

/// The decades in which it may have happened, such as `199`; none where it is open or undated.
fn decades(incident: &Incident) -> Vec<String> {
    let range = incident.time.as_ref().map(|time| time.range);
    let ends = range.and_then(|range| Some((range.earliest()?.0, range.latest()?.0)));
    let Some((first, last)) = ends else {
        return Vec::new();
    };
    let decades = first / 10..=last / 10;
    decades.map(|decade| format!("{decade}0")).collect()
}

async fn timeline(visitor: Visitor, asked: Result<Query<Asked>, QueryRejection>) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            when(desk, &asked.0)
        })
        .await
}

async fn map(visitor: Visitor, asked: Result<Query<Asked>, QueryRejection>) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            places_of(desk, &asked.0)
        })
        .await
}

fn when(desk: &Desk<'_>, asked: &Asked) -> Answer<TimelinePage> {
    let text = desk.text();
    let all = desk.laid()?;
    let every = all.grouping()?.incidents.iter().zip(all.supports()?);
    let held: Vec<Held<'_>> = every.filter(|(one, _)| asked.wants(one)).collect();
    let mut dated: Vec<(_, Held<'_>)> = held
        .iter()
        .filter_map(|one| {
            let range = &one.0.time.as_ref()?.range;
            let (first, last) = (range.earliest(), range.latest());
            Some(((first.or(last)?, last), *one))
        })
        .collect();
    dated.sort_by(|(a, (x, _)), (b, (y, _))| a.cmp(b).then(x.id.cmp(&y.id)));
    let number = asked.page.max(1);
    let from = (number - 1).saturating_mul(ROWS);
    // Only what is on the page is put into words.
    let shown = dated.iter().skip(from).take(ROWS);
    let shown: Vec<(Span, Held<'_>)> = shown
        .filter_map(|(_, one)| Some((span(one.0, text)?, *one)))
        .collect();
    let spans: Vec<Span> = shown.iter().map(|(span, _)| span.clone()).collect();
    let state = asked.state(TIMELINE);
    Ok(TimelinePage {
        frame: desk.frame("timeline", text.say("timeline-title"))?,
        timeline: Timeline::of(&spans),
        rows: shown
            .iter()
            .map(|(span, held)| dated_row(span, held, text))
            .collect(),
        pager: Pager::new(&state, number as u64, ROWS as u64, dated.len() as u64),
        undated: (held.len() - dated.len()) as u64,
        narrowed: Narrowed {
            facets: facets(&state, &held, text),
            other: asked.state(MAP).address(),
            state,
        },
    })
}

/// When an incident may have happened; `None` where nothing is known of it.
fn span(incident: &Incident, text: Text) -> Option<Span> {
    let time = incident.time.as_ref()?;
    let (first, last) = (time.range.earliest(), time.range.latest());
    first.or(last)?;
    Some(Span {
        first,
        last,
        label: short(incident, text),
        date: time.range.to_string(),
        address: format!("/corroboration/{}", incident.id),
        of_telling: time.of_telling,
    })
}

/// What an incident is, without its date.
fn short(incident: &Incident, text: Text) -> String {
    let types = incident.types.iter().take(2);
    let types: Vec<String> = types
        .map(|(code, _)| show::label(text, "violation", code.as_str()))
        .collect();
    let mut parts = vec![types.join(", ")];
    let place = incident.places.first();
    parts.extend(place.map(|place| states::place(text, &place.identity, &place.name)));
    parts.join(" · ")
}

fn dated_row(span: &Span, (incident, support): &Held<'_>, text: Text) -> DatedRow {
    let time = incident.time.as_ref();
    DatedRow {
        date: span.date.clone(),
        note: match span.of_telling {
            true => text.say("timeline-of-telling"),
            false if time.is_some_and(|time| !time.agreed) => text.say("timeline-not-agreed"),
            false => String::new(),
        },
        heading: rests::heading(incident, text),
        address: span.address.clone(),
        place: incident.places.first().map_or_else(String::new, |place| {
            states::place(text, &place.identity, &place.name)
        }),
        support: super::corroboration::in_words(support, text),
    }
}

fn facets(state: &State, held: &[Held<'_>], text: Text) -> Vec<Facet> {
    let (mut types, mut places) = (BTreeMap::new(), BTreeMap::new());
    let (mut levels, mut decades_of) = (BTreeMap::new(), BTreeMap::new());
    for (incident, _) in held {
        for (code, _) in &incident.types {
            *types.entry(code.as_str().to_owned()).or_insert(0_u64) += 1;
        }
        for place in &incident.places {
            let at = places.entry(place.identity.clone());
            at.or_insert_with(|| (place.name.clone(), 0_u64)).1 += 1;
        }
        *levels.entry(level(incident)).or_insert(0_u64) += 1;
        for decade in decades(incident) {
            *decades_of.entry(decade).or_insert(0_u64) += 1;
        }
    }
    let types = types.into_iter().map(|(code, number)| {
        let label = show::label(text, "violation", &code);
        (code, label, number)
    });
    let places = places.into_iter().map(|(key, (name, number))| {
        let name = states::place(text, &key, &name);
        (key, name, number)
    });
    let levels = levels.into_iter().map(|(name, number)| {
        let label = text.of_name("corroboration-level", name);
        (name.to_owned(), label, number)
    });
    let decades = decades_of.into_iter().map(|(decade, number)| {
        let label = text.name("timeline-decade", &decade);
        (decade, label, number)
    });
    [
        state.facet(
            text.say("corroboration-facet-level"),
            "level",
            levels,
            CHOICES,
        ),
        state.facet(text.say("timeline-decades"), "decade", decades, CHOICES),
        state.facet(text.say("timeline-place"), "place", places, CHOICES),
        state.facet(text.say("corroboration-facet-type"), "type", types, CHOICES),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many incidents are of the map, and of none.
#[derive(Default)]
struct Tally {
    /// Name and incidents of each place, by key.
    places: BTreeMap<String, (String, u64)>,
    drawn: u64,
    without: u64,
    nowhere: u64,
}

impl Tally {
    fn of(held: &[Held<'_>]) -> Self {
        let mut tally = Self::default();
        for (incident, _) in held {
            // The most specific place that is named; what it lies in would say it twice.
            let Some(first) = incident.places.first() else {
                tally.nowhere += 1;
                continue;
            };
            let known = incident
                .places
                .iter()
                .find(|one| position(&one.identity).is_some());
            match known {
                Some(_) => tally.drawn += 1,
                None => tally.without += 1,
            }
            let place = known.unwrap_or(first);
            let row = tally.places.entry(place.identity.clone());
            row.or_insert_with(|| (place.name.clone(), 0)).1 += 1;
        }
        tally
    }
}

fn places_of(desk: &Desk<'_>, asked: &Asked) -> Answer<MapPage> {
    let text = desk.text();
    let all = desk.laid()?;
    let every = all.grouping()?.incidents.iter().zip(all.supports()?);
    let held: Vec<Held<'_>> = every.filter(|(one, _)| asked.wants(one)).collect();
    let tally = Tally::of(&held);
    let mut places: Vec<_> = tally.places.iter().collect();
    places.sort_by(|(a, (_, x)), (b, (_, y))| y.cmp(x).then(a.cmp(b)));
    places.truncate(PLACES);
    let timeline = asked.state(TIMELINE);
    let address = |key: &str| timeline.with("place", key).address();
    let spots = places.iter().filter_map(|(key, (name, number))| {
        Some(Spot {
            at: position(key)?,
            name: states::place(text, key, name),
            words: text.number("timeline-count", *number),
            address: address(key),
            number: *number,
        })
    });
    let spots: Vec<Spot> = spots.collect();
    let world = !asked.world.is_empty();
    let state = asked.state(MAP);
    Ok(MapPage {
        frame: desk.frame("timeline", text.say("timeline-map"))?,
        map: Map::of(&spots, world),
        world: (
            world,
            state.with("world", if world { "" } else { "1" }).address(),
        ),
        rows: places
            .iter()
            .map(|(key, (name, number))| PlaceRow {
                name: states::place(text, key, name),
                address: address(key),
                incidents: text.digits(*number),
                position: position(key).map_or_else(String::new, |at| written(at, text)),
            })
            .collect(),
        total: held.len() as u64,
        drawn: tally.drawn,
        without: tally.without,
        nowhere: tally.nowhere,
        narrowed: Narrowed {
            facets: facets(&state, &held, text),
            other: timeline.address(),
            state,
        },
    })
}

/// `39.7° N 126.9° E ± 25 km`.
fn written(at: web::map::Position, text: Text) -> String {
    let half = |degrees: f64, more: &str, less: &str| {
        let side = if degrees < 0.0 { less } else { more };
        format!("{:.1}° {side}", degrees.abs())
    };
    format!(
        "{} {} ± {} km",
        half(at.latitude, "N", "S"),
        half(at.longitude, "E", "W"),
        text.digits(at.radius.max(0.0).round() as u64)
    )
}
