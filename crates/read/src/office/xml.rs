//! The events of an XML part, one after another: no tree, no recursion, no entities but those of
//! XML itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

/// What comes next in a part.
pub(super) enum Next<'x> {
    /// An element begins; one without content begins and ends.
    Begin(Element<'x>),
    /// The element of this name ends.
    End(String),
    /// Text.
    Text(String),
}

/// The start of an element.
pub(super) struct Element<'x> {
    start: BytesStart<'x>,
    /// Its name, with or without prefix as was asked for.
    pub name: String,
}

impl Element<'_> {
    /// The value of the attribute of this local name.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .start
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)?;
        let value = found.value.into_owned();
        Some(match quick_xml::escape::unescape(&value) {
            Ok(plain) => plain.into_owned(),
            Err(_) => value,
        })
    }

    /// Whether an attribute that turns something on, such as `w:val` of `w:vanish`, does.
    pub fn is_on(&self) -> bool {
        !matches!(
            self.attribute("val").as_deref(),
            Some("0" | "false" | "off")
        )
    }
}

/// Walks through a part, elements called by their local names. A part that breaks off or is not
/// well-formed ends where it breaks: `false`.
pub(super) fn walk(text: &str, take: impl FnMut(Next<'_>)) -> bool {
    walk_by(text, |name| name.local_name().as_ref().to_owned(), take)
}

/// As [`walk`], elements called by their names with the prefix, `text:date`, which every writer of
/// a format uses alike.
pub(super) fn walk_prefixed(text: &str, take: impl FnMut(Next<'_>)) -> bool {
    walk_by(text, |name| name.as_ref().to_owned(), take)
}

fn walk_by(
    text: &str,
    called: impl Fn(QName<'_>) -> String,
    mut take: impl FnMut(Next<'_>),
) -> bool {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = called(start.name());
                take(Next::Begin(Element { start, name }));
            }
            Ok(Event::End(end)) => take(Next::End(called(end.name()))),
            Ok(Event::Text(text)) => {
                take(Next::Text((*text).to_owned()));
            }
            Ok(Event::CData(text)) => {
                take(Next::Text((*text).to_owned()));
            }
            Ok(Event::GeneralRef(reference)) => {
                let reference = format!("&{};", &*reference);
                if let Ok(letter) = quick_xml::escape::unescape(&reference) {
                    take(Next::Text(letter.into_owned()));
                }
            }
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Whether a part is well-formed to its end: whatever begins ends, and in order.
pub(super) fn is_well_formed(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    let mut open = 0_u64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => open += 1,
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) => return open == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}
