//! The reader of plain text, captures of web pages that lost their tags among them.
//!
//! Here only lines are made into passages; what belongs to the document is for the judges.

use crate::draft::Draft;
use crate::facts::Facts;
use crate::front_matter::FrontMatter;
use crate::judge;
use crate::lines;
use model::{LeftOut, PassageKind};

/// Reads `source`, a text without markup.
pub(crate) fn read<'s>(source: &'s str, facts: &mut Facts) -> Draft<'s> {
    let mut draft = Draft::new(source);
    let body = front_matter(&mut draft, facts);
    for (from, to) in lines::paragraphs(source, body) {
        let kind = if lines::is_item(&source[from..to]) {
            PassageKind::ListItem
        } else {
            PassageKind::Paragraph
        };
        draft.open(kind, 0, 0);
        draft.push(&source[from..to], from, false);
        draft.close();
        if draft.overflow {
            break;
        }
    }
    judge::plain(&mut draft, facts);
    draft
}

/// Writes the header of a document, if it has one, into the draft and the facts; the first byte
/// behind it.
pub(crate) fn front_matter(draft: &mut Draft<'_>, facts: &mut Facts) -> usize {
    let source = draft.source();
    let Some(header) = FrontMatter::of(source) else {
        return 0;
    };
    for entry in &header.entries {
        draft.open(PassageKind::Paragraph, 0, 0);
        draft.push(&source[entry.from..entry.to], entry.from, false);
        draft.close();
    }
    for block in &mut draft.blocks {
        block.left_out = Some(LeftOut::FrontMatter);
    }
    facts.of_front_matter(&header, draft);
    header.end
}
