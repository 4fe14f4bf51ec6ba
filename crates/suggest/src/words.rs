//! Where words that a model copied stand in the text.
//!
//! Invariant: what is found is a stretch of the text itself. Runs of blanks count as one blank, and
//! typographic marks as their plain ones, because models write them so; every other letter must be
//! the same.

use std::ops::Range;

/// A stretch of text in which words can be looked for.
pub(crate) struct Folded {
    /// The stretch with blanks and marks made plain.
    plain: String,
    /// For each byte of `plain` at which a character begins: where it begins in the text.
    places: Vec<(usize, usize)>,
    /// The byte at which the stretch ends in the text.
    end: usize,
}

impl Folded {
    /// The bytes `within` of `text`.
    pub fn new(text: &str, within: Range<usize>) -> Self {
        let (mut plain, mut places) = (String::new(), Vec::new());
        let mut blank = true;
        for (at, letter) in text[within.clone()].char_indices() {
            let letter = fold(letter);
            if letter == ' ' && blank {
                continue;
            }
            blank = letter == ' ';
            places.push((plain.len(), within.start + at));
            plain.push(letter);
        }
        Self {
            plain,
            places,
            end: within.end,
        }
    }

    /// The first place of `words` that does not cut a word in two, as bytes of the text.
    pub fn find(&self, words: &str) -> Option<Range<usize>> {
        let wanted = folded(words);
        if wanted.is_empty() {
            return None;
        }
        let whole = |at: &usize| {
            let end = at + wanted.len();
            let before = self.plain[..*at].chars().next_back();
            let after = self.plain[end..].chars().next();
            !joined(before, wanted.chars().next()) && !joined(wanted.chars().next_back(), after)
        };
        let mut found = self.plain.match_indices(&wanted).map(|(at, _)| at);
        let at = found.find(whole)?;
        let last = wanted.chars().next_back()?;
        let from = self.place(at)?;
        let to = self.place(at + wanted.len() - last.len_utf8())?;
        Some(from..self.after(to))
    }

    /// Where the character that begins at `at` of the plain text begins in the text.
    fn place(&self, at: usize) -> Option<usize> {
        let found = self
            .places
            .binary_search_by_key(&at, |place| place.0)
            .ok()?;
        Some(self.places[found].1)
    }

    /// One past the character at `at` of the text, which is the next one's beginning or a blank's.
    fn after(&self, at: usize) -> usize {
        let found = self.places.partition_point(|place| place.1 <= at);
        self.places.get(found).map_or(self.end, |place| place.1)
    }
}

/// Words with blanks and marks made plain, without blanks at the ends.
fn folded(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").chars().map(fold).collect()
}

fn fold(letter: char) -> char {
    match letter {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' => '\'',
        '‐' | '‑' | '–' | '—' => '-',
        letter if letter.is_whitespace() => ' ',
        letter => letter,
    }
}

/// Whether two neighbours are of one word in a script that sets words apart. Korean joins particles
/// to words, Japanese sets nothing apart: there any place counts.
fn joined(before: Option<char>, after: Option<char>) -> bool {
    let of_word = |letter: char| {
        letter.is_alphanumeric() && (letter.is_ascii() || ('\u{c0}'..'\u{1100}').contains(&letter))
    };
    before.is_some_and(of_word) && after.is_some_and(of_word)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn find<'t>(text: &'t str, words: &str) -> Option<&'t str> {
        let found = Folded::new(text, 0..text.len()).find(words)?;
        Some(&text[found])
    }

    #[test]
    fn blanks_and_typographic_marks_are_no_difference() {
        let text = "She said:  “The guards\n beat\u{a0}him – twice.”";
        assert_eq!(find(text, "the guards"), None, "letters must be the same");
        assert_eq!(
            find(text, "\"The guards beat him - twice.\""),
            Some("“The guards\n beat\u{a0}him – twice.”")
        );
        assert_eq!(find(text, " said: "), Some("said:"));
    }

    #[test]
    fn words_are_not_cut_in_two_but_particles_are_split_off() {
        assert_eq!(find("Korean courts", "Korea"), None);
        assert_eq!(find("North Korea’s courts", "Korea"), Some("Korea"));
        assert_eq!(find("북한에서 고문당했다", "북한"), Some("북한"));
    }

    #[test]
    fn nothing_and_what_is_not_there_are_not_found() {
        assert_eq!(find("some words", "  "), None);
        assert_eq!(find("some words", "other words"), None);
        assert_eq!(find("", "x"), None);
    }

    #[test]
    fn only_the_stretch_is_looked_through() {
        let text = "first part. second part.";
        assert!(Folded::new(text, 0..11).find("second").is_none());
        let found = Folded::new(text, 12..text.len()).find("part").unwrap();
        assert_eq!(found, 19..23);
    }
}
