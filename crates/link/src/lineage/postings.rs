//! Where each print stands: sorted runs of postings, few and of growing size.
//!
//! A log-structured merge (O'Neil and others, 1996): a lookup asks a small ordered buffer and at
//! most a logarithmic number of runs. Invariant: postings of one print come out in the order in
//! which their documents were added.

use super::piles::Piles;
use super::prints::BITS;
use super::store::Aside;
use super::stored::StoredRun;
use std::collections::BTreeSet;

/// Bits of a posting that say which word of all words it is.
const PLACE_BITS: u32 = 36;
/// Bits of a print that choose its shelf; the others stand in the posting.
const SHELF_BITS: u32 = 8;
/// Shelves a run is divided into.
pub(super) const SHELVES: usize = 1 << SHELF_BITS;
const REST_BITS: u32 = BITS - SHELF_BITS;
const _: () = assert!(REST_BITS + PLACE_BITS == 64);

/// Most words that an index holds.
pub(super) const MOST_WORDS: u64 = 1 << PLACE_BITS;

/// Postings that are kept in order one by one before they become a run.
const BUFFERED: usize = 1 << 14;

/// The shelf of a print, and its posting at a place.
pub(super) fn posting(print: u64, place: u64) -> (usize, u64) {
    let shelf = (print >> REST_BITS) as usize;
    let rest = print & ((1 << REST_BITS) - 1);
    (shelf, rest << PLACE_BITS | place)
}

/// The place of a posting.
pub(super) fn place(posting: u64) -> u64 {
    posting & (MOST_WORDS - 1)
}

/// What tells postings of one print from others on its shelf.
pub(super) fn rest(posting: u64) -> u64 {
    posting >> PLACE_BITS
}

/// Postings of all shelves, sorted.
#[derive(Debug, Default)]
struct Run {
    /// Where each shelf begins; one more for the end.
    shelves: Vec<usize>,
    postings: Vec<u64>,
}

impl Run {
    fn shelf(&self, shelf: usize) -> &[u64] {
        match (self.shelves.get(shelf), self.shelves.get(shelf + 1)) {
            (Some(&from), Some(&to)) => self.postings.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The postings of the print that `key` (a posting with place 0) belongs to.
    fn of_print(&self, shelf: usize, key: u64) -> impl Iterator<Item = u64> + '_ {
        let all = self.shelf(shelf);
        let from = search(all, key);
        all[from..]
            .iter()
            .copied()
            .take_while(move |&posting| rest(posting) == rest(key))
    }
}

/// The first place in `sorted` that is not below `key`. Prints are spread evenly, so the place
/// is guessed and then corrected in growing steps.
fn search(sorted: &[u64], key: u64) -> usize {
    let guess = ((u128::from(key) * sorted.len() as u128) >> 64) as usize;
    let (mut low, mut high) = (guess, guess);
    let mut step = 8;
    while low > 0 && sorted[low - 1] >= key {
        low = low.saturating_sub(step);
        step *= 2;
    }
    step = 8;
    while high < sorted.len() && sorted[high] < key {
        high = (high + step).min(sorted.len());
        step *= 2;
    }
    low + sorted[low..high].partition_point(|&posting| posting < key)
}

/// All postings of an index.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// The newest, by shelf.
    buffer: BTreeSet<(u8, u64)>,
    /// Oldest and longest first.
    runs: Vec<Run>,
    /// Older than all others, in the store; oldest and longest first.
    stored: Vec<StoredRun>,
}

impl Postings {
    /// Puts the first `most` places of a print into `out`, in the order in which they were added.
    pub fn find(&self, aside: &Aside, print: u64, most: usize, out: &mut Vec<u64>) {
        let (shelf, key) = posting(print, 0);
        for run in &self.stored {
            let left = most.saturating_sub(out.len());
            let found = run.of_print(aside, shelf, key, left);
            out.extend(found.into_iter().map(place));
        }
        for run in &self.runs {
            let found = run.of_print(shelf, key).map(place);
            out.extend(found.take(most.saturating_sub(out.len())));
        }
        let (from, to) = (key, key | (MOST_WORDS - 1));
        let newest = self.buffer.range((shelf as u8, from)..=(shelf as u8, to));
        let left = most.saturating_sub(out.len());
        out.extend(newest.take(left).map(|&(_, p)| place(p)));
    }

    pub fn insert(&mut self, print: u64, place: u64) {
        let (shelf, posting) = posting(print, place);
        self.buffer.insert((shelf as u8, posting));
    }

    /// To be called between documents: keeps the number of runs logarithmic.
    pub fn settle(&mut self) {
        if self.buffer.len() >= BUFFERED {
            self.flush();
        }
        while let [.., older, newer] = &self.runs[..]
            && newer.postings.len() * 2 > older.postings.len()
        {
            self.merge_last();
        }
    }

    fn flush(&mut self) {
        let mut run = Run {
            shelves: Vec::with_capacity(SHELVES + 1),
            postings: Vec::with_capacity(self.buffer.len()),
        };
        for (shelf, posting) in std::mem::take(&mut self.buffer) {
            while run.shelves.len() <= shelf as usize {
                run.shelves.push(run.postings.len());
            }
            run.postings.push(posting);
        }
        run.shelves.resize(SHELVES + 1, run.postings.len());
        self.runs.push(run);
    }

    fn merge_last(&mut self) {
        let (Some(newer), Some(older)) = (self.runs.pop(), self.runs.pop()) else {
            return;
        };
        let mut run = Run {
            shelves: Vec::with_capacity(SHELVES + 1),
            postings: Vec::with_capacity(older.postings.len() + newer.postings.len()),
        };
        for shelf in 0..SHELVES {
            run.shelves.push(run.postings.len());
            merge(older.shelf(shelf), newer.shelf(shelf), &mut run.postings);
        }
        run.shelves.push(run.postings.len());
        self.runs.push(run);
    }

    /// Bytes of postings in memory.
    pub fn bytes(&self) -> usize {
        let in_runs: usize = self.runs.iter().map(|run| run.postings.len()).sum();
        (in_runs + 4 * self.buffer.len()) * 8
    }

    /// Moves all postings into the store.
    pub fn set_aside(&mut self, aside: &mut Aside) {
        self.flush();
        while self.runs.len() > 1 {
            self.merge_last();
        }
        let Some(run) = self.runs.pop() else {
            return;
        };
        let stored = StoredRun::write(aside, |_, shelf| run.shelf(shelf).to_vec());
        self.stored.push(stored);
        while let [.., older, newer] = &self.stored[..]
            && newer.len() * 2 > older.len()
        {
            if let (Some(newer), Some(older)) = (self.stored.pop(), self.stored.pop()) {
                self.stored.push(older.merge(newer, aside));
            }
        }
    }

    /// Passes over all postings together with `new` ones, shelf by shelf and sorted; the new ones
    /// and those in memory are kept as one run.
    pub fn pass(&mut self, aside: &Aside, mut new: Piles<u64>, mut visit: impl FnMut(&[u64])) {
        self.flush();
        let old = std::mem::take(&mut self.runs);
        let total = old.iter().map(|run| run.postings.len()).sum::<usize>() + new.len();
        let mut all = Run {
            shelves: Vec::with_capacity(SHELVES + 1),
            postings: Vec::with_capacity(total),
        };
        for shelf in 0..SHELVES {
            let from = all.postings.len();
            all.shelves.push(from);
            for run in &old {
                all.postings.extend_from_slice(run.shelf(shelf));
            }
            new.take(shelf, &mut all.postings);
            // Places ascend already: older runs hold older documents, and new ones come in order.
            radsort::sort_by_key(&mut all.postings[from..], |&posting| rest(posting) as u32);
            if self.stored.is_empty() {
                visit(&all.postings[from..]);
                continue;
            }
            let stored = self.stored.iter().flat_map(|run| run.shelf(aside, shelf));
            let mut together: Vec<u64> = stored.collect();
            together.extend_from_slice(&all.postings[from..]);
            together.sort_unstable();
            visit(&together);
        }
        all.shelves.push(all.postings.len());
        self.runs.push(all);
    }
}

fn merge(mut a: &[u64], mut b: &[u64], out: &mut Vec<u64>) {
    while let (Some((x, rest_a)), Some((y, rest_b))) = (a.split_first(), b.split_first()) {
        if x <= y {
            out.push(*x);
            a = rest_a;
        } else {
            out.push(*y);
            b = rest_b;
        }
    }
    out.extend_from_slice(a);
    out.extend_from_slice(b);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(n: u64) -> u64 {
        n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)
    }

    #[test]
    fn postings_come_out_in_the_order_they_went_in_however_many_there_are() {
        let mut postings = Postings::default();
        for place in 0..100_000u64 {
            postings.insert(print(place % 7_000), place);
            postings.settle();
        }
        assert!(postings.runs.len() <= 5, "{} runs", postings.runs.len());
        for n in [0, 1, 3_500, 6_999] {
            let mut found = Vec::new();
            postings.find(&Aside::default(), print(n), usize::MAX, &mut found);
            let wanted: Vec<u64> = (0..100_000).filter(|place| place % 7_000 == n).collect();
            assert_eq!(found, wanted);
        }
        let mut found = Vec::new();
        postings.find(&Aside::default(), print(7_001), usize::MAX, &mut found);
        assert!(found.is_empty());
    }

    #[test]
    fn a_pass_sees_old_and_new_together_and_keeps_them() {
        let mut postings = Postings::default();
        postings.insert(print(1), 5);
        let mut new = Piles::new(SHELVES);
        let (shelf, posting) = posting(print(1), 9);
        new.push(shelf, posting);
        let mut seen = Vec::new();
        postings.pass(&Aside::default(), new, |all| {
            seen.extend(all.iter().map(|&p| place(p)))
        });
        assert_eq!(seen, [5, 9]);
        let mut found = Vec::new();
        postings.find(&Aside::default(), print(1), usize::MAX, &mut found);
        assert_eq!(found, [5, 9]);
    }
}
