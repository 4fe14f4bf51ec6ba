//! What is held of each source: the view's row, and the reading fetched from the archive.

use crate::failure::{Failure, Result};
use crate::report::Held;
use crate::session::Session;
use model::{Compartment, Reading, Record, SourceId};
use std::ops::ControlFlow;
use view::{ReadState, RecordFilter, SourceFilter, SourceInfo, View};

/// Calls `each` for every source that may go where `up_to` goes, in the order of collection;
/// returns how many were withheld.
pub fn each_source(
    view: &View,
    up_to: Compartment,
    each: &mut dyn FnMut(SourceInfo) -> Result<()>,
) -> Result<u64> {
    let (mut withheld, mut failed) = (0, None);
    view.each_source(&SourceFilter::default(), &mut |source| {
        if source.source.compartment > up_to {
            withheld += 1;
            return ControlFlow::Continue(());
        }
        match each(source) {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => {
                failed = Some(failure);
                ControlFlow::Break(())
            }
        }
    })?;
    if let Some(failure) = failed {
        return Err(failure);
    }
    Ok(withheld)
}

/// The reading of a source; in words, why there is none.
pub fn reading(session: &Session, info: &SourceInfo) -> Result<Result<Reading, String>> {
    Ok(match &info.state {
        ReadState::Waiting => Err("Nobody tried to read it yet.".to_owned()),
        ReadState::Unread { reason, .. } => Err(reason.clone()),
        ReadState::Read { entry, .. } => Ok(view::reading_at(&session.archive, entry)?),
    })
}

/// The records read from a source, in the order of their first quotes.
pub fn records(view: &View, source: SourceId) -> Result<Vec<Record>> {
    let filter = RecordFilter {
        source: Some(source),
        ..RecordFilter::default()
    };
    let mut records = Vec::new();
    view.records(&filter, &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    })?;
    Ok(records)
}

/// Everything that is held of a source.
pub fn held(session: &Session, view: &View, info: SourceInfo) -> Result<Held> {
    Ok(Held {
        id: info.id,
        reading: reading(session, &info)?,
        records: records(view, info.id)?,
        source: info.source,
    })
}

/// What a user named: a source or a record.
pub enum Named {
    /// A source, by the start of its id or of its original's SHA-256.
    Source(Box<SourceInfo>),
    /// A record, by the start of its id.
    Record(Box<Record>),
}

/// Finds what the start of an id or of a digest names.
pub fn find(view: &View, prefix: &str) -> Result<Named> {
    if let Some(id) = view.resolve_source(prefix)?
        && let Some(info) = view.source(&id)?
    {
        return Ok(Named::Source(Box::new(info)));
    }
    if let Some(id) = view.resolve_record(prefix)?
        && let Some(record) = view.record(&id)?
    {
        return Ok(Named::Record(Box::new(record)));
    }
    Err(nothing(prefix))
}

/// Finds a source.
pub fn find_source(view: &View, prefix: &str) -> Result<SourceInfo> {
    match view.resolve_source(prefix)? {
        Some(id) => view.source(&id)?.ok_or_else(|| withheld(id)),
        None => Err(nothing(prefix)),
    }
}

fn nothing(prefix: &str) -> Failure {
    Failure::new(format!(
        "nothing on record has an id or a SHA-256 that begins with {prefix}; `onrecord list` shows \
         what there is"
    ))
}

fn withheld(id: SourceId) -> Failure {
    Failure::new(format!(
        "source {id} is on record, but this device cannot open it: it holds no key, or the key \
         was destroyed"
    ))
}
