//! Pages saved by a browser as one file (MHTML): the page is read as HTML, its pictures are
//! sources of their own.
//!
//! Invariant: the time of saving is no date of publication, and is told as what it is. Standards:
//! RFC 2557, RFC 2045 to 2049.

use crate::container::Members;
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::{data, html, mail};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use model::{Captured, DigestCheck};

/// Pages in frames that are read behind the page itself.
const MOST_PAGES: usize = 32;

/// Reads the saved page `bytes`.
///
/// # Errors
/// In words for people: no saved page.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let message = parsed(bytes)?;
    let mut draft = Draft::new("");
    let mut pages = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Html(source) => Some(source),
        _ => None,
    });
    let first = pages
        .next()
        .ok_or("The saved page holds no HTML. Check that the file is complete.")?;
    mail::embed(&mut draft, &html::read(first, facts), false);
    let mut frames = 0;
    for page in pages.take(MOST_PAGES) {
        mail::embed(&mut draft, &html::read(page, &mut Facts::default()), true);
        frames += 1;
    }
    let address = address(&message);
    if let Some(address) = &address
        && facts.address.is_none()
        && data::host_of(address).is_some()
    {
        facts.address = Some(found(
            address.clone(),
            "address that the page was saved from",
        ));
        facts.publisher_by_address();
    }
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    facts.remarks.push(format!(
        "A page saved by a browser{}{}{}.",
        address
            .map(|from| format!(" from {from}"))
            .unwrap_or_default(),
        date.map(|at| format!(" on {at}, by that machine’s clock"))
            .unwrap_or_default(),
        if frames > 0 {
            format!("; {frames} frames are read behind it")
        } else {
            String::new()
        },
    ));
    Ok(draft)
}

/// The pictures and other files of a saved page; its pages and style sheets stay in it.
///
/// # Errors
/// As [`read`], and when there is too much.
pub(crate) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let message = parsed(bytes)?;
    let at = message.date().map(mail_parser::DateTime::to_rfc3339);
    for (number, part) in (1..).zip(&message.parts) {
        let dresses = part.content_type().is_some_and(|kind| {
            kind.ctype() == "text" || kind.ctype() == "font" || kind.ctype() == "multipart"
        });
        if dresses || !matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_)) {
            continue;
        }
        let address = part.content_location().map(one_line).unwrap_or_default();
        let name = address
            .split_once("://")
            .map_or(address.as_str(), |(_, rest)| rest);
        let name = if name.is_empty() {
            format!("part {number}")
        } else {
            name.to_owned()
        };
        let captured = Captured {
            at: at.clone().unwrap_or_default(),
            address,
            status: None,
            machine: None,
            headers: Vec::new(),
            digest: DigestCheck::Absent,
        };
        members.take_captured(name, part.contents().to_vec(), captured)?;
    }
    Ok(())
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, String> {
    MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| "The saved page has no header. Check that the file is complete.".to_owned())
}

/// Where the page was saved from, as its header says.
fn address(message: &Message<'_>) -> Option<String> {
    let stated = message.header_raw("Snapshot-Content-Location");
    let stated = stated.map(one_line).filter(|address| !address.is_empty());
    stated.or_else(|| {
        let pages = message.parts.iter();
        let mut pages = pages.filter(|part| matches!(part.body, PartType::Html(_)));
        pages.next()?.content_location().map(one_line)
    })
}
