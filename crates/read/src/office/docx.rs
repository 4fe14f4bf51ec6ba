//! DOCX: the body, then notes and comments; heads and feet of pages once each.

use super::package::Package;
use super::paper::{Ink, Paper, raised};
use super::styles::Styles;
use super::xml::{Element, Next, walk};
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::{dates, judge};
use model::{LeftOut, PassageKind};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the DOCX file `bytes`.
///
/// # Errors
/// In words for people: damaged, no text part, larger than it may be.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let mut package = Package::open(bytes)?;
    let names = package.names();
    let main = ["word/document.xml", "word/document2.xml"];
    let main = main
        .iter()
        .find(|name| names.iter().any(|other| other == *name));
    let Some(main) = main else {
        return Err(
            "The file is no Word document: it has no part word/document.xml. If a \
                    password protects it, save it without one."
                .to_owned(),
        );
    };
    let mut whole = true;
    let mut paper = Paper::default();
    let mut seen = Seen::default();
    if let Some(part) = package.part("word/styles.xml")? {
        seen.styles = Styles::of(&part);
    }
    let mut heads = BTreeSet::new();
    for name in names.iter().filter(|name| is_part(name, "header")) {
        head(&mut package, name, &mut paper, &mut heads)?;
    }
    let body = package.part(main)?.unwrap_or_default();
    let mut story = Story::new(Role::Body);
    whole &= walk(&body, |next| story.take(next, &mut paper, &mut seen));
    drop(body);
    for (role, name) in [
        (Role::Notes, "word/footnotes.xml"),
        (Role::EndNotes, "word/endnotes.xml"),
        (Role::Comments, "word/comments.xml"),
    ] {
        if let Some(part) = package.part(name)? {
            let mut story = Story::new(role);
            whole &= walk(&part, |next| story.take(next, &mut paper, &mut seen));
        }
    }
    for name in names.iter().filter(|name| is_part(name, "footer")) {
        head(&mut package, name, &mut paper, &mut heads)?;
    }
    if let Some(core) = package.part("docProps/core.xml")? {
        properties(&core, facts);
    }
    let (mut draft, title) = paper.draft();
    remarks(&names, &seen, whole, facts);
    settle_title(&mut draft, title, facts);
    judge::paged(&mut draft, facts, title);
    Ok(draft)
}

/// The title that the document shows comes before the one that its properties name.
pub(super) fn settle_title(draft: &mut Draft<'_>, title: Option<usize>, facts: &mut Facts) {
    if let Some(index) = title {
        let mut shown = found(
            draft.text_at(index).to_owned(),
            "paragraph styled as the title",
        );
        shown.span = Some(draft.blocks[index].span);
        facts.title = Some(shown);
    }
}

fn is_part(name: &str, what: &str) -> bool {
    let rest = name
        .strip_prefix("word/")
        .and_then(|rest| rest.strip_prefix(what));
    rest.and_then(|rest| rest.strip_suffix(".xml"))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The paragraphs of a head or foot that no other has.
fn head(
    package: &mut Package<'_>,
    name: &str,
    paper: &mut Paper,
    heads: &mut BTreeSet<String>,
) -> Result<(), String> {
    let part = package.part(name)?.unwrap_or_default();
    let mut text = String::new();
    walk(&part, |next| match next {
        Next::Begin(element) if matches!(element.name.as_str(), "tab" | "br" | "tc") => {
            text.push(' ');
        }
        Next::Begin(element) if element.name == "p" => text.push('\n'),
        Next::Text(words) => text.push_str(&words),
        Next::Begin(_) | Next::End(_) => {}
    });
    for line in text.lines().map(crate::front_matter::one_line) {
        if !line.is_empty() && heads.insert(line.clone()) {
            paper.begin(PassageKind::Paragraph);
            paper.text(&line, Ink::Shown);
            if let Some(paragraph) = paper.paragraph() {
                paragraph.left_out = Some(LeftOut::RunningHead);
            }
            paper.end();
        }
    }
    Ok(())
}

/// What was met besides plain text, for remarks, and what styles mean.
#[derive(Default)]
struct Seen {
    styles: Styles,
    inserted: usize,
    deleted: usize,
    authors: BTreeSet<String>,
    hidden: usize,
    comments: usize,
    /// Numbers of notes, in the order in which the text refers to them.
    notes: BTreeMap<(bool, String), usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Body,
    Notes,
    EndNotes,
    Comments,
}

/// One stream of text.
struct Story {
    role: Role,
    /// Elements that are open and matter.
    deleted: usize,
    fallback: usize,
    vanish: bool,
    in_text: bool,
    in_run_properties: bool,
    /// Notes and comments: what stands before their text.
    mark: Option<String>,
    skip_note: bool,
}

impl Story {
    fn new(role: Role) -> Self {
        Self {
            role,
            deleted: 0,
            fallback: 0,
            vanish: false,
            in_text: false,
            in_run_properties: false,
            mark: None,
            skip_note: false,
        }
    }

    fn ink(&self) -> Ink {
        if self.deleted > 0 {
            Ink::Struck
        } else if self.vanish {
            Ink::Hidden
        } else {
            Ink::Shown
        }
    }

    fn take(&mut self, next: Next<'_>, paper: &mut Paper, seen: &mut Seen) {
        match next {
            Next::Begin(element) if element.name == "Fallback" => self.fallback += 1,
            Next::End(name) if name == "Fallback" => {
                self.fallback = self.fallback.saturating_sub(1);
            }
            _ if self.fallback > 0 => {}
            Next::Begin(element) => self.begin(&element, paper, seen),
            Next::End(name) => self.end(&name, paper),
            Next::Text(text) => {
                if self.in_text && !self.skip_note {
                    let ink = self.ink();
                    seen.hidden += usize::from(ink == Ink::Hidden);
                    paper.text(&text, ink);
                }
            }
        }
    }

    fn begin(&mut self, element: &Element<'_>, paper: &mut Paper, seen: &mut Seen) {
        match element.name.as_str() {
            "p" => self.paragraph(paper),
            "pStyle" => {
                let id = element.attribute("val").unwrap_or_default();
                if let Some((kind, level)) = seen.styles.meaning(&id) {
                    set_kind(paper, kind, level);
                }
            }
            "outlineLvl" => {
                let level = element
                    .attribute("val")
                    .and_then(|val| val.parse::<u8>().ok());
                if let Some(level) = level.filter(|level| *level < 9) {
                    set_kind(paper, PassageKind::Heading, level + 1);
                }
            }
            "numPr" => set_kind(paper, PassageKind::ListItem, 0),
            "rPr" => self.in_run_properties = true,
            "r" => self.vanish = false,
            "vanish" if self.in_run_properties && element.is_on() => self.vanish = true,
            "t" | "delText" => self.in_text = true,
            "tab" if !self.in_run_properties => paper.text(" ", self.ink()),
            "br" | "cr" => paper.text(" ", self.ink()),
            "noBreakHyphen" => paper.text("-", self.ink()),
            "del" | "moveFrom" if !self.in_run_properties => {
                self.deleted += 1;
                seen.deleted += 1;
                seen.authors.extend(element.attribute("author"));
            }
            "ins" | "moveTo" if !self.in_run_properties => {
                seen.inserted += 1;
                seen.authors.extend(element.attribute("author"));
            }
            "footnoteReference" | "endnoteReference" => {
                let end = element.name.starts_with("end");
                if let Some(id) = element.attribute("id") {
                    let next = seen.notes.len() + 1;
                    let number = *seen.notes.entry((end, id)).or_insert(next);
                    paper.text(&raised(number), self.ink());
                }
            }
            "footnote" | "endnote" => self.note(element, seen),
            "comment" => {
                seen.comments += 1;
                self.mark = element
                    .attribute("author")
                    .filter(|author| !author.trim().is_empty())
                    .map(|author| format!("{author}: "));
            }
            "tr" => paper.begin_row(),
            "tc" => paper.begin_cell(),
            _ => {}
        }
    }

    fn paragraph(&mut self, paper: &mut Paper) {
        paper.begin(match self.role {
            Role::Body => PassageKind::Paragraph,
            Role::Notes | Role::EndNotes => PassageKind::Footnote,
            Role::Comments => PassageKind::Comment,
        });
        if let Some(mark) = self.mark.take() {
            paper.text(&mark, Ink::Shown);
        }
    }

    fn note(&mut self, element: &Element<'_>, seen: &Seen) {
        // Separators are notes of a type, and hold no words of the document.
        self.skip_note = element
            .attribute("type")
            .is_some_and(|kind| kind != "normal");
        let id = element.attribute("id").unwrap_or_default();
        let number = seen.notes.get(&(self.role == Role::EndNotes, id));
        self.mark = number.map(|number| format!("{} ", raised(*number)));
    }

    fn end(&mut self, name: &str, paper: &mut Paper) {
        match name {
            "p" => paper.end(),
            "t" | "delText" => self.in_text = false,
            "rPr" => self.in_run_properties = false,
            "r" => self.vanish = false,
            "del" | "moveFrom" if !self.in_run_properties => {
                self.deleted = self.deleted.saturating_sub(1);
            }
            "footnote" | "endnote" => self.skip_note = false,
            "tr" => paper.end_row(),
            _ => {}
        }
    }
}

fn set_kind(paper: &mut Paper, kind: PassageKind, level: u8) {
    if let Some(paragraph) = paper.paragraph()
        && paragraph.kind == Some(PassageKind::Paragraph)
    {
        paragraph.kind = Some(kind);
        paragraph.level = level;
    }
}

/// What the file says of itself in Dublin Core; ODT uses the same names.
pub(super) fn properties(part: &str, facts: &mut Facts) {
    let mut inside = String::new();
    walk(part, |next| match next {
        Next::Begin(element) => inside = element.name,
        Next::End(_) => inside.clear(),
        Next::Text(text) => {
            let line = crate::front_matter::one_line(&text);
            if line.is_empty() || line.chars().count() > 300 {
                return;
            }
            let basis = |what: &str| format!("properties of the document: {what}");
            match inside.as_str() {
                "title" if facts.title.is_none() => {
                    facts.title = Some(found(line, basis("title")));
                }
                "creator" | "initial-creator"
                    if !facts.authors.iter().any(|author| author.value == line) =>
                {
                    facts.authors.push(found(line, basis("creator")));
                }
                "modified" | "date" if facts.updated.is_none() => {
                    facts.updated =
                        dates::metadata(&line).map(|date| found(date, basis("modified")));
                }
                "language" if facts.language.is_none() => {
                    facts.language = Some(found(line, basis("language")));
                }
                _ => {}
            }
        }
    });
}

fn remarks(names: &[String], seen: &Seen, whole: bool, facts: &mut Facts) {
    if !whole {
        facts
            .remarks
            .push("A part of the document is damaged; it was read up to the damage.".to_owned());
    }
    if seen.deleted + seen.inserted > 0 {
        let authors: Vec<&str> = seen.authors.iter().take(8).map(String::as_str).collect();
        let by = if authors.is_empty() {
            String::new()
        } else {
            format!(" by {}", authors.join(", "))
        };
        facts.remarks.push(format!(
            "The document keeps tracked changes{by}: {} insertions, read as text, and {} \
             deletions, set aside as struck out.",
            seen.inserted, seen.deleted
        ));
    }
    if seen.hidden > 0 {
        facts
            .remarks
            .push("The document keeps hidden words; they were read and set aside.".to_owned());
    }
    skipped(
        names,
        &[
            ("word/media/", "picture"),
            ("word/embeddings/", "embedded file"),
            ("word/charts/chart", "chart"),
            ("word/diagrams/data", "diagram"),
            ("word/activeX/", "control"),
            ("word/vbaProject", "macro"),
        ],
        facts,
    );
}

/// Says which parts of a document were not read.
pub(super) fn skipped(names: &[String], kinds: &[(&str, &str)], facts: &mut Facts) {
    let counts = kinds.iter().filter_map(|(prefix, what)| {
        let of = |name: &&String| name.starts_with(prefix) && !name.ends_with('/');
        let number = names.iter().filter(of).count();
        let s = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {what}{s}"))
    });
    let counts: Vec<String> = counts.collect();
    if !counts.is_empty() {
        facts
            .remarks
            .push(format!("Not read: {}.", counts.join(", ")));
    }
}
