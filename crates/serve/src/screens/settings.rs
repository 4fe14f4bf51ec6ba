//! Settings: the person's own password and sessions; the passphrase of this device.
//!
//! Invariants: passphrases and passwords are wiped from memory when they were used, and are never
//! logged or shown. What signs a person in is changed by whoever knows the password, not by whoever
//! sits down at a browser that is signed in.

use super::{door, factors, passkeys, users as accounts_screen};
use crate::accounts::{self, AccountError};
use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::guard::cookie;
use crate::sessions::{COOKIE, Session, Who};
use archive::SecretString;
use axum::Router;
use axum::extract::Form;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use users::{Act, Password, Role, User, UserId, Users, What};
use web::screens::{OwnAccount, SessionRow, SettingsPage};
use zeroize::Zeroizing;

/// Least characters of a new passphrase.
const LEAST: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(settings))
        .route("/settings/passphrase", post(passphrase))
        .route("/settings/password", post(password))
        .route("/settings/sessions", post(end_others))
        .route("/settings/sessions/end", post(end))
        .merge(factors::routes())
        .merge(passkeys::routes())
}

/// What came of a change, or why it was not made: keys of words, or the program's words.
#[derive(Default)]
pub(super) struct Told {
    pub done: String,
    pub failed: String,
}

pub(super) fn done(done: String) -> Told {
    Told {
        done,
        ..Told::default()
    }
}

pub(super) fn failed(failed: String) -> Told {
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

pub(super) fn fill(desk: &Desk<'_>, headers: &HeaderMap, told: Told) -> Answer<SettingsPage> {
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

/// What a form sends: names and values.
pub(super) type Pairs = Vec<(String, String)>;

/// What a form sent that asks for a password: in memory that is wiped.
#[derive(Default)]
pub(super) struct Wiped {
    pub old: Zeroizing<String>,
    new: Zeroizing<String>,
    again: Zeroizing<String>,
    /// A code of an authenticator.
    pub code: Zeroizing<String>,
    /// Passkeys that were ticked.
    pub ids: Vec<String>,
}

impl Wiped {
    pub(super) fn of(given: Pairs) -> Self {
        let mut wiped = Self::default();
        for (name, value) in given {
            match name.as_str() {
                "old" => wiped.old = value.into(),
                "new" => wiped.new = value.into(),
                "again" => wiped.again = value.into(),
                "code" => wiped.code = value.into(),
                "id" => wiped.ids.push(value),
                _ => {}
            }
        }
        wiped
    }
}

async fn passphrase(visitor: Visitor, headers: HeaderMap, Form(given): Form<Pairs>) -> Response {
    let given = Wiped::of(given);
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

/// Does what a form asks for once its password has shown that it is the person, and shows the
/// settings.
pub(super) async fn secured(
    visitor: Visitor,
    headers: HeaderMap,
    given: Pairs,
    work: impl FnOnce(&Desk<'_>, UserId, &Wiped) -> Result<Told, AccountError> + Send + 'static,
) -> Response {
    let given = Wiped::of(given);
    visitor
        .at_desk(move |desk| {
            let told = with_password(desk, &given.old, |user| work(desk, user, &given))?;
            fill(desk, &headers, told)
        })
        .await
}

/// Changes the person's own password, and takes away the passkeys that were ticked.
async fn password(visitor: Visitor, headers: HeaderMap, Form(given): Form<Pairs>) -> Response {
    secured(visitor, headers, given, change_password).await
}

fn change_password(desk: &Desk<'_>, user: UserId, given: &Wiped) -> Result<Told, AccountError> {
    if *given.new != *given.again {
        return Ok(failed(desk.text().say("settings-not-same")));
    }
    let password = Password::new(&given.new)?;
    let change = |users: &mut Users| users.set_password(user, password);
    act(desk, What::PasswordChanged, change)?;
    drop_passkeys(desk, user, &given.ids)?;
    // Whoever signed in with the old one is out.
    let app = &desk.visitor.app.inner;
    app.sessions.end_of(user);
    Ok(done(desk.text().say("settings-password-changed")))
}

/// Takes passkeys away; those that are there no more were removed in another window.
pub(super) fn drop_passkeys(
    desk: &Desk<'_>,
    user: UserId,
    ids: &[String],
) -> Result<(), AccountError> {
    for id in ids {
        let users = desk.open.users();
        let passkeys = users.get(user).map_or(&[][..], |user| user.passkeys());
        let Some(passkey) = passkeys.iter().find(|one| one.id() == *id) else {
            continue;
        };
        let what = What::PasskeyRemoved(passkey.name.clone());
        act(desk, what, |users| users.remove_passkey(user, id))?;
    }
    Ok(())
}

/// Does what only the person may whose account it is, who shows it by the password.
pub(super) fn with_password(
    desk: &Desk<'_>,
    password: &str,
    work: impl FnOnce(UserId) -> Result<Told, AccountError>,
) -> Answer<Told> {
    let Some(user) = desk.visitor.caller.user else {
        return Ok(Told::default());
    };
    let app = &desk.visitor.app;
    let done = match accounts::is_own_password(app, desk.open, desk.operator(), password) {
        Err(refused) => return Ok(failed(door::refusal(&refused, desk.text()))),
        Ok(false) => Err(users::Error::WrongPassword.into()),
        Ok(true) => work(user),
    };
    match done {
        Ok(told) => Ok(told),
        Err(AccountError::Users(error)) => Ok(failed(error.to_string())),
        Err(error) => Err(Trouble::Failed(error.to_string())),
    }
}

/// Changes the person's own account, and puts it on record.
pub(super) fn act<T>(
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
