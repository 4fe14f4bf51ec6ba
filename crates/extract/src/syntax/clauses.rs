//! Where the clause around a word begins and ends.
//!
//! Invariant: a clause lies in one sentence, and on one side of a quotation mark that bounds speech.

use super::Syntax;
use crate::lexicon::{Class, Table};
use crate::text::Stretch;

impl Syntax<'_, '_> {
    /// The first token of the clause that the token is in, at most `reach` tokens before it.
    pub fn near_clause_start(&self, at: u32, reach: u32) -> u32 {
        self.clause_start(at).max(at.saturating_sub(reach))
    }

    /// The end of the clause that ends with or after the token before `to`, at most `reach` tokens on.
    pub fn near_clause_end(&self, to: u32, reach: u32) -> u32 {
        self.clause_end(to.saturating_sub(1)).min(to + reach)
    }

    /// The first token of the clause that the token is in.
    pub fn clause_start(&self, at: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        let inside = document.speech_at(at);
        let mut from = at;
        while from > sentence.from && at - from < 60 {
            let before = from - 1;
            if document.is_any(before, &[";", ":", "(", "|"])
                || document.is_dash(before)
                || document.bounds_speech(before) && inside.is_some()
                || document.speech_at(before) != inside && inside.is_some()
            {
                break;
            }
            let complement = document.is_any(before, &["that", "how", "whether"])
                && before > sentence.from
                && (document
                    .hits_in(
                        Table::Speech,
                        Stretch::new(before.saturating_sub(6), before),
                    )
                    .iter()
                    .any(|hit| hit.tokens.to + 4 > before)
                    || document.is_any(before.saturating_sub(1), &["said", "found", "concluded"]));
            let relative = document.is_word(before, ",")
                && (document.is_any(
                    from,
                    &[
                        "which", "who", "while", "whereas", "although", "where", "because", "but",
                        "after", "as", "when", "if",
                    ],
                ));
            if complement || relative {
                break;
            }
            from = before;
        }
        from
    }

    /// One past the clause that the token is in.
    pub fn clause_end(&self, at: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        let inside = document.speech_at(at);
        let mut to = at;
        while to < sentence.to && to - at < 70 {
            if document.is_any(to, &[";", ":", "|", ")"])
                || inside.is_some() && document.speech_at(to) != inside
            {
                break;
            }
            let relative = document.is_word(to, ",")
                && (document.is_any(
                    to + 1,
                    &[
                        "which", "who", "while", "whereas", "although", "because", "but", "noting",
                        "adding", "after", "when", "if", "where", "despite", "they", "he", "she",
                        "it",
                    ],
                ) || self.attributes(to + 1));
            let new_clause = document.is_word(to, ",")
                && document.is_any(to + 1, &["and", "but"])
                && (document.is(to + 2, Class::FirstPerson)
                    || document.is(to + 2, Class::ThirdPerson));
            if relative || new_clause {
                break;
            }
            to += 1;
        }
        to
    }

    /// Whether an attribution of what stands before begins here: `, he said`, `, according to`.
    fn attributes(&self, at: u32) -> bool {
        !self
            .document
            .hits_in(Table::Speech, Stretch::new(at, at + 1))
            .is_empty()
    }

    /// From `from` to the end of what the verb at `verb` says: of the clause, or of the sentence when
    /// what follows belongs to it.
    pub fn saying_end(&self, from: u32, verb: u32) -> Stretch {
        let document = self.document;
        let sentence = document.sentence(verb).tokens;
        let mut to = from;
        while to < sentence.to && to - from < 90 {
            let new_verb = document.is_word(to, ",")
                && document.is_any(to + 1, &["and", "but", "adding", "noting", "saying"])
                && !document
                    .hits_in(Table::Speech, Stretch::new(to + 1, to + 4))
                    .is_empty();
            // `The men, she said, wanted names; they beat her`: she goes on, unless another speaks.
            let another = |from: u32| {
                let rest = Stretch::new(from, sentence.to);
                !document.hits_in(Table::Speech, rest).is_empty()
            };
            let between = from > verb + 1 && document.is_word(from - 1, ",");
            let ends = document.is_word(to, ";") && (!between || another(to));
            if ends || new_verb {
                break;
            }
            to += 1;
        }
        document.trimmed(Stretch::new(from, to))
    }
}
