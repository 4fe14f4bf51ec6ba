//! What every request passes before a screen sees it: the name it came under, whether it may see
//! anything, what their role may, and the headers that every answer carries.
//!
//! Invariants: a request under a name that is not ours is refused, so that a page elsewhere cannot
//! reach in by DNS rebinding. Without a session, or while the archive is locked, only the door and
//! the assets answer. No page may run, frame or fetch anything but our own. Requests that change
//! something come from our own pages: tower-http's CSRF layer stands before this.

use crate::answer::{Trouble, tell};
use crate::app::App;
use crate::look::Look;
use crate::masking::{SEES, session_of};
use crate::rights::{methods, right};
use crate::screens::door;
use crate::sessions::{COOKIE, Who};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use users::{Role, UserId};

/// What a page may load: our own assets, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// Headers of every answer that does not set them itself.
const HEADERS: &[(&str, &str)] = &[
    ("content-security-policy", POLICY),
    ("cache-control", "no-store"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    ),
];

/// Sets the headers.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        let headers = response.headers_mut();
        if !headers.contains_key(*name) {
            let name = HeaderName::from_static(name);
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Refuses requests under a name that is not ours.
pub(crate) async fn host(State(app): State<App>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST);
    let named = named.and_then(|host| host.to_str().ok());
    let is_ours = named.is_some_and(|host| is_ours(host, &app.inner.options.hosts));
    if is_ours {
        return next.run(request).await;
    }
    let why = "This address is not one under which this archive may be reached. Open it by the \
               link that the program printed.\n";
    (StatusCode::MISDIRECTED_REQUEST, why).into_response()
}

/// Whether a `Host` names this machine, or is in the list.
fn is_ours(host: &str, list: &[String]) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_loopback = matches!(name, "127.0.0.1" | "localhost" | "::1");
    is_loopback || list.iter().any(|known| known == host || known == name)
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The name that is kept with what they add and decide.
    pub(crate) name: String,
    /// What they may.
    pub(crate) role: Role,
    /// Their account; `None` for the keeper of this machine and for programs.
    pub(crate) user: Option<UserId>,
    /// Whether the names of protected persons are readable to them now.
    pub(crate) sees_names: bool,
}

/// Shows the door to whoever has no session, and to all while the archive is locked; refuses what
/// the visitor's role may not.
pub(crate) async fn session(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>();
    let path = path.map(|path| path.as_str().to_owned());
    let method = request.method().as_str();
    let least = path.as_deref().map(|path| right(method, path));
    if let Some(Ok(None)) = least {
        return next.run(request).await;
    }
    let look = Look::of(request.headers());
    let Some(caller) = caller(&app, request.headers()) else {
        let known = is_known(&app, request.headers());
        return door::shut(&app, request.headers(), known, back(request.uri()));
    };
    let name = &app.inner.options.name;
    match least {
        Some(Err(())) => {
            let methods = methods(path.as_deref().unwrap_or_default()).join(", ");
            let told = tell(&Trouble::NotFound, look, name);
            return (
                StatusCode::METHOD_NOT_ALLOWED,
                [(header::ALLOW, methods)],
                told,
            )
                .into_response();
        }
        Some(Ok(Some(least))) if caller.role < least => {
            return tell(&Trouble::NotAllowed(least), look, name);
        }
        _ => {}
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Whether the request carries a session.
pub(crate) fn is_known(app: &App, headers: &HeaderMap) -> bool {
    who(app, headers).is_some()
}

fn who(app: &App, headers: &HeaderMap) -> Option<Who> {
    app.inner.sessions.who(cookie(headers, COOKIE)?)
}

/// Who the session's person is, and what they may now; `None` without a session, while the archive
/// is locked, and where the account was closed.
pub(crate) fn caller(app: &App, headers: &HeaderMap) -> Option<Caller> {
    let who = who(app, headers)?;
    let open = app.inner.vault.get()?;
    let sees_names = open.masking.sees(&session_of(headers));
    match who {
        Who::Keeper => Some(Caller {
            name: app.inner.options.operator.clone(),
            role: Role::Admin,
            user: None,
            sees_names,
        }),
        Who::User(id) => {
            let users = open.users();
            let user = users.get(id)?;
            Some(Caller {
                name: user.name().to_owned(),
                role: user.role(),
                user: Some(id),
                sees_names: sees_names && user.role() >= SEES,
            })
        }
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(given, _)| *given == name)
        .map(|(_, value)| value)
}

/// Where to come back to: the path and query of a page of ours.
fn back(uri: &Uri) -> String {
    let whole = uri.path_and_query().map_or("/", |whole| whole.as_str());
    own_path(whole).to_owned()
}

/// A path of ours, or the first page: an address elsewhere is never followed.
pub(crate) fn own_path(path: &str) -> &str {
    let is_own = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| (0x21..0x7f).contains(&byte));
    if is_own { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_and_named_hosts_are_ours() {
        for ours in [
            "127.0.0.1:8080",
            "localhost",
            "[::1]:80",
            "record.example:443",
        ] {
            assert!(is_ours(ours, &["record.example".to_owned()]), "{ours}");
        }
        for other in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil:80",
            "",
        ] {
            assert!(!is_ours(other, &[]), "{other}");
        }
    }

    #[test]
    fn no_address_elsewhere_is_followed() {
        assert_eq!(own_path("/sources?page=2"), "/sources?page=2");
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "",
            "/a b",
            "/\u{e9}",
        ] {
            assert_eq!(own_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
