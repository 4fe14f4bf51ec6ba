//! Words that exist in place of words that do not.
//!
//! A word without a single hit is compared with every word of the index (letter case and
//! diacritics apart as typed): the nearest by the optimal string alignment distance (Damerau
//! 1964: insert, delete, replace, exchange two neighbours), at most one step away for words of
//! four to seven characters and two for longer ones; of equals the one in most passages, then
//! the first in the alphabet. This reads the whole list of words, which is why it happens only
//! when a word was not found.

use std::collections::BTreeMap;
use tantivy::Searcher;
use tantivy::schema::Field;

/// The word of `field` nearest to `word`, if any is near enough.
pub(crate) fn nearest(
    searcher: &Searcher,
    field: Field,
    word: &str,
) -> tantivy::Result<Option<String>> {
    let wanted: Vec<char> = word.chars().collect();
    let Some(allowed) = allowed(wanted.len()) else {
        return Ok(None);
    };
    let mut near: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    let mut candidate = Vec::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut words = index.terms().stream()?;
        while words.advance() {
            // A character takes one to four bytes, so most words are passed over unread.
            let bytes = words.key();
            if bytes.len() + allowed < wanted.len() || bytes.len() > 4 * (wanted.len() + allowed) {
                continue;
            }
            let Ok(text) = std::str::from_utf8(bytes) else {
                continue;
            };
            candidate.clear();
            candidate.extend(text.chars());
            if let Some(distance) = distance(&wanted, &candidate, allowed) {
                let passages = u64::from(words.value().doc_freq);
                let known = near.entry(text.to_owned()).or_insert((distance, 0));
                known.1 += passages;
            }
        }
    }
    let best = near
        .into_iter()
        .filter(|(_, (distance, _))| *distance > 0)
        .min_by_key(|(_, (distance, passages))| (*distance, u64::MAX - passages));
    Ok(best.map(|(word, _)| word))
}

/// Steps that are allowed for a word of `len` characters.
fn allowed(len: usize) -> Option<usize> {
    match len {
        0..=3 | 41.. => None,
        4..=7 => Some(1),
        _ => Some(2),
    }
}

/// Optimal string alignment distance, when it is at most `allowed`.
fn distance(a: &[char], b: &[char], allowed: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > allowed {
        return None;
    }
    // Rows of the table for the characters of `a`: the last but one, the last, this one.
    let mut rows = [
        vec![0; b.len() + 1],
        (0..=b.len()).collect::<Vec<usize>>(),
        vec![0; b.len() + 1],
    ];
    for (i, x) in a.iter().enumerate() {
        let [before, last, now] = &mut rows;
        now[0] = i + 1;
        let mut least = now[0];
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            let mut cost = replaced.min(last[j + 1] + 1).min(now[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            now[j + 1] = cost;
            least = least.min(cost);
        }
        if least > allowed {
            return None;
        }
        rows.rotate_left(1);
    }
    let steps = rows[1][b.len()];
    (steps <= allowed).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(a: &str, b: &str) -> Option<usize> {
        let (a, b): (Vec<_>, Vec<_>) = (a.chars().collect(), b.chars().collect());
        distance(&a, &b, 2)
    }

    #[test]
    fn steps_are_counted_as_damerau_did() {
        assert_eq!(steps("torture", "torture"), Some(0));
        assert_eq!(steps("tortrue", "torture"), Some(1));
        assert_eq!(steps("tortur", "torture"), Some(1));
        assert_eq!(steps("torturre", "torture"), Some(1));
        assert_eq!(steps("tarture", "torture"), Some(1));
        assert_eq!(steps("abduktoin", "abduction"), Some(2));
        assert_eq!(steps("camp", "campaigns"), None);
        assert_eq!(steps("prison", "person"), Some(2));
        assert_eq!(steps("prison", "reason"), None);
    }
}
