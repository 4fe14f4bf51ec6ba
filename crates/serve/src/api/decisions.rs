//! Decisions: made upon the version that was looked at, or refused with both.

use super::bench::{Answer, at_bench};
use super::input::{Json, Path};
use super::problem::Problem;
use super::records::{EditShape, edits, tagged};
use super::shapes::RecordShape;
use super::who::Caller;
use crate::app::App;
use crate::deciding::{self, Ruling, Undecided};
use axum::Extension;
use axum::extract::State;
use axum::http::header::IF_MATCH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use model::{Choice, Sha256Digest};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

/// What is decided.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ChoiceShape {
    /// It is as its words say.
    Accept,
    /// It is, with other values.
    Correct,
    /// It is not to be used.
    Reject,
    /// It cannot be told; a colleague is asked.
    Unsure,
    /// What the caller decided before no longer holds.
    Withdraw,
}

impl From<ChoiceShape> for Choice {
    fn from(shape: ChoiceShape) -> Self {
        match shape {
            ChoiceShape::Accept => Self::Accept,
            ChoiceShape::Correct => Self::Correct,
            ChoiceShape::Reject => Self::Reject,
            ChoiceShape::Unsure => Self::Unsure,
            ChoiceShape::Withdraw => Self::Withdraw,
        }
    }
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDecision {
    /// What is decided.
    choice: ChoiceShape,
    /// Why it is rejected: a code of the vocabulary `rejection`.
    reason: Option<String>,
    /// Anything else, in words.
    #[serde(default)]
    note: String,
    /// The caller has not looked at what others decided.
    #[serde(default)]
    blind: bool,
    /// The new values of a correction.
    #[serde(default)]
    #[schema(max_items = 100)]
    fields: Vec<EditShape>,
}

/// Decide of a record
///
/// `If-Match` names the version that was looked at. Where somebody decided since, nothing is put on
/// record, and the answer has the record as it stands (`current`) and as it was looked at (`seen`).
#[utoipa::path(post, path = "/records/{id}/decisions", tag = "records",
    params(("id" = String, Path, description = "Id of the record"),
        ("If-Match" = String, Header, description = "The record's version, as its ETag gives it")),
    request_body = NewDecision,
    responses((status = 201, description = "The record as it stands now", body = RecordShape)))]
pub(crate) async fn decide(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(new): Json<NewDecision>,
) -> Answer<Response> {
    let version = version(&headers);
    at_bench(app, caller, move |bench| {
        let record = bench.record(&id)?.id;
        let version = version?;
        let choice = Choice::from(new.choice);
        if choice != Choice::Correct && !new.fields.is_empty() {
            return Err(Problem::unfit("Only a correction has new values."));
        }
        let edits = edits(new.fields);
        let ruling = Ruling {
            record,
            by: &bench.caller.name,
            choice,
            reason: new.reason.as_deref(),
            note: &new.note,
            blind: new.blind,
            version: Some(version),
            correct: &|seen, reading| collect::correct(seen, reading, &edits),
        };
        let done = deciding::decide(bench.open, &ruling);
        bench.renew()?;
        if let Err(Undecided::Changed(current)) = done {
            let seen = bench.view().earlier(&current, &version)?;
            let seen = seen.map(|seen| RecordShape::of(&seen)).transpose()?;
            let current = json!(RecordShape::of(&current)?);
            return Err(Problem::changed(current, seen.map(|seen| json!(seen))));
        }
        done?;
        let shape = RecordShape::of(&bench.record(&record.to_string())?)?;
        Ok(tagged(StatusCode::CREATED, shape))
    })
    .await
}

/// The version that the request was made upon.
fn version(headers: &HeaderMap) -> Answer<Sha256Digest> {
    let Some(given) = headers.get(IF_MATCH) else {
        let words = "Send the version that you looked at: If-Match, as the record's ETag gives it.";
        return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, words));
    };
    let given = given.to_str().unwrap_or_default().trim();
    let digest = given
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let digest = digest.and_then(|digest| digest.parse().ok());
    digest.ok_or_else(|| {
        let words = "If-Match is not a version of a record; take it from the record's ETag.";
        Problem::new(StatusCode::BAD_REQUEST, words)
    })
}
