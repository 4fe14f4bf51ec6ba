//! Bytes flipped, objects cut, deleted, swapped, rolled back: verify names each, and what is
//! undamaged still verifies.

use crate::helpers::{Fixture, add, device};
use crate::verify::{copy_folder, verify};
use model::Compartment;
use onrecord_archive::{Archive, Error, Severity, Store, VerifyReport};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A small archive of every kind of object: two writers, three commits, one erasure.
struct Sample {
    fixture: Fixture,
    /// What it was before its last commit.
    before: BTreeMap<String, Vec<u8>>,
}

fn sample() -> Sample {
    let fixture = Fixture::local();
    let second = device(fixture.folder.path(), "second");
    let id = fixture.archive.id();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    let doomed = add(&mut commit, Compartment::Sealed, "doomed");
    for n in 0..200 {
        add(&mut commit, Compartment::Open, &format!("source {n}"));
    }
    commit.finish().unwrap();
    writer
        .admit(&second.vkey(id), &second.recipient(), &[Compartment::Open])
        .unwrap();
    fixture
        .archive
        .erase(&mut writer, doomed, "consent withdrawn")
        .unwrap();
    let (mut other, _) = Archive::open(fixture.store.clone())
        .unwrap()
        .writer(&second)
        .unwrap();
    crate::helpers::add_one(&mut other, "from the other");
    let before = objects(&fixture.objects());
    crate::helpers::add_one(&mut writer, "last");
    crate::helpers::add_one(&mut other, "last of the other");
    fixture.device.heads(id).unwrap();
    drop(writer);
    // The first device has seen all.
    drop(fixture.archive.writer(&fixture.device).unwrap());
    Sample { fixture, before }
}

fn objects(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let key = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.insert(key, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// The archive with some objects replaced or (`None`) deleted.
struct Tampered<'s> {
    sample: &'s Sample,
    folder: PathBuf,
    original: BTreeMap<String, Vec<u8>>,
}

impl Tampered<'_> {
    fn with(&self, changes: &[(&str, Option<&[u8]>)]) -> Result<VerifyReport, Error> {
        for (key, bytes) in changes {
            let path = self.folder.join(key);
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
        let store = Store::local(&self.folder).unwrap();
        let report =
            Archive::open(store).map(|archive| verify(&archive, &self.sample.fixture.device));
        for (key, _) in changes {
            fs::write(self.folder.join(key), &self.original[*key]).unwrap();
        }
        report
    }

    /// Fails unless damage is found that names the object (or the manifest does not open).
    fn expect_damage(&self, what: &str, changes: &[(&str, Option<&[u8]>)]) {
        let key = changes[0].0;
        match self.with(changes) {
            Ok(report) => {
                let damage = report
                    .findings
                    .iter()
                    .filter(|finding| finding.severity == Severity::Damage);
                let named = damage
                    .clone()
                    .any(|finding| changes.iter().any(|(key, _)| finding.object == *key));
                assert!(named, "{what} {key}: {:#?}", damage.collect::<Vec<_>>());
            }
            Err(error) => assert_eq!(key, "onrecord.json", "{what}: {error}"),
        }
    }
}

fn tampered() -> Tampered<'static> {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    let sample = SAMPLE.get_or_init(sample);
    let folder = sample
        .fixture
        .folder
        .path()
        .join(format!("tampered {:?}", std::thread::current().id()));
    copy_folder(&sample.fixture.objects(), &folder);
    let original = objects(&folder);
    let tampered = Tampered {
        sample,
        folder,
        original,
    };
    let report = tampered.with(&[]).unwrap();
    assert!(report.is_sound(), "{:#?}", report.findings);
    tampered
}

/// Every kind of object that there is, by what its key begins with.
const KINDS: [&str; 10] = [
    "onrecord.json",
    "member/",
    "blob/",
    "key/member/open/",
    "key/member/sealed/",
    "key/source/",
    "/vkey",
    "/checkpoint",
    "/tile/0/",
    "/tile/entries/",
];

#[test]
fn the_sample_has_every_kind_of_object() {
    let tampered = tampered();
    for kind in KINDS {
        assert!(
            tampered.original.keys().any(|key| key.contains(kind)),
            "{kind}"
        );
    }
    assert!(tampered.original.keys().any(|key| key.contains("/tile/1/")));
}

/// Up to 40 bytes of every object, the first and last among them.
#[test]
fn a_flipped_byte_in_any_object_is_damage_that_names_it() {
    let tampered = tampered();
    let mut flips = 0;
    for (key, bytes) in &tampered.original {
        let step = (bytes.len() / 40).max(1);
        for at in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            tampered.expect_damage(&format!("byte {at} of"), &[(key, Some(&changed))]);
            flips += 1;
        }
    }
    assert!(flips > 500, "{flips}");
}

/// Partial tiles of earlier sizes may be deleted, and nothing else.
#[test]
fn a_cut_or_deleted_object_is_damage_that_names_it() {
    let tampered = tampered();
    let heads = tampered
        .sample
        .fixture
        .device
        .heads(tampered.sample.fixture.archive.id())
        .unwrap();
    for (key, bytes) in &tampered.original {
        for cut in [0, bytes.len() / 2, bytes.len() - 1] {
            tampered.expect_damage(&format!("cut to {cut}"), &[(key, Some(&bytes[..cut]))]);
        }
        tampered.expect_damage(
            "lengthened",
            &[(key, Some(&[bytes.as_slice(), b"x"].concat()))],
        );
        let superfluous = key.contains(".p/") && !heads.iter().any(|head| is_current(key, head));
        if superfluous {
            assert!(tampered.with(&[(key, None)]).unwrap().is_sound(), "{key}");
        } else {
            tampered.expect_damage("deleted", &[(key, None)]);
        }
    }
}

fn is_current(key: &str, head: &onrecord_archive::Head) -> bool {
    let path = key
        .strip_prefix(&format!("log/{}/", head.writer))
        .and_then(|path| path.parse().ok());
    path.is_some_and(|path: onrecord_archive::tlog::TilePath| path.is_in_tree(head.size))
}

#[test]
fn two_objects_swapped_are_damage() {
    let tampered = tampered();
    for kind in KINDS {
        let of_kind: Vec<_> = tampered
            .original
            .iter()
            .filter(|(key, _)| key.contains(kind))
            .collect();
        for pair in of_kind.windows(2) {
            let [(a, bytes_of_a), (b, bytes_of_b)] = [pair[0], pair[1]];
            if bytes_of_a == bytes_of_b {
                continue;
            }
            tampered.expect_damage("swapped", &[(a, Some(bytes_of_b)), (b, Some(bytes_of_a))]);
        }
    }
}

/// Each object as it was before the last commits, alone and all together.
#[test]
fn an_older_version_is_damage() {
    let tampered = tampered();
    let mut changed = 0;
    for (key, old) in &tampered.sample.before {
        match tampered.original.get(key) {
            Some(now) if now != old => {
                changed += 1;
                tampered.expect_damage("rolled back", &[(key, Some(old))]);
            }
            _ => {}
        }
    }
    // Only checkpoints are ever replaced.
    assert_eq!(changed, 2);
}

/// SplitMix64: a failing test fails again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as u32
    }
}

/// Random mutations of one to four objects at once.
#[test]
fn random_mutations_are_all_found() {
    let tampered = tampered();
    let mut random = Random(2026);
    let keys: Vec<&String> = tampered.original.keys().collect();
    for round in 0..150 {
        let mut changes: BTreeMap<&str, Option<Vec<u8>>> = BTreeMap::new();
        for _ in 0..=random.next() % 4 {
            let key = keys[random.next() as usize % keys.len()];
            if key == "onrecord.json" {
                continue;
            }
            let mut bytes = tampered.original[key].clone();
            let at = random.next() as usize % bytes.len();
            match random.next() % 4 {
                0 => bytes[at] = bytes[at].wrapping_add(1 + (random.next() % 255) as u8),
                1 => bytes.truncate(at),
                2 => bytes.insert(at, random.next() as u8),
                _ => drop(bytes.splice(at.., (0..20).map(|n| n as u8 ^ 0x5a))),
            }
            changes.insert(key, Some(bytes));
        }
        let changes: Vec<_> = changes
            .iter()
            .filter(|(key, bytes)| bytes.as_ref() != tampered.original.get(**key))
            .collect();
        if changes.is_empty() {
            continue;
        }
        let changes: Vec<_> = changes
            .iter()
            .map(|(key, bytes)| (**key, bytes.as_deref()))
            .collect();
        let report = tampered.with(&changes).unwrap();
        assert!(
            !report.is_sound(),
            "round {round}: {:?}",
            changes.iter().map(|(key, _)| key).collect::<Vec<_>>()
        );
    }
}

/// One damaged part of a pack is tied to its source; all others still verify.
#[test]
fn damage_names_the_sources_it_touches_and_no_others() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    let sources: Vec<_> = (0..20)
        .map(|n| add(&mut commit, Compartment::Open, &format!("source {n}")))
        .collect();
    commit.finish().unwrap();
    let entries = crate::helpers::all(&fixture.archive);
    let part = entries[1 + 2 * 7].entry.blobs[0][0];
    let path = fixture
        .objects()
        .join(format!("blob/{:02x}/{}", part.segment.0[0], part.segment));
    let mut bytes = fs::read(&path).unwrap();
    bytes[part.offset as usize + 70] ^= 1;
    fs::write(&path, bytes).unwrap();
    let report = verify(&fixture.archive, &fixture.device);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].sources, [sources[7]]);
    assert!(
        report.findings[0].meaning.contains("39 are intact"),
        "{}",
        report.findings[0].meaning
    );
    let archive = fixture.reopen();
    for (n, read) in crate::helpers::all(&archive)
        .iter()
        .skip(1)
        .step_by(2)
        .enumerate()
    {
        let read = archive.blob_bytes(&read.entry, 0, 100);
        assert_eq!(read.is_ok(), n != 7, "source {n}");
    }
}

/// A reader is told that there is a log it cannot read; it does not just see less.
#[test]
fn a_first_log_without_checkpoint_is_an_error_to_readers() {
    let fixture = Fixture::local();
    crate::helpers::add_one(&mut fixture.writer(), "text");
    let writer = fixture.device.writer_id(fixture.archive.id());
    let checkpoint = fixture.objects().join(format!("log/{writer}/checkpoint"));
    fs::remove_file(&checkpoint).unwrap();
    let archive = Archive::open(fixture.store.clone()).unwrap();
    let read: Vec<_> = archive.entries(&Default::default()).collect();
    assert!(matches!(read[..], [Err(Error::Damaged { .. })]), "{read:?}");
    assert!(matches!(
        archive.unlock(&fixture.device),
        Err(Error::Damaged { .. })
    ));
    // Its own device has the last checkpoint still, and puts it back.
    let (_, recovery) = archive.writer(&fixture.device).unwrap();
    assert!(recovery.checkpoint_restored && checkpoint.exists());
    assert_eq!(crate::helpers::texts(&fixture.reopen()), ["text"]);
}

/// A byte in the middle of a bundle that is not one of the length before an entry: a length that
/// was changed damages every entry after it.
fn inside_an_entry(bundle: &[u8]) -> usize {
    let mut start = 0;
    loop {
        let length = usize::from(u16::from_be_bytes([bundle[start], bundle[start + 1]]));
        let next = start + 2 + length;
        if next > bundle.len() / 2 {
            return start + 2 + length / 2;
        }
        start = next;
    }
}

/// One damaged entry hides no other, not even of its bundle.
#[test]
fn all_entries_but_the_damaged_one_are_still_read() {
    let tampered = tampered();
    let archive = Archive::open(Store::local(&tampered.folder).unwrap()).unwrap();
    let before = crate::helpers::all(&archive);
    let key = tampered
        .original
        .keys()
        .find(|key| key.ends_with("/tile/entries/000"))
        .unwrap();
    let mut bytes = tampered.original[key].clone();
    bytes[inside_an_entry(&tampered.original[key])] ^= 1;
    fs::write(tampered.folder.join(key), &bytes).unwrap();
    let archive = Archive::open(Store::local(&tampered.folder).unwrap()).unwrap();
    let (read, errors): (Vec<_>, Vec<_>) = archive
        .entries(&Default::default())
        .partition(Result::is_ok);
    assert_eq!((read.len(), errors.len()), (before.len() - 1, 1));
    let position = |n| {
        let mut entries = archive.entries(&Default::default());
        entries.by_ref().take(n).for_each(drop);
        entries.position()
    };
    assert_eq!(position(usize::MAX), archive.position());
    let damaged = before
        .iter()
        .find(|entry| !read.iter().any(|read| read.as_ref().unwrap() == *entry))
        .unwrap();
    assert!(matches!(
        archive.entry(damaged.writer, damaged.index),
        Err(Error::Damaged { .. })
    ));
    assert!(archive.entry(damaged.writer, damaged.index + 1).is_ok());
    let report = verify(&archive, &tampered.sample.fixture.device);
    fs::write(tampered.folder.join(key), &tampered.original[key]).unwrap();
    let damage = report
        .findings
        .iter()
        .find(|finding| finding.object == *key)
        .unwrap();
    assert!(
        damage.meaning.contains("1 are not those"),
        "{}",
        damage.meaning
    );
}

/// Tiles say nothing that the entries do not: without them everything is still read, and the
/// log's writer puts them right.
#[test]
fn damaged_tiles_hide_no_entry_and_are_made_anew_by_their_writer() {
    let tampered = tampered();
    let before =
        crate::helpers::all(&Archive::open(Store::local(&tampered.folder).unwrap()).unwrap());
    let own = tampered
        .sample
        .fixture
        .device
        .writer_id(tampered.sample.fixture.archive.id());
    for level in ["tile/0/000", "tile/0/001.p/", "tile/1/000.p/1", "tile/0/"] {
        let prefix = format!("log/{own}/{level}");
        let damaged: Vec<_> = tampered
            .original
            .keys()
            .filter(|key| key.starts_with(&prefix))
            .collect();
        assert!(!damaged.is_empty());
        for key in &damaged {
            fs::write(tampered.folder.join(key), b"torn").unwrap();
        }
        let archive = Archive::open(Store::local(&tampered.folder).unwrap()).unwrap();
        let read: Vec<_> = archive
            .entries(&Default::default())
            .filter_map(Result::ok)
            .collect();
        assert_eq!(read, before, "{level}");
        assert!(archive.proof(own, 1).is_ok() || level == "tile/0/000");
        if level != "tile/0/000" {
            let (_, recovery) = archive.writer(&tampered.sample.fixture.device).unwrap();
            assert!(!recovery.repaired_tiles.is_empty());
        }
        for key in damaged {
            fs::write(tampered.folder.join(key), &tampered.original[key]).unwrap();
        }
    }
}

/// An entry and another's hash in the tile damaged at once: each is told from the other.
#[test]
fn damage_in_a_bundle_and_in_its_tile_is_told_apart() {
    let tampered = tampered();
    let bundle = tampered
        .original
        .keys()
        .find(|key| key.ends_with("/tile/entries/000"))
        .unwrap();
    let tile = tampered
        .original
        .keys()
        .find(|key| key.ends_with("/tile/0/000"))
        .unwrap();
    let mut entries = tampered.original[bundle].clone();
    entries[inside_an_entry(&tampered.original[bundle])] ^= 1;
    let mut hashes = tampered.original[tile].clone();
    hashes[32 * 7] ^= 1;
    hashes[32 * 9] ^= 1;
    let report = tampered
        .with(&[(bundle, Some(&entries)), (tile, Some(&hashes))])
        .unwrap();
    let damage: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Damage)
        .collect();
    let objects: Vec<_> = damage.iter().map(|finding| &finding.object).collect();
    assert!(objects.contains(&bundle) && objects.contains(&tile));
    let found = damage
        .iter()
        .find(|finding| finding.object == *bundle)
        .unwrap();
    assert!(
        found.meaning.contains("1 are not those"),
        "{}",
        found.meaning
    );
    assert!(
        !objects.iter().any(|object| object.ends_with("checkpoint")),
        "{objects:?}"
    );
}
