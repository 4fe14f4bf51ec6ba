//! What can be wrong with an input, and why a method gives no figure.
//!
//! Two kinds that are never mixed: [`InputError`] says that the caller handed in something that is
//! not a table of lists; [`NoEstimate`] says that the table is sound but the method must refuse.

use serde::Serialize;

/// The input is not a usable table of overlapping lists.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// No list was named, or more than the tables here can hold.
    #[error(
        "{given} lists were given; between 1 and {most} can be compared. Merge lists that come from one collector"
    )]
    Lists {
        /// Number of lists given.
        given: usize,
        /// Most that are allowed.
        most: usize,
    },
    /// Two lists share a name.
    #[error(
        "two lists are both called \"{0}\", so the figures could not be told apart. Give each list its own name"
    )]
    SameName(String),
    /// A pattern names a list that does not exist.
    #[error(
        "a capture pattern names list number {index}, but there are only {lists} lists. Check the order and number of lists"
    )]
    UnknownList {
        /// Zero-based number that was named.
        index: usize,
        /// Number of lists.
        lists: usize,
    },
    /// A count was given for people on no list.
    #[error(
        "a count was given for people on no list at all; that is what is being estimated. Leave this pattern out"
    )]
    CountOfUnseen,
    /// A pattern in digits has a wrong length or other characters.
    #[error(
        "\"{0}\" is not a capture pattern. Write one digit a list, 1 for on the list and 0 for not"
    )]
    Digits(String),
    /// More people than there are on Earth.
    #[error(
        "the counts add up to more than {most} people, which no population reaches. Check the unit of the counts"
    )]
    TooMany {
        /// Most people that a table may hold.
        most: u64,
    },
    /// Strata or thresholds that must agree in their lists do not.
    #[error(
        "\"{0}\" does not have the same lists in the same order as the others, so they cannot be compared. Use the same lists throughout"
    )]
    DifferentLists(String),
    /// Nothing was handed in.
    #[error("no table was given, so there is nothing to estimate from. Hand in at least one")]
    Nothing,
    /// A setting lies outside its range.
    #[error("the setting \"{name}\" is {value}; it must lie {range}")]
    Setting {
        /// Name of the setting.
        name: &'static str,
        /// What was given.
        value: String,
        /// Allowed range, in words.
        range: &'static str,
    },
}

/// Why a method refuses to give a figure for a sound table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NoEstimate {
    /// Nobody is on any list.
    #[error("nobody is on any of the lists, so nothing can be said about those in none")]
    Empty,
    /// The method needs more lists.
    #[error(
        "this method needs at least {needed} lists and there are {lists}; with fewer, dependence between the lists cannot be seen"
    )]
    TooFewLists {
        /// Lists that hold anybody.
        lists: usize,
        /// Fewest that the method needs.
        needed: usize,
    },
    /// The method cannot hold so many lists.
    #[error(
        "this method handles at most {most} lists and there are {lists}; merge lists that come from one collector"
    )]
    TooManyLists {
        /// Lists given.
        lists: usize,
        /// Most that the method handles.
        most: usize,
    },
    /// Nobody is on two lists.
    #[error(
        "nobody is on two lists, so nothing is known about how many the lists miss; any number would be an invention"
    )]
    NoOverlap,
    /// The maximum-likelihood estimate does not exist.
    #[error(
        "the best fit of this model does not exist: the overlaps are too sparse and its figures would run off to infinity or zero"
    )]
    NotExisting,
    /// The data do not tell the model's parameters apart.
    #[error(
        "the data do not determine this model: different numbers of unlisted people fit them equally well"
    )]
    NotIdentified,
    /// The iteration did not settle.
    #[error("the fit did not settle within its limit of steps, so no figure is given")]
    NotConverged,
    /// No model of the family could be fitted.
    #[error("none of the models of this family could be fitted to these overlaps")]
    NoModel,
    /// More models than the limit.
    #[error(
        "there would be {models} models to compare, more than the limit of {most}; use stepwise selection or merge lists"
    )]
    TooManyModels {
        /// Models that there would be, at least.
        models: u64,
        /// Most that are compared.
        most: u64,
    },
}
