//! Corroboration: incidents by how well they are supported.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::rests;
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use link::corroboration::Corroboration;
use link::incidents::{Incident, Level};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use web::facets::{Facet, Pager, State};
use web::screens::{CorroborationPage, IncidentRow};
use web::{Text, show};

/// Rows on a page.
const ROWS: usize = 50;
/// Choices of one facet.
const CHOICES: usize = 14;
/// The address of this screen.
const HERE: &str = "/corroboration";

pub(super) fn routes() -> Router<App> {
    Router::new().route(HERE, get(incidents))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    #[serde(rename = "type")]
    violation: String,
    status: String,
    origins: String,
    level: String,
    disputed: String,
    page: usize,
}

/// An incident with its support and the values of its facets.
struct Held<'a> {
    incident: &'a Incident,
    support: &'a Corroboration,
}

impl Held<'_> {
    fn origins(&self) -> &'static str {
        match self.support.origins.len() {
            0 => "0",
            1 => "1",
            2 => "2",
            _ => "3",
        }
    }

    fn level(&self) -> &'static str {
        match self.incident.level {
            Level::Event => "event",
            Level::Pattern => "general",
        }
    }

    /// Contradictions, and denials of this and not of everything that the accused is reproached with.
    fn against(&self) -> usize {
        let denials = self.support.denials.iter();
        self.incident.contradictions.len() + denials.filter(|one| one.about_this).count()
    }

    fn disputed(&self) -> &'static str {
        if self.against() > 0 { "yes" } else { "no" }
    }

    fn is(&self, asked: &Asked) -> bool {
        let given = |wanted: &str, value: &str| wanted.is_empty() || wanted == value;
        let types = &self.incident.types;
        (asked.violation.is_empty() || types.iter().any(|(of, _)| of.as_str() == asked.violation))
            && given(&asked.status, &self.support.status.code)
            && given(&asked.origins, self.origins())
            && given(&asked.level, self.level())
            && given(&asked.disputed, self.disputed())
    }
}

async fn incidents(
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

fn fill(desk: &Desk<'_>, asked: &Asked) -> Answer<CorroborationPage> {
    let text = desk.text();
    let all = desk.laid()?;
    let every = all.grouping()?.incidents.iter().zip(all.supports()?);
    let mut held: Vec<Held<'_>> = every
        .map(|(incident, support)| Held { incident, support })
        .filter(|held| held.is(asked))
        .collect();
    held.sort_by_key(|held| {
        (
            Reverse(held.support.origins.len()),
            Reverse(held.support.documents.len()),
            held.incident.id,
        )
    });
    let number = asked.page.max(1);
    let page = match number {
        1 => String::new(),
        number => number.to_string(),
    };
    let state = State::new(
        HERE,
        &[
            ("type", asked.violation.as_str()),
            ("status", &asked.status),
            ("origins", &asked.origins),
            ("level", &asked.level),
            ("disputed", &asked.disputed),
            ("page", &page),
        ],
    );
    let shown = held
        .iter()
        .skip((number - 1).saturating_mul(ROWS))
        .take(ROWS);
    Ok(CorroborationPage {
        frame: desk.frame("corroboration", text.say("corroboration-title"))?,
        facets: facets(&state, &held, text),
        rows: shown.map(|held| row(held, text)).collect(),
        pager: Pager::new(&state, number as u64, ROWS as u64, held.len() as u64),
        state,
    })
}

fn row(held: &Held<'_>, text: Text) -> IncidentRow {
    let (incident, support) = (held.incident, held.support);
    IncidentRow {
        address: format!("{HERE}/{}", incident.id),
        heading: rests::heading(incident, text),
        general: match incident.level {
            Level::Event => String::new(),
            Level::Pattern => text.say("corroboration-level-general"),
        },
        status: show::label(text, "violation-status", &support.status.code),
        support: in_words(support, text),
        disputed: match held.against() {
            0 => String::new(),
            number => text.number("corroboration-disputed", number),
        },
        documents: text.digits(support.documents.len()),
        origins: text.digits(support.origins.len()),
    }
}

/// “3 documents, at most 1 origin”; that it is only feared, where nobody says that it happened.
pub(super) fn in_words(support: &Corroboration, text: Text) -> String {
    if support.documents.is_empty() {
        return text.say("corroboration-warnings");
    }
    let origins = text.number("corroboration-origins", support.origins.len());
    text.both("corroboration-support", support.documents.len(), origins)
}

fn facets(state: &State, held: &[Held<'_>], text: Text) -> Vec<Facet> {
    let facet =
        |key: &str, name: &str, values: BTreeMap<String, u64>, label: &dyn Fn(&str) -> String| {
            let values = values.into_iter();
            let values = values.map(|(value, number)| (value.clone(), label(&value), number));
            state.facet(text.say(key), name, values, CHOICES)
        };
    let count = |of: &dyn Fn(&Held<'_>) -> Vec<String>| {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for value in held.iter().flat_map(of) {
            *counts.entry(value).or_default() += 1;
        }
        counts
    };
    let types = count(&|held| {
        let types = held.incident.types.iter();
        types.map(|(code, _)| code.as_str().to_owned()).collect()
    });
    let statuses = count(&|held| vec![held.support.status.code.clone()]);
    let origins = count(&|held| vec![held.origins().to_owned()]);
    let levels = count(&|held| vec![held.level().to_owned()]);
    let disputed = count(&|held| vec![held.disputed().to_owned()]);
    [
        facet(
            "corroboration-column-origins",
            "origins",
            origins,
            &|value| text.of_name("corroboration-facet-origins", value),
        ),
        facet("corroboration-column-status", "status", statuses, &|code| {
            show::label(text, "violation-status", code)
        }),
        facet(
            "corroboration-facet-disputed",
            "disputed",
            disputed,
            &|value| text.of_name("corroboration-disputed", value),
        ),
        facet("corroboration-facet-level", "level", levels, &|value| {
            text.of_name("corroboration-level", value)
        }),
        facet("corroboration-facet-type", "type", types, &|code| {
            show::label(text, "violation", code)
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}
