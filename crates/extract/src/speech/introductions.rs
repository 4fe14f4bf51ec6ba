//! How a quotation is introduced: by a verb behind it, before it, in the passage before, among its
//! own words, or by a name behind a dash.
//!
//! Invariant: right beside a quotation whoever the verb's subject is speaks; further off only
//! somebody who can.

use super::direct::{Finder, Introduction};
use super::tags::source_phrase;
use crate::lexicon::{Class, Frame, Table};
use crate::syntax::Phrase;
use crate::text::{Hit, Quotation, Stretch};
use model::EntityKind;

/// Words between a verb and the quotation that it introduces.
const GAP: u32 = 14;

/// The most words between a quotation and the verb of saying behind its speaker.
const TAG: u32 = 30;

/// The most words of a speaker without a name.
const SPEAKER: u32 = 12;

/// The most words of somebody unnamed in a label: `One of the survivors`.
const SOMEBODY: u32 = 7;

impl Finder<'_, '_, '_> {
    fn quote_verbs(&self, stretch: Stretch) -> impl DoubleEndedIterator<Item = &Hit> {
        let document = self.syntax.document;
        document
            .hits_in(Table::Speech, stretch)
            .iter()
            .filter(|hit| {
                !self.syntax.is_named(hit.tokens)
                    && document.lexicon.speeches[hit.entry as usize]
                        .frames
                        .contains(&Frame::Quote)
            })
    }

    /// `“…,” said X` and `“…,” X said`, also in a sentence of its own behind `?”` and `!”`.
    pub(super) fn behind(&self, quotation: Quotation) -> Option<Introduction> {
        let document = self.syntax.document;
        let block = document.block(quotation.marked.from).tokens;
        let mut at = quotation.marked.to;
        if document.is_word(at, ",") {
            at += 1;
        }
        if !block.has(at) || document.is_quote_mark(at) {
            return None;
        }
        let last = quotation.words.tokens().rev().take(3);
        let ends = last
            .map(|at| document.written(at))
            .find(|&written| !matches!(written, "'" | "’" | "‘"))
            .unwrap_or_default();
        let stopped = matches!(ends, "." | "?" | "!" | "…" | "...");
        let closed = stopped
            || matches!(ends, "," | "—" | "–")
            || document.is_word(quotation.marked.to, ",");
        let same = document.sentence_number(at)
            == document.sentence_number(quotation.marked.to.saturating_sub(1));
        if !same && (!stopped || ends == ".") {
            return None;
        }
        if let Some(hit) = self.quote_verbs(Stretch::new(at, at + 1)).next() {
            let phrase = self.inverted(hit.tokens.to);
            let named = phrase.filter(|&phrase| self.syntax.can_act(phrase));
            if closed || named.is_some() {
                let speaker = named.or(phrase.filter(|_| closed));
                return Some(Introduction {
                    entry: Some(hit.entry),
                    cue: hit.tokens,
                    speaker: speaker.or_else(|| self.subject_of(hit)),
                    from: None,
                });
            }
        }
        if !closed {
            return None;
        }
        let (phrase, hit) = self.tag(at)?;
        Some(Introduction {
            entry: Some(hit.entry),
            cue: hit.tokens,
            speaker: Some(phrase),
            from: None,
        })
    }

    /// The subject behind its verb: `said a relative of the scholar`.
    fn inverted(&self, at: u32) -> Option<Phrase> {
        let document = self.syntax.document;
        let phrase = self.syntax.phrase_at(at)?;
        let Phrase::Words(words) = phrase else {
            return Some(phrase);
        };
        let noun = document.is_capital(words.from)
            || document.is(words.from, Class::Determiner)
            || document.is(words.from, Class::Possessive)
            || self.syntax.can_act(phrase);
        let when = document.is(words.from, Class::Weekday)
            || document.is(words.from, Class::Adverb)
            || document.is_any(words.from, &["this", "that", "last", "to", "in", "on"]);
        (noun && !when).then_some(phrase)
    }

    /// Who speaks and the verb of it in a tag that begins at `at`: `the union wrote`,
    /// `Rep. Moore (D-Wis.) said`, `X, the head of Y, told reporters`.
    fn tag(&self, at: u32) -> Option<(Phrase, &Hit)> {
        let document = self.syntax.document;
        let sentence = document.sentence(at).tokens;
        let limit = sentence.to.min(at + TAG);
        let hit = self
            .quote_verbs(Stretch::new(at + 1, limit))
            .find(|hit| !self.syntax.is_not_finite(hit.tokens.from))?;
        let verb = self.syntax.verb_group_start(hit.tokens.from).max(at + 1);
        let between = Stretch::new(at, verb);
        let breaks = |at: u32| {
            document.is_any(at, &[".", ";", ":", "?", "!"])
                && !document.is_capital(at.saturating_sub(1))
                || document.is_quote_mark(at)
                || document.is(at, Class::Modal)
        };
        let first = document.is(at, Class::Conjunction)
            || document.is(at, Class::Preposition)
            || document.is(at, Class::Subordinator)
            || document.is(at, Class::Relative)
            || document.is(at, Class::Negation);
        if first || between.tokens().any(breaks) {
            return None;
        }
        let last = verb.saturating_sub(1);
        let cut = between
            .tokens()
            .find(|&at| document.is_any(at, &[",", "("]))
            .unwrap_or(verb);
        if cut < verb && !document.is_any(last, &[",", ")"]) {
            return None;
        }
        let subject = Stretch::new(at, cut);
        if document.is(at, Class::ThirdPerson) || document.is(at, Class::FirstPerson) {
            return (subject.len() == 1).then_some((Phrase::Pronoun(at), hit));
        }
        Some((self.whole(subject)?, hit))
    }

    /// The words as a phrase: a name where they end with one, else themselves.
    fn whole(&self, words: Stretch) -> Option<Phrase> {
        let names = self.syntax.names;
        let near = Stretch::new(words.from, words.to);
        let named = names.within(near).iter().rev().find(|mention| {
            let entity = names.entity(mention);
            let ends = mention.outer.to == words.to || mention.tokens.to == words.to;
            let all = mention.outer.from <= words.from + 1;
            ends && (all || entity.kind == EntityKind::Person)
        });
        if let Some(mention) = named {
            return Some(Phrase::Entity(mention.entity, mention.outer, mention.form));
        }
        (!words.is_empty() && words.len() <= SPEAKER).then_some(Phrase::Words(words))
    }

    /// The subject of a verb that stands behind a quotation: `reflects …, ” noting`.
    fn subject_of(&self, hit: &Hit) -> Option<Phrase> {
        self.syntax
            .subject(hit.tokens.from)
            .filter(|&phrase| self.syntax.can_act(phrase))
    }

    /// `X said: “…”`, `X warned that “…”`, `X notes that the government “diverts …”`.
    pub(super) fn ahead(&self, quotation: Quotation) -> Option<Introduction> {
        let document = self.syntax.document;
        let mark = quotation.marked.from;
        let sentence = document.sentence(mark).tokens;
        let before = Stretch::new(mark.saturating_sub(GAP + 4).max(sentence.from), mark);
        if let Some(label) = self.label(mark, sentence) {
            return Some(label);
        }
        let hit = self.quote_verbs(before).rev().find(|hit| {
            hit.tokens.to <= mark && document.quotation_at(hit.tokens.from).is_none()
        })?;
        let gap = Stretch::new(hit.tokens.to, mark);
        if gap.len() > GAP
            || gap
                .tokens()
                .any(|at| document.is_any(at, &[";"]) || document.is_quote_mark(at))
        {
            return None;
        }
        let entry = &document.lexicon.speeches[hit.entry as usize];
        if entry.frames.contains(&Frame::Source) {
            let (source, _) = source_phrase(self.syntax, hit)?;
            return Some(Introduction {
                entry: Some(hit.entry),
                cue: hit.tokens,
                speaker: self.syntax.can_act(source).then_some(source),
                from: None,
            });
        }
        let first = gap.from;
        let that = document.is_word(first, "that");
        let content = if that { first + 1 } else { first };
        let joined = gap.tokens().all(|at| {
            !document.is_plain(at)
                || document.is_any(
                    at,
                    &[
                        "that", "the", "this", "as", "of", "what", "to", "for", "how", "a",
                    ],
                )
        });
        let marked = document.is_any(mark.saturating_sub(1), &[":", ","]);
        let object = entry.frames.contains(&Frame::Object);
        if !joined && !that && !object && !marked {
            return None;
        }
        let subject = self.syntax.subject(hit.tokens.from).filter(|&phrase| {
            self.syntax.can_act(phrase) || joined && matches!(phrase, Phrase::Words(_))
        });
        if subject.is_none() && !marked {
            return None;
        }
        let partial = content < mark && document.is_plain(content) && !joined && !marked;
        Some(Introduction {
            entry: Some(hit.entry),
            cue: hit.tokens,
            speaker: subject,
            from: partial.then_some(content),
        })
    }

    /// `X said:` ends the passage before the one that the quotation opens.
    pub(super) fn in_passage_before(&self, quotation: Quotation) -> Option<Introduction> {
        let document = self.syntax.document;
        let number = document.block_number(quotation.marked.from);
        let block = document.blocks[number as usize];
        if quotation.marked.from != block.tokens.from {
            return None;
        }
        let earlier = document.blocks[number.checked_sub(1)? as usize].tokens;
        let last = earlier.to.checked_sub(1).filter(|&at| earlier.has(at))?;
        if !document.is_word(last, ":") {
            return None;
        }
        let sentence = document.sentence(last).tokens;
        let hit = self.quote_verbs(sentence).next_back()?;
        let speaker = self
            .syntax
            .subject(hit.tokens.from)
            .filter(|&phrase| self.syntax.can_act(phrase) || sentence.len() <= SPEAKER);
        Some(Introduction {
            entry: Some(hit.entry),
            cue: hit.tokens,
            speaker,
            from: None,
        })
    }

    /// `NAME: “…”`, and `“NAME: …”` in a transcript.
    fn label(&self, mark: u32, sentence: Stretch) -> Option<Introduction> {
        let document = self.syntax.document;
        let inside = (mark + 1..mark + 5).find(|&at| document.is_word(at, ":"));
        let (from, colon) = match inside {
            Some(colon) if colon > mark + 1 => (mark + 1, colon),
            _ => (
                sentence.from,
                mark.checked_sub(1).filter(|&at| sentence.has(at))?,
            ),
        };
        if !document.is_word(colon, ":") || colon.saturating_sub(from) > 12 {
            return None;
        }
        let phrase = self.syntax.phrase_at(from)?;
        let named = matches!(phrase, Phrase::Entity(..)) && phrase.stretch().to == colon;
        let capitals =
            (from..colon).all(|at| document.token(at).is_some_and(|t| t.shape.is_upper()));
        let words = Stretch::new(from, colon.max(from));
        let whole = if named {
            phrase
        } else if capitals && colon > from || self.is_somebody_unnamed(words) {
            Phrase::Words(words)
        } else {
            return None;
        };
        Some(Introduction {
            entry: None,
            cue: Stretch::new(colon, colon + 1),
            speaker: Some(whole),
            from: None,
        })
    }

    /// `One survivor`, `a former inmate of Tadmor prison`.
    fn is_somebody_unnamed(&self, words: Stretch) -> bool {
        let document = self.syntax.document;
        let opens = document.is(words.from, Class::Determiner)
            || document.is_any(words.from, &["one", "former"]);
        opens
            && words.len() <= SOMEBODY
            && words
                .tokens()
                .all(|at| document.is_plain(at) && !document.is(at, Class::Auxiliary))
            && self.syntax.is_people(Phrase::Words(words))
    }

    /// `“…” – Julie Diaz`: a name behind a dash that ends the passage.
    pub(super) fn signed(&self, quotation: Quotation) -> Option<Introduction> {
        let document = self.syntax.document;
        let dash = quotation.marked.to;
        let block = document.block(quotation.marked.from).tokens;
        if !block.has(dash) || !document.is_dash(dash) || block.to - dash > SPEAKER {
            return None;
        }
        let end = (dash + 1..block.to)
            .find(|&at| document.is_any(at, &[",", "("]))
            .unwrap_or(block.to);
        let name = document.trimmed(Stretch::new(dash + 1, end));
        let capitals = name
            .tokens()
            .all(|at| document.is_capital(at) || document.is(at, Class::Particle));
        let speaker = match self.is_somebody_unnamed(name) {
            true => Phrase::Words(name),
            false if name.len() < 2 || !capitals => return None,
            false => self.whole(name)?,
        };
        Some(Introduction {
            entry: None,
            cue: Stretch::new(dash, dash + 1),
            speaker: Some(speaker),
            from: None,
        })
    }

    /// `They “urge the international community …”`: the verb is among the spoken words.
    pub(super) fn subject_only(&self, quotation: Quotation) -> Option<Introduction> {
        let document = self.syntax.document;
        let mark = quotation.marked.from;
        let sentence = document.sentence(mark).tokens;
        let before = mark.checked_sub(1).filter(|&at| sentence.has(at))?;
        let first = quotation.words.from;
        let hit = document
            .hits_in(Table::Speech, Stretch::new(first, first + 1))
            .first()?;
        let pronoun = document
            .is(before, Class::ThirdPerson)
            .then_some(Phrase::Pronoun(before));
        let named = self
            .syntax
            .names
            .within(Stretch::new(before.saturating_sub(12), mark))
            .iter()
            .rev()
            .find(|mention| mention.outer.to == mark)
            .map(|mention| Phrase::Entity(mention.entity, mention.outer, mention.form));
        Some(Introduction {
            entry: Some(hit.entry),
            cue: hit.tokens,
            speaker: Some(pronoun.or(named)?),
            from: None,
        })
    }
}
