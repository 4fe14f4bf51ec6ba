//! The methods side by side on one axis, as an SVG picture.
//!
//! Invariant: no script, no font or file from elsewhere; all text from outside is escaped; title and
//! description say in words what the picture shows; it draws its own ground, light or dark, so that it is
//! readable on any page.

use crate::caveats::{people, percent};
use crate::estimate::Estimate;
use crate::simple::Figure;
use std::fmt::Write;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 230.0;
const RIGHT: f64 = 730.0;
const TOP: f64 = 58.0;
const ROW: f64 = 30.0;

/// Colours as attributes for where styles are forbidden, and a style for dark pages.
const STYLE: &str = "<style>text{font-family:system-ui,sans-serif;font-size:13px}\
@media (prefers-color-scheme:dark){.ground{fill:#16181c}.ink{fill:#e8e8e8}.grid{stroke:#3a3f47}\
.bar{stroke:#7db3e8;fill:#7db3e8}.main{stroke:#f0a860;fill:#f0a860}.seen{stroke:#e8e8e8}}</style>";

/// Draws an estimate.
pub fn plot(estimate: &Estimate) -> String {
    let rows = rows(estimate);
    let axis = Axis::for_rows(&rows, estimate.observed as f64);
    let height = TOP + ROW * rows.len() as f64 + 60.0;
    let bottom = TOP + ROW * rows.len() as f64;
    let mut svg = String::new();
    // Writing to a String cannot fail.
    let _ = frame(&mut svg, estimate, &rows, height);
    let _ = scale(&mut svg, &axis, bottom);
    let _ = seen(&mut svg, &axis, estimate.observed as f64, bottom);
    for (place, row) in rows.iter().enumerate() {
        let _ = bar(&mut svg, &axis, row, TOP + ROW * (place as f64 + 0.5));
    }
    svg.push_str("</svg>\n");
    svg
}

struct Row {
    name: &'static str,
    figure: Option<Figure>,
    main: bool,
}

fn rows(estimate: &Estimate) -> Vec<Row> {
    let main = Row {
        name: "Recommended range",
        figure: estimate.recommended,
        main: true,
    };
    let methods = estimate.methods.iter().map(|m| Row {
        name: m.method.name(),
        figure: m.outcome.figure(),
        main: false,
    });
    std::iter::once(main).chain(methods).collect()
}

/// From a number of people to a place; logarithmic where the figures span more than a factor of 20.
struct Axis {
    low: f64,
    high: f64,
    logarithmic: bool,
}

impl Axis {
    fn for_rows(rows: &[Row], seen: f64) -> Self {
        let figures = || rows.iter().filter_map(|row| row.figure);
        let finite = |top: f64, value: f64| {
            if value.is_finite() {
                top.max(value)
            } else {
                top
            }
        };
        let top = figures().map(|f| f.high).fold(seen.max(1.0), finite);
        // One method with an endless interval must not press all others into a corner.
        let middle = figures().map(|f| f.point).fold(seen.max(1.0), finite);
        let high = top.min(middle * 6.0) * 1.04;
        let logarithmic = high > 20.0 * seen.max(1.0);
        let low = if logarithmic {
            seen.max(1.0) * 0.8
        } else {
            0.0
        };
        Self {
            low,
            high: high.max(low + 1.0),
            logarithmic,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let share = if self.logarithmic {
            crate::numeric::ln(value / self.low) / crate::numeric::ln(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        LEFT + share * (RIGHT - LEFT)
    }

    fn ticks(&self) -> Vec<f64> {
        if self.logarithmic {
            let powers = (0..14).flat_map(|power| [1.0, 2.0, 5.0].map(|m| m * 10_f64.powi(power)));
            return powers
                .filter(|t| (self.low..=self.high).contains(t))
                .collect();
        }
        let mut step = 1.0;
        while self.high / step > 6.0 {
            let lead = step / 10_f64.powi(libm::floor(libm::log10(step) + 1e-9) as i32);
            step *= if (lead - 2.0).abs() < 0.1 { 2.5 } else { 2.0 };
        }
        (0..=6)
            .map(|i| f64::from(i) * step)
            .filter(|t| *t <= self.high)
            .collect()
    }
}

fn frame(svg: &mut String, estimate: &Estimate, rows: &[Row], height: f64) -> std::fmt::Result {
    write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"estimate-title estimate-description\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\
         <title id=\"estimate-title\">Estimated people in all, by method</title>"
    )?;
    let mut words = format!(
        "{} people are on at least one list.",
        people(estimate.observed as f64)
    );
    for row in rows {
        match row.figure {
            Some(f) => write!(
                words,
                " {}: {}, from {} to {}.",
                row.name,
                people(f.point),
                people(f.low),
                people(f.high)
            )?,
            None => write!(words, " {}: no figure.", row.name)?,
        }
    }
    write!(
        svg,
        "<desc id=\"estimate-description\">{}</desc>{STYLE}",
        escape(&words)
    )?;
    write!(
        svg,
        "<rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\" fill=\"#ffffff\"/>"
    )?;
    let lists = estimate.input.names().join(", ");
    let lists: String = if lists.chars().count() > 70 {
        lists.chars().take(69).chain(['…']).collect()
    } else {
        lists
    };
    let heading = format!(
        "People in all, {} intervals, from: {lists}",
        percent(estimate.plan.level)
    );
    label(svg, 16.0, 26.0, "start", &heading)
}

fn scale(svg: &mut String, axis: &Axis, bottom: f64) -> std::fmt::Result {
    let mut last = f64::NEG_INFINITY;
    for tick in axis.ticks() {
        let x = axis.place(tick);
        write!(
            svg,
            "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{TOP}\" y2=\"{bottom}\" stroke=\"#d5d8dc\"/>"
        )?;
        if x - last > 62.0 {
            label(svg, x, bottom + 18.0, "middle", &people(tick))?;
            last = x;
        }
    }
    Ok(())
}

fn seen(svg: &mut String, axis: &Axis, observed: f64, bottom: f64) -> std::fmt::Result {
    let x = axis.place(observed);
    let top = TOP - 8.0;
    write!(
        svg,
        "<line class=\"seen\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{top}\" y2=\"{bottom}\" stroke=\"#222222\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>"
    )?;
    let anchor = if x > RIGHT - 120.0 { "end" } else { "start" };
    label(
        svg,
        x,
        top - 4.0,
        anchor,
        &format!("{} on a list", people(observed)),
    )
}

fn bar(svg: &mut String, axis: &Axis, row: &Row, y: f64) -> std::fmt::Result {
    label(svg, LEFT - 12.0, y + 4.0, "end", row.name)?;
    let Some(figure) = row.figure else {
        return label(svg, LEFT + 8.0, y + 4.0, "start", "no figure");
    };
    let (class, colour, width) = if row.main {
        ("main", "#b45309", 7)
    } else {
        ("bar", "#1f6fb2", 3)
    };
    let (low, high, point) = (
        axis.place(figure.low),
        axis.place(figure.high),
        axis.place(figure.point),
    );
    write!(
        svg,
        "<line class=\"{class}\" x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"round\"/>\
         <circle class=\"{class}\" cx=\"{point:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\" stroke=\"{colour}\"/>"
    )?;
    if figure.high > axis.high {
        label(
            svg,
            RIGHT - 2.0,
            y - 6.0,
            "end",
            &format!("to {} →", people(figure.high)),
        )?;
    }
    Ok(())
}

fn label(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) -> std::fmt::Result {
    let words = escape(words);
    write!(
        svg,
        "<text class=\"ink\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"#222222\">{words}</text>"
    )
}

/// Makes text safe inside XML; control characters, which XML forbids, become spaces.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}
