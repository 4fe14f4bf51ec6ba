//! How an input of the fuzzer becomes a file: as it is, or, when it begins with the sign 0x1E, as
//! a ZIP archive of parts. `\x1eNAME\nBYTES\x1eNAME\nBYTES` holds two of them, stored, so that the
//! fuzzer changes the XML inside a document and not the checksums around it.
//!
//! The target `reader` and the test that replays its corpus share this file.

use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Parts beyond this many are left out: the archive would be slow to write, and no wider.
const MOST_PARTS: usize = 40;

/// The file that an input stands for.
///
/// # Errors
/// When the parts make no archive, as with two of one name.
pub fn assemble(input: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let Some(parts) = input.strip_prefix(b"\x1e") else {
        return Ok(input.to_vec());
    };
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for part in parts.split(|&byte| byte == 0x1e).take(MOST_PARTS) {
        let end = part
            .iter()
            .position(|&byte| byte == b'\n')
            .unwrap_or(part.len());
        archive.start_file(String::from_utf8_lossy(&part[..end]), stored)?;
        archive.write_all(part.get(end + 1..).unwrap_or_default())?;
    }
    Ok(archive.finish()?.into_inner())
}
