//! Words as spoken: who says them is told behind them, before them, or by what came before.
//!
//! Invariant: words between quotation marks without any such sign are not speech (`so-called
//! “re-education”`).

use super::{Utterance, Voices, spoken_by};
use crate::lexicon::{Class, Table};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Quotation, Stretch};

/// Finds direct speech.
pub(super) fn find(syntax: &Syntax, voices: &Voices) -> Vec<Utterance> {
    let mut finder = Finder {
        syntax,
        voices,
        found: Vec::new(),
        last: None,
    };
    for number in 0..syntax.document.quotations.len() {
        finder.quotation(number);
    }
    finder.found
}

/// The most words in quotation marks that are a term within a clause, not speech.
const TERM: u32 = 4;

pub(super) struct Finder<'s, 'd, 'a> {
    pub(super) syntax: &'s Syntax<'d, 'a>,
    voices: &'s Voices,
    found: Vec<Utterance>,
    last: Option<Actor>,
}

/// How a quotation is introduced.
pub(super) struct Introduction {
    /// The verb's number in the lexicon; a colon or a dash has none.
    pub(super) entry: Option<u32>,
    pub(super) cue: Stretch,
    pub(super) speaker: Option<Phrase>,
    /// Where the words begin, when they begin before the quotation mark.
    pub(super) from: Option<u32>,
}

impl Finder<'_, '_, '_> {
    fn quotation(&mut self, number: usize) {
        let quotation = self.syntax.document.quotations[number];
        if quotation.words.is_empty() {
            return;
        }
        if let Some(before) = quotation.continues
            && self.goes_on(before, quotation)
        {
            return;
        }
        let within = |utterance: &Utterance| utterance.words.contains(quotation.words);
        if self.found.last().is_some_and(within) || self.is_second_part(quotation) {
            return;
        }
        let introduction = self
            .behind(quotation)
            .or_else(|| self.ahead(quotation))
            .or_else(|| self.in_passage_before(quotation))
            .or_else(|| self.subject_only(quotation))
            .or_else(|| self.signed(quotation));
        match introduction {
            // `promised a “serious price”`: a term within what is told in other words.
            Some(introduction)
                if quotation.embedded
                    && quotation.words.len() <= TERM
                    && introduction.cue.to <= quotation.marked.from
                    && introduction.from.is_none() => {}
            Some(introduction)
                if introduction.speaker.is_none() && self.goes_on_unnamed(number, quotation) => {}
            Some(introduction) => self.introduced(quotation, introduction),
            None => self.unintroduced(number, quotation),
        }
    }

    /// Speech over several passages is one utterance.
    fn goes_on(&mut self, before: u32, quotation: Quotation) -> bool {
        let earlier = self.syntax.document.quotations[before as usize].words;
        let Some(utterance) = self
            .found
            .last_mut()
            .filter(|utterance| utterance.parts.last() == Some(&earlier))
        else {
            return false;
        };
        utterance.parts.push(quotation.words);
        true
    }

    /// `“…,” said X, “…”`: the second half of what was introduced in the middle.
    fn is_second_part(&mut self, quotation: Quotation) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence_number(quotation.marked.from);
        let Some(utterance) = self.found.last_mut() else {
            return false;
        };
        let cue_end = utterance
            .speaker
            .as_ref()
            .map_or(utterance.cue.to, |speaker| {
                speaker.words.to.max(utterance.cue.to)
            });
        let follows = utterance.direct
            && document.sentence_number(utterance.cue.from) == sentence
            && utterance.cue.from >= utterance.parts.last().map_or(0, |part| part.to)
            && quotation.marked.from >= cue_end
            && quotation.marked.from - cue_end <= 12
            && document
                .hits_in(Table::Speech, Stretch::new(cue_end, quotation.marked.from))
                .is_empty();
        let closes_before =
            (cue_end..quotation.marked.from).all(|at| !document.is_any(at, &[".", ";", ":"]));
        if !follows || !closes_before {
            return false;
        }
        utterance.parts.push(quotation.words);
        utterance.words = Stretch::new(utterance.words.from, quotation.words.to);
        true
    }

    fn introduced(&mut self, quotation: Quotation, introduction: Introduction) {
        let document = self.syntax.document;
        let phrase = introduction.speaker;
        let speaker = phrase
            .and_then(|phrase| spoken_by(self.syntax, self.voices, phrase, self.last.as_ref()));
        let entry = introduction
            .entry
            .map(|entry| &document.lexicon.speeches[entry as usize]);
        let from = introduction.from.unwrap_or(quotation.words.from);
        let words = match introduction.from {
            Some(from) => self.syntax.saying_end(from, introduction.cue.from),
            None => quotation.words,
        };
        let words = Stretch::new(from, words.to.max(quotation.words.to));
        if speaker.is_some() {
            self.last.clone_from(&speaker);
        }
        let inferred = speaker.as_ref().is_some_and(|speaker| speaker.inferred);
        let utterance = Utterance {
            rule: entry.map_or("statement.label".to_owned(), |entry| entry.id.clone()),
            act: entry.map_or("asserts".to_owned(), |entry| entry.act.clone()),
            admits: entry.is_some_and(|entry| entry.admits),
            direct: introduction.from.is_none(),
            own: false,
            speaker,
            words,
            parts: vec![words],
            cue: introduction.cue,
            inferred,
        };
        if let Some(whole) = self.same_sentence_before(&utterance) {
            whole.parts.push(utterance.words);
            whole.words = Stretch::new(whole.words.from, utterance.words.to);
            return;
        }
        self.found.push(utterance);
    }

    /// Two quotations that one verb introduces: `said that “…” and “…”`.
    fn same_sentence_before(&mut self, utterance: &Utterance) -> Option<&mut Utterance> {
        let document = self.syntax.document;
        let same = self.found.last().is_some_and(|last| {
            last.cue == utterance.cue
                && document.sentence_number(last.words.from)
                    == document.sentence_number(utterance.words.from)
                && last.words.to <= utterance.words.from
        });
        if same { self.found.last_mut() } else { None }
    }

    /// A quotation that nothing introduces goes on with the speech before it, when it begins its
    /// sentence and speech ended right before.
    fn unintroduced(&mut self, number: usize, quotation: Quotation) {
        self.goes_on_unnamed(number, quotation);
    }

    /// Adds a quotation as the last speaker's, when it can be.
    fn goes_on_unnamed(&mut self, number: usize, quotation: Quotation) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(quotation.marked.from);
        let begins = quotation.marked.from - sentence.tokens.from <= 4
            && (sentence.tokens.from..quotation.marked.from)
                .all(|at| !document.is(at, Class::Preposition));
        let Some(last) = self.found.last() else {
            return false;
        };
        let block = document.block_number(quotation.marked.from);
        let last_block =
            document.block_number(last.parts.last().map_or(last.words.to, |part| part.from));
        let close = block == last_block || block == last_block + 1;
        if !begins || !close || quotation.words.len() < 5 {
            return false;
        }
        let between = number
            .checked_sub(1)
            .is_some_and(|before| document.quotations[before].words.from > last.words.to);
        let stated = last.direct && !between;
        let at = quotation.marked.from;
        let actor = last.speaker.clone().filter(|_| stated);
        let Some(actor) = actor else { return false };
        self.found.push(Utterance {
            rule: "statement.continued".to_owned(),
            act: "asserts".to_owned(),
            admits: false,
            direct: true,
            own: false,
            speaker: Some(Actor {
                inferred: true,
                ..actor
            }),
            words: quotation.words,
            parts: vec![quotation.words],
            cue: Stretch::new(at, at + 1),
            inferred: true,
        });
        true
    }
}
