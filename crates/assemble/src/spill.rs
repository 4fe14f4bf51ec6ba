//! Runs of pairs that do not fit into memory, in temporary files that have no name.
//!
//! They hold row numbers and weights: nothing of the persons themselves.

use link::people::Spill;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Temporary files, one a run; the system removes them when they are closed.
#[derive(Debug, Default)]
pub(crate) struct TemporaryFiles {
    runs: Vec<File>,
}

impl Spill for TemporaryFiles {
    fn keep(&mut self, run: &[u8]) -> io::Result<()> {
        let mut file = tempfile::tempfile()?;
        file.write_all(run)?;
        self.runs.push(file);
        Ok(())
    }

    fn read(&mut self, run: usize, offset: u64, into: &mut [u8]) -> io::Result<usize> {
        let file = self
            .runs
            .get_mut(run)
            .ok_or_else(|| io::Error::other("there is no such run"))?;
        file.seek(SeekFrom::Start(offset))?;
        let mut filled = 0;
        while filled < into.len() {
            match file.read(&mut into[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}
