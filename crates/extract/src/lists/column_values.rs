//! What stands in one column, counted: how many dates, words for a sex, names.
//!
//! Invariant: memory is that of a thousand different values, however long the column.

use super::cells::Cell;
use super::data::LISTS;
use super::dates::{self, Evidence};
use super::mapping::DateOrder;
use super::names;
use std::collections::BTreeSet;

/// Values of a column that are shown.
const SHOWN: usize = 3;
/// Longest value that is shown, in characters.
const SHOWN_CHARS: usize = 40;

/// What stands in one column.
#[derive(Default)]
pub(super) struct Values {
    pub samples: Vec<String>,
    pub seen: BTreeSet<String>,
    pub filled: usize,
    /// Of these, those that were looked at more closely: the first ones.
    pub judged: usize,
    pub sexes: usize,
    pub dates: usize,
    pub day_first: usize,
    pub month_first: usize,
    pub ambiguous: usize,
    pub hangul: usize,
    pub han: usize,
    pub latin_names: usize,
}

/// Cells of a column that are looked at closely.
const JUDGED: usize = 2000;

/// Different values of a column that are counted.
pub(super) const DIFFERENT: usize = 1000;

impl Values {
    /// Takes in a cell of the column.
    pub fn take(&mut self, cell: &Cell<'_>) {
        if LISTS.is_blank(cell.text) {
            return;
        }
        self.filled += 1;
        let new = self.seen.len() < DIFFERENT && self.seen.insert(cell.text.to_owned());
        if new && self.samples.len() < SHOWN {
            self.samples.push(shortened(cell.text));
        }
        match dates::evidence(cell.text) {
            Evidence::Proves(DateOrder::MonthFirst) => self.month_first += 1,
            Evidence::Proves(_) => self.day_first += 1,
            Evidence::Both => self.ambiguous += 1,
            Evidence::None => {}
        }
        if self.judged < JUDGED {
            self.judge(cell);
        }
    }

    /// Looks closely at one value. Dates that prove an order are counted in all cells instead:
    /// one of them settles a column.
    fn judge(&mut self, cell: &Cell<'_>) {
        self.judged += 1;
        self.sexes += usize::from(LISTS.sex.contains_key(&cell.text.to_lowercase()));
        self.dates += usize::from(dates::read(cell.text, None) != dates::Read::Nothing);
        let letters = cell.text.chars().filter(|c| !c.is_whitespace()).count();
        match names::script(cell.text) {
            Some("Hang") if (2..=4).contains(&letters) => self.hangul += 1,
            Some("Hani" | "Jpan") if (2..=6).contains(&letters) => self.han += 1,
            Some("Latn") if looks_like_a_name(cell.text) => self.latin_names += 1,
            _ => {}
        }
    }

    /// Whether nearly all filled cells are such.
    pub fn mostly(&self, number: usize) -> bool {
        self.judged > 0 && number * 10 >= self.judged * 8
    }

    /// The order of day and month that the dates tell; `None` when nothing does.
    pub fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (1.., 0) => Some(DateOrder::DayFirst),
            (0, 1..) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }
}

/// Two to five words, each with a capital, none with a digit.
fn looks_like_a_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=5).contains(&words.len())
        && words.iter().filter(|word| capital(word)).count() * 2 > words.len()
        && !text.chars().any(|c| c.is_numeric())
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= SHOWN_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SHOWN_CHARS - 1).collect();
    format!("{cut}…")
}
