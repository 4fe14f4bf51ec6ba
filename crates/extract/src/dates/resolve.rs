//! Resolves the words of dates to dates, each with the reason in words.
//!
//! The anchor is the document's date of publication. A document without one is anchored on the
//! latest date that it gives in full, and what is resolved on that is marked uncertain (`?`).

use super::Dated;
use super::calendar::{add_days, add_months, add_years, weekday};
use super::said::{Expression, Said, Unit, Which};
use crate::text::Document;
use model::{Band, Edtf, PartialDate, Qualifier, ResolvedDate};

/// What relative dates are counted from.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    date: PartialDate,
    published: bool,
}

impl Anchor {
    fn words(&self) -> String {
        if self.published {
            format!("the publication date {}", self.date)
        } else {
            format!(
                "{}, the latest date in the document, which does not say when it was published",
                self.date
            )
        }
    }

    fn mark(&self, date: PartialDate) -> PartialDate {
        if self.published {
            date
        } else {
            date.qualified(Qualifier::Uncertain)
        }
    }
}

/// The dates of the expressions that can be resolved.
pub(super) fn resolve(
    document: &Document,
    expressions: Vec<Expression>,
    published: Option<Edtf>,
) -> Vec<Dated> {
    let anchor = anchor(&expressions, published);
    let mut found: Vec<Dated> = Vec::with_capacity(expressions.len());
    for (number, expression) in expressions.iter().enumerate() {
        let expression = with_year_behind(*expression, expressions.get(number + 1));
        let words = document.words(expression.tokens);
        let before = found.last();
        let resolved = match expression.said {
            Said::Absolute(date) => Some((date, "as written".to_owned(), Band::Stated)),
            said => relative(document, said, words, anchor, before, &expression)
                .map(|(date, basis)| (date, basis, Band::Inferred)),
        };
        if let Some((date, basis, band)) = resolved {
            found.push(Dated {
                tokens: expression.tokens,
                resolved: ResolvedDate { date, basis },
                band,
                bound: expression.bound
                    || expression.dateline && published.is_some_and(|published| published == date),
                dateline: expression.dateline,
            });
        }
    }
    found
}

/// `July 3 and July 28, 2017`: a day without a year takes the year of the one right behind it.
fn with_year_behind(expression: Expression, next: Option<&Expression>) -> Expression {
    // `during November and December 2014`
    if let Said::MonthOf(month, Which::Unsaid) = expression.said {
        let year = next
            .filter(|next| next.tokens.from - expression.tokens.to <= 1)
            .and_then(|next| match next.said {
                Said::Absolute(Edtf::Date(date)) => date.of_month().map(|_| date.of_year()),
                _ => None,
            });
        let date = year.and_then(|year| PartialDate::month(year, month));
        return Expression {
            said: date.map_or(expression.said, |date| Said::Absolute(Edtf::Date(date))),
            ..expression
        };
    }
    let Said::DayOf(month, first, last, None) = expression.said else {
        return expression;
    };
    let year = next
        .filter(|next| next.tokens.from - expression.tokens.to <= 3)
        .and_then(|next| match next.said {
            Said::Absolute(Edtf::Date(date)) if date.of_day().is_some() => Some(date.of_year()),
            _ => None,
        });
    let date = year.and_then(|year| {
        let from = PartialDate::day(year, month, first)?;
        Some(match last {
            Some(last) => Edtf::Interval(Some(from), Some(PartialDate::day(year, month, last)?)),
            None => Edtf::Date(from),
        })
    });
    Expression {
        said: date.map_or(expression.said, Said::Absolute),
        ..expression
    }
}

/// The publication date; else the latest date given to the day or month, else to the year.
fn anchor(expressions: &[Expression], published: Option<Edtf>) -> Option<Anchor> {
    let published = published.and_then(|date| match date {
        Edtf::Date(date) => Some(date),
        Edtf::Interval(_, to) => to,
    });
    if let Some(date) = published {
        return Some(Anchor {
            date,
            published: true,
        });
    }
    expressions
        .iter()
        .filter(|expression| !expression.bound)
        .filter_map(|expression| match expression.said {
            Said::Absolute(Edtf::Date(date)) => Some(date),
            Said::Absolute(Edtf::Interval(_, to)) => to,
            _ => None,
        })
        .max_by_key(|date| (date.of_month().is_some(), date.bounds().1))
        .map(|date| Anchor {
            date,
            published: false,
        })
}

fn relative(
    document: &Document,
    said: Said,
    words: &str,
    anchor: Option<Anchor>,
    before: Option<&Dated>,
    expression: &Expression,
) -> Option<(Edtf, String)> {
    match said {
        Said::Later(count, unit) => {
            let earlier = before?;
            let from = start(earlier.resolved.date)?;
            let date =
                shift(from.qualified(Qualifier::Exact), count, unit)?.qualified(from.qualifier());
            let basis = format!(
                "“{words}” after {}, the date before it in the text (“{}”)",
                earlier.resolved.date,
                document.words(earlier.tokens)
            );
            Some((Edtf::Date(date), basis))
        }
        Said::That => {
            let earlier = before?;
            let basis = format!(
                "“{words}” is {}, the date before it in the text (“{}”)",
                earlier.resolved.date,
                document.words(earlier.tokens)
            );
            Some((earlier.resolved.date, basis))
        }
        Said::Absolute(_) => None,
        _ => {
            let anchor = anchor?;
            let future = points_forward(document, expression);
            if let Some(found) = in_the_story(document, said, anchor, before, expression)
                && !future
            {
                return Some(found);
            }
            let date = anchored(said, anchor, future)?;
            Some((date, format!("“{words}”, counted from {}", anchor.words())))
        }
    }
}

/// A day or month without a year that goes on with a dated story: the first one not before the date
/// that the same sentence or the one before it gives with its month and year.
fn in_the_story(
    document: &Document,
    said: Said,
    anchor: Anchor,
    before: Option<&Dated>,
    expression: &Expression,
) -> Option<(Edtf, String)> {
    let earlier = before.filter(|earlier| !earlier.bound && earlier.band == Band::Stated)?;
    let Edtf::Date(told) = earlier.resolved.date else {
        return None;
    };
    let (at, from) = (expression.tokens.from, earlier.tokens.from);
    let near = document.block_number(at) == document.block_number(from)
        && document.sentence_number(at) - document.sentence_number(from) <= 1;
    let month_of = |date: PartialDate| (date.of_month(), date.of_day());
    let (month, first) = match said {
        Said::DayOf(month, first, None, None) => (month, Some(first)),
        Said::MonthOf(month, Which::Unsaid) => (month, None),
        _ => return None,
    };
    let (told_month, told_day) = month_of(told);
    let told_month = told_month.filter(|_| near && told.of_year() < anchor.date.of_year())?;
    let passed = month < told_month
        || month == told_month
            && matches!((first, told_day), (Some(day), Some(told)) if day < told);
    let year = told.of_year() + u16::from(passed);
    let date = match first {
        Some(day) => PartialDate::day(year, month, day)?,
        None => PartialDate::month(year, month)?,
    };
    let basis = format!(
        "“{}” goes on from {}, the date before it in the text (“{}”)",
        document.words(expression.tokens),
        told,
        document.words(earlier.tokens)
    );
    (date.bounds().0 <= anchor.date.bounds().1).then_some((Edtf::Date(date), basis))
}

/// The first date of a date or interval.
fn start(date: Edtf) -> Option<PartialDate> {
    match date {
        Edtf::Date(date) => Some(date),
        Edtf::Interval(from, to) => from.or(to),
    }
}

fn shift(date: PartialDate, count: i64, unit: Unit) -> Option<PartialDate> {
    match unit {
        Unit::Day => add_days(date, count),
        Unit::Week => add_days(date, count.checked_mul(7)?),
        Unit::Month => add_months(date, count),
        Unit::Year => add_years(date, count),
    }
}

/// Whether the sentence speaks of what is to come: `will report … in October`.
fn points_forward(document: &Document, expression: &Expression) -> bool {
    let sentence = document.sentence(expression.tokens.from).tokens;
    let from = sentence.from.max(expression.tokens.from.saturating_sub(14));
    let to = sentence.to.min(expression.tokens.to + 6);
    let ahead = (from..expression.tokens.from).any(|at| {
        document.is_any(
            at,
            &[
                "will",
                "upcoming",
                "scheduled",
                "deadline",
                "due",
                "expires",
            ],
        )
    });
    // `On February 12 the Council will vote.`
    let behind =
        (expression.tokens.to..to).any(|at| document.is_any(at, &["will", "shall", "deadline"]));
    ahead || behind
}

fn anchored(said: Said, anchor: Anchor, future: bool) -> Option<Edtf> {
    let today = anchor.date;
    let one = |date: PartialDate| Some(Edtf::Date(anchor.mark(date)));
    match said {
        Said::DayOf(month, first, last, by) => {
            let year = match by {
                Some(by) => add_years(today, by)?.of_year(),
                None => year_of(today, month, Some(first), Which::Unsaid, future)?,
            };
            let from = PartialDate::day(year, month, first)?;
            match last {
                Some(last) => {
                    let to = PartialDate::day(year, month, last)?;
                    (first <= last)
                        .then(|| Edtf::Interval(Some(anchor.mark(from)), Some(anchor.mark(to))))
                }
                None => one(from),
            }
        }
        Said::MonthOf(month, which) => {
            let year = year_of(today, month, None, which, future)?;
            one(PartialDate::month(year, month)?)
        }
        Said::MonthInYear(month, by) => {
            let year = add_years(today, by)?.of_year();
            one(PartialDate::month(year, month)?)
        }
        Said::Unit(unit, which) => {
            let by = match which {
                Which::Last => -1,
                Which::Next => 1,
                _ => 0,
            };
            match unit {
                Unit::Year => one(add_years(today, by)?),
                Unit::Month => one(add_months(today, by)?),
                Unit::Week => one(add_days(today, by * 7)?.qualified(Qualifier::Approximate)),
                Unit::Day => None,
            }
        }
        Said::Ago(count, unit) => {
            let date = shift(today.qualified(Qualifier::Exact), -count, unit)?;
            one(date)
        }
        Said::Day(by) => one(add_days(today, by)?),
        Said::Weekday(day, which) => {
            let today_is = weekday(today)?;
            let back = (today_is - i64::from(day)).rem_euclid(7);
            let by = match which {
                Which::Next => 7 - back,
                Which::Last if back == 0 => -7,
                _ => -back,
            };
            one(add_days(today, by)?)
        }
        Said::Past(count, unit) => {
            let from = shift(today.qualified(Qualifier::Exact), -count, unit)?;
            let to = match unit {
                Unit::Year => PartialDate::year(today.of_year())?,
                Unit::Month => add_months(today, 0)?,
                _ => today,
            };
            Some(Edtf::Interval(
                Some(anchor.mark(from)),
                Some(anchor.mark(to)),
            ))
        }
        Said::Season(first, which) => {
            let year = match which {
                Which::Last if first <= today.of_month()? => today.of_year(),
                Which::Last => today.of_year().checked_sub(1)?,
                _ => today.of_year(),
            };
            Some(Edtf::Interval(
                Some(anchor.mark(PartialDate::month(year, first)?)),
                Some(anchor.mark(PartialDate::month(year, first + 2)?)),
            ))
        }
        Said::Absolute(_) | Said::Later(..) | Said::That => None,
    }
}

/// The year of a month or day that is given without one: the last before the anchor, or the next
/// after it when the sentence looks forward.
fn year_of(
    today: PartialDate,
    month: u8,
    day: Option<u8>,
    which: Which,
    future: bool,
) -> Option<u16> {
    let this = today.of_year();
    let now = (today.of_month()?, today.of_day());
    let then = (month, day);
    let comes = then.0 > now.0
        || then.0 == now.0 && matches!((then.1, now.1), (Some(then), Some(now)) if then > now);
    let passed = then.0 < now.0
        || then.0 == now.0 && matches!((then.1, now.1), (Some(then), Some(now)) if then < now);
    match which {
        Which::This => Some(this),
        Which::Last if comes || then.0 == now.0 => this.checked_sub(1),
        Which::Last => Some(this),
        Which::Next if comes => Some(this),
        Which::Next => Some(this + 1),
        Which::Unsaid if future => Some(if passed { this + 1 } else { this }),
        Which::Unsaid if comes => this.checked_sub(1),
        Which::Unsaid => Some(this),
    }
}
