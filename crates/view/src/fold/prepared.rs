//! What of an entry can be made ready without the tables, in another thread.

use super::opened::{Opened, What};
use super::tally::kind_number;
use crate::names::{Joined, code};
use model::{Proposal, RecordBody, RecordKind};

/// An entry with the rows that follow from it alone.
pub(crate) struct Prepared {
    /// The entry; of proposals without the records, which lie in their blob.
    pub(crate) opened: Opened,
    pub(crate) found: Found,
}

/// What the records of a run can be found by.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) rows: Vec<Row>,
    /// The names in all of them.
    pub(crate) names: String,
}

impl Found {
    pub(super) fn of(proposals: &[Proposal]) -> Self {
        let mut finder = Finder::default();
        proposals.iter().for_each(|it| finder.push(&it.body));
        finder.finish()
    }
}

/// What a record can be found by without its names.
pub(crate) struct Row {
    pub(crate) kind: RecordKind,
    pub(crate) code: Option<String>,
}

impl Row {
    pub(crate) fn kind_number(&self) -> i64 {
        kind_number(self.kind)
    }

    /// Kind and code.
    pub(crate) fn what(&self) -> (RecordKind, Option<&str>) {
        (self.kind, self.code.as_deref())
    }
}

/// Gathers what the records of a run can be found by, one after the other.
#[derive(Default)]
pub(super) struct Finder {
    rows: Vec<Row>,
    names: Joined,
}

impl Finder {
    pub(super) fn push(&mut self, body: &RecordBody) {
        self.rows.push(Row {
            kind: body.kind(),
            code: code(body).map(str::to_owned),
        });
        self.names.push(body);
    }

    pub(super) fn finish(self) -> Found {
        Found {
            rows: self.rows,
            names: self.names.finish(),
        }
    }
}

impl Prepared {
    pub(crate) fn new(mut opened: Opened) -> Self {
        let found = match &mut opened.what {
            What::Proposals(all, _) => Found::of(&std::mem::take(&mut all.proposals)),
            _ => Found::default(),
        };
        Self { opened, found }
    }
}
