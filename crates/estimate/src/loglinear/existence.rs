//! Does the best fit of a log-linear model exist, and do the data determine it?
//!
//! With sparse overlaps the likelihood can grow for ever in some direction of the parameters
//! (Fienberg and Rinaldo 2012; Chan, Silverman and Vincent 2021). Such a direction is constant on the
//! cells with people and nowhere negative on the empty ones: a linear programme decides whether there
//! is one. The programme is small because it lives in the null space of the cells with people.

use crate::error::NoEstimate;

const TINY: f64 = 1e-9;

/// Checks a design of 0 and 1: `cells` holds for each cell its row and whether anybody is in it.
///
/// # Errors
/// [`NoEstimate::NotIdentified`] if different parameters give the same fit;
/// [`NoEstimate::NotExisting`] if the likelihood has no maximum.
pub(crate) fn check(cells: &[(Vec<f64>, bool)], parameters: usize) -> Result<(), NoEstimate> {
    let with_people: Vec<&[f64]> = cells
        .iter()
        .filter(|(_, some)| *some)
        .map(|(row, _)| row.as_slice())
        .collect();
    let directions = null_space(&with_people, parameters);
    if directions.is_empty() {
        return Ok(());
    }
    let empty = cells.iter().filter(|(_, some)| !some);
    let rises: Vec<Vec<f64>> = empty
        .map(|(row, _)| {
            directions
                .iter()
                .map(|d| row.iter().zip(d).map(|(a, b)| a * b).sum())
                .collect()
        })
        .collect();
    let rows: Vec<&[f64]> = rises.iter().map(Vec::as_slice).collect();
    if !null_space(&rows, directions.len()).is_empty() {
        return Err(NoEstimate::NotIdentified);
    }
    if largest_rise(&rises, directions.len()) > TINY {
        Err(NoEstimate::NotExisting)
    } else {
        Ok(())
    }
}

/// A basis of the vectors that every row maps to zero.
fn null_space(rows: &[&[f64]], columns: usize) -> Vec<Vec<f64>> {
    let mut matrix: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
    let mut pivots = Vec::new();
    for column in 0..columns {
        let done = pivots.len();
        let best = (done..matrix.len())
            .max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()));
        let Some(best) = best.filter(|&row| matrix[row][column].abs() > TINY) else {
            continue;
        };
        matrix.swap(done, best);
        let scale = matrix[done][column];
        matrix[done].iter_mut().for_each(|v| *v /= scale);
        let pivot = matrix[done].clone();
        for (_, row) in matrix.iter_mut().enumerate().filter(|(i, _)| *i != done) {
            let factor = row[column];
            if factor != 0.0 {
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(v, p)| *v -= factor * p);
            }
        }
        pivots.push(column);
    }
    let free = (0..columns).filter(|column| !pivots.contains(column));
    free.map(|column| {
        let mut vector = vec![0.0; columns];
        vector[column] = 1.0;
        pivots
            .iter()
            .enumerate()
            .for_each(|(row, &pivot)| vector[pivot] = -matrix[row][column]);
        vector
    })
    .collect()
}

/// The largest sum of `rises * u` with every rise held between 0 and 1: zero if and only if no
/// direction `u` rises anywhere without falling somewhere. Simplex method with Bland's rule.
fn largest_rise(rises: &[Vec<f64>], directions: usize) -> f64 {
    let variables = 2 * directions;
    let width = variables + 2 * rises.len() + 1;
    let mut table: Vec<Vec<f64>> = Vec::with_capacity(2 * rises.len());
    for (place, sign, limit) in (0..rises.len()).flat_map(|r| [(r, 1.0, 1.0), (r, -1.0, 0.0)]) {
        let mut row = vec![0.0; width];
        for (d, rise) in rises[place].iter().enumerate() {
            row[2 * d] = sign * rise;
            row[2 * d + 1] = -sign * rise;
        }
        row[variables + table.len()] = 1.0;
        row[width - 1] = limit;
        table.push(row);
    }
    let mut gain = vec![0.0; width];
    for rise in rises {
        for (d, value) in rise.iter().enumerate() {
            gain[2 * d] += value;
            gain[2 * d + 1] -= value;
        }
    }
    let mut basis: Vec<usize> = (variables..width - 1).collect();
    // Bland's rule never cycles; the limit only guards against rounding.
    for _ in 0..50 * width {
        let Some(entering) = (0..width - 1).find(|&c| gain[c] > TINY) else {
            break;
        };
        let ratio = |row: &Vec<f64>| row[width - 1] / row[entering];
        let leaving = (0..table.len())
            .filter(|&r| table[r][entering] > TINY)
            .min_by(|&a, &b| {
                ratio(&table[a])
                    .total_cmp(&ratio(&table[b]))
                    .then(basis[a].cmp(&basis[b]))
            });
        let Some(leaving) = leaving else {
            return f64::INFINITY;
        };
        let scale = table[leaving][entering];
        table[leaving].iter_mut().for_each(|v| *v /= scale);
        let pivot = table[leaving].clone();
        for (r, row) in table.iter_mut().enumerate() {
            if r != leaving {
                let factor = row[entering];
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(v, p)| *v -= factor * p);
            }
        }
        let factor = gain[entering];
        gain.iter_mut()
            .zip(&pivot)
            .for_each(|(v, p)| *v -= factor * p);
        basis[leaving] = entering;
    }
    -gain[width - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[(&[f64], bool)]) -> Vec<(Vec<f64>, bool)> {
        rows.iter()
            .map(|(row, some)| (row.to_vec(), *some))
            .collect()
    }

    #[test]
    fn full_tables_and_harmless_zeros_exist() {
        let full = cells(&[
            (&[1., 1., 0.], true),
            (&[1., 0., 1.], true),
            (&[1., 1., 1.], true),
        ]);
        assert_eq!(check(&full, 3), Ok(()));
        // One parameter, one empty cell beside one with people.
        assert_eq!(check(&cells(&[(&[1.], true), (&[1.], false)]), 1), Ok(()));
    }

    #[test]
    fn an_empty_overlap_runs_off_to_infinity() {
        let no_overlap = cells(&[
            (&[1., 1., 0.], true),
            (&[1., 0., 1.], true),
            (&[1., 1., 1.], false),
        ]);
        assert_eq!(check(&no_overlap, 3), Err(NoEstimate::NotExisting));
    }

    #[test]
    fn two_columns_that_are_alike_are_not_told_apart() {
        let alike = cells(&[
            (&[1., 1., 1.], true),
            (&[1., 0., 0.], true),
            (&[1., 1., 1.], false),
        ]);
        assert_eq!(check(&alike, 3), Err(NoEstimate::NotIdentified));
    }

    #[test]
    fn opposed_zeros_block_every_direction() {
        // The only free direction rises in one empty cell and falls in the other.
        let blocked = cells(&[(&[1., 0.], true), (&[1., 1.], false), (&[1., -1.], false)]);
        assert_eq!(check(&blocked, 2), Ok(()));
    }
}
