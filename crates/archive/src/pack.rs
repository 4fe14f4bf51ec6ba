//! Packing sealed streams into segments: those of many small sources share one, a large original
//! spans several.
//!
//! Invariant: the parts of a segment cover it without gap or overlap, in the order they were put.
//! Memory: the segment being filled and two that are on their way to the store.

use crate::blob::segment_key;
use crate::crypto::{Hasher, sha256};
use crate::store::Object;
use crate::{MAX_SEGMENT, Result, Store};
use bytes::Bytes;
use model::Sha256Digest;
use std::collections::VecDeque;
use std::thread::JoinHandle;

/// Full segments being hashed and put while the next is filled.
const IN_FLIGHT: usize = 2;

/// A part whose segment is not finished: its name is not known yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PackedPart {
    /// Which of the pack's segments.
    pub segment: usize,
    pub offset: u32,
    pub length: u32,
    pub digest: Sha256Digest,
}

/// Segments in the making.
pub(crate) struct Packer {
    store: Store,
    /// The segment being filled.
    buffer: Vec<u8>,
    /// Digests of the segments before it, as far as their puts have ended.
    done: Vec<Sha256Digest>,
    in_flight: VecDeque<JoinHandle<Result<Sha256Digest>>>,
    /// The stream being written: its parts so far, and where its last one begins.
    parts: Vec<PackedPart>,
    part_start: usize,
    hasher: Hasher,
    /// Where the stream began: segment and offset.
    stream_start: (usize, usize),
}

impl Packer {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            buffer: Vec::new(),
            done: Vec::new(),
            in_flight: VecDeque::new(),
            parts: Vec::new(),
            part_start: 0,
            hasher: Hasher::new(),
            stream_start: (0, 0),
        }
    }

    fn segment(&self) -> usize {
        self.done.len() + self.in_flight.len()
    }

    /// Begins a stream.
    pub(crate) fn begin(&mut self) {
        self.parts.clear();
        self.part_start = self.buffer.len();
        self.hasher = Hasher::new();
        self.stream_start = (self.segment(), self.buffer.len());
    }

    /// Adds to the stream.
    pub(crate) fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let room = MAX_SEGMENT as usize - self.buffer.len();
            let (now, rest) = bytes.split_at(room.min(bytes.len()));
            self.buffer.extend_from_slice(now);
            self.hasher.update(now);
            bytes = rest;
            if self.buffer.len() as u64 == MAX_SEGMENT {
                self.end_part();
                self.put_segment()?;
            }
        }
        Ok(())
    }

    /// Ends the stream; gives its parts.
    pub(crate) fn end(&mut self) -> Vec<PackedPart> {
        self.end_part();
        std::mem::take(&mut self.parts)
    }

    /// Takes the stream back: what is still in the buffer. Segments of it that were put already
    /// stay behind unnamed.
    pub(crate) fn cancel(&mut self) {
        let (segment, offset) = self.stream_start;
        self.buffer
            .truncate(if segment == self.segment() { offset } else { 0 });
        self.parts.clear();
    }

    fn end_part(&mut self) {
        let hasher = std::mem::replace(&mut self.hasher, Hasher::new());
        if self.buffer.len() > self.part_start {
            self.parts.push(PackedPart {
                segment: self.segment(),
                offset: self.part_start as u32,
                length: (self.buffer.len() - self.part_start) as u32,
                digest: hasher.finish(),
            });
        }
        self.part_start = self.buffer.len();
    }

    /// Sends the full buffer on its way.
    fn put_segment(&mut self) -> Result<()> {
        while self.in_flight.len() >= IN_FLIGHT {
            self.join_one()?;
        }
        let full = std::mem::replace(&mut self.buffer, Vec::with_capacity(MAX_SEGMENT as usize));
        self.part_start = 0;
        let known = self.whole_segment_digest(full.len());
        let store = self.store.clone();
        self.in_flight.push_back(std::thread::spawn(move || {
            let digest = known.unwrap_or_else(|| sha256(&[&full]));
            store.put_new(&segment_key(&digest), Bytes::from(full))?;
            Ok(digest)
        }));
        Ok(())
    }

    /// A segment of one part only is not hashed twice.
    fn whole_segment_digest(&self, length: usize) -> Option<Sha256Digest> {
        let last = self.parts.last()?;
        let whole =
            last.segment == self.segment() && last.offset == 0 && last.length as usize == length;
        whole.then_some(last.digest)
    }

    fn join_one(&mut self) -> Result<()> {
        if let Some(thread) = self.in_flight.pop_front() {
            self.done
                .push(thread.join().expect("putting a segment does not panic")?);
        }
        Ok(())
    }

    /// Ends the pack: the digests of its segments, and the last one, which is not put yet.
    pub(crate) fn finish(&mut self) -> Result<(Vec<Sha256Digest>, Option<Object>)> {
        while !self.in_flight.is_empty() {
            self.join_one()?;
        }
        let mut digests = std::mem::take(&mut self.done);
        let last = std::mem::take(&mut self.buffer);
        if last.is_empty() {
            return Ok((digests, None));
        }
        let digest = sha256(&[&last]);
        digests.push(digest);
        Ok((digests, Some((segment_key(&digest), Bytes::from(last)))))
    }
}

impl Drop for Packer {
    fn drop(&mut self) {
        for thread in self.in_flight.drain(..) {
            let _ = thread.join();
        }
    }
}
