//! When two names are one person's.

use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: letters of any width and case are one, white space counts once.
#[must_use]
pub fn folded(name: &str) -> String {
    let plain: String = name.nfkc().flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_one() {
        assert_eq!(folded(" Ann  Lee "), folded("ANN\u{a0}lee"));
        assert_eq!(folded("Ａｎｎ"), "ann");
        assert_ne!(folded("Ann"), folded("Anne"));
    }
}
