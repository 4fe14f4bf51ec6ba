//! ODT: the body, with notes and comments behind the paragraph that they stand in; heads and
//! feet of pages once each.

use super::docx::{properties, settle_title, skipped};
use super::package::Package;
use super::paper::{Ink, Paper};
use super::xml::{Element, Next, walk_prefixed};
use crate::draft::Draft;
use crate::facts::Facts;
use crate::judge;
use model::{LeftOut, PassageKind};

/// Reads the ODT file `bytes`.
///
/// # Errors
/// In words for people: damaged, protected by a password, larger than it may be.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let mut package = Package::open(bytes)?;
    let names = package.names();
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(
            "The document is protected by a password. Add a copy saved without one.".to_owned(),
        );
    }
    let Some(content) = package.part("content.xml")? else {
        return Err("The file is no OpenDocument text: it has no part content.xml.".to_owned());
    };
    let mut paper = Paper::default();
    let mut story = Story::default();
    if let Some(styles) = package.part("styles.xml")? {
        let mut heads = Story {
            heads_only: true,
            ..Story::default()
        };
        walk_prefixed(&styles, |next| heads.take(next, &mut paper));
    }
    if !walk_prefixed(&content, |next| story.take(next, &mut paper)) {
        facts
            .remarks
            .push("A part of the document is damaged; it was read up to the damage.".to_owned());
    }
    if let Some(meta) = package.part("meta.xml")? {
        properties(&meta, facts);
    }
    if story.deletions > 0 {
        facts.remarks.push(format!(
            "The document keeps {} deletions as tracked changes; their words were set aside as \
             struck out.",
            story.deletions
        ));
    }
    let kinds = [
        ("Pictures/", "picture"),
        ("Object ", "part of embedded objects"),
        ("Basic/", "macro part"),
    ];
    skipped(&names, &kinds, facts);
    let (mut draft, title) = paper.draft();
    settle_title(&mut draft, title, facts);
    judge::paged(&mut draft, facts, title);
    Ok(draft)
}

/// The stream of text of a part.
#[derive(Default)]
struct Story {
    /// Only heads and feet are wanted, as in a part of styles.
    heads_only: bool,
    head: usize,
    lists: usize,
    notes: usize,
    comments: usize,
    deleted: usize,
    deletions: usize,
    /// Elements whose text is none of the document's: authors and dates of changes.
    about: usize,
    /// The author of the comment in hand, while it is collected.
    creator: Option<String>,
    /// The mark of a note, while it is collected.
    citation: Option<String>,
    /// The last author and the last mark, for the paragraph that follows them.
    last_creator: Option<String>,
    last_citation: Option<String>,
}

impl Story {
    fn take(&mut self, next: Next<'_>, paper: &mut Paper) {
        match next {
            Next::Begin(element) => self.begin(&element, paper),
            Next::End(name) => self.end(&name, paper),
            Next::Text(text) => self.text(&text, paper),
        }
    }

    fn wanted(&self) -> bool {
        !self.heads_only || self.head > 0
    }

    fn text(&mut self, text: &str, paper: &mut Paper) {
        if let Some(creator) = &mut self.creator {
            creator.push_str(text);
        } else if let Some(citation) = &mut self.citation {
            citation.push_str(text);
        } else if self.about == 0 && self.wanted() {
            paper.text(text, self.ink());
        }
    }

    fn ink(&self) -> Ink {
        if self.deleted > 0 {
            Ink::Struck
        } else {
            Ink::Shown
        }
    }

    fn begin(&mut self, element: &Element<'_>, paper: &mut Paper) {
        match element.name.as_str() {
            name if is_head(name) => self.head += 1,
            "text:p" | "text:h" if self.wanted() => self.paragraph(element, paper),
            "text:list-item" => self.lists += 1,
            "text:note" => self.notes += 1,
            "text:note-citation" => self.citation = Some(String::new()),
            "office:annotation" => self.comments += 1,
            "dc:creator" => self.creator = Some(String::new()),
            name if is_about(name) => self.about += 1,
            "text:deletion" => {
                self.deleted += 1;
                self.deletions += 1;
            }
            "text:s" => {
                let number = element.attribute("c").and_then(|c| c.parse::<usize>().ok());
                let spaces = " ".repeat(number.unwrap_or(1).min(8));
                paper.text(&spaces, self.ink());
            }
            "text:tab" | "text:line-break" => paper.text(" ", self.ink()),
            "table:table-row" => paper.begin_row(),
            "table:table-cell" | "table:covered-table-cell" => paper.begin_cell(),
            _ => {}
        }
    }

    fn paragraph(&mut self, element: &Element<'_>, paper: &mut Paper) {
        let style = element.attribute("style-name").unwrap_or_default();
        let kind = if self.comments > 0 {
            PassageKind::Comment
        } else if self.notes > 0 {
            PassageKind::Footnote
        } else if style == "Title" {
            PassageKind::Title
        } else if element.name == "text:h" {
            PassageKind::Heading
        } else if style.starts_with("Quotation") {
            PassageKind::Quotation
        } else if self.lists > 0 {
            PassageKind::ListItem
        } else {
            PassageKind::Paragraph
        };
        paper.begin(kind);
        if let Some(paragraph) = paper.paragraph() {
            let level = element
                .attribute("outline-level")
                .and_then(|l| l.parse::<u8>().ok());
            paragraph.level = level.unwrap_or(0);
            if self.head > 0 {
                paragraph.left_out = Some(LeftOut::RunningHead);
            }
        }
        if let Some(mark) = self.mark() {
            paper.text(&mark, Ink::Shown);
        }
    }

    /// What stands before the words of a comment or note: once.
    fn mark(&mut self) -> Option<String> {
        if self.comments > 0 {
            let creator = self
                .last_creator
                .take()
                .filter(|name| !name.trim().is_empty())?;
            return Some(format!("{creator}: "));
        }
        let citation = self.last_citation.take().filter(|_| self.notes > 0)?;
        Some(format!("{citation} "))
    }

    fn end(&mut self, name: &str, paper: &mut Paper) {
        match name {
            name if is_head(name) => self.head = self.head.saturating_sub(1),
            "text:p" | "text:h" if self.wanted() => paper.end(),
            "text:list-item" => self.lists = self.lists.saturating_sub(1),
            "text:note" => self.notes = self.notes.saturating_sub(1),
            "text:note-citation" => {
                let number = self.citation.take().unwrap_or_default();
                let raised: String = number.trim().chars().map(superscript).collect();
                paper.text(&raised, self.ink());
                self.last_citation = Some(raised);
            }
            "office:annotation" => self.comments = self.comments.saturating_sub(1),
            "dc:creator" => self.last_creator = self.creator.take(),
            name if is_about(name) => self.about = self.about.saturating_sub(1),
            "text:deletion" => self.deleted = self.deleted.saturating_sub(1),
            "table:table-row" => paper.end_row(),
            _ => {}
        }
    }
}

/// Heads and feet of pages, on pages of every kind.
fn is_head(name: &str) -> bool {
    let kind = name.strip_prefix("style:").or(name.strip_prefix("loext:"));
    let kind = kind.map(|kind| kind.trim_end_matches("-left").trim_end_matches("-first"));
    matches!(kind, Some("header" | "footer"))
}

/// What is said of a comment or change besides its author. Fields of the text have names like it,
/// such as `text:date`: those are words of the document.
fn is_about(name: &str) -> bool {
    let initials = name == "meta:creator-initials" || name == "loext:sender-initials";
    name == "dc:date" || initials
}

fn superscript(letter: char) -> char {
    match letter.to_digit(10) {
        Some(digit) => super::paper::raised(digit as usize)
            .chars()
            .next()
            .unwrap_or(letter),
        None => letter,
    }
}
