//! Sorts the rows of a rule by their keys. Most keys of a tight rule stand alone: they are left out
//! before anything is sorted. Invariant: rows that share a key keep their order.

/// Entries are first dealt to so many parts by their highest bits, so that a part stays in the cache.
const PARTS: usize = 64;

#[inline]
fn key(entry: u64) -> u32 {
    (entry >> 32) as u32
}

#[inline]
fn part(entry: u64) -> usize {
    (entry >> 58) as usize % PARTS
}

/// Of entries `key << 32 | row`, rows ascending, those whose keys occur more than once, by key and row.
/// Keys must be spread evenly, as hashes are.
pub(crate) fn shared_keys(entries: &[u64]) -> Vec<u64> {
    let mut ends = [0usize; PARTS];
    for &entry in entries {
        ends[part(entry)] += 1;
    }
    let mut sum = 0;
    let mut next = ends.map(|count| {
        sum += count;
        sum - count
    });
    let mut dealt = vec![0u64; entries.len()];
    for &entry in entries {
        let place = &mut next[part(entry)];
        dealt[*place] = entry;
        *place += 1;
    }
    let (mut from, mut kept) = (0, 0);
    let mut counts: Vec<u8> = Vec::new();
    for end in next {
        let length = keep_shared(&mut dealt[from..end], &mut counts);
        dealt.copy_within(from..from + length, kept);
        (from, kept) = (end, kept + length);
    }
    dealt.truncate(kept);
    dealt
}

/// Sorts a part and moves what is to be kept to its front; says how much that is.
fn keep_shared(part: &mut [u64], counts: &mut Vec<u8>) -> usize {
    // Keys are counted in small bins; where a bin holds one entry, its key stands alone.
    let bins = (4 * part.len()).next_power_of_two();
    let bin = |entry: u64| key(entry) as usize & (bins - 1);
    counts.clear();
    counts.resize(bins, 0);
    for &entry in part.iter() {
        let count = &mut counts[bin(entry)];
        *count = count.saturating_add(1);
    }
    let likely = keep_where(part, |entry, _, _| counts[bin(entry)] > 1);
    let part = &mut part[..likely];
    // What keys that are spread evenly like: three times as fast as comparing them.
    radsort::sort_by_key(part, |&entry| key(entry));
    keep_where(part, |entry, before, after| {
        let same = |other: Option<u64>| other.map(key) == Some(key(entry));
        same(before) | same(after)
    })
}

/// Moves to the front the entries of which `keep` says so, given those before and after; says how
/// many. There is no branch that the processor would guess wrong.
fn keep_where(entries: &mut [u64], keep: impl Fn(u64, Option<u64>, Option<u64>) -> bool) -> usize {
    let (mut kept, mut before) = (0, None);
    for at in 0..entries.len() {
        let entry = entries[at];
        let after = entries.get(at + 1).copied();
        entries[kept] = entry;
        kept += usize::from(keep(entry, before, after));
        before = Some(entry);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    proptest::proptest! {
        #[test]
        fn what_shares_a_key_is_kept_in_order(keys in proptest::collection::vec(0u32..40, 0..200)) {
            let spread = |key: u32| key.wrapping_mul(0x9E37_79B9);
            let entries: Vec<u64> = keys
                .iter()
                .zip(0u64..)
                .map(|(&key, row)| u64::from(spread(key)) << 32 | row)
                .collect();
            let mut runs: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
            entries.iter().for_each(|&entry| runs.entry(key(entry)).or_default().push(entry));
            let expected: Vec<u64> =
                runs.into_values().filter(|run| run.len() > 1).flatten().collect();
            proptest::prop_assert_eq!(shared_keys(&entries), expected);
        }
    }
}
