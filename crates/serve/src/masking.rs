//! Masked names: whoever a restricted or sealed source names is unreadable on every screen until
//! somebody asks to see names, says why, and that is on record.
//!
//! Invariants: pages, and JSON and tables of the API, are masked where they leave, so nothing can
//! forget it; where the names are not known, nothing leaves. Seeing names is of one session or of a
//! token that was made for it, ends by itself, and ends when the archive is locked.
//!
//! Pages as images follow: what a page shows as a picture is blurred and grey until somebody asks to
//! see that source, which is on record; all of a page is, where names of protected persons stand on it.

use crate::answer::{Trouble, tell};
use crate::api::problem::Problem;
use crate::app::App;
use crate::guard::{Caller, cookie};
use crate::look::Look;
use crate::sessions::COOKIE;
use crate::vault::Open;
use archive::Position;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use model::{Compartment, EntityKind, RecordBody, SourceId, Status};
use read::sheet::Veil;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use view::{Page, RecordFilter, SourceFilter, SourceInfo};
use web::mask::Mask;

/// How long names are seen.
pub(crate) const MINUTES: u64 = 15;
/// Longest page that is masked, in bytes; none is longer.
const LONGEST: usize = 64 << 20;

/// Header that says that names in an answer were masked.
const NAMES: HeaderName = HeaderName::from_static("onrecord-names");

type Session = [u8; 32];

/// The names that are masked, and who sees them now.
#[derive(Default)]
pub(crate) struct Masking {
    names: Mutex<Option<(Position, Arc<Mask>)>>,
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
    /// Whether a session sees names now.
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

    /// How much of the pages of a source is hidden from a session now, which may see names.
    pub(crate) fn veil(&self, session: &Session, info: &SourceInfo, names: bool) -> Veil {
        if self.sees_pages(session, info.id) {
            return Veil::Nothing;
        }
        match is_protected(info) && !names {
            true => Veil::Whole,
            false => Veil::Pictures,
        }
    }

    /// Whether a session sees the pages of a source unblurred now.
    pub(crate) fn sees_pages(&self, session: &Session, source: SourceId) -> bool {
        let mut all = lock(&self.unblurred);
        all.retain(|_, until| *until > Instant::now());
        all.contains_key(&(*session, source))
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
        let now = open.archive.position();
        let mut names = lock(&self.names);
        if let Some((at, mask)) = names.as_ref()
            && *at == now
        {
            return Ok(Arc::clone(mask));
        }
        let mask = Mask::new(protected(open)?);
        let mask = Arc::new(mask.map_err(|error| Trouble::Failed(error.to_string()))?);
        *names = Some((now, Arc::clone(&mask)));
        Ok(mask)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The names of persons in restricted and sealed sources, but those of public figures that a
/// gazetteer knows.
fn protected(open: &Open) -> Result<BTreeSet<String>, Trouble> {
    let view = open.views.lease(&open.archive)?;
    let mut names = BTreeSet::new();
    for compartment in [Compartment::Restricted, Compartment::Sealed] {
        let filter = SourceFilter {
            compartment: Some(compartment),
            ..SourceFilter::default()
        };
        let every = Page {
            offset: 0,
            limit: u64::from(u32::MAX),
        };
        for info in view.sources(&filter, every)? {
            let filter = RecordFilter {
                source: Some(info.id),
                ..RecordFilter::default()
            };
            view.records(&filter, &mut |record| {
                if record.status != Status::Rejected {
                    named(&record.body, &mut names);
                }
                ControlFlow::Continue(())
            })?;
        }
    }
    Ok(names)
}

fn named(body: &RecordBody, names: &mut BTreeSet<String>) {
    if let RecordBody::Person(person) = body
        && person.key.is_none()
    {
        names.extend(person.names.iter().map(|name| name.value.form.clone()));
        let relatives = person.relatives.iter();
        names.extend(relatives.map(|one| one.value.name.form.clone()));
    }
    if let RecordBody::Case(case) = body {
        names.extend(case.next_of_kin.iter().map(|kin| kin.value.name.clone()));
    }
    let entities = link::entities(body).into_iter();
    let persons = entities.filter(|one| one.kind == EntityKind::Person && one.key.is_none());
    names.extend(persons.map(|one| one.name.clone()));
}

/// What an answer is, as far as names can be masked in it.
#[derive(Clone, Copy)]
enum Form {
    Page,
    Json,
    Lines,
}

impl Form {
    /// `None` where nothing can be masked: assets, receipts, and what is refused before.
    fn of(headers: &HeaderMap) -> Option<Self> {
        let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
        match kind.split(';').next()?.trim() {
            "text/html" => Some(Self::Page),
            "application/json" | "application/problem+json" => Some(Self::Json),
            "text/csv" => Some(Self::Lines),
            _ => None,
        }
    }

    fn masked(self, mask: &Mask, text: &str) -> (String, usize) {
        match self {
            Self::Page => mask.html(text),
            Self::Json => mask.json(text),
            Self::Lines => mask.lines(text),
        }
    }
}

/// Masks a page or a table on its way out.
pub(crate) async fn masked(State(app): State<App>, request: Request, next: Next) -> Response {
    let session = session_of(request.headers());
    let look = Look::of(request.headers());
    let response = next.run(request).await;
    let Some(open) = app.inner.vault.get() else {
        return response;
    };
    if open.masking.sees(&session) {
        return response;
    }
    let done = without_names(open, response).await;
    done.unwrap_or_else(|trouble| tell(&trouble, look, &app.inner.options.name))
}

/// Masks an answer of the API on its way out, for those who do not see names.
pub(crate) async fn masked_answer(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let caller = request.extensions().get::<Caller>();
    // Without a caller it is what everybody may have: the description.
    let sees = caller.is_none_or(|caller| caller.sees_names);
    let response = next.run(request).await;
    let open = app.inner.vault.get().filter(|_| !sees);
    let Some(open) = open else {
        return response;
    };
    without_names(open, response).await.unwrap_or_else(|_| {
        let words = "The names to be masked are not known now, so nothing is shown.";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
    })
}

/// The answer with every protected name masked.
async fn without_names(open: Arc<Open>, response: Response) -> Result<Response, Trouble> {
    let Some(form) = Form::of(response.headers()) else {
        return Ok(response);
    };
    let failed = |error: String| Trouble::Failed(error);
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST).await;
    let bytes = bytes.map_err(|error| failed(error.to_string()))?;
    let work = tokio::task::spawn_blocking(move || {
        let mask = open.masking.mask(&open)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok::<_, Trouble>(form.masked(&mask, &text))
    });
    let (text, found) = work.await.map_err(|error| failed(error.to_string()))??;
    parts.headers.remove(CONTENT_LENGTH);
    if found > 0 {
        parts
            .headers
            .insert(NAMES, HeaderValue::from_static("masked"));
    }
    Ok(Response::from_parts(parts, Body::from(text)))
}
