//! Calls: who asks whom to do what, in so many words (`call on X to …`), as a duty (`X must …`), or
//! as told by somebody else (`a call by X to …`).
//!
//! Invariant: the demand is words of the text; a caller or addressee whom the words do not name is
//! left out. What is demanded is never an allegation.

mod asked;
mod duties;
mod forms;
mod hortative;
mod items;
mod listed;
mod parties;
mod record;
mod several;

pub(crate) use record::propose;

use crate::lexicon::{CallFrame, Class, Table};
use crate::speech::{Speech, Utterance, Voices};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Hit, Part, Stretch};

/// The most words of a demand.
const LONGEST: u32 = 80;

/// A call, by its words.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    /// The rule that found it.
    rule: String,
    cue: Stretch,
    /// Whether the demand is a further one under the same words: `to release him and to …`.
    further: bool,
    /// Whether the words say that somebody else than the document calls, though not who.
    by_other: bool,
    caller: Option<Actor>,
    addressees: Vec<Actor>,
    demand: Stretch,
}

impl Called {
    /// Who is asked first, with the words that name them.
    pub fn addressee(&self) -> Option<(&model::EntityRef, Stretch)> {
        let first = self.addressees.first()?;
        Some((&first.reference, first.words))
    }
}

/// The rule of the statement that a call by a verb of asking is as well.
const BY_VERB: &str = "statement.call";

/// The calls of a document.
#[derive(Default)]
pub(crate) struct Calls {
    pub all: Vec<Called>,
}

impl Calls {
    /// Finds the calls.
    pub fn find(syntax: &Syntax, speech: &Speech, voices: &Voices) -> Self {
        let finder = Finder {
            syntax,
            speech,
            voices,
        };
        let mut all: Vec<Called> = Vec::new();
        for hit in syntax.document.hits(Table::Call) {
            if syntax.document.part(hit.tokens.from) != Part::Body || syntax.is_named(hit.tokens) {
                continue;
            }
            if finder.is_asked_already(hit, &all) {
                continue;
            }
            let Some(mut called) = finder.call(hit, &all) else {
                continue;
            };
            finder.resolve(&mut called, &all);
            let within_last = all
                .iter()
                .rev()
                .take(3)
                .any(|last| last.demand == called.demand);
            if !within_last {
                let items = items::behind(&finder, &called);
                all.extend(several::split(syntax, called));
                all.extend(items);
            }
        }
        all.extend(asked::find(&finder, &all));
        all.extend(finder.hortatives(&all));
        all.sort_by_key(|called| (called.cue, called.demand));
        let listed = listed::find(&finder, &all);
        all.retain(|called| !listed::is_head_only(syntax, called));
        all.extend(listed);
        all.sort_by_key(|called| (called.cue, called.demand));
        Self { all }
    }

    /// What those named asked for by a verb of asking, as words said by them.
    pub fn performed<'c>(&'c self, syntax: &'c Syntax) -> impl Iterator<Item = Utterance> + 'c {
        let by_verb = |called: &&Called| {
            let entry =
                (syntax.document.lexicon.calls.iter()).find(|entry| entry.id == called.rule);
            entry.is_some_and(|entry| {
                matches!(
                    entry.frame,
                    CallFrame::AddresseeTo | CallFrame::Demand | CallFrame::That
                )
            })
        };
        let calls = self.all.iter().filter(|called| !called.further);
        calls.filter(by_verb).filter_map(|called| {
            let speaker = called.caller.clone()?;
            Some(Utterance {
                rule: BY_VERB.to_owned(),
                act: "calls-upon".to_owned(),
                admits: false,
                direct: false,
                own: false,
                inferred: speaker.inferred,
                speaker: Some(speaker),
                words: Stretch::new(
                    called.cue.from.min(called.demand.from),
                    called.demand.to.max(called.cue.to),
                ),
                parts: vec![called.demand],
                cue: called.cue,
            })
        })
    }

    /// Who was asked last before the token.
    pub fn asked_before(&self, token: u32) -> Option<&Actor> {
        let before = self.all.partition_point(|call| call.cue.from < token);
        let calls = self.all[..before].iter().rev().take(6);
        calls.flat_map(|call| call.addressees.first()).next()
    }

    /// Who makes the demand that the token is among the words of.
    pub fn caller_at(&self, token: u32) -> Option<&Actor> {
        self.demand_at(token)?.caller.as_ref()
    }

    /// The demand that the token is among the words of.
    pub fn demand_at(&self, token: u32) -> Option<&Called> {
        let after = self.all.partition_point(|call| call.cue.from <= token);
        let mut calls = self.all[..after].iter().rev().take(8);
        calls.find(|call| call.demand.has(token))
    }

    /// Whether the token is among the words of a demand.
    pub fn demands(&self, token: u32) -> bool {
        self.demand_at(token).is_some()
    }
}

struct Finder<'s, 'd, 'a> {
    syntax: &'s Syntax<'d, 'a>,
    speech: &'s Speech,
    voices: &'s Voices,
}

impl Finder<'_, '_, '_> {
    fn call(&self, hit: &Hit, before: &[Called]) -> Option<Called> {
        let document = self.syntax.document;
        let entry = &document.lexicon.calls[hit.entry as usize];
        match entry.frame {
            CallFrame::AddresseeTo => self.addressed(hit),
            CallFrame::Demand => self.demanded(hit),
            CallFrame::That => self.that(hit),
            CallFrame::Modal => self.duty(hit, before),
            CallFrame::Passive => self.passive(hit),
            CallFrame::Nominal => self.nominal(hit),
            CallFrame::Wanted => self.wanted(hit),
        }
    }

    /// Whether a duty stands within what is already asked of somebody: `is of the view that X should`.
    fn is_asked_already(&self, hit: &Hit, before: &[Called]) -> bool {
        let entries = &self.syntax.document.lexicon.calls;
        let by_that = |called: &&Called| {
            let entry = entries.iter().find(|entry| entry.id == called.rule);
            entry.is_some_and(|entry| entry.frame == CallFrame::That)
        };
        entries[hit.entry as usize].frame == CallFrame::Modal
            && (before.iter().rev().take(4))
                .filter(by_that)
                .any(|last| !last.addressees.is_empty() && last.demand.has(hit.tokens.from))
    }

    /// One past the demand that begins at `from`.
    fn demand_from(&self, from: u32, cue: Stretch) -> Stretch {
        let document = self.syntax.document;
        // `must not send them back`: what is forbidden is never shown as what is asked for.
        let from = Stretch::new(cue.from.min(from), from)
            .tokens()
            .find(|&at| document.is(at, Class::Negation))
            .unwrap_or(from);
        let sentence = document.sentence(from).tokens;
        let inside = document.quotation_at(from);
        let mut to = from;
        while to < sentence.to && to - from < LONGEST {
            let leaves = inside.is_some() && document.quotation_at(to) != inside;
            let other = to > from
                && document.is_any(to, &[",", "and", ";"])
                && self.begins_call(to + 1, cue);
            let aside = document.is_word(to, ",")
                && document.is_any(
                    to + 1,
                    &["he", "she", "they", "which", "noting", "adding", "saying"],
                );
            // `had asked for access and been refused`: what came of it.
            let told = document.is_word(to, ",") && self.is_told(to + 1)
                || document.is_word(to, "and") && document.is_word(to + 1, "been");
            let other = other || to > from && self.begins_duty(to, sentence);
            if leaves || other || aside || told || document.is_word(to, ";") {
                break;
            }
            to += 1;
        }
        document.trimmed(Stretch::new(from, to))
    }

    /// `…, and the authorities must protect them`: the duty of others behind a comma and `and`.
    fn begins_duty(&self, comma: u32, sentence: Stretch) -> bool {
        let document = self.syntax.document;
        if !document.is_word(comma, ",") || !document.is_any(comma + 1, &["and", "but"]) {
            return false;
        }
        let near = Stretch::new(comma + 3, (comma + 10).min(sentence.to).max(comma + 3));
        let duty = document
            .hits_in(Table::Call, near)
            .iter()
            .find(|hit| document.lexicon.calls[hit.entry as usize].frame == CallFrame::Modal);
        duty.is_some_and(|duty| {
            (comma + 2..duty.tokens.from).all(|at| {
                document.is_plain(at)
                    && !document.is(at, Class::Subordinator)
                    && !document.is(at, Class::Auxiliary)
            })
        })
    }

    fn begins_call(&self, at: u32, cue: Stretch) -> bool {
        let document = self.syntax.document;
        let from = if document.is_any(at, &["and", "also", "we", "i", "to"]) {
            at + 1
        } else {
            at
        };
        document
            .hits_in(Table::Call, Stretch::new(from, from + 2))
            .iter()
            .any(|hit| {
                let frame = document.lexicon.calls[hit.entry as usize].frame;
                hit.tokens != cue && !matches!(frame, CallFrame::Modal | CallFrame::Nominal)
            })
    }

    /// Whether the subject of the verb is `he`, `she`, `they` or `it`.
    fn is_by_other(&self, verb: u32) -> bool {
        let subject = self.syntax.near_subject(verb);
        matches!(subject, Some(Phrase::Pronoun(at)) if self.syntax.document.is(at, Class::ThirdPerson))
    }

    /// Whether it is told here who said what stands before: `said X`, `X said`.
    fn is_told(&self, at: u32) -> bool {
        let says = |at: u32| {
            let near = Stretch::new(at, at + 2);
            let hit = self.syntax.document.hits_in(Table::Speech, near).first();
            hit.is_some_and(|hit| !self.syntax.is_named(hit.tokens))
        };
        let behind_name = || match self.syntax.phrase_at(at) {
            Some(Phrase::Entity(_, words, _)) => says(words.to),
            _ => false,
        };
        says(at) || behind_name()
    }

    fn finish(
        &self,
        hit: &Hit,
        caller: Option<Actor>,
        addressees: Vec<Actor>,
        demand: Stretch,
    ) -> Option<Called> {
        let entry = &self.syntax.document.lexicon.calls[hit.entry as usize];
        (!demand.is_empty()).then(|| Called {
            rule: entry.id.clone(),
            cue: hit.tokens,
            further: false,
            by_other: !matches!(entry.frame, CallFrame::Modal | CallFrame::Passive)
                && self.is_by_other(hit.tokens.from),
            caller,
            addressees,
            demand,
        })
    }
}
