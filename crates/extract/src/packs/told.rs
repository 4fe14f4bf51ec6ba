//! Violations that are told by a verb and what it is done with, to or from: `탄광에 … 동원되다`. Either
//! says too little alone; listing both in one pattern would take every word that may stand between.
//!
//! Invariant: what is found of one occurrence depends on a bounded stretch around it.

use super::hits::Hit;
use super::pack::Table;
use super::page::floor;
use super::scene::Scene;
use super::schema::WITHIN;
use std::ops::Range;

/// The words of violations, ascending, with the words that they needed beside them. What is told with
/// both says more than other words in the same place, unless these say the same already.
pub(super) fn worded<'s>(scene: &'s Scene) -> Vec<(&'s Hit, Option<Range<usize>>)> {
    let code = |hit: &Hit| {
        scene
            .pack
            .violations
            .get(hit.entry as usize)
            .map(|it| &it.code)
    };
    let plain = scene.hits.of(Table::Violation);
    let told = scene.hits.of(Table::Told).iter();
    let mut all: Vec<(&Hit, Option<Range<usize>>)> = told
        .filter(|hit| !over(plain, &hit.at, |it| code(it) == code(hit)))
        .filter_map(|hit| Some((hit, Some(beside(scene, hit)?))))
        .collect();
    let told: Vec<Hit> = all.iter().map(|(hit, _)| (*hit).clone()).collect();
    let plain = plain.iter().filter(|hit| !over(&told, &hit.at, |_| true));
    all.extend(plain.map(|hit| (hit, None)));
    // `送還された` says more than `送還され`: it is taken first.
    all.sort_by_key(|(hit, _)| (hit.at.start, std::cmp::Reverse(hit.at.end), hit.entry));
    all
}

/// Whether one of the occurrences, ascending, overlaps the stretch and is such a one.
fn over(hits: &[Hit], at: &Range<usize>, such: impl Fn(&Hit) -> bool) -> bool {
    let before = hits.partition_point(|hit| hit.at.start < at.end);
    // They are short: a few before the end are all that can reach so far.
    let near = hits[before.saturating_sub(REACHING)..before].iter();
    near.rev().any(|hit| hit.at.end > at.start && such(hit))
}

/// Occurrences before a place that may reach over it.
const REACHING: usize = 12;

/// The nearest of the words that an entry needs, where one stands near enough in the clause: before
/// it where verbs come last, or right behind (`동원된 아이들`), else on either side.
fn beside(scene: &Scene, hit: &Hit) -> Option<Range<usize>> {
    let violation = scene.pack.violations.get(hit.entry as usize)?;
    let clause = scene.page.clause(hit.at.start);
    let reach = usize::from(violation.within.unwrap_or(WITHIN));
    let behind = if scene.pack.markers_follow() {
        reach.min(RIGHT_BEHIND)
    } else {
        reach
    };
    let text = &scene.page.text;
    // No character is longer than four bytes.
    let from = floor(text, hit.at.start.saturating_sub(4 * reach)).max(clause.start);
    let to = floor(text, hit.at.end + 4 * behind).min(clause.end);
    let near = scene.hits.within(Table::With, &(from..to)).iter();
    let near = near
        .filter(|with| with.entry == hit.entry)
        .filter_map(|with| {
            let (between, reach) = if with.at.end <= hit.at.start {
                (with.at.end..hit.at.start, reach)
            } else if with.at.start >= hit.at.end {
                (hit.at.end..with.at.start, behind)
            } else {
                return None;
            };
            let distance = text[between].chars().count();
            (distance <= reach).then(|| (distance, with.at.clone()))
        });
    let nearest = near.min_by_key(|(distance, at)| (*distance, at.start, at.end));
    nearest.map(|(_, at)| at)
}

/// How far behind a verb that comes last its noun may stand, in characters.
const RIGHT_BEHIND: usize = 6;
