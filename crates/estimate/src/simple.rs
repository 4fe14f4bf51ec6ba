//! Two simple figures that need no model search: Chapman's for two lists, and Chao's lower bound.
//!
//! They are there to keep the larger methods honest: Chapman's when there is nothing else, Chao's bound
//! because a figure below it has overlooked people who are hard to list.

use crate::error::NoEstimate;
use crate::histories::{Histories, Pattern};
use crate::numeric::{exp, ln, normal_quantile};
use serde::Serialize;

/// A figure with its range.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// Estimated people in all, seen and unseen.
    pub point: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Chapman's estimate (1951) from exactly two lists, taken as independent.
///
/// # Errors
/// [`NoEstimate`] where there are not two lists, nobody was seen, or nobody is on both.
pub fn chapman(histories: &Histories, level: f64) -> Result<Figure, NoEstimate> {
    let lists = histories.lists();
    if lists < 2 {
        return Err(NoEstimate::TooFewLists { lists, needed: 2 });
    }
    if lists > 2 {
        return Err(NoEstimate::TooManyLists { lists, most: 2 });
    }
    let on = |bits| histories.on_all(Pattern(bits)) as f64;
    let (first, second, both) = (on(0b01), on(0b10), on(0b11));
    if histories.observed() == 0 {
        return Err(NoEstimate::Empty);
    }
    if both == 0.0 {
        return Err(NoEstimate::NoOverlap);
    }
    let point = (first + 1.0) * (second + 1.0) / (both + 1.0) - 1.0;
    let variance = (first + 1.0) * (second + 1.0) * (first - both) * (second - both)
        / ((both + 1.0) * (both + 1.0) * (both + 2.0));
    Ok(around(histories.observed() as f64, point, variance, level))
}

/// Chao's lower bound (1987) from how many people are on one list and how many on two.
///
/// # Errors
/// [`NoEstimate`] where there is one list, nobody was seen, or nobody is on two lists.
pub fn chao_lower_bound(histories: &Histories, level: f64) -> Result<Figure, NoEstimate> {
    let lists = histories.lists();
    if lists < 2 {
        return Err(NoEstimate::TooFewLists { lists, needed: 2 });
    }
    let seen = histories.observed() as f64;
    if seen == 0.0 {
        return Err(NoEstimate::Empty);
    }
    let by_number = histories.by_number_of_lists();
    let (once, twice) = (by_number[0] as f64, by_number[1] as f64);
    if twice == 0.0 {
        return Err(NoEstimate::NoOverlap);
    }
    let t = lists as f64;
    let shrink = (t - 1.0) / t;
    let point = seen + shrink * once * once / (2.0 * twice);
    let ratio = once / twice;
    let variance = twice
        * (shrink * ratio * ratio / 2.0
            + shrink * shrink * ratio.powi(3)
            + shrink * shrink * ratio.powi(4) / 4.0);
    Ok(around(seen, point, variance, level))
}

/// An interval for the unseen on the logarithmic scale, which never falls below those seen.
fn around(seen: f64, point: f64, variance: f64, level: f64) -> Figure {
    let unseen = point - seen;
    if unseen <= 0.0 {
        return Figure {
            point: seen,
            low: seen,
            high: seen,
        };
    }
    let z = normal_quantile(0.5 + level.clamp(0.01, 0.9999) / 2.0);
    let reach = exp(z * ln(1.0 + variance.max(0.0) / (unseen * unseen)).sqrt());
    Figure {
        point,
        low: seen + unseen / reach,
        high: seen + unseen * reach,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn chapman_is_the_textbook_figure() {
        let two =
            Histories::from_digits(&["A", "B"], &[("10", 180), ("01", 130), ("11", 20)]).unwrap();
        let found = chapman(&two, 0.95).unwrap();
        assert!((found.point - (201.0 * 151.0 / 21.0 - 1.0)).abs() < 1e-9);
        assert!(found.low > 330.0 && found.low < found.point && found.point < found.high);
        let apart = Histories::from_digits(&["A", "B"], &[("10", 180), ("01", 130)]).unwrap();
        assert_eq!(chapman(&apart, 0.95), Err(NoEstimate::NoOverlap));
    }

    #[test]
    fn chaos_bound_grows_with_those_seen_once() {
        let of = |once| {
            let table =
                Histories::from_digits(&["A", "B", "C"], &[("100", once), ("110", 50), ("111", 9)])
                    .unwrap();
            chao_lower_bound(&table, 0.95).unwrap()
        };
        let expected = 159.0 + 2.0 / 3.0 * 100.0 * 100.0 / 100.0;
        assert!((of(100).point - expected).abs() < 1e-9);
        assert!(of(400).point > 2.0 * of(100).point);
        assert_eq!(of(0).point, 59.0);
    }
}
