//! What went wrong, for programs and people: RFC 9457 problem details, for every answer of the API
//! that is no success, those of the framework included.

use crate::deciding::Undecided;
use crate::seeing::Unseen;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// The media type.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// A problem.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem; stable, such as `/problems/locked`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened here, and what to do.
    detail: String,
    /// The record as it stands now, where somebody else decided meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    current: Option<Box<Value>>,
    /// The record as it stood in the version that the request named, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    seen: Option<Box<Value>>,
}

/// Slug and title of a status.
fn named(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        400 => ("not-understood", "The request cannot be understood"),
        401 => ("not-signed-in", "Nobody is signed in"),
        403 => ("not-allowed", "This is not allowed"),
        404 => ("not-found", "There is no such thing"),
        405 => ("no-such-method", "This address does not take that method"),
        408 => ("too-slow", "The request took too long"),
        409 => ("under-way", "The same request is under way"),
        412 => (
            "decided-meanwhile",
            "The record changed since it was looked at",
        ),
        413 => ("too-large", "The request is too large"),
        415 => ("other-form", "The content is of another form"),
        421 => ("other-host", "This is not an address of this archive"),
        422 => ("does-not-fit", "The values do not fit"),
        423 => ("locked", "The archive is locked"),
        428 => ("version-needed", "The version that was looked at is needed"),
        503 => ("not-ready", "This is not ready yet"),
        _ => ("failed", "Something failed"),
    }
}

impl Problem {
    /// A problem with this status, in these words.
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let (slug, title) = named(status);
        Self {
            kind: format!("/problems/{slug}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            current: None,
            seen: None,
        }
    }

    /// There is nothing at the address.
    pub(crate) fn nothing() -> Self {
        let words = "Nothing on record has this id, or this device cannot open it.";
        Self::new(StatusCode::NOT_FOUND, words)
    }

    /// Something in the request does not fit.
    pub(crate) fn unfit(why: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, why)
    }

    /// The record changed: as it is now, and as it was looked at.
    pub(crate) fn changed(current: Value, seen: Option<Value>) -> Self {
        let words = "Somebody decided of this record since you looked at it. Look at `current`, and \
                     decide again with its version.";
        Self {
            current: Some(Box::new(current)),
            seen: seen.map(Box::new),
            ..Self::new(StatusCode::PRECONDITION_FAILED, words)
        }
    }

    /// What happened, in words.
    pub(crate) fn words(&self) -> &str {
        &self.detail
    }

    fn failed(why: &dyn std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, why.to_string())
    }
}

macro_rules! fails {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Problem {
            fn from(error: $error) -> Self {
                Self::failed(&error)
            }
        })*
    };
}

fails!(
    view::Error,
    archive::Error,
    assemble::Error,
    model::EncodingError,
    model::VocabularyError,
    serde_json::Error,
    crate::vault::VaultError,
    collect::Error,
    crate::screens::people::pairs::Unpaired,
);

impl From<Unseen> for Problem {
    fn from(error: Unseen) -> Self {
        match error {
            Unseen::NoReason => Self::unfit(error.to_string()),
            Unseen::Record(error) => error.into(),
        }
    }
}

impl From<Undecided> for Problem {
    fn from(error: Undecided) -> Self {
        match error {
            Undecided::Gone => Self::nothing(),
            Undecided::Archive(error) => error.into(),
            Undecided::View(error) => error.into(),
            Undecided::Judge(error) => error.into(),
            Undecided::Decide(error) => error.into(),
            other => Self::unfit(other.to_string()),
        }
    }
}

impl From<collect::DecideError> for Problem {
    fn from(error: collect::DecideError) -> Self {
        match error {
            collect::DecideError::Archive(error) => error.into(),
            collect::DecideError::Encoding(error) => error.into(),
            other => Self::unfit(other.to_string()),
        }
    }
}

impl From<collect::CorrectError> for Problem {
    fn from(error: collect::CorrectError) -> Self {
        Self::unfit(error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_else(|_| "{}".to_owned());
        let mut response = (status, [(CONTENT_TYPE, MEDIA_TYPE)], body).into_response();
        let headers = response.headers_mut();
        match status {
            StatusCode::UNAUTHORIZED => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
            }
            _ => {}
        }
        response
    }
}

/// Turns what the framework answers in plain text into problems.
pub(crate) async fn tidy(request: Request, next: Next) -> Response {
    let is_ours = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let is_problem = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|of| of == MEDIA_TYPE);
    let is_trouble = response.status().is_client_error() || response.status().is_server_error();
    if !is_ours || !is_trouble || is_problem {
        return response;
    }
    let (parts, _) = response.into_parts();
    let problem = Problem::new(parts.status, words_for(parts.status));
    let mut tidied = problem.into_response();
    // What the framework says beside the text holds still: the methods that an address takes.
    for (name, value) in &parts.headers {
        if name != CONTENT_TYPE && name != CONTENT_LENGTH {
            tidied.headers_mut().insert(name.clone(), value.clone());
        }
    }
    tidied
}

fn words_for(status: StatusCode) -> &'static str {
    match status.as_u16() {
        403 => "The request came from a page elsewhere.",
        404 => "Nothing is at this address; /api/v1/openapi.json says what there is.",
        405 => "The header Allow says which methods this address takes.",
        413 => "The content is longer than this address takes.",
        415 => "The header Content-Type must say what the description of this address says.",
        421 => "Open it by the address that the program printed.",
        _ => "The program could not answer; the address and what was sent may say why.",
    }
}
