//! What belongs together: the same person in several lists, the same text in several documents,
//! the same event in several reports, the same demand over the years.
//!
//! Which module do I start with?
//!
//! | to | use |
//! | --- | --- |
//! | compare names across scripts and romanisations | [`names`] |
//! | link lists of persons | [`people`] |
//! | turn records of persons into rows for that, newest version of each list | [`persons`] |
//! | find which documents share text, and where it came from | [`lineage`] |
//! | find which pictures look alike | [`pictures`] |
//! | group allegations into incidents and count their independent origins | [`incidents`], [`corroboration`] |
//! | follow persons to be found | [`cases`] |
//! | follow demands and what became of them | [`threads`] |
//! | see who stood with which statement over the years | [`stands`] |
//! | count, and look for what is systematic | [`patterns`] |
//! | be warned by rules over what comes in | [`alerts`] |
//!
//! Architecture invariants: pure functions over records, which know nothing of archives, views or
//! files; every link says why it was made; the same input in any order gives the same result.

pub mod alerts;
pub mod cases;
mod corpus;
pub mod corroboration;
mod document;
pub mod incidents;
pub mod lineage;
mod mentions;
pub mod names;
pub mod patterns;
pub mod people;
pub mod persons;
pub mod pictures;
mod places;
mod sets;
mod stable_id;
pub mod stands;
pub mod threads;
mod verdicts;
mod when;

pub use corpus::{Dated, Evidence, fold};
pub use document::{Document, Origin, Provenance};
pub use mentions::entities;
pub use places::StateOf;
pub use when::Days;
