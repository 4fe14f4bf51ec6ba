//! What stands above the title and below the text of a capture: menus as runs of short lines,
//! the label of a section, calls to subscribe, apply or listen.
//!
//! Lists of names are documents too (who signed, who was named): a run of short lines is a menu
//! only when enough of its lines are what menus hold.

use super::{Page, title};
use crate::data::PHRASES;
use crate::facts::Facts;
use crate::words::{Shape, fold};
use model::{Found, LeftOut, PassageKind};

/// Marks what surrounds the text of a capture.
pub(super) fn mark(page: &mut Page<'_, '_>) {
    promotion(page);
    above(page);
    mark_below(page);
}

/// Marks what stands below the running text, and promotion around it.
pub(super) fn mark_below(page: &mut Page<'_, '_>) {
    promotion(page);
    let last = (0..page.len()).rev().find(|&index| page.is_body(index));
    let from = last.map_or(0, |last| last + 1);
    menus(page, from, page.len());
    related_lists(page);
}

/// Between the head of the page and its title.
fn above(page: &mut Page<'_, '_>) {
    let Some(title) = page.title else { return };
    menus(page, 0, title);
    let Some(label) = (0..title).rev().find(|&index| page.is_clean(index)) else {
        return;
    };
    let text = fold(page.draft.text_at(label));
    let above_it = (0..label).any(|index| page.is_clean(index));
    if !above_it
        && title::is_title_like(page, label)
        && title::is_label_above(page, label, title)
        && !PHRASES.is_genre(&text)
    {
        page.mark(label, LeftOut::Navigation);
    }
}

/// The site's own name beside the name of a section, in a line at the head of a capture: `The
/// Example Review | Editorials`. It names the publisher, and is no part of the document.
pub(super) fn site_line(page: &mut Page<'_, '_>, facts: &mut Facts) {
    let from = page.title.map_or(0, |title| title.saturating_sub(3));
    for index in from..page.first_body(from).min(from + 16) {
        let text = page.draft.text_at(index);
        let parts: Vec<&str> = text.split('|').map(str::trim).collect();
        let [first, second] = *parts.as_slice() else {
            continue;
        };
        let is_section = |part: &str| {
            let folded = fold(part);
            PHRASES.is_menu_line(&folded) || PHRASES.is_genre(&folded)
        };
        let is_name = |part: &str| {
            let shape = Shape::of(part);
            (2..=6).contains(&shape.words) && shape.capitals * 2 > shape.words && !is_section(part)
        };
        let name = match (is_name(first), is_name(second)) {
            (true, false) if is_section(second) => first,
            (false, true) if is_section(first) => second,
            _ => continue,
        };
        if !page.is_clean(index) || Some(index) == page.title {
            continue;
        }
        let at = text.find(name).unwrap_or(0);
        let found = Found {
            value: name.to_owned(),
            basis: "name beside the name of a section, at the head".to_owned(),
            span: Some(page.draft.span_in(index, at, at + name.len())),
        };
        facts.publisher.get_or_insert(found);
        page.mark(index, LeftOut::Navigation);
    }
}

/// Runs of at least three short lines, a third of them words of menus.
fn menus(page: &mut Page<'_, '_>, from: usize, to: usize) {
    let is_short = |page: &Page<'_, '_>, index: usize| {
        let shape = page.shapes[index];
        let kind = page.draft.blocks[index].kind;
        let line = matches!(
            kind,
            PassageKind::Paragraph | PassageKind::ListItem | PassageKind::Heading
        );
        line && shape.words <= 5 && !shape.ends && !shape.colon && Some(index) != page.title
    };
    let mut index = from;
    while index < to {
        let start = index;
        while index < to && is_short(page, index) {
            index += 1;
        }
        let clean: Vec<usize> = (start..index).filter(|&line| page.is_clean(line)).collect();
        let known = (start..index)
            .filter(|&line| {
                matches!(
                    page.draft.blocks[line].left_out,
                    Some(LeftOut::Navigation | LeftOut::Footer | LeftOut::ShareBar)
                ) || PHRASES.is_menu_line(&fold(page.draft.text_at(line)))
            })
            .count();
        if index - start >= 3 && known * 3 >= index - start && known >= 2 {
            for line in clean {
                page.mark(line, LeftOut::Navigation);
            }
        }
        index = index.max(start + 1);
    }
}

/// Calls to join, buy, hear or apply.
fn promotion(page: &mut Page<'_, '_>) {
    let first = (0..page.len())
        .find(|&index| page.is_body(index))
        .unwrap_or(0);
    let last = (0..page.len())
        .rev()
        .find(|&index| page.is_body(index) && !promotes(page, index))
        .unwrap_or(page.len());
    for index in 0..page.len() {
        let outside = index < first || index > last;
        if !outside || Some(index) == page.title || !page.is_clean(index) {
            continue;
        }
        if page.draft.blocks[index].kind != PassageKind::TableRow && promotes(page, index) {
            page.mark(index, LeftOut::Advert);
        }
    }
}

/// Whether a passage outside the text promotes something: two words of promotion, or one in a
/// short line that ends with "!"; if it is a sentence, it must stand beside other chrome.
fn promotes(page: &Page<'_, '_>, index: usize) -> bool {
    let shape = page.shapes[index];
    if shape.words > 80 {
        return false;
    }
    let text = page.draft.text_at(index);
    if is_call(text, shape) {
        return true;
    }
    let known = PHRASES.promotion(&fold(text));
    let beside = |other: Option<usize>| {
        other
            .filter(|&other| other < page.len())
            .is_some_and(|other| {
                matches!(
                    page.draft.blocks[other].left_out,
                    Some(
                        LeftOut::Advert
                            | LeftOut::Navigation
                            | LeftOut::Footer
                            | LeftOut::Related
                            | LeftOut::ShareBar
                    )
                )
            })
    };
    known >= 2 && (!shape.ends || beside(index.checked_sub(1)) || beside(Some(index + 1)))
}

/// A short line that ends with "!" and holds a word of promotion.
pub(super) fn is_call(text: &str, shape: Shape) -> bool {
    shape.words <= 10 && text.ends_with('!') && PHRASES.promotion(&fold(text)) >= 1
}

/// Titles of other documents below a line such as "Related articles".
fn related_lists(page: &mut Page<'_, '_>) {
    let mut open = 0;
    for index in 0..page.len() {
        let block = &page.draft.blocks[index];
        let shape = page.shapes[index];
        if block.left_out == Some(LeftOut::Related) && shape.words <= 6 {
            open = 12;
        } else if open > 0 && block.left_out.is_none() {
            let teaser = shape.words <= 25 && !shape.ends && !shape.colon;
            let more = (index..page.len()).any(|later| page.is_body(later));
            if teaser && !more && block.kind != PassageKind::TableRow {
                page.mark(index, LeftOut::Related);
                open -= 1;
            } else {
                open = 0;
            }
        }
    }
}
