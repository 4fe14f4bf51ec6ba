//! What stands in each place of a page, inner places included: the sums that the features of a
//! passage are made of.

use crate::draft::Draft;
use crate::html::Place;
use crate::words::Shape;
use model::PassageKind;

/// Sums over the passages of a place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Words of all passages.
    pub words: f32,
    /// Words inside links, by the share of their characters.
    pub linked: f32,
    /// Passages.
    pub passages: f32,
    /// Words of passages that are running text and no links.
    pub prose: f32,
    /// Words that the rules keep.
    pub kept: f32,
    /// Points for paragraphs, as readers' views of browsers count them: one for each, one for
    /// each comma, up to three for its length; half as many for the place around.
    pub points: f32,
}

impl Sums {
    /// Share of the words that are links.
    pub fn link_share(&self) -> f32 {
        ratio(self.linked, self.words)
    }
}

/// `part / whole`, and 0 where there is no whole.
pub(super) fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The sums of every place.
pub(super) fn sums(draft: &Draft<'_>, places: &[Place], shapes: &[Shape]) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); places.len()];
    for (block, shape) in draft.blocks.iter().zip(shapes) {
        let words = shape.words as f32;
        let links = ratio(block.linked as f32, block.span.len() as f32);
        let at = block.place as usize;
        let own = &mut sums[at];
        own.words += words;
        own.linked += words * links;
        own.passages += 1.0;
        if shape.is_prose() && links < 0.5 {
            own.prose += words;
        }
        if block.left_out.is_none() {
            own.kept += words;
        }
        let counts = matches!(
            block.kind,
            PassageKind::Paragraph | PassageKind::Quotation | PassageKind::Title
        );
        if counts && block.span.len() >= 25 && links < 0.5 {
            let text = draft.text_of(block);
            let commas = text.matches([',', '،', '、', '，']).count() as f32;
            let points = 1.0 + commas + (block.span.len() as f32 / 100.0).min(3.0);
            let around = around_group(places, at);
            sums[around].points += points;
            sums[around_group(places, places[around].around as usize)].points += points / 2.0;
        }
    }
    for place in (1..places.len()).rev() {
        let inner = sums[place];
        let around = &mut sums[places[place].around as usize];
        around.words += inner.words;
        around.linked += inner.linked;
        around.passages += inner.passages;
        around.prose += inner.prose;
        around.kept += inner.kept;
    }
    sums
}

/// The innermost place at or around `place` that groups passages.
pub(super) fn around_group(places: &[Place], place: usize) -> usize {
    let mut place = place;
    while place > 0 && !places[place].group {
        place = places[place].around as usize;
    }
    place
}
