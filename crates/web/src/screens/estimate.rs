//! The estimate of those in no list: a range, what speaks against it, and every method beside it.

use crate::Frame;
use askama::Template;

/// What a method found.
#[derive(Clone, Debug)]
pub struct MethodRow {
    /// Its name, in the engine's words.
    pub name: String,
    /// What it takes for granted.
    pub assumes: String,
    /// Its range and figure; empty where it gives none.
    pub range: String,
    /// The figure alone.
    pub figure: String,
    /// Why it gives none.
    pub refused: String,
}

/// What must be read with the figures.
#[derive(Clone, Debug)]
pub struct CaveatRow {
    /// `alert` for what stops a figure or can change it, else nothing.
    pub class: &'static str,
    /// How much it weighs, in words.
    pub severity: String,
    /// The sentence, the engine's.
    pub text: String,
}

/// The page.
#[derive(Template)]
#[template(path = "estimate.html")]
pub struct EstimatePage {
    /// The frame.
    pub frame: Frame,
    /// Whether the archive has lists of persons.
    pub has_lists: bool,
    /// Each list, and how many persons are on it.
    pub lists: Vec<(String, String)>,
    /// Persons on at least one list, and on two or more.
    pub observed: (String, String),
    /// The range of those in no list, and that of all; `None` where none can be recommended.
    pub range: Option<[String; 2]>,
    /// Share of cases in which a method's range is meant to hold the truth.
    pub level: String,
    /// What must be read with it, the gravest first.
    pub caveats: Vec<CaveatRow>,
    /// The methods.
    pub methods: Vec<MethodRow>,
}
