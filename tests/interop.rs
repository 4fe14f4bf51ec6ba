//! Programs that share no line with onrecord check what it wrote: a verifier in plain Python,
//! written from docs/formats/archive.md; Go's checksum database; and ct-merkle.
//!
//! Where Python or Go is not installed the test says so and passes, except on CI. What the other
//! programs accept says little unless they also refuse: every test has both.

mod fixture;
mod other;

use crate::support::{Place, files};
use fixture::{
    checkpoint, copy, exchanged, flip, is_present, log_folder, many_pages, name, two_writers,
};
use other::{Answer, forgeries, go, merkle_root, python};
use std::fs::{read, read_to_string, remove_file, rename, write};
use std::path::Path;

#[test]
fn python_accepts_an_archive_and_all_that_is_added_to_it() {
    let Some(verify) = python() else { return };
    let place = Place::with_demo();
    let archive = place.path("demo/archive");
    let answer = verify(&[&archive]);
    assert!(answer.accepts(), "{answer:?}");
    assert!(
        answer
            .said
            .contains("was compared with no heads from before"),
        "{answer:?}"
    );

    let kept = place.path("kept");
    write(
        &kept,
        read(log_folder(&archive).join("checkpoint")).unwrap(),
    )
    .unwrap();
    for round in 0..3 {
        // The last round ends in a log of several bundles, with tiles above the leaves.
        many_pages(&place, &format!("round{round}"), [1, 7, 120][round]);
        place.ok(&["add", &format!("round{round}")]);
        let answer = verify(&[&archive, Path::new("--heads"), &kept]);
        assert!(
            answer.accepts() && !answer.said.contains("note:"),
            "{answer:?}"
        );
    }
    assert!(log_folder(&archive).join("tile/1/000.p").exists());
    let remembered = files(&place.path("home"));
    let remembered = remembered
        .iter()
        .find(|path| path.ends_with("heads"))
        .unwrap();
    let answer = verify(&[&archive, Path::new("--heads"), remembered]);
    assert!(
        answer.accepts() && !answer.said.contains("note:"),
        "{answer:?}"
    );
}

#[test]
fn python_names_the_object_in_which_any_byte_was_changed() {
    let Some(verify) = python() else { return };
    let place = Place::new();
    let archive = two_writers(&place, 270);
    let answer = verify(&[&archive]);
    assert!(answer.accepts(), "{answer:?}");
    let all = files(&archive);
    let kinds = [
        "onrecord.json",
        "vkey",
        "checkpoint",
        "tile/0",
        "tile/1",
        "tile/entries",
        "member/",
        "blob/",
        "key/member",
        "key/source",
    ];
    for kind in kinds {
        let is_there = all.iter().any(|path| name(&archive, path).contains(kind));
        assert!(is_there, "the archive has no {kind}");
    }
    for (seed, path) in all.iter().enumerate() {
        let whole = read(path).unwrap();
        let name = name(&archive, path);
        flip(path, seed);
        let answer = verify(&[&archive]);
        assert!(answer.refuses_naming(&name), "{name}: {answer:?}");
        write(path, &whole[..whole.len() - 1]).unwrap();
        let answer = verify(&[&archive]);
        assert!(answer.refuses_naming(&name), "{name} cut short: {answer:?}");
        write(path, whole).unwrap();
    }
    assert!(verify(&[&archive]).accepts());
}

#[test]
fn python_names_the_object_that_is_missing() {
    let Some(verify) = python() else { return };
    let place = Place::new();
    let archive = two_writers(&place, 270);
    for path in files(&archive) {
        let name = name(&archive, &path);
        // Superseded pieces are kept for those who hold an earlier checkpoint; no evidence needs them.
        let superseded = name.contains(".p/") && !is_present(&archive, &name);
        let aside = place.path("aside");
        rename(&path, &aside).unwrap();
        let answer = verify(&[&archive]);
        rename(&aside, &path).unwrap();
        if superseded {
            assert!(answer.accepts(), "{name}: {answer:?}");
        } else {
            assert!(answer.refuses_naming(&name), "{name}: {answer:?}");
        }
    }
}

#[test]
fn a_signature_a_size_or_a_root_that_was_exchanged_is_refused_by_both() {
    let place = Place::with_demo();
    let archive = place.path("demo/archive");
    let log = log_folder(&archive);
    let signed = read_to_string(log.join("checkpoint")).unwrap();
    let lines: Vec<&str> = signed.lines().collect();
    let signature = lines[4].rsplit(' ').next().unwrap();
    let forged = [
        signed.replacen(lines[1], "39", 1),
        signed.replacen(lines[2], &exchanged(lines[2], 7), 1),
        // In the middle of R, of S, and in the number of the key.
        signed.replacen(signature, &exchanged(signature, 20), 1),
        signed.replacen(signature, &exchanged(signature, 70), 1),
        signed.replacen(signature, &exchanged(signature, 1), 1),
    ];
    let (python, go) = (python(), go());
    for forged in forged {
        assert_ne!(forged, signed);
        write(log.join("checkpoint"), &forged).unwrap();
        if let Some(verify) = &python {
            let answer = verify(&[&archive]);
            assert!(answer.refuses_naming("/checkpoint"), "{forged}\n{answer:?}");
        }
        if let Some(verify) = &go {
            let answer = verify(&[&log]);
            assert!(answer.refuses_naming("checkpoint"), "{forged}\n{answer:?}");
        }
    }
}

#[test]
fn history_that_was_removed_shows_against_what_was_kept() {
    let Some(verify) = python() else { return };
    let place = Place::with_demo();
    let archive = place.path("demo/archive");
    let earlier = place.path("earlier");
    copy(&archive, &earlier);
    many_pages(&place, "more", 2);
    place.ok(&["add", "more"]);
    let source = place.json(&["list"])[0]["id"].as_str().unwrap().to_owned();
    place.ok(&["proof", &source, "--to", "receipt"]);
    let receipt = place.path(&format!("receipt/{source}.tlog-proof"));
    let kept = log_folder(&archive).join("checkpoint");
    let heads = files(&place.path("home"))
        .into_iter()
        .find(|path| path.ends_with("heads"))
        .unwrap();
    assert!(verify(&[&archive, Path::new("--heads"), &receipt]).accepts());
    for seen in [&receipt, &kept, &heads] {
        let answer = verify(&[&earlier, Path::new("--heads"), seen]);
        assert!(answer.refuses_naming("/checkpoint"), "{answer:?}");
        assert!(answer.said.contains("has lost history"), "{answer:?}");
    }
    // Nothing within an earlier state contradicts it; the verifier must say that it cannot know.
    let answer = verify(&[&earlier]);
    assert!(answer.accepts(), "{answer:?}");
    assert!(
        answer
            .said
            .contains("was compared with no heads from before"),
        "{answer:?}"
    );
}

#[test]
fn both_accept_the_receipt_of_every_source_and_of_no_other_entry() {
    let place = Place::with_demo();
    let sources = place.json(&["list"]);
    let ids: Vec<&str> = sources
        .iter()
        .map(|source| source["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), 13);
    for id in &ids {
        place.ok(&["proof", id, "--to", "receipts"]);
    }
    let part = |id: &str, end: &str| place.path(&format!("receipts/{id}.{end}"));
    let (python, go) = (python(), go());
    for (n, id) in ids.iter().enumerate() {
        let (proof, vkey) = (part(id, "tlog-proof"), part(id, "vkey"));
        let other = ids[(n + 1) % ids.len()];
        let check = |entry: &Path| -> Vec<Answer> {
            let flags = |of: &str| {
                [
                    Path::new("--proof").to_owned(),
                    proof.clone(),
                    of.into(),
                    entry.to_owned(),
                    Path::new("--vkey").to_owned(),
                    vkey.clone(),
                ]
            };
            let ask = |verify: &other::Verifier, of| {
                let arguments = flags(of);
                verify(&arguments.iter().map(AsRef::as_ref).collect::<Vec<_>>())
            };
            let python = python.iter().map(|verify| ask(verify, "--entry"));
            python
                .chain(go.iter().map(|verify| ask(verify, "-leaf")))
                .collect()
        };
        for answer in check(&part(id, "entry")) {
            assert!(answer.accepts(), "{id}: {answer:?}");
        }
        for answer in check(&part(other, "entry")) {
            assert!(answer.refuses_naming("prove"), "{id}: {answer:?}");
        }
    }
}

#[test]
fn go_accepts_checkpoint_tiles_inclusion_and_consistency() {
    let Some(verify) = go() else { return };
    let place = Place::with_demo();
    let archive = place.path("demo/archive");
    let log = log_folder(&archive);
    let before = checkpoint(&log);
    let kept = read(log.join("checkpoint")).unwrap();
    many_pages(&place, "more", 120);
    place.ok(&["add", "more"]);
    let now = checkpoint(&log);
    assert!(now[1].parse::<u64>().unwrap() > 256, "{now:?}");

    // In a copy, beside which the earlier checkpoint is laid.
    let copied = place.path("copy");
    copy(&archive, &copied);
    let log = log_folder(&copied);
    write(log.join(format!("checkpoint.{}", before[1])), &kept).unwrap();
    let sample = [Path::new("-sample"), Path::new("0")];
    let sizes = [Path::new(&before[1]), Path::new(&now[1])];
    let arguments = [sample[0], sample[1], &log, sizes[0], sizes[1]];
    let answer = verify(&arguments);
    assert!(answer.accepts(), "{answer:?}");
    for said in [
        format!("inclusion of {0} of {0} entries", now[1]),
        format!(
            "checkpoint.{0} is signed and has the root of the first {0} entries",
            before[1]
        ),
        format!(
            "the log of {} entries continues the one of {}",
            now[1], before[1]
        ),
    ] {
        assert!(answer.said.contains(&said), "{said}: {answer:?}");
    }
    for changed in ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"] {
        let path = log.join(changed);
        let whole = read(&path).unwrap();
        flip(&path, 1);
        let answer = verify(&arguments);
        assert!(!answer.accepts(), "{changed}: {answer:?}");
        write(path, whole).unwrap();
    }
    remove_file(log.join("tile/0/000")).unwrap();
    assert!(!verify(&arguments).accepts());
}

#[test]
fn ct_merkle_gets_the_signed_root_from_the_entries() {
    let place = Place::with_demo();
    let log = log_folder(&place.path("demo/archive"));
    for round in 0..2 {
        let signed = checkpoint(&log);
        assert_eq!(
            merkle_root(&log, signed[1].parse().unwrap(), |_| ()),
            signed[2]
        );
        let changed = merkle_root(&log, signed[1].parse().unwrap(), |entry| entry[0] ^= 1);
        assert_ne!(changed, signed[2]);
        many_pages(&place, &format!("round{round}"), 120);
        place.ok(&["add", &format!("round{round}")]);
    }
    let signed = checkpoint(&log);
    assert!(signed[1].parse::<u64>().unwrap() > 512, "{signed:?}");
    assert_eq!(
        merkle_root(&log, signed[1].parse().unwrap(), |_| ()),
        signed[2]
    );

    let place = Place::new();
    let archive = two_writers(&place, 270);
    for folder in std::fs::read_dir(archive.join("log")).unwrap() {
        let log = folder.unwrap().path();
        let signed = checkpoint(&log);
        assert_eq!(
            merkle_root(&log, signed[1].parse().unwrap(), |_| ()),
            signed[2]
        );
    }
}

#[test]
fn what_a_writer_signs_against_the_rules_is_refused_by_python_and_by_onrecord() {
    let Some(verify) = python() else { return };
    let place = Place::new();
    let archive = two_writers(&place, 5);
    let cases = forgeries(&archive, &place.path("first"), &place.path("forged"));
    let (allowed, forbidden): (Vec<_>, Vec<_>) =
        cases.into_iter().partition(|case| case.status == 0);
    assert!(allowed.len() >= 15 && forbidden.len() >= 60);
    for case in allowed.iter().chain(&forbidden) {
        let folder = place.path(&format!("forged/{}", case.folder));
        let answer = verify(&[&folder]);
        assert_eq!(answer.code, Some(case.status), "{}: {answer:?}", case.name);
        assert!(
            !answer.said.contains("Traceback"),
            "{}: {answer:?}",
            case.name
        );
        let verdict = place.run(&["verify", "--archive", folder.to_str().unwrap()]);
        assert_eq!(
            verdict.status.code(),
            Some(case.status),
            "{}: {verdict:?}",
            case.name
        );
    }
}
