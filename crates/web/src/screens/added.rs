//! What became of files that were added.

use crate::Frame;
use askama::Template;

/// What became of one file.
#[derive(Clone, Debug)]
pub struct Added {
    /// Its name.
    pub name: String,
    /// `read`, `kept`, `known` or `failed`: a class of the style sheet.
    pub class: &'static str,
    /// What became of it, in words.
    pub outcome: String,
    /// Its title; empty where it has none.
    pub title: String,
    /// Address of its page; empty when it is not on record.
    pub address: String,
}

/// The page after adding files.
#[derive(Template)]
#[template(path = "added.html")]
pub struct AddedPage {
    /// The frame.
    pub frame: Frame,
    /// What became of each file, in the order given.
    pub files: Vec<Added>,
    /// How many are on record now.
    pub added: usize,
    /// Records that were proposed from them.
    pub proposed: usize,
}
