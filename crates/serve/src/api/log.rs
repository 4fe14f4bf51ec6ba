//! The ledger in the clear, and verifying it.

use super::bench::{Answer, at_bench};
use super::input::{Path, Query, limit};
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::lines::Line;
use archive::{Severity, VerifyOptions, WriterId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the log goes on, as the list before said.
    cursor: Option<String>,
}

/// Some entries.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryList {
    /// They, log by log.
    items: Vec<EntryShape>,
    /// The cursor behind the last; null at the end.
    next: Option<String>,
}

/// What of an entry stands in the clear.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntryShape {
    /// Whose log.
    writer: String,
    /// Index in it, from 0.
    index: u64,
    /// Number of its kind, as docs/formats/archive.md names it.
    kind: u64,
    /// Milliseconds since 1970, by the device's clock.
    at: u64,
    /// The source it is about.
    subject: Option<String>,
    /// Who may open it.
    compartment: Option<&'static str>,
}

impl From<&Line> for EntryShape {
    fn from(line: &Line) -> Self {
        Self {
            writer: line.writer.to_string(),
            index: line.index,
            kind: line.kind.code(),
            at: line.clock,
            subject: line.subject.map(|source| source.to_string()),
            compartment: line.compartment.map(|of| of.name()),
        }
    }
}

/// The entries of the ledger, as anyone with a copy can read them
#[utoipa::path(get, path = "/log", tag = "integrity", params(Asked), responses((status = 200, body = EntryList)))]
pub(crate) async fn log(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Json<EntryList>> {
    let limit = limit(asked.limit)?;
    at_bench(app, caller, move |bench| {
        let cursors = &bench.app.inner.api.cursors;
        let mut at = match &asked.cursor {
            Some(cursor) => cursors.open("log", cursor)?.parse().unwrap_or_default(),
            None => view::Position::default(),
        };
        let since = at.0.iter().map(|(writer, size)| (WriterId(*writer), *size));
        let since = archive::Position(since.collect());
        let mut items = Vec::new();
        let mut more = false;
        for found in bench.open.archive.entries(&since) {
            let found = found?;
            if items.len() == limit {
                more = true;
                break;
            }
            at.0.insert(found.writer.0, found.index + 1);
            items.push(EntryShape::from(&Line::from(found)));
        }
        Ok(Json(EntryList {
            items,
            next: more.then(|| cursors.seal("log", &at.to_string())),
        }))
    })
    .await
}

/// Everything that the ledger says of a source, oldest first: how it was collected, read, decided
#[utoipa::path(get, path = "/sources/{id}/custody", tag = "integrity",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, body = EntryList)))]
pub(crate) async fn custody(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<EntryList>> {
    at_bench(app, caller, move |bench| {
        let source = bench.source(&id)?.id;
        let lines = bench.open.lines.of(&bench.open.archive)?;
        let about = lines.iter().filter(|line| line.subject == Some(source));
        Ok(Json(EntryList {
            items: about.map(EntryShape::from).collect(),
            next: None,
        }))
    })
    .await
}

/// Lock the archive for everybody, at once; the passphrase opens it again
#[utoipa::path(post, path = "/lock", tag = "integrity",
    responses((status = 204, description = "It is locked")))]
pub(crate) async fn lock(State(app): State<App>) -> StatusCode {
    app.inner.vault.lock();
    StatusCode::NO_CONTENT
}

/// What verifying found.
#[derive(Serialize, ToSchema)]
pub(crate) struct VerifiedShape {
    /// Whether nothing is damaged.
    sound: bool,
    /// Entries that were checked.
    entries: u64,
    /// Sources.
    sources: u64,
    /// Bytes.
    bytes: u64,
    /// Quotes that stand at their place.
    citations: u64,
    /// What was found.
    findings: Vec<FindingShape>,
}

/// Something that is not as it should be, or should be known.
#[derive(Serialize, ToSchema)]
pub(crate) struct FindingShape {
    /// `damage`, `warning` or `note`.
    severity: &'static str,
    /// The object.
    object: String,
    /// What is the matter.
    what: String,
    /// What it means.
    meaning: String,
}

/// Check every byte, signature and citation now; takes as long as reading the archive does
#[utoipa::path(post, path = "/verifications", tag = "integrity",
    responses((status = 201, description = "What was found", body = VerifiedShape)))]
pub(crate) async fn verify(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<(StatusCode, Json<VerifiedShape>)> {
    at_bench(app, caller, |bench| {
        let archive = &bench.open.archive;
        let checker = collect::Checker::new(archive);
        let check = |found: &archive::LogEntry| checker.check(found);
        let options = VerifyOptions {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            seen_heads: bench
                .open
                .device
                .heads(archive.id())
                .map_err(Problem::from)?,
            check: Some(&check),
        };
        let report = archive.verify(&options, &mut |_| {});
        let findings = report.findings.iter().map(|finding| FindingShape {
            severity: match finding.severity {
                Severity::Damage => "damage",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            object: finding.object.clone(),
            what: finding.what.clone(),
            meaning: finding.meaning.clone(),
        });
        let verified = VerifiedShape {
            sound: report.is_sound(),
            entries: report.entries,
            sources: report.sources,
            bytes: report.bytes,
            citations: checker.citations(),
            findings: findings.collect(),
        };
        Ok((StatusCode::CREATED, Json(verified)))
    })
    .await
}
