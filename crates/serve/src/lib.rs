//! The web interface: one archive, one person at this machine or several with accounts, nothing
//! beyond loopback unless it was asked for.
//!
//! Where to start: [`App::new`] takes [`Options`], [`App::router`] is the whole interface as an
//! axum router (tests call it without a network), [`App::serve`] listens. A screen is one file in
//! `screens` and one line in its table; it asks a [`desk::Desk`] and fills a page of the crate
//! `web`.
//!
//! Architecture invariants: no rule of the archive, of reading or of linking lives here. Nothing
//! is shown without a session, and nothing of the archive is held in memory while it is locked.
//! Blocking work never runs on the threads that answer. What is written to the ledger goes through
//! `collect`, one writer at a time. Who is let in is decided in `guard`, `sessions`, `attempts`,
//! `asked`, `accounts` and `api::tokens`; what they may in `rights`; which names and pages they see in
//! `masking`, `protected` and `seeing`; nowhere else.

mod accounts;
mod answer;
mod api;
mod app;
mod asked;
mod attempts;
mod deciding;
pub mod desk;
mod evidence;
mod guard;
mod judging;
mod lease;
mod lines;
mod look;
mod masking;
mod pages;
mod protected;
mod rests;
mod rights;
mod screens;
mod seeing;
mod sessions;
mod vault;
mod verifying;

pub use answer::Trouble;
pub use api::openapi;
pub use app::{App, Options, Readers};
pub use rights::rights;
pub use users::Role;
pub use vault::VaultError;
