//! The audit log: every entry of the ledger, the newest first, narrowed by facets.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use archive::{EntryKind, LogEntry, Position};
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use model::SourceId;
use serde::Deserialize;
use std::collections::{BTreeMap, VecDeque};
use web::facets::{Facet, Pager, State};
use web::screens::{EntryRow, LogPage};
use web::{Text, show};

/// Rows on a page.
const ROWS: u64 = 100;
/// Choices of one facet.
const CHOICES: usize = 14;
/// The address of this screen.
const HERE: &str = "/log";

pub(super) fn routes() -> Router<App> {
    Router::new().route(HERE, get(entries))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    kind: String,
    writer: String,
    compartment: String,
    since: String,
    until: String,
    page: u64,
}

impl Asked {
    fn wants(&self, found: &LogEntry) -> bool {
        let given = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let day = show::day(found.entry.clock);
        given(&self.kind, kind(found.entry.kind))
            && given(&self.writer, &found.writer.to_string())
            && given(&self.compartment, compartment(found))
            && (self.since.is_empty() || day >= self.since)
            && (self.until.is_empty() || day <= self.until)
    }
}

async fn entries(
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &asked.0)
        })
        .await
}

/// How many entries there are of each value of a facet.
#[derive(Default)]
struct Tally {
    kinds: BTreeMap<String, u64>,
    writers: BTreeMap<String, u64>,
    compartments: BTreeMap<String, u64>,
}

fn fill(desk: &Desk<'_>, asked: &Asked) -> Answer<LogPage> {
    let text = desk.text();
    let number = asked.page.clamp(1, u64::MAX / ROWS);
    // The newest come last: as many are kept as reach back to the page that is asked for.
    let kept = usize::try_from(number.saturating_mul(ROWS)).unwrap_or(usize::MAX);
    let mut last: VecDeque<LogEntry> = VecDeque::new();
    let (mut tally, mut total) = (Tally::default(), 0_u64);
    for found in desk.open.archive.entries(&Position::default()) {
        let found = found?;
        if !asked.wants(&found) {
            continue;
        }
        total += 1;
        tally.add(&found);
        last.push_back(found);
        if last.len() > kept {
            last.pop_front();
        }
    }
    let page = match number {
        1 => String::new(),
        number => number.to_string(),
    };
    let state = State::new(
        HERE,
        &[
            ("kind", asked.kind.as_str()),
            ("writer", &asked.writer),
            ("compartment", &asked.compartment),
            ("since", &asked.since),
            ("until", &asked.until),
            ("page", &page),
        ],
    );
    let before = usize::try_from((number - 1).saturating_mul(ROWS)).unwrap_or(usize::MAX);
    let mut rows = Vec::new();
    for found in last.iter().rev().skip(before).take(ROWS as usize) {
        let about = match found.entry.subject {
            Some(id) => about(desk, id)?,
            None => (String::new(), String::new()),
        };
        rows.push(row(found, about, text));
    }
    Ok(LogPage {
        frame: desk.frame("integrity", text.say("log-title"))?,
        facets: tally.facets(&state, text),
        rows,
        pager: Pager::new(&state, number, ROWS, total),
        state,
    })
}

/// Title of a source, where this device may open it, and the address of its custody.
fn about(desk: &Desk<'_>, id: SourceId) -> Answer<(String, String)> {
    let info = desk.view().source(&id)?;
    Ok(match info {
        Some(info) => (super::sources::title(&info), format!("/integrity/{id}")),
        None => (id.to_string(), String::new()),
    })
}

impl Tally {
    fn add(&mut self, found: &LogEntry) {
        let one = |counts: &mut BTreeMap<String, u64>, value: String| {
            *counts.entry(value).or_default() += 1;
        };
        one(&mut self.kinds, kind(found.entry.kind).to_owned());
        one(&mut self.writers, found.writer.to_string());
        match compartment(found) {
            "" => {}
            name => one(&mut self.compartments, name.to_owned()),
        }
    }

    fn facets(&self, state: &State, text: Text) -> Vec<Facet> {
        let facet = |key: &str,
                     name: &str,
                     counts: &BTreeMap<String, u64>,
                     label: &dyn Fn(&str) -> String| {
            let values = counts.iter();
            let values = values.map(|(value, number)| (value.clone(), label(value), *number));
            state.facet(text.say(key), name, values, CHOICES)
        };
        [
            facet("log-kind", "kind", &self.kinds, &|name| {
                text.of_name("log-kind", name)
            }),
            facet(
                "log-compartment",
                "compartment",
                &self.compartments,
                &|name| show::label(text, "compartment", name),
            ),
            facet("integrity-writer", "writer", &self.writers, &short),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// The row of an entry; `about` is the title and the address of the source that it is about.
pub(super) fn row(found: &LogEntry, about: (String, String), text: Text) -> EntryRow {
    EntryRow {
        time: show::time(found.entry.clock),
        kind: text.of_name("log-kind", kind(found.entry.kind)),
        writer: short(&found.writer.to_string()),
        index: text.digits(found.index),
        about,
        compartment: match compartment(found) {
            "" => String::new(),
            name => show::label(text, "compartment", name),
        },
    }
}

fn compartment(found: &LogEntry) -> &'static str {
    found.entry.compartment.map_or("", |one| one.name())
}

/// The coarse kind, as the words `log-kind-…` name it.
fn kind(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Genesis => "genesis",
        EntryKind::Source => "source",
        EntryKind::Reading => "reading",
        EntryKind::Proposals => "proposals",
        EntryKind::Decision => "decision",
        EntryKind::Judgement => "judgement",
        EntryKind::Member => "member",
        EntryKind::Heads => "heads",
        EntryKind::Erasure => "erasure",
        EntryKind::Note => "note",
        EntryKind::Other(_) => "other",
    }
}
