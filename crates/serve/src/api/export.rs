//! Everything on record as JSON Lines, sent while it is read: sources and records with their
//! citations, as `onrecord export` writes them.
//!
//! Invariant: memory stays bounded whatever the archive holds, and whoever stops reading stops the
//! work. The last line says that nothing is missing.

use super::bench::{Answer, needs_names};
use super::input::Query;
use super::problem::Problem;
use super::sources::compartment;
use super::who::Caller;
use crate::app::App;
use crate::vault::Open;
use assemble::json;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use model::Compartment;
use serde::Deserialize;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};
use utoipa::IntoParams;
use view::{ReadState, RecordFilter, SourceFilter, SourceInfo, View, reading_at};

/// Lines that wait to be sent.
const WAITING: usize = 64;

/// What is left out.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// The narrowest compartment to include: open, restricted, sealed; open when nothing is said.
    up_to: Option<String>,
}

type Sent = Result<Bytes, std::io::Error>;

/// Every source and record, one JSON object a line, with a last line of kind `end`
#[utoipa::path(get, path = "/export", tag = "sources", params(Asked),
    responses((status = 200, description = "The lines", body = String,
        content_type = "application/jsonl")))]
pub(crate) async fn export(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    needs_names(&caller)?;
    let up_to = asked.up_to.as_deref().map(compartment).transpose()?;
    let up_to = up_to.unwrap_or_default();
    let locked = || Problem::new(StatusCode::LOCKED, "Unlock the archive in the browser.");
    let open = app.inner.vault.get().ok_or_else(locked)?;
    let vault = app.clone();
    // Who locks means it: what is under way ends with the source that is being sent.
    let is_open = move |open: &Arc<Open>| {
        let now = vault.inner.vault.get();
        now.is_some_and(|now| Arc::ptr_eq(&now, open))
    };
    let (sender, mut receiver) = channel::<Sent>(WAITING);
    tokio::task::spawn_blocking(move || {
        if let Err(why) = write(&open, up_to, &sender, &is_open) {
            // What was sent ends without its last line; the connection breaks off.
            let _ = sender.blocking_send(Err(std::io::Error::other(why)));
        }
    });
    let lines = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
    let form = [(CONTENT_TYPE, "application/jsonl")];
    Ok((form, Body::from_stream(lines)).into_response())
}

fn write(
    open: &Arc<Open>,
    up_to: Compartment,
    to: &Sender<Sent>,
    is_open: &dyn Fn(&Arc<Open>) -> bool,
) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    open.look().map_err(|error| failed(&error))?;
    let view = open
        .views
        .lease(&open.archive)
        .map_err(|error| failed(&error))?;
    let (mut sources, mut withheld, mut trouble) = (0_u64, 0_u64, None);
    view.each_source(&SourceFilter::default(), &mut |info| {
        if !is_open(open) {
            trouble = Some("the archive was locked".to_owned());
            return ControlFlow::Break(());
        }
        if info.source.compartment > up_to {
            withheld += 1;
            return ControlFlow::Continue(());
        }
        sources += 1;
        match one(open, &view, &info, to) {
            Ok(flow) => flow,
            Err(why) => {
                trouble = Some(why);
                ControlFlow::Break(())
            }
        }
    })
    .map_err(|error| failed(&error))?;
    if let Some(why) = trouble {
        return Err(why);
    }
    let _ = line(
        to,
        &json!({"kind": "end", "sources": sources, "withheld": withheld}),
    );
    Ok(())
}

/// A source and its records; breaks off when nobody reads any more.
fn one(
    open: &Open,
    view: &View,
    info: &SourceInfo,
    to: &Sender<Sent>,
) -> Result<ControlFlow<()>, String> {
    let reading = match &info.state {
        ReadState::Read { entry, .. } => {
            let reading = reading_at(&open.archive, entry);
            Some(reading.map_err(|error| error.to_string())?)
        }
        ReadState::Waiting | ReadState::Unread { .. } => None,
    };
    if line(to, &json::exported_source(info, reading.as_ref())).is_break() {
        return Ok(ControlFlow::Break(()));
    }
    let map = reading.as_ref().map(|reading| &reading.map);
    let filter = RecordFilter {
        source: Some(info.id),
        ..RecordFilter::default()
    };
    let mut flow = ControlFlow::Continue(());
    view.records(&filter, &mut |record| {
        flow = line(to, &json::record(&record, Some(info), map));
        flow
    })
    .map_err(|error| error.to_string())?;
    Ok(flow)
}

fn line(to: &Sender<Sent>, value: &Value) -> ControlFlow<()> {
    match to.blocking_send(Ok(Bytes::from(format!("{value}\n")))) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}
