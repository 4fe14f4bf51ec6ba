//! Who is meant by a pronoun that speaks: `we`, `he`, `they`, `it`.
//!
//! Invariant: whoever a pronoun stands for is marked as inferred; where the words before do not say,
//! it is nobody.

use super::{Utterance, Voices};
use crate::lexicon::{Class, Table};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Document, Stretch};

/// How many utterances back who spoke last is looked for.
const BACK: usize = 12;

/// The speaker that a phrase names; a pronoun is the speaker before, or the document's voice.
pub(crate) fn spoken_by(
    syntax: &Syntax,
    voices: &Voices,
    phrase: Phrase,
    last: Option<&Actor>,
) -> Option<Actor> {
    let document = syntax.document;
    let Phrase::Pronoun(at) = phrase else {
        return (syntax.row_ending(phrase))
            .or_else(|| the_body(syntax, phrase))
            .or_else(|| syntax.actor(phrase));
    };
    let words = Stretch::new(at, at + 1);
    if document.is_any(at, &["we", "i"]) {
        return voices.at(document, at).map(|voice| Actor {
            words,
            inferred: true,
            ..voice
        });
    }
    if document.is_any(at, &["he", "she"]) {
        if let Some(actor) = subject_person(syntax, at) {
            return Some(Actor {
                words,
                inferred: true,
                ..actor
            });
        }
        let spoke_last = last.filter(|actor| is_person(actor) && near(document, actor.words, at));
        if let Some(actor) = spoke_last
            && !other_sex(syntax, actor, at)
        {
            return Some(Actor {
                words,
                inferred: true,
                ..actor.clone()
            });
        }
        let entity = (syntax.names.person_before(document, at))
            .or_else(|| {
                last.filter(|it| is_person(it) && !other_sex(syntax, it, at))?
                    .entity
            })
            .or_else(|| only_person(syntax, at))?;
        let entity_words = words;
        return Some(Actor {
            reference: syntax.names.reference(entity),
            entity: Some(entity),
            words: entity_words,
            inferred: true,
            role: syntax.names.entities[entity as usize]
                .roles
                .first()
                .copied(),
        });
    }
    if document.is_word(at, "they") {
        let spoke_last = last.filter(|actor| {
            matches!(
                actor.reference.kind,
                model::EntityKind::Group | model::EntityKind::Organisation
            ) && near(document, actor.words, at)
        });
        let many = spoke_last
            .cloned()
            .or_else(|| row_before(syntax, at))
            .or_else(|| body_before(syntax, at))?;
        return Some(Actor {
            words,
            inferred: true,
            ..many
        });
    }
    if document.is_word(at, "it") {
        // `The Commission said as much: persons are tortured, it found`
        let own = document.sentence(at).tokens;
        let here = (at > own.from + 3)
            .then(|| subject_body(syntax, Stretch::new(own.from, at)))
            .flatten();
        let spoke_last = last.filter(|actor| is_one_body(document, actor, at));
        let meant = here
            .or_else(|| spoke_last.cloned())
            .or_else(|| meant_by_it(syntax, at, last))?;
        return Some(Actor {
            words,
            inferred: true,
            ..meant
        });
    }
    None
}

/// Gives direct speech whose speaker is a pronoun (`“They shot him,” she said`) the one who spoke last
/// before it. Direct speech is found first, so whoever spoke indirectly is known only now.
pub(super) fn resolve(syntax: &Syntax, voices: &Voices, utterances: &mut [Utterance]) {
    let document = syntax.document;
    for number in 0..utterances.len() {
        let (before, rest) = utterances.split_at_mut(number);
        let Some(utterance) = rest.first_mut() else {
            return;
        };
        if !utterance.direct || utterance.speaker.is_some() {
            continue;
        }
        let cue = utterance.cue;
        let pronoun = [cue.from.saturating_sub(1), cue.to]
            .into_iter()
            .find(|&at| document.is(at, Class::ThirdPerson));
        let Some(pronoun) = pronoun else {
            continue;
        };
        let last = (before.iter().rev().take(BACK))
            .filter(|earlier| earlier.cue.from < pronoun && !earlier.own)
            .find_map(|earlier| earlier.speaker.as_ref());
        let speaker = spoken_by(syntax, voices, Phrase::Pronoun(pronoun), last);
        utterance.inferred |= speaker.is_some();
        utterance.speaker = speaker;
    }
}

fn is_person(actor: &Actor) -> bool {
    actor.reference.kind == model::EntityKind::Person
}

/// The person whom the document is about, or the only one that it names, if named before.
fn only_person(syntax: &Syntax, pronoun: u32) -> Option<u32> {
    let (person, from) = syntax.names.meant?;
    let female = syntax.document.is_word(pronoun, "she");
    let sex = syntax.names.entities[person as usize].sex.as_ref();
    let fits = sex.is_none_or(|(sex, _)| (sex == "female") == female);
    (fits && from < pronoun).then_some(person)
}

/// Whether who spoke in the sentence before `it` may be meant: a body, or `his family`.
fn is_one_body(document: &Document, actor: &Actor, it: u32) -> bool {
    let one = match actor.reference.kind {
        model::EntityKind::Person => false,
        model::EntityKind::Group => !actor.reference.name.ends_with('s'),
        _ => true,
    };
    let spoke = document.sentence_number(actor.words.from);
    let now = document.sentence_number(it);
    one && spoke + 1 == now && document.block_number(actor.words.from) == document.block_number(it)
}

/// The body, state or document that `it` says something for: the subject of this sentence or the one
/// before, or else who spoke last.
pub(crate) fn meant_by_it(syntax: &Syntax, at: u32, last: Option<&Actor>) -> Option<Actor> {
    let document = syntax.document;
    let own = document.sentence(at).tokens;
    let block = document.block(at);
    let number = document.sentence_number(at);
    let mut sentences = vec![Stretch::new(own.from, at)];
    for back in 1..=2 {
        if let Some(before) = number.checked_sub(back).filter(|&n| block.sentences.has(n)) {
            sentences.push(document.sentences[before as usize].tokens);
        }
    }
    let subject = sentences
        .into_iter()
        .find_map(|sentence| subject_body(syntax, sentence));
    if subject.is_some() {
        return subject;
    }
    last.filter(|actor| {
        !matches!(
            actor.reference.kind,
            model::EntityKind::Person | model::EntityKind::Group
        ) && near(document, actor.words, at)
    })
    .cloned()
}

/// The body named last that a common noun stands for: `the organisation said`, `the group added`.
fn the_body(syntax: &Syntax, phrase: Phrase) -> Option<Actor> {
    let document = syntax.document;
    let Phrase::Words(words) = phrase else {
        return None;
    };
    let words = document.trimmed(words);
    let noun = words.to.checked_sub(1)?;
    let bodies = [
        "organisation",
        "organization",
        "group",
        "association",
        "charity",
        "agency",
        "NGO",
        "union",
    ];
    let article = words.len() == 2 && document.is_any(words.from, &["the", "this"])
        || words.len() == 1 && document.is_any(noun.saturating_sub(1), &["the", "this"]);
    if !article || !document.is_any(noun, &bodies) {
        return None;
    }
    let sentence = document.sentence_number(noun);
    let mention = syntax.names.before(words.from, 6, |mention, entity| {
        entity.kind == model::EntityKind::Organisation
            && document.sentence_number(mention.tokens.from) + 1 >= sentence
    })?;
    Some(Actor {
        reference: syntax.names.reference(mention.entity),
        entity: Some(mention.entity),
        words,
        inferred: true,
        role: None,
    })
}

/// The office by which a sentence begins, where somebody speaks further on in it: `The delegate of X
/// objected to a report that was silent, he said, on …`.
fn subject_person(syntax: &Syntax, at: u32) -> Option<Actor> {
    let document = syntax.document;
    let sentence = document.sentence(at).tokens;
    let phrase = syntax.phrase_at(sentence.from)?;
    let words = phrase.stretch();
    let role = document
        .hits_in(Table::Role, Stretch::new(sentence.from, words.to))
        .iter()
        .any(|hit| hit.tokens.to <= words.to);
    let named = syntax.names.within(Stretch::new(words.to, at)).iter();
    let another = named
        .map(|mention| syntax.names.entity(mention))
        .any(|entity| entity.kind == model::EntityKind::Person);
    let person = matches!(phrase, Phrase::Words(_)) && role && !another && words.to + 2 < at;
    (person && document.is_word(at.checked_sub(1)?, ","))
        .then(|| syntax.actor(phrase))
        .flatten()
}

/// The body or state that a sentence begins with.
fn subject_body(syntax: &Syntax, sentence: Stretch) -> Option<Actor> {
    let document = syntax.document;
    let opening = Stretch::new(sentence.from, sentence.to.min(sentence.from + 8));
    let subject = syntax.names.within(opening).iter().find(|mention| {
        let before = mention.outer.from.saturating_sub(1);
        matches!(
            syntax.names.entity(mention).kind,
            model::EntityKind::Organisation | model::EntityKind::State
        ) && (mention.outer.from <= sentence.from || !document.is(before, Class::Preposition))
    });
    match subject {
        Some(mention) => syntax.actor(Phrase::Entity(mention.entity, mention.outer, mention.form)),
        None => body_by_noun(syntax, sentence),
    }
}

/// The body that a sentence begins with by a common noun: `The ministry …`.
fn body_by_noun(syntax: &Syntax, sentence: Stretch) -> Option<Actor> {
    let document = syntax.document;
    let from = sentence.tokens().take(4).find(|&at| {
        document.is_any(at, &["the", "a", "an", "his", "her", "their"])
            && !(at > sentence.from && document.is(at - 1, Class::Preposition))
    })?;
    let phrase = syntax.phrase_at(from)?;
    let words = document.trimmed(phrase.stretch());
    let body = |at: u32| {
        document.is(at, Class::FindingBody)
            || document.is(at, Class::BodyNoun)
            || document.is(at, Class::Regime)
            || document.is_any(
                at,
                &[
                    "family",
                    "office",
                    "embassy",
                    "cabinet",
                    "department",
                    "party",
                ],
            )
    };
    // `The commission publishes its report`: a verb that no list holds may stand behind.
    let noun = words.tokens().skip(1).take(4).find(|&at| body(at))?;
    let cut = match syntax.head(words) {
        Some(head) if head == noun => words,
        _ => Stretch::new(words.from, noun + 1),
    };
    matches!(phrase, Phrase::Words(_))
        .then(|| syntax.actor(Phrase::Words(cut)))
        .flatten()
}

/// States or bodies named in a row in the sentence before or this one: `the United States, South
/// Korea, and Japan`.
fn row_before(syntax: &Syntax, pronoun: u32) -> Option<Actor> {
    let document = syntax.document;
    let sentence = document.sentence_number(pronoun);
    let from = document.sentences[sentence.saturating_sub(1) as usize]
        .tokens
        .from;
    let rows = syntax.rows(Stretch::new(from, pronoun));
    rows.last().map(|&row| syntax.joint(row))
}

/// The body that the sentence names first.
fn body_before(syntax: &Syntax, pronoun: u32) -> Option<Actor> {
    let sentence = syntax.document.sentence(pronoun).tokens;
    let mention = syntax
        .names
        .within(Stretch::new(sentence.from, pronoun))
        .iter()
        .find(|mention| syntax.names.entity(mention).kind == model::EntityKind::Organisation)?;
    syntax.actor(Phrase::Entity(mention.entity, mention.outer, mention.form))
}

/// Whether a speaker named at `words` is near enough for a pronoun at `at`.
fn near(document: &Document, words: Stretch, at: u32) -> bool {
    let (then, now) = (document.block_number(words.from), document.block_number(at));
    then <= now && now - then <= 3
}

fn other_sex(syntax: &Syntax, actor: &Actor, pronoun: u32) -> bool {
    let says = if syntax.document.is_word(pronoun, "she") {
        "female"
    } else {
        "male"
    };
    actor
        .entity
        .and_then(|entity| syntax.names.entities[entity as usize].sex.as_ref())
        .is_some_and(|(sex, _)| sex != says)
}
