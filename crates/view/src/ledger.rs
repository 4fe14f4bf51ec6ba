//! From the archive to the fold: opening entries, which several threads do side by side.
//!
//! Invariant: an entry that cannot be opened or understood never stops the others: it is told
//! as a problem, and the view goes without it until it is rebuilt.

use crate::fold::{EntryPlace, Found, Opened, Position, Prepared, What, look_through};
use crate::view::{Applied, Progress, View};
use crate::{Error, ReadState, Result, SourceInfo};
use archive::{Archive, EntryKind, LogEntry, WriterId};
use model::{EncodingError, Likeness, Outcome, Reading, SourceId, decompress, from_cbor};
use std::path::Path;

/// Most bytes of one reading or of the proposals of one run.
const LARGEST: u64 = 256 << 20;

impl View {
    /// Takes in what is new in the archive. All of it or, when it fails, none of it.
    ///
    /// # Errors
    /// [`Error::Locked`] when the archive was not unlocked; [`Error::Stale`] when the view must
    /// be rebuilt; [`Error::Busy`] when another process is doing the same.
    pub fn catch_up(
        &mut self,
        archive: &Archive,
        threads: usize,
        progress: Progress,
    ) -> Result<Applied> {
        let entries = entries(archive, &self.position()?)?;
        self.step(entries, |found| open(archive, found), threads, progress)
    }

    /// Makes the view in `folder` anew from the whole archive.
    ///
    /// # Errors
    /// [`Error::Locked`] when the archive was not unlocked; [`Error::Busy`] while another process
    /// rebuilds; disk and database errors, after which the folder holds no view that opens.
    pub fn rebuild(
        folder: &Path,
        key: &[u8; 32],
        archive: &Archive,
        threads: usize,
        progress: Progress,
    ) -> Result<(Self, Applied)> {
        let entries = entries(archive, &Position::default())?;
        let open = |found| open(archive, found);
        Self::make(folder, key, entries, open, threads, progress)
    }

    /// The reading of a source, from the archive: views keep no text but what search needs.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub fn reading(&self, archive: &Archive, source: &SourceId) -> Result<Option<Reading>> {
        let state = self.source(source)?.map(|info| info.state);
        let Some(ReadState::Read { entry, .. }) = state else {
            return Ok(None);
        };
        reading_at(archive, &entry).map(Some)
    }
}

/// The reading that stands at an entry of the ledger.
///
/// # Errors
/// When the archive cannot be read, or what it holds is no reading.
pub fn reading_at(archive: &Archive, entry: &EntryPlace) -> Result<Reading> {
    let found = archive.entry(WriterId(entry.writer), entry.index)?;
    let bytes = archive.blob_bytes(&found.entry, 0, LARGEST)?;
    Ok(from_cbor(&unpack(&bytes)?)?)
}

/// What came of reading a source, as an entry of the ledger says.
///
/// # Errors
/// When the archive cannot be read, or the entry says something else.
pub fn outcome_at(archive: &Archive, entry: &EntryPlace) -> Result<Outcome> {
    let found = archive.entry(WriterId(entry.writer), entry.index)?;
    Ok(from_cbor(&archive.body(&found.entry)?)?)
}

/// What a source looks like that is one picture, whether there was anything to read in it or not;
/// `None` for anything else, and where it could not be looked at.
///
/// # Errors
/// When the archive cannot be read.
pub fn likeness_of(archive: &Archive, info: &SourceInfo) -> Result<Option<Likeness>> {
    if !info.source.media_type.starts_with("image/") {
        return Ok(None);
    }
    match &info.state {
        ReadState::Waiting => Ok(None),
        ReadState::Read { entry, .. } => Ok(reading_at(archive, entry)?.likeness),
        ReadState::Unread { entry, .. } => Ok(match outcome_at(archive, entry)? {
            Outcome::Unread(unread) => unread.likeness,
            Outcome::Read { .. } => None,
        }),
    }
}

/// The CBOR that lies compressed in a blob.
pub(crate) fn unpack(blob: &[u8]) -> std::result::Result<Vec<u8>, EncodingError> {
    decompress(blob, LARGEST)
}

/// The entries of the archive behind `since`.
fn entries(archive: &Archive, since: &Position) -> Result<archive::Entries> {
    if !archive.is_unlocked() {
        return Err(Error::Locked);
    }
    let writers = since.0.iter();
    let since = writers
        .map(|(writer, size)| (WriterId(*writer), *size))
        .collect();
    Ok(archive.entries(&archive::Position(since)))
}

/// Opens an entry; says why when it cannot be opened or understood.
fn open(archive: &Archive, found: archive::Result<LogEntry>) -> Result<Prepared, String> {
    let found = found.map_err(|error| error.to_string())?;
    let (what, in_it) = match what(archive, &found) {
        Ok(what) => what,
        Err(Unopened::Withheld(what)) => (what, Found::default()),
        Err(Unopened::Problem(why)) => {
            let LogEntry { writer, index, .. } = found;
            return Err(format!("entry {index} of the log of {writer}: {why}"));
        }
    };
    let opened = Opened {
        place: EntryPlace {
            writer: found.writer.0,
            index: found.index,
        },
        clock: (found.entry.hlc.milliseconds, found.entry.hlc.counter),
        at: found.entry.clock,
        subject: found.entry.subject,
        what,
    };
    Ok(Prepared {
        opened,
        found: in_it,
    })
}

/// Why an entry was not opened.
enum Unopened {
    /// As it should be: there is no key, or no key any more.
    Withheld(What),
    Problem(String),
}

impl From<EncodingError> for Unopened {
    fn from(error: EncodingError) -> Self {
        Self::Problem(error.to_string())
    }
}

fn what(archive: &Archive, found: &LogEntry) -> Result<(What, Found), Unopened> {
    let entry = &found.entry;
    let unopened = |error: archive::Error| match error {
        // Its erasure is an entry of its own.
        archive::Error::Erased(_) => Unopened::Withheld(What::Other),
        archive::Error::NoKey(_) if entry.kind == EntryKind::Source => {
            Unopened::Withheld(What::Locked)
        }
        archive::Error::NoKey(_) => Unopened::Withheld(What::Other),
        other => Unopened::Problem(other.to_string()),
    };
    let body = || archive.body(entry).map_err(unopened);
    let blob = || archive.blob_bytes(entry, 0, LARGEST).map_err(unopened);
    let what = match (entry.kind, entry.subject) {
        (EntryKind::Source, Some(_)) => What::Source(Box::new(from_cbor(&body()?)?)),
        (EntryKind::Reading, Some(_)) => {
            let outcome: Outcome = from_cbor(&body()?)?;
            let reading = match &outcome {
                Outcome::Read { .. } => Some(Box::new(from_cbor(&unpack(&blob()?)?)?)),
                Outcome::Unread(_) => None,
            };
            What::Reading(outcome, reading)
        }
        (EntryKind::Proposals, Some(_)) => {
            let blob = blob()?;
            let (proposals, in_it) = look_through(&unpack(&blob)?)?;
            return Ok((What::Proposals(Box::new(proposals), blob), in_it));
        }
        (EntryKind::Decision, subject) => {
            let decision: model::Decision = from_cbor(&body()?)?;
            if subject != Some(decision.on.source) {
                let why = "the decision is about another source than its entry says";
                return Err(Unopened::Problem(why.to_owned()));
            }
            What::Decision(Box::new(decision))
        }
        (EntryKind::Judgement, _) => What::Judgement(Box::new(from_cbor(&body()?)?)),
        (EntryKind::Erasure, Some(source)) => What::Erased(source),
        _ => What::Other,
    };
    Ok((what, Found::default()))
}
