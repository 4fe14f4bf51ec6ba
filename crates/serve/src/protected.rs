//! The names of protected persons: whoever a restricted or sealed source names, but public figures
//! that a gazetteer knows.
//!
//! Invariants: a name that ever stood in a record is protected, whatever was decided of the record
//! since. The names are those of the ledger's end; what an entry added is read from the source that
//! it is about, and from no other.

use crate::answer::Trouble;
use crate::vault::Open;
use archive::{EntryKind, Position};
use model::{Compartment, EntityKind, RecordBody, SourceId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use view::{RecordFilter, SourceFilter, View};
use web::mask::Mask;

/// The names, by the source that has them.
#[derive(Default)]
pub(crate) struct Protected {
    /// How far the ledger was looked through; `None` before the first time.
    at: Option<Position>,
    by_source: BTreeMap<SourceId, BTreeSet<String>>,
    mask: Option<Arc<Mask>>,
}

impl Protected {
    /// The mask as of the ledger's end.
    ///
    /// # Errors
    /// When the ledger or the view cannot be read: then nothing can be shown safely.
    pub(crate) fn mask(&mut self, open: &Open) -> Result<Arc<Mask>, Trouble> {
        let now = open.archive.position();
        if let Some(mask) = self
            .mask
            .as_ref()
            .filter(|_| self.at.as_ref() == Some(&now))
        {
            return Ok(Arc::clone(mask));
        }
        let view = open.views.lease(&open.archive)?;
        let has_changed = match self.new_in(open)? {
            Some(sources) => self.look_again(&view, &sources)?,
            None => {
                self.by_source = of_all(&view)?;
                true
            }
        };
        let mask = match self.mask.take().filter(|_| !has_changed) {
            Some(mask) => mask,
            None => {
                let mask = Mask::new(self.by_source.values().flatten());
                Arc::new(mask.map_err(|error| Trouble::Failed(error.to_string()))?)
            }
        };
        self.mask = Some(Arc::clone(&mask));
        // A view that another process brings up to date may be behind: it is looked at again.
        let is_behind = now.0.iter().any(|(writer, size)| {
            view.position()
                .is_ok_and(|at| at.0.get(&writer.0) < Some(size))
        });
        if !is_behind {
            self.at = Some(now);
        }
        Ok(mask)
    }

    /// The sources that new entries are about; `None` where any source may have come to light.
    fn new_in(&self, open: &Open) -> Result<Option<BTreeSet<SourceId>>, Trouble> {
        let Some(since) = &self.at else {
            return Ok(None);
        };
        let mut sources = BTreeSet::new();
        for found in open.archive.entries(since) {
            let entry = found?.entry;
            if entry.kind == EntryKind::Member {
                return Ok(None);
            }
            sources.extend(entry.subject);
        }
        Ok(Some(sources))
    }

    /// Reads the names of these sources anew; whether there are others than before.
    fn look_again(&mut self, view: &View, sources: &BTreeSet<SourceId>) -> Result<bool, Trouble> {
        let mut has_changed = false;
        for source in sources {
            let info = view.source(source)?;
            let names = match info.is_some_and(|info| is_narrow(info.source.compartment)) {
                true => of_source(view, *source)?,
                false => BTreeSet::new(),
            };
            let before = match names.is_empty() {
                true => self.by_source.remove(source),
                false => self.by_source.insert(*source, names.clone()),
            };
            has_changed |= before.unwrap_or_default() != names;
        }
        Ok(has_changed)
    }
}

fn is_narrow(compartment: Compartment) -> bool {
    compartment > Compartment::Open
}

fn of_all(view: &View) -> Result<BTreeMap<SourceId, BTreeSet<String>>, Trouble> {
    let mut sources = Vec::new();
    view.each_source(&SourceFilter::default(), &mut |info| {
        if is_narrow(info.source.compartment) {
            sources.push(info.id);
        }
        ControlFlow::Continue(())
    })?;
    let names = sources.into_iter().map(|id| Ok((id, of_source(view, id)?)));
    names.collect()
}

/// Every name that a source's records have or had: as proposed, and as each correction said.
fn of_source(view: &View, source: SourceId) -> Result<BTreeSet<String>, Trouble> {
    let filter = RecordFilter {
        source: Some(source),
        ..RecordFilter::default()
    };
    let (mut names, mut corrected) = (BTreeSet::new(), Vec::new());
    view.records(&filter, &mut |record| {
        named(&record.body, &mut names);
        let corrections = record.history.iter();
        let corrections = corrections.filter_map(|change| change.decision.corrected.as_ref());
        let mut is_corrected = false;
        for correction in corrections {
            named(&correction.proposal.body, &mut names);
            is_corrected = true;
        }
        if is_corrected {
            corrected.push(record);
        }
        ControlFlow::Continue(())
    })?;
    for record in corrected {
        if let Some(proposed) = view.as_proposed(&record)? {
            named(&proposed.body, &mut names);
        }
    }
    // So they stand in identities, and with these in addresses and tables.
    let folded: Vec<String> = names.iter().map(|name| link::fold(name)).collect();
    names.extend(folded);
    Ok(names)
}

fn named(body: &RecordBody, names: &mut BTreeSet<String>) {
    if let RecordBody::Person(person) = body {
        if person.key.is_none() {
            names.extend(person.names.iter().map(|name| name.value.form.clone()));
        }
        // The family of a public figure is no public figure.
        let relatives = person.relatives.iter();
        names.extend(relatives.map(|one| one.value.name.form.clone()));
    }
    if let RecordBody::Case(case) = body {
        names.extend(case.next_of_kin.iter().map(|kin| kin.value.name.clone()));
    }
    let entities = link::entities(body).into_iter();
    let persons = entities.filter(|one| one.kind == EntityKind::Person && one.key.is_none());
    names.extend(persons.map(|one| one.name.clone()));
}
