//! What a page of a PDF file, or a picture, looks like: an image for people, and where the words of
//! its reading stand on it.
//!
//! Files of others are drawn in the worker only ([`crate::Workers::sheets`], [`crate::Workers::draw`]).
//! Invariants: no image has more than [`MOST`] dots a side; it is a PNG file that says nothing but
//! its dots; the same file gives the same image. What a page shows as a picture can be hidden
//! before an image leaves the worker ([`Veil`]). Standards: ISO 32000-2, PNG (ISO/IEC 15948).

#[cfg(feature = "pages")]
mod canvas;
#[cfg(feature = "pages")]
mod page;
#[cfg(feature = "pages")]
pub(crate) mod picture;
#[cfg(feature = "pages")]
mod pictured;
mod plain;

pub(crate) use plain::is_plain;

use crate::Input;
use model::Sheets;

/// Most dots of a side of an image.
pub const MOST: u32 = 2_000;

/// What is made unreadable in an image before it leaves the worker.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Veil {
    /// Nothing.
    Nothing,
    /// What the page shows as a picture: grey, and no more than eight shades along its longer side,
    /// in which nobody can be known. Letters and lines stay. A picture is one as a whole.
    Pictures,
    /// All of it.
    Whole,
}

/// Whether what a worker says of pages can be believed: sizes within bounds, words in their order
/// and on a page.
pub(crate) fn is_whole(sheets: &Sheets) -> bool {
    let side = |side: u32| (1..=MOST).contains(&side);
    let sized = sheets.sheets.iter().all(|sheet| {
        let counted = sheet.counted.0 > 0 && sheet.counted.1 > 0;
        side(sheet.width) && side(sheet.height) && counted && (1..=8).contains(&sheet.turn)
    });
    let mut end = 0;
    let placed = sheets.words.iter().all(|word| {
        let is_next = word.from >= end && word.to > word.from;
        let is_upright = word.left <= word.right && word.top <= word.bottom;
        end = word.to;
        is_next && is_upright && (1..=sheets.sheets.len()).contains(&(word.page as usize))
    });
    sized && placed
}

/// Whether files of this media type have pages that can be shown as images.
#[must_use]
pub fn has_sheets(media_type: &str) -> bool {
    media_type == "application/pdf" || is_one_picture(media_type)
}

/// Whether files of this media type are one picture.
#[must_use]
pub fn is_one_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/jpeg" | "image/png" | "image/tiff" | "image/webp"
    )
}

/// The pages of a file in this process; for files of others see [`crate::Workers::sheets`].
///
/// # Errors
/// In words for people: it has no pages, is protected, or damaged.
pub fn sheets(input: &Input<'_>) -> Result<Sheets, String> {
    match crate::media_type(input.name, input.bytes).as_str() {
        #[cfg(feature = "pages")]
        "application/pdf" => page::sheets(input.bytes),
        #[cfg(feature = "pages")]
        kind if is_one_picture(kind) => picture::sheets(input.bytes, kind),
        kind => Err(nothing_to_show(kind)),
    }
}

/// The image of a page, from 1, as a PNG file; for files of others see [`crate::Workers::draw`].
///
/// # Errors
/// In words for people: there is no such page, or it cannot be drawn.
#[cfg_attr(not(feature = "pages"), expect(unused_variables))]
pub fn draw(input: &Input<'_>, page: u32, veil: Veil) -> Result<Vec<u8>, String> {
    match crate::media_type(input.name, input.bytes).as_str() {
        #[cfg(feature = "pages")]
        "application/pdf" => page::draw(input.bytes, page, veil)?.png(),
        #[cfg(feature = "pages")]
        kind if is_one_picture(kind) && page == 1 => picture::draw(input.bytes, kind, veil)?.png(),
        kind if has_sheets(kind) => Err(no_such_page(page)),
        kind => Err(nothing_to_show(kind)),
    }
}

fn no_such_page(page: u32) -> String {
    format!("The document has no page {page}.")
}

fn nothing_to_show(kind: &str) -> String {
    if cfg!(not(feature = "pages")) {
        return "This program was built without the part that draws pages.".to_owned();
    }
    format!("A file of the kind {kind} has no pages that can be shown.")
}
