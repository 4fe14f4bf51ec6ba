//! Figures without a counted noun behind the number: shares in words (`half of the households`),
//! people who are only counted (`45 were convicted`), and numbers that a noun before them announces
//! (`the death toll has passed 1,200`, `the number of executions rose to 853 from 576`).
//!
//! Invariant: what is counted is said in the same sentence; a number that may be a year is none.

use super::units::unit;
use super::{Bound, Counted, qualified};
use crate::lexicon::Class;
use crate::numbers::{Number, number_at};
use crate::text::{Document, Stretch};

/// How many words before a number the noun that announces it may begin.
const REACH: u32 = 14;

/// Shares that one word names, in thousandths of a percent.
const PARTS: &[(&str, i64)] = &[
    ("half", 50_000),
    ("third", 33_333),
    ("thirds", 33_333),
    ("quarter", 25_000),
    ("quarters", 25_000),
    ("fifth", 20_000),
    ("fifths", 20_000),
    ("tenth", 10_000),
    ("tenths", 10_000),
];

/// `half of the households`, `half the food`, `two thirds of those interviewed`.
pub(super) fn part(document: &Document, at: u32) -> Option<Counted> {
    let counts = document.is_any(at, &["a", "one", "two", "three", "four"]);
    let times = match document.written(at).to_ascii_lowercase().as_str() {
        "two" => 2,
        "three" => 3,
        "four" => 4,
        _ => 1,
    };
    let word = at + u32::from(counts);
    let name = document.written(word).to_ascii_lowercase();
    let (_, value) = PARTS.iter().find(|(part, _)| *part == name)?;
    if !counts && name != "half" {
        return None;
    }
    let of = document.is_word(word + 1, "of");
    let whole = word + 1 + u32::from(of);
    let told = document.is(whole, Class::Determiner) || document.is(whole, Class::Possessive);
    let many = of && unit(document, whole).is_some_and(|(words, _)| words.from == whole);
    let sum = document.is_any(whole, &["a", "an"]);
    let time = document.is(whole + 1, Class::TimeUnit);
    if !(told || many) || sum || time || !of && name != "half" {
        return None;
    }
    let least = value.checked_mul(times)?.min(100_000);
    // Of three thirds nothing is lost by rounding: 66.667 and 100.
    let least = if name.starts_with("third") && times == 2 {
        66_667
    } else {
        least
    };
    let sentence = document.sentence(at).tokens;
    let end = (whole..sentence.to.min(whole + 7))
        .find(|&at| !document.is_plain(at) || document.is(at, Class::Auxiliary))
        .unwrap_or(sentence.to.min(whole + 7));
    let (approximate, open) = qualified(document, at.checked_sub(1));
    let words = Stretch::new(at, word + 1);
    Some(Counted {
        least: if open == Some(Bound::AtMost) {
            0
        } else {
            least
        },
        most: match open {
            Some(Bound::AtLeast) => None,
            _ => Some(least),
        },
        approximate,
        number: words,
        unit: words,
        unit_name: "percent".to_owned(),
        of: (end > whole).then(|| document.trimmed(Stretch::new(whole, end))),
        whole: Stretch::new(at, end.max(word + 1)),
        rule: "figure.part",
    })
}

/// What a number without a noun behind it counts: people who are or did something, or what a noun
/// before it announces.
pub(super) fn counted_without_noun(
    document: &Document,
    number: Stretch,
) -> Option<(Stretch, String)> {
    if may_be_year(document, number) {
        return None;
    }
    people(document, number).or_else(|| announced(document, number))
}

/// A number in digits that may be a year.
fn may_be_year(document: &Document, number: Stretch) -> bool {
    let written = document.written(number.from);
    number.len() == 1
        && written.len() == 4
        && written
            .parse()
            .is_ok_and(|year: u32| (1500..2100).contains(&year))
}

/// `45 were convicted`, `at least 200 have been killed`, `a further nineteen died`.
fn people(document: &Document, number: Stretch) -> Option<(Stretch, String)> {
    let mut to = number.to;
    if document.is_any(to, &["more", "others"]) {
        to += 1;
    }
    let helped = document.is_any(to, &["were", "are", "have", "had"]);
    let past = document.is(to, Class::Past) || document.written(to).ends_with("ed");
    let acts = past
        && document.is_any(
            to,
            &[
                "died",
                "fled",
                "survived",
                "escaped",
                "disappeared",
                "drowned",
                "perished",
                "vanished",
                "starved",
                "returned",
                "remained",
                "crossed",
                "arrived",
            ],
        );
    let before = number.from.checked_sub(1)?;
    let located = document.is_any(
        before,
        &["in", "by", "since", "until", "of", "from", "on", "between"],
    );
    let named = document.is(before, Class::Label);
    ((helped || acts) && !located && !named).then(|| (number, "person".to_owned()))
}

/// `the death toll … 1,200`, `put the dead at 312`, `the number of executions rose to 853`.
fn announced(document: &Document, number: Stretch) -> Option<(Stretch, String)> {
    let sentence = document.sentence(number.from).tokens;
    let mut before = number.from.checked_sub(1).filter(|&at| sentence.has(at))?;
    while before > sentence.from
        && (document.is(before, Class::About)
            || document.is_any(
                before,
                &["than", "more", "least", "at", "over", "estimated", "an"],
            ))
        && !document.is_any(before.saturating_sub(1), &["dead", "toll"])
        && !document.is_word(before, "at")
    {
        before -= 1;
    }
    let led = document.is_any(
        before,
        &[
            "to",
            "at",
            "past",
            "from",
            "was",
            "is",
            "passed",
            "reached",
            "exceeded",
            "exceeds",
            "topped",
            "surpassed",
            ":",
        ],
    );
    if !led {
        return None;
    }
    let floor = sentence.from.max(number.from.saturating_sub(REACH));
    for at in (floor..before).rev() {
        if document.is_any(at, &["number", "total", "numbers"]) && document.is_word(at + 1, "of") {
            let noun = at + 2 + u32::from(document.is(at + 2, Class::Determiner));
            return unit(document, noun).filter(|(words, _)| words.to <= before);
        }
        let toll = document.is_word(at, "toll")
            || document.is_any(at, &["dead", "deaths", "missing", "wounded", "injured"])
                && (document.is(at.saturating_sub(1), Class::Determiner)
                    || document.is_word(at + 1, ":"));
        if toll {
            return Some((Stretch::new(at, at + 1), "person".to_owned()));
        }
        if document.is_any(at, &[";", "."]) {
            break;
        }
    }
    None
}

/// `a quarter of a million`, as one number.
pub(super) fn part_of_scale(document: &Document, at: u32) -> Option<Number> {
    let word = at + 1;
    let fits = document.is_any(at, &["a", "one"])
        && document.is_word(word, "quarter")
        && document.is_word(word + 1, "of")
        && document.is_word(word + 2, "a");
    let scale = number_at(document, word + 2).filter(|_| fits)?;
    (scale.value >= 1_000_000).then(|| Number {
        tokens: Stretch::new(at, scale.tokens.to),
        value: scale.value / 4,
        vague: false,
    })
}
