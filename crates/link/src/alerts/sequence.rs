//! Rules of sequence: one thing is reported near another, in one state.
//!
//! Invariant: reports of the first thing within a stated number of days are one occasion, and one
//! occasion raises one alert, however many records come to stand beside it.

use super::matching::taken;
use super::rules::{Rule, Sequence};
use super::{Alert, Ground, Watch, sort};
use crate::corpus::Dated;
use crate::places::StateOf;
use crate::when::{bounds, may_meet, order, surely_before};
use model::Record;
use std::collections::BTreeMap;

/// A record that a part asks for, where and when.
struct Sighting<'a> {
    record: &'a Record,
    part: &'a str,
    dated: Dated,
    state: StateOf,
}

/// The alerts of a rule, and how many records it could not use because they have no date.
pub(super) fn raise(watch: &Watch, rule: &Rule, shape: &Sequence) -> (Vec<Alert>, usize) {
    let mut undated = 0;
    let first = sightings(watch, &taken(watch.corpus, &shape.first), &mut undated);
    let then = sightings(watch, &taken(watch.corpus, &shape.then), &mut undated);
    let mut alerts = Vec::new();
    for (state, firsts) in &first {
        let Some(thens) = then.get(state) else {
            continue;
        };
        for occasion in occasions(firsts, shape.one_event_days) {
            alerts.extend(alert(watch, rule, shape, state, &occasion, thens));
        }
    }
    (alerts, undated)
}

/// Records by state, in the order of their dates.
fn sightings<'a>(
    watch: &Watch,
    taken: &[(&'a Record, &'a str)],
    undated: &mut usize,
) -> BTreeMap<String, Vec<Sighting<'a>>> {
    let mut by_state: BTreeMap<String, Vec<Sighting>> = BTreeMap::new();
    for (record, part) in taken {
        let Some(dated) = watch.corpus.dated(record) else {
            *undated += 1;
            continue;
        };
        for state in watch.places.states_of(record) {
            let sighting = Sighting {
                record,
                part,
                dated: dated.clone(),
                state,
            };
            by_state
                .entry(sighting.state.key.clone())
                .or_default()
                .push(sighting);
        }
    }
    for list in by_state.values_mut() {
        list.sort_by_key(|one| (order(Some(&one.dated.date)), one.record.id));
    }
    by_state
}

/// Cuts sightings into occasions: what lies within `days` of the first of one belongs to it.
fn occasions<'s, 'a>(sightings: &'s [Sighting<'a>], days: i64) -> Vec<Vec<&'s Sighting<'a>>> {
    let mut occasions: Vec<Vec<&Sighting>> = Vec::new();
    for sighting in sightings {
        match occasions.last_mut() {
            Some(last) if may_meet(&last[0].dated.date, &sighting.dated.date, days) => {
                last.push(sighting)
            }
            _ => occasions.push(vec![sighting]),
        }
    }
    occasions
}

fn alert(
    watch: &Watch,
    rule: &Rule,
    shape: &Sequence,
    state: &str,
    occasion: &[&Sighting],
    thens: &[Sighting],
) -> Option<Alert> {
    let start = occasion.first()?;
    // Sorted by first day: what starts later than the window is not looked at.
    let last = bounds(&start.dated.date).1.unwrap_or(i64::MAX);
    let near: Vec<&Sighting> = thens
        .iter()
        .take_while(|then| {
            bounds(&then.dated.date)
                .0
                .is_none_or(|from| from <= last.saturating_add(shape.within_days))
        })
        .filter(|then| may_meet(&start.dated.date, &then.dated.date, shape.within_days))
        .filter(|then| !shape.in_order || !surely_before(&then.dated.date, &start.dated.date))
        .filter(|then| occasion.iter().all(|one| one.record.id != then.record.id))
        .collect();
    let least = |list: &[&Sighting]| list.iter().map(|one| one.record.id).min();
    let raised_by = [least(occasion)?, least(&near)?];
    let mut alert = watch.alert(rule, state, &raised_by);
    alert.state = Some(state.to_owned());
    let days = shape.within_days.to_string();
    alert.words = rule
        .says
        .replace("{state}", watch.places.name(state))
        .replace("{days}", &days);
    alert.grounds = occasion
        .iter()
        .chain(&near)
        .map(|one| ground(watch, one))
        .collect();
    sort(&mut alert.grounds);
    let mut dates: Vec<_> = raised_by
        .iter()
        .filter_map(|id| {
            occasion
                .iter()
                .chain(&near)
                .find(|one| one.record.id == *id)
        })
        .map(|one| one.dated.date)
        .collect();
    dates.sort_by_key(|date| order(Some(date)));
    alert.on = dates.pop();
    alert.is_past = watch.is_past(alert.on.as_ref(), shape.lasts_days);
    Some(alert)
}

fn ground(watch: &Watch, sighting: &Sighting) -> Ground {
    let dated = &sighting.dated;
    Ground {
        evidence: watch.corpus.evidence(sighting.record),
        part: sighting.part.to_owned(),
        why: format!("{} ({}); {}", dated.date, dated.basis, sighting.state.why),
    }
}
