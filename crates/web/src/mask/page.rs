//! The lines of a page of HTML in which names are looked for: what stands between tags that end a
//! line, attributes that people read, and addresses.
//!
//! Invariant: tags are never part of a line, and no address is but from where it says more than
//! which screen it is of.

use super::line::{Line, Written, letter_of};

/// Tags that do not end a line of text.
const WITHIN: [&str; 10] = [
    "mark", "bdi", "a", "span", "q", "strong", "em", "b", "i", "code",
];

/// Tags of a drawing whose text goes on in the next one of its kind, as after a space.
const WRAPPED: [&str; 2] = ["text", "tspan"];

/// Attributes whose values people read.
const READ: [&str; 6] = [
    "aria-label",
    "title",
    "value",
    "placeholder",
    "alt",
    "content",
];

/// Attributes that are addresses.
const ADDRESS: [&str; 4] = ["href", "action", "formaction", "src"];

/// Gives each line of a page.
pub(super) fn lines(page: &str, each: &mut dyn FnMut(&Line)) {
    let mut line = Line::default();
    let mut at = 0;
    while at < page.len() {
        let rest = &page[at..];
        let Some(inner) = rest.strip_prefix('<') else {
            let (letter, length) = letter_of(rest, Written::Html);
            line.push(letter, at..at + length);
            at += length;
            continue;
        };
        let end = tag_end(inner).map_or(page.len(), |end| at + 1 + end);
        let tag = &page[at + 1..end];
        let name = tag.trim_start_matches('/');
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default();
        if WRAPPED.contains(&name) {
            line.push(' ', at..at);
        } else if !WITHIN.contains(&name) {
            each(&std::mem::take(&mut line));
        }
        attributes(tag, at + 1, each);
        at = (end + 1).min(page.len());
    }
    each(&line);
}

/// Where a tag ends: the `>` outside of quotes.
fn tag_end(inner: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// The values of a tag's attributes that people read or follow, as lines.
fn attributes(tag: &str, offset: usize, each: &mut dyn FnMut(&Line)) {
    let is_search = tag.contains("type=\"search\"");
    let is_hidden = tag.contains("type=\"hidden\"");
    let mut from = 0;
    while let Some(found) = tag[from..].find("=\"") {
        let value = from + found + 2;
        let Some(length) = tag[value..].find('"') else {
            return;
        };
        let name = tag[..from + found].rsplit(char::is_whitespace).next();
        let name = name.unwrap_or_default();
        let text = &tag[value..value + length];
        from = value + length + 1;
        // What is sent back unseen may be an address, or what was typed before.
        let is_sent = is_hidden && name == "value";
        let (written, skipped) = match () {
            () if is_sent => (Written::Address, 0),
            () if READ.contains(&name) => (Written::Html, 0),
            () if ADDRESS.contains(&name) => (Written::Address, of_screen(text)),
            () => continue,
        };
        let mut line = Line::of(&text[skipped..], offset + value + skipped, written);
        line.typed = written == Written::Address || (is_search && name == "value");
        each(&line);
    }
}

/// Bytes of an address that only say which screen it is of: the segments before the first that
/// holds more than a word or an id.
fn of_screen(address: &str) -> usize {
    let more = address.find(['?', '#', ':', '%', '+']);
    let more = more.unwrap_or(address.len());
    address[..more].rfind('/').map_or(0, |slash| slash + 1)
}
