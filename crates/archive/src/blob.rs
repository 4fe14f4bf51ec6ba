//! Reading blobs: parts of segments, joined to a sealed stream, opened chunk by chunk.
//!
//! Invariant: a part that is read through is compared with the digest that the signed entry
//! records; what a chunk opens to was sealed under the source's key. Memory: a window of 1 MiB.

use crate::crypto::{Hasher, Secret};
use crate::error::Error;
use crate::seal::{CHUNK, HEADER, Sealer, TAG, plain_len};
use crate::{Archive, BundleId, Part, Result};
use bytes::Bytes;
use model::Sha256Digest;
use std::io::{self, Read, Seek, SeekFrom};

mod cache;

pub(crate) use cache::{SegmentCache, segment_key};

/// Sealed bytes read at once.
const WINDOW: u64 = 1 << 20;
const SEALED_CHUNK: u64 = (CHUNK + TAG) as u64;

/// A blob that was put: what an entry will name, and what its plain bytes were.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlobRef {
    /// The commit it was put in, by its key bundle.
    pub(crate) commit: BundleId,
    /// Which of the commit's blobs this is. Where it lies is known when the commit is finished.
    pub(crate) index: usize,
    /// Plain bytes.
    pub plain_len: u64,
    /// SHA-256 of the plain bytes. Not in the entry in clear: put it into the sealed body.
    pub plain_sha256: Sha256Digest,
}

/// Reads and opens a blob as it goes; can go to any byte (by chunks of 64 KiB).
pub struct BlobReader {
    archive: Archive,
    parts: Vec<Part>,
    /// Where each part begins in the sealed stream, and at the end its length.
    starts: Vec<u64>,
    sealer: Option<Sealer>,
    plain_len: u64,
    position: u64,
    /// The chunk that was opened last.
    chunk: Vec<u8>,
    chunk_index: Option<u64>,
    /// Sealed bytes that were read last, and where they begin.
    window: Bytes,
    window_start: u64,
    /// Digest of a part as it is read through: which part, and up to where.
    hashing: Option<(usize, u64, Hasher)>,
}

impl BlobReader {
    pub(crate) fn open(archive: &Archive, parts: Vec<Part>, key: &Secret) -> Result<Self> {
        let mut starts = vec![0];
        for part in &parts {
            starts.push(starts[starts.len() - 1] + u64::from(part.length));
        }
        let sealed = starts[starts.len() - 1];
        let damaged = |why: &str| Error::Damaged {
            object: parts
                .first()
                .map_or_else(String::new, |part| segment_key(&part.segment)),
            why: why.to_owned(),
        };
        let plain_len = plain_len(sealed).ok_or_else(|| damaged("no blob has its length"))?;
        let mut reader = Self {
            archive: archive.clone(),
            parts,
            starts,
            sealer: None,
            plain_len,
            position: 0,
            chunk: Vec::new(),
            chunk_index: None,
            window: Bytes::new(),
            window_start: 0,
            hashing: None,
        };
        let mut header = Vec::with_capacity(HEADER);
        reader.copy_sealed(0, HEADER as u64, &mut header)?;
        let header = header
            .first_chunk()
            .ok_or_else(|| reader.damaged("it ends too early"))?;
        let sealer = Sealer::open(key, header);
        let sealer = sealer.map_err(|error| reader.damaged(&error.to_string()))?;
        reader.sealer = Some(sealer);
        Ok(reader)
    }

    /// Plain bytes in the blob.
    #[must_use]
    pub fn plain_len(&self) -> u64 {
        self.plain_len
    }

    fn damaged(&self, why: &str) -> Error {
        let part = self.parts.first();
        Error::Damaged {
            object: part.map_or_else(String::new, |part| segment_key(&part.segment)),
            why: why.to_owned(),
        }
    }

    /// Opens the chunk that holds plain byte `chunk index * 64 KiB`.
    fn load_chunk(&mut self, index: u64) -> Result<()> {
        let sealed = self.starts[self.starts.len() - 1];
        let start = HEADER as u64 + index * SEALED_CHUNK;
        let end = (start + SEALED_CHUNK).min(sealed);
        let mut chunk = std::mem::take(&mut self.chunk);
        self.chunk_index = None;
        chunk.clear();
        self.copy_sealed(start, end, &mut chunk)?;
        let sealer = self.sealer.as_ref().expect("an open reader has a key");
        sealer
            .unseal(index, end == sealed, &mut chunk)
            .map_err(|error| self.damaged(&error.to_string()))?;
        self.chunk = chunk;
        self.chunk_index = Some(index);
        Ok(())
    }

    /// Appends bytes `start..end` of the sealed stream.
    fn copy_sealed(&mut self, start: u64, end: u64, out: &mut Vec<u8>) -> Result<()> {
        let mut at = start;
        while at < end {
            let window_end = self.window_start + self.window.len() as u64;
            if at < self.window_start || at >= window_end {
                self.fill_window(at)?;
                continue;
            }
            let upto = end.min(window_end);
            let from = (at - self.window_start) as usize;
            let to = (upto - self.window_start) as usize;
            out.extend_from_slice(&self.window[from..to]);
            at = upto;
        }
        Ok(())
    }

    /// Reads on from byte `at` of the sealed stream, within its part.
    fn fill_window(&mut self, at: u64) -> Result<()> {
        let number = self.starts.partition_point(|start| *start <= at) - 1;
        let part = self.parts.get(number).copied();
        let part = part.ok_or_else(|| self.damaged("it ends too early"))?;
        let within = at - self.starts[number];
        let length = WINDOW.min(u64::from(part.length) - within);
        self.window = self.archive.inner.segments.read(&part, within, length)?;
        self.window_start = at;
        // Whoever reads on from where the digest stands continues it; whoever jumps gives it up.
        let mut hasher = match self.hashing.take() {
            Some((hashed, upto, hasher)) if (hashed, upto) == (number, within) => hasher,
            _ if within == 0 => Hasher::new(),
            _ => return Ok(()),
        };
        hasher.update(&self.window);
        let upto = within + length;
        if upto < u64::from(part.length) {
            self.hashing = Some((number, upto, hasher));
        } else if hasher.finish() != part.digest {
            return Err(Error::Damaged {
                object: segment_key(&part.segment),
                why: format!("bytes {}.. are not those of the entry", part.offset),
            });
        }
        Ok(())
    }
}

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.plain_len || out.is_empty() {
            // An empty blob still has a chunk that must open.
            if self.plain_len == 0 && self.chunk_index.is_none() {
                self.load_chunk(0).map_err(io::Error::other)?;
            }
            return Ok(0);
        }
        let index = self.position / CHUNK as u64;
        if self.chunk_index != Some(index) {
            self.load_chunk(index).map_err(io::Error::other)?;
        }
        let from = (self.position % CHUNK as u64) as usize;
        let rest = self.chunk.get(from..).unwrap_or_default();
        let n = rest.len().min(out.len());
        out[..n].copy_from_slice(&rest[..n]);
        self.position += n as u64;
        Ok(n)
    }
}

impl Seek for BlobReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.plain_len.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
