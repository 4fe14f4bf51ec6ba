//! The HTTP API under `/api/v1`: everything that the screens do, for programs.
//!
//! A handler takes what was sent through the wrappers of [`input`], asks a [`bench::Bench`], and
//! gives a shape of its own or a `Problem`. Each is described where it stands; the description
//! as a whole is checked in as `docs/api/openapi.json`, and a test holds it to be current.
//!
//! Invariants: every address stands in the table of rights (`crate::rights`); every answer that is
//! no success is a problem; nothing is written but through `collect`, one writer at a time.

mod accounts;
mod again;
mod archive;
mod bench;
mod cursor;
mod decisions;
mod described;
mod export;
mod incidents;
mod input;
mod judgements;
mod keys;
mod laid;
mod linked;
mod log;
mod names;
mod pages;
pub(crate) mod problem;
mod records;
mod review;
mod search;
mod shapes;
mod sources;
mod statistics;
mod tokens;
mod vocabularies;
mod who;

pub(crate) use keys::on_record as token_on_record;
pub(crate) use problem::tidy;
pub(crate) use tokens::Wanted;
pub(crate) use who::BASE;

use crate::app::App;
use crate::masking;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the API keeps between requests.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) tokens: tokens::Tokens,
    pub(crate) cursors: cursor::Cursors,
    pub(crate) answered: again::Answered,
}

/// All addresses, with what describes them.
fn described() -> (Router<App>, OpenApi) {
    let (router, api) = OpenApiRouter::new()
        .routes(routes!(described::openapi))
        .routes(routes!(described::documentation))
        .routes(routes!(archive::me))
        .routes(routes!(archive::archive))
        .routes(routes!(vocabularies::vocabularies))
        .routes(routes!(vocabularies::vocabulary))
        .routes(routes!(vocabularies::kinds))
        .routes(routes!(sources::list, sources::add))
        .routes(routes!(sources::source))
        .routes(routes!(sources::reading))
        .routes(routes!(sources::original))
        .routes(routes!(pages::list, pages::see))
        .routes(routes!(pages::page))
        .routes(routes!(pages::image))
        .routes(routes!(sources::proof))
        .routes(routes!(records::list, records::code))
        .routes(routes!(records::record))
        .routes(routes!(decisions::decide))
        .routes(routes!(review::review))
        .routes(routes!(search::search))
        .routes(routes!(judgements::list, judgements::judge))
        .routes(routes!(linked::cases))
        .routes(routes!(linked::calls))
        .routes(routes!(linked::case))
        .routes(routes!(linked::pledges))
        .routes(routes!(linked::alerts))
        .routes(routes!(linked::persons))
        .routes(routes!(linked::person_of))
        .routes(routes!(linked::pairs))
        .routes(routes!(linked::lineages))
        .routes(routes!(linked::lineage))
        .routes(routes!(incidents::incidents))
        .routes(routes!(incidents::incident))
        .routes(routes!(incidents::of_record))
        .routes(routes!(incidents::timeline))
        .routes(routes!(incidents::places))
        .routes(routes!(statistics::statistics))
        .routes(routes!(statistics::csv))
        .routes(routes!(statistics::estimate))
        .routes(routes!(names::names))
        .routes(routes!(export::export))
        .routes(routes!(log::log))
        .routes(routes!(log::custody))
        .routes(routes!(log::verify))
        .routes(routes!(log::lock))
        .routes(routes!(keys::list, keys::make))
        .routes(routes!(keys::take_back))
        .routes(routes!(accounts::list, accounts::add))
        .routes(routes!(accounts::give_role))
        .routes(routes!(accounts::invite))
        .routes(routes!(accounts::close))
        .routes(routes!(accounts::sessions))
        .routes(routes!(accounts::end))
        .split_for_parts();
    (router, described::complete(api))
}

/// The description of the API, as OpenAPI 3.1 in JSON.
#[must_use]
pub fn openapi() -> String {
    let (_, api) = described();
    let mut text = api.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// The API, to be nested at [`who::BASE`].
pub(crate) fn routes(app: &App) -> Router<App> {
    let (router, _) = described();
    router
        .route_layer(from_fn_with_state(app.clone(), again::once))
        .route_layer(from_fn_with_state(app.clone(), masking::masked_answer))
        .route_layer(from_fn_with_state(app.clone(), who::admit))
        .layer(DefaultBodyLimit::max(input::BODY))
        .fallback(async || {
            let words = "Nothing is at this address; /api/v1/openapi.json says what there is.";
            problem::Problem::new(axum::http::StatusCode::NOT_FOUND, words)
        })
}
