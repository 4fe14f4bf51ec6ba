//! Checks what the sealed content says of itself: originals and readings against their digests,
//! quotes against their readings. Needs keys; the ledger itself is verified without.

use crate::correct::check_correction;
use crate::prepare::digest;
use archive::{Archive, EntryKind, LogEntry, WriterId};
use model::{
    CharIndex, Decision, Outcome, Quote, Sha256Digest, Source, Span, decompress, from_cbor,
};
use ring::digest::{Context as Hasher, SHA256};
use serde::Deserialize;
use std::collections::{BTreeMap, VecDeque};
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// Longest reading or set of proposals that is opened (256 MiB).
pub const LONGEST: u64 = 256 << 20;

/// Checks entries of one archive that is unlocked; may be used from several threads.
pub struct Checker<'a> {
    archive: &'a Archive,
    /// Where each reading stands in the ledger; looked up when proposals do not follow theirs.
    readings: OnceLock<Readings>,
    /// Texts checked last: proposals follow their reading in the ledger.
    recent: Mutex<VecDeque<(Sha256Digest, Arc<Text>)>>,
    citations: AtomicU64,
}

type Readings = BTreeMap<Sha256Digest, (WriterId, u64)>;

/// Texts kept at hand, for all threads together.
const RECENT: usize = 32;

/// What of a reading a quote is checked against.
#[derive(Deserialize)]
struct Text {
    text: String,
}

/// What of proposals can be checked: the rest is passed over, which is most of the work saved.
#[derive(Deserialize)]
struct Quoted<'a> {
    reading: Sha256Digest,
    #[serde(borrow)]
    proposals: Vec<Quotes<'a>>,
}

#[derive(Deserialize)]
struct Quotes<'a> {
    #[serde(borrow)]
    quotes: Vec<Words<'a>>,
}

/// A [`Quote`] whose words were not copied.
#[derive(Deserialize)]
struct Words<'a> {
    span: Span,
    quote: &'a str,
    passage: u32,
    #[serde(default)]
    page: Option<u32>,
    #[serde(default)]
    row: Option<u32>,
}

impl Words<'_> {
    fn check(&self, text: &str, chars: &CharIndex) -> Result<(), Fault> {
        if chars.slice(text, self.span) == Some(self.quote) {
            return Ok(());
        }
        let quote = Quote {
            span: self.span,
            quote: self.quote.to_owned(),
            passage: self.passage,
            page: self.page,
            row: self.row,
        };
        quote
            .check(text, chars)
            .map_err(|error| Fault::Wrong(error.to_string()))
    }
}

impl<'a> Checker<'a> {
    /// Checks entries of this archive.
    #[must_use]
    pub fn new(archive: &'a Archive) -> Self {
        Self {
            archive,
            readings: OnceLock::new(),
            recent: Mutex::default(),
            citations: AtomicU64::new(0),
        }
    }

    /// Quotes that were found at their place so far.
    #[must_use]
    pub fn citations(&self) -> u64 {
        self.citations.load(Ordering::Relaxed)
    }

    /// Checks the content of one entry.
    ///
    /// # Errors
    /// In words for people: what is not as the entry says.
    pub fn check(&self, found: &LogEntry) -> Result<(), String> {
        let result = match found.entry.kind {
            EntryKind::Source => self.check_source(found),
            EntryKind::Reading => self.check_reading(found),
            EntryKind::Proposals => self.check_proposals(found),
            EntryKind::Decision => self.check_decision(found),
            _ if found.entry.body.is_some() => self.body(found).map(|_| ()),
            _ => Ok(()),
        };
        match result {
            // What was erased on purpose is explained by its erasure entry, and what this device
            // may not open is not this device's to check.
            Err(Fault::Closed) => Ok(()),
            Err(Fault::Wrong(why)) => Err(why),
            Ok(()) => Ok(()),
        }
    }

    fn check_source(&self, found: &LogEntry) -> Result<(), Fault> {
        let source: Source = decode(&self.body(found)?)?;
        let mut blob = self.archive.blob(&found.entry, 0)?;
        let mut hasher = Hasher::new(&SHA256);
        let mut buffer = vec![0; 64 << 10];
        let mut bytes = 0;
        loop {
            let read = blob
                .read(&mut buffer)
                .map_err(|error| Fault::Wrong(error.to_string()))?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            hasher.update(&buffer[..read]);
        }
        if hasher.finish().as_ref() != source.original.0 || bytes != source.bytes {
            return Err(Fault::Wrong(format!(
                "the original is not the {} bytes with SHA-256 {} that the source names",
                source.bytes, source.original
            )));
        }
        Ok(())
    }

    fn check_reading(&self, found: &LogEntry) -> Result<(), Fault> {
        match decode(&self.body(found)?)? {
            Outcome::Unread(_) => Ok(()),
            Outcome::Read { reading, .. } => self.reading(found, &reading).map(|_| ()),
        }
    }

    fn check_proposals(&self, found: &LogEntry) -> Result<(), Fault> {
        let bytes = self.unpacked(found)?;
        let proposals: Quoted<'_> = decode(&bytes)?;
        let reading = self.text_of(&proposals.reading)?;
        let chars = CharIndex::new(&reading.text);
        let mut found = 0;
        let quotes = proposals.proposals.iter().flat_map(|of| &of.quotes);
        let checked = quotes
            .inspect(|_| found += 1)
            .try_for_each(|quote| quote.check(&reading.text, &chars));
        // The one that failed was not found at its place.
        found -= u64::from(checked.is_err());
        self.citations.fetch_add(found, Ordering::Relaxed);
        checked
    }

    /// A decision that says what the record says cites the reading like a proposal.
    fn check_decision(&self, found: &LogEntry) -> Result<(), Fault> {
        let decision: Decision = decode(&self.body(found)?)?;
        let Some(corrected) = &decision.corrected else {
            return Ok(());
        };
        let reading = self.text_of(&decision.on.reading)?;
        let chars = CharIndex::new(&reading.text);
        check_correction(corrected, &reading.text, &chars)
            .map_err(|error| Fault::Wrong(error.to_string()))?;
        let quotes = corrected.proposal.quotes.len() as u64;
        self.citations.fetch_add(quotes, Ordering::Relaxed);
        Ok(())
    }

    /// The text of a reading that is cited, from wherever it stands in the ledger.
    fn text_of(&self, reading: &Sha256Digest) -> Result<Arc<Text>, Fault> {
        if let Some(text) = self.at_hand(reading) {
            return Ok(text);
        }
        let readings = self.readings.get_or_init(|| readings(self.archive));
        let Some(&(writer, index)) = readings.get(reading) else {
            return Err(Fault::Wrong(format!(
                "the reading {reading} is cited, which is not in the archive"
            )));
        };
        let read_from = self.archive.entry(writer, index)?;
        self.reading(&read_from, reading)
    }

    fn reading(&self, found: &LogEntry, expected: &Sha256Digest) -> Result<Arc<Text>, Fault> {
        let bytes = self.unpacked(found)?;
        if digest(&bytes) != *expected {
            return Err(Fault::Wrong(format!(
                "the reading does not have the SHA-256 {expected}"
            )));
        }
        let text = Arc::new(decode(&bytes)?);
        let mut recent = self.recent();
        recent.push_back((*expected, Arc::clone(&text)));
        if recent.len() > RECENT {
            recent.pop_front();
        }
        Ok(text)
    }

    fn at_hand(&self, reading: &Sha256Digest) -> Option<Arc<Text>> {
        let recent = self.recent();
        let found = recent.iter().find(|(digest, _)| digest == reading)?;
        Some(Arc::clone(&found.1))
    }

    fn recent(&self) -> MutexGuard<'_, VecDeque<(Sha256Digest, Arc<Text>)>> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The CBOR in the entry's first blob.
    fn unpacked(&self, found: &LogEntry) -> Result<Vec<u8>, Fault> {
        let blob = self.archive.blob_bytes(&found.entry, 0, LONGEST)?;
        decompress(&blob, LONGEST).map_err(|error| Fault::Wrong(error.to_string()))
    }

    fn body(&self, found: &LogEntry) -> Result<Vec<u8>, Fault> {
        Ok(self.archive.body(&found.entry)?)
    }
}

/// Where the readings are. Entries that cannot be opened are left to [`Checker::check`], which
/// says why.
fn readings(archive: &Archive) -> Readings {
    let entries = archive.entries(&archive::Position::default());
    entries
        .filter_map(Result::ok)
        .filter(|found| found.entry.kind == EntryKind::Reading)
        .filter_map(|found| {
            let body = archive.body(&found.entry).ok()?;
            match from_cbor(&body).ok()? {
                Outcome::Read { reading, .. } => Some((reading, (found.writer, found.index))),
                Outcome::Unread(_) => None,
            }
        })
        .collect()
}

enum Fault {
    /// Not ours to open: no key for the compartment, or the key was destroyed.
    Closed,
    /// Not what it says it is.
    Wrong(String),
}

impl From<archive::Error> for Fault {
    fn from(error: archive::Error) -> Self {
        match error {
            archive::Error::NoKey(_) | archive::Error::Erased(_) => Self::Closed,
            other => Self::Wrong(other.to_string()),
        }
    }
}

fn decode<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, Fault> {
    from_cbor(bytes).map_err(|error| Fault::Wrong(error.to_string()))
}
