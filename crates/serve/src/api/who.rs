//! Who asks, and what they may: one table of rights, one gate.
//!
//! Invariant: an address that is not in [`RIGHTS`] answers nobody. In the local mode whoever signed
//! in through the browser is the keeper of the machine, an admin; programs and other persons come
//! with a token that an admin made, and have its name and role.

use super::problem::Problem;
use crate::app::App;
use crate::guard;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{ALLOW, AUTHORIZATION};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where the API is.
pub(crate) const BASE: &str = "/api/v1";

/// What somebody may do; each may what the one before may.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Looks.
    Reader,
    /// Adds sources, codes records, takes originals.
    Coder,
    /// Decides and judges.
    Reviewer,
    /// Looks into the log, verifies, takes everything out.
    Keeper,
    /// Says who may what.
    Admin,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 5] = [
        Self::Reader,
        Self::Coder,
        Self::Reviewer,
        Self::Keeper,
        Self::Admin,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Coder => "coder",
            Self::Reviewer => "reviewer",
            Self::Keeper => "keeper",
            Self::Admin => "admin",
        }
    }
}

/// Method, address below [`BASE`], and the least role that may; `None` for everybody, signed in or
/// not.
pub(crate) const RIGHTS: &[(&str, &str, Option<Role>)] = &[
    ("GET", "/openapi.json", None),
    ("GET", "/documentation", None),
    ("GET", "/me", Some(Role::Reader)),
    ("GET", "/archive", Some(Role::Reader)),
    ("GET", "/vocabularies", Some(Role::Reader)),
    ("GET", "/vocabularies/{id}", Some(Role::Reader)),
    ("GET", "/kinds", Some(Role::Reader)),
    ("GET", "/sources", Some(Role::Reader)),
    ("POST", "/sources", Some(Role::Coder)),
    ("GET", "/sources/{id}", Some(Role::Reader)),
    ("GET", "/sources/{id}/reading", Some(Role::Reader)),
    ("GET", "/sources/{id}/original", Some(Role::Coder)),
    ("GET", "/sources/{id}/proof", Some(Role::Reader)),
    ("GET", "/records", Some(Role::Reader)),
    ("POST", "/records", Some(Role::Coder)),
    ("GET", "/records/{id}", Some(Role::Reader)),
    ("POST", "/records/{id}/decisions", Some(Role::Reviewer)),
    ("GET", "/review", Some(Role::Reviewer)),
    ("GET", "/search", Some(Role::Reader)),
    ("GET", "/judgements", Some(Role::Reader)),
    ("POST", "/judgements", Some(Role::Reviewer)),
    ("GET", "/cases", Some(Role::Reader)),
    ("GET", "/calls", Some(Role::Reader)),
    ("GET", "/cases/{id}", Some(Role::Reader)),
    ("GET", "/pledges", Some(Role::Reader)),
    ("GET", "/alerts", Some(Role::Reader)),
    ("GET", "/persons", Some(Role::Reader)),
    ("GET", "/persons/{id}", Some(Role::Reader)),
    ("GET", "/pairs", Some(Role::Reader)),
    ("GET", "/lineages", Some(Role::Reader)),
    ("GET", "/sources/{id}/lineage", Some(Role::Reader)),
    ("GET", "/incidents", Some(Role::Reader)),
    ("GET", "/incidents/{id}", Some(Role::Reader)),
    ("GET", "/records/{id}/corroboration", Some(Role::Reader)),
    ("GET", "/timeline", Some(Role::Reader)),
    ("GET", "/places", Some(Role::Reader)),
    ("GET", "/statistics", Some(Role::Reader)),
    ("GET", "/statistics/table.csv", Some(Role::Reader)),
    ("GET", "/estimate", Some(Role::Reader)),
    ("POST", "/names", Some(Role::Reader)),
    ("GET", "/export", Some(Role::Keeper)),
    ("GET", "/sources/{id}/custody", Some(Role::Reader)),
    ("POST", "/lock", Some(Role::Reader)),
    ("GET", "/log", Some(Role::Keeper)),
    ("POST", "/verifications", Some(Role::Keeper)),
    ("GET", "/tokens", Some(Role::Admin)),
    ("POST", "/tokens", Some(Role::Admin)),
    ("DELETE", "/tokens/{id}", Some(Role::Admin)),
];

/// The least role that may; `Err` for what is not in the table.
pub(crate) fn right(method: &str, path: &str) -> Result<Option<Role>, ()> {
    let path = path.strip_prefix(BASE).unwrap_or(path);
    // HEAD is GET without the content.
    let method = if method == "HEAD" { "GET" } else { method };
    let mut found = RIGHTS.iter();
    let found = found.find(|(of, at, _)| *of == method && *at == path);
    found.map(|(_, _, role)| *role).ok_or(())
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The name that is kept with what they add and decide.
    pub(crate) name: String,
    pub(crate) role: Role,
}

/// Lets through whoever may, and says who it is.
pub(crate) async fn admit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let path = path.map_or("", MatchedPath::as_str);
    let Ok(least) = right(request.method().as_str(), path) else {
        return no_such_method(path);
    };
    let Some(least) = least else {
        return next.run(request).await;
    };
    let Some(caller) = caller(&app, request.headers()) else {
        let words = "Sign in through the browser, or send a token that an admin made: \
                     Authorization: Bearer TOKEN.";
        return Problem::new(StatusCode::UNAUTHORIZED, words).into_response();
    };
    if caller.role < least {
        let words = format!(
            "You are a {}; this needs a {}. Ask whoever made your token.",
            caller.role.name(),
            least.name()
        );
        return Problem::new(StatusCode::FORBIDDEN, words).into_response();
    }
    if app.inner.vault.get().is_none() {
        let words = "Unlock the archive in the browser, with its passphrase.";
        return Problem::new(StatusCode::LOCKED, words).into_response();
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// What is answered where the table has no right for the method: nothing behind it is asked.
fn no_such_method(path: &str) -> Response {
    let path = path.strip_prefix(BASE).unwrap_or(path);
    let methods = RIGHTS.iter().filter(|(_, at, _)| *at == path);
    let methods: Vec<_> = methods.map(|(method, _, _)| *method).collect();
    let words = format!("This address takes {}.", methods.join(", "));
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, words);
    ([(ALLOW, methods.join(","))], problem).into_response()
}

/// Who the headers say it is.
fn caller(app: &App, headers: &HeaderMap) -> Option<Caller> {
    if let Some(given) = headers.get(AUTHORIZATION) {
        // A token that does not hold is not mended by a cookie.
        let (scheme, secret) = given.to_str().ok()?.split_once(' ')?;
        let is_bearer = scheme.eq_ignore_ascii_case("bearer");
        return app
            .inner
            .api
            .tokens
            .holder(secret.trim())
            .filter(|_| is_bearer);
    }
    guard::is_known(app, headers).then(|| Caller {
        name: app.inner.options.operator.clone(),
        role: Role::Admin,
    })
}
