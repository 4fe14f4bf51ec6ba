//! What people judged of links and alerts, as it holds now.
//!
//! Invariant: of several judgements of one matter, the latest by the ledger's order holds,
//! whichever device wrote it. A record that was proposed again under another id is found by its
//! place, so a judgement outlives the extractor that it was made under.

use crate::{RecordFilter, Result, View};
use model::{Judged, Judgement, Matter, Record, RecordId, Verdict, from_cbor};
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
        let mut latest: BTreeMap<Matter, (usize, Standing)> = BTreeMap::new();
        let mut today = BTreeMap::new();
        for (number, (at, judgement)) in self.all_judgements()?.into_iter().enumerate() {
            let Some(matter) = self.matter_today(judgement.matter.clone(), &mut today)? else {
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

    /// The matter with the records of today; `None` when one of them is gone.
    fn matter_today(
        &self,
        matter: Matter,
        known: &mut BTreeMap<RecordId, Option<Judged>>,
    ) -> Result<Option<Matter>> {
        let mut today = |judged: Judged| -> Result<Option<Judged>> {
            if let Some(found) = known.get(&judged.record) {
                return Ok(*found);
            }
            let found = self.judged_today(judged)?;
            known.insert(judged.record, found);
            Ok(found)
        };
        Ok(match matter {
            Matter::Pair(left, right) => match (today(left)?, today(right)?) {
                (Some(left), Some(right)) => Some(Matter::pair(left, right)),
                _ => None,
            },
            Matter::Alert(id, evidence) => {
                today(evidence)?.map(|evidence| Matter::Alert(id, evidence))
            }
        })
    }

    fn judged_today(&self, judged: Judged) -> Result<Option<Judged>> {
        let filter = RecordFilter {
            kinds: vec![judged.kind],
            source: Some(judged.source),
            ..RecordFilter::default()
        };
        let mut found = None;
        self.records(&filter, &mut |record| {
            if record.id == judged.record {
                found = judged_of(&record).or(Some(judged));
                return ControlFlow::Break(());
            }
            let other = judged_of(&record).filter(|other| stands_where(other, &judged));
            if let Some(other) = other
                && (found.is_none() || other.span == judged.span)
            {
                found = Some(other);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }
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
