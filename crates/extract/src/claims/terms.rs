//! Words of violations in a document, those that only name them taken out, and the lists they
//! stand in: `torture, sexual violence or extrajudicial killings` shares one context.
//!
//! Invariant: terms ascend and do not overlap; every term is in exactly one list; a list lies in
//! one sentence and one quotation.

use crate::lexicon::{Class, Table, TermKind};
use crate::names::{Form, Names};
use crate::text::{Document, Part, Stretch};
use model::EntityKind;

/// The most words between two items of a list.
const GAP: u32 = 14;

/// Words of a violation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub tokens: Stretch,
    /// Number of the violation entry.
    pub violation: u32,
    pub kind: TermKind,
    /// The words that had to stand beside, when some had to.
    pub beside: Option<Stretch>,
}

/// Terms that share a context.
#[derive(Clone, Debug)]
pub(crate) struct List {
    pub terms: Vec<Term>,
}

impl List {
    /// From the first term to the last.
    pub fn stretch(&self) -> Stretch {
        match (self.terms.first(), self.terms.last()) {
            (Some(first), Some(last)) => Stretch::new(first.tokens.from, last.tokens.to),
            _ => Stretch::new(0, 0),
        }
    }
}

/// All terms of a document, in their lists.
#[derive(Default)]
pub(crate) struct Terms {
    pub lists: Vec<List>,
}

impl Terms {
    /// Finds the terms.
    pub fn find(document: &Document, names: &Names) -> Self {
        let mut lists: Vec<List> = Vec::new();
        for hit in document.hits(Table::Violation) {
            if document.part(hit.tokens.from) != Part::Body {
                continue;
            }
            let form = document.lexicon.violation_forms[hit.entry as usize];
            let violation = &document.lexicon.violations[form.violation as usize];
            let beside = match hit.tail.is_empty() {
                true => document.beside(hit.tokens, form.violation),
                false => Some(hit.tail),
            };
            let kind = match violation.kind {
                TermKind::Act if is_infinitive(document, hit.tokens) => TermKind::Verb,
                kind => kind,
            };
            let term = Term {
                tokens: hit.tokens,
                violation: form.violation,
                kind,
                beside,
            };
            if is_masked(document, names, hit.tokens) {
                continue;
            }
            let goes_on = lists
                .last()
                .is_some_and(|list| continues(document, list, &term));
            if form.elided && !(goes_on && lists.last().is_some_and(holds_right)) {
                continue;
            }
            match lists.last_mut() {
                Some(list) if goes_on => list.terms.push(term),
                _ => lists.push(List { terms: vec![term] }),
            }
        }
        Self { lists }
    }
}

/// `continued to torture the brothers`: an infinitive with an object, whatever else the word may be.
fn is_infinitive(document: &Document, tokens: Stretch) -> bool {
    let object = |at: u32| {
        document.is(at, Class::Determiner)
            || document.is(at, Class::Possessive)
            || document.is_any(at, &["him", "her", "them", "us", "me"])
    };
    let to = tokens.from.saturating_sub(1);
    let goes_on = document.is(to.saturating_sub(1), Class::Continuing)
        || document.is_any(to.saturating_sub(1), &["on", "ordered"]);
    tokens.len() == 1 && document.is_word(to, "to") && goes_on && object(tokens.to)
}

fn holds_right(list: &List) -> bool {
    list.terms.iter().any(|term| term.kind == TermKind::Right)
}

/// The codes of the violations named in a stretch, each with its words, in the order of the text.
pub(crate) fn codes_in(
    document: &Document,
    names: &Names,
    stretch: Stretch,
) -> Vec<(String, Stretch)> {
    let mut codes: Vec<(String, Stretch)> = Vec::new();
    for hit in document.hits_in(Table::Violation, stretch) {
        let form = document.lexicon.violation_forms[hit.entry as usize];
        let violation = &document.lexicon.violations[form.violation as usize];
        let masked = is_within_name(document, names, hit.tokens);
        let known = codes.iter().any(|(code, _)| *code == violation.code)
            || violation.kind == TermKind::Quality
                && !(hit.tokens.to..hit.tokens.to + 5).any(|at| document.is(at, Class::Abuse));
        if !form.elided && !masked && !known && stretch.contains(hit.tokens) {
            codes.push((violation.code.clone(), hit.tokens));
        }
    }
    codes
}

/// Whether the words are part of a name, a title or a phrase that only names the violation.
fn is_masked(document: &Document, names: &Names, tokens: Stretch) -> bool {
    let near = Stretch::new(tokens.from.saturating_sub(12), tokens.to);
    let masked = document.hits_in(Table::Mask, near).iter().any(|mask| {
        mask.tokens.has(tokens.from)
            || tokens.contains(mask.tokens) && mask.tokens.len() + 1 >= tokens.len()
    });
    let named_verb = tokens.from > document.sentence(tokens.from).tokens.from
        && document.is_capital(tokens.from)
        && document.is_capital(tokens.from - 1);
    masked
        || named_verb
        || is_within_name(document, names, tokens)
        || is_heading_like(document, tokens)
}

fn is_within_name(document: &Document, names: &Names, tokens: Stretch) -> bool {
    let near = Stretch::new(tokens.from.saturating_sub(20), tokens.to);
    names.within(near).iter().any(|mention| {
        let entity = names.entity(mention);
        let role = entity.kind == EntityKind::Person
            && mention.outer.overlaps(tokens)
            && !mention.tokens.overlaps(tokens);
        let name = mention.form != Form::Later
            && entity.kind != EntityKind::State
            && mention.tokens.overlaps(tokens)
            && mention.tokens.len() > tokens.len();
        role || name
    }) || is_capitalised_name(document, tokens)
}

/// `National Human Trafficking Prevention Month`: capitals throughout, in running text.
fn is_capitalised_name(document: &Document, tokens: Stretch) -> bool {
    let sentence = document.sentence(tokens.from).tokens;
    let all = tokens
        .tokens()
        .all(|at| document.is_capital(at) || document.is(at, Class::Preposition));
    if all && tokens.len() >= 2 && tokens.from > sentence.from + 1 {
        return true;
    }
    let neighbour = document.is_capital(tokens.to)
        && document.token(tokens.to).is_some_and(|t| t.shape.is_word())
        || tokens.from > sentence.from + 1 && document.is_capital(tokens.from.saturating_sub(1));
    all && neighbour && sentence.has(tokens.to)
}

/// Bold headings within a paragraph, `Combating Trafficking.  …`, and lines of capitals.
pub(super) fn is_heading_like(document: &Document, tokens: Stretch) -> bool {
    let sentence = document.sentence(tokens.from).tokens;
    let words = sentence
        .tokens()
        .filter(|&at| document.is_plain(at) && !document.is(at, Class::Preposition));
    let (mut count, mut capitals) = (0, 0);
    for at in words {
        count += 1;
        let small = document.is(at, Class::Conjunction) || document.is(at, Class::Determiner);
        capitals += u32::from(document.is_capital(at) || small);
    }
    count >= 2 && count == capitals && sentence.len() < 16
}

/// Whether a term goes on with a list: `,`, `and`, `or`, `including` and few other words between.
fn continues(document: &Document, list: &List, term: &Term) -> bool {
    let Some(last) = list.terms.last() else {
        return false;
    };
    let gap = Stretch::new(last.tokens.to, term.tokens.from);
    if gap.len() > GAP
        || document.sentence_number(last.tokens.from) != document.sentence_number(term.tokens.from)
        || document.speech_at(last.tokens.from) != document.speech_at(term.tokens.from)
        || predicate(last.kind) != predicate(term.kind)
    {
        return false;
    }
    let mut joined = gap.is_empty();
    for at in gap.tokens() {
        let link = document.is(at, Class::Conjunction)
            || document.is_any(at, &[",", "including", "/", "against"])
            || document.is_dash(at);
        joined |= link;
        let breaks = document.is_any(at, &[";", ":", ".", "who", "which", "that", "while", "to"])
            || document.is(at, Class::Modal)
            || document.is(at, Class::Be)
            || document.is(at, Class::ThirdPerson)
            || document.is(at, Class::FirstPerson);
        if breaks {
            return false;
        }
    }
    let verb_between = document.hits_in(Table::Context, gap).iter().any(|hit| {
        let entry = &document.lexicon.contexts[hit.entry as usize];
        gap.contains(hit.tokens) && !entry.transparent
    });
    joined && !verb_between
}

/// Whether the words are a predicate by themselves.
fn predicate(kind: TermKind) -> bool {
    matches!(kind, TermKind::Verb | TermKind::Clause)
}
