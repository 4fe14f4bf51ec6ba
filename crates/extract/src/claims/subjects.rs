//! Those whom a predicate is about, found by looking left from its verb for people, not for grammar:
//! what stands behind a preposition is part of another phrase and is passed over.
//!
//! Invariant: looks at most [`REACH`] words back and never out of the clause's sentence or speech.

use super::Scene;
use super::people::{Someone, by_words, named_person, people, phrase_start};
use super::pronouns::pronoun;
use crate::lexicon::{Class, Table};
use crate::names::Mention;
use crate::text::Stretch;
use model::{EntityKind, Victim};

/// How many words to the left of a verb its subject may begin.
const REACH: u32 = 40;

/// The most words of `those who …`.
const LONGEST_WHO: u32 = 9;

/// The people nearest before a verb that can be its subject.
pub(super) fn nearest_people(scene: &Scene, verb: u32) -> Option<Someone<Victim>> {
    let document = scene.syntax.document;
    let (floor, start) = bounds(scene, verb);
    let mut at = start;
    while at > floor {
        let here = at - 1;
        if document.is_any(here, &[";", ":"]) || document.bounds_speech(here) {
            return None;
        }
        let Some((someone, from)) = at_token(scene, here, floor, start) else {
            at = here;
            continue;
        };
        // `We have heard that your clients were deported`: who speaks stands before `that`.
        let teller = document.is(here, Class::FirstPerson)
            && (here..start).any(|at| document.is_word(at, "that"));
        if !behind_preposition(scene, from, floor) && !teller {
            // `Six people, women in their majority, had been sent back`
            let apart = document.is_word(start.saturating_sub(1), ",")
                && from > floor + 1
                && document.is_word(from - 1, ",");
            let before = apart
                .then(|| at_token(scene, from - 2, floor, from - 1))
                .flatten();
            let whole = before.filter(|(_, from)| !behind_preposition(scene, *from, floor));
            return Some(whole.map_or(someone, |(whole, _)| whole));
        }
        at = from.min(here);
    }
    None
}

/// Where to look from and to: from the clause's start, over a relative pronoun to what it stands for.
fn bounds(scene: &Scene, verb: u32) -> (u32, u32) {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    // `those who are handed back are beaten and imprisoned`: before the first of the two.
    // but not `and some ten thousand killed`, which has its own.
    let own = document.is_number(verb.saturating_sub(1));
    let first = scene.syntax.passive_before(verb, sentence).filter(|_| !own);
    let start = scene.syntax.verb_group_start(first.unwrap_or(verb));
    let clause = scene.syntax.clause_start(verb);
    let relative = (clause..start)
        .take(2)
        .any(|at| document.is_any(at, &["who", "whom", "which", "and", "but"]));
    let floor = if relative { sentence.from } else { clause };
    (
        floor
            .max(verb.saturating_sub(REACH))
            .max(sentence.from)
            .min(start),
        start,
    )
}

/// People whose words end with, or cover, a token: with the token at which their phrase begins.
pub(super) fn at_token(
    scene: &Scene,
    at: u32,
    floor: u32,
    end: u32,
) -> Option<(Someone<Victim>, u32)> {
    let document = scene.syntax.document;
    let names = scene.syntax.names;
    if document.is_any(at, &["he", "she", "they", "we", "i", "you"]) {
        // `We are deeply concerned by the burning of homes`: who says so is not who suffers it.
        let says = document.is(at, Class::FirstPerson)
            && !document
                .hits_in(Table::Speech, Stretch::new(at + 1, at + 6))
                .is_empty();
        return (!says).then(|| (pronoun(scene, at), at));
    }
    if let Some(mention) = names.at(at) {
        let entity = names.entity(mention);
        // `the Ortega government`
        let power = document.is(mention.tokens.to, Class::Government)
            || document.is(mention.tokens.to, Class::Regime);
        // `her family and colleagues`, `Ms. Ito's brother`: not she, but hers.
        let owns = document.is_word(mention.tokens.to, "'s") && mention.tokens.to + 1 < end;
        if entity.kind == EntityKind::Person && (power || owns) {
            return None;
        }
        if entity.is_named_person() {
            let someone = named_person(scene, mention);
            return Some((someone, mention.outer.from.min(mention.tokens.from)));
        }
        if entity.kind != EntityKind::Person {
            return None;
        }
    }
    let near = Stretch::new(at.saturating_sub(5).max(floor), at + 1);
    // `of those who looked for them, most of them women, …`: an aside on people named before.
    if document.is_any(at.saturating_sub(1), &["them", "whom"]) && at > floor {
        return None;
    }
    let hit = [Table::Group, Table::National]
        .into_iter()
        .find_map(|table| {
            document
                .hits_in(table, near)
                .iter()
                .rev()
                .find(|hit| hit.tokens.has(at))
        });
    // `we continue to witness abuses`
    let verb = |hit: &crate::text::Hit| {
        document.is_word(hit.tokens.from.saturating_sub(1), "to")
            && !document
                .written(hit.tokens.to.saturating_sub(1))
                .ends_with('s')
            && hit.tokens.len() == 1
            && document.is(hit.tokens.to, Class::Filler)
    };
    if let Some(hit) = hit.filter(|hit| !verb(hit)) {
        let from = phrase_start(document, floor, hit.tokens.from);
        if let Some(mention) = described(scene, from, floor) {
            return Some((named_person(scene, mention), mention.outer.from));
        }
        let someone = people(scene, from, hit.tokens.to.max(from + 1))?;
        return Some((someone, from));
    }
    let joined = document
        .token(at)
        .is_some_and(|token| token.shape.is_joined());
    let number = document.is_number(at)
        && !joined
        && !document.is(at.saturating_sub(1), Class::Be)
        && !is_year(scene, at);
    let digits = document.is_digits(at);
    let stands_alone = at + 1 == end
        || document.is_any(at + 1, &["more", "others"]) && at + 2 == end
        || document.is(at + 1, Class::Auxiliary)
        || document.is_any(at + 1, &["who", "of"]) && !document.is_word(at, "those")
        || document.is_word(at + 1, ",") && !digits && !document.is_word(at, "those")
        || document.is_any(at + 1, &["who"]);
    // `It refused 93 of them`: what was refused.
    let object = digits
        && document.is_word(at + 1, "of")
        && at > floor
        && (document.is(at - 1, Class::Past) || document.written(at - 1).ends_with("ed"));
    // `girls who served, one of them about nine, were raped`
    let aside = document.is_any(at, &["one", "some", "most", "many"])
        && document.is_word(at + 1, "of")
        && document.is_word(at.saturating_sub(1), ",");
    // `20 websites`
    let things = number
        && at + 1 == end
        && !document.is(end, Class::Auxiliary)
        && document.written(end).ends_with('s');
    if aside || things || object {
        return None;
    }
    // `half of those interviewed had been beaten`
    let told_of = document.is_word(at, "those")
        && document.written(at + 1).ends_with("ed")
        && document.is(at + 2, Class::Auxiliary);
    if told_of {
        let words = Stretch::new(at, at + 2);
        return Some((by_words(document, words, EntityKind::Group), at));
    }
    let counts = document.is(at, Class::Count)
        || number
        || document.is_word(at, "one") && document.is_word(at.saturating_sub(1), "no")
        || document.is_word(at, "one") && document.is_word(at + 1, "of");
    // `Some of them were tortured`: of those told of before.
    let theirs = document.is_word(at + 1, "of") && document.is_word(at + 2, "them");
    if counts && theirs && at >= floor {
        let mut someone = pronoun(scene, at + 2);
        if !document.is_any(at + 2, &[someone.value.who.name.as_str()]) {
            let number = crate::numbers::number_at(document, at).filter(|it| !it.vague);
            someone.value.number = number.and_then(|it| u64::try_from(it.value / 1_000).ok());
            someone.words = Stretch::new(at, at + 3);
            return Some((someone, at));
        }
    }
    (counts && stands_alone && at >= floor).then(|| {
        let mut from = at;
        // `ten thousand of whom`
        while from > floor && number && document.is_number(from - 1) {
            from -= 1;
        }
        if document.is_any(from.saturating_sub(1), &["no", "least", "than"]) {
            from -= 1;
        }
        // `those who were sent back before them`: who they are is in the clause.
        let who = document.is_any(at, &["those", "all"]) && document.is_word(at + 1, "who");
        let sentence = document.sentence(at).tokens;
        let to = if who {
            (at + 2..sentence.to.min(at + LONGEST_WHO))
                .find(|&at| !document.is_plain(at) || document.is(at, Class::Conjunction))
                .unwrap_or(sentence.to.min(at + LONGEST_WHO))
                .min(if end > at + 2 { end } else { sentence.to })
        } else {
            at + 1 + u32::from(document.is_any(at + 1, &["more", "others"]))
        };
        let words = Stretch::new(from, to);
        (by_words(document, words, EntityKind::Group), from)
    })
}

/// The person whom a phrase between commas describes: `X, an informal leader, who was shot`.
fn described<'s>(scene: &Scene<'s, '_, '_>, from: u32, floor: u32) -> Option<&'s Mention> {
    let document = scene.syntax.document;
    let article = from
        .checked_sub(1)
        .filter(|&at| at > floor && document.is_any(at, &["a", "an", "the"]))?;
    let comma = article - 1;
    let mention = document
        .is_word(comma, ",")
        .then(|| scene.syntax.names.at(comma.saturating_sub(1)))
        .flatten()?;
    let entity = scene.syntax.names.entity(mention);
    let one = !document.is_any(from, &["two", "three", "several"]);
    (entity.is_named_person() && one).then_some(mention)
}

/// The person whom words between commas set apart from their verb: `X, winner of the prize in 2022,
/// was sentenced`.
pub(super) fn set_apart<'s>(scene: &Scene<'s, '_, '_>, verb: u32) -> Option<&'s Mention> {
    let document = scene.syntax.document;
    let sentence = document.sentence(verb).tokens;
    let start = scene.syntax.verb_group_start(verb);
    let end = start
        .checked_sub(1)
        .filter(|&at| sentence.has(at) && document.is_word(at, ","))?;
    let floor = sentence.from.max(end.saturating_sub(REACH / 2));
    let comma = (floor..end).rev().find(|&at| document.is_word(at, ","))?;
    let mention = scene.syntax.names.at(comma.checked_sub(1)?)?;
    let entity = scene.syntax.names.entity(mention);
    // `X, who is 76 and has diabetes, has spent …`
    let relative = document.is_any(comma + 1, &["who", "whose", "whom"]);
    let breaks = (comma + 1..end).any(|at| {
        !relative && (document.is(at, Class::Auxiliary) || document.is(at, Class::Relative))
            || document.bounds_speech(at)
            || document.is_any(at, &[";", ":"])
    });
    let person = entity.is_named_person();
    let goes_on = document.is_any(comma + 1, &["and", "but", "or"]) || comma + 1 == end;
    // `the husband of Ms. X, a teacher, …`: not she.
    let owns = document.is_word(mention.outer.from.saturating_sub(1), "of");
    (person && !owns && !breaks && !goes_on && mention.tokens.to == comma).then_some(mention)
}

/// Whether a number is written as a year is.
fn is_year(scene: &Scene, at: u32) -> bool {
    let written = scene.syntax.document.written(at);
    written.len() == 4 && (written.starts_with("19") || written.starts_with("20"))
}

/// Whether a phrase is the complement of a preposition. `hundreds of men` is not: the people are
/// counted, not located.
pub(super) fn behind_preposition(scene: &Scene, from: u32, floor: u32) -> bool {
    let document = scene.syntax.document;
    let mut before = from;
    while before > floor
        && (document.is_word(before - 1, "to") && document.is_word(before.saturating_sub(2), "up")
            || document.is(before - 1, Class::Determiner)
            || document.is(before - 1, Class::Possessive)
            || document.is(before - 1, Class::About)
            || document.is_any(before - 1, &["more", "than", "least", "most", "up"]))
    {
        before -= 1;
    }
    if before == floor {
        return false;
    }
    let preposition = before - 1;
    let of_many = document.is_word(preposition, "of")
        && preposition > floor
        && (document.is(preposition - 1, Class::RoundNumber)
            || document.is(preposition - 1, Class::Count)
            || document.is_any(
                preposition - 1,
                &[
                    "group", "number", "majority", "members", "half", "most", "third",
                ],
            ));
    let clausal = document.is_any(
        preposition,
        &["that", "because", "since", "after", "before", "until", "as"],
    );
    document.is(preposition, Class::Preposition) && !of_many && !clausal
}
