//! Accountability: demands by whom they are put to, each duty bearer's page, each demand's page.

mod rows;
mod stands;

pub(super) use rows::certainty;

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::evidence::{days, said};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use link::threads::{Thread, Threads};
use rows::{NOBODY, Party};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::facets::{Pager, State};
use web::frame::Key;
use web::screens::{AccountabilityPage, BearerPage, BearerRow, DemandPage};

/// The address of this screen.
const HERE: &str = "/accountability";
/// Rows on a page.
const ROWS: u64 = 50;
/// Entries of a page that has no pages of its own, at most.
const ENTRIES: usize = 300;
/// Statements that a party stood with which are shown on its page: the last ones.
const STOOD: usize = 8;
/// Answers without a demand that are shown.
const UNMATCHED: usize = 20;
/// Keys of the lists.
const KEYS: &[Key] = &[
    ("j", "search-key-next"),
    ("k", "search-key-before"),
    ("o", "search-key-open"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(bearers))
        .route("/accountability/stands", get(stands::stands))
        .route("/accountability/to/{identity}", get(bearer))
        .route("/accountability/demand/{id}", get(demand))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    q: String,
    page: u64,
}

async fn bearers(
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &asked.0)
        })
        .await
}

/// What is known of each duty bearer, by identity.
#[derive(Default)]
struct Borne<'t> {
    demands: Vec<&'t Thread>,
    pledges: u64,
}

fn borne(threads: &Threads) -> BTreeMap<Party<'_>, Borne<'_>> {
    let mut borne: BTreeMap<Party<'_>, Borne<'_>> = BTreeMap::new();
    for thread in &threads.demands {
        let one = borne.entry(Party::of(thread.addressee.as_ref()));
        one.or_default().demands.push(thread);
    }
    for pledge in &threads.pledges {
        borne
            .entry(Party::of(pledge.by.as_ref()))
            .or_default()
            .pledges += 1;
    }
    borne
}

fn fill(desk: &Desk<'_>, asked: &Asked) -> Answer<AccountabilityPage> {
    let text = desk.text();
    let page_text = match asked.page {
        0 | 1 => String::new(),
        number => number.to_string(),
    };
    let state = State::new(HERE, &[("q", asked.q.trim()), ("page", &page_text)]);
    let frame = desk.frame("accountability", text.say("place-accountability"))?;
    let (all, is_new) = desk.whole();
    let mut page = AccountabilityPage {
        frame: frame.with_keys(KEYS),
        is_ready: all.is_some(),
        is_new,
        rows: Vec::new(),
        pager: Pager::new(&state, 1, ROWS, 0),
        unmatched: Vec::new(),
        state,
    };
    let Some(all) = all else {
        return Ok(page);
    };
    let threads = all.threads()?;
    let wanted = asked.q.trim().to_lowercase();
    let mut parties: Vec<(Party<'_>, Borne<'_>)> = borne(threads)
        .into_iter()
        .filter(|(party, _)| party.is_called(&wanted, text))
        .collect();
    let times = |borne: &Borne<'_>| -> usize {
        borne.demands.iter().map(|thread| thread.count.times).sum()
    };
    // Nobody in particular stands last.
    parties.sort_by(|(a, one), (b, other)| {
        let often = times(other).cmp(&times(one));
        (a.is_nobody().cmp(&b.is_nobody()))
            .then(often)
            .then(a.cmp(b))
    });
    let number = asked.page.clamp(1, u64::MAX / ROWS);
    page.pager = Pager::new(&page.state, number, ROWS, parties.len() as u64);
    let first = usize::try_from((number - 1) * ROWS).unwrap_or(usize::MAX);
    let shown = parties.iter().skip(first).take(ROWS as usize);
    page.rows = shown
        .map(|(party, borne)| {
            let open = borne.demands.iter().filter(|thread| thread.silence.is_open);
            let longest = open.filter_map(|thread| thread.silence.since_first);
            let longest = longest.max_by_key(|silence| silence.least);
            let dated = borne.demands.iter().flat_map(|thread| &thread.by_year);
            let answered = borne.demands.iter().filter(|thread| {
                let mut answers = thread.answers.iter();
                answers.any(|answer| answer.ends_silence)
            });
            BearerRow {
                address: party.address(),
                name: party.name(text),
                demands: borne.demands.len() as u64,
                times: times(borne) as u64,
                years: rows::first_and_last(dated),
                answered: answered.count() as u64,
                silence: longest.map(|it| days(it, text)).unwrap_or_default(),
                pledges: borne.pledges,
            }
        })
        .collect();
    let unmatched = threads.unmatched.iter().take(UNMATCHED);
    page.unmatched = unmatched.map(|one| said(&all, one, text)).collect();
    Ok(page)
}

async fn bearer(visitor: Visitor, Path(identity): Path<String>) -> Response {
    visitor
        .at_desk(move |desk| fill_bearer(desk, &identity))
        .await
}

fn fill_bearer(desk: &Desk<'_>, identity: &str) -> Answer<BearerPage> {
    let text = desk.text();
    let (all, is_new) = desk.laid_lately()?;
    let threads = all.threads()?;
    let has = |party: Option<&link::threads::Party>| Party::of(party).is(identity);
    let mut demands: Vec<&Thread> = threads.demands.iter().collect();
    demands.retain(|thread| has(thread.addressee.as_ref()));
    let pledges: Vec<_> = threads
        .pledges
        .iter()
        .filter(|one| has(one.by.as_ref()))
        .collect();
    let answers = threads.demands.iter().flat_map(|thread| {
        let given = thread.answers.iter();
        let given = given.filter(|answer| has(Some(&answer.by)) && identity != NOBODY);
        given.map(move |answer| (answer, thread))
    });
    let answers: Vec<_> = answers.take(ENTRIES).collect();
    let stood: Vec<_> = all.stands().with(identity).collect();
    let named = stood.iter().flat_map(|stand| &stand.signatories);
    let mut named = named.filter(|one| one.party.identity == identity);
    let party = (demands.first().and_then(|thread| thread.addressee.as_ref()))
        .or_else(|| pledges.first().and_then(|pledge| pledge.by.as_ref()))
        .or_else(|| answers.first().map(|(answer, _)| &answer.by))
        .or_else(|| named.next().map(|one| &one.party));
    if party.is_none() && demands.is_empty() && pledges.is_empty() {
        return Err(Trouble::NotFound);
    }
    demands.sort_by_key(|thread| {
        let open = thread.silence.is_open;
        let waited = thread.silence.since_first.map_or(0, |it| it.least);
        (std::cmp::Reverse((open, waited)), &thread.id)
    });
    let frame = desk.frame("accountability", Party::of(party).name(text))?;
    Ok(BearerPage {
        frame: frame.with_keys(KEYS),
        is_new,
        stood: stood
            .iter()
            .rev()
            .take(STOOD)
            .map(|stand| stands::row(&all, stand, text))
            .collect(),
        stood_all: (
            stood.len() as u64,
            State::new(&format!("{HERE}/stands"), &[("with", identity)]).address(),
        ),
        years: rows::years(demands.iter().flat_map(|thread| &thread.by_year), text),
        demands: demands
            .iter()
            .take(ENTRIES)
            .map(|thread| rows::demand(&all, thread, text))
            .collect(),
        pledges: pledges
            .iter()
            .take(ENTRIES)
            .map(|pledge| rows::pledge(&all, threads, pledge, text))
            .collect(),
        answers: answers
            .iter()
            .map(|(answer, thread)| rows::answer(&all, answer, Some(thread), text))
            .collect(),
    })
}

async fn demand(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor.at_desk(move |desk| fill_demand(desk, &id)).await
}

fn fill_demand(desk: &Desk<'_>, id: &str) -> Answer<DemandPage> {
    let text = desk.text();
    let (all, is_new) = desk.laid_lately()?;
    let mut demands = all.threads()?.demands.iter();
    let thread = demands.find(|thread| thread.id == id);
    let thread = thread.ok_or(Trouble::NotFound)?;
    let party = Party::of(thread.addressee.as_ref());
    let row = rows::demand(&all, thread, text);
    let frame = desk.frame("accountability", row.demand.clone())?;
    Ok(DemandPage {
        frame: frame.with_keys(KEYS),
        is_new,
        bearer: (party.address(), party.name(text)),
        years: rows::years(thread.by_year.iter(), text),
        callers: rows::callers(&thread.by_caller, text),
        calls: rows::calls(&all, thread, ENTRIES, text),
        answers: thread
            .answers
            .iter()
            .take(ENTRIES)
            .map(|answer| rows::answer(&all, answer, None, text))
            .collect(),
        row,
    })
}
