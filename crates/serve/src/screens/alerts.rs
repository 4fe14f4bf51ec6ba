//! Alerts: what the rules over incoming records warn of. Who has seen one says so, on record.
//!
//! Invariant: nothing is hidden that nobody has seen, and what came in since it was seen opens it
//! again.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::{judging, rests};
use assemble::Assembled;
use axum::Router;
use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use link::alerts::{Alert, Ground, Severity};
use link::incidents::Cite;
use model::{Judgement, Matter, Verdict};
use serde::Deserialize;
use web::evidence::Point;
use web::screens::{AlertRow, AlertsPage};
use web::{Text, show};

/// The address of this screen.
pub(super) const HERE: &str = "/alerts";
/// Alerts of each part that are shown.
const SHOWN: usize = 60;
/// Grounds of one alert that are shown.
const GROUNDS: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/alerts/seen", post(seen))
}

async fn list(visitor: Visitor) -> Response {
    visitor.at_desk(fill).await
}

fn fill(desk: &Desk<'_>) -> Answer<AlertsPage> {
    let text = desk.text();
    let all = desk.laid()?;
    let alerts = &all.warnings()?.alerts;
    let rows = |is_open: bool| {
        let some = alerts.iter().filter(|alert| alert.is_open() == is_open);
        let rows = some.take(SHOWN).map(|alert| row(&all, alert, text));
        rows.collect::<Vec<_>>()
    };
    let open = alerts.iter().filter(|alert| alert.is_open()).count();
    Ok(AlertsPage {
        frame: desk.frame("home", text.say("alerts-title"))?,
        open: rows(true),
        seen: rows(false),
        counts: (open, alerts.len() - open),
    })
}

fn row(all: &Assembled, alert: &Alert, text: Text) -> AlertRow {
    let key = format!("alerts-rule-{}", alert.rule);
    // A rule of one's own says what it says in one language.
    let (title, title_lang) = match text.has(&key) {
        true => (text.say(&key), ""),
        false => (alert.title.clone(), "en"),
    };
    let ground = |ground: &Ground| {
        let cite = Cite {
            record: ground.evidence.record,
            source: ground.evidence.source,
            quote: ground.evidence.quote.clone(),
        };
        Point::of_engine(ground.words(), vec![rests::said(all, &cite)])
    };
    let seen = alert.acknowledged.as_ref();
    AlertRow {
        id: alert.id.clone(),
        title,
        title_lang,
        severity: text.say(match alert.severity {
            Severity::Urgent => "alerts-urgent",
            Severity::Watch => "alerts-watch",
        }),
        class: match alert.severity {
            Severity::Urgent => "alert",
            Severity::Watch => "",
        },
        since: alert.on.map(|on| on.to_string()).unwrap_or_default(),
        words: alert.words.clone(),
        grounds: alert.grounds.iter().take(GROUNDS).map(ground).collect(),
        seen: seen
            .map(|seen| {
                text.name(
                    "alerts-seen-by",
                    format!("{}, {}", seen.by, show::time(seen.at)),
                )
            })
            .unwrap_or_default(),
        reason: seen.map(|seen| seen.reason.clone()).unwrap_or_default(),
        is_open: alert.is_open(),
    }
}

/// That somebody has seen an alert.
#[derive(Deserialize)]
struct Seen {
    alert: String,
    #[serde(default)]
    reason: String,
}

async fn seen(visitor: Visitor, said: Result<Form<Seen>, FormRejection>) -> Response {
    visitor
        .respond(move |desk| {
            let Form(said) = said.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let all = desk.laid()?;
            let mut alerts = all.warnings()?.alerts.iter();
            let alert = alerts.find(|alert| alert.id == said.alert);
            let alert = alert.ok_or(Trouble::NotFound)?;
            let ground = alert.grounds.first();
            let record = ground.and_then(|ground| all.record(&ground.evidence.record));
            let judged = record.and_then(view::judged_of).ok_or(Trouble::NotFound)?;
            let judgement = Judgement {
                matter: Matter::Alert(alert.id.clone(), judged),
                verdict: Verdict::Acknowledged,
                by: desk.operator().to_owned(),
                reason: judging::reason(&said.reason),
            };
            judging::on_record(desk, &judgement)?;
            Ok(Redirect::to(HERE).into_response())
        })
        .await
}
