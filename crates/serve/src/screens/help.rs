//! Help: the keys of every screen, and what the marks mean.

use super::{reader, review};
use crate::app::App;
use crate::desk::Visitor;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use web::frame::Key;
use web::screens::HelpPage;

/// Screens with keys of their own.
const SCREENS: &[(&str, &[Key])] = &[
    ("place-sources", reader::KEYS),
    ("place-review", review::KEYS),
];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/help", get(help))
}

async fn help(visitor: Visitor) -> Response {
    visitor
        .at_desk(|desk| {
            let mut frame = desk.frame("home", desk.text().say("help-title"))?;
            frame.here = None;
            Ok(HelpPage {
                frame,
                screens: SCREENS,
            })
        })
        .await
}
