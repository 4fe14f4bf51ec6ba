//! Which documents share text, and where it came from.
//!
//! Which type do I start with? [`Lineages::of`] takes all documents at once and answers who
//! copied whom; [`Index::add`] takes one more and answers at once which others share words with
//! it. Method, limits and figures: `docs/lineage.md`.
//!
//! Invariant: what is said is what was seen. Reuse in other words is not seen, so documents
//! without an edge have "no shared text found" and are never called independent, and the number
//! of origins is an upper bound.

mod align;
mod clues;
mod common;
mod credits;
mod dateline;
mod describe;
mod direction;
mod edge;
mod held;
mod index;
mod join;
mod judge;
mod letters;
mod lineages;
mod piles;
mod postings;
mod prints;
mod repeats;
mod rules;
mod say;
mod store;
mod stored;
mod words;

pub use direction::{Confidence, Direction, Sign, What};
pub use edge::{Edge, Relation, SharedPassage};
pub use index::{DocumentText, Index};
pub use lineages::Lineages;
pub use repeats::repeats;
pub use rules::{Rules, RulesError};
pub use store::{MemoryStore, Store, StoreError};
