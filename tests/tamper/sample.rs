//! An archive of every kind of object, as two devices made it, to be tampered with.

use crate::promises::write_files;
use crate::support::{Place, files};
use archive::tlog::TilePath;
use archive::{Archive, Device, Head, Position, Severity, Store, VerifyOptions, VerifyReport};
use model::Compartment;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Objects by their keys.
pub type Objects = BTreeMap<String, Vec<u8>>;

/// The archive, the devices, and what the archive was before.
pub struct Sample {
    pub place: Place,
    pub device: Device,
    /// As it is.
    pub now: Objects,
    /// As it was before both devices went on.
    pub early: Objects,
    pub heads: Vec<Head>,
    /// The first writer's log and the second's.
    pub writers: [String; 2],
}

impl Sample {
    /// Two writers, seven commits, a full tile, an erasure, and the leftovers of a crash.
    pub fn new() -> Self {
        let place = Place::with_archive();
        write_files(&place, "first", 90);
        place.ok(&["add", "first"]);
        let folder = place.path("archive");
        let archive = Archive::open(Store::local(&folder).unwrap()).unwrap();
        let id = archive.id();
        let device = Device::unlock(&place.path("home").join(id.to_string()), None).unwrap();
        let second = place.path("home of the second").join(id.to_string());
        let second = Device::create(&second, archive::Protection::None).unwrap();
        let doomed = place.json(&["list"])[3]["id"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        let (mut writer, _) = archive.writer(&device).unwrap();
        writer
            .admit(&second.vkey(id), &second.recipient(), &[Compartment::Open])
            .unwrap();
        archive
            .erase(&mut writer, doomed, "consent was withdrawn")
            .unwrap();
        drop(writer);
        write_files(&place, "other", 4);
        exits_0(by_second(&place, &["add", "other"]));
        let early = objects(&folder);

        write_files(&place, "more", 20);
        place.ok(&["add", "more"]);
        write_files(&place, "others", 3);
        exits_0(by_second(&place, &["add", "others"]));
        // What a crash leaves behind the checkpoint: the next commit moves it aside.
        let writers = [
            device.writer_id(id).to_string(),
            second.writer_id(id).to_string(),
        ];
        let torn = format!("archive/log/{}/tile/entries/009", writers[0]);
        place.write(&torn, b"half of an entry bundle");
        write_files(&place, "last", 5);
        place.ok(&["add", "last"]);

        let archive = Archive::open(Store::local(&folder).unwrap()).unwrap();
        let (now, heads) = (objects(&folder), archive.heads());
        Self {
            place,
            device,
            now,
            early,
            heads,
            writers,
        }
    }

    /// The archive's folder.
    pub fn folder(&self) -> PathBuf {
        self.place.path("archive")
    }

    /// Puts or (`None`) deletes objects.
    pub fn write(&self, changes: &[(String, Option<Vec<u8>>)]) {
        for (key, bytes) in changes {
            let path = self.folder().join(key);
            match bytes {
                Some(bytes) => {
                    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                    std::fs::write(path, bytes).unwrap();
                }
                None => std::fs::remove_file(path).unwrap(),
            }
        }
    }

    /// Makes all changed objects again what they were.
    pub fn restore(&self, changes: &[(String, Option<Vec<u8>>)]) {
        let original = changes
            .iter()
            .map(|(key, _)| (key.clone(), self.now.get(key).cloned()))
            .collect::<Vec<_>>();
        self.write(&original);
    }

    /// Verifies without keys; `remembering` the heads that the first device has seen.
    ///
    /// # Errors
    /// When there is nothing that can be taken for an archive.
    pub fn verify(&self, remembering: bool) -> Result<VerifyReport, archive::Error> {
        let store = Store::local(&self.folder()).unwrap();
        let archive = Archive::open_without_manifest(store)?;
        let seen_heads = match remembering {
            true => self.device.heads(archive.id()).unwrap(),
            false => Vec::new(),
        };
        Ok(archive.verify(
            &VerifyOptions {
                threads: 2,
                seen_heads,
                check: None,
            },
            &mut |_| (),
        ))
    }

    /// Opens everything with the first device's keys; says how many quotes stand at their places.
    pub fn quotes(&self) -> u64 {
        let archive = Archive::open(Store::local(&self.folder()).unwrap()).unwrap();
        archive.unlock(&self.device).unwrap();
        let checker = collect::Checker::new(&archive);
        for read in archive.entries(&Position::default()) {
            checker.check(&read.unwrap()).unwrap();
        }
        checker.citations()
    }

    /// Whether it is a partial tile or bundle that a larger one has replaced.
    pub fn is_superseded(&self, key: &str) -> bool {
        let path = |head: &Head| -> Option<TilePath> {
            key.strip_prefix(&format!("log/{}/", head.writer))?
                .parse()
                .ok()
        };
        let mut found = self
            .heads
            .iter()
            .filter_map(|head| Some((path(head)?, head)));
        found.any(|(path, head)| path.is_partial() && !path.is_in_tree(head.size))
    }

    /// Keys of a kind: what stands before or in them.
    pub fn of_kind(&self, kind: &str) -> Vec<&String> {
        self.now.keys().filter(|key| kind_of(key) == kind).collect()
    }
}

/// Every kind of object that an archive has.
pub const KINDS: [&str; 10] = [
    "onrecord.json",
    "member",
    "blob",
    "key/member",
    "key/source",
    "vkey",
    "checkpoint",
    "tile",
    "tile/entries",
    "lost",
];

/// The kind of an object.
pub fn kind_of(key: &str) -> &'static str {
    let is = |kind: &&&str| match **kind {
        "vkey" | "checkpoint" => key.starts_with("log/") && key.ends_with(**kind),
        "tile/entries" => key.starts_with("log/") && key.contains("/tile/entries/"),
        "tile" => key.contains("/tile/") && !key.contains("/entries/") && key.starts_with("log/"),
        kind => key.starts_with(kind),
    };
    KINDS
        .iter()
        .find(is)
        .unwrap_or_else(|| panic!("{key} is of no kind"))
}

/// All objects of an archive.
pub fn objects(folder: &Path) -> Objects {
    let key = |path: &PathBuf| {
        path.strip_prefix(folder)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    files(folder)
        .iter()
        .map(|path| (key(path), std::fs::read(path).unwrap()))
        .collect()
}

/// The keys that a report says are damaged.
pub fn damaged(report: &VerifyReport) -> Vec<&str> {
    let damage = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Damage);
    damage.map(|finding| finding.object.as_str()).collect()
}

/// The program as the second device runs it.
fn by_second(place: &Place, arguments: &[&str]) -> Command {
    let mut command = place.command(arguments);
    command.env("ONRECORD_HOME", place.path("home of the second"));
    command
}

fn exits_0(mut command: Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
