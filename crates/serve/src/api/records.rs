//! Records: listed, looked at with their version, coded by hand.

use super::bench::{Answer, at_bench};
use super::input::{Json, Path, Query, limit};
use super::problem::Problem;
use super::shapes::{RecordList, RecordShape};
use super::who::Caller;
use crate::app::App;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use collect::{Coded, Edit, NewValue, RestsOn};
use model::{RecordId, RecordKind, SourceId, Span, Status};
use serde::Deserialize;
use serde_json::Value;
use std::ops::ControlFlow;
use utoipa::{IntoParams, ToSchema};
use view::{ReadState, RecordFilter};

/// Which records.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the list goes on, as the list before said.
    cursor: Option<String>,
    /// Of this kind: allegation, call, person …
    kind: Option<String>,
    /// Of this status: proposed, accepted, corrected, rejected, unsure, disputed, second-review.
    status: Option<String>,
    /// With this code, such as the type of violation.
    code: Option<String>,
    /// Read from this source.
    source: Option<String>,
    /// Said or asked by someone whose name holds these words.
    speaker: Option<String>,
    /// Asked of someone whose name holds these words.
    addressee: Option<String>,
    /// Naming someone or something whose name holds these words.
    named: Option<String>,
    /// Also say how many there are in all.
    count: Option<bool>,
}

fn not_understood(words: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, words)
}

/// The kind of that name.
pub(super) fn kind(name: &str) -> Answer<RecordKind> {
    RecordKind::from_name(name)
        .ok_or_else(|| not_understood("This is no kind of record; /kinds lists them."))
}

/// The source with that id, whether it is there or not.
pub(super) fn source_id(id: &str) -> Answer<SourceId> {
    id.parse()
        .map_err(|_| not_understood("This is no id of a source."))
}

fn filter(asked: &Asked) -> Answer<RecordFilter> {
    let status = |name: &str| {
        Status::from_name(name).ok_or_else(|| not_understood("There is no such status."))
    };
    Ok(RecordFilter {
        kinds: asked
            .kind
            .as_deref()
            .map(kind)
            .transpose()?
            .into_iter()
            .collect(),
        source: asked.source.as_deref().map(source_id).transpose()?,
        status: asked.status.as_deref().map(status).transpose()?,
        code: asked.code.clone(),
        speaker: asked.speaker.clone(),
        addressee: asked.addressee.clone(),
        named: asked.named.clone(),
    })
}

/// The records, in the order of their sources
#[utoipa::path(get, path = "/records", tag = "records", params(Asked),
    responses((status = 200, body = RecordList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<axum::Json<RecordList>> {
    let limit = limit(asked.limit)?;
    let filter = filter(&asked)?;
    at_bench(app, caller, move |bench| {
        let cursors = &bench.app.inner.api.cursors;
        let after: Option<RecordId> = match &asked.cursor {
            Some(cursor) => cursors.open("records", cursor)?.parse().ok(),
            None => None,
        };
        let mut found = Vec::new();
        bench
            .view()
            .records_after(&filter, after.as_ref(), &mut |record| {
                found.push(record);
                match found.len() > limit {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            })?;
        let more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| more);
        let count = match asked.count {
            Some(true) => Some(bench.view().count_records(&filter)?),
            _ => None,
        };
        Ok(axum::Json(RecordList {
            next: last.map(|record| cursors.seal("records", &record.id.to_string())),
            items: found.iter().map(RecordShape::of).collect::<Answer<_>>()?,
            count,
        }))
    })
    .await
}

/// A record as it stands, with its version in the header `ETag`
#[utoipa::path(get, path = "/records/{id}", tag = "records",
    params(("id" = String, Path, description = "Id of the record")),
    responses((status = 200, body = RecordShape)))]
pub(crate) async fn record(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Response> {
    at_bench(app, caller, move |bench| {
        let shape = RecordShape::of(&bench.record(&id)?)?;
        Ok(tagged(StatusCode::OK, shape))
    })
    .await
}

/// A record as an answer, with its version.
pub(super) fn tagged(status: StatusCode, shape: RecordShape) -> Response {
    (status, [(ETAG, shape.tag())], axum::Json(shape)).into_response()
}

/// A field's new values.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditShape {
    /// The field, as /kinds names it.
    field: String,
    /// Its values from now on; none clears it.
    #[schema(max_items = 1000)]
    values: Vec<ValueShape>,
}

/// A value, and what it rests on: characters of the reading, words of it, or a reason. Where none
/// is given, the value itself is looked for in the text.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueShape {
    /// A code, words, a date in EDTF, `person:Name`, a number; or the value as records have it.
    #[schema(value_type = Object)]
    value: Value,
    /// The characters that carry it.
    span: Option<SpanShape>,
    /// The words that carry it.
    words: Option<String>,
    /// Why it holds although no words of the source carry it.
    because: Option<String>,
}

/// Characters of a reading.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpanShape {
    /// First character, from 0.
    start: u32,
    /// One past the last.
    end: u32,
}

/// The edits as `collect` takes them.
pub(super) fn edits(sent: Vec<EditShape>) -> Vec<Edit> {
    let value = |sent: ValueShape| {
        let rests_on = match (sent.span, sent.words, sent.because) {
            (Some(span), _, _) => RestsOn::Span(Span::new(span.start, span.end)),
            (None, Some(words), _) => RestsOn::Words(words),
            (None, None, Some(reason)) => RestsOn::Reason(reason),
            (None, None, None) => RestsOn::Words(itself(&sent.value)),
        };
        NewValue {
            value: sent.value,
            rests_on,
        }
    };
    let edit = |sent: EditShape| Edit {
        field: sent.field,
        values: sent.values.into_iter().map(value).collect(),
    };
    sent.into_iter().map(edit).collect()
}

/// The words of a value that may stand in the text itself.
fn itself(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default();
    match text.split_once(':') {
        Some((kind, name)) if RecordKind::from_name(kind).is_some() => name.trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// A record that a person codes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecord {
    /// The source.
    source: String,
    /// What it is: allegation, call, person …
    kind: String,
    /// The words that carry it as a whole.
    passage: SpanShape,
    /// Its fields.
    #[schema(max_items = 100)]
    fields: Vec<EditShape>,
}

/// Code a record by hand, from words of a source
///
/// It is its person's, and accepted by them; one of a grave type waits for a second person.
#[utoipa::path(post, path = "/records", tag = "records", request_body = NewRecord,
    responses((status = 201, description = "It is on record", body = RecordShape)))]
pub(crate) async fn code(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Json(new): Json<NewRecord>,
) -> Answer<Response> {
    let unfit = |words: &str| Problem::unfit(words);
    let kind = RecordKind::from_name(&new.kind)
        .ok_or_else(|| unfit("This is no kind of record; /kinds lists them."))?;
    let source: SourceId = new
        .source
        .parse()
        .map_err(|_| unfit("This is no id of a source."))?;
    let passage = Span::new(new.passage.start, new.passage.end);
    let edits = edits(new.fields);
    at_bench(app, caller, move |bench| {
        let info = bench.view().source(&source)?;
        let info = info.ok_or_else(|| unfit("There is no source with this id."))?;
        let ReadState::Read {
            reading: digest, ..
        } = info.state
        else {
            return Err(unfit(
                "This source has no reading, so it has no words to code from.",
            ));
        };
        let reading = bench.reading(&source)?;
        let coded = Coded {
            source,
            original: info.source.original,
            digest,
            by: bench.caller.name.clone(),
            says: collect::code_anew(kind, passage, &reading, &edits)?,
            reading: &reading,
        };
        let (id, _) =
            bench.write(|_, writer| Ok(collect::put_coded(writer, &coded, view::record_id)?))?;
        let shape = RecordShape::of(&bench.record(&id.to_string())?)?;
        Ok(tagged(StatusCode::CREATED, shape))
    })
    .await
}
