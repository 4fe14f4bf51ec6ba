//! Those who are held, told without an allegation of their own: `every American held unjustly abroad
//! must be released`, `the release of the six detained men`, `X and Y are serving their sentences`.
//!
//! Invariant: groups make a case only where the sentence asks for them; nobody who is back does.

use super::fate;
use crate::claims::demanded_people;
use crate::lexicon::{Class, Table};
use crate::syntax::{Phrase, Syntax, without_determiner};
use crate::text::{Part, Stretch};
use model::{EntityKind, EntityRef};

/// How many words behind people may say that they are held: `who have been wrongfully`.
const BEHIND: u32 = 6;

/// How many words before people a verb may say that they are back: `secured the release of`.
const BACK: u32 = 8;

/// Somebody who is held: who, the words that name them, and the words that tell of it.
pub(super) struct Held {
    pub who: EntityRef,
    pub words: Stretch,
    pub whole: Stretch,
}

/// Everybody whom the document tells to be held, in the order of the text.
pub(super) fn find(syntax: &Syntax) -> Vec<Held> {
    let document = syntax.document;
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let words = sentence.tokens;
        if words.is_empty() || document.part(words.from) != Part::Body {
            continue;
        }
        if !fate::is_closed(document, words) {
            found.extend(asked_for(syntax, words));
            found.extend(released(syntax, words));
        }
        found.extend(serving(syntax, words));
    }
    found
}

/// Groups that are said to be held, in a sentence that asks for them.
fn asked_for(syntax: &Syntax, sentence: Stretch) -> Vec<Held> {
    let document = syntax.document;
    let asked = fate::is_asked_for(document, sentence)
        || sentence.tokens().any(|at| {
            document.is_any(at, &["home", "free"])
                && document.is_any(
                    at.saturating_sub(1),
                    &[
                        "come", "brought", "bring", "coming", "all", "safely", "be", "set",
                    ],
                )
        });
    if !asked {
        return Vec::new();
    }
    let mut found: Vec<Held> = Vec::new();
    for table in [Table::Group, Table::National] {
        for hit in document.hits_in(table, sentence) {
            let people = hit.tokens;
            if document.is(people.to.saturating_sub(1), Class::HeldBack) {
                continue;
            }
            let Some(whole) = held_before(syntax, people, sentence)
                .or_else(|| held_behind(syntax, people, sentence))
            else {
                continue;
            };
            // `a detained national may apply`, `the Office for Detained Nationals`
            let anyone = document.is_any(whole.from.saturating_sub(1), &["a", "an", "any"])
                || document.is_capital(whole.from)
                    && whole.from < people.from
                    && whole.from > sentence.from;
            // `the release of 13 Americans held captive was secured`: they are back.
            let floor = sentence.from.max(whole.from.saturating_sub(BACK));
            let back = (floor..whole.from)
                .any(|at| document.is_any(at, &["secured", "won", "brought", "celebrate"]));
            if anyone || back || found.iter().any(|held| held.whole.overlaps(whole)) {
                continue;
            }
            let words = Stretch::new(
                with_number(syntax, people.from.min(whole.from), sentence),
                people.to,
            );
            let who = group(syntax, words);
            found.push(Held {
                who,
                words,
                whole: Stretch::new(words.from, whole.to),
            });
        }
    }
    found
}

/// `six wrongfully detained nationals`
fn held_before(syntax: &Syntax, people: Stretch, sentence: Stretch) -> Option<Stretch> {
    let document = syntax.document;
    let mut at = people.from;
    // `detained foreign nationals`
    while at > sentence.from && at + 2 > people.from && !document.is(at - 1, Class::HeldBack) {
        at -= 1;
    }
    let participle = at.checked_sub(1).filter(|&at| sentence.has(at))?;
    let adverb =
        participle.saturating_sub(u32::from(syntax.is_adverb(participle.saturating_sub(1))));
    let before = adverb.saturating_sub(1);
    let helped = document.is(before, Class::Auxiliary)
        || document.is(before, Class::FirstPerson)
        || document.is(before, Class::ThirdPerson);
    (document.is(participle, Class::HeldBack)
        && !helped
        && !document.is_any(participle, &["hostage", "held"]))
    .then(|| Stretch::new(adverb, people.to))
}

/// `Americans who are wrongfully detained`, `loved ones being held`
fn held_behind(syntax: &Syntax, people: Stretch, sentence: Stretch) -> Option<Stretch> {
    let document = syntax.document;
    let end = sentence.to.min(people.to + BEHIND);
    for at in people.to..end {
        if document.is(at, Class::HeldBack) {
            let relative = document.is(people.to, Class::Relative);
            let helped = (people.to..at)
                .any(|at| document.is(at, Class::Auxiliary) && !document.is_word(at, "being"));
            // `Americans were detained` tells of the day; `who were detained` names them.
            return (relative || !helped).then(|| Stretch::new(people.from, at + 1));
        }
        let goes_on = document.is(at, Class::Relative)
            || document.is(at, Class::Auxiliary)
            || document.is_any(at, &["still", "remain", "currently", "or", "and"])
            || syntax.is_adverb(at);
        if !goes_on || document.is(at, Class::Negation) {
            return None;
        }
    }
    None
}

/// The beginning of a phrase of people with its number: `the six`, `all`, `every`.
fn with_number(syntax: &Syntax, from: u32, sentence: Stretch) -> u32 {
    let document = syntax.document;
    let mut from = from;
    for _ in 0..4 {
        let Some(before) = from.checked_sub(1).filter(|&at| sentence.has(at)) else {
            break;
        };
        let number = document.is_number(before);
        let determiner =
            document.is(before, Class::Determiner) || document.is(before, Class::Possessive);
        let kind = document.is_any(before, &["of", "than", "hundreds", "dozens", "thousands"])
            || document.is(before, Class::Filler);
        if !(number || determiner || kind) {
            break;
        }
        from = before;
    }
    while document.is_any(from, &["of", "than"]) {
        from += 1;
    }
    from
}

pub(super) fn group(syntax: &Syntax, words: Stretch) -> EntityRef {
    EntityRef::as_written(
        EntityKind::Group,
        without_determiner(syntax.document, words),
    )
}

/// `calls for the release of Paul Whelan`: those whose release is asked for, not told.
fn released(syntax: &Syntax, sentence: Stretch) -> Vec<Held> {
    let document = syntax.document;
    let mut found = Vec::new();
    for at in sentence.tokens() {
        if !(document.is_any(at, &["release", "freedom", "liberation", "return"])
            && document.is_word(at + 1, "of"))
        {
            continue;
        }
        let floor = sentence.from.max(at.saturating_sub(8));
        let asks = (floor..at).any(|at| document.is(at, Class::AskingFor));
        if !asks {
            continue;
        }
        for (who, words) in demanded_people(syntax, at + 2, sentence.to) {
            if who.kind == EntityKind::Person {
                found.push(Held {
                    who,
                    words,
                    whole: words,
                });
            }
        }
        // `the release of the hostages`
        let noun = at + 2 + u32::from(document.is(at + 2, Class::Determiner));
        if document.is_any(noun, &["hostages", "captives", "abductees"]) {
            let words = Stretch::new(at + 2, noun + 1);
            found.push(Held {
                who: group(syntax, words),
                words,
                whole: words,
            });
        }
    }
    found
}

/// `X and Y are serving their sentences`
fn serving(syntax: &Syntax, sentence: Stretch) -> Vec<Held> {
    let document = syntax.document;
    let mut found = Vec::new();
    for at in sentence.tokens() {
        let told = document.is_word(at, "serving")
            && document.is_any(at.saturating_sub(1), &["is", "are", "still"])
            || document.is_word(at, "seen") && document.is_word(at.saturating_sub(1), "last");
        let term = document.is_word(at, "seen")
            || document.is(at + 1, Class::Possessive)
            || document.is_any(at + 1, &["a", "life", "an"])
            || document.is_number(at + 1);
        if !(told && term) {
            continue;
        }
        let Some(Phrase::Entity(entity, words, _)) = syntax.subject(at) else {
            continue;
        };
        let record = &syntax.names.entities[entity as usize];
        if record.kind != EntityKind::Person || record.unnamed {
            continue;
        }
        let words = document.trimmed(words);
        found.push(Held {
            who: syntax.names.reference(entity),
            words,
            whole: Stretch::new(words.from, at + 1),
        });
    }
    found
}
