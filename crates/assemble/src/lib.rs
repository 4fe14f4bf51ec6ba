//! Everything that an archive holds, laid side by side: what `link` needs of a view and its
//! archive, and what comes of it, each part made when it is first asked for.
//!
//! Where to start: [`Assembled::gather`], then [`Assembled::grouping`], [`Assembled::register`],
//! [`Assembled::threads`] and their sisters. The command line and the server both go through here.
//!
//! Invariants: nothing goes into the archive (pairs that outgrow memory wait in files without a
//! name, which hold row numbers and weights, no names); whatever is given back is made of records,
//! documents and judgements alone, so the same archive gives the same answers on every device with
//! its keys.

mod assembled;
mod error;
mod gather;
pub mod json;
mod listed;
mod names;
mod people;
mod spill;

pub use assembled::Assembled;
pub use error::{Error, Result};
pub use names::{Form, Forms};
pub use people::{People, record_id, row_id};
