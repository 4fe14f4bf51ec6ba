//! What stands above a source in each of its views: what is known of it and how, which documents
//! share text with it, and the ways to look at it.

use crate::answer::Answer;
use crate::desk::Desk;
use archive::WriterId;
use link::lineage::Edge;
use model::{Compartment, Reading, SourceId};
use read::sheet::{has_sheets, is_one_picture};
use view::{EntryPlace, ReadState, SourceInfo};
use web::card::Card;
use web::screens::{Fact, SourceHead, Telling, ViewLink};
use web::{Text, show};

/// A way to look at a source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Its clean text.
    Clean,
    /// All that was captured.
    Captured,
    /// Its pages.
    Image,
}

/// The head of a source whose reading and records are at hand; `page` is the one that its image
/// leads to.
pub(super) fn head(
    desk: &Desk<'_>,
    info: &SourceInfo,
    reading: Option<&Reading>,
    cards: &[Card],
    (look, page): (Look, u32),
) -> Answer<SourceHead> {
    let text = desk.text();
    let lang = info.language.clone().unwrap_or_default();
    let address = super::sources::address(info);
    let counts = counts(cards);
    Ok(SourceHead {
        id: info.id.to_string(),
        direction: direction(&lang),
        about: about(info, text),
        compartment: match info.source.compartment {
            Compartment::Open => String::new(),
            narrower => show::label(text, "compartment", narrower.name()),
        },
        facts: [facts(info, reading, text), looks(desk, info)?].concat(),
        remarks: reading.map_or_else(Vec::new, |reading| reading.remarks.clone()),
        tellings: [tellings(desk, &info.id)?, alike(desk, &info.id)?].concat(),
        views: views(info, reading, &address, (look, page), text),
        counts,
        has_text: reading.is_some(),
        address,
        lang,
    })
}

/// Whether a source shows its pages where nothing else is asked for: it has no clean text.
pub(super) fn opens_with_image(info: &SourceInfo, reading: Option<&Reading>) -> bool {
    let has_text = reading.is_some_and(|reading| reading.clean().next().is_some());
    has_sheets(&info.source.media_type) && !has_text
}

/// The page that the words of a record stand on.
pub(super) fn page_of(reading: &Reading, card: &Card) -> Option<u32> {
    reading.page_at(card.words.first()?.span.start)
}

/// How many claims the cards make, and how many different names they name.
fn counts(cards: &[Card]) -> (usize, usize) {
    let names: std::collections::BTreeSet<_> = cards
        .iter()
        .filter(|card| card.is_name)
        .map(|card| (card.kind, card.headline.as_str()))
        .collect();
    let claims = cards.iter().filter(|card| !card.is_name).count();
    (claims, names.len())
}

fn views(
    info: &SourceInfo,
    reading: Option<&Reading>,
    address: &str,
    (look, page): (Look, u32),
    text: Text,
) -> Vec<ViewLink> {
    let mut views = Vec::new();
    let mut add = |key: &str, of: Look, query: &str, more: usize| {
        views.push(ViewLink {
            label: text.say(key),
            address: format!("{address}{query}"),
            here: of == look,
            more,
        });
    };
    if let Some(reading) = reading {
        let aside = reading.passages.iter().filter(|one| !one.is_clean());
        let clean = match opens_with_image(info, Some(reading)) {
            true => "?text=clean",
            false => "",
        };
        add("source-clean", Look::Clean, clean, 0);
        add(
            "source-captured",
            Look::Captured,
            "?text=captured",
            aside.count(),
        );
    }
    let media_type = &info.source.media_type;
    if has_sheets(media_type) {
        let key = match is_one_picture(media_type) {
            true => "page-picture",
            false => "page-image",
        };
        let query = match page {
            0 | 1 => "?text=image".to_owned(),
            page => format!("?text=image&page={page}"),
        };
        add(key, Look::Image, &query, 0);
    }
    views
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

/// What a picture looks like.
fn looks(desk: &Desk<'_>, info: &SourceInfo) -> Answer<Vec<Fact>> {
    let likeness = view::likeness_of(&desk.open.archive, info)?;
    let fact = likeness.map(|likeness| Fact {
        label: desk.text().say("source-fact-looks"),
        value: likeness.to_string(),
        basis: "PDQ".to_owned(),
        lang: "en",
        exact: true,
    });
    Ok(fact.into_iter().collect())
}

/// Pictures that look like a source, where the archive is laid out already.
fn alike(desk: &Desk<'_>, id: &SourceId) -> Answer<Vec<Telling>> {
    let (Some(all), _) = desk.whole() else {
        return Ok(Vec::new());
    };
    let mut tellings = Vec::new();
    for alike in all.pictures()?.alike(id) {
        if let Some(info) = desk.view().source(&alike.source)? {
            tellings.push(Telling {
                how: desk.text().number("source-alike", alike.apart as usize),
                title: super::sources::title(&info),
                address: super::sources::address(&info),
            });
        }
    }
    Ok(tellings)
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
