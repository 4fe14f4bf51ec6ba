//! Sources: the table, narrowed by facets whose state is the address.

use super::add;
use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use model::{Compartment, PartialDate};
use serde::Deserialize;
use view::{Page, ReadState, SourceFacets, SourceFilter, SourceInfo};
use web::facets::{Facet, Pager, State};
use web::screens::{SourceRow, SourcesPage};
use web::{Text, show};

/// Rows on a page.
const ROWS: u64 = 50;
/// Choices of one facet.
const CHOICES: usize = 12;
/// The address of this screen.
const HERE: &str = "/sources";

pub(super) fn routes() -> Router<App> {
    Router::new().route(HERE, get(sources))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    text: String,
    language: String,
    publisher: String,
    compartment: String,
    year: String,
    state: String,
    page: u64,
    add: String,
}

async fn sources(
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

fn fill(desk: &Desk<'_>, asked: &Asked) -> Answer<SourcesPage> {
    let text = desk.text();
    let filter = filter(asked);
    let facets = desk.view().source_facets(&filter)?;
    let number = asked.page.clamp(1, u64::MAX / ROWS);
    let page = Page {
        offset: (number - 1) * ROWS,
        limit: ROWS,
    };
    let found = desk.view().sources(&filter, page)?;
    let page_text = match number {
        1 => String::new(),
        number => number.to_string(),
    };
    let state = State::new(
        HERE,
        &[
            ("text", asked.text.trim()),
            ("state", &asked.state),
            ("language", &asked.language),
            ("publisher", &asked.publisher),
            ("compartment", &asked.compartment),
            ("year", &asked.year),
            ("page", &page_text),
        ],
    );
    let frame = desk.frame("sources", text.say("sources-title"))?;
    Ok(SourcesPage {
        frame,
        facets: choices(&state, &facets, text),
        rows: found.iter().map(|info| row(info, text)).collect(),
        pager: Pager::new(&state, number, ROWS, facets.total),
        upload: add::form(text, !asked.add.is_empty()),
        state,
    })
}

fn filter(asked: &Asked) -> SourceFilter {
    let given = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let year: Option<PartialDate> = asked.year.parse().ok();
    SourceFilter {
        unread: asked.state == "unread",
        compartment: Compartment::ALL
            .into_iter()
            .find(|one| one.name() == asked.compartment),
        publisher: given(&asked.publisher),
        language: given(&asked.language),
        since: year,
        until: year,
        text: given(&asked.text),
        newest_first: true,
    }
}

fn choices(state: &State, facets: &SourceFacets, text: Text) -> Vec<Facet> {
    let same = |(name, number): (&String, &u64)| (name.clone(), name.clone(), *number);
    let labelled = |list: &'static str| {
        move |(code, number): (&String, &u64)| {
            (code.clone(), show::label(text, list, code), *number)
        }
    };
    let unread = (facets.unread > 0).then(|| {
        let label = text.say("sources-state-unread");
        ("unread".to_owned(), label, facets.unread)
    });
    // Years are told in their order, the newest first, not by their number.
    let years = facets.years.iter().rev();
    let years = years.map(|(year, number)| (year.to_string(), year.to_string(), *number));
    [
        state.facet(text.say("sources-facet-state"), "state", unread, CHOICES),
        state.facet(
            text.say("sources-facet-compartment"),
            "compartment",
            facets.compartments.iter().map(labelled("compartment")),
            CHOICES,
        ),
        state.facet(
            text.say("sources-facet-language"),
            "language",
            facets.languages.iter().map(labelled("language")),
            CHOICES,
        ),
        state.facet(
            text.say("sources-facet-publisher"),
            "publisher",
            facets.publishers.iter().map(same),
            CHOICES,
        ),
        state.facet(text.say("sources-facet-year"), "year", years, CHOICES),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Title of a source, or its name where it has none.
pub(super) fn title(info: &SourceInfo) -> String {
    let title = info.title.as_deref().unwrap_or(&info.source.collected.name);
    show::shorten(title, 160)
}

/// Address of a source's page.
pub(super) fn address(info: &SourceInfo) -> String {
    format!("{HERE}/{}", info.id)
}

fn row(info: &SourceInfo, text: Text) -> SourceRow {
    let source = &info.source;
    let compartment = match source.compartment {
        Compartment::Open => String::new(),
        narrower => show::label(text, "compartment", narrower.name()),
    };
    SourceRow {
        address: address(info),
        title: title(info),
        lang: info.language.clone().unwrap_or_default(),
        short: source.original.to_string().chars().take(10).collect(),
        publisher: info.publisher.clone().unwrap_or_default(),
        published: info
            .published
            .map(|date| date.to_string())
            .unwrap_or_default(),
        language: info
            .language
            .as_deref()
            .map(|tag| show::label(text, "language", tag))
            .unwrap_or_default(),
        collected: show::day(source.collected.at),
        by: source.collected.by.clone(),
        compartment,
        unread: match &info.state {
            ReadState::Unread { reason, .. } => show::shorten(reason, 90),
            ReadState::Waiting | ReadState::Read { .. } => String::new(),
        },
        records: text.digits(info.records),
    }
}
