//! The keys, and the words that this interface uses.

use crate::Frame;
use crate::frame::Key;
use askama::Template;

/// The page that explains keys and words.
#[derive(Template)]
#[template(path = "help.html")]
pub struct HelpPage {
    /// The frame.
    pub frame: Frame,
    /// Screens that have keys of their own: the key of their name, and their keys.
    pub screens: &'static [(&'static str, &'static [Key])],
}
