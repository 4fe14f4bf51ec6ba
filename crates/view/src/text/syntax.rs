//! What a person types to search: words, "exact phrases", -exclusions and OR.
//!
//! All words must stand in the passage. `OR` between two of them asks for one or the other;
//! quotes ask for exactly these words in this order; a hyphen before a word or phrase excludes
//! it. Anything else (brackets, slashes, lone signs) separates words and means nothing.
//!
//! Invariant: parsing is linear in the text, the text is bounded by [`LONGEST`], and no text
//! panics.

use crate::{Error, Result};
use std::fmt;

/// Longest search in characters.
const LONGEST: usize = 1_000;
/// Most words and phrases in one search.
const MOST: usize = 64;

/// A word or phrase to look for, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The words.
    pub(crate) text: String,
    /// Whether they stood in quotes.
    pub(crate) quoted: bool,
}

/// A search, understood.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Parsed {
    /// Each of these must be found; of each, one of the alternatives.
    pub(crate) all: Vec<Vec<Wanted>>,
    /// None of these may be found.
    pub(crate) none: Vec<Wanted>,
}

/// Understands what was typed.
///
/// # Errors
/// When it is longer than allowed, or holds no word to look for.
pub(crate) fn parse(typed: &str) -> Result<Parsed> {
    if typed.chars().nth(LONGEST).is_some() {
        let why = format!("it is longer than {LONGEST} characters; use fewer words");
        return Err(Error::Query(why));
    }
    let mut parsed = Parsed::default();
    let mut either = false;
    let mut count = 0;
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (piece, later) = next_piece(rest);
        rest = later.trim_start();
        let Piece { wanted, excluded } = piece;
        if !wanted.quoted && !excluded && wanted.text == "OR" {
            either = true;
            continue;
        }
        if !wanted.text.chars().any(char::is_alphanumeric) {
            continue;
        }
        count += 1;
        if count > MOST {
            let why = format!("it has more than {MOST} words and phrases; use fewer");
            return Err(Error::Query(why));
        }
        match parsed.all.last_mut() {
            _ if excluded => parsed.none.push(wanted),
            Some(alternatives) if either => alternatives.push(wanted),
            _ => parsed.all.push(vec![wanted]),
        }
        either = false;
    }
    if parsed.all.is_empty() {
        let why = match parsed.none.is_empty() {
            true => "there is no word in it",
            false => "it only says what must not be found; add a word to look for",
        };
        return Err(Error::Query(why.to_owned()));
    }
    Ok(parsed)
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.quoted {
            true => write!(f, "\"{}\"", self.text),
            false => f.write_str(&self.text),
        }
    }
}

/// The search as it could have been typed.
impl fmt::Display for Parsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for alternatives in &self.all {
            for wanted in alternatives {
                write!(f, "{between}{wanted}")?;
                between = " OR ";
            }
            between = " ";
        }
        self.none
            .iter()
            .try_for_each(|wanted| write!(f, " -{wanted}"))
    }
}

struct Piece {
    wanted: Wanted,
    excluded: bool,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The first word or phrase of `text`, which does not begin with a space, and what follows it.
/// A quote that is not closed reaches to the end.
fn next_piece(text: &str) -> (Piece, &str) {
    let (excluded, text) = match text.strip_prefix(['-', '−']) {
        Some(rest) if rest.chars().next().is_some_and(|c| !c.is_whitespace()) => (true, rest),
        _ => (false, text),
    };
    let piece = |text: &str, quoted| Piece {
        wanted: Wanted {
            text: text.to_owned(),
            quoted,
        },
        excluded,
    };
    if let Some(phrase) = text.strip_prefix(is_quote) {
        return match phrase.split_once(is_quote) {
            Some((phrase, later)) => (piece(phrase, true), later),
            None => (piece(phrase, true), ""),
        };
    }
    let end = text
        .find(|c: char| c.is_whitespace() || is_quote(c))
        .unwrap_or(text.len());
    let (word, later) = text.split_at(end);
    (piece(word, false), later)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn shown(typed: &str) -> String {
        let parsed = parse(typed).unwrap();
        assert_eq!(parse(&parsed.to_string()).unwrap(), parsed, "{parsed}");
        let one = |wanted: &Wanted| match wanted.quoted {
            true => format!("“{}”", wanted.text),
            false => wanted.text.clone(),
        };
        let all = parsed.all.iter().map(|either| {
            let either: Vec<_> = either.iter().map(one).collect();
            either.join("|")
        });
        let none = parsed.none.iter().map(|wanted| format!("!{}", one(wanted)));
        all.chain(none).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_phrases_exclusions_and_alternatives() {
        assert_eq!(shown("forced labour"), "forced labour");
        assert_eq!(shown("\"forced labour\" camp"), "“forced labour” camp");
        assert_eq!(shown("“forced labour” -camp"), "“forced labour” !camp");
        assert_eq!(shown("camp -\"forced labour\""), "camp !“forced labour”");
        assert_eq!(
            shown("torture OR ill-treatment camp"),
            "torture|ill-treatment camp"
        );
        assert_eq!(shown("a OR \"b c\" OR d"), "a|“b c”|d");
        assert_eq!(shown("OR camp OR"), "camp");
        assert_eq!(shown("camp - ( ) \"\" ''"), "camp");
        assert_eq!(shown("an \"unclosed quote"), "an “unclosed quote”");
        assert_eq!(shown("word\"phrase one\"word"), "word “phrase one” word");
        assert_eq!(shown("정치범 수용소"), "정치범 수용소");
    }

    #[test]
    fn a_search_without_a_word_says_so() {
        for typed in ["", "  ", "\"\"", "- OR ()", "OR"] {
            assert!(
                parse(typed).unwrap_err().to_string().contains("no word"),
                "{typed}"
            );
        }
        assert!(parse("-camp").unwrap_err().to_string().contains("must not"));
        assert!(parse(&"x".repeat(1_001)).is_err());
        assert!(parse(&"x ".repeat(65)).is_err());
        assert!(parse(&"x ".repeat(64)).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_panics(typed in "[-\"“” OR\\PC]{0,60}") {
            let _ = parse(&typed);
        }
    }
}
