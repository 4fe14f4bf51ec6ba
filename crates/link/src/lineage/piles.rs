//! Many piles that grow at once: postings by shelf, hits by part.
//!
//! Invariant: a pile keeps the order in which things were put on it. A pile is a list of blocks
//! of one size, so that nothing is copied as it grows, and blocks of a pile that was taken serve
//! the next one: memory that was never touched costs more than what is done with it.

use std::mem::{replace, size_of, take};

/// Bytes of a block.
const BLOCK: usize = 1 << 15;

/// Piles, numbered from 0.
#[derive(Debug)]
pub(super) struct Piles<T> {
    /// The block of each pile that is being filled.
    open: Vec<Vec<T>>,
    full: Vec<Vec<Vec<T>>>,
}

impl<T: Copy> Piles<T> {
    pub fn new(piles: usize) -> Self {
        Self {
            open: (0..piles).map(|_| Vec::new()).collect(),
            full: (0..piles).map(|_| Vec::new()).collect(),
        }
    }

    pub fn push(&mut self, pile: usize, thing: T) {
        let most = BLOCK / size_of::<T>();
        let block = &mut self.open[pile];
        if block.len() == most {
            self.full[pile].push(replace(block, Vec::with_capacity(most)));
        }
        block.push(thing);
    }

    /// Things on all piles.
    pub fn len(&self) -> usize {
        let full: usize = self.full.iter().flatten().map(Vec::len).sum();
        full + self.open.iter().map(Vec::len).sum::<usize>()
    }

    /// Moves a pile to the end of `out`.
    pub fn take(&mut self, pile: usize, out: &mut Vec<T>) {
        for block in take(&mut self.full[pile]) {
            out.extend_from_slice(&block);
        }
        out.append(&mut take(&mut self.open[pile]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pile_comes_out_as_it_went_in_however_long_it_is() {
        let mut piles = Piles::new(3);
        for n in 0..20_000u64 {
            piles.push(usize::from(n % 5 == 0), n);
        }
        assert_eq!(piles.len(), 20_000);
        let mut out = vec![7];
        piles.take(1, &mut out);
        piles.take(2, &mut out);
        let fives = (0..20_000).filter(|n| n % 5 == 0);
        assert!(out.into_iter().eq(std::iter::once(7).chain(fives)));
        assert_eq!(piles.len(), 16_000);
    }
}
