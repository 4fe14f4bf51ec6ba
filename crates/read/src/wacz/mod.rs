//! Packages of captures (WACZ): the captures inside, and whether the package is what its maker
//! packed: hashes of every file, the hash of the list of files, and the signature over that.
//!
//! Invariant: what was checked is said with its outcome, and what was not checked is said too; a
//! package whose hashes differ is read all the same, and says so first. Standards: WACZ 1.1.1,
//! WACZ Signing and Verification 0.1.0, Frictionless Data Package.

mod signature;
mod time_stamp;

use crate::container::{Members, too_long};
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;
use crate::warc::{self, hex};
use model::PassageKind;
use ring::digest::{Context, SHA256};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Files of one package.
const MOST_FILES: usize = 20_000;
/// Longest list of files, or list of pages, in bytes.
const MOST_LIST: u64 = 16 << 20;
/// Differences that are named.
const MOST_NAMED: usize = 10;

/// `datapackage.json`, as far as it is used.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Contents {
    title: Option<String>,
    created: Option<String>,
    software: Option<String>,
    wacz_version: Option<String>,
    resources: Vec<Resource>,
}

/// One file that the package states.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Resource {
    path: String,
    hash: String,
}

type Package<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// Reads a package: what came of checking it, then the captures that it holds.
///
/// # Errors
/// In words for people: damaged, more than may be unpacked.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    let mut package = open(bytes)?;
    let mut left = Members::new(bytes.len()).most(bytes.len()) as u64;
    let (verdict, contents) = examine(&mut package, &mut left)?;
    let title = contents.title.as_deref().map(one_line);
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        facts.title = Some(found(title, "title of the package"));
    }
    let mut draft = Draft::new("");
    for line in verdict {
        draft.aside(PassageKind::Paragraph, &line);
        facts.remarks.push(line);
    }
    let mut seen = warc::Seen::default();
    captures(&mut package, &mut seen, &mut Members::new(bytes.len()))?;
    warc::write(&seen, &mut draft, facts);
    Ok(draft)
}

/// The answers in the captures of a package.
///
/// # Errors
/// As [`read`].
pub(crate) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    captures(&mut open(bytes)?, &mut warc::Seen::default(), members)
}

fn open(bytes: &[u8]) -> Result<Package<'_>, String> {
    let package = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if package.len() > MOST_FILES {
        return Err(format!(
            "The package has {} files; readers take at most {MOST_FILES}.",
            package.len()
        ));
    }
    Ok(package)
}

fn damaged(error: &dyn std::fmt::Display) -> String {
    format!("The package cannot be opened ({error}). Check that it is complete.")
}

/// Looks through every capture in the folder `archive`, in the order of their names.
fn captures(
    package: &mut Package<'_>,
    seen: &mut warc::Seen,
    members: &mut Members,
) -> Result<(), String> {
    for name in names(package) {
        let is_capture = name.ends_with(".warc") || name.ends_with(".warc.gz");
        if !name.starts_with("archive/") || !is_capture {
            continue;
        }
        let most = members.left() as u64;
        let Some(capture) = file(package, &name, most)? else {
            continue;
        };
        warc::look(&capture, seen, members).map_err(|why| format!("In {name}: {why}"))?;
    }
    Ok(())
}

/// Names of the files, sorted.
fn names(package: &Package<'_>) -> Vec<String> {
    let names = package.file_names();
    let mut names: Vec<String> = names
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    names.sort_unstable();
    names
}

/// A file of the package; `None` when it has none of that name.
fn file(package: &mut Package<'_>, name: &str, most: u64) -> Result<Option<Vec<u8>>, String> {
    let Ok(file) = package.by_name(name) else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let read = file.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| damaged(&error))?;
    if bytes.len() as u64 > most {
        return Err(too_long());
    }
    Ok(Some(bytes))
}

/// Checks hashes and signature; what came of it, for people, and the list of files.
fn examine(package: &mut Package<'_>, left: &mut u64) -> Result<(Vec<String>, Contents), String> {
    let mut lines = Vec::new();
    let Some(list) = file(package, "datapackage.json", MOST_LIST)? else {
        let line = "The package has no list of its files (datapackage.json): nothing says what belongs to it.";
        return Ok((vec![line.to_owned()], Contents::default()));
    };
    let contents: Contents = match serde_json::from_slice(&list) {
        Ok(contents) => contents,
        Err(error) => {
            lines.push(format!(
                "The list of files (datapackage.json) cannot be read: {error}."
            ));
            Contents::default()
        }
    };
    lines.push(compare(package, &contents, left)?);
    let unlisted = unlisted(package, &contents);
    if unlisted > 0 {
        lines.push(format!(
            "{unlisted} files of the package stand in no list: nothing vouches for them."
        ));
    }
    let made = [("made", &contents.created), ("by", &contents.software)];
    let made: Vec<_> = made
        .into_iter()
        .filter_map(|(word, value)| Some(format!("{word} {}", one_line(value.as_ref()?))))
        .collect();
    if !made.is_empty() {
        let version = contents
            .wacz_version
            .as_deref()
            .map(one_line)
            .unwrap_or_default();
        lines.push(format!(
            "The package (WACZ {version}) says that it was {}.",
            made.join(" ")
        ));
    }
    let digest = file(package, "datapackage-digest.json", MOST_LIST)?;
    lines.extend(signature::verdict(&list, digest.as_deref()));
    Ok((lines, contents))
}

/// Compares every file that the list names with the hashes that it states; what came of it.
fn compare(
    package: &mut Package<'_>,
    contents: &Contents,
    left: &mut u64,
) -> Result<String, String> {
    // A list may name a file twice, and state two hashes of it.
    let mut stated: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for resource in &contents.resources {
        stated
            .entry(&resource.path)
            .or_default()
            .push(&resource.hash);
    }
    let (mut right, mut named) = (0, Vec::new());
    for (path, hashes) in &stated {
        let why = match hash_of(package, path, left)? {
            None => "is missing",
            Some(hash) if hashes.iter().all(|stated| is_hash(stated, &hash)) => {
                right += 1;
                continue;
            }
            Some(_) => "differs",
        };
        if named.len() < MOST_NAMED {
            named.push(format!("{} {why}", one_line(path)));
        }
    }
    let stated = stated.len();
    Ok(if stated == 0 {
        "The package’s list names no file: nothing was compared.".to_owned()
    } else if right == stated {
        format!("Hashes of the package: all {stated} files are what its list states.")
    } else {
        format!(
            "HASHES OF THE PACKAGE DIFFER: {right} of {stated} files are what its list states; {}.",
            named.join(", ")
        )
    })
}

/// Files that the list does not name, besides the list and its digest.
fn unlisted(package: &Package<'_>, contents: &Contents) -> usize {
    let listed: BTreeSet<&str> = contents
        .resources
        .iter()
        .map(|resource| resource.path.as_str())
        .collect();
    let own = ["datapackage.json", "datapackage-digest.json"];
    names(package)
        .iter()
        .filter(|name| !name.ends_with('/'))
        .filter(|name| !own.contains(&name.as_str()) && !listed.contains(name.as_str()))
        .count()
}

/// SHA-256 of a file of the package, in hexadecimal digits, read piece by piece.
fn hash_of(
    package: &mut Package<'_>,
    name: &str,
    left: &mut u64,
) -> Result<Option<String>, String> {
    let Ok(mut file) = package.by_name(name) else {
        return Ok(None);
    };
    let mut hasher = Context::new(&SHA256);
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece).map_err(|error| damaged(&error))?;
        if read == 0 {
            return Ok(Some(hex(hasher.finish().as_ref())));
        }
        *left = left.checked_sub(read as u64).ok_or_else(too_long)?;
        hasher.update(&piece[..read]);
    }
}

/// Whether a stated hash, `sha256:` and digits, is this one.
fn is_hash(stated: &str, digits: &str) -> bool {
    let stated = stated.strip_prefix("sha256:").unwrap_or(stated);
    stated.trim().eq_ignore_ascii_case(digits)
}
