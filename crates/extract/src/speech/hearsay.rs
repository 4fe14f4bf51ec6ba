//! What somebody has from another: `Six people, he had heard from a pastor, …`, `she learned from a
//! cousin that …`.
//!
//! Invariant: whoever told it can speak, and what they told is a clause of the same sentence behind
//! `that`, or around words set apart by commas.

use super::Utterance;
use super::indirect::Finder;
use crate::lexicon::Class;
use crate::text::{Hit, Stretch};

impl Finder<'_, '_, '_> {
    pub(super) fn hearsay(&mut self, hit: &Hit) {
        let document = self.syntax.document;
        let phrase = self.syntax.phrase_at(hit.tokens.to);
        let phrase = phrase.map(|phrase| self.without_that(phrase));
        let Some(phrase) = phrase.filter(|&phrase| self.syntax.can_act(phrase)) else {
            return;
        };
        let Some(actor) = self.syntax.actor(phrase) else {
            return;
        };
        let Some((words, after)) = self.heard(hit, phrase.stretch().to) else {
            return;
        };
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let parts = [words].into_iter().chain(after).collect();
        (self.found).push(Utterance::told(entry, hit.tokens, actor, parts));
    }

    /// What was heard from those whose words end at `end`.
    fn heard(&self, hit: &Hit, end: u32) -> Option<(Stretch, Option<Stretch>)> {
        let document = self.syntax.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        // `two monks who have since reached India, …`
        let close = (end..sentence.to.min(end + 12))
            .find(|&at| document.is_any(at, &[",", "that"]))
            .filter(|&at| at == end || document.is(end, Class::Relative));
        if let Some(that) = close.filter(|&at| document.is_word(at, "that")) {
            let words = document.trimmed(Stretch::new(that + 1, sentence.to));
            return (words.len() >= 3).then_some((words, None));
        }
        let subject = self.syntax.near_subject(hit.tokens.from)?.stretch();
        let article = subject.from.saturating_sub(1);
        let article = sentence.has(article) && document.is(article, Class::Determiner);
        let lead = subject.from - u32::from(article);
        let after = close.map(|comma| document.trimmed(Stretch::new(comma + 1, sentence.to)));
        let after = after.filter(|words| words.len() >= 2);
        if lead == sentence.from {
            return after.map(|words| (words, None));
        }
        let before = document.trimmed(Stretch::new(sentence.from, lead - 1));
        let apart = document.is_word(lead - 1, ",") && !before.is_empty();
        let ends = after.is_some() || document.is_any(end, &[".", ";"]) || !sentence.has(end);
        (apart && ends).then_some((before, after))
    }
}
