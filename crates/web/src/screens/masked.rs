//! Whether the names of protected persons can be read.

use crate::Frame;
use askama::Template;

/// The page that asks for names, or masks them again.
#[derive(Template)]
#[template(path = "masked.html")]
pub struct MaskedPage {
    /// The frame.
    pub frame: Frame,
    /// Where to go back to.
    pub back: String,
    /// Whether anybody is masked in this archive.
    pub is_anybody: bool,
    /// Whether this session sees names now.
    pub sees: bool,
    /// For how many minutes names are seen.
    pub minutes: u64,
    /// Whether the reason was missing.
    pub missing: bool,
}
