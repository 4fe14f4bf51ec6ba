//! The review queue.

use super::bench::{Answer, at_bench};
use super::input::{Query, limit};
use super::records::{kind, source_id};
use super::shapes::RecordShape;
use super::who::Caller;
use crate::app::App;
use axum::extract::State;
use axum::{Extension, Json};
use model::RecordId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use view::{ReviewFilter, ReviewOrder};

/// What waits.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the queue goes on, as the list before said.
    cursor: Option<String>,
    /// Of this kind: allegation, call, person …
    kind: Option<String>,
    /// With this code, such as the type of violation.
    code: Option<String>,
    /// Read from this source.
    source: Option<String>,
    /// Only grave types of violation.
    grave: Option<bool>,
    /// Document by document, without putting grave types first.
    in_order: Option<bool>,
    /// As they were proposed, without what others decided.
    blind: Option<bool>,
}

/// Some of what waits for the caller.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueueShape {
    /// The records; their versions are those to decide upon.
    items: Vec<RecordShape>,
    /// The cursor behind the last; null at the end.
    next: Option<String>,
    /// How far the review is, for everybody.
    progress: ProgressShape,
}

/// How far the review is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProgressShape {
    /// Nobody decided.
    proposed: u64,
    /// Of them, of a grave type.
    grave: u64,
    /// To be looked at by a second person.
    second_review: u64,
    /// Somebody was unsure.
    unsure: u64,
    /// Persons differ.
    disputed: u64,
    /// Accepted, corrected or rejected.
    decided: u64,
}

/// What waits for the caller to decide, grave types first, and how far the review is
#[utoipa::path(get, path = "/review", tag = "records", params(Asked),
    responses((status = 200, body = QueueShape)))]
pub(crate) async fn review(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Json<QueueShape>> {
    let limit = limit(asked.limit)?;
    let filter = ReviewFilter {
        by: caller.name.clone(),
        kinds: asked
            .kind
            .as_deref()
            .map(kind)
            .transpose()?
            .into_iter()
            .collect(),
        source: asked.source.as_deref().map(source_id).transpose()?,
        code: asked.code,
        status: None,
        grave: asked.grave.unwrap_or(false),
    };
    let order = match asked.in_order {
        Some(true) => ReviewOrder::BySource,
        _ => ReviewOrder::GraveFirst,
    };
    let blind = asked.blind.unwrap_or(false);
    at_bench(app, caller, move |bench| {
        let cursors = &bench.app.inner.api.cursors;
        let after: Option<RecordId> = match &asked.cursor {
            Some(cursor) => cursors.open("review", cursor)?.parse().ok(),
            None => None,
        };
        let view = bench.view();
        let mut found = view.review_queue(&filter, order, after.as_ref(), limit + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| more).map(|record| record.id);
        let mut items = Vec::new();
        for record in &found {
            let shape = RecordShape::of(record)?;
            let proposed = match blind {
                true => view.as_proposed(record)?,
                false => None,
            };
            items.push(match proposed {
                Some(proposed) => RecordShape::of(&proposed)?.with_version_of(shape),
                None => shape,
            });
        }
        let progress = view.review_progress(&filter)?;
        Ok(Json(QueueShape {
            items,
            next: last.map(|id| cursors.seal("review", &id.to_string())),
            progress: ProgressShape {
                proposed: progress.proposed,
                grave: progress.grave,
                second_review: progress.second_review,
                unsure: progress.unsure,
                disputed: progress.disputed,
                decided: progress.decided,
            },
        }))
    })
    .await
}
