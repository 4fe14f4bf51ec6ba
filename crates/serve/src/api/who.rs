//! Who asks, and whether they may: one gate before the table of rights.
//!
//! Invariant: an address that is not in the table answers nobody. Whoever signed in through the
//! browser is who they are there; programs come with a token that an admin made, and have its name
//! and role.

use super::problem::Problem;
use crate::app::App;
use crate::guard;
use crate::rights::{methods, right};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{ALLOW, AUTHORIZATION};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(crate) use crate::guard::Caller;

/// Where the API is.
pub(crate) const BASE: &str = "/api/v1";

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
        if app.inner.vault.get().is_none() && is_session(&app, request.headers()) {
            return locked();
        }
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
        return locked();
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

fn locked() -> Response {
    let words = "Unlock the archive in the browser, with its passphrase.";
    Problem::new(StatusCode::LOCKED, words).into_response()
}

/// What is answered where the table has no right for the method: nothing behind it is asked.
fn no_such_method(path: &str) -> Response {
    let methods = methods(path);
    let words = format!("This address takes {}.", methods.join(", "));
    let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, words);
    ([(ALLOW, methods.join(","))], problem).into_response()
}

/// Whether a browser's session asks, and no token.
fn is_session(app: &App, headers: &HeaderMap) -> bool {
    !headers.contains_key(AUTHORIZATION) && guard::is_known(app, headers)
}

/// Who the headers say it is.
fn caller(app: &App, headers: &HeaderMap) -> Option<Caller> {
    let Some(given) = headers.get(AUTHORIZATION) else {
        return guard::caller(app, headers);
    };
    // A token that does not hold is not mended by a cookie.
    let (scheme, secret) = given.to_str().ok()?.split_once(' ')?;
    let tokens = &app.inner.api.tokens;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| tokens.holder(secret.trim()))?
}
