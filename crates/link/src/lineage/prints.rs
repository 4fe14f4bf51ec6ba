//! Fingerprints of passages: hashes of runs of words, of which winnowing keeps some.
//!
//! Method: Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document
//! Fingerprinting" (SIGMOD 2003), in its robust form. Invariant: any two texts that share a run of
//! `SHINGLE / 2 + WINDOW - 1` words share a print, wherever the run stands in them.

use super::words::{HASH, Token, weight};

/// Weight of a run: four words, or eight characters of Han, Kana or Hangul.
pub(super) const SHINGLE: u32 = 8;

/// Of every so many runs in a row at least one is kept.
pub(super) const WINDOW: usize = 12;

/// Bits of a print's hash.
pub(super) const BITS: u32 = 36;

/// Calls `keep` with the hash ([`BITS`] bits) and first word of every print of a text.
pub(super) fn winnow(tokens: &[Token], hashes: &mut Vec<u64>, mut keep: impl FnMut(u64, u32)) {
    runs(tokens, hashes);
    let mut least: Option<usize> = None;
    for end in 0..hashes.len() {
        let start = (end + 1).saturating_sub(WINDOW);
        if let Some(at) = least.filter(|&at| at >= start) {
            if hashes[end] < hashes[at] {
                least = Some(end);
                keep(hashes[end], end as u32);
            }
        } else if end + 1 >= WINDOW.min(hashes.len()) {
            let at = rightmost_least(hashes, start, end);
            least = Some(at);
            keep(hashes[at], at as u32);
        }
    }
}

fn rightmost_least(hashes: &[u64], start: usize, end: usize) -> usize {
    let mut at = start;
    for other in start + 1..=end {
        if hashes[other] <= hashes[at] {
            at = other;
        }
    }
    at
}

/// The hash of the run that starts at each word, as far as whole runs go.
fn runs(tokens: &[Token], hashes: &mut Vec<u64>) {
    hashes.clear();
    if tokens.iter().all(|&token| weight(token) == 2) {
        hashes.extend(tokens.windows(4).map(of_words));
        return;
    }
    for start in 0..tokens.len() {
        let (mut sum, mut len) = (0, 0);
        for &token in &tokens[start..] {
            sum += weight(token);
            len += 1;
            if sum >= SHINGLE {
                break;
            }
        }
        if sum < SHINGLE {
            return;
        }
        let run = &tokens[start..start + len];
        hashes.push(if sum as usize == 2 * len {
            of_words(run)
        } else {
            of_characters(run)
        });
    }
}

const _: () = assert!(SHINGLE == 8, "four words make a run");

/// The hash of four words: their fifty-six bits side by side, mixed.
fn of_words(run: &[Token]) -> u64 {
    let bits = run
        .iter()
        .fold(0, |bits: u64, &token| bits << 14 | u64::from(token & HASH));
    spread(bits + 1)
}

/// The hash of a run with characters in it.
fn of_characters(run: &[Token]) -> u64 {
    let hash = run.iter().fold(!0u64, |hash, &token| {
        let hash = (hash ^ u64::from(token & HASH)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ hash >> 31
    });
    spread(hash)
}

fn spread(bits: u64) -> u64 {
    let mixed = (bits ^ bits >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed ^ mixed >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(tokens: &[Token]) -> Vec<(u64, u32)> {
        let mut kept = Vec::new();
        winnow(tokens, &mut Vec::new(), |hash, at| kept.push((hash, at)));
        kept
    }

    #[test]
    fn a_shared_run_of_eleven_words_shares_a_print_wherever_it_stands() {
        let shared: Vec<Token> = (0..11).map(|n| 1000 + n * 37).collect();
        for before in 0..40 {
            let own: Vec<Token> = (0..before).map(|n| 5000 + n * 11).collect();
            let text = [&own[..], &shared[..], &[9, 8, 7, 6, 5, 4, 3, 2, 1][..]].concat();
            let other = prints(&[&[77, 78, 79][..], &shared[..]].concat());
            assert!(
                prints(&text)
                    .iter()
                    .any(|(hash, _)| other.iter().any(|(h, _)| h == hash)),
                "no print shared behind {before} words"
            );
        }
    }

    #[test]
    fn a_text_shorter_than_a_run_has_no_print_and_one_of_a_run_has_one() {
        assert_eq!(prints(&[1, 2, 3]), []);
        assert_eq!(prints(&[1, 2, 3, 4]).len(), 1);
        let characters: Vec<Token> = (0..8).map(|n| 3 << 14 | n).collect();
        assert_eq!(prints(&characters).len(), 1);
        assert_eq!(prints(&characters[..7]), []);
    }

    #[test]
    fn one_word_said_over_and_over_leaves_few_prints() {
        assert!(prints(&[42; 800]).len() <= 101);
    }
}
