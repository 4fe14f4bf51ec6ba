//! What linking found: cases, demands and their answers, alerts, persons, pairs to judge, lineages.

use super::bench::Answer;
use super::input::{Path, Query};
use super::laid::{Computed, ComputedOne, Page, list, one, plain};
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::screens::people::pairs;
use assemble::Assembled;
use axum::extract::State;
use axum::{Extension, Json};
use link::lineage::{Edge, Relation};
use link::persons::{PersonRow, Sex};
use model::{RecordId, SourceId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// People to be found, freed or reunited, with what is known of each and what was asked and answered
#[utoipa::path(get, path = "/cases", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn cases(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "cases", page, |_, all, window| {
        window.fill(&all.register()?.cases, plain)
    })
    .await
}

/// One case; the id of any of its records will do
#[utoipa::path(get, path = "/cases/{id}", tag = "links",
    params(("id" = String, Path, description = "Id of the case")),
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn case(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<ComputedOne>> {
    one(app, caller, move |_, all| {
        let record: Option<RecordId> = id.parse().ok();
        let mut cases = all.register()?.cases.iter();
        let found = cases.find(|case| {
            let mut members = case.members.iter();
            case.id == id || members.any(|member| Some(member.record) == record)
        });
        plain(found.ok_or_else(Problem::nothing)?)
    })
    .await
}

/// Demands over the years, with their repeats, answers and silences
#[utoipa::path(get, path = "/calls", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn calls(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "calls", page, |_, all, window| {
        window.fill(&all.threads()?.demands, plain)
    })
    .await
}

/// Pledges, with what became of them
#[utoipa::path(get, path = "/pledges", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn pledges(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "pledges", page, |_, all, window| {
        window.fill(&all.threads()?.pledges, plain)
    })
    .await
}

/// What the rules over incoming records warn of
#[utoipa::path(get, path = "/alerts", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn alerts(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "alerts", page, |_, all, window| {
        window.fill(&all.warnings()?.alerts, plain)
    })
    .await
}

/// Persons of lists and documents, each with the rows that were linked
#[utoipa::path(get, path = "/persons", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn persons(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "persons", page, |_, all, window| {
        window.fill(all.people()?.persons(), |rows| Ok(person(&rows)))
    })
    .await
}

/// One person, by any of its records, with the pairs through which its rows came together
#[utoipa::path(get, path = "/persons/{id}", tag = "links",
    params(("id" = String, Path, description = "Id of a record of the person")),
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn person_of(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<ComputedOne>> {
    one(app, caller, move |_, all| {
        let id = record_id(&id)?;
        let people = all.people()?;
        let mut persons = people.persons().into_iter();
        let rows = persons.find(|rows| rows.iter().any(|row| row.record == id));
        let rows = rows.ok_or_else(Problem::nothing)?;
        let mut shape = person(&rows);
        let others = rows.iter().skip(1);
        let joins = others.map(|row| {
            let path = people.path(&rows[0].record, &row.record);
            let path = path.into_iter();
            path.map(|(one, other, bits)| json!({"one": one, "other": other, "bits": bits}))
                .collect::<Vec<_>>()
        });
        shape["joins"] = joins.collect();
        Ok(shape)
    })
    .await
}

fn person(rows: &[&PersonRow]) -> Value {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for row in rows {
        names.extend(row.names.iter().map(|name| name.form.as_str()));
    }
    json!({
        "id": rows.first().map(|row| row.record),
        "names": names,
        "rows": rows.iter().map(|row| self::row(row)).collect::<Vec<_>>(),
    })
}

fn row(row: &PersonRow) -> Value {
    json!({
        "record": row.record, "case": row.case, "source": row.source,
        "list": row.list, "row": row.row, "reference": row.reference,
        "names": row.names,
        "sex": row.sex.map(|sex| match sex {
            Sex::Female => "female",
            Sex::Male => "male",
            Sex::Other => "other",
        }),
        "born": row.born, "died": row.died, "event_date": row.event_date,
        "nationality": row.nationality, "birthplace": row.birthplace,
        "residences": row.residences, "event_places": row.event_places,
        "relatives": row.relatives,
    })
}

/// Pairs of records that may be about one person and that nobody has judged, those that tell most
/// first; POST /judgements judges
#[utoipa::path(get, path = "/pairs", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn pairs(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "pairs", page, |bench, all, window| {
        let pairs = pairs::open(bench.view(), all)?;
        window.fill(&pairs, |pair| {
            Ok(json!({"one": pair.one, "other": pair.other, "why": pair.why.to_string()}))
        })
    })
    .await
}

/// Groups of documents that go back to one, the largest first
#[utoipa::path(get, path = "/lineages", tag = "links", params(Page),
    responses((status = 200, body = Computed)))]
pub(crate) async fn lineages(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(page): Query<Page>,
) -> Answer<Json<Computed>> {
    list(app, caller, "lineages", page, |_, all, window| {
        window.fill(groups(all)?, |group| Ok(json!({"documents": group})))
    })
    .await
}

fn groups(all: &Assembled) -> Answer<Vec<Vec<SourceId>>> {
    let lineages = all.lineages()?;
    let mut done: BTreeSet<SourceId> = BTreeSet::new();
    let mut groups = Vec::new();
    for document in all.documents() {
        if done.contains(&document.id) {
            continue;
        }
        let group = lineages.group(&document.id);
        done.extend(&group);
        if group.len() > 1 {
            groups.push(group);
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    Ok(groups)
}

/// What a source shares with which others, which of them had it first, and why that is believed
#[utoipa::path(get, path = "/sources/{id}/lineage", tag = "links",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, body = ComputedOne)))]
pub(crate) async fn lineage(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<ComputedOne>> {
    one(app, caller, move |bench, all| {
        let source = bench.source(&id)?.id;
        let lineages = all.lineages()?;
        Ok(json!({
            "source": source,
            "group": lineages.group(&source),
            "why": lineages.describe(&source),
            "edges": lineages.edges_of(&source).map(edge).collect::<Vec<_>>(),
        }))
    })
    .await
}

fn edge(edge: &Edge) -> Value {
    let passages = edge.passages.iter();
    let passages = passages.map(|one| json!({"spans": one.spans, "same_permille": one.same}));
    json!({
        "documents": edge.documents,
        "relation": match edge.relation {
            Relation::CopiesText => "copies-text",
            Relation::SameForm => "same-form",
        },
        "shares_permille": edge.shares,
        "original": edge.original(),
        "confidence": edge.direction.confidence.word(),
        "passages": passages.collect::<Vec<_>>(),
    })
}

/// The id of a record, whether there is one or not.
pub(super) fn record_id(id: &str) -> Answer<RecordId> {
    id.parse().map_err(|_| Problem::nothing())
}
