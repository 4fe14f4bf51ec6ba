//! How the estimate moves with the link threshold.
//!
//! A stricter threshold misses links and raises the figures; a laxer one joins strangers and lowers them.
//! Invariant: every threshold is estimated with the same plan and seed, so that only the links differ.

use crate::caveats::{people, thresholds};
use crate::error::InputError;
use crate::estimate::{Estimate, Plan, estimate};
use crate::histories::Histories;
use crate::simple::Figure;
use serde::Serialize;

/// The estimate at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AtThreshold {
    /// Link threshold, in the linker's own unit; higher is stricter.
    pub threshold: f64,
    /// People on at least one list, with these links.
    pub observed: u64,
    /// People on two or more lists, with these links.
    pub repeated: u64,
    /// The recommended range, if there is one.
    pub recommended: Option<Figure>,
}

/// Estimates at several link thresholds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// From the laxest to the strictest.
    pub rows: Vec<AtThreshold>,
    /// What the rows say, in words.
    pub words: String,
    /// Whether the figure depends on the threshold more than a little.
    pub matters: bool,
}

/// Estimates the same population at several link thresholds.
///
/// # Errors
/// No tables, different lists, a threshold that is not a number, or settings out of range.
pub fn sensitivity(tables: &[(f64, Histories)], plan: &Plan) -> Result<Sensitivity, InputError> {
    let (_, first) = tables.first().ok_or(InputError::Nothing)?;
    let mut rows = Vec::with_capacity(tables.len());
    for (threshold, table) in tables {
        if !threshold.is_finite() {
            return Err(InputError::Setting {
                name: "threshold",
                value: threshold.to_string(),
                range: "among the numbers",
            });
        }
        if table.names() != first.names() {
            return Err(InputError::DifferentLists(format!("threshold {threshold}")));
        }
        let found: Estimate = estimate(table, plan)?;
        rows.push(AtThreshold {
            threshold: *threshold,
            observed: table.observed(),
            repeated: table.by_number_of_lists().iter().skip(1).sum(),
            recommended: found.recommended,
        });
    }
    rows.sort_by(|a, b| a.threshold.total_cmp(&b.threshold));
    let (words, matters) = describe(&rows);
    Ok(Sensitivity {
        rows,
        words,
        matters,
    })
}

fn describe(rows: &[AtThreshold]) -> (String, bool) {
    let known: Vec<(f64, Figure)> = rows
        .iter()
        .filter_map(|row| Some((row.threshold, row.recommended?)))
        .collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return (
            "At none of these thresholds do the lists allow a figure.".to_owned(),
            true,
        );
    };
    if known.len() == 1 {
        return (
            format!(
                "Only at threshold {} do the lists allow a figure, so nothing can be said of how it moves.",
                first.0
            ),
            true,
        );
    }
    let low = known
        .iter()
        .map(|(_, figure)| figure.point)
        .fold(f64::INFINITY, f64::min);
    let high = known
        .iter()
        .map(|(_, figure)| figure.point)
        .fold(0.0, f64::max);
    let matters = high > low * thresholds().threshold_matters || known.len() < rows.len();
    let change = (last.1.point / first.1.point - 1.0) * 100.0;
    let direction = if change >= 0.0 { "higher" } else { "lower" };
    let mut words = format!(
        "From threshold {} to {} the figure goes from {} to {}: {:.0} % {direction}.",
        first.0,
        last.0,
        people(first.1.point),
        people(last.1.point),
        change.abs()
    );
    let overlap = known.iter().map(|(_, f)| f.low).fold(0.0, f64::max)
        <= known
            .iter()
            .map(|(_, f)| f.high)
            .fold(f64::INFINITY, f64::min);
    words.push_str(match (matters, overlap) {
        (false, _) => " How strictly records are linked hardly matters here.",
        (true, true) => " The choice of threshold moves the figure, but all the ranges have numbers in common.",
        (true, false) => " The choice of threshold decides the figure: not all the ranges overlap. Have people check links near the threshold before any figure is used.",
    });
    if known.len() < rows.len() {
        words.push_str(&format!(
            " At {} of {} thresholds the lists allow no figure.",
            rows.len() - known.len(),
            rows.len()
        ));
    }
    (words, matters)
}
