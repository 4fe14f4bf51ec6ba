//! What stands at the head or foot of every page: running titles, symbols, page numbers.
//!
//! Invariant: only lines in the outermost parts of a page are marked, and only such as repeat
//! from page to page, are a page's number, or are marked by the file itself.

use super::lines::Line;
use std::collections::BTreeMap;

/// The part of the page, from its head and from its foot, where furniture stands.
const ZONE: f32 = 0.14;
/// Lines from the head and from the foot of a page that are looked at.
const LINES: usize = 6;

/// A page as furniture is looked for on it.
pub(super) struct Sheet<'l> {
    pub lines: &'l [Line],
    pub height: f32,
}

/// For each page, for each of its lines, whether it is furniture.
pub(super) fn find(sheets: &[Sheet<'_>]) -> Vec<Vec<bool>> {
    let mut seen: BTreeMap<(String, i32), usize> = BTreeMap::new();
    let outer: Vec<Vec<usize>> = sheets.iter().map(outermost).collect();
    for (sheet, outer) in sheets.iter().zip(&outer) {
        let mut here: Vec<(String, i32)> = outer.iter().map(|&at| key(&sheet.lines[at])).collect();
        here.sort_unstable();
        here.dedup();
        for key in here {
            *seen.entry(key).or_default() += 1;
        }
    }
    let enough = match sheets.len() {
        ..=1 => usize::MAX,
        2..=6 => 2,
        _ => 3,
    };
    let mut found = Vec::with_capacity(sheets.len());
    for (sheet, outer) in sheets.iter().zip(&outer) {
        let mut marks = vec![false; sheet.lines.len()];
        for &at in outer {
            let line = &sheet.lines[at];
            let (text, height) = key(line);
            let repeats = (-1..=1)
                .filter_map(|step| seen.get(&(text.clone(), height + step)))
                .sum::<usize>()
                >= enough;
            marks[at] = repeats || line.artifact || (is_number(&line.text) && alone(sheet, at));
        }
        found.push(marks);
    }
    found
}

/// Whether a line has its row to itself, and no line stands beyond it.
fn alone(sheet: &Sheet<'_>, at: usize) -> bool {
    let line = &sheet.lines[at];
    let others = || {
        sheet
            .lines
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
    };
    let on_row = |other: &Line| (other.base - line.base).abs() < line.size * 0.6;
    let above = others().filter(|(_, other)| other.base < line.base).count();
    let below = others().filter(|(_, other)| other.base > line.base).count();
    (above <= 2 || below <= 2) && !others().any(|(_, other)| on_row(other))
}

/// The lines nearest to head and foot, within the zones.
fn outermost(sheet: &Sheet<'_>) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..sheet.lines.len()).collect();
    by_height.sort_by(|&a, &b| sheet.lines[a].base.total_cmp(&sheet.lines[b].base));
    let head = |&&at: &&usize| sheet.lines[at].base < sheet.height * ZONE;
    let foot = |&&at: &&usize| sheet.lines[at].base > sheet.height * (1.0 - ZONE);
    let mut outer: Vec<usize> = by_height.iter().take(LINES).filter(head).copied().collect();
    let last = by_height.iter().rev().take(LINES).filter(foot).copied();
    outer.extend(last);
    outer.sort_unstable();
    outer.dedup();
    outer
}

/// A line as it is compared: numbers are all one, heights within some points.
fn key(line: &Line) -> (String, i32) {
    let mut text = String::with_capacity(line.text.len());
    for letter in line.text.chars() {
        if letter.is_numeric() {
            if !text.ends_with('#') {
                text.push('#');
            }
        } else if letter.is_alphanumeric() {
            text.extend(letter.to_lowercase());
        }
    }
    (text, (line.base / 6.0) as i32)
}

/// Whether a line is nothing but a page's number.
fn is_number(text: &str) -> bool {
    let is_roman = |word: &str| {
        word.len() <= 6 && !word.is_empty() && word.chars().all(|c| "ivxlcIVXLC".contains(c))
    };
    let marks = ['-', '–', '—', '.', '|', '/', '[', ']', '(', ')', '·'];
    let mut words = text
        .split(|c: char| c.is_whitespace() || marks.contains(&c))
        .filter(|word| !word.is_empty());
    let few = text.chars().count() <= 16;
    let mut numbers = 0;
    let only = words.all(|word| {
        let number = word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 4;
        numbers += usize::from(number || is_roman(word));
        number
            || is_roman(word)
            || ["page", "of", "p", "pag", "de", "쪽", "페이지"]
                .contains(&word.to_lowercase().as_str())
    });
    few && only && (1..=2).contains(&numbers)
}
