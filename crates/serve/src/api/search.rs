//! Search over the words of all readings.

use super::bench::{Answer, at_bench};
use super::input::{Query, limit};
use super::problem::Problem;
use super::records::source_id;
use super::sources::compartment;
use super::who::Caller;
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Longest search, in bytes.
const WORDS: usize = 2_000;

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// Words, "exact phrases", -exclusions and OR.
    words: String,
    /// How many, 1 to 200; 50 when nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Where the hits go on, as the list before said.
    cursor: Option<String>,
    /// In this language.
    language: Option<String>,
    /// By this publisher, exactly.
    publisher: Option<String>,
    /// In this compartment: open, restricted, sealed.
    compartment: Option<String>,
    /// In this source.
    source: Option<String>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundShape {
    /// Passages that were found in all.
    total: u64,
    /// The best of them, best first.
    items: Vec<HitShape>,
    /// The cursor behind the last; null at the end.
    next: Option<String>,
    /// The search with words that exist, when it had some that stand nowhere.
    did_you_mean: Option<String>,
}

/// A passage that was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct HitShape {
    /// Its source.
    source: String,
    /// Number of the passage; 0 for a title that stands in no passage.
    passage: u32,
    /// First character in the reading.
    start: u32,
    /// One past the last.
    end: u32,
    /// The source's title.
    title: Option<String>,
    /// The source's publisher.
    publisher: Option<String>,
    /// When it was published, in EDTF.
    published: Option<String>,
    /// Part of the passage.
    snippet: String,
    /// First and one past the last character of what was found, in the snippet.
    highlights: Vec<[u32; 2]>,
}

/// Passages that hold the words, in all readings
#[utoipa::path(get, path = "/search", tag = "search", params(Asked),
    responses((status = 200, body = FoundShape)))]
pub(crate) async fn search(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Query(asked): Query<Asked>,
) -> Answer<Json<FoundShape>> {
    let limit = limit(asked.limit)?;
    let not_understood = |words: String| Problem::new(StatusCode::BAD_REQUEST, words);
    if asked.words.len() > WORDS {
        return Err(not_understood(format!(
            "A search has at most {WORDS} bytes."
        )));
    }
    at_bench(app, caller, move |bench| {
        let cursors = &bench.app.inner.api.cursors;
        // A cursor holds for its words only.
        let list = format!("search {}", asked.words);
        let offset: usize = match &asked.cursor {
            Some(cursor) => cursors.open(&list, cursor)?.parse().unwrap_or(0),
            None => 0,
        };
        let query = view::Query {
            languages: asked.language.into_iter().collect(),
            publishers: asked.publisher.into_iter().collect(),
            compartments: asked
                .compartment
                .as_deref()
                .map(compartment)
                .transpose()?
                .into_iter()
                .collect(),
            source: asked.source.as_deref().map(source_id).transpose()?,
            offset,
            limit,
            ..view::Query::new(asked.words)
        };
        let found = bench.view().search(&query).map_err(|error| match error {
            view::Error::Query(why) => not_understood(why),
            other => other.into(),
        })?;
        let next = offset + found.hits.len();
        let more = !found.hits.is_empty() && (next as u64) < found.total;
        let hits = found.hits.into_iter().map(|hit| HitShape {
            source: hit.source.to_string(),
            passage: hit.passage,
            start: hit.span.start,
            end: hit.span.end,
            title: hit.title,
            publisher: hit.publisher,
            published: hit.published.map(|date| date.to_string()),
            snippet: hit.snippet,
            highlights: hit
                .highlights
                .iter()
                .map(|span| [span.start, span.end])
                .collect(),
        });
        Ok(Json(FoundShape {
            total: found.total,
            items: hits.collect(),
            next: more.then(|| cursors.seal(&list, &next.to_string())),
            did_you_mean: found.did_you_mean,
        }))
    })
    .await
}
