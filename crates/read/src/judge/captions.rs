//! Words under a picture, in texts that lost the tag that said so.
//!
//! Captures hold a caption twice, as alternative text and as caption. In the head of a text, a
//! passage directly followed by itself is one; elsewhere only its own words tell.

use super::Page;
use crate::data::PHRASES;
use crate::words::fold;
use model::PassageKind;

/// Longer passages are running text.
const MAX_WORDS: u32 = 70;

pub(super) fn mark(page: &mut Page<'_, '_>) {
    mark_by_words(page);
    let head = head(page);
    let mut index = 0;
    while index + 1 < head {
        let same = page.is_clean(index)
            && page.is_clean(index + 1)
            && Some(index) != page.title
            && page.shapes[index].words >= 4
            && page.shapes[index].words <= MAX_WORDS
            && page.draft.text_at(index) == page.draft.text_at(index + 1);
        // A text in which every paragraph stands twice has no more captions than another.
        let next_too = index + 3 < page.len()
            && page.draft.text_at(index + 2) == page.draft.text_at(index + 3);
        if same && !next_too && page.draft.blocks[index].kind == PassageKind::Paragraph {
            page.draft.blocks[index].kind = PassageKind::Caption;
            page.draft.blocks[index + 1].kind = PassageKind::Caption;
            index += 1;
        }
        index += 1;
    }
}

/// Marks passages that begin or end as captions do.
pub(super) fn mark_by_words(page: &mut Page<'_, '_>) {
    for index in 0..page.len() {
        let block = &page.draft.blocks[index];
        let plain = matches!(block.kind, PassageKind::Paragraph);
        if plain
            && block.left_out.is_none()
            && page.shapes[index].words <= MAX_WORDS
            && Some(index) != page.title
            && PHRASES.is_caption(&fold(page.draft.text_of(block)))
        {
            page.draft.blocks[index].kind = PassageKind::Caption;
        }
    }
}

/// One past the last passage in which captions by repetition are looked for: up to the third
/// passage of running text.
fn head(page: &Page<'_, '_>) -> usize {
    let mut bodies = (0..page.len()).filter(|&index| page.is_body(index));
    bodies.nth(3).unwrap_or(page.len()).min(40)
}
