//! From characters to stretches of line: what stands on one height without a wide gap.
//!
//! A space is written where the file draws one, or leaves room for one. Invariant: every
//! character of the page is in one stretch, once; what is drawn twice on one place is one.

use super::glyphs::{Glyph, Way};
use super::places::{Area, ends_word};
use crate::letters::is_invisible;

/// A stretch of a line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub text: String,
    pub from: f32,
    pub to: f32,
    pub base: f32,
    /// Size of its type, in points.
    pub size: f32,
    /// Its place in the order in which the file draws.
    pub order: usize,
    pub artifact: bool,
    /// Where each of its words stands on the page.
    pub words: Vec<Area>,
}

/// A gap wider than this, in sizes of type, parts a line: columns, cells of a table.
const WIDE: f32 = 1.8;
/// The same for stretches that the file draws at different times.
const WIDE_APART: f32 = 0.8;
/// Room that is a space, in sizes of type; between Han, Kana and Hangul, which stand in squares.
const SPACE: f32 = 0.16;
const SPACE_SQUARE: f32 = 0.45;
/// How far a raised or lowered character may stand from its line, in sizes of type.
const RAISED: f32 = 0.45;
/// Type of a raised character, in sizes of the line's.
const SMALLER: f32 = 0.92;

/// A stretch in the making.
struct Stretch<'g> {
    glyphs: Vec<&'g Glyph>,
    from: f32,
    to: f32,
    base: f32,
    size: f32,
    order: usize,
}

/// The stretches of the characters that run `way` on a page of that width and height, in the
/// order in which they are drawn.
pub(super) fn lines(glyphs: &[Glyph], way: Way, page: (f32, f32)) -> Vec<Line> {
    let mut stretches: Vec<Stretch<'_>> = Vec::new();
    for (order, glyph) in glyphs.iter().enumerate() {
        if glyph.way != way || glyph.size <= 0.0 {
            continue;
        }
        if let Some(last) = stretches.last_mut()
            && last.takes(glyph)
        {
            last.push(glyph);
        } else if glyph.text.trim().is_empty() {
            // A space alone begins nothing.
        } else {
            stretches.push(Stretch::new(glyph, order));
        }
    }
    drop_doubles(&mut stretches);
    let mut lines: Vec<Line> = join(stretches)
        .iter()
        .map(|stretch| stretch.line(way, page))
        .collect();
    lines.retain(|line| !line.text.is_empty());
    lines.sort_by_key(|line| line.order);
    lines
}

impl<'g> Stretch<'g> {
    fn new(glyph: &'g Glyph, order: usize) -> Self {
        Self {
            glyphs: vec![glyph],
            from: glyph.from,
            to: glyph.to,
            base: glyph.base,
            size: glyph.size,
            order,
        }
    }

    /// Whether a character that is drawn next goes on with this stretch.
    fn takes(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        let raised = (glyph.base - self.base).abs();
        let smaller = glyph.size < self.size * SMALLER || self.size < glyph.size * SMALLER;
        if raised > size * if smaller { RAISED } else { 0.2 } {
            return false;
        }
        let gap = glyph.from - self.to;
        if (-0.6 * size..=WIDE * size).contains(&gap) {
            return true;
        }
        // Right to left.
        let leftwards = self.from - glyph.to;
        (-0.3 * size..=WIDE * size).contains(&leftwards) && glyph.text.contains(is_leftwards)
    }

    fn push(&mut self, glyph: &'g Glyph) {
        let again = self.glyphs.iter().rev().take(4).any(|other| {
            other.text == glyph.text
                && (other.from - glyph.from).abs() < glyph.size * 0.08
                && (other.base - glyph.base).abs() < glyph.size * 0.08
        });
        if again {
            return;
        }
        if !glyph.text.trim().is_empty() {
            if glyph.size > self.size {
                (self.base, self.size) = (glyph.base, glyph.size);
            }
            self.to = self.to.max(glyph.to);
        }
        self.from = self.from.min(glyph.from);
        self.glyphs.push(glyph);
    }

    fn line(&self, way: Way, page: (f32, f32)) -> Line {
        let mut glyphs = self.glyphs.clone();
        let leftwards = self.is_leftwards();
        if leftwards {
            glyphs.sort_by(|a, b| a.from.total_cmp(&b.from));
            turn(&mut glyphs);
        }
        let (text, words) = write(&glyphs, self.base, self.size, leftwards);
        let area = |along| Area::of(way, along, self.base, self.size, page);
        let artifacts = glyphs.iter().filter(|glyph| glyph.artifact).count();
        Line {
            text,
            from: self.from,
            to: self.to,
            base: self.base,
            size: self.size,
            order: self.order,
            artifact: artifacts * 2 > glyphs.len(),
            words: words.into_iter().map(area).collect(),
        }
    }

    fn is_leftwards(&self) -> bool {
        let letters = |test: fn(char) -> bool| {
            let letters = self.glyphs.iter().flat_map(|glyph| glyph.text.chars());
            letters.filter(|&letter| test(letter)).count()
        };
        letters(is_leftwards) * 2 > letters(char::is_alphabetic)
    }
}

/// Turns what stands from left to right on the page into the order in which it is read, numbers
/// and words of other scripts excepted.
fn turn(glyphs: &mut [&Glyph]) {
    glyphs.reverse();
    let rightwards = |glyph: &&Glyph| {
        let mut letters = glyph.text.chars();
        letters.any(|letter| letter.is_alphanumeric() && !is_leftwards(letter))
    };
    let mut at = 0;
    while at < glyphs.len() {
        let run = glyphs[at..].iter().take_while(|g| rightwards(g)).count();
        glyphs[at..at + run].reverse();
        at += run.max(1);
    }
}

/// Where a word begins and ends on its line.
type Along = (f32, f32);

/// The text of characters on one line, and where each of its words begins and ends.
fn write(glyphs: &[&Glyph], base: f32, size: f32, leftwards: bool) -> (String, Vec<Along>) {
    let mut gaps = Vec::with_capacity(glyphs.len());
    let mut last: Option<&Glyph> = None;
    let mut drawn_space = false;
    for glyph in glyphs {
        let blank = glyph.text.trim().is_empty();
        let gap = last.map_or(0.0, |last| {
            if leftwards {
                (last.from - glyph.to).max(glyph.from - last.to)
            } else {
                glyph.from - last.to
            }
        });
        if !blank {
            gaps.push((gap / size, drawn_space));
            drawn_space = false;
            last = Some(glyph);
        } else {
            drawn_space = true;
        }
    }
    let room = space_width(&gaps);
    let mut text = String::with_capacity(glyphs.len() + 8);
    let mut words: Vec<Along> = Vec::new();
    let mut within = false;
    let visible = glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty());
    for (glyph, (gap, drawn)) in visible.zip(gaps) {
        let square = |letter: Option<char>| letter.is_some_and(is_square);
        let squares = square(text.chars().next_back()) && square(glyph.text.chars().next());
        let room = if squares {
            room.max(SPACE_SQUARE)
        } else {
            room
        };
        if !text.is_empty() && (gap > room || (drawn && gap > -0.1)) {
            text.push(' ');
            within = false;
        }
        let raised = base - glyph.base > size * 0.15 && glyph.size < size * SMALLER;
        for letter in glyph.text.trim().chars() {
            text.push(if raised { superscript(letter) } else { letter });
            match words.last_mut() {
                _ if ends_word(letter) => within = false,
                _ if is_invisible(letter) => {}
                Some(word) if within => {
                    *word = (word.0.min(glyph.from), word.1.max(glyph.to));
                }
                _ => {
                    words.push((glyph.from, glyph.to));
                    within = true;
                }
            }
        }
    }
    (text, words)
}

/// The room that is a space on this line: more than usual where letters are set apart.
fn space_width(gaps: &[(f32, bool)]) -> f32 {
    let mut between: Vec<f32> = gaps.iter().skip(1).map(|(gap, _)| *gap).collect();
    if between.len() < 6 || gaps.iter().any(|(_, drawn)| *drawn) {
        return SPACE;
    }
    let middle = between.len() / 2;
    let (_, &mut median, _) = between.select_nth_unstable_by(middle, f32::total_cmp);
    if median > SPACE { median * 1.6 } else { SPACE }
}

/// The small raised form of a number, so that a note's number does not run into the text's.
fn superscript(letter: char) -> char {
    match letter {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    }
}

/// Drops stretches that are drawn a second time on the same place, for a bolder look.
fn drop_doubles(stretches: &mut Vec<Stretch<'_>>) {
    let mut kept: Vec<Stretch<'_>> = Vec::with_capacity(stretches.len());
    for stretch in stretches.drain(..) {
        let near = kept.iter().rev().take(8);
        let again = near.into_iter().any(|other| {
            (other.from - stretch.from).abs() < stretch.size * 0.15
                && (other.base - stretch.base).abs() < stretch.size * 0.15
                && other.glyphs.len() == stretch.glyphs.len()
                && other
                    .glyphs
                    .iter()
                    .zip(&stretch.glyphs)
                    .all(|(a, b)| a.text == b.text)
        });
        if !again {
            kept.push(stretch);
        }
    }
    *stretches = kept;
}

/// Joins stretches that stand on one line side by side, whenever they were drawn.
fn join(stretches: Vec<Stretch<'_>>) -> Vec<Stretch<'_>> {
    let mut by_place: Vec<Stretch<'_>> = stretches;
    by_place.sort_by(|a, b| {
        let rows = (a.base / 3.0).floor().total_cmp(&(b.base / 3.0).floor());
        rows.then(a.from.total_cmp(&b.from))
            .then(a.order.cmp(&b.order))
    });
    let mut joined: Vec<Stretch<'_>> = Vec::with_capacity(by_place.len());
    for stretch in by_place {
        let neighbour = joined.iter_mut().rev().take(4).find(|other| {
            let size = other.size.max(stretch.size);
            let gap = stretch.from - other.to;
            (other.base - stretch.base).abs() < size * 0.12
                && (-0.2 * size..WIDE_APART * size).contains(&gap)
        });
        match neighbour {
            Some(left) => {
                left.order = left.order.min(stretch.order);
                left.to = left.to.max(stretch.to);
                left.size = left.size.max(stretch.size);
                left.glyphs.extend(stretch.glyphs);
            }
            None => joined.push(stretch),
        }
    }
    joined
}

/// Letters that are written from right to left.
fn is_leftwards(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Letters that stand in squares of one size.
fn is_square(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
