//! Many names at once: where each is on record, in whatever script or romanisation it is written.
//!
//! Invariant: a list that is sent is looked through in memory and kept nowhere.

use super::bench::{Answer, at_bench};
use super::input::Json;
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::desk::today;
use crate::screens::search::names::{LONGEST, NAMES, known};
use axum::Extension;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Names to look for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    /// At most 500, of at most 120 characters each.
    #[schema(min_items = 1, max_items = 500)]
    names: Vec<String>,
}

/// What is on record under the names.
#[derive(Serialize, ToSchema)]
pub(crate) struct NameList {
    /// Each name, in the order in which they were sent.
    items: Vec<NameShape>,
    /// Whether other forms of the names were looked for; until the archive is laid out they are
    /// not, and asking again finds more.
    with_forms: bool,
}

/// What is on record under a name.
#[derive(Serialize, ToSchema)]
pub(crate) struct NameShape {
    /// The name, as it was sent.
    name: String,
    /// How it is written on record.
    forms: Vec<String>,
    /// Passages with one of these forms.
    passages: u64,
    /// Records of persons with one of these forms.
    records: Vec<String>,
}

/// Look for many names at once, across scripts and romanisations; nothing of the list is kept
#[utoipa::path(post, path = "/names", tag = "search", request_body = Names,
    responses((status = 200, body = NameList)))]
pub(crate) async fn names(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Json(sent): Json<Names>,
) -> Answer<axum::Json<NameList>> {
    let fits = |name: &String| !name.trim().is_empty() && name.chars().count() <= LONGEST;
    if sent.names.is_empty() || sent.names.len() > NAMES || !sent.names.iter().all(fits) {
        let words = format!("Send 1 to {NAMES} names, of 1 to {LONGEST} characters each.");
        return Err(Problem::unfit(words));
    }
    at_bench(app, caller, move |bench| {
        let all = today().and_then(|today| bench.open.whole(today).0);
        let mut items = Vec::new();
        for name in sent.names {
            let bare = name.replace('"', " ");
            let known = known(bench.view(), all.as_deref(), bare.trim())?;
            items.push(NameShape {
                name,
                forms: known.forms,
                passages: known.passages,
                records: known.records.iter().map(ToString::to_string).collect(),
            });
        }
        Ok(axum::Json(NameList {
            items,
            with_forms: all.is_some(),
        }))
    })
    .await
}
