//! Which parts of two records are compared at once before a pair is weighed, and which levels their
//! agreement leaves possible. Invariant: the true level is always among the possible ones.

use super::compare::Ready;
use super::level;
use super::packed::Slot;
use super::schema::Measure;

/// A part of a record; it is compared with the same part of another record, which may have been
/// changed before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lane {
    pub(crate) slot: Slot,
    pub(crate) change: Change,
}

/// How a part is changed before another record must be equal to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    None,
    /// The next number: a year off by one.
    Next,
    /// The number before.
    Before,
    /// Month and day swapped.
    Swapped,
}

impl Change {
    #[inline]
    pub(crate) fn of(self, own: u32) -> u32 {
        match self {
            Self::None => own,
            Self::Next => own + 1,
            Self::Before => own.wrapping_sub(1),
            Self::Swapped => own >> 5 | (own & 31) << 5,
        }
    }
}

/// The lanes of a comparison, at most four; none where agreement in parts says too little.
pub(crate) fn lanes_of(ready: &Ready) -> Vec<Lane> {
    let whole = |slot: Slot| Lane {
        slot,
        change: Change::None,
    };
    let part = |shift: u8, mask: u32, change: Change| Lane {
        slot: Slot {
            shift: ready.slots[0].shift + shift,
            mask,
            ..ready.slots[0]
        },
        change,
    };
    let year = |change| part(9, 0xFFF, change);
    let (month, day) = (part(5, 0xF, Change::None), part(0, 0x1F, Change::None));
    match ready.measure {
        Measure::Exact | Measure::JaroWinkler { .. } | Measure::Edits { .. } => {
            vec![whole(ready.slots[0])]
        }
        Measure::Birth => {
            let swapped = part(0, 0x1FF, Change::Swapped);
            vec![year(Change::None), month, day, swapped]
        }
        Measure::Event => vec![year(Change::None), month, day],
        Measure::Year => vec![year(Change::None), year(Change::Next), year(Change::Before)],
        Measure::Hierarchy => ready.slots[..ready.depth & 7]
            .iter()
            .map(|&slot| whole(slot))
            .collect(),
        Measure::Overlap => Vec::new(),
    }
}

/// The levels (as bits) at which two records can stand when some lanes of a comparison agree and
/// others differ; in the rest at least one record is unknown.
pub(crate) fn possible(ready: &Ready, agree: usize, differ: usize) -> u32 {
    let (agrees, differs) = (
        |lane: usize| agree >> lane & 1 == 1,
        |lane: usize| differ >> lane & 1 == 1,
    );
    if agree & differ != 0 {
        return 0; // cannot be
    }
    match ready.measure {
        Measure::Exact if differs(0) => 1 << 2,
        Measure::JaroWinkler { .. } | Measure::Edits { .. } if differs(0) => 0b11100,
        Measure::Exact | Measure::JaroWinkler { .. } | Measure::Edits { .. } => {
            1 << u32::from(agrees(0))
        }
        Measure::Year if agrees(0) => 1 << 1,
        Measure::Year if differs(0) => 1 << if agrees(1) || agrees(2) { 2 } else { 3 },
        Measure::Year => 1,
        Measure::Birth | Measure::Event if !agrees(0) && !differs(0) => 1,
        Measure::Birth => births(ready.open_years, agrees, differs),
        Measure::Event => events(agrees, differs),
        Measure::Hierarchy => {
            let pair = |depth: usize| match (agrees(depth), differs(depth)) {
                (true, _) => (1, 1),
                (_, true) => (1, 2),
                _ => (0, 1),
            };
            1 << level::hierarchy(ready.depth, pair)
        }
        Measure::Overlap => u32::MAX,
    }
}

/// Lanes: year, month, day, swapped.
fn births(
    open_years: bool,
    agrees: impl Fn(usize) -> bool,
    differs: impl Fn(usize) -> bool,
) -> u32 {
    let (month_unknown, far) = (!agrees(1) && !differs(1), 1 << 8);
    match (agrees(0), agrees(1)) {
        (true, true) if agrees(2) => 1 << 1,
        (true, true) => 1 << 3,
        (true, false) if month_unknown => 1 << 5,
        (true, false) if agrees(3) => 1 << 2,
        (true, false) => 1 << 7,
        (false, true) if agrees(2) => 1 << 4 | far,
        (false, false) if month_unknown => u32::from(open_years) << 5 | 1 << 6 | far,
        (false, _) => far,
    }
}

/// Lanes: year, month, day.
fn events(agrees: impl Fn(usize) -> bool, differs: impl Fn(usize) -> bool) -> u32 {
    let (month_unknown, far) = (!agrees(1) && !differs(1), 1 << 8);
    match (agrees(0), agrees(1)) {
        (true, true) if agrees(2) => 1 << 1,
        (true, true) if differs(2) => 1 << 4,
        (true, true) => 1 << 2,
        (true, false) if month_unknown => 1 << 3,
        (true, false) => 1 << 7,
        (false, true) => 1 << 5 | far,
        (false, false) if month_unknown => 1 << 6 | far,
        (false, false) => far,
    }
}
