//! Linking lists of persons after Fellegi and Sunter (1969): which rows of which lists are one person.
//!
//! | to | start with |
//! | --- | --- |
//! | link rows as people write them | [`persons`], then [`Plan::learn`] and [`Plan::link`] |
//! | link any other table | [`Schema::parse`], [`TableBuilder`] |
//! | do it in shares, on several machines | [`Plan::score`] a [`Partition`], then [`Plan::group`] |
//! | answer *why?* | [`Plan::why`], [`Linkage::why_together`] |
//! | let people decide | [`Linkage::questions`], [`Judgement`] |
//!
//! Words: a *rule* makes *pairs*; a pair has a *pattern* of levels and a weight in *bits*; pairs
//! that are kept are *edges*; rows that edges join are a *person*. Invariants: no pair is compared
//! twice; candidates are never held, only edges; the result depends neither on threads nor on the
//! order of rows; nothing between the two cuts is joined without a person.

mod batch;
mod blocking;
mod candidates;
mod capture;
mod chance;
mod compare;
mod dictionary;
mod edge;
mod em;
mod error;
mod explain;
mod group;
mod impossible;
mod judgement;
mod lanes;
mod level;
mod link;
mod options;
mod oversize;
mod packed;
mod parallel;
mod person;
mod plan;
mod review;
mod row;
mod rules;
mod schema;
mod sift;
mod similarity;
mod sort;
mod table;
mod train;
mod visit;
mod weights;

pub use edge::{EDGE_BYTES, Edge, Edges, InMemory, Spill};
pub use error::PeopleError;
pub use explain::{Explanation, Step};
pub use group::{Apart, Join};
pub use judgement::{Conflict, Judgement, Verdict};
pub use link::Linkage;
pub use options::{Blocking, Options, Prior, Progress, Training};
pub use person::{PersonRow, persons};
pub use plan::{Plan, RuleReport};
pub use review::Question;
pub use row::{Cell, PartialDay, RowId};
pub use schema::{Comparison, Field, Kind, Measure, Schema};
pub use table::{Table, TableBuilder};
pub use train::{BlockReport, TrainingReport};
pub use visit::Partition;
pub use weights::{bits_of, probability};
