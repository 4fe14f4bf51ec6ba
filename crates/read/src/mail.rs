//! The reader of mail messages: header lines, then the body, quoted mail marked as quotation.
//!
//! Attachments are sources of their own (see `container`); here they are named. Invariant: the
//! date is the one that the message states of itself, which anyone can set, and its basis says
//! so. Standards: RFC 5322, RFC 2045 to 2049.

use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::{dates, html, judge, lines};
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};
use model::{LeftOut, PassageKind};

/// Most bodies of one message that are read.
const MOST_BODIES: usize = 64;

/// Reads the message `bytes`.
///
/// # Errors
/// In words for people: no message.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or("The file is no mail message: it has no header lines. Check that it is complete.")?;
    let mut draft = Draft::new("");
    let title = header(&message, &mut draft, facts);
    let bodies = message.text_body.iter().take(MOST_BODIES);
    for part in bodies.filter_map(|&part| message.parts.get(part as usize)) {
        match &part.body {
            PartType::Html(source) => {
                embed(&mut draft, &html::read(source, &mut Facts::default()), true)
            }
            PartType::Text(source) => plain(&mut draft, source),
            _ => {}
        }
    }
    let names = attachments(&message);
    if !names.is_empty() {
        facts.remarks.push(format!(
            "The message carries {}: {}.",
            if names.len() == 1 { "a file" } else { "files" },
            names.join(", ")
        ));
    }
    judge::paged(&mut draft, facts, title);
    Ok(draft)
}

/// Names of the attachments, as far as one wants to read them.
fn attachments(message: &Message<'_>) -> Vec<String> {
    let attachments = message.attachments();
    let named = attachments.take(50).map(|part| {
        let name = part.attachment_name().map(one_line);
        name.filter(|name| !name.is_empty())
            .unwrap_or_else(|| "one without a name".to_owned())
    });
    named.collect()
}

/// Writes the header lines; the block of the subject.
fn header(message: &Message<'_>, draft: &mut Draft<'_>, facts: &mut Facts) -> Option<usize> {
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    let lines = [
        ("From", message.from().map(people)),
        ("To", message.to().map(people)),
        ("Cc", message.cc().map(people)),
        ("Date", date.clone()),
    ];
    for (name, value) in lines {
        let Some(value) = value.filter(|value| !value.trim().is_empty()) else {
            continue;
        };
        line(draft, PassageKind::Paragraph, &format!("{name}: {value}"));
        if let Some(block) = draft.blocks.last_mut() {
            block.left_out = Some(LeftOut::FrontMatter);
        }
    }
    if let Some(from) = message.from().map(people).filter(|from| !from.is_empty()) {
        facts.authors.push(found(from, "mail header: From"));
    }
    facts.published = date
        .and_then(|date| dates::metadata(&date))
        .map(|date| found(date, "mail header: Date, as the sender's machine set it"));
    let subject = one_line(message.subject()?);
    if subject.is_empty() {
        return None;
    }
    let index = draft.blocks.len();
    line(draft, PassageKind::Title, &subject);
    let mut title = found(subject, "mail header: Subject");
    title.span = draft.blocks.get(index).map(|block| block.span);
    facts.title = Some(title);
    Some(index)
}

/// Writes one passage.
pub(crate) fn line(draft: &mut Draft<'_>, kind: PassageKind, text: &str) {
    draft.open(kind, 0, 0);
    draft.push_made(text);
    draft.close();
}

/// Names and addresses in one line.
fn people(address: &Address<'_>) -> String {
    let people = address
        .iter()
        .take(200)
        .map(|person| match (person.name(), person.address()) {
            (Some(name), Some(address)) => format!("{} <{}>", one_line(name), one_line(address)),
            (Some(one), None) | (None, Some(one)) => one_line(one),
            (None, None) => String::new(),
        });
    people
        .filter(|one| !one.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Plain text, whose lines behind `>` are of another message.
pub(crate) fn plain(draft: &mut Draft<'static>, source: &str) {
    let mut run = String::new();
    let mut quoted = false;
    for line in source.lines() {
        let is_quoted = line.starts_with('>');
        if is_quoted != quoted {
            flush(draft, &mut run, quoted);
            quoted = is_quoted;
        }
        run.push_str(line.trim_start_matches(['>', ' ']));
        run.push('\n');
    }
    flush(draft, &mut run, quoted);
}

fn flush(draft: &mut Draft<'static>, run: &mut String, quoted: bool) {
    for (from, to) in lines::paragraphs(run, 0) {
        let paragraph = &run[from..to];
        let kind = if quoted {
            PassageKind::Quotation
        } else if lines::is_item(paragraph) {
            PassageKind::ListItem
        } else {
            PassageKind::Paragraph
        };
        line(draft, kind, paragraph);
    }
    run.clear();
}

/// Writes the passages of another draft behind those of `draft`. A title of a draft that is only a
/// `part` is a heading.
pub(crate) fn embed(draft: &mut Draft<'static>, other: &Draft<'_>, part: bool) {
    let before = draft.blocks.len();
    for block in &other.blocks {
        let at = draft.blocks.len();
        let kind = match block.kind {
            PassageKind::Title if part => PassageKind::Heading,
            kind => kind,
        };
        draft.open(kind, block.place, block.level);
        draft.push_made(other.text_of(block));
        draft.close();
        if let Some(written) = draft.blocks.get_mut(at) {
            written.left_out = match block.left_out {
                Some(LeftOut::RepeatOf(number)) => Some(LeftOut::RepeatOf(number + before as u32)),
                left_out => left_out,
            };
        }
    }
}
