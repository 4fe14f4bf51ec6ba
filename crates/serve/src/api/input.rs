//! What is sent: the parts of the address, the query and JSON, each with a problem of its own where
//! it cannot be understood.

use super::problem::Problem;
use axum::body::{Body, Bytes};
use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use web::mask::SIGN;

/// Most bytes of a request that is no upload.
pub(crate) const BODY: usize = 256 << 10;
/// Most that a list gives at once.
pub(crate) const MOST: usize = 200;
/// What a list gives when nothing is said.
const USUAL: usize = 50;

/// How many to give.
pub(crate) fn limit(asked: Option<u32>) -> Result<usize, Problem> {
    match asked.map(|asked| asked as usize) {
        None => Ok(USUAL),
        Some(asked @ 1..=MOST) => Ok(asked),
        Some(_) => {
            let words = format!("The limit is 1 to {MOST}.");
            Err(Problem::new(StatusCode::BAD_REQUEST, words))
        }
    }
}

/// A query.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        let wrong = |error: QueryRejection| Problem::new(error.status(), error.body_text());
        Ok(Self(query.map_err(wrong)?.0))
    }
}

/// Parts of the path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        let wrong = |error: PathRejection| Problem::new(error.status(), error.body_text());
        Ok(Self(path.map_err(wrong)?.0))
    }
}

/// JSON.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let whole = Request::from_parts(parts.clone(), body);
        let bytes = Bytes::from_request(whole, state).await;
        let bytes = bytes
            .map_err(|error: BytesRejection| Problem::new(error.status(), error.body_text()))?;
        if is_masked(&bytes) {
            let words = "A value has a masked name in it (\u{25ae}). Nothing like that goes on record: \
                         ask to see names first, then send it as it is.";
            return Err(Problem::unfit(words));
        }
        let request = Request::from_parts(parts, Body::from(bytes));
        let json = axum::Json::<T>::from_request(request, state).await;
        let wrong = |error: JsonRejection| Problem::new(error.status(), error.body_text());
        Ok(Self(json.map_err(wrong)?.0))
    }
}

/// Whether a text has the sign of a masked letter in it, as itself or as an escape.
fn is_masked(json: &[u8]) -> bool {
    let json = String::from_utf8_lossy(json);
    json.contains(SIGN) || json.to_ascii_lowercase().contains("\\u25ae")
}
