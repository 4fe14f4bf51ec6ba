//! Where the words of a text stand on the pages they were read from.
//!
//! Invariant: each place belongs to characters of the draft without white space, in the order of
//! the text; a word that goes over the end of a line has one place on each.

use super::glyphs::Way;
use crate::draft::Draft;
use crate::letters::{count, is_invisible};
use model::WordPlace;

/// A rectangle on a page, in points from the upper left corner of the page as it is shown.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// How far letters reach above and below the line they stand on, in sizes of their type.
const ABOVE: f32 = 0.82;
const BELOW: f32 = 0.22;

impl Area {
    /// The room of letters that run `way` from `from` to `to` on the line at `base`, on a page of
    /// that width and height.
    pub fn of(way: Way, (from, to): (f32, f32), base: f32, size: f32, page: (f32, f32)) -> Self {
        let (above, below) = match way {
            // Letters of columns stand in the middle of their line.
            Way::Columns => (0.5, 0.5),
            _ => (ABOVE, BELOW),
        };
        let (high, low) = (base - size * above, base + size * below);
        let corners = [(from, high), (to, high), (from, low), (to, low)];
        let mut area = Self {
            left: f32::INFINITY,
            top: f32::INFINITY,
            right: f32::NEG_INFINITY,
            bottom: f32::NEG_INFINITY,
        };
        for (along, across) in corners {
            let (x, y) = way.back(along, across, page);
            area.left = area.left.min(x);
            area.right = area.right.max(x);
            area.top = area.top.min(y);
            area.bottom = area.bottom.max(y);
        }
        area
    }
}

/// The words of a text and where they stand.
pub(super) struct Places<'s> {
    /// In the order of the text; edges in dots.
    pub words: Vec<WordPlace>,
    /// Dots a point of each page, from the first.
    scales: &'s [f64],
}

impl<'s> Places<'s> {
    pub fn new(scales: &'s [f64]) -> Self {
        Self {
            words: Vec::new(),
            scales,
        }
    }

    /// Takes the words of `text`, which was just written to the end of `draft`, and their areas.
    pub fn take(&mut self, draft: &Draft<'_>, text: &str, areas: &[Area], page: u32) {
        let scale = (page as usize)
            .checked_sub(1)
            .and_then(|at| self.scales.get(at));
        let Some(&scale) = scale else { return };
        let lens: Vec<u32> = words(text).collect();
        if lens.len() != areas.len() {
            return;
        }
        let long: u32 = lens.iter().sum::<u32>() + (lens.len() as u32).saturating_sub(1);
        let Some(mut from) = draft.chars().checked_sub(long) else {
            return;
        };
        let dots = |points: f32| (f64::from(points) * scale).clamp(0.0, 1e6).round() as u32;
        for (len, area) in lens.into_iter().zip(areas) {
            self.words.push(WordPlace {
                from,
                to: from + len,
                page,
                left: dots(area.left),
                top: dots(area.top),
                right: dots(area.right),
                bottom: dots(area.bottom),
                confidence: 100,
            });
            from += len + 1;
        }
    }
}

/// Whether a letter ends a word.
pub(super) fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// How many characters each word of `text` has in a draft.
fn words(text: &str) -> impl Iterator<Item = u32> {
    let words = text.split(ends_word);
    let lens = words.map(|word| {
        let unseen = word.chars().filter(|&letter| is_invisible(letter)).count();
        count(word) - unseen as u32
    });
    lens.filter(|&len| len > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_upright_whatever_way_its_letters_run() {
        let page = (100.0, 200.0);
        let of = |way| Area::of(way, (10.0, 30.0), 50.0, 10.0, page);
        let across = of(Way::Across);
        assert_eq!((across.left, across.right), (10.0, 30.0));
        assert!((across.top - 41.8).abs() < 0.01 && (across.bottom - 52.2).abs() < 0.01);
        let up = of(Way::Up);
        assert_eq!((up.top, up.bottom), (170.0, 190.0));
        assert!((up.left - 41.8).abs() < 0.01 && (up.right - 52.2).abs() < 0.01);
        let down = of(Way::Down);
        assert_eq!((down.top, down.bottom), (10.0, 30.0));
        assert!((down.right - 58.2).abs() < 0.01);
        let back = of(Way::Back);
        assert_eq!((back.left, back.right), (70.0, 90.0));
        let aslant = of(Way::Slanted(900));
        assert!((aslant.top - 10.0).abs() < 0.01 && (aslant.right + 41.8).abs() < 0.01);
    }

    #[test]
    fn words_are_counted_as_the_draft_writes_them() {
        let lens: Vec<u32> = words("  The\u{a0}Com\u{ad}mission \u{200b} met").collect();
        assert_eq!(lens, [3, 10, 3]);
    }
}
