//! Captures of the web (WARC): what was asked for, when, and what came back.
//!
//! The reading is a list of all records with what came of checking their digests. Every answer
//! that is a document, a picture, a film or data becomes a source of its own; style sheets,
//! scripts and fonts stay in the capture, as do answers other than 2xx: the list names them.
//! Invariant: bytes of a member are those of the answer with transfer and content codings undone,
//! never anything else. Standard: ISO 28500:2017.

mod digest;
mod http;
mod line;
mod names;
mod records;

pub(crate) use digest::hex;

use crate::container::{Members, too_long};
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use http::Answer;
pub(crate) use line::Line;
use line::{checked, cut, line};
use model::{DigestCheck, PassageKind};
use names::{dresses, name_of};
use records::{Broken, Record, Records};

/// Records of one file that are looked at.
const MOST_RECORDS: usize = 200_000;
/// Bytes of header fields that are kept with a source.
const MOST_FIELDS: usize = 16 << 10;

/// A capture as it was looked through.
#[derive(Default)]
pub(crate) struct Seen {
    /// Records that came or stand for an answer, in order.
    pub lines: Vec<Line>,
    /// All records.
    pub records: usize,
    /// Records whose digest differs.
    pub differing: usize,
    /// Records whose digest matches.
    pub matching: usize,
    /// Revisits whose digest differs. Wget states that of the whole answer, of which a revisit keeps
    /// the header: they tell nothing, and are not among `differing`.
    pub revisits_differing: usize,
    /// Program that wrote it, as it says.
    pub software: Option<String>,
    /// Answers that only dress a page.
    pub dressing: usize,
    /// Why it was not read to its end.
    pub broken: Option<String>,
}

/// Reads a capture as a list of what it holds.
///
/// # Errors
/// In words for people: no record at all, or more than may be unpacked.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let mut seen = Seen::default();
    look(bytes, &mut seen, &mut Members::new(bytes.len()))?;
    let mut draft = Draft::new("");
    write(&seen, &mut draft, facts);
    Ok(draft)
}

/// The answers that a capture holds.
///
/// # Errors
/// As [`read`].
pub(crate) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    look(bytes, &mut Seen::default(), members)
}

/// Looks through a capture; takes its answers out and says what was seen.
///
/// # Errors
/// As [`read`].
pub(crate) fn look(bytes: &[u8], seen: &mut Seen, members: &mut Members) -> Result<(), String> {
    let before = seen.records;
    let mut records = Records::of(bytes, members.most(bytes.len()));
    while let Some(record) = records.next() {
        match record {
            Ok(_) if seen.records >= MOST_RECORDS => {
                return Err(format!(
                    "It holds more than {MOST_RECORDS} records. Split it into parts."
                ));
            }
            Ok(record) => {
                seen.records += 1;
                take(&record, seen, members)?;
            }
            Err(Broken::TooLong) => return Err(too_long()),
            Err(Broken::Damaged(why)) if seen.records == before => {
                return Err(format!(
                    "The capture is damaged: {why}. Check that it is complete."
                ));
            }
            Err(Broken::Damaged(why)) => seen.broken = Some(why),
        }
    }
    Ok(())
}

fn take(record: &Record, seen: &mut Seen, members: &mut Members) -> Result<(), String> {
    match record.kind().as_str() {
        "warcinfo" => {
            count(seen, checked(record, None));
            let text = String::from_utf8_lossy(&record.block);
            let said = text.lines().find_map(|line| line.strip_prefix("software:"));
            seen.software = seen.software.take().or(said.map(one_line));
        }
        "response" => return response(record, seen, members),
        "resource" => return resource(record, seen, members),
        "revisit" => {
            // Its payload is that of the earlier answer: only the block is here to be checked.
            let mut line = line(record, record.block.len(), None);
            match line.captured.digest {
                DigestCheck::Differs => seen.revisits_differing += 1,
                verdict => count(seen, verdict),
            }
            line.status_of(&record.block);
            line.note = Some(match record.field("WARC-Refers-To-Date") {
                Some(date) => format!("the same bytes as on {}", one_line(date)),
                None => "the same bytes as an earlier answer".to_owned(),
            });
            seen.lines.push(line);
        }
        _ => count(seen, checked(record, None)),
    }
    Ok(())
}

fn response(record: &Record, seen: &mut Seen, members: &mut Members) -> Result<(), String> {
    let Some(answer) = Answer::of(&record.block) else {
        // Names that were looked up, and other protocols.
        return resource(record, seen, members);
    };
    let unchunked = answer.unchunked();
    let payload = [answer.stored, unchunked.as_deref().unwrap_or_default()];
    let mut line = line(record, 0, Some(&payload));
    line.captured.status = Some(answer.status);
    line.captured.headers = bounded(&answer.fields);
    line.media_type = answer.media_type();
    if (300..400).contains(&answer.status) {
        line.note = answer.field("Location").map(|to| format!("to {}", cut(to)));
    }
    let body = answer
        .body(unchunked, members.left())
        .map_err(|_| too_long())?;
    line.bytes = body.bytes.len();
    if body.note.is_some() {
        line.note = body.note;
    }
    finish(record, line, body.bytes, seen, members)
}

fn resource(record: &Record, seen: &mut Seen, members: &mut Members) -> Result<(), String> {
    let mut line = line(record, record.block.len(), Some(&[&record.block]));
    let stated = record.field("Content-Type").unwrap_or_default();
    let stated = stated.split(';').next().unwrap_or_default().trim();
    line.media_type = stated.to_ascii_lowercase();
    finish(record, line, record.block.clone(), seen, members)
}

/// Lists an answer, and takes its body out where it is a source.
fn finish(
    record: &Record,
    mut line: Line,
    body: Vec<u8>,
    seen: &mut Seen,
    members: &mut Members,
) -> Result<(), String> {
    count(seen, line.captured.digest);
    if let Some(why) = record.field("WARC-Truncated") {
        let why = format!("cut off by the recorder: {}", one_line(why));
        line.note = Some(
            line.note
                .map_or(why.clone(), |note| format!("{note}; {why}")),
        );
    }
    let dresses = dresses(&line.media_type, &line.captured.address);
    seen.dressing += usize::from(dresses && !body.is_empty());
    let arrived = line.captured.status.is_none_or(|s| (200..300).contains(&s));
    let internal = ["dns:", "urn:", "metadata:", "whois:"];
    let internal = internal
        .iter()
        .any(|scheme| line.captured.address.starts_with(scheme));
    if arrived && !dresses && !internal && !body.is_empty() {
        let name = name_of(&line.captured.address, &line.media_type);
        members.take_captured(name, body, line.captured.clone())?;
    }
    seen.lines.push(line);
    Ok(())
}

fn count(seen: &mut Seen, verdict: DigestCheck) {
    seen.matching += usize::from(verdict == DigestCheck::Matches);
    seen.differing += usize::from(verdict == DigestCheck::Differs);
}

/// Writes what was seen as a draft, with title and remarks.
pub(crate) fn write(seen: &Seen, draft: &mut Draft<'static>, facts: &mut Facts) {
    let mut words: Vec<String> = seen.lines.iter().map(Line::words).collect();
    if words.is_empty() {
        words.push(format!("No answer in {} records.", seen.records));
    }
    for words in words {
        // A list of addresses is no text to look for allegations in.
        draft.aside(PassageKind::ListItem, &words);
    }
    let pages = || seen.lines.iter().filter(|line| line.is_page());
    if let Some(page) = pages().next() {
        let captured = &page.captured;
        let title = format!("Capture of {}", captured.address);
        facts
            .title
            .get_or_insert(found(title, "first page in the capture"));
        facts
            .address
            .get_or_insert(found(captured.address.clone(), "first page in the capture"));
    }
    facts.remarks.push(format!(
        "A capture of {} records{}; its answers are sources of their own. Digests checked: {} \
         right, {} wrong.",
        seen.records,
        seen.software
            .as_ref()
            .map(|software| format!(", written by {software}"))
            .unwrap_or_default(),
        seen.matching,
        seen.differing,
    ));
    let differing = seen
        .lines
        .iter()
        .filter(|line| line.captured.digest == DigestCheck::Differs);
    let differing: Vec<_> = differing
        .take(5)
        .map(|line| line.captured.address.as_str())
        .collect();
    if seen.differing > 0 {
        facts.remarks.push(format!(
            "Bytes of the capture are not those that were recorded: {}.",
            if differing.is_empty() {
                "records of requests".to_owned()
            } else {
                differing.join(", ")
            }
        ));
    }
    if seen.revisits_differing > 0 {
        facts.remarks.push(format!(
            "{} records of a repeated answer state a digest that is not that of what they keep: Wget \
             states that of the whole answer there, of which only the header is kept.",
            seen.revisits_differing
        ));
    }
    if seen.dressing > 0 {
        facts.remarks.push(format!(
            "{} style sheets, scripts and fonts stay in the capture.",
            seen.dressing
        ));
    }
    if let Some(why) = &seen.broken {
        facts.remarks.push(format!(
            "The capture is damaged behind record {}: {why}. What stands behind is not read.",
            seen.records
        ));
    }
}

fn bounded(fields: &[(String, String)]) -> Vec<(String, String)> {
    let mut left = MOST_FIELDS;
    let fitting = fields.iter().take_while(|(name, value)| {
        let len = name.len() + value.len();
        let fits = len <= left;
        left = left.saturating_sub(len);
        fits
    });
    fitting.cloned().collect()
}
