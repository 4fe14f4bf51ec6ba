//! The review queue: one record, its words, and a person's decision, which goes on record at once.
//!
//! Invariants: a decision is made upon the state that the person saw; where somebody decided
//! meanwhile, it is shown again instead. Nothing is accepted without a person's request.

mod shown;

use self::shown::fill;
use super::correcting::{self, Held, Sent};
use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::deciding::{self, Ruling, Undecided};
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use model::{Choice, Reading, Record, RecordId, RecordKind, Sha256Digest, SourceId, Status};
use serde::Deserialize;
use view::ReviewFilter;
use web::card;
use web::facets::State;
use web::frame::Key;

/// The address of this screen.
const HERE: &str = "/review";

/// What a record can wait for.
const OPEN: [Status; 4] = [
    Status::Proposed,
    Status::SecondReview,
    Status::Disputed,
    Status::Unsure,
];

/// The keys of this screen.
pub(crate) const KEYS: &[Key] = &[
    ("a", "review-key-accept"),
    ("e", "review-key-correct"),
    ("x", "review-key-reject"),
    ("u", "review-key-unsure"),
    ("s", "review-key-skip"),
    ("z", "review-key-undo"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(review))
        .route("/review/decide", post(decide))
        .route("/review/correct", post(correct))
}

/// Which records, and where in their queue.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    source: String,
    status: String,
    blind: String,
    after: String,
    record: String,
    edit: String,
    done: String,
}

impl Asked {
    fn is_blind(&self) -> bool {
        !self.blind.is_empty()
    }

    fn state(&self) -> State {
        let pairs = [
            ("kind", self.kind.as_str()),
            ("source", &self.source),
            ("status", &self.status),
            ("blind", &self.blind),
            ("after", &self.after),
            ("record", &self.record),
            ("edit", &self.edit),
        ];
        State::new(HERE, &pairs)
    }

    fn filter(&self, by: &str) -> ReviewFilter {
        let kinds = match RecordKind::from_name(&self.kind) {
            Some(kind) => vec![kind],
            None => claims().collect(),
        };
        ReviewFilter {
            by: by.to_owned(),
            kinds,
            source: self.source.parse::<SourceId>().ok(),
            status: OPEN.into_iter().find(|one| one.name() == self.status),
            ..ReviewFilter::default()
        }
    }
}

/// Kinds that claim something; names are decided with the claims that they stand in.
fn claims() -> impl Iterator<Item = RecordKind> {
    RecordKind::ALL
        .iter()
        .copied()
        .filter(|kind| !card::is_name(*kind))
}

/// All records that claim something, whoever decides.
pub(super) fn claims_filter() -> ReviewFilter {
    ReviewFilter {
        kinds: claims().collect(),
        ..ReviewFilter::default()
    }
}

/// What was decided, as a form sends it.
#[derive(Deserialize)]
struct Decided {
    #[serde(flatten)]
    asked: Asked,
    #[serde(default)]
    choice: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    version: String,
}

async fn review(
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &asked.0, String::new(), Sent(&[]))
        })
        .await
}

async fn decide(
    visitor: Visitor,
    sent: Result<Form<Decided>, axum::extract::rejection::FormRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Form(sent) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let choice = Choice::from_name(&sent.choice)
                .filter(|choice| *choice != Choice::Correct)
                .ok_or_else(|| Trouble::NotUnderstood(format!("“{}” is no choice", sent.choice)))?;
            let (record, _) = at_hand(desk, &sent.asked.record)?;
            let ruling = Ruling {
                record: record.id,
                by: desk.operator(),
                choice,
                reason: Some(sent.reason.as_str()).filter(|_| choice == Choice::Reject),
                note: &sent.note,
                blind: sent.asked.is_blind(),
                version: version(&sent.version).filter(|_| choice != Choice::Withdraw),
                correct: &|_, _| unreachable!("a correction has a form of its own"),
            };
            rule(desk, &sent.asked, &ruling, Sent(&[]))
        })
        .await
}

async fn correct(
    visitor: Visitor,
    sent: Result<Form<Vec<(String, String)>>, axum::extract::rejection::FormRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Form(pairs) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let given = |name: &str| {
                let found = pairs.iter().find(|(given, _)| given == name);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let asked = Asked {
                kind: given("kind"),
                source: given("source"),
                status: given("status"),
                blind: given("blind"),
                after: given("after"),
                record: given("record"),
                edit: "1".to_owned(),
                done: String::new(),
            };
            let (record, _) = at_hand(desk, &asked.record)?;
            let seen = deciding::seen(desk.view(), &record, asked.is_blind())?;
            let sent = Sent(&pairs);
            if sent.is_masked() {
                let problem = desk.text().say("masked-in-form");
                return again(desk, &asked, problem, Sent(&[]));
            }
            let edits = correcting::edits(seen.body.kind(), &Held::of(&seen), sent, None);
            let ruling = Ruling {
                record: record.id,
                by: desk.operator(),
                choice: Choice::Correct,
                reason: None,
                note: "",
                blind: asked.is_blind(),
                version: version(&given("version")),
                correct: &|seen, reading| collect::correct(seen, reading, &edits),
            };
            rule(desk, &asked, &ruling, sent)
        })
        .await
}

/// The version that a form was made of; one that is none is no record's.
fn version(sent: &str) -> Option<Sha256Digest> {
    Some(sent.parse().unwrap_or(Sha256Digest([0; 32])))
}

fn at_hand(desk: &Desk<'_>, id: &str) -> Answer<(Record, Reading)> {
    let id: RecordId = id.parse().map_err(|_| Trouble::NotFound)?;
    let record = desk.view().record(&id)?.ok_or(Trouble::NotFound)?;
    let info = match record.source {
        Some(source) => desk.view().source(&source)?,
        None => None,
    };
    let no_source = || Trouble::NotUnderstood(desk.text().say("review-no-source"));
    let info = info.ok_or_else(no_source)?;
    let reading = desk.reading(&info)?.map_err(Trouble::NotUnderstood)?;
    Ok((record, reading))
}

/// Puts a decision on record, and goes on to the next record.
fn rule(desk: &Desk<'_>, asked: &Asked, ruling: &Ruling<'_>, sent: Sent<'_>) -> Answer {
    match deciding::decide(desk.open, ruling) {
        Ok(()) => {}
        Err(Undecided::Changed(record)) => {
            let problem = changed(desk, asked, &record, ruling.version)?;
            return again(desk, asked, problem, sent);
        }
        Err(Undecided::NoWords) => {
            let why = desk.text().say("review-no-source");
            return Err(Trouble::NotUnderstood(why));
        }
        Err(error) if error.is_for_people() => {
            return again(desk, asked, error.to_string(), sent);
        }
        Err(error) => return Err(error.into()),
    }
    let id = ruling.record.to_string();
    let mut next = State::new(
        HERE,
        &[
            ("kind", &asked.kind),
            ("source", &asked.source),
            ("status", &asked.status),
            ("blind", &asked.blind),
        ],
    );
    next = match ruling.choice {
        Choice::Withdraw => next.with("record", &id),
        choice => next
            .with("after", &id)
            .with("done", choice.name())
            .with("record", ""),
    };
    Ok((StatusCode::SEE_OTHER, [(LOCATION, next.address())]).into_response())
}

/// That somebody decided since this person looked at a version, and what that said.
fn changed(
    desk: &Desk<'_>,
    asked: &Asked,
    record: &Record,
    version: Option<Sha256Digest>,
) -> Answer<String> {
    let text = desk.text();
    let told = text.say("review-changed");
    let before = match version {
        Some(version) if !asked.is_blind() => desk.view().earlier(record, &version)?,
        _ => None,
    };
    Ok(match before {
        Some(before) => {
            let said = card::headline_of(&before.body, text);
            format!("{told} {}", text.name("review-said-before", said))
        }
        None => told,
    })
}

/// The same record once more, with what stands in the way.
fn again(desk: &Desk<'_>, asked: &Asked, problem: String, sent: Sent<'_>) -> Answer {
    let shown = fill(desk, asked, problem, sent)?;
    Ok((StatusCode::CONFLICT, page(&shown)).into_response())
}
