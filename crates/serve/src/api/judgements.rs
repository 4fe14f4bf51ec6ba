//! What people judge of links: whether two records are about the same.

use super::bench::{Answer, at_bench};
use super::input::Json;
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::deciding::{self, Judging};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use model::{RecordId, RecordKind, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The judgements that hold.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgementList {
    /// They, in the order in which they were made.
    items: Vec<JudgementShape>,
}

/// A judgement that holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgementShape {
    /// Milliseconds since 1970, by the device's clock.
    at: u64,
    /// Judgements of the same matter that it follows.
    earlier: u32,
    /// What was judged, by whom, and why.
    #[schema(value_type = Object)]
    judgement: Value,
}

/// The judgements of links and alerts that hold
#[utoipa::path(get, path = "/judgements", tag = "judgements", responses((status = 200, body = JudgementList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<axum::Json<JudgementList>> {
    at_bench(app, caller, |bench| {
        let standing = bench.view().judgements()?;
        let items = standing.into_iter().map(|standing| JudgementShape {
            at: standing.at,
            earlier: standing.earlier,
            judgement: json!(standing.judgement),
        });
        Ok(axum::Json(JudgementList {
            items: items.collect(),
        }))
    })
    .await
}

/// What is said of two records.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum VerdictShape {
    /// They are about the same.
    Same,
    /// They are not.
    Different,
    /// It cannot be told.
    Unsure,
    /// What was judged before no longer holds.
    Withdrawn,
}

/// A judgement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewJudgement {
    /// A record.
    one: String,
    /// Another of the same kind.
    other: String,
    /// What is said of them.
    verdict: VerdictShape,
    /// Why, in words.
    #[serde(default)]
    #[schema(max_length = 4000)]
    reason: String,
}

/// Kinds of records that can be the same as another.
const JUDGED: [RecordKind; 4] = [
    RecordKind::Person,
    RecordKind::Allegation,
    RecordKind::Case,
    RecordKind::Call,
];

/// Judge whether two persons, allegations, cases or calls are the same
#[utoipa::path(post, path = "/judgements", tag = "judgements", request_body = NewJudgement,
    responses((status = 201, description = "It is on record", body = JudgementList)))]
pub(crate) async fn judge(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Json(new): Json<NewJudgement>,
) -> Answer<Response> {
    if new.reason.len() > 4_000 {
        return Err(Problem::unfit("The reason is longer than 4,000 bytes."));
    }
    at_bench(app, caller, move |bench| {
        let id = |id: &str| -> Answer<RecordId> {
            let unfit = || Problem::unfit(format!("There is no record with the id {id}."));
            let id: RecordId = id.parse().map_err(|_| unfit())?;
            bench.view().record(&id)?.map(|_| id).ok_or_else(unfit)
        };
        let judging = Judging {
            records: [id(&new.one)?, id(&new.other)?],
            kinds: &JUDGED,
            verdict: match new.verdict {
                VerdictShape::Same => Verdict::Same,
                VerdictShape::Different => Verdict::Different,
                VerdictShape::Unsure => Verdict::Unsure,
                VerdictShape::Withdrawn => Verdict::Withdrawn,
            },
            by: &bench.caller.name,
            reason: &new.reason,
        };
        let matter = deciding::judge(bench.open, &judging)?;
        bench.renew()?;
        let standing = bench.view().judgements()?.into_iter();
        let mine = standing.filter(|standing| standing.judgement.matter == matter);
        let items = mine.map(|standing| JudgementShape {
            at: standing.at,
            earlier: standing.earlier,
            judgement: json!(standing.judgement),
        });
        let list = JudgementList {
            items: items.collect(),
        };
        Ok((StatusCode::CREATED, axum::Json(list)).into_response())
    })
    .await
}
