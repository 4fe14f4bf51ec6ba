//! What the model sees of each passage: its shape, its place, what the rules say of it, and the
//! same of its neighbours. A model is good for the order of these numbers only: any change
//! here asks for a new one.

use super::ByRules;
use super::places::{Sums, around_group, ratio, sums};
use crate::data::PHRASES;
use crate::dates;
use crate::draft::Draft;
use crate::html::Place;
use crate::words::{Shape, fold};
use model::{LeftOut, PassageKind};
use std::collections::HashMap;

/// Numbers of one passage.
pub(super) const WIDTH: usize = OWN + AROUND + NEAR;
/// Of the passage and the page.
const OWN: usize = 44;
/// Of the places around it: three groups with seven numbers each.
const AROUND: usize = 21;
/// Of its neighbours: four with five numbers each, and six of the stretch around it.
const NEAR: usize = 26;

/// What the rules made of a page.
pub(super) struct Seen<'a, 's> {
    pub draft: &'a Draft<'s>,
    pub places: &'a [Place],
    pub shapes: &'a [Shape],
    pub by_rules: ByRules,
    /// The passage that is the title.
    pub title: Option<usize>,
}

/// What a place has from the places around it.
#[derive(Clone, Copy, Default)]
struct Chain {
    depth: f32,
    says: f32,
    since_says: f32,
    sure: f32,
    main: f32,
    header: f32,
    caption: f32,
    names: f32,
    names_sum: f32,
    names_least: f32,
    names_most: f32,
    inside: f32,
}

/// The numbers of every passage.
pub(super) fn features(seen: &Seen<'_, '_>) -> Vec<[f32; WIDTH]> {
    let sums = sums(seen.draft, seen.places, seen.shapes);
    let chains = chains(seen);
    let best = (0..sums.len())
        .max_by(|&a, &b| sums[a].points.total_cmp(&sums[b].points).then(b.cmp(&a)))
        .unwrap_or(0);
    let mut rows = vec![[0.0f32; WIDTH]; seen.draft.blocks.len()];
    own(seen, &chains, &sums[0], &mut rows);
    for (index, row) in rows.iter_mut().enumerate() {
        around(seen, index, &sums, best, &mut row[OWN..OWN + AROUND]);
    }
    near(seen, &mut rows);
    rows
}

fn chains(seen: &Seen<'_, '_>) -> Vec<Chain> {
    let mut chains: Vec<Chain> = vec![Chain::default(); seen.places.len()];
    for (at, place) in seen.places.iter().enumerate() {
        let around = if at == 0 {
            Chain::default()
        } else {
            chains[place.around as usize]
        };
        let own = place.left_out.map(code);
        chains[at] = Chain {
            depth: around.depth + 1.0,
            says: own.unwrap_or(around.says),
            since_says: if own.is_some() {
                0.0
            } else {
                around.since_says + 1.0
            },
            sure: around
                .sure
                .max(f32::from(u8::from(place.sure && own.is_some()))),
            main: around.main.max(f32::from(place.main)),
            header: around.header.max(f32::from(u8::from(place.header))),
            caption: around.caption.max(f32::from(u8::from(place.caption))),
            names: place.weight as f32,
            names_sum: around.names_sum + place.weight as f32,
            names_least: around.names_least.min(place.weight as f32),
            names_most: around.names_most.max(place.weight as f32),
            inside: if at == seen.by_rules.place {
                1.0
            } else {
                around.inside
            },
        };
    }
    chains
}

/// A mark as a number; 0 is none.
fn code(left_out: LeftOut) -> f32 {
    match left_out {
        LeftOut::Navigation => 1.0,
        LeftOut::Player => 2.0,
        LeftOut::ShareBar => 3.0,
        LeftOut::Advert => 4.0,
        LeftOut::Notice => 5.0,
        LeftOut::Related => 6.0,
        LeftOut::Footer => 7.0,
        _ => 8.0,
    }
}

fn kind(kind: PassageKind) -> f32 {
    match kind {
        PassageKind::Title => 0.0,
        PassageKind::Heading => 1.0,
        PassageKind::Paragraph => 2.0,
        PassageKind::Quotation => 3.0,
        PassageKind::ListItem => 4.0,
        PassageKind::TableRow => 5.0,
        PassageKind::Caption => 6.0,
        _ => 7.0,
    }
}

fn log(count: f32) -> f32 {
    (1.0 + count).ln()
}

fn own(seen: &Seen<'_, '_>, chains: &[Chain], page: &Sums, rows: &mut [[f32; WIDTH]]) {
    let blocks = &seen.draft.blocks;
    let count = blocks.len() as f32;
    let mut copies: HashMap<&str, u32> = HashMap::new();
    for block in blocks {
        *copies.entry(seen.draft.text_of(block)).or_default() += 1;
    }
    let share = |wanted: PassageKind| {
        let words = blocks.iter().zip(seen.shapes);
        let words: u32 = words
            .filter(|(block, _)| block.kind == wanted)
            .map(|(_, shape)| shape.words)
            .sum();
        ratio(words as f32, page.words)
    };
    let items = share(PassageKind::ListItem);
    let rows_share = share(PassageKind::TableRow);
    let headings = blocks
        .iter()
        .filter(|block| block.kind == PassageKind::Heading)
        .count() as f32;
    let main = ratio(words_between(seen), page.words);
    let mut before = 0.0;
    let mut since_heading = 0.0;
    for (index, row) in rows.iter_mut().enumerate() {
        let (block, shape) = (&blocks[index], &seen.shapes[index]);
        let text = seen.draft.text_of(block);
        let words = shape.words as f32;
        let length = block.span.len() as f32;
        let chain = &chains[block.place as usize];
        since_heading = match block.kind {
            PassageKind::Heading | PassageKind::Title => 0.0,
            _ => since_heading + 1.0,
        };
        let bytes = text.as_bytes();
        let of =
            |wanted: &dyn Fn(&u8) -> bool| bytes.iter().filter(|byte| wanted(byte)).count() as f32;
        let at = index as f32;
        let values: [f32; OWN] = [
            log(words),
            ratio(length, words),
            ratio(block.linked as f32, length),
            ratio(shape.capitals as f32, words),
            flag(shape.ends),
            flag(shape.colon),
            kind(block.kind),
            f32::from(block.level),
            ratio(of(&u8::is_ascii_digit), length),
            ratio(of(&|&byte| byte == b','), words),
            phrase(text, shape),
            block.left_out.map_or(0.0, code),
            flag(text.contains('?')),
            flag(text.contains(['|', '»', '›', '·', '•'])),
            flag(text.contains(['$', '€', '£', '¥'])),
            flag(text.contains('@')),
            flag(text.contains('©')),
            copies.get(text).copied().unwrap_or(1) as f32,
            flag(shape.words <= 16 && dates::first_in(text).is_some()),
            at / count,
            before / page.words.max(1.0),
            log(page.words),
            log(count),
            page.link_share(),
            ratio(page.prose, page.words),
            ratio(page.kept, page.words),
            (at - seen.by_rules.first as f32).clamp(-60.0, 60.0),
            (seen.by_rules.last as f32 - at).clamp(-60.0, 60.0),
            main,
            items,
            rows_share,
            ratio(headings, count),
            chain.inside,
            chain.main,
            chain.says,
            chain.since_says,
            chain.sure,
            chain.header + 2.0 * chain.caption,
            chain.depth,
            chain.names,
            chain.names_sum,
            chain.names_least,
            chain.names_most,
            since_heading + seen.title.map_or(0.0, |title| flag(index < title) * 100.0),
        ];
        row[..OWN].copy_from_slice(&values);
        before += words;
    }
}

/// Words from the first to the last passage of the document, by the rules.
fn words_between(seen: &Seen<'_, '_>) -> f32 {
    let to = (seen.by_rules.last + 1).min(seen.shapes.len());
    let shapes = seen.shapes.get(seen.by_rules.first..to).unwrap_or_default();
    shapes.iter().map(|shape| shape.words as f32).sum()
}

fn flag(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}

/// Whether the lists of phrases know the passage, and as what.
fn phrase(text: &str, shape: &Shape) -> f32 {
    if shape.words > 12 {
        return 0.0;
    }
    let folded = fold(text);
    PHRASES
        .line(&folded)
        .or_else(|| PHRASES.start(&folded))
        .map_or(0.0, code)
}

/// Three groups around the passage, from the innermost.
fn around(seen: &Seen<'_, '_>, index: usize, sums: &[Sums], best: usize, row: &mut [f32]) {
    let own = seen.draft.blocks[index].place as usize;
    let page = &sums[0];
    let mut group = around_group(seen.places, own);
    for values in row.chunks_exact_mut(7) {
        let here = &sums[group];
        values.copy_from_slice(&[
            log(here.words),
            here.link_share(),
            log(here.passages),
            ratio(here.words, here.passages),
            ratio(here.prose, here.words),
            ratio(here.words, page.words),
            ratio(here.points, sums[best].points),
        ]);
        if group > 0 {
            group = around_group(seen.places, seen.places[group].around as usize);
        }
    }
}

fn near(seen: &Seen<'_, '_>, rows: &mut [[f32; WIDTH]]) {
    let blocks = &seen.draft.blocks;
    let links = |at: usize| ratio(blocks[at].linked as f32, blocks[at].span.len() as f32);
    let group = |at: usize| around_group(seen.places, blocks[at].place as usize);
    for (index, row) in rows.iter_mut().enumerate() {
        let own = group(index);
        let (beside, stretch) = row[OWN + AROUND..].split_at_mut(20);
        for (values, step) in beside.chunks_exact_mut(5).zip([-2isize, -1, 1, 2]) {
            let at = index.wrapping_add_signed(step);
            let Some(block) = blocks.get(at) else {
                values.copy_from_slice(&[-1.0, -1.0, -1.0, -1.0, 0.0]);
                continue;
            };
            values.copy_from_slice(&[
                log(seen.shapes[at].words as f32),
                links(at),
                block.left_out.map_or(0.0, code),
                kind(block.kind),
                flag(group(at) == own),
            ]);
        }
        for (values, (from, to)) in stretch.chunks_exact_mut(3).zip([
            (index.saturating_sub(6), index),
            (index + 1, (index + 7).min(blocks.len())),
        ]) {
            let count = to.saturating_sub(from) as f32;
            let words: f32 = (from..to).map(|at| seen.shapes[at].words as f32).sum();
            let linked: f32 = (from..to).map(links).sum();
            let kept = (from..to)
                .filter(|&at| blocks[at].left_out.is_none())
                .count();
            values.copy_from_slice(&[log(words), ratio(linked, count), ratio(kept as f32, count)]);
        }
    }
}
