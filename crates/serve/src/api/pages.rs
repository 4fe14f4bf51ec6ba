//! Pages of a source as images, and where its words stand on them.
//!
//! Invariant: an image leaves as much blurred as on the screens: who wants to see more asks for it,
//! which is on record first.

use super::bench::{Answer, Bench, at_bench};
use super::input::{Json as Sent, Path};
use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::masking::{MINUTES, session_of};
use crate::pages::{Places, places, sheet};
use crate::screens::png;
use crate::seeing::{self, Asking};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::{Extension, Json};
use model::Sheets;
use read::sheet::has_sheets;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use view::SourceInfo;

/// The pages of a source.
#[derive(Serialize, ToSchema)]
pub(crate) struct PagesShape {
    /// The pages, from the first.
    items: Vec<SizeShape>,
    /// Whether it is known where the words of its reading stand on them.
    placed: bool,
    /// Why not, in words; null where it is.
    why_not: Option<String>,
}

/// How large the image of a page is.
#[derive(Serialize, ToSchema)]
pub(crate) struct SizeShape {
    /// Number, from 1.
    page: u32,
    /// Dots from left to right.
    width: u32,
    /// Dots from top to bottom.
    height: u32,
}

/// A page and the words on it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PageShape {
    /// Number, from 1.
    page: u32,
    /// Dots from left to right.
    width: u32,
    /// Dots from top to bottom.
    height: u32,
    /// Its words, in the order of the text.
    words: Vec<WordShape>,
}

/// A word on the image of a page.
#[derive(Serialize, ToSchema)]
pub(crate) struct WordShape {
    /// First character of the reading's text.
    start: u32,
    /// One past the last.
    end: u32,
    /// Left edge, in dots of the image.
    left: u32,
    /// Upper edge.
    top: u32,
    /// Right edge.
    right: u32,
    /// Lower edge.
    bottom: u32,
    /// How sure the word is, from 0 to 100; less than 100 where OCR found it.
    confidence: u8,
}

/// Who asks to see the pages of a source unblurred.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeeShape {
    /// Whether to see them; false blurs them again.
    see: bool,
    /// Why; needed where the source is restricted or sealed.
    #[serde(default)]
    reason: String,
}

/// How much of a source's pages the caller sees now.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeenShape {
    /// Whether they are unblurred.
    seen: bool,
    /// For how many minutes, from now.
    minutes: u64,
}

/// The pages of a PDF file or a picture, as images
#[utoipa::path(get, path = "/sources/{id}/pages", tag = "sources",
    params(("id" = String, Path, description = "Id of the source")),
    responses((status = 200, body = PagesShape)))]
pub(crate) async fn list(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<Json<PagesShape>> {
    at_bench(app, caller, move |bench| {
        let (info, sheets) = sheets(bench, &id)?;
        let reading = bench.reading(&info.id).ok();
        let why_not = match reading.as_ref().map(|reading| places(&sheets, reading)) {
            Some(Places::Known(_)) => None,
            Some(Places::OtherReading(reader)) => Some(format!(
                "The text was read in another way ({reader}) than the file is read today; `onrecord \
                 reread` makes a new reading."
            )),
            Some(Places::Unknown) | None => {
                Some("The file has no text of its own and was not read by OCR.".to_owned())
            }
        };
        let sizes = (1..).zip(&sheets.sheets).map(|(page, sheet)| SizeShape {
            page,
            width: sheet.width,
            height: sheet.height,
        });
        Ok(Json(PagesShape {
            items: sizes.collect(),
            placed: why_not.is_none(),
            why_not,
        }))
    })
    .await
}

/// A page: its size, and where the words of the reading stand on its image
#[utoipa::path(get, path = "/sources/{id}/pages/{page}", tag = "sources",
    params(("id" = String, Path, description = "Id of the source"),
        ("page" = u32, Path, description = "Number of the page, from 1")),
    responses((status = 200, body = PageShape)))]
pub(crate) async fn page(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path((id, page)): Path<(String, u32)>,
) -> Answer<Json<PageShape>> {
    at_bench(app, caller, move |bench| {
        let (info, sheets) = sheets(bench, &id)?;
        let sheet = sheet(&sheets, page).ok_or_else(Problem::nothing)?;
        let reading = bench.reading(&info.id).ok();
        let words = match reading.as_ref().map(|reading| places(&sheets, reading)) {
            Some(Places::Known(words)) => words,
            _ => &[],
        };
        let here = words.iter().filter(|word| word.page == page);
        let words = here.map(|word| {
            let area = sheet.area(word);
            WordShape {
                start: word.from,
                end: word.to,
                left: area.left,
                top: area.top,
                right: area.right,
                bottom: area.bottom,
                confidence: word.confidence,
            }
        });
        Ok(Json(PageShape {
            page,
            width: sheet.width,
            height: sheet.height,
            words: words.collect(),
        }))
    })
    .await
}

/// The image of a page; pictures on it are blurred, and all of a restricted source, until asked for
#[utoipa::path(get, path = "/sources/{id}/pages/{page}/image", tag = "sources",
    params(("id" = String, Path, description = "Id of the source"),
        ("page" = u32, Path, description = "Number of the page, from 1")),
    responses((status = 200, description = "The image",
        body = Vec<u8>, content_type = "image/png")))]
pub(crate) async fn image(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Path((id, page)): Path<(String, u32)>,
) -> Answer<Response> {
    at_bench(app, caller, move |bench| {
        let info = shown(bench, &id)?;
        let masking = &bench.open.masking;
        let veil = masking.veil(&session_of(&headers), &info, bench.caller);
        let start = &bench.app.inner.options.readers;
        let made = bench
            .open
            .pages
            .image(bench.open, start, &info, (page, veil));
        let image = made.map_err(|why| Problem::new(StatusCode::NOT_FOUND, why))?;
        Ok(png(image))
    })
    .await
}

/// Ask to see the pages of a source unblurred, or blur them again
///
/// It is put on record with the caller's name before it holds, for 15 minutes.
#[utoipa::path(post, path = "/sources/{id}/pages", tag = "sources",
    params(("id" = String, Path, description = "Id of the source")),
    request_body = SeeShape,
    responses((status = 200, body = SeenShape)))]
pub(crate) async fn see(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Sent(sent): Sent<SeeShape>,
) -> Answer<Json<SeenShape>> {
    at_bench(app, caller, move |bench| {
        let info = shown(bench, &id)?;
        let asking = Asking {
            session: session_of(&headers),
            caller: bench.caller,
            see: sent.see,
            reason: &sent.reason,
        };
        seeing::pages(bench.open, &info, &asking)?;
        Ok(Json(SeenShape {
            seen: sent.see,
            minutes: if sent.see { MINUTES } else { 0 },
        }))
    })
    .await
}

/// The source, when it has pages that can be shown.
fn shown(bench: &Bench<'_>, id: &str) -> Answer<SourceInfo> {
    let info = bench.source(id)?;
    match has_sheets(&info.source.media_type) {
        true => Ok(info),
        false => {
            let words = "This source is neither a PDF file nor a picture: it has no pages to show.";
            Err(Problem::new(StatusCode::NOT_FOUND, words))
        }
    }
}

fn sheets(bench: &Bench<'_>, id: &str) -> Answer<(SourceInfo, Arc<Sheets>)> {
    let info = shown(bench, id)?;
    let start = &bench.app.inner.options.readers;
    let made = bench.open.pages.sheets(bench.open, start, &info);
    let sheets = made.map_err(|why| Problem::new(StatusCode::NOT_FOUND, why))?;
    Ok((info, sheets))
}
