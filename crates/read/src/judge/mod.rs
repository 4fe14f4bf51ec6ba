//! Judges look at the passages of a draft and mark what is not the document itself. They work
//! on words, lengths, order and repetition only, so that they serve every format.
//!
//! Invariant: a judge marks; it never adds, removes or changes text. Running text of the
//! document is never marked for its words alone.

mod captions;
mod chrome;
mod date;
mod language;
mod repeats;
mod surroundings;
mod title;
mod trigrams;

use crate::draft::Draft;
use crate::facts::Facts;
use crate::words::{Shape, shapes};
use model::{LeftOut, PassageKind};

/// A draft with the shapes of its blocks.
pub(crate) struct Page<'d, 's> {
    pub draft: &'d mut Draft<'s>,
    pub shapes: Vec<Shape>,
    /// The block that is the title.
    pub title: Option<usize>,
}

impl Page<'_, '_> {
    /// Whether a block belongs to the document, as far as is known by now.
    fn is_clean(&self, index: usize) -> bool {
        self.draft.blocks[index].left_out.is_none()
    }

    /// Takes a passage out of the clean text, unless it is out already, or the title.
    fn mark(&mut self, index: usize, left_out: LeftOut) {
        if self.title == Some(index) {
            return;
        }
        let block = &mut self.draft.blocks[index];
        if block.left_out.is_none() {
            block.left_out = Some(left_out);
        }
    }

    /// Whether a block is running text of the document, as far as is known by now.
    fn is_body(&self, index: usize) -> bool {
        let block = &self.draft.blocks[index];
        let running = matches!(
            block.kind,
            PassageKind::Paragraph | PassageKind::Quotation | PassageKind::ListItem
        );
        block.left_out.is_none() && running && self.shapes[index].is_prose()
    }

    /// The last passage of the head: the title again, or a player, with at most three passages
    /// of running text above it. Captures show a title, a picture and a teaser, and then begin
    /// again.
    fn head_break(&self) -> Option<usize> {
        let title = self.title?;
        let again = crate::words::fold(self.draft.text_at(title));
        let mut last = None;
        let mut running = 0;
        for index in title + 1..self.len().min(title + 16) {
            running += usize::from(self.is_body(index));
            if running > 3 {
                break;
            }
            let player = self.draft.blocks[index].left_out == Some(LeftOut::Player);
            if player || crate::words::fold(self.draft.text_at(index)) == again {
                last = Some(index);
            }
        }
        last
    }

    /// The first passage of the running text, below the head.
    fn first_body(&self, from: usize) -> usize {
        let from = self.head_break().map_or(from, |last| from.max(last + 1));
        (from..self.len())
            .find(|&index| self.is_body(index))
            .unwrap_or(self.len())
    }

    fn len(&self) -> usize {
        self.draft.blocks.len()
    }
}

/// A second opinion on what the rules made of a document.
pub(crate) trait Second {
    /// On what is marked, before repetitions are looked for.
    fn passages(&mut self, _: &mut Page<'_, '_>, _: &mut Facts) {}

    /// On the date of publication.
    fn dates(&mut self, _: &Page<'_, '_>, _: &mut Facts) {}
}

/// None.
impl Second for () {}

/// Judges a text without structure.
pub(crate) fn plain(draft: &mut Draft<'_>, facts: &mut Facts) {
    let mut page = page(draft);
    chrome::mark(&mut page);
    title::find(&mut page, facts);
    captions::mark(&mut page);
    surroundings::mark(&mut page);
    surroundings::site_line(&mut page, facts);
    finish(&mut page, facts, false, &mut ());
}

/// Judges a document whose reader has already marked what its structure tells.
pub(crate) fn structured(draft: &mut Draft<'_>, facts: &mut Facts, second: &mut dyn Second) {
    let mut page = page(draft);
    chrome::mark(&mut page);
    title::find(&mut page, facts);
    captions::mark_by_words(&mut page);
    surroundings::mark_below(&mut page);
    second.passages(&mut page, facts);
    finish(&mut page, facts, true, second);
}

/// Judges a paged document whose reader has marked heads, notes and title.
pub(crate) fn paged(draft: &mut Draft<'_>, facts: &mut Facts, title: Option<usize>) {
    let mut page = page(draft);
    page.title = title;
    date::find(&page, facts, true);
    language::settle(&page, facts);
    facts.publisher_by_address();
}

fn page<'d, 's>(draft: &'d mut Draft<'s>) -> Page<'d, 's> {
    let shapes = shapes(draft);
    Page {
        draft,
        shapes,
        title: None,
    }
}

fn finish(page: &mut Page<'_, '_>, facts: &mut Facts, bylines: bool, second: &mut dyn Second) {
    repeats::mark(page, facts);
    date::find(page, facts, bylines);
    second.dates(page, facts);
    language::settle(page, facts);
    facts.publisher_by_address();
}
