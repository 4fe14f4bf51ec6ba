//! Masked names: whoever a restricted or sealed source names is unreadable in every browser until
//! somebody asks to see names, says why, and that is on record.
//!
//! Invariants: pages, tables and JSON are masked where they leave, so no screen and no answer of the
//! API can forget it; where the names are not known, nothing leaves. Seeing names is of one session
//! whose role may, or of a token that was made for it, ends by itself, and ends when the archive is
//! locked. No letter of a masked name comes back in.
//!
//! Pages as images follow: what a page shows as a picture is blurred and grey until somebody asks to
//! see that source, which is on record; all of a page is, where names of protected persons stand on it.

use crate::answer::{Trouble, tell};
use crate::api::problem::Problem;
use crate::app::App;
use crate::guard::{Caller, cookie};
use crate::look::Look;
use crate::protected::Protected;
use crate::sessions::COOKIE;
use crate::vault::Open;
use axum::body::{Body, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use model::{Compartment, SourceId};
use read::sheet::Veil;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use users::Role;
use view::SourceInfo;
use web::mask::{Form, Mask, SIGN};

/// How long names are seen.
pub(crate) const MINUTES: u64 = 15;
/// Longest answer that is masked, in bytes; none is longer.
const LONGEST: usize = 64 << 20;
/// Longest form that is looked through, in bytes; no screen takes a longer one.
const SENT: usize = 1 << 20;

/// Header that says that names in an answer were masked.
const NAMES: HeaderName = HeaderName::from_static("onrecord-names");

/// Forms that look for the sign themselves, and keep what was typed.
const KEEP: [&str; 2] = ["/review/correct", "/sources/{id}/code"];
/// What forms and scripts of a page send; uploads may hold the sign, where it is just a letter.
const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "application/json"];

/// What stands for a session.
pub(crate) type Session = [u8; 32];

/// The least role that sees, after asking, what is hidden first; whoever has it no longer sees no
/// longer.
pub(crate) const SEES: Role = Role::Coder;

/// The names that are masked, and who sees them now.
#[derive(Default)]
pub(crate) struct Masking {
    names: Mutex<Protected>,
    seeing: Mutex<BTreeMap<Session, Instant>>,
    /// Whose pages are seen unblurred.
    unblurred: Mutex<BTreeMap<(Session, SourceId), Instant>>,
}

/// The session that a request belongs to; a program's token is one of its own.
pub(crate) fn session_of(headers: &HeaderMap) -> Session {
    if let Some(token) = headers.get(AUTHORIZATION) {
        return Sha256::digest([&b"token "[..], token.as_bytes()].concat()).into();
    }
    let secret = cookie(headers, COOKIE).unwrap_or_default();
    Sha256::digest(secret.as_bytes()).into()
}

/// Whether names of protected persons may stand on the pages of a source.
pub(crate) fn is_protected(info: &SourceInfo) -> bool {
    info.source.compartment != Compartment::Open
}

impl Masking {
    /// Whether a session sees names now, if its role may.
    pub(crate) fn sees(&self, session: &Session) -> bool {
        let mut seeing = lock(&self.seeing);
        seeing.retain(|_, until| *until > Instant::now());
        seeing.contains_key(session)
    }

    /// Lets a session see names for a while, or no longer.
    pub(crate) fn let_see(&self, session: Session, sees: bool) {
        let mut seeing = lock(&self.seeing);
        match sees {
            true => seeing.insert(session, Instant::now() + Duration::from_secs(MINUTES * 60)),
            false => seeing.remove(&session),
        };
    }

    /// How much of the pages of a source is hidden from somebody now.
    pub(crate) fn veil(&self, session: &Session, info: &SourceInfo, caller: &Caller) -> Veil {
        if self.sees_pages(session, info.id, caller) {
            return Veil::Nothing;
        }
        match is_protected(info) && !caller.sees_names {
            true => Veil::Whole,
            false => Veil::Pictures,
        }
    }

    /// Whether somebody sees the pages of a source unblurred now.
    pub(crate) fn sees_pages(&self, session: &Session, source: SourceId, caller: &Caller) -> bool {
        let mut all = lock(&self.unblurred);
        all.retain(|_, until| *until > Instant::now());
        caller.role >= SEES && all.contains_key(&(*session, source))
    }

    /// Lets a session see the pages of a source unblurred for a while, or no longer.
    pub(crate) fn let_see_pages(&self, session: Session, source: SourceId, sees: bool) {
        let until = Instant::now() + Duration::from_secs(MINUTES * 60);
        let mut all = lock(&self.unblurred);
        match sees {
            true => all.insert((session, source), until),
            false => all.remove(&(session, source)),
        };
    }

    /// The mask as of the ledger's end.
    pub(crate) fn mask(&self, open: &Open) -> Result<Arc<Mask>, Trouble> {
        lock(&self.names).mask(open)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Masks a page or a table on its way out, and takes no masked letter on its way in.
pub(crate) async fn masked(State(app): State<App>, request: Request, next: Next) -> Response {
    let (look, name) = (Look::of(request.headers()), app.inner.options.name.clone());
    let request = match without_sign(request).await {
        Ok(request) => request,
        Err(StatusCode::CONFLICT) => return tell(&Trouble::Masked, look, &name),
        Err(status) => return status.into_response(),
    };
    let done = answer(app, request, next).await;
    done.unwrap_or_else(|trouble| tell(&trouble, look, &name))
}

/// Masks an answer of the API on its way out.
pub(crate) async fn masked_answer(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    // Without a caller it is what everybody may have: the description.
    if request.extensions().get::<Caller>().is_none() {
        return next.run(request).await;
    }
    let done = answer(app, request, next).await;
    done.unwrap_or_else(|_| {
        let words = "The names to be masked are not known now, so nothing is shown.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
    })
}

/// The answer, masked where whoever asks does not see names.
async fn answer(app: App, request: Request, next: Next) -> Result<Response, Trouble> {
    let caller = request.extensions().get::<Caller>();
    let sees = caller.is_some_and(|caller| caller.sees_names);
    let asked = request.uri().clone();
    // Who locks while the page is made must not have it leave unmasked.
    let open = app.inner.vault.get();
    let response = next.run(request).await;
    let Some(open) = open.or_else(|| app.inner.vault.get()) else {
        return Ok(response);
    };
    match form_of(&response).filter(|_| !sees) {
        Some(form) => without_names(open, form, response, asked).await,
        None => Ok(response),
    }
}

/// What is to be masked of an answer; `None` for files, pictures, and what is the program's own.
fn form_of(response: &Response) -> Option<Form> {
    let kind = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match kind {
        "text/html" => Some(Form::Page),
        "text/css" | "text/javascript" => None,
        _ if kind.starts_with("text/") => Some(Form::Plain),
        _ if kind.contains("json") => Some(Form::Json),
        _ => None,
    }
}

/// The answer with every protected name masked.
async fn without_names(
    open: Arc<Open>,
    form: Form,
    response: Response,
    asked: Uri,
) -> Result<Response, Trouble> {
    let failed = |error: String| Trouble::Failed(error);
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST).await;
    let bytes = bytes.map_err(|error| failed(error.to_string()))?;
    let work = tokio::task::spawn_blocking(move || {
        let mask = open.masking.mask(&open)?;
        let asked = asked.path_and_query().map_or("", |whole| whole.as_str());
        Ok::<_, Trouble>(mask.over(form, &String::from_utf8_lossy(&bytes), asked))
    });
    let (text, found) = work.await.map_err(|error| failed(error.to_string()))??;
    parts.headers.remove(CONTENT_LENGTH);
    if found > 0 {
        let masked = HeaderValue::from_static("masked");
        parts.headers.insert(NAMES, masked);
    }
    Ok(Response::from_parts(parts, Body::from(text)))
}

/// The request, where it holds no letter of a masked name, in its address or in its form; else the
/// status that refuses it.
async fn without_sign(request: Request) -> Result<Request, StatusCode> {
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = FORMS.iter().any(|form| kind.starts_with(form));
    let path = parts.extensions.get::<MatchedPath>();
    let keeps = path.is_some_and(|path| KEEP.contains(&path.as_str()));
    let whole = parts.uri.path_and_query();
    if whole.is_some_and(|whole| holds_sign(whole.as_str().as_bytes())) {
        return Err(StatusCode::CONFLICT);
    }
    // A stranger puts nothing on record, and has nothing kept in memory.
    if !is_form || keeps || parts.extensions.get::<Caller>().is_none() {
        return Ok(Request::from_parts(parts, body));
    }
    let sent = to_bytes(body, SENT).await;
    let sent = sent.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    match holds_sign(&sent) {
        true => Err(StatusCode::CONFLICT),
        false => Ok(Request::from_parts(parts, Body::from(sent))),
    }
}

/// Whether the sign stands there: as it is, as addresses and forms write it, or as JSON may.
fn holds_sign(sent: &[u8]) -> bool {
    let plain = SIGN.to_string();
    let in_address = plain.bytes().map(|byte| format!("%{byte:02x}"));
    let in_address = in_address.collect::<String>();
    let in_json = format!("\\u{:04x}", u32::from(SIGN));
    let ways = [plain, in_address, in_json];
    let is_at = |at: &[u8], way: &String| {
        at.get(..way.len())
            .is_some_and(|there| there.eq_ignore_ascii_case(way.as_bytes()))
    };
    (0..sent.len()).any(|at| ways.iter().any(|way| is_at(&sent[at..], way)))
}
