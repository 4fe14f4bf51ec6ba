//! Checks what the sealed content says of itself: originals and readings against their digests,
//! quotes against their readings. Needs keys; the ledger itself is verified without.

use crate::prepare::digest;
use archive::{Archive, EntryKind, LogEntry, WriterId};
use model::{CharIndex, Outcome, Proposals, Reading, Sha256Digest, Source, from_cbor};
use ring::digest::{Context as Hasher, SHA256};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::atomic::{AtomicU64, Ordering};

/// Longest reading or set of proposals that is opened (256 MiB).
pub const LONGEST: u64 = 256 << 20;

/// Checks entries of one archive that is unlocked; may be used from several threads.
pub struct Checker<'a> {
    archive: &'a Archive,
    /// Where each reading stands in the ledger.
    readings: BTreeMap<Sha256Digest, (WriterId, u64)>,
    citations: AtomicU64,
}

impl<'a> Checker<'a> {
    /// Looks up where the readings are. Entries that cannot be opened are left to
    /// [`Checker::check`], which says why.
    #[must_use]
    pub fn new(archive: &'a Archive) -> Self {
        let entries = archive.entries(&archive::Position::default());
        let readings = entries
            .filter_map(Result::ok)
            .filter(|found| found.entry.kind == EntryKind::Reading)
            .filter_map(|found| {
                let body = archive.body(&found.entry).ok()?;
                match from_cbor(&body).ok()? {
                    Outcome::Read { reading, .. } => Some((reading, (found.writer, found.index))),
                    Outcome::Unread(_) => None,
                }
            })
            .collect();
        Self { archive, readings, citations: AtomicU64::new(0) }
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
            let read = blob.read(&mut buffer).map_err(|error| Fault::Wrong(error.to_string()))?;
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
        let proposals: Proposals = decode(&self.archive.blob_bytes(&found.entry, 0, LONGEST)?)?;
        let Some(&(writer, index)) = self.readings.get(&proposals.reading) else {
            return Err(Fault::Wrong(format!(
                "the proposals cite the reading {}, which is not in the archive",
                proposals.reading
            )));
        };
        let read_from = self.archive.entry(writer, index)?;
        let reading = self.reading(&read_from, &proposals.reading)?;
        let chars = CharIndex::new(&reading.text);
        for quote in proposals.proposals.iter().flat_map(|proposal| &proposal.quotes) {
            quote
                .check(&reading.text, &chars)
                .map_err(|error| Fault::Wrong(error.to_string()))?;
            self.citations.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }

    fn reading(&self, found: &LogEntry, expected: &Sha256Digest) -> Result<Reading, Fault> {
        let bytes = self.archive.blob_bytes(&found.entry, 0, LONGEST)?;
        if digest(&bytes) != *expected {
            return Err(Fault::Wrong(format!("the reading does not have the SHA-256 {expected}")));
        }
        decode(&bytes)
    }

    fn body(&self, found: &LogEntry) -> Result<Vec<u8>, Fault> {
        Ok(self.archive.body(&found.entry)?)
    }
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

fn decode<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    from_cbor(bytes).map_err(|error| Fault::Wrong(error.to_string()))
}
