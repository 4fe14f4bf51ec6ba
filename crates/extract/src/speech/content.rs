//! What a verb of saying governs: a clause behind `that` or without it, a thing and what it is called,
//! an object; over asides, listeners and days between.
//!
//! Invariant: looks only ahead of the verb, within its sentence.

use super::indirect::Finder;
use crate::answers::is_no_undertaking;
use crate::lexicon::{Class, Frame, Table};
use crate::text::{Hit, Stretch};

impl Finder<'_, '_, '_> {
    /// What is said, and whether it is a clause of its own; `None` when the verb takes nothing
    /// that is said.
    pub(super) fn content(&self, hit: &Hit) -> Option<(Stretch, bool)> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let has = |frame| entry.frames.contains(&frame);
        let sentence = document.sentence(hit.tokens.from).tokens;
        let next = self.behind_aside(self.behind_agent(hit), sentence);
        if let Some(clause) = self.clause_within(hit) {
            return clause;
        }
        let ends_with_that =
            document.is_word(next.saturating_sub(1), "that") && hit.tokens.len() > 1;
        if hit.tokens.len() > 1
            && !(ends_with_that && entry.act == "concludes")
            && has(Frame::Object)
            && (!sentence.has(next) || !document.is_plain(next) || document.is_word(next, "as"))
        {
            return Some((hit.tokens, false));
        }
        if !sentence.has(next) || entry.act == "commits-to" && is_no_undertaking(document, hit) {
            return None;
        }
        if let Some(words) = self.special(hit, next, sentence) {
            return words;
        }
        if self.asks_for_words(hit, next) {
            return None;
        }
        let that = (next..(next + 10).min(sentence.to))
            .take_while(|&at| document.is_plain(at) || document.is_word(at, ","))
            .find(|&at| document.is_any(at, &["that", "how", "whether"]));
        let from = if ends_with_that && has(Frame::That) {
            next
        } else if let Some(that) = that
            && has(Frame::That)
            && (that == next || self.is_listener(Stretch::new(next, that)))
            && (that == next || entry.act != "commits-to")
            && (that == next || entry.act != "concludes" || self.is_when(next))
        {
            if document.is_word(that, "that") {
                that + 1
            } else {
                that
            }
        } else if has(Frame::Object) && self.begins_object(next) && !self.is_reduced(hit) {
            let words = self.syntax.saying_end(next, hit.tokens.from);
            let least = if hit.tokens.len() > 1 { 1 } else { 2 };
            return (words.len() >= least).then_some((words, false));
        } else if has(Frame::That) && entry.act != "concludes" && self.begins_told(next) {
            next
        } else if has(Frame::Bare)
            && let Some(from) = self.behind_listener_named(hit, next)
        {
            from
        } else if has(Frame::Bare)
            && self.begins_clause(self.behind_told(next))
            && (!has(Frame::That) || entry.id.ends_with(".say") || self.has_verb(next))
        {
            self.behind_told(next)
        } else {
            return None;
        };
        let words = self.syntax.saying_end(from, hit.tokens.from);
        // `contested that argument`
        if words.len() < 2 && ends_with_that && has(Frame::Object) {
            return Some((Stretch::new(hit.tokens.from, words.to), false));
        }
        (words.len() >= 2).then_some((words, true))
    }

    /// `alleged that the militia`: a pattern over `the` runs over `that` too, and a clause follows.
    fn clause_within(&self, hit: &Hit) -> Option<Option<(Stretch, bool)>> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let behind = Stretch::new(hit.tokens.from + 1, hit.tokens.to.max(hit.tokens.from + 1));
        let that = behind.tokens().find(|&at| document.is_word(at, "that"))?;
        if that + 1 >= hit.tokens.to || entry.frames.contains(&Frame::That) {
            return None;
        }
        let words = self.syntax.saying_end(that + 1, hit.tokens.from);
        Some((words.len() >= 2).then_some((words, true)))
    }

    /// What verbs take that are followed by neither a clause nor any object: a thing and what it is
    /// called, a gerund, an abuse.
    fn special(&self, hit: &Hit, next: u32, sentence: Stretch) -> Option<Option<(Stretch, bool)>> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let has = |frame| entry.frames.contains(&frame);
        let end = |from| self.syntax.saying_end(from, hit.tokens.from);
        if has(Frame::Naming) && self.names_something(next, sentence) {
            let words = end(next);
            return Some((words.len() >= 3).then_some((words, false)));
        }
        if has(Frame::Doing) && hit.tokens.len() == 1 {
            return Some(self.gerund(next).map(|doing| (end(doing), false)));
        }
        if !has(Frame::Records) {
            return None;
        }
        let words = end(next);
        let abuse = !document.hits_in(Table::Violation, words).is_empty();
        let start = self.syntax.verb_group_start(hit.tokens.from);
        let before = start.saturating_sub(1);
        let of_whom = document.is(before, Class::Relative);
        // `My office has recorded 23 cases`: the document's own words.
        let own = document.is_any(before.saturating_sub(1), &["my", "our"]);
        let object = abuse && !of_whom && !own && self.begins_object(next);
        Some(object.then_some((words, false)))
    }

    /// `asked whether`, `demands for`: what is asked for are words, or a noun stands here.
    fn asks_for_words(&self, hit: &Hit, next: u32) -> bool {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let question = document.is_any(
            next,
            &[
                "whether", "if", "what", "why", "who", "how", "where", "when",
            ],
        );
        let noun = document.is_word(next, "for")
            && hit.tokens.len() == 1
            && document.is_any(hit.tokens.from, &["demand", "request", "appeal"]);
        entry.act == "calls-upon" && (question || noun)
    }

    /// Behind whoever says so in the passive: `I was told by her brother that`.
    fn behind_agent(&self, hit: &Hit) -> u32 {
        let document = self.syntax.document;
        let by = hit.tokens.to;
        let passive = document.is_word(by, "by") && self.is_passive(hit.tokens.from);
        let agent = self.syntax.phrase_at(by + 1).filter(|_| passive);
        agent.map_or(by, |agent| self.without_that(agent).stretch().to)
    }

    /// The gerund that begins here, or behind a place: `denied in court having struck him`.
    fn gerund(&self, at: u32) -> Option<u32> {
        let document = self.syntax.document;
        let near = if document.is(at, Class::Preposition) {
            at + 4
        } else {
            at + 2
        };
        (at..near)
            .take_while(|&at| document.is_plain(at))
            .find(|&at| document.written(at).len() > 4 && document.written(at).ends_with("ing"))
    }

    /// `claims it has no camps`, `insists there are none`: a clause without `that` by its pronoun and
    /// verb.
    fn begins_told(&self, at: u32) -> bool {
        let document = self.syntax.document;
        let verb = document.is(at + 1, Class::Auxiliary)
            || document.is(at + 1, Class::Modal)
            || document.is(at + 1, Class::Past)
            || document.is(at + 1, Class::Negation)
            || document.written(at + 1).ends_with("ed");
        verb && (document.is(at, Class::ThirdPerson) || document.is_word(at, "there"))
    }

    /// Behind an aside between commas, or behind how it is said: `condemned in the strongest terms the
    /// execution`; `condemned, in its resolution of May, the abductions`.
    fn behind_aside(&self, at: u32, sentence: Stretch) -> u32 {
        let document = self.syntax.document;
        let manner = (at + 1..at + 6)
            .take_while(|&at| document.is_plain(at))
            .find(|&at| document.is_word(at, "terms"));
        if let Some(terms) = manner.filter(|_| document.is_word(at, "in")) {
            return terms + 1;
        }
        let opens = sentence.has(at + 1)
            && document.is_word(at, ",")
            && document.is(at + 1, Class::Preposition);
        if !opens {
            return at;
        }
        let within =
            (at + 2..sentence.to.min(at + 12)).take_while(|&at| !document.bounds_speech(at));
        let close = within.into_iter().find(|&at| document.is_word(at, ","));
        match close {
            Some(close)
                if document.is(close + 1, Class::Determiner)
                    || document.is_word(close + 1, "that") =>
            {
                close + 1
            }
            _ => at,
        }
    }

    /// `the verdict a disgrace`, `her imprisonment arbitrary`: a thing, and what it is called.
    fn names_something(&self, from: u32, sentence: Stretch) -> bool {
        const ENDINGS: &[&str] = &[
            "able", "ible", "ful", "less", "ous", "ive", "ated", "ical", "ary", "al",
        ];
        let document = self.syntax.document;
        let begins = document.is(from, Class::Determiner)
            || document.is(from, Class::Possessive)
            || document.is_any(from, &["it", "them", "this"])
            || self.syntax.names.at(from).is_some();
        let words = Stretch::new(from, sentence.to.min(from + 10));
        // `called reports of torture “groundless insinuations”`
        let marked = words.tokens().skip(1).find(|&at| !document.is_plain(at));
        if let Some(mark) = marked.filter(|&at| document.is_quote_mark(at)) {
            return !document.is(mark - 1, Class::Determiner);
        }
        let called = words
            .tokens()
            .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Subordinator))
            .skip(2)
            .any(|at| {
                let written = document.written(at);
                let named = document.is_any(at, &["a", "an"]);
                let judged = ENDINGS.iter().any(|ending| written.ends_with(ending))
                    || document
                        .is_any(at, &["wrong", "illegal", "unlawful", "false", "misleading"]);
                let ends = !document.is_plain(at + 1)
                    || document.is(at + 1, Class::Preposition)
                    || document.is(at + 1, Class::Conjunction);
                named || judged && ends
            });
        begins && called
    }

    /// `the media`, `reporters on Monday`: between a verb and its `that`.
    fn is_listener(&self, words: Stretch) -> bool {
        let document = self.syntax.document;
        let most = if document.is_word(words.from, "in") {
            8
        } else {
            5
        };
        // `admitted for the first time that`
        let once = words.len() == 4 && document.is_word(words.to - 1, "time");
        let bench = document.is_any(words.to.saturating_sub(1), &["majority", "court"]);
        if (once || bench) && document.is_word(words.from, "for") {
            return true;
        }
        words.len() <= most
            && !document.is_any(words.from, &["about", "of", "for", "with", "from", "by"])
            && !words.tokens().any(|at| {
                self.syntax.document.is(at, Class::Relative)
                    || words.len() > 1 && self.syntax.document.is(at, Class::ThirdPerson)
                    || self.syntax.document.is(at, Class::Auxiliary)
            })
    }

    /// `insist the student fell`, not `claimed the lives of`.
    fn has_verb(&self, at: u32) -> bool {
        let document = self.syntax.document;
        (at + 1..at + 8)
            .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Preposition))
            .any(|at| {
                document.is(at, Class::Auxiliary) && !document.is_word(at, "'s")
                    || document.is(at, Class::Modal)
                    || document.is(at, Class::Past)
                    || document.written(at).len() > 4 && document.written(at).ends_with("ed")
            })
    }

    /// Behind a day, or behind whom it is told to: `told me I would be shot`.
    fn behind_told(&self, at: u32) -> u32 {
        let document = self.syntax.document;
        let listens = document.is_any(at, &["me", "us", "him", "her", "them", "reporters"]);
        let own = document.is(at + 1, Class::FirstPerson)
            || document.is(at + 1, Class::ThirdPerson)
            || document.is(at + 1, Class::Determiner)
            || document.is(at + 1, Class::Possessive);
        self.behind_day(at + u32::from(listens && own))
    }

    /// Behind whom it is told to, where a pronoun opens what is told: `told the BBC she had`.
    fn behind_listener_named(&self, hit: &Hit, at: u32) -> Option<u32> {
        let document = self.syntax.document;
        if !document.is(hit.tokens.from, Class::TellingTo) {
            return None;
        }
        let near = at + 1..at + 6;
        let pronoun = near
            .take_while(|&at| document.is_plain(at) && !document.is(at, Class::Auxiliary))
            .find(|&at| document.is(at, Class::ThirdPerson) || document.is_word(at, "there"));
        let opens = document.is(at, Class::Determiner)
            || document.is(at, Class::Possessive)
            || document.is_capital(at);
        pronoun.filter(|_| opens)
    }

    /// Behind `on Monday`, `today`, which may stand between a verb and what is said.
    fn behind_day(&self, at: u32) -> u32 {
        let document = self.syntax.document;
        if document.is_word(at, "on") && document.is(at + 1, Class::Weekday) {
            return at + 2;
        }
        let day = document.is(at, Class::Weekday)
            || document.is_any(at, &["today", "yesterday", "later"]);
        at + u32::from(day)
    }

    /// `found in August 2022 that`: what was found is only said behind a time or place.
    fn is_when(&self, at: u32) -> bool {
        let document = self.syntax.document;
        document.is(at, Class::Preposition)
            || document.is(at, Class::Adverb)
            || document.is(at, Class::Weekday)
            || document.is_any(at, &["last", "today", "yesterday", "this"])
    }

    fn begins_object(&self, at: u32) -> bool {
        let document = self.syntax.document;
        document.is_plain(at)
            && !document.is_any(
                at,
                &[
                    "as", "by", "when", "if", "because", "and", "or", "but", "before", "after",
                    "until", "while",
                ],
            )
            || document.is_quote_mark(at)
    }

    /// Whether a clause without `that` may begin here: `said refugees were`.
    fn begins_clause(&self, at: u32) -> bool {
        let document = self.syntax.document;
        let sentence = document.sentence(at).tokens;
        // `say up to 3,000 people remain`
        let counted = document.is_any(at, &["up", "at", "more", "about", "some", "nearly"])
            && (at + 1..at + 3).any(|at| document.is_digits(at))
            || document.is_word(at, "as")
                && document.is_any(at + 1, &["many", "few"])
                && document.is_digits(at + 3);
        if counted
            || document.is(at, Class::ThirdPerson)
            || document.is(at, Class::FirstPerson)
            || document.is(at, Class::Possessive)
            || document.is(at, Class::Determiner)
            || document.is_word(at, "there")
            || self.syntax.names.at(at).is_some()
        {
            return true;
        }
        let noun = document.is_plain(at)
            && !document.is(at, Class::Preposition)
            && !document.is(at, Class::Conjunction)
            && !document.is(at, Class::Subordinator)
            && !document.is(at, Class::Weekday)
            && !document.is(at, Class::Negation)
            && !self.syntax.is_adverb(at);
        noun && (at + 1..sentence.to.min(at + 12)).any(|at| {
            document.is(at, Class::Auxiliary) && !document.is_word(at, "'s")
                || document.is(at, Class::Modal)
                || document.is(at, Class::Past)
                || document.written(at).ends_with("ed")
        })
    }
}
