//! What is counted: the noun behind a number, and what it is of.
//!
//! Invariant: a unit is given in the singular; a name is no unit, a people is.

use crate::lexicon::{Class, Table, WordId, singular};
use crate::text::{Document, Stretch};

pub(super) fn is_percent(document: &Document, at: u32) -> bool {
    document.is_any(at, &["percent", "%"])
        || document.is_word(at, "per") && document.is_word(at + 1, "cent")
}

/// The counted noun at `at`, up to three words, with its name in the singular.
pub(super) fn unit(document: &Document, at: u32) -> Option<(Stretch, String)> {
    let mut to = at;
    let mut head = None;
    while to < at + LONGEST {
        // `public, private and academic institutions`
        if head.is_none() && joins(document, at, to) {
            to += 1 + u32::from(document.is_any(to + 1, &["and", "or"]));
            continue;
        }
        let word = document.is_plain(to)
            && !document.is_digits(to)
            && !document.is(to, Class::NotUnit)
            && !document.is(to, Class::Preposition)
            && !document.is(to, Class::Determiner)
            && !document.is(to, Class::Auxiliary)
            && !document.is(to, Class::Modal)
            && !document.is(to, Class::Conjunction)
            && !document.is(to, Class::Month)
            && !document.is(to, Class::Subordinator)
            && !is_verb(document, to, at)
            && !is_past(document, to)
            && document.sentence_number(to) == document.sentence_number(at);
        if !word {
            break;
        }
        let written = document.written(to);
        let plural = written.ends_with('s')
            && !["ss", "us", "is"]
                .iter()
                .any(|ending| written.ends_with(ending))
            && written.len() > 3
            || document
                .lexicon
                .forms
                .nouns
                .values()
                .any(|many| many == &written.to_lowercase())
            || document.is(to, Class::TimeUnit)
            || document.is(to, Class::Currency)
            || document.is(to, Class::Collective) && !document.written(to + 1).ends_with('s');
        to += 1;
        if plural {
            head = Some(to);
            // `human rights officials`: rights are not counted, officials are.
            let rights = document.is_word(to - 1, "rights")
                && document.is_plain(to)
                && document.written(to).ends_with('s')
                && !document.is(to, Class::Auxiliary)
                && document
                    .hits_in(Table::Speech, Stretch::new(to, to + 1))
                    .is_empty();
            let compound = document.is(to, Class::CompoundUnit) || rights;
            if !compound {
                break;
            }
        }
    }
    let head = head?;
    let one_name = head == at + 1
        && document.is_capital(at)
        && !document.is_any(at, &["states", "members", "americans"])
        && document
            .token(at)
            .is_some_and(|token| token.word != WordId::UNKNOWN);
    if one_name
        && [Table::National, Table::Group]
            .iter()
            .all(|&table| document.hits_in(table, Stretch::new(at, head)).is_empty())
    {
        return None;
    }
    let words = named(document, at, head);
    let last = document.written(head.saturating_sub(1)).to_lowercase();
    if last == "others" || document.is(head - 1, Class::Collective) {
        return Some((words, "person".to_owned()));
    }
    let mut name = String::new();
    for at in words.from..head - 1 {
        name.push_str(&document.written(at).to_lowercase());
        let joined = document.token(at + 1).is_some_and(|t| t.shape.is_joined());
        name.push(if joined { '-' } else { ' ' });
    }
    name.push_str(&singular(&last, &document.lexicon.forms));
    Some((words, name))
}

/// The most words of a counted noun with what describes it.
const LONGEST: u32 = 8;

/// Whether a comma or `and` stands between words that describe one noun: `military and civilian
/// personnel`.
fn joins(document: &Document, at: u32, to: u32) -> bool {
    let next = to + 1 + u32::from(document.is_any(to + 1, &["and", "or"]));
    to > at
        && document.is_any(to, &[",", "and", "or"])
        && !document.is(to - 1, Class::Adverb)
        && document.sentence_number(next) == document.sentence_number(at)
        && document.is_plain(next)
        && !document.is_capital(next)
        && !document.is(next, Class::Determiner)
        && !document.is(next, Class::Possessive)
        && !document.is(next, Class::Auxiliary)
        && !document.is(next, Class::Preposition)
        && !document.is_number(next)
}

/// Whether a word is a verb in the past with what it is done to behind it: `six lasted two days`.
fn is_past(document: &Document, to: u32) -> bool {
    let past = document.is(to, Class::Past) || document.written(to).ends_with("ed");
    let number = document.is_number(to + 1);
    past && (number
        || document.is(to + 1, Class::Determiner)
        || document.is(to + 1, Class::Possessive))
}

/// Whether a word right behind a number is a verb: `2007 forbids`.
fn is_verb(document: &Document, to: u32, at: u32) -> bool {
    let written = document.written(to);
    let year = at
        .checked_sub(1)
        .filter(|&at| document.is(at.wrapping_sub(1), Class::Preposition))
        .and_then(|at| written_year(document.written(at)))
        .is_some();
    to == at
        && !document.is_capital(to)
        // `8,000 calls, chats and messages`
        && !document.is_any(to + 1, &[",", "and", "or", "from", "of", "."])
        && (written.ends_with('s') || year)
        && (year && written.ends_with('s')
            || !document
                .hits_in(Table::Speech, Stretch::new(to, to + 1))
                .is_empty())
}

/// A number that may be a year: four digits without a comma.
fn written_year(written: &str) -> Option<u16> {
    let year: u16 = written.parse().ok()?;
    (written.len() == 4 && (1900..2100).contains(&year)).then_some(year)
}

/// The words of the counted noun: its head, with the word before it where only both together name
/// what is counted (`Member States`, `asylum seekers`, `North Koreans`).
fn named(document: &Document, at: u32, head: u32) -> Stretch {
    let last = head.saturating_sub(1);
    let national = document
        .hits_in(Table::National, Stretch::new(at, head))
        .iter()
        .find(|hit| hit.tokens.to == head);
    if let Some(hit) = national {
        return hit.tokens;
    }
    let mut from = last;
    let pair = document.is(last, Class::CompoundUnit)
        && last > at
        && !document.written(last - 1).ends_with("ed")
        && document
            .hits_in(Table::Adjective, Stretch::new(at, last))
            .is_empty();
    if pair {
        from = last - 1;
    }
    while from > at && document.token(from).is_some_and(|t| t.shape.is_joined()) {
        from -= 1;
    }
    Stretch::new(from, head)
}

/// `of …` behind a unit, up to the end of the phrase.
pub(super) fn of(document: &Document, at: u32) -> Option<Stretch> {
    if !document.is_any(at, &["of", "in", "who"]) {
        return None;
    }
    let limit = document.sentence(at).tokens.to.min(at + 9);
    let to = (at + 1..limit)
        .find(|&at| {
            !document.is_plain(at)
                || document.is(at, Class::Auxiliary)
                || document.is(at, Class::Modal)
                || document.is(at, Class::Subordinator)
                || document.is_any(at, &["that", "to", "went"])
                || document.is(at, Class::Conjunction) && document.written(at + 1).ends_with("ed")
        })
        .unwrap_or(limit);
    // `of the date of this order or`
    let open = to > at + 2 && document.is(to - 1, Class::Conjunction);
    let to = to - u32::from(open);
    (to > at + 1 && document.is_word(at, "of")).then(|| document.trimmed(Stretch::new(at + 1, to)))
}
