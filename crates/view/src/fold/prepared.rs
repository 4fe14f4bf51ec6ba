//! What of an entry can be made ready without the tables, in another thread.

use super::opened::{Opened, What};
use super::tally::kind_number;
use crate::names::{code, join, names};
use model::{Proposal, RecordKind};

/// An entry with the rows that follow from it alone.
pub(crate) struct Prepared {
    pub(crate) opened: Opened,
    pub(crate) rows: Vec<Row>,
    /// The names in all of them.
    pub(crate) names: String,
}

/// What a record can be found by.
pub(crate) struct Row {
    pub(crate) kind: RecordKind,
    pub(crate) code: Option<String>,
    pub(crate) names: String,
}

impl Row {
    pub(crate) fn of(proposal: &Proposal) -> Self {
        Self {
            kind: proposal.body.kind(),
            code: code(&proposal.body).map(str::to_owned),
            names: names(&proposal.body),
        }
    }

    pub(crate) fn kind_number(&self) -> i64 {
        kind_number(self.kind)
    }
}

impl Prepared {
    pub(crate) fn new(opened: Opened) -> Self {
        let rows: Vec<Row> = match &opened.what {
            What::Proposals(proposals, _) => proposals.proposals.iter().map(Row::of).collect(),
            _ => Vec::new(),
        };
        let names = join(rows.iter().map(|row| row.names.as_str()));
        Self {
            opened,
            rows,
            names,
        }
    }
}
