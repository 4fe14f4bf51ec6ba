//! Seven hundred mutations of one archive: `verify` finds every one that changes what is on record.
//!
//! Each mutation says beforehand what is to be expected, and why, where that is not damage. The
//! random ones follow from a seed. What verify alone cannot see stands in `tamper/rollback.rs`.

mod rollback;
mod sample;

use crate::promises::Random;
use archive::Severity;
use sample::{KINDS, Objects, Sample, damaged, kind_of};
use std::collections::BTreeMap;

const MUTATIONS: usize = 700;
/// Of so many mutations one is verified by the program as well.
const BY_THE_PROGRAM: usize = 8;

/// What verify must say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Expected {
    /// Exit 1, naming an object that was changed.
    Damage,
    /// Exit 0, for the reason given, but the object is pointed at.
    Remark(&'static str),
    /// Exit 0, for the reason given; there may be nothing to say.
    Sound(&'static str),
}

const NEVER_ACKNOWLEDGED: Expected =
    Expected::Sound("moved aside after a crash: it was never part of the record");
const SUPERSEDED: Expected =
    Expected::Sound("tlog-tiles lets a log delete the partial tiles that a larger one replaces");
const ADDED: Expected =
    Expected::Remark("all that is on record is as it was; something lies beside it");

/// A change of some objects.
struct Mutation {
    what: String,
    changes: Vec<(String, Option<Vec<u8>>)>,
    expected: Expected,
}

/// Draws mutations of a sample.
struct Mutations<'s> {
    sample: &'s Sample,
    random: Random,
}

impl Mutations<'_> {
    /// An object: first the kind is drawn, so that rare kinds are not rare here.
    fn object(&mut self) -> (String, Vec<u8>) {
        let kind = KINDS[self.random.below(KINDS.len())];
        let keys = self.sample.of_kind(kind);
        let key = keys[self.random.below(keys.len())];
        (key.clone(), self.sample.now[key].clone())
    }

    fn changed(&self, what: &str, key: String, bytes: Option<Vec<u8>>) -> Mutation {
        let expected = match kind_of(&key) {
            "lost" => NEVER_ACKNOWLEDGED,
            _ if bytes.is_none() && self.sample.is_superseded(&key) => SUPERSEDED,
            _ => Expected::Damage,
        };
        Mutation {
            what: format!("{what} {key}"),
            changes: vec![(key, bytes)],
            expected,
        }
    }

    fn flipped(&mut self) -> Mutation {
        let (key, mut bytes) = self.object();
        let at = self.random.below(bytes.len());
        let bit = self.random.below(8);
        bytes[at] ^= 1 << bit;
        self.changed(
            &format!("bit {bit} of byte {at} flipped in"),
            key,
            Some(bytes),
        )
    }

    fn cut(&mut self) -> Mutation {
        let (key, mut bytes) = self.object();
        let at = self.random.below(bytes.len());
        bytes.truncate(at);
        self.changed(&format!("cut to {at} bytes:"), key, Some(bytes))
    }

    fn extended(&mut self) -> Mutation {
        let (key, mut bytes) = self.object();
        let more = 1 + self.random.below(64);
        // Noise, or a repetition of its own beginning, which is better formed than noise.
        let repeat = self.random.below(2) == 0;
        let tail: Vec<u8> = (0..more)
            .map(|at| {
                if repeat {
                    bytes[at % bytes.len()]
                } else {
                    self.random.next() as u8
                }
            })
            .collect();
        bytes.extend(tail);
        self.changed(&format!("{more} bytes more in"), key, Some(bytes))
    }

    fn deleted(&mut self) -> Mutation {
        let (key, _) = self.object();
        self.changed("deleted:", key, None)
    }

    /// Two objects of one kind change places.
    fn swapped(&mut self) -> Mutation {
        loop {
            let (a, bytes_of_a) = self.object();
            let keys = self.sample.of_kind(kind_of(&a));
            let b = keys[self.random.below(keys.len())].clone();
            let bytes_of_b = self.sample.now[&b].clone();
            if bytes_of_a != bytes_of_b {
                return Mutation {
                    what: format!("{a} and {b} swapped"),
                    expected: self.changed("", a.clone(), Some(Vec::new())).expected,
                    changes: vec![(a, Some(bytes_of_b)), (b, Some(bytes_of_a))],
                };
            }
        }
    }

    /// An object becomes again what it was under the same key; or, as only checkpoints are ever
    /// replaced, what it was under the key of a smaller tree.
    fn rolled_back(&mut self) -> Mutation {
        let mut older: Vec<(String, Vec<u8>)> = Vec::new();
        for (key, now) in &self.sample.now {
            match self.sample.early.get(key) {
                Some(early) if early != now => older.push((key.clone(), early.clone())),
                _ => {}
            }
            let Some((stem, _)) = key.split_once(".p/").filter(|_| key.starts_with("log/")) else {
                continue;
            };
            let smaller = self.sample.early.iter().filter(|(other, early)| {
                other.starts_with(&format!("{stem}.p/")) && early.len() < now.len()
            });
            older.extend(smaller.map(|(_, early)| (key.clone(), early.clone())));
        }
        let (key, early) = older.swap_remove(self.random.below(older.len()));
        self.changed("rolled back alone:", key, Some(early))
    }

    /// An object lies there once more, under a name that nothing has.
    fn copied(&mut self) -> Mutation {
        let (key, bytes) = self.object();
        let other_name = self.random.below(2) == 0;
        let (to, expected) = match (kind_of(&key), other_name) {
            // A segment under the name of another: nothing on record names it.
            ("blob", true) => (format!("blob/00/{:064x}", self.random.next()), ADDED),
            // A later generation that no erasure put on record.
            ("key/source", true) => {
                let (bundle, generation) = key.rsplit_once('.').unwrap();
                (
                    format!("{bundle}.{}", generation.parse::<u32>().unwrap() + 7),
                    ADDED,
                )
            }
            // It claims to be what the log was at a smaller size, and is not.
            ("tile" | "tile/entries", true) => match self.smaller_width(&key) {
                Some(partial) => (partial, Expected::Damage),
                None => (format!("{key}-copy"), ADDED),
            },
            // It claims that a writer was admitted, and nothing in the log says so.
            ("member", true) => (
                format!("member/{:032x}", self.random.next()),
                Expected::Damage,
            ),
            // A log that nobody admitted.
            ("vkey" | "checkpoint", true) => {
                let name = key.rsplit('/').next().unwrap();
                (format!("log/{:032x}/{name}", self.random.next()), ADDED)
            }
            ("lost", _) => (format!("{key}-copy"), NEVER_ACKNOWLEDGED),
            _ => (format!("{key}-copy"), ADDED),
        };
        Mutation {
            what: format!("{key} copied to {to}"),
            changes: vec![(to, Some(bytes))],
            expected,
        }
    }

    /// The key that a tile or bundle had when it held fewer, where no such object is there.
    fn smaller_width(&mut self, key: &str) -> Option<String> {
        let (stem, width) = match key.split_once(".p/") {
            Some((stem, width)) => (stem, width.parse().unwrap()),
            None => (key, 256),
        };
        let partial = format!("{stem}.p/{}", 1 + self.random.below(width));
        (width > 1 && !self.sample.now.contains_key(&partial)).then_some(partial)
    }

    fn draw(&mut self) -> (&'static str, Mutation) {
        match self.random.below(7) {
            0 => ("flipped", self.flipped()),
            1 => ("cut", self.cut()),
            2 => ("extended", self.extended()),
            3 => ("deleted", self.deleted()),
            4 => ("swapped", self.swapped()),
            5 => ("rolled back", self.rolled_back()),
            _ => ("copied", self.copied()),
        }
    }
}

/// Verifies with the library, without keys: with the first device's memory, and without any.
fn check_by_library(sample: &Sample, mutation: &Mutation) {
    let what = &mutation.what;
    for remembering in [true, false] {
        let report = match sample.verify(remembering) {
            Ok(report) => report,
            // Whatever the manifest is turned into: a format that this program does not know.
            Err(error @ archive::Error::NewerFormat { .. }) => {
                assert!(what.ends_with("onrecord.json"), "{what}: {error}");
                continue;
            }
            Err(error) => panic!("{what}: {error}"),
        };
        let touched = |object: &str| {
            mutation
                .changes
                .iter()
                .any(|(key, _)| is_about(object, key))
        };
        match mutation.expected {
            Expected::Damage => {
                let damaged = damaged(&report);
                let named = damaged.iter().any(|object| touched(object));
                assert!(
                    named,
                    "{what}, remembering {remembering}: {:#?}",
                    report.findings
                );
                // Nothing else hangs on these: no intact object is accused.
                let alone = ["tile", "blob", "vkey", "key/member", "key/source"];
                if mutation
                    .changes
                    .iter()
                    .all(|(key, _)| alone.contains(&kind_of(key)))
                {
                    let accused = damaged.iter().find(|object| !touched(object));
                    assert_eq!(accused, None, "{what}: {:#?}", report.findings);
                }
            }
            Expected::Remark(why) => {
                assert!(report.is_sound(), "{what} ({why}): {:#?}", report.findings);
                let named = report
                    .findings
                    .iter()
                    .any(|finding| touched(&finding.object));
                assert!(named, "{what} is not remarked: {:#?}", report.findings);
            }
            Expected::Sound(why) => {
                assert!(report.is_sound(), "{what} ({why}): {:#?}", report.findings);
            }
        }
    }
}

/// Whether a finding about `object` is about the object `key`: an unknown log is one finding.
fn is_about(object: &str, key: &str) -> bool {
    object == key || (object.ends_with('/') && key.starts_with(object))
}

/// Verifies as a user does, with keys and memory.
fn check_by_program(sample: &Sample, mutation: &Mutation) {
    let output = sample
        .place
        .run(&["verify", "--json", "--archive", "archive"]);
    let (out, err) = (
        String::from_utf8(output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let (out, what) = (out.unwrap(), &mutation.what);
    assert!(!err.contains("panicked"), "{what}: {err}");
    let code = output.status.code();
    if mutation.expected != Expected::Damage {
        assert_eq!(code, Some(0), "{what}\n{out}\n{err}");
        return;
    }
    let names = |text: &str| {
        mutation
            .changes
            .iter()
            .any(|(key, _)| text.contains(key.as_str()))
    };
    match code {
        Some(1) => assert!(names(&out), "{what}\n{out}"),
        // Whatever the format's number was turned into.
        Some(2) => assert!(err.contains("newer version"), "{what}\n{out}\n{err}"),
        _ => panic!("{what}: exit code {code:?}\n{out}\n{err}"),
    }
}

#[test]
fn every_mutation_that_changes_evidence_is_found() {
    let sample = Sample::new();
    for kind in KINDS {
        assert!(!sample.of_kind(kind).is_empty(), "the sample has no {kind}");
    }
    let whole = sample.verify(true).unwrap();
    assert!(
        whole.worst() < Some(Severity::Warning),
        "{:#?}",
        whole.findings
    );
    assert_eq!((whole.sources, whole.erased), (122, 1));
    sample.place.ok(&["verify"]);

    let mut mutations = Mutations {
        sample: &sample,
        random: Random(700),
    };
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut by_program = 0;
    let quotes = sample.quotes();
    assert!(quotes > 100, "{quotes}");
    for number in 0..MUTATIONS {
        let (kind, mutation) = mutations.draw();
        sample.write(&mutation.changes);
        check_by_library(&sample, &mutation);
        if mutation.expected != Expected::Damage {
            // With the keys everything can be read as before.
            assert_eq!(sample.quotes(), quotes, "{}", mutation.what);
        }
        if number % BY_THE_PROGRAM == 0 {
            check_by_program(&sample, &mutation);
            by_program += 1;
        }
        sample.restore(&mutation.changes);
        let expected = match mutation.expected {
            Expected::Damage => "damage",
            Expected::Remark(_) => "remark",
            Expected::Sound(_) => "sound",
        };
        *counts.entry((kind, expected)).or_default() += 1;
    }
    let left: Objects = sample::objects(&sample.folder());
    assert!(
        left == sample.now,
        "the test did not restore what it changed"
    );
    for ((kind, expected), count) in &counts {
        eprintln!("{count:4} {kind}: {expected}, as expected");
    }
    let damage: usize = counts
        .iter()
        .filter(|((_, e), _)| *e == "damage")
        .map(|(_, n)| n)
        .sum();
    eprintln!("{MUTATIONS} mutations, {damage} change evidence; {by_program} also by the program");
    assert!(
        damage >= 500 && by_program >= 60,
        "{damage} and {by_program}"
    );
}
