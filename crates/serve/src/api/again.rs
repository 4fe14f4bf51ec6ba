//! Idempotency: a request that is sent again with the same `Idempotency-Key` is answered as it was
//! answered before, and done once.
//!
//! Answers are kept in memory for this run, for the caller who sent the key. After a restart the
//! archive itself stands in: the same bytes are one source, the same coding one record, and a
//! decision needs the version that it is made upon.

use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The header.
pub(crate) const KEY: &str = "idempotency-key";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key, in bytes.
const LONGEST: usize = 255;
/// Most answers that are kept, and for how long.
const MOST: usize = 1_000;
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// Longest request or answer that is looked through, in bytes.
const BODY: usize = 66 << 20;

struct Answer {
    at: Instant,
    request: [u8; 32],
    /// `None` while the request is under way.
    given: Option<(StatusCode, HeaderMap, Bytes)>,
}

/// The answers that were given.
#[derive(Default)]
pub(crate) struct Answered {
    by_key: Mutex<BTreeMap<[u8; 32], Answer>>,
}

/// What is known of a key.
enum Known {
    New,
    UnderWay,
    OtherRequest,
    Given(Response),
}

impl Answered {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Answer>> {
        self.by_key.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a key for a request.
    fn take(&self, key: [u8; 32], request: [u8; 32]) -> Known {
        let mut by_key = self.lock();
        by_key.retain(|_, answer| answer.at.elapsed() < KEPT);
        if let Some(answer) = by_key.get(&key) {
            if answer.request != request {
                return Known::OtherRequest;
            }
            return match &answer.given {
                None => Known::UnderWay,
                Some((status, headers, body)) => {
                    let mut response = (*status, body.clone()).into_response();
                    *response.headers_mut() = headers.clone();
                    let yes = HeaderValue::from_static("true");
                    response.headers_mut().insert(REPLAYED, yes);
                    Known::Given(response)
                }
            };
        }
        if by_key.len() >= MOST {
            let oldest = by_key.iter().min_by_key(|(_, answer)| answer.at);
            let oldest = oldest.map(|(key, _)| *key);
            oldest.and_then(|key| by_key.remove(&key));
        }
        let answer = Answer {
            at: Instant::now(),
            request,
            given: None,
        };
        by_key.insert(key, answer);
        Known::New
    }
}

/// A key that was taken; given back when the request broke off.
struct Taken<'a> {
    answered: &'a Answered,
    key: [u8; 32],
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut by_key = self.answered.lock();
        if by_key
            .get(&self.key)
            .is_some_and(|answer| answer.given.is_none())
        {
            by_key.remove(&self.key);
        }
    }
}

/// Answers a request that was answered before as before.
pub(crate) async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().cloned();
    let key = request.headers().get(KEY).cloned();
    let (Some(caller), Some(key), &Method::POST) = (caller, key, request.method()) else {
        return next.run(request).await;
    };
    if key.is_empty() || key.len() > LONGEST {
        let words = "An Idempotency-Key has 1 to 255 characters.";
        return Problem::new(StatusCode::BAD_REQUEST, words).into_response();
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY).await else {
        let words = "The content is longer than this address takes, or broke off.";
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, words).into_response();
    };
    let whole = parts
        .uri
        .path_and_query()
        .map_or("", |whole| whole.as_str());
    let sent = digest(&[whole.as_bytes(), &body]);
    let key = digest(&[
        caller.name.as_bytes(),
        caller.role.name().as_bytes(),
        key.as_bytes(),
    ]);
    let answered = &app.inner.api.answered;
    match answered.take(key, sent) {
        Known::Given(response) => return response,
        Known::UnderWay => {
            let words = "The same request is being answered; ask again in a moment.";
            return Problem::new(StatusCode::CONFLICT, words).into_response();
        }
        Known::OtherRequest => {
            let words = "This Idempotency-Key was sent with another request; take a new one.";
            return Problem::unfit(words).into_response();
        }
        Known::New => {}
    }
    let taken = Taken { answered, key };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    // What failed on our side may be tried again.
    if response.status().is_server_error() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, BODY).await else {
        return Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "The answer broke off.")
            .into_response();
    };
    if let Some(answer) = answered.lock().get_mut(&key) {
        answer.given = Some((parts.status, parts.headers.clone(), body.clone()));
    }
    drop(taken);
    Response::from_parts(parts, Body::from(body))
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
