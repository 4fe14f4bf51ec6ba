//! One Gibbs chain of the latent class model.
//!
//! A sweep draws, in turn: the class of everybody seen, the number and classes of the unseen, the class
//! weights, the lists' chances in each class, and the stick-breaking weight. People with the same
//! history are drawn together, so a sweep costs the same for a hundred people as for a million.

use crate::histories::Histories;
use crate::latent::Settings;
use crate::numeric::ln;
use crate::random::Random;

/// Most unseen people a chain may wander to, so that counts never overflow.
const MOST_UNSEEN: u64 = 1_000_000_000_000;

pub(crate) struct Chain {
    random: Random,
    lists: usize,
    classes: usize,
    shape: f64,
    rate: f64,
    /// Stick-breaking weight.
    alpha: f64,
    /// Share of each class in the population.
    weights: Vec<f64>,
    /// Chance of each history, by class and pattern.
    chances: Vec<f64>,
    /// People of each class.
    sizes: Vec<u64>,
    /// People of each class on each list, by class and list.
    listed: Vec<u64>,
    unseen: u64,
    seen: u64,
}

impl Chain {
    /// A chain at a random place of its own.
    pub(crate) fn start(histories: &Histories, settings: &Settings, stream: u64) -> Self {
        let (lists, classes) = (histories.lists(), settings.classes);
        let mut chain = Self {
            random: Random::new(settings.seed, stream),
            lists,
            classes,
            shape: settings.shape,
            rate: settings.rate,
            alpha: 1.0,
            weights: vec![0.0; classes],
            chances: vec![0.0; classes << lists],
            sizes: vec![0; classes],
            listed: vec![0; classes * lists],
            unseen: 0,
            seen: histories.observed(),
        };
        chain.draw_chances();
        chain.draw_weights();
        chain
    }

    /// People in all, at the present draw.
    pub(crate) fn total(&self) -> f64 {
        (self.seen + self.unseen) as f64
    }

    /// Number of classes that hold at least a hundredth of the people.
    pub(crate) fn classes_in_use(&self) -> f64 {
        let least = (self.total() / 100.0).max(1.0);
        self.sizes
            .iter()
            .filter(|&&size| size as f64 >= least)
            .count() as f64
    }

    /// Runs so many sweeps. The table may differ from the last call's in its counts only.
    pub(crate) fn sweep(&mut self, histories: &Histories, sweeps: u32) {
        self.seen = histories.observed();
        let cells: Vec<(usize, u64)> = histories
            .patterns()
            .map(|(p, count)| (usize::from(p.0), count))
            .collect();
        let mut tails = vec![0.0; self.classes + 1];
        for _ in 0..sweeps {
            self.sizes.fill(0);
            self.listed.fill(0);
            for &(cell, count) in &cells {
                self.draw_classes(cell, count, &mut tails);
            }
            self.draw_unseen(&mut tails);
            self.draw_weights();
            self.draw_chances();
            self.draw_alpha();
        }
    }

    /// Spreads people with the same history over the classes.
    #[inline]
    fn draw_classes(&mut self, cell: usize, count: u64, tails: &mut [f64]) {
        for class in (0..self.classes).rev() {
            tails[class] =
                tails[class + 1] + self.weights[class] * self.chances[(class << self.lists) + cell];
        }
        let mut left = count;
        for class in 0..self.classes {
            if left == 0 {
                break;
            }
            let last = class + 1 == self.classes || tails[class + 1] <= 0.0;
            let share = if last {
                1.0
            } else {
                1.0 - tails[class + 1] / tails[class]
            };
            let here = self.random.binomial(left, share);
            if here > 0 {
                left -= here;
                self.sizes[class] += here;
                let listed = &mut self.listed[class * self.lists..(class + 1) * self.lists];
                for (list, on) in listed.iter_mut().enumerate() {
                    *on += here * (cell >> list & 1) as u64;
                }
            }
        }
    }

    fn draw_unseen(&mut self, tails: &mut [f64]) {
        let missed: f64 = (0..self.classes)
            .map(|class| self.weights[class] * self.chances[class << self.lists])
            .sum();
        let drawn = self
            .random
            .negative_binomial(self.seen as f64, missed.min(1.0 - 1e-12));
        self.unseen = drawn.min(MOST_UNSEEN);
        self.draw_classes(0, self.unseen, tails);
    }

    /// Breaks the stick: each class takes its part of what the classes before left.
    fn draw_weights(&mut self) {
        let mut beyond: u64 = self.sizes.iter().sum();
        let mut left = 1.0;
        for class in 0..self.classes {
            beyond -= self.sizes[class];
            if class + 1 == self.classes {
                self.weights[class] = left;
            } else {
                let part = self
                    .random
                    .beta(1.0 + self.sizes[class] as f64, self.alpha + beyond as f64);
                self.weights[class] = left * part;
                // A stick used up to the last bit would leave a class of no weight at all.
                left = (left * (1.0 - part)).max(1e-300);
            }
        }
    }

    fn draw_chances(&mut self) {
        for class in 0..self.classes {
            let base = class << self.lists;
            self.chances[base] = 1.0;
            for list in 0..self.lists {
                let on = self.listed[class * self.lists + list] as f64;
                let off = self.sizes[class] as f64 - on;
                let chance = self.random.beta(1.0 + on, 1.0 + off);
                let (known, new) = self.chances[base..base + (2 << list)].split_at_mut(1 << list);
                for (without, with) in known.iter_mut().zip(new) {
                    *with = *without * chance;
                    *without *= 1.0 - chance;
                }
            }
        }
    }

    fn draw_alpha(&mut self) {
        let last = ln(self.weights[self.classes - 1].max(1e-300));
        let shape = self.shape - 1.0 + self.classes as f64;
        self.alpha = (self.random.gamma(shape) / (self.rate - last)).clamp(1e-6, 1e6);
    }
}
