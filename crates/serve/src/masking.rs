//! Masked names: whoever a restricted or sealed source names is unreadable on every screen until
//! somebody asks to see names, says why, and that is on record.
//!
//! Invariants: pages are masked where they leave, so no screen can forget it; where the names are
//! not known, no page leaves. Seeing names is of one session, ends by itself, and ends when the
//! archive is locked. What programs ask for through the API is not masked: tokens have roles.

use crate::answer::{Trouble, tell};
use crate::app::App;
use crate::guard::cookie;
use crate::look::Look;
use crate::sessions::COOKIE;
use crate::vault::Open;
use archive::Position;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::Response;
use model::{Compartment, EntityKind, RecordBody, Status};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use view::{Page, RecordFilter, SourceFilter};
use web::mask::Mask;

/// How long names are seen.
pub(crate) const MINUTES: u64 = 15;
/// Longest page that is masked, in bytes; none is longer.
const LONGEST: usize = 64 << 20;

type Session = [u8; 32];

/// The names that are masked, and who sees them now.
#[derive(Default)]
pub(crate) struct Masking {
    names: Mutex<Option<(Position, Arc<Mask>)>>,
    seeing: Mutex<BTreeMap<Session, Instant>>,
}

/// The session that a request belongs to.
pub(crate) fn session_of(headers: &HeaderMap) -> Session {
    let secret = cookie(headers, COOKIE).unwrap_or_default();
    Sha256::digest(secret.as_bytes()).into()
}

impl Masking {
    /// Whether a session sees names now.
    pub(crate) fn sees(&self, session: &Session) -> bool {
        let mut seeing = self.seeing.lock().unwrap_or_else(PoisonError::into_inner);
        seeing.retain(|_, until| *until > Instant::now());
        seeing.contains_key(session)
    }

    /// Lets a session see names for a while, or no longer.
    pub(crate) fn let_see(&self, session: Session, sees: bool) {
        let mut seeing = self.seeing.lock().unwrap_or_else(PoisonError::into_inner);
        match sees {
            true => seeing.insert(session, Instant::now() + Duration::from_secs(MINUTES * 60)),
            false => seeing.remove(&session),
        };
    }

    /// The mask as of the ledger's end.
    pub(crate) fn mask(&self, open: &Open) -> Result<Arc<Mask>, Trouble> {
        let now = open.archive.position();
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
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

/// Masks a page on its way out.
pub(crate) async fn masked(State(app): State<App>, request: Request, next: Next) -> Response {
    let session = session_of(request.headers());
    let look = Look::of(request.headers());
    let response = next.run(request).await;
    let Some(open) = app.inner.vault.get() else {
        return response;
    };
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page || open.masking.sees(&session) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let done = async {
        let failed = |error: String| Trouble::Failed(error);
        let bytes = to_bytes(body, LONGEST).await;
        let bytes = bytes.map_err(|error| failed(error.to_string()))?;
        let work = tokio::task::spawn_blocking(move || {
            let mask = open.masking.mask(&open)?;
            let page = String::from_utf8_lossy(&bytes);
            Ok::<_, Trouble>(mask.html(&page).0)
        });
        work.await.map_err(|error| failed(error.to_string()))?
    };
    match done.await {
        Ok(page) => {
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(page))
        }
        Err(trouble) => tell(&trouble, look, &app.inner.options.name),
    }
}
