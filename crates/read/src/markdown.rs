//! The reader of Markdown (CommonMark with tables, by pulldown-cmark): emphasis and links are
//! gone, their text stays, every character keeps its place in the original.

use crate::draft::Draft;
use crate::facts::Facts;
use crate::judge;
use crate::lines::must_go_on;
use crate::text::front_matter;
use model::PassageKind;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads `source`, a Markdown document.
pub(crate) fn read<'s>(source: &'s str, facts: &mut Facts) -> Draft<'s> {
    let mut draft = Draft::new(source);
    let body = front_matter(&mut draft, facts);
    let mut walk = Walk {
        draft,
        base: body,
        items: 0,
        quotes: 0,
        links: 0,
        images: 0,
        rows: 0,
        code: false,
    };
    let events = Parser::new_ext(&source[body..], Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events {
        if matches!(event, Event::HardBreak) {
            let after = &source[body + range.end..];
            walk.hard_break(body + range.start, after);
            continue;
        }
        walk.event(event, range);
    }
    let mut draft = walk.draft;
    draft.close();
    judge::structured(&mut draft, facts, &mut ());
    draft
}

/// The state of a walk through the events of a document. Depths are counted, never a stack.
struct Walk<'s> {
    draft: Draft<'s>,
    /// Byte of the original at which the Markdown begins.
    base: usize,
    items: usize,
    quotes: usize,
    links: usize,
    images: usize,
    rows: usize,
    code: bool,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let at = self.base + range.start;
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.lines(&text, at),
            Event::Text(text) => self.text(&text, at, &range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let ticks = self.source_of(&range).find(&*text).unwrap_or(0);
                self.text(&text, at + ticks, &(range.start + ticks..range.end));
            }
            Event::SoftBreak => self.white(at),
            Event::Html(html) => self.html(&html, at),
            Event::Rule | Event::InlineHtml(_) | Event::HardBreak => {}
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open(PassageKind::Paragraph, 0),
            Tag::Heading { level, .. } => {
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    HeadingLevel::H5 => 5,
                    HeadingLevel::H6 => 6,
                };
                self.draft.open(PassageKind::Heading, 0, level);
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Item => {
                self.items += 1;
                self.draft.open(PassageKind::ListItem, 0, 0);
            }
            Tag::CodeBlock(_) => {
                self.code = true;
                self.draft.close();
            }
            Tag::TableRow | Tag::TableHead => {
                self.rows += 1;
                self.draft.open(PassageKind::TableRow, 0, 0);
            }
            Tag::TableCell => self.draft.cell(),
            Tag::Link { .. } => self.links += 1,
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => self.draft.close(),
            TagEnd::TableRow | TagEnd::TableHead => {
                self.rows = self.rows.saturating_sub(1);
                self.draft.close();
            }
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::Item => {
                self.items = self.items.saturating_sub(1);
                self.draft.close();
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.draft.close();
            }
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    /// Opens a paragraph as what it stands in.
    fn open(&mut self, kind: PassageKind, level: u8) {
        let kind = if self.items > 0 {
            PassageKind::ListItem
        } else if self.quotes > 0 {
            PassageKind::Quotation
        } else {
            kind
        };
        self.draft.open(kind, 0, level);
    }

    fn source_of(&self, range: &Range<usize>) -> &str {
        let source = self.draft.source();
        source
            .get(self.base + range.start..self.base + range.end)
            .unwrap_or_default()
    }

    fn text(&mut self, text: &str, at: usize, range: &Range<usize>) {
        // Words of a picture stand for it; they are not shown.
        if self.images > 0 || self.is_loose_mark(text, at) {
            return;
        }
        if !self.draft.is_open() {
            self.open(PassageKind::Paragraph, 0);
        }
        let linked = self.links > 0;
        if self.source_of(range).starts_with(text) {
            let mut from = 0;
            while let Some(found) = text[from..].find("**") {
                self.draft
                    .push(&text[from..from + found], at + from, linked);
                from += found
                    + text[from + found..]
                        .bytes()
                        .take_while(|byte| *byte == b'*')
                        .count();
            }
            self.draft.push(&text[from..], at + from, linked);
        } else {
            self.draft.push_decoded(text, at, linked);
        }
    }

    /// Emphasis that does not close is left by converters ("**Sec. 2. **The"): stars beside
    /// stars mean nothing else.
    fn is_loose_mark(&self, text: &str, at: usize) -> bool {
        let source = self.draft.source().as_bytes();
        let beside = |byte: Option<&u8>| byte == Some(&b'*');
        text.bytes().all(|byte| byte == b'*')
            && (text.len() >= 2
                || beside(at.checked_sub(1).and_then(|before| source.get(before)))
                || beside(source.get(at + text.len())))
    }

    fn white(&mut self, at: usize) {
        let source = self.draft.source();
        if let Some(end) = source.get(at..).and_then(|rest| rest.chars().next()) {
            let piece = &source[at..at + end.len_utf8()];
            self.draft.push(piece, at, false);
        }
    }

    /// A line end that the author asked for: a new passage, unless the sentence goes on.
    fn hard_break(&mut self, at: usize, after: &str) {
        let next = after.trim_start().lines().next().unwrap_or_default();
        let before = self.draft.source()[..at]
            .lines()
            .next_back()
            .unwrap_or_default();
        let plain = self.items == 0 && self.quotes == 0 && self.rows == 0;
        if plain && self.draft.in_block() && !next.is_empty() && !must_go_on(before, next) {
            self.draft.open(PassageKind::Paragraph, 0, 0);
        } else {
            self.draft.space();
        }
    }

    /// Text set off by indentation or fences: each line is a passage, since its lines are meant.
    fn lines(&mut self, text: &str, at: usize) {
        let mut from = at;
        for line in text.split_inclusive('\n') {
            self.draft.open(PassageKind::Paragraph, 0, 0);
            let literal = self
                .draft
                .source()
                .get(from..)
                .is_some_and(|rest| rest.starts_with(line));
            if literal {
                self.draft.push(line, from, false);
            } else {
                self.draft.push_decoded(line, from, false);
            }
            self.draft.close();
            from += line.len();
        }
    }

    /// The text of a block of HTML, without its tags and comments.
    fn html(&mut self, html: &str, at: usize) {
        let literal = self
            .draft
            .source()
            .get(at..)
            .is_some_and(|rest| rest.starts_with(html));
        if !literal {
            return;
        }
        let mut rest = html;
        let mut from = at;
        while !rest.is_empty() {
            let open = rest.find('<').unwrap_or(rest.len());
            if !rest[..open].trim().is_empty() {
                if !self.draft.is_open() {
                    self.open(PassageKind::Paragraph, 0);
                }
                self.draft.push(&rest[..open], from, false);
            }
            let skip = if rest[open..].starts_with("<!--") {
                rest[open..].find("-->").map(|end| end + 3)
            } else {
                rest[open..].find('>').map(|end| end + 1)
            };
            let next = open + skip.unwrap_or(rest.len() - open);
            rest = &rest[next..];
            from += next;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn passages(source: &str) -> Vec<(PassageKind, String)> {
        let draft = read(source, &mut Facts::default());
        let blocks = draft.blocks.iter();
        blocks
            .map(|block| (block.kind, draft.text_of(block).to_owned()))
            .collect()
    }

    #[test]
    fn marks_are_gone_and_words_stay() {
        let source = "# Statement\n\nThe *Council* [adopted](https://example.org) **it**,\n\
                      `A/HRC/25/L.17` &amp; more.\n\n> Quoted\n\n- one\n- two\n\n| a | b |\n|--|--|\n| c | d |\n";
        assert_eq!(
            passages(source),
            [
                (PassageKind::Title, "Statement".to_owned()),
                (
                    PassageKind::Paragraph,
                    "The Council adopted it, A/HRC/25/L.17 & more.".to_owned()
                ),
                (PassageKind::Quotation, "Quoted".to_owned()),
                (PassageKind::ListItem, "one".to_owned()),
                (PassageKind::ListItem, "two".to_owned()),
                (PassageKind::TableRow, "a | b".to_owned()),
                (PassageKind::TableRow, "c | d".to_owned()),
            ]
        );
    }

    #[test]
    fn emphasis_that_does_not_close_is_gone() {
        let texts: Vec<String> = passages("**Sec. 2. **The order. ** **3 * 4 *\n")
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        assert_eq!(texts, ["Sec. 2. The order. 3 * 4 *"]);
    }

    #[test]
    fn lines_that_the_author_broke_are_passages() {
        let source = "MEMORANDUM FOR  \nTHE SECRETARY OF STATE  \nTHE SECRETARY OF THE TREASURY\n\n\
                      Encouraging people to support  \nrefugees.\n\n\
                      \u{20}                    A. SIGNATORY\n";
        let texts: Vec<String> = passages(source).into_iter().map(|(_, text)| text).collect();
        assert_eq!(
            texts,
            [
                "MEMORANDUM FOR THE SECRETARY OF STATE",
                "THE SECRETARY OF THE TREASURY",
                "Encouraging people to support refugees.",
                "A. SIGNATORY",
            ]
        );
    }

    #[test]
    fn every_character_keeps_its_place() {
        let source = "A **bold** claim &eacute;\nof \\(i\\) 1998.\n";
        let draft = read(source, &mut Facts::default());
        assert_eq!(draft.text, "A bold claim é of (i) 1998.");
        let original: Vec<char> = source.chars().collect();
        let at = draft.text.find("1998").unwrap() as u32 - 1;
        let place = draft.map.original(model::Span::new(at, at + 4)).unwrap();
        let quoted: String = original[place.start as usize..place.end as usize]
            .iter()
            .collect();
        assert_eq!(quoted, "1998");
    }

    proptest! {
        #[test]
        fn no_text_panics(source in "([-*#>|`_\\[\\]()<>&;!\\\\ \n0-9a-zé]|  \n|\n\n|    ){0,80}") {
            let draft = read(&source, &mut Facts::default());
            for block in &draft.blocks {
                prop_assert!(!draft.text_of(block).trim().is_empty());
            }
        }
    }
}
