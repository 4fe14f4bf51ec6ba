//! What an answer of the engine rests on, as the interface shows it: quotes with the way to them.

use assemble::Assembled;
use link::incidents::{Cite, Incident, Reason};
use model::{Record, SourceId};
use web::evidence::{Point, Said};
use web::{Text, show, states};

/// Longest quote that is shown beside a sentence, in characters.
const LONGEST: usize = 240;
/// Most quotes below one sentence.
const MOST: usize = 12;

/// What a document is called, in a line.
pub(crate) fn called(all: &Assembled, source: &SourceId) -> String {
    let Some(document) = all.document(source) else {
        return source.to_string();
    };
    let title = document.title.as_deref();
    let title = title.map_or_else(|| source.to_string(), |title| show::shorten(title, 90));
    let published = document.published.map(|date| date.to_string());
    let parts = [Some(title), document.publisher.clone(), published];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// Address of a record in its source, lit.
pub(crate) fn address(record: &Record, source: Option<SourceId>) -> String {
    let Some(source) = source.or(record.source) else {
        return String::new();
    };
    let passage = record.citations.first().map_or(0, |one| one.quote.passage);
    format!("/sources/{source}?record={}#p{passage}", record.id)
}

/// Words that carry something.
pub(crate) fn said(all: &Assembled, cite: &Cite) -> Said {
    let source = cite.source.as_ref();
    Said {
        quote: show::shorten(&cite.quote, LONGEST),
        lang: source
            .and_then(|source| all.document(source)?.language.clone())
            .unwrap_or_default(),
        about: source.map_or_else(String::new, |source| called(all, source)),
        address: all
            .record(&cite.record)
            .map(|record| address(record, cite.source))
            .unwrap_or_default(),
    }
}

/// Words of several cites; at most so many as can be looked at.
pub(crate) fn all_said(all: &Assembled, cites: &[Cite]) -> Vec<Said> {
    let cites = cites.iter().take(MOST);
    cites.map(|cite| said(all, cite)).collect()
}

/// A reason of the engine.
pub(crate) fn point(all: &Assembled, reason: &Reason) -> Point {
    Point::of_engine(reason.text.clone(), all_said(all, &reason.cites))
}

/// What an incident is, in a line: types, place, date, who suffered.
pub(crate) fn heading(incident: &Incident, text: Text) -> String {
    let types = incident.types.iter().take(3);
    let types: Vec<String> = types
        .map(|(code, _)| show::label(text, "violation", code.as_str()))
        .collect();
    let mut parts = vec![types.join(", ")];
    let place = incident.places.first();
    parts.extend(place.map(|place| states::place(text, &place.identity, &place.name)));
    parts.extend(incident.time.as_ref().map(|time| time.range.to_string()));
    let victims = &incident.victims;
    let victims = victims.named.iter().chain(&victims.groups).take(2);
    let victims: Vec<String> = victims.map(|who| who.name.clone()).collect();
    if !victims.is_empty() {
        parts.push(victims.join(", "));
    }
    parts.join(" · ")
}
