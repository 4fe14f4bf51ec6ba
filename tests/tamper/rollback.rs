//! Older states of whole logs: who can see that history was removed, and who cannot.

use super::sample::{Objects, Sample, damaged, objects};
use crate::promises::write_files;
use crate::support::Place;
use archive::tlog::{Checkpoint, TlogProof, VerifierKey};
use archive::{Archive, Head, Store, VerifyOptions};
use std::path::Path;

/// Makes the folder hold these objects and no others.
fn put_back(folder: &Path, objects: &Objects) {
    std::fs::remove_dir_all(folder).unwrap();
    for (key, bytes) in objects {
        let path = folder.join(key);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// An archive of one writer with 31 entries yesterday and 46 today, put back to yesterday.
fn put_back_to_yesterday() -> Place {
    let place = Place::with_archive();
    write_files(&place, "yesterday", 10);
    place.ok(&["add", "yesterday"]);
    let yesterday = objects(&place.path("archive"));
    write_files(&place, "today", 5);
    place.ok(&["add", "today"]);
    let today = place.json(&["list"])[12]["id"].as_str().unwrap().to_owned();
    place.ok(&["proof", &today, "--to", "receipt"]);
    put_back(&place.path("archive"), &yesterday);
    place
}

#[test]
fn the_device_that_saw_today_refuses_yesterdays_archive() {
    let place = put_back_to_yesterday();
    let (out, _) = place.exits(&["verify"], 1);
    assert!(out.contains("the log has 31 entries, but had 46"), "{out}");
    assert!(out.contains("History was removed"), "{out}");
    // Reading goes on, and says what it reads from.
    let (_, err) = place.exits(&["list"], 0);
    assert!(
        err.contains("saw 46 entries") && err.contains("now there are 31"),
        "{err}"
    );
    write_files(&place, "more", 1);
    let (_, err) = place.exits(&["add", "more"], 2);
    assert!(err.contains("history was removed"), "{err}");
    assert!(
        err.contains("saw 46 entries") && err.contains("there are 31"),
        "{err}"
    );
}

/// Yesterday's archive is whole: every byte of it was true yesterday, and the signature is the
/// writer's. Nothing inside the archive can tell that there was a today; so whoever has seen
/// nothing before must be told that, and verify passes. What was handed out today contradicts it.
#[test]
fn a_newcomer_cannot_see_it_but_a_receipt_that_was_handed_out_shows_it() {
    let place = put_back_to_yesterday();
    let mut newcomer = place.command(&["verify"]);
    let output = newcomer
        .env("ONRECORD_HOME", place.path("elsewhere"))
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{out}");
    assert!(out.contains("cannot be ruled out"), "{out}");
    assert!(
        out.contains("looks whole to someone who saw no later one"),
        "{out}"
    );

    let receipt = |end: &str| {
        let files = crate::support::files(&place.path("receipt"));
        let file = files
            .into_iter()
            .find(|file| file.extension().is_some_and(|e| e == end));
        std::fs::read(file.unwrap()).unwrap()
    };
    let vkey: VerifierKey = std::str::from_utf8(&receipt("vkey"))
        .unwrap()
        .trim_end()
        .parse()
        .unwrap();
    let proof = TlogProof::parse(&receipt("tlog-proof")).unwrap();
    let shown: Checkpoint = proof
        .verify(vkey.name(), std::slice::from_ref(&vkey), &receipt("entry"))
        .unwrap();
    let archive = Archive::open(Store::local(&place.path("archive")).unwrap()).unwrap();
    let head = archive.heads().remove(0);
    assert_eq!((head.size, shown.size), (31, 46));
    let from_receipt = Head {
        size: shown.size,
        root: shown.root,
        checkpoint: proof.signed_checkpoint(),
        ..head
    };
    let options = VerifyOptions {
        seen_heads: vec![from_receipt],
        ..VerifyOptions::default()
    };
    let report = archive.verify(&options, &mut |_| ());
    assert_eq!(damaged(&report).len(), 1, "{:#?}", report.findings);
    assert!(
        report.findings[0]
            .what
            .contains("the log has 31 entries, but had 46")
    );
}

/// One log is put back consistently, with all that belonged to it. The other writer has named
/// the later head in its own log, so that even a newcomer sees it.
#[test]
fn the_log_of_one_writer_put_back_contradicts_the_log_of_the_other() {
    let sample = Sample::new();
    for writer in &sample.writers {
        let log = format!("log/{writer}/");
        let mut older = sample.now.clone();
        older.retain(|key, _| !key.starts_with(&log));
        let early = sample.early.iter().filter(|(key, _)| key.starts_with(&log));
        older.extend(early.map(|(key, bytes)| (key.clone(), bytes.clone())));
        put_back(&sample.folder(), &older);
        for remembering in [true, false] {
            let report = sample.verify(remembering).unwrap();
            let removed = report.findings.iter().find(|finding| {
                finding.object == format!("{log}checkpoint")
                    && finding.meaning.contains("History was removed")
            });
            assert!(removed.is_some(), "{:#?}", report.findings);
        }
        put_back(&sample.folder(), &sample.now);
    }
}

/// Of the last commit only the checkpoint is put back. For a newcomer that is what a crash before
/// the checkpoint was signed leaves: a warning that says both. The device that signed the later
/// one knows better, and puts it back: nothing that it covers is missing.
#[test]
fn a_checkpoint_put_back_alone_is_put_right_by_its_writer() {
    let place = Place::with_archive();
    write_files(&place, "yesterday", 10);
    place.ok(&["add", "yesterday"]);
    let yesterday = objects(&place.path("archive"));
    write_files(&place, "today", 5);
    place.ok(&["add", "today"]);
    let key = yesterday
        .keys()
        .find(|key| key.ends_with("/checkpoint"))
        .unwrap();
    let path = place.path("archive").join(key);
    let today = std::fs::read(&path).unwrap();
    std::fs::write(&path, &yesterday[key]).unwrap();

    let (out, _) = place.exits(&["verify", "--without-keys"], 0);
    assert!(
        out.contains("the checkpoint was replaced by an older one"),
        "{out}"
    );
    let (out, _) = place.exits(&["verify"], 1);
    assert!(out.contains("the log has 31 entries, but had 46"), "{out}");
    write_files(&place, "today", 5);
    place.ok(&["add", "today"]);
    assert!(
        std::fs::read(&path).unwrap() == today,
        "the same files again add nothing"
    );
    place.ok(&["verify"]);
    assert_eq!(place.json(&["list"]).len(), 15);
}

/// A key that was destroyed comes back with an older copy: nothing on record is changed, but what
/// a witness had asked to be destroyed could be read again. The next write destroys it again.
#[test]
fn a_destroyed_key_that_comes_back_is_pointed_at_and_destroyed_again() {
    let place = Place::with_archive();
    write_files(&place, "files", 3);
    place.ok(&["add", "files"]);
    let folder = place.path("archive");
    let before = objects(&folder);
    let archive = Archive::open(Store::local(&folder).unwrap()).unwrap();
    let home = place.path("home").join(archive.id().to_string());
    let device = archive::Device::unlock(&home, None).unwrap();
    let doomed = place.json(&["list"])[1]["id"].as_str().unwrap().to_owned();
    let (mut writer, _) = archive.writer(&device).unwrap();
    archive
        .erase(
            &mut writer,
            doomed.parse().unwrap(),
            "consent was withdrawn",
        )
        .unwrap();
    drop((writer, archive));
    let came_back: Vec<_> = before
        .iter()
        .filter(|(key, _)| !folder.join(key).exists())
        .collect();
    let [(key, bytes)] = came_back[..] else {
        panic!("{} were deleted", came_back.len())
    };
    assert!(key.starts_with("key/source/"), "{key}");
    std::fs::write(folder.join(key), bytes).unwrap();

    let (out, _) = place.exits(&["verify"], 0);
    assert!(
        out.contains(&format!("{key}: an erasure is not finished")),
        "{out}"
    );
    assert!(out.contains(&format!("touches source {doomed}")), "{out}");
    write_files(&place, "more", 1);
    let (_, err) = place.exits(&["add", "more"], 0);
    assert!(
        err.contains("1 erasure that an earlier run had begun"),
        "{err}"
    );
    assert!(!folder.join(key).exists());
    assert!(!place.ok(&["verify"]).contains("not finished"));
}
