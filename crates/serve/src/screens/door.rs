//! The door: one-time links, the passphrase, signing in by name, invitations, locking, and how the
//! visitor wants it to look.
//!
//! Invariant: passphrases and passwords are wiped from memory when they were tried, and are never
//! logged or shown. Once several people use the server, the passphrase opens the archive and signs
//! nobody in: what is decided is decided under a person's name.

use super::passkeys;
use crate::accounts::{self, Refused, now};
use crate::answer::{Trouble, page, tell};
use crate::app::App;
use crate::guard::{cookie, is_known, own_path};
use crate::look::Look;
use crate::sessions::{COOKIE, How, Who};
use crate::vault::Open;
use archive::SecretString;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::header::{HeaderName, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use std::time::Duration;
use users::{Act, Password, What};
use web::screens::{JoinPage, UnlockPage};
use web::{Frame, Language, Text, Theme};
use zeroize::Zeroizing;

/// How long a wrong passphrase keeps the door shut.
pub(super) const PAUSE: Duration = Duration::from_secs(1);
/// Has the browser forget what it showed.
const FORGET: (HeaderName, &str) = (HeaderName::from_static("clear-site-data"), "\"cache\"");

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/enter", get(enter))
        .route("/unlock", post(unlock))
        .route("/sign-in", post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/join", get(invitation).post(join))
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
        Some(secret) => begun(&headers, &secret, "/"),
        None if is_known(&app, &headers) => go("/"),
        None => shut(&app, &headers, false, "/".to_owned()),
    }
}

/// Sends a browser on with the session that began.
fn begun(headers: &HeaderMap, secret: &str, to: &str) -> Response {
    let cookie = session_cookie(headers, secret);
    ([(SET_COOKIE, cookie)], go(to)).into_response()
}

/// The cookie of a session; over HTTPS it never leaves in the clear.
pub(super) fn session_cookie(headers: &HeaderMap, secret: &str) -> String {
    let by = headers.get("x-forwarded-proto");
    let secure = match by.is_some_and(|by| by.as_bytes().eq_ignore_ascii_case(b"https")) {
        true => "; Secure",
        false => "",
    };
    format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}")
}

fn go(path: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [(LOCATION, own_path(path).to_owned())],
    )
        .into_response()
}

/// What the door shows beside its forms.
#[derive(Default)]
struct Shown {
    known: bool,
    back: String,
    /// The name that was typed.
    name: String,
    failed: String,
}

/// The page of whoever may see nothing yet.
pub(crate) fn shut(app: &App, headers: &HeaderMap, known: bool, back: String) -> Response {
    let shown = Shown {
        known,
        back,
        ..Shown::default()
    };
    (StatusCode::UNAUTHORIZED, page(&door(app, headers, shown))).into_response()
}

fn door(app: &App, headers: &HeaderMap, shown: Shown) -> UnlockPage {
    let look = Look::of(headers);
    let mut frame = Frame::bare(look.language, look.theme);
    frame.keys_on = look.keys;
    frame.path.clone_from(&shown.back);
    let open = app.inner.vault.get();
    let title = match open {
        Some(_) => frame.text.say("unlock-sign-in"),
        None => frame.text.say("unlock-title"),
    };
    let several = open.is_some_and(|open| open.users().are_several());
    UnlockPage {
        frame: frame.titled(title),
        asks: app.inner.vault.asks(),
        known: shown.known,
        several,
        passkeys: several && passkeys::party(headers).is_some(),
        name: shown.name,
        failed: shown.failed,
        back: shown.back,
    }
}

#[derive(Deserialize)]
struct Passphrase {
    #[serde(default)]
    passphrase: String,
    #[serde(default)]
    back: String,
}

/// Tries a passphrase; the right one opens the archive. It begins a session where one person alone
/// uses the server.
async fn unlock(
    State(app): State<App>,
    headers: HeaderMap,
    Form(given): Form<Passphrase>,
) -> Response {
    let known = is_known(&app, &headers);
    let asks = app.inner.vault.asks();
    let back = own_path(&given.back).to_owned();
    let passphrase = SecretString::from(given.passphrase);
    if !asks && !known {
        // Keys without a passphrase open nothing for a stranger.
        return shut(&app, &headers, known, back);
    }
    let (inside, look) = (app.clone(), Look::of(&headers));
    let tried = tokio::task::spawn_blocking(move || {
        try_passphrase(&inside, asks.then_some(passphrase), known, look)
    });
    let words = || Text::of(look.language).say("message-failed-why");
    let tried = tried.await;
    let (status, failed) = match tried.unwrap_or_else(|_| Err((StatusCode::UNAUTHORIZED, words())))
    {
        Ok(()) => {
            let open = app.inner.vault.get();
            let several = open.is_some_and(|open| open.users().are_several());
            if known || several {
                return go(&back);
            }
            let secret = app.inner.sessions.begin(Who::Keeper, How::Passphrase);
            return begun(&headers, &secret, &back);
        }
        Err(failed) => failed,
    };
    let shown = Shown {
        known,
        back,
        failed,
        ..Shown::default()
    };
    (status, page(&door(&app, &headers, shown))).into_response()
}

/// Tries a passphrase, one at a time, and slower with every wrong one; a stranger who gets it wrong
/// makes strangers wait, not whoever has a session. Else the status and the words of why not.
fn try_passphrase(
    app: &App,
    passphrase: Option<SecretString>,
    known: bool,
    look: Look,
) -> Result<(), (StatusCode, String)> {
    let unlocking = &app.inner.unlocking;
    let who = if known { "known" } else { "stranger" };
    let too_many = |seconds| {
        let words = refusal(&Refused::Wait(seconds), Text::of(look.language));
        (StatusCode::TOO_MANY_REQUESTS, words)
    };
    let slowed = || match unlocking.wait(who) {
        Some(wait) => Err(too_many(wait.as_secs().max(1))),
        None => Ok(()),
    };
    slowed()?;
    let _turn = unlocking.turn().ok_or_else(|| too_many(2))?;
    // Whoever came at the same moment may have got it wrong meanwhile.
    slowed()?;
    match app.inner.vault.try_passphrase(passphrase) {
        Ok(()) => {
            unlocking.worked(who);
            Ok(())
        }
        Err(error) => {
            std::thread::sleep(PAUSE);
            unlocking.failed(who);
            Err((StatusCode::UNAUTHORIZED, explain(&error, look)))
        }
    }
}

pub(super) fn explain(error: &crate::VaultError, look: Look) -> String {
    match error {
        crate::VaultError::Archive(archive::Error::WrongPassphrase) => {
            Text::of(look.language).say("unlock-wrong")
        }
        other => other.to_string(),
    }
}

#[derive(Deserialize)]
struct Credentials {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    back: String,
}

/// Lets a person in by name, password and, where it is asked for, a code.
async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Form(given): Form<Credentials>,
) -> Response {
    let back = own_path(&given.back).to_owned();
    let (password, code) = (Zeroizing::new(given.password), Zeroizing::new(given.code));
    let (inside, name) = (app.clone(), given.name.clone());
    let tried =
        tokio::task::spawn_blocking(move || accounts::sign_in(&inside, &name, &password, &code));
    let tried = tried
        .await
        .unwrap_or_else(|_| Err(Refused::Failed("the work broke off".to_owned())));
    let refused = match tried {
        Ok(secret) => return begun(&headers, &secret, &back),
        Err(refused) => refused,
    };
    let shown = Shown {
        back,
        name: given.name,
        failed: refusal(&refused, Text::of(Look::of(&headers).language)),
        ..Shown::default()
    };
    let status = match refused {
        Refused::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNAUTHORIZED,
    };
    (status, page(&door(&app, &headers, shown))).into_response()
}

/// Why somebody was not let in, in words.
pub(super) fn refusal(refused: &Refused, text: Text) -> String {
    match refused {
        Refused::Locked => text.say("unlock-title"),
        Refused::Wait(seconds) => text.number("unlock-wait", *seconds),
        Refused::Wrong => text.say("unlock-not-let-in"),
        Refused::Passkey(why) | Refused::Failed(why) => why.clone(),
    }
}

/// Ends the session that asks.
async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(secret) = cookie(&headers, COOKIE) {
        app.inner.sessions.end_own(secret);
    }
    ([(FORGET.0, FORGET.1)], go("/")).into_response()
}

#[derive(Deserialize)]
struct Invited {
    #[serde(default)]
    code: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
}

/// The page on which an invitation is taken up.
async fn invitation(
    State(app): State<App>,
    headers: HeaderMap,
    Query(given): Query<Invited>,
) -> Response {
    join_page(&app, &headers, given.code, String::new())
}

fn join_page(app: &App, headers: &HeaderMap, code: String, failed: String) -> Response {
    let look = Look::of(headers);
    let Some(open) = app.inner.vault.get() else {
        return shut(app, headers, false, "/".to_owned());
    };
    let users = open.users();
    let Some(user) = users.invited(&code, now()) else {
        let why = users::Error::NotInvited.to_string();
        return tell(&Trouble::NotUnderstood(why), look, "");
    };
    let frame = Frame::bare(look.language, look.theme);
    let title = frame.text.say("unlock-join");
    page(&JoinPage {
        frame: frame.titled(title),
        name: user.name().to_owned(),
        code,
        failed,
    })
}

/// Takes an invitation up: the person's own password, and a first session.
async fn join(State(app): State<App>, headers: HeaderMap, Form(given): Form<Invited>) -> Response {
    let text = Text::of(Look::of(&headers).language);
    let (new, again) = (Zeroizing::new(given.new), Zeroizing::new(given.again));
    if *new != *again {
        return join_page(&app, &headers, given.code, text.say("settings-not-same"));
    }
    let Some(open) = app.inner.vault.get() else {
        return shut(&app, &headers, false, "/".to_owned());
    };
    let (inside, code) = (app.clone(), given.code.clone());
    let joined = tokio::task::spawn_blocking(move || take_up(&inside, &open, &code, &new));
    match joined.await {
        Ok(Ok(secret)) => begun(&headers, &secret, "/"),
        Ok(Err(why)) => join_page(&app, &headers, given.code, why),
        Err(_) => join_page(&app, &headers, given.code, text.say("message-failed-why")),
    }
}

fn take_up(app: &App, open: &Open, code: &str, new: &str) -> Result<String, String> {
    let name = match open.users().invited(code, now()) {
        Some(user) => user.name().to_owned(),
        None => return Err(users::Error::NotInvited.to_string()),
    };
    let turn = app.inner.attempts.turn();
    let _turn = turn.ok_or("Too many are signing in; try again in a moment.")?;
    let password = Password::new(new).map_err(|error| error.to_string())?;
    let act = Act {
        by: name.clone(),
        about: name,
        what: What::Joined,
    };
    let joined = open.change_users(|users| users.join(code, password, now()), |_| Some(act));
    let user = joined.map_err(|error| error.to_string())?;
    Ok(app.inner.sessions.begin(Who::User(user), How::Password))
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
