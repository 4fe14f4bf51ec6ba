//! ZIP archives: every file inside, folders aside.

use super::{Members, too_long};
use std::io::{Cursor, Read};
use zip::ZipArchive;

pub(super) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let damaged = |error: &dyn std::fmt::Display| {
        format!("The archive cannot be opened ({error}). Check that it is complete.")
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    for index in 0..zip.len() {
        let file = zip.by_index(index).map_err(|error| {
            format!(
                "The archive holds a file that cannot be taken out ({error}); if a password \
                 protects it, unpack it and add the files."
            )
        })?;
        if file.is_dir() {
            continue;
        }
        let name = file
            .name()
            .map_err(|error| damaged(&error))?
            .replace('\\', "/");
        let mut content = Vec::new();
        let most = members.left as u64 + 1;
        file.take(most)
            .read_to_end(&mut content)
            .map_err(|error| damaged(&error))?;
        if content.len() as u64 >= most {
            return Err(too_long());
        }
        members.take(name, content)?;
    }
    Ok(())
}
