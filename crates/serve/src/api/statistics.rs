//! Statistics: what is on record, counted by one thing at a time; and the estimate of those in no
//! list. A figure is a range: `least` and `most` are the same where it is known exactly.

use super::bench::Answer;
use super::input::Query;
use super::laid::{ComputedOne, any, one, plain};
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::screens::statistics::{By, Counted, as_csv, count};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;
use web::{Language, Text};

/// What is counted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// By what; by type of violation when nothing is said.
    #[param(inline)]
    by: Option<By>,
}

/// A table: events, acts, victims, claims, documents and origins by type, place, year and more
#[utoipa::path(get, path = "/statistics", tag = "statistics", params(Asked),
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn statistics(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Json<ComputedOne>> {
    let by = asked.by.unwrap_or_default();
    one(app, caller, move |_, all| {
        let text = Text::of(Language::default());
        Ok(table(&count(all, by, text)?, by, text))
    })
    .await
}

fn table(counted: &Counted, by: By, text: Text) -> Value {
    let rows = counted.rows.iter().map(|(key, label, figures)| {
        let figures = counted.columns.iter().zip(figures);
        let figures: serde_json::Map<String, Value> = figures
            .map(|(column, range)| {
                let range = json!({"least": range.least, "most": range.most});
                ((*column).to_owned(), range)
            })
            .collect();
        json!({"key": key, "label": label, "figures": figures})
    });
    let (unit, denominator) = counted.measured(by, text);
    json!({
        "by": by.name(),
        "unit": unit, "denominator": denominator, "notes": counted.notes,
        "covered": {"known": counted.known, "of": counted.of},
        "columns": counted.columns,
        "rows": rows.collect::<Vec<_>>(),
    })
}

/// The same table as CSV, with a column for the least and one for the most of each figure
#[utoipa::path(get, path = "/statistics/table.csv", tag = "statistics", params(Asked),
    responses((status = 200, description = "The table", body = String, content_type = "text/csv")))]
pub(crate) async fn csv(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let by = asked.by.unwrap_or_default();
    any(app, caller, move |all| {
        let counted = count(all, by, Text::of(Language::default()))?;
        let form = [(CONTENT_TYPE, "text/csv; charset=utf-8")];
        Ok((form, as_csv(&counted)).into_response())
    })
    .await
}

/// How many persons are in no list at all: several methods side by side, a range where one can be
/// recommended, and everything that speaks against believing it. 404 where there are no lists
#[utoipa::path(get, path = "/estimate", tag = "statistics",
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn estimate(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<ComputedOne>> {
    one(app, caller, |_, all| {
        let estimate = all.estimate()?;
        let none = || {
            let words = "There is no list of persons in this archive, so nothing says how many are \
                         in none; `onrecord import` takes a list.";
            Problem::new(axum::http::StatusCode::NOT_FOUND, words)
        };
        plain(estimate.ok_or_else(none)?)
    })
    .await
}
