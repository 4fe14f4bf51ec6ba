//! Writing one encrypted file of the index, from its first byte to its last.

use super::failure::Failure;
use super::sealed::{BLOCK, FileKey, HEADER, MAGIC, TAG};
use ring::rand::{SecureRandom, SystemRandom};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use tantivy::directory::{AntiCallToken, TerminatingWrite};

/// Bytes that are gathered before they go to the file system.
const GATHERED: usize = 8 * (BLOCK + TAG);

/// Appends to a new file. Only [`Writer::finish`] makes it one that opens: a file whose writer
/// stopped before has no last block.
pub(super) struct Writer {
    file: File,
    key: FileKey,
    number: u64,
    plain: Vec<u8>,
    sealed: Vec<u8>,
    failure: Failure,
}

impl Writer {
    /// Begins `file`, which is new and empty.
    pub(super) fn new(
        file: File,
        name: &Path,
        index_key: &[u8; 32],
        failure: Failure,
    ) -> io::Result<Self> {
        let mut header = [0; HEADER];
        header[..MAGIC.len()].copy_from_slice(&MAGIC);
        SystemRandom::new()
            .fill(&mut header[MAGIC.len()..])
            .map_err(|_| io::Error::other("the system gives no random bytes"))?;
        Ok(Self {
            key: FileKey::new(index_key, name, &header)?,
            file,
            number: 0,
            plain: Vec::with_capacity(BLOCK + TAG),
            sealed: header.to_vec(),
            failure,
        })
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        self.key.seal(self.number, last, &mut self.plain)?;
        self.number += 1;
        self.sealed.extend_from_slice(&self.plain);
        self.plain.clear();
        if last || self.sealed.len() >= GATHERED {
            let written = self.file.write_all(&self.sealed);
            written.map_err(|error| self.failure.note(error))?;
            self.sealed.clear();
        }
        Ok(())
    }

    /// Writes the last block and gives the file back, not yet synced.
    pub(super) fn finish(&mut self) -> io::Result<&File> {
        self.seal(true)?;
        Ok(&self.file)
    }
}

impl Write for Writer {
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<usize> {
        let all = bytes.len();
        while !bytes.is_empty() {
            // A full block is sealed when more follows, so that the last one is never empty.
            if self.plain.len() == BLOCK {
                self.seal(false)?;
            }
            let taken = bytes.len().min(BLOCK - self.plain.len());
            self.plain.extend_from_slice(&bytes[..taken]);
            bytes = &bytes[taken..];
        }
        Ok(all)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Writer {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.finish().map(drop)
    }
}
