//! The text index: one document for every passage of the clean text (a very long passage in
//! several), with what is needed to find it, to count it in facets and to show it.
//!
//! Invariant: the index is a function of the readings that were put in; which thread indexed
//! what, and how segments were merged, changes no answer.

mod bigrams;
mod collect;
mod fields;
pub(crate) mod index;
pub(crate) mod passages;
mod snippet;
mod steady;
mod stems;
mod suggest;
mod syntax;
mod terms;
mod words;

pub use collect::Facets;
