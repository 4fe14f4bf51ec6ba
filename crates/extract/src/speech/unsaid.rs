//! Where a verb of saying says nothing: in questions and conditions, of what is to be said, as a
//! participle or a noun.
//!
//! Invariant: only word order decides; nothing is looked up in what was found before.

use super::indirect::Finder;
use crate::lexicon::Class;
use crate::syntax::Phrase;
use crate::text::Hit;

impl Finder<'_, '_, '_> {
    /// Whether the sentence is a question about what is said: `What has Beijing told the world?`
    pub(super) fn is_asked(&self, verb: u32) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(verb).tokens;
        let last = sentence.to.saturating_sub(1);
        let from = (sentence.from..verb)
            .rev()
            .find(|&at| document.is_any(at, &[":", ",", "and", "but", "so"]))
            .map_or(sentence.from, |at| at + 1);
        let opens = |at: u32| {
            document.is(at, Class::Auxiliary)
                || document.is(at, Class::Modal)
                || document.is_any(at, &["what", "why", "when", "where", "who", "how"])
        };
        document.is_word(last, "?") && (opens(sentence.from) || opens(from))
    }

    /// `the Secretary shall advise`, `the committee may find`: what is to be said was not.
    pub(super) fn is_to_be_said(&self, verb: u32) -> bool {
        let document = self.syntax.document;
        (self.syntax.verb_group_start(verb)..verb).any(|at| {
            document.is_any(
                at,
                &["shall", "should", "must", "may", "might", "could", "can"],
            )
        })
    }

    /// `If the Secretary finds that …`, `except where the court determines`, `After the minister finds`:
    /// nothing was said yet.
    pub(super) fn is_condition(&self, subject: u32, verb: u32) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(subject).tokens;
        let present = document.written(verb).ends_with('s');
        (subject.saturating_sub(3).max(sentence.from)..subject).any(|at| {
            document.is_any(at, &["if", "whether", "unless", "when", "should"])
                || present && document.is_any(at, &["where", "once", "until", "after", "before"])
        })
    }

    /// `a welcoming hand`, `supporting and welcoming refugees`, `thanks to`: no predicate.
    pub(super) fn is_no_predicate(&self, verb: u32, participle: bool) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(verb).tokens;
        let Some(before) = verb.checked_sub(1).filter(|&at| sentence.has(at)) else {
            return false;
        };
        let joined = participle
            && (document.is(before, Class::Conjunction) || document.is(before, Class::Determiner));
        // `a written code`: a participle that is no past.
        let adjective = document.is_any(verb, &["written", "spoken", "sworn", "sung", "begun"]);
        // `a direct say in the matter`: a noun.
        let base = verb > sentence.from + 1
            && document.is_any(
                verb,
                &[
                    "say", "claim", "report", "demand", "call", "request", "appeal",
                ],
            );
        let noun = base
            && (verb.saturating_sub(3).max(sentence.from)..verb)
                .any(|at| document.is_any(at, &["a", "an", "no", "any", "more"]))
            && document.is_plain(before);
        noun || joined
            || adjective
            || document.is_word(verb, "thanks") && document.is_word(verb + 1, "to")
    }

    /// `will continue to monitor them, raise concerns and …`: a verb in its base form behind a comma or
    /// `and` cannot be that of one body or person.
    pub(super) fn is_further_infinitive(&self, verb: u32, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(verb).tokens;
        let joined = verb.checked_sub(1).is_some_and(|before| {
            sentence.has(before)
                && (document.is_word(before, ",") || document.is(before, Class::Conjunction))
        });
        let written = document.written(verb);
        let base = !(written.ends_with("ed")
            || written.ends_with('s')
            || written.ends_with("ing")
            || document.is(verb, Class::Past)
            || document.is_any(verb, &["told", "said", "spoke", "held", "wrote", "swore"]));
        joined
            && base
            && matches!(phrase, Phrase::Entity(..))
            && self.syntax.row_ending(phrase).is_none()
    }

    /// `has not denied`, `never said`.
    pub(super) fn is_negated(&self, verb: u32) -> bool {
        let document = self.syntax.document;
        (self.syntax.verb_group_start(verb)..verb).any(|at| document.is(at, Class::Negation))
    }

    /// `was asked`, `were accused`: the subject is not who speaks.
    pub(super) fn is_passive(&self, verb: u32) -> bool {
        let document = self.syntax.document;
        let written = document.written(verb).to_lowercase();
        let participle = written.ends_with("ed")
            || matches!(
                written.as_str(),
                "told" | "said" | "held" | "found" | "shown"
            );
        participle
            && (self.syntax.verb_group_start(verb)..verb).any(|at| document.is(at, Class::Be))
    }

    /// `persons described in section 1`: a participle behind its noun.
    pub(super) fn is_reduced(&self, hit: &Hit) -> bool {
        let document = self.syntax.document;
        // `condemned in the strongest terms`
        let manner = (hit.tokens.to..hit.tokens.to + 6).any(|at| document.is_word(at, "terms"));
        hit.tokens.len() == 1
            && !manner
            && document.written(hit.tokens.from).ends_with("ed")
            && document.is_any(
                hit.tokens.to,
                &["in", "under", "above", "below", "by", "as"],
            )
    }
}
