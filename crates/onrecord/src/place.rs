//! Where things are: the archive, and this device's keys and views, which never lie inside it.

use crate::cli::Global;
use crate::failure::{Failure, Result};
use archive::ArchiveId;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The file by which a folder is known to be an archive.
const MARK: &str = "onrecord.json";

/// The archive that a command is about.
pub fn archive(global: &Global) -> Result<PathBuf> {
    find(global)?.ok_or_else(|| {
        Failure::new(
            "this folder is in no archive; name one with --archive DIR or ONRECORD_ARCHIVE, \
             or make one with `onrecord init DIR`",
        )
    })
}

/// The same; `None` where none is named and this folder is in none.
pub fn find(global: &Global) -> Result<Option<PathBuf>> {
    if let Some(folder) = &global.archive {
        return Ok(Some(folder.clone()));
    }
    let here = std::env::current_dir()?;
    let mut around = here.ancestors();
    let found = around.find(|folder| folder.join(MARK).is_file());
    Ok(found.map(Path::to_owned))
}

/// The folder that holds a folder for every archive this device knows.
pub fn home() -> Result<PathBuf> {
    if let Some(home) = std::env::var_os("ONRECORD_HOME").filter(|home| !home.is_empty()) {
        return Ok(PathBuf::from(home));
    }
    let base = etcetera::choose_base_strategy().map_err(|_| {
        Failure::new("this user has no home folder; name a folder for keys in ONRECORD_HOME")
    })?;
    Ok(base.data_dir().join("onrecord"))
}

/// What this device keeps for one archive: keys, heads seen, views.
pub fn device(archive: ArchiveId) -> Result<PathBuf> {
    Ok(home()?.join(archive.to_string()))
}

/// The views, below the device's folder.
pub fn views(device: &Path) -> PathBuf {
    device.join("view")
}

/// The name that is kept with a source as its collector's, where none is given.
pub fn operator() -> String {
    ["ONRECORD_OPERATOR", "USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|name| !name.is_empty()))
        .unwrap_or_default()
}
