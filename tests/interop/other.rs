//! The other programs: how they are run, and what they answer.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a program said in the end.
#[derive(Debug)]
pub struct Answer {
    /// Exit status.
    pub code: Option<i32>,
    /// Standard output, then standard error.
    pub said: String,
}

impl Answer {
    fn new(output: &Output) -> Self {
        let said = [&output.stdout[..], &output.stderr[..]].concat();
        Self {
            code: output.status.code(),
            said: String::from_utf8_lossy(&said).into_owned(),
        }
    }

    /// Everything holds.
    pub fn accepts(&self) -> bool {
        self.code == Some(0)
    }

    /// Something does not, and a line that says so names this; a crash is no refusal.
    pub fn refuses_naming(&self, name: &str) -> bool {
        self.code == Some(1) && self.said.contains(name) && !self.said.contains("Traceback")
    }
}

/// Asks a program with these arguments.
pub type Verifier = Box<dyn Fn(&[&Path]) -> Answer>;

/// Where the other programs' sources are.
fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/interop")
        .join(name)
}

/// Whether a command runs. Where it does not, this is said; on CI the test fails.
fn is_installed(command: &mut Command, package: &str) -> bool {
    let runs = command.output().is_ok_and(|output| output.status.success());
    if !runs {
        let what = format!("not run: {package} is not installed");
        assert!(std::env::var_os("CI").is_none(), "{what}");
        eprintln!("{what}");
    }
    runs
}

/// The verifier in Python.
pub fn python() -> Option<Verifier> {
    let old = "import sys; sys.exit(sys.version_info < (3, 9))";
    if !is_installed(
        Command::new("python3").args(["-c", old]),
        "python3 (3.9 or later)",
    ) {
        return None;
    }
    let script = source("python/verify.py");
    Some(Box::new(move |arguments| {
        // Isolated: no packages of this machine, only the standard library and the script's folder.
        let mut command = Command::new("python3");
        command
            .args(["-S", "-B"])
            .arg(&script)
            .args(arguments)
            .env_remove("PYTHONPATH");
        Answer::new(&command.output().unwrap())
    }))
}

/// An archive in which a writer signed something special.
pub struct Forgery {
    /// How a verifier must exit.
    pub status: i32,
    /// The archive.
    pub folder: String,
    /// What is special.
    pub name: String,
}

/// Copies of an archive, below `target`, each with one more entry or two by the device.
pub fn forgeries(archive: &Path, device: &Path, target: &Path) -> Vec<Forgery> {
    let mut command = Command::new("python3");
    command
        .args(["-S", "-B"])
        .arg(source("python/forgeries.py"));
    let made = command
        .args([archive, device, target])
        .env_remove("PYTHONPATH")
        .output();
    let made = Answer::new(&made.unwrap());
    assert!(made.accepts(), "{made:?}");
    let parse = |line: &str| {
        let mut words = line.splitn(3, ' ').map(str::to_owned);
        let mut next = || words.next().unwrap();
        Forgery {
            status: next().parse().unwrap(),
            folder: next(),
            name: next(),
        }
    };
    made.said.lines().map(parse).collect()
}

/// The verifier in Go, built anew: from the second time on, Go's own cache makes that a tenth of a
/// second.
pub fn go() -> Option<Verifier> {
    let go = || {
        let mut command = Command::new("go");
        command
            .env("GO111MODULE", "off")
            .env("GOPATH", "/usr/share/gocode")
            .env("GOFLAGS", "");
        command
    };
    let library = "golang.org/x/mod/sumdb/tlog";
    if !is_installed(go().arg("version"), "go")
        || !is_installed(go().args(["list", library]), "golang-golang-x-mod-dev")
    {
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("verify");
    let built = go()
        .arg("build")
        .arg("-o")
        .arg(&program)
        .arg(source("go/verify.go"))
        .output();
    let built = Answer::new(&built.unwrap());
    assert!(built.accepts(), "{built:?}");
    Some(Box::new(move |arguments| {
        let program = folder.path().join("verify");
        Answer::new(&Command::new(program).args(arguments).output().unwrap())
    }))
}

/// The root of a log, in base64, that ct-merkle makes of the entries in its bundles.
/// `change` is applied to the last entry.
pub fn merkle_root(log: &Path, size: u64, change: impl Fn(&mut Vec<u8>)) -> String {
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for start in (0..size).step_by(256) {
        let (n, width) = (start / 256, (size - start).min(256));
        let partial = if width < 256 {
            format!(".p/{width}")
        } else {
            String::new()
        };
        let bundle = std::fs::read(log.join(format!("tile/entries/{n:03}{partial}"))).unwrap();
        let mut rest = &bundle[..];
        for index in start..start + width {
            let (length, tail) = rest.split_first_chunk().unwrap();
            let (entry, tail) = tail.split_at(usize::from(u16::from_be_bytes(*length)));
            let mut entry = entry.to_vec();
            if index + 1 == size {
                change(&mut entry);
            }
            tree.push(entry);
            rest = tail;
        }
        assert!(rest.is_empty());
    }
    BASE64_STANDARD.encode(tree.root().as_bytes())
}
