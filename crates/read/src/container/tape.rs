//! TAR archives, plain or under gzip, and single files under gzip.
//!
//! Files are taken out, whichever way they are stored (plain, contiguous, sparse); links, devices
//! and folders hold no bytes of their own.
//! Standards: POSIX.1-2001 pax, GNU tar, RFC 1952.

use super::{Members, too_long};
use flate2::read::MultiGzDecoder;
use std::io::Read;
use tar::Archive;

/// Takes the files of a TAR archive out.
pub(super) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    if bytes.starts_with(b"\x1f\x8b") {
        let most = members.most(bytes.len()) as u64 + 1;
        let mut stream = MultiGzDecoder::new(bytes).take(most);
        let taken = from(&mut stream, members);
        return if stream.limit() == 0 {
            Err(too_long())
        } else {
            taken
        };
    }
    from(bytes, members)
}

fn from(stream: impl Read, members: &mut Members) -> Result<(), String> {
    let mut archive = Archive::new(stream);
    for file in archive.entries().map_err(|error| damaged(&error))? {
        let file = file.map_err(|error| damaged(&error))?;
        let kind = file.header().entry_type();
        if !(kind.is_file() || kind.is_contiguous() || kind.is_gnu_sparse()) {
            continue;
        }
        let name = String::from_utf8_lossy(&file.path_bytes()).into_owned();
        let stated = file.size();
        let most = members.left() as u64 + 1;
        let mut content = Vec::new();
        file.take(most)
            .read_to_end(&mut content)
            .map_err(|error| damaged(&error))?;
        if content.len() as u64 >= most {
            return Err(too_long());
        }
        if (content.len() as u64) < stated {
            return Err(damaged(&"it breaks off in a file"));
        }
        members.take(name, content)?;
    }
    Ok(())
}

/// Takes out the one file that a gzip file is. It is called as the gzip file is, less its ending.
pub(super) fn single(name: &str, bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let most = members.left() as u64 + 1;
    let mut content = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(most)
        .read_to_end(&mut content)
        .map_err(|error| damaged(&error))?;
    if content.len() as u64 >= most {
        return Err(too_long());
    }
    let own = name.rsplit('/').next().unwrap_or(name);
    let stem = own.strip_suffix(".gz").filter(|stem| !stem.is_empty());
    members.take(stem.unwrap_or("content").to_owned(), content)
}

fn damaged(error: &dyn std::fmt::Display) -> String {
    format!("The archive cannot be opened ({error}). Check that it is complete.")
}
