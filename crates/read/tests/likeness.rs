//! What pictures look like: the hash against PDQ's own program, and pictures that other programs saved
//! anew (`likeness_data/make.py`).
#![allow(clippy::unwrap_used)]
#![cfg(feature = "pages")]

use model::Likeness;
use onrecord_read::{Input, read};
use std::collections::BTreeMap;
use std::path::Path;

/// What a file looks like, whether there is anything else to read in it or not.
fn likeness(name: &str, bytes: &[u8]) -> Option<Likeness> {
    match read(&Input { bytes, name }) {
        Ok(reading) => reading.likeness,
        Err(unread) => unread.likeness,
    }
}

/// What this program, and PDQ's own, say of each picture.
fn pictures() -> BTreeMap<String, (Likeness, Likeness)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/likeness_data");
    let listed = std::fs::read_to_string(folder.join("pdqhash.txt")).unwrap();
    let picture = |line: &str| {
        let (name, theirs) = line.split_once(' ').unwrap();
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let ours = likeness(name, &bytes).unwrap();
        (name.to_owned(), (ours, theirs.parse().unwrap()))
    };
    listed.lines().map(picture).collect()
}

#[test]
fn the_hash_is_the_one_that_pdqs_own_program_makes() {
    let pictures = pictures();
    assert_eq!(pictures.len(), 18);
    for (name, (ours, theirs)) in &pictures {
        // It does not turn pictures by their fields, reduces large ones by another filter, and tells
        // bits of a plain picture by rounding.
        let most = match name.as_str() {
            "turned.jpg" | "plain.png" => continue,
            "lossless.png" | "half.tiff" => 0,
            "large.jpg" => 14,
            _ => 2,
        };
        assert!(ours.apart(theirs) <= most, "{name}: {ours}, {theirs}");
        assert!(
            ours.quality.abs_diff(theirs.quality) <= 1,
            "{name}: {ours}, {theirs}"
        );
    }
}

#[test]
fn a_picture_that_was_saved_anew_looks_alike_and_no_other_does() {
    let pictures = pictures();
    let ours = |name: &str| pictures[name].0;
    let first = ours("scene-0.jpg");
    for name in [
        "lossless.png",
        "again.jpg",
        "again.webp",
        "small.jpg",
        "large.jpg",
        "brighter.jpg",
        "grey.jpg",
        "half.tiff",
        "turned.jpg",
    ] {
        let apart = first.alike(&ours(name));
        assert!(
            apart.is_some_and(|apart| apart <= 24),
            "{name}: {apart:?} bits"
        );
    }
    // An edge cut off takes it beyond the bound, though it stays nearer than any other; a part of the
    // picture is not told from others.
    let cropped = first.apart(&ours("cropped.jpg"));
    assert!((32..80).contains(&cropped), "{cropped}");
    assert_eq!(first.alike(&ours("detail.jpg")), None);
    for other in 1..6 {
        let other = ours(&format!("scene-{other}.jpg"));
        assert_eq!(first.alike(&other), None);
        assert!(first.apart(&other) > 80, "{}", first.apart(&other));
    }
    let plain = ours("plain.png");
    assert!(!plain.is_telling());
    assert_eq!(plain.alike(&plain), None, "nothing to tell it by");
}

#[test]
fn a_damaged_picture_keeps_its_fields_and_has_no_likeness() {
    let whole = include_bytes!("real_data/camp.jpg");
    let whole_reading = read(&Input {
        bytes: whole,
        name: "camp.jpg",
    })
    .unwrap();
    assert!(whole_reading.likeness.is_some());
    // Without its dots.
    let cut = &whole[..whole.len() / 8];
    match read(&Input {
        bytes: cut,
        name: "camp.jpg",
    }) {
        Ok(reading) => assert_eq!(reading.likeness, None),
        Err(unread) => assert_eq!(unread.likeness, None, "{}", unread.reason),
    }
    assert_eq!(
        likeness("page.html", b"<p>Three men were taken from the camp."),
        None
    );
}
