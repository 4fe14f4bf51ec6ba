//! The review queue: one record, its words, and a person's decision, which goes on record at once.
//!
//! Invariants: a decision is made upon the state that the person saw; where somebody decided
//! meanwhile, it is shown again instead. Nothing is accepted without a person's request.

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
use model::{
    Change, Choice, Reading, Record, RecordId, RecordKind, Sha256Digest, SourceId, Status,
};
use serde::Deserialize;
use view::{ReviewFilter, ReviewOrder};
use web::card::{self, Card};
use web::facets::State;
use web::frame::Key;
use web::screens::{Done, Matter, Progress, Reason, ReviewPage, Step};
use web::{Text, passages, show};

/// The address of this screen.
const HERE: &str = "/review";
/// Clean passages shown before and after the one that carries the record.
const AROUND: usize = 2;

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

fn fill(desk: &Desk<'_>, asked: &Asked, problem: String, sent: Sent<'_>) -> Answer<ReviewPage> {
    let text = desk.text();
    let view = desk.view();
    let filter = asked.filter(desk.operator());
    let after: Option<RecordId> = asked.after.parse().ok();
    let wanted: Option<RecordId> = asked.record.parse().ok();
    let record = match wanted {
        Some(id) => Some(view.record(&id)?.ok_or(Trouble::NotFound)?),
        None => {
            let order = ReviewOrder::default();
            view.review_queue(&filter, order, after.as_ref(), 1)?
                .into_iter()
                .next()
        }
    };
    let skipped = record.is_none()
        && after.is_some()
        && !view
            .review_queue(&filter, ReviewOrder::default(), None, 1)?
            .is_empty();
    let matter = match &record {
        Some(record) => Some(matter(desk, asked, record, sent)?),
        None => None,
    };
    Ok(ReviewPage {
        frame: desk
            .frame("review", text.say("place-review"))?
            .with_keys(KEYS),
        progress: progress(desk, &filter)?,
        matter,
        reasons: reasons(text),
        kinds: kinds(desk, asked)?,
        statuses: OPEN
            .map(|one| (one.name(), card::status_label(one.name(), text)))
            .to_vec(),
        blind: asked.is_blind(),
        done: done(desk, asked, after.as_ref())?,
        problem,
        skipped,
        state: asked.state(),
    })
}

fn matter(desk: &Desk<'_>, asked: &Asked, record: &Record, sent: Sent<'_>) -> Answer<Matter> {
    let text = desk.text();
    let (record, reading) = at_hand(desk, &record.id.to_string())?;
    let seen = deciding::seen(desk.view(), &record, asked.is_blind())?;
    let card = Card::of(&seen, 1, text);
    let source = record
        .source
        .map(|id| desk.view().source(&id))
        .transpose()?
        .flatten();
    let info = source.ok_or(Trouble::NotFound)?;
    let lang = info.language.clone().unwrap_or_default();
    let published = info.published.map(|date| date.to_string());
    let about: Vec<String> = [info.publisher.clone(), published]
        .into_iter()
        .flatten()
        .collect();
    let here = super::sources::address(&info);
    Ok(Matter {
        version: view::upon(&record)?.version.to_string(),
        title: super::sources::title(&info),
        address: format!("{here}?record={}#p{}", card.id, card.passage()),
        image: match read::sheet::has_sheets(&info.source.media_type) {
            true => format!("{here}?text=image&record={}", card.id),
            false => String::new(),
        },
        direction: super::head::direction(&lang),
        about: about.join(" · "),
        passages: passages::around(&reading, &card, AROUND, text),
        history: match asked.is_blind() {
            true => Vec::new(),
            false => record
                .history
                .iter()
                .map(|change| step(change, text))
                .collect(),
        },
        edit: match asked.edit.is_empty() {
            true => Vec::new(),
            false => correcting::rows(seen.body.kind(), &Held::of(&seen), sent, text),
        },
        lang,
        card,
    })
}

fn step(change: &Change, text: Text) -> Step {
    let decision = &change.decision;
    let reason = decision.reason.as_ref();
    let reason = reason.map(|code| show::label(text, "rejection", code.as_str()));
    let note = Some(decision.note.clone()).filter(|note| !note.is_empty());
    let why: Vec<String> = [reason, note].into_iter().flatten().collect();
    let corrected = decision.corrected.as_ref();
    Step {
        at: show::time(change.at),
        by: decision.by.clone(),
        what: text.say(match decision.choice {
            Choice::Accept => "review-did-accept",
            Choice::Correct => "review-did-correct",
            Choice::Reject => "review-did-reject",
            Choice::Unsure => "review-did-unsure",
            Choice::Withdraw => "review-did-withdraw",
        }),
        why: why.join(" · "),
        says: corrected
            .map(|corrected| card::headline_of(&corrected.proposal.body, text))
            .unwrap_or_default(),
    }
}

fn progress(desk: &Desk<'_>, filter: &ReviewFilter) -> Answer<Progress> {
    let found = desk.view().review_progress(filter)?;
    Ok(Progress {
        open: found.open(),
        grave: found.grave,
        second: found.second_review,
        unsure: found.unsure,
        disputed: found.disputed,
        decided: found.decided,
    })
}

/// The digits, in the order of the row on a keyboard.
const DIGITS: [&str; 10] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

fn reasons(text: Text) -> Vec<Reason> {
    let list = show::vocabularies().list("rejection");
    let terms = list.map_or(&[][..], |list| &list.terms);
    let keys = DIGITS.into_iter();
    keys.zip(terms)
        .map(|(key, term)| Reason {
            key: key.to_owned(),
            code: term.code.as_str().to_owned(),
            label: term.label(text.language().tag()).to_owned(),
        })
        .collect()
}

/// The kinds of which something waits, with how many.
fn kinds(desk: &Desk<'_>, asked: &Asked) -> Answer<Vec<(String, String, String)>> {
    let text = desk.text();
    let counts = desk.view().status()?;
    let open = |kind: RecordKind| -> u64 {
        let of_kind = counts.records.get(&kind).into_iter().flatten();
        of_kind
            .filter(|(status, _)| status.is_open())
            .map(|(_, number)| number)
            .sum()
    };
    Ok(claims()
        .map(|kind| (kind, open(kind)))
        .filter(|(kind, number)| *number > 0 || kind.name() == asked.kind)
        .map(|(kind, number)| {
            let label = show::label(text, "record-kind", kind.name());
            (kind.name().to_owned(), label, text.digits(number))
        })
        .collect())
}

/// What was decided last, where the address says that something was.
fn done(desk: &Desk<'_>, asked: &Asked, after: Option<&RecordId>) -> Answer<Option<Done>> {
    let text = desk.text();
    let (Some(_), Some(id)) = (Choice::from_name(&asked.done), after) else {
        return Ok(None);
    };
    let Some(record) = desk.view().record(id)? else {
        return Ok(None);
    };
    let status = card::status_label(record.status.name(), text);
    let says = card::headline_of(&record.body, text);
    Ok(Some(Done {
        record: id.to_string(),
        words: format!("{status}: {}", show::shorten(&says, 120)),
    }))
}
