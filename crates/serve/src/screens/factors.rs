//! Second factors of the person who asks: an authenticator with its recovery codes.
//!
//! Invariant: each change takes the person's password. A secret for an authenticator and recovery
//! codes are shown once.

use super::settings::{Pairs, Wiped, act, done, drop_passkeys, secured, with_password};
use crate::accounts::now;
use crate::answer::{Answer, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::extract::Form;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use users::{UserId, Users, What};
use web::qr::Qr;
use web::screens::CodePage;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings/code", get(code).post(confirm))
        .route("/settings/code/remove", post(remove))
        .route("/settings/passkeys/remove", post(remove_passkeys))
}

/// The page on which an authenticator is set up.
async fn code(visitor: Visitor) -> Response {
    visitor
        .respond(|desk| match desk.visitor.caller.user {
            Some(user) => Ok(page(&code_page(desk, user, String::new())?)),
            None => Ok(Redirect::to("/settings").into_response()),
        })
        .await
}

fn code_page(desk: &Desk<'_>, user: UserId, failed: String) -> Answer<CodePage> {
    let text = desk.text();
    let app = &desk.visitor.app.inner;
    let secret = app.asked.secret(user);
    let uri = secret.uri(&format!("onrecord {}", app.options.name), desk.operator());
    let typed = secret.typed();
    let groups = typed.as_bytes().chunks(4);
    let groups: Vec<&str> = groups
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    Ok(CodePage {
        frame: desk.frame("settings", text.say("settings-code"))?,
        picture: Qr::of(&uri),
        typed: groups.join(" "),
        codes: Vec::new(),
        failed,
    })
}

/// Takes the authenticator once it has shown a right code; gives recovery codes.
async fn confirm(visitor: Visitor, Form(given): Form<Pairs>) -> Response {
    let given = Wiped::of(given);
    visitor
        .respond(move |desk| {
            let Some(user) = desk.visitor.caller.user else {
                return Ok(Redirect::to("/settings").into_response());
            };
            let asked = &desk.visitor.app.inner.asked;
            let mut codes = Vec::new();
            let told = with_password(desk, &given.old, |user| {
                let secret = asked.secret(user);
                let change = |users: &mut Users| users.add_code(user, secret, &given.code, now());
                codes = act(desk, What::CodeAdded, change)?;
                Ok(done(String::new()))
            })?;
            if codes.is_empty() {
                return Ok(page(&code_page(desk, user, told.failed)?));
            }
            asked.forget(user);
            let text = desk.text();
            Ok(page(&CodePage {
                frame: desk.frame("settings", text.say("settings-recovery"))?,
                picture: None,
                typed: String::new(),
                codes: codes.iter().map(|code| code.to_string()).collect(),
                failed: String::new(),
            }))
        })
        .await
}

/// Asks for no codes any more.
async fn remove(visitor: Visitor, headers: HeaderMap, Form(given): Form<Pairs>) -> Response {
    let work = |desk: &Desk<'_>, user: UserId, _: &Wiped| {
        act(desk, What::CodeRemoved, |users| users.remove_code(user))?;
        Ok(done(desk.text().say("settings-code-removed")))
    };
    secured(visitor, headers, given, work).await
}

/// Takes the passkeys away that were ticked.
async fn remove_passkeys(
    visitor: Visitor,
    headers: HeaderMap,
    Form(given): Form<Pairs>,
) -> Response {
    let work = |desk: &Desk<'_>, user: UserId, given: &Wiped| {
        drop_passkeys(desk, user, &given.ids)?;
        Ok(done(String::new()))
    };
    secured(visitor, headers, given, work).await
}
