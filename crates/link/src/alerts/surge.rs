//! Rules of surge: more in a month than in the months before.
//!
//! Invariant: reports of one incident, and copies of one report, count once; a month that is not
//! known counts nowhere, and the day of publication is not taken for it.

use super::matching::taken;
use super::rules::{Rule, Surge};
use super::{Alert, Ground, Watch, sort};
use crate::corpus::{fold, own_date, quote};
use model::{Edtf, PartialDate, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Months since year 0.
type Month = i64;

/// What counts as one in a month.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum One {
    /// An incident, by number.
    Incident(usize),
    /// The words of one origin.
    Words(String),
}

/// The records of one month in one state.
type Months<'a> = BTreeMap<Month, Vec<(&'a Record, &'a str)>>;

/// The alerts of a rule, and how many records it could not use because they have no month.
pub(super) fn raise(watch: &Watch, rule: &Rule, shape: &Surge) -> (Vec<Alert>, usize) {
    let mut undated = 0;
    let mut states: BTreeMap<String, Months> = BTreeMap::new();
    for (record, part) in taken(watch.corpus, &shape.counted) {
        // A report is no event: when it was published says nothing of when people were arrested.
        let Some(month) = own_date(&record.body).and_then(|own| month_of(&own.date)) else {
            undated += 1;
            continue;
        };
        if let Some(state) = watch.places.state_of(record) {
            let months = states.entry(state.key).or_default();
            months.entry(month).or_default().push((record, part));
        }
    }
    let mut alerts = Vec::new();
    for (state, months) in &states {
        let counts: BTreeMap<Month, usize> = months
            .iter()
            .map(|(month, records)| (*month, count(watch, records)))
            .collect();
        for (&month, &now) in &counts {
            if let Some((mean, over)) = surges(&counts, month, now, shape) {
                let records = &months[&month];
                alerts.extend(alert(
                    watch,
                    rule,
                    shape,
                    state,
                    month,
                    (now, mean, over),
                    records,
                ));
            }
        }
    }
    (alerts, undated)
}

/// The month of a date that lies within one.
fn month_of(date: &Edtf) -> Option<Month> {
    let (first, last) = (date.earliest()?, date.latest()?);
    ((first.0, first.1) == (last.0, last.1))
        .then(|| i64::from(first.0) * 12 + i64::from(first.1) - 1)
}

fn count(watch: &Watch, records: &[(&Record, &str)]) -> usize {
    let different: BTreeSet<One> = records
        .iter()
        .map(|(record, _)| match watch.group_of.get(&record.id) {
            Some(group) => One::Incident(*group),
            None => {
                let origin = watch.corpus.origin(record, watch.inputs.provenance);
                let origin =
                    origin.map_or_else(|| record.id.to_string(), |origin| origin.to_string());
                One::Words(format!("{origin} {}", fold(quote(record))))
            }
        })
        .collect();
    different.len()
}

/// The mean of the months before, in tenths, and how many months it is over, when `now` is a
/// surge against it.
fn surges(
    counts: &BTreeMap<Month, usize>,
    month: Month,
    now: usize,
    shape: &Surge,
) -> Option<(u64, i64)> {
    let first = *counts.keys().next()?;
    let months = (month - first).min(shape.trailing_months);
    if now < shape.minimum || months < shape.least_months {
        return None;
    }
    let before: usize = counts
        .range(month - months..month)
        .map(|(_, count)| *count)
        .sum();
    let (now, before, over) = (now as u64, before as u64, months.unsigned_abs());
    let is_surge = now * over * 100 >= shape.percent_of_mean * before;
    is_surge.then(|| ((10 * before + over / 2) / over, months))
}

fn alert(
    watch: &Watch,
    rule: &Rule,
    shape: &Surge,
    state: &str,
    month: Month,
    (now, mean, over): (usize, u64, i64),
    records: &[(&Record, &str)],
) -> Option<Alert> {
    let year = u16::try_from(month.div_euclid(12)).ok()?;
    let number = u8::try_from(month.rem_euclid(12) + 1).ok()?;
    let date = PartialDate::month(year, number)?;
    let first = records.iter().map(|(record, _)| record.id).min()?;
    let mut alert = watch.alert(rule, &format!("{state} {date}"), &[first]);
    alert.state = Some(state.to_owned());
    alert.words = rule
        .says
        .replace("{state}", watch.places.name(state))
        .replace("{count}", &now.to_string())
        .replace("{mean}", &format!("{}.{}", mean / 10, mean % 10))
        .replace("{months}", &over.to_string())
        .replace("{month}", &date.to_string());
    alert.on = Some(Edtf::Date(date));
    alert.is_past = watch.is_past(alert.on.as_ref(), shape.lasts_days);
    alert.grounds = records
        .iter()
        .map(|(record, part)| Ground {
            evidence: watch.corpus.evidence(record),
            part: (*part).to_owned(),
            why: match watch.group_of.contains_key(&record.id) {
                true => "counted with the other reports of its incident".to_owned(),
                false => "counted once for its words and their origin".to_owned(),
            },
        })
        .collect();
    sort(&mut alert.grounds);
    Some(alert)
}
