//! Answers made of the archive laid out as a whole: lists that go on where their cursor says, and
//! single things. Each handler of this kind is one call of [`list`] or [`one`].
//!
//! Invariant: nobody waits for the archive to be laid out; until it is, the answer is a problem
//! that says to ask again, and `is_current` says whether the ledger has grown since.

use super::bench::{Answer, Bench, at_bench};
use super::input::limit;
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::desk::today;
use assemble::Assembled;
use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// How much of a list.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u32>,
    /// Where the list goes on, as the list before said.
    pub(super) cursor: Option<String>,
}

/// Some of what was computed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Computed {
    /// The things, each with the records and words it rests on.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Value>,
    /// The cursor behind the last; null at the end. It holds as long as nothing is put on record:
    /// where `is_current` changes in between, begin again.
    next: Option<String>,
    /// How many there are in all.
    count: u64,
    /// Whether it is as new as the ledger; otherwise a newer one is being computed.
    is_current: bool,
}

/// One thing that was computed.
#[derive(Serialize, ToSchema)]
pub(crate) struct ComputedOne {
    /// The thing, with the records and words it rests on.
    #[schema(value_type = Object)]
    item: Value,
    /// Whether it is as new as the ledger; otherwise a newer one is being computed.
    is_current: bool,
}

/// The part of a list that is asked for.
pub(super) struct Window {
    first: usize,
    limit: usize,
    items: Vec<Value>,
    count: usize,
}

impl Window {
    /// Takes those of `things` that are asked for, in their shapes.
    pub(super) fn fill<T>(
        &mut self,
        things: impl IntoIterator<Item = T>,
        shape: impl Fn(T) -> Answer<Value>,
    ) -> Answer<()> {
        for thing in things {
            let is_asked = self.count >= self.first && self.items.len() < self.limit;
            self.count += 1;
            if is_asked {
                self.items.push(shape(thing)?);
            }
        }
        Ok(())
    }
}

/// The archive laid out; a problem while that is done for the first time.
fn whole(bench: &Bench<'_>) -> Answer<(Arc<Assembled>, bool)> {
    let failed = |words: String| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, words);
    let today = today().ok_or_else(|| {
        failed("This device's clock shows an impossible date; set it.".to_owned())
    })?;
    let (all, is_current) = bench.open.whole(today);
    let all = all.ok_or_else(|| match bench.open.why_not_whole() {
        Some(why) => failed(why),
        None => {
            let words = "The archive is being laid out; ask again in a moment.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, words)
        }
    })?;
    Ok((all, is_current))
}

/// Answers with a part of the list `of`, which `fill` makes.
pub(super) async fn list(
    app: App,
    caller: Caller,
    of: &'static str,
    page: Page,
    fill: impl FnOnce(&Bench<'_>, &Assembled, &mut Window) -> Answer<()> + Send + 'static,
) -> Answer<Json<Computed>> {
    let limit = limit(page.limit)?;
    at_bench(app, caller, move |bench| {
        let cursors = &bench.app.inner.api.cursors;
        let first = match &page.cursor {
            Some(cursor) => cursors.open(of, cursor)?.parse().unwrap_or(0),
            None => 0,
        };
        let (all, is_current) = whole(bench)?;
        let mut window = Window {
            first,
            limit,
            items: Vec::new(),
            count: 0,
        };
        fill(bench, &all, &mut window)?;
        let last = first + window.items.len();
        let more = !window.items.is_empty() && last < window.count;
        Ok(Json(Computed {
            next: more.then(|| cursors.seal(of, &last.to_string())),
            items: window.items,
            count: window.count as u64,
            is_current,
        }))
    })
    .await
}

/// Answers with the one thing that `find` finds.
pub(super) async fn one(
    app: App,
    caller: Caller,
    find: impl FnOnce(&Bench<'_>, &Assembled) -> Answer<Value> + Send + 'static,
) -> Answer<Json<ComputedOne>> {
    at_bench(app, caller, move |bench| {
        let (all, is_current) = whole(bench)?;
        let item = find(bench, &all)?;
        Ok(Json(ComputedOne { item, is_current }))
    })
    .await
}

/// Answers with what `make` makes, whatever its form.
pub(super) async fn any<T: Send + 'static>(
    app: App,
    caller: Caller,
    make: impl FnOnce(&Assembled) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    at_bench(app, caller, move |bench| {
        let (all, _) = whole(bench)?;
        make(&all)
    })
    .await
}

/// A thing whose shape is its own.
pub(super) fn plain<T: Serialize>(thing: T) -> Answer<Value> {
    Ok(serde_json::to_value(thing)?)
}
