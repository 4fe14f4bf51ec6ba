//! The extractor that commands use: the shipped lexicons, and those of the organisation beside them.
//!
//! Invariant: a folder that was named or remembered is used whole or the command is not done; it is
//! never passed over in silence. Which tables were used is told by the digest in the extractor's
//! version, which is recorded with every proposal.

use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::{place, session};
use extract::Extractor;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Longest path that is remembered, in bytes.
const LONGEST_PATH: usize = 8 << 10;
/// Longest lexicon file that is read, in bytes.
const LONGEST: u64 = 8 << 20;
/// Most lexicon files in one folder.
const MOST: usize = 2_000;
/// Folders within folders in which lexicons are looked for.
const DEEPEST: usize = 4;

/// The extractor, with the lexicons of the folder that the user named or that is remembered for the
/// archive, if any.
pub fn extractor(global: &Global) -> Result<Extractor> {
    if let Some(folder) = &global.lexicons {
        return with(folder);
    }
    match remembered(global)? {
        Some(folder) if folder.is_dir() => with(&folder),
        Some(folder) => Err(Failure::new(format!(
            "the lexicons that are remembered for this archive are not there: {}; put the folder \
             back, name another with `onrecord lexicon use DIR`, or go back to the shipped ones with \
             `onrecord lexicon use --shipped`",
            folder.display()
        ))),
        None => Ok(Extractor::shipped()?),
    }
}

/// The extractor with the lexicons of a folder beside the shipped ones.
pub fn with(folder: &Path) -> Result<Extractor> {
    let mut files = Vec::new();
    for part in ["gazetteers", "lexicons", "packs"] {
        gather(folder, &folder.join(part), &mut files, 0)?;
    }
    if files.is_empty() {
        return Err(Failure::new(format!(
            "there is no lexicon in {}; it must hold lexicons/, gazetteers/ or packs/ with .toml files",
            folder.display()
        )));
    }
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(Extractor::with_overrides(files)?)
}

fn gather(
    root: &Path,
    folder: &Path,
    files: &mut Vec<(String, String)>,
    depth: usize,
) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    if depth > DEEPEST {
        return Err(Failure::new(format!(
            "{} lies deeper than {DEEPEST} folders; lexicons are looked for no deeper: move it up",
            folder.display()
        )));
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if path.is_symlink() {
            return Err(Failure::new(format!(
                "{} is a link to elsewhere, and links are not followed; put the file itself there",
                path.display()
            )));
        }
        if path.is_dir() {
            gather(root, &path, files, depth + 1)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            if files.len() >= MOST {
                return Err(Failure::new(format!(
                    "there are more than {MOST} lexicon files"
                )));
            }
            let name = path.strip_prefix(root).unwrap_or(&path);
            let name = name
                .components()
                .map(|part| part.as_os_str().to_string_lossy());
            files.push((name.collect::<Vec<_>>().join("/"), text(&path)?));
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String> {
    use std::io::Read;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        let shown = path.display();
        return Err(Failure::new(format!(
            "{shown} is larger than {} MiB",
            LONGEST >> 20
        )));
    }
    String::from_utf8(bytes).map_err(|_| Failure::new(format!("{} is not UTF-8", path.display())))
}

/// Where the folder is remembered: with this device's keys to the archive, never in the archive.
/// `None` outside an archive.
fn note(global: &Global) -> Result<Option<PathBuf>> {
    if place::find(global)?.is_none() {
        return Ok(None);
    }
    let (archive, _) = session::open_locked(global)?;
    Ok(Some(place::device(archive.id())?.join("lexicons")))
}

/// The folder that is remembered for the archive on this device.
pub fn remembered(global: &Global) -> Result<Option<PathBuf>> {
    let Some(note) = note(global)?.filter(|note| note.is_file()) else {
        return Ok(None);
    };
    let path = text(&note)?;
    let path = path.lines().next().unwrap_or_default();
    if path.is_empty() || path.len() > LONGEST_PATH {
        return Err(Failure::new(format!(
            "{} names no folder; say `onrecord lexicon use DIR` again",
            note.display()
        )));
    }
    Ok(Some(PathBuf::from(path)))
}

/// Remembers a folder for the archive on this device, or forgets it.
pub fn remember(global: &Global, folder: Option<&Path>) -> Result<()> {
    // Says what to do where there is no archive.
    place::archive(global)?;
    let Some(note) = note(global)? else {
        return Ok(());
    };
    let Some(folder) = folder else {
        return match std::fs::remove_file(&note) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        };
    };
    let whole = folder.canonicalize()?;
    let Some(path) = whole.to_str().filter(|path| !path.contains('\n')) else {
        return Err(Failure::new(
            "the path of the folder cannot be written down; give it a name in plain letters",
        ));
    };
    let Some(device) = note.parent().filter(|device| device.is_dir()) else {
        return Err(Failure::new(
            "this device holds no keys to the archive, so there is nowhere to remember the folder; \
             name it with --lexicons each time",
        ));
    };
    // Written whole beside the old one first: a half note would name another folder.
    let new = device.join("lexicons.new");
    let mut file = std::fs::File::create(&new)?;
    file.write_all(path.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, &note)?;
    Ok(())
}
