//! Entries of the ledger after they were opened: what the fold takes in.

use model::{Decision, Judgement, Outcome, Proposals, Reading, Source, SourceId};
use std::collections::BTreeMap;

/// A place in the ledger: whose log, and the entry's index in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryPlace {
    /// The writer's sixteen bytes.
    pub writer: [u8; 16],
    /// Index in the writer's log, from 0.
    pub index: u64,
}

/// How far each log has been applied: entries, by writer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Position(pub BTreeMap<[u8; 16], u64>);

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (writer, size) in &self.0 {
            writer.iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
            write!(f, ":{size} ")?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Position {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let one = |word: &str| {
            let (writer, size) = word.split_once(':')?;
            let digits = (writer.len() == 32).then_some(writer)?;
            let writer = u128::from_str_radix(digits, 16).ok()?;
            Some((writer.to_be_bytes(), size.parse().ok()?))
        };
        let all = text.split_whitespace().map(one);
        all.collect::<Option<_>>().map(Self).ok_or(())
    }
}

impl Position {
    /// Whether this is at least as far as `other` in every log.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let reached = |writer| self.0.get(writer).copied().unwrap_or(0);
        other
            .0
            .iter()
            .all(|(writer, size)| reached(writer) >= *size)
    }
}

/// An entry, opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Where it stands.
    pub place: EntryPlace,
    /// Its hybrid logical clock (milliseconds since 1970 and counter): the order of all logs.
    pub clock: (u64, u32),
    /// The device's clock, in milliseconds since 1970, UTC.
    pub at: u64,
    /// The source it is about.
    pub subject: Option<SourceId>,
    /// What it says.
    pub what: What,
}

/// What an entry says.
#[derive(Clone, Debug)]
pub enum What {
    /// A source was collected.
    Source(Box<Source>),
    /// An attempt was made to read one.
    Reading(Outcome, Option<Box<Reading>>),
    /// An extractor's proposals, and the blob that they were unpacked from.
    Proposals(Box<Proposals>, Vec<u8>),
    /// A person decided about a record.
    Decision(Box<Decision>),
    /// A person judged a link or an alert.
    Judgement(Box<Judgement>),
    /// The source's key was destroyed.
    Erased(SourceId),
    /// This device holds no key for it.
    Locked,
    /// Nothing that a view shows.
    Other,
}

impl Opened {
    /// Bytes that sort as the entries do: clock, writer, index.
    pub(crate) fn order(&self) -> [u8; 36] {
        let mut order = [0; 36];
        order[..8].copy_from_slice(&self.clock.0.to_be_bytes());
        order[8..12].copy_from_slice(&self.clock.1.to_be_bytes());
        order[12..28].copy_from_slice(&self.place.writer);
        order[28..].copy_from_slice(&self.place.index.to_be_bytes());
        order
    }
}

impl EntryPlace {
    /// The place within the bytes that [`Opened::order`] gave.
    pub(crate) fn of_order(order: &[u8]) -> Option<Self> {
        Some(Self {
            writer: order.get(12..28)?.try_into().ok()?,
            index: u64::from_be_bytes(order.get(28..36)?.try_into().ok()?),
        })
    }
}
