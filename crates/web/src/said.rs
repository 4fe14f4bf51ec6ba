//! The words that carry a statement of the program, with the way to where they stand: what every
//! line about persons, demands and answers shows beside it.
//!
//! Invariant: words are shown as the source has them, in its language; what is lit was found.

use model::Span;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub lit: bool,
}

/// Cuts a text where it is lit. `marks` are characters of the text, ascending; what lies outside
/// of the text is left out.
#[must_use]
pub fn pieces(text: &str, marks: &[Span]) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().collect();
    let cut = |from: usize, to: usize, lit: bool| Piece {
        text: characters
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect(),
        lit,
    };
    let mut all = Vec::new();
    let mut at = 0;
    for mark in marks {
        let (from, to) = (mark.start as usize, mark.end as usize);
        if from < at || to > characters.len() {
            continue;
        }
        all.push(cut(at, from, false));
        all.push(cut(from, to, true));
        at = to;
    }
    all.push(cut(at, characters.len(), false));
    all.retain(|piece| !piece.text.is_empty());
    all
}

/// Words of a source, and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The words; empty where a person wrote the record without a source.
    pub quote: String,
    /// Language of the words; empty when it is not known.
    pub lang: String,
    /// Address of the passage; empty where there is no source.
    pub address: String,
    /// Title of the source.
    pub title: String,
    /// Publisher and date.
    pub about: String,
    /// Name of the record's status.
    pub status: &'static str,
    /// The status in words.
    pub status_label: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_it_is_lit() {
        let cut = pieces("김혜숙 was held", &[Span::new(0, 3), Span::new(8, 12)]);
        let shown: Vec<(&str, bool)> = cut.iter().map(|p| (p.text.as_str(), p.lit)).collect();
        let wanted = [("김혜숙", true), (" was ", false), ("held", true)];
        assert_eq!(shown, wanted);
        assert_eq!(pieces("short", &[Span::new(2, 99)]).len(), 1);
        assert!(pieces("", &[]).is_empty());
    }
}
