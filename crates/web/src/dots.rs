//! A table of dots drawn as SVG: a row for each party, a column for each year, a dot as large as
//! what there is of it.
//!
//! Invariant: a dot's area grows with its number; where there is none, nothing is drawn. Every
//! drawing has its table beside it.

/// Width of a column, in pixels.
const COLUMN: i64 = 44;
/// Height of a row.
const ROW: i64 = 26;
/// Height of the line of years.
const HEAD: i64 = 28;
/// Width of the names.
const NAMES: i64 = 220;
/// Letters of a name, at most.
const LETTERS: usize = 30;
/// Radius of the largest dot, and of the smallest.
const RADIUS: (f64, f64) = (10.0, 3.0);

/// A row: a name, its address, and the number in each column.
#[derive(Clone, Debug)]
pub struct Row {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub address: String,
    /// The numbers, a column each.
    pub numbers: Vec<u64>,
}

/// A dot where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dot {
    /// Middle, from the left.
    pub x: i64,
    /// Middle, from above.
    pub y: i64,
    /// Radius, in tenths of a pixel.
    pub r: i64,
    /// What there is, in figures.
    pub number: u64,
    /// Of which column.
    pub column: String,
}

/// A row where it stands.
#[derive(Clone, Debug)]
pub struct Line {
    /// Baseline of its name.
    pub y: i64,
    /// The name, cut to what fits.
    pub name: String,
    /// Where it leads.
    pub address: String,
    /// Its dots.
    pub dots: Vec<Dot>,
}

/// The drawing.
#[derive(Clone, Debug, Default)]
pub struct Dots {
    /// Width, in pixels.
    pub width: i64,
    /// Height, in pixels.
    pub height: i64,
    /// The columns: where, and what stands above.
    pub columns: Vec<(i64, String)>,
    /// The rows.
    pub lines: Vec<Line>,
    /// Where names end, from the left.
    pub names: i64,
}

impl Dots {
    /// Draws rows of numbers under columns, in the order given.
    #[must_use]
    pub fn of(columns: &[String], rows: &[Row]) -> Self {
        let most = rows.iter().flat_map(|row| &row.numbers).copied().max();
        let most = most.unwrap_or(0).max(1) as f64;
        let x = |at: usize| NAMES + COLUMN / 2 + COLUMN * i64::try_from(at).unwrap_or(0);
        let radius = |number: u64| {
            let share = (number as f64 / most).sqrt() * RADIUS.0;
            (share.max(RADIUS.1) * 10.0).round() as i64
        };
        let lines = rows.iter().zip(0_i64..).map(|(row, number)| {
            let y = HEAD + ROW * number + ROW / 2;
            let dots = row.numbers.iter().enumerate().filter(|(_, n)| **n > 0);
            Line {
                y: y + 5,
                name: crate::show::shorten(&row.name, LETTERS),
                address: row.address.clone(),
                dots: dots
                    .map(|(at, n)| Dot {
                        x: x(at),
                        y,
                        r: radius(*n),
                        number: *n,
                        column: columns.get(at).cloned().unwrap_or_default(),
                    })
                    .collect(),
            }
        });
        let lines: Vec<Line> = lines.collect();
        let count = |number: usize| i64::try_from(number).unwrap_or(0);
        Self {
            width: NAMES + COLUMN * count(columns.len()) + 8,
            height: HEAD + ROW * count(lines.len()) + 6,
            columns: columns
                .iter()
                .enumerate()
                .map(|(at, column)| (x(at), column.clone()))
                .collect(),
            lines,
            names: NAMES - 12,
        }
    }
}

impl Line {
    /// The number under the column at `x`, as written; empty where there is none.
    #[must_use]
    pub fn number_at(&self, x: &i64) -> String {
        let found = self.dots.iter().find(|dot| dot.x == *x);
        found.map(|dot| dot.number.to_string()).unwrap_or_default()
    }
}

impl Dot {
    /// Radius in pixels, as SVG writes it.
    #[must_use]
    pub fn radius(&self) -> String {
        format!("{}.{}", self.r / 10, self.r % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_is_as_large_as_its_number_and_none_is_drawn_for_nothing() {
        let columns = ["2023".to_owned(), "2024".to_owned()];
        let row = |name: &str, numbers: &[u64]| Row {
            name: name.to_owned(),
            address: String::new(),
            numbers: numbers.to_vec(),
        };
        let drawn = Dots::of(&columns, &[row("Japan", &[4, 1]), row("France", &[0, 4])]);
        let dots: Vec<usize> = drawn.lines.iter().map(|line| line.dots.len()).collect();
        assert_eq!(dots, [2, 1]);
        let (four, one) = (&drawn.lines[0].dots[0], &drawn.lines[0].dots[1]);
        assert_eq!((four.r, one.r), (100, 50));
        assert_eq!(four.radius(), "10.0");
        assert!(four.x < one.x && one.x < drawn.width);
        assert_eq!(drawn.lines[1].dots[0].column, "2024");
        assert_eq!(Dots::of(&[], &[]).lines.len(), 0);
    }
}
