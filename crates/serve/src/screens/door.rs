//! The door: one-time links, the passphrase, locking, and how the visitor wants it to look.
//!
//! Invariant: the passphrase is wiped from memory when it was tried, and is never logged or shown.

use crate::answer::page;
use crate::app::App;
use crate::guard::{is_known, own_path};
use crate::look::Look;
use crate::sessions::COOKIE;
use archive::SecretString;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::header::{HeaderName, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::time::Duration;
use web::screens::UnlockPage;
use web::{Frame, Language, Theme};

/// How long a wrong passphrase keeps the door shut.
pub(super) const PAUSE: Duration = Duration::from_secs(1);
/// Has the browser forget what it showed.
const FORGET: (HeaderName, &str) = (HeaderName::from_static("clear-site-data"), "\"cache\"");

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/enter", get(enter))
        .route("/unlock", post(unlock))
        .route("/lock", post(lock))
        .route("/look", post(look))
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    link: String,
}

/// Follows a one-time link.
async fn enter(State(app): State<App>, headers: HeaderMap, Query(given): Query<Link>) -> Response {
    match app.inner.sessions.enter(&given.link) {
        Some(secret) => (
            StatusCode::SEE_OTHER,
            [
                (SET_COOKIE, session_cookie(&secret)),
                (LOCATION, "/".to_owned()),
            ],
        )
            .into_response(),
        None if is_known(&app, &headers) => go("/"),
        None => shut(&app, &Look::of(&headers), false, "/".to_owned()),
    }
}

fn session_cookie(secret: &str) -> String {
    format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict")
}

fn go(path: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [(LOCATION, own_path(path).to_owned())],
    )
        .into_response()
}

/// The page of whoever may see nothing yet.
pub(crate) fn shut(app: &App, look: &Look, known: bool, back: String) -> Response {
    let shown = door(app, look, known, back, String::new());
    (StatusCode::UNAUTHORIZED, page(&shown)).into_response()
}

fn door(app: &App, look: &Look, known: bool, back: String, failed: String) -> UnlockPage {
    let mut frame = Frame::bare(look.language, look.theme);
    frame.keys_on = look.keys;
    frame.path.clone_from(&back);
    let title = match app.inner.vault.get() {
        Some(_) => frame.text.say("unlock-sign-in"),
        None => frame.text.say("unlock-title"),
    };
    UnlockPage {
        frame: frame.titled(title),
        asks: app.inner.vault.asks(),
        known,
        failed,
        back,
    }
}

#[derive(Deserialize)]
struct Passphrase {
    #[serde(default)]
    passphrase: String,
    #[serde(default)]
    back: String,
}

/// Tries a passphrase; the right one opens the archive and begins a session.
async fn unlock(
    State(app): State<App>,
    headers: HeaderMap,
    Form(given): Form<Passphrase>,
) -> Response {
    let look = Look::of(&headers);
    let known = is_known(&app, &headers);
    let asks = app.inner.vault.asks();
    let back = own_path(&given.back).to_owned();
    let passphrase = SecretString::from(given.passphrase);
    if !asks && !known {
        // Keys without a passphrase open nothing for a stranger.
        return shut(&app, &look, known, back);
    }
    let vault = app.clone();
    let tried = tokio::task::spawn_blocking(move || {
        let tried = vault.inner.vault.try_passphrase(asks.then_some(passphrase));
        if tried.is_err() {
            std::thread::sleep(PAUSE);
        }
        tried
    });
    let why = match tried.await {
        Ok(Ok(())) => {
            let mut response = go(&back);
            let cookie = session_cookie(&app.inner.sessions.begin());
            if let (false, Ok(cookie)) = (known, cookie.parse()) {
                response.headers_mut().insert(SET_COOKIE, cookie);
            }
            return response;
        }
        Ok(Err(error)) => explain(&error, look),
        Err(_) => web::Text::of(look.language).say("message-failed-why"),
    };
    let shown = door(&app, &look, known, back, why);
    (StatusCode::UNAUTHORIZED, page(&shown)).into_response()
}

pub(super) fn explain(error: &crate::VaultError, look: Look) -> String {
    match error {
        crate::VaultError::Archive(archive::Error::WrongPassphrase) => {
            web::Text::of(look.language).say("unlock-wrong")
        }
        other => other.to_string(),
    }
}

/// Locks the archive for everybody.
async fn lock(State(app): State<App>) -> Response {
    app.inner.vault.lock();
    (
        StatusCode::SEE_OTHER,
        [(FORGET.0, FORGET.1), (LOCATION, "/")],
    )
        .into_response()
}

#[derive(Deserialize)]
struct Wishes {
    language: Option<String>,
    theme: Option<String>,
    keys: Option<String>,
    #[serde(default)]
    back: String,
}

/// Keeps how the visitor wants it to look.
async fn look(headers: HeaderMap, Form(wishes): Form<Wishes>) -> Response {
    let mut look = Look::of(&headers);
    let language = wishes.language.as_deref().and_then(Language::from_tag);
    look.language = language.unwrap_or(look.language);
    let theme = wishes.theme.as_deref().and_then(Theme::from_name);
    look.theme = theme.unwrap_or(look.theme);
    look.keys = wishes.keys.map_or(look.keys, |keys| keys == "on");
    (
        StatusCode::SEE_OTHER,
        [
            (SET_COOKIE, look.cookie()),
            (LOCATION, own_path(&wishes.back).to_owned()),
        ],
    )
        .into_response()
}
