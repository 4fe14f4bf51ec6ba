//! One incident: its origins as a drawing and in words, what contradicts it, what would strengthen it.

use super::corroboration::in_words;
use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::rests;
use assemble::Assembled;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use link::corroboration::{Corroboration, Graph, KindOfSource, Layer, Origin, OriginKind, Want};
use link::incidents::{Incident, Reason};
use model::RecordId;
use web::evidence::Point;
use web::graph::{Drawing, Node};
use web::screens::{Dispute, IncidentPage, OriginRow};
use web::{Text, show};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/corroboration/{id}", get(incident))
}

async fn incident(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor.at_desk(move |desk| one(desk, &id)).await
}

/// The page of an incident; the id of any of its allegations will do.
fn one(desk: &Desk<'_>, id: &str) -> Answer<IncidentPage> {
    let text = desk.text();
    let id: RecordId = id.parse().map_err(|_| Trouble::NotFound)?;
    let all = desk.laid()?;
    let incidents = &all.grouping()?.incidents;
    let holds = |one: &Incident| one.members.iter().any(|member| member.record == id);
    let at = incidents.iter().position(|one| one.id == id);
    let at = at.or_else(|| incidents.iter().position(holds));
    let (incident, support) = at
        .and_then(|at| Some((&incidents[at], all.supports().ok()?.get(at)?)))
        .ok_or(Trouble::NotFound)?;
    let frame = desk.frame("corroboration", rests::heading(incident, text))?;
    let points = |reasons: &[Reason]| reasons.iter().map(|one| rests::point(&all, one)).collect();
    let disputes = incident.contradictions.iter().map(|one| Dispute {
        text: one.text.clone(),
        accounts: points(&accounts(&one.accounts)),
    });
    let denials = support.denials.iter().map(|denial| {
        let whose = match (denial.about_this, denial.by_accused) {
            (false, _) => "corroboration-denied-in-general",
            (true, true) => "corroboration-denied-by-accused",
            (true, false) => "corroboration-denied",
        };
        Point {
            text: text.name(whose, &denial.by),
            lang: "",
            said: vec![rests::said(&all, &denial.cite)],
        }
    });
    Ok(IncidentPage {
        status: show::label(text, "violation-status", &support.status.code),
        because: because(&support.status.condition, text),
        rule: Point::of_engine(support.status.because.clone(), Vec::new()),
        support: in_words(support, text),
        level: Point::of_engine(incident.level_because.clone(), Vec::new()),
        perpetrators: incident
            .perpetrators
            .iter()
            .map(|who| who.name.clone())
            .collect(),
        drawing: drawing(&all, incident, support, text),
        origins: support
            .origins
            .iter()
            .map(|one| origin(&all, one, text))
            .collect(),
        disputes: disputes.collect(),
        denials: denials.collect(),
        warnings: Point {
            said: rests::all_said(&all, &support.warnings),
            ..Point::default()
        },
        wants: Want::of(incident, support)
            .iter()
            .map(|one| want(one, text))
            .collect(),
        members: members(&all, incident, text),
        apart: points(&apart(incident)),
        frame,
    })
}

fn accounts(accounts: &[link::incidents::Account]) -> Vec<Reason> {
    let accounts = accounts.iter().map(|account| Reason {
        text: account.says.clone(),
        cites: account.cites.clone(),
    });
    accounts.collect()
}

fn apart(incident: &Incident) -> Vec<Reason> {
    incident
        .apart
        .iter()
        .map(|one| one.reason.clone())
        .collect()
}

fn members(all: &Assembled, incident: &Incident, text: Text) -> Vec<(String, Point)> {
    let members = incident.members.iter().filter_map(|member| {
        let record = all.record(&member.record)?;
        let cite = link::incidents::Cite {
            record: member.record,
            source: member.source,
            quote: record.citations.first()?.quote.quote.clone(),
        };
        let reasons: Vec<&str> = member.reasons.iter().map(|one| one.text.as_str()).collect();
        let manner = show::label(text, "modality", member.modality.name());
        let said = vec![rests::said(all, &cite)];
        Some((manner, Point::of_engine(reasons.join("; "), said)))
    });
    members.collect()
}

/// What a condition of the rule means; nothing for one of an own rule, which the engine tells.
fn because(condition: &str, text: Text) -> String {
    let key = format!("corroboration-because-{condition}");
    match text.has(&key) {
        true => text.say(&key),
        false => String::new(),
    }
}

fn directness(kind: KindOfSource, text: Text) -> String {
    text.say(match kind {
        KindOfSource::FirstHand => "corroboration-first-hand",
        KindOfSource::Official => "corroboration-official",
        KindOfSource::Derived => "corroboration-derived",
    })
}

fn origin(all: &Assembled, origin: &Origin, text: Text) -> OriginRow {
    let whose = match origin.kind {
        OriginKind::Document(_) => "corroboration-own-voice",
        OriginKind::Named(_) if origin.at_hand => "corroboration-at-hand",
        OriginKind::Named(_) => "corroboration-quoted-only",
        OriginKind::Unnamed => "corroboration-unnamed",
        OriginKind::Person(_) => "corroboration-entered",
    };
    let reliability = match &origin.reliability {
        Some(code) => show::label(text, "source-reliability", code.as_str()),
        None => text.say("corroboration-not-assessed"),
    };
    let mut about = vec![
        directness(origin.directness, text),
        text.say(whose),
        reliability,
    ];
    if origin.found {
        about.push(text.say("corroboration-found"));
    }
    OriginRow {
        name: origin.name.clone(),
        about,
        told: text.number("corroboration-told", origin.documents.len()),
        reasons: origin
            .reasons
            .iter()
            .map(|one| rests::point(all, one))
            .collect(),
    }
}

fn drawing(all: &Assembled, incident: &Incident, support: &Corroboration, text: Text) -> Drawing {
    let graph = Graph::of(incident, support, |source| rests::called(all, &source));
    let mut origins = support.origins.iter();
    let nodes: Vec<Node> = graph
        .nodes
        .iter()
        .map(|node| match node.layer {
            Layer::Origin => {
                let origin = origins.next();
                Node {
                    column: 0,
                    label: node.label.clone(),
                    note: origin.map_or_else(String::new, |one| directness(one.directness, text)),
                    class: match origin.is_some_and(|one| one.at_hand) {
                        true => "",
                        false => "unheard",
                    },
                    address: node
                        .source
                        .map_or_else(String::new, |id| format!("/sources/{id}")),
                }
            }
            Layer::Document => Node {
                column: 1,
                label: node.label.clone(),
                address: node
                    .source
                    .map_or_else(String::new, |id| format!("/sources/{id}")),
                ..Node::default()
            },
            Layer::Allegation => allegation(all, node, text),
            Layer::Incident => Node {
                column: 3,
                label: rests::heading(incident, text),
                note: show::label(text, "violation-status", &support.status.code),
                class: "whole",
                address: String::new(),
            },
        })
        .collect();
    let heads = ["origins", "documents", "allegations", "incident"];
    let heads = heads.map(|name| text.of_name("corroboration-head", name));
    let edges: Vec<(usize, usize)> = graph.edges.iter().map(|one| (one.from, one.to)).collect();
    Drawing::of(&heads, &nodes, &edges)
}

fn allegation(all: &Assembled, node: &link::corroboration::GraphNode, text: Text) -> Node {
    let record = node.record.and_then(|id| all.record(&id));
    let quote = record.and_then(|record| record.citations.first());
    Node {
        column: 2,
        label: quote.map_or_else(String::new, |one| format!("“{}”", one.quote.quote)),
        note: show::label(text, "modality", &node.label),
        address: record
            .map(|record| rests::address(record, node.source))
            .unwrap_or_default(),
        class: "",
    }
}

fn want(want: &Want, text: Text) -> String {
    match want {
        Want::Report => text.say("corroboration-want-report"),
        Want::SecondOrigin => text.say("corroboration-want-second"),
        Want::FirstHand => text.say("corroboration-want-first-hand"),
        Want::OwnWords(names) => text.name("corroboration-want-own-words", names.join(", ")),
        Want::NamedSources => text.say("corroboration-want-named"),
        Want::Reliability(number) => text.number("corroboration-want-reliability", *number),
        Want::Settled(number) => text.number("corroboration-want-settled", *number),
        Want::Date => text.say("corroboration-want-date"),
        Want::Place => text.say("corroboration-want-place"),
        Want::Victims => text.say("corroboration-want-victims"),
    }
}
