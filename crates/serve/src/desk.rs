//! What a screen works with: a view on loan, the archive, the visitor's language.
//!
//! A screen's handler takes a [`Visitor`] and gives `Visitor::at_desk` a function; it runs where
//! blocking is allowed, and its trouble becomes a page.

use crate::answer::{Answer, Trouble, page, tell};
use crate::app::App;
use crate::guard::Caller;
use crate::lease::Lease;
use crate::look::Look;
use crate::rights::refused;
use crate::vault::Open;
use archive::WriterId;
use assemble::Assembled;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::response::Response;
use model::{PartialDate, Reading, Record, SourceId, decompress, from_cbor};
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::sync::Arc;
use users::Role;
use view::{ReadState, RecordFilter, SourceInfo, View};
use web::{Frame, Place, Template, Text};

/// Somebody with a session, and what they want it to look like.
#[derive(Clone)]
pub struct Visitor {
    pub(crate) app: App,
    pub(crate) look: Look,
    /// Who it is, and what they may.
    pub(crate) caller: Caller,
    /// Path and query of the request.
    pub(crate) path: String,
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let path = parts.uri.path_and_query();
        Ok(Self {
            app: app.clone(),
            caller: parts
                .extensions
                .get::<Caller>()
                .cloned()
                .unwrap_or_else(nobody),
            look: Look::of(&parts.headers),
            path: path.map_or("/", |whole| whole.as_str()).to_owned(),
        })
    }
}

/// Whoever was not let in: may nothing.
fn nobody() -> Caller {
    Caller {
        name: String::new(),
        role: Role::Reader,
        user: None,
        sees_names: false,
    }
}

impl OptionalFromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, Infallible> {
        <Self as FromRequestParts<App>>::from_request_parts(parts, app)
            .await
            .map(Some)
    }
}

impl Visitor {
    /// Runs `work` at a desk, where it may block, and makes its answer a response.
    pub(crate) async fn respond(
        self,
        work: impl FnOnce(&Desk<'_>) -> Answer + Send + 'static,
    ) -> Response {
        let (look, name) = (self.look, self.app.inner.options.name.clone());
        let done = tokio::task::spawn_blocking(move || {
            let open = self.app.inner.vault.get().ok_or(Trouble::Locked)?;
            open.look()?;
            let desk = Desk {
                view: open.views.lease(&open.archive)?,
                open: &open,
                visitor: &self,
            };
            work(&desk)
        });
        let answer = done
            .await
            .unwrap_or_else(|_| Err(Trouble::Failed("the work broke off".to_owned())));
        answer.unwrap_or_else(|trouble| tell(&trouble, look, &name))
    }

    /// Runs `work` at a desk and shows the page it makes.
    pub(crate) async fn at_desk<T: Template>(
        self,
        work: impl FnOnce(&Desk<'_>) -> Answer<T> + Send + 'static,
    ) -> Response {
        self.respond(move |desk| Ok(page(&work(desk)?))).await
    }
}

/// What a screen works with while it makes one answer.
pub struct Desk<'d> {
    pub(crate) view: Lease<'d>,
    pub(crate) open: &'d Arc<Open>,
    pub(crate) visitor: &'d Visitor,
}

impl Desk<'_> {
    /// The view, up to date.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Says everything in the visitor's language.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::of(self.visitor.look.language)
    }

    /// The name that is kept with what this person adds and decides.
    #[must_use]
    pub fn operator(&self) -> &str {
        &self.visitor.caller.name
    }

    /// The frame of a page that belongs to a place of the rail.
    ///
    /// # Errors
    /// When the view cannot be read.
    pub fn frame(&self, place: &str, title: impl Into<String>) -> Answer<Frame> {
        let look = self.visitor.look;
        let mut frame = Frame::bare(look.language, look.theme).titled(title);
        frame
            .archive
            .clone_from(&self.visitor.app.inner.options.name);
        frame.here = Some(Place::named(place));
        frame.path.clone_from(&self.visitor.path);
        frame.keys_on = look.keys;
        frame.refused = refused(self.visitor.caller.role);
        let refused = &frame.refused;
        frame.places.retain(|place| !refused.contains(&place.path));
        if self.visitor.caller.user.is_some() {
            frame.who.clone_from(&self.visitor.caller.name);
        }
        frame.waiting = waiting(&self.view)?;
        Ok(frame)
    }

    /// The source with this id.
    ///
    /// # Errors
    /// [`Trouble::NotFound`] when there is none; when the view cannot be read.
    pub fn source(&self, id: &str) -> Answer<SourceInfo> {
        let id: SourceId = id.parse().map_err(|_| Trouble::NotFound)?;
        self.view.source(&id)?.ok_or(Trouble::NotFound)
    }

    /// The reading of a source; in words, why there is none.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn reading(&self, info: &SourceInfo) -> Answer<Result<Reading, String>> {
        let entry = match &info.state {
            ReadState::Waiting => return Ok(Err(self.text().say("home-due-waiting-why"))),
            ReadState::Unread { reason, .. } => return Ok(Err(reason.clone())),
            ReadState::Read { entry, .. } => entry,
        };
        let archive = &self.open.archive;
        let found = archive.entry(WriterId(entry.writer), entry.index)?;
        let blob = archive.blob_bytes(&found.entry, 0, collect::LONGEST)?;
        let damaged = |error: model::EncodingError| Trouble::Failed(error.to_string());
        let plain = decompress(&blob, collect::LONGEST).map_err(damaged)?;
        Ok(Ok(from_cbor(&plain).map_err(damaged)?))
    }

    /// The records read from a source, in the order in which they were proposed.
    ///
    /// # Errors
    /// When the view cannot be read.
    pub fn records(&self, source: SourceId) -> Answer<Vec<Record>> {
        let filter = RecordFilter {
            source: Some(source),
            ..RecordFilter::default()
        };
        let mut records = Vec::new();
        self.view.records(&filter, &mut |record| {
            records.push(record);
            ControlFlow::Continue(())
        })?;
        Ok(records)
    }

    /// The archive laid out as a whole (incidents, persons, demands …), where that is ready, and
    /// whether it is as new as the ledger. The first call begins the work; it takes seconds on a
    /// large archive and never holds up a page.
    #[must_use]
    pub fn whole(&self) -> (Option<Arc<Assembled>>, bool) {
        match today() {
            Some(today) => self.open.whole(today),
            None => (None, false),
        }
    }
}

impl Desk<'_> {
    /// The archive laid out as a whole, as far as it was when it was last laid out.
    ///
    /// # Errors
    /// [`Trouble::NotYet`] until it was laid out for the first time; why that failed.
    pub fn laid(&self) -> Answer<Arc<Assembled>> {
        self.laid_lately().map(|(all, _)| all)
    }

    /// The same, and whether it is as new as the ledger.
    ///
    /// # Errors
    /// As above.
    pub fn laid_lately(&self) -> Answer<(Arc<Assembled>, bool)> {
        let (whole, is_new) = self.whole();
        let all = whole.ok_or_else(|| match self.open.why_not_whole() {
            Some(why) => Trouble::Failed(why),
            None => Trouble::NotYet,
        })?;
        Ok((all, is_new))
    }
}

/// Records that wait for somebody: those that claim something, not those that only name.
fn waiting(view: &View) -> Answer<u64> {
    let counts = view.status()?;
    let claims = counts.records.iter();
    let claims = claims.filter(|(kind, _)| !web::card::is_name(**kind));
    let statuses = claims.flat_map(|(_, of)| of);
    let open = statuses.filter(|(status, _)| status.is_open());
    Ok(open.map(|(_, number)| number).sum())
}

/// The day by this device's clock; `None` when that shows an impossible date.
pub(crate) fn today() -> Option<PartialDate> {
    let date = jiff::Zoned::now().date();
    PartialDate::day(
        u16::try_from(date.year()).ok()?,
        u8::try_from(date.month()).ok()?,
        u8::try_from(date.day()).ok()?,
    )
}
