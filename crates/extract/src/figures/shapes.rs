//! Numbers whose shape says what they count: shares (`one in ten`), sums (`$5M`), teams (`25-person`),
//! and years before names, which count nothing.
//!
//! Invariant: what these do not know is left to the noun behind the number.

use super::units::{of, unit};
use super::{Bound, Counted, qualified};
use crate::numbers::{Number, number_at};
use crate::text::{Document, Stretch};

/// `one in ten`, `nine out of ten women`.
pub(super) fn share(document: &Document, number: Number) -> Option<Counted> {
    let mut at = number.tokens.to;
    if document.is_word(at, "out") && document.is_word(at + 1, "of") {
        at += 1;
    } else if !document.is_word(at, "in") {
        return None;
    }
    // `one in every six`
    at += u32::from(document.is_word(at + 1, "every"));
    let whole = number_at(document, at + 1)?;
    let small = (2_000..=1_000_000).contains(&whole.value) && number.value < whole.value;
    let year = document.is_digits(at + 1) && whole.value >= 1_000_000;
    if !small || year || number.value <= 0 {
        return None;
    }
    let value = number.value.checked_mul(100_000)? / whole.value;
    let before = number.tokens.from.checked_sub(1);
    let (approximate, _) = qualified(document, before);
    let of = unit(document, whole.tokens.to).map(|(words, _)| words);
    let to = of.map_or(whole.tokens.to, |of| of.to);
    Some(Counted {
        least: value,
        most: Some(value),
        approximate,
        number: Stretch::new(number.tokens.from, whole.tokens.to),
        unit: Stretch::new(number.tokens.from, whole.tokens.to),
        unit_name: "percent".to_owned(),
        of,
        whole: Stretch::new(number.tokens.from, to),
        rule: "figure.share",
    })
}

/// A sum: `$2.5 million`.
pub(super) fn money_at(document: &Document, number: Number) -> Counted {
    let sign = number.tokens.from.saturating_sub(1);
    let unit_name = match document.written(sign) {
        "€" => "euro",
        "£" => "pound",
        _ => "dollar",
    };
    let (approximate, open) = qualified(document, sign.checked_sub(1));
    Counted {
        least: if open == Some(Bound::AtMost) {
            0
        } else {
            number.value
        },
        most: (open != Some(Bound::AtLeast)).then_some(number.value),
        approximate,
        number: number.tokens,
        unit: Stretch::new(sign, sign + 1),
        unit_name: unit_name.to_owned(),
        of: of(document, number.tokens.to),
        whole: Stretch::new(sign, number.tokens.to),
        rule: "figure.money",
    }
}

/// `the 25-person team`
pub(super) fn team(document: &Document, at: u32) -> Option<Counted> {
    let next = document.token(at + 1)?;
    if !next.shape.is_joined() || !document.is_word(at + 1, "person") {
        return None;
    }
    let number = number_at(document, at).filter(|number| number.tokens.to == at + 1)?;
    Some(Counted {
        least: number.value,
        most: Some(number.value),
        approximate: false,
        number: number.tokens,
        unit: Stretch::new(at + 1, at + 2),
        unit_name: "person".to_owned(),
        of: None,
        whole: Stretch::new(at, at + 2),
        rule: "figure.count",
    })
}

/// A year before a name: `the 2000 United Nations resolution`.
pub(super) fn is_year_of_name(document: &Document, at: u32) -> bool {
    let written = document.written(at);
    written.len() == 4
        && written
            .parse()
            .is_ok_and(|year: u32| (1900..2100).contains(&year))
        && document.is_capital(at + 1)
        && document.is_capital(at + 2)
}
