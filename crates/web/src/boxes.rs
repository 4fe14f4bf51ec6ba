//! The words of a record as rectangles on the image of a page.
//!
//! Invariant: each rectangle lies on the image and covers words of the record only; words that
//! follow one another on a line are one rectangle.

use model::{Area, Sheet, Span, WordPlace};

/// Most rectangles of one record on a page.
const MOST: usize = 200;
/// A word of more letters is a line in a script without spaces: only its part is marked.
const LONG: u32 = 12;

/// Where the characters of `span` stand on a page; `words` are those of the document, in the order
/// of its text.
#[must_use]
pub fn boxes(sheet: &Sheet, words: &[WordPlace], page: u32, span: Span) -> Vec<Area> {
    let first = words.partition_point(|word| word.to <= span.start);
    let mut lines: Vec<Area> = Vec::new();
    let here = words.iter().skip(first);
    let here = here.take_while(|word| word.from < span.end);
    for word in here.filter(|word| word.page == page) {
        let area = part(sheet.area(word), word, span);
        let full = lines.len() >= MOST;
        match lines.last_mut() {
            Some(line) if go_on(line, &area) => *line = both(line, &area),
            _ if full => break,
            _ => lines.push(area),
        }
    }
    lines
}

/// The part of a long word that is within `span`.
fn part(area: Area, word: &WordPlace, span: Span) -> Area {
    let letters = word.to.saturating_sub(word.from);
    if letters <= LONG {
        return area;
    }
    let share = |at: u32| f64::from(at.clamp(word.from, word.to) - word.from) / f64::from(letters);
    let (from, to) = (share(span.start), share(span.end));
    let cut = |start: u32, end: u32| {
        let long = f64::from(end - start);
        let at = |share: f64| start + (share * long).round() as u32;
        (at(from), at(to))
    };
    if is_upright(&area) {
        let (top, bottom) = cut(area.top, area.bottom);
        return Area {
            top,
            bottom,
            ..area
        };
    }
    let (left, right) = cut(area.left, area.right);
    Area {
        left,
        right,
        ..area
    }
}

/// Whether an area stands on end, as words of columns do.
fn is_upright(area: &Area) -> bool {
    let (wide, high) = (area.right - area.left, area.bottom - area.top);
    u64::from(high) * 2 > u64::from(wide) * 3
}

/// Whether `next` follows `line` on the same line or in the same column.
fn go_on(line: &Area, next: &Area) -> bool {
    let follows = |one: (u32, u32), other: (u32, u32), from: (u32, u32), to: (u32, u32)| {
        let shared = one.1.min(other.1).saturating_sub(one.0.max(other.0));
        let least = (one.1 - one.0).min(other.1 - other.0);
        let gap = u64::from(to.0.saturating_sub(from.1).max(from.0.saturating_sub(to.1)));
        shared * 2 >= least && gap * 2 < u64::from(least.max(1)) * 3
    };
    let [down, next_down] = [line, next].map(|area| (area.top, area.bottom));
    let [across, next_across] = [line, next].map(|area| (area.left, area.right));
    match is_upright(line) && is_upright(next) {
        true => follows(across, next_across, down, next_down),
        false => follows(down, next_down, across, next_across),
    }
}

fn both(one: &Area, other: &Area) -> Area {
    Area {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: Sheet = Sheet {
        width: 1_000,
        height: 1_000,
        counted: (1_000, 1_000),
        turn: 1,
    };

    fn word(from: u32, to: u32, page: u32, (left, top): (u32, u32), wide: u32) -> WordPlace {
        WordPlace {
            from,
            to,
            page,
            left,
            top,
            right: left + wide,
            bottom: top + 20,
            confidence: 100,
        }
    }

    fn sides(area: &Area) -> (u32, u32, u32, u32) {
        (area.left, area.top, area.right, area.bottom)
    }

    #[test]
    fn words_of_a_line_are_one_rectangle_and_other_lines_and_pages_are_not() {
        let words = [
            word(0, 3, 1, (100, 100), 40),
            word(4, 9, 1, (150, 100), 60),
            word(10, 15, 1, (220, 101), 60),
            word(16, 20, 1, (100, 130), 50),
            word(21, 25, 2, (100, 100), 50),
        ];
        let at = |page, start, end| {
            let found = boxes(&SHEET, &words, page, Span::new(start, end));
            found.iter().map(sides).collect::<Vec<_>>()
        };
        assert_eq!(at(1, 4, 25), [(150, 100, 280, 121), (100, 130, 150, 150)]);
        assert_eq!(at(2, 4, 25), [(100, 100, 150, 120)]);
        assert!(at(1, 3, 4).is_empty() && at(3, 0, 25).is_empty());
    }

    #[test]
    fn of_a_line_without_spaces_only_the_words_are_marked() {
        let line = [word(0, 40, 1, (100, 100), 800)];
        let found = boxes(&SHEET, &line, 1, Span::new(10, 20));
        let found: Vec<_> = found.iter().map(sides).collect();
        assert_eq!(found, [(300, 100, 500, 120)]);
    }

    #[test]
    fn a_column_is_marked_from_top_to_foot() {
        let upright = |from: u32, to: u32, left: u32, top: u32, high: u32| WordPlace {
            right: left + 20,
            bottom: top + high,
            ..word(from, to, 1, (left, top), 0)
        };
        let words = [
            upright(0, 5, 500, 100, 100),
            upright(5, 10, 500, 205, 100),
            upright(10, 15, 470, 100, 100),
        ];
        let found = boxes(&SHEET, &words, 1, Span::new(0, 15));
        let found: Vec<_> = found.iter().map(sides).collect();
        assert_eq!(found, [(500, 100, 520, 305), (470, 100, 490, 200)]);
    }
}
