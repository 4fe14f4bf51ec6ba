//! Reads Latin letters as syllables of a given name: the likeliest way to cut them, with at most one
//! letter wrong.
//!
//! Invariant: time is bounded by the length (at most [`LONGEST`] letters a part) and by the number
//! of spellings one letter away; the same letters give the same syllables. After Viterbi (1967).

use super::latin_text::{ALPHABET, APOSTROPHE};
use super::spelling_index::SpellingIndex;
use super::trie::{At, Trie};

/// The longest part that is read, in letters.
const LONGEST: usize = 24;
/// The cost of a wrong letter, as a logarithm in hundredths.
const WRONG_LETTER: i32 = -650;
/// Worse than any score.
const NEVER: i32 = i32::MIN / 4;

/// What a given name of no, one, two, three, four syllables costs, as a logarithm in hundredths.
pub(super) type Counts = [i32; 5];

/// A way to cut a given name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Decoded {
    /// Logarithm of its likelihood, in hundredths.
    pub score: i32,
    /// Numbers of the entries of the given-name spellings.
    pub entries: Vec<u16>,
    /// Whether a letter had to be taken as wrong.
    pub repaired: bool,
}

/// The best way to a place of the letters.
#[derive(Clone, Copy)]
struct Step {
    score: i32,
    from: (u8, u8),
    entry: u16,
}

const NOWHERE: Step = Step {
    score: NEVER,
    from: (0, 0),
    entry: u16::MAX,
};

/// Reads the parts of a given name (cut at hyphens and spaces, which end a syllable). To `mend` is
/// to take one letter as wrong where there is no other way.
pub(super) fn decode<'a>(
    index: &SpellingIndex,
    counts: &Counts,
    parts: impl Iterator<Item = &'a [u8]>,
    mend: bool,
) -> Option<Decoded> {
    let mut all = Decoded {
        score: 0,
        entries: Vec::new(),
        repaired: false,
    };
    for part in parts {
        let mut found = cut(index, part, false);
        if found.is_none() && mend && !all.repaired {
            found = cut(index, part, true);
            all.repaired = true;
        }
        let (score, mut entries) = found?;
        all.score += score;
        all.entries.append(&mut entries);
    }
    let count = counts.get(all.entries.len()).copied()?;
    all.score += count;
    (!all.entries.is_empty()).then_some(all)
}

/// The best way to cut one part; with `repair`, one letter may be wrong.
fn cut(index: &SpellingIndex, part: &[u8], repair: bool) -> Option<(i32, Vec<u16>)> {
    if part.is_empty() || part.len() > LONGEST {
        return None;
    }
    let mut best = [[NOWHERE; 2]; LONGEST + 1];
    best[0][0].score = 0;
    for start in 0..part.len() {
        for edits in 0..=usize::from(repair) {
            let so_far = best[start][edits].score;
            if so_far == NEVER {
                continue;
            }
            if part[start] == APOSTROPHE && so_far > best[start + 1][edits].score {
                best[start + 1][edits] = Step {
                    score: so_far,
                    ..best[start][edits]
                };
            }
            let from = (small(start), small(edits));
            let mut reach = |end: usize, edits: usize, entry: u16, cost: i32| {
                let score = so_far + index.score(entry) + cost;
                if score > best[end][edits].score {
                    best[end][edits] = Step { score, from, entry };
                }
            };
            walk(&index.trie, &part[start..], |length, entry| {
                reach(start + length, edits, entry, 0);
            });
            if repair && edits == 0 {
                walk_wrong(&index.trie, &part[start..], |length, entry| {
                    reach(start + length, 1, entry, WRONG_LETTER);
                });
            }
        }
    }
    trace(&best, part.len())
}

fn small(n: usize) -> u8 {
    u8::try_from(n).expect("no more than LONGEST")
}

/// Follows the steps back from the end.
fn trace(best: &[[Step; 2]; LONGEST + 1], end: usize) -> Option<(i32, Vec<u16>)> {
    let edits = usize::from(best[end][1].score > best[end][0].score);
    let score = best[end][edits].score;
    if score == NEVER {
        return None;
    }
    let mut entries = Vec::with_capacity(2);
    let mut at = (end, edits);
    while at != (0, 0) {
        let step = best[at.0][at.1];
        if step.entry == u16::MAX {
            break;
        }
        entries.push(step.entry);
        at = (usize::from(step.from.0), usize::from(step.from.1));
    }
    entries.reverse();
    (!entries.is_empty()).then_some((score, entries))
}

/// The listed spellings that begin here: their lengths and entries.
pub(super) fn walk(trie: &Trie, letters: &[u8], mut found: impl FnMut(usize, u16)) {
    let mut at = Trie::ROOT;
    for (length, &letter) in letters.iter().enumerate() {
        let Some(next) = trie.step(at, letter) else {
            return;
        };
        at = next;
        if let Some(entry) = trie.entry(at) {
            found(length + 1, entry);
        }
    }
}

/// The listed spellings that begin here when one letter is wrong, missing, too many or swapped
/// with the next.
fn walk_wrong(trie: &Trie, letters: &[u8], mut found: impl FnMut(usize, u16)) {
    let mut at = Some(Trie::ROOT);
    for place in 0..=letters.len() {
        let Some(here) = at else { return };
        for other in 0..u8::try_from(ALPHABET).expect("a small alphabet") {
            let Some(next) = trie.step(here, other) else {
                continue;
            };
            // A letter was left out.
            follow(trie, next, letters, place, &mut found);
            // Another letter stands here.
            if letters.get(place).is_some_and(|letter| *letter != other) {
                follow(trie, next, letters, place + 1, &mut found);
            }
        }
        let Some(&letter) = letters.get(place) else {
            return;
        };
        // A letter too many.
        follow(trie, here, letters, place + 1, &mut found);
        // Two letters changed places.
        if let Some(&second) = letters.get(place + 1) {
            let swapped = trie
                .step(here, second)
                .and_then(|next| trie.step(next, letter));
            if let Some(next) = swapped {
                follow(trie, next, letters, place + 2, &mut found);
            }
        }
        at = trie.step(here, letter);
    }
}

/// The spellings that go on from a node without a further wrong letter.
fn follow(trie: &Trie, from: At, letters: &[u8], place: usize, found: &mut impl FnMut(usize, u16)) {
    let mut at = from;
    let mut length = place;
    loop {
        if let Some(entry) = trie.entry(at)
            && length > 0
        {
            found(length, entry);
        }
        let Some(next) = letters
            .get(length)
            .and_then(|letter| trie.step(at, *letter))
        else {
            return;
        };
        at = next;
        length += 1;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::korean::LEXICON;
    use super::super::latin_text::letters;
    use super::*;

    fn read(text: &str) -> (String, bool) {
        let parts: Vec<Vec<u8>> = text.split([' ', '-']).map(letters).collect();
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let decoded = decode(&LEXICON.given_spellings, &[0; 5], parts.into_iter(), true).unwrap();
        let first = |entry: &u16| {
            let row = LEXICON.given_spellings.entry(*entry).candidates[0].0;
            LEXICON.syllables[usize::from(row)].hangul
        };
        (
            decoded.entries.iter().map(first).collect(),
            decoded.repaired,
        )
    }

    #[test]
    fn a_joined_name_is_cut_where_it_is_likely() {
        for (latin, hangul) in [
            ("hyesuk", "혜숙"),
            ("Hye-sook", "혜숙"),
            ("Hye Suk", "혜숙"),
            ("youngsoon", "영순"),
            ("kyŏngsu", "경수"),
            ("ch'ŏlsu", "철수"),
            ("Eun-ju", "은주"),
        ] {
            assert_eq!(read(latin), (hangul.to_owned(), false), "{latin}");
        }
    }

    #[test]
    fn one_wrong_letter_is_forgiven() {
        for (latin, hangul) in [
            ("hyesukx", "혜숙"),
            ("youngsxoon", "영순"),
            ("kwnagsu", "광수"),
        ] {
            assert_eq!(read(latin), (hangul.to_owned(), true), "{latin}");
        }
    }

    #[test]
    fn what_is_no_korean_name_is_not_read() {
        for text in [
            "washington",
            "xxxxxxxx",
            "",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            assert_eq!(
                decode(
                    &LEXICON.given_spellings,
                    &[0; 5],
                    std::iter::once(letters(text).as_slice()),
                    true
                ),
                None,
                "{text}"
            );
        }
    }
}
