//! Passkeys: asked for and answered by a small script, as JSON; pages do without.
//!
//! Invariant: a challenge is answered once, and only for what it was asked.

use super::door::{refusal, session_cookie};
use crate::accounts::{self, AccountError, Refused};
use crate::app::App;
use crate::asked::Purpose;
use crate::guard::Caller;
use crate::look::Look;
use axum::extract::State;
use axum::http::header::{HOST, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Extension, Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use users::passkey::{Made, Party, Passkey, Signed};
use users::{Act, What};
use web::Text;
use zeroize::Zeroizing;

/// Longest name of a passkey, in characters.
const NAME: usize = 60;
/// Milliseconds that the browser waits for the person.
const PATIENCE: u32 = 120_000;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/passkey/ask", post(ask))
        .route("/passkey/answer", post(answer))
        .route("/settings/passkeys/ask", post(ask_for_new))
        .route("/settings/passkeys", post(register))
}

/// Where passkeys hold for whoever asks; `None` at an address where browsers allow none.
pub(super) fn party(headers: &HeaderMap) -> Option<Party> {
    Party::of(headers.get(HOST)?.to_str().ok()?)
}

fn problem(status: StatusCode, why: impl Into<String>) -> Response {
    (status, Json(json!({"failed": why.into()}))).into_response()
}

fn nowhere() -> Response {
    let why = "Browsers allow passkeys at a name over HTTPS or at localhost, not at a bare number.";
    problem(StatusCode::BAD_REQUEST, why)
}

/// A challenge to sign in with.
async fn ask(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(party) = party(&headers) else {
        return nowhere();
    };
    Json(json!({
        "challenge": app.inner.asked.challenge(Purpose::SignIn),
        "rpId": party.id,
        "userVerification": "required",
        "timeout": PATIENCE,
    }))
    .into_response()
}

/// What the browser answers.
#[derive(Deserialize)]
struct Answered {
    challenge: String,
    #[serde(flatten)]
    signed: Signed,
}

/// Signs a person in by a passkey.
async fn answer(
    State(app): State<App>,
    headers: HeaderMap,
    Json(given): Json<Answered>,
) -> Response {
    let Some(party) = party(&headers) else {
        return nowhere();
    };
    if !app.inner.asked.take(&given.challenge, Purpose::SignIn) {
        return problem(StatusCode::UNAUTHORIZED, "This took too long; try again.");
    }
    let tried = tokio::task::spawn_blocking(move || {
        accounts::sign_in_by_passkey(&app, &given.signed, &given.challenge, &party)
    });
    let tried = tried
        .await
        .unwrap_or_else(|_| Err(Refused::Failed("the work broke off".to_owned())));
    match tried {
        Ok(secret) => {
            let cookie = session_cookie(&headers, &secret);
            ([(SET_COOKIE, cookie)], Json(json!({"in": true}))).into_response()
        }
        Err(refused) => {
            let text = Text::of(Look::of(&headers).language);
            problem(StatusCode::UNAUTHORIZED, refusal(&refused, text))
        }
    }
}

/// What a person says who wants a new passkey.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    password: String,
}

/// What the browser needs to make a new passkey: for whoever knows the person's password, without
/// which there is no challenge and so no passkey.
async fn ask_for_new(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(wanted): Json<Wanted>,
) -> Response {
    let (Some(party), Some(user)) = (party(&headers), caller.user) else {
        return nowhere();
    };
    let text = Text::of(Look::of(&headers).language);
    let password = Zeroizing::new(wanted.password);
    let (inside, name) = (app.clone(), caller.name.clone());
    let tried = tokio::task::spawn_blocking(move || {
        let open = inside.inner.vault.get().ok_or(Refused::Locked)?;
        let is_right = accounts::is_own_password(&inside, &open, &name, &password)?;
        is_right.then(|| open.users()).ok_or(Refused::Wrong)
    });
    let users = match tried.await {
        Ok(Ok(users)) => users,
        Ok(Err(Refused::Wrong)) => {
            let why = users::Error::WrongPassword.to_string();
            return problem(StatusCode::FORBIDDEN, why);
        }
        Ok(Err(refused)) => return problem(StatusCode::FORBIDDEN, refusal(&refused, text)),
        Err(_) => return problem(StatusCode::INTERNAL_SERVER_ERROR, "the work broke off"),
    };
    let known = users.get(user).map_or(&[][..], |user| user.passkeys());
    let known: Vec<Value> = known
        .iter()
        .map(|one| json!({"type": "public-key", "id": one.id()}))
        .collect();
    let kinds = [-7, -8, -257].map(|alg| json!({"type": "public-key", "alg": alg}));
    Json(json!({
        "challenge": app.inner.asked.challenge(Purpose::Register(user)),
        "rp": {"id": party.id, "name": "onrecord"},
        "user": {"id": user.to_string(), "name": caller.name, "displayName": caller.name},
        "pubKeyCredParams": kinds,
        "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
        "excludeCredentials": known,
        "attestation": "none",
        "timeout": PATIENCE,
    }))
    .into_response()
}

/// A passkey that was made.
#[derive(Deserialize)]
struct New {
    challenge: String,
    name: String,
    #[serde(flatten)]
    made: Made,
}

async fn register(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(given): Json<New>,
) -> Response {
    let (Some(party), Some(user)) = (party(&headers), caller.user) else {
        return nowhere();
    };
    let purpose = Purpose::Register(user);
    if !app.inner.asked.take(&given.challenge, purpose) {
        return problem(StatusCode::BAD_REQUEST, "This took too long; try again.");
    }
    let name: String = given.name.trim().chars().take(NAME).collect();
    let name = match name.is_empty() || name.chars().any(char::is_control) {
        true => "passkey".to_owned(),
        false => name,
    };
    let passkey = match Passkey::register(&name, &given.made, &given.challenge, &party) {
        Ok(passkey) => passkey,
        Err(error) => return problem(StatusCode::BAD_REQUEST, error.to_string()),
    };
    let what = What::PasskeyAdded(name);
    let change = move |users: &mut users::Users| users.add_passkey(user, passkey.clone());
    match own(app, caller.name, what, change).await {
        Ok(()) => (StatusCode::CREATED, Json(json!({"made": true}))).into_response(),
        Err(why) => problem(StatusCode::BAD_REQUEST, why),
    }
}

/// Changes a person's own account.
async fn own(
    app: App,
    name: String,
    what: What,
    change: impl FnOnce(&mut users::Users) -> Result<(), users::Error> + Send + 'static,
) -> Result<(), String> {
    let done = tokio::task::spawn_blocking(move || {
        let open = app.inner.vault.get().ok_or("the archive is locked")?;
        let act = Act {
            by: name.clone(),
            about: name,
            what,
        };
        let done = open.change_users(change, |()| Some(act));
        done.map_err(|error: AccountError| error.to_string())
    });
    done.await
        .unwrap_or_else(|_| Err("the work broke off".to_owned()))
}
