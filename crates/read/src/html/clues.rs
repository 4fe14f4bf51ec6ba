//! Dates that a page's markup holds, wherever they stand: each with where it was found. Which of
//! them is the day of publication is judged in `dated`.

use crate::dates;
use crate::days;
use model::PartialDate;

/// Clues beyond this are not kept.
const MAX_CLUES: usize = 600;
/// Bytes of scripts that are looked through.
const MAX_SCRIPT: usize = 2 << 20;

/// Where a date was found, outside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// JSON-LD or a script, under a name of publication.
    ScriptPublished,
    /// The same, under a name of change.
    ScriptUpdated,
    /// The same, under any other name.
    Script,
    /// A `meta` element whose name speaks of publication.
    MetaPublished,
    /// One whose name speaks of change.
    MetaUpdated,
    /// Any other `meta` element.
    Meta,
    /// A `time` element, or one whose name speaks of publication.
    Published,
    /// One whose name speaks of change.
    Updated,
    /// A `time` element without such a name.
    Time,
    /// Any other attribute.
    Attribute,
    /// The address of a picture or other part of the page: only year and month.
    Upload,
}

/// A date of the markup.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clue {
    pub date: PartialDate,
    pub from: Where,
    /// Number of the passage behind it.
    pub passage: usize,
}

/// The clues of a page, in the making.
#[derive(Default)]
pub(super) struct Clues {
    pub found: Vec<Clue>,
    scripts: usize,
    // Of the start tag in hand:
    element: Element,
    date: Option<PartialDate>,
    published: bool,
    updated: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Element {
    Meta,
    Time,
    Picture,
    #[default]
    Other,
}

/// What names of change hold, and names of publication.
const UPDATED: &[&[u8]] = &[b"modif", b"updat", b"revis", b"changed", b"lastmod"];
const PUBLISHED: &[&[u8]] = &[
    b"publi",
    b"pubdate",
    b"pub-date",
    b"pub_date",
    b"issued",
    b"created",
    b"posted",
    b"entry-date",
];

/// Whether a name speaks of publication, and whether it speaks of change. Each class and id of a
/// page is asked: one pass, in which few letters begin a word that is compared.
fn speaks_of(name: &str) -> (bool, bool) {
    let bytes = name.as_bytes();
    let (mut published, mut updated) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        if !matches!(
            byte | 0x20,
            b'm' | b'u' | b'r' | b'c' | b'l' | b'p' | b'i' | b'e'
        ) {
            continue;
        }
        let begins = |word: &&[u8]| {
            let here = bytes.get(at..at + word.len());
            here.is_some_and(|here| here.eq_ignore_ascii_case(word))
        };
        updated |= UPDATED.iter().any(begins);
        published |= PUBLISHED.iter().any(begins);
    }
    (published && !updated, updated)
}

impl Clues {
    /// Takes the name of a start tag; what was known of the tag before it is forgotten.
    pub fn open_tag(&mut self, name: &[u8]) {
        self.element = match name {
            b"meta" => Element::Meta,
            b"time" => Element::Time,
            b"img" | b"source" => Element::Picture,
            _ => Element::Other,
        };
        self.date = None;
        self.published = false;
        self.updated = false;
    }

    /// Takes an attribute of that tag: a date in it, or what it says of the dates to come.
    pub fn attribute(&mut self, name: &[u8], value: &str) {
        match name {
            b"name" | b"property" | b"itemprop" | b"class" | b"pubdate" | b"id"
                if value.len() <= 200 =>
            {
                let (published, updated) = speaks_of(value);
                self.published |= published || name == b"pubdate";
                self.updated |= updated;
            }
            b"src" | b"data-src" if self.element == Element::Picture => {
                self.date = self.date.or_else(|| days::month_in_path(value));
            }
            b"content" | b"datetime" | b"title" => self.value(value),
            name if name.starts_with(b"data-") => self.value(value),
            _ => {}
        }
    }

    fn value(&mut self, value: &str) {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        if self.date.is_none() && (6..=60).contains(&value.len()) && digits >= 5 {
            let date = days::metadata_day(value);
            self.date = date.or_else(|| dates::first_in(value).map(|dated| dated.date));
        }
    }

    /// The start tag in hand ends, before the passage of number `passage`.
    pub fn close_tag(&mut self, passage: usize) {
        let Some(date) = self.date.take() else { return };
        let from = match (self.element, self.published, self.updated) {
            (Element::Picture, ..) => Where::Upload,
            (Element::Meta, _, true) => Where::MetaUpdated,
            (Element::Meta, true, _) => Where::MetaPublished,
            (Element::Meta, ..) => Where::Meta,
            (_, _, true) => Where::Updated,
            (_, true, _) => Where::Published,
            (Element::Time, ..) => Where::Time,
            (Element::Other, ..) => Where::Attribute,
        };
        self.add(Clue {
            date,
            from,
            passage,
        });
    }

    fn add(&mut self, clue: Clue) {
        if self.found.len() < MAX_CLUES {
            self.found.push(clue);
        }
    }

    /// Looks through a stretch of a script for days as `2021-02-04`, with the name before them.
    pub fn script(&mut self, text: &str) {
        if self.scripts > MAX_SCRIPT {
            return;
        }
        self.scripts += text.len();
        let bytes = text.as_bytes();
        let mut from = 0;
        while let Some(at) = text.get(from..).and_then(|rest| rest.find("20")) {
            let at = from + at;
            from = at + 2;
            let Some(ten) = bytes.get(at..at + 10) else {
                break;
            };
            if ten[4] != b'-' || ten[7] != b'-' {
                continue;
            }
            let quoted = at > 0 && matches!(bytes[at - 1], b'"' | b'\'');
            let Some(date) = std::str::from_utf8(ten).ok().and_then(days::metadata_day) else {
                continue;
            };
            if !quoted {
                continue;
            }
            let mut start = at.saturating_sub(40);
            while !text.is_char_boundary(start) {
                start += 1;
            }
            let before = &text[start..at];
            let name = before.rsplit([',', '{', '[', ';']).next().unwrap_or(before);
            let from = match speaks_of(name) {
                (_, true) => Where::ScriptUpdated,
                (true, _) => Where::ScriptPublished,
                _ => Where::Script,
            };
            self.add(Clue {
                date,
                from,
                passage: 0,
            });
        }
    }
}
