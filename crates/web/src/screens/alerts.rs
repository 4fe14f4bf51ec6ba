//! Alerts: what the reports may mean for people at risk, with the words each rests on.

use crate::Frame;
use crate::evidence::Point;
use askama::Template;

/// A warning.
#[derive(Clone, Debug)]
pub struct AlertRow {
    /// Its id.
    pub id: String,
    /// What is feared.
    pub title: String,
    /// Language of the title where it is not that of the page; else empty.
    pub title_lang: &'static str,
    /// How urgent it is, in words.
    pub severity: String,
    /// Class of the style sheet: `alert` or none.
    pub class: &'static str,
    /// Since when it stands; empty when that has no date.
    pub since: String,
    /// What was reported; the engine's sentence.
    pub words: String,
    /// What it rests on, oldest first.
    pub grounds: Vec<Point>,
    /// Who has seen it and when; empty when nobody has.
    pub seen: String,
    /// What they said.
    pub reason: String,
    /// Whether it waits for somebody.
    pub is_open: bool,
}

/// The alerts.
#[derive(Template)]
#[template(path = "alerts.html")]
pub struct AlertsPage {
    /// The frame.
    pub frame: Frame,
    /// Those that wait for somebody, the urgent first.
    pub open: Vec<AlertRow>,
    /// Those that somebody has seen, or that are past.
    pub seen: Vec<AlertRow>,
    /// How many of both there are.
    pub counts: (usize, usize),
}
