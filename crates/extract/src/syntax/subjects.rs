//! Subjects of verbs.
//!
//! Invariant: a subject is found within [`REACH`] words of its verb and within its sentence.

use super::phrases::PHRASE;
use super::{Phrase, Syntax};
use crate::lexicon::{Class, Frame, Table};
use crate::names::Form;
use crate::text::{Document, Hit, Stretch};

/// The most words between a verb and its subject.
pub(super) const REACH: u32 = 28;

pub(super) enum Found {
    Phrase(Phrase),
    /// The same subject as that of an earlier verb.
    AsOf(u32),
    Nothing,
}

impl Syntax<'_, '_> {
    /// The subject of the verb at `verb`.
    pub fn subject(&self, verb: u32) -> Option<Phrase> {
        let mut verb = verb;
        for _ in 0..4 {
            match self.subject_once(verb, false) {
                Found::Phrase(phrase) => return Some(phrase),
                Found::AsOf(earlier) => verb = earlier,
                Found::Nothing => return None,
            }
        }
        None
    }

    /// The subject right before the verb, over adverbs, auxiliaries and an apposition only.
    pub fn near_subject(&self, verb: u32) -> Option<Phrase> {
        match self.subject_once(verb, true) {
            Found::Phrase(phrase) => Some(phrase),
            _ => None,
        }
    }

    fn subject_once(&self, verb: u32, near: bool) -> Found {
        let document = self.document;
        let sentence = document.sentence(verb).tokens;
        let start = self.verb_group_start(verb);
        let Some(last) = start.checked_sub(1).filter(|&at| sentence.has(at)) else {
            return Found::Nothing;
        };
        if document.is(last, Class::ThirdPerson) || document.is(last, Class::FirstPerson) {
            return Found::Phrase(Phrase::Pronoun(last));
        }
        if document.is(last, Class::Relative) {
            return self.antecedent(last, sentence);
        }
        if let Some(phrase) = self.ending_at(last + 1, sentence) {
            return Found::Phrase(self.whole(phrase, verb, sentence));
        }
        if document.is_word(last, ")")
            && let Some(phrase) = self.before_bracket(last, sentence)
        {
            return Found::Phrase(phrase);
        }
        let joins = document.is_word(last, ",") || document.is(last, Class::Conjunction);
        if joins
            && !near
            && start == verb
            && let Some(earlier) = self.passive_before(verb, sentence)
        {
            return Found::AsOf(earlier);
        }
        if document.is_any(last, &[",", ")"]) {
            if let Some(phrase) = self.before_apposition(last, sentence) {
                return Found::Phrase(phrase);
            }
            return self.earlier_verb(verb, sentence, near);
        }
        if document.is(last, Class::Conjunction) {
            return self.earlier_verb(verb, sentence, near);
        }
        let phrase = self.words_before(last + 1, sentence);
        if phrase.is_empty() {
            return self.earlier_verb(verb, sentence, near);
        }
        Found::Phrase(self.whole(Phrase::Words(phrase), verb, sentence))
    }

    /// The noun that the words found before a verb belong to, or else these.
    fn whole(&self, found: Phrase, verb: u32, sentence: Stretch) -> Phrase {
        let start = self.verb_group_start(verb);
        self.led_by(found, start, sentence)
            .or_else(|| match found {
                Phrase::Words(words) => self.before_participle(words, sentence),
                _ => None,
            })
            .or_else(|| self.before_relative(found.stretch(), verb, sentence))
            .unwrap_or(found)
    }

    /// `Former detainees interviewed by the mission said`: those whom a participle behind them tells of.
    fn before_participle(&self, words: Stretch, sentence: Stretch) -> Option<Phrase> {
        let by = words.from.checked_sub(1).filter(|&at| sentence.has(at))?;
        if !self.document.is_word(by, "by") {
            return None;
        }
        let participle = self.participle_before(by).filter(|_| self.is_reduced(by))?;
        if let Some(phrase) = self.ending_at(participle, sentence) {
            return Some(phrase);
        }
        let head = self.words_before(participle, sentence);
        // `Relatives whom we reached by telephone said`: a verb with its own subject.
        let finite = head.tokens().any(|at| {
            self.document.is(at, Class::FirstPerson) || self.document.is(at, Class::ThirdPerson)
        });
        (!head.is_empty() && !finite).then_some(Phrase::Words(head))
    }

    /// The name that ends right before `end`.
    pub fn ending_with(&self, end: u32) -> Option<Phrase> {
        let sentence = self.document.sentence(end).tokens;
        self.ending_at(end, sentence)
    }

    /// The named phrase that ends right before `end`, with the words it belongs to.
    pub(super) fn ending_at(&self, end: u32, sentence: Stretch) -> Option<Phrase> {
        let from = Stretch::new(end.saturating_sub(REACH).max(sentence.from), end);
        let mention = self
            .names
            .within(from)
            .iter()
            .rev()
            .take(6)
            .find(|mention| mention.outer.to == end || mention.tokens.to == end)?;
        let document = self.document;
        let lead = mention.outer.from.saturating_sub(1);
        let article = lead > sentence.from && document.is_word(lead, "the");
        let lead = lead - u32::from(article);
        let within_phrase = mention.outer.from > sentence.from
            && document.is_any(
                lead,
                &["in", "of", "on", "for", "by", "with", "from", "at", "to"],
            )
            && (mention.form != Form::Later && !article
                || self.is_reduced(lead)
                || self.is_body_of(lead));
        if within_phrase && let Some(head) = self.head_of(lead, sentence) {
            return Some(head);
        }
        Some(Phrase::Entity(mention.entity, mention.outer, mention.form))
    }

    /// The phrase whose complement begins with the preposition at `preposition`.
    fn head_of(&self, preposition: u32, sentence: Stretch) -> Option<Phrase> {
        let before = Stretch::new(
            preposition.saturating_sub(PHRASE).max(sentence.from),
            preposition,
        );
        let named = self
            .names
            .within(before)
            .iter()
            .next_back()
            .filter(|mention| mention.tokens.to == preposition);
        if let Some(mention) = named {
            return Some(Phrase::Entity(mention.entity, mention.outer, mention.form));
        }
        let end = self
            .participle_before(preposition)
            .filter(|_| self.is_reduced(preposition))
            .unwrap_or(preposition);
        let words = self.words_before(end, sentence);
        (!words.is_empty() && !words_are_preposition(self.document, words))
            .then_some(Phrase::Words(words))
    }

    /// `the Committee on the Rights of the Child (CRC) said`: the phrase before a short form.
    fn before_bracket(&self, close: u32, sentence: Stretch) -> Option<Phrase> {
        let open = (close.saturating_sub(6).max(sentence.from)..close)
            .rev()
            .find(|&at| self.document.is_word(at, "("))?;
        let short = open + 2 == close
            && self
                .document
                .written(open + 1)
                .chars()
                .all(char::is_uppercase);
        if !short {
            return None;
        }
        if let Some(phrase) = self.ending_at(open, sentence) {
            return Some(phrase);
        }
        let words = self.words_before(open, sentence);
        (words.len() >= 2).then_some(Phrase::Words(words))
    }

    /// `X, the Special Rapporteur on …, said`: the phrase before a pair of commas.
    fn before_apposition(&self, comma: u32, sentence: Stretch) -> Option<Phrase> {
        let before = Stretch::new(comma.saturating_sub(REACH).max(sentence.from), comma);
        let last = self
            .names
            .within(before)
            .iter()
            .rev()
            .take(6)
            .find(|mention| mention.outer.to == comma);
        let named = last.map(|mention| Phrase::Entity(mention.entity, mention.outer, mention.form));
        // `Ms. Salmón, the rapporteur on rights in the DPRK, told`: the name belongs to the aside.
        let within_aside = last.is_some_and(|mention| {
            let lead = mention.outer.from.saturating_sub(1);
            let article = self.document.is(lead, Class::Determiner)
                || self.document.is(lead, Class::Possessive);
            let lead = lead - u32::from(lead > sentence.from && article);
            self.document
                .is_any(lead, &["in", "of", "on", "for", "to", "at"])
        });
        if named.is_some() && !within_aside {
            return named;
        }
        let aside = self.opening_aside(before, comma, sentence);
        aside.or(named)
    }

    /// The phrase before the comma or bracket that opens an aside which ends with `comma`.
    fn opening_aside(&self, before: Stretch, comma: u32, sentence: Stretch) -> Option<Phrase> {
        let open = (before.from..comma)
            .rev()
            .find(|&at| self.document.is_any(at, &[",", "("]))?;
        // `a guard, now living in Seoul, testified`
        let adverb = self.is_adverb(open + 1);
        let opens = open + 1 + u32::from(adverb);
        let next = self.document.written(opens);
        let clause = self.document.is(opens, Class::Relative)
            || self.document.is_any(opens, &["whose", "whom", "where"])
            || self.document.is(opens, Class::Preposition)
            || self.document.is(opens, Class::Determiner)
            || self.document.is(opens, Class::Past)
            || next.ends_with("ing")
            || next.ends_with("ed")
            || self.document.is_any(opens, &["held", "kept"])
            // `doctors and drivers among them`, `monks and lay people alike`
            || self.document.is_any(comma - 1, &["them", "alike", "included"])
            // `thirteen of them children`
            || (opens..opens + 2).any(|at| {
                self.document.is_word(at, "of") && self.document.is_word(at + 1, "them")
            })
            // `Six people, he had heard from a pastor, had been marched`
            || self.document.is(opens, Class::ThirdPerson) && comma > opens + 2
            || !self
                .document
                .hits_in(Table::Role, Stretch::new(open + 1, open + 4))
                .is_empty();
        if !clause {
            return None;
        }
        // `The Institute, which is based in Seoul, intends`
        if self.document.is_word(open.saturating_sub(1), ")")
            && let Some(phrase) = self.before_bracket(open - 1, sentence)
        {
            return Some(phrase);
        }
        let words = || {
            let words = self.words_before(open, sentence);
            let begins = self.document.is(words.from, Class::Determiner);
            let people = self.is_people(Phrase::Words(words));
            let named = self.is_name_like(words) && !self.document.is(words.from, Class::Starter);
            (words.len() >= 2 && begins || people || named).then_some(Phrase::Words(words))
        };
        let named = self.ending_at(open, sentence);
        let phrase = named.or_else(words)?;
        Some(self.led_by(phrase, open, sentence).unwrap_or(phrase))
    }

    /// The verb that a coordinated verb shares its subject with.
    fn earlier_verb(&self, verb: u32, sentence: Stretch, near: bool) -> Found {
        if near {
            return Found::Nothing;
        }
        let document = self.document;
        let inside = document.quotation_at(verb);
        let before = Stretch::new(verb.saturating_sub(60).max(sentence.from), verb);
        let mut best: Option<u32> = None;
        for table in [Table::Speech, Table::Call, Table::Event] {
            let hit = document
                .hits_in(table, before)
                .iter()
                .rev()
                .take(4)
                .find(|hit| {
                    // `found that his detention is arbitrary and asked`: a noun has no subject.
                    let noun =
                        table == Table::Event && document.lexicon.events[hit.entry as usize].noun;
                    let noun = noun
                        || table == Table::Speech && self.is_no_verb(hit)
                        || self.is_noun_behind_adjective(hit.tokens.from);
                    !noun
                        && (table != Table::Event || hit.tokens.from > sentence.from)
                        && hit.tokens.from + 1 < verb
                        && !self.is_named(hit.tokens)
                        && document.quotation_at(hit.tokens.from) == inside
                        && !self.is_not_finite(hit.tokens.from)
                });
            if let Some(hit) = hit {
                best = best.max(Some(hit.tokens.from));
            }
        }
        if let Some(earlier) = best {
            return Found::AsOf(earlier);
        }
        if let Some(phrase) = self.coordinated(verb, sentence) {
            return Found::Phrase(phrase);
        }
        let first = self.clause_start(verb);
        let opening = Stretch::new(first, verb.min(first + REACH));
        for at in opening.tokens().take(3) {
            if document.is(at, Class::ThirdPerson) || document.is(at, Class::FirstPerson) {
                return Found::Phrase(Phrase::Pronoun(at));
            }
        }
        match self.names.within(opening).first() {
            Some(mention) if mention.outer.from <= first + 2 => {
                Found::Phrase(Phrase::Entity(mention.entity, mention.outer, mention.form))
            }
            _ => Found::Nothing,
        }
    }

    /// `a faxed request`: a noun, not a verb.
    fn is_noun_behind_adjective(&self, at: u32) -> bool {
        let document = self.document;
        let (Some(before), Some(first)) = (at.checked_sub(1), at.checked_sub(2)) else {
            return false;
        };
        !document.written(at).ends_with("ed")
            && document.is_plain(before)
            && !document.is(before, Class::Auxiliary)
            && !document.is(before, Class::Modal)
            && !self.is_adverb(before)
            && document.is_any(first, &["a", "an", "the"])
            && !self.is_agent(before)
            && self.names.at(before).is_none()
    }

    /// `according to X`, `the finding of X that`: words of saying without a verb.
    fn is_no_verb(&self, hit: &Hit) -> bool {
        let entry = &self.document.lexicon.speeches[hit.entry as usize];
        (entry.frames.iter())
            .any(|frame| matches!(frame, Frame::Source | Frame::Nominal | Frame::Hearsay))
    }
}

fn words_are_preposition(document: &Document, words: Stretch) -> bool {
    words
        .tokens()
        .all(|at| document.is(at, Class::Preposition) || document.is(at, Class::Determiner))
}
