//! The audit log: every entry of the ledger, the newest first, narrowed by facets.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::lines::Line;
use archive::{EntryKind, WriterId};
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use collect::Note;
use model::{SourceId, from_cbor};
use serde::Deserialize;
use std::collections::BTreeMap;
use users::{Act, What};
use web::facets::{Facet, Pager, State};
use web::screens::{EntryRow, LogPage};
use web::{Text, show};

/// Rows on a page.
const ROWS: u64 = 100;
/// Choices of one facet.
const CHOICES: usize = 14;
/// Milliseconds of a day.
const MILLISECONDS_A_DAY: u64 = 86_400_000;
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

/// Which lines are wanted.
struct Wanted<'a> {
    asked: &'a Asked,
    /// The day looked at last, as it is written and as a number: neighbours mostly share it.
    day: (u64, String),
}

impl Wanted<'_> {
    fn has(&mut self, line: &Line) -> bool {
        let asked = self.asked;
        let given = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        given(&asked.kind, kind(line.kind))
            && given(&asked.compartment, compartment(line))
            && (asked.writer.is_empty() || asked.writer == line.writer.to_string())
            && self.is_within(line.clock)
    }

    fn is_within(&mut self, clock: u64) -> bool {
        let (since, until) = (&self.asked.since, &self.asked.until);
        if since.is_empty() && until.is_empty() {
            return true;
        }
        let number = clock / MILLISECONDS_A_DAY;
        if self.day.1.is_empty() || self.day.0 != number {
            self.day = (number, show::day(clock));
        }
        let day = &self.day.1;
        (since.is_empty() || day >= since) && (until.is_empty() || day <= until)
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
    kinds: BTreeMap<&'static str, u64>,
    writers: BTreeMap<WriterId, u64>,
    compartments: BTreeMap<&'static str, u64>,
}

fn fill(desk: &Desk<'_>, asked: &Asked) -> Answer<LogPage> {
    let text = desk.text();
    let number = asked.page.clamp(1, u64::MAX / ROWS);
    let lines = desk.open.lines.of(&desk.open.archive)?;
    let mut wanted = Wanted {
        asked,
        day: Default::default(),
    };
    let mut tally = Tally::default();
    // The newest come last.
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| wanted.has(line)) {
        tally.add(line);
        found.push(line);
    }
    let total = found.len() as u64;
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
    for line in found.iter().rev().skip(before).take(ROWS as usize) {
        let about = match line.subject {
            Some(id) => about(desk, id)?,
            None => (
                done_to_account(desk, line) + &noted(desk, line),
                String::new(),
            ),
        };
        rows.push(row(line, about, text));
    }
    Ok(LogPage {
        frame: desk.frame("integrity", text.say("log-title"))?,
        facets: tally.facets(&state, text),
        rows,
        pager: Pager::new(&state, number, ROWS, total),
        state,
    })
}

/// What a note says, where it is one that this program writes.
fn noted(desk: &Desk<'_>, line: &Line) -> String {
    if line.kind != EntryKind::Note {
        return String::new();
    }
    let archive = &desk.open.archive;
    let found = archive.entry(line.writer, line.index).ok();
    let body = found.and_then(|found| archive.body(&found.entry).ok());
    let note = body.and_then(|body| model::from_cbor(&body).ok());
    match note {
        Some(Note::NamesShown { by, reason, .. }) => {
            let who = format!("{by}: {}", show::shorten(&reason, 160));
            desk.text().name("log-names-shown", who)
        }
        Some(Note::PagesShown {
            by, source, reason, ..
        }) => {
            let id: Option<SourceId> = source.parse().ok();
            let info = id.and_then(|id| desk.view().source(&id).ok().flatten());
            let title = info.map_or(source, |info| super::sources::title(&info));
            let mut who = format!("{by}: {title}");
            if !reason.is_empty() {
                who = format!("{who}, {}", show::shorten(&reason, 160));
            }
            desk.text().name("log-pages-shown", who)
        }
        _ => String::new(),
    }
}

/// Title of a source, where this device may open it, and the address of its custody.
fn about(desk: &Desk<'_>, id: SourceId) -> Answer<(String, String)> {
    let info = desk.view().source(&id)?;
    Ok(match info {
        Some(info) => (super::sources::title(&info), format!("/integrity/{id}")),
        None => (id.to_string(), String::new()),
    })
}

/// What was done to whose account, where the entry is about one and this device may open it.
fn done_to_account(desk: &Desk<'_>, line: &Line) -> String {
    if line.kind != EntryKind::Account {
        return String::new();
    }
    let archive = &desk.open.archive;
    let found = archive.entry(line.writer, line.index);
    let body = found.and_then(|found| archive.body(&found.entry));
    let act: Option<Act> = body.ok().and_then(|body| from_cbor(&body).ok());
    let text = desk.text();
    act.map_or_else(String::new, |act| {
        let (what, more) = match &act.what {
            What::Added(role) => ("added", super::users::role(text, *role)),
            What::Role(role) => ("role", super::users::role(text, *role)),
            What::Invited => ("invited", String::new()),
            What::Joined => ("joined", String::new()),
            What::Closed => ("closed", String::new()),
            What::PasswordChanged => ("password", String::new()),
            What::CodeAdded => ("code-added", String::new()),
            What::CodeRemoved => ("code-removed", String::new()),
            What::RecoveryUsed => ("recovery", String::new()),
            What::PasskeyAdded(name) => ("passkey-added", name.clone()),
            What::PasskeyRemoved(name) => ("passkey-removed", name.clone()),
            What::TokenMade { role, .. } => ("token-made", super::users::role(text, *role)),
            What::TokenTaken => ("token-taken", String::new()),
            _ => ("other", String::new()),
        };
        let parts = [act.about, text.of_name("log-account", what), more, act.by];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    })
}

impl Tally {
    fn add(&mut self, line: &Line) {
        *self.kinds.entry(kind(line.kind)).or_default() += 1;
        *self.writers.entry(line.writer).or_default() += 1;
        match compartment(line) {
            "" => {}
            name => *self.compartments.entry(name).or_default() += 1,
        }
    }

    fn facets(&self, state: &State, text: Text) -> Vec<Facet> {
        let writers = self.writers.iter();
        let writers = writers.map(|(writer, number)| {
            let id = writer.to_string();
            (id.clone(), short(&id), *number)
        });
        let named = |counts: &BTreeMap<&'static str, u64>, label: &dyn Fn(&str) -> String| {
            let counts = counts.iter();
            let counts = counts.map(|(name, number)| ((*name).to_owned(), label(name), *number));
            counts.collect::<Vec<_>>()
        };
        let kinds = named(&self.kinds, &|name| text.of_name("log-kind", name));
        let compartments = named(&self.compartments, &|name| {
            show::label(text, "compartment", name)
        });
        [
            state.facet(text.say("log-kind"), "kind", kinds, CHOICES),
            state.facet(
                text.say("log-compartment"),
                "compartment",
                compartments,
                CHOICES,
            ),
            state.facet(text.say("integrity-writer"), "writer", writers, CHOICES),
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
pub(super) fn row(line: &Line, about: (String, String), text: Text) -> EntryRow {
    EntryRow {
        time: show::time(line.clock),
        kind: text.of_name("log-kind", kind(line.kind)),
        writer: short(&line.writer.to_string()),
        index: text.digits(line.index),
        about,
        compartment: match compartment(line) {
            "" => String::new(),
            name => show::label(text, "compartment", name),
        },
    }
}

fn compartment(line: &Line) -> &'static str {
    line.compartment.map_or("", |one| one.name())
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
        EntryKind::Account => "account",
        EntryKind::Member => "member",
        EntryKind::Heads => "heads",
        EntryKind::Erasure => "erasure",
        EntryKind::Note => "note",
        EntryKind::Other(_) => "other",
    }
}
