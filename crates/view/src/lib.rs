//! A view: this device's copy of an archive's content, folded so that questions are answered
//! quickly. Everything in it comes from the ledger and can be made again from it.
//!
//! Which type do I start with?
//!
//! | to | use |
//! | --- | --- |
//! | open a view, or make an empty one | [`View::open`] |
//! | take in what is new in the archive | [`View::catch_up`] |
//! | make it anew | [`View::rebuild`] |
//! | say how much there is | [`View::status`] |
//! | list sources, count and find them | [`View::sources`], [`View::source_facets`], [`View::resolve_source`], [`View::by_original`] |
//! | stream records, find one | [`View::records`], [`View::resolve_record`], [`View::record`] |
//! | know what people judged of links | [`View::judgements`] |
//! | search the text | [`View::search`] |
//!
//! Records lie in SQLite under SQLCipher, text in a tantivy index inside an
//! [`EncryptedDirectory`]; both are encrypted with keys derived from the device's view key, which
//! this crate never writes. The layout is in `docs/formats/views.md`.
//!
//! Architecture invariants: this crate is read-only to everyone above; nothing in a view is not
//! in the ledger; a view that grew entry by entry answers as one that was rebuilt.

mod database;
mod directory;
mod error;
mod fold;
mod grave;
mod judgements;
mod keys;
mod ledger;
mod names;
mod prefix;
mod record_id;
mod records;
mod review;
mod search;
mod source_facets;
mod sources;
mod status;
mod text;
mod view;

pub use directory::EncryptedDirectory;
pub use error::{Error, Result};
pub use fold::{EntryPlace, Opened, Position, What};
pub use grave::{grave_codes, is_grave};
pub use judgements::{Standing, judged_of};
pub use ledger::{likeness_of, outcome_at, reading_at};
pub use record_id::record_id;
pub use records::RecordFilter;
pub use review::{
    ReviewFilter, ReviewOrder, ReviewProgress, correction_that_holds, decision_of, needs_two, upon,
    waits_for,
};
pub use search::{Found, Hit, Query, Without};
pub use source_facets::SourceFacets;
pub use sources::{Page, ReadState, SourceFilter, SourceInfo, Withheld};
pub use status::Counts;
pub use text::Facets;
pub use view::{Applied, Incoming, Progress, View};
