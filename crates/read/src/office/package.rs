//! The parts of an office document, unpacked within a budget.

use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most bytes of one part, and of all parts together, unpacked.
const MOST_PART: u64 = 96 << 20;
const MOST_ALL: u64 = 192 << 20;
/// Most parts.
const MOST_PARTS: usize = 20_000;

/// An office document as the archive that it is.
pub(super) struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens the archive.
    ///
    /// # Errors
    /// In words for people: damaged, too many parts.
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            format!("The document cannot be opened ({error}). Check that it is complete.")
        })?;
        if zip.len() > MOST_PARTS {
            return Err(format!(
                "The document has {} parts; readers take at most {MOST_PARTS}.",
                zip.len()
            ));
        }
        Ok(Self {
            zip,
            left: MOST_ALL,
        })
    }

    /// Names of all parts, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .zip
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect();
        names.sort_unstable();
        names
    }

    /// The text of a part; `None` when there is no such part.
    ///
    /// # Errors
    /// In words for people: damaged, encrypted, larger than it may be.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let Ok(file) = self.zip.by_name(name) else {
            return Ok(None);
        };
        let most = MOST_PART.min(self.left);
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes).map_err(|error| {
            format!("The part {name} of the document cannot be unpacked ({error}). Check that the file is complete.")
        })?;
        if bytes.len() as u64 > most {
            return Err(format!(
                "The document unpacks to more than {} MiB, which no document of words does; it was \
                 not read.",
                most >> 20
            ));
        }
        self.left -= bytes.len() as u64;
        let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
        Ok(Some(text.into_owned()))
    }
}
