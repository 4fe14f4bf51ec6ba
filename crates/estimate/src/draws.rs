//! Draws of a total and their quantiles.
//!
//! Invariant: sorting is total (`total_cmp`), so that the same draws give the same quantiles.

/// The value below which a share `p` of the sorted values lies, interpolated as R does by default.
/// Zero for no values.
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let at = p.clamp(0.0, 1.0) * last as f64;
    let below = at.floor() as usize;
    let above = (below + 1).min(last);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}
