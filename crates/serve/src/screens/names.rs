//! Whether names of protected persons can be read: asked for with a reason, on record, for a while.

use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::guard::own_path;
use crate::masking::{MINUTES, session_of};
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use collect::Note;
use serde::Deserialize;
use std::sync::PoisonError;
use web::screens::MaskedPage;

/// Longest reason, in characters.
pub(super) const REASON: usize = 1_000;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/masked", get(asked).post(change))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// Where to go back to.
    back: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Sent {
    back: String,
    /// `1` to see names, else to mask them again.
    see: String,
    reason: String,
}

async fn asked(
    visitor: Visitor,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let Query(asked) = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &headers, &asked.back, false)
        })
        .await
}

fn fill(desk: &Desk<'_>, headers: &HeaderMap, back: &str, missing: bool) -> Answer<MaskedPage> {
    let text = desk.text();
    let masking = &desk.open.masking;
    Ok(MaskedPage {
        frame: desk.frame("settings", text.say("masked-title"))?,
        back: own_path(back).to_owned(),
        is_anybody: !masking.mask(desk.open)?.is_empty(),
        sees: masking.sees(&session_of(headers)),
        minutes: MINUTES,
        missing,
    })
}

async fn change(
    visitor: Visitor,
    headers: HeaderMap,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Form(sent) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let reason: String = sent.reason.trim().chars().take(REASON).collect();
            let sees = sent.see == "1";
            if sees && reason.is_empty() {
                let shown = fill(desk, &headers, &sent.back, true)?;
                return Ok((StatusCode::CONFLICT, page(&shown)).into_response());
            }
            if sees {
                let shown = Note::NamesShown {
                    by: desk.operator().to_owned(),
                    reason,
                    minutes: MINUTES,
                };
                note(desk, &shown)?;
            }
            desk.open.masking.let_see(session_of(&headers), sees);
            Ok(Redirect::to(own_path(&sent.back)).into_response())
        })
        .await
}

/// Puts a note on record, before what it tells of is done.
pub(super) fn note(desk: &Desk<'_>, note: &Note) -> Answer<()> {
    let open = desk.open;
    {
        let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut writer, _) = open.archive.writer(&open.device)?;
        let put = collect::put_note(&mut writer, note);
        put.map_err(|error| Trouble::Failed(error.to_string()))?;
    }
    Ok(open.archive.refresh()?)
}
