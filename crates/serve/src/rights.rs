//! Who may what: one table for the screens and for the API.
//!
//! Invariant: an address that is not in it answers nobody. `docs/users.md` says why each role may
//! what; a test tries every address as every role.

use users::Role;

/// The least role that may; `None` for everybody, signed in or not.
type Least = Option<Role>;
const ANYBODY: Least = None;
const READER: Least = Some(Role::Reader);
const CODER: Least = Some(Role::Coder);
const REVIEWER: Least = Some(Role::Reviewer);
const KEEPER: Least = Some(Role::Keeper);
const ADMIN: Least = Some(Role::Admin);

/// Method, address, and the least role that may.
const RIGHTS: &[(&str, &str, Least)] = &[
    // The door.
    ("GET", "/assets/{version}/{name}", ANYBODY),
    ("GET", "/enter", ANYBODY),
    ("POST", "/unlock", ANYBODY),
    ("POST", "/look", ANYBODY),
    ("POST", "/sign-in", ANYBODY),
    ("GET", "/join", ANYBODY),
    ("POST", "/join", ANYBODY),
    ("POST", "/passkey/ask", ANYBODY),
    ("POST", "/passkey/answer", ANYBODY),
    ("POST", "/sign-out", READER),
    ("POST", "/lock", READER),
    // The screens.
    ("GET", "/", READER),
    ("GET", "/help", READER),
    ("GET", "/alerts", READER),
    ("POST", "/alerts/seen", REVIEWER),
    ("GET", "/sources", READER),
    ("POST", "/sources/add", CODER),
    ("GET", "/sources/{id}", READER),
    ("GET", "/sources/{id}/original", CODER),
    // Pictures are blurred; to see them is as taking the original, and on record.
    ("GET", "/sources/{id}/pages/{page}", READER),
    ("POST", "/sources/{id}/pages", CODER),
    ("GET", "/sources/{id}/code", CODER),
    ("POST", "/sources/{id}/code", CODER),
    // Names are on what a coder works with; each reading of them is on record.
    ("GET", "/masked", CODER),
    ("POST", "/masked", CODER),
    ("GET", "/review", REVIEWER),
    ("POST", "/review/decide", REVIEWER),
    ("POST", "/review/correct", REVIEWER),
    ("GET", "/search", READER),
    ("POST", "/search/save", READER),
    ("POST", "/search/forget", READER),
    ("GET", "/search/names", READER),
    ("POST", "/search/names", READER),
    ("GET", "/people", READER),
    ("GET", "/people/pairs", READER),
    ("POST", "/people/judge", REVIEWER),
    ("GET", "/people/case/{id}", READER),
    ("GET", "/people/person/{id}", READER),
    ("GET", "/accountability", READER),
    ("GET", "/accountability/stands", READER),
    ("GET", "/accountability/to/{identity}", READER),
    ("GET", "/accountability/demand/{id}", READER),
    ("GET", "/corroboration", READER),
    ("GET", "/corroboration/{id}", READER),
    ("GET", "/estimate", READER),
    ("GET", "/statistics", READER),
    ("GET", "/statistics/table.csv", READER),
    ("GET", "/timeline", READER),
    ("GET", "/map", READER),
    ("GET", "/integrity", READER),
    ("POST", "/integrity/verify", KEEPER),
    ("GET", "/integrity/{id}", READER),
    ("GET", "/integrity/{id}/proof.zip", READER),
    ("GET", "/log", KEEPER),
    ("GET", "/settings", READER),
    ("POST", "/settings/passphrase", ADMIN),
    ("POST", "/settings/password", READER),
    ("GET", "/settings/code", READER),
    ("POST", "/settings/code", READER),
    ("POST", "/settings/code/remove", READER),
    ("POST", "/settings/passkeys/ask", READER),
    ("POST", "/settings/passkeys", READER),
    ("POST", "/settings/passkeys/remove", READER),
    ("POST", "/settings/sessions", READER),
    ("POST", "/settings/sessions/end", READER),
    ("GET", "/users", ADMIN),
    ("POST", "/users", ADMIN),
    ("POST", "/users/{id}", ADMIN),
    // The API.
    ("GET", "/api/v1/openapi.json", ANYBODY),
    ("GET", "/api/v1/documentation", ANYBODY),
    ("GET", "/api/v1/me", READER),
    ("GET", "/api/v1/archive", READER),
    ("GET", "/api/v1/vocabularies", READER),
    ("GET", "/api/v1/vocabularies/{id}", READER),
    ("GET", "/api/v1/kinds", READER),
    ("GET", "/api/v1/sources", READER),
    ("POST", "/api/v1/sources", CODER),
    ("GET", "/api/v1/sources/{id}", READER),
    ("GET", "/api/v1/sources/{id}/reading", READER),
    ("GET", "/api/v1/sources/{id}/original", CODER),
    ("GET", "/api/v1/sources/{id}/pages", READER),
    ("POST", "/api/v1/sources/{id}/pages", CODER),
    ("GET", "/api/v1/sources/{id}/pages/{page}", READER),
    ("GET", "/api/v1/sources/{id}/pages/{page}/image", READER),
    ("GET", "/api/v1/sources/{id}/proof", READER),
    ("GET", "/api/v1/records", READER),
    ("POST", "/api/v1/records", CODER),
    ("GET", "/api/v1/records/{id}", READER),
    ("POST", "/api/v1/records/{id}/decisions", REVIEWER),
    ("GET", "/api/v1/review", REVIEWER),
    ("GET", "/api/v1/search", READER),
    ("GET", "/api/v1/judgements", READER),
    ("POST", "/api/v1/judgements", REVIEWER),
    ("GET", "/api/v1/cases", READER),
    ("GET", "/api/v1/calls", READER),
    ("GET", "/api/v1/cases/{id}", READER),
    ("GET", "/api/v1/pledges", READER),
    ("GET", "/api/v1/alerts", READER),
    ("GET", "/api/v1/persons", READER),
    ("GET", "/api/v1/persons/{id}", READER),
    ("GET", "/api/v1/pairs", READER),
    ("GET", "/api/v1/lineages", READER),
    ("GET", "/api/v1/sources/{id}/lineage", READER),
    ("GET", "/api/v1/incidents", READER),
    ("GET", "/api/v1/incidents/{id}", READER),
    ("GET", "/api/v1/records/{id}/corroboration", READER),
    ("GET", "/api/v1/timeline", READER),
    ("GET", "/api/v1/places", READER),
    ("GET", "/api/v1/statistics", READER),
    ("GET", "/api/v1/statistics/table.csv", READER),
    ("GET", "/api/v1/estimate", READER),
    ("POST", "/api/v1/names", READER),
    ("GET", "/api/v1/export", KEEPER),
    ("GET", "/api/v1/sources/{id}/custody", READER),
    ("POST", "/api/v1/lock", READER),
    ("GET", "/api/v1/log", KEEPER),
    ("POST", "/api/v1/verifications", KEEPER),
    ("GET", "/api/v1/tokens", ADMIN),
    ("POST", "/api/v1/tokens", ADMIN),
    ("DELETE", "/api/v1/tokens/{id}", ADMIN),
    ("GET", "/api/v1/users", ADMIN),
    ("POST", "/api/v1/users", ADMIN),
    ("POST", "/api/v1/users/{id}/role", ADMIN),
    ("POST", "/api/v1/users/{id}/invitation", ADMIN),
    ("DELETE", "/api/v1/users/{id}", ADMIN),
    ("GET", "/api/v1/sessions", READER),
    ("DELETE", "/api/v1/sessions/{id}", READER),
];

/// Every address of screens and API: method, path, and the least role that may; `None` for
/// everybody, signed in or not.
pub fn rights() -> impl Iterator<Item = (&'static str, &'static str, Option<Role>)> {
    RIGHTS.iter().copied()
}

/// The least role that may; `Err` for what is not in the table.
pub(crate) fn right(method: &str, path: &str) -> Result<Option<Role>, ()> {
    // HEAD is GET without the content.
    let method = if method == "HEAD" { "GET" } else { method };
    let mut found = RIGHTS.iter();
    let found = found.find(|(of, at, _)| *of == method && *at == path);
    found.map(|(_, _, least)| *least).ok_or(())
}

/// The methods that an address takes.
pub(crate) fn methods(path: &str) -> Vec<&'static str> {
    let methods = RIGHTS.iter().filter(|(_, at, _)| *at == path);
    methods.map(|(method, _, _)| *method).collect()
}

/// The addresses that this role may not use at all, by whatever method.
pub(crate) fn refused(role: Role) -> Vec<&'static str> {
    let may = |least: &Least| least.is_none_or(|least| role >= least);
    let mut refused: Vec<&str> = RIGHTS.iter().map(|(_, path, _)| *path).collect();
    refused.retain(|path| !RIGHTS.iter().any(|(_, at, least)| at == path && may(least)));
    refused.dedup();
    refused
}
