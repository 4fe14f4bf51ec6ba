//! A place to run the program in: a folder of its own for archive, keys and files.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The program.
pub const ONRECORD: &str = env!("CARGO_BIN_EXE_onrecord");

/// A folder for one test.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty place.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A place with an archive that no passphrase protects.
    pub fn with_archive() -> Self {
        let place = Self::new();
        place.ok(&["init", "--no-passphrase", "archive"]);
        place
    }

    /// A place with the demonstration's archive, at `demo/archive`.
    pub fn with_demo() -> Self {
        let place = Self::new();
        place.ok(&["demo", "demo"]);
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file; its folder is made.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, ready to run here. `archive` is the archive when there is one.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(ONRECORD);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("ONRECORD_HOME", self.path("home"))
            .env("ONRECORD_OPERATOR", "A tester")
            .env("NO_COLOR", "1")
            .env_remove("ONRECORD_ARCHIVE")
            .env_remove("ONRECORD_PASSPHRASE_FILE")
            .stdin(Stdio::null());
        for archive in ["archive", "demo/archive"] {
            if self.path(archive).join("onrecord.json").exists() {
                command.env("ONRECORD_ARCHIVE", self.path(archive));
            }
        }
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs, must exit 0; what it printed.
    pub fn ok(&self, arguments: &[&str]) -> String {
        self.exits(arguments, 0).0
    }

    /// Runs, must exit with `code`; standard output and standard error.
    pub fn exits(&self, arguments: &[&str], code: i32) -> (String, String) {
        let output = self.run(arguments);
        let out = String::from_utf8(output.stdout).unwrap();
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments:?}\n{out}\n{err}"
        );
        assert!(!err.contains("panicked"), "{err}");
        (out, err)
    }

    /// Runs with `--json`, must exit 0; one value a line.
    pub fn json(&self, arguments: &[&str]) -> Vec<Value> {
        let mut arguments = arguments.to_vec();
        arguments.push("--json");
        lines(&self.ok(&arguments))
    }

    /// All exported records, sealed ones included.
    pub fn exported(&self) -> Vec<Value> {
        lines(&self.ok(&["export", "--up-to", "sealed"]))
    }
}

/// JSON Lines.
pub fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether `needle` stands anywhere in `bytes`.
pub fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
