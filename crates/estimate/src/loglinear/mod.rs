//! Log-linear models of the capture histories (Fienberg 1972; Bishop, Fienberg and Holland 1975).
//!
//! A model says which lists depend on each other; the people on no list follow from its fit. All
//! figures here leave the unseen cell out of the fit, as Rcapture (Baillargeon and Rivest 2007) does.
//!
//! | to | use |
//! | --- | --- |
//! | fit one model | [`fit()`] |
//! | get its profile-likelihood interval | [`profile_interval`] |
//! | fit all models of a family and weigh them | [`search()`], [`Search::average`] |
//! | search around a model, for many lists | [`search_around`] |
//! | choose one model by adding overlaps step by step | [`stepwise()`] |

mod average;
mod existence;
mod fit;
mod model;
mod newton;
mod profile;
mod search;
mod stepwise;

pub use average::{Average, Criterion};
pub use fit::{Fit, fit};
pub(crate) use model::differing;
pub use model::{Family, Heterogeneity, Model};
pub use profile::{Profile, profile_interval};
pub use search::{MOST_MODELS, Search, search, search_around};
pub use stepwise::{Step, Stepwise, stepwise};
