//! Which allegations are worth comparing: those that share a key.
//!
//! Invariant: the pairs depend on what the allegations say, not on their order; their number grows
//! with the number of allegations, not with its square, because of a block that is too wide only
//! neighbours (by date, number, words) are compared.

use super::Level;
use super::days::Days;
use super::facts::{Facts, TextId};
use super::rules::Rules;

/// A key that two allegations of one act are likely to share.
type Key = (u8, TextId, u32, u32);

/// Months or years that one date is filed under, at most.
const MOST_PERIODS: i32 = 6;

/// Calls `each` with pairs of positions in `facts`, the lesser first; a pair that shares several keys
/// comes several times.
pub(crate) fn pairs(facts: &[Facts], rules: &Rules, each: &mut impl FnMut(u32, u32)) {
    let mut filed: Vec<(Key, u32)> = Vec::with_capacity(facts.len() * 4);
    for (at, facts) in facts.iter().enumerate() {
        if facts.level == Level::Event {
            keys(facts, &mut |key| filed.push((key, at as u32)));
        }
    }
    filed.sort_unstable();
    filed.dedup();
    for block in filed.chunk_by(|one, other| one.0 == other.0) {
        if block.len() < 2 {
            continue;
        }
        let mut members: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
        let wide = members.len() > rules.limits.widest_block;
        let reach = if wide {
            rules.limits.neighbours
        } else {
            members.len()
        };
        if wide {
            members.sort_by_cached_key(|at| order(&facts[*at as usize], *at));
        }
        for (at, member) in members.iter().enumerate() {
            for other in members.iter().skip(at + 1).take(reach) {
                each(*member.min(other), *member.max(other));
            }
        }
    }
}

/// Files an allegation under all its keys.
fn keys(facts: &Facts, file: &mut impl FnMut(Key)) {
    let family = facts.family;
    for person in &facts.named {
        file((1, family, *person, 0));
    }
    let near = facts.state.or(facts.site);
    if let Some(days) = facts.strong_days() {
        if days.width() == 1
            && let Some(near) = near
        {
            file((10, family, near, days.first as u32));
        }
        for month in periods(&days, Days::month_number) {
            if let Some(state) = near {
                file((2, family, state, month));
            }
            if let Some((least, _)) = facts.number {
                file((11, family, count(least), month));
            }
            for actor in &facts.actors {
                file((3, family, *actor, month));
            }
            for group in &facts.groups {
                file((4, family, *group, month));
            }
        }
    }
    if let Some(site) = facts.site {
        file((5, family, site, 0));
        if let Some(days) = facts.strong_days() {
            for year in periods(&days, Days::year_number) {
                file((6, family, site, year));
            }
        }
    }
    if let (Some(near), Some((least, _))) = (near, facts.number) {
        file((7, family, near, count(least)));
        for group in &facts.groups {
            file((8, family, near, *group));
        }
    }
    // Texts with nearly the same words share their rarest, those that were met last.
    for word in facts.words.iter().rev().take(2) {
        file((9, family, *word, 0));
    }
}

fn count(number: u64) -> u32 {
    number.min(u64::from(u32::MAX)) as u32
}

/// The periods that a date touches and the ones beside; none for a date that touches too many.
fn periods(days: &Days, number: fn(i32) -> i32) -> impl Iterator<Item = u32> + use<> {
    let (first, last) = days.reach();
    let (first, last) = (
        number(first.saturating_sub(4)),
        number(last.saturating_add(4)),
    );
    let last = if last - first < MOST_PERIODS {
        last
    } else {
        first - 1
    };
    (first..=last).map(|period| period as u32)
}

/// Allegations that are near in this order are the likeliest to be one act.
fn order(facts: &Facts, at: u32) -> (i32, i32, u64, Option<TextId>, u32) {
    let days = facts
        .strong_days()
        .map_or((i32::MAX, i32::MAX), |days| (days.first, days.last));
    let number = facts.number.map_or(u64::MAX, |number| number.0);
    (days.0, days.1, number, facts.words.last().copied(), at)
}
