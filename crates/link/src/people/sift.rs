//! Most pairs that a rule makes are far from being one person. They are left out here by a bound
//! that costs a few instructions: on which parts of their fields two records agree is found for all
//! parts at once, and tables say what that can weigh at most. Invariant: no pair is left out that
//! could reach the cut; nothing is weighed finally.

use super::batch::{Batch, LANES, equal};
use super::compare::{Comparator, Desk, Likely, Ready, Traits};
use super::lanes::{Change, lanes_of, possible};
use super::packed::Slot;
use super::schema::Measure;
use super::weights::Weights;

/// Lanes that one table takes.
const GROUP: usize = 4;
/// Most tables.
const GROUPS: usize = 4;
/// Comparisons whose shared values weigh differently and that are added pair by pair.
const RARE: usize = 2;

/// What a rule's pairs are sifted by.
pub(crate) struct Sieve {
    /// Comparisons that the rule has settled.
    settled: Vec<usize>,
    /// Where the lanes stand, group by group; a group that is not full ends with empty ones.
    lanes: Vec<Slot>,
    /// Lanes that are changed before another record must be equal to them.
    changes: Vec<(usize, Change)>,
    /// Of each group, the most that its comparisons weigh, by lanes that agree and lanes that differ.
    tables: Vec<[f32; 1 << (2 * GROUP)]>,
    /// A comparison and the lane in which its values are equal.
    rare: Vec<(usize, usize)>,
    /// Texts that have a lane.
    texts: Vec<usize>,
    /// Most that the comparisons without lanes can add.
    rest: f32,
}

impl Sieve {
    /// For a rule that has `settled` some comparisons (as bits).
    pub(crate) fn new(weights: &Weights, comparator: &Comparator<'_>, settled: u32) -> Self {
        let all = 0..comparator.ready.len();
        let is_settled = |comparison: &usize| settled >> comparison & 1 == 1;
        let mut sieve = Self {
            settled: all.clone().filter(is_settled).collect(),
            lanes: Vec::new(),
            changes: Vec::new(),
            tables: Vec::new(),
            rare: Vec::new(),
            texts: Vec::new(),
            rest: 0.0,
        };
        let mut open: Vec<usize> = all.filter(|comparison| !is_settled(comparison)).collect();
        open.sort_by_key(|&at| std::cmp::Reverse(lanes_of(&comparator.ready[at]).len()));
        while !open.is_empty() && sieve.tables.len() < GROUPS {
            let (mut members, mut used) = (Vec::new(), 0);
            open.retain(|&comparison| {
                let width = lanes_of(&comparator.ready[comparison]).len();
                let fits = width > 0 && used + width <= GROUP;
                if fits {
                    members.push((comparison, used));
                    used += width;
                }
                !fits
            });
            if members.is_empty() {
                break;
            }
            sieve.add_group(weights, comparator, &members);
        }
        sieve.rest = open.iter().map(|&at| weights.most(at)).sum();
        sieve
    }

    fn add_group(
        &mut self,
        weights: &Weights,
        comparator: &Comparator<'_>,
        members: &[(usize, usize)],
    ) {
        let mut table = [0.0f32; 1 << (2 * GROUP)];
        let from = self.lanes.len();
        for &(comparison, at) in members {
            let ready = &comparator.ready[comparison];
            let lanes = lanes_of(ready);
            let mask = (1 << lanes.len()) - 1;
            let rare = self.rare.len() < RARE
                && weights.has_frequency(comparison)
                && ready.equal_lane().is_some();
            if rare {
                let lane = from + at + ready.equal_lane().unwrap_or_default();
                self.rare.push((comparison, lane));
            }
            for (index, most) in table.iter_mut().enumerate() {
                let (agree, differ) = (index >> at & mask, index >> (GROUP + at) & mask);
                let levels = possible(ready, agree, differ);
                *most += weights.most_of(comparison, levels, !rare);
            }
            if matches!(
                ready.measure,
                Measure::JaroWinkler { .. } | Measure::Edits { .. }
            ) {
                self.texts.push(comparison);
            }
            for lane in lanes {
                if lane.change != Change::None {
                    self.changes.push((self.lanes.len(), lane.change));
                }
                self.lanes.push(lane.slot);
            }
        }
        self.lanes.resize(from + GROUP, Slot::default());
        self.tables.push(table);
    }

    /// Lists on the desk the pairs of a batch that may weigh at least `enough`.
    pub(super) fn sift(
        &self,
        weights: &Weights,
        comparator: &Comparator<'_>,
        batch: &Batch<'_>,
        enough: f32,
        desk: &mut Desk,
    ) {
        if batch.pairs.len() < batch.records.len() {
            // To prepare the records would cost more than to weigh their few pairs.
            let all = batch.pairs.iter().map(|&pair| Likely { pair, bits: 0.0 });
            desk.likely.clear();
            desk.likely.extend(all);
            return;
        }
        self.prepare(weights, comparator, batch, desk);
        if self.tables.len() * GROUP <= LANES {
            self.bound::<1>(batch, enough, desk);
        } else {
            self.bound::<2>(batch, enough, desk);
        }
        for &comparison in &self.texts {
            leave_out_by_letters(weights, comparator, comparison, batch, enough, desk);
        }
    }

    /// Lays out the lanes of every record, and what is known of all its pairs.
    fn prepare(
        &self,
        weights: &Weights,
        comparator: &Comparator<'_>,
        batch: &Batch<'_>,
        desk: &mut Desk,
    ) {
        let blocks = self.lanes.len().div_ceil(LANES).max(1);
        desk.traits.clear();
        desk.lanes.clear();
        desk.lanes
            .resize(batch.records.len() * blocks, ([0; LANES], [0; LANES]));
        let records = batch.records.iter();
        for (record, own) in records.zip(desk.lanes.chunks_exact_mut(blocks)) {
            let mut traits = Traits {
                bits: weights.prior + self.rest,
                known: 0,
                rare: [0.0; RARE],
            };
            for (position, (slots, block)) in self.lanes.chunks(LANES).zip(&mut *own).enumerate() {
                for (at, slot) in slots.iter().enumerate() {
                    let value = slot.get(record);
                    (block.0[at & 7], block.1[at & 7]) = (value, value);
                    traits.known |= u32::from(value != 0) << (position * LANES + at);
                }
            }
            for &(lane, change) in &self.changes {
                let block = &mut own[lane / LANES];
                block.1[lane % LANES] = change.of(block.0[lane % LANES]);
            }
            for &comparison in &self.settled {
                traits.bits += weights.when_same(comparator, comparison, record);
            }
            for (rare, &(comparison, _)) in traits.rare.iter_mut().zip(&self.rare) {
                *rare = weights.of_frequency(comparison, comparator.shared(comparison, record));
            }
            desk.traits.push(traits);
        }
    }

    /// Adds up what each pair can weigh at most.
    fn bound<const BLOCKS: usize>(&self, batch: &Batch<'_>, enough: f32, desk: &mut Desk) {
        const NONE: [f32; 1 << (2 * GROUP)] = [0.0; 1 << (2 * GROUP)];
        let table = |group: usize| self.tables.get(group).unwrap_or(&NONE);
        let tables = [table(0), table(1), table(2), table(3)];
        let rare = |at: usize| self.rare.get(at).map_or(31, |&(_, lane)| lane);
        let rare: [usize; RARE] = [rare(0), rare(1)];
        let (lanes, traits) = (&desk.lanes, &desk.traits);
        desk.likely.resize(batch.pairs.len(), Likely::default());
        let mut kept = 0;
        for &pair in batch.pairs {
            let [a, b] = pair.map(|position| position as usize);
            let (one, other): (&Traits, &Traits) = (&traits[a], &traits[b]);
            let mut equals = 0;
            for block in 0..BLOCKS {
                let same = equal(&lanes[a * BLOCKS + block].1, &lanes[b * BLOCKS + block].0);
                equals |= same << (block * LANES);
            }
            let known = one.known & other.known;
            let (agree, differ) = (known & equals, known & !equals);
            let mut bits = one.bits;
            for (group, table) in tables.iter().enumerate().take(BLOCKS * LANES / GROUP) {
                let (agree, differ) = (agree >> (group * GROUP), differ >> (group * GROUP));
                bits += table[(agree & 15 | (differ & 15) << GROUP) as usize];
            }
            for (weight, lane) in one.rare.iter().zip(rare) {
                let shared = (agree >> lane & 1).wrapping_neg();
                bits += f32::from_bits(weight.to_bits() & shared);
            }
            desk.likely[kept] = Likely { pair, bits };
            kept += usize::from(bits >= enough);
        }
        desk.likely.truncate(kept);
    }
}

/// Leaves out pairs whose letters say that their texts differ, where that is too little.
fn leave_out_by_letters(
    weights: &Weights,
    comparator: &Comparator<'_>,
    comparison: usize,
    batch: &Batch<'_>,
    enough: f32,
    desk: &mut Desk,
) {
    let ready: &Ready = &comparator.ready[comparison];
    let slot = ready.slots[0];
    let less = weights.of_level(comparison, ready.levels - 1) - weights.most_apart(comparison);
    let mut kept = 0;
    for at in 0..desk.likely.len() {
        let mut likely = desk.likely[at];
        let [x, y] = likely
            .pair
            .map(|position| slot.get(&batch.records[position as usize]));
        let differ = (x != y) & (x != 0) & (y != 0) & !comparator.letters_allow(ready, x, y);
        likely.bits += f32::from_bits(less.to_bits() & u32::from(differ).wrapping_neg());
        desk.likely[kept] = likely;
        kept += usize::from(likely.bits >= enough);
    }
    desk.likely.truncate(kept);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::chance::Random;
    use super::super::packed::Packed;
    use super::super::row::{Cell, PartialDay, RowId};
    use super::super::schema::Schema;
    use super::super::table::{Table, TableBuilder};
    use super::*;

    const SCHEMA: &str = r#"
        atoms = []
        field = [
            { name = "given", kind = "text" }, { name = "surname", kind = "text" },
            { name = "born", kind = "date" }, { name = "died", kind = "date" },
            { name = "event", kind = "date" }, { name = "province", kind = "text" },
            { name = "place", kind = "text" }, { name = "sex", kind = "text" },
            { name = "number", kind = "text" }, { name = "kin", kind = "set" },
        ]
        comparison = [
            { name = "given", fields = ["given"], measure = "jaro-winkler", near = 0.92, alike = 0.8, frequency = true },
            { name = "surname", fields = ["surname"], measure = "exact", frequency = true },
            { name = "born", fields = ["born"], measure = "birth" },
            { name = "died", fields = ["died"], measure = "event" },
            { name = "event", fields = ["event"], measure = "year" },
            { name = "place", fields = ["province", "place"], measure = "hierarchy", frequency = true },
            { name = "sex", fields = ["sex"], measure = "exact" },
            { name = "number", fields = ["number"], measure = "edits", few = 1, some = 2 },
            { name = "kin", fields = ["kin"], measure = "overlap" },
        ]
    "#;

    fn table(random: &mut Random) -> Table {
        let mut builder = TableBuilder::new(Schema::parse(SCHEMA).unwrap());
        for row in 0..40 {
            let mut text = |most: usize| {
                let length = random.below(most + 1);
                let letters = (0..length).map(|_| char::from(b'a' + random.below(3) as u8));
                letters.collect::<String>()
            };
            let texts = [text(9), text(1), text(1), text(1), text(1), text(4)];
            let kin: Vec<String> = (0..3).map(|_| text(1)).collect();
            let mut date = |open: bool| {
                let [month, day] = [random.below(4) as u8, random.below(4) as u8];
                let year = [0, 1990, 1991, 1992, 1995][random.below(5)];
                if open && random.below(4) == 0 {
                    return PartialDay::from_age(20, 2012);
                }
                PartialDay::new(year, month, day)
            };
            let dates = [date(true), date(true), date(false)].map(Cell::Date);
            let text = |at: usize| Cell::Text(&texts[at]);
            let cells = [
                text(0),
                text(1),
                dates[0],
                dates[1],
                dates[2],
                text(2),
                text(3),
                text(4),
                text(5),
                Cell::Set(&kin),
            ];
            builder.push(RowId(row), &cells).unwrap();
        }
        builder.finish().unwrap()
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(40))]
        #[test]
        fn no_pair_that_reaches_the_cut_is_left_out(seed: u64, settled_sex: bool, few: bool) {
            let mut random = Random(seed);
            let table = table(&mut random);
            let comparator = Comparator::new(&table);
            let mut shares = |ready: &Ready| -> Vec<f64> {
                (0..ready.levels).map(|_| (1 + random.below(1000)) as f64 / 1001.0).collect()
            };
            let same: Vec<Vec<f64>> = comparator.ready.iter().map(&mut shares).collect();
            let chance: Vec<Vec<f64>> = comparator.ready.iter().map(&mut shares).collect();
            let weights = Weights::new(&comparator, 0.01, &same, &chance);
            let mut desk = Desk::default();
            let settled = u32::from(settled_sex) << 6 | if few { 0b10_1010 } else { 0 };
            let stands = |a: &Packed, b: &Packed| {
                (0..9).all(|at| settled >> at & 1 == 0 || comparator.quick(at, a, b) == Some(1))
            };
            let records = &table.records;
            let pairs: Vec<[u32; 2]> = (0..40u32)
                .flat_map(|a| (a + 1..40).map(move |b| [a, b]))
                .filter(|&[a, b]| stands(&records[a as usize], &records[b as usize]))
                .collect();
            let batch = Batch { entries: &[], records, pairs: &pairs };
            let sieve = Sieve::new(&weights, &comparator, settled);
            let mut left_out = 0;
            for enough in [-15.0f32, -10.0, -5.0, 0.0] {
                sieve.sift(&weights, &comparator, &batch, enough - 1e-3, &mut desk);
                let likely: Vec<[u32; 2]> = desk.likely.iter().map(|likely| likely.pair).collect();
                left_out += pairs.len() - likely.len();
                for pair in &pairs {
                    let [a, b] = pair.map(|at| &records[at as usize]);
                    let (bits, _) = weights.weigh(&comparator, a, b, &mut desk);
                    proptest::prop_assert!(bits < enough || likely.contains(pair), "{pair:?} {bits}");
                }
            }
            proptest::prop_assert!(pairs.len() < 200 || left_out > 0);
        }
    }
}
