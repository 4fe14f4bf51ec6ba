//! A page that says one thing: what happened, what it means, what to do.

use crate::Frame;
use askama::Template;

/// A message in place of a page.
#[derive(Template)]
#[template(path = "message.html")]
pub struct MessagePage {
    /// The frame; its title is the heading.
    pub frame: Frame,
    /// What happened and what to do.
    pub message: String,
    /// What the program says of it; may be empty.
    pub details: String,
}
