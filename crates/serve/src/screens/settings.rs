//! Settings: the person's own password, second factors and sessions; the passphrase of this device.
//!
//! Invariant: passphrases and passwords are wiped from memory when they were used, and are never
//! logged or shown. A secret for an authenticator and recovery codes are shown once.

use super::{door, passkeys, users as accounts_screen};
use crate::accounts::{AccountError, now};
use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::guard::cookie;
use crate::sessions::{COOKIE, Session, Who};
use archive::SecretString;
use axum::Router;
use axum::extract::Form;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use users::{Act, Password, Role, User, UserId, Users, What};
use web::qr::Qr;
use web::screens::{CodePage, OwnAccount, SessionRow, SettingsPage};
use zeroize::Zeroizing;

/// Least characters of a new passphrase.
const LEAST: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(settings))
        .route("/settings/passphrase", post(passphrase))
        .route("/settings/password", post(password))
        .route("/settings/code", get(code).post(confirm_code))
        .route("/settings/code/remove", post(remove_code))
        .route("/settings/sessions", post(end_others))
        .route("/settings/sessions/end", post(end))
        .merge(passkeys::routes())
}

/// What came of a change, or why it was not made: keys of words, or the program's words.
#[derive(Default)]
struct Told {
    done: String,
    failed: String,
}

fn done(done: String) -> Told {
    Told {
        done,
        ..Told::default()
    }
}

fn failed(failed: String) -> Told {
    Told {
        failed,
        ..Told::default()
    }
}

async fn settings(visitor: Visitor, headers: HeaderMap) -> Response {
    visitor
        .at_desk(move |desk| fill(desk, &headers, Told::default()))
        .await
}

/// The secret of the session that asks.
fn own(headers: &HeaderMap) -> Zeroizing<String> {
    Zeroizing::new(cookie(headers, COOKIE).unwrap_or_default().to_owned())
}

fn fill(desk: &Desk<'_>, headers: &HeaderMap, told: Told) -> Answer<SettingsPage> {
    let text = desk.text();
    let (app, caller) = (&desk.visitor.app.inner, &desk.visitor.caller);
    let users = desk.open.users();
    let sessions = app.sessions.list(&own(headers)).into_iter();
    let sessions = sessions.filter(|(session, _)| may_end(desk, session.who));
    let account = caller.user.and_then(|id| users.get(id));
    Ok(SettingsPage {
        frame: desk.frame("settings", text.say("settings-title"))?,
        operator: desk.operator().to_owned(),
        role: accounts_screen::role(text, caller.role),
        account: account.map(|user| account_of(user, headers, desk)),
        is_admin: caller.role >= Role::Admin,
        several: users.are_several(),
        writer: desk
            .open
            .device
            .writer_id(desk.open.archive.id())
            .to_string(),
        idle: text.digits(app.options.idle.as_secs() / 60),
        protected: app.vault.asks(),
        sessions: sessions
            .map(|(session, this)| row(desk, &users, &session, this))
            .collect(),
        done: told.done,
        failed: told.failed,
    })
}

fn account_of(user: &User, headers: &HeaderMap, desk: &Desk<'_>) -> OwnAccount {
    let passkeys = user.passkeys().iter();
    OwnAccount {
        has_code: user.has_code(),
        recovery: desk
            .text()
            .number("settings-recovery-left", user.recovery_left()),
        passkeys: passkeys.map(|one| (one.id(), one.name.clone())).collect(),
        passkeys_here: passkeys::party(headers).is_some(),
    }
}

/// A person sees and ends their own sessions, an admin all.
fn may_end(desk: &Desk<'_>, whose: Who) -> bool {
    let caller = &desk.visitor.caller;
    caller.role >= Role::Admin || whose == who(desk)
}

/// Whose the session that asks is.
fn who(desk: &Desk<'_>) -> Who {
    let user = desk.visitor.caller.user;
    user.map_or(Who::Keeper, Who::User)
}

fn row(desk: &Desk<'_>, users: &Users, session: &Session, this: bool) -> SessionRow {
    let text = desk.text();
    let name = match session.who {
        Who::Keeper => Some(desk.visitor.app.inner.options.operator.clone()),
        Who::User(id) => users.get(id).map(|user| user.name().to_owned()),
    };
    SessionRow {
        id: session.id.clone(),
        who: name.unwrap_or_default(),
        began: text.number("settings-began", session.began.elapsed().as_secs() / 60),
        how: text.of_name("settings-how", session.how.name()),
        this,
    }
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

/// A change, in memory that is wiped.
struct Wiped {
    old: Zeroizing<String>,
    new: Zeroizing<String>,
    again: Zeroizing<String>,
}

impl From<Change> for Wiped {
    fn from(given: Change) -> Self {
        Self {
            old: Zeroizing::new(given.old),
            new: Zeroizing::new(given.new),
            again: Zeroizing::new(given.again),
        }
    }
}

async fn passphrase(visitor: Visitor, headers: HeaderMap, Form(given): Form<Change>) -> Response {
    let given = Wiped::from(given);
    visitor
        .at_desk(move |desk| {
            let told = change_passphrase(desk, &given);
            fill(desk, &headers, told)
        })
        .await
}

fn change_passphrase(desk: &Desk<'_>, given: &Wiped) -> Told {
    let text = desk.text();
    if *given.new != *given.again {
        return failed(text.say("settings-not-same"));
    }
    if given.new.chars().count() < LEAST {
        return failed(text.number("settings-short", LEAST));
    }
    let secret = |words: &Zeroizing<String>| SecretString::from(words.to_string());
    let vault = &desk.visitor.app.inner.vault;
    match vault.change_passphrase(secret(&given.old), secret(&given.new)) {
        Ok(()) => done(text.say("settings-changed")),
        Err(error) => {
            // As at the door: whoever tries has to wait.
            std::thread::sleep(door::PAUSE);
            failed(door::explain(&error, desk.visitor.look))
        }
    }
}

/// Changes the person's own password.
async fn password(visitor: Visitor, headers: HeaderMap, Form(given): Form<Change>) -> Response {
    let given = Wiped::from(given);
    visitor
        .at_desk(move |desk| {
            let told = match change_password(desk, &given) {
                Ok(told) => told,
                Err(AccountError::Users(error)) => failed(error.to_string()),
                Err(error) => return Err(Trouble::Failed(error.to_string())),
            };
            fill(desk, &headers, told)
        })
        .await
}

fn change_password(desk: &Desk<'_>, given: &Wiped) -> Result<Told, AccountError> {
    let text = desk.text();
    let Some(user) = desk.visitor.caller.user else {
        return Ok(Told::default());
    };
    if *given.new != *given.again {
        return Ok(failed(text.say("settings-not-same")));
    }
    if !is_own_password(desk, &given.old) {
        return Ok(failed(users::Error::WrongPassword.to_string()));
    }
    let password = Password::new(&given.new)?;
    let change = |users: &mut Users| users.set_password(user, password);
    act(desk, What::PasswordChanged, change)?;
    // Whoever signed in with the old one is out.
    let app = &desk.visitor.app.inner;
    app.sessions.end_of(user);
    Ok(done(text.say("settings-password-changed")))
}

/// Whether this is the password of who asks; slowed as at the door.
fn is_own_password(desk: &Desk<'_>, password: &str) -> bool {
    let attempts = &desk.visitor.app.inner.attempts;
    let name = desk.operator();
    if attempts.wait(name).is_some() {
        return false;
    }
    let Some(_turn) = attempts.turn() else {
        return false;
    };
    let is_right = desk.open.users().password_of(name).is(password);
    match is_right {
        true => attempts.worked(name),
        false => attempts.failed(name),
    }
    is_right
}

/// Changes the person's own account, and puts it on record.
fn act<T>(
    desk: &Desk<'_>,
    what: What,
    change: impl FnOnce(&mut Users) -> Result<T, users::Error>,
) -> Result<T, AccountError> {
    let name = desk.operator().to_owned();
    let act = Act {
        by: name.clone(),
        about: name,
        what,
    };
    desk.open.change_users(change, |_| Some(act))
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

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    code: String,
}

/// Takes the authenticator once it has shown a right code; gives recovery codes.
async fn confirm_code(visitor: Visitor, Form(shown): Form<Shown>) -> Response {
    visitor
        .respond(move |desk| {
            let Some(user) = desk.visitor.caller.user else {
                return Ok(Redirect::to("/settings").into_response());
            };
            let asked = &desk.visitor.app.inner.asked;
            let secret = asked.secret(user);
            let change = |users: &mut Users| users.add_code(user, secret, &shown.code, now());
            let codes = match act(desk, What::CodeAdded, change) {
                Ok(codes) => codes,
                Err(AccountError::Users(error)) => {
                    let again = code_page(desk, user, error.to_string())?;
                    return Ok(page(&again));
                }
                Err(error) => return Err(Trouble::Failed(error.to_string())),
            };
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

/// Asks for no codes any more; the password shows that it is the person.
async fn remove_code(visitor: Visitor, headers: HeaderMap, Form(given): Form<Change>) -> Response {
    let given = Wiped::from(given);
    visitor
        .at_desk(move |desk| {
            let told = match desk.visitor.caller.user {
                None => Told::default(),
                Some(_) if !is_own_password(desk, &given.old) => {
                    failed(users::Error::WrongPassword.to_string())
                }
                Some(user) => {
                    let change = |users: &mut Users| users.remove_code(user);
                    act(desk, What::CodeRemoved, change)
                        .map_err(|error| Trouble::Failed(error.to_string()))?;
                    done(desk.text().say("settings-code-removed"))
                }
            };
            fill(desk, &headers, told)
        })
        .await
}

/// Ends all other sessions of who asks.
async fn end_others(visitor: Visitor, headers: HeaderMap) -> Response {
    visitor
        .at_desk(move |desk| {
            let sessions = &desk.visitor.app.inner.sessions;
            let ended = sessions.end_others(&own(&headers), who(desk));
            let told = done(desk.text().number("settings-ended", ended));
            fill(desk, &headers, told)
        })
        .await
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    id: String,
}

/// Ends one session.
async fn end(visitor: Visitor, headers: HeaderMap, Form(which): Form<Which>) -> Response {
    visitor
        .at_desk(move |desk| {
            let sessions = &desk.visitor.app.inner.sessions;
            let ended = sessions.end(&which.id, |whose| may_end(desk, whose));
            let told = done(desk.text().number("settings-ended", usize::from(ended)));
            fill(desk, &headers, told)
        })
        .await
}
