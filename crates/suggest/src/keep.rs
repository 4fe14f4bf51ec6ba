//! From what a model gave to proposals: only what stands in the reading is kept.
//!
//! Invariants: every quote is cut out of the reading; every name and demand was found there, else
//! the field is left empty; every proposal is *suggested* and names the rule `model.KIND`.

use crate::answer::{Given, Party};
use crate::known::Known;
use crate::question::Question;
use crate::window::Piece;
use crate::words::Folded;
use model::{
    Allegation, Attribution, Band, Call, Case, CharIndex, Cited, Code, Commitment, EntityRef,
    Event, Modality, Name, Organisation, Participant, Perpetrator, Person, Proposal, Quote,
    Reading, RecordBody, RecordKind, Response, Span, Statement, Victim,
};
use std::ops::Range;

/// Longest quote, in characters: a record's words are a clause, not a page.
const LONGEST_QUOTE: usize = 1_200;
/// Fewest letters of the words that carry what happened; names may be shorter.
const FEWEST: usize = 6;

/// Why a record was left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Refused {
    /// A kind or code that was not asked for, or a field that it cannot do without.
    NotAsked,
    /// Its words do not stand in the passages.
    NotFound,
}

/// One window, ready to look for words in.
pub(crate) struct Place<'r> {
    reading: &'r Reading,
    chars: &'r CharIndex,
    known: &'r Known,
    passages: Vec<(u32, Folded)>,
}

impl<'r> Place<'r> {
    /// The window's passages.
    pub fn new(
        reading: &'r Reading,
        chars: &'r CharIndex,
        known: &'r Known,
        window: &[Piece],
    ) -> Self {
        let passages = window.iter().map(|piece| {
            let folded = Folded::new(&reading.text, piece.bytes.clone());
            (piece.number, folded)
        });
        Self {
            reading,
            chars,
            known,
            passages: passages.collect(),
        }
    }

    /// The proposal that a given record makes.
    pub fn keep(&self, question: &Question, given: &Given) -> Result<Proposal, Refused> {
        if !question.allows(given.kind, given.code.as_deref()) {
            return Err(Refused::NotAsked);
        }
        let is_name = matches!(given.kind, RecordKind::Person | RecordKind::Organisation);
        let letters = given.quote.chars().count();
        let dense = given.quote.chars().any(says_much);
        let fewest = if is_name || dense { 2 } else { FEWEST };
        if !(fewest..=LONGEST_QUOTE).contains(&letters) {
            return Err(Refused::NotFound);
        }
        let (passage, bytes) = self
            .first(&given.quote, given.passage)
            .ok_or(Refused::NotFound)?;
        let mut making = Making {
            place: self,
            passage,
            quotes: Vec::new(),
        };
        making.cite(passage, bytes);
        let body = making.body(given).ok_or(Refused::NotAsked)?;
        Ok(Proposal {
            rule: format!("model.{}", given.kind.name()),
            band: Band::Suggested,
            body,
            quotes: making.quotes,
        })
    }

    /// Where words stand: in the passage that was named, else in the first of the window.
    fn first(&self, words: &str, named: Option<u32>) -> Option<(u32, Range<usize>)> {
        let (named, others): (Vec<_>, Vec<_>) = self
            .passages
            .iter()
            .partition(|(number, _)| Some(*number) == named);
        let mut passages = named.into_iter().chain(others);
        passages.find_map(|(number, folded)| Some((*number, folded.find(words)?)))
    }
}

/// Whether a letter is of a script that says in two letters what others say in a word: Hangul, Han,
/// Kana.
fn says_much(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{318f}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A proposal in the making; its first quote carries it as a whole.
struct Making<'p, 'r> {
    place: &'p Place<'r>,
    passage: u32,
    quotes: Vec<Quote>,
}

impl Making<'_, '_> {
    fn cite(&mut self, passage: u32, bytes: Range<usize>) -> u16 {
        let (reading, chars) = (self.place.reading, self.place.chars);
        let span = Span::new(
            chars.char(&reading.text, bytes.start),
            chars.char(&reading.text, bytes.end),
        );
        if let Some(at) = self.quotes.iter().position(|quote| quote.span == span) {
            return at as u16;
        }
        self.quotes.push(Quote {
            span,
            quote: reading.text[bytes].to_owned(),
            passage,
            page: reading.page_at(span.start),
            row: None,
        });
        (self.quotes.len() - 1) as u16
    }

    /// A value that the record's own words carry.
    fn whole<T>(&self, value: T) -> Cited<T> {
        Cited::new(value, 0)
    }

    /// Words of the document: as they stand there, with the quote that they are.
    fn words(&mut self, words: &str) -> Option<Cited<String>> {
        let (passage, bytes) = self.place.first(words, Some(self.passage))?;
        let found = self.place.reading.text[bytes.clone()].to_owned();
        let at = self.cite(passage, bytes);
        Some(Cited::new(found, at))
    }

    fn party(&mut self, party: &Party) -> Option<Cited<EntityRef>> {
        let words = self.words(&party.name)?;
        let at = *words.quotes.first()?;
        let span = self.quotes.get(usize::from(at))?.span;
        let who = self
            .place
            .known
            .named_at(span)
            .unwrap_or(EntityRef::as_written(party.is, words.value));
        Some(Cited::new(who, at))
    }

    fn parties(&mut self, parties: &[Party]) -> Vec<Cited<EntityRef>> {
        let found = parties.iter().filter_map(|party| self.party(party));
        found.collect()
    }

    fn body(&mut self, given: &Given) -> Option<RecordBody> {
        let code = given
            .code
            .as_deref()
            .map(|code| self.whole(Code::from(code)));
        Some(match given.kind {
            RecordKind::Allegation => RecordBody::Allegation(self.allegation(given, code?)),
            RecordKind::Statement => RecordBody::Statement(Statement {
                speaker: self.parties(&given.who).into_iter().next(),
                role: None,
                act: code?,
                direct: self.is_direct(),
                about: Vec::new(),
                occasion: None,
                date: None,
            }),
            RecordKind::Call => RecordBody::Call(Call {
                caller: self.parties(&given.who).into_iter().next(),
                addressees: self.parties(&given.whom),
                demand: self.what(given),
                violations: Vec::new(),
                date: None,
                basis: None,
                repeats: None,
            }),
            RecordKind::Commitment => RecordBody::Commitment(Commitment {
                by: self.parties(&given.who).into_iter().next(),
                undertaking: self.what(given),
                due: None,
                date: None,
            }),
            RecordKind::Response => RecordBody::Response(Response {
                by: self.parties(&given.who).into_iter().next()?,
                to: None,
                answer: code?,
                date: None,
                effect: None,
                assessed_by: None,
            }),
            RecordKind::Event => RecordBody::Event(self.event(given, code?)),
            RecordKind::Case => RecordBody::Case(self.case(given, code?)?),
            RecordKind::Person => RecordBody::Person(Person {
                names: self.names(),
                ..Person::default()
            }),
            RecordKind::Organisation => RecordBody::Organisation(Organisation {
                names: self.names(),
                part_of: None,
                key: None,
            }),
            _ => return None,
        })
    }

    fn allegation(&mut self, given: &Given, violation: Cited<Code>) -> Allegation {
        let victims = self.parties(&given.whom).into_iter().map(|who| Cited {
            value: Victim {
                who: who.value,
                number: None,
                characteristics: Vec::new(),
            },
            quotes: who.quotes,
        });
        let victims = victims.collect();
        let perpetrators = self.parties(&given.who).into_iter().map(|who| Cited {
            value: Perpetrator {
                who: who.value,
                involvement: None,
            },
            quotes: who.quotes,
        });
        let perpetrators = perpetrators.collect();
        let says = given.says.as_ref().map(|name| Party {
            name: name.clone(),
            is: model::EntityKind::Organisation,
        });
        let says = says.and_then(|says| self.party(&says)).map(|who| Cited {
            value: Attribution {
                words: who.value.name.clone(),
                speaker: Some(who.value),
            },
            quotes: who.quotes,
        });
        Allegation {
            violation,
            modality: self.whole(given.modality.unwrap_or(Modality::Alleged)),
            attribution: says.into_iter().collect(),
            victims,
            perpetrators,
            place: None,
            date: None,
            method: None,
            attribution_by_authorities: None,
            status_at_end: None,
        }
    }

    fn event(&mut self, given: &Given, event: Cited<Code>) -> Event {
        let participants = self.parties(&given.who).into_iter().map(|who| Cited {
            value: Participant {
                who: who.value,
                role: None,
            },
            quotes: who.quotes,
        });
        Event {
            event,
            date: None,
            place: None,
            participants: participants.collect(),
            instrument: None,
            after: Vec::new(),
            consequences: Vec::new(),
        }
    }

    fn case(&mut self, given: &Given, category: Cited<Code>) -> Option<Case> {
        let subject = self.parties(&given.whom).into_iter().next()?;
        Some(Case {
            subject,
            category,
            statuses: Vec::new(),
            last_seen_at: None,
            last_seen_on: None,
            requests: Vec::new(),
            next_of_kin: Vec::new(),
            authorities: Vec::new(),
            taken_on: None,
            taken_at: None,
            held_at: None,
            listed: None,
        })
    }

    /// Whether the record's words are given as spoken: they begin with a mark of quotation, or
    /// right behind one.
    fn is_direct(&self) -> bool {
        let opens = |letter: char| matches!(letter, '“' | '"' | '«' | '„' | '「' | '『' | '‘');
        let Some(first) = self.quotes.first() else {
            return false;
        };
        let (text, chars) = (&self.place.reading.text, self.place.chars);
        let before = chars
            .byte(text, first.span.start)
            .and_then(|at| text.get(..at));
        let before = before.and_then(|before| before.chars().next_back());
        first.quote.starts_with(opens) || before.is_some_and(opens)
    }

    /// The demand or undertaking; the record's own words where it was not found.
    fn what(&mut self, given: &Given) -> Cited<String> {
        let found = given.what.as_deref().and_then(|what| self.words(what));
        found.unwrap_or_else(|| {
            let words = self.quotes.first().map(|quote| quote.quote.clone());
            self.whole(words.unwrap_or_default())
        })
    }

    fn names(&self) -> Vec<Cited<Name>> {
        let form = self.quotes.first().map(|quote| quote.quote.clone());
        form.into_iter()
            .map(|form| {
                self.whole(Name {
                    form,
                    script: None,
                    romanisation: None,
                    surname_first: None,
                })
            })
            .collect()
    }
}
