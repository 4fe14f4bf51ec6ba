//! A timeline drawn as SVG: a line of years, and a bar for each row from the first to the last day
//! that it may mean.
//!
//! Invariant: a date is never drawn more exact than it is; what has no date is not drawn.

/// Width of the drawing, in pixels.
const WIDTH: f64 = 736.0;
/// Height of a row.
const ROW: i64 = 24;
/// Height of the line of years.
const HEAD: i64 = 30;
/// Room at both ends.
const EDGE: f64 = 20.0;
/// Narrowest bar.
const LEAST: f64 = 6.0;
/// Pixels of a letter of a label, about.
const LETTER: f64 = 6.6;
/// Letters of a label, at most.
const LETTERS: usize = 54;

/// A day as year, month, day.
pub type Day = (u16, u8, u8);

/// What is drawn in a row.
#[derive(Clone, Debug)]
pub struct Span {
    /// The first day it may mean; `None` when it is open.
    pub first: Option<Day>,
    /// The last day it may mean; `None` when it is open.
    pub last: Option<Day>,
    /// What it is.
    pub label: String,
    /// Its date, as written.
    pub date: String,
    /// Where it leads.
    pub address: String,
    /// Whether the date is that of telling: it may have happened earlier.
    pub of_telling: bool,
}

/// A bar where it stands.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Left edge.
    pub x: i64,
    /// Upper edge.
    pub y: i64,
    /// Width.
    pub width: i64,
    /// Where its label stands, from the left.
    pub label_x: i64,
    /// Baseline of the label.
    pub label_y: i64,
    /// How the label stands there: `start` or `end`.
    pub anchor: &'static str,
    /// The label, cut to what fits.
    pub label: String,
    /// What is drawn.
    pub span: Span,
}

/// A timeline, ready to be written down.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Width, in pixels.
    pub width: i64,
    /// Height, in pixels.
    pub height: i64,
    /// Years with a line: where, and the year.
    pub ticks: Vec<(i64, String)>,
    /// The bars, a row each, in the order given.
    pub bars: Vec<Bar>,
}

impl Timeline {
    /// Draws rows in the order given; rows open on both sides are left out.
    #[must_use]
    pub fn of(spans: &[Span]) -> Self {
        let ends = spans.iter().flat_map(|span| [span.first, span.last]);
        let ends: Vec<f64> = ends.flatten().map(year).collect();
        let earliest = ends.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let latest = ends
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max)
            .ceil();
        if ends.is_empty() {
            return Self::default();
        }
        let latest = latest.max(earliest + 1.0);
        let scale = (WIDTH - 2.0 * EDGE) / (latest - earliest);
        let x = |at: f64| EDGE + (at - earliest) * scale;
        let drawn = spans
            .iter()
            .filter(|one| one.first.is_some() || one.last.is_some());
        let bars: Vec<Bar> = drawn
            .zip(0_i64..)
            .map(|(span, row)| {
                let from = span.first.map_or(0.0, |day| x(year(day)));
                let to = span.last.map_or(WIDTH, |day| x(year(day)));
                bar(span, row, from, to.max(from + LEAST))
            })
            .collect();
        let rows = i64::try_from(bars.len()).unwrap_or(0);
        Self {
            width: WIDTH as i64,
            height: HEAD + rows * ROW + 6,
            ticks: ticks(earliest as i64, latest as i64)
                .map(|at| (x(at as f64).round() as i64, at.to_string()))
                .collect(),
            bars,
        }
    }
}

fn bar(span: &Span, row: i64, from: f64, to: f64) -> Bar {
    let y = HEAD + row * ROW;
    let wide = |letters: usize| letters as f64 * LETTER;
    let label = crate::show::shorten(&span.label, LETTERS);
    let needs = wide(label.chars().count());
    // After the bar where there is room, else before it, else over it.
    let (at, anchor) = if to + 8.0 + needs < WIDTH {
        (to + 8.0, "start")
    } else if from - 8.0 - needs > 0.0 {
        (from - 8.0, "end")
    } else {
        (from.max(0.0) + 8.0, "start")
    };
    let room = match anchor {
        "end" => at,
        _ => WIDTH - at,
    };
    Bar {
        x: from.round() as i64,
        y: y + 5,
        width: (to - from).round() as i64,
        label_x: at.round() as i64,
        label_y: y + 16,
        anchor,
        label: crate::show::shorten(&label, ((room / LETTER) as usize).max(6)),
        span: span.clone(),
    }
}

/// A day as a year and its part.
fn year((year, month, day): Day) -> f64 {
    let months = f64::from(month.saturating_sub(1)) + f64::from(day.saturating_sub(1)) / 31.0;
    f64::from(year) + months / 12.0
}

/// Years that get a line: at most about ten, at round numbers.
fn ticks(earliest: i64, latest: i64) -> impl Iterator<Item = i64> {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
    let fits = |step: &&i64| (latest - earliest) / **step <= 10;
    let step = steps.iter().find(fits).copied().unwrap_or(1_000);
    let first = (earliest + step - 1).div_euclid(step) * step;
    (0..12)
        .map(move |at| first + at * step)
        .take_while(move |at| *at <= latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(first: Option<Day>, last: Option<Day>) -> Span {
        Span {
            first,
            last,
            label: "Torture · Camp 15 · 2013".to_owned(),
            date: String::new(),
            address: String::new(),
            of_telling: false,
        }
    }

    #[test]
    fn bars_reach_from_the_first_to_the_last_day() {
        let whole = span(Some((2013, 1, 1)), Some((2013, 12, 31)));
        let day = span(Some((2014, 6, 1)), Some((2014, 6, 1)));
        let open = span(Some((2012, 1, 1)), None);
        let line = Timeline::of(&[whole, day, open, span(None, None)]);
        let [whole, day, open] = line.bars.as_slice() else {
            panic!("three bars");
        };
        assert!(whole.width > day.width && day.width >= 6);
        assert!(whole.x + whole.width <= day.x);
        assert_eq!(open.x + open.width, line.width);
        assert!(open.y > day.y && day.y > whole.y);
        assert!(
            line.bars
                .iter()
                .all(|bar| bar.label_x >= 0 && bar.label_x <= line.width)
        );
        assert!(line.ticks.len() >= 3, "{:?}", line.ticks);
    }

    #[test]
    fn centuries_and_nothing_are_drawn_too() {
        let old = span(Some((1, 1, 1)), Some((9999, 12, 31)));
        let line = Timeline::of(&[old]);
        assert!(line.ticks.len() <= 12 && !line.ticks.is_empty());
        assert_eq!(Timeline::of(&[]).bars.len(), 0);
        assert_eq!(Timeline::of(&[span(None, None)]).height, 0);
    }
}
