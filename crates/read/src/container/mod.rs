//! Files that hold files: messages with attachments, mailboxes, ZIP and TAR archives. Each file inside is
//! a source of its own; what holds them is read as a list of what is inside.
//!
//! Invariant: what comes out is bounded in number and bytes, and in proportion to what went in,
//! whatever the container claims. Standards: RFC 4155 (mbox), APPNOTE (ZIP), pax (TAR), RFC 2045.

mod mailbox;
mod tape;
mod zipped;

use crate::Input;
use crate::draft::Draft;
use crate::facts::Facts;
use crate::front_matter::one_line;
use crate::letters::is_steering;
use mail_parser::{MessageParser, MimeHeaders};
use model::{Captured, PassageKind};

/// A file that another file holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Its name or path inside, as the container gives it, in one line and without characters that
    /// steer a terminal; made up where it gives none.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What the capture says of it that held it.
    pub captured: Option<Captured>,
}

/// Most files of one container, and most bytes of all of them.
const MOST_MEMBERS: usize = 10_000;
const MOST_BYTES: usize = 160 << 20;
/// What comes out may be so many times as long as what went in, beyond one mebibyte.
const MOST_RATIO: usize = 200;

/// Members as they are taken, within the budget.
pub(crate) struct Members {
    taken: Vec<Member>,
    left: usize,
}

impl Members {
    pub(crate) fn new(container: usize) -> Self {
        let most = container.saturating_mul(MOST_RATIO).saturating_add(1 << 20);
        Self {
            taken: Vec::new(),
            left: most.min(MOST_BYTES),
        }
    }

    /// Bytes that may still be taken out.
    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// Bytes that a container of `len` bytes may unpack to while it is looked through.
    pub(crate) fn most(&self, len: usize) -> usize {
        let most = len.saturating_mul(MOST_RATIO).saturating_add(1 << 20);
        most.min(2 * MOST_BYTES)
    }

    /// What was taken.
    pub(crate) fn into_taken(self) -> Vec<Member> {
        self.taken
    }

    /// Takes a file.
    ///
    /// # Errors
    /// When there are too many, or they are too long.
    pub(crate) fn take(&mut self, name: String, bytes: Vec<u8>) -> Result<(), String> {
        self.push(name, bytes, None)
    }

    /// Takes an answer out of a capture.
    ///
    /// # Errors
    /// As [`Members::take`].
    pub(crate) fn take_captured(
        &mut self,
        name: String,
        bytes: Vec<u8>,
        captured: Captured,
    ) -> Result<(), String> {
        self.push(name, bytes, Some(captured))
    }

    fn push(
        &mut self,
        name: String,
        bytes: Vec<u8>,
        captured: Option<Captured>,
    ) -> Result<(), String> {
        if self.taken.len() >= MOST_MEMBERS {
            return Err(format!(
                "It holds more than {MOST_MEMBERS} files; nothing was taken out. Unpack it into a \
                 folder and add that."
            ));
        }
        let Some(left) = self.left.checked_sub(bytes.len()) else {
            return Err(too_long());
        };
        self.left = left;
        let name = plain_name(&name);
        self.taken.push(Member {
            name: if name.is_empty() {
                format!("file {}", self.taken.len() + 1)
            } else {
                name
            },
            bytes,
            captured,
        });
        Ok(())
    }
}

/// A name in one line, without what steers a terminal or turns the direction of writing.
fn plain_name(name: &str) -> String {
    let letters = name.chars().filter(|&letter| !is_steering(letter));
    let letters = letters.map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    letters.collect::<String>().trim().to_owned()
}

pub(crate) fn too_long() -> String {
    format!(
        "What it holds unpacks to more than {} MiB, or to more than {MOST_RATIO} times its own \
         length, as files do that are made to fill a disk; nothing was taken out. Unpack it into \
         a folder and add that, if you trust it.",
        MOST_BYTES >> 20
    )
}

/// Whether files of this media type may hold files.
#[must_use]
pub fn is_container(media_type: &str) -> bool {
    matches!(
        media_type,
        "application/zip"
            | "application/x-tar"
            | "application/gzip"
            | "application/mbox"
            | "message/rfc822"
            | "application/warc"
            | "application/wacz"
            | "multipart/related"
            | "application/vnd.ms-outlook"
    )
}

/// The files that `input` holds, in their order; none for what is no container.
///
/// # Errors
/// In words for people: damaged, encrypted, or more than may come out.
pub fn unpack(input: &Input<'_>) -> Result<Vec<Member>, String> {
    let mut members = Members::new(input.bytes.len());
    match crate::media_type(input.name, input.bytes).as_str() {
        "application/zip" => zipped::unpack(input.bytes, &mut members)?,
        "application/mbox" => mailbox::unpack(input.bytes, &mut members)?,
        "message/rfc822" => attached(input.bytes, &mut members)?,
        "application/x-tar" => tape::unpack(input.bytes, &mut members)?,
        "application/gzip" => tape::single(input.name, input.bytes, &mut members)?,
        "application/warc" => crate::warc::unpack(input.bytes, &mut members)?,
        "application/wacz" => crate::wacz::unpack(input.bytes, &mut members)?,
        "multipart/related" => crate::mhtml::unpack(input.bytes, &mut members)?,
        "application/vnd.ms-outlook" => crate::outlook::unpack(input.bytes, &mut members)?,
        _ => {}
    }
    Ok(members.taken)
}

/// The attachments of a message; messages among them whole.
fn attached(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Ok(());
    };
    for (number, part) in (1..).zip(message.attachments()) {
        let name = part.attachment_name().map(one_line);
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            let end = if part.is_message() { ".eml" } else { "" };
            format!("attachment {number}{end}")
        });
        members.take(name, part.contents().to_vec())?;
    }
    Ok(())
}

/// A container as a list of what it holds, called as it is when it is taken out.
///
/// # Errors
/// As [`unpack`].
pub(crate) fn read(input: &Input<'_>, facts: &mut Facts) -> Result<Draft<'static>, String> {
    let members = unpack(input)?;
    let mut draft = Draft::new("");
    for line in crate::proofmode::verdict(&members) {
        draft.aside(PassageKind::Paragraph, &line);
        facts.remarks.push(line);
    }
    for member in &members {
        draft.open(PassageKind::ListItem, 0, 0);
        draft.push_made(&format!("{} ({} bytes)", member.name, member.bytes.len()));
        draft.close();
    }
    facts.remarks.push(format!(
        "It holds {} {}; each is a source of its own.",
        members.len(),
        if members.len() == 1 { "file" } else { "files" }
    ));
    Ok(draft)
}
