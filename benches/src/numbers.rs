//! A small generator of numbers (SplitMix64): the same sequence for the same seed.

/// A sequence of numbers.
pub struct Numbers(u64);

impl Numbers {
    /// The sequence of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `below`, which is at least 1.
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    /// One of these; all are as likely.
    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Whether something happens that happens `times` in a hundred.
    pub fn chance(&mut self, times: usize) -> bool {
        self.below(100) < times
    }
}
