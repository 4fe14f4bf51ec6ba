//! What is to be collected: files, folders, patterns and standard input, in a fixed order.

use crate::Terms;
use model::Captured;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use walkdir::WalkDir;

/// Where an item's bytes are.
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file.
    File(PathBuf),
    /// In a stream that can be read once.
    Stream(Box<dyn Read + Send>),
}

/// One source to be.
pub struct Item {
    /// Its name: the path below the folder that was named, or the file's own name.
    pub name: String,
    /// How it came: `file`, `folder`, `standard input`, `demo`.
    pub how: &'static str,
    /// Bytes, where they are known beforehand.
    pub bytes: Option<u64>,
    /// When the file was last changed, milliseconds since 1970.
    pub modified: Option<u64>,
    /// The bytes.
    pub content: Content,
    /// What the collector states about it.
    pub terms: Arc<Terms>,
    /// What the capture says of it that it was taken out of.
    pub captured: Option<Captured>,
}

/// Items to collect, and what gave none, in order.
pub type Items = Box<dyn Iterator<Item = Result<Item, Skipped>> + Send>;

/// A path that gives no item, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The path as it was found.
    pub path: String,
    /// Why, and what to do.
    pub reason: String,
    /// Whether the user named it, or something under it could not be looked at: then it is a
    /// failure rather than a remark.
    pub failure: bool,
}

/// The items under the given paths and patterns, each folder in the order of its names. Links
/// within folders are not followed: what they point to is not below the folder that was named.
/// All items are collected under the same terms.
pub fn gather(paths: &[PathBuf], terms: &Arc<Terms>) -> Items {
    let terms = Arc::clone(terms);
    let paths = paths.to_vec();
    Box::new(paths.into_iter().flat_map(move |path| -> Items {
        if path.as_os_str() == "-" {
            return Box::new(std::iter::once(Ok(standard_input(&terms))));
        }
        match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => Box::new(folder(path, Arc::clone(&terms))),
            Ok(_) => {
                let name = own_name(&path);
                Box::new(std::iter::once(file(&path, name, "file", &terms)))
            }
            Err(error) => pattern(&path, &error, &terms),
        }
    }))
}

fn standard_input(terms: &Arc<Terms>) -> Item {
    Item {
        name: "standard input".to_owned(),
        how: "standard input",
        bytes: None,
        modified: None,
        content: Content::Stream(Box::new(std::io::stdin())),
        terms: Arc::clone(terms),
        captured: None,
    }
}

/// What a pattern such as `pages/*.html` matches, for shells that do not expand it themselves.
fn pattern(path: &Path, error: &std::io::Error, terms: &Arc<Terms>) -> Items {
    let text = path.to_string_lossy();
    let one = |reason: String| {
        let path = text.clone().into_owned();
        Box::new(std::iter::once(Err(Skipped {
            path,
            reason,
            failure: true,
        })))
    };
    if !text.contains(['*', '?', '[']) {
        return one(explain(error));
    }
    let matches = match glob::glob(&text) {
        Ok(matches) => matches.filter_map(Result::ok).collect::<Vec<_>>(),
        Err(error) => return one(format!("is not a pattern: {error}")),
    };
    if matches.is_empty() {
        return one("no file matches this pattern".to_owned());
    }
    gather(&matches, terms)
}

fn folder(root: PathBuf, terms: Arc<Terms>) -> impl Iterator<Item = Result<Item, Skipped>> + Send {
    let walk = WalkDir::new(&root).sort_by_file_name();
    walk.into_iter().filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) if entry.path_is_symlink() && entry.depth() > 0 => Some(Err(Skipped {
            path: entry.path().display().to_string(),
            reason: "is a link; name what it points to in order to add it".to_owned(),
            failure: false,
        })),
        Ok(entry) => {
            let below = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            let name = below.to_string_lossy().replace('\\', "/");
            Some(file(entry.path(), name, "folder", &terms))
        }
        Err(error) => Some(Err(Skipped {
            path: error.path().unwrap_or(&root).display().to_string(),
            reason: error.io_error().map_or_else(|| error.to_string(), explain),
            failure: true,
        })),
    })
}

fn file(path: &Path, name: String, how: &'static str, terms: &Arc<Terms>) -> Result<Item, Skipped> {
    let skipped = |reason: String, failure: bool| Skipped {
        path: path.display().to_string(),
        reason,
        failure,
    };
    let found = std::fs::metadata(path).map_err(|error| skipped(explain(&error), true))?;
    if !found.is_file() {
        let reason = "is neither a file nor a folder (a device, pipe or socket)";
        return Err(skipped(reason.to_owned(), how == "file"));
    }
    let modified = found.modified().ok();
    let modified = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok(Item {
        name,
        how,
        bytes: Some(found.len()),
        modified: modified.map(|since| since.as_millis() as u64),
        content: Content::File(path.to_owned()),
        terms: Arc::clone(terms),
        captured: None,
    })
}

fn own_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// An error of the file system in words that say what to do.
pub(crate) fn explain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "may not be read by this user; change its permissions or copy it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[PathBuf]) -> Vec<Result<String, String>> {
        gather(paths, &Arc::default())
            .map(|item| item.map(|item| item.name).map_err(|skipped| skipped.reason))
            .collect()
    }

    #[test]
    fn folders_are_walked_in_order_and_links_named_but_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("b")).unwrap();
        std::fs::write(at("b/2.txt"), "2").unwrap();
        std::fs::write(at("c.txt"), "c").unwrap();
        std::fs::write(at("a.txt"), "a").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("b/loop")).unwrap();
        let found = names(&[folder.path().to_owned()]);
        let read: Vec<_> = found.iter().flatten().map(String::as_str).collect();
        assert_eq!(read, ["a.txt", "b/2.txt", "c.txt"]);
        #[cfg(unix)]
        assert!(
            found
                .iter()
                .any(|f| matches!(f, Err(why) if why.contains("is a link")))
        );
        assert_eq!(names(&[at("*.txt")]).len(), 2);
    }

    #[test]
    fn what_is_not_there_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let found = names(&[folder.path().join("nothing"), folder.path().join("*.pdf")]);
        assert_eq!(found[0], Err("does not exist".to_owned()));
        assert_eq!(found[1], Err("no file matches this pattern".to_owned()));
    }
}
