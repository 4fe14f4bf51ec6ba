//! Who stood with which statement: year by year, drawn and in tables.
//!
//! Invariant: only what records name is shown; who is not named is not said to have been absent.

use super::rows::Party;
use super::{HERE, KEYS};
use crate::answer::{Answer, Trouble};
use crate::desk::{Desk, Visitor};
use crate::evidence::said;
use assemble::Assembled;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use link::stands::Stand;
use std::collections::{BTreeMap, BTreeSet};
use web::dots::{Dots, Row};
use web::facets::{Facet, Pager, State};
use web::screens::{StandRow, StandsPage};
use web::{Text, show};

/// Rows on a page.
const ROWS: u64 = 40;
/// Parties that are drawn: those that stood most often.
const PARTIES: usize = 40;
/// Columns of the drawing: the last years.
const YEARS: usize = 24;
/// Choices of one facet.
const CHOICES: usize = 16;
/// Reports of one statement that are shown.
const REPORTS: usize = 3;
/// Most values in an address.
const MOST: usize = 32;

/// The page of all statements.
pub(super) async fn stands(
    visitor: Visitor,
    asked: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let Query(pairs) = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &pairs)
        })
        .await
}

fn state(pairs: &[(String, String)]) -> State {
    let is_known = |name: &str| matches!(name, "with" | "not-with" | "year" | "not-year" | "page");
    let known = pairs.iter().filter(|(name, _)| is_known(name)).take(MOST);
    let known: Vec<(&str, &str)> = known
        .map(|(name, value)| (name.as_str(), value.trim()))
        .collect();
    State::new(&format!("{HERE}/stands"), &known)
}

fn year(stand: &Stand) -> String {
    stand.year.map(|year| year.to_string()).unwrap_or_default()
}

/// Whether a statement is asked for: made with all parties that are chosen, in one of the years.
fn passes(state: &State, stand: &Stand, but: &str) -> bool {
    let has = |identity: &str| {
        let mut named = stand.signatories.iter();
        named.any(|one| one.party.identity == identity)
    };
    let own = year(stand);
    let mut years = state.all("year").peekable();
    (but == "with" || (state.all("with").all(has) && !state.all("not-with").any(has)))
        && (but == "year"
            || ((years.peek().is_none() || years.any(|one| one == own))
                && state.all("not-year").all(|one| one != own)))
}

fn fill(desk: &Desk<'_>, pairs: &[(String, String)]) -> Answer<StandsPage> {
    let text = desk.text();
    let state = state(pairs);
    let frame = desk.frame("accountability", text.say("stands-title"))?;
    let (all, is_new) = desk.whole();
    let mut page = StandsPage {
        frame: frame.with_keys(KEYS),
        is_ready: all.is_some(),
        is_new,
        facets: Vec::new(),
        dots: Dots::default(),
        parties: 0,
        rows: Vec::new(),
        pager: Pager::new(&state, 1, ROWS, 0),
        undated: 0,
        state,
    };
    let Some(all) = all else {
        return Ok(page);
    };
    let every = &all.stands().all;
    let found: Vec<&Stand> = every
        .iter()
        .filter(|one| passes(&page.state, one, ""))
        .collect();
    page.facets = facets(&page.state, every, text);
    page.undated = found.iter().filter(|one| one.year.is_none()).count() as u64;
    (page.dots, page.parties) = drawn(&found);
    let number: u64 = page.state.get("page").parse().unwrap_or(1);
    let number = number.clamp(1, 1_000_000);
    page.pager = Pager::new(&page.state, number, ROWS, found.len() as u64);
    let first = usize::try_from((number - 1) * ROWS).unwrap_or(usize::MAX);
    // The latest first: it is what somebody drafts the next one from.
    let shown = found.iter().rev().skip(first).take(ROWS as usize);
    page.rows = shown.map(|stand| row(&all, stand, text)).collect();
    Ok(page)
}

fn facets(state: &State, every: &[Stand], text: Text) -> Vec<Facet> {
    let mut with: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
    // Of those who stood with all that are chosen, so that each choice leaves something.
    for stand in every.iter().filter(|one| passes(state, one, "")) {
        for one in &stand.signatories {
            let party = with.entry(one.party.identity.as_str());
            party.or_insert((one.party.name.as_str(), 0)).1 += 1;
        }
    }
    let with = with
        .into_iter()
        .map(|(identity, (name, number))| (identity.to_owned(), name.to_owned(), number));
    let mut years: BTreeMap<String, u64> = BTreeMap::new();
    for stand in every.iter().filter(|one| passes(state, one, "year")) {
        *years.entry(year(stand)).or_default() += 1;
    }
    let years = years
        .into_iter()
        .filter(|(year, _)| !year.is_empty())
        .map(|(year, number)| (year.clone(), year, number));
    [
        state.wide_facet(text.say("stands-with"), "with", with, CHOICES),
        state.wide_facet(text.say("accountability-years"), "year", years, CHOICES),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The parties that stood most often, over the years; and how many there are in all.
fn drawn(found: &[&Stand]) -> (Dots, u64) {
    let years: BTreeSet<u16> = found.iter().filter_map(|stand| stand.year).collect();
    let years: Vec<u16> = years.into_iter().rev().take(YEARS).collect();
    let years: Vec<u16> = years.into_iter().rev().collect();
    let mut by_party: BTreeMap<&str, (&str, Vec<u64>)> = BTreeMap::new();
    for stand in found {
        let at = stand.year.and_then(|year| years.binary_search(&year).ok());
        for one in &stand.signatories {
            let row = by_party.entry(one.party.identity.as_str());
            let blank = || (one.party.name.as_str(), vec![0; years.len()]);
            let (_, numbers) = row.or_insert_with(blank);
            if let Some(number) = at.and_then(|at| numbers.get_mut(at)) {
                *number += 1;
            }
        }
    }
    let total = by_party.len() as u64;
    let mut rows: Vec<_> = by_party.into_iter().collect();
    let often = |numbers: &[u64]| numbers.iter().sum::<u64>();
    rows.sort_by(|(a, (_, x)), (b, (_, y))| often(y).cmp(&often(x)).then(a.cmp(b)));
    rows.retain(|(_, (_, numbers))| often(numbers) > 0);
    let rows: Vec<Row> = rows
        .into_iter()
        .take(PARTIES)
        .map(|(identity, (name, numbers))| Row {
            name: name.to_owned(),
            address: Party::address_of(identity),
            numbers,
        })
        .collect();
    let columns: Vec<String> = years.iter().map(ToString::to_string).collect();
    (Dots::of(&columns, &rows), total)
}

/// A statement in the table.
pub(super) fn row(all: &Assembled, stand: &Stand, text: Text) -> StandRow {
    let what = stand.what.as_ref().map(|code| {
        let list = show::vocabularies().list("event-type");
        let is_event = list.is_some_and(|list| list.term(code.as_str()).is_some());
        let list = if is_event { "event-type" } else { "speech-act" };
        show::label(text, list, code.as_str())
    });
    let signatories = stand.signatories.iter().map(|one| {
        let role = match one.role.as_str() {
            "mover" => text.say("stands-mover"),
            "co-sponsor" => text.say("stands-co-sponsor"),
            _ => String::new(),
        };
        let address = Party::address_of(&one.party.identity);
        (one.party.name.clone(), address, role)
    });
    StandRow {
        date: match stand.date {
            Some(date) => date.to_string(),
            None => text.say("frame-undated"),
        },
        what: what.unwrap_or_else(|| text.say("stands-instrument")),
        instrument: stand.instrument.clone().unwrap_or_default(),
        signatories: signatories.collect(),
        reports: stand
            .reports
            .iter()
            .take(REPORTS)
            .map(|report| said(all, report, text))
            .collect(),
        more: stand.reports.len().saturating_sub(REPORTS) as u64,
    }
}
