//! The source reader: the document, its records beside it, where it comes from; and its original,
//! which leaves only as an attachment.

use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use archive::WriterId;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use link::lineage::Edge;
use model::{Compartment, Reading, SourceId};
use serde::Deserialize;
use view::{EntryPlace, ReadState, SourceInfo};
use web::card::Card;
use web::facets::State;
use web::frame::Key;
use web::passages::{self, Range};
use web::screens::{Beside, Fact, SourcePage, Telling};
use web::{Text, show};

/// Passages on a page.
const PASSAGES: usize = 250;

/// The keys of this screen.
pub(crate) const KEYS: &[Key] = &[
    ("j", "source-key-next"),
    ("k", "source-key-before"),
    ("Enter", "source-key-go"),
    ("c", "source-code"),
    ("t", "source-key-text"),
    ("d", "source-key-details"),
];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sources/{id}", get(source))
        .route("/sources/{id}/original", get(original))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    /// `captured` to see what was set aside, too.
    text: String,
    /// Id of the record that is chosen.
    record: String,
    /// Number of the first passage.
    from: u32,
}

async fn source(
    visitor: Visitor,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let asked = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            fill(desk, &desk.source(&id)?, &asked.0)
        })
        .await
}

fn fill(desk: &Desk<'_>, info: &SourceInfo, asked: &Asked) -> Answer<SourcePage> {
    let text = desk.text();
    let title = super::sources::title(info);
    let frame = desk.frame("sources", title)?.with_keys(KEYS);
    let reading = desk.reading(info)?;
    let mut cards: Vec<Card> = Vec::new();
    for record in desk.records(info.id)? {
        cards.push(Card::of(&record, cards.len() + 1, text));
    }
    let address = super::sources::address(info);
    let lang = info.language.clone().unwrap_or_default();
    let mut page = SourcePage {
        id: info.id.to_string(),
        direction: direction(&lang),
        about: about(info, text),
        compartment: match info.source.compartment {
            Compartment::Open => String::new(),
            narrower => show::label(text, "compartment", narrower.name()),
        },
        unread: String::new(),
        passages: Vec::new(),
        aside: 0,
        as_captured: asked.text == "captured",
        beside: Beside::default(),
        chosen: cards.iter().position(|card| card.id == asked.record),
        marks: Vec::new(),
        facts: facts(info, reading.as_ref().ok(), text),
        remarks: Vec::new(),
        tellings: tellings(desk, &info.id)?,
        before: String::new(),
        after: String::new(),
        cards,
        address,
        lang,
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
    page.aside = reading
        .passages
        .iter()
        .filter(|passage| !passage.is_clean())
        .count();
    page.remarks.clone_from(&reading.remarks);
    let state = State::new(
        &page.address,
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

/// Direction of a document by its language.
pub(super) fn direction(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or_default() {
        "" => "auto",
        "ar" | "fa" | "he" | "ur" | "ps" | "ug" | "dv" | "yi" => "rtl",
        _ => "ltr",
    }
}

fn about(info: &SourceInfo, text: Text) -> Vec<String> {
    let genre = info.source.genre.as_ref();
    [
        info.publisher.clone(),
        info.published.map(|date| date.to_string()),
        genre.map(|code| show::label(text, "genre", code.as_str())),
        info.language
            .as_deref()
            .map(|tag| show::label(text, "language", tag)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is known of a source and how: what was stated, what was read, what the ledger says.
pub(super) fn facts(info: &SourceInfo, reading: Option<&Reading>, text: Text) -> Vec<Fact> {
    let source = &info.source;
    let collected = &source.collected;
    let by = match collected.by.as_str() {
        "" => text.say("source-by-nobody"),
        name => name.to_owned(),
    };
    let basis = |stated: bool, found: Option<&String>| match stated {
        true => text.say("source-stated"),
        false => found.cloned().unwrap_or_default(),
    };
    let place = |entry: &EntryPlace| format!("{} / {}", WriterId(entry.writer), entry.index);
    let fact = |key: &str, value: Option<String>, basis: String, exact: bool| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(Fact {
            label: text.say(key),
            value,
            lang: if basis == text.say("source-stated") {
                ""
            } else {
                "en"
            },
            basis,
            exact,
        })
    };
    let found = |of: fn(&Reading) -> Option<&String>| reading.and_then(of);
    let published = basis(
        source.published.is_some(),
        found(|r| Some(&r.published.as_ref()?.basis)),
    );
    let publisher = basis(
        source.publisher.is_some(),
        found(|r| Some(&r.publisher.as_ref()?.basis)),
    );
    let language = basis(false, found(|r| Some(&r.language.as_ref()?.basis)));
    let authors = reading.map(|reading| {
        let names = reading.authors.iter().map(|author| author.value.as_str());
        names.collect::<Vec<_>>().join(", ")
    });
    let reader = reading.map(|r| format!("{}/{}, {}", r.reader.name, r.reader.version, r.encoding));
    let (read, read_at) = match &info.state {
        ReadState::Read { reading, entry, .. } => (Some(reading.to_string()), Some(place(entry))),
        ReadState::Unread { entry, .. } => (None, Some(place(entry))),
        ReadState::Waiting => (None, None),
    };
    let compartment = show::label(text, "compartment", source.compartment.name());
    let none = String::new;
    [
        fact(
            "source-fact-published",
            info.published.map(|date| date.to_string()),
            published,
            false,
        ),
        fact(
            "source-fact-publisher",
            info.publisher.clone(),
            publisher,
            false,
        ),
        fact("source-fact-authors", authors, none(), false),
        fact(
            "source-fact-language",
            info.language
                .as_deref()
                .map(|tag| show::label(text, "language", tag)),
            language,
            false,
        ),
        fact("source-fact-origin", source.origin.clone(), none(), true),
        fact("source-fact-consent", source.consent.clone(), none(), false),
        fact("source-fact-compartment", Some(compartment), none(), false),
        fact(
            "source-fact-collected",
            Some(format!("{} UTC, {by}", show::time(collected.at))),
            format!("{} · {}", collected.tool, collected.how),
            false,
        ),
        fact(
            "source-fact-name",
            Some(collected.name.clone()),
            none(),
            true,
        ),
        fact(
            "source-fact-media",
            Some(format!(
                "{}, {}",
                source.media_type,
                show::size(source.bytes)
            )),
            none(),
            false,
        ),
        fact(
            "source-fact-sha256",
            Some(source.original.to_string()),
            none(),
            true,
        ),
        fact("source-fact-reader", reader, none(), false),
        fact("source-fact-reading", read, none(), true),
        fact("source-fact-entry", Some(place(&info.entry)), none(), true),
        fact("source-fact-read-entry", read_at, none(), true),
        fact("source-fact-id", Some(info.id.to_string()), none(), true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Documents that share text with a source, where the archive is laid out already.
fn tellings(desk: &Desk<'_>, id: &SourceId) -> Answer<Vec<Telling>> {
    let (Some(all), _) = desk.whole() else {
        return Ok(Vec::new());
    };
    let text = desk.text();
    let mut tellings = Vec::new();
    for edge in all.lineages()?.edges_of(id) {
        let Some(other) = other_side(edge, id) else {
            continue;
        };
        let Some(info) = desk.view().source(&other)? else {
            continue;
        };
        let key = if edge.original() == Some(other) {
            "source-original-of"
        } else if edge.copy() == Some(other) {
            "source-copy-of"
        } else {
            "source-shares"
        };
        let published = info.published.map(|date| date.to_string());
        tellings.push(Telling {
            how: text.say(key),
            title: [
                Some(super::sources::title(&info)),
                info.publisher.clone(),
                published,
            ]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
            address: super::sources::address(&info),
        });
    }
    Ok(tellings)
}

fn other_side(edge: &Edge, id: &SourceId) -> Option<SourceId> {
    let side = edge.side(id)?;
    edge.documents.get(1 - side.min(1)).copied()
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
