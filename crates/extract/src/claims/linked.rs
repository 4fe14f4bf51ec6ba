//! Those who suffered, named in another clause of the sentence: before `whom` or `who`, or as those of whom
//! it is said that they are victims.
//!
//! Invariant: they stand in the same sentence, before the words that link them.

use super::Scene;
use super::people::{Someone, people, phrase_start};
use super::subjects::{at_token, nearest_people};
use super::terms::Term;
use crate::lexicon::{Class, Table};
use crate::text::Stretch;
use model::Victim;

/// Those of whom it is said that they are victims: `17 of her compatriots were identified as victims
/// of abduction`.
pub(super) fn named_as(scene: &Scene, words: Stretch) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(words.from).tokens;
    let called = document.is_any(words.to - 1, &["victims", "victim"]);
    let article = u32::from(document.is(words.from.saturating_sub(1), Class::Determiner));
    let link = words.from.checked_sub(1 + article)?;
    let links = document.is_any(link, &["as", "among"]) && called;
    let verb = (link.saturating_sub(3).max(sentence.from)..link)
        .rev()
        .find(|&at| document.is(at, Class::Be))
        .filter(|_| links)?;
    nearest_people(scene, verb)
}

/// Those before `whom`, where the subject of the verb stands right behind it.
pub(super) fn whom(scene: &Scene, term: &Term) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    let subject = scene.syntax.near_subject(term.tokens.from)?.stretch().from;
    let floor = sentence.from.max(subject.saturating_sub(3));
    let whom = (floor..subject)
        .rev()
        .find(|&at| document.is_word(at, "whom"))
        .filter(|&at| at > sentence.from && !document.is(at - 1, Class::Preposition))?;
    let of = document.is_word(whom - 1, "of");
    let end = whom - u32::from(document.is_word(whom - 1, ","));
    let (someone, _) = end
        .checked_sub(1)
        .filter(|&at| sentence.has(at) && !of)
        .and_then(|at| at_token(scene, at, sentence.from, end))
        .or_else(|| {
            // `six of its nationals, three missionaries among them, whom …`
            let comma = (sentence.from..end)
                .rev()
                .find(|&at| document.is_word(at, ","))?;
            let first = comma.checked_sub(1)?;
            at_token(scene, first, sentence.from, comma)
        })?;
    Some(someone)
}

/// The people whose words end right before a relative pronoun.
pub(super) fn people_before(
    scene: &Scene,
    within: Stretch,
    relative: u32,
) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let hit = [Table::National, Table::Group].iter().find_map(|&table| {
        let hits = document.hits_in(table, within);
        hits.iter().find(|hit| hit.tokens.to == relative)
    })?;
    let from = phrase_start(document, within.from, hit.tokens.from);
    people(scene, from, hit.tokens.to)
}
