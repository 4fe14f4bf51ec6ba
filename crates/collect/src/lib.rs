//! From bytes to the ledger: collects sources, has them read and records proposed, and puts all
//! of it on record.
//!
//! Where to start: [`gather`] turns paths and patterns into [`Item`]s; [`Collector::add`] takes
//! them through; [`judge()`] puts on record what a person
//! judged of links, [`decide()`] what a person decided of a record, [`put_coded`] what a person coded
//! by hand, [`put_account`] what was done to an account. The command line and the server both go through here.
//!
//! Invariants: an original is on record whether or not it can be read. What an
//! [`Event::Collected`] names is durable. Items enter the ledger in the order they were given.

mod add;
mod again;
mod budget;
mod check;
mod correct;
mod decide;
mod fields;
mod general;
mod item;
mod judge;
mod note;
mod order;
mod prepare;
mod propose;
mod quotes;
mod record;
mod reread;
mod written;

pub use add::{Collector, Error, Event, Known, NotTold, Summary, Terms};
pub use again::{Again, put_run};
pub use check::{Checker, LONGEST};
pub use correct::{
    CorrectError, Edit, NewValue, RULE, RestsOn, check_correction, code_anew, correct,
};
pub use decide::{Coded, DecideError, decide, put_coded};
pub use fields::{Field, Shape, fields, kinds};
pub use general::put_account;
pub use item::{Content, Item, Items, Skipped, gather};
pub use judge::judge;
pub use note::{Note, put_note};
pub use prepare::digest;
pub use propose::{Propose, Run};
pub use reread::{Reread, difference};
