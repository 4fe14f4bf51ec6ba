//! Files as other programs write them (`capture_data/make.py`): wget, py-wacz, Chromium,
//! SingleFile, LibreOffice, GNU tar, extract-msg; and looking into their readings.
#![allow(dead_code, clippy::unwrap_used)]

use model::{CharIndex, LeftOut, PassageKind, Reading};
use onrecord_read::{Input, Member, read, unpack};

macro_rules! data {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../capture_data/", $name)).as_slice(),
        )
    };
}

pub type File = (&'static str, &'static [u8]);
pub const WGET: File = data!("wget.warc.gz");
pub const AGAIN: File = data!("again.warc.gz");
pub const PLAIN: File = data!("plain.warc");
pub const WACZ: File = data!("page.wacz");
pub const SIGNED: File = data!("signed.wacz");
pub const CHANGED: File = data!("changed.wacz");
pub const MHTML: File = data!("page.mhtml");
pub const SINGLE: File = data!("single-file.html");
pub const RTF: File = data!("report.rtf");
pub const EPUB: File = data!("report.epub");
pub const GNU: File = data!("gnu.tar");
pub const PAX: File = data!("pax.tar.gz");
pub const MSG: File = data!("letter.msg");

pub fn reading((name, bytes): (&str, &[u8])) -> Reading {
    let reading = read(&Input { bytes, name }).unwrap();
    let mut end = 0;
    for passage in &reading.passages {
        assert!(passage.span.start >= end && passage.span.end > passage.span.start);
        end = passage.span.end;
    }
    reading
}

pub fn taken_out((name, bytes): (&str, &[u8])) -> Vec<Member> {
    unpack(&Input { bytes, name }).unwrap()
}

pub fn lines(reading: &Reading) -> Vec<&str> {
    let chars = CharIndex::new(&reading.text);
    let passages = reading.passages.iter();
    passages
        .map(|passage| chars.slice(&reading.text, passage.span).unwrap())
        .collect()
}

pub fn clean(reading: &Reading) -> Vec<&str> {
    let chars = CharIndex::new(&reading.text);
    let passages = reading.clean();
    passages
        .map(|passage| chars.slice(&reading.text, passage.span).unwrap())
        .collect()
}

/// Kind, mark and text of every passage.
pub fn passages(reading: &Reading) -> Vec<(PassageKind, Option<LeftOut>, &str)> {
    let chars = CharIndex::new(&reading.text);
    let all = reading.passages.iter().map(|passage| {
        let text = chars.slice(&reading.text, passage.span).unwrap();
        (passage.kind, passage.left_out, text)
    });
    all.collect()
}
