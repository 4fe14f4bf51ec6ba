//! Which passage is the title.
//!
//! A title that the document declares is looked for among its passages. Without one, in this
//! order: a line that stands twice around the head of the text; a first-level heading; the last
//! line above the running text that looks like a title.

use super::Page;
use crate::data::PHRASES;
use crate::dates;
use crate::facts::Facts;
use crate::words::fold;
use model::{Found, PassageKind};

/// Passages at the head among which a title is looked for.
const HEAD: usize = 60;

pub(super) fn find(page: &mut Page<'_, '_>, facts: &mut Facts) {
    if let Some(title) = &mut facts.title {
        let wanted = fold(&title.value);
        let is_it = |index: &usize| {
            let block = &page.draft.blocks[*index];
            block.left_out.is_none() && fold(page.draft.text_of(block)) == wanted
        };
        if let Some(index) = (0..page.len().min(4 * HEAD)).find(is_it) {
            let block = &mut page.draft.blocks[index];
            block.kind = PassageKind::Title;
            title.span = title.span.or(Some(block.span));
            page.title = Some(index);
        }
        return;
    }
    let Some((index, basis)) = standing_twice(page)
        .or_else(|| heading(page))
        .or_else(|| above_the_text(page))
    else {
        return;
    };
    let block = &mut page.draft.blocks[index];
    block.kind = PassageKind::Title;
    facts.title = Some(Found {
        value: page.draft.text_at(index).to_owned(),
        basis: basis.to_owned(),
        span: Some(page.draft.blocks[index].span),
    });
    page.title = Some(index);
}

/// Whether a passage could be a title by its shape: a line of words that is no sentence, date,
/// address or speaker.
pub(super) fn is_title_like(page: &Page<'_, '_>, index: usize) -> bool {
    let block = &page.draft.blocks[index];
    let shape = page.shapes[index];
    let text = page.draft.text_of(block);
    let kind = matches!(block.kind, PassageKind::Paragraph | PassageKind::Heading);
    let open_end = text.ends_with([',', ';', ':', '—', '–', '-']);
    let sentence = shape.ends && text.ends_with(['.', '。', '”', '"', ')', '’']);
    block.left_out.is_none()
        && kind
        && (2..=40).contains(&shape.words)
        && text.len() <= 400
        && !open_end
        && !sentence
        && !text.starts_with(['(', '[', '“', '"', '@', '<'])
        && dates::whole_line(text).is_none()
        && dates::dateline(text).is_none()
        && !text.contains("://")
        && !PHRASES.is_caption(&fold(text))
        && !super::surroundings::is_call(text, shape)
}

fn standing_twice(page: &Page<'_, '_>) -> Option<(usize, &'static str)> {
    let head = page.len().min(HEAD);
    let lines: Vec<(usize, String)> = (0..head)
        .filter(|&index| is_title_like(page, index) && page.shapes[index].words >= 3)
        .map(|index| (index, fold(page.draft.text_at(index))))
        .collect();
    let mut sorted: Vec<&(usize, String)> = lines.iter().collect();
    sorted.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    let twice = sorted
        .windows(2)
        .filter(|pair| pair[0].1 == pair[1].1)
        .map(|pair| pair[0].0)
        .min()?;
    Some((twice, "line that stands twice at the head"))
}

fn heading(page: &Page<'_, '_>) -> Option<(usize, &'static str)> {
    let is_first = |&index: &usize| {
        let block = &page.draft.blocks[index];
        block.kind == PassageKind::Heading && block.level == 1 && block.left_out.is_none()
    };
    let index = (0..page.len().min(HEAD)).find(is_first)?;
    Some((index, "first-level heading"))
}

fn above_the_text(page: &Page<'_, '_>) -> Option<(usize, &'static str)> {
    let body = (0..page.len())
        .find(|&index| page.is_body(index))
        .unwrap_or(page.len());
    let lines: Vec<usize> = (0..body.min(HEAD))
        .filter(|&index| is_title_like(page, index))
        .filter(|&index| !PHRASES.is_genre(&fold(page.draft.text_at(index))))
        .collect();
    let (&last, above) = lines.split_last()?;
    let Some(&first) = above.first() else {
        return Some((last, "only line above the text that looks like a title"));
    };
    // Lines that follow each other directly: a label of the site, a title, a second title.
    let best = if is_label_above(page, first, lines[1]) {
        lines
            .iter()
            .copied()
            .find(|&index| index != first && !is_label(page, index))
            .unwrap_or(last)
    } else {
        first
    };
    Some((best, "line above the text that looks like a title"))
}

/// A label of few words, each with a capital: the name of a section, not what happened.
fn is_label(page: &Page<'_, '_>, index: usize) -> bool {
    let shape = page.shapes[index];
    let one_name = !page.draft.text_at(index).contains([':', '–', '—', '?']);
    one_name && shape.words <= 6 && shape.capitals + 2 >= shape.words && shape.capitals >= 1
}

/// Whether `index` is the label above the longer line `below`.
pub(super) fn is_label_above(page: &Page<'_, '_>, index: usize, below: usize) -> bool {
    let (label, title) = (page.shapes[index].words, page.shapes[below].words);
    is_label(page, index) && title >= 5 && title >= label + 2
}
