//! What a local folder needs beyond `object_store`: making it durably, finding out whether its
//! file system has hard links, syncing deletions, and sweeping what interrupted puts left.

use super::storage_io;
use crate::Result;
use crate::error::Error;
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Staging files younger than this may belong to a put that is going on.
const STAGING_AGE: Duration = Duration::from_secs(3600);

pub(super) fn open(folder: &Path) -> Result<Arc<dyn ObjectStore>> {
    let objects = LocalFileSystem::new_with_prefix(folder)
        .map_err(|error| super::storage("open", &folder.display().to_string(), &error))?;
    // Without this, everything acknowledged is lost with the power.
    Ok(Arc::new(objects.with_fsync(true)))
}

/// Makes the folder and those above it, durably.
pub(super) fn make(folder: &Path) -> Result<()> {
    let failed = |path: &Path, error| storage_io("make", &path.display().to_string(), &error);
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.exists())
        .collect();
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for made in missing {
        sync_parent(made)?;
    }
    Ok(())
}

/// Makes a deletion or creation in the folder of `path` durable. Unix only: elsewhere a folder
/// cannot be opened for that.
pub(super) fn sync_parent(path: &Path) -> Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Ok(()),
    };
    match File::open(parent).and_then(|folder| folder.sync_all()) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(storage_io("sync", &parent.display().to_string(), &error))
        }
        _ => Ok(()),
    }
}

/// Objects are created once by linking: exFAT and FAT sticks and some network folders cannot.
pub(super) fn probe_links(folder: &Path) -> Result<()> {
    let (file, link) = (folder.join("probe#1"), folder.join("probe#2"));
    let clean = || {
        let _ = fs::remove_file(&file);
        let _ = fs::remove_file(&link);
    };
    clean();
    let failed = |error| storage_io("write", &file.display().to_string(), &error);
    let linked = fs::write(&file, b"probe")
        .map_err(failed)
        .map(|()| fs::hard_link(&file, &link));
    clean();
    linked?.map_err(|error| Error::Unsuitable {
        place: folder.display().to_string(),
        why: format!(
            "its file system has no hard links ({error}), so an object cannot be created once and \
             only once; sticks with exFAT or FAT and some network folders are like that: keep the \
             archive on the computer's own disk and copy it to the stick"
        ),
    })
}

/// Deletes old files named `object#number`. Follows no links; says how many there were.
pub(super) fn sweep(folder: &Path) -> usize {
    let mut swept = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(kind) if kind.is_file() && is_staging(&entry) => {
                    swept += usize::from(fs::remove_file(entry.path()).is_ok());
                }
                _ => {}
            }
        }
    }
    swept
}

fn is_staging(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let Some((_, number)) = name.to_str().and_then(|name| name.rsplit_once('#')) else {
        return false;
    };
    let modified = entry.metadata().and_then(|meta| meta.modified());
    let age = modified
        .ok()
        .and_then(|at| SystemTime::now().duration_since(at).ok());
    !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && age.is_some_and(|age| age > STAGING_AGE)
}
