//! Allegations that describe the same act or event, in incidents that say why.
//!
//! An incident of the level [`Level::Event`] is one act or event; one of the level
//! [`Level::Pattern`] is a general claim ("systematic torture in political prison camps") with all
//! that repeats it, and never holds an event.
//!
//! Start with [`Grouping::of`]; look at [`Incident::members`] and [`Incident::contradictions`].
//!
//! Invariant: the same records in any order give the same incidents; contradictions stand side by
//! side and are never resolved here; what a person judged holds.

mod block;
mod build;
mod cluster;
mod compare;
mod contradictions;
mod days;
mod facts;
mod gather;
mod gazetteers;
mod happenings;
mod identity;
mod incident;
mod judged;
mod rules;
mod types;
mod words;

pub use gather::Grouping;
pub use gazetteers::GazetteerError;
pub use identity::{Identities, spelling};
pub use incident::{
    Account, Apart, Cite, Contradiction, Disputed, Happening, How, Incident, Level, Member, Named,
    Reason, Time, Victims,
};
pub use judged::{Conflict, Judged};
pub use rules::{RuleError, Rules};
pub use types::Types;

pub(crate) use identity::folded;
