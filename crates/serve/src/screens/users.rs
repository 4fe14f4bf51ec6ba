//! Users: who may sign in to this server, and what each may. For an admin.
//!
//! Invariant: what is changed is on record under the name of who changed it; an invitation is shown
//! once, to the admin who made it, and no admin learns a password.

use crate::accounts::{self, AccountError, Change};
use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::extract::{Form, Path};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use users::{Role, User, UserId};
use web::Text;
use web::screens::{UserRow, UsersPage};

/// The address of this screen.
const HERE: &str = "/users";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list).post(add))
        .route("/users/{id}", post(change))
}

/// What came of a change.
#[derive(Default)]
struct Told {
    /// The invitation's address, and whose it is.
    invitation: Option<(String, String)>,
    done: String,
    failed: String,
}

async fn list(visitor: Visitor) -> Response {
    visitor.at_desk(|desk| fill(desk, Told::default())).await
}

/// The name of a role in the visitor's language.
pub(super) fn role(text: Text, role: Role) -> String {
    text.of_name("users-role", role.name())
}

fn fill(desk: &Desk<'_>, told: Told) -> Answer<UsersPage> {
    let text = desk.text();
    let users = desk.open.users();
    let rows = users.open().map(|user| UserRow {
        id: user.id().to_string(),
        name: user.name().to_owned(),
        role: user.role().name(),
        factors: factors(user, text),
        own: desk.visitor.caller.user == Some(user.id()),
    });
    Ok(UsersPage {
        rows: rows.collect(),
        roles: Role::ALL.map(|one| (one.name(), role(text, one))).to_vec(),
        frame: desk.frame("settings", text.say("users-title"))?,
        invitation: told.invitation,
        done: told.done,
        failed: told.failed,
    })
}

/// How a person signs in, in words.
fn factors(user: &User, text: Text) -> String {
    if !user.has_joined() {
        return text.say("users-invited");
    }
    let mut ways = vec![text.say("users-by-password")];
    if user.has_code() {
        ways.push(text.say("users-by-code"));
    }
    match user.passkeys().len() {
        0 => {}
        number => ways.push(text.number("users-by-passkeys", number)),
    }
    ways.join(", ")
}

/// The address at which an invitation is taken up, under the name that the admin came by.
fn address(headers: &HeaderMap, invitation: &str) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let by = headers.get("x-forwarded-proto");
    let scheme = match by.is_some_and(|by| by.as_bytes().eq_ignore_ascii_case(b"https")) {
        true => "https",
        false => "http",
    };
    let host = host.unwrap_or("localhost");
    format!("{scheme}://{host}/join?code={invitation}")
}

#[derive(Deserialize)]
struct New {
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
}

/// Makes an account.
async fn add(visitor: Visitor, headers: HeaderMap, Form(new): Form<New>) -> Response {
    visitor
        .at_desk(move |desk| {
            let role = known_role(&new.role)?;
            let added = accounts::add(
                &desk.visitor.app,
                desk.open,
                desk.operator(),
                &new.name,
                role,
            );
            let told = match added {
                Ok((_, invitation)) => Told {
                    invitation: Some((new.name, address(&headers, &invitation))),
                    ..Told::default()
                },
                Err(error) => failed(error)?,
            };
            fill(desk, told)
        })
        .await
}

fn known_role(name: &str) -> Answer<Role> {
    let unknown = || Trouble::NotUnderstood("There is no such role.".to_owned());
    Role::from_name(name).ok_or_else(unknown)
}

/// What does not fit is told on the page; what failed is trouble.
fn failed(error: AccountError) -> Answer<Told> {
    match error {
        AccountError::Users(error) => Ok(Told {
            failed: error.to_string(),
            ..Told::default()
        }),
        other => Err(Trouble::Failed(other.to_string())),
    }
}

#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    what: String,
    #[serde(default)]
    role: String,
}

/// Changes an account: its role, a new invitation, closing it.
async fn change(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let id: UserId = id.parse().map_err(|_| Trouble::NotFound)?;
            let told = changed(desk, &headers, id, &wanted).or_else(failed)?;
            fill(desk, told)
        })
        .await
}

fn changed(
    desk: &Desk<'_>,
    headers: &HeaderMap,
    id: UserId,
    wanted: &Wanted,
) -> Result<Told, AccountError> {
    let (text, by) = (desk.text(), desk.operator());
    let app = &desk.visitor.app;
    let name = accounts::name_of(desk.open, id)?;
    if wanted.what == "invite" {
        let invitation = accounts::invite(app, desk.open, by, id)?;
        return Ok(Told {
            invitation: Some((name, address(headers, &invitation))),
            ..Told::default()
        });
    }
    let change = match (wanted.what.as_str(), Role::from_name(&wanted.role)) {
        ("close", _) => Change::Close,
        ("role", Some(role)) => Change::Role(role),
        _ => return Ok(Told::default()),
    };
    accounts::administer(app, desk.open, by, id, &change)?;
    let done = match change {
        Change::Close => "users-closed",
        Change::Role(_) => "users-role-given",
    };
    Ok(Told {
        done: text.name(done, name),
        ..Told::default()
    })
}
