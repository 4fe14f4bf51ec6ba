//! Which words a date belongs to, where several stand near it.
//!
//! Invariant: a date inside a noun phrase (`the election of 9 August 2020`, `in advance of the vote
//! on 3 May`) or behind a participle of its own (`measures announced on 24 June`) dates these, not
//! the verb of the clause.

use crate::dates::Dated;
use crate::lexicon::Class;
use crate::syntax::Syntax;
use crate::text::{Document, Stretch};

/// How far before a date the words may stand that place something by another thing's time.
const LEAD: u32 = 12;

/// How many words lie at most between a verb and the date of its object: `signed an order of 2 May`.
const OBJECT: u32 = 4;

/// Whether a date is that of a noun beside it: `the August 9, 2020, election`, `the order of 6 May`,
/// `in advance of the marches planned for today`.
pub(super) fn is_of_noun(document: &Document, date: Stretch) -> bool {
    let sentence = document.sentence(date.from).tokens;
    let Some(before) = date.from.checked_sub(1).filter(|&at| sentence.has(at)) else {
        return false;
    };
    if document.is_word(before, "of") {
        // `on the night of 2 July`, `in its second report, of June 2016`, `as of today`
        let at = before.saturating_sub(1);
        return !document.is(at, Class::PartOfTime) && !document.is_any(at, &[",", "as"]);
    }
    let determined = (document.is(before, Class::Determiner)
        || document.is(before, Class::Possessive)
        || document.is_word(before, "'s"))
        && !document.is_any(before, &["this", "that"]);
    determined && heads_noun(document, date.to, sentence) || is_of_reference(document, date)
}

/// `the 2014 report`, `its February 7, 2016, launch`: a noun right behind, with no verb before it.
fn heads_noun(document: &Document, after: u32, sentence: Stretch) -> bool {
    let at = after + u32::from(document.is_word(after, ","));
    sentence.has(at)
        && document.is_plain(at)
        && !document.is(at, Class::Determiner)
        && !document.is(at, Class::Preposition)
        && !document.is(at, Class::Auxiliary)
        && !is_modal(document, at)
}

/// Whether the date is that of what something else is placed by: `following the murders in June`.
fn is_of_reference(document: &Document, date: Stretch) -> bool {
    let sentence = document.sentence(date.from).tokens;
    let floor = sentence.from.max(date.from.saturating_sub(LEAD));
    for at in (floor..date.from).rev() {
        if !document.is_plain(at) || document.is(at, Class::Auxiliary) {
            return false;
        }
        if document.is(at, Class::PlacedBy) {
            return document.is_word(at, "following") || document.is_any(at + 1, &["of", "for"]);
        }
    }
    false
}

/// Whether a modal stands here, not the month of May.
pub(super) fn is_modal(document: &Document, at: u32) -> bool {
    document.is(at, Class::Modal) && !(document.is(at, Class::Month) && document.is_capital(at))
}

/// Whether the date stands behind a participle that is not this verb, and so dates that: `the head
/// of a body set up in 2012 met the minister`.
pub(super) fn is_of_participle(syntax: &Syntax, verb: u32, date: Stretch) -> bool {
    let document = syntax.document;
    if verb >= date.from {
        return false;
    }
    let mut at = date.from;
    while at > verb + 1 && document.is(at - 1, Class::Preposition) {
        at -= 1;
    }
    let participle = at - 1;
    participle > verb + 1
        && (document.is(participle, Class::Past)
            || document.is_word(participle, "held")
            || document.written(participle).ends_with("ed") && !document.is_capital(participle))
        && !document.is(participle.saturating_sub(1), Class::Conjunction)
        && syntax.verb_group_start(participle) > verb
}

/// Whether a date that a noun beside it has may still date these words: they end at it, or the noun is
/// their own object (`signed an order of 2 May`).
pub(super) fn reaches(words: Stretch, date: Stretch) -> bool {
    words.to <= date.from && date.from - words.to <= OBJECT || words.overlaps(date)
}

/// Whether a date stretches over years back from the document (`over the last three years`): what
/// went on so long took place on no day.
pub(super) fn is_span(document: &Document, dated: &Dated) -> bool {
    let words = dated.tokens;
    words.len() > 2
        && document.is_word(words.from, "the")
        && document.is_any(words.from + 1, &["last", "past"])
        || dated.resolved.date.to_string().contains('/')
            && document.is_any(words.from, &["last", "past"])
}

/// Whether a participle without a helper only describes the noun before it, while another verb
/// rules the clause: `we stand with every American held hostage or detained`.
pub(super) fn describes(syntax: &Syntax, verb: u32, after: u32) -> bool {
    let document = syntax.document;
    let start = syntax.verb_group_start(verb);
    let group = Stretch::new(start, verb);
    if group.tokens().any(|at| document.is(at, Class::Auxiliary)) {
        return group
            .tokens()
            .all(|at| !document.is(at, Class::Auxiliary) || document.is_word(at, "being"));
    }
    let sentence = document.sentence(verb).tokens;
    let Some(before) = start.checked_sub(1).filter(|&at| sentence.has(at)) else {
        return false;
    };
    let numbered = document.is_digits(before);
    if !document.is_plain(before) && !numbered
        || document.is(before, Class::FirstPerson)
        || document.is(before, Class::ThirdPerson)
    {
        return false;
    }
    let counted = document.is_number(before);
    if start < verb && (counted || document.is(before, Class::Determiner)) {
        return true;
    }
    // What has an object is a verb of its own: `police arrested twelve men`.
    let object = document.is(after, Class::Determiner)
        || document.is(after, Class::Possessive)
        || document.is_capital(after) && !document.is(after, Class::Month)
        || document.is_number(after)
        || document.is_any(
            after,
            &[
                "him",
                "her",
                "them",
                "me",
                "us",
                "it",
                "hundreds",
                "thousands",
                "dozens",
            ],
        );
    !object && (ruled(syntax, start, sentence) || goes_on(document, after, sentence))
}

/// Whether a finite verb stands before, with nothing between that opens a new clause.
fn ruled(syntax: &Syntax, start: u32, sentence: Stretch) -> bool {
    let document = syntax.document;
    let floor = sentence.from.max(start.saturating_sub(20));
    for at in (floor..start).rev() {
        let opens = !document.is_plain(at)
            || document.is(at, Class::Subordinator)
            || document.is(at, Class::Relative);
        if opens {
            return false;
        }
        let infinitive = document.is_word(at, "to") && document.is_plain(at + 1);
        if document.is(at, Class::Auxiliary)
            || is_modal(document, at)
            || infinitive
            || at + 1 < start
                && (document.is(at, Class::FirstPerson) || document.is(at, Class::ThirdPerson))
        {
            return true;
        }
    }
    false
}

/// Whether the verb of the clause comes right behind the participle's date or place: `a law approved
/// on 22 December 2023 has named the day`.
fn goes_on(document: &Document, after: u32, sentence: Stretch) -> bool {
    let end = sentence.to.min(after + 8);
    (after..end)
        .find(|&at| document.is(at, Class::Auxiliary) || is_modal(document, at))
        .is_some_and(|helper| {
            (after..helper).all(|at| {
                document.is(at, Class::Month)
                    || document.is(at, Class::Preposition)
                    || document.is_word(at, ",")
                    || document.is_capital(at)
                    || document.is_digits(at)
            })
        })
}
