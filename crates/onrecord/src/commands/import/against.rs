//! What is on record of a list: whether it was imported, and how it differs from its last version.

use super::Plan;
use crate::cli::Global;
use crate::failure::Result;
use crate::holdings;
use crate::session::Session;
use extract::lists::Imported;
use link::persons::{self, Comparison};
use model::{Compartment, Person, ProposedBy, RecordBody, RecordKind, Sha256Digest, SourceId};
use std::ops::ControlFlow;
use view::{ReadState, RecordFilter, View};

/// The list held against its last version.
pub struct Against {
    /// The last version's source.
    pub source: SourceId,
    /// The name of its file.
    pub name: String,
    /// What became of its rows.
    pub comparison: Comparison,
}

/// Holds the persons of an import against the newest other version of the list on record.
pub fn earlier(
    session: &Session,
    global: &Global,
    plan: &Plan,
    imported: &Imported,
) -> Result<Option<Against>> {
    let view = session.view(global)?;
    let original = collect::digest(&plan.file.bytes);
    let mut last: Option<(SourceId, String, Vec<Person>)> = None;
    holdings::each_source(&view, Compartment::Sealed, &mut |info| {
        let is_list = read::is_table(&info.source.media_type);
        let newer = last.as_ref().is_none_or(|(id, ..)| *id < info.id);
        if is_list && newer && info.source.original != original {
            let persons = persons_of(&view, info.id, &plan.terms.list)?;
            if !persons.is_empty() {
                last = Some((info.id, info.source.collected.name, persons));
            }
        }
        Ok(())
    })?;
    let Some((source, name, before)) = last else {
        return Ok(None);
    };
    let before: Vec<&Person> = before.iter().collect();
    let proposals = imported.runs.iter().flatten();
    let after: Vec<&Person> = proposals
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Person(person) => Some(person),
            _ => None,
        })
        .collect();
    Ok(Some(Against {
        source,
        name,
        comparison: persons::compare(&before, &after),
    }))
}

/// The persons that a source gave as rows of a list.
fn persons_of(view: &View, source: SourceId, list: &str) -> Result<Vec<Person>> {
    let mut persons = Vec::new();
    view.records(&of(source), &mut |record| {
        if let RecordBody::Person(person) = record.body
            && person
                .listed
                .as_ref()
                .is_some_and(|row| row.value.list == list)
        {
            persons.push(person);
        }
        ControlFlow::Continue(())
    })?;
    Ok(persons)
}

/// Whether a source has records of that run.
pub fn is_imported(view: &View, source: SourceId, run: &str) -> Result<bool> {
    let mut found = false;
    view.records(&of(source), &mut |record| {
        found = matches!(&record.proposed_by, ProposedBy::Extractor { extractor, .. } if extractor == run);
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}

/// The digest of the reading that a source has.
pub fn reading_of(view: &View, source: SourceId) -> Result<Option<Sha256Digest>> {
    let info = view.source(&source)?;
    Ok(info.and_then(|info| match info.state {
        ReadState::Read { reading, .. } => Some(reading),
        _ => None,
    }))
}

fn of(source: SourceId) -> RecordFilter {
    RecordFilter {
        kinds: vec![RecordKind::Person],
        source: Some(source),
        ..RecordFilter::default()
    }
}
