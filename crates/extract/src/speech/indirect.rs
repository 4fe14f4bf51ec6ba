//! What somebody is said to have said, in other words than theirs; and what the document says in
//! its own voice where the words perform an act (`we condemn`).
//!
//! Invariant: an indirect utterance has a subject in its sentence that can speak; a verb without
//! one reports nothing.

use super::{Speech, Utterance, Voices, spoken_by};
use crate::lexicon::{Class, Frame, Table};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Hit, Part, Stretch};

/// Finds indirect speech. `direct` has been found, `said` marks its words.
pub(super) fn find(
    syntax: &Syntax,
    voices: &Voices,
    direct: &[Utterance],
    said: &[u32],
) -> Vec<Utterance> {
    let document = syntax.document;
    let mut cues: Vec<Stretch> = direct.iter().map(|utterance| utterance.cue).collect();
    cues.sort();
    let mut finder = Finder {
        syntax,
        voices,
        last: None,
        found: Vec::new(),
    };
    let mut spoken = direct.iter().peekable();
    for hit in document.hits(Table::Speech) {
        while let Some(utterance) = spoken.next_if(|u| u.words.from < hit.tokens.from) {
            if utterance.speaker.is_some() {
                finder.last.clone_from(&utterance.speaker);
            }
        }
        let free = document.part(hit.tokens.from) == Part::Body
            && said.get(hit.tokens.from as usize) == Some(&0)
            && document.quotation_at(hit.tokens.from).is_none()
            && !syntax.is_named(hit.tokens)
            && !syntax.is_in_compound(hit.tokens)
            && cues.binary_search(&hit.tokens).is_err();
        if free {
            finder.verb(hit);
        }
    }
    let mut listed = finder.listed();
    finder.found.append(&mut listed);
    finder.found
}

pub(super) struct Finder<'s, 'd, 'a> {
    pub(super) syntax: &'s Syntax<'d, 'a>,
    voices: &'s Voices,
    last: Option<Actor>,
    pub(super) found: Vec<Utterance>,
}

/// What a verb of saying tells.
struct Told {
    words: Stretch,
    /// Whether the words are a clause of their own.
    exact: bool,
    /// What goes on behind an attribution in the middle.
    after: Option<Stretch>,
    /// The subject.
    phrase: Phrase,
}

impl Finder<'_, '_, '_> {
    fn verb(&mut self, hit: &Hit) {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        if entry.frames.contains(&Frame::Source) {
            self.source(hit);
            return;
        }
        if entry.frames.contains(&Frame::Hearsay) {
            self.hearsay(hit);
            return;
        }
        let other = self.is_asked(hit.tokens.from) || document.is_deed(hit.tokens.from);
        if entry.frames.contains(&Frame::Nominal) || other {
            return;
        }
        let Some(told) = self.told(hit).filter(|told| self.may_say(hit, told.phrase)) else {
            return;
        };
        let own = self.is_own(told.phrase);
        let speaker = spoken_by(self.syntax, self.voices, told.phrase, self.last.as_ref());
        if speaker.is_none() && !matches!(told.phrase, Phrase::Pronoun(_)) {
            return;
        }
        if !own && speaker.is_some() {
            self.last.clone_from(&speaker);
        }
        let words = told.words;
        let start = self.syntax.verb_group_start(hit.tokens.from);
        let whole = match told.exact {
            true => words,
            false => Stretch::new(start.max(words.from.min(hit.tokens.from)), words.to),
        };
        // `denied this`: one word alone says nothing.
        let first = if words.len() < 2 && !own {
            whole
        } else {
            words
        };
        let inferred = speaker.as_ref().is_some_and(|speaker| speaker.inferred);
        self.add(Utterance {
            rule: entry.id.clone(),
            act: entry.act.clone(),
            admits: entry.admits,
            direct: false,
            own,
            speaker,
            words: Stretch::new(whole.from, told.after.map_or(whole.to, |after| after.to)),
            parts: [first].into_iter().chain(told.after).collect(),
            cue: hit.tokens,
            inferred,
        });
    }

    /// What the verb tells, and its subject.
    fn told(&self, hit: &Hit) -> Option<Told> {
        if let Some((words, phrase)) = self.inverted(hit) {
            return Some(Told {
                words,
                exact: true,
                after: None,
                phrase,
            });
        }
        // `…, residents told the agency.`: whom they told, not what.
        let sentence = self.syntax.document.sentence(hit.tokens.from).tokens;
        let listener = self.behind_listener(hit, sentence);
        let content = self.content(hit);
        let content = content.filter(|(words, _)| listener == hit.tokens.to || words.to > listener);
        let (words, exact, after) = match content {
            Some((words, exact)) => (words, exact, None),
            None => {
                let (before, after) = self.told_before(hit)?;
                (before, true, after)
            }
        };
        let phrase = match after.is_none() && exact && words.to <= hit.tokens.from {
            true => self.with_others(self.subject(hit)?),
            false => self.subject(hit)?,
        };
        let words = match self.fronted(hit) {
            Some((_, comma)) if words.has(comma) => Stretch::new(words.from, comma),
            _ => words,
        };
        Some(Told {
            words,
            exact,
            after,
            phrase,
        })
    }

    fn is_own(&self, phrase: Phrase) -> bool {
        matches!(phrase, Phrase::Pronoun(at) if self.syntax.document.is_any(at, &["we", "i"]))
    }

    /// Whether the phrase can say what the verb tells, and does so here.
    fn may_say(&self, hit: &Hit, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let verb = hit.tokens.from;
        let own = self.is_own(phrase);
        // `has not refuted the allegations`
        let claims = matches!(entry.act.as_str(), "denies" | "concludes");
        // `Villagers accused of witchcraft`
        let accused = document.is(verb, Class::Accusing)
            && document.written(verb).ends_with("ed")
            && document.is_any(hit.tokens.to, &["of", "with", "for"]);
        if accused
            || own && !entry.performative
            || !own && self.is_to_be_said(verb)
            || claims && self.is_negated(verb)
        {
            return false;
        }
        let anyone = entry.anyone && !self.is_reduced(hit);
        let can = self.syntax.can_act(phrase)
            || self.is_telling(&entry.act, phrase)
            || entry.act != "calls-upon" && self.is_unknown_name(phrase)
            || anyone && self.is_somebody(phrase);
        can && !self.is_condition(phrase.stretch().from, verb)
    }

    /// Keeps one utterance of those that one verb introduces: `recounted how` tells a clause, and is no
    /// object of telling as well.
    fn add(&mut self, utterance: Utterance) {
        let same = self
            .found
            .last_mut()
            .filter(|last| last.cue.overlaps(utterance.cue));
        match same {
            Some(last)
                if utterance.words.from >= utterance.cue.to && last.words.from <= last.cue.from =>
            {
                *last = utterance;
            }
            Some(_) => {}
            None => self.found.push(utterance),
        }
    }
}

impl Speech {
    /// The speaker of the speech that `token` is in, when it is in any.
    pub fn speaker_at(&self, token: u32) -> Option<&Actor> {
        self.at(token)?.speaker.as_ref()
    }
}
