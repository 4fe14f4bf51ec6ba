//! Cases in the words of the visitor.
//!
//! Invariant: nobody is shown as dead on the word of a record that no person accepted.

use crate::evidence::{address_of, days, said};
use assemble::Assembled;
use link::cases::{CaseFile, Known, Request};
use model::Status;
use web::screens::{CaseRow, KnownRow, RequestRow};
use web::{Text, show};

/// The code of death in the vocabulary of statuses.
pub(super) const DEAD: &str = "dead";

/// The choice of those of whom nothing is known that may be shown.
pub(super) const UNKNOWN: &str = "unknown";

/// The last entry of a history: the latest that is dated, else the last.
fn last(history: &[Known]) -> Option<&Known> {
    let dated = history.iter().rev().find(|known| known.since.is_some());
    dated.or_else(|| history.last())
}

/// What the register counts a case under: the code of its last status, or [`UNKNOWN`] without one
/// that may be shown; nothing where words tell it that have no code.
pub(super) fn standing<'a>(all: &Assembled, case: &'a CaseFile) -> Option<&'a str> {
    match last(&case.statuses) {
        Some(known) if !is_unheard_death(all, known) => {
            known.code.as_ref().map(model::Code::as_str)
        }
        _ => Some(UNKNOWN),
    }
}

/// Whether it says that somebody died, and no person accepted the record.
fn is_unheard_death(all: &Assembled, known: &Known) -> bool {
    let record = all.record(&known.evidence.record);
    let accepted =
        record.is_some_and(|record| matches!(record.status, Status::Accepted | Status::Corrected));
    known
        .code
        .as_ref()
        .is_some_and(|code| code.as_str() == DEAD)
        && !accepted
}

/// A status or place in words, and what limits it.
fn told(all: &Assembled, known: &Known, text: Text) -> (String, String) {
    let code = known.code.as_ref().map(model::Code::as_str);
    let is_status = known.aspect == link::cases::Aspect::Status;
    match (is_status, code) {
        _ if is_unheard_death(all, known) => (
            text.say("people-fate-unknown"),
            text.say("people-said-dead"),
        ),
        (true, Some(code)) => (show::label(text, "status-at-end", code), String::new()),
        _ => (known.value.clone(), String::new()),
    }
}

/// A case in a line.
pub(super) fn case(all: &Assembled, case: &CaseFile, text: Text) -> CaseRow {
    let (status, status_note) = match last(&case.statuses) {
        Some(known) => told(all, known, text),
        None => (text.say("people-fate-unknown"), String::new()),
    };
    let codes = case.categories.iter();
    let categories: Vec<String> = codes
        .map(|(code, _)| show::label(text, "case-category", code.as_str()))
        .collect();
    let others = case.names.iter().filter(|name| **name != case.name).take(3);
    let others: Vec<&str> = others.map(String::as_str).collect();
    let news = case.counters.since_news;
    CaseRow {
        address: address_of("/people/case", &case.id),
        name: case.name.clone(),
        also: others.join(", "),
        category: categories.join(", "),
        status,
        status_note,
        whereabouts: last(&case.whereabouts)
            .map(|known| known.value.clone())
            .unwrap_or_default(),
        news: news.map(|it| days(it, text)).unwrap_or_default(),
        news_date: case
            .counters
            .last_news
            .as_ref()
            .map(|dated| dated.date.to_string())
            .unwrap_or_default(),
        requests: case.requests.len() as u64,
        unanswered: case.counters.unanswered as u64,
        is_proposed: case.is_proposed,
    }
}

/// An entry of a history.
pub(super) fn known(all: &Assembled, known: &Known, text: Text) -> KnownRow {
    let (value, note) = told(all, known, text);
    KnownRow {
        since: known
            .since
            .as_ref()
            .map(|dated| dated.date.to_string())
            .unwrap_or_default(),
        value,
        note,
        said: said(all, &known.evidence, text),
    }
}

/// A request, with what came back.
pub(super) fn request(all: &Assembled, request: &Request, text: Text) -> RequestRow {
    let date = request.evidence.date.as_ref();
    let replies = request.replies.iter().map(|reply| {
        let answer = show::label(text, "response", reply.answer.as_str());
        (
            format!("{}: {answer}", reply.by),
            crate::screens::accountability::certainty(reply.certainty, text),
            said(all, &reply.evidence, text),
        )
    });
    RequestRow {
        date: date.map(|dated| dated.date.to_string()).unwrap_or_default(),
        caller: request.caller.clone().unwrap_or_default(),
        addressees: request.addressees.join(", "),
        said: said(all, &request.evidence, text),
        replies: replies.collect(),
    }
}
