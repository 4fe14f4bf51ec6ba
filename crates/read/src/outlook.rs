//! Messages as Outlook keeps them (MSG): an OLE file of properties, with attachments and messages
//! within messages.
//!
//! Invariant: what the message states is read as in any mail; times are the sender's word.
//! Standards: MS-OXMSG, MS-OXPROPS, MS-OXRTFCP, MS-CFB.

use crate::container::Members;
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::{calendar, dates, html, judge, mail, office};
use cfb::CompoundFile;
use encoding_rs::Encoding;
use model::{LeftOut, PassageKind};
use std::io::{Cursor, Read};

/// Messages within one file, itself included.
const MOST_MESSAGES: usize = 256;
/// Attachments of one message.
const MOST_ATTACHMENTS: usize = 2048;
/// Longest property that is text, in bytes.
const MOST_TEXT: u64 = 32 << 20;
/// Longest body that a compressed one may unpack to, in bytes.
const MOST_RTF: usize = 64 << 20;

/// Properties by their tags.
const SUBJECT: u16 = 0x0037;
const SUBMITTED: u16 = 0x0039;
const SENDER_NAME: u16 = 0x0c1a;
const SENDER_ADDRESS: u16 = 0x0c1f;
const SENDER_SMTP: u16 = 0x5d01;
const DELIVERED: u16 = 0x0e06;
const TO: u16 = 0x0e04;
const CC: u16 = 0x0e03;
const BODY: u16 = 0x1000;
const RTF_BODY: u16 = 0x1009;
const HTML_BODY: u16 = 0x1013;
const CODE_PAGE: u16 = 0x3ffd;
const INTERNET_CODE_PAGE: u16 = 0x3fde;
const LONG_NAME: u16 = 0x3707;
const SHORT_NAME: u16 = 0x3704;
const DISPLAY_NAME: u16 = 0x3001;

type Ole<'b> = CompoundFile<Cursor<&'b [u8]>>;

/// Reads the message `bytes`, and behind it the messages that it holds.
///
/// # Errors
/// In words for people: no message.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let mut ole = open(bytes)?;
    let mut draft = Draft::new("");
    let mut title = None;
    let mut carried = Vec::new();
    for (number, storage) in messages(&ole).into_iter().enumerate() {
        let message = Message::of(&mut ole, &storage, number == 0);
        let at = message.header(&mut draft);
        if number == 0 {
            title = at;
            message.says(&draft, at, facts);
        }
        message.body(&mut ole, &mut draft);
        for attachment in attachments(&ole, &storage) {
            carried.push(name_of(&mut ole, &attachment, message.encoding));
        }
    }
    if !carried.is_empty() {
        let more = carried.len().saturating_sub(50);
        carried.truncate(50);
        facts.remarks.push(format!(
            "The message carries {}{}.",
            carried.join(", "),
            if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            }
        ));
    }
    judge::paged(&mut draft, facts, title);
    Ok(draft)
}

/// The files that a message carries, at all depths; messages among them are read with it.
///
/// # Errors
/// As [`read`], and when there is too much.
pub(crate) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let mut ole = open(bytes)?;
    for storage in messages(&ole) {
        let encoding = Message::of(&mut ole, &storage, storage == "/").encoding;
        for attachment in attachments(&ole, &storage) {
            let path = format!("{attachment}/__substg1.0_37010102");
            let most = members.left() as u64 + 1;
            let Some(content) = stream(&mut ole, &path, most) else {
                continue;
            };
            let name = name_of(&mut ole, &attachment, encoding);
            members.take(name, content)?;
        }
    }
    Ok(())
}

fn open(bytes: &[u8]) -> Result<Ole<'_>, String> {
    CompoundFile::open(Cursor::new(bytes)).map_err(|error| {
        format!("The message cannot be opened ({error}). Check that it is complete.")
    })
}

/// Where messages stand: the file itself, then those within it, breadth first.
fn messages(ole: &Ole<'_>) -> Vec<String> {
    let mut found = vec!["/".to_owned()];
    let mut at = 0;
    while at < found.len() && found.len() < MOST_MESSAGES {
        let inner = attachments(ole, &found[at])
            .into_iter()
            .map(|attachment| format!("{attachment}/__substg1.0_3701000D"))
            .filter(|storage| ole.is_storage(storage))
            .take(MOST_MESSAGES - found.len());
        let inner: Vec<_> = inner.collect();
        found.extend(inner);
        at += 1;
    }
    found
}

/// The storages of the attachments of the message in `storage`, in order.
fn attachments(ole: &Ole<'_>, storage: &str) -> Vec<String> {
    let Ok(entries) = ole.read_storage(storage) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach_version1.0_#"))
        .take(MOST_ATTACHMENTS)
        .map(|entry| format!("{}/{}", storage.trim_end_matches('/'), entry.name()))
        .collect();
    found.sort_unstable();
    found
}

fn name_of(ole: &mut Ole<'_>, attachment: &str, encoding: &'static Encoding) -> String {
    let names = [LONG_NAME, SHORT_NAME, DISPLAY_NAME];
    let mut names = names
        .into_iter()
        .filter_map(|tag| text(ole, attachment, tag, encoding));
    let name = names.next().map(|name| one_line(&name));
    name.filter(|name| !name.is_empty())
        .unwrap_or_else(|| "attachment without a name".to_owned())
}

/// The bytes of a stream, at most `most`; `None` when there is none.
fn stream(ole: &mut Ole<'_>, path: &str, most: u64) -> Option<Vec<u8>> {
    if !ole.is_stream(path) {
        return None;
    }
    let mut bytes = Vec::new();
    ole.open_stream(path)
        .ok()?
        .take(most)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// A property that is text.
fn text(ole: &mut Ole<'_>, storage: &str, tag: u16, encoding: &'static Encoding) -> Option<String> {
    let storage = storage.trim_end_matches('/');
    let wide = stream(
        ole,
        &format!("{storage}/__substg1.0_{tag:04X}001F"),
        MOST_TEXT,
    );
    if let Some(bytes) = wide {
        let (text, _) = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes);
        return Some(text.trim_end_matches('\0').to_owned());
    }
    let bytes = stream(
        ole,
        &format!("{storage}/__substg1.0_{tag:04X}001E"),
        MOST_TEXT,
    )?;
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    Some(text.trim_end_matches('\0').to_owned())
}

/// What a message states.
struct Message {
    storage: String,
    encoding: &'static Encoding,
    subject: String,
    from: String,
    to: Option<String>,
    cc: Option<String>,
    date: Option<String>,
}

impl Message {
    fn of(ole: &mut Ole<'_>, storage: &str, outermost: bool) -> Self {
        let path = format!("{}/__properties_version1.0", storage.trim_end_matches('/'));
        let fixed = stream(ole, &path, MOST_TEXT).unwrap_or_default();
        let fixed = fixed
            .get(if outermost { 32 } else { 24 }..)
            .unwrap_or_default();
        let value = |tag: u16| {
            let mut entries = fixed.as_chunks::<16>().0.iter();
            let entry = entries.find(|entry| entry[2..4] == tag.to_le_bytes())?;
            entry[8..]
                .first_chunk::<8>()
                .map(|value| u64::from_le_bytes(*value))
        };
        let code_page = |tag| {
            let number = value(tag)? & 0xffff_ffff;
            office::of_code_page(i64::try_from(number).ok()?)
        };
        let encoding = code_page(CODE_PAGE).or(code_page(INTERNET_CODE_PAGE));
        let encoding = encoding.unwrap_or(encoding_rs::WINDOWS_1252);
        let date = value(SUBMITTED).or(value(DELIVERED)).and_then(date_of);
        let mut said = |tag| {
            let said = text(ole, storage, tag, encoding).map(|text| one_line(&text));
            said.filter(|text| !text.is_empty())
        };
        let address =
            said(SENDER_SMTP).or_else(|| said(SENDER_ADDRESS).filter(|a| a.contains('@')));
        let from = match (said(SENDER_NAME), address) {
            (Some(name), Some(address)) if name != address => format!("{name} <{address}>"),
            (Some(one), _) | (None, Some(one)) => one,
            (None, None) => String::new(),
        };
        Self {
            storage: storage.to_owned(),
            encoding,
            subject: said(SUBJECT).unwrap_or_default(),
            from,
            to: said(TO),
            cc: said(CC),
            date,
        }
    }

    /// Writes the header lines; the block of the subject.
    fn header(&self, draft: &mut Draft<'static>) -> Option<usize> {
        let from = Some(self.from.clone()).filter(|from| !from.is_empty());
        let lines = [
            ("From", from),
            ("To", self.to.clone()),
            ("Cc", self.cc.clone()),
            ("Date", self.date.clone()),
        ];
        for (name, value) in lines {
            let Some(value) = value else { continue };
            let at = draft.blocks.len();
            mail::line(draft, PassageKind::Paragraph, &format!("{name}: {value}"));
            if let Some(block) = draft.blocks.get_mut(at) {
                block.left_out = Some(LeftOut::FrontMatter);
            }
        }
        if self.subject.is_empty() {
            return None;
        }
        let at = draft.blocks.len();
        let kind = if self.storage == "/" {
            PassageKind::Title
        } else {
            PassageKind::Heading
        };
        mail::line(draft, kind, &self.subject);
        Some(at)
    }

    fn says(&self, draft: &Draft<'_>, at: Option<usize>, facts: &mut Facts) {
        if !self.from.is_empty() {
            facts
                .authors
                .push(found(self.from.clone(), "message: sender"));
        }
        let date = self.date.as_deref().and_then(dates::metadata);
        facts.published =
            date.map(|date| found(date, "message: time sent, as the sender's machine set it"));
        if let Some(at) = at {
            let mut title = found(self.subject.clone(), "message: subject");
            title.span = draft.blocks.get(at).map(|block| block.span);
            facts.title = Some(title);
        }
    }

    /// Writes the body: as plain text, else as HTML, else as RTF.
    fn body(&self, ole: &mut Ole<'_>, draft: &mut Draft<'static>) {
        let plain = text(ole, &self.storage, BODY, self.encoding);
        if let Some(plain) = plain.filter(|text| !text.trim().is_empty()) {
            mail::plain(draft, &plain);
            return;
        }
        let storage = self.storage.trim_end_matches('/');
        let path = format!("{storage}/__substg1.0_{HTML_BODY:04X}0102");
        let page = match stream(ole, &path, MOST_TEXT) {
            Some(bytes) => {
                let declared = crate::decode::declared_in_markup(&bytes);
                crate::decode::decode(&bytes, declared.as_deref())
                    .ok()
                    .map(|page| page.text)
            }
            None => text(ole, &self.storage, HTML_BODY, self.encoding),
        };
        if let Some(page) = page {
            mail::embed(draft, &html::read(&page, &mut Facts::default()), true);
            return;
        }
        let path = format!("{storage}/__substg1.0_{RTF_BODY:04X}0102");
        let packed = stream(ole, &path, MOST_TEXT).unwrap_or_default();
        if let Some(rich) = unpacked(&packed)
            && let Ok(body) = office::rtf(&rich, &mut Facts::default())
        {
            mail::embed(draft, &body, true);
        }
    }
}

/// A time in steps of a tenth of a microsecond since 1601.
fn date_of(steps: u64) -> Option<String> {
    calendar::rfc3339((steps / 10_000_000).checked_sub(11_644_473_600)?)
}

/// A body in compressed RTF (MS-OXRTFCP), unpacked; `None` when it is damaged.
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    const FIRST: &[u8; 207] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
    let (kind, body) = (packed.get(8..12)?, packed.get(16..)?);
    if kind == b"MELA" {
        return Some(body.to_vec());
    }
    if kind != b"LZFu" {
        return None;
    }
    let mut window = [b' '; 4096];
    window[..FIRST.len()].copy_from_slice(FIRST);
    let mut at = FIRST.len();
    let mut plain = Vec::new();
    let mut bytes = body.iter().copied();
    while let Some(flags) = bytes.next() {
        for bit in 0..8 {
            if plain.len() > MOST_RTF {
                return None;
            }
            if flags >> bit & 1 == 0 {
                let Some(byte) = bytes.next() else {
                    return Some(plain);
                };
                window[at] = byte;
                at = (at + 1) % 4096;
                plain.push(byte);
                continue;
            }
            let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else {
                return Some(plain);
            };
            let from = usize::from(high) << 4 | usize::from(low) >> 4;
            if from == at {
                return Some(plain);
            }
            for step in 0..usize::from(low & 15) + 2 {
                let byte = window[(from + step) % 4096];
                window[at] = byte;
                at = (at + 1) % 4096;
                plain.push(byte);
            }
        }
    }
    Some(plain)
}
