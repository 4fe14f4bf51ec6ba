//! What commands print: tables, JSON lines, times, sizes. Colours only on a terminal, and never
//! with `NO_COLOR`.

use crate::failure::Result;
pub use assemble::json::time;
use owo_colors::OwoColorize;
use serde::Serialize;
use std::fmt::Display;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Exit code of a program whose output nobody reads any more (128 + SIGPIPE).
const CLOSED_PIPE: i32 = 141;

/// Words that ask for attention.
pub fn alarm(words: impl Display) -> String {
    words.red().bold().to_string()
}

/// Words that say that all is well.
pub fn sound(words: impl Display) -> String {
    words.green().to_string()
}

/// Words that were looked for.
pub fn lit(words: impl Display) -> String {
    words.yellow().bold().to_string()
}

/// A heading.
pub fn strong(words: impl Display) -> String {
    words.bold().to_string()
}

/// Words that matter less than those beside them.
pub fn faint(words: impl Display) -> String {
    words.dimmed().to_string()
}

/// One object as a line of JSON.
pub fn json(value: &impl Serialize) -> Result<()> {
    let line = serde_json::to_string(value)?;
    line_out(&line)
}

/// One line on standard output. A reader that went away (`| head`) ends the program quietly, with
/// the code of a closed pipe: what `verify` found must not look like success.
pub fn line_out(line: &str) -> Result<()> {
    use std::io::Write;
    match writeln!(anstream::stdout(), "{line}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            std::process::exit(CLOSED_PIPE)
        }
        result => Ok(result?),
    }
}

/// One line on standard error. Where it cannot be written (a full disk, a pipe that was closed)
/// the line is lost, and nothing else: what is being done goes on.
pub fn line_err(line: &str) {
    use std::io::Write;
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// One line on standard output, at once.
pub fn line_flushed(line: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Rows under headings, columns as wide as they need to be. The last column takes what is left.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> Result<()> {
    let columns = headings.len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let widest = cells.map(|cell| cell.width()).max().unwrap_or(0);
            widest.max(headings[column].width())
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            line.push_str(cell);
            if column + 1 < columns {
                let gap = widths[column].saturating_sub(cell.width()) + 2;
                line.extend(std::iter::repeat_n(' ', gap));
            }
        }
        line
    };
    line_out(&faint(line(headings.to_vec())))?;
    for row in rows {
        line_out(&line(row.iter().map(String::as_str).collect()))?;
    }
    Ok(())
}

/// At most `width` columns of a text, in one line; what is cut is shown by `…`.
pub fn shorten(text: &str, width: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.width() <= width {
        return one_line;
    }
    let mut used = 1;
    let mut short = String::new();
    for char in one_line.chars() {
        used += char.width().unwrap_or(0);
        if used > width {
            break;
        }
        short.push(char);
    }
    short.push('…');
    short
}

/// Bytes in the unit that reads best.
pub fn size(bytes: u64) -> String {
    indicatif::HumanBytes(bytes).to_string()
}

/// A number with its noun, in the singular or plural.
pub fn count(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", indicatif::HumanCount(number))
}

/// A weight with its sign, to a tenth; nothing is ever minus zero.
pub fn signed(weight: f32) -> String {
    let tenths = (weight * 10.0).round() / 10.0;
    format!("{:+.1}", tenths + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_columns_not_characters() {
        assert_eq!(shorten("북한 인권 보고서", 9), "북한 인…");
        assert_eq!(shorten("a\n  b", 9), "a b");
        assert_eq!(count(1_234_u64, "source", "sources"), "1,234 sources");
        assert_eq!(time(1_700_000_000_000), "2023-11-14 22:13:20 UTC");
    }
}
