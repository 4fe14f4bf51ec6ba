//! What is computed over the whole archive: cases, demands and their answers, alerts.

use super::bench::{Answer, Bench, at_bench};
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::desk::today;
use assemble::Assembled;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::ToSchema;

/// What was computed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Computed {
    /// The things, each with the records and words it rests on.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Value>,
    /// Whether it is as new as the ledger; otherwise a newer one is being computed.
    is_current: bool,
}

/// The archive laid out; a problem while that is done for the first time.
fn whole(bench: &Bench<'_>) -> Answer<(Arc<Assembled>, bool)> {
    let today = today().ok_or_else(|| {
        let words = "This device's clock shows an impossible date.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, words)
    })?;
    let (all, is_current) = bench.open.whole(today);
    let words = "The archive is being laid out; ask again in a moment.";
    let all = all.ok_or_else(|| Problem::new(StatusCode::SERVICE_UNAVAILABLE, words))?;
    Ok((all, is_current))
}

fn each<T: Serialize>(items: &[T]) -> Answer<Vec<Value>> {
    let items = items.iter().map(serde_json::to_value);
    Ok(items.collect::<Result<_, _>>()?)
}

/// People to be found, freed or reunited, with what is known of each and what was asked and answered
#[utoipa::path(get, path = "/cases", tag = "links", responses((status = 200, body = Computed)))]
pub(crate) async fn cases(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Computed>> {
    at_bench(app, caller, |bench| {
        let (all, is_current) = whole(bench)?;
        Ok(Json(Computed {
            items: each(&all.register()?.cases)?,
            is_current,
        }))
    })
    .await
}

/// Demands over the years, with their repeats, answers and silences
#[utoipa::path(get, path = "/calls", tag = "links", responses((status = 200, body = Computed)))]
pub(crate) async fn calls(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Computed>> {
    at_bench(app, caller, |bench| {
        let (all, is_current) = whole(bench)?;
        Ok(Json(Computed {
            items: each(&all.threads()?.demands)?,
            is_current,
        }))
    })
    .await
}

/// What the rules over incoming records warn of
#[utoipa::path(get, path = "/alerts", tag = "links", responses((status = 200, body = Computed)))]
pub(crate) async fn alerts(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Computed>> {
    at_bench(app, caller, |bench| {
        let (all, is_current) = whole(bench)?;
        let rules = link::alerts::Rules::shipped(all.vocabularies());
        let alerts = all.alerts(&rules)?;
        Ok(Json(Computed {
            items: alerts.alerts.iter().map(|alert| json!(alert)).collect(),
            is_current,
        }))
    })
    .await
}
