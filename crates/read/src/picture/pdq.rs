//! The PDQ hash of a picture's light and dark: what it looks like, in 256 bits.
//!
//! Invariant: time and memory are linear in the dots given. Standard: PDQ (Meta, *The TMK+PDQF
//! Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm*, 2019): the picture is softened by
//! a tent filter and reduced to 64 by 64 dots; of its cosine transform the 16 by 16 lowest
//! frequencies, without the constant one, are one or nought as they lie above their median.

use model::Likeness;
use std::f64::consts::PI;

/// Dots a side of what is transformed.
const REDUCED: usize = 64;
/// Frequencies a side that are kept.
const KEPT: usize = 16;
/// A picture with fewer dots a side has no hash.
const LEAST_SIDE: usize = 5;

/// A picture in shades of grey.
pub(super) struct Grey {
    /// Dots in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The shade of each dot, 0 (black) to 255, row by row: `width` times `height`.
    pub shades: Vec<f32>,
}

/// What the picture looks like; `None` where it is smaller than five dots a side.
pub(super) fn hash(picture: Grey) -> Option<Likeness> {
    let is_whole = picture.shades.len() == picture.width * picture.height;
    if picture.width < LEAST_SIDE || picture.height < LEAST_SIDE || !is_whole {
        return None;
    }
    let reduced = reduce(picture);
    let waves = transform(&reduced);
    let mut sorted = waves;
    sorted.sort_unstable_by(f32::total_cmp);
    let median = sorted[sorted.len() / 2 - 1];
    let mut bits = [0; 32];
    for (at, _) in waves.iter().enumerate().filter(|(_, wave)| **wave > median) {
        // The first bit is the lowest of the last byte.
        bits[31 - at / 8] |= 1 << (at % 8);
    }
    Some(Likeness {
        bits,
        quality: quality(&reduced),
    })
}

/// The picture in 64 by 64 dots.
fn reduce(picture: Grey) -> Vec<f32> {
    let Grey {
        width,
        height,
        mut shades,
    } = picture;
    if (width, height) != (REDUCED, REDUCED) {
        let mut other = vec![0.0; shades.len()];
        let (across, down) = (width.div_ceil(2 * REDUCED), height.div_ceil(2 * REDUCED));
        // Two boxes one behind the other are a tent.
        for _ in 0..2 {
            for row in 0..height {
                soften(&shades, &mut other, (row * width, 1, width), across);
            }
            for column in 0..width {
                soften(&other, &mut shades, (column, width, height), down);
            }
        }
    }
    let centre = |at: usize, side: usize| (2 * at + 1) * side / (2 * REDUCED);
    let mut reduced = Vec::with_capacity(REDUCED * REDUCED);
    for row in 0..REDUCED {
        let row = centre(row, height) * width;
        reduced.extend((0..REDUCED).map(|column| shades[row + centre(column, width)]));
    }
    reduced
}

/// Writes the mean of `window` dots around each of the `length` dots that begin at `first` and lie
/// `step` apart; at both ends there are fewer around it.
fn soften(from: &[f32], to: &mut [f32], line: (usize, usize, usize), window: usize) {
    let (first, step, length) = line;
    let place = |at: usize| first + at * step;
    // As many in front of a dot as behind it; one more behind where the window is even.
    let ahead = window / 2;
    let (mut sum, mut held, mut begin, mut end) = (0.0_f32, 0_usize, 0, 0);
    for at in 0..length {
        while end < length && end <= at + ahead {
            sum += from[place(end)];
            (end, held) = (end + 1, held + 1);
        }
        if end - begin > window || at + ahead >= length {
            sum -= from[place(begin)];
            (begin, held) = (begin + 1, held - 1);
        }
        to[place(at)] = sum / held as f32;
    }
}

/// How much changes from dot to dot, 0 to 100: what is plain or blurred cannot be told apart.
fn quality(reduced: &[f32]) -> u8 {
    let step = |one: f32, other: f32| (((one - other) * 100.0 / 255.0) as i32).unsigned_abs();
    let down = reduced.iter().zip(&reduced[REDUCED..]);
    let across = reduced
        .chunks_exact(REDUCED)
        .flat_map(|row| row.iter().zip(&row[1..]));
    let steps: u32 = down
        .chain(across)
        .map(|(one, other)| step(*one, *other))
        .sum();
    u8::try_from(steps / 90).unwrap_or(100).min(100)
}

/// The 16 by 16 lowest frequencies of the cosine transform, without the constant one.
fn transform(reduced: &[f32]) -> [f32; KEPT * KEPT] {
    let scale = (2.0 / REDUCED as f64).sqrt() as f32;
    let waves: Vec<f32> = (1..=KEPT)
        .flat_map(|wave| (0..REDUCED).map(move |at| (wave, at)))
        .map(|(wave, at)| {
            let turn = PI / 2.0 / REDUCED as f64 * (wave * (2 * at + 1)) as f64;
            (f64::from(scale) * turn.cos()) as f32
        })
        .collect();
    let wave = |number: usize| &waves[number * REDUCED..(number + 1) * REDUCED];
    // Down the columns, then along the rows.
    let mut half = vec![0.0_f32; KEPT * REDUCED];
    for (number, row) in half.chunks_exact_mut(REDUCED).enumerate() {
        for (weight, dots) in wave(number).iter().zip(reduced.chunks_exact(REDUCED)) {
            row.iter_mut()
                .zip(dots)
                .for_each(|(sum, dot)| *sum += weight * dot);
        }
    }
    std::array::from_fn(|at| {
        let (row, number) = (at / KEPT, at % KEPT);
        let row = &half[row * REDUCED..(row + 1) * REDUCED];
        row.iter()
            .zip(wave(number))
            .map(|(one, weight)| one * weight)
            .sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softening_takes_the_mean_of_what_is_around() {
        let from = [1.0, 2.0, 4.0, 8.0, 16.0];
        let mut to = [0.0; 5];
        soften(&from, &mut to, (0, 1, 5), 3);
        assert_eq!(to, [1.5, 7.0 / 3.0, 14.0 / 3.0, 28.0 / 3.0, 12.0]);
        soften(&from, &mut to, (0, 1, 5), 1);
        assert_eq!(to, from);
        soften(&from, &mut to, (0, 1, 5), 2);
        assert_eq!(to, [1.5, 3.0, 6.0, 12.0, 16.0]);
    }

    #[test]
    fn a_plain_picture_has_no_quality_and_a_tiny_one_no_hash() {
        let plain = |side: usize| Grey {
            width: side,
            height: side,
            shades: vec![200.0; side * side],
        };
        assert_eq!(hash(plain(100)).map(|hash| hash.quality), Some(0));
        assert!(hash(plain(5)).is_some());
        assert_eq!(hash(plain(4)), None);
    }
}
