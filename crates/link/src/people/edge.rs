//! Pairs that are kept, in one order: heaviest first, then by rows. Memory is bounded: what does
//! not fit is written in sorted runs to a [`Spill`] and merged when read.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::io;

/// A pair of rows and how it was compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Total weight in bits.
    pub bits: f32,
    /// The lower row of the table.
    pub a: u32,
    /// The higher row.
    pub b: u32,
    /// Levels of all comparisons.
    pub pattern: u32,
    /// The rule that made the pair.
    pub rule: u8,
}

/// Bytes of an edge in a spilled run or on the wire.
pub const EDGE_BYTES: usize = 20;

impl Edge {
    /// Order of all output: heaviest first, then by rows.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }

    /// Grows with the place in that order; one number compares faster than three.
    fn rank(&self) -> u128 {
        let bits = self.bits.to_bits();
        // The order of IEEE 754's totalOrder, reversed: the heaviest ranks lowest.
        let ascending = if bits >> 31 == 1 {
            !bits
        } else {
            bits | 1 << 31
        };
        u128::from(!ascending) << 64 | u128::from(self.a) << 32 | u128::from(self.b)
    }

    /// As little-endian bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; EDGE_BYTES] {
        let mut bytes = [0; EDGE_BYTES];
        let words = [
            self.bits.to_bits(),
            self.a,
            self.b,
            self.pattern,
            u32::from(self.rule),
        ];
        for (chunk, word) in bytes.chunks_exact_mut(4).zip(words) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// The inverse of [`Self::to_bytes`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8; EDGE_BYTES]) -> Self {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        Self {
            bits: f32::from_bits(word(0)),
            a: word(4),
            b: word(8),
            pattern: word(12),
            rule: bytes[16],
        }
    }
}

/// Where sorted runs go that do not fit into memory. The caller decides: temporary files, sealed
/// files, or memory for small work.
pub trait Spill {
    /// Keeps a run; runs are numbered from 0 in the order in which they are kept.
    ///
    /// # Errors
    /// What the store says.
    fn keep(&mut self, run: &[u8]) -> io::Result<()>;

    /// Reads from a run at an offset; returns how many bytes, 0 at its end.
    ///
    /// # Errors
    /// What the store says.
    fn read(&mut self, run: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize>;
}

/// Runs in memory.
#[derive(Debug, Default)]
pub struct InMemory(Vec<Vec<u8>>);

impl Spill for InMemory {
    fn keep(&mut self, run: &[u8]) -> io::Result<()> {
        self.0.push(run.to_vec());
        Ok(())
    }

    fn read(&mut self, run: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let run = self.0.get(run).ok_or(io::ErrorKind::NotFound)?;
        let from = usize::try_from(offset).unwrap_or(usize::MAX).min(run.len());
        let length = buffer.len().min(run.len() - from);
        buffer[..length].copy_from_slice(&run[from..from + length]);
        Ok(length)
    }
}

/// Collects edges in any order and gives them back in [`Edge::order`].
pub struct Edges<'s> {
    held: Vec<Edge>,
    limit: usize,
    spill: &'s mut dyn Spill,
    runs: usize,
    count: u64,
}

impl<'s> Edges<'s> {
    /// Holds at most `limit` edges (20 bytes each) in memory.
    pub fn new(limit: usize, spill: &'s mut dyn Spill) -> Self {
        Self {
            held: Vec::new(),
            limit: limit.max(1024),
            spill,
            runs: 0,
            count: 0,
        }
    }

    /// Adds an edge.
    ///
    /// # Errors
    /// The store refuses a run.
    pub fn push(&mut self, edge: Edge) -> io::Result<()> {
        self.held.push(edge);
        self.count += 1;
        if self.held.len() >= self.limit {
            self.held.sort_unstable_by(Edge::order);
            let bytes: Vec<u8> = self.held.iter().flat_map(Edge::to_bytes).collect();
            self.spill.keep(&bytes)?;
            self.held.clear();
            self.runs += 1;
        }
        Ok(())
    }

    /// Edges so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Gives every edge to `visit`, in order.
    ///
    /// # Errors
    /// The store cannot read what it kept.
    pub fn drain(mut self, mut visit: impl FnMut(Edge)) -> io::Result<()> {
        self.held.sort_unstable_by(Edge::order);
        let mut held = std::mem::take(&mut self.held).into_iter();
        let mut sources: Vec<RunReader> = (0..self.runs).map(RunReader::new).collect();
        let mut heap = BinaryHeap::new();
        for (number, source) in sources.iter_mut().enumerate() {
            heap.extend(source.next(self.spill)?.map(|edge| Waiting {
                edge,
                source: number,
            }));
        }
        heap.extend(held.next().map(|edge| Waiting {
            edge,
            source: self.runs,
        }));
        while let Some(Waiting { edge, source }) = heap.pop() {
            visit(edge);
            let next = match sources.get_mut(source) {
                Some(reader) => reader.next(self.spill)?,
                None => held.next(),
            };
            heap.extend(next.map(|edge| Waiting { edge, source }));
        }
        Ok(())
    }
}

struct RunReader {
    run: usize,
    offset: u64,
    buffer: Vec<u8>,
    at: usize,
}

impl RunReader {
    fn new(run: usize) -> Self {
        Self {
            run,
            offset: 0,
            buffer: Vec::new(),
            at: 0,
        }
    }

    fn next(&mut self, spill: &mut dyn Spill) -> io::Result<Option<Edge>> {
        if self.at == self.buffer.len() {
            self.buffer.resize(4096 * EDGE_BYTES, 0);
            let mut filled = 0;
            while filled < self.buffer.len() {
                let read = spill.read(
                    self.run,
                    self.offset + filled as u64,
                    &mut self.buffer[filled..],
                )?;
                if read == 0 {
                    break;
                }
                filled += read;
            }
            if filled % EDGE_BYTES != 0 {
                return Err(io::Error::new(
                    io::ErrorKind::UnexpectedEof,
                    "a spilled run was cut short",
                ));
            }
            self.buffer.truncate(filled);
            (self.offset, self.at) = (self.offset + filled as u64, 0);
        }
        let Some(bytes) = self.buffer.get(self.at..self.at + EDGE_BYTES) else {
            return Ok(None);
        };
        self.at += EDGE_BYTES;
        Ok(Some(Edge::from_bytes(
            bytes.try_into().expect("a slice of that length"),
        )))
    }
}

/// An edge at the head of a run; the heap's greatest is the first in order.
struct Waiting {
    edge: Edge,
    source: usize,
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .edge
            .order(&self.edge)
            .then_with(|| other.source.cmp(&self.source))
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn edges(count: u32) -> Vec<Edge> {
        let edge = |n: u32| Edge {
            bits: f32::from((n.wrapping_mul(2_654_435_761) >> 20) as u16),
            a: n,
            b: n + 1,
            pattern: n,
            rule: 3,
        };
        (0..count).map(edge).collect()
    }

    #[test]
    fn spilled_runs_come_back_in_the_same_order_as_memory() {
        let all = edges(5000);
        let drained = |limit: usize, reversed: bool| {
            let mut spill = InMemory::default();
            let mut sorter = Edges::new(limit, &mut spill);
            let mut input = all.clone();
            if reversed {
                input.reverse();
            }
            input
                .into_iter()
                .for_each(|edge| sorter.push(edge).unwrap());
            let mut out = Vec::new();
            sorter.drain(|edge| out.push(edge)).unwrap();
            (out, spill.0.len())
        };
        let (whole, no_runs) = drained(1_000_000, false);
        let (spilled, runs) = drained(1024, true);
        assert_eq!((no_runs, runs), (0, 4));
        assert_eq!(whole, spilled);
        assert!(
            whole
                .windows(2)
                .all(|pair| pair[0].order(&pair[1]) == Ordering::Less)
        );
    }

    #[test]
    fn a_run_that_was_cut_short_is_an_error() {
        let mut spill = InMemory::default();
        let mut sorter = Edges::new(1024, &mut spill);
        edges(1024)
            .into_iter()
            .for_each(|edge| sorter.push(edge).unwrap());
        sorter.spill.keep(&[]).unwrap();
        let mut cut = InMemory(vec![vec![1; 30]]);
        sorter.spill = &mut cut;
        assert!(sorter.drain(|_| ()).is_err());
    }
}
