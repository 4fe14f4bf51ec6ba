//! Simulated populations of known size, seen through four lists, and lists linked with errors.
//!
//! Nothing here uses the estimators' own code: people are drawn one by one, and linkage errors are made
//! on people, not on counts.

use onrecord_estimate::{Histories, Pattern};
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

const LISTS: usize = 4;

/// What makes the lists depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Two classes of people, one easier to list than the other.
    TwoClasses,
    /// Three classes, whose lists differ.
    ThreeClasses,
    /// Everybody has an own degree of being easy to list.
    Gradual,
    /// Lists that pass cases on or avoid each other's cases.
    Dependent,
    /// Nothing.
    Independent,
}

/// People and the lists that caught some of them.
pub struct Population {
    pub kind: Kind,
    pub size: u64,
    pub people: Vec<Pattern>,
}

/// Random numbers from a seed.
pub struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    fn below(&mut self, count: usize) -> usize {
        (self.uniform() * count as f64) as usize
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.uniform()).ln()).sqrt()
            * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }
}

/// Population number `number` of the series: of every ten, six have latent classes, two gradual
/// differences, one dependent lists, one independent ones.
pub fn population(number: u64) -> Population {
    let mut dice = Dice::new(0x5eed_0000 + number);
    let kind = match number % 10 {
        0..4 => Kind::TwoClasses,
        4 | 5 => Kind::ThreeClasses,
        6 | 7 => Kind::Gradual,
        8 => Kind::Dependent,
        _ => Kind::Independent,
    };
    let size = 1_000.0 * (dice.uniform() * 30.0_f64.ln()).exp();
    let size = size as u64;
    let people = match kind {
        Kind::TwoClasses => classes(&mut dice, size, &[(0.05, 0.3), (0.3, 0.65)]),
        Kind::ThreeClasses => classes(&mut dice, size, &[(0.05, 0.3), (0.1, 0.5), (0.3, 0.7)]),
        Kind::Gradual => gradual(&mut dice, size),
        Kind::Dependent => dependent(&mut dice, size),
        Kind::Independent => classes(&mut dice, size, &[(0.08, 0.4)]),
    };
    Population { kind, size, people }
}

/// Classes of random shares; in each, every list's chance lies in the class's range.
fn classes(dice: &mut Dice, size: u64, ranges: &[(f64, f64)]) -> Vec<Pattern> {
    let mut shares: Vec<f64> = ranges.iter().map(|_| dice.between(0.5, 1.5)).collect();
    // The first class, the hardest to list, is the largest as often as not.
    shares[0] *= dice.between(0.7, 2.5);
    let chances: Vec<[f64; LISTS]> = ranges
        .iter()
        .map(|&(low, high)| [0; LISTS].map(|_| dice.between(low, high)))
        .collect();
    let sum: f64 = shares.iter().sum();
    (0..size)
        .map(|_| {
            let mut u = dice.uniform() * sum;
            let class = shares
                .iter()
                .position(|share| {
                    u -= share;
                    u < 0.0
                })
                .unwrap_or(0);
            listed(dice, &chances[class])
        })
        .collect()
}

fn gradual(dice: &mut Dice, size: u64) -> Vec<Pattern> {
    let spread = dice.between(0.4, 1.0);
    let base = [0; LISTS].map(|_| {
        let p = dice.between(0.12, 0.4);
        (p / (1.0 - p)).ln()
    });
    (0..size)
        .map(|_| {
            let ease = spread * dice.normal();
            listed(dice, &base.map(|b| 1.0 / (1.0 + (-b - ease).exp())))
        })
        .collect()
}

/// One list draws on another, and a second pair avoids each other.
fn dependent(dice: &mut Dice, size: u64) -> Vec<Pattern> {
    let chances = [0; LISTS].map(|_| dice.between(0.1, 0.4));
    let (passed_on, avoided) = (dice.between(0.5, 1.3), dice.between(0.3, 0.9));
    let odds = |p: f64, shift: f64| {
        let o = p / (1.0 - p) * shift.exp();
        o / (1.0 + o)
    };
    (0..size)
        .map(|_| {
            let first = dice.uniform() < chances[0];
            let second = dice.uniform() < odds(chances[1], if first { passed_on } else { 0.0 });
            let third = dice.uniform() < chances[2];
            let fourth = dice.uniform() < odds(chances[3], if third { -avoided } else { 0.0 });
            let bits = [first, second, third, fourth];
            Pattern(
                bits.iter()
                    .enumerate()
                    .map(|(j, on)| u16::from(*on) << j)
                    .sum(),
            )
        })
        .collect()
}

fn listed(dice: &mut Dice, chances: &[f64; LISTS]) -> Pattern {
    Pattern(
        chances
            .iter()
            .enumerate()
            .map(|(j, p)| u16::from(dice.uniform() < *p) << j)
            .sum(),
    )
}

/// What linkage makes of the people: each true link is missed with chance `missed`, so that a list's
/// record of somebody stands alone; then false links, `false_share` of those made, join two strangers.
pub fn link_badly(people: &[Pattern], missed: f64, false_share: f64, seed: u64) -> Vec<Pattern> {
    let mut dice = Dice::new(seed);
    let mut found = Vec::new();
    for person in people.iter().filter(|p| p.0 != 0) {
        let mut kept = person.0;
        for _ in 1..person.size() {
            if dice.uniform() < missed && kept.count_ones() > 1 {
                let lists: Vec<usize> = Pattern(kept).lists().collect();
                let alone = 1 << lists[dice.below(lists.len())];
                kept &= !alone;
                found.push(Pattern(alone));
            }
        }
        found.push(Pattern(kept));
    }
    let links: usize = found.iter().map(|p| p.size() - 1).sum();
    let mut wanted = (links as f64 * false_share / (1.0 - false_share)).round() as usize;
    for _ in 0..1_000_000 {
        if wanted == 0 {
            break;
        }
        let (a, b) = (dice.below(found.len()), dice.below(found.len()));
        if a != b && found[a].0 & found[b].0 == 0 {
            found[a] = Pattern(found[a].0 | found[b].0);
            found.swap_remove(b);
            wanted -= 1;
        }
    }
    found
}

/// The table that an analyst sees.
pub fn table(people: &[Pattern]) -> Histories {
    let names = ["NGO", "court", "press", "families"];
    Histories::from_people(names, people.iter().copied())
        .expect("four lists with names of their own")
}
