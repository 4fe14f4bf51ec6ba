//! The source reader: the document, its records beside it, where it comes from; and its original,
//! which leaves only as an attachment.

use super::head::{self, Look};
use super::pages;
use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::masking::session_of;
use archive::WriterId;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use model::{Compartment, Reading};
use serde::Deserialize;
use view::SourceInfo;
use web::Text;
use web::card::Card;
use web::facets::State;
use web::frame::Key;
use web::passages::{self, Range};
use web::screens::{Beside, Legend, SourcePage};

/// Passages on a page.
const PASSAGES: usize = 250;

/// The keys of this screen.
pub(crate) const KEYS: &[Key] = &[
    ("j", "source-key-next"),
    ("k", "source-key-before"),
    ("Enter", "source-key-go"),
    ("c", "source-code"),
    ("t", "source-key-text"),
    ("[", "page-before"),
    ("]", "page-after"),
    ("d", "source-key-details"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sources/{id}", get(source))
        .route("/sources/{id}/original", get(original))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// `captured` to see what was set aside, too; `image` to see its pages, `clean` not to.
    pub(super) text: String,
    /// Id of the record that is chosen.
    pub(super) record: String,
    /// Number of the first passage.
    pub(super) from: u32,
    /// Number of the page whose image is shown.
    pub(super) page: u32,
}

async fn source(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Query(asked) = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let info = desk.source(&id)?;
            let reading = desk.reading(&info)?;
            let opens = head::opens_with_image(&info, reading.as_ref().ok());
            if asked.text == "image" || (opens && asked.text.is_empty()) {
                let session = session_of(&headers);
                let shown = pages::fill(desk, &info, &reading, &asked, (session, false))?;
                return Ok(page(&shown));
            }
            Ok(page(&fill(desk, &info, reading, &asked)?))
        })
        .await
}

/// The records of a source, numbered.
pub(super) fn cards(desk: &Desk<'_>, info: &SourceInfo) -> Answer<Vec<Card>> {
    let records = desk.records(info.id)?;
    let cards = (1..).zip(&records);
    Ok(cards
        .map(|(number, record)| Card::of(record, number, desk.text()))
        .collect())
}

fn fill(
    desk: &Desk<'_>,
    info: &SourceInfo,
    reading: Result<Reading, String>,
    asked: &Asked,
) -> Answer<SourcePage> {
    let text = desk.text();
    let title = super::sources::title(info);
    let frame = desk.frame("sources", title)?.with_keys(KEYS);
    let cards = cards(desk, info)?;
    let chosen = cards.iter().position(|card| card.id == asked.record);
    let as_captured = asked.text == "captured";
    let read = reading.as_ref().ok();
    let look = match as_captured {
        true => Look::Captured,
        false => Look::Clean,
    };
    let at = chosen.and_then(|at| head::page_of(read?, &cards[at]));
    let mut page = SourcePage {
        head: head::head(desk, info, read, &cards, (look, at.unwrap_or(1)))?,
        unread: String::new(),
        passages: Vec::new(),
        aside: Vec::new(),
        as_captured,
        beside: Beside::default(),
        chosen,
        marks: Vec::new(),
        before: String::new(),
        after: String::new(),
        cards,
        frame,
    };
    match reading {
        Ok(reading) => lay_out(&mut page, &reading, asked.from, text),
        Err(why) => page.unread = why,
    }
    Ok(page)
}

/// Fills in what the reading shows: passages from `from` on, or those around the chosen record.
fn lay_out(page: &mut SourcePage, reading: &Reading, from: u32, text: Text) {
    let shown: Vec<u32> = reading
        .passages
        .iter()
        .filter(|passage| page.as_captured || passage.is_clean())
        .map(|passage| passage.number)
        .collect();
    let chosen = page
        .chosen
        .and_then(|at| page.cards.get(at))
        .map(Card::passage);
    let wanted = if from > 0 { from } else { chosen.unwrap_or(0) };
    // A page begins at a multiple of its size, so that going forth and back meets the same pages.
    let at = shown.partition_point(|number| *number < wanted);
    let start = at.min(shown.len().saturating_sub(1)) / PASSAGES * PASSAGES;
    let range = Range {
        first: shown.get(start).copied().unwrap_or(1),
        most: PASSAGES,
        as_captured: page.as_captured,
    };
    page.passages = passages::cut(reading, &page.cards, range, page.chosen, text);
    page.marks = passages::minimap(reading, &page.cards);
    let aside = passages::aside(reading, text).into_iter();
    page.aside = aside
        .map(|(label, number)| Legend { label, number })
        .collect();
    let state = State::new(
        &page.head.address,
        &[("text", if page.as_captured { "captured" } else { "" })],
    );
    let begin = |number: Option<&u32>| {
        let number = number.map(ToString::to_string);
        number
            .map(|number| state.with("from", &number).address())
            .unwrap_or_default()
    };
    page.after = begin(shown.get(start + PASSAGES));
    if let Some(before) = start.checked_sub(PASSAGES) {
        page.before = begin(shown.get(before));
    }
    page.beside = beside(&page.cards);
}

/// Names, each once, and the number of claims.
fn beside(cards: &[Card]) -> Beside {
    let mut seen = std::collections::BTreeSet::new();
    let mut names: Vec<usize> = Vec::new();
    for (at, card) in cards.iter().enumerate().filter(|(_, card)| card.is_name) {
        if seen.insert((card.kind, card.headline.clone())) {
            names.push(at);
        }
    }
    Beside {
        claims: cards.iter().filter(|card| !card.is_name).count(),
        names,
    }
}

/// The original, byte for byte, as an attachment that no browser shows as a page of ours.
async fn original(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor
        .respond(move |desk| {
            let info = desk.source(&id)?;
            // In the bytes themselves no name can be masked.
            if info.source.compartment > Compartment::Open && !desk.visitor.caller.sees_names {
                let back = web::facets::encode(&super::sources::address(&info));
                return Ok(Redirect::to(&format!("/masked?back={back}")).into_response());
            }
            let archive = &desk.open.archive;
            let found = archive.entry(WriterId(info.entry.writer), info.entry.index)?;
            let bytes = archive.blob_bytes(&found.entry, 0, collect::LONGEST)?;
            let name = attachment(&info.source.collected.name);
            Ok((
                [
                    (CONTENT_TYPE, "application/octet-stream".to_owned()),
                    (CONTENT_DISPOSITION, name),
                    (
                        CONTENT_SECURITY_POLICY,
                        "sandbox; default-src 'none'".to_owned(),
                    ),
                ],
                Body::from(bytes),
            )
                .into_response())
        })
        .await
}

/// `Content-Disposition` with the file's own name (RFC 6266, RFC 8187).
fn attachment(name: &str) -> String {
    let own = name.rsplit('/').next().unwrap_or_default();
    format!("attachment; filename*=UTF-8''{}", web::facets::encode(own))
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn names_of_attachments_are_plain_ascii() {
        assert_eq!(
            attachment("a/b c\".html"),
            "attachment; filename*=UTF-8''b%20c%22.html"
        );
        assert!(attachment("진술\r\n.txt").is_ascii());
        assert!(!attachment("a\r\nSet-Cookie: x").contains('\n'));
    }
}
