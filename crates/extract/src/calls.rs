//! Calls: who asks whom to do what, in so many words (`call on X to …`), as a duty (`X must …`), or
//! as told by somebody else (`a call by X to …`).
//!
//! Invariant: the demand is words of the text; a caller or addressee whom the words do not name is
//! left out. What is demanded is never an allegation.

use crate::claims::codes_in;
use crate::dates::Dates;
use crate::lexicon::{CallFrame, Class, Table};
use crate::propose::Builder;
use crate::speech::{Speech, Voices};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Document, Hit, Part, Stretch};
use model::{Band, Call, Code, EntityKind, Proposal, RecordBody};

/// The most words of a demand.
const LONGEST: u32 = 80;
/// The most words between a call and the `to` of its demand.
const ADDRESS: u32 = 36;

/// A call, by its words.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    entry: u32,
    cue: Stretch,
    caller: Option<Actor>,
    addressees: Vec<Actor>,
    demand: Stretch,
}

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
            if let Some(called) = finder.call(hit) {
                let within_last = all.last().is_some_and(|last| {
                    last.demand.contains(called.demand) && last.demand == called.demand
                });
                if !within_last {
                    all.push(called);
                }
            }
        }
        Self { all }
    }

    /// Whether the token is among the words of a demand.
    pub fn demands(&self, token: u32) -> bool {
        let after = self.all.partition_point(|call| call.cue.from <= token);
        self.all[..after]
            .iter()
            .rev()
            .take(4)
            .any(|call| call.demand.has(token))
    }
}

struct Finder<'s, 'd, 'a> {
    syntax: &'s Syntax<'d, 'a>,
    speech: &'s Speech,
    voices: &'s Voices,
}

impl Finder<'_, '_, '_> {
    fn call(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let entry = &document.lexicon.calls[hit.entry as usize];
        match entry.frame {
            CallFrame::AddresseeTo => self.addressed(hit),
            CallFrame::Demand => self.demanded(hit),
            CallFrame::That => self.that(hit),
            CallFrame::Modal => self.duty(hit),
            CallFrame::Nominal => self.nominal(hit),
        }
    }

    /// One past the demand that begins at `from`.
    fn demand_from(&self, from: u32, cue: Stretch) -> Stretch {
        let document = self.syntax.document;
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
                    &[
                        "he",
                        "she",
                        "they",
                        "which",
                        "noting",
                        "adding",
                        "saying",
                        "including",
                    ],
                )
                && !document.is_word(to + 1, "including");
            let told = document.is_word(to, ",") && self.is_told(to + 1);
            if leaves || other || aside || told || document.is_word(to, ";") {
                break;
            }
            to += 1;
        }
        document.trimmed(Stretch::new(from, to))
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

    /// Who calls: the subject of the verb.
    fn caller(&self, verb: u32) -> Result<Option<Actor>, ()> {
        let document = self.syntax.document;
        let Some(phrase) = self.syntax.subject(verb) else {
            return Ok(self.speech.speaker_at(verb).cloned().map(implied));
        };
        match phrase {
            Phrase::Pronoun(at) if document.is_any(at, &["we", "i"]) => Ok(self
                .speech
                .speaker_at(verb)
                .cloned()
                .map(implied)
                .or_else(|| self.voices.at(document, at))),
            Phrase::Pronoun(at) if document.is_any(at, &["he", "she", "they"]) => {
                let told = self
                    .speech
                    .utterances
                    .iter()
                    .rev()
                    .skip(self.after(at))
                    .take(6)
                    .filter_map(|utterance| utterance.speaker.as_ref())
                    .find(|speaker| {
                        let plural = !matches!(speaker.reference.kind, EntityKind::Person);
                        plural == document.is_word(at, "they")
                    })
                    .cloned()
                    .map(|actor| Actor {
                        words: Stretch::new(at, at + 1),
                        ..implied(actor)
                    });
                Ok(told)
            }
            Phrase::Pronoun(_) => Err(()),
            phrase if self.syntax.can_act(phrase) => Ok(self.syntax.actor(phrase)),
            _ => Err(()),
        }
    }

    /// How many utterances begin behind the token.
    fn after(&self, token: u32) -> usize {
        let utterances = &self.speech.utterances;
        utterances.len() - utterances.partition_point(|utterance| utterance.words.from <= token + 2)
    }

    /// `urge X to do`, `call on X to do`.
    fn addressed(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        if self.is_noun_or_infinitive(hit) {
            return None;
        }
        let sentence = document.sentence(hit.tokens.from).tokens;
        let from = hit.tokens.to;
        let Some(to_at) = self.infinitive(from, sentence) else {
            let demands = document.is(from, Class::Determiner);
            return demands.then(|| self.demanded(hit)).flatten();
        };
        let negated = document.is_word(to_at.saturating_sub(1), "not");
        let address = Stretch::new(from, to_at - u32::from(negated));
        let start = self.syntax.verb_group_start(hit.tokens.from);
        let passive = (start..hit.tokens.from).any(|at| document.is(at, Class::Be))
            || document.is_word(address.from, "by");
        if address.is_empty() || passive {
            return None;
        }
        let caller = self.caller(hit.tokens.from).ok()?;
        let demand = if negated {
            self.demand_from(to_at - 1, hit.tokens)
        } else {
            self.demand_from(to_at + 1, hit.tokens)
        };
        self.finish(hit, caller, self.addressees(address), demand)
    }

    /// The `to` of an infinitive: no name, article or number follows it.
    fn infinitive(&self, from: u32, sentence: Stretch) -> Option<u32> {
        let document = self.syntax.document;
        let limit = sentence.to.min(from + ADDRESS);
        (from..limit)
            .take_while(|&at| !document.is_any(at, &[".", ";", ":"]) && !document.is_quote_mark(at))
            .find(|&at| {
                document.is_word(at, "to")
                    && document.is_plain(at + 1)
                    && !document.is(at + 1, Class::Determiner)
                    && !document.is(at + 1, Class::Possessive)
                    && !document.is_capital(at + 1)
                    && !document.token(at + 1).is_some_and(|t| t.shape.is_number())
            })
    }

    /// Whether the verb is no call made here: `the call for`, `to urge` without a subject.
    fn is_noun_or_infinitive(&self, hit: &Hit) -> bool {
        let document = self.syntax.document;
        let verb = hit.tokens.from;
        let sentence = document.sentence(verb).tokens;
        let Some(before) = verb.checked_sub(1).filter(|&at| sentence.has(at)) else {
            return false;
        };
        if document.is(before, Class::Negation) {
            return true;
        }
        if document.is_word(before, "to") {
            let goes_on = before.checked_sub(1).is_some_and(|at| {
                document.is_any(
                    at,
                    &[
                        "continue",
                        "continues",
                        "continued",
                        "continuing",
                        "like",
                        "want",
                        "wish",
                    ],
                )
            });
            return !goes_on;
        }
        self.syntax.is_not_finite(verb)
    }

    /// `call for something`, `demand something`.
    fn demanded(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        if self.is_noun_or_infinitive(hit) {
            return None;
        }
        let from = hit.tokens.to;
        let sentence = document.sentence(hit.tokens.from).tokens;
        if !sentence.has(from)
            || document.is_any(from, &[".", ",", "that"])
            || document.is(from, Class::Preposition)
        {
            return None;
        }
        let caller = self.caller(hit.tokens.from).ok()?;
        caller.as_ref()?;
        let written = document.written(hit.tokens.from);
        let plain =
            !(written.ends_with("ed") || written.ends_with('s') || written.ends_with("ing"));
        let joined = document.is(hit.tokens.from.saturating_sub(1), Class::Conjunction);
        if plain && joined && document.quotation_at(hit.tokens.from).is_none() {
            return None;
        }
        let demand = self.demand_from(from, hit.tokens);
        self.finish(hit, caller, Vec::new(), demand)
    }

    /// `demand that X do`.
    fn that(&self, hit: &Hit) -> Option<Called> {
        if self.is_noun_or_infinitive(hit) {
            return None;
        }
        let caller = self.caller(hit.tokens.from).ok()?;
        let demand = self.demand_from(hit.tokens.to, hit.tokens);
        let addressees = self
            .syntax
            .phrase_at(demand.from)
            .filter(|&phrase| !matches!(phrase, Phrase::Pronoun(_)) && self.syntax.can_act(phrase))
            .and_then(|phrase| self.syntax.actor(phrase));
        self.finish(hit, caller, addressees.into_iter().collect(), demand)
    }

    /// `X must do`.
    fn duty(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let at = hit.tokens.from;
        let sentence = document.sentence(at).tokens;
        let phrase = if document.is_word(at, "it") || document.is_word(at, "it's") {
            let on = (hit.tokens.from..hit.tokens.to)
                .rev()
                .find(|&at| document.is_any(at, &["on", "upon", "for"]))?;
            let phrase = self.syntax.phrase_at(on + 1)?;
            let to = phrase.stretch().to;
            document.is_word(to, "to").then_some(())?;
            let actor = self.obliged(phrase)?;
            let demand = self.demand_from(to + 1, hit.tokens);
            return self.finish(hit, self.caller_around(at), vec![actor], demand);
        } else {
            let before = at.checked_sub(1).filter(|&at| sentence.has(at))?;
            let end = if self.syntax.is_adverb(before) {
                before
            } else {
                at
            };
            let inside = document.quotation_at(at);
            let mention = self
                .syntax
                .names
                .within(Stretch::new(end.saturating_sub(16).max(sentence.from), end))
                .iter()
                .rev()
                .find(|mention| mention.outer.to == end || mention.tokens.to == end);
            match mention {
                Some(mention) => Phrase::Entity(mention.entity, mention.outer, mention.form),
                None => {
                    let words = Stretch::new(end.saturating_sub(4).max(sentence.from), end);
                    let start = words
                        .tokens()
                        .rev()
                        .take_while(|&at| {
                            document.is_plain(at) && document.quotation_at(at) == inside
                        })
                        .last()?;
                    Phrase::Words(self.from_determiner(Stretch::new(start, end)))
                }
            }
        };
        let actor = self.obliged(phrase)?;
        let passive =
            document.is_word(hit.tokens.to, "be") || document.is_word(hit.tokens.to, "have");
        if passive || !document.is_plain(hit.tokens.to) {
            return None;
        }
        let demand = self.demand_from(hit.tokens.to, hit.tokens);
        self.finish(hit, self.caller_around(at), vec![actor], demand)
    }

    /// The words from their last determiner on.
    fn from_determiner(&self, words: Stretch) -> Stretch {
        let document = self.syntax.document;
        let from = words
            .tokens()
            .rev()
            .find(|&at| document.is(at, Class::Determiner))
            .unwrap_or(words.from);
        Stretch::new(from, words.to)
    }

    /// Somebody on whom a duty can be laid: a state, a body, governments, the community of states.
    fn obliged(&self, phrase: Phrase) -> Option<Actor> {
        let document = self.syntax.document;
        let can = match phrase {
            Phrase::Entity(entity, ..) => {
                let record = &self.syntax.names.entities[entity as usize];
                matches!(record.kind, EntityKind::State | EntityKind::Organisation)
            }
            Phrase::Words(words)
                if words.tokens().any(|at| {
                    document.is(at, Class::Subordinator) || document.is_word(at, "what")
                }) =>
            {
                false
            }
            Phrase::Words(words) => words.tokens().any(|at| {
                document.is_any(
                    at,
                    &[
                        "community",
                        "states",
                        "governments",
                        "government",
                        "authorities",
                        "regime",
                        "countries",
                        "nations",
                        "junta",
                        "leaders",
                        "parties",
                    ],
                )
            }),
            Phrase::Pronoun(_) => false,
        };
        can.then(|| self.syntax.actor(phrase)).flatten()
    }

    fn caller_around(&self, at: u32) -> Option<Actor> {
        let document = self.syntax.document;
        self.speech
            .speaker_at(at)
            .cloned()
            .map(implied)
            .or_else(|| {
                self.voices
                    .at(document, at)
                    .filter(|_| self.voices.is_statement)
            })
    }

    /// `a call by Seoul to resume …`, `calls for …`.
    fn nominal(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let sentence = document.sentence(hit.tokens.from).tokens;
        let caller = self.syntax.phrase_at(hit.tokens.to).filter(|&phrase| {
            matches!(phrase, Phrase::Entity(..)) || self.syntax.can_act(phrase)
        })?;
        let to = caller.stretch().to;
        let mut after = to;
        let mut addressees = Vec::new();
        if document.is_any(after, &["on", "upon", "for"]) {
            let infinitive = self.infinitive(after + 1, sentence)?;
            addressees = self.addressees(Stretch::new(after + 1, infinitive));
            after = infinitive;
        }
        if !document.is_any(after, &["to", "that"]) {
            return None;
        }
        if addressees.is_empty() {
            addressees.extend(self.rejecting(hit, sentence));
        }
        let demand = self.demand_from(after + 1, hit.tokens);
        self.finish(hit, self.syntax.actor(caller), addressees, demand)
    }

    /// `Pyongyang has rejected a call by …`: whoever rejects it is whom it was made of.
    fn rejecting(&self, hit: &Hit, sentence: Stretch) -> Option<Actor> {
        let document = self.syntax.document;
        let near = Stretch::new(
            hit.tokens.from.saturating_sub(6).max(sentence.from),
            hit.tokens.from,
        );
        let verb = near.tokens().find(|&at| {
            document.is_any(
                at,
                &[
                    "rejected",
                    "rejects",
                    "ignored",
                    "refused",
                    "accepted",
                    "welcomed",
                    "dismissed",
                ],
            )
        })?;
        let phrase = self.syntax.subject(verb)?;
        self.syntax.actor(phrase)
    }

    /// All that an address names; its words when it names nobody.
    fn addressees(&self, address: Stretch) -> Vec<Actor> {
        let document = self.syntax.document;
        let address = document.trimmed(address);
        let mut found: Vec<Actor> = Vec::new();
        for mention in self.syntax.names.within(address) {
            let entity = self.syntax.names.entity(mention);
            let fits = !matches!(entity.kind, EntityKind::Place | EntityKind::Instrument);
            let before = mention.outer.from.saturating_sub(1);
            let before = before - u32::from(document.is_word(before, "the"));
            let governs = document.is_any(
                before.saturating_sub(1),
                &[
                    "government",
                    "governments",
                    "regime",
                    "authorities",
                    "states",
                    "leadership",
                ],
            );
            let part_of = mention.outer.from > address.from
                && (document.is_any(before, &["in", "on", "for", "with", "at"])
                    || document.is_word(before, "of") && before > address.from && !governs);
            if fits && !part_of && found.len() < 40 {
                let phrase = Phrase::Entity(mention.entity, mention.outer, mention.form);
                if let Some(actor) = self.syntax.actor(phrase)
                    && !found.iter().any(|other| other.reference == actor.reference)
                {
                    found.push(actor);
                }
            }
        }
        if found.is_empty() && !address.is_empty() && address.len() <= 30 {
            let pronoun = address.len() == 1
                && document.is_any(address.from, &["them", "him", "her", "us", "you", "it"]);
            if !pronoun {
                found.extend(self.syntax.actor(Phrase::Words(address)));
            }
        }
        found
    }

    fn finish(
        &self,
        hit: &Hit,
        caller: Option<Actor>,
        addressees: Vec<Actor>,
        demand: Stretch,
    ) -> Option<Called> {
        (demand.len() >= 1).then_some(Called {
            entry: hit.entry,
            cue: hit.tokens,
            caller,
            addressees,
            demand,
        })
    }
}

/// The actor as one whom the words here do not name.
fn implied(actor: Actor) -> Actor {
    Actor {
        inferred: true,
        ..actor
    }
}

/// Calls as proposals.
pub(crate) fn propose(syntax: &Syntax, dates: &Dates, calls: &Calls) -> Vec<Proposal> {
    calls
        .all
        .iter()
        .filter_map(|called| record(syntax, dates, called))
        .collect()
}

fn record(syntax: &Syntax, dates: &Dates, called: &Called) -> Option<Proposal> {
    let document = syntax.document;
    let entry = &document.lexicon.calls[called.entry as usize];
    let first = called
        .addressees
        .iter()
        .map(|actor| actor.words.from)
        .chain([called.cue.from])
        .filter(|&at| document.sentence(at).tokens == document.sentence(called.cue.from).tokens)
        .min()
        .unwrap_or(called.cue.from);
    let whole = Stretch::new(
        first.min(called.demand.from),
        called.demand.to.max(called.cue.to),
    );
    let mut builder = Builder::of(document, document.balanced(document.trimmed(whole)));
    let caller = called
        .caller
        .as_ref()
        .map(|actor| builder.cited(document, actor.words, actor.reference.clone()));
    let inferred = called.caller.as_ref().is_some_and(|actor| actor.inferred);
    let addressees = called
        .addressees
        .iter()
        .map(|actor| builder.cited(document, actor.words, actor.reference.clone()))
        .collect();
    let words = document.words(called.demand).to_owned();
    let demand = builder.cited(document, called.demand, words);
    let violations = codes_in(document, syntax.names, called.demand)
        .into_iter()
        .map(|(code, words)| builder.cited(document, words, Code::from(code.as_str())))
        .collect();
    let date = date_of(document, dates, called)
        .map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone()));
    let body = RecordBody::Call(Call {
        caller,
        addressees,
        demand,
        violations,
        date,
        basis: None,
        repeats: None,
    });
    let band = if inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    builder.finish(&entry.id, band, body)
}

/// The date in the sentence of a call, outside its demand and outside any quotation.
fn date_of<'d>(
    document: &Document,
    dates: &'d Dates,
    called: &Called,
) -> Option<&'d crate::dates::Dated> {
    let sentence = document.sentence(called.cue.from).tokens;
    dates.within(sentence).iter().find(|dated| {
        !dated.bound
            && !called.demand.overlaps(dated.tokens)
            && document.quotation_at(dated.tokens.from).is_none()
    })
}
