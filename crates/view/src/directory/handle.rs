//! Reading one encrypted file of the index: any stretch of it, by blocks.

use super::cache::Cache;
use super::sealed::{BLOCK, FileKey, HEADER, Layout, damaged};
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{fmt, io};
use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// Reads longer than this pass the cache by: a merge must not push out what searches use.
const PASS_BY: usize = 1 << 20;

static OPENED: AtomicU64 = AtomicU64::new(0);

/// An open file. What was read stays as it is when the file is deleted.
pub(super) struct Handle {
    name: PathBuf,
    file: File,
    key: FileKey,
    layout: Layout,
    number: u64,
    cache: Arc<Cache>,
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Handle({}, {} bytes)",
            self.name.display(),
            self.layout.len
        )
    }
}

impl Handle {
    /// Opens the file and its last block, which proves its length.
    pub(super) fn open(
        file: File,
        name: &Path,
        index_key: &[u8; 32],
        cache: Arc<Cache>,
    ) -> io::Result<Self> {
        let stored = file.metadata()?.len();
        let layout = Layout::of(stored).ok_or_else(|| damaged(name, "was cut off"))?;
        let mut header = [0; HEADER];
        read_exact_at(&file, &mut header, 0)?;
        let handle = Self {
            key: FileKey::new(index_key, name, &header)?,
            name: name.to_owned(),
            file,
            layout,
            number: OPENED.fetch_add(1, Ordering::Relaxed),
            cache,
        };
        handle.block(handle.layout.last, true)?;
        Ok(handle)
    }

    /// The opened block `number`; kept in the cache when `keep`.
    fn block(&self, number: u64, keep: bool) -> io::Result<Arc<[u8]>> {
        let place = (self.number, number);
        if let Some(block) = self.cache.get(place) {
            return Ok(block);
        }
        let (at, len) = self.layout.stored(number);
        let mut sealed = vec![0; len];
        read_exact_at(&self.file, &mut sealed, at)?;
        let last = number == self.layout.last;
        self.key
            .open(number, last, &mut sealed)
            .ok_or_else(|| damaged(&self.name, "was changed, or belongs to another key"))?;
        let block: Arc<[u8]> = sealed.into();
        if keep {
            self.cache.put(place, Arc::clone(&block));
        }
        Ok(block)
    }
}

impl HasLen for Handle {
    fn len(&self) -> usize {
        self.layout.len
    }
}

impl FileHandle for Handle {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start >= range.end {
            return Ok(OwnedBytes::empty());
        }
        if range.end > self.layout.len {
            return Err(damaged(&self.name, "is shorter than what refers to it"));
        }
        let (first, last) = (range.start / BLOCK, (range.end - 1) / BLOCK);
        let keep = range.len() <= PASS_BY;
        if first == last {
            let block = self.block(first as u64, keep)?;
            let from = first * BLOCK;
            return Ok(OwnedBytes::new(block).slice(range.start - from..range.end - from));
        }
        let mut bytes = Vec::with_capacity(range.len());
        for number in first..=last {
            let block = self.block(number as u64, keep)?;
            let from = number * BLOCK;
            let start = range.start.saturating_sub(from);
            let end = (range.end - from).min(block.len());
            bytes.extend_from_slice(&block[start..end]);
        }
        Ok(OwnedBytes::new(bytes))
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}
