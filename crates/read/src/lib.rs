//! From bytes to a [`Reading`]: clean text in stable passages, with title, dates, publisher and
//! language, and with everything that is not the document itself marked, never dropped.
//!
//! Which function do I start with?
//!
//! | to | use |
//! | --- | --- |
//! | read words in pictures | [`ocr::Tesseract`] |
//! | know what kind of file it is | [`media_type()`] |
//! | read a file that you trust, in this process | [`read`] |
//! | show a page, and where words stand on it | [`Workers::sheets`], [`Workers::draw`] |
//! | read any other file, in a process that can do nothing else | [`Workers::start`], [`Workers::read`] |
//! | be that process | [`worker::serve`] |
//! | say what this machine's sandbox gives | [`sandbox`] |
//!
//! How passages are found and marked stands in `docs/formats/readings.md`.
//!
//! Architecture invariants: a reading is a pure function of bytes, name and reader version; the
//! same input gives the same bytes out. Only what [`ocr`] reads depends on the Tesseract of the
//! machine, and names it. No function here recurses on its input or panics on it.
//! Nothing here prints, reads the environment, or opens a file.
//!
//! A new format is one file with a function that makes a `Draft`, and one line in `registry.rs`.

mod auto_archiver;
mod calendar;
mod class_names;
mod container;
mod data;
mod dates;
mod days;
mod decode;
mod der;
mod draft;
mod facts;
mod front_matter;
mod html;
mod judge;
mod letters;
mod lines;
mod mail;
mod main_text;
mod markdown;
mod media_type;
mod mhtml;
pub mod ocr;
mod office;
mod outlook;
mod pdf;
mod picture;
mod proofmode;
#[cfg(test)]
mod real_files;
mod registry;
pub mod sheet;
mod single_file;
mod table;
mod text;
mod trees;
mod wacz;
mod warc;
mod words;
pub mod worker;

pub use container::{Member, is_container, unpack};
pub use main_text::study;
pub use media_type::{HEAD, media_type};
pub use registry::{is_table, reader_of};
pub use worker::{Limits, SandboxReport, StartError, Workers, sandbox};

use draft::Draft;
use facts::Facts;
use model::{Passage, Reader, Reading, Unread};
use registry::Made;

/// A file to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its name as given. A hint only: it decides between kinds of text, nothing else.
    pub name: &'a str,
}

/// Reads a file in this process.
///
/// Use [`Workers`] for files that others made: this function has no limit on time or memory
/// beyond those of its process.
///
/// # Errors
/// [`Unread`] when no reader takes the file, when it is empty, or when it is not the text that
/// it seems to be. The reason is written for people.
pub fn read(input: &Input<'_>) -> Result<Reading, Unread> {
    if input.bytes.is_empty() {
        return Err(unread(None, "The file is empty."));
    }
    let media_type = media_type(input.name, input.bytes);
    let Some(line) = registry::line_of(&media_type) else {
        return Err(unread(None, refusal(&media_type, input.bytes)));
    };
    let mut facts = Facts::default();
    let failed = |reason: String| unread(Some(line.reader()), reason);
    match line.made {
        Made::Text(read) => read_text(input.bytes, media_type, line, read),
        Made::Bytes(basis, read) => {
            let draft = read(input.bytes, &mut facts).map_err(|reason| Unread {
                likeness: facts.likeness,
                ..failed(reason)
            })?;
            let nothing = "The document holds no text: nothing but white space and marks.";
            let encoding = ("UTF-8", basis);
            reading(line.reader(), media_type, encoding, draft, facts, nothing)
        }
        Made::Names(basis) => {
            let draft = container::read(input, &mut facts).map_err(failed)?;
            let encoding = ("UTF-8", basis);
            let nothing = "It holds no file.";
            reading(line.reader(), media_type, encoding, draft, facts, nothing)
        }
        Made::Sheets => {
            let draft = table::workbook(input.bytes, &media_type, &mut facts).map_err(failed)?;
            let nothing = "The workbook holds no text: its sheets are empty.";
            let encoding = ("UTF-8", "cells of a workbook");
            reading(line.reader(), media_type, encoding, draft, facts, nothing)
        }
    }
}

fn read_text(
    bytes: &[u8],
    media_type: String,
    line: &registry::Line,
    read: registry::ReadText,
) -> Result<Reading, Unread> {
    let is_page = media_type == "text/html";
    let declared = is_page.then(|| decode::declared_in_markup(bytes)).flatten();
    let decoded = decode::decode(bytes, declared.as_deref())
        .map_err(|not_text| unread(Some(line.reader()), not_text.to_string()))?;
    if u32::try_from(decoded.text.len()).is_err() {
        return Err(unread(
            Some(line.reader()),
            "The text is longer than 4 GiB. Split it into parts.",
        ));
    }
    let mut facts = Facts::default();
    let draft = read(&decoded.text, &mut facts);
    let mut remarks = decoded.remarks;
    remarks.append(&mut facts.remarks);
    facts.remarks = remarks;
    let has_script = || decoded.text.to_ascii_lowercase().contains("<script");
    let nothing = if draft.blocks.is_empty() && is_page && has_script() {
        "The page holds no text of its own: a script draws it. Capture it again with a browser."
    } else {
        "The file holds no text: nothing but white space and marks."
    };
    let encoding = (decoded.encoding, decoded.basis);
    reading(line.reader(), media_type, encoding, draft, facts, nothing)
}

/// The reading that a draft makes; `nothing` is why there is none if it has no passage.
fn reading(
    reader: Reader,
    media_type: String,
    (encoding, basis): (&str, &str),
    draft: Draft<'_>,
    facts: Facts,
    nothing: &str,
) -> Result<Reading, Unread> {
    if draft.overflow {
        let reason = format!(
            "The text has more than {} passages. Split it into parts.",
            draft::MAX_BLOCKS
        );
        return Err(unread(Some(reader), reason));
    }
    if let Some(reason) = draft.refusal {
        return Err(unread(Some(reader), reason));
    }
    if draft.blocks.is_empty() {
        return Err(unread(Some(reader), nothing));
    }
    let passages = (1..)
        .zip(&draft.blocks)
        .map(|(number, block)| Passage {
            number,
            span: block.span,
            kind: block.kind,
            left_out: block.left_out,
        })
        .collect();
    Ok(Reading {
        reader,
        media_type,
        encoding: encoding.to_owned(),
        encoding_basis: basis.to_owned(),
        text: draft.text,
        map: draft.map,
        passages,
        title: facts.title,
        authors: facts.authors,
        publisher: facts.publisher,
        published: facts.published,
        updated: facts.updated,
        language: facts.language,
        address: facts.address,
        remarks: facts.remarks,
        tables: draft.tables,
        pages: draft.pages,
        words: Vec::new(),
        doubts: facts.doubts,
        likeness: facts.likeness,
    })
}

/// Why no reader takes this file.
fn refusal(media_type: &str, bytes: &[u8]) -> String {
    if media_type != "application/octet-stream" {
        return format!(
            "No reader takes {media_type} yet. The file is kept and can be read by a later version."
        );
    }
    let zeros = bytes.iter().filter(|&&byte| byte == 0).count();
    if zeros == bytes.len() {
        return format!("This is not text: all of its {zeros} bytes are zero.");
    }
    "This is not text: it holds bytes that no text does, and no known file type begins like it. \
     Check that the file is complete and has the right name."
        .to_owned()
}

/// Reads the lists now rather than with the first file.
fn warm_up() {
    std::sync::LazyLock::force(&data::PHRASES);
    std::sync::LazyLock::force(&data::MONTHS);
    std::sync::LazyLock::force(&class_names::CLASS_NAMES);
    std::sync::LazyLock::force(&data::COMMON_WORDS);
    let _ = data::publisher_at("https://example.org/");
}

pub(crate) fn unread(reader: Option<Reader>, reason: impl Into<String>) -> Unread {
    Unread {
        reader,
        reason: reason.into(),
        likeness: None,
    }
}
