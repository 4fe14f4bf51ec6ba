//! Tables as comma-separated values (RFC 4180), safe to open in a spreadsheet.
//!
//! Invariant: no cell is ever a formula, whatever a source wrote into it.

/// One line, with its end.
#[must_use]
pub fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    let safe = match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match safe.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", safe.replace('"', "\"\"")),
        false => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn cells_are_text_and_never_formulas() {
        let cells = ["a", "b,c", "say \"no\"", "=HYPERLINK(1)"].map(str::to_owned);
        assert_eq!(
            line(&cells),
            "a,\"b,c\",\"say \"\"no\"\"\",'=HYPERLINK(1)\r\n"
        );
    }
}
