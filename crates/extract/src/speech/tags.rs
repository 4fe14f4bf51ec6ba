//! Attributions behind, within and before what was said in other words: `…, the expert warned, …`,
//! `…, said the expert`, `according to X, …`.
//!
//! Invariant: a tag behind stands between a comma and a mark or a preposition; what stands before it
//! is a clause of the same sentence.

use super::Utterance;
use super::indirect::Finder;
use crate::lexicon::{Class, Frame, Table};
use crate::syntax::{Phrase, Syntax};
use crate::text::{Hit, Stretch};

/// The most words behind the verb of `As she noted in her last report, …`.
const ASIDE: u32 = 9;

/// The most words of those who are told something.
const LISTENER: u32 = 6;

/// The most words between `in` and the `'s` of whose view it is.
const OWNER: u32 = 10;

impl Finder<'_, '_, '_> {
    /// `…, a United Nations expert has said`, `…, said the expert`: the clause before an attribution
    /// at its end, with what goes on behind an attribution in the middle.
    pub(super) fn told_before(&self, hit: &Hit) -> Option<(Stretch, Option<Stretch>)> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let sentence = document.sentence(hit.tokens.from).tokens;
        let next = self.behind_listener(hit, sentence);
        let ends = !sentence.has(next)
            || !document.is_plain(next)
            || document.is(next, Class::Preposition) && !document.is_word(next, "to")
            || document.is(next, Class::Weekday)
            || document.is_any(next, &["today", "yesterday", "later", "earlier"]);
        if !entry.frames.contains(&Frame::Quote) || !ends {
            return None;
        }
        let phrase = self.syntax.subject(hit.tokens.from)?;
        if let Some(words) = self.as_said(hit, phrase, sentence) {
            return Some((words, None));
        }
        let first = self.with_others(phrase).stretch().from;
        let comma = first.checked_sub(1).filter(|&at| sentence.has(at))?;
        let comma = if document.is(comma, Class::Determiner) {
            comma.checked_sub(1)?
        } else {
            comma
        };
        if !document.is_word(comma, ",") {
            return None;
        }
        let before = document.trimmed(Stretch::new(sentence.from, comma));
        let speaks = before
            .tokens()
            .all(|at| !document.bounds_speech(at) && !document.is_word(at, ":"));
        // `Today, alongside the release of the plan, the agency announced …` has nothing said before it.
        let is_verb = |at: u32| {
            let written = document.written(at);
            document.is(at, Class::Auxiliary) && !document.is_word(at, "'s")
                || document.is(at, Class::Modal)
                || document.is(at, Class::Past)
                || document.is_any(at, &["remain", "remains"])
                || written.len() > 4 && written.ends_with("ed") && !document.is_capital(at)
        };
        let told = !sentence.has(next) || document.is_any(next, &[".", ";"]);
        // `Beijing tortures detainees, the rapporteur said.`
        let acts = document
            .hits_in(Table::Violation, before)
            .iter()
            .any(|hit| document.written(hit.tokens.from).ends_with('s'));
        let begun = document.is(before.from, Class::ThirdPerson);
        let predicates = before.tokens().any(is_verb) || told && (begun || acts);
        // `On board, the groups say, were hundreds of people.`
        let predicates =
            predicates || document.is_word(next, ",") && document.is(next + 1, Class::Be);
        // `Most of them, the lawyers say, have never seen a judge.`
        // `Police, his sister says, beat him.`
        let acts_on = |at: u32| {
            let one = Stretch::new(at, at + 1);
            !document.hits_in(Table::Violation, one).is_empty()
        };
        let rest = (next + 1..sentence.to.min(next + 12))
            .find(|&at| is_verb(at) || at == next + 1 && acts_on(at));
        let between = document.is_word(next, ",")
            && rest.is_some()
            && !document.is(next + 1, Class::Preposition)
            && !document.is(next + 1, Class::Relative)
            && !document.written(next + 1).ends_with("ing");
        let predicates = predicates || between;
        let open = document.is(before.from, Class::Subordinator);
        let pronoun = matches!(phrase, Phrase::Pronoun(_))
            && !document.is(before.from, Class::Preposition)
            && before.len() >= 3;
        if !speaks || !(predicates || open || pronoun) {
            return None;
        }
        if document.is_word(next, ",") && sentence.has(next + 1) {
            let after = self.syntax.saying_end(next + 1, hit.tokens.from);
            let goes_on = (before.len() >= 2 || between) && after.len() >= 2;
            return goes_on.then_some((before, Some(after)));
        }
        let least = if told { 3 } else { 4 };
        (before.len() >= least).then_some((before, None))
    }

    /// `…, residents and the UN have said`: those who say it with the subject, set apart by a comma.
    pub(super) fn with_others(&self, phrase: Phrase) -> Phrase {
        let document = self.syntax.document;
        let words = phrase.stretch();
        let sentence = document.sentence(words.from).tokens;
        let article = document.is(words.from.saturating_sub(1), Class::Determiner);
        let Some(and) = words.from.checked_sub(1 + u32::from(article)) else {
            return phrase;
        };
        if !sentence.has(and) || !document.is_word(and, "and") {
            return phrase;
        }
        let others = self.syntax.words_before(and, sentence);
        let apart = others.from > sentence.from && document.is_word(others.from - 1, ",");
        match apart && !others.is_empty() && self.syntax.is_people(Phrase::Words(others)) {
            true => Phrase::Words(Stretch::new(others.from, words.to)),
            false => phrase,
        }
    }

    /// `As the expert said, the families have waited`; `the families, as the expert said, have …`.
    fn as_said(&self, hit: &Hit, phrase: Phrase, sentence: Stretch) -> Option<Stretch> {
        let document = self.syntax.document;
        let mut at = phrase.stretch().from;
        if at > sentence.from && document.is(at - 1, Class::Determiner) {
            at -= 1;
        }
        let lead = at.checked_sub(1).filter(|&at| sentence.has(at))?;
        let next = hit.tokens.to;
        if !document.is_word(lead, "as") {
            return None;
        }
        // `As she noted in her last report, …`
        let comma = (next..sentence.to.min(next + ASIDE))
            .take_while(|&at| document.is_plain(at) || document.is_word(at, ","))
            .find(|&at| document.is_word(at, ","));
        let words = if lead == sentence.from
            && let Some(comma) = comma
        {
            self.syntax.saying_end(comma + 1, hit.tokens.from)
        } else if document.is_word(lead.checked_sub(1)?, ",") && !document.is_plain(next) {
            Stretch::new(sentence.from, lead - 1)
        } else {
            return None;
        };
        let words = document.trimmed(words);
        (words.len() >= 4).then_some(words)
    }

    /// Behind those who are told something at the end of a sentence: `, her friends tell us.`, `, a
    /// witness told the agency.`
    pub(super) fn behind_listener(&self, hit: &Hit, sentence: Stretch) -> u32 {
        let document = self.syntax.document;
        let at = hit.tokens.to;
        let pronoun = document.is_any(at, &["us", "me", "them", "reporters", "journalists"]);
        let mut verb = hit.tokens.tokens();
        // `told the judges that guards …`: what is told begins.
        let begins = |at: u32| {
            document.is_any(at, &["that", "how", "of", "about", "why"])
                || document.is(at, Class::Past)
                || document.is(at, Class::ThirdPerson)
        };
        let tells = verb.any(|at| document.is_any(at, &["told", "tells", "tell", "informed"]));
        let heard = |phrase: &Phrase| {
            // `told the commission of inquiry`
            let mut words = phrase.stretch().tokens();
            let goes_on = words.any(|at| begins(at) && !document.is_word(at, "of"));
            tells && !begins(at.saturating_sub(1)) && !goes_on
        };
        let to = match pronoun {
            true => at + 1,
            false => {
                (self.syntax.phrase_at(at).filter(heard)).map_or(at, |phrase| phrase.stretch().to)
            }
        };
        let ends = !sentence.has(to) || document.is_any(to, &[".", ",", ";"]);
        match ends && to - at <= LISTENER {
            true => to,
            false => at,
        }
    }

    /// `…, said the expert`: the subject behind the verb.
    pub(super) fn inverted(&self, hit: &Hit) -> Option<(Stretch, Phrase)> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let sentence = document.sentence(hit.tokens.from).tokens;
        let comma = hit.tokens.from.checked_sub(1)?;
        let tag = sentence.has(comma) && document.is_word(comma, ",") && entry.anyone;
        let phrase = self.syntax.phrase_at(hit.tokens.to).filter(|_| tag)?;
        let named = matches!(phrase, Phrase::Entity(..)) || self.syntax.can_act(phrase);
        let after = phrase.stretch().to;
        let ends =
            !sentence.has(after) || !document.is_plain(after) || document.is(after, Class::Weekday);
        if !ends {
            return None;
        }
        let words = document.trimmed(Stretch::new(sentence.from, comma));
        let speaks = words.tokens().all(|at| !document.bounds_speech(at));
        (named && speaks && words.len() >= 4).then_some((words, phrase))
    }

    /// `According to X, …`; `…, according to X`; `In X's view, …`.
    pub(super) fn source(&mut self, hit: &Hit) {
        let document = self.syntax.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        if !sentence.has(hit.tokens.to) {
            return;
        }
        let Some((phrase, end)) = source_phrase(self.syntax, hit) else {
            return;
        };
        let named = matches!(phrase, Phrase::Entity(..))
            || phrase.stretch().len() >= 2
                && phrase.stretch().tokens().all(|at| document.is_capital(at));
        // `according to two former guards`
        let armed = phrase
            .stretch()
            .tokens()
            .any(|at| document.is(at, Class::Armed));
        if !named && !armed && !self.syntax.can_act(phrase) {
            return;
        }
        let Some(actor) = self.syntax.actor(phrase) else {
            return;
        };
        let Some((words, after)) = self.sourced(hit, phrase, end) else {
            return;
        };
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let parts = [words].into_iter().chain(after).collect();
        (self.found).push(Utterance::told(entry, hit.tokens, actor, parts));
    }

    /// What is said by the source that `phrase` names, which ends at `end`: behind a source that opens
    /// the sentence, else before it, with what goes on behind one in the middle.
    fn sourced(&self, hit: &Hit, phrase: Phrase, end: u32) -> Option<(Stretch, Option<Stretch>)> {
        let document = self.syntax.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        // `Whereas, according to X, …`
        let lead = hit.tokens.from.min(phrase.stretch().from);
        let opens = (sentence.from..lead).all(|at| {
            !document.is_plain(at)
                || document.is_any(at, &["whereas", "and", "but", "as"])
                || at == sentence.from
        });
        let words = if opens {
            let comma_from = |from: u32| {
                (from..(from + 14).min(sentence.to)).find(|&at| document.is_word(at, ","))
            };
            // `according to X, a group based in Oslo, at least …`
            let comma = comma_from(end).map(|comma| {
                let aside = document.is_any(comma + 1, &["a", "an", "which", "who"]);
                let close = comma_from(comma + 1).filter(|_| aside);
                close.unwrap_or(comma)
            });
            Stretch::new(comma.map_or(end, |comma| comma + 1), sentence.to)
        } else {
            let owned = u32::from(lead < hit.tokens.from);
            Stretch::new(sentence.from, lead.saturating_sub(owned).max(sentence.from))
        };
        let words = document.trimmed(words);
        // `The toll, according to a hospital source, stood at 87.`
        let short = !opens && words.len() < 3;
        let after = (short && document.is_word(end, ",") && sentence.has(end + 1))
            .then(|| document.trimmed(Stretch::new(end + 1, sentence.to)));
        if words.len() < 3 && (words.is_empty() || after.is_none_or(|after| after.len() < 2)) {
            return None;
        }
        Some((words, after))
    }
}

/// Who is meant by `according to X` or `in X's view`, and where these words end.
pub(super) fn source_phrase(syntax: &Syntax, hit: &Hit) -> Option<(Phrase, u32)> {
    let document = syntax.document;
    let owner = hit.tokens.from;
    if !document.is_word(owner, "'s") {
        let phrase = maker(syntax, hit.tokens.to).or_else(|| syntax.phrase_at(hit.tokens.to))?;
        return Some((phrase, phrase.stretch().to));
    }
    // `in the Court's view`: whose view it is stands between.
    let sentence = document.sentence(owner).tokens;
    let from = (owner.saturating_sub(OWNER).max(sentence.from)..owner)
        .rev()
        .find(|&at| document.is_any(at, &["in", "by"]))?;
    let phrase = match syntax.phrase_at(from + 1)? {
        Phrase::Words(_) => Phrase::Words(Stretch::new(from + 1, owner)),
        phrase => phrase,
    };
    let fits = phrase.stretch().to <= owner;
    fits.then_some((phrase, hit.tokens.to))
}

/// Whose count, report or testimony it is that a source is: `a count by X`, `figures compiled by X`.
fn maker(syntax: &Syntax, from: u32) -> Option<Phrase> {
    let document = syntax.document;
    let sentence = document.sentence(from).tokens;
    let reach = from..sentence.to.min(from + OWNER / 2);
    let mut words = reach.take_while(|&at| document.is_plain(at));
    let by = words.find(|&at| document.is(at, Class::Preposition))?;
    let made = by.checked_sub(1).filter(|&at| at >= from)?;
    let noun = match document.written(made).ends_with("ed") || document.is_word(made, "kept") {
        true => made.checked_sub(1)?,
        false => made,
    };
    let told = document.is(noun, Class::DocumentNoun) || document.is(noun, Class::Tally);
    let phrase = (told && document.is_any(by, &["by", "from", "of"]))
        .then(|| syntax.phrase_at(by + 1))
        .flatten()?;
    syntax.can_act(phrase).then_some(phrase)
}
