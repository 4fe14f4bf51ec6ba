//! What a handler of the API works with: a view on loan, the archive, and who asks.

use super::problem::Problem;
use super::who::Caller;
use crate::app::App;
use crate::lease::Lease;
use crate::vault::Open;
use archive::Writer;
use axum::http::StatusCode;
use model::{Reading, Record, RecordId, SourceId};
use std::sync::{Arc, PoisonError};
use view::{SourceInfo, View};

/// The result of a handler.
pub(crate) type Answer<T> = Result<T, Problem>;

/// What a handler works with while it makes one answer.
pub(crate) struct Bench<'b> {
    pub(crate) app: &'b App,
    pub(crate) open: &'b Arc<Open>,
    pub(crate) caller: &'b Caller,
    lease: Lease<'b>,
}

/// Runs `work` where it may block.
pub(crate) async fn at_bench<T: Send + 'static>(
    app: App,
    caller: Caller,
    work: impl FnOnce(&mut Bench<'_>) -> Answer<T> + Send + 'static,
) -> Answer<T> {
    let done = tokio::task::spawn_blocking(move || {
        let locked = || Problem::new(StatusCode::LOCKED, "Unlock the archive in the browser.");
        let open = app.inner.vault.get().ok_or_else(locked)?;
        open.look()?;
        let mut bench = Bench {
            lease: open.views.lease(&open.archive)?,
            app: &app,
            open: &open,
            caller: &caller,
        };
        work(&mut bench)
    });
    let broke = |_| {
        Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The work broke off.",
        ))
    };
    done.await.unwrap_or_else(broke)
}

/// Refuses what cannot be masked, as whole files, to those who do not see names.
pub(crate) fn needs_names(caller: &Caller) -> Answer<()> {
    match caller.sees_names {
        true => Ok(()),
        false => Err(Problem::new(
            StatusCode::FORBIDDEN,
            "This holds names of protected persons, which cannot be masked in it. In the browser, ask \
             to see names first; a program needs a token that was made with `names`.",
        )),
    }
}

impl Bench<'_> {
    /// The view, up to date.
    pub(crate) fn view(&self) -> &View {
        &self.lease
    }

    /// Refuses what cannot be masked to those who do not see names.
    pub(crate) fn needs_names(&self) -> Answer<()> {
        needs_names(self.caller)
    }

    /// The source with this id.
    pub(crate) fn source(&self, id: &str) -> Answer<SourceInfo> {
        let id: SourceId = id.parse().map_err(|_| Problem::nothing())?;
        self.view().source(&id)?.ok_or_else(Problem::nothing)
    }

    /// The record with this id, as it stands today.
    pub(crate) fn record(&self, id: &str) -> Answer<Record> {
        let id: RecordId = id.parse().map_err(|_| Problem::nothing())?;
        self.view().record(&id)?.ok_or_else(Problem::nothing)
    }

    /// The reading of a source.
    pub(crate) fn reading(&self, source: &SourceId) -> Answer<Reading> {
        let reading = self.view().reading(&self.open.archive, source)?;
        reading.ok_or_else(|| {
            let words = "This source has no reading; the source says why.";
            Problem::new(StatusCode::NOT_FOUND, words)
        })
    }

    /// Does `work` with the one writer, which sees the ledger as it is: `check` is asked with a
    /// view that has all that was written before.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&Self, &mut Writer) -> Answer<T>,
    ) -> Answer<T> {
        let open = Arc::clone(self.open);
        let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
        open.archive.refresh()?;
        self.renew()?;
        let (mut writer, _) = open.archive.writer(&open.device)?;
        let done = work(self, &mut writer);
        drop(writer);
        open.archive.refresh()?;
        self.renew()?;
        done
    }

    /// Takes a view that has all that is in the ledger now.
    pub(crate) fn renew(&mut self) -> Answer<()> {
        self.lease = self.open.views.lease(&self.open.archive)?;
        Ok(())
    }
}
