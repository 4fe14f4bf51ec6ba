//! Which records are one case: judged so, linked so, or of one name with nothing against it.
//!
//! Invariants: what a person judged different is never joined; two rows of a list that names
//! nobody twice are two persons; where nothing but the name speaks for it and the name is borne by
//! several, a person decides.

use super::facts::Facts;
use super::naming::Named;
use super::seeds::Seed;
use crate::corpus::identity;
use crate::verdicts::Verdicts;
use crate::when::may_meet;
use model::{EntityKind, RecordId, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Neighbours that each record of one name is compared with.
const NEIGHBOURS: usize = 32;
/// Days by which two dates of being taken may differ in lists.
const SLACK: i64 = 31;

/// Why two records are one case.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Join {
    /// One record.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
    /// Why, for people.
    pub why: String,
}

/// Two records that may be one person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Undecided {
    /// One record.
    pub one: RecordId,
    /// The other.
    pub other: RecordId,
    /// What speaks for it and against it, for people.
    pub why: String,
}

/// The seeds in groups.
pub(super) struct Grouped {
    /// Positions of seeds; each group ascending, groups by their first.
    pub groups: Vec<Vec<usize>>,
    /// Why the seeds of each group are one, in the order of the groups.
    pub joins: Vec<Vec<Join>>,
    pub undecided: Vec<Undecided>,
}

/// What two records of like names are to each other.
enum Opinion {
    Same(String),
    Ask(String),
    Other,
}

pub(super) fn group(seeds: &[Seed], clusters: &[Vec<RecordId>], verdicts: &Verdicts) -> Grouped {
    let mut union = Union::of(seeds, verdicts);
    union.judged();
    union.clusters(clusters);
    union.keys();
    let asked = union.names();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..seeds.len() {
        groups.entry(union.root(at)).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.sort_by_key(|group| group[0]);
    let mut undecided: Vec<Undecided> = asked
        .into_iter()
        .filter(|&(one, other, _)| union.root(one) != union.root(other))
        .map(|(one, other, why)| {
            let (one, other) = (seeds[one].record.id, seeds[other].record.id);
            Undecided {
                one: one.min(other),
                other: one.max(other),
                why,
            }
        })
        .collect();
    undecided.sort();
    undecided.dedup_by_key(|pair| (pair.one, pair.other));
    let place: HashMap<usize, usize> = groups
        .iter()
        .enumerate()
        .map(|(number, group)| (union.root(group[0]), number))
        .collect();
    let mut joins: Vec<Vec<Join>> = vec![Vec::new(); groups.len()];
    for (seed, join) in &union.joins {
        if let Some(&number) = place.get(&union.root(*seed)) {
            joins[number].push(join.clone());
        }
    }
    joins.iter_mut().for_each(|joins| joins.sort());
    Grouped {
        groups,
        joins,
        undecided,
    }
}

struct Union<'a> {
    seeds: &'a [Seed<'a>],
    /// The names of each seed.
    names: Vec<Vec<Named>>,
    verdicts: &'a Verdicts<'a>,
    parents: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Of each root, what is known of its members.
    known: Vec<Facts<'a>>,
    of_record: HashMap<RecordId, Vec<usize>>,
    /// Each with one of its seeds.
    joins: Vec<(usize, Join)>,
}

impl<'a> Union<'a> {
    fn of(seeds: &'a [Seed<'a>], verdicts: &'a Verdicts<'a>) -> Self {
        let mut of_record: HashMap<RecordId, Vec<usize>> = HashMap::new();
        for (at, seed) in seeds.iter().enumerate() {
            for id in records(seed) {
                of_record.entry(id).or_default().push(at);
            }
        }
        let name = |seed: &Seed, name: &String| match seed.subject.kind {
            EntityKind::Person => Named::person(name),
            _ => Named::group(name),
        };
        Self {
            seeds,
            names: seeds
                .iter()
                .map(|seed| seed.names.iter().map(|one| name(seed, one)).collect())
                .collect(),
            verdicts,
            parents: (0..seeds.len()).collect(),
            members: (0..seeds.len()).map(|at| vec![at]).collect(),
            known: seeds.iter().map(Facts::of).collect(),
            of_record,
            joins: Vec::new(),
        }
    }

    fn root(&self, at: usize) -> usize {
        let mut at = at;
        while self.parents[at] != at {
            at = self.parents[at];
        }
        at
    }

    /// Joins two seeds' groups, unless something forbids it.
    fn join(&mut self, one: usize, other: usize, why: String, is_judged: bool) -> bool {
        let (a, b) = (self.root(one), self.root(other));
        if a != b && self.is_forbidden(a, b, is_judged) {
            return false;
        }
        let (x, y) = (self.seeds[one].record.id, self.seeds[other].record.id);
        if x != y {
            let join = Join {
                one: x.min(y),
                other: x.max(y),
                why,
            };
            self.joins.push((one, join));
        }
        if a != b {
            // The smaller hangs below the larger, so paths stay short.
            let (low, high) = if self.members[a].len() < self.members[b].len() {
                (a, b)
            } else {
                (b, a)
            };
            self.parents[low] = high;
            let moved = std::mem::take(&mut self.members[low]);
            self.members[high].extend(moved);
            let facts = std::mem::take(&mut self.known[low]);
            self.known[high].add(facts);
        }
        true
    }

    fn is_forbidden(&self, a: usize, b: usize, is_judged: bool) -> bool {
        let (small, large) = if self.members[a].len() < self.members[b].len() {
            (a, b)
        } else {
            (b, a)
        };
        let apart = self.members[small].iter().any(|&at| {
            let others = records(&self.seeds[at]).flat_map(|id| self.verdicts.apart(id));
            let mut seeds = others.filter_map(|id| self.of_record.get(id)).flatten();
            seeds.any(|&other| self.root(other) == large)
        });
        if apart || is_judged {
            return apart;
        }
        self.known[small].contradicts(&self.known[large])
    }

    fn judged(&mut self) {
        let mut roots: BTreeMap<RecordId, usize> = BTreeMap::new();
        for at in 0..self.seeds.len() {
            for id in records(&self.seeds[at]) {
                if !self.verdicts.is_judged_same(id) {
                    continue;
                }
                let first = *roots.entry(self.verdicts.root(id)).or_insert(at);
                if first != at {
                    let judgement = self.verdicts.of(id, self.seeds[first].record.id);
                    let why = judgement.map_or_else(
                        || "judged the same through other records".to_owned(),
                        |judgement| {
                            format!("judged the same by {}: {}", judgement.by, judgement.reason)
                        },
                    );
                    self.join(first, at, why, true);
                }
            }
        }
    }

    fn clusters(&mut self, clusters: &[Vec<RecordId>]) {
        for cluster in clusters {
            let mut seeds: Vec<usize> = cluster
                .iter()
                .filter_map(|id| self.of_record.get(id))
                .flatten()
                .copied()
                .collect();
            seeds.sort_unstable();
            seeds.dedup();
            for pair in seeds.windows(2) {
                let why = "the linkage of lists takes them for one person".to_owned();
                self.join(pair[0], pair[1], why, false);
            }
        }
    }

    /// One key of a gazetteer, or one record, is one person.
    fn keys(&mut self) {
        let mut first: HashMap<String, usize> = HashMap::new();
        for at in 0..self.seeds.len() {
            let subject = self.seeds[at].subject;
            if subject.key.is_none() && subject.record.is_none() {
                continue;
            }
            let key = identity(subject);
            let before = *first.entry(key.clone()).or_insert(at);
            if before != at {
                self.join(before, at, format!("both name {key}"), false);
            }
        }
    }

    /// Compares what has like names; returns the pairs that a person should decide.
    fn names(&mut self) -> Vec<(usize, usize, String)> {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, names) in self.names.iter().enumerate() {
            let mut keys: Vec<String> = names.iter().flat_map(Named::keys).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                blocks.entry(key).or_default().push(at);
            }
        }
        let mut asked = Vec::new();
        for block in blocks.values_mut().filter(|block| block.len() > 1) {
            let is_common = is_common(self.seeds, block);
            block.sort_by_key(|&at| {
                let seed = &self.seeds[at];
                (
                    seed.born.is_none(),
                    seed.born,
                    seed.taken.is_none(),
                    seed.taken,
                    at,
                )
            });
            for (place, &one) in block.iter().enumerate() {
                for &other in block.iter().skip(place + 1).take(NEIGHBOURS) {
                    match self.opinion(one, other, is_common) {
                        Opinion::Same(why) => {
                            self.join(one, other, why, false);
                        }
                        Opinion::Ask(why) => asked.push((one, other, why)),
                        Opinion::Other => {}
                    }
                }
            }
        }
        asked
    }

    /// Why two seeds have the same name; `None` when they have not.
    fn same_name(&self, one: usize, other: usize) -> Option<String> {
        let others = &self.names[other];
        self.names[one]
            .iter()
            .find_map(|x| others.iter().find_map(|y| x.same(y)))
    }

    fn opinion(&self, one: usize, other: usize, is_common: bool) -> Opinion {
        let (a, b) = (&self.seeds[one], &self.seeds[other]);
        let judged = records(a).find_map(|x| records(b).find_map(|y| self.verdicts.of(x, y)));
        if judged.is_some_and(|judgement| judgement.verdict != Verdict::Same) {
            return Opinion::Other;
        }
        let Some(name) = self.same_name(one, other) else {
            return Opinion::Other;
        };
        if a.subject.kind != EntityKind::Person || b.subject.kind != EntityKind::Person {
            return of_groups(a, b, &name);
        }
        if let (Some(x), Some(y)) = (&a.born, &b.born)
            && !may_meet(x, y, 0)
        {
            return Opinion::Other;
        }
        let mut speaks_for = Vec::new();
        if let (Some(x), Some(y)) = (&a.born, &b.born) {
            speaks_for.push(format!("born {x} and {y}"));
        }
        if a.record.source.is_some()
            && a.record.source == b.record.source
            && a.row.is_none()
            && b.row.is_none()
        {
            speaks_for.push("named so in one document".to_owned());
        }
        if let (Some(x), Some(y)) = (&a.taken, &b.taken) {
            if may_meet(x, y, SLACK) {
                speaks_for.push(format!("taken or last seen {x} and {y}"));
            } else {
                return Opinion::Ask(format!("{name}, but taken or last seen {x} and {y}"));
            }
        }
        // Between lists a name alone decides nothing: the linkage of lists weighs it, and asks.
        if speaks_for.is_empty() && a.row.is_some() && b.row.is_some() {
            return Opinion::Other;
        }
        if speaks_for.is_empty() && is_common {
            return Opinion::Ask(format!(
                "{name}; one list has two persons of this name, and nothing else is known that would tell"
            ));
        }
        if speaks_for.is_empty() {
            return Opinion::Same(format!("{name}; nothing on record speaks against it"));
        }
        Opinion::Same(format!("{name}; {}", speaks_for.join("; ")))
    }
}

/// Groups are the same only by the same words in one category.
fn of_groups(a: &Seed, b: &Seed, name: &str) -> Opinion {
    let alike = a.subject.kind == b.subject.kind && a.category == b.category;
    let together = a.record.source.is_some() && a.record.source == b.record.source;
    if alike && together {
        Opinion::Same(format!("{name}, in one document"))
    } else {
        Opinion::Other
    }
}

/// The records that speak of a seed's person.
fn records<'s>(seed: &'s Seed) -> impl Iterator<Item = RecordId> + 's {
    std::iter::once(seed.record.id).chain(seed.persons.iter().map(|person| person.id))
}

/// Whether one list has the name in two rows.
fn is_common(seeds: &[Seed], block: &[usize]) -> bool {
    let mut rows: BTreeMap<&str, (Option<&str>, u32)> = BTreeMap::new();
    block.iter().filter_map(|&at| seeds[at].row).any(|row| {
        let place = (row.sheet.as_deref(), row.row);
        let first = rows.entry(&row.list).or_insert(place);
        *first != place
    })
}
