//! Settings: the passphrase of this device, the sessions.
//!
//! Invariant: passphrases are wiped from memory when they were used, and are never logged or shown.

use super::door;
use crate::answer::Answer;
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::guard::cookie;
use crate::sessions::COOKIE;
use archive::SecretString;
use axum::Router;
use axum::extract::Form;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use web::screens::{SessionRow, SettingsPage};
use zeroize::Zeroizing;

/// Least characters of a new passphrase.
const LEAST: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(settings))
        .route("/settings/passphrase", post(passphrase))
        .route("/settings/sessions", post(end_others))
}

/// What came of a change, or why it was not made: keys of words, or the program's words.
#[derive(Default)]
struct Told {
    done: String,
    failed: String,
}

async fn settings(visitor: Visitor, headers: HeaderMap) -> Response {
    let own = own(&headers);
    visitor
        .at_desk(move |desk| fill(desk, &own, Told::default()))
        .await
}

/// The secret of the session that asks.
fn own(headers: &HeaderMap) -> Zeroizing<String> {
    Zeroizing::new(cookie(headers, COOKIE).unwrap_or_default().to_owned())
}

fn fill(desk: &Desk<'_>, own: &str, told: Told) -> Answer<SettingsPage> {
    let text = desk.text();
    let app = &desk.visitor.app.inner;
    let sessions = app.sessions.list(own);
    let sessions = sessions.into_iter().map(|(age, this)| SessionRow {
        began: text.number("settings-began", age.as_secs() / 60),
        this,
    });
    Ok(SettingsPage {
        frame: desk.frame("settings", text.say("settings-title"))?,
        operator: desk.operator().to_owned(),
        writer: desk
            .open
            .device
            .writer_id(desk.open.archive.id())
            .to_string(),
        idle: text.digits(app.options.idle.as_secs() / 60),
        protected: app.vault.asks(),
        sessions: sessions.collect(),
        done: told.done,
        failed: told.failed,
    })
}

#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

async fn passphrase(visitor: Visitor, headers: HeaderMap, Form(given): Form<Change>) -> Response {
    let own = own(&headers);
    let again = Zeroizing::new(given.again);
    let new = Zeroizing::new(given.new);
    let old = SecretString::from(given.old);
    visitor
        .at_desk(move |desk| {
            let told = change(desk, old, &new, &again);
            fill(desk, &own, told)
        })
        .await
}

fn change(desk: &Desk<'_>, old: SecretString, new: &str, again: &str) -> Told {
    let text = desk.text();
    let failed = |failed: String| Told {
        failed,
        ..Told::default()
    };
    if new != again {
        return failed(text.say("settings-not-same"));
    }
    if new.chars().count() < LEAST {
        return failed(text.number("settings-short", LEAST));
    }
    let vault = &desk.visitor.app.inner.vault;
    match vault.change_passphrase(old, SecretString::from(new.to_owned())) {
        Ok(()) => Told {
            done: text.say("settings-changed"),
            ..Told::default()
        },
        Err(error) => {
            // As at the door: whoever tries has to wait.
            std::thread::sleep(door::PAUSE);
            failed(door::explain(&error, desk.visitor.look))
        }
    }
}

async fn end_others(visitor: Visitor, headers: HeaderMap) -> Response {
    let own = own(&headers);
    visitor
        .at_desk(move |desk| {
            let ended = desk.visitor.app.inner.sessions.end_others(&own);
            let told = Told {
                done: desk.text().number("settings-ended", ended),
                ..Told::default()
            };
            fill(desk, &own, told)
        })
        .await
}
