//! Persons who may sign in, and who is signed in now.

use super::bench::{Answer, Bench, at_bench};
use super::input::{Json, Path};
use super::problem::Problem;
use super::shapes::RoleShape;
use crate::accounts::{self, AccountError, Change};
use crate::app::App;
use crate::guard::Caller;
use crate::sessions::Who;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use users::{Role, User, UserId};
use utoipa::ToSchema;

/// The persons who may sign in.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserList {
    /// They, by name.
    items: Vec<UserShape>,
}

/// A person who may sign in.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserShape {
    /// Id.
    id: String,
    /// The name that is kept with what they add and decide.
    name: String,
    /// What they may.
    #[schema(value_type = RoleShape)]
    role: Role,
    /// Whether they have taken their invitation up.
    joined: bool,
    /// Whether a code of an authenticator is asked for beside the password.
    code: bool,
    /// How many passkeys they have.
    passkeys: usize,
}

impl From<&User> for UserShape {
    fn from(user: &User) -> Self {
        Self {
            id: user.id().to_string(),
            name: user.name().to_owned(),
            role: user.role(),
            joined: user.has_joined(),
            code: user.has_code(),
            passkeys: user.passkeys().len(),
        }
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Users(users::Error::Nobody) => Self::nothing(),
            AccountError::Users(error) => Self::unfit(error.to_string()),
            other => Self::new(StatusCode::INTERNAL_SERVER_ERROR, other.to_string()),
        }
    }
}

/// The persons who may sign in, and how
#[utoipa::path(get, path = "/users", tag = "users", responses((status = 200, body = UserList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<axum::Json<UserList>> {
    at_bench(app, caller, |bench| {
        let users = bench.open.users();
        Ok(axum::Json(UserList {
            items: users.open().map(UserShape::from).collect(),
        }))
    })
    .await
}

/// A person to be invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUser {
    /// The name that is kept with what they add and decide; nobody else's.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What they may.
    #[schema(value_type = RoleShape)]
    role: Role,
}

/// A person who was invited.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvitedShape {
    /// What is known of them.
    user: UserShape,
    /// The path at which they set their password, with the invitation; told this once, and good
    /// for three days.
    path: String,
}

/// Invite a person; the act is on record
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUser,
    responses((status = 201, description = "They are invited", body = InvitedShape)))]
pub(crate) async fn add(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Json(new): Json<NewUser>,
) -> Answer<(StatusCode, axum::Json<InvitedShape>)> {
    at_bench(app, caller, move |bench| {
        let by = &bench.caller.name;
        let (id, invitation) = accounts::add(bench.app, bench.open, by, &new.name, new.role)?;
        invited(bench, id, &invitation)
    })
    .await
}

fn invited(
    bench: &Bench<'_>,
    id: UserId,
    invitation: &str,
) -> Answer<(StatusCode, axum::Json<InvitedShape>)> {
    let users = bench.open.users();
    let user = users.get(id).ok_or_else(Problem::nothing)?;
    let shape = InvitedShape {
        user: user.into(),
        path: format!("/join?code={invitation}"),
    };
    Ok((StatusCode::CREATED, axum::Json(shape)))
}

/// The id of a person, whether there is one or not.
fn user_id(id: &str) -> Answer<UserId> {
    id.parse().map_err(|_| Problem::nothing())
}

/// What a person may from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRole {
    /// The role.
    #[schema(value_type = RoleShape)]
    role: Role,
}

/// Give a person another role, at once; the act is on record
#[utoipa::path(post, path = "/users/{id}/role", tag = "users", request_body = NewRole,
    params(("id" = String, Path, description = "Id of the person")),
    responses((status = 200, body = UserShape)))]
pub(crate) async fn give_role(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Json(new): Json<NewRole>,
) -> Answer<axum::Json<UserShape>> {
    let id = user_id(&id)?;
    at_bench(app, caller, move |bench| {
        let (app, by) = (bench.app, &bench.caller.name);
        accounts::administer(app, bench.open, by, id, &Change::Role(new.role))?;
        let users = bench.open.users();
        let user = users.get(id).ok_or_else(Problem::nothing)?;
        Ok(axum::Json(user.into()))
    })
    .await
}

/// Invite a person anew: password, second factors and sessions hold no longer; on record
#[utoipa::path(post, path = "/users/{id}/invitation", tag = "users",
    params(("id" = String, Path, description = "Id of the person")),
    responses((status = 201, description = "They are invited", body = InvitedShape)))]
pub(crate) async fn invite(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<(StatusCode, axum::Json<InvitedShape>)> {
    let id = user_id(&id)?;
    at_bench(app, caller, move |bench| {
        let by = &bench.caller.name;
        let invitation = accounts::invite(bench.app, bench.open, by, id)?;
        invited(bench, id, &invitation)
    })
    .await
}

/// Close a person's account: nobody signs in with it again; on record
#[utoipa::path(delete, path = "/users/{id}", tag = "users",
    params(("id" = String, Path, description = "Id of the person")),
    responses((status = 204, description = "It is closed")))]
pub(crate) async fn close(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let id = user_id(&id)?;
    at_bench(app, caller, move |bench| {
        let by = &bench.caller.name;
        accounts::administer(bench.app, bench.open, by, id, &Change::Close)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}

/// Browsers that are signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionList {
    /// They, the newest first.
    items: Vec<SessionShape>,
}

/// A browser that is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionShape {
    /// Names it, to end it.
    id: String,
    /// Whose.
    name: String,
    /// How they signed in: `link`, `passphrase`, `password`, `code`, `recovery`, `passkey`.
    how: &'static str,
    /// Seconds since it began.
    age: u64,
    /// Seconds since a request of it last came.
    idle: u64,
}

/// Whether the caller may see and end this one's sessions: an admin all, others their own.
fn may(caller: &Caller, whose: Who) -> bool {
    let own = caller.user.map(Who::User);
    caller.role >= Role::Admin || own == Some(whose)
}

/// The browsers that are signed in: an admin sees all, others their own
#[utoipa::path(get, path = "/sessions", tag = "users", responses((status = 200, body = SessionList)))]
pub(crate) async fn sessions(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
) -> Answer<axum::Json<SessionList>> {
    at_bench(app, caller, |bench| {
        let users = bench.open.users();
        let sessions = bench.app.inner.sessions.list("").into_iter();
        let sessions = sessions.filter(|(session, _)| may(bench.caller, session.who));
        let items = sessions.map(|(session, _)| SessionShape {
            name: match session.who {
                Who::Keeper => bench.app.inner.options.operator.clone(),
                Who::User(id) => users
                    .get(id)
                    .map_or_else(String::new, |user| user.name().to_owned()),
            },
            id: session.id,
            how: session.how.name(),
            age: session.began.elapsed().as_secs(),
            idle: session.last.elapsed().as_secs(),
        });
        Ok(axum::Json(SessionList {
            items: items.collect(),
        }))
    })
    .await
}

/// Sign a browser out
#[utoipa::path(delete, path = "/sessions/{id}", tag = "users",
    params(("id" = String, Path, description = "Id of the session")),
    responses((status = 204, description = "It is signed out")))]
pub(crate) async fn end(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let ended = app.inner.sessions.end(&id, |whose| may(&caller, whose));
    match ended {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::nothing()),
    }
}
