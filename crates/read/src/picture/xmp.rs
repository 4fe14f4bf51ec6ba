//! XMP: what programs wrote about a picture, as lines of name and value.
//!
//! Invariant: names are those that the packet writes, values are cut, their number is bounded, and
//! nesting costs nothing. Standard: ISO 16684-1.

use crate::front_matter::one_line;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Values of one packet that are kept, and characters of one.
const MOST_VALUES: usize = 300;
const LONGEST: usize = 200;
/// Names that hold how a list is written, or nothing that is said of the picture.
const STRUCTURE: &[&str] = &["rdf:", "x:", "xmlns", "xml:"];

/// Name and value of each property, in the order of the packet, until it breaks off.
pub(super) fn properties(packet: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(packet);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut names: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut value = String::new();
    while found.len() < MOST_VALUES {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                value.clear();
                attributes(&tag, &mut found);
                names.push(cut(tag.name().as_ref()));
            }
            Ok(Event::Empty(tag)) => attributes(&tag, &mut found),
            Ok(Event::End(_)) => {
                let of = names.iter().rev().find(|name| !is_structure(name));
                if let Some(of) = of.filter(|_| !value.trim().is_empty()) {
                    found.push((of.clone(), cut(&value)));
                }
                value.clear();
                names.pop();
            }
            Ok(Event::Text(piece)) if value.len() < 8 * LONGEST => value.push_str(&piece),
            Ok(Event::GeneralRef(reference)) => {
                value.push_str(&plain(&format!("&{};", &*reference)));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found
}

fn is_structure(name: &str) -> bool {
    STRUCTURE.iter().any(|start| name.starts_with(start))
}

/// Text with its references undone; empty where one is broken.
fn plain(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| String::new(), Cow::into_owned)
}

/// Properties that are written as attributes.
fn attributes(tag: &BytesStart<'_>, found: &mut Vec<(String, String)>) {
    for attribute in tag.attributes().with_checks(false).flatten() {
        let name = cut(attribute.key.as_ref());
        let value = cut(&plain(&attribute.value));
        if !is_structure(&name) && !value.is_empty() && found.len() < MOST_VALUES {
            found.push((name, value));
        }
    }
}

fn cut(value: &str) -> String {
    one_line(value).chars().take(LONGEST).collect()
}
