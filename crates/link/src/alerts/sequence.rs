//! Rules of sequence: one thing is reported near another, in one state.
//!
//! Invariants: reports of the first thing within a stated number of days are one occasion, and one
//! occasion raises one alert, however many records come to stand beside it; what is not dated is
//! near only to what stands in the same document.

use super::matching::taken;
use super::rules::{Rule, Sequence};
use super::{Alert, Ground, Watch, sort};
use crate::corpus::Dated;
use crate::places::StateOf;
use crate::when::{bounds, may_meet, order, surely_before};
use model::{Record, SourceId};
use std::collections::BTreeMap;

/// Days that the vaguest date may span, where a rule looks at fewer: a month.
const MONTH: i64 = 31;

/// A record that a part asks for, where and when.
struct Sighting<'a> {
    record: &'a Record,
    part: &'a str,
    /// `None` when it is not known to the month or better.
    dated: Option<Dated>,
    state: StateOf,
}

/// Sightings of one part of a rule.
#[derive(Default)]
struct Sightings<'a> {
    /// By state, in the order of their dates.
    dated: BTreeMap<String, Vec<Sighting<'a>>>,
    /// By state and document.
    undated: BTreeMap<(String, SourceId), Vec<Sighting<'a>>>,
    /// Records without a date.
    without: usize,
}

/// The alerts of a rule, and how many records it asks for that have no date.
pub(super) fn raise(watch: &Watch, rule: &Rule, shape: &Sequence) -> (Vec<Alert>, usize) {
    let vaguest = shape.within_days.max(MONTH);
    let first = Sightings::of(watch, &taken(watch.corpus, &shape.first), vaguest);
    let then = Sightings::of(watch, &taken(watch.corpus, &shape.then), vaguest);
    let mut alerts = Vec::new();
    for (state, firsts) in &first.dated {
        let Some(thens) = then.dated.get(state) else {
            continue;
        };
        for occasion in occasions(firsts, shape.one_event_days) {
            let near = near(&occasion, thens, shape, vaguest);
            alerts.extend(alert(watch, rule, shape, &occasion, &near));
        }
    }
    for (place, firsts) in &first.undated {
        let Some(thens) = then.undated.get(place) else {
            continue;
        };
        let occasion: Vec<&Sighting> = firsts.iter().collect();
        let near = others(&occasion, thens.iter()).collect::<Vec<_>>();
        alerts.extend(alert(watch, rule, shape, &occasion, &near));
    }
    (alerts, first.without + then.without)
}

impl<'a> Sightings<'a> {
    fn of(watch: &Watch, taken: &[(&'a Record, &'a str)], vaguest: i64) -> Self {
        let mut found = Self::default();
        for (record, part) in taken {
            let dated = watch.corpus.dated(record).filter(|dated| {
                let (first, last) = bounds(&dated.date);
                first
                    .zip(last)
                    .is_some_and(|(first, last)| last - first <= vaguest)
            });
            found.without += usize::from(dated.is_none());
            for state in watch.places.states_of(record) {
                let key = state.key.clone();
                let sighting = Sighting {
                    record,
                    part,
                    dated: dated.clone(),
                    state,
                };
                match (&dated, record.source) {
                    (Some(_), _) => found.dated.entry(key).or_default().push(sighting),
                    (None, Some(source)) => {
                        found
                            .undated
                            .entry((key, source))
                            .or_default()
                            .push(sighting);
                    }
                    (None, None) => {}
                }
            }
        }
        for list in found.dated.values_mut() {
            list.sort_by_key(|one| {
                (
                    order(one.dated.as_ref().map(|dated| &dated.date)),
                    one.record.id,
                )
            });
        }
        found
    }
}

/// Cuts sightings into occasions: what lies within `days` of the first of one belongs to it.
fn occasions<'s, 'a>(sightings: &'s [Sighting<'a>], days: i64) -> Vec<Vec<&'s Sighting<'a>>> {
    let mut occasions: Vec<Vec<&Sighting>> = Vec::new();
    for sighting in sightings {
        match occasions.last_mut() {
            Some(last) if meet(last[0], sighting, days) => last.push(sighting),
            _ => occasions.push(vec![sighting]),
        }
    }
    occasions
}

fn meet(one: &Sighting, other: &Sighting, days: i64) -> bool {
    let dates = one.dated.as_ref().zip(other.dated.as_ref());
    dates.is_some_and(|(one, other)| may_meet(&one.date, &other.date, days))
}

/// What stands near an occasion.
fn near<'s, 'a>(
    occasion: &[&Sighting],
    thens: &'s [Sighting<'a>],
    shape: &Sequence,
    vaguest: i64,
) -> Vec<&'s Sighting<'a>> {
    let day = |one: &Sighting| one.dated.as_ref().and_then(|dated| bounds(&dated.date).0);
    let Some(start) = occasion.first().and_then(|first| day(first)) else {
        return Vec::new();
    };
    // Sorted by first day, and no date spans more than the vaguest: the rest is not looked at.
    let reach = shape.within_days + vaguest;
    let from = thens.partition_point(|then| day(then).is_some_and(|day| day < start - reach));
    let to = thens.partition_point(|then| day(then).is_some_and(|day| day <= start + reach));
    let window = thens[from..to.max(from)].iter();
    let in_order = |then: &&Sighting| {
        let dates = then.dated.as_ref().zip(occasion[0].dated.as_ref());
        !shape.in_order
            || !dates.is_some_and(|(then, first)| surely_before(&then.date, &first.date))
    };
    others(occasion, window)
        .filter(|then| meet(occasion[0], then, shape.within_days))
        .filter(in_order)
        .collect()
}

/// Those that are not of the occasion itself.
fn others<'s, 'a>(
    occasion: &[&Sighting],
    thens: impl Iterator<Item = &'s Sighting<'a>>,
) -> impl Iterator<Item = &'s Sighting<'a>>
where
    'a: 's,
{
    let own: std::collections::HashSet<_> = occasion.iter().map(|one| one.record.id).collect();
    thens.filter(move |then| !own.contains(&then.record.id))
}

fn alert(
    watch: &Watch,
    rule: &Rule,
    shape: &Sequence,
    occasion: &[&Sighting],
    near: &[&Sighting],
) -> Option<Alert> {
    let least = |list: &[&Sighting]| list.iter().map(|one| one.record.id).min();
    let raised_by = [least(occasion)?, least(near)?];
    let state = &occasion.first()?.state.key;
    let mut alert = watch.alert(rule, state, &raised_by);
    alert.words = rule
        .says
        .replace("{state}", watch.places.name(state))
        .replace("{days}", &shape.within_days.to_string());
    alert.state = Some(state.clone());
    let all = || occasion.iter().chain(near);
    alert.grounds = all().map(|one| ground(watch, one)).collect();
    sort(&mut alert.grounds);
    let dates = all()
        .filter(|one| raised_by.contains(&one.record.id))
        .filter_map(|one| one.dated.as_ref());
    alert.on = dates
        .map(|dated| dated.date)
        .max_by_key(|date| order(Some(date)));
    if alert.on.is_none() {
        alert
            .words
            .push_str(" The document that says both has no date.");
    }
    alert.is_past = watch.is_past(alert.on.as_ref(), shape.lasts_days);
    Some(alert)
}

fn ground(watch: &Watch, sighting: &Sighting) -> Ground {
    let when = sighting.dated.as_ref().map_or_else(
        || "not dated, told in one document".to_owned(),
        |dated| format!("{} ({})", dated.date, dated.basis),
    );
    Ground {
        evidence: watch.corpus.evidence(sighting.record),
        part: sighting.part.to_owned(),
        why: format!("{when}; {}", sighting.state.why),
    }
}
