//! Which part of a page is the document: by what elements and class names say, and by where
//! the running text stands.
//!
//! What elements say is believed unless it would cost the document: when little running text
//! would be left, a place that holds two fifths of it is no menu, whatever its class is called.

use super::place::Place;
use super::title::main_heading;
use crate::data::PHRASES;
use crate::dates::whole_line;
use crate::draft::Draft;
use crate::facts::Facts;
use crate::main_text::ByRules;
use crate::words::{Shape, fold};
use model::{LeftOut, PassageKind};

/// Where the document stands.
pub(super) struct Main {
    /// The place that holds it.
    place: u32,
    /// Whether each place stands inside it.
    inside: Vec<bool>,
    /// Its first and last passage of running text, by number from 0.
    pub first: usize,
    pub last: usize,
}

impl Main {
    /// The same, as the second opinion is told.
    pub fn by_rules(&self) -> ByRules {
        ByRules {
            place: self.place as usize,
            first: self.first,
            last: self.last,
        }
    }

    /// Whether passages of this place are inside the document's place.
    pub fn holds(&self, place: u32) -> bool {
        self.inside.get(place as usize).copied().unwrap_or(false)
    }
}

/// Running text in each place, that of inner places included.
struct Weights {
    words: Vec<u32>,
    passages: Vec<u32>,
}

/// Marks what stands around the document.
pub(super) fn mark(draft: &mut Draft<'_>, places: &[Place]) -> Main {
    let shapes: Vec<Shape> = draft
        .blocks
        .iter()
        .map(|block| Shape::of(draft.text_of(block)))
        .collect();
    let says = says(draft, places, &shapes);
    let weights = weigh(draft, places, &shapes, |index| {
        says[draft.blocks[index].place as usize].is_none() && !is_linked(draft, index)
    });
    let mut main = find(places, &weights);
    for index in 0..draft.blocks.len() {
        let place = draft.blocks[index].place as usize;
        draft.blocks[index].left_out = says[place];
    }
    captions(draft, places, &shapes);
    around(draft, &mut main, &shapes);
    link_lists(draft, &main, &shapes);
    main
}

/// What each place is, as far as its names are to be believed.
fn says(draft: &Draft<'_>, places: &[Place], shapes: &[Shape]) -> Vec<Option<LeftOut>> {
    let unsaid = |says: &[Option<LeftOut>]| {
        weigh(draft, places, shapes, |index| {
            says[draft.blocks[index].place as usize].is_none() && !is_linked(draft, index)
        })
    };
    // Bars, players and advertisements hold no paragraphs; a class that says so of some is wrong.
    let prose = weigh(draft, places, shapes, |index| {
        shapes[index].is_prose() && !is_linked(draft, index)
    });
    let likely = |place: usize| {
        let small = matches!(
            places[place].left_out,
            Some(LeftOut::Advert | LeftOut::ShareBar | LeftOut::Player | LeftOut::Navigation)
        );
        places[place].sure || !small || prose.words[place] < 120
    };
    let says = believed(places, likely);
    let left = unsaid(&says);
    let sure = unsaid(&believed(places, |place| places[place].sure));
    let total = sure.words[0];
    let says_main =
        (1..places.len()).any(|place| places[place].main > 0 && left.words[place] >= 100);
    if says_main || left.words[0] * 4 >= total {
        return says;
    }
    // Next to nothing would be left: no class is believed of a place that holds much of it.
    let says = believed(places, |place| {
        places[place].sure || (likely(place) && sure.words[place] * 5 < total * 2)
    });
    if unsaid(&says).words[0] >= 8 {
        return says;
    }
    believed(places, |_| false)
}

/// Makes passages captions whose place is called so, when there are few words in it.
fn captions(draft: &mut Draft<'_>, places: &[Place], shapes: &[Shape]) {
    let mut words = vec![0u32; places.len()];
    for (index, block) in draft.blocks.iter().enumerate() {
        words[block.place as usize] += shapes[index].words;
    }
    for place in (1..places.len()).rev() {
        words[places[place].around as usize] += words[place];
    }
    let mut is_caption = vec![false; places.len()];
    for place in 1..places.len() {
        is_caption[place] = is_caption[places[place].around as usize]
            || (places[place].caption && words[place] <= 90);
    }
    for block in &mut draft.blocks {
        if block.kind == PassageKind::Paragraph && is_caption[block.place as usize] {
            block.kind = PassageKind::Caption;
        }
    }
}

fn is_linked(draft: &Draft<'_>, index: usize) -> bool {
    let block = &draft.blocks[index];
    block.linked * 10 > block.span.len() * 6
}

/// The running text of the passages that `counts`, in every place and the places around it.
fn weigh(
    draft: &Draft<'_>,
    places: &[Place],
    shapes: &[Shape],
    counts: impl Fn(usize) -> bool,
) -> Weights {
    let mut weights = Weights {
        words: vec![0; places.len()],
        passages: vec![0; places.len()],
    };
    for (index, block) in draft.blocks.iter().enumerate() {
        let running = shapes[index].words >= 8 || block.kind == PassageKind::TableRow;
        if running && counts(index) {
            weights.words[block.place as usize] += shapes[index].words;
            weights.passages[block.place as usize] += 1;
        }
    }
    for place in (1..places.len()).rev() {
        let around = places[place].around as usize;
        weights.words[around] += weights.words[place];
        weights.passages[around] += weights.passages[place];
    }
    weights
}

/// What each place is by its own name and by the places around it, where the name is to be
/// believed. Names inside the document's place say less: its `header` holds its title.
fn believed(places: &[Place], believe: impl Fn(usize) -> bool) -> Vec<Option<LeftOut>> {
    let mut says: Vec<Option<LeftOut>> = vec![None; places.len()];
    let mut in_main = vec![false; places.len()];
    for place in 1..places.len() {
        let around = places[place].around as usize;
        let own = places[place];
        in_main[place] = in_main[around] || own.main > 0;
        let header = own.header && !in_main[place];
        let left_out = own.left_out.or(if header {
            Some(LeftOut::Navigation)
        } else {
            None
        });
        says[place] = says[around].or(left_out.filter(|_| believe(place)));
    }
    says
}

/// The place of the document: one that says so and holds three fifths of the running text;
/// else the innermost place that holds most of it.
fn find(places: &[Place], weights: &Weights) -> Main {
    let total = weights.words[0];
    let says_so = |rank: u8| {
        (1..places.len())
            .filter(|&place| places[place].main == rank)
            .filter(|&place| total > 0 && weights.words[place] * 5 >= total * 3)
            .max()
    };
    let place = [4, 3, 2, 1]
        .into_iter()
        .find_map(says_so)
        .unwrap_or_else(|| densest(places, weights));
    let mut inside = vec![false; places.len()];
    for at in place..places.len() {
        inside[at] = at == place || (at > 0 && inside[places[at].around as usize]);
    }
    Main {
        place: place as u32,
        inside,
        first: 0,
        last: 0,
    }
}

/// The innermost place, paragraphs aside, that holds three quarters of the text.
fn densest(places: &[Place], weights: &Weights) -> usize {
    let total = weights.words[0];
    if total < 20 {
        return 0;
    }
    // Inner places have higher numbers, and two places that are not inside each other cannot
    // both hold so much: the last one that is heavy enough is the innermost.
    let heavy = |&place: &usize| {
        places[place].group && weights.words[place] * 4 >= total * 3 && weights.passages[place] >= 2
    };
    (1..places.len()).rev().find(heavy).unwrap_or(0)
}

/// Marks what stands outside the document's place, and finds its first and last passage.
fn around(draft: &mut Draft<'_>, main: &mut Main, shapes: &[Shape]) {
    let blocks = draft.blocks.len();
    let running = |main: &Main, index: usize| {
        let block = &draft.blocks[index];
        block.left_out.is_none() && main.holds(block.place) && shapes[index].words >= 8
    };
    let first = (0..blocks).find(|&index| running(main, index));
    let last = (0..blocks).rev().find(|&index| running(main, index));
    main.first = first.unwrap_or(0);
    main.last = last.unwrap_or(blocks.saturating_sub(1));
    if main.place == 0 {
        return;
    }
    for (index, block) in draft.blocks.iter_mut().enumerate() {
        if block.left_out.is_none() && !main.holds(block.place) {
            let left_out = if index < main.first || shapes[index].words < 4 {
                LeftOut::Navigation
            } else {
                LeftOut::Related
            };
            block.left_out = Some(left_out);
        }
    }
}

/// Marks runs of at least three short passages that are all links, unless they are what the
/// page is for: a list of documents.
fn link_lists(draft: &mut Draft<'_>, main: &Main, shapes: &[Shape]) {
    let is_link = |draft: &Draft<'_>, index: usize| {
        let block = &draft.blocks[index];
        let listed = matches!(
            block.kind,
            PassageKind::ListItem | PassageKind::Paragraph | PassageKind::Heading
        );
        listed && is_linked(draft, index) && shapes[index].words <= 25 && block.left_out.is_none()
    };
    let words = |draft: &Draft<'_>, links: bool| -> u32 {
        (0..draft.blocks.len())
            .filter(|&index| {
                draft.blocks[index].left_out.is_none() && is_link(draft, index) == links
            })
            .map(|index| shapes[index].words)
            .sum()
    };
    if words(draft, true) > words(draft, false) {
        return;
    }
    let mut index = 0;
    while index < draft.blocks.len() {
        let start = index;
        while index < draft.blocks.len() && is_link(draft, index) {
            index += 1;
        }
        if index - start >= 3 {
            let left_out = if start < main.first {
                LeftOut::Navigation
            } else {
                LeftOut::Related
            };
            for block in &mut draft.blocks[start..index] {
                block.left_out = Some(left_out);
            }
        }
        index = index.max(start + 1);
    }
}

/// Sets right the head of the document: takes back in what stands between its title and its
/// place (the title itself, a line with the date, words that introduce the text), and marks what
/// stands above the title inside its place.
pub(super) fn settle_head(draft: &mut Draft<'_>, main: &Main, facts: &Facts) {
    let from = main.first.saturating_sub(15);
    let to = draft.blocks.len().min(main.first + 1);
    let wanted = facts.title.as_ref().map(|title| fold(&title.value));
    let titles = |draft: &Draft<'_>, from: usize, to: usize| {
        (from..to)
            .filter(|&index| wanted.as_deref() == Some(fold(draft.text_at(index)).as_str()))
            .max_by_key(|&index| u8::from(draft.blocks[index].kind == PassageKind::Heading))
    };
    let above = titles(draft, from, to).or_else(|| {
        main_heading(draft, main).filter(|&index| index < to && draft.blocks[index].level == 1)
    });
    if let Some(heading) = above {
        draft.blocks[heading].left_out = None;
        for index in heading + 1..main.first {
            take_back(draft, main, index);
        }
        return;
    }
    let inside = titles(draft, to, draft.blocks.len().min(main.last)).filter(|&index| {
        draft.blocks[index].kind == PassageKind::Heading && main.holds(draft.blocks[index].place)
    });
    let Some(heading) = inside else { return };
    let words = |from: usize, to: usize| -> u32 {
        (from..to)
            .map(|index| Shape::of(draft.text_at(index)).words)
            .sum()
    };
    if words(main.first, heading) > words(heading, main.last + 1) {
        return;
    }
    for block in &mut draft.blocks[main.first..heading] {
        if block.left_out.is_none() && block.kind != PassageKind::Caption {
            block.left_out = Some(LeftOut::Related);
        }
    }
}

fn take_back(draft: &mut Draft<'_>, main: &Main, index: usize) {
    let text = draft.text_at(index);
    let shape = Shape::of(text);
    let sentence =
        (shape.words >= 8 && shape.ends) || shape.is_prose() || whole_line(text).is_some();
    let chrome = PHRASES.contains(&fold(text)).is_some();
    let block = &draft.blocks[index];
    let marked = matches!(block.left_out, Some(LeftOut::Navigation | LeftOut::Related));
    if marked && sentence && !main.holds(block.place) && !is_linked(draft, index) && !chrome {
        draft.blocks[index].left_out = None;
    }
}
