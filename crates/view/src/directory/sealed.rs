//! One encrypted file: a header of 32 bytes, then blocks of [`BLOCK`] bytes, each sealed with
//! AES-256-GCM.
//!
//! The header is [`MAGIC`] and 24 random bytes. The file's key is HKDF-SHA256(index key, salt =
//! the random bytes, info = the file's name), so that a file put in the place of another does not
//! open. The nonce of a block is its number and whether it is the last (the STREAM construction
//! of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): blocks cannot be moved, and a file that was
//! cut off or grown does not open.
//!
//! Invariant: every file has exactly one last block, of 0 to [`BLOCK`] bytes, and it is empty
//! only when the file is.

use crate::keys;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use std::io;
use std::path::Path;

/// What every file of the index begins with: the format and its version.
pub(super) const MAGIC: [u8; 8] = *b"onrview1";
/// Bytes of the header.
pub(super) const HEADER: usize = 32;
/// Plain bytes of every block but the last.
pub(crate) const BLOCK: usize = 32 * 1024;
/// Bytes that sealing adds to a block.
pub(super) const TAG: usize = 16;

/// The key of one file.
pub(super) struct FileKey(LessSafeKey);

impl FileKey {
    /// The key of the file `name` with this `header`.
    ///
    /// # Errors
    /// When the header is not one.
    pub(super) fn new(index: &[u8; 32], name: &Path, header: &[u8; HEADER]) -> io::Result<Self> {
        let (magic, salt) = header.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(damaged(name, "does not begin as a file of this index does"));
        }
        let name = name.as_os_str().as_encoded_bytes();
        let key = keys::derive(index, salt, &[b"onrecord view file ", name]);
        let key = UnboundKey::new(&AES_256_GCM, key.as_ref())
            .expect("an AES-256 key has 32 bytes, and this one does");
        Ok(Self(LessSafeKey::new(key)))
    }

    /// Seals block `number` in place; its tag is appended.
    pub(super) fn seal(&self, number: u64, last: bool, block: &mut Vec<u8>) -> io::Result<()> {
        self.0
            .seal_in_place_append_tag(nonce(number, last), Aad::empty(), block)
            .map_err(|_| io::Error::other("a block could not be sealed"))
    }

    /// Opens block `number` in place; `None` when it is not what was written there.
    pub(super) fn open(&self, number: u64, last: bool, sealed: &mut Vec<u8>) -> Option<()> {
        let opened = self
            .0
            .open_in_place(nonce(number, last), Aad::empty(), sealed)
            .ok()?
            .len();
        sealed.truncate(opened);
        Some(())
    }
}

fn nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; 12];
    nonce[0] = u8::from(last);
    nonce[4..].copy_from_slice(&number.to_be_bytes());
    Nonce::assume_unique_for_key(nonce)
}

/// How a file of `stored` bytes is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Plain bytes in the file.
    pub(super) len: usize,
    /// The number of the last block.
    pub(super) last: u64,
}

impl Layout {
    /// The layout of a file of `stored` bytes; `None` when no file has that length.
    pub(super) fn of(stored: u64) -> Option<Self> {
        let body = usize::try_from(stored).ok()?.checked_sub(HEADER)?;
        let whole = body / (BLOCK + TAG);
        let rest = body % (BLOCK + TAG);
        let (last, tail) = match rest {
            0 => (whole.checked_sub(1)?, BLOCK),
            _ => (whole, rest.checked_sub(TAG)?),
        };
        if last > 0 && tail == 0 {
            return None;
        }
        Some(Self {
            len: last * BLOCK + tail,
            last: last as u64,
        })
    }

    /// Where block `number` stands in the file, and its stored length.
    pub(super) fn stored(&self, number: u64) -> (u64, usize) {
        let at = HEADER as u64 + number * (BLOCK + TAG) as u64;
        let plain = match number == self.last {
            true => self.len - self.last as usize * BLOCK,
            false => BLOCK,
        };
        (at, plain + TAG)
    }
}

/// The error for a file that is not as it was written.
pub(super) fn damaged(name: &Path, what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the file {} of the text index {what}", name.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_length_has_one_layout(len in 0usize..200_000) {
            let blocks = len.div_ceil(BLOCK).max(1);
            let stored = (HEADER + len + blocks * TAG) as u64;
            let layout = Layout::of(stored).expect("a layout");
            prop_assert_eq!(layout.len, len);
            prop_assert_eq!(layout.last as usize, blocks - 1);
            let (at, stored_len) = layout.stored(layout.last);
            prop_assert_eq!(at + stored_len as u64, stored);
        }

        #[test]
        fn no_length_panics(stored in 0u64..400_000) {
            let _ = Layout::of(stored);
        }
    }
}
