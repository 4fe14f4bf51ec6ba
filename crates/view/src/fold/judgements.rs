//! What people judged of links and alerts: kept as it was said, the sources it is about beside it.

use super::Fold;
use super::opened::Opened;
use super::sources::State;
use crate::Result;
use model::{Judged, Judgement, SourceId, to_cbor};
use rusqlite::params;

impl Fold<'_, '_> {
    pub(super) fn judgement(&mut self, opened: &Opened, judgement: &Judgement) -> Result<()> {
        let judged: Vec<Judged> = judgement.matter.judged();
        for one in &judged {
            if self.row(&one.source)?.is(State::Erased) {
                return Ok(());
            }
        }
        let source = |at: usize| judged.get(at).map(|one| *one.source.as_bytes());
        self.connection
            .prepare_cached(
                "INSERT OR IGNORE INTO judgements (place, at, one, other, body)
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                opened.order(),
                opened.at as i64,
                source(0),
                source(1),
                to_cbor(judgement)?,
            ])?;
        Ok(())
    }

    /// Takes away what was judged of the records of a source.
    pub(super) fn remove_judgements(&self, source: &SourceId) -> Result<()> {
        let mut remove = self
            .connection
            .prepare_cached("DELETE FROM judgements WHERE one = ?1 OR other = ?1")?;
        remove.execute([source.as_bytes()])?;
        Ok(())
    }
}
