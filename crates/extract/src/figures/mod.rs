//! Figures: how many of what, and who says so.
//!
//! Invariant: a figure has a unit in the words; years, dates, times, sections and numbers of
//! resolutions are no figures.

mod bare;
mod shapes;
mod units;

use crate::dates::Dates;
use crate::lexicon::Class;
use crate::names::Names;
use crate::numbers::{Number, number_at};
use crate::propose::Builder;
use crate::speech::Speech;
use crate::syntax::Syntax;
use crate::text::{Document, Part, Stretch};
use model::{Band, EntityKind, Figure, Proposal, RecordBody};
use shapes::{is_year_of_name, money_at, share, team};
use units::{is_percent, of, unit};

/// The figures of a document.
pub(crate) fn propose(syntax: &Syntax, dates: &Dates, speech: &Speech) -> Vec<Proposal> {
    let document = syntax.document;
    let mut proposals = Vec::new();
    for block in &document.blocks {
        if block.part != Part::Body {
            continue;
        }
        let mut at = block.tokens.from;
        while at < block.tokens.to {
            let Some(counted) = counted_at(document, syntax.names, dates, at) else {
                at += 1;
                continue;
            };
            at = counted.whole.to.max(at + 1);
            proposals.extend(record(document, speech, &counted));
        }
    }
    proposals
}

/// A number with its unit.
struct Counted {
    least: i64,
    most: Option<i64>,
    approximate: bool,
    number: Stretch,
    unit: Stretch,
    unit_name: String,
    of: Option<Stretch>,
    whole: Stretch,
    rule: &'static str,
}

fn counted_at(document: &Document, names: &Names, dates: &Dates, at: u32) -> Option<Counted> {
    let token = document.token(at)?;
    let block = document.block(at).tokens;
    let before = at.checked_sub(1).filter(|&before| block.has(before));
    let in_name = names
        .at(at)
        .is_some_and(|mention| names.entity(mention).kind != EntityKind::State);
    if token.shape.is_joined() || dates.has(at) || in_name || is_year_of_name(document, at) {
        return None;
    }
    if let Some(counted) = team(document, at) {
        return Some(counted);
    }
    if let Some(part) = bare::part(document, at) {
        return Some(part);
    }
    let number = bare::part_of_scale(document, at).or_else(|| number_at(document, at))?;
    let share = share(document, number);
    let is_one = number.tokens.len() == 1 && document.is_any(at, &["one", "zero"]);
    if is_one && share.is_none() && !is_percent(document, number.tokens.to) {
        return None;
    }
    // `between several hundred thousand and one million`: no figure of its own.
    let second = before.is_some_and(|before| {
        document.is_word(before, "and")
            && (before.saturating_sub(5)..before).any(|at| document.is_word(at, "between"))
    });
    if second || is_label(document, before, number.tokens) {
        return None;
    }
    if let Some(counted) = share {
        return Some(counted);
    }
    let money = before.is_some_and(|before| document.is_any(before, &["$", "€", "£"]));
    if money {
        return Some(money_at(document, number));
    }
    let (number, least, most, last) = range(document, number)?;
    let to = last.tokens.to;
    let (approximate, open) = qualified(document, before);
    // `over five years`: through them
    let through = before.is_some_and(|before| {
        document.is_word(before, "over")
            && document.is(to, Class::TimeUnit)
            && !document.is_any(before.saturating_sub(1), &["for", "well", "just", "lasted"])
    });
    let open = open.filter(|_| !through);
    // `10 or more awards`
    let more = document.is_word(to, "or") && document.is_any(to + 1, &["more", "over"]);
    let to = if more { to + 2 } else { to };
    let most = if open == Some(Bound::AtLeast) || last.vague || more {
        None
    } else {
        most
    };
    let least = if open == Some(Bound::AtMost) {
        0
    } else {
        least
    };
    if is_percent(document, to) {
        let words = u32::from(document.is_word(to, "per")) + 1;
        return Some(Counted {
            least,
            most,
            approximate,
            number,
            unit: Stretch::new(to, to + words),
            unit_name: "percent".to_owned(),
            of: of(document, to + words),
            whole: Stretch::new(number.from, to + words),
            rule: "figure.percent",
        });
    }
    let behind =
        to + 1 + u32::from(document.is_any(to + 1, &["the", "its", "their", "these", "those"]));
    // `six of those Americans`
    let named = document.is_word(to + 1, "those") && unit(document, to + 2).is_some();
    if document.is_word(to, "of")
        && !named
        && document.is_any(to + 1, &["them", "us", "those", "whom"])
    {
        return Some(Counted {
            least,
            most,
            approximate,
            number,
            unit: Stretch::new(to + 1, to + 2),
            unit_name: "person".to_owned(),
            of: None,
            whole: Stretch::new(number.from, to + 2),
            rule: "figure.of",
        });
    }
    let of_number = document
        .is_word(to, "of")
        .then(|| number_at(document, behind))
        .flatten();
    if let Some(whole) = of_number
        && !dates.has(behind)
        && let Some(unit) = unit(document, whole.tokens.to)
    {
        return Some(Counted {
            least,
            most,
            approximate,
            number,
            unit: unit.0,
            unit_name: unit.1,
            of: Some(Stretch::new(behind, unit.0.to)),
            whole: Stretch::new(number.from, unit.0.to),
            rule: "figure.of",
        });
    }
    // `109 of that group`, `23 of the detainees`: a part of what is named behind.
    let some_of = document.is_word(to, "of")
        && !last.vague
        && (document.is(to + 1, Class::Determiner) || document.is(to + 1, Class::Possessive));
    if some_of {
        let whole = to + 2;
        let counted = match unit(document, whole) {
            Some(found) => found,
            None if document.is(whole, Class::BodyNoun) => {
                (Stretch::new(whole, whole + 1), "person".to_owned())
            }
            None => return None,
        };
        return Some(Counted {
            least,
            most,
            approximate,
            number,
            unit: counted.0,
            unit_name: counted.1,
            of: Some(Stretch::new(to + 1, counted.0.to)),
            whole: Stretch::new(number.from, counted.0.to),
            rule: "figure.of",
        });
    }
    let other =
        !document.is_any(to, &["another"]) && (document.is_any(to, &["other", "more", "further"]));
    let skip = u32::from(document.is_word(to, "of") && last.vague || other);
    let noun = unit(document, to + skip);
    if noun.is_none()
        && let Some((unit, unit_name)) = bare::counted_without_noun(document, number)
    {
        return Some(Counted {
            least,
            most,
            approximate: approximate || last.vague,
            number,
            unit,
            unit_name,
            of: None,
            whole: number,
            rule: "figure.bare",
        });
    }
    let (unit, unit_name) = noun?;
    if document.is(unit.to.saturating_sub(1), Class::TimeUnit)
        && document.is_any(unit.to, &["ago", "later", "earlier", "after", "before"])
    {
        return None;
    }
    Some(Counted {
        least,
        most,
        approximate: approximate || last.vague,
        number,
        unit,
        unit_name,
        of: of(document, unit.to),
        whole: Stretch::new(number.from, unit.to),
        rule: "figure.count",
    })
}

/// Numbers that only name something: `Section 7`, `8:12`, `No. 18`, `A/RES/3`, `COVID-19`.
fn is_label(document: &Document, before: Option<u32>, number: Stretch) -> bool {
    let mut before = before;
    for _ in 0..8 {
        let Some(at) = before.filter(|&at| at > 1 && document.is_any(at, &[",", "and", "or"]))
        else {
            break;
        };
        let Some(number) = (1..=2)
            .map(|back| at - back)
            .find(|&at| !document.is_any(at, &[",", "and", "or"]))
            .filter(|&at| document.is_digits(at))
        else {
            break;
        };
        before = number.checked_sub(1);
    }
    let behind = document.is_any(number.to, &[":", "/", "(", "U.S.C."])
        || document.is_any(number.to, &["a.m.", "p.m.", "am", "pm"]);
    let Some(before) = before else {
        return behind || document.is_any(number.to, &[".", ")"]);
    };
    let spaced = document
        .token(number.from)
        .is_some_and(|token| token.shape.is_spaced());
    let label = document.is_any(before, &["/", "(", "#", "§", "-"])
        || document.is_word(before, ":") && !spaced
        || document.is(before, Class::Label);
    let glued = document
        .token(number.from)
        .is_some_and(|t| !t.shape.is_spaced())
        && !document.is_any(before, &["$", "€", "£", "—", "–"])
        && !document.is_quote_mark(before)
        && !document.is_dash(before);
    behind || label || glued
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtLeast,
    AtMost,
}

/// `more than`, `at least`, `about`, `nearly`, `up to` before a number.
fn qualified(document: &Document, before: Option<u32>) -> (bool, Option<Bound>) {
    let Some(at) = before else {
        return (false, None);
    };
    let two = |first: &str, second: &str| {
        at > 0 && document.is_word(at, second) && document.is_word(at.saturating_sub(1), first)
    };
    if two("more", "than") || two("at", "least") || document.is_any(at, &["over", "minimum"]) {
        return (false, Some(Bound::AtLeast));
    }
    let fewer = two("fewer", "than") || two("less", "than");
    if fewer && at > 1 && document.is_any(at - 2, &["no", "not"]) {
        return (false, Some(Bound::AtLeast));
    }
    // `as much as $5 million`
    let as_much = at > 1 && two("much", "as") || two("many", "as");
    if fewer || two("up", "to") || two("at", "most") || as_much {
        return (false, Some(Bound::AtMost));
    }
    let about = document.is(at, Class::About) && !document.is_word(at, "an");
    (about || two("close", "to") || two("an", "estimated"), None)
}

/// `10 to 15`, `80,000–120,000`, `between 2 and 3`.
fn range(document: &Document, first: Number) -> Option<(Stretch, i64, Option<i64>, Number)> {
    let to = first.tokens.to;
    let between = document.is_word(to, "and")
        && first.tokens.from > 0
        && document.is_word(first.tokens.from.saturating_sub(1), "between");
    let joined = document.token(to).is_some_and(|t| t.shape.is_joined());
    let link = document.is_any(to, &["to", "or"]) || document.is_dash(to) || between;
    let second_at = if joined { to } else { to + 1 };
    if (link || joined)
        && let Some(second) = number_at(document, second_at)
        && second.value > first.value
    {
        let stretch = Stretch::new(first.tokens.from, second.tokens.to);
        return Some((stretch, first.value, Some(second.value), second));
    }
    if joined {
        return None;
    }
    Some((first.tokens, first.value, Some(first.value), first))
}

fn record(document: &Document, speech: &Speech, counted: &Counted) -> Option<Proposal> {
    let mut whole = counted.whole;
    if let Some(of) = counted.of {
        whole.to = whole.to.max(of.to);
    }
    let mut builder = Builder::of(document, whole);
    let speaker = speech
        .speaker_at(counted.number.from)
        .map(|speaker| builder.cited(document, speaker.words, speaker.reference.clone()));
    let figure = Figure {
        least: builder.cited(document, counted.number, counted.least),
        most: counted
            .most
            .map(|most| builder.cited(document, counted.number, most)),
        approximate: counted.approximate,
        unit: builder.cited(document, counted.unit, counted.unit_name.clone()),
        of: counted
            .of
            .map(|of| builder.cited(document, of, document.words(of).to_owned())),
        as_of: None,
        said_by: speaker,
    };
    builder.finish(counted.rule, Band::Stated, RecordBody::Figure(figure))
}
