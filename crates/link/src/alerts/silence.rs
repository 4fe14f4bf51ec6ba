//! Rules of silence: no news of a person, no answer to a request or a demand, for too long.
//!
//! Invariant: only days that have surely passed count; new news ends the alert, and a new silence
//! after it is a new alert.

use super::rules::{Of, Rule, Silence};
use super::{Alert, Ground, Watch, sort};
use crate::cases::CaseFile;
use crate::corpus::{Dated, Evidence};
use crate::threads::Thread;
use crate::when::Days;

/// Records shown as the grounds of one silence.
const SHOWN: usize = 12;

pub(super) fn raise(watch: &Watch, rule: &Rule, shape: &Silence) -> Vec<Alert> {
    let mut alerts: Vec<Alert> = match shape.of {
        Of::Demands => {
            let threads = watch.inputs.threads.into_iter();
            let demands = threads.flat_map(|threads| &threads.demands);
            demands
                .filter_map(|thread| of_demand(watch, rule, shape, thread))
                .collect()
        }
        _ => {
            let registers = watch.inputs.register.into_iter();
            let cases = registers.flat_map(|register| &register.cases);
            cases
                .filter(|case| is_wanted(case, shape))
                .filter_map(|case| of_case(watch, rule, shape, case))
                .collect()
        }
    };
    alerts.sort_by(|a, b| a.id.cmp(&b.id));
    alerts
}

fn is_wanted(case: &CaseFile, shape: &Silence) -> bool {
    let mut codes = case.categories.iter().map(|(code, _)| code.as_str());
    shape.categories.is_empty() || codes.any(|code| shape.categories.iter().any(|one| one == code))
}

fn of_case(watch: &Watch, rule: &Rule, shape: &Silence, case: &CaseFile) -> Option<Alert> {
    let known = case.statuses.iter().chain(&case.whereabouts);
    let (days, last, grounds): (Days, &Dated, Vec<&Evidence>) = match shape.of {
        Of::News => {
            let last = case.counters.last_news.as_ref()?;
            let latest = known.filter(|known| known.since.as_ref() == Some(last));
            let grounds = latest.map(|known| &known.evidence).collect();
            (case.counters.since_news?, last, grounds)
        }
        _ => {
            let open = case
                .requests
                .iter()
                .filter(|request| !request.is_answered());
            let grounds: Vec<&Evidence> = open.map(|request| &request.evidence).collect();
            let last = grounds.iter().rev().find_map(|one| one.date.as_ref())?;
            (case.counters.since_request?, last, grounds)
        }
    };
    if days.least < shape.days {
        return None;
    }
    let first = grounds.iter().map(|one| one.record).min()?;
    let mut alert = watch.alert(rule, &case.id, &[first]);
    alert.state = case.state.as_ref().map(|state| state.key.clone());
    alert.words = words(rule, &case.name, last, days, case.counters.unanswered);
    alert.on = Some(last.date);
    alert.grounds = shown(&grounds, "the last that is on record");
    Some(alert)
}

fn of_demand(watch: &Watch, rule: &Rule, shape: &Silence, thread: &Thread) -> Option<Alert> {
    let silence = &thread.silence;
    let days = silence.since_last?;
    if !silence.is_open || silence.unanswered < shape.least_times || days.least < shape.days {
        return None;
    }
    let calls: Vec<&Evidence> = thread.calls.iter().map(|call| &call.evidence).collect();
    let last = calls.iter().rev().find_map(|one| one.date.as_ref())?;
    let first = calls.iter().map(|one| one.record).min()?;
    let mut alert = watch.alert(rule, &thread.id, &[first]);
    let addressee = thread.addressee.as_ref();
    let whom = addressee.map_or("An addressee that is not named", |to| to.name.as_str());
    alert.state = addressee
        .map(|to| to.identity.clone())
        .filter(|key| key.starts_with("state:"));
    let what = format!("{whom} (“{}”)", thread.demand);
    alert.words = words(rule, &what, last, days, silence.unanswered);
    alert.on = Some(last.date);
    alert.grounds = shown(&calls, "one of the calls");
    Some(alert)
}

fn words(rule: &Rule, case: &str, last: &Dated, days: Days, count: usize) -> String {
    // What comes from records is put in last, so that braces in it are not taken for places.
    rule.says
        .replace("{last}", &last.date.to_string())
        .replace("{days}", &format!("{days} ago"))
        .replace("{count}", &count.to_string())
        .replace("{case}", case)
}

fn shown(grounds: &[&Evidence], part: &str) -> Vec<Ground> {
    let mut shown: Vec<Ground> = grounds
        .iter()
        .take(SHOWN)
        .map(|evidence| Ground {
            evidence: (*evidence).clone(),
            part: part.to_owned(),
            why: evidence.date.as_ref().map_or_else(
                || "not dated".to_owned(),
                |dated| format!("{} ({})", dated.date, dated.basis),
            ),
        })
        .collect();
    sort(&mut shown);
    shown
}
