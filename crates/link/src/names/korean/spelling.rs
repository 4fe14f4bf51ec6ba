//! The set of Latin spellings that a Korean syllable may have, and how likely each is.
//!
//! Invariant: the likelihoods of a syllable's spellings add up to one, and their order is that of
//! the spellings, whatever the order of the tables.

use super::super::latin_text::{APOSTROPHE, O_BREVE, U_BREVE, letters};
use super::super::spelling_index::Spellings;
use super::hangul::Syllable;
use super::letters::{Letter, Letters, System};

/// How often a name is found in each system, over all kinds of lists.
const REVISED: f64 = 0.30;
const MCCUNE: f64 = 0.18;
const DPRK: f64 = 0.22;
const EVERYDAY: f64 = 0.30;
/// Of everyday spellings, how many are among those listed for the syllable.
const LISTED: f64 = 0.75;
/// Of McCune–Reischauer, how many keep the breves, and how many the apostrophes.
const MARKS_KEPT: f64 = 0.35;
/// Of McCune–Reischauer, how many voice the first sound, as it is between voiced sounds.
const VOICED: f64 = 0.4;
/// Each further everyday spelling is so much rarer than the one before.
const RARER: f64 = 0.55;

/// All spellings of a syllable. `listed` are spellings in use, the most frequent first.
pub(super) fn spellings<'a>(
    table: &Letters,
    syllable: Syllable,
    listed: impl Iterator<Item = &'a str>,
) -> Spellings {
    let mut all = Spellings::new();
    let mut add = |spelling: &str, share: f64| {
        *all.entry(letters(spelling)).or_default() += share;
    };
    add(&table.alone(syllable, System::RevisedRomanization), REVISED);
    add(&table.alone(syllable, System::Dprk), DPRK);
    let listed: Vec<&str> = listed.collect();
    let by_rule = if listed.is_empty() {
        EVERYDAY
    } else {
        EVERYDAY * (1.0 - LISTED)
    };
    let shares = falling(listed.len());
    for (spelling, share) in listed.iter().zip(shares) {
        add(spelling, EVERYDAY * LISTED * share);
    }
    for (spelling, share) in everyday(table.of(syllable)) {
        add(&spelling, by_rule * share);
    }
    for (mccune, share) in before_others(table.of(syllable)) {
        for (spelling, kept) in marked_or_not(&mccune) {
            add_voiced(&mut all, spelling, MCCUNE * share * kept);
        }
    }
    all
}

/// Shares that fall by [`RARER`] and add up to one.
fn falling(count: usize) -> Vec<f64> {
    let mut share = 1.0;
    let mut shares = Vec::with_capacity(count);
    for _ in 0..count {
        shares.push(share);
        share *= RARER;
    }
    let sum: f64 = shares.iter().sum();
    shares.iter().map(|share| share / sum).collect()
}

/// Every combination of the letters' everyday spellings.
fn everyday(parts: [&Letter; 3]) -> Vec<(String, f64)> {
    let mut all = vec![(String::new(), 1.0)];
    for part in parts {
        let shares = falling(part.everyday.len());
        let longer = all.iter().flat_map(|(start, so_far)| {
            let ends = part.everyday.iter().zip(&shares);
            ends.map(move |(end, share)| (format!("{start}{end}"), so_far * share))
        });
        all = longer.collect();
    }
    all
}

/// A McCune–Reischauer syllable alone, and as what follows changes its last sound: 철호 is Ch'ŏrho,
/// 백만 Paengman.
fn before_others([onset, vowel, coda]: [&Letter; 3]) -> Vec<(String, f64)> {
    let codas: &[(&str, f64)] = match coda.mccune.as_str() {
        "l" => &[("l", 0.8), ("r", 0.2)],
        "k" => &[("k", 0.8), ("g", 0.1), ("ng", 0.1)],
        "p" => &[("p", 0.8), ("b", 0.1), ("m", 0.1)],
        other => &[(other, 1.0)],
    };
    let whole =
        |(coda, share): &(&str, f64)| (format!("{}{}{coda}", onset.mccune, vowel.mccune), *share);
    codas.iter().map(whole).collect()
}

/// A McCune–Reischauer spelling with and without its breves and apostrophes.
fn marked_or_not(spelling: &str) -> Vec<(Vec<u8>, f64)> {
    let full = letters(spelling);
    let bare = |from: &[u8]| -> Vec<u8> {
        let plain = from.iter().map(|&letter| match letter {
            O_BREVE => b'o' - b'a',
            U_BREVE => b'u' - b'a',
            other => other,
        });
        plain.collect()
    };
    let quiet = |from: &[u8]| -> Vec<u8> {
        from.iter()
            .copied()
            .filter(|letter| *letter != APOSTROPHE)
            .collect()
    };
    let (kept, dropped) = (MARKS_KEPT, 1.0 - MARKS_KEPT);
    vec![
        (full.clone(), kept * kept),
        (quiet(&full), kept * dropped),
        (bare(&full), dropped * kept),
        (quiet(&bare(&full)), dropped * dropped),
    ]
}

/// Adds a McCune–Reischauer spelling, and beside it the one whose first sound is voiced.
fn add_voiced(all: &mut Spellings, spelling: Vec<u8>, share: f64) {
    let aspirated = spelling.contains(&APOSTROPHE);
    let voiced: Option<Vec<u8>> = match spelling.as_slice() {
        _ if aspirated => None,
        [first, rest @ ..] if *first == b'k' - b'a' => Some([&[b'g' - b'a'], rest].concat()),
        [first, rest @ ..] if *first == b'p' - b'a' => Some([&[b'b' - b'a'], rest].concat()),
        [c, h, rest @ ..] if *c == b'c' - b'a' && *h == b'h' - b'a' => {
            Some([&[b'j' - b'a'], rest].concat())
        }
        [first, rest @ ..] if *first == b't' - b'a' => Some([&[b'd' - b'a'], rest].concat()),
        _ => None,
    };
    if let Some(voiced) = voiced {
        *all.entry(voiced).or_default() += share * VOICED;
        *all.entry(spelling).or_default() += share * (1.0 - VOICED);
    } else {
        *all.entry(spelling).or_default() += share;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(c: char, listed: &[&str]) -> Spellings {
        let table =
            Letters::read(include_str!("../../../../../data/names/korean-letters.tsv")).unwrap();
        spellings(&table, Syllable::of(c).unwrap(), listed.iter().copied())
    }

    #[test]
    fn a_syllable_has_the_spellings_of_all_systems() {
        let all = of('정', &["jung", "jeong", "chung"]);
        for spelling in ["jeong", "jong", "chong", "chŏng", "jung", "chung", "jŏng"] {
            assert!(all.contains_key(&letters(spelling)), "{spelling}");
        }
        let sum: f64 = all.values().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        assert!(of('철', &[]).contains_key(&letters("ch'ol")));
    }
}
