//! What people judged of links and alerts, as it holds now.
//!
//! Invariant: of several judgements of one matter, the latest by the ledger's order holds,
//! whichever device wrote it. A record that was proposed again under another id is found by its
//! place, so a judgement outlives the extractor that it was made under.

use crate::{RecordFilter, Result, View};
use model::{
    Judged, Judgement, Matter, Record, RecordId, RecordKind, SourceId, Verdict, from_cbor,
};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// A judgement that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Milliseconds since 1970, UTC, by the clock of the device that wrote it.
    pub at: u64,
    /// What was judged; its records are those of today.
    pub judgement: Judgement,
    /// How many judgements of the same matter it follows.
    pub earlier: u32,
}

impl View {
    /// The judgements that hold, in the order in which they were last made. Withdrawn ones and
    /// those whose records are gone are left out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn judgements(&self) -> Result<Vec<Standing>> {
        let all = self.all_judgements()?;
        let judged = all.iter().flat_map(|(_, one)| one.matter.judged());
        let today = self.today(judged)?;
        let mut latest: BTreeMap<Matter, (usize, Standing)> = BTreeMap::new();
        for (number, (at, judgement)) in all.into_iter().enumerate() {
            let Some(matter) = matter_today(&judgement.matter, &today) else {
                continue;
            };
            let earlier = latest.get(&matter).map_or(0, |(_, old)| old.earlier + 1);
            let judgement = Judgement {
                matter: matter.clone(),
                ..judgement
            };
            let standing = Standing {
                at,
                judgement,
                earlier,
            };
            latest.insert(matter, (number, standing));
        }
        let mut standing: Vec<_> = latest.into_values().collect();
        standing.sort_by_key(|(number, _)| *number);
        let holds = standing.into_iter().map(|(_, standing)| standing);
        Ok(holds
            .filter(|standing| standing.judgement.verdict != Verdict::Withdrawn)
            .collect())
    }

    fn all_judgements(&self) -> Result<Vec<(u64, Judgement)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT at, body FROM judgements ORDER BY place")?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let judgement = from_cbor(&row.get::<_, Vec<u8>>(1)?)?;
            all.push((row.get::<_, i64>(0)? as u64, judgement));
        }
        Ok(all)
    }

    /// What was judged, as it stands today, by the record that was judged; what is gone is left out.
    /// Each source is gone through once, however many of its records were judged.
    fn today(&self, judged: impl Iterator<Item = Judged>) -> Result<BTreeMap<RecordId, Judged>> {
        let mut wanted: BTreeMap<(SourceId, RecordKind), BTreeMap<RecordId, Judged>> =
            BTreeMap::new();
        for one in judged {
            let of_source = wanted.entry((one.source, one.kind)).or_default();
            of_source.insert(one.record, one);
        }
        let mut today = BTreeMap::new();
        for ((source, kind), mut wanted) in wanted {
            let filter = RecordFilter {
                kinds: vec![kind],
                source: Some(source),
                ..RecordFilter::default()
            };
            let mut there = Vec::new();
            self.records(&filter, &mut |record| {
                let now = judged_of(&record);
                if let Some(known) = wanted.remove(&record.id) {
                    today.insert(record.id, now.unwrap_or(known));
                }
                there.extend(now);
                match wanted.is_empty() {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            })?;
            for (id, judged) in wanted {
                let mut at_its_place = there.iter().filter(|one| stands_where(one, &judged));
                let first = at_its_place.next();
                let same_words = at_its_place.rfind(|one| one.span == judged.span);
                if let Some(found) = same_words.or(first) {
                    today.insert(id, *found);
                }
            }
        }
        Ok(today)
    }
}

/// The matter with the records of today; `None` when one of them is gone.
fn matter_today(matter: &Matter, today: &BTreeMap<RecordId, Judged>) -> Option<Matter> {
    let now = |judged: &Judged| today.get(&judged.record).copied();
    Some(match matter {
        Matter::Pair(left, right) => Matter::pair(now(left)?, now(right)?),
        Matter::Alert(id, evidence) => Matter::Alert(id.clone(), now(evidence)?),
    })
}

/// A record as a judgement names it; `None` for one without a source or a citation.
#[must_use]
pub fn judged_of(record: &Record) -> Option<Judged> {
    let citation = record.citations.first()?;
    Some(Judged {
        record: record.id,
        kind: record.body.kind(),
        source: record.source?,
        reading: citation.reading,
        span: citation.quote.span,
    })
}

/// Whether two records of one kind are carried by the same words.
fn stands_where(one: &Judged, other: &Judged) -> bool {
    let overlaps = one.span.start < other.span.end && other.span.start < one.span.end;
    one.reading == other.reading && overlaps
}
