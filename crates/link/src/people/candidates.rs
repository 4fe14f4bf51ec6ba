//! Conjunctions of atoms that rules and training blocks are chosen from, and how many pairs each
//! makes, counted on a seeded sample of the rows.

use super::PeopleError;
use super::chance::Random;
use super::compare::Comparator;
use super::options::Options;
use super::packed::Packed;
use super::rules::RuleSet;

/// Rows of the sample on which conjunctions are counted.
const SAMPLE: usize = 50_000;
/// Conjunctions join at most this many fields.
const MOST_FIELDS: usize = 3;
/// Below this many pairs a record a conjunction is tight enough: joining more fields only loses.
const TIGHT: f64 = 0.25;

/// Atoms of the table, and which of them depend on each other.
pub(crate) struct Atoms {
    pub(crate) set: RuleSet,
    /// Of each atom, its group: parts of one date, places of one hierarchy.
    pub(crate) groups: Vec<usize>,
}

/// A conjunction of atoms.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) mask: u32,
    groups: u32,
    /// Pairs in the whole table that agree on it, from the sample.
    pub(crate) pairs: f64,
    /// Pairs that would agree if its fields did not depend on each other.
    by_chance: f64,
}

impl Atoms {
    /// The atoms of the description and of `more` rules.
    pub(crate) fn of(
        comparator: &Comparator<'_>,
        more: &[Vec<String>],
    ) -> Result<Self, PeopleError> {
        let schema = &comparator.table.schema;
        let mut rules: Vec<Vec<String>> =
            schema.atoms.iter().map(|atom| vec![atom.clone()]).collect();
        rules.extend(more.iter().cloned());
        let set = RuleSet::new(comparator.table, &rules)?;
        let group = |field: usize| {
            let name = &schema.fields[field].name;
            let together = schema
                .comparisons
                .iter()
                .find(|comparison| comparison.fields.contains(name));
            together
                .and_then(|comparison| schema.field(&comparison.fields[0]))
                .unwrap_or(field)
        };
        let groups = set.atoms.iter().map(|atom| group(atom.field)).collect();
        Ok(Self { set, groups })
    }

    /// A conjunction as names of atoms.
    pub(crate) fn names(&self, mask: u32) -> Vec<String> {
        let held = self
            .set
            .names
            .iter()
            .enumerate()
            .filter(|(atom, _)| mask >> atom & 1 == 1);
        held.map(|(_, name)| name.clone()).collect()
    }

    /// Within one field: an atom, or parts of a date that go together.
    fn steps(&self) -> Vec<(u32, usize)> {
        let at = |name: &str| {
            self.set
                .names
                .iter()
                .position(|known| known == name)
                .map(|atom| 1u32 << atom)
        };
        let mut steps = Vec::new();
        for (atom, name) in self.set.names.iter().enumerate() {
            let group = self.groups[atom];
            match name.split_once('/') {
                None => steps.push((1 << atom, group)),
                Some((date, "year")) => {
                    let (month, day) = (at(&format!("{date}/month")), at(&format!("{date}/day")));
                    steps.push((1 << atom, group));
                    steps.extend(month.map(|month| (1 << atom | month, group)));
                    if let (Some(month), Some(day)) = (month, day) {
                        steps.push((month | day, group));
                        steps.push((1 << atom | month | day, group));
                    }
                }
                Some(_) => {}
            }
        }
        steps
    }
}

/// All conjunctions worth counting: each joins up to three fields, and is not joined further
/// once it is tight.
pub(crate) fn count(
    comparator: &Comparator<'_>,
    atoms: &Atoms,
    options: &Options,
) -> Vec<Candidate> {
    let table = comparator.table;
    let mut random = Random(options.seed ^ 0xB10C);
    let sample: Vec<Packed> = if table.len() <= SAMPLE {
        table.records.clone()
    } else {
        // Evenly spaced strata, so that no row is drawn twice.
        let stride = table.len() / SAMPLE;
        (0..SAMPLE)
            .map(|stratum| table.records[stratum * stride + random.below(stride)])
            .collect()
    };
    let of = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let (sampled_pairs, all_pairs) = (of(sample.len()).max(1.0), of(table.len()).max(1.0));
    let mut keys = Vec::new();
    let mut counted =
        |mask: u32| pairs_of(&atoms.set, mask, &sample, &mut keys) / sampled_pairs * all_pairs;
    let single = |(mask, group): (u32, usize), pairs: f64| Candidate {
        mask,
        groups: 1 << group,
        pairs,
        by_chance: pairs,
    };
    let steps: Vec<Candidate> = atoms
        .steps()
        .into_iter()
        .map(|step| single(step, counted(step.0)))
        .filter(|step| step.pairs > 0.0)
        .collect();
    let mut found = steps.clone();
    let mut open: Vec<(Candidate, usize)> = steps.iter().cloned().zip(0..).collect();
    for _ in 1..MOST_FIELDS {
        let mut wider = Vec::new();
        for (candidate, last) in open {
            if candidate.pairs <= TIGHT * table.len() as f64 {
                continue;
            }
            for (position, step) in steps.iter().enumerate().skip(last + 1) {
                if step.groups & candidate.groups == 0 {
                    let mask = candidate.mask | step.mask;
                    let by_chance = candidate.by_chance * step.pairs / all_pairs;
                    let pairs = counted(mask);
                    wider.push((
                        Candidate {
                            mask,
                            groups: candidate.groups | step.groups,
                            pairs,
                            by_chance,
                        },
                        position,
                    ));
                }
            }
        }
        found.extend(wider.iter().map(|(candidate, _)| candidate.clone()));
        open = wider;
    }
    found
}

fn pairs_of(atoms: &RuleSet, mask: u32, sample: &[Packed], keys: &mut Vec<u32>) -> f64 {
    keys.clear();
    keys.extend(
        sample
            .iter()
            .filter_map(|record| atoms.masked_key(mask, record)),
    );
    keys.sort_unstable();
    let of = |length: usize| length as f64 * (length as f64 - 1.0) / 2.0;
    keys.chunk_by(|a, b| a == b).map(|run| of(run.len())).sum()
}

/// Two blocks that share no field, in which far more pairs agree than chance explains.
pub(crate) fn training_blocks(
    comparator: &Comparator<'_>,
    options: &Options,
) -> Result<Vec<Vec<String>>, PeopleError> {
    let atoms = Atoms::of(comparator, &[])?;
    let candidates = count(comparator, &atoms, options);
    let worth = |candidate: &Candidate| {
        let beyond = candidate.pairs - candidate.by_chance;
        if beyond <= 0.0
            || candidate.groups.count_ones() == candidate.mask.count_ones()
                && candidate.groups.count_ones() == 1
        {
            return 0.0;
        }
        // True pairs, discounted where they drown among chance agreements.
        beyond * (beyond / candidate.pairs).powi(2)
    };
    let best = |taken: u32| {
        let free = candidates
            .iter()
            .filter(|candidate| candidate.groups & taken == 0);
        free.map(|candidate| (worth(candidate), candidate))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|best| best.0 > 0.0)
    };
    let mut pairs: Vec<(f64, u32, u32)> = Vec::new();
    for first in &candidates {
        let own = worth(first);
        if own > 0.0
            && let Some((other, second)) = best(first.groups)
        {
            pairs.push(((own * other).sqrt(), first.mask, second.mask));
        }
    }
    let chosen = pairs
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let (_, first, second) = chosen.ok_or_else(|| {
        PeopleError::Training(
            "no two groups of fields agree more often than chance explains; the lists may not overlap, or hold too little".into(),
        )
    })?;
    Ok(vec![atoms.names(first), atoms.names(second)])
}
