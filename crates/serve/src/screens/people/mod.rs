//! People and cases: the register, a page for each case, and pairs that a person judges.

mod narrowed;
pub(crate) mod pairs;
mod person;
mod rows;

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{get, post};
use link::cases::CaseFile;
use narrowed::{FACETS, Narrowed};
use web::facets::{Pager, State};
use web::frame::Key;
use web::screens::{CasePage, PeoplePage};

/// The address of this screen.
const HERE: &str = "/people";
/// Rows on a page.
const ROWS: u64 = 50;
/// Most values in an address.
const MOST: usize = 32;
/// Names on record beside the cases that are shown for a name.
const NAMED: usize = 12;
/// Requests for all of a category that are shown: the last ones.
const FOR_ALL: usize = 10;
/// Keys of the list.
const KEYS: &[Key] = &[
    ("j", "search-key-next"),
    ("k", "search-key-before"),
    ("o", "search-key-open"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/people/pairs", get(pairs::show))
        .route("/people/judge", post(pairs::judge))
        .route("/people/case/{id}", get(case))
        .route("/people/person/{id}", get(person::person))
}

async fn list(
    visitor: Visitor,
    asked: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &asked.0)
        })
        .await
}

/// The list as its address asks for it.
fn state(pairs: &[(String, String)]) -> State {
    let is_known = |name: &str| {
        let bare = name.strip_prefix("not-").unwrap_or(name);
        matches!(name, "q" | "page") || FACETS.iter().any(|(facet, _)| *facet == bare)
    };
    let known = pairs.iter().filter(|(name, _)| is_known(name)).take(MOST);
    let known: Vec<(&str, &str)> = known
        .map(|(name, value)| (name.as_str(), value.trim()))
        .collect();
    State::new(HERE, &known)
}

/// Whether a case bears the name, in any letters, or any name that the letters are part of.
fn bears(case: &CaseFile, wanted: &str) -> bool {
    let lower = wanted.to_lowercase();
    wanted.is_empty()
        || case.names.iter().any(|name| {
            name.to_lowercase().contains(&lower)
                || link::names::compare(wanted, name).level
                    >= link::names::Level::SameByRomanisation
        })
}

fn fill(desk: &Desk<'_>, pairs: &[(String, String)]) -> Answer<PeoplePage> {
    let text = desk.text();
    let state = state(pairs);
    let frame = desk.frame("people", text.say("place-people"))?;
    let (all, is_new) = desk.whole();
    let mut page = PeoplePage {
        frame: frame.with_keys(KEYS),
        is_ready: all.is_some(),
        is_new,
        facets: Vec::new(),
        rows: Vec::new(),
        pager: Pager::new(&state, 1, ROWS, 0),
        questions: 0,
        named: Vec::new(),
        state,
    };
    let Some(all) = all else {
        return Ok(page);
    };
    let register = all.register()?;
    let wanted: String = page.state.get("q").chars().take(120).collect();
    let named = register.cases.iter().filter(|case| bears(case, &wanted));
    let narrowed = Narrowed::of(&all, named, &page.state);
    page.facets = narrowed.facets(&page.state, text);
    let mut cases = narrowed.shown();
    if !wanted.is_empty() {
        page.named = person::named(&all, &wanted, NAMED);
    }
    // Those of whom nothing was heard for longest stand first among those that somebody opened.
    cases.sort_by_key(|case| {
        let waited = case.counters.since_news.map_or(i64::MAX, |days| days.least);
        (case.is_proposed, std::cmp::Reverse(waited), &case.name)
    });
    let number: u64 = page.state.get("page").parse().unwrap_or(1);
    let number = number.clamp(1, 1_000_000);
    page.pager = Pager::new(&page.state, number, ROWS, cases.len() as u64);
    let first = usize::try_from((number - 1) * ROWS).unwrap_or(usize::MAX);
    let shown = cases.iter().skip(first).take(ROWS as usize);
    page.rows = shown.map(|case| rows::case(&all, case, text)).collect();
    page.questions = pairs::count(desk, &all)?;
    Ok(page)
}

async fn case(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor.at_desk(move |desk| fill_case(desk, &id)).await
}

fn fill_case(desk: &Desk<'_>, id: &str) -> Answer<CasePage> {
    let text = desk.text();
    let (all, is_new) = desk.laid_lately()?;
    let register = all.register()?;
    let case = register.cases.iter().find(|case| case.id == id);
    let case = case.ok_or(Trouble::NotFound)?;
    let words = |known| rows::known(&all, known, text);
    let for_all = register
        .group_of(case)
        .flat_map(|group| group.requests.iter().rev());
    Ok(CasePage {
        frame: desk.frame("people", case.name.clone())?,
        is_new,
        row: rows::case(&all, case, text),
        names: case.names.clone(),
        statuses: case.statuses.iter().map(words).collect(),
        whereabouts: case.whereabouts.iter().map(words).collect(),
        contradictions: case
            .contradictions
            .iter()
            .map(|it| it.words.clone())
            .collect(),
        requests: case
            .requests
            .iter()
            .map(|request| rows::request(&all, request, text))
            .collect(),
        for_all: for_all
            .take(FOR_ALL)
            .map(|request| rows::request(&all, request, text))
            .collect(),
        kin: case
            .next_of_kin
            .iter()
            .map(|kin| (kin.name.clone(), kin.relation.clone().unwrap_or_default()))
            .collect(),
        authorities: case
            .authorities
            .iter()
            .map(|(name, _)| name.clone())
            .collect(),
        members: case
            .members
            .iter()
            .map(|member| crate::evidence::said(&all, member, text))
            .collect(),
        persons: case
            .persons
            .iter()
            .filter_map(|id| {
                let name = web::card::headline_of(&all.record(id)?.body, text);
                Some((name, person::address(id)))
            })
            .take(NAMED)
            .collect(),
        joins: case.joins.iter().map(|join| join.why.clone()).collect(),
    })
}
