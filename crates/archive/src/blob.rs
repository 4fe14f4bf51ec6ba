//! Blobs.
use crate::Part;
use model::Sha256Digest;

/// A blob that was put: what an entry names, and what its plain bytes were.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BlobRef {
    /// Its pieces, in order.
    pub parts: Vec<Part>,
    /// Plain bytes.
    pub plain_len: u64,
    /// SHA-256 of the plain bytes. Not in the entry in clear: put it into the sealed body.
    pub plain_sha256: Sha256Digest,
}

/// Reads and opens a blob as it goes; `Seek` is by chunks of 64 KiB.
pub struct BlobReader {}

impl BlobReader {
    /// Plain bytes in the blob.
    #[must_use]
    pub fn plain_len(&self) -> u64 {
        todo!()
    }
}

impl std::io::Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let _ = out;
        todo!()
    }
}

impl std::io::Seek for BlobReader {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        let _ = to;
        todo!()
    }
}
