//! The pages of the interface: data in, HTML out.
//!
//! Where to start: [`Frame`] is what every page has in common; each screen is a struct in
//! [`screens`] with a template of the same name; [`words::Text`] says everything in the visitor's
//! language; [`assets`] are the style sheet and scripts that a server hands out.
//!
//! Invariants: this crate knows no HTTP, no archive and no clock. A page works without scripts and
//! loads nothing from elsewhere; nothing in a template is marked safe, so all text is escaped.
//! How it should look and why is in `docs/interface.md`.

pub mod assets;
pub mod boxes;
pub mod card;
pub mod csv;
pub mod dots;
pub mod evidence;
pub mod facets;
pub mod frame;
pub mod graph;
pub mod map;
pub mod mask;
pub mod passages;
pub mod qr;
pub mod said;
pub mod screens;
pub mod show;
pub mod states;
pub mod timeline;
pub mod why;
pub mod words;

pub use askama::Template;
pub use frame::{Frame, Place, Theme};
pub use words::{Language, Text};
