//! Words given as spoken that nothing introduces: kept as somebody's, whose is told only where a verb
//! of saying in the same sentence says it.
//!
//! Invariant: fewer than [`LEAST`] words, and what is written like a title, are a term or a name and
//! no speech.

use super::{Utterance, Voices, spoken_by};
use crate::lexicon::Table;
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Document, Quotation, Stretch};
use model::EntityKind;

/// The fewest words of a quotation that is taken for speech without a sign of it.
const LEAST: u32 = 5;

/// Utterances for the quotations that none covers. `said` marks the words of utterances.
/// `found` are those found so far, by their place.
pub(super) fn find(syntax: &Syntax, found: &[Utterance], said: &[u32]) -> Vec<Utterance> {
    let document = syntax.document;
    let free = |quotation: &&Quotation| {
        let covered = quotation
            .words
            .tokens()
            .filter(|&at| said.get(at as usize).is_some_and(|&number| number > 0))
            .count() as u32;
        covered * 2 < quotation.words.len()
    };
    let quotations = document.quotations.iter().filter(free);
    quotations
        .filter(|quotation| is_speech(document, quotation))
        .map(|quotation| utterance(syntax, found, quotation))
        .collect()
}

fn is_speech(document: &Document, quotation: &Quotation) -> bool {
    let words = quotation.words;
    let plain = words.tokens().filter(|&at| document.is_plain(at)).count() as u32;
    if plain < LEAST {
        return false;
    }
    let before = quotation.marked.from.saturating_sub(1);
    let named = document.is_any(
        before,
        &["entitled", "titled", "named", "dubbed", "headlined"],
    ) || document.is_word(before, ",")
        && document.is_any(before.saturating_sub(1), &["entitled", "titled"]);
    let (mut long, mut capitals) = (0u32, 0u32);
    for at in words.tokens().take(40) {
        if document.is_plain(at) && document.written(at).len() > 3 {
            long += 1;
            capitals += u32::from(document.is_capital(at));
        }
    }
    !named && capitals * 3 < long * 2
}

fn utterance(syntax: &Syntax, found: &[Utterance], quotation: &Quotation) -> Utterance {
    let mark = quotation.marked.from;
    let speaker = by_verb(syntax, found, quotation)
        .or_else(|| spoke_before(syntax, found, quotation))
        .map(|actor| Actor {
            inferred: true,
            ..actor
        });
    Utterance {
        rule: "statement.quoted".to_owned(),
        act: "asserts".to_owned(),
        admits: false,
        direct: true,
        own: false,
        inferred: true,
        speaker,
        words: quotation.words,
        parts: vec![quotation.words],
        cue: Stretch::new(mark, mark + 1),
    }
}

/// The subject of the nearest verb of saying before the quotation in its sentence.
fn by_verb(syntax: &Syntax, found: &[Utterance], quotation: &Quotation) -> Option<Actor> {
    let document = syntax.document;
    let mark = quotation.marked.from;
    let sentence = document.sentence(mark).tokens;
    let near = Stretch::new(sentence.from.max(mark.saturating_sub(24)), mark);
    let hit = document
        .hits_in(Table::Speech, near)
        .iter()
        .rev()
        .find(|hit| document.quotation_at(hit.tokens.from).is_none())?;
    if let Some(same) = found
        .iter()
        .rev()
        .find(|utterance| utterance.cue == hit.tokens)
    {
        return same.speaker.clone();
    }
    match syntax.subject(hit.tokens.from)? {
        Phrase::Pronoun(at) if document.is_any(at, &["he", "she", "they", "it"]) => {
            let last = found
                .iter()
                .rev()
                .filter(|utterance| utterance.cue.from < at)
                .find_map(|utterance| utterance.speaker.as_ref());
            spoken_by(syntax, &Voices::default(), Phrase::Pronoun(at), last)
        }
        phrase if syntax.can_act(phrase) => syntax.actor(phrase),
        _ => None,
    }
}

/// Who spoke right before, where the quotation begins a sentence: `…, Schiff said. “…”`.
fn spoke_before(syntax: &Syntax, found: &[Utterance], quotation: &Quotation) -> Option<Actor> {
    let document = syntax.document;
    let mark = quotation.marked.from;
    let sentence = document.sentence(mark);
    if mark > sentence.tokens.from {
        return None;
    }
    let number = document.sentence_number(mark).checked_sub(1)?;
    let before = document.sentences.get(number as usize)?;
    if before.block + 1 < sentence.block {
        return None;
    }
    let spoke = found
        .iter()
        .filter(|utterance| before.tokens.has(utterance.cue.from))
        .max_by_key(|utterance| utterance.cue.from)
        .and_then(|utterance| utterance.speaker.clone());
    spoke.filter(|actor| {
        actor.reference.kind == EntityKind::Person || before.block == sentence.block
    })
}
