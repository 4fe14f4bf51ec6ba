//! From pairs to groups: the likeliest pairs first, and no group that holds what excludes each other.
//!
//! Invariant: two allegations that exclude each other (other persons, days, sites) are never in one
//! group unless a person put them there; what a person set apart stays apart.

use super::Level;
use super::compare::{Comparer, Forbids};
use super::facts::Facts;
use super::judged::{Conflict, Judged, Judgements};
use std::collections::HashMap;

/// Differing accounts of one group that are checked against a newcomer.
const MOST_ACCOUNTS: usize = 48;

/// Of those that an allegation fits best, so many are looked at.
const MOST_BEST: usize = 12;

/// Two allegations that are alike enough to be one act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Edge {
    pub points: i32,
    pub one: u32,
    pub other: u32,
}

/// Two alike allegations that were kept apart, with what forbids it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct KeptApart {
    pub one: u32,
    pub other: u32,
    pub because: Because,
}

/// What keeps two allegations apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Because {
    /// A person judged so.
    Judged,
    /// Accounts of the two incidents exclude each other.
    Excluded(u32, u32, Forbids),
    /// The first of the two fits the second and a third equally well, and those exclude each other.
    Undecided(u32, Forbids),
}

/// Why an allegation is in its group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// It is alike to this one.
    Alike(Edge),
    /// A person judged so.
    Judged(Judged),
    /// Both are general claims of one type about one state or in one document.
    General,
}

/// The groups, with why.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// Positions in the facts, ascending; the groups in the order of their first.
    pub groups: Vec<Vec<u32>>,
    /// What joined each; none for the first of a group.
    pub joined: HashMap<u32, Vec<Joined>>,
    pub apart: Vec<KeptApart>,
    pub conflicts: Vec<Conflict>,
}

struct Group {
    members: Vec<u32>,
    /// Members that differ in what can exclude.
    accounts: Vec<u32>,
    /// Members that a person set apart from others.
    set_apart: Vec<u32>,
    level: Level,
}

/// Groups being made.
pub(crate) struct Grouping<'a, 'r> {
    facts: &'a [Facts<'r>],
    comparer: Comparer<'a>,
    judgements: &'a Judgements,
    /// The group of each allegation: an index into `groups`.
    of: Vec<u32>,
    groups: Vec<Group>,
    result: Groups,
}

impl<'a, 'r> Grouping<'a, 'r> {
    pub(crate) fn new(
        facts: &'a [Facts<'r>],
        comparer: Comparer<'a>,
        judgements: &'a Judgements,
    ) -> Self {
        let groups = facts.iter().enumerate().map(|(at, facts)| {
            let at = at as u32;
            let apart = !judgements.different_from(facts.id()).is_empty();
            Group {
                members: vec![at],
                accounts: vec![at],
                set_apart: if apart { vec![at] } else { Vec::new() },
                level: facts.level,
            }
        });
        Self {
            facts,
            comparer,
            judgements,
            of: (0..facts.len() as u32).collect(),
            groups: groups.collect(),
            result: Groups::default(),
        }
    }

    /// Joins what people judged to be the same.
    pub(crate) fn judged(&mut self) {
        let at: HashMap<_, _> = (0..)
            .zip(self.facts)
            .map(|(at, facts)| (facts.id(), at))
            .collect();
        for judged in self.judgements.same() {
            let (Some(&one), Some(&other)) = (at.get(&judged.one), at.get(&judged.other)) else {
                continue;
            };
            if self.is_judged_apart(one, other) {
                let words = format!(
                    "{} judged {} and {} to be the same incident, but other judgements together \
                     keep them apart: withdraw one of them",
                    judged.by, judged.one, judged.other
                );
                let judged = judged.clone();
                self.result.conflicts.push(Conflict { judged, words });
                continue;
            }
            self.note(one, other, Joined::Judged(judged.clone()));
            self.unite(one, other);
        }
    }

    /// Joins alike events, the likeliest first.
    pub(crate) fn alike(&mut self, mut edges: Vec<Edge>) {
        edges.sort_unstable_by_key(|edge| (-edge.points, edge.one, edge.other));
        edges.dedup();
        let undecided = self.undecided(&edges);
        for edge in edges {
            let Edge { one, other, .. } = edge;
            if undecided[one as usize] || undecided[other as usize] {
                continue;
            }
            if self.of[one as usize] == self.of[other as usize] {
                continue;
            }
            if self.is_judged_apart(one, other) {
                let because = Because::Judged;
                self.result.apart.push(KeptApart {
                    one,
                    other,
                    because,
                });
                continue;
            }
            if let Some((account, second, forbids)) = self.excluded(one, other) {
                let because = Because::Excluded(account, second, forbids);
                self.result.apart.push(KeptApart {
                    one,
                    other,
                    because,
                });
                continue;
            }
            self.note(one, other, Joined::Alike(edge));
            self.unite(one, other);
        }
    }

    /// Which allegations fit two others best that exclude each other: an undated arrest of somebody who
    /// was arrested twice. Nobody can say which of the two they are; `edges` are sorted.
    fn undecided(&mut self, edges: &[Edge]) -> Vec<bool> {
        let mut best: Vec<(i32, Vec<u32>)> = vec![(0, Vec::new()); self.facts.len()];
        for edge in edges {
            for (at, other) in [(edge.one, edge.other), (edge.other, edge.one)] {
                let (points, others) = &mut best[at as usize];
                if others.is_empty() {
                    *points = edge.points;
                }
                if *points == edge.points && others.len() < MOST_BEST {
                    others.push(other);
                }
            }
        }
        let mut undecided = vec![false; self.facts.len()];
        for (at, (_, others)) in best.iter().enumerate() {
            let Some((one, other, forbids)) = self.first_that_exclude(others) else {
                continue;
            };
            undecided[at] = true;
            for (fits, also) in [(one, other), (other, one)] {
                self.result.apart.push(KeptApart {
                    one: at as u32,
                    other: fits,
                    because: Because::Undecided(also, forbids),
                });
            }
        }
        undecided
    }

    fn first_that_exclude(&self, others: &[u32]) -> Option<(u32, u32, Forbids)> {
        let facts = |at: &u32| &self.facts[*at as usize];
        others.iter().enumerate().find_map(|(number, one)| {
            others[number + 1..].iter().find_map(|other| {
                let forbids = self.comparer.forbids(facts(one), facts(other))?;
                Some((*one, *other, forbids))
            })
        })
    }

    /// Joins general claims that share a key.
    pub(crate) fn general<Key: std::hash::Hash + Eq>(&mut self, key: impl Fn(&Facts) -> Key) {
        let mut first: HashMap<Key, u32> = HashMap::new();
        for at in 0..self.facts.len() as u32 {
            if self.group(at).level == Level::Event {
                continue;
            }
            let key = key(&self.facts[at as usize]);
            let &mut first = first.entry(key).or_insert(at);
            let together = self.of[first as usize] == self.of[at as usize];
            if together || self.is_judged_apart(first, at) {
                continue;
            }
            self.result
                .joined
                .entry(at)
                .or_default()
                .push(Joined::General);
            self.unite(first, at);
        }
    }

    /// Remembers pairs that use the same words of what cannot be one event.
    pub(crate) fn kept_apart(&mut self, mut apart: Vec<KeptApart>) {
        apart.retain(|pair| self.of[pair.one as usize] != self.of[pair.other as usize]);
        apart.sort_unstable_by_key(|pair| (pair.one, pair.other));
        self.result.apart.extend(apart);
    }

    /// The groups that were made.
    pub(crate) fn finish(self) -> Groups {
        let mut result = self.result;
        let kept = self
            .groups
            .into_iter()
            .filter(|group| !group.members.is_empty());
        result.groups = kept.map(|group| group.members).collect();
        for group in &mut result.groups {
            group.sort_unstable();
        }
        result.groups.sort_unstable();
        result
    }

    fn group(&self, at: u32) -> &Group {
        &self.groups[self.of[at as usize] as usize]
    }

    /// Remembers on both sides what joined two groups.
    fn note(&mut self, one: u32, other: u32, joined: Joined) {
        self.result
            .joined
            .entry(other)
            .or_default()
            .push(joined.clone());
        self.result.joined.entry(one).or_default().push(joined);
    }

    /// Whether a person judged a member of one group to be another incident than one of the other.
    fn is_judged_apart(&self, one: u32, other: u32) -> bool {
        let (group, second) = (self.group(one), self.group(other));
        let fewer = if group.set_apart.len() <= second.set_apart.len() {
            (group, second)
        } else {
            (second, group)
        };
        let ids = fewer
            .1
            .set_apart
            .iter()
            .map(|at| self.facts[*at as usize].id());
        let others: std::collections::HashSet<_> = ids.collect();
        fewer.0.set_apart.iter().any(|at| {
            let id = self.facts[*at as usize].id();
            let different = self.judgements.different_from(id);
            different.iter().any(|different| others.contains(different))
        })
    }

    /// The first two accounts of the two groups that exclude each other.
    fn excluded(&self, one: u32, other: u32) -> Option<(u32, u32, Forbids)> {
        for account in &self.group(one).accounts {
            for second in &self.group(other).accounts {
                let (facts, against) = (
                    &self.facts[*account as usize],
                    &self.facts[*second as usize],
                );
                if let Some(forbids) = self.comparer.forbids(facts, against) {
                    return Some((*account, *second, forbids));
                }
            }
        }
        None
    }

    fn unite(&mut self, one: u32, other: u32) {
        let (into, from) = (self.of[one as usize], self.of[other as usize]);
        if into == from {
            return;
        }
        let larger = |index: u32| self.groups[index as usize].members.len();
        let (into, from) = if larger(into) >= larger(from) {
            (into, from)
        } else {
            (from, into)
        };
        let taken = std::mem::replace(
            &mut self.groups[from as usize],
            Group {
                members: Vec::new(),
                accounts: Vec::new(),
                set_apart: Vec::new(),
                level: Level::Pattern,
            },
        );
        for member in &taken.members {
            self.of[*member as usize] = into;
        }
        let facts = self.facts;
        let group = &mut self.groups[into as usize];
        group.members.extend(taken.members);
        group.set_apart.extend(taken.set_apart);
        if taken.level == Level::Event {
            group.level = Level::Event;
        }
        for account in taken.accounts {
            let told = &facts[account as usize];
            let known = group
                .accounts
                .iter()
                .any(|known| same(&facts[*known as usize], told));
            if !known && group.accounts.len() < MOST_ACCOUNTS {
                group.accounts.push(account);
            }
        }
    }
}

/// Whether two allegations exclude the same others.
fn same(one: &Facts, other: &Facts) -> bool {
    let parts = |facts: &Facts| (facts.code, facts.strong_days(), facts.site, facts.number);
    let state = |facts: &Facts| (facts.state, facts.state_by_title);
    parts(one) == parts(other) && state(one) == state(other) && one.named == other.named
}
