//! Who am I, and how much is there.

use super::bench::{Answer, at_bench};
use super::shapes::RoleShape;
use super::who::Caller;
use crate::app::App;
use axum::extract::State;
use axum::{Extension, Json};
use serde::Serialize;
use std::collections::BTreeMap;
use users::Role;
use utoipa::ToSchema;

/// Who asks.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// The name that is kept with what they add and decide.
    name: String,
    /// What they may.
    #[schema(value_type = RoleShape)]
    role: Role,
}

/// Who the caller is, and what they may
#[utoipa::path(get, path = "/me", tag = "archive", responses((status = 200, body = Me)))]
pub(crate) async fn me(Extension(caller): Extension<Caller>) -> Json<Me> {
    Json(Me {
        name: caller.name,
        role: caller.role,
    })
}

/// How much an archive holds.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArchiveShape {
    /// Its id.
    id: String,
    /// Its name on this machine.
    name: String,
    /// Sources that this device can open.
    sources: u64,
    /// Of them, those that have a reading.
    read: u64,
    /// Those that could not be read.
    unread: u64,
    /// Sources that this device holds no key for.
    locked: u64,
    /// Sources whose key was destroyed.
    erased: u64,
    /// Passages of clean text.
    passages: u64,
    /// Records by kind and status.
    records: BTreeMap<String, BTreeMap<String, u64>>,
    /// Sources by language.
    languages: BTreeMap<String, u64>,
    /// Sources by compartment.
    compartments: BTreeMap<String, u64>,
    /// The signed heads of the logs.
    heads: Vec<HeadShape>,
}

/// The head of a log.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeadShape {
    /// Whose.
    writer: String,
    /// Entries in it.
    size: u64,
    /// Root of its tree, in base64.
    root: String,
}

/// How much is on record
#[utoipa::path(get, path = "/archive", tag = "archive", responses((status = 200, body = ArchiveShape)))]
pub(crate) async fn archive(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<ArchiveShape>> {
    at_bench(app, caller, |bench| {
        let counts = bench.view().status()?;
        let archive = &bench.open.archive;
        let records = counts.records.iter().map(|(kind, by)| {
            let by = by
                .iter()
                .map(|(status, of)| (status.name().to_owned(), *of));
            (kind.name().to_owned(), by.collect())
        });
        let compartments = counts.compartments.iter();
        let compartments = compartments.map(|(one, number)| (one.name().to_owned(), *number));
        let heads = archive.heads().into_iter().map(|head| HeadShape {
            writer: head.writer.to_string(),
            size: head.size,
            root: head.root.to_string(),
        });
        Ok(Json(ArchiveShape {
            id: archive.id().to_string(),
            name: bench.app.inner.options.name.clone(),
            sources: counts.sources,
            read: counts.read,
            unread: counts.unread,
            locked: counts.locked,
            erased: counts.erased,
            passages: counts.passages,
            records: records.collect(),
            compartments: compartments.collect(),
            languages: counts.languages,
            heads: heads.collect(),
        }))
    })
    .await
}
