//! Speech told by a noun: `the finding of the High Commissioner that …`, `Tehran's claim that …`.
//!
//! Invariant: the words name whose it is; a noun of nobody's (`the claim that`) is no statement.

use super::Utterance;
use crate::lexicon::{Class, Frame, Table};
use crate::syntax::{Phrase, Syntax};
use crate::text::{Hit, Part, Stretch};

/// The most words of a name between the noun and `that`.
const NAME: u32 = 14;

/// Finds what is told by nouns.
pub(super) fn find(syntax: &Syntax) -> Vec<Utterance> {
    let document = syntax.document;
    let hits = document.hits(Table::Speech).iter().filter(|hit| {
        document.lexicon.speeches[hit.entry as usize]
            .frames
            .contains(&Frame::Nominal)
            && document.part(hit.tokens.from) == Part::Body
            && document.quotation_at(hit.tokens.from).is_none()
            && !syntax.is_named(hit.tokens)
    });
    hits.filter_map(|hit| utterance(syntax, hit)).collect()
}

fn utterance(syntax: &Syntax, hit: &Hit) -> Option<Utterance> {
    let document = syntax.document;
    let entry = &document.lexicon.speeches[hit.entry as usize];
    let sentence = document.sentence(hit.tokens.from).tokens;
    let last = hit.tokens.to - 1;
    let (phrase, that) = if document.is_word(last, "that") {
        let owner = hit.tokens.from.checked_sub(1)?;
        let owned = sentence.has(owner) && document.is_word(owner, "'s");
        let phrase = syntax.ending_with(owner).filter(|_| owned)?;
        (phrase, last)
    } else {
        let near = Stretch::new(hit.tokens.to, sentence.to.min(hit.tokens.to + NAME));
        let that = near
            .tokens()
            .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Auxiliary))
            .find(|&at| document.is_word(at, "that"))?;
        let phrase = match syntax.phrase_at(hit.tokens.to)? {
            Phrase::Words(_) => {
                let owner = Stretch::new(hit.tokens.to, that);
                // `reports by local monitors indicate that`
                let verb = (owner.tokens().skip(1))
                    .find(|&at| is_verb_of_saying(syntax, at) && !syntax.is_not_finite(at));
                Phrase::Words(Stretch::new(owner.from, verb.unwrap_or(that)))
            }
            named => named,
        };
        (phrase, that)
    };
    if matches!(phrase, Phrase::Pronoun(_)) || !syntax.can_act(phrase) {
        return None;
    }
    let actor = syntax.actor(phrase)?;
    let words = syntax.saying_end(that + 1, hit.tokens.from);
    (words.len() >= 3).then(|| Utterance::told(entry, hit.tokens, actor, vec![words]))
}

fn is_verb_of_saying(syntax: &Syntax, at: u32) -> bool {
    let near = Stretch::new(at, at + 1);
    !syntax.document.hits_in(Table::Speech, near).is_empty()
}
