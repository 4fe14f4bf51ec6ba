//! Which reader takes which media type: the one table that a new format enters.
//!
//! Invariant: a reader whose output changes for any input, by code or by data, gets a higher
//! version.

use crate::draft::Draft;
use crate::facts::Facts;
use crate::{html, mail, markdown, mhtml, office, outlook, pdf, picture, table, text};
use crate::{wacz, warc};
use model::Reader;

/// A reader of decoded text.
pub(crate) type ReadText = for<'s> fn(&'s str, &mut Facts) -> Draft<'s>;

/// A reader of bytes that are no text.
pub(crate) type ReadBytes = fn(&[u8], &mut Facts) -> Result<Draft<'static>, String>;

/// How a reader makes its draft.
#[derive(Clone, Copy)]
pub(crate) enum Made {
    /// Of the decoded text.
    Text(ReadText),
    /// Of the bytes; what they hold, in words, and the function.
    Bytes(&'static str, ReadBytes),
    /// Of the sheets of a workbook.
    Sheets,
    /// Of the names of the files that a container holds; what they are, in words.
    Names(&'static str),
}

/// A line of the registry.
pub(crate) struct Line {
    /// The media type that it takes.
    pub takes: &'static str,
    name: &'static str,
    version: u32,
    pub made: Made,
}

impl Line {
    /// The reader as a reading names it.
    pub fn reader(&self) -> Reader {
        Reader {
            name: self.name.to_owned(),
            version: self.version,
        }
    }
}

const fn line(takes: &'static str, name: &'static str, version: u32, made: Made) -> Line {
    Line {
        takes,
        name,
        version,
        made,
    }
}

/// All readers. No media type stands here twice.
#[rustfmt::skip]
pub(crate) const READERS: &[Line] = &[
    line("text/html", "html", 3, Made::Text(html::read)),
    line("text/markdown", "markdown", 3, Made::Text(markdown::read)),
    line("text/plain", "text", 3, Made::Text(text::read)),
    line("text/csv", "table", 1, Made::Text(table::delimited)),
    line("text/tab-separated-values", "table", 1, Made::Text(table::delimited)),
    line("application/x-ndjson", "table", 1, Made::Text(table::json_lines)),
    line("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "workbook", 1, Made::Sheets),
    line("application/vnd.oasis.opendocument.spreadsheet", "workbook", 1, Made::Sheets),
    line("application/vnd.ms-excel", "workbook", 1, Made::Sheets),
    line("application/pdf", "pdf", 3, Made::Bytes("pages of a PDF file", pdf::read)),
    line("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", 3, Made::Bytes("parts of a DOCX file", office::docx)),
    line("application/vnd.oasis.opendocument.text", "odt", 3, Made::Bytes("parts of an ODT file", office::odt)),
    line("application/rtf", "rtf", 2, Made::Bytes("an RTF file", office::rtf)),
    line("application/epub+zip", "epub", 2, Made::Bytes("chapters of a book", office::epub)),
    line("message/rfc822", "mail", 3, Made::Bytes("bodies of a message", mail::read)),
    line("application/vnd.ms-outlook", "outlook", 2, Made::Bytes("properties of a message", outlook::read)),
    line("multipart/related", "mhtml", 2, Made::Bytes("parts of a saved page", mhtml::read)),
    line("image/jpeg", "picture", 3, Made::Bytes("fields of a picture", picture::read)),
    line("image/png", "picture", 3, Made::Bytes("fields of a picture", picture::read)),
    line("image/tiff", "picture", 3, Made::Bytes("fields of a picture", picture::read)),
    line("image/webp", "picture", 3, Made::Bytes("fields of a picture", picture::read)),
    line("application/wacz", "wacz", 2, Made::Bytes("captures in a package", wacz::read)),
    line("application/warc", "warc", 2, Made::Bytes("records of a capture", warc::read)),
    line("application/mbox", "container", 2, Made::Names("names of messages")),
    line("application/x-tar", "container", 2, Made::Names("names of files")),
    line("application/gzip", "container", 2, Made::Names("names of files")),
    line("application/zip", "container", 2, Made::Names("names of files")),
];

/// The line that takes this media type, if one does.
pub(crate) fn line_of(media_type: &str) -> Option<&'static Line> {
    READERS.iter().find(|line| line.takes == media_type)
}

/// Whether files of this media type are read as tables.
#[must_use]
pub fn is_table(media_type: &str) -> bool {
    line_of(media_type).is_some_and(|line| matches!(line.name, "table" | "workbook"))
}

/// The reader that takes files of this media type, and its version; `None` when none does.
#[must_use]
pub fn reader_of(media_type: &str) -> Option<Reader> {
    line_of(media_type).map(Line::reader)
}

#[cfg(test)]
mod tests {
    use super::READERS;
    use std::collections::BTreeSet;

    #[test]
    fn no_media_type_has_two_readers() {
        let types: BTreeSet<_> = READERS.iter().map(|line| line.takes).collect();
        assert!(types.len() > 20);
        assert_eq!(types.len(), READERS.len());
    }
}
