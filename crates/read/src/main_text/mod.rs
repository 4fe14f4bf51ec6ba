//! A second opinion on what of a page is the document: a small model, learned from pages whose
//! text people have marked, that sees what the rules see and what they say.
//!
//! Invariant: the model marks passages and never changes them, and the reason of a rule stays
//! where both agree. Two opinions that differ on much of a page are both kept.
//!
//! How it was learned, and how well it does: `docs/reading/main-text.md`.

mod features;
mod places;
pub mod study;

use crate::data::PHRASES;
use crate::facts::Facts;
use crate::html::Place;
use crate::judge::Page;
use crate::trees::Forest;
use crate::words::fold;
use features::{Seen, features};
use model::{LeftOut, PassageKind};
use places::{around_group, ratio};
use std::sync::LazyLock;

/// What the rules keep is kept from this probability on: in doubt a passage stays.
const KEEP: f32 = 0.3;
/// What the rules leave out is taken back from this one on.
const TAKE_BACK: f32 = 0.5;
/// Where two opinions share less of their words (twice the shared, over both), both are kept.
const AGREE: f32 = 0.8;
/// Pages of more passages are left to the rules: nothing that long was learned from.
const MAX_PASSAGES: usize = 20_000;

/// The shipped model: one forest for each passage by itself, one that sees what the first said
/// of the passages around.
static MODEL: LazyLock<Vec<Forest>> = LazyLock::new(|| {
    Forest::read_all(include_str!("../../../../data/reading/main-text.model"))
        .expect("the shipped main-text.model is read by a test")
});

/// Where the rules found the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ByRules {
    /// Its place.
    pub place: usize,
    /// Its first and last passage.
    pub first: usize,
    pub last: usize,
}

/// Words that a line has at most whose own words say what it is.
const LINE_WORDS: u32 = 12;

/// For each passage, whether it is kept. A caption that the rules keep stays, since its kind keeps
/// it apart, and so does a credit; a line whose words say what it is, such as those of a share bar,
/// is not taken back.
fn kept(page: &Page<'_, '_>, chances: &[f32]) -> Vec<bool> {
    let blocks = page.draft.blocks.iter().zip(chances).enumerate();
    blocks
        .map(|(index, (block, &chance))| match block.left_out {
            _ if page.title == Some(index) => true,
            None => chance >= KEEP || block.kind == PassageKind::Caption || is_credit(page, index),
            Some(left_out) => chance >= TAKE_BACK && !is_label(page, index, left_out),
        })
        .collect()
}

fn is_credit(page: &Page<'_, '_>, index: usize) -> bool {
    let short = page.shapes[index].words <= LINE_WORDS;
    short && PHRASES.is_credit(&fold(page.draft.text_at(index)))
}

fn is_label(page: &Page<'_, '_>, index: usize, left_out: LeftOut) -> bool {
    let bar = matches!(
        left_out,
        LeftOut::Player | LeftOut::ShareBar | LeftOut::Advert | LeftOut::Notice
    );
    bar && page.shapes[index].words <= LINE_WORDS
}

/// Marks what the model holds not to be the document, and takes back what it holds to be.
pub(crate) fn mark(
    page: &mut Page<'_, '_>,
    facts: &mut Facts,
    places: &[Place],
    by_rules: ByRules,
) {
    if page.draft.blocks.len() > MAX_PASSAGES {
        return;
    }
    let seen = Seen {
        draft: page.draft,
        places,
        shapes: &page.shapes,
        by_rules,
        title: page.title,
    };
    let rows = features(&seen);
    let Some(chances) = chances(&seen, &rows) else {
        return;
    };
    let kept = kept(page, &chances);
    let text = |index: &usize| kept[*index] && page.title != Some(*index);
    let Some(first) = (0..kept.len()).find(text) else {
        return;
    };
    facts.doubts.document = differs(page, &kept, facts);
    for (index, block) in page.draft.blocks.iter_mut().enumerate() {
        if kept[index] {
            block.left_out = block.left_out.filter(|_| page.title == Some(index));
        } else if block.left_out.is_none() {
            block.left_out = Some(if index < first {
                LeftOut::Navigation
            } else {
                LeftOut::Related
            });
        }
    }
}

/// The passages that the rules keep, by number, where they and the model agree on too little.
fn differs(page: &Page<'_, '_>, kept: &[bool], facts: &mut Facts) -> Vec<u32> {
    let mut words = [0.0f32; 3];
    let mut by_rules = Vec::new();
    for (index, block) in page.draft.blocks.iter().enumerate() {
        let here = page.shapes[index].words as f32;
        let rules = block.left_out.is_none();
        let model = kept[index];
        words[0] += if rules { here } else { 0.0 };
        words[1] += if model { here } else { 0.0 };
        words[2] += if rules && model { here } else { 0.0 };
        if rules {
            by_rules.push(index as u32 + 1);
        }
    }
    if ratio(2.0 * words[2], words[0] + words[1]) >= AGREE {
        return Vec::new();
    }
    facts.remarks.push(format!(
        "Two ways of finding the main text differ on this page: they share {} words; only the one \
         that was followed has {}, only the other {}. Both are kept: look at what is left out.",
        words[2],
        words[1] - words[2],
        words[0] - words[2]
    ));
    by_rules
}

/// Asks both forests; `None` where the model is made for other features.
fn chances(seen: &Seen<'_, '_>, rows: &[[f32; features::WIDTH]]) -> Option<Vec<f32>> {
    let [first, second] = MODEL.as_slice() else {
        return None;
    };
    if first.width() != features::WIDTH || second.width() != features::WIDTH + BESIDE {
        return None;
    }
    let alone: Vec<f32> = rows.iter().map(|row| first.probability(row)).collect();
    let mut wide = [0.0; features::WIDTH + BESIDE];
    let rows = rows.iter().zip(beside(seen, &alone));
    let chances = rows
        .map(|(row, beside)| {
            wide[..features::WIDTH].copy_from_slice(row);
            wide[features::WIDTH..].copy_from_slice(&beside);
            second.probability(&wide)
        })
        .collect();
    Some(chances)
}

/// Numbers that the second forest has beside those of the first.
const BESIDE: usize = 13;

/// What the first forest says of the passages around each passage: of the seven nearest, of the
/// three groups around (by words), of the page, of all before and all behind.
fn beside(seen: &Seen<'_, '_>, alone: &[f32]) -> Vec<[f32; BESIDE]> {
    let words: Vec<f32> = seen.shapes.iter().map(|shape| shape.words as f32).collect();
    let mut sums = vec![(0.0f32, 0.0f32); seen.places.len()];
    for (index, block) in seen.draft.blocks.iter().enumerate() {
        let sum = &mut sums[block.place as usize];
        sum.0 += words[index] * alone[index];
        sum.1 += words[index];
    }
    for place in (1..sums.len()).rev() {
        let inner = sums[place];
        let around = &mut sums[seen.places[place].around as usize];
        around.0 += inner.0;
        around.1 += inner.1;
    }
    let likely = |index: usize| {
        if alone[index] >= 0.5 {
            words[index]
        } else {
            0.0
        }
    };
    let all: f32 = (0..alone.len()).map(likely).sum();
    let mut before = 0.0;
    let mut rows = Vec::with_capacity(alone.len());
    for (index, block) in seen.draft.blocks.iter().enumerate() {
        let mut row = [0.0; BESIDE];
        for (value, step) in row.iter_mut().zip(-3isize..=3) {
            let at = index.wrapping_add_signed(step);
            *value = alone.get(at).copied().unwrap_or(-1.0);
        }
        let mut group = around_group(seen.places, block.place as usize);
        for value in &mut row[7..10] {
            *value = ratio(sums[group].0, sums[group].1);
            group = around_group(seen.places, seen.places[group].around as usize);
        }
        row[10] = ratio(all, sums[0].1);
        row[11] = ratio(before, all);
        before += likely(index);
        row[12] = ratio(all - before, all);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_model_is_made_for_these_features() {
        let widths: Vec<usize> = MODEL.iter().map(Forest::width).collect();
        assert_eq!(widths, [features::WIDTH, features::WIDTH + BESIDE]);
    }
}
