//! The stretches of a sentence that are looked at one by one: clauses, as far as marks tell.
//!
//! Invariant: units ascend, do not overlap and hold at most [`MOST`] words.

/// The fewest words of a unit.
pub const LEAST: usize = 4;

/// The most words of a unit.
const MOST: usize = 28;

/// Words `from..to` of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unit {
    /// Number of the first word.
    pub from: usize,
    /// One past the last.
    pub to: usize,
}

/// The units of a sentence, given by its words and marks.
#[must_use]
pub fn units(words: &[&str]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut from = 0;
    for (at, word) in words.iter().enumerate() {
        let ends = matches!(
            *word,
            ";" | ":" | "–" | "—" | "(" | ")" | "“" | "”" | "\"" | "|" | "•"
        );
        if ends {
            whole(words, from, at, &mut units);
            from = at + 1;
        }
    }
    whole(words, from, words.len(), &mut units);
    units.retain(|unit| unit.to - unit.from >= LEAST);
    units
}

/// Cuts a stretch at its commas where it is too long, and joins what is between them as far as fits.
fn whole(words: &[&str], from: usize, to: usize, units: &mut Vec<Unit>) {
    let mut start = from;
    while to - start > MOST {
        let comma = (start + LEAST..start + MOST)
            .rev()
            .find(|&at| words.get(at) == Some(&","));
        let joined = || {
            (start + LEAST..start + MOST).rev().find(|&at| {
                let word = words.get(at).copied().unwrap_or_default();
                matches!(
                    word,
                    "and" | "but" | "while" | "who" | "which" | "that" | "where"
                )
            })
        };
        let end = comma.or_else(joined).unwrap_or(start + MOST);
        units.push(Unit {
            from: start,
            to: end,
        });
        start = end;
    }
    units.push(Unit { from: start, to });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_at_marks() {
        let text = "one two three four ; five six seven eight nine , ten";
        let words: Vec<&str> = text.split(' ').collect();
        assert_eq!(
            units(&words),
            [Unit { from: 0, to: 4 }, Unit { from: 5, to: 12 }]
        );
        let long = vec!["word"; 100];
        let cut = units(&long);
        assert!(cut.len() >= 4 && cut.iter().all(|unit| unit.to - unit.from <= MOST));
        assert!(cut.windows(2).all(|two| two[0].to <= two[1].from));
    }
}
