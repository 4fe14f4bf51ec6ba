//! How often something was asked: calls, not records, and origins beside documents.
//!
//! Invariant: reports of one call by one caller are one call, however many documents hold them.

use super::Call;
use crate::corpus::Evidence;
use crate::when::{may_meet, order};
use serde::{Deserialize, Serialize};

/// How often, in how many documents, from how many origins.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Of what: a year, a caller, `all`.
    pub of: String,
    /// Calls: reports of one call by one caller are counted once.
    pub times: usize,
    /// Documents that report them.
    pub documents: usize,
    /// Origins of the documents' words: at most so many are independent of each other.
    pub origins: usize,
}

/// Sorts the calls by date and numbers them: records of one caller within `days` of each other
/// report one call, as do undated ones of one caller in one document.
pub(super) fn number(calls: &mut [Call], days: i64) {
    calls.sort_by_key(|call| {
        let date = call.evidence.date.as_ref().map(|dated| &dated.date);
        (order(date), call.evidence.record)
    });
    let mut last = 0;
    for at in 0..calls.len() {
        // Sorted by date, what may be the same call stands near: a look back is enough.
        let same = (at.saturating_sub(64)..at)
            .rev()
            .find(|&before| is_one(&calls[before], &calls[at], days));
        calls[at].call = same.map_or_else(
            || {
                last += 1;
                last
            },
            |before| calls[before].call,
        );
    }
}

fn is_one(one: &Call, other: &Call, days: i64) -> bool {
    let caller = |call: &Call| call.caller.as_ref().map(|caller| caller.identity.clone());
    if one.evidence.record == other.evidence.record {
        return true;
    }
    if caller(one) != caller(other) {
        return false;
    }
    let date = |evidence: &Evidence| evidence.date.as_ref().map(|dated| dated.date);
    match (date(&one.evidence), date(&other.evidence)) {
        (Some(a), Some(b)) => may_meet(&a, &b, days),
        _ => one.evidence.source.is_some() && one.evidence.source == other.evidence.source,
    }
}
