//! What the columns of a table mean, by their headings and by what stands in them, with reasons.
//!
//! Invariant: a guess is shown before it is used, and names its reason; a column that nothing
//! speaks for is kept as text.

use super::Field;
use super::cells::{Cells, sheet};
use super::column_values::{DIFFERENT, Values};
use super::data::{LISTS, folded};
use super::mapping::{Column, DateOrder, Mapping};
use model::{Reading, Table};
use std::collections::{BTreeMap, BTreeSet};

/// A column, what it was taken for, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Guessed {
    /// Its heading.
    pub heading: String,
    /// What it holds.
    pub field: Field,
    /// How its dates are written.
    pub dates: Option<DateOrder>,
    /// Why it was taken for that, for people.
    pub reason: String,
    /// The first different values in it, shortened.
    pub samples: Vec<String>,
    /// Filled cells.
    pub filled: usize,
    /// Dates in it whose day and month can be read both ways.
    pub ambiguous: usize,
}

/// A mapping, and how it was come by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Guess {
    /// The mapping.
    pub mapping: Mapping,
    /// Every column of the tables that are mapped.
    pub columns: Vec<Guessed>,
    /// Sheets without a column of names, which are left as text.
    pub set_aside: Vec<String>,
}

/// Guesses the mapping of a reading's tables.
#[must_use]
pub fn guess(reading: &Reading) -> Guess {
    let cells = Cells::new(reading);
    let mut guess = Guess::default();
    let mut tables = Vec::new();
    for table in &reading.tables {
        let values = values(&cells, [table]);
        let named = columns(&values, &[table]);
        if named.iter().any(|column| column.field.is_name()) {
            tables.push(table);
        } else {
            guess.set_aside.push(sheet(table).to_owned());
        }
    }
    if tables.is_empty() {
        // Nothing to import as it is; what the columns seem to be is shown all the same.
        tables = reading.tables.iter().collect();
        guess.set_aside.clear();
    }
    let values = values(&cells, tables.iter().copied());
    guess.columns = columns(&values, &tables);
    if !guess.set_aside.is_empty() {
        guess.mapping.sheets = tables.iter().map(|table| sheet(table).to_owned()).collect();
    }
    guess.mapping.columns = guess
        .columns
        .iter()
        .map(|column| Column {
            heading: column.heading.clone(),
            field: column.field,
            dates: column.dates,
        })
        .collect();
    guess
}

/// The columns of a reading under a mapping that was given.
#[must_use]
pub fn explain(reading: &Reading, mapping: &Mapping) -> Vec<Guessed> {
    let cells = Cells::new(reading);
    let tables: Vec<&Table> = mapped(reading, mapping).collect();
    let values = values(&cells, tables.iter().copied());
    headings(&tables)
        .into_iter()
        .map(|heading| {
            let column = mapping.column(heading);
            let reason = match column {
                Some(_) => "the mapping says so",
                None => "the mapping does not name it; kept as text",
            };
            let none = Values::default();
            let values = values.get(heading).unwrap_or(&none);
            Guessed {
                heading: heading.to_owned(),
                field: column.map_or(Field::Other, |column| column.field),
                dates: column.and_then(|column| column.dates),
                reason: reason.to_owned(),
                samples: values.samples.clone(),
                filled: values.filled,
                ambiguous: values.ambiguous,
            }
        })
        .collect()
}

/// The tables that a mapping is about.
pub(super) fn mapped<'r>(
    reading: &'r Reading,
    mapping: &'r Mapping,
) -> impl Iterator<Item = &'r Table> {
    reading.tables.iter().filter(|table| {
        let name = sheet(table);
        mapping.sheets.is_empty() || mapping.sheets.iter().any(|sheet| sheet == name)
    })
}

fn values<'r>(
    cells: &Cells<'r>,
    tables: impl IntoIterator<Item = &'r Table>,
) -> BTreeMap<&'r str, Values> {
    let mut values: BTreeMap<&str, Values> = BTreeMap::new();
    for table in tables {
        let mut of_table: Vec<Values> = Vec::new();
        of_table.resize_with(table.columns.len(), Values::default);
        for heading in of_table.iter_mut().zip(&table.columns) {
            if let Some(before) = values.remove(heading.1.as_str()) {
                *heading.0 = before;
            }
        }
        for row in &table.rows {
            for cell in cells.of(row) {
                if let Some(values) = of_table.get_mut(cell.column) {
                    values.take(&cell);
                }
            }
        }
        let headings = table.columns.iter().map(String::as_str);
        values.extend(headings.zip(of_table));
    }
    values
}

/// What a column is by its heading and values, and why.
type Evidence = fn(&str, &Values) -> Option<(Field, String)>;

/// The headings of some tables, each once, in order.
fn headings<'r>(tables: &[&'r Table]) -> Vec<&'r str> {
    let mut seen = BTreeSet::new();
    let all = tables.iter().flat_map(|table| &table.columns);
    all.map(String::as_str)
        .filter(|heading| seen.insert(*heading))
        .collect()
}

fn columns(values: &BTreeMap<&str, Values>, tables: &[&Table]) -> Vec<Guessed> {
    let none = Values::default();
    let of = |heading: &str| values.get(heading).unwrap_or(&none);
    let headings = headings(tables);
    let mut taken: BTreeMap<Field, String> = BTreeMap::new();
    let mut found: BTreeMap<&str, (Field, String)> = BTreeMap::new();
    // The surest evidence chooses first: whole headings, then parts of headings, then values.
    let surest_first: [Evidence; 3] = [by_whole_heading, by_part_of_heading, by_values];
    for evidence in surest_first {
        for heading in &headings {
            if found.contains_key(heading) {
                continue;
            }
            let Some((field, reason)) = evidence(heading, of(heading)) else {
                continue;
            };
            let (field, reason) = settled(field, reason, of(heading), &taken);
            taken.entry(field).or_insert_with(|| (*heading).to_owned());
            found.insert(heading, (field, reason));
        }
    }
    headings
        .iter()
        .map(|heading| {
            let values = of(heading);
            let (field, reason) = found.remove(heading).unwrap_or_else(|| {
                let reason = "no usual heading; kept as text under its own";
                (Field::Other, reason.to_owned())
            });
            Guessed {
                heading: (*heading).to_owned(),
                field,
                dates: values.order().filter(|_| field.is_date()),
                reason,
                samples: values.samples.clone(),
                filled: values.filled,
                ambiguous: match field.is_date() && values.order().is_none() {
                    true => values.ambiguous,
                    false => 0,
                },
            }
        })
        .collect()
}

/// What a column is when others were taken for the same.
fn settled(
    field: Field,
    reason: String,
    values: &Values,
    taken: &BTreeMap<Field, String>,
) -> (Field, String) {
    let Some(other) = taken.get(&field).filter(|_| !field.is_many()) else {
        return (field, reason);
    };
    if field.is_name() {
        let by_script = [
            (Field::NameHangul, values.hangul),
            (Field::NameHanja, values.han),
        ];
        let script = by_script
            .into_iter()
            .find(|(field, number)| values.mostly(*number) && !taken.contains_key(field));
        if let Some((field, _)) = script {
            return (
                field,
                format!("{reason}; its letters are those of {}", field.means()),
            );
        }
        return (
            Field::Alias,
            format!("{reason}, but so is “{other}”: taken as another name"),
        );
    }
    let reason = format!("{reason}, but so is “{other}”: kept as text");
    (Field::Other, reason)
}

fn by_whole_heading(heading: &str, values: &Values) -> Option<(Field, String)> {
    let field = LISTS.heading(&folded(heading))?;
    fits(
        field,
        values,
        format!("the heading is a usual one for {}", field.means()),
    )
}

/// Whether what stands in a column can be what its heading says.
fn fits(field: Field, values: &Values, reason: String) -> Option<(Field, String)> {
    let wrong = (field.is_date() && values.dates * 2 < values.judged)
        || (field == Field::Sex && values.sexes * 2 < values.judged);
    match (wrong, field) {
        (false, _) => Some((field, reason)),
        // “Last seen” and “Arrested” head places as often as dates.
        (true, Field::LastSeenOn) => {
            Some((Field::LastSeenAt, format!("{reason}; it holds no dates")))
        }
        (true, Field::TakenOn) => Some((Field::TakenAt, format!("{reason}; it holds no dates"))),
        (true, _) => None,
    }
}

/// The longest usual heading that stands in this one.
fn by_part_of_heading(heading: &str, values: &Values) -> Option<(Field, String)> {
    // In brackets stands what the heading before them means.
    let outside = heading.split(['(', '（', '[', '［', ':']).next()?;
    let whole = folded(heading);
    let candidates = [folded(outside)]
        .into_iter()
        .chain(parts(&whole))
        .filter(|part| part.chars().count() > 1);
    for part in candidates {
        if let Some(field) = LISTS.heading(&part)
            && !matches!(field, Field::Notes | Field::Reference | Field::Category)
        {
            let reason = format!("the heading holds “{part}”, usual for {}", field.means());
            return fits(field, values, reason);
        }
    }
    None
}

/// Stretches of a folded heading, the longest first: of words, or of letters where there are no
/// words.
fn parts(whole: &str) -> Vec<String> {
    let unspaced = whole.chars().any(super::data::is_unspaced);
    let units: Vec<String> = if unspaced {
        whole.chars().map(String::from).collect()
    } else {
        whole.split(' ').map(str::to_owned).collect()
    };
    if units.len() > 12 {
        return Vec::new();
    }
    let between = if unspaced { "" } else { " " };
    let lengths = (1..units.len()).rev();
    lengths
        .flat_map(|len| {
            units
                .windows(len)
                .map(|part| part.join(between))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn by_values(_: &str, values: &Values) -> Option<(Field, String)> {
    let different = values.seen.len();
    if values.mostly(values.sexes) && different <= 6 {
        return Some((
            Field::Sex,
            "nearly all values are words for a sex".to_owned(),
        ));
    }
    // Names are nearly all different; provinces and statuses are not.
    if different * 10 < values.filled.min(DIFFERENT) * 7 || values.filled < 3 {
        return None;
    }
    let reason = |what: &str| format!("nearly all values look like names {what}");
    if values.mostly(values.hangul) {
        return Some((Field::NameHangul, reason("in Hangul")));
    }
    if values.mostly(values.latin_names) {
        return Some((Field::Name, reason("of persons")));
    }
    None
}

#[cfg(test)]
#[path = "guess_tests.rs"]
mod tests;
