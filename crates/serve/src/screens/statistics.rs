//! Statistics: what is on record, counted by one thing at a time, as a table with bars and as CSV.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use assemble::Assembled;
use axum::Router;
use axum::extract::Query;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use link::patterns::{Counts, Dimension, OfSex, Range};
use model::RecordBody;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::facets::State;
use web::screens::{StatisticsPage, StatisticsRow};
use web::{Text, csv, show, states};

/// Rows on the page; all of them are in the CSV.
const ROWS: usize = 200;
/// The address of this screen.
const HERE: &str = "/statistics";
/// The key of what records do not say.
const UNSAID: &str = "unknown";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(statistics))
        .route("/statistics/table.csv", get(download))
}

/// What a table counts by.
#[derive(Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum By {
    /// Type of violation.
    #[default]
    Type,
    /// Family of types.
    Family,
    /// Place.
    Place,
    /// State.
    State,
    /// Year.
    Year,
    /// Who is said to have done it.
    Perpetrator,
    /// Group of those who suffered.
    VictimGroup,
    /// Publisher.
    Source,
    /// Sex of those who speak.
    Speakers,
    /// Sex of those who suffered.
    Victims,
}

impl By {
    const ALL: [(Self, &'static str); 10] = [
        (Self::Type, "type"),
        (Self::Family, "family"),
        (Self::Place, "place"),
        (Self::State, "state"),
        (Self::Year, "year"),
        (Self::Perpetrator, "perpetrator"),
        (Self::VictimGroup, "victim-group"),
        (Self::Source, "source"),
        (Self::Speakers, "speakers"),
        (Self::Victims, "victims"),
    ];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(by, _)| *by == self);
        found.map_or("type", |(_, name)| name)
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    by: By,
}

/// A table before it is said in anybody's language.
pub(crate) struct Counted {
    /// Names of the columns.
    pub(crate) columns: Vec<&'static str>,
    /// Key, label, figures.
    pub(crate) rows: Vec<(String, String, Vec<Range>)>,
    /// Unit and denominator in the engine's words, where they are the engine's.
    engine: Option<(String, String)>,
    /// What to know before using the figures.
    pub(crate) notes: Vec<String>,
    /// How many of how many say what the table asks, by its first column.
    pub(crate) known: u64,
    pub(crate) of: u64,
}

async fn statistics(
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, asked.by)
        })
        .await
}

fn fill(desk: &Desk<'_>, by: By) -> Answer<StatisticsPage> {
    let text = desk.text();
    let all = desk.laid()?;
    let counted = count(&all, by, text)?;
    let longest = counted
        .rows
        .iter()
        .filter_map(|(_, _, figures)| figures.first());
    let longest = longest.map(|range| range.most).max().unwrap_or(0).max(1);
    let tables = By::ALL.iter().map(|(one, name)| {
        let state = State::new(HERE, &[("by", if *one == By::Type { "" } else { *name })]);
        (
            text.of_name("statistics-by", name),
            state.address(),
            *one == by,
        )
    });
    let (unit, denominator) = counted.measured(by, text);
    let lang = if counted.engine.is_some() { "en" } else { "" };
    let rows = counted.rows.iter().take(ROWS);
    Ok(StatisticsPage {
        frame: desk.frame("statistics", text.say("statistics-title"))?,
        tables: tables.collect(),
        title: text.of_name("statistics-by", by.name()),
        heads: counted
            .columns
            .iter()
            .map(|name| text.of_name("statistics-column", name))
            .collect(),
        rows: rows.map(|row| one_row(row, by, longest, text)).collect(),
        unit,
        denominator,
        coverage: coverage(counted.known, counted.of, text),
        notes: counted.notes,
        lang,
        csv: State::new("/statistics/table.csv", &[("by", by.name())]).address(),
    })
}

impl Counted {
    /// What is counted, and out of what, in words.
    pub(crate) fn measured(&self, by: By, text: Text) -> (String, String) {
        self.engine.clone().unwrap_or_else(|| {
            let unit = text.of_name("statistics-unit", by.name());
            (unit, text.number("statistics-denominator-records", self.of))
        })
    }
}

/// “12 of 15 (80 %)”.
fn coverage(known: u64, of: u64, text: Text) -> String {
    let percent = (known * 100).checked_div(of).unwrap_or(0);
    let share = format!("{} / {} ({percent} %)", text.digits(known), text.digits(of));
    text.both("statistics-covered", of.saturating_sub(known), share)
}

fn one_row(
    (key, label, figures): &(String, String, Vec<Range>),
    by: By,
    longest: u64,
    text: Text,
) -> StatisticsRow {
    let first = figures.first().copied().unwrap_or_default();
    let address = match by {
        By::Type => State::new("/corroboration", &[("type", key)]).address(),
        By::Source if key != UNSAID => State::new("/sources", &[("publisher", key)]).address(),
        _ => String::new(),
    };
    let (label, lang) = match by {
        By::Type | By::Family => (show::label(text, "violation", key), ""),
        By::VictimGroup if key != UNSAID => (show::label(text, "victim-characteristic", key), ""),
        By::Speakers | By::Victims => (text.of_name("statistics-sex", key), ""),
        _ if key == UNSAID => (text.say("statistics-unsaid"), ""),
        By::State | By::Place => (states::place(text, key, label), ""),
        _ => (label.clone(), "en"),
    };
    StatisticsRow {
        label,
        lang,
        address,
        bar: (first.least * 1000 / longest, first.most * 1000 / longest),
        figures: figures.iter().map(|range| written(*range, text)).collect(),
        unsaid: key == UNSAID,
    }
}

/// `4`, or `4–7` where it is known within bounds only.
fn written(range: Range, text: Text) -> String {
    match range.least == range.most {
        true => text.digits(range.least),
        false => format!("{}–{}", text.digits(range.least), text.digits(range.most)),
    }
}

/// Counts everything on record by one thing.
pub(crate) fn count(all: &Assembled, by: By, text: Text) -> assemble::Result<Counted> {
    let dimension = match by {
        By::Type => Dimension::Type,
        By::Family => Dimension::Family,
        By::Place => Dimension::Place,
        By::State => Dimension::State,
        By::Year => Dimension::Year,
        By::Perpetrator => Dimension::Perpetrator,
        By::VictimGroup => Dimension::VictimGroup,
        By::Source => return Ok(publishers(all)),
        By::Speakers => return Ok(sexes(&all.heard().speakers, false, text)),
        By::Victims => return Ok(sexes(&all.heard().victims, true, text)),
    };
    let table = all.table(dimension)?;
    let unsaid = table.rows.iter().find(|row| row.key == UNSAID);
    let unsaid = unsaid.map_or(0, |row| row.counts.events.most);
    let of = table.total.events.most;
    let rows = table.rows.iter();
    let rows = rows.map(|row| (row.key.clone(), row.label.clone(), figures(&row.counts)));
    let reasons = table.total.reasons.iter().chain(&table.notes);
    Ok(Counted {
        columns: vec![
            "events",
            "acts",
            "victims",
            "claims",
            "documents",
            "origins",
        ],
        rows: rows.collect(),
        engine: Some((table.unit.clone(), table.denominator.clone())),
        notes: reasons.cloned().collect(),
        known: of.saturating_sub(unsaid),
        of,
    })
}

fn figures(counts: &Counts) -> Vec<Range> {
    let exact = |number: usize| exactly(number as u64);
    vec![
        counts.events,
        counts.acts,
        counts.victims,
        exact(counts.claims),
        exact(counts.documents),
        Range {
            least: counts.origins.min(1) as u64,
            most: counts.origins as u64,
        },
    ]
}

fn exactly(number: u64) -> Range {
    Range {
        least: number,
        most: number,
    }
}

/// Documents by publisher, and the allegations in them.
fn publishers(all: &Assembled) -> Counted {
    let mut rows: BTreeMap<String, (u64, u64, u64)> = BTreeMap::new();
    let mut alleging: BTreeMap<model::SourceId, u64> = BTreeMap::new();
    for record in all.records() {
        if let (RecordBody::Allegation(_), Some(source)) = (&record.body, record.source) {
            *alleging.entry(source).or_default() += 1;
        }
    }
    for document in all.documents() {
        let publisher = document.publisher.clone();
        let row = rows.entry(publisher.unwrap_or_else(|| UNSAID.to_owned()));
        let (documents, with, allegations) = row.or_default();
        let here = alleging.get(&document.id).copied().unwrap_or(0);
        *documents += 1;
        *with += u64::from(here > 0);
        *allegations += here;
    }
    let of = all.documents().len() as u64;
    let unsaid = rows.get(UNSAID).map_or(0, |(documents, ..)| *documents);
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|(key, (documents, with, allegations))| {
            let figures = [documents, with, allegations].map(exactly).to_vec();
            (key.clone(), key, figures)
        })
        .collect();
    rows.sort_by(|a, b| b.2[0].cmp(&a.2[0]).then_with(|| a.0.cmp(&b.0)));
    Counted {
        columns: vec!["on-record", "alleging", "allegations"],
        rows,
        engine: None,
        notes: Vec::new(),
        known: of - unsaid,
        of,
    }
}

fn sexes(of_sex: &[OfSex], with_groups: bool, text: Text) -> Counted {
    let number = |one: &OfSex| (one.persons + if with_groups { one.groups } else { 0 }) as u64;
    let of = of_sex.iter().map(number).sum();
    let known = of_sex
        .iter()
        .filter(|one| one.key != UNSAID)
        .map(number)
        .sum();
    let mut columns = vec!["persons", "records"];
    if with_groups {
        columns.insert(1, "groups");
    }
    let rows = of_sex.iter().map(|one| {
        let mut figures = vec![exactly(one.persons as u64), exactly(one.records as u64)];
        if with_groups {
            figures.insert(1, exactly(one.groups as u64));
        }
        (
            one.key.clone(),
            text.of_name("statistics-sex", &one.key),
            figures,
        )
    });
    Counted {
        rows: rows.collect(),
        columns,
        engine: None,
        notes: Vec::new(),
        known,
        of,
    }
}

async fn download(
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let all = desk.laid()?;
            let name = format!(
                "attachment; filename=\"statistics-{}.csv\"",
                asked.by.name()
            );
            let headers = [
                (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, name),
            ];
            Ok((headers, as_csv(&count(&all, asked.by, desk.text())?)).into_response())
        })
        .await
}

/// The table as CSV: for each figure the least and the most.
pub(crate) fn as_csv(counted: &Counted) -> String {
    let mut heads = vec!["key".to_owned(), "label".to_owned()];
    for column in &counted.columns {
        heads.extend(["least", "most"].map(|end| format!("{column}_{end}")));
    }
    let mut whole = csv::line(&heads);
    for (key, label, figures) in &counted.rows {
        let mut cells = vec![key.clone(), label.clone()];
        for range in figures {
            cells.extend([range.least, range.most].map(|number| number.to_string()));
        }
        whole.push_str(&csv::line(&cells));
    }
    whole
}
