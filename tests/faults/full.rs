//! A disk that is really full: the reason is said, nothing acknowledged is lost, and after making
//! room it goes on.

use crate::promises::{Promises, Random, text, write_files};
use crate::support::{Place, lines};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system that is mounted as long as this lives.
pub struct Mounted(PathBuf);

impl Mounted {
    /// Mounts on a new folder; says why where that is not permitted.
    pub fn new(at: &Path, arguments: &[&str]) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount").args(arguments).arg(at).output();
        match mounted {
            Ok(output) if output.status.success() => Some(Self(at.to_owned())),
            Ok(output) => {
                eprintln!(
                    "not run: {}",
                    String::from_utf8_lossy(&output.stderr).trim()
                );
                None
            }
            Err(error) => {
                eprintln!("not run: mount: {error}");
                None
            }
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Adds files until that fails; says what it said, and how many were acknowledged before.
fn add_until_full(place: &Place, on: &[&str], promises: &mut Promises) -> (usize, String) {
    let mut random = Random(8);
    for number in 0..40 {
        // Noise after a text: it is kept, compresses to nothing less, and has a name of its own.
        let name = format!("large-{number:03}.bin");
        let mut bytes = text(&name).into_bytes();
        bytes.extend((0..100_000).flat_map(|_| random.next().to_le_bytes()));
        place.write(&name, &bytes);
        let output = place.run(&[&["add", "--json", &name], on].concat());
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!err.contains("panicked"), "{err}");
        let printed = lines(std::str::from_utf8(&output.stdout).unwrap());
        for event in printed.iter().filter(|event| event["event"] == "collected") {
            let id = event["id"].as_str().unwrap().to_owned();
            promises.acknowledged.insert(id, name.clone());
        }
        if output.status.code() != Some(0) {
            assert_eq!(output.status.code(), Some(2), "{err}");
            return (number, err);
        }
    }
    panic!("the disk is never full");
}

/// Whether all that was acknowledged is there, as `list` tells it.
fn check(place: &Place, on: &[&str], promises: &Promises) {
    let listed = place.json(&[&["list"], on].concat());
    for id in promises.acknowledged.keys() {
        assert!(
            listed.iter().any(|source| source["id"] == **id),
            "{id} was acknowledged"
        );
    }
}

#[test]
fn a_full_disk_is_said_and_survived() {
    let place = Place::new();
    let disk = place.path("disk");
    let size = ["-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs"];
    let Some(_mounted) = Mounted::new(&disk, &size) else {
        return;
    };
    let on = ["--archive", "disk/archive"];
    place.ok(&["init", "--no-passphrase", "disk/archive"]);
    std::fs::write(disk.join("ballast"), vec![1; 2 << 20]).unwrap();
    write_files(&place, "small", 5);
    let mut promises = Promises::default();
    let out = place.ok(&[&["add", "--json", "small"], &on[..]].concat());
    assert_eq!(promises.take(out.as_bytes()), 5);

    let (before, err) = add_until_full(&place, &on, &mut promises);
    assert!(before > 2, "{err}");
    assert!(
        err.contains("the disk is full") && err.contains("make room"),
        "{err}"
    );
    assert!(err.contains("0 sources were added and are safe"), "{err}");
    // Reading needs no room.
    place.ok(&[&["verify"], &on[..]].concat());
    check(&place, &on, &promises);
    // Nor is anything broken by trying again.
    let (_, again) = place.exits(
        &[&["add", "large-000.bin", "large-039.bin"], &on[..]].concat(),
        1,
    );
    assert!(again.contains("large-039.bin does not exist"), "{again}");

    std::fs::remove_file(disk.join("ballast")).unwrap();
    let last = format!("large-{before:03}.bin");
    let out = place.ok(&[&["add", "--json", &last], &on[..]].concat());
    assert!(out.contains("\"collected\""), "{out}");
    place.ok(&[&["verify"], &on[..]].concat());
    check(&place, &on, &promises);
    let shown = place.run(
        &[
            &["show", "--original", &listed_id(&place, &on, &last)],
            &on[..],
        ]
        .concat(),
    );
    assert!(shown.stdout == std::fs::read(place.path(&last)).unwrap());
}

fn listed_id(place: &Place, on: &[&str], name: &str) -> String {
    let listed = place.json(&[&["list"], on].concat());
    let found = listed
        .iter()
        .find(|source| source["fields"]["collected"]["name"] == name);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

/// Archive, keys and views on one disk, as on a field laptop: the view cannot be written either.
#[test]
fn a_disk_that_is_full_of_everything() {
    let place = Place::new();
    let disk = place.path("home");
    let size = ["-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs"];
    let Some(_mounted) = Mounted::new(&disk, &size) else {
        return;
    };
    let on = ["--archive", "home/archive"];
    place.ok(&["init", "--no-passphrase", "home/archive"]);
    std::fs::write(disk.join("ballast"), vec![1; 2 << 20]).unwrap();
    let mut promises = Promises::default();
    let (before, err) = add_until_full(&place, &on, &mut promises);
    assert!(before > 2 && err.contains("disk"), "{err}");
    place.ok(&[&["verify"], &on[..]].concat());
    std::fs::remove_file(disk.join("ballast")).unwrap();
    check(&place, &on, &promises);
    write_files(&place, "small", 5);
    let out = place.ok(&[&["add", "--json", "small"], &on[..]].concat());
    assert_eq!(promises.take(out.as_bytes()), 5);
    check(&place, &on, &promises);
    place.ok(&[&["verify"], &on[..]].concat());
}
