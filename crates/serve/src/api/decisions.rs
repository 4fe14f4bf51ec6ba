//! Decisions: made upon the version that was looked at, or refused with both.

use super::bench::{Answer, Bench, at_bench};
use super::input::{Json, Path};
use super::problem::Problem;
use super::records::{EditShape, edits, tagged};
use super::shapes::RecordShape;
use super::who::Caller;
use crate::app::App;
use axum::Extension;
use axum::extract::State;
use axum::http::header::IF_MATCH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use model::{Choice, Code, Record, Sha256Digest};
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
        let version = {
            bench.record(&id)?;
            version?
        };
        let id = bench.write(|bench, writer| {
            let record = bench.record(&id)?;
            let upon = view::upon(&record)?;
            if upon.version != version {
                let current = json!(RecordShape::of(&record)?);
                let seen = bench.view().earlier(&record, &version)?;
                let seen = seen.map(|seen| RecordShape::of(&seen)).transpose()?;
                return Err(Problem::changed(current, seen.map(|seen| json!(seen))));
            }
            let (decision, reading) = decision(bench, &record, new)?;
            collect::decide(writer, &decision, reading.as_ref())?;
            Ok(record.id)
        })?;
        let shape = RecordShape::of(&bench.record(&id.to_string())?)?;
        Ok(tagged(StatusCode::CREATED, shape))
    })
    .await
}

/// The decision, and the reading that its words stand in.
fn decision(
    bench: &Bench<'_>,
    record: &Record,
    new: NewDecision,
) -> Answer<(model::Decision, Option<model::Reading>)> {
    let choice = Choice::from(new.choice);
    if choice != Choice::Correct && !new.fields.is_empty() {
        return Err(Problem::unfit("Only a correction has new values."));
    }
    let mine = |at: &usize| {
        let by = &record.history[*at].decision.by;
        model::is_same_person(by, &bench.caller.name)
    };
    if choice == Choice::Withdraw && !model::holding(&record.history).iter().any(mine) {
        let words = "You decided nothing of this record that holds, so there is nothing to undo.";
        return Err(Problem::unfit(words));
    }
    let blind = match new.blind {
        true => bench.view().as_proposed(record)?,
        false => None,
    };
    let seen = blind.as_ref().unwrap_or(record);
    let decision = view::decision_of(seen, choice, &bench.caller.name)?;
    let no_words =
        || Problem::unfit("This record cites no source, so nothing can be decided of it.");
    let mut decision = decision.ok_or_else(no_words)?;
    decision.upon = view::upon(record)?;
    decision.reason = new.reason.as_deref().map(Code::from);
    decision.note = new.note;
    decision.blind = new.blind;
    let needs_words = choice == Choice::Correct || decision.corrected.is_some();
    let reading = match needs_words {
        true => Some(bench.reading(&decision.on.source)?),
        false => None,
    };
    if let (Choice::Correct, Some(reading)) = (choice, &reading) {
        decision.corrected = Some(collect::correct(seen, reading, &edits(new.fields))?);
    }
    Ok((decision, reading))
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
