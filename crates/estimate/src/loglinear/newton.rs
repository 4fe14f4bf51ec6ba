//! Newton's method for Poisson counts on a table indexed by bit sets.
//!
//! Because the design holds only 0 and 1 by inclusion, the linear predictor is a sum over subsets and
//! the information matrix a sum over supersets: no design matrix is ever formed. The caller has made
//! sure that the maximum exists.

use crate::error::NoEstimate;
use crate::numeric::{Factor, exp, ln, sum_over_subsets, sum_over_supersets};

const MOST_STEPS: usize = 200;

/// Counts to fit, with the cells and terms that take part.
pub(crate) struct Problem<'a> {
    /// Indexed by bit set; may be fractional.
    pub counts: &'a [f64],
    /// Cells that are fitted; the others are held at zero.
    pub used: &'a [bool],
    /// Bit sets of the terms, the constant (0) first.
    pub terms: &'a [u16],
    /// A further column that follows no bit set; its coefficient comes last.
    pub extra: Option<&'a [f64]>,
}

/// Where the method settled.
pub(crate) struct Solution {
    pub coefficients: Vec<f64>,
    /// Expected counts of the used cells, zero elsewhere.
    pub expected: Vec<f64>,
    pub information: Factor,
    pub deviance: f64,
}

impl Problem<'_> {
    /// Finds the maximum of the likelihood.
    ///
    /// # Errors
    /// [`NoEstimate::NotConverged`].
    pub(crate) fn solve(&self) -> Result<Solution, NoEstimate> {
        let mut coefficients = self.start()?;
        let mut expected = self.expected(&coefficients);
        let mut deviance = self.deviance(&expected);
        for _ in 0..MOST_STEPS {
            let information = self
                .information(&expected)
                .ok_or(NoEstimate::NotConverged)?;
            let mut step = self.score(&expected);
            information.solve(&mut step);
            let largest = step.iter().fold(0.0_f64, |top, s| top.max(s.abs()));
            if largest < 1e-10 {
                return Ok(Solution {
                    coefficients,
                    expected,
                    information,
                    deviance,
                });
            }
            let mut length = 1.0;
            loop {
                let tried: Vec<f64> = coefficients
                    .iter()
                    .zip(&step)
                    .map(|(c, s)| c + length * s)
                    .collect();
                let tried_expected = self.expected(&tried);
                let tried_deviance = self.deviance(&tried_expected);
                // Rounding allows for a last digit of the deviance.
                if tried_deviance.is_finite()
                    && tried_deviance <= deviance + 1e-9 * (1.0 + deviance.abs())
                {
                    (coefficients, expected, deviance) = (tried, tried_expected, tried_deviance);
                    break;
                }
                length *= 0.5;
                if length < 1e-8 {
                    return Err(NoEstimate::NotConverged);
                }
            }
        }
        Err(NoEstimate::NotConverged)
    }

    /// Least squares on the logarithms of the counts, weighted by them.
    fn start(&self) -> Result<Vec<f64>, NoEstimate> {
        let raised: Vec<f64> = self
            .counts
            .iter()
            .zip(self.used)
            .map(|(y, &used)| if used { y + 0.5 } else { 0.0 })
            .collect();
        let side: Vec<f64> = raised
            .iter()
            .map(|&m| if m > 0.0 { m * ln(m) } else { 0.0 })
            .collect();
        let mut start = self.sums(side);
        self.information(&raised)
            .ok_or(NoEstimate::NotIdentified)?
            .solve(&mut start);
        Ok(start)
    }

    fn expected(&self, coefficients: &[f64]) -> Vec<f64> {
        let mut predictor = vec![0.0; self.counts.len()];
        self.terms
            .iter()
            .zip(coefficients)
            .for_each(|(&t, &c)| predictor[usize::from(t)] = c);
        sum_over_subsets(&mut predictor);
        if let (Some(extra), Some(coefficient)) = (self.extra, coefficients.get(self.terms.len())) {
            predictor
                .iter_mut()
                .zip(extra)
                .for_each(|(p, x)| *p += coefficient * x);
        }
        predictor
            .iter()
            .zip(self.used)
            .map(|(&p, &used)| if used { exp(p.min(600.0)) } else { 0.0 })
            .collect()
    }

    fn score(&self, expected: &[f64]) -> Vec<f64> {
        let rest: Vec<f64> = self
            .counts
            .iter()
            .zip(expected)
            .zip(self.used)
            .map(|((y, m), &u)| if u { y - m } else { 0.0 })
            .collect();
        self.sums(rest)
    }

    /// The sum of the values over the cells of each column.
    fn sums(&self, mut values: Vec<f64>) -> Vec<f64> {
        let beside = self
            .extra
            .map(|extra| values.iter().zip(extra).map(|(v, x)| v * x).sum::<f64>());
        sum_over_supersets(&mut values);
        self.terms
            .iter()
            .map(|&t| values[usize::from(t)])
            .chain(beside)
            .collect()
    }

    fn information(&self, weights: &[f64]) -> Option<Factor> {
        let mut sums = weights.to_vec();
        sum_over_supersets(&mut sums);
        let size = self.terms.len() + usize::from(self.extra.is_some());
        let mut matrix = vec![0.0; size * size];
        for (row, &a) in self.terms.iter().enumerate() {
            for (column, &b) in self.terms[..=row].iter().enumerate() {
                matrix[row * size + column] = sums[usize::from(a | b)];
            }
        }
        if let Some(extra) = self.extra {
            let weighed: Vec<f64> = weights.iter().zip(extra).map(|(w, x)| w * x).collect();
            let last = (size - 1) * size;
            matrix[last..].copy_from_slice(&self.sums(weighed));
        }
        Factor::of(matrix, size)
    }

    fn deviance(&self, expected: &[f64]) -> f64 {
        let cells = self
            .counts
            .iter()
            .zip(expected)
            .zip(self.used)
            .filter(|(_, used)| **used);
        2.0 * cells
            .map(|((&y, &m), _)| if y > 0.0 { y * ln(y / m) - (y - m) } else { m })
            .sum::<f64>()
    }
}
