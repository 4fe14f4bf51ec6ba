//! Corroboration: the incidents with how well each is supported, and one of them with its origins.

use crate::Frame;
use crate::evidence::Point;
use crate::facets::{Facet, Pager, State};
use crate::graph::Drawing;
use askama::Template;

/// An incident in the table.
#[derive(Clone, Debug)]
pub struct IncidentRow {
    /// Address of its page.
    pub address: String,
    /// What it is, in a line.
    pub heading: String,
    /// Whether it is a general claim and not one event, in words; empty for an event.
    pub general: String,
    /// How it stands by the published rule, in words.
    pub status: String,
    /// “3 documents, 1 origin at most”.
    pub support: String,
    /// Contradictions, in words; empty where there is none.
    pub disputed: String,
    /// Documents, as written.
    pub documents: String,
    /// Origins at most, as written.
    pub origins: String,
}

/// The table of incidents.
#[derive(Template)]
#[template(path = "corroboration.html")]
pub struct CorroborationPage {
    /// The frame.
    pub frame: Frame,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// The rows of this page.
    pub rows: Vec<IncidentRow>,
    /// Which rows.
    pub pager: Pager,
    /// State of the list.
    pub state: State,
}

/// Where reports come from.
#[derive(Clone, Debug)]
pub struct OriginRow {
    /// Its name.
    pub name: String,
    /// How directly it knows, whether it is at hand, what is known of its reliability.
    pub about: Vec<String>,
    /// In how many documents it is told.
    pub told: String,
    /// Why several are counted as one.
    pub reasons: Vec<Point>,
}

/// Accounts that cannot all be true.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// What they disagree about.
    pub text: String,
    /// The sides.
    pub accounts: Vec<Point>,
}

/// The page of an incident.
#[derive(Template)]
#[template(path = "incident.html")]
pub struct IncidentPage {
    /// The frame; its title is what the incident is.
    pub frame: Frame,
    /// How it stands by the published rule, in words.
    pub status: String,
    /// Why it stands so.
    pub because: String,
    /// The same with its numbers, as the engine says it.
    pub rule: Point,
    /// “3 documents, at most 1 origin”.
    pub support: String,
    /// One event or a general claim, and why.
    pub level: Point,
    /// Who is said to have done it.
    pub perpetrators: Vec<String>,
    /// The drawing, from origins to the incident.
    pub drawing: Drawing,
    /// The origins.
    pub origins: Vec<OriginRow>,
    /// Accounts that cannot all be true.
    pub disputes: Vec<Dispute>,
    /// Who denies it.
    pub denials: Vec<Point>,
    /// Words that only fear or warn.
    pub warnings: Point,
    /// What would make it better supported.
    pub wants: Vec<String>,
    /// The allegations: how each is put forward, its words.
    pub members: Vec<(String, Point)>,
    /// What is alike and was kept apart.
    pub apart: Vec<Point>,
}
