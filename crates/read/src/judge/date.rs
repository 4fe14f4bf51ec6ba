//! The date of publication as it can be seen: a line of its own beside the title, a dateline
//! before the first sentence, the date under a signature.
//!
//! Never from a caption, from running text, or from the clock.

use super::Page;
use crate::dates::{self, Dated};
use crate::facts::Facts;
use model::{Edtf, Found, PassageKind};

/// `bylines`: whether a date among other words near the title counts, as it does on pages whose
/// structure tells captions and menus apart.
pub(super) fn find(page: &Page<'_, '_>, facts: &mut Facts, bylines: bool) {
    for (index, dated) in lines_at_head(page) {
        let slot = if dated.updated {
            &mut facts.updated
        } else {
            &mut facts.published
        };
        if slot.is_none() {
            *slot = Some(found(page, index, dated, "date line at the head"));
        }
    }
    if facts.published.is_some() {
        return;
    }
    facts.published = dateline(page)
        .or_else(|| byline(page).filter(|_| bylines))
        .or_else(|| under_signature(page))
        .or_else(|| in_address(facts));
}

/// A date in a short line between the title and the text: "By A. Writer | 3 May 2020".
fn byline(page: &Page<'_, '_>) -> Option<Found<Edtf>> {
    let title = page.title?;
    let first = page.first_body(title);
    (title + 1..first.min(title + 12)).find_map(|index| {
        let shape = page.shapes[index];
        let kind = page.draft.blocks[index].kind;
        let line = matches!(kind, PassageKind::Paragraph | PassageKind::ListItem);
        if !page.is_clean(index) || !line || shape.words > 16 || shape.ends {
            return None;
        }
        let dated = dates::first_in(page.draft.text_at(index))
            .filter(|dated| dated.date.of_day().is_some())?;
        Some(found(page, index, dated, "date in a line below the title"))
    })
}

/// The day in the document's own address.
fn in_address(facts: &Facts) -> Option<Found<Edtf>> {
    let address = facts.address.as_ref()?;
    Some(Found {
        value: dates::in_address(&address.value)?,
        basis: format!("day in the address ({})", address.basis),
        span: None,
    })
}

fn found(page: &Page<'_, '_>, index: usize, dated: Dated, basis: &str) -> Found<Edtf> {
    let span = page.draft.span_in(index, dated.from, dated.to);
    let whole_day = dated.date.of_day().is_some();
    let doubt = if whole_day {
        ""
    } else {
        " (day and month cannot be told apart)"
    };
    Found {
        value: Edtf::Date(dated.date),
        basis: format!("{basis}{doubt}"),
        span: Some(span),
    }
}

/// Lines that give a date, from just above the title to the first running text.
fn lines_at_head(page: &Page<'_, '_>) -> Vec<(usize, Dated)> {
    let from = page.title.map_or(0, |title| {
        (0..title)
            .rev()
            .find(|&index| page.is_clean(index))
            .unwrap_or(title)
    });
    let first = page.first_body(from);
    (from..first.min(from + 30))
        .filter(|&index| {
            page.is_clean(index) && page.draft.blocks[index].kind != PassageKind::Caption
        })
        .filter_map(|index| Some((index, dates::whole_line(page.draft.text_at(index))?)))
        .collect()
}

/// The dateline of one of the first three passages of running text. Where many passages begin
/// with a date, the document is a chronology, and none of them is its own.
fn dateline(page: &Page<'_, '_>) -> Option<Found<Edtf>> {
    let running = |index: &usize| {
        let kind = page.draft.blocks[*index].kind;
        page.is_clean(*index) && kind == PassageKind::Paragraph && page.shapes[*index].words >= 6
    };
    let dated: Vec<(usize, Option<Dated>)> = (0..page.len())
        .filter(running)
        .take(12)
        .map(|index| (index, dates::dateline(page.draft.text_at(index))))
        .collect();
    if dated.iter().filter(|(_, dated)| dated.is_some()).count() >= 3 {
        return None;
    }
    dated
        .into_iter()
        .take(3)
        .find_map(|(index, dated)| Some(found(page, index, dated?, "dateline")))
}

/// The last lines: a date below a signature, alone or behind it (`THE WHITE HOUSE, May 4, 2023.`).
fn under_signature(page: &Page<'_, '_>) -> Option<Found<Edtf>> {
    let clean: Vec<usize> = (0..page.len())
        .rev()
        .filter(|&index| page.is_clean(index))
        .take(4)
        .collect();
    let basis = "date under the signature";
    let behind = clean.iter().find_map(|&index| {
        let text = page.draft.text_at(index);
        let dated = dates::first_in(text)?;
        let (before, after) = (&text[..dated.from], &text[dated.to..]);
        let name = before.trim_end();
        let fits = page.shapes[index].words <= 9
            && name.ends_with(',')
            && is_signature(name.trim_end_matches(','))
            && !after.contains(char::is_alphanumeric)
            && dated.date.of_day().is_some();
        fits.then(|| found(page, index, dated, basis))
    });
    behind.or_else(|| {
        clean.windows(2).find_map(|pair| {
            let [index, above] = *pair else { return None };
            let signature = page.draft.text_at(above);
            let signed = page.shapes[above].words <= 6
                && (signature.ends_with(',') || is_signature(signature));
            let dated = dates::whole_line(page.draft.text_at(index))?;
            (signed && page.shapes[index].words <= 5).then(|| found(page, index, dated, basis))
        })
    })
}

/// A name as signatures write it: in capitals.
fn is_signature(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() > 3 && letters().all(char::is_uppercase)
}
