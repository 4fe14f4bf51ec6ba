//! Bayesian averaging over decomposable graphs (Madigan and York 1997), as the R package dga has it.
//!
//! Every graph whose cycles have chords is a model of which lists depend on each other. With a
//! hyper-Dirichlet prior each has a likelihood in closed form for every supposed number of unseen
//! people, so the posterior of that number is a sum, without sampling.

mod average;
mod graphs;

pub use average::{Decomposable, GraphWeight, Prior, Settings, decomposable};
pub use graphs::{Graph, decomposable_graphs};
