//! Logistic regression by stochastic gradient descent (AdaGrad, Duchi and others 2011), in a fixed
//! order: the same files give the same bytes on one machine.

use crate::sources::Clause;
use onrecord_extract::clauses::{DIMENSIONS, Model, Row, SCALE, UNIT};
use std::collections::BTreeMap;

const EPOCHS: usize = 14;
const RATE: f32 = 0.25;
/// How often a unit of a coded document counts.
const GOLD: usize = 2;
/// Weights below this share of a [`UNIT`] are left out.
const SMALLEST: f32 = 0.06;

/// Splitmix64: the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

/// A linear model of several classes: weights by feature and class, those of the dimensions of the
/// words' vectors behind them, with the sums of squared gradients that slow each down (AdaGrad).
struct Linear {
    classes: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
}

impl Linear {
    fn new(features: usize, classes: usize) -> Self {
        let size = (features + 1 + DIMENSIONS) * classes;
        Self {
            classes,
            weights: vec![0.0; size],
            squares: vec![1e-6; size],
        }
    }

    /// The scores of features and their values; number 0 is the bias.
    fn scores(&self, features: &[(usize, f32)]) -> Vec<f32> {
        let mut scores = self.weights[..self.classes].to_vec();
        for (feature, value) in features {
            let row = &self.weights[feature * self.classes..][..self.classes];
            scores
                .iter_mut()
                .zip(row)
                .for_each(|(score, weight)| *score += weight * value);
        }
        scores
    }

    /// One step against the gradient; a weight is drawn to 0 as far as its feature is rare.
    fn step(&mut self, features: &[(usize, f32)], gradient: &[f32], often: &[f32]) {
        for (feature, value) in std::iter::once(&(0, 1.0)).chain(features) {
            let draw = if *feature == 0 {
                0.0
            } else {
                1.0 / often[*feature]
            };
            for (class, gradient) in gradient.iter().enumerate() {
                let at = feature * self.classes + class;
                let gradient = gradient * value + draw * self.weights[at];
                if gradient != 0.0 {
                    self.squares[at] += gradient * gradient;
                    self.weights[at] -= RATE * gradient / self.squares[at].sqrt();
                }
            }
        }
    }
}

/// Trains on the clauses and gives the file.
pub(super) fn train(clauses: &[&Clause]) -> Vec<u8> {
    let mut often: BTreeMap<u32, f32> = BTreeMap::new();
    let mut codes: Vec<String> = Vec::new();
    for clause in clauses {
        for hash in &clause.hashes {
            *often.entry(*hash).or_default() += 1.0;
        }
        codes.extend(clause.codes.iter().cloned());
    }
    often.retain(|_, times| *times > 1.0);
    codes.sort();
    codes.dedup();
    let numbers: BTreeMap<u32, usize> = often
        .keys()
        .zip(1..)
        .map(|(hash, at)| (*hash, at))
        .collect();
    let dimensions = std::iter::repeat_n(clauses.len() as f32, DIMENSIONS);
    let often: Vec<f32> = std::iter::once(1.0)
        .chain(often.into_values())
        .chain(dimensions)
        .collect();
    let first_dimension = numbers.len() + 1;
    let mut told = Linear::new(numbers.len(), 1);
    let mut types = Linear::new(numbers.len(), codes.len());
    let mut random = Random(0x5eed);
    let mut order: Vec<usize> = (0..clauses.len())
        .flat_map(|at| {
            let times = if clauses[at].document.is_some() {
                GOLD
            } else {
                1
            };
            std::iter::repeat_n(at, times)
        })
        .collect();
    for _ in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        for &at in &order {
            let clause = clauses[at];
            let hashes = clause.hashes.iter().filter_map(|hash| numbers.get(hash));
            let values = clause.sum.iter().map(|sum| *sum as f32 / SCALE as f32);
            let known: Vec<(usize, f32)> = hashes
                .map(|number| (*number, 1.0))
                .chain((first_dimension..).zip(values))
                .collect();
            let score = told.scores(&known)[0];
            let gradient = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(clause.told));
            told.step(&known, &[gradient], &often);
            types.step(
                &known,
                &gradient_of(&types.scores(&known), clause, &codes),
                &often,
            );
        }
    }
    let whole = |weight: f32| (weight * UNIT as f32).round();
    let rows: Vec<(u32, Row)> = numbers
        .iter()
        .filter_map(|(hash, number)| {
            let of_types = &types.weights[number * codes.len()..][..codes.len()];
            let counts = |weight: f32| weight.abs() >= SMALLEST;
            let row = Row {
                told: if counts(told.weights[*number]) {
                    whole(told.weights[*number]) as i16
                } else {
                    0
                },
                types: (0u8..)
                    .zip(of_types)
                    .filter(|(_, weight)| counts(**weight))
                    .map(|(class, weight)| (class, whole(*weight) as i16))
                    .collect(),
            };
            (row != Row::default()).then_some((*hash, row))
        })
        .collect();
    let of_dimension = |at: usize| {
        let of_types = &types.weights[at * codes.len()..][..codes.len()];
        let all = std::iter::once(&told.weights[at]).chain(of_types);
        all.map(|weight| whole(*weight) as i16).collect()
    };
    let senses: Vec<Vec<i16>> = (first_dimension..first_dimension + DIMENSIONS)
        .map(of_dimension)
        .collect();
    let codes: Vec<(String, i32)> = codes
        .into_iter()
        .zip(&types.weights)
        .map(|(code, bias)| (code, whole(*bias) as i32))
        .collect();
    println!("{} features", rows.len());
    Model::to_bytes(&codes, whole(told.weights[0]) as i32, &rows, &senses)
}

/// The gradient of the types' scores of a clause, each type against all others.
fn gradient_of(scores: &[f32], clause: &Clause, codes: &[String]) -> Vec<f32> {
    let pairs = scores.iter().zip(codes);
    pairs
        .map(|(score, code)| {
            let due = f32::from(u8::from(clause.codes.contains(code)));
            1.0 / (1.0 + (-score).exp()) - due
        })
        .collect()
}
