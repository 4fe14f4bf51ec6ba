//! Who may use the API beside the keeper of this machine: tokens, made and taken back by an admin.
//!
//! Invariant: that a token was made is on record before it holds: whoever decides by it decides
//! under a name that an admin chose.

use super::bench::{Answer, at_bench};
use super::input::{Json, Path};
use super::problem::Problem;
use super::shapes::RoleShape;
use super::tokens::{Token, Wanted};
use super::who::Caller;
use crate::accounts::{AccountError, Holder, holder};
use crate::app::App;
use crate::judging;
use crate::seeing;
use crate::vault::Open;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use collect::Note;
use serde::{Deserialize, Serialize};
use users::{Act, Role, Users, What};
use utoipa::ToSchema;

/// Hours that a token lasts when nothing is said.
const HOURS: u64 = 12;

/// Why a token gets no name that is somebody's.
const TAKEN: &str = "This is the name of a person who decides here, or did; give the program one of \
                     its own, so that nobody decides in another's name.";

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
        let reason = new.names.as_deref().map(str::trim);
        let reason = reason.filter(|reason| !reason.is_empty());
        let wanted = Wanted {
            name: &new.name,
            role: new.role,
            hours: new.hours.unwrap_or(HOURS),
            names: reason.is_some(),
        };
        if holder(bench.app, &bench.open.users(), &new.name) == Some(Holder::Keeper) {
            return Err(Problem::unfit(TAKEN));
        }
        let name = bench.app.inner.api.tokens.fits(&wanted)?;
        if let Some(reason) = reason {
            let note = Note::NamesShown {
                by: bench.caller.name.clone(),
                reason: judging::reason(&format!("{reason} (token of {name})")),
                minutes: wanted.hours * 60,
            };
            // Where that cannot be put on record there is no token.
            seeing::note(bench.open, &note)?;
        }
        let made = on_record(bench.app, bench.open, &bench.caller.name, &wanted);
        let (secret, token) = made?;
        Ok((StatusCode::CREATED, axum::Json(MadeToken { secret, token })))
    })
    .await
}

/// Makes a token once that is on record; its secret and what is known of it. A name may have
/// several tokens: the next is made before the last one ends.
pub(crate) fn on_record(
    app: &App,
    open: &Open,
    by: &str,
    wanted: &Wanted<'_>,
) -> Answer<(String, Token)> {
    let tokens = &app.inner.api.tokens;
    let act = Act {
        by: by.to_owned(),
        about: tokens.fits(wanted)?.to_owned(),
        what: What::TokenMade {
            role: wanted.role,
            hours: wanted.hours,
        },
    };
    let may = |users: &Users| match holder(app, users, wanted.name) {
        Some(Holder::Person) => Err(users::Error::Taken),
        _ => Ok(()),
    };
    match open.put_act(&act, may, || tokens.make(wanted)) {
        Ok(made) => made,
        Err(AccountError::Users(_)) => Err(Problem::unfit(TAKEN)),
        Err(error) => Err(error.into()),
    }
}

/// Take a token back
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens",
    params(("id" = String, Path, description = "Id of the token")),
    responses((status = 204, description = "It no longer holds")))]
pub(crate) async fn take_back(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    // It holds no longer whatever becomes of the record: the other way round it would be late.
    let taken = app.inner.api.tokens.take_back(&id);
    let about = taken.ok_or_else(Problem::nothing)?;
    at_bench(app, caller, move |bench| {
        let act = Act {
            by: bench.caller.name.clone(),
            about,
            what: What::TokenTaken,
        };
        bench.open.put_act(&act, |_| Ok(()), || ())?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
