//! Who does what in a clause, as far as word order tells it: subjects, noun phrases, clauses.
//!
//! There is no parse. Every answer is a stretch of the text found by looking a bounded number of
//! words to the left or right, and where the words do not say, the answer is nothing.

use crate::lexicon::{Class, Table};
use crate::names::{Form, Names};
use crate::text::{Document, Stretch};
use model::{EntityKind, EntityRef};

/// The most words a noun phrase without a name has.
const PHRASE: u32 = 9;
/// The most words between a verb and its subject.
const REACH: u32 = 28;

/// A noun phrase in some role.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phrase {
    /// A named entity, by its number, with the words and how it is named.
    Entity(u32, Stretch, Form),
    /// A pronoun.
    Pronoun(u32),
    /// Other words.
    Words(Stretch),
}

impl Phrase {
    /// The words.
    pub fn stretch(self) -> Stretch {
        match self {
            Self::Entity(_, stretch, _) | Self::Words(stretch) => stretch,
            Self::Pronoun(at) => Stretch::new(at, at + 1),
        }
    }
}

/// Somebody who speaks, is asked, suffers or does, as a record refers to them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Actor {
    pub reference: EntityRef,
    /// Their number among the document's entities.
    pub entity: Option<u32>,
    /// The words that name them here.
    pub words: Stretch,
    /// Whether the words alone do not say who it is.
    pub inferred: bool,
    /// Their role, where the same words give it.
    pub role: Option<Stretch>,
}

/// A clause's grammar, asked by position.
pub(crate) struct Syntax<'d, 'a> {
    pub document: &'d Document<'a>,
    pub names: &'d Names,
}

impl Syntax<'_, '_> {
    /// Skips adverbs, auxiliaries, modals and negations to the left of a verb; gives the token
    /// before which they begin.
    pub fn verb_group_start(&self, verb: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(verb).tokens;
        let mut at = verb;
        while at > sentence.from && verb - at < 8 {
            let before = at - 1;
            let adverb = self.is_adverb(before);
            let helper = (document.is(before, Class::Auxiliary)
                || document.is(before, Class::Modal)
                || document.is(before, Class::Negation))
                && self.names.at(before).is_none();
            if !(adverb || helper) || document.is(before, Class::ThirdPerson) {
                break;
            }
            at = before;
        }
        at
    }

    /// Whether words that a pattern found are part of a name, and so not what the pattern means:
    /// the verb in `Department of State`.
    pub fn is_named(&self, words: Stretch) -> bool {
        self.names
            .at(words.from)
            .is_some_and(|mention| mention.form != Form::Later && mention.tokens.len() > 1)
    }

    /// Whether the token is an adverb.
    pub fn is_adverb(&self, at: u32) -> bool {
        let document = self.document;
        if document.is(at, Class::Adverb) {
            return true;
        }
        let written = document.written(at);
        written.len() > 4 && written.ends_with("ly") && !document.is_capital(at)
    }

    /// Whether the verb is in the infinitive or used as a noun: `to condemn`, `the demand`.
    pub fn is_not_finite(&self, verb: u32) -> bool {
        let document = self.document;
        let sentence = document.sentence(verb).tokens;
        let at = self.verb_group_start(verb);
        let Some(before) = at.checked_sub(1).filter(|&at| sentence.has(at)) else {
            return false;
        };
        if document.is_word(before, "to") {
            let have = at < verb
                || before
                    .checked_sub(1)
                    .is_some_and(|b| document.is_any(b, &["has", "have", "had"]));
            return !have || document.is_any(before.saturating_sub(1), &["want", "wants", "like"]);
        }
        at == verb
            && (document.is(before, Class::Determiner)
                && !document.is_any(before, &["all", "both", "that", "these", "those"])
                || document.is(before, Class::Possessive)
                || document.is_word(before, "'s"))
    }

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
            return Found::Phrase(phrase);
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
        Found::Phrase(Phrase::Words(phrase))
    }

    /// What a relative pronoun stands for: the phrase before it.
    fn antecedent(&self, pronoun: u32, sentence: Stretch) -> Found {
        let document = self.document;
        let mut end = pronoun;
        while end > sentence.from
            && (document.is_word(end.saturating_sub(1), ",")
                || document.is(end.saturating_sub(1), Class::Conjunction))
        {
            end -= 1;
        }
        match self.ending_at(end, sentence) {
            Some(phrase) => Found::Phrase(phrase),
            None => {
                let words = self.words_before(end, sentence);
                if words.is_empty() {
                    Found::Nothing
                } else {
                    Found::Phrase(Phrase::Words(words))
                }
            }
        }
    }

    /// The named phrase that ends right before `end`, with the words it belongs to.
    fn ending_at(&self, end: u32, sentence: Stretch) -> Option<Phrase> {
        let from = Stretch::new(end.saturating_sub(REACH).max(sentence.from), end);
        let mention = self
            .names
            .within(from)
            .iter()
            .rev()
            .take(6)
            .find(|mention| mention.outer.to == end || mention.tokens.to == end)?;
        let document = self.document;
        let within_phrase = mention.outer.from > sentence.from
            && document.is_any(
                mention.outer.from.saturating_sub(1),
                &["in", "of", "on", "for", "by", "with", "from", "at", "to"],
            )
            && mention.form != Form::Later;
        if within_phrase
            && let Some(head) = self.head_of(mention.outer.from.saturating_sub(1), sentence)
        {
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
        let words = self.words_before(preposition, sentence);
        (!words.is_empty() && !words_are_preposition(self.document, words))
            .then_some(Phrase::Words(words))
    }

    /// `X, the Special Rapporteur on …, said`: the phrase before a pair of commas.
    fn before_apposition(&self, comma: u32, sentence: Stretch) -> Option<Phrase> {
        let before = Stretch::new(comma.saturating_sub(REACH).max(sentence.from), comma);
        if let Some(mention) = self
            .names
            .within(before)
            .iter()
            .rev()
            .take(6)
            .find(|mention| mention.outer.to == comma)
        {
            return Some(Phrase::Entity(mention.entity, mention.outer, mention.form));
        }
        let open = (before.from..comma)
            .rev()
            .find(|&at| self.document.is_any(at, &[",", "("]))?;
        let next = self.document.written(open + 1);
        let clause = self.document.is(open + 1, Class::Relative)
            || self.document.is(open + 1, Class::Determiner)
            || next.ends_with("ing");
        clause.then(|| self.ending_at(open, sentence)).flatten()
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
                    hit.tokens.from + 1 < verb
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

    /// The words of a noun phrase that ends right before `end`, without its determiner's left.
    fn words_before(&self, end: u32, sentence: Stretch) -> Stretch {
        let document = self.document;
        let mut from = end;
        while from > sentence.from && end - from < PHRASE {
            let before = from - 1;
            if !document.is_plain(before)
                || document.is(before, Class::Subordinator)
                || document.is(before, Class::Auxiliary) && !document.is_word(before, "'s")
                || document.is(before, Class::Modal)
            {
                break;
            }
            let preposition = document.is(before, Class::Preposition)
                && !document.is_any(before, &["of", "in", "on"]);
            if preposition {
                break;
            }
            from = before;
            if document.is(before, Class::Determiner) && !document.is_any(before, &["all", "other"])
            {
                break;
            }
        }
        while from < end
            && (document.is(from, Class::Conjunction)
                || document.is(from, Class::Preposition)
                || self.is_adverb(from))
        {
            from += 1;
        }
        Stretch::new(from, end)
    }

    /// A noun phrase that begins at `from`: a pronoun, a named entity, or words up to a verb,
    /// a preposition or a mark.
    pub fn phrase_at(&self, from: u32) -> Option<Phrase> {
        let document = self.document;
        let sentence = document.sentence(from).tokens;
        if !document.is_plain(from) && !document.is_any(from, &["[", "("]) {
            return None;
        }
        if document.is(from, Class::ThirdPerson) || document.is(from, Class::FirstPerson) {
            return Some(Phrase::Pronoun(from));
        }
        let near = Stretch::new(from.saturating_sub(1), (from + 24).min(sentence.to));
        let named = self
            .names
            .within(near)
            .iter()
            .filter(|mention| {
                mention.tokens.from >= from
                    && (mention.outer.from <= from
                        || mention.tokens.from <= from + 1 && document.is(from, Class::Determiner))
            })
            .max_by_key(|mention| (mention.outer.to, std::cmp::Reverse(mention.tokens.from)));
        if let Some(mention) = named {
            let owned = self
                .names
                .at(mention.outer.to + 1)
                .filter(|_| document.is_word(mention.outer.to, "'s"));
            let mention = owned.unwrap_or(mention);
            let stretch = Stretch::new(
                from.min(mention.outer.from).max(from),
                mention.outer.to.max(mention.tokens.to),
            );
            return Some(Phrase::Entity(mention.entity, stretch, mention.form));
        }
        let mut to = from;
        while to < sentence.to && to - from < PHRASE {
            if !document.is_plain(to)
                || document.is(to, Class::Auxiliary) && !document.is_word(to, "'s")
                || document.is(to, Class::Modal)
                || document.is(to, Class::Subordinator)
                || document.is(to, Class::Preposition) && !document.is_word(to, "of")
                || to > from && document.is(to, Class::ThirdPerson)
            {
                break;
            }
            to += 1;
        }
        (to > from).then(|| Phrase::Words(Stretch::new(from, to)))
    }

    /// The first token of the clause that the token is in.
    pub fn clause_start(&self, at: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        let inside = document.speech_at(at);
        let mut from = at;
        while from > sentence.from && at - from < 60 {
            let before = from - 1;
            if document.is_any(before, &[";", ":", "(", "|"])
                || document.is_dash(before)
                || document.bounds_speech(before) && inside.is_some()
                || document.speech_at(before) != inside && inside.is_some()
            {
                break;
            }
            let complement = document.is_any(before, &["that", "how", "whether"])
                && before > sentence.from
                && (document
                    .hits_in(
                        Table::Speech,
                        Stretch::new(before.saturating_sub(6), before),
                    )
                    .iter()
                    .any(|hit| hit.tokens.to + 4 > before)
                    || document.is_any(before.saturating_sub(1), &["said", "found", "concluded"]));
            let relative = document.is_word(before, ",")
                && (document.is_any(
                    from,
                    &[
                        "which", "who", "while", "whereas", "although", "where", "because", "but",
                        "after", "as", "when", "if",
                    ],
                ));
            if complement || relative {
                break;
            }
            from = before;
        }
        from
    }

    /// One past the clause that the token is in.
    pub fn clause_end(&self, at: u32) -> u32 {
        let document = self.document;
        let sentence = document.sentence(at).tokens;
        let inside = document.speech_at(at);
        let mut to = at;
        while to < sentence.to && to - at < 70 {
            if document.is_any(to, &[";", ":", "|", ")"])
                || inside.is_some() && document.speech_at(to) != inside
            {
                break;
            }
            let relative = document.is_word(to, ",")
                && (document.is_any(
                    to + 1,
                    &[
                        "which", "who", "while", "whereas", "although", "because", "but", "noting",
                        "adding", "after", "when", "if", "where", "despite", "they", "he", "she",
                        "it",
                    ],
                ) || self.attributes(to + 1));
            let new_clause = document.is_word(to, ",")
                && document.is_any(to + 1, &["and", "but"])
                && (document.is(to + 2, Class::FirstPerson)
                    || document.is(to + 2, Class::ThirdPerson));
            if relative || new_clause {
                break;
            }
            to += 1;
        }
        to
    }

    /// Whether an attribution of what stands before begins here: `, he said`, `, according to`.
    fn attributes(&self, at: u32) -> bool {
        self.document
            .hits_in(Table::Speech, Stretch::new(at, at + 1))
            .first()
            .is_some()
    }

    /// The actor that a phrase names without a pronoun; `None` for a pronoun.
    pub fn actor(&self, phrase: Phrase) -> Option<Actor> {
        match phrase {
            Phrase::Pronoun(_) => None,
            Phrase::Entity(entity, words, form) => {
                let record = &self.names.entities[entity as usize];
                Some(Actor {
                    reference: self.names.reference(entity),
                    entity: Some(entity),
                    words: self.document.trimmed(words),
                    inferred: form == Form::Later && !record.unnamed,
                    role: self.role_in(entity, words),
                })
            }
            Phrase::Words(words) => {
                let words = self.document.trimmed(words);
                if let Some(state) = self.government_of(words) {
                    return Some(Actor {
                        reference: self.names.reference(state),
                        entity: Some(state),
                        words,
                        inferred: false,
                        role: None,
                    });
                }
                (!words.is_empty()).then(|| Actor {
                    reference: EntityRef {
                        kind: self.kind_of(words),
                        name: without_determiner(self.document, words),
                        key: None,
                        record: None,
                    },
                    entity: None,
                    words,
                    inferred: false,
                    role: None,
                })
            }
        }
    }

    /// The state whose government the words name: `the DPRK government`, `the government of Syria`.
    pub fn government_of(&self, words: Stretch) -> Option<u32> {
        let document = self.document;
        let government = words.tokens().find(|&at| {
            document.is_any(
                at,
                &["government", "regime", "authorities", "junta", "leadership"],
            )
        })?;
        let of = document.is_word(government + 1, "of");
        let last = if of { words.to + 8 } else { words.to };
        self.names
            .within(Stretch::new(words.from, last))
            .iter()
            .find(|mention| {
                let before = mention.tokens.to <= government;
                let behind =
                    of && mention.outer.from <= government + 3 && mention.tokens.from > government;
                self.names.entity(mention).kind == EntityKind::State && (before || behind)
            })
            .map(|mention| mention.entity)
            .or_else(|| self.state_of_adjective(words))
    }

    /// The state whose adjective is among the words: `the Chinese authorities`.
    fn state_of_adjective(&self, words: Stretch) -> Option<u32> {
        let hit = self.document.hits_in(Table::Adjective, words).first()?;
        let known = self.document.lexicon.peoples[hit.entry as usize];
        let key = &self.document.lexicon.known[known as usize].key;
        self.names.by_key(key)
    }

    /// The role that the words of a person's mention give.
    fn role_in(&self, entity: u32, words: Stretch) -> Option<Stretch> {
        let record = &self.names.entities[entity as usize];
        record
            .roles
            .iter()
            .copied()
            .find(|role| words.contains(*role))
            .or_else(|| record.roles.first().copied())
    }

    /// What kind of entity other words name: a statement or report is an instrument, several
    /// people a group.
    fn kind_of(&self, words: Stretch) -> EntityKind {
        let document = self.document;
        let last = words.to.saturating_sub(1);
        if document.is_any(
            last,
            &[
                "report",
                "statement",
                "resolution",
                "reports",
                "declaration",
                "communiqué",
                "letter",
                "memorandum",
            ],
        ) {
            EntityKind::Instrument
        } else if document.is(last, Class::FindingBody)
            && !document.is_any(last, &["experts", "judges", "investigators"])
            || document.is_any(
                last,
                &[
                    "organization",
                    "organisation",
                    "agency",
                    "ministry",
                    "group",
                    "organizations",
                    "organisations",
                    "agencies",
                    "ngos",
                    "government",
                    "governments",
                ],
            )
        {
            EntityKind::Organisation
        } else if document.is_any(
            last,
            &[
                "expert",
                "official",
                "spokesperson",
                "spokesman",
                "source",
                "witness",
                "survivor",
                "man",
                "woman",
            ],
        ) {
            EntityKind::Person
        } else {
            EntityKind::Group
        }
    }

    /// Whether a phrase can say, ask or do: a name of a person, body or state, a pronoun, or words
    /// whose last one is a speaker.
    pub fn can_act(&self, phrase: Phrase) -> bool {
        let document = self.document;
        match phrase {
            Phrase::Pronoun(_) => true,
            Phrase::Entity(entity, ..) => {
                self.names.entities[entity as usize].kind != EntityKind::Place
            }
            Phrase::Words(words) => {
                let words = document.trimmed(words);
                !words.is_empty()
                    && words.tokens().rev().take(3).any(|at| {
                        document.is(at, Class::Speaker)
                            || document.is(at, Class::FindingBody)
                            || document.is(at, Class::Government)
                            || document.is(at, Class::PersonNoun)
                    })
            }
        }
    }
}

enum Found {
    Phrase(Phrase),
    /// The same subject as that of an earlier verb.
    AsOf(u32),
    Nothing,
}

fn words_are_preposition(document: &Document, words: Stretch) -> bool {
    words
        .tokens()
        .all(|at| document.is(at, Class::Preposition) || document.is(at, Class::Determiner))
}

/// The words without an article before them.
pub(crate) fn without_determiner(document: &Document, words: Stretch) -> String {
    let mut from = words.from;
    while from + 1 < words.to && document.is_any(from, &["the", "a", "an"]) {
        from += 1;
    }
    document
        .words(Stretch::new(from, words.to))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
