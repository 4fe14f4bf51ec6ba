//! Coding by hand: a new record from words that a person selected in a source.
//!
//! Invariants: what goes on record passes the checks of `collect`, and it is its person's; the form
//! keeps what was typed until it is on record. Works without scripts: the words are sent as they
//! are, and looked for in the text.

use super::correcting::{self, Held, Otherwise, Sent};
use super::head::direction;
use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::evidence::record_address;
use axum::Router;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use collect::Coded;
use model::{CharIndex, Reading, RecordKind, Span};
use view::{ReadState, SourceInfo};
use web::screens::CodingPage;
use web::{passages, show};

/// Clean passages shown before and after the one that carries the record.
const AROUND: usize = 2;
/// Most characters that carry a record as a whole.
const LONGEST: u32 = 4_000;
/// Places that words are looked for in, at most.
const PLACES: usize = 3;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/sources/{id}/code", get(form).post(put))
}

type Pairs = Vec<(String, String)>;

async fn form(
    visitor: Visitor,
    Path(id): Path<String>,
    asked: Result<Query<Pairs>, QueryRejection>,
) -> Response {
    visitor
        .at_desk(move |desk| {
            let Query(pairs) = asked.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let at_hand = AtHand::of(desk, &id)?;
            let sent = Sent(&pairs);
            match at_hand.words(desk, sent) {
                Ok(span) => at_hand.fill(desk, sent, span, String::new()),
                Err(problem) => at_hand.fill(desk, sent, None, problem),
            }
        })
        .await
}

async fn put(
    visitor: Visitor,
    Path(id): Path<String>,
    sent: Result<Form<Pairs>, FormRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Form(pairs) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let sent = Sent(&pairs);
            let at_hand = AtHand::of(desk, &id)?;
            let again = |problem: String, status| {
                let span = at_hand.words(desk, sent).unwrap_or_default();
                let shown = at_hand.fill(desk, sent, span, problem)?;
                Ok((status, page(&shown)).into_response())
            };
            if sent.is_masked() {
                return again(desk.text().say("masked-in-form"), StatusCode::CONFLICT);
            }
            if sent.get("more").is_some() {
                return again(String::new(), StatusCode::OK);
            }
            match at_hand.code(desk, sent)? {
                Ok(address) => Ok((StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()),
                Err(problem) => again(problem, StatusCode::CONFLICT),
            }
        })
        .await
}

/// The source that is coded, and what was read of it.
struct AtHand {
    info: SourceInfo,
    reading: Reading,
    chars: CharIndex,
}

impl AtHand {
    fn of(desk: &Desk<'_>, id: &str) -> Answer<Self> {
        let info = desk.source(id)?;
        let reading = desk.reading(&info)?.map_err(Trouble::NotUnderstood)?;
        Ok(Self {
            chars: CharIndex::new(&reading.text),
            info,
            reading,
        })
    }

    fn slice(&self, span: Span) -> &str {
        let text = self.chars.slice(&self.reading.text, span);
        text.unwrap_or_default()
    }

    /// Where the words stand that were selected or typed; `None` before any were. The error says
    /// why they cannot carry a record.
    fn words(&self, desk: &Desk<'_>, sent: Sent<'_>) -> Result<Option<Span>, String> {
        let text = desk.text();
        let at = sent.get("at").unwrap_or_default();
        let words = sent.get("words").unwrap_or_default();
        let span = match (at, words) {
            ("", "") => return Ok(None),
            ("", words) => {
                let places = self.reading.text.match_indices(words).take(PLACES);
                let places: Vec<usize> = places.map(|(at, _)| at).collect();
                let &[start] = places.as_slice() else {
                    return Err(text.say(match places.is_empty() {
                        true => "code-not-there",
                        false => "code-several-times",
                    }));
                };
                let at = |byte: usize| self.chars.char(&self.reading.text, byte);
                Span::new(at(start), at(start + words.len()))
            }
            (at, _) => correcting::span_of(at).ok_or_else(|| text.say("code-not-there"))?,
        };
        let is_there = !self.slice(span).trim().is_empty();
        let is_short = span.end.saturating_sub(span.start) <= LONGEST;
        match (is_there, is_short) {
            (true, true) => Ok(Some(span)),
            (false, _) => Err(text.say("code-not-there")),
            (true, false) => Err(text.say("code-too-long")),
        }
    }

    fn kind(sent: Sent<'_>) -> Option<RecordKind> {
        let kind = RecordKind::from_name(sent.get("kind")?)?;
        collect::kinds().find(|known| *known == kind)
    }

    /// Puts the record on record; returns its address, or what stands in the way.
    fn code(&self, desk: &Desk<'_>, sent: Sent<'_>) -> Answer<Result<String, String>> {
        let text = desk.text();
        let span = match self.words(desk, sent) {
            Ok(Some(span)) => span,
            Ok(None) => return Ok(Err(text.say("code-no-words-yet"))),
            Err(problem) => return Ok(Err(problem)),
        };
        let Some(kind) = Self::kind(sent) else {
            return Ok(Err(text.say("code-choose")));
        };
        let passage = self.reading.passage_at(span.start);
        let otherwise = Otherwise {
            span,
            passage: passage.map_or("", |passage| self.slice(passage.span)),
        };
        let edits = correcting::edits(kind, &Held::default(), sent, Some(&otherwise));
        let says = match collect::code_anew(kind, span, &self.reading, &edits) {
            Ok(says) => says,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let ReadState::Read { reading, .. } = self.info.state else {
            return Err(Trouble::NotFound);
        };
        let coded = Coded {
            source: self.info.id,
            original: self.info.source.original,
            digest: reading,
            reading: &self.reading,
            by: desk.operator().to_owned(),
            says,
        };
        let put = desk.open.write(|writer| {
            Ok::<_, archive::Error>(collect::put_coded(writer, &coded, view::record_id))
        });
        let id = match put? {
            Ok((id, _)) => id,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let passage = passage.map_or(0, |passage| passage.number);
        Ok(Ok(record_address(&self.info.id, &id, passage)))
    }

    fn fill(
        &self,
        desk: &Desk<'_>,
        sent: Sent<'_>,
        span: Option<Span>,
        problem: String,
    ) -> Answer<CodingPage> {
        let text = desk.text();
        let (info, lang) = (&self.info, self.info.language.clone().unwrap_or_default());
        let words = span.map(|span| self.slice(span)).unwrap_or_default();
        let kind = Self::kind(sent);
        let rows = match (kind, span) {
            (Some(kind), Some(span)) => {
                correcting::rows(kind, &Held::from_words(kind, words, span), sent, text)
            }
            _ => Vec::new(),
        };
        let passage = span.and_then(|span| self.reading.passage_at(span.start));
        let published = info.published.map(|date| date.to_string());
        let about = [info.publisher.clone(), published].into_iter().flatten();
        let source = super::sources::address(info);
        Ok(CodingPage {
            frame: desk.frame("sources", text.say("code-title"))?,
            title: super::sources::title(info),
            about: about.collect::<Vec<_>>().join(" · "),
            address: format!("{source}/code"),
            direction: direction(&lang),
            words: words.to_owned(),
            span: span
                .map(|span| format!("{}-{}", span.start, span.end))
                .unwrap_or_default(),
            passages: span
                .map(|span| passages::around_words(&self.reading, span, AROUND, text))
                .unwrap_or_default(),
            at: passage.map_or(0, |passage| passage.number),
            kinds: collect::kinds()
                .map(|kind| {
                    let label = show::label(text, "record-kind", kind.name());
                    (kind.name().to_owned(), label)
                })
                .collect(),
            has_many: kind.is_some_and(|kind| collect::fields(kind).iter().any(|it| it.many)),
            kind: kind.map(RecordKind::name).unwrap_or_default().to_owned(),
            is_grave: kind == Some(RecordKind::Allegation),
            reason: sent.get("reason").unwrap_or_default().to_owned(),
            rows,
            problem,
            source,
            lang,
        })
    }
}
