//! Whether names of protected persons can be read: asked for with a reason, on record, for a while.

use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::guard::own_path;
use crate::masking::{MINUTES, session_of};
use crate::seeing::{self, Asking, Unseen};
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use web::screens::MaskedPage;

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
            let asking = Asking {
                session: session_of(&headers),
                caller: &desk.visitor.caller,
                see: sent.see == "1",
                reason: &sent.reason,
            };
            match seeing::names(desk.open, &asking) {
                Ok(()) => {}
                Err(Unseen::NoReason) => {
                    let shown = fill(desk, &headers, &sent.back, true)?;
                    return Ok((StatusCode::CONFLICT, page(&shown)).into_response());
                }
                Err(error) => return Err(Trouble::Failed(error.to_string())),
            }
            Ok(Redirect::to(own_path(&sent.back)).into_response())
        })
        .await
}
