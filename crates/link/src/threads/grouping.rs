//! Which demands are the same: stems after stop words, weighed by how rare they are, compared
//! within one addressee.
//!
//! Method: weighted Jaccard similarity of stem sets with idf weights; candidates by prefix
//! filtering (Bayardo, Ma, Srikant 2007), so that the cost grows with the number of demands and
//! not with its square. Invariant: every member but the first says why it joined, and is alike
//! to the first as well as to the one it joined by, so that a group does not drift.

use super::Rules;
use crate::verdicts::Verdicts;
use crate::when::order;
use model::{Code, Edtf, RecordId};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

/// Demands that one posting list remembers: more would be compared in vain.
const POSTINGS: usize = 128;
/// Wordings that a group is compared by.
const WORDINGS: usize = 6;

/// A demand, or an undertaking, as grouping sees it.
pub(crate) struct Item {
    /// The record it stands in.
    pub record: RecordId,
    /// Number of the part of the record's text, from 0.
    pub part: usize,
    /// To whom it is put, or who undertakes it; only items of one party are grouped.
    pub party: String,
    /// Its words.
    pub words: String,
    /// Types of violation it is about.
    pub violations: BTreeSet<Code>,
    /// When.
    pub date: Option<Edtf>,
    /// Its stems, sorted.
    pub stems: Vec<String>,
}

/// The stems of an item as numbers, ascending, and their weight.
struct Worded {
    stems: Vec<usize>,
    total: u64,
}

/// A member of a group: position in the list of items, and why it is in.
pub(crate) struct Member {
    pub item: usize,
    pub why: String,
}

/// Weights of stems: the rarer, the heavier.
pub(crate) struct Weights {
    weights: HashMap<String, u64>,
    rarest: u64,
}

impl Weights {
    /// Weights by the number of different texts that hold each stem.
    pub fn of<'s>(texts: impl IntoIterator<Item = &'s [String]>) -> Self {
        let mut counts: HashMap<String, u64> = HashMap::new();
        let mut seen: BTreeSet<&[String]> = BTreeSet::new();
        for stems in texts {
            if seen.insert(stems) {
                for stem in stems {
                    *counts.entry(stem.clone()).or_default() += 1;
                }
            }
        }
        let all = seen.len() as f64;
        // In thousandths, whole numbers: sums are then the same in any order.
        let weigh = |count: f64| (1000.0 * ((all + 1.0) / count).ln()).round().max(100.0) as u64;
        Self {
            weights: counts
                .into_iter()
                .map(|(stem, n)| (stem, weigh(n as f64)))
                .collect(),
            rarest: weigh(1.0),
        }
    }

    /// Weight of one stem; of one that is nowhere else, that of the rarest.
    pub fn weight(&self, stem: &str) -> u64 {
        self.weights.get(stem).copied().unwrap_or(self.rarest)
    }

    /// Weight of several.
    pub fn total(&self, stems: &[String]) -> u64 {
        stems.iter().map(|stem| self.weight(stem)).sum()
    }

    /// Weight of the stems that two sorted lists share.
    pub fn common(&self, one: &[String], other: &[String]) -> u64 {
        let shared = one.iter().filter(|stem| other.binary_search(stem).is_ok());
        shared.map(|stem| self.weight(stem)).sum()
    }

    /// The stems that two sorted lists share, heaviest first.
    pub fn shared<'s>(&self, one: &'s [String], other: &[String]) -> Vec<&'s String> {
        let mut shared: Vec<&String> = one
            .iter()
            .filter(|stem| other.binary_search(stem).is_ok())
            .collect();
        shared.sort_by_key(|stem| (std::cmp::Reverse(self.weight(stem)), *stem));
        shared
    }
}

/// Groups the items; in each group the first asked stands first.
pub(crate) fn group(items: &[Item], rules: &Rules, verdicts: &Verdicts) -> Vec<Vec<Member>> {
    let mut sorted: Vec<usize> = (0..items.len()).collect();
    sorted.sort_by_key(|&at| {
        let item = &items[at];
        (
            order(item.date.as_ref()),
            item.record,
            item.part,
            item.party.as_str(),
        )
    });
    let weights = Weights::of(items.iter().map(|item| item.stems.as_slice()));
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut heavy: Vec<u64> = Vec::new();
    let worded = items.iter().map(|item| {
        let mut stems: Vec<usize> = Vec::with_capacity(item.stems.len());
        for stem in &item.stems {
            let next = numbers.len();
            let number = *numbers.entry(stem).or_insert(next);
            if number == next {
                heavy.push(weights.weight(stem));
            }
            stems.push(number);
        }
        stems.sort_unstable();
        let total = stems.iter().map(|stem| heavy[*stem]).sum();
        Worded { stems, total }
    });
    let worded: Vec<Worded> = worded.collect();
    let mut grouping = Grouping {
        worded,
        heavy,
        items,
        rules,
        verdicts,
        weights: &weights,
        groups: Vec::new(),
        wordings: Vec::new(),
        exact: HashMap::new(),
        postings: HashMap::new(),
        by_record: HashMap::new(),
        by_root: HashMap::new(),
    };
    for at in sorted {
        grouping.place(at);
    }
    grouping.groups
}

struct Grouping<'a> {
    items: &'a [Item],
    worded: Vec<Worded>,
    /// Weights of stems, by number.
    heavy: Vec<u64>,
    rules: &'a Rules,
    verdicts: &'a Verdicts<'a>,
    weights: &'a Weights,
    groups: Vec<Vec<Member>>,
    /// Items whose words a group is compared by, beside its first.
    wordings: Vec<Vec<usize>>,
    exact: HashMap<(&'a str, &'a [String]), usize>,
    postings: HashMap<(&'a str, &'a str), Vec<usize>>,
    by_record: HashMap<RecordId, Vec<usize>>,
    by_root: HashMap<(&'a str, RecordId), Vec<usize>>,
}

impl<'a> Grouping<'a> {
    fn place(&mut self, at: usize) {
        let item = &self.items[at];
        let (group, why) = match self.judged(at).or_else(|| self.alike(at)) {
            Some((group, why)) => (group, why),
            None => {
                self.groups.push(Vec::new());
                self.wordings.push(Vec::new());
                (self.groups.len() - 1, "the first of its thread".to_owned())
            }
        };
        self.groups[group].push(Member { item: at, why });
        self.by_record.entry(item.record).or_default().push(group);
        if self.verdicts.is_judged_same(item.record) {
            let root = self.verdicts.root(item.record);
            self.by_root
                .entry((&item.party, root))
                .or_default()
                .push(group);
        }
        self.index(at, group);
    }

    /// Makes the item's words known as words of its group.
    fn index(&mut self, at: usize, group: usize) {
        let item = &self.items[at];
        let words = (item.party.as_str(), item.stems.as_slice());
        if self.wordings[group].len() >= WORDINGS || self.exact.contains_key(&words) {
            return;
        }
        self.exact.insert(words, group);
        self.wordings[group].push(at);
        for stem in self.prefix(item) {
            let posting = self.postings.entry((&item.party, stem)).or_default();
            if posting.len() < POSTINGS && posting.last() != Some(&group) {
                posting.push(group);
            }
        }
    }

    /// The heaviest stems of an item: two that are alike enough share one of them.
    fn prefix(&self, item: &'a Item) -> Vec<&'a str> {
        let mut stems: Vec<&String> = item.stems.iter().collect();
        stems.sort_by_key(|stem| (std::cmp::Reverse(self.weights.weight(stem)), *stem));
        let total = self.weights.total(&item.stems);
        let enough = total * u64::from(100 - self.rules.least_share()) / 100;
        let mut sum = 0;
        let mut prefix = Vec::new();
        for stem in stems {
            prefix.push(stem.as_str());
            sum += self.weights.weight(stem);
            if sum > enough {
                break;
            }
        }
        prefix
    }

    /// The group that a person's judgement puts the item in.
    fn judged(&self, at: usize) -> Option<(usize, String)> {
        let item = &self.items[at];
        if !self.verdicts.is_judged_same(item.record) {
            return None;
        }
        let root = self.verdicts.root(item.record);
        let groups = self.by_root.get(&(item.party.as_str(), root))?;
        let open = groups
            .iter()
            .copied()
            .filter(|&group| !self.is_kept_apart(item, group));
        let best = open.max_by_key(|&group| {
            let first = self.groups[group][0].item;
            (self.percent(at, first), std::cmp::Reverse(group))
        })?;
        let member = self.groups[best].iter().find_map(|member| {
            self.verdicts
                .of(item.record, self.items[member.item].record)
        });
        let why = member.map_or_else(
            || {
                "judged the same as a call that was judged the same as one of this thread"
                    .to_owned()
            },
            |judgement| {
                format!(
                    "judged the same demand by {}: {}",
                    judgement.by, judgement.reason
                )
            },
        );
        Some((best, why))
    }

    /// Whether a person judged the item different from a member of the group, or the group has
    /// another part of the same record.
    fn is_kept_apart(&self, item: &Item, group: usize) -> bool {
        let in_group = |record: &RecordId| {
            self.by_record
                .get(record)
                .is_some_and(|groups| groups.contains(&group))
        };
        in_group(&item.record) || self.verdicts.apart(item.record).iter().any(in_group)
    }

    /// The group whose words are most like the item's, when they are enough alike.
    fn alike(&self, at: usize) -> Option<(usize, String)> {
        let item = &self.items[at];
        if item.stems.len() < self.rules.fewest_words() {
            return None;
        }
        let words = (item.party.as_str(), item.stems.as_slice());
        let exact = self.exact.get(&words).copied();
        if let Some(group) = exact.filter(|&group| !self.is_kept_apart(item, group)) {
            return Some((group, "asks for it in words that say the same".to_owned()));
        }
        let mut candidates: Vec<usize> = self
            .prefix(item)
            .into_iter()
            .filter_map(|stem| self.postings.get(&(item.party.as_str(), stem)))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
            .into_iter()
            .filter(|&group| !self.is_kept_apart(item, group))
            .filter_map(|group| Some((group, self.best(at, group)?)))
            .max_by_key(|(group, (percent, _))| (*percent, std::cmp::Reverse(*group)))
            .map(|(group, (_, near))| (group, self.why(at, near)))
    }

    /// The wording of a group that is nearest to the item, and how near, when the item is near
    /// enough to it and not far from the first.
    fn best(&self, at: usize, group: usize) -> Option<(u32, usize)> {
        let first = self.groups[group].first()?.item;
        let near = self.wordings[group]
            .iter()
            .map(|&other| (self.percent(at, other), other))
            .filter(|&(percent, other)| percent >= self.needed(at, other))
            .max_by_key(|&(percent, other)| (percent, std::cmp::Reverse(other)))?;
        (2 * self.percent(at, first) >= self.needed(at, first)).then_some(near)
    }

    fn needed(&self, one: usize, other: usize) -> u32 {
        let (one, other) = (&self.items[one], &self.items[other]);
        let shared = !one.violations.is_disjoint(&other.violations);
        let differ = !shared && !one.violations.is_empty() && !other.violations.is_empty();
        self.rules.needed_share(shared, differ)
    }

    /// The share of their words that two items have in common, in percent; of one that stands in
    /// the other whole, at least what is needed.
    fn percent(&self, one: usize, other: usize) -> u32 {
        let common = self.common(one, other);
        let (a, b) = (self.worded[one].total, self.worded[other].total);
        let share = percent(common, a + b - common);
        if self.is_contained(one, other, common) {
            return share.max(self.rules.needed_share(false, false));
        }
        share
    }

    /// Weight of the stems that two items share.
    fn common(&self, one: usize, other: usize) -> u64 {
        let (mut a, mut b) = (&self.worded[one].stems[..], &self.worded[other].stems[..]);
        let mut common = 0;
        while let (Some(x), Some(y)) = (a.first(), b.first()) {
            match x.cmp(y) {
                Ordering::Less => a = &a[1..],
                Ordering::Greater => b = &b[1..],
                Ordering::Equal => {
                    common += self.heavy[*x];
                    (a, b) = (&a[1..], &b[1..]);
                }
            }
        }
        common
    }

    fn is_contained(&self, one: usize, other: usize, common: u64) -> bool {
        let (needed, fewest) = self.rules.contained();
        let (a, b) = (&self.worded[one], &self.worded[other]);
        let shorter = a.stems.len().min(b.stems.len());
        shorter >= fewest && percent(common, a.total.min(b.total)) >= needed
    }

    /// Why two items are the same demand, for people.
    fn why(&self, at: usize, near: usize) -> String {
        let (one, other) = (&self.items[at], &self.items[near]);
        let shared = self.weights.shared(&one.stems, &other.stems);
        let share = self.percent(at, near);
        let mut why = format!("shares {share} % of its words with “{}”", other.words);
        if self.is_contained(at, near, self.common(at, near)) {
            why = format!("one of the two stands in the other: “{}”", other.words);
        }
        let named: Vec<&str> = shared.iter().take(5).map(|stem| stem.as_str()).collect();
        if !named.is_empty() {
            why.push_str(&format!(" ({})", named.join(", ")));
        }
        if let Some(code) = one.violations.intersection(&other.violations).next() {
            why.push_str(&format!("; both are about {code}"));
        }
        why
    }
}

fn percent(part: u64, whole: u64) -> u32 {
    (100 * part).checked_div(whole).unwrap_or(0) as u32
}
