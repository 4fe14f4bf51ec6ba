//! What the program acknowledged, and whether it kept its word.
//!
//! A line of `add --json` that arrived whole is a promise: that source is on record, whatever
//! happens next. Every file's bytes follow from its name, so that they can be compared at any time.

use crate::support::{Place, lines};
use archive::{Archive, Device, EntryKind, Position, Store};
use model::{Source, from_cbor};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// SplitMix64: a failing test fails again.
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// The text of the file of that name: some two hundred to four thousand bytes.
pub fn text(name: &str) -> String {
    let seed = name.bytes().fold(0, |seed: u64, byte| {
        seed.wrapping_mul(257) + u64::from(byte)
    });
    let mut text = format!("Statement {name}\n21 March 2013\n\n");
    for number in 0..2 + Random(seed).below(40) {
        text.push_str(&format!(
            "In paragraph {number} of {name} the witness speaks of forced labour in the camp.\n\n"
        ));
    }
    text
}

/// Writes so many files into a folder; their names begin with the folder's.
pub fn write_files(place: &Place, folder: &str, count: usize) -> PathBuf {
    for number in 0..count {
        let name = format!("{folder}-{number:03}.txt");
        place.write(&format!("{folder}/{name}"), text(&name));
    }
    place.path(folder)
}

/// How many files lie below a folder in which a program writes; some may vanish meanwhile.
pub fn count_files(folder: &Path) -> usize {
    let mut folders = vec![folder.to_owned()];
    let mut found = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                _ => found += 1,
            }
        }
    }
    found
}

/// All that was acknowledged so far: ids of sources, and the names of their files.
#[derive(Clone, Default)]
pub struct Promises {
    /// By id.
    pub acknowledged: BTreeMap<String, String>,
    /// Digests by name, so that they are computed once.
    digests: BTreeMap<String, String>,
}

impl Promises {
    /// Takes in what `add --json` printed; a line that broke off promises nothing. Returns how
    /// many sources were acknowledged.
    pub fn take(&mut self, printed: &[u8]) -> usize {
        let whole = printed
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let events = lines(std::str::from_utf8(&printed[..whole]).unwrap());
        let before = self.acknowledged.len();
        for event in events.iter().filter(|event| event["event"] == "collected") {
            let name = event["name"].as_str().unwrap().to_owned();
            assert_eq!(event["sha256"], *self.digest(&name), "{name}");
            self.acknowledged
                .insert(event["id"].as_str().unwrap().to_owned(), name);
        }
        self.acknowledged.len() - before
    }

    /// Every promise is kept, as `list` tells it; what is listed beyond them is whole as well.
    /// Returns the names of all that is on record.
    pub fn check_listed(&mut self, place: &Place) -> BTreeSet<String> {
        self.check_listed_by(place.json(&["list"]))
    }

    /// As [`Promises::check_listed`], from the lines that `list --json` printed.
    pub fn check_listed_by(&mut self, listed: Vec<serde_json::Value>) -> BTreeSet<String> {
        let mut found = BTreeMap::new();
        for source in &listed {
            let name = source["fields"]["collected"]["name"].as_str().unwrap();
            assert_eq!(source["source"]["sha256"], *self.digest(name), "{name}");
            let once = found.insert(source["id"].as_str().unwrap(), name).is_none();
            assert!(once, "{name} is listed twice");
        }
        for (id, name) in &self.acknowledged {
            assert_eq!(
                found.get(id.as_str()),
                Some(&name.as_str()),
                "{name} was acknowledged"
            );
        }
        let names: BTreeSet<String> = found.values().map(|name| (*name).to_owned()).collect();
        assert_eq!(names.len(), found.len(), "the same file is on record twice");
        names
    }

    /// Every original is what its file was, to the byte. Returns how many there are.
    pub fn check_originals(&self, folder: &Path, home: &Path) -> usize {
        let archive = Archive::open(Store::local(folder).unwrap()).unwrap();
        let device = Device::unlock(&home.join(archive.id().to_string()), None).unwrap();
        archive.unlock(&device).unwrap();
        let mut missing = self.acknowledged.clone();
        let mut originals = 0;
        for read in archive.entries(&Position::default()) {
            let entry = read.unwrap().entry;
            if entry.kind != EntryKind::Source {
                continue;
            }
            let source: Source = from_cbor(&archive.body(&entry).unwrap()).unwrap();
            let original = archive.blob_bytes(&entry, 0, 1 << 20).unwrap();
            let name = source.collected.name;
            assert!(original == text(&name).as_bytes(), "{name}");
            originals += 1;
            missing.remove(&entry.subject.unwrap().to_string());
        }
        assert!(
            missing.is_empty(),
            "acknowledged, but not on record: {missing:?}"
        );
        originals
    }

    fn digest(&mut self, name: &str) -> &String {
        self.digests
            .entry(name.to_owned())
            .or_insert_with(|| collect::digest(text(name).as_bytes()).to_string())
    }
}
