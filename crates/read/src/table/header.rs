//! Which row holds the headings: the first that looks like labels of what stands below.
//!
//! Invariant: structure alone decides, so that headings in any language and of any list are
//! found; what they mean is for others.

use super::Row;

/// Rows above the headings at most: a title, a date, notes.
const ABOVE: usize = 20;
/// Rows below that a row of headings is held against.
const BELOW: usize = 30;
/// Longest text that labels a column, in characters.
const LONGEST: usize = 160;

/// The index of the row of headings among the first rows of a table; `None` when it has none.
/// Every row has a filled cell.
pub(super) fn find(rows: &[Row<'_>]) -> Option<usize> {
    let filled = |row: &Row<'_>| row.cells.iter().filter(|c| c.content.is_filled()).count();
    let widths: Vec<usize> = rows.iter().map(filled).collect();
    let widest = widths.iter().copied().max()?;
    (0..rows.len().min(ABOVE)).find(|&at| {
        let mut below: Vec<usize> = widths[at + 1..].iter().copied().take(BELOW).collect();
        below.sort_unstable();
        let usual = below.get(below.len() / 2).copied().unwrap_or(widths[at]);
        widths[at] >= widest.min(2) && widths[at] * 2 >= usual && are_labels(&rows[at])
    })
}

/// Whether the filled cells could be headings: short, each another, none a number or a date.
fn are_labels(row: &Row<'_>) -> bool {
    let mut labels: Vec<String> = Vec::new();
    for cell in row.cells.iter().filter(|cell| cell.content.is_filled()) {
        let text = cell.content.text().trim().to_lowercase();
        let digits = text.chars().filter(|c| c.is_numeric()).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        // "No." and "#" are labels; "1954" and "1977-11-15" are not.
        if digits > letters || text.chars().count() > LONGEST {
            return false;
        }
        labels.push(text);
    }
    labels.sort_unstable();
    let named = labels.len();
    labels.dedup();
    // A heading may stand twice (first name of father, of mother), most do not.
    labels.len() * 3 >= named * 2
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Content};
    use super::*;

    fn rows(rows: &[&str]) -> Option<usize> {
        let rows: Vec<Row<'_>> = (1..)
            .zip(rows)
            .map(|(number, row)| Row {
                number,
                cells: row
                    .split(',')
                    .enumerate()
                    .map(|(column, text)| Cell {
                        column,
                        content: Content::Made(text.to_owned()),
                    })
                    .collect(),
            })
            .collect();
        find(&rows)
    }

    #[test]
    fn headings_stand_below_a_title_and_above_the_rows() {
        assert_eq!(rows(&["Name,Born", "Kim,1954"]), Some(0));
        assert_eq!(
            rows(&[
                "List of persons,,,",
                "As of 2017-12-31,,,",
                "No.,Name,Born,Place",
                "1,Kim,1954,Seoul",
                "2,Lee,1960,"
            ]),
            Some(2)
        );
        assert_eq!(rows(&["번호,성명,생년", "1,김철수,1954"]), Some(0));
    }

    #[test]
    fn a_table_of_numbers_and_dates_has_no_headings() {
        assert_eq!(rows(&["1,1954", "2,1960", "3,1971"]), None);
        assert_eq!(rows(&["Kim,1954-01-02", "Lee,1960-03-04"]), None);
    }
}
