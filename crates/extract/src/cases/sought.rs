//! Those of whom a text says that nobody knows, or asks, where they are and whether they live:
//! `to learn whether the old man is alive`, `the fate of the eleven passengers was never clarified`.
//!
//! Invariant: the subject is a person by name, or people in particular; what is known is no case.

use super::held::{Held, group};
use crate::lexicon::{Class, Table};
use crate::syntax::Syntax;
use crate::text::{Part, Stretch};

/// The most words of those who are sought.
const LONGEST: u32 = 9;

/// How many words behind their verb may say that they live or are held.
const FATE: u32 = 4;

/// How many words before the question a word may stand that asks it.
const ASKED: u32 = 10;

/// Everybody whom the document seeks, in the order of the text.
pub(super) fn find(syntax: &Syntax) -> Vec<Held> {
    let document = syntax.document;
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let words = sentence.tokens;
        if words.is_empty() || document.part(words.from) != Part::Body {
            continue;
        }
        for at in words.tokens() {
            found.extend(asked_after(syntax, words, at).or_else(|| fate_of(syntax, words, at)));
        }
    }
    found
}

/// `whether the six fishermen are still alive`, `where Mr. Dawit is being held`, where the words
/// before ask it or say that nobody knows.
fn asked_after(syntax: &Syntax, sentence: Stretch, at: u32) -> Option<Held> {
    let document = syntax.document;
    if !document.is_any(at, &["where", "whether", "if"]) || !is_open(syntax, sentence, at) {
        return None;
    }
    let from = at + 1;
    let verb = (from..sentence.to.min(from + LONGEST)).find(|&at| {
        (document.is(at, Class::Be) || document.is_any(at, &["lives", "live"]))
            && !document.is_any(at, &["being", "been"])
    })?;
    let end = sentence.to.min(verb + 1 + FATE);
    let ends = |at: u32| at >= sentence.to || !document.is_plain(at);
    let told = document.is_any(verb, &["lives", "live"])
        || document.is_word(at, "where") && ends(verb + 1)
        || (verb + 1..end).any(|at| document.is(at, Class::Fate));
    let who = told.then(|| {
        match verb == from + 1 {
            true => meant(syntax, sentence, from),
            false => None,
        }
        .or_else(|| particular(syntax, Stretch::new(from, verb)))
    })??;
    let fate = (verb + 1..end).find(|&at| document.is(at, Class::Fate));
    Some(Held {
        whole: Stretch::new(at, fate.unwrap_or(verb) + 1),
        ..who
    })
}

/// Whether the words before a question ask it or say that nobody knows: `to learn`, `do not know`.
fn is_open(syntax: &Syntax, sentence: Stretch, at: u32) -> bool {
    let document = syntax.document;
    let floor = sentence.from.max(at.saturating_sub(ASKED));
    let asks = (floor..at).any(|at| document.is(at, Class::Asking));
    let knows = (floor..at)
        .rev()
        .find(|&at| document.is(at, Class::Knowing));
    let unknown = knows.is_some_and(|knows| {
        (floor..knows).any(|at| document.is(at, Class::Negation) || document.is_word(at, "to"))
            || (knows + 1..at).any(|at| document.is(at, Class::Negation))
    });
    asks || unknown
}

/// `the fate of the eleven passengers`, `the whereabouts of Dawit Isaak`, where the sentence asks for
/// it or says that it is unknown.
fn fate_of(syntax: &Syntax, sentence: Stretch, at: u32) -> Option<Held> {
    let document = syntax.document;
    if !document.is_any(at, &["fate", "whereabouts"]) {
        return None;
    }
    // `the fate and whereabouts of`
    let of = (at + 1..sentence.to.min(at + 4)).find(|&at| document.is_word(at, "of"))?;
    let open = sentence
        .tokens()
        .any(|at| document.is(at, Class::Unknown) || document.is(at, Class::Asking));
    let to = (of + 1..sentence.to.min(of + 1 + LONGEST))
        .find(|&at| {
            !document.is_plain(at)
                || document.is(at, Class::Auxiliary)
                || document.is(at, Class::Modal)
                || document.is(at, Class::Relative)
                || document.is(at, Class::Preposition)
        })
        .unwrap_or(sentence.to.min(of + 1 + LONGEST));
    let who = open.then(|| particular(syntax, Stretch::new(of + 1, to)))??;
    Some(Held {
        whole: Stretch::new(at, who.words.to),
        ..who
    })
}

/// Those whom a pronoun means in its sentence: `the 14 fishermen … whether they are alive`.
fn meant(syntax: &Syntax, sentence: Stretch, at: u32) -> Option<Held> {
    let document = syntax.document;
    let before = Stretch::new(sentence.from, at);
    if document.is_any(at, &["he", "she"]) {
        let mention = syntax.names.mention_before(document, at)?;
        return before.contains(mention.tokens).then(|| Held {
            who: syntax.names.reference(mention.entity),
            words: mention.tokens,
            whole: mention.tokens,
        });
    }
    if !document.is_word(at, "they") {
        return None;
    }
    let groups = document.hits_in(Table::Group, before).iter().rev();
    groups
        .filter_map(|hit| {
            let from = (before.from..hit.tokens.from)
                .rev()
                .take(3)
                .take_while(|&at| document.is_number(at) || document.is(at, Class::Determiner))
                .last()?;
            particular(syntax, Stretch::new(from, hit.tokens.to))
        })
        .next()
}

/// The person by name, or the people in particular, whom words name: `the six fishermen`, `his father`.
fn particular(syntax: &Syntax, words: Stretch) -> Option<Held> {
    let document = syntax.document;
    let words = document.trimmed(words);
    if words.is_empty() {
        return None;
    }
    let named = syntax.names.within(words).iter().find(|mention| {
        syntax.names.entity(mention).is_named_person() && !document.is_word(mention.tokens.to, "'s")
    });
    if let Some(mention) = named {
        return Some(Held {
            who: syntax.names.reference(mention.entity),
            words: mention.tokens,
            whole: words,
        });
    }
    let definite = document.is_any(words.from, &["the", "these", "those", "all"])
        || document.is(words.from, Class::Possessive)
        || document.is_number(words.from);
    let last = words.to - 1;
    let counted = document.is_number(last) && words.len() > 1;
    let people = [Table::Group, Table::National].iter().any(|&table| {
        let hits = document.hits_in(table, words);
        hits.iter().any(|hit| hit.tokens.has(last))
    }) || document.is(last, Class::PersonNoun);
    let power = document.is(last, Class::Government) || document.is(last, Class::Armed);
    (definite && (people || counted) && !power).then(|| Held {
        who: group(syntax, words),
        words,
        whole: words,
    })
}
