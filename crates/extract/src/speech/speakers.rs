//! Who is the subject of a verb of saying, and whether such a subject can say something.
//!
//! Invariant: the subject stands in the verb's sentence.

use super::indirect::Finder;
use crate::lexicon::{Class, Table};
use crate::syntax::Phrase;
use crate::text::{Hit, Stretch};

/// The most words at the start of a sentence that name whom a participle behind a comma is of.
const OPENING: u32 = 6;

/// The most words between `I write` and its `to express`.
const WISH: u32 = 16;

impl Finder<'_, '_, '_> {
    /// `hundreds of testimonies point to`: what tells without being somebody.
    pub(super) fn is_telling(&self, act: &str, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let Phrase::Words(words) = phrase else {
            return false;
        };
        let words = document.trimmed(words);
        let last = words.to.saturating_sub(1);
        let noun = self.syntax.head(words).unwrap_or(last);
        matches!(act, "asserts" | "concludes")
            && (document.is(last, Class::Telling) || document.is(noun, Class::Telling))
    }

    /// `Amnesty described`: a name that no list holds.
    pub(super) fn is_unknown_name(&self, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let Phrase::Words(words) = phrase else {
            return false;
        };
        self.syntax.is_name_like(words)
            && words.tokens().all(|at| {
                !document.is(at, Class::Starter)
                    && !document.is(at, Class::Preposition)
                    && !document.is(at, Class::Weekday)
                    && !document.is(at, Class::Month)
                    && document.written(at).len() > 3
            })
    }

    /// Whether words can name somebody: they do not end with what is no noun.
    pub(super) fn is_somebody(&self, phrase: Phrase) -> bool {
        let document = self.syntax.document;
        let Phrase::Words(words) = phrase else {
            return true;
        };
        if self.syntax.is_people(phrase) {
            return true;
        }
        let words = document.trimmed(words);
        // `Of 183 loggers interviewed, 150 said`
        let opening = document.sentence(words.from).tokens.from;
        if words.len() == 1 && document.is_word(opening, "of") && document.is_digits(words.from) {
            return true;
        }
        let Some(last) = words.to.checked_sub(1).filter(|&at| words.has(at)) else {
            return false;
        };
        // `to help Americans welcome refugees`
        let caused = document.is_any(
            words.from,
            &[
                "help", "helping", "let", "letting", "make", "making", "ensure", "ensuring",
                "enable",
            ],
        );
        !(caused
            || document.is(last, Class::Weekday)
            || document.is(last, Class::Month)
            || document.is(last, Class::Preposition)
            || document.is(last, Class::Relative)
            || document.is(last, Class::TimeUnit)
            || self.syntax.is_adverb(last)
            || document.is_digits(last)
            || document.is_any(
                last,
                &[
                    "this", "that", "these", "what", "there", "report's", "please", "me", "him",
                    "us",
                ],
            ))
    }

    /// The subject of the verb; of a participle (`noting that`), the subject of what comes before.
    pub(super) fn subject(&self, hit: &Hit) -> Option<Phrase> {
        let document = self.syntax.document;
        let verb = hit.tokens.from;
        if document.is(verb, Class::FirstPerson) {
            return Some(Phrase::Pronoun(verb));
        }
        if self.syntax.is_not_finite(verb) {
            return self.wishing(hit);
        }
        if self.is_passive(verb) {
            let by = hit.tokens.to;
            let agent = document
                .is_word(by, "by")
                .then(|| self.syntax.phrase_at(by + 1))
                .flatten();
            return agent.map(|agent| self.without_that(agent));
        }
        let participle = document.written(verb).ends_with("ing");
        let helped = self.syntax.verb_group_start(verb) < verb;
        if !helped && self.is_no_predicate(verb, participle) {
            return None;
        }
        if participle && !helped {
            let sentence = document.sentence(verb).tokens;
            if let Some((phrase, _)) = self.fronted(hit) {
                return Some(phrase);
            }
            let comma = verb.checked_sub(1).filter(|&at| sentence.has(at))?;
            if !document.is_word(comma, ",") && self.syntax.names.at(comma).is_none() {
                if document.is(comma, Class::DocumentNoun) {
                    return self.issuer(comma, sentence);
                }
                let phrase = self.syntax.subject(verb)?;
                // `a warning to citizens urging them`: who is addressed does not speak.
                let before = phrase.stretch().from.saturating_sub(1);
                if document.is_word(before, "to") {
                    return None;
                }
                let names_report =
                    !matches!(phrase, Phrase::Pronoun(_)) && self.syntax.can_act(phrase);
                return names_report.then_some(phrase);
            }
            return (self.main_subject(verb, sentence))
                .or_else(|| self.opening_subject(hit, sentence));
        }
        let phrase = self.syntax.subject(verb)?;
        if !helped && self.is_further_infinitive(verb, phrase) {
            return None;
        }
        // `The Parliament adopted a resolution that condemns the killings`
        let noun = phrase.stretch().to - 1;
        let relative = document.is_any(noun + 1, &["that", "which"]) && noun + 2 >= verb;
        if document.is(noun, Class::DocumentNoun) && relative {
            return self.issuer(noun, document.sentence(verb).tokens);
        }
        if self.is_somebody(phrase) {
            return Some(phrase);
        }
        // `a man who came out last year testified`
        let from = phrase.stretch().from;
        let sentence = document.sentence(verb).tokens;
        let relative = (from.saturating_sub(12).max(sentence.from)..phrase.stretch().to)
            .rev()
            .find(|&at| document.is_any(at, &["who", "which"]))?;
        self.syntax.subject(relative + 1)
    }

    /// `told by her brother that`: without what is said.
    pub(super) fn without_that(&self, phrase: Phrase) -> Phrase {
        let Phrase::Words(words) = phrase else {
            return phrase;
        };
        let document = self.syntax.document;
        let that = words
            .tokens()
            .skip(1)
            .find(|&at| document.is_any(at, &["that", "how", "whether"]));
        Phrase::Words(Stretch::new(words.from, that.unwrap_or(words.to)))
    }

    /// `I write on behalf of the family to express concern`, `we wish to thank`: what is done by saying
    /// one would.
    pub(super) fn wishing(&self, hit: &Hit) -> Option<Phrase> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let sentence = document.sentence(hit.tokens.from).tokens;
        let to = self
            .syntax
            .verb_group_start(hit.tokens.from)
            .checked_sub(1)?;
        if !entry.performative || !document.is_word(to, "to") {
            return None;
        }
        let from = to.saturating_sub(WISH).max(sentence.from);
        let wish = (from..to)
            .rev()
            .take_while(|&at| document.is_plain(at) || document.is_word(at, "."))
            .find(|&at| document.is(at, Class::Wishing))?;
        let own = self.syntax.verb_group_start(wish).checked_sub(1)?;
        (sentence.has(own) && document.is_any(own, &["i", "we"])).then_some(Phrase::Pronoun(own))
    }

    /// `Recalling that …, the experts urged`: whoever the clause behind a participle that opens the
    /// sentence is about, and the comma before it.
    pub(super) fn fronted(&self, hit: &Hit) -> Option<(Phrase, u32)> {
        let document = self.syntax.document;
        let verb = hit.tokens.from;
        let sentence = document.sentence(verb).tokens;
        let opens = verb == sentence.from
            || verb == sentence.from + 1 && self.syntax.is_adverb(sentence.from);
        if !opens || !document.written(verb).ends_with("ing") {
            return None;
        }
        let behind = Stretch::new(hit.tokens.to, sentence.to);
        let main = document.hits_in(Table::Speech, behind).iter().take(6);
        main.filter_map(|main| {
            let phrase = self.syntax.near_subject(main.tokens.from)?;
            let from = phrase.stretch().from;
            let article = document.is(from.saturating_sub(1), Class::Determiner);
            let comma = from.checked_sub(1 + u32::from(article))?;
            (document.is_word(comma, ",") && comma > hit.tokens.to).then_some((phrase, comma))
        })
        .next()
    }

    /// Who made a statement, letter or report that a participle follows: `the embassy issued a
    /// statement condemning the murders`; else the document itself.
    pub(super) fn issuer(&self, noun: u32, sentence: Stretch) -> Option<Phrase> {
        let document = self.syntax.document;
        let from = noun.saturating_sub(8).max(sentence.from);
        let verb = (from..noun)
            .rev()
            .find(|&at| document.is(at, Class::Issuing) && !self.syntax.is_not_finite(at));
        let issuer = verb.and_then(|verb| self.syntax.subject(verb));
        issuer.or_else(|| self.syntax.subject(noun + 1))
    }

    /// `China's envoy hit back, saying that …`: whoever the sentence begins with.
    pub(super) fn opening_subject(&self, hit: &Hit, sentence: Stretch) -> Option<Phrase> {
        let document = self.syntax.document;
        let entry = &document.lexicon.speeches[hit.entry as usize];
        let opening = Stretch::new(sentence.from, hit.tokens.from.min(sentence.from + OPENING));
        let tells = matches!(entry.act.as_str(), "asserts" | "denies");
        if !tells || document.is(sentence.from, Class::Preposition) {
            return None;
        }
        let nouns = opening.tokens().take_while(|&at| document.is_plain(at));
        let mut ends = nouns.map(|at| at + 1);
        ends.find_map(|end| {
            let named = self.syntax.ending_with(end).filter(|&phrase| {
                matches!(phrase, Phrase::Entity(_, words, _) if words.from <= sentence.from + 1)
                    && !document.is_word(end, "'s")
            });
            let words = Phrase::Words(Stretch::new(sentence.from, end));
            named.or_else(|| {
                (self.syntax.is_people(words) && self.syntax.can_act(words)).then_some(words)
            })
        })
    }

    /// The subject of the sentence's first verb of saying before `verb`.
    pub(super) fn main_subject(&self, verb: u32, sentence: Stretch) -> Option<Phrase> {
        let document = self.syntax.document;
        let before = document
            .hits_in(Table::Speech, Stretch::new(sentence.from, verb))
            .iter()
            .find(|hit| document.quotation_at(hit.tokens.from).is_none())?;
        self.syntax.subject(before.tokens.from)
    }
}
