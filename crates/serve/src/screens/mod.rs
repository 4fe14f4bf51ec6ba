//! The screens, one file each; one line each in [`routes`], and one line each address in
//! `rights`, without which it answers nobody. Each file has its own addresses, its
//! handlers, and turns what the view and the archive say into the page of the crate `web`.

mod accountability;
mod add;
mod alerts;
mod assets;
mod coding;
mod correcting;
mod corroboration;
pub(crate) mod door;
mod estimate;
mod factors;
mod head;
mod help;
mod home;
mod incident;
mod integrity;
mod log;
mod names;
mod pages;
mod passkeys;
pub(crate) mod people;
mod reader;
mod review;
pub(crate) mod search;
mod settings;
mod sources;
pub(crate) mod statistics;
mod timeline;
mod users;

pub(crate) use pages::png;

use crate::answer::{Trouble, tell};
use crate::app::App;
use crate::desk::Visitor;
use axum::Router;
use axum::response::Response;

/// All addresses of the interface.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(assets::routes())
        .merge(door::routes())
        .merge(estimate::routes())
        .merge(help::routes())
        .merge(home::routes())
        .merge(alerts::routes())
        .merge(sources::routes())
        .merge(add::routes())
        .merge(reader::routes())
        .merge(pages::routes())
        .merge(coding::routes())
        .merge(settings::routes())
        .merge(users::routes())
        .merge(names::routes())
        .merge(timeline::routes())
        .merge(integrity::routes())
        .merge(log::routes())
        .merge(statistics::routes())
        .merge(corroboration::routes())
        .merge(incident::routes())
        .merge(search::routes())
        .merge(people::routes())
        .merge(accountability::routes())
        .merge(review::routes())
}

/// The answer to an address that is none of these.
pub(crate) async fn not_found(visitor: Visitor) -> Response {
    tell(
        &Trouble::NotFound,
        visitor.look,
        &visitor.app.inner.options.name,
    )
}
