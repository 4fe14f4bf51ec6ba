//! Reads the tables of `data/names`: lines of columns between tabs, `#` for remarks.
//!
//! Invariant: a line that does not hold what is asked for is an error that names the file and line.

use thiserror::Error;

/// What is wrong with a table of names.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("data/names/{file}, line {line}: {what}. The table cannot be used; correct the line.")]
pub struct TableError {
    /// File name.
    pub file: &'static str,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// A line of a table.
pub(super) struct Row<'a> {
    file: &'static str,
    line: usize,
    columns: Vec<&'a str>,
}

impl<'a> Row<'a> {
    /// The column at `at`, which must be there and not empty.
    pub fn text(&self, at: usize) -> Result<&'a str, TableError> {
        match self.columns.get(at) {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(self.wrong("a column is missing or empty")),
        }
    }

    /// A column that holds one character.
    pub fn character(&self, at: usize) -> Result<char, TableError> {
        let mut characters = self.text(at)?.chars();
        match (characters.next(), characters.next()) {
            (Some(c), None) => Ok(c),
            _ => Err(self.wrong("one character was expected")),
        }
    }

    /// A column that holds a number above zero.
    pub fn number(&self, at: usize) -> Result<u32, TableError> {
        match self.text(at)?.parse() {
            Ok(number) if number > 0 => Ok(number),
            _ => Err(self.wrong("a whole number above zero was expected")),
        }
    }

    /// The words of a column; none when it holds `-` or is left out.
    pub fn words(&self, at: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let column = self.columns.get(at).copied().unwrap_or_default();
        column
            .split(' ')
            .filter(|word| !word.is_empty() && *word != "-")
    }

    /// An error about this line.
    pub fn wrong(&self, what: &'static str) -> TableError {
        TableError {
            file: self.file,
            line: self.line,
            what,
        }
    }
}

/// The lines of a table that hold something.
pub(super) fn rows<'a>(file: &'static str, text: &'a str) -> impl Iterator<Item = Row<'a>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(move |(at, line)| Row {
            file,
            line: at + 1,
            columns: line.split('\t').collect(),
        })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_wrong_line_is_named() {
        let table = "# remark\n김\t0\tKim Gim\n";
        let row = rows("t.tsv", table).next().unwrap();
        assert_eq!(row.character(0), Ok('김'));
        assert_eq!(row.words(2).collect::<Vec<_>>(), ["Kim", "Gim"]);
        assert_eq!(row.words(7).count(), 0);
        let error = row.number(1).unwrap_err();
        assert!(error.to_string().contains("t.tsv, line 2"), "{error}");
    }
}
