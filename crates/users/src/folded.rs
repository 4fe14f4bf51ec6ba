//! When two names are one person's.

use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: letters of any width and case are one, white space counts once, and
/// letters that nobody sees not at all.
#[must_use]
pub fn folded(name: &str) -> String {
    let seen = name.chars().filter(|&letter| !is_unseen(letter));
    let plain: String = seen.nfkc().flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Letters that nobody sees, or that turn the direction of writing: with them two names look alike
/// (format characters of Unicode, fillers, selectors of variants).
pub(crate) fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_one() {
        assert_eq!(folded(" Ann  Lee "), folded("ANN\u{a0}lee"));
        assert_eq!(folded("Ａｎｎ"), "ann");
        assert_ne!(folded("Ann"), folded("Anne"));
        for unseen in [
            "A\u{200b}nn",
            "Ann\u{202e}",
            "\u{feff}Ann",
            "A\u{2066}n\u{2069}n",
            "Ann\u{3164}",
        ] {
            assert_eq!(folded(unseen), "ann", "{unseen:?}");
        }
    }
}
