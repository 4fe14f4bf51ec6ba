//! Searches that a person keeps: a name, an address, and what it found when it was looked at last.
//!
//! They are kept sealed on this device, not in the ledger: what somebody looks for can endanger
//! whom they look for, and what is in the ledger can never be taken back.
//!
//! Invariant: only addresses that a search understands are kept.

use super::asked::Asked;
use super::{HERE, names};
use crate::answer::{Answer, Trouble};
use crate::desk::{Desk, Visitor};
use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use web::screens::SavedRow;
use web::show;

/// What they are kept under.
const NAME: &str = "searches";
/// Most searches of all persons of a device.
const MOST: usize = 400;
/// Most searches of one person that are shown, each of which is counted anew.
const SHOWN: usize = 60;
/// Longest name, in characters.
const LONGEST: usize = 120;
/// Longest address, in bytes.
const ADDRESS: usize = 8 << 10;

/// Held while the searches are changed: by one request at a time.
static KEEPING: Mutex<()> = Mutex::new(());

/// A search that is kept.
#[derive(Clone, Serialize, Deserialize)]
struct Saved {
    name: String,
    /// Parameters of the search.
    pairs: Vec<(String, String)>,
    /// Who keeps it.
    by: String,
    /// When, in milliseconds since 1970.
    at: u64,
    /// Passages that it found when it was looked at last.
    found: u64,
}

fn all(desk: &Desk<'_>) -> Answer<Vec<Saved>> {
    let kept = desk.open.device.kept(NAME)?;
    let Some(kept) = kept else {
        return Ok(Vec::new());
    };
    serde_json::from_slice(&kept).map_err(|error| Trouble::Failed(error.to_string()))
}

fn keep(desk: &Desk<'_>, all: &[Saved]) -> Answer<()> {
    let bytes = serde_json::to_vec(all).map_err(|error| Trouble::Failed(error.to_string()))?;
    Ok(desk.open.device.keep(NAME, &bytes)?)
}

/// Passages that a search finds now; `None` where its words cannot be looked for.
fn count(desk: &Desk<'_>, asked: &Asked) -> Answer<Option<u64>> {
    let (words, _) = names::with_forms(desk, asked);
    let mut query = asked.query(&words, None);
    query.limit = 0;
    match desk.view().search(&query) {
        Ok(found) => Ok(Some(found.total)),
        Err(view::Error::Query(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The searches of the person at the desk, each with what it finds now.
pub(super) fn rows(desk: &Desk<'_>) -> Answer<Vec<SavedRow>> {
    let text = desk.text();
    let mut rows = Vec::new();
    for (number, saved) in all(desk)?.into_iter().enumerate() {
        if saved.by != desk.operator() || rows.len() == SHOWN {
            continue;
        }
        let asked = Asked::of(&saved.pairs)?;
        let found = count(desk, &asked)?;
        rows.push(SavedRow {
            number,
            name: saved.name,
            address: asked.state.address(),
            found: found.map_or_else(String::new, |found| text.number("search-passages", found)),
            more: found.unwrap_or(0).saturating_sub(saved.found),
            since: show::day(saved.at),
        });
    }
    rows.reverse();
    Ok(rows)
}

/// Whether the person at the desk keeps this search; what it finds now counts as seen then.
pub(super) fn seen(desk: &Desk<'_>, asked: &Asked) -> Answer<bool> {
    let _one_at_a_time = KEEPING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all = all(desk)?;
    let address = bare(asked);
    let own = all.iter_mut().filter(|saved| saved.by == desk.operator());
    let mut own = own.filter(|saved| Asked::of(&saved.pairs).is_ok_and(|it| bare(&it) == address));
    let Some(saved) = own.next() else {
        return Ok(false);
    };
    let now = count(desk, asked)?.unwrap_or(saved.found);
    if now != saved.found {
        saved.found = now;
        keep(desk, &all)?;
    }
    Ok(true)
}

/// The address of a search, however its result is shown.
fn bare(asked: &Asked) -> String {
    asked.state.with("view", "").with("world", "").address()
}

/// A search to be kept.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    name: String,
    /// Its address.
    address: String,
}

/// Keeps a search.
pub(super) async fn save(visitor: Visitor, sent: Result<Form<Sent>, FormRejection>) -> Response {
    visitor
        .respond(move |desk| {
            let Form(sent) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let query = sent.address.strip_prefix(HERE);
            let query = query.and_then(|rest| rest.strip_prefix('?'));
            let cannot = || Trouble::NotUnderstood(desk.text().say("search-cannot-save"));
            let query = query.filter(|it| it.len() <= ADDRESS).ok_or_else(cannot)?;
            let uri = format!("{HERE}?{query}").parse().map_err(|_| cannot())?;
            let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri);
            let asked = Asked::of(&pairs.map_err(|_| cannot())?.0)?;
            if asked.words().is_empty() {
                return Err(cannot());
            }
            let mut name: String = sent.name.trim().chars().take(LONGEST).collect();
            if name.is_empty() {
                name = show::shorten(asked.words(), LONGEST);
            }
            let found = count(desk, &asked)?.unwrap_or(0);
            let _one_at_a_time = KEEPING.lock().unwrap_or_else(PoisonError::into_inner);
            let mut all = all(desk)?;
            all.retain(|one| {
                let same = Asked::of(&one.pairs).is_ok_and(|it| bare(&it) == bare(&asked));
                one.by != desk.operator() || !same
            });
            if all.len() >= MOST {
                return Err(cannot());
            }
            let now = SystemTime::now().duration_since(UNIX_EPOCH);
            all.push(Saved {
                name,
                pairs: asked.state.with("page", "").parameters().to_vec(),
                by: desk.operator().to_owned(),
                at: now.unwrap_or_default().as_millis() as u64,
                found,
            });
            keep(desk, &all)?;
            Ok(Redirect::to(&asked.state.address()).into_response())
        })
        .await
}

/// A search to be forgotten.
#[derive(Deserialize)]
pub(super) struct Forgotten {
    number: usize,
    /// Its address, lest another has its number now.
    address: String,
}

/// Forgets a search.
pub(super) async fn forget(
    visitor: Visitor,
    sent: Result<Form<Forgotten>, FormRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Form(sent) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let _one_at_a_time = KEEPING.lock().unwrap_or_else(PoisonError::into_inner);
            let mut all = all(desk)?;
            let is_it = all.get(sent.number).is_some_and(|one| {
                let same = Asked::of(&one.pairs).is_ok_and(|it| it.state.address() == sent.address);
                one.by == desk.operator() && same
            });
            if is_it {
                all.remove(sent.number);
                keep(desk, &all)?;
            }
            Ok(Redirect::to(HERE).into_response())
        })
        .await
}
