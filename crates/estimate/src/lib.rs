//! How many are in no list at all: multiple systems estimation from overlapping lists.
//!
//! Which function do I start with?
//!
//! | to | use |
//! | --- | --- |
//! | make a table from who is on which list | [`Histories`] |
//! | estimate, with every method side by side and caveats | [`estimate()`] |
//! | the same by year, place or group, and the sum | [`estimate_strata`] |
//! | see how the figure moves with the link threshold | [`sensitivity()`] |
//! | see what each list covers | [`coverage()`] |
//! | read the answer | [`text()`], [`plot()`], or serde's JSON of [`Estimate`] |
//! | use one method alone | [`loglinear`], [`decomposable`], [`latent`], [`chapman`], [`chao_lower_bound`] |
//!
//! Architecture invariant: no IO, no clock, no randomness but from a seed that is passed in; the
//! same input and seed give the same figures on every machine.

mod caveats;
mod coverage;
pub mod decomposable;
mod draws;
mod error;
mod estimate;
mod examine;
mod histories;
pub mod latent;
mod link_error;
pub mod loglinear;
mod method;
mod numeric;
mod plot;
mod random;
mod recommended;
mod sensitivity;
mod simple;
mod strata;
mod text;

pub use caveats::{Caveat, Severity};
pub use coverage::{
    Coverage, CoverageReport, ListCoverage, Overlap, Person, Share, coverage, group_coverage,
};
pub use error::{InputError, NoEstimate};
pub use estimate::{Effort, Estimate, MethodResult, Outcome, Plan, estimate};
pub use histories::{Histories, MOST_LISTS, MOST_PEOPLE, Pattern};
pub use link_error::LinkError;
pub use method::Method;
pub use plot::plot;
pub use sensitivity::{AtThreshold, Sensitivity, sensitivity};
pub use simple::{Figure, chao_lower_bound, chapman};
pub use strata::{Stratified, Stratum, estimate_strata};
pub use text::text;
