//! The methods of a report: their names, and what each takes for granted.

use serde::Serialize;

/// A method of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Two lists taken as independent.
    Chapman,
    /// A figure that is meant to be too low.
    ChaoLowerBound,
    /// The log-linear model with the lowest BIC.
    BestLogLinear,
    /// The log-linear model that SparseMSE's steps choose.
    Stepwise,
    /// Log-linear models weighed by BIC.
    AveragedByBic,
    /// Log-linear models weighed by AIC.
    AveragedByAic,
    /// Decomposable graphs weighed by their posterior.
    DecomposableGraphs,
    /// Latent classes.
    LatentClasses,
}

impl Method {
    /// Name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chapman => "Chapman, two lists",
            Self::ChaoLowerBound => "Chao's lower bound",
            Self::BestLogLinear => "Log-linear, best by BIC",
            Self::Stepwise => "Log-linear, stepwise",
            Self::AveragedByBic => "Log-linear, averaged by BIC",
            Self::AveragedByAic => "Log-linear, averaged by AIC",
            Self::DecomposableGraphs => "Decomposable graphs, averaged",
            Self::LatentClasses => "Latent classes",
        }
    }

    /// What the method takes for granted, in a few words.
    pub fn assumes(self) -> &'static str {
        match self {
            Self::Chapman => "being on one list says nothing about being on the other",
            Self::ChaoLowerBound => {
                "gives at least this many, if people differ in how easily they are listed"
            }
            Self::BestLogLinear => {
                "one pattern of dependence between lists, found in the data, is the true one"
            }
            Self::Stepwise => "only pairs of lists depend on each other, as found step by step",
            Self::AveragedByBic => "dependence between lists, simple patterns preferred",
            Self::AveragedByAic => {
                "dependence between lists or people who differ, richer patterns let in"
            }
            Self::DecomposableGraphs => {
                "dependence between groups of lists, averaged over all such patterns"
            }
            Self::LatentClasses => "hidden groups of people, some easier to list than others",
        }
    }
}
