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
//! | read any other file, in a process that can do nothing else | [`Workers::start`], [`Workers::read`] |
//! | be that process | [`worker::serve`] |
//! | say what this machine's sandbox gives | [`sandbox`] |
//!
//! How passages are found and marked stands in `docs/formats/readings.md`.
//!
//! Architecture invariants: a reading is a pure function of bytes, name and reader version; the
//! same input gives the same bytes out. No function here recurses on its input or panics on it.
//! Nothing here prints, reads the environment, or opens a file.
//!
//! A new format is one file with a function `read(&str, &mut Facts) -> Draft` and one line in
//! `READERS`; one whose bytes are no text stands in `WORKBOOKS`.

mod calendar;
mod class_names;
mod container;
mod data;
mod dates;
mod days;
mod decode;
mod draft;
mod facts;
mod front_matter;
mod html;
mod judge;
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
pub use worker::{Limits, SandboxReport, StartError, Workers, sandbox};

use draft::Draft;
use facts::Facts;
use model::{Passage, Reader, Reading, Unread};

/// A file to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its name as given. A hint only: it decides between kinds of text, nothing else.
    pub name: &'a str,
}

/// A reader of decoded text.
type ReadText = for<'s> fn(&'s str, &mut Facts) -> Draft<'s>;

/// Which reader takes which media type: media type, name, version, function.
///
/// A reader whose output changes for any input, by code or by data, gets a higher version.
const READERS: &[(&str, &str, u32, ReadText)] = &[
    ("text/html", "html", 2, html::read),
    ("text/markdown", "markdown", 2, markdown::read),
    ("text/plain", "text", 2, text::read),
    ("text/csv", "table", 1, table::delimited),
    ("text/tab-separated-values", "table", 1, table::delimited),
    ("application/x-ndjson", "table", 1, table::json_lines),
];

/// Workbooks, whose bytes are no text: media type, name, version.
const WORKBOOKS: &[(&str, &str, u32)] = &[
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "workbook",
        1,
    ),
    (
        "application/vnd.oasis.opendocument.spreadsheet",
        "workbook",
        1,
    ),
    ("application/vnd.ms-excel", "workbook", 1),
];

/// A reader of bytes that are no text.
type ReadBytes = fn(&[u8], &mut Facts) -> Result<Draft<'static>, String>;

/// Documents whose bytes are no text: media type, name, version, what it is made of, function.
const DOCUMENTS: &[(&str, &str, u32, &str, ReadBytes)] = &[
    (
        "application/pdf",
        "pdf",
        2,
        "pages of a PDF file",
        pdf::read,
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        2,
        "parts of a DOCX file",
        office::docx,
    ),
    (
        "application/vnd.oasis.opendocument.text",
        "odt",
        2,
        "parts of an ODT file",
        office::odt,
    ),
    (
        "message/rfc822",
        "mail",
        2,
        "bodies of a message",
        mail::read,
    ),
    (
        "application/mbox",
        "container",
        1,
        "names of messages",
        container::read,
    ),
    (
        "image/jpeg",
        "picture",
        1,
        "fields of a picture",
        picture::read,
    ),
    (
        "image/png",
        "picture",
        1,
        "fields of a picture",
        picture::read,
    ),
    (
        "image/tiff",
        "picture",
        1,
        "fields of a picture",
        picture::read,
    ),
    (
        "image/webp",
        "picture",
        1,
        "fields of a picture",
        picture::read,
    ),
    ("application/rtf", "rtf", 1, "an RTF file", office::rtf),
    (
        "application/epub+zip",
        "epub",
        1,
        "chapters of a book",
        office::epub,
    ),
    (
        "application/vnd.ms-outlook",
        "outlook",
        1,
        "properties of a message",
        outlook::read,
    ),
    (
        "multipart/related",
        "mhtml",
        1,
        "parts of a saved page",
        mhtml::read,
    ),
    (
        "application/x-tar",
        "container",
        1,
        "names of files",
        container::read,
    ),
    (
        "application/gzip",
        "container",
        1,
        "names of files",
        container::read,
    ),
    (
        "application/wacz",
        "wacz",
        1,
        "captures in a package",
        wacz::read,
    ),
    (
        "application/warc",
        "warc",
        1,
        "records of a capture",
        warc::read,
    ),
    (
        "application/zip",
        "container",
        1,
        "names of files",
        container::read,
    ),
];

/// Whether files of this media type are read as tables.
#[must_use]
pub fn is_table(media_type: &str) -> bool {
    let text = READERS
        .iter()
        .any(|(taken, name, ..)| *taken == media_type && *name == "table");
    text || WORKBOOKS.iter().any(|(taken, ..)| *taken == media_type)
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
    if let Some(&(_, name, version)) = WORKBOOKS.iter().find(|(taken, ..)| *taken == media_type) {
        let name = name.to_owned();
        return read_workbook(input.bytes, media_type, Reader { name, version });
    }
    if let Some(&(_, name, version, basis, read)) =
        DOCUMENTS.iter().find(|(taken, ..)| *taken == media_type)
    {
        let name = name.to_owned();
        let reader = Reader { name, version };
        return read_document(input.bytes, media_type, reader, basis, read);
    }
    let Some(&(_, name, version, read_text)) =
        READERS.iter().find(|(taken, ..)| *taken == media_type)
    else {
        return Err(unread(None, refusal(&media_type, input.bytes)));
    };
    let reader = Reader {
        name: name.to_owned(),
        version,
    };
    let declared = match media_type.as_str() {
        "text/html" => decode::declared_in_markup(input.bytes),
        _ => None,
    };
    let decoded = decode::decode(input.bytes, declared.as_deref())
        .map_err(|not_text| unread(Some(reader.clone()), not_text.to_string()))?;
    if u32::try_from(decoded.text.len()).is_err() {
        return Err(unread(
            Some(reader),
            "The text is longer than 4 GiB. Split it into parts.",
        ));
    }
    let mut facts = Facts::default();
    let draft = read_text(&decoded.text, &mut facts);
    if let Some(reason) = refused(&draft) {
        return Err(unread(Some(reader), reason));
    }
    if draft.blocks.is_empty() {
        let has_script = || decoded.text.to_ascii_lowercase().contains("<script");
        let reason = if media_type == "text/html" && has_script() {
            "The page holds no text of its own: a script draws it. Capture it again with a browser."
        } else {
            "The file holds no text: nothing but white space and marks."
        };
        return Err(unread(Some(reader), reason));
    }
    let mut remarks = decoded.remarks;
    remarks.append(&mut facts.remarks);
    Ok(reading(
        reader,
        media_type,
        (decoded.encoding, decoded.basis),
        draft,
        facts,
        remarks,
    ))
}

/// Why a draft that was made is no reading after all.
fn refused(draft: &Draft<'_>) -> Option<String> {
    if draft.overflow {
        return Some(format!(
            "The text has more than {} passages. Split it into parts.",
            draft::MAX_BLOCKS
        ));
    }
    draft.refusal.clone()
}

fn read_workbook(bytes: &[u8], media_type: String, reader: Reader) -> Result<Reading, Unread> {
    let mut facts = Facts::default();
    let draft = match table::workbook(bytes, &media_type, &mut facts) {
        Ok(draft) => draft,
        Err(reason) => return Err(unread(Some(reader), reason)),
    };
    if let Some(reason) = refused(&draft) {
        return Err(unread(Some(reader), reason));
    }
    if draft.blocks.is_empty() {
        let reason = "The workbook holds no text: its sheets are empty.";
        return Err(unread(Some(reader), reason));
    }
    let remarks = std::mem::take(&mut facts.remarks);
    let encoding = ("UTF-8", "cells of a workbook");
    Ok(reading(reader, media_type, encoding, draft, facts, remarks))
}

fn read_document(
    bytes: &[u8],
    media_type: String,
    reader: Reader,
    basis: &str,
    read: ReadBytes,
) -> Result<Reading, Unread> {
    let mut facts = Facts::default();
    let draft = match read(bytes, &mut facts) {
        Ok(draft) => draft,
        Err(reason) => return Err(unread(Some(reader), reason)),
    };
    if let Some(reason) = refused(&draft) {
        return Err(unread(Some(reader), reason));
    }
    if draft.blocks.is_empty() {
        let reason = "The document holds no text: nothing but white space and marks.";
        return Err(unread(Some(reader), reason));
    }
    let remarks = std::mem::take(&mut facts.remarks);
    let encoding = ("UTF-8", basis);
    Ok(reading(reader, media_type, encoding, draft, facts, remarks))
}

fn reading(
    reader: Reader,
    media_type: String,
    (encoding, basis): (&str, &str),
    draft: Draft<'_>,
    facts: Facts,
    remarks: Vec<String>,
) -> Reading {
    let passages = (1..)
        .zip(&draft.blocks)
        .map(|(number, block)| Passage {
            number,
            span: block.span,
            kind: block.kind,
            left_out: block.left_out,
        })
        .collect();
    Reading {
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
        remarks,
        tables: draft.tables,
        pages: draft.pages,
        words: Vec::new(),
        doubts: facts.doubts,
    }
}

/// The reader that takes files of this media type, and its version; `None` when none does.
#[must_use]
pub fn reader_of(media_type: &str) -> Option<Reader> {
    let texts = READERS
        .iter()
        .map(|&(taken, name, version, _)| (taken, name, version));
    let books = WORKBOOKS.iter().copied();
    let documents = DOCUMENTS
        .iter()
        .map(|&(taken, name, version, ..)| (taken, name, version));
    let mut all = texts.chain(books).chain(documents);
    let (_, name, version) = all.find(|(taken, ..)| *taken == media_type)?;
    Some(Reader {
        name: name.to_owned(),
        version,
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
    }
}
