//! A page of a source as an image, with the words of its records boxed; and the act of asking to see
//! what is blurred on it.
//!
//! Invariant: what leaves is as much as the session may see now, whatever the address says; what is
//! blurred is blurred before it leaves the reader, and that somebody asked is on record first.

use super::head::{self, Look};
use super::reader::{Asked, KEYS, cards};
use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::masking::{MINUTES, session_of};
use crate::pages::{Pages, Places, count, places, sheet};
use crate::seeing::{self, Asking, Unseen};
use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use model::{Area, Reading, Sheet, WordPlace};
use read::sheet::{Veil, has_sheets, is_one_picture};
use serde::Deserialize;
use view::SourceInfo;
use web::boxes::boxes;
use web::card::Card;
use web::screens::{Drawn, Marked, PagePage};

/// An image as an answer: shown by no browser as anything else.
pub(crate) fn png(image: Bytes) -> Response {
    let policy = "sandbox; default-src 'none'";
    let headers = [
        (CONTENT_TYPE, "image/png"),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, image).into_response()
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sources/{id}/pages/{page}", get(image))
        .route("/sources/{id}/pages", post(ask))
}

/// The page that shows a page; the session, and whether a reason was missing.
pub(super) fn fill(
    desk: &Desk<'_>,
    info: &SourceInfo,
    reading: &Result<Reading, String>,
    asked: &Asked,
    (session, missing): ([u8; 32], bool),
) -> Answer<PagePage> {
    if !has_sheets(&info.source.media_type) {
        return Err(Trouble::NotFound);
    }
    let text = desk.text();
    let read = reading.as_ref().ok();
    let cards = cards(desk, info)?;
    let title = super::sources::title(info);
    let start = &desk.visitor.app.inner.options.readers;
    let pages = &desk.open.pages;
    let chosen = cards.iter().find(|card| card.id == asked.record);
    let of_chosen = || head::page_of(read?, chosen?);
    let number = match asked.page {
        0 => of_chosen().unwrap_or(1),
        page => page,
    };
    let masking = &desk.open.masking;
    let caller = &desk.visitor.caller;
    let veil = masking.veil(&session, info, caller);
    // Drawn before the page is written, so that it can say why it cannot be.
    let ready = Pages::are_ready(desk.open, &desk.visitor.app, info, (number, veil));
    // A form that is shown again has its answer at once.
    if ready == Ok(false) && !missing {
        return Err(Trouble::BeingDrawn);
    }
    let sheets = ready.and_then(|_| pages.sheets(desk.open, start, info));
    let all = sheets.as_deref().map_or(1, count);
    let number = number.clamp(1, all);
    let head = head::head(desk, info, read, &cards, (Look::Image, number))?;
    let here = head.address.clone();
    let address = |page: u32| format!("{here}?text=image&page={page}");
    let mut shown = PagePage {
        at: (number, all),
        unread: reading.as_ref().err().cloned().unwrap_or_default(),
        problem: String::new(),
        unmarked: String::new(),
        drawn: Drawn {
            address: format!("{}/pages/{number}?as={}", head.address, name(veil)),
            alt: alt(desk, info, veil, (number, &title)),
            size: (1, 1),
        },
        marked: Vec::new(),
        before: match number {
            1 => String::new(),
            _ => address(number - 1),
        },
        after: match number == all {
            true => String::new(),
            false => address(number + 1),
        },
        record: chosen.map(|card| card.id.clone()).unwrap_or_default(),
        is_hidden: veil == Veil::Whole,
        sees: masking.sees_pages(&session, info.id, caller),
        missing,
        minutes: MINUTES,
        frame: desk.frame("sources", title)?.with_keys(KEYS),
        head,
    };
    let drawn = pages.image(desk.open, start, info, (number, veil));
    let sheets = match (sheets, drawn) {
        (Err(why), _) | (_, Err(why)) => {
            shown.problem = why;
            return Ok(shown);
        }
        (Ok(sheets), Ok(_)) => sheets,
    };
    let Some(sheet) = sheet(&sheets, number) else {
        return Err(Trouble::NotFound);
    };
    // Who reads a page turns it next.
    if number < all {
        let next = (number + 1, veil);
        Pages::begin(desk.open, &desk.visitor.app, info, next);
    }
    shown.drawn.size = (sheet.width, sheet.height);
    let Some(reading) = read else {
        return Ok(shown);
    };
    let words = match places(&sheets, reading) {
        Places::Known(words) => words,
        Places::Unknown => {
            shown.unmarked = text.say("page-no-words");
            &[]
        }
        Places::OtherReading(reader) => {
            shown.unmarked = text.name("page-other-reading", reader);
            &[][..]
        }
    };
    let on_page = OnPage {
        sheet,
        words,
        reading,
        number,
    };
    shown.marked = on_page.marked(cards, &shown.record, &address(number));
    Ok(shown)
}

/// A page and what stands on it.
struct OnPage<'p> {
    sheet: &'p Sheet,
    words: &'p [WordPlace],
    reading: &'p Reading,
    number: u32,
}

impl OnPage<'_> {
    /// The claims whose words stand on the page, and the chosen record, from top to foot.
    fn marked(&self, cards: Vec<Card>, chosen: &str, address: &str) -> Vec<Marked> {
        let mut marked: Vec<Marked> = Vec::new();
        for card in cards {
            let chosen = card.id == chosen;
            let areas = self.areas(&card, chosen);
            let is_here = head::page_of(self.reading, &card) == Some(self.number);
            if (card.is_name && !chosen) || (areas.is_empty() && !is_here) {
                continue;
            }
            marked.push(Marked {
                address: format!("{address}&record={}#r{}", card.id, card.number),
                chosen,
                areas,
                card,
            });
        }
        let place = |one: &Marked| one.areas.first().map(|area| (area.top, area.left));
        marked.sort_by_key(|one| place(one).unwrap_or((u32::MAX, one.card.passage())));
        marked
    }

    /// Where the words of a record stand: all of the chosen one's, of others those that carry it.
    fn areas(&self, card: &Card, chosen: bool) -> Vec<Area> {
        let most = if chosen { usize::MAX } else { 1 };
        let words = card.words.iter().take(most);
        words
            .flat_map(|words| boxes(self.sheet, self.words, self.number, words.span))
            .collect()
    }
}

fn alt(desk: &Desk<'_>, info: &SourceInfo, veil: Veil, (number, title): (u32, &str)) -> String {
    let hidden = match veil {
        Veil::Nothing => false,
        Veil::Pictures => is_one_picture(&info.source.media_type),
        Veil::Whole => true,
    };
    let key = if hidden {
        "page-alt-hidden"
    } else {
        "page-alt"
    };
    desk.text().both(key, number, title)
}

/// A word for the address of an image, so that a browser asks anew when more can be seen.
fn name(veil: Veil) -> &'static str {
    match veil {
        Veil::Nothing => "seen",
        Veil::Pictures => "pictures-blurred",
        Veil::Whole => "blurred",
    }
}

async fn image(
    visitor: Visitor,
    headers: HeaderMap,
    Path((id, number)): Path<(String, String)>,
) -> Response {
    visitor
        .respond(move |desk| {
            let info = desk.source(&id)?;
            let number: u32 = number.parse().map_err(|_| Trouble::NotFound)?;
            if !has_sheets(&info.source.media_type) {
                return Err(Trouble::NotFound);
            }
            let masking = &desk.open.masking;
            let veil = masking.veil(&session_of(&headers), &info, &desk.visitor.caller);
            let start = &desk.visitor.app.inner.options.readers;
            let pages = &desk.open.pages;
            Ok(match pages.image(desk.open, start, &info, (number, veil)) {
                Ok(image) => png(image),
                Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, why).into_response(),
            })
        })
        .await
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Sent {
    /// The page to go back to, and the record that was chosen there.
    page: u32,
    record: String,
    /// `1` to see what is blurred, else to blur it again.
    see: String,
    reason: String,
}

async fn ask(
    visitor: Visitor,
    headers: HeaderMap,
    Path(id): Path<String>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Response {
    visitor
        .respond(move |desk| {
            let Form(sent) = sent.map_err(|error| Trouble::NotUnderstood(error.body_text()))?;
            let info = desk.source(&id)?;
            if !has_sheets(&info.source.media_type) {
                return Err(Trouble::NotFound);
            }
            let asked = Asked {
                record: sent.record,
                page: sent.page,
                ..Asked::default()
            };
            let asking = Asking {
                session: session_of(&headers),
                caller: &desk.visitor.caller,
                see: sent.see == "1",
                reason: &sent.reason,
            };
            match seeing::pages(desk.open, &info, &asking) {
                Ok(()) => {}
                Err(Unseen::NoReason) => {
                    let reading = desk.reading(&info)?;
                    let shown = fill(desk, &info, &reading, &asked, (asking.session, true))?;
                    return Ok((StatusCode::CONFLICT, page(&shown)).into_response());
                }
                Err(error) => return Err(Trouble::Failed(error.to_string())),
            }
            let address = super::sources::address(&info);
            let state = web::facets::State::new(
                &address,
                &[
                    ("text", "image"),
                    ("page", &asked.page.max(1).to_string()),
                    ("record", &asked.record),
                ],
            );
            Ok(Redirect::to(&state.address()).into_response())
        })
        .await
}
