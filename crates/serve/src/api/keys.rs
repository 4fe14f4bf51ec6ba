//! Who may use the API beside the keeper of this machine: tokens, made and taken back by an admin.

use super::bench::{Answer, at_bench};
use super::input::{Json, Path};
use super::problem::Problem;
use super::shapes::RoleShape;
use super::tokens::Token;
use super::who::Caller;
use crate::app::App;
use crate::judging;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use collect::Note;
use serde::{Deserialize, Serialize};
use users::Role;
use utoipa::ToSchema;

/// Hours that a token lasts when nothing is said.
const HOURS: u64 = 12;

/// The tokens.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenList {
    /// They, by name; never their secrets.
    items: Vec<Token>,
}

/// All tokens that hold
#[utoipa::path(get, path = "/tokens", tag = "tokens", responses((status = 200, body = TokenList)))]
pub(crate) async fn list(State(app): State<App>) -> axum::Json<TokenList> {
    axum::Json(TokenList {
        items: app.inner.api.tokens.all(),
    })
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    /// Whose: the name that is kept with what they add and decide.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What they may.
    #[schema(value_type = RoleShape)]
    role: Role,
    /// Hours until it ends, at most 720; 12 when nothing is said.
    #[schema(minimum = 1, maximum = 720)]
    hours: Option<u64>,
    /// Why the names of protected persons must be readable with it; they are masked when nothing is
    /// said. The reason is put on record.
    #[schema(max_length = 1000)]
    names: Option<String>,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeToken {
    /// What is sent as `Authorization: Bearer …`; told this once.
    secret: String,
    /// What is known of it.
    token: Token,
}

/// Make a token for a person or a program; it ends with this run of the program at the latest
#[utoipa::path(post, path = "/tokens", tag = "tokens", request_body = NewToken,
    responses((status = 201, description = "It holds", body = MadeToken)))]
pub(crate) async fn make(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Json(new): Json<NewToken>,
) -> Answer<(StatusCode, axum::Json<MadeToken>)> {
    at_bench(app, caller, move |bench| {
        if bench.open.users().named(&new.name).is_some() {
            let words = "This is the name of a person who signs in here; give the program one of its \
                         own, so that nobody decides in another's name.";
            return Err(Problem::unfit(words));
        }
        let reason = new.names.as_deref().map(str::trim);
        let reason = reason.filter(|reason| !reason.is_empty());
        let hours = new.hours.unwrap_or(HOURS);
        let tokens = &bench.app.inner.api.tokens;
        let (secret, token) = tokens.make(&new.name, new.role, hours, reason.is_some())?;
        if let Some(reason) = reason {
            let note = Note::NamesShown {
                by: bench.caller.name.clone(),
                reason: judging::reason(&format!("{reason} (token of {})", new.name.trim())),
                minutes: hours * 60,
            };
            // Where that cannot be put on record there is no token.
            let put = bench.write(|_, writer| Ok(collect::put_note(writer, &note)?));
            if let Err(problem) = put {
                tokens.take_back(token.id());
                return Err(problem);
            }
        }
        Ok((StatusCode::CREATED, axum::Json(MadeToken { secret, token })))
    })
    .await
}

/// Take a token back
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens",
    params(("id" = String, Path, description = "Id of the token")),
    responses((status = 204, description = "It no longer holds")))]
pub(crate) async fn take_back(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    match app.inner.api.tokens.take_back(&id) {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::nothing()),
    }
}
