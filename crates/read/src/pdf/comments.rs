//! Notes that somebody stuck onto a page: what reviewers and witnesses wrote beside the text.

use super::glyphs::text_string;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;

/// Kinds of annotation whose words the page does not draw.
const KINDS: &[&[u8]] = &[
    b"Text",
    b"Highlight",
    b"Underline",
    b"Squiggly",
    b"StrikeOut",
    b"Caret",
    b"Ink",
    b"FileAttachment",
];

/// Most comments of a page.
const MOST: usize = 2_000;

/// The comments of a page, each with its author before it where one is named.
pub(super) fn on(page: &Page<'_>) -> Vec<String> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for annotation in annotations.iter::<Dict<'_>>().take(MOST) {
        let kind = annotation.get::<Name<'_>>(b"Subtype");
        if !kind.is_some_and(|kind| KINDS.contains(&kind.as_ref())) {
            continue;
        }
        let text = |key: &[u8]| {
            let text = annotation.get::<PdfString<'_>>(key)?;
            let text = text_string(text.as_bytes());
            (!text.trim().is_empty()).then_some(text)
        };
        if let Some(words) = text(b"Contents") {
            found.push(match text(b"T") {
                Some(author) => format!("{author}: {words}"),
                None => words,
            });
        }
    }
    found
}
