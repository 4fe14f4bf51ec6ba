//! Statistics: one table at a time, each row with its bar; unit, denominator and coverage said.

use crate::Frame;
use askama::Template;

/// A tally of the table.
#[derive(Clone, Debug)]
pub struct StatisticsRow {
    /// What it counts.
    pub label: String,
    /// Language of the label where it is not that of the page.
    pub lang: &'static str,
    /// Where the same is listed; may be empty.
    pub address: String,
    /// The bar: thousandths of the longest row that are certain, and that are possible at most.
    pub bar: (u64, u64),
    /// The figures, as written.
    pub figures: Vec<String>,
    /// Whether it is what the records do not say.
    pub unsaid: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "statistics.html")]
pub struct StatisticsPage {
    /// The frame.
    pub frame: Frame,
    /// The tables there are: label, address, whether it is this one.
    pub tables: Vec<(String, String, bool)>,
    /// What this table counts by.
    pub title: String,
    /// Headings of the figures; the bars draw the first.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<StatisticsRow>,
    /// What is counted, what it is part of, how much of it says what the table asks.
    pub unit: String,
    /// What the rows are part of.
    pub denominator: String,
    /// How many of it say what the table asks.
    pub coverage: String,
    /// What is not counted, and why rows do not add up; the engine's words, in English.
    pub notes: Vec<String>,
    /// Language of unit and denominator where it is not that of the page.
    pub lang: &'static str,
    /// Address of the table as CSV.
    pub csv: String,
}
