//! One record of a capture, as the list of a reading shows it.
//!
//! Invariant: its digest is checked here, over the bytes that are here.

use super::digest;
use super::http::Answer;
use super::records::Record;
use crate::front_matter::one_line;
use model::{Captured, DigestCheck};

/// Longest address that is kept, in bytes.
const MOST_ADDRESS: usize = 2048;

/// What one record of a capture is.
pub(crate) struct Line {
    /// What it says of itself.
    pub captured: Captured,
    /// `response`, `resource`, `revisit`, ...
    pub(super) kind: String,
    /// Media type that is stated, where one is.
    pub(super) media_type: String,
    /// Bytes of its body.
    pub(super) bytes: usize,
    /// What else is to be said of it.
    pub(super) note: Option<String>,
}

/// Checks the digests that a record states: of its block, and of its payload where that is known.
pub(super) fn checked(record: &Record, payload: Option<&[&[u8]]>) -> DigestCheck {
    let block = record.field("WARC-Block-Digest");
    let block = block.map_or(DigestCheck::Absent, |stated| {
        digest::check(stated, &[&record.block])
    });
    let stated = record.field("WARC-Payload-Digest");
    let payload = match (stated, payload) {
        (Some(stated), Some(candidates)) => digest::check(stated, candidates),
        _ => DigestCheck::Absent,
    };
    digest::both(block, payload)
}

/// The line of a record; `payload` as for [`checked`].
pub(super) fn line(record: &Record, bytes: usize, payload: Option<&[&[u8]]>) -> Line {
    Line {
        captured: Captured {
            at: one_line(record.field("WARC-Date").unwrap_or_default()),
            address: cut(record.address()),
            status: None,
            machine: record.field("WARC-IP-Address").map(one_line),
            headers: Vec::new(),
            digest: checked(record, payload),
        },
        kind: record.kind(),
        media_type: String::new(),
        bytes,
        note: None,
    }
}

impl Line {
    /// Takes status and media type from an answer.
    pub(super) fn status_of(&mut self, block: &[u8]) {
        if let Some(answer) = Answer::of(block) {
            self.captured.status = Some(answer.status);
            self.media_type = answer.media_type();
        }
    }

    /// Whether it is a page that somebody asked for.
    pub fn is_page(&self) -> bool {
        self.kind == "response"
            && self.captured.status == Some(200)
            && matches!(
                self.media_type.as_str(),
                "text/html" | "application/xhtml+xml"
            )
    }

    /// One line for people.
    pub(super) fn words(&self) -> String {
        let captured = &self.captured;
        let status = captured
            .status
            .map(|status| format!("{status} "))
            .unwrap_or_default();
        let mut words = format!("{} {status}{}", captured.at, captured.address);
        if self.kind != "response" {
            words.push_str(&format!(", {}", self.kind));
        }
        if !self.media_type.is_empty() {
            words.push_str(&format!(", {}", one_line(&self.media_type)));
        }
        words.push_str(&format!(", {} bytes", self.bytes));
        if captured.digest != DigestCheck::Matches && self.kind != "revisit" {
            words.push_str(&format!(", {}", captured.digest.words()));
        }
        if let Some(note) = &self.note {
            words.push_str(&format!(", {note}"));
        }
        words
    }
}

/// An address in one line, of bearable length.
pub(super) fn cut(address: &str) -> String {
    let mut address = one_line(address);
    if address.len() > MOST_ADDRESS {
        let mut end = MOST_ADDRESS;
        while !address.is_char_boundary(end) {
            end -= 1;
        }
        address.truncate(end);
    }
    address
}
