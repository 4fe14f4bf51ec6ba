//! From bytes to the ledger: collects sources, has them read and records proposed, and puts all
//! of it on record.
//!
//! Where to start: [`gather`] turns paths and patterns into [`Item`]s; [`Collector::add`] takes
//! them through; [`judge()`] puts on record what a person judged. The command line and the server both go through here.
//!
//! Invariants: an original is on record whether or not it can be read. What an
//! [`Event::Collected`] names is durable. Items enter the ledger in the order they were given.

mod add;
mod again;
mod budget;
mod check;
mod item;
mod judge;
mod order;
mod prepare;
mod propose;
mod record;

pub use add::{Collector, Error, Event, Summary, Terms};
pub use again::Again;
pub use check::{Checker, LONGEST};
pub use item::{Content, Item, Items, Skipped, gather};
pub use judge::{JudgeError, judge};
pub use prepare::digest;
pub use propose::{Propose, Run};
