//! EPUB books: the chapters in the order of the spine, each read as HTML.
//!
//! Invariant: what the book does not let anybody read (files under a key) is said, never passed
//! over in silence. Standards: EPUB 3.3, OPF 2.0.1.

use super::package::Package;
use super::xml::{Next, walk};
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::{dates, html, judge, mail};
use std::collections::BTreeMap;

/// Chapters that are read.
const MOST_CHAPTERS: usize = 10_000;

/// The book as its package file describes it.
#[derive(Default)]
struct Book {
    /// What stands in the elements of Dublin Core, by name.
    said: Vec<(String, String)>,
    /// Path and media type of each file, by id.
    files: BTreeMap<String, (String, String)>,
    /// Ids of the chapters, in the order of reading.
    spine: Vec<String>,
}

/// Reads the book `bytes`.
///
/// # Errors
/// In words for people: damaged, protected, no book.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let mut package = Package::open(bytes)?;
    let container = package.part("META-INF/container.xml")?.unwrap_or_default();
    let mut root = None;
    walk(&container, |next| {
        if let Next::Begin(element) = next
            && element.name == "rootfile"
            && root.is_none()
        {
            root = element.attribute("full-path");
        }
    });
    let root = root.ok_or("The file is no EPUB book: nothing in it says where the book begins.")?;
    let Some(description) = package.part(&root)? else {
        return Err(format!(
            "The book is damaged: its package file {} is missing.",
            one_line(&root)
        ));
    };
    let locked = package
        .part("META-INF/encryption.xml")?
        .is_some_and(|locks| {
            // Fonts are often obfuscated, which keeps nobody from reading.
            locks.contains(".xhtml") || locks.contains(".html") || locks.contains(".htm\"")
        });
    if locked {
        return Err("The book is protected by a key. Add a copy that is not.".to_owned());
    }
    let book = described(&description);
    says(&book, facts);
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut draft = Draft::new("");
    let mut missing = 0;
    for id in book.spine.iter().take(MOST_CHAPTERS) {
        let chapter = book.files.get(id).filter(|(_, kind)| kind.contains("html"));
        let Some((path, _)) = chapter else { continue };
        match package.part(&resolved(folder, path))? {
            Some(source) => mail::embed(
                &mut draft,
                &html::read(&source, &mut Facts::default()),
                true,
            ),
            None => missing += 1,
        }
    }
    let pictures = book
        .files
        .values()
        .filter(|(_, kind)| kind.starts_with("image/"))
        .count();
    if pictures > 0 {
        facts
            .remarks
            .push(format!("{pictures} pictures of the book are not read."));
    }
    if missing > 0 {
        facts.remarks.push(format!(
            "{missing} chapters that the book names are missing in the file."
        ));
    }
    judge::paged(&mut draft, facts, None);
    Ok(draft)
}

fn described(description: &str) -> Book {
    let mut book = Book::default();
    let mut open: Option<(String, String)> = None;
    walk(description, |next| match next {
        Next::Begin(element) => match element.name.as_str() {
            "item" => {
                if let (Some(id), Some(path)) = (element.attribute("id"), element.attribute("href"))
                {
                    let kind = element.attribute("media-type").unwrap_or_default();
                    book.files.insert(id, (path, kind));
                }
            }
            "itemref" => book.spine.extend(element.attribute("idref")),
            "title" | "creator" | "language" | "publisher" | "date" => {
                open = Some((element.name.clone(), String::new()));
            }
            _ => {}
        },
        Next::Text(text) => {
            if let Some((_, value)) = &mut open {
                value.push_str(&text);
            }
        }
        Next::End(name) => {
            if let Some((of, value)) = open.take_if(|(of, _)| *of == name) {
                book.said.push((of, one_line(&value)));
            }
        }
    });
    book
}

fn says(book: &Book, facts: &mut Facts) {
    let said = |name: &'static str| {
        let found = book.said.iter().filter(move |(of, _)| of == name);
        found
            .map(|(_, value)| value.clone())
            .filter(|value| !value.is_empty())
    };
    let basis = |name: &str| format!("the book’s own data: {name}");
    facts.title = said("title")
        .next()
        .map(|value| found(value, basis("title")));
    facts.authors = said("creator")
        .map(|value| found(value, basis("creator")))
        .collect();
    facts.publisher = said("publisher")
        .next()
        .map(|value| found(value, basis("publisher")));
    facts.language = said("language")
        .next()
        .map(|value| found(value, basis("language")));
    let date = said("date").find_map(|value| dates::metadata(&value));
    facts.published = date.map(|value| found(value, basis("date")));
}

/// A path below `folder`, with its escapes (RFC 3986) undone.
fn resolved(folder: &str, path: &str) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = (byte == b'%').then(|| after.get(..2)).flatten();
        let escaped = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    let path = String::from_utf8_lossy(&bytes);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_below_the_package_file() {
        assert_eq!(
            resolved("OEBPS", "text/ch%201.xhtml#top"),
            "OEBPS/text/ch 1.xhtml"
        );
        assert_eq!(resolved("a/b", "../c.xhtml"), "a/c.xhtml");
        assert_eq!(resolved("", "%zz%"), "%zz%");
    }
}
