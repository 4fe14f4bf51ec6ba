//! Sources: listed, added, with their readings, originals and receipts.

use super::bench::{Answer, Bench, at_bench};
use super::input::{Path, Query, limit};
use super::problem::Problem;
use super::shapes::{SourceList, SourceShape};
use super::who::Caller;
use crate::app::App;
use archive::WriterId;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use collect::{Content, Event, Item, Terms};
use model::{Compartment, PartialDate, Sha256Digest, SourceId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use utoipa::{IntoParams, ToSchema};
use view::{Page, SourceFilter};

/// Most bytes of an original that is added or given (64 MiB).
const ORIGINAL: usize = 64 << 20;
/// Longest word of a query, in characters.
const WORDS: usize = 4_000;

/// Which sources.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the list goes on, as the list before said.
    cursor: Option<String>,
    /// Words in title, name or origin.
    text: Option<String>,
    /// By this publisher, exactly.
    publisher: Option<String>,
    /// In this language, as a BCP 47 tag.
    language: Option<String>,
    /// In this compartment: open, restricted, sealed.
    compartment: Option<String>,
    /// Published then or later: 2013, 2013-03, 2013-03-21.
    since: Option<String>,
    /// Published then or earlier.
    until: Option<String>,
    /// Only what could not be read.
    unread: Option<bool>,
}

/// The sources, in the order in which they were collected
#[utoipa::path(get, path = "/sources", tag = "sources", params(Asked),
    responses((status = 200, body = SourceList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Json<SourceList>> {
    let limit = limit(asked.limit)?;
    at_bench(app, caller, move |bench| {
        let cursors = &bench.app.inner.api.cursors;
        let offset: u64 = match &asked.cursor {
            Some(cursor) => cursors.open("sources", cursor)?.parse().unwrap_or(0),
            None => 0,
        };
        let filter = SourceFilter {
            unread: asked.unread.unwrap_or(false),
            compartment: asked.compartment.as_deref().map(compartment).transpose()?,
            publisher: asked.publisher,
            language: asked.language,
            since: asked.since.as_deref().map(date).transpose()?,
            until: asked.until.as_deref().map(date).transpose()?,
            text: asked.text,
            newest_first: false,
        };
        let page = Page {
            offset,
            limit: limit as u64 + 1,
        };
        let mut found = bench.view().sources(&filter, page)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = offset + found.len() as u64;
        Ok(Json(SourceList {
            next: more.then(|| cursors.seal("sources", &next.to_string())),
            items: found.iter().map(SourceShape::from).collect(),
        }))
    })
    .await
}

pub(super) fn compartment(name: &str) -> Answer<Compartment> {
    let found = Compartment::ALL.into_iter().find(|one| one.name() == name);
    let words = "A compartment is open, restricted or sealed.";
    found.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, words))
}

fn date(text: &str) -> Answer<PartialDate> {
    let words = "A date is 2013, 2013-03 or 2013-03-21.";
    text.parse()
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, words))
}

/// A source
#[utoipa::path(get, path = "/sources/{id}", tag = "sources",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, body = SourceShape)))]
pub(crate) async fn source(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<SourceShape>> {
    at_bench(app, caller, move |bench| {
        Ok(Json(SourceShape::from(&bench.source(&id)?)))
    })
    .await
}

/// The text of a source.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadingShape {
    /// SHA-256 of the reading, as citations name it.
    sha256: String,
    /// Name and version of the reader.
    reader: String,
    /// Title.
    title: Option<String>,
    /// Language, as a BCP 47 tag.
    language: Option<String>,
    /// The whole text; citations count its characters (Unicode scalar values) from 0.
    text: String,
    /// Its passages.
    passages: Vec<PassageShape>,
}

/// A passage.
#[derive(Serialize, ToSchema)]
pub(crate) struct PassageShape {
    /// Number, from 1.
    number: u32,
    /// First character.
    start: u32,
    /// One past the last.
    end: u32,
    /// `title`, `paragraph`, `quote` …
    #[schema(value_type = String)]
    kind: Value,
    /// Why it is no part of the clean text; null when it is.
    #[schema(value_type = Option<String>)]
    left_out: Value,
}

/// Why a passage was left out, as one text: `navigation`, `repeat-of 7`.
fn left_out(why: Value) -> Value {
    let Value::Object(of) = why else {
        return why;
    };
    let parts = of.iter().map(|(why, at)| format!("{why} {at}"));
    json!(parts.collect::<Vec<_>>().join(", "))
}

/// The text of a source, in numbered passages
#[utoipa::path(get, path = "/sources/{id}/reading", tag = "sources",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, body = ReadingShape)))]
pub(crate) async fn reading(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<ReadingShape>> {
    at_bench(app, caller, move |bench| {
        let info = bench.source(&id)?;
        let reading = bench.reading(&info.id)?;
        let view::ReadState::Read {
            reading: sha256, ..
        } = info.state
        else {
            return Err(Problem::nothing());
        };
        let passages = reading.passages.iter().map(|passage| PassageShape {
            number: passage.number,
            start: passage.span.start,
            end: passage.span.end,
            kind: json!(passage.kind),
            left_out: left_out(json!(passage.left_out)),
        });
        Ok(Json(ReadingShape {
            sha256: sha256.to_string(),
            reader: format!("{}/{}", reading.reader.name, reading.reader.version),
            title: reading.title.map(|title| title.value),
            language: reading.language.map(|language| language.value),
            passages: passages.collect(),
            text: reading.text,
        }))
    })
    .await
}

/// The original of a source, byte for byte, to be saved
#[utoipa::path(get, path = "/sources/{id}/original", tag = "sources",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, description = "The bytes",
        body = Vec<u8>, content_type = "application/octet-stream")))]
pub(crate) async fn original(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Response> {
    at_bench(app, caller, move |bench| {
        let info = bench.source(&id)?;
        if info.source.compartment > Compartment::Open {
            bench.needs_names()?;
        }
        if info.source.bytes > ORIGINAL as u64 {
            let words = "This original is too large to be given at once; `onrecord show ID \
                         --original` writes it to a file.";
            return Err(Problem::unfit(words));
        }
        let entry = info.entry;
        let archive = &bench.open.archive;
        let found = archive.entry(WriterId(entry.writer), entry.index)?;
        let mut bytes = Vec::new();
        let mut blob = archive.blob(&found.entry, 0)?;
        blob.read_to_end(&mut bytes)
            .map_err(|error| Problem::from(archive::Error::Input(error)))?;
        // Never shown by a browser as what it says it is.
        let headers = [
            (CONTENT_TYPE, "application/octet-stream"),
            (CONTENT_DISPOSITION, "attachment; filename=\"original\""),
        ];
        Ok((headers, bytes).into_response())
    })
    .await
}

/// The receipt of a source: a C2SP tlog-proof that it is in the signed log, for public tools
#[utoipa::path(get, path = "/sources/{id}/proof", tag = "integrity",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, description = "The receipt", body = String, content_type = "text/plain")))]
pub(crate) async fn proof(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Response> {
    at_bench(app, caller, move |bench| {
        let entry = bench.source(&id)?.entry;
        let archive = &bench.open.archive;
        let proof = archive.proof(WriterId(entry.writer), entry.index)?;
        Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], proof).into_response())
    })
    .await
}

/// What is said of a source that is added.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Said {
    /// Its file name; its ending helps to tell what it is.
    #[param(min_length = 1, max_length = 4000)]
    name: String,
    /// Who may open it: open, restricted, sealed; open when nothing is said.
    compartment: Option<String>,
    /// Address it came from, or its custodian.
    origin: Option<String>,
    /// Consent under which it may be used.
    consent: Option<String>,
    /// Publisher.
    publisher: Option<String>,
}

/// What came of a source that was sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct AddedShape {
    /// `false` when the same bytes were on record already.
    new: bool,
    /// The source.
    source: SourceShape,
}

/// Add a source: its bytes are the content of the request
///
/// What is answered is durable. The same bytes are on record once: they are answered with 200 and
/// the source that has them, whatever else is said of them.
#[utoipa::path(post, path = "/sources", tag = "sources", params(Said),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "It is on record", body = AddedShape),
        (status = 200, description = "It was on record already", body = AddedShape)))]
pub(crate) async fn add(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(said): Query<Said>,
    request: axum::extract::Request,
) -> Answer<Response> {
    let content = bytes(request).await?;
    at_bench(app, caller, move |bench| put(bench, said, content.to_vec())).await
}

/// The content, if it is what it should be.
async fn bytes(request: axum::extract::Request) -> Answer<Bytes> {
    let form = request.headers().get(CONTENT_TYPE);
    if form.is_none_or(|form| form != "application/octet-stream") {
        let words = "The Content-Type of a source's bytes is application/octet-stream.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, words));
    }
    let content = axum::body::to_bytes(request.into_body(), ORIGINAL).await;
    content.map_err(|_| {
        let words = "A source that is sent has at most 64 MiB; `onrecord add` takes larger ones.";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, words)
    })
}

fn put(bench: &mut Bench<'_>, said: Said, content: Vec<u8>) -> Answer<Response> {
    let words = [
        Some(&said.name),
        said.origin.as_ref(),
        said.consent.as_ref(),
        said.publisher.as_ref(),
    ];
    if words.into_iter().flatten().any(|words| words.len() > WORDS) || said.name.trim().is_empty() {
        return Err(Problem::unfit(
            "A source has a name, and no word of it is longer than 4,000 bytes.",
        ));
    }
    let terms = Terms {
        by: bench.caller.name.clone(),
        compartment: said
            .compartment
            .as_deref()
            .map(compartment)
            .transpose()?
            .unwrap_or_default(),
        origin: said.origin,
        consent: said.consent,
        publisher: said.publisher,
        ..Terms::default()
    };
    let item = Item {
        name: said.name,
        how: "upload",
        bytes: Some(content.len() as u64),
        modified: None,
        content: Content::Bytes(content),
        terms: Arc::new(terms),
        captured: None,
    };
    let open = Arc::clone(bench.open);
    let collector = open.collector(&bench.app.inner.options.readers)?;
    let view = Mutex::new(open.views.lease(&open.archive)?);
    let known = |original: &Sha256Digest| -> Result<Option<SourceId>, collect::NotTold> {
        let view = view.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(view.by_original(original)?)
    };
    let mut came = None;
    bench.write(|_, writer| {
        let on = &mut |event: Event| match event {
            Event::Collected { id, .. } => came = Some(Ok((id, true))),
            Event::Known { id, .. } => came = Some(Ok((id, false))),
            Event::Skipped(skipped) => came = Some(Err(skipped.reason)),
            Event::Signed(_) => {}
        };
        let added = collector.add([Ok(item)].into_iter(), writer, &known, on);
        added.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
    })?;
    let (id, new) = match came {
        Some(Ok(came)) => came,
        Some(Err(why)) => return Err(Problem::unfit(why)),
        None => return Err(Problem::unfit("Nothing came of it.")),
    };
    let source = SourceShape::from(&bench.source(&id.to_string())?);
    let status = if new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(AddedShape { new, source })).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_passage_was_left_out_is_always_a_text() {
        assert_eq!(left_out(json!({ "repeat-of": 7 })), json!("repeat-of 7"));
        assert_eq!(left_out(json!("navigation")), json!("navigation"));
        assert_eq!(left_out(Value::Null), Value::Null);
    }
}
