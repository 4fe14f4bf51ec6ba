//! A run of postings that lies in a store; a small part of it is known in memory.

use super::postings::{SHELVES, rest};
use super::store::Aside;

/// Postings of all shelves, sorted, in a volume of a store, as little-endian numbers.
#[derive(Debug)]
pub(super) struct StoredRun {
    volume: u32,
    /// Where each shelf begins; one more for the end.
    shelves: Vec<usize>,
    /// Every [`BLOCK`]th posting.
    fences: Vec<u64>,
}

/// Postings that are read at a time.
const BLOCK: usize = 256;

impl StoredRun {
    /// Writes a run shelf by shelf.
    pub fn write(aside: &mut Aside, mut shelf: impl FnMut(&Aside, usize) -> Vec<u64>) -> Self {
        let mut run = Self {
            volume: aside.volume(),
            shelves: vec![0],
            fences: Vec::new(),
        };
        let mut written = 0;
        for number in 0..SHELVES {
            let postings = shelf(aside, number);
            let mut bytes = Vec::with_capacity(postings.len() * 8);
            for (at, posting) in (written..).zip(&postings) {
                if at % BLOCK == 0 {
                    run.fences.push(*posting);
                }
                bytes.extend_from_slice(&posting.to_le_bytes());
            }
            aside.append(run.volume, &bytes);
            written += postings.len();
            run.shelves.push(written);
        }
        run
    }

    pub fn len(&self) -> usize {
        self.shelves.last().copied().unwrap_or(0)
    }

    /// All postings of a shelf.
    pub fn shelf(&self, aside: &Aside, shelf: usize) -> Vec<u64> {
        self.read(aside, self.shelves[shelf], self.shelves[shelf + 1])
    }

    fn read(&self, aside: &Aside, from: usize, to: usize) -> Vec<u64> {
        let bytes = aside.read(self.volume, from as u64 * 8, (to - from) * 8);
        let (numbers, _) = bytes.as_chunks::<8>();
        numbers
            .iter()
            .map(|number| u64::from_le_bytes(*number))
            .collect()
    }

    /// The first `most` postings of the print that `key` (a posting with place 0) belongs to.
    pub fn of_print(&self, aside: &Aside, shelf: usize, key: u64, most: usize) -> Vec<u64> {
        let (start, end) = (self.shelves[shelf], self.shelves[shelf + 1]);
        let first_fence = start.div_ceil(BLOCK);
        let fences = self
            .fences
            .get(first_fence..end.div_ceil(BLOCK))
            .unwrap_or_default();
        let below = fences.partition_point(|&fence| fence < key);
        let mut from = match below {
            0 => start,
            n => (first_fence + n - 1) * BLOCK,
        };
        let mut found = Vec::new();
        while from < end && found.len() < most {
            let to = (from - from % BLOCK + BLOCK).min(end);
            for posting in self.read(aside, from, to) {
                if rest(posting) > rest(key) {
                    return found;
                }
                if rest(posting) == rest(key) && found.len() < most {
                    found.push(posting);
                }
            }
            from = to;
        }
        found
    }

    /// This run and a newer one as one; both are removed.
    pub fn merge(self, newer: Self, aside: &mut Aside) -> Self {
        let run = Self::write(aside, |aside, shelf| {
            let mut all = self.shelf(aside, shelf);
            all.extend(newer.shelf(aside, shelf));
            all.sort_unstable();
            all
        });
        aside.remove(self.volume);
        aside.remove(newer.volume);
        run
    }
}
