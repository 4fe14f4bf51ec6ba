//! Crashes, damage and wrong keys.

use crate::fixture::*;
use crate::{KEY, apply, view};
use onrecord_view::*;
use std::path::Path;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn remove_records(folder: &Path) {
    for name in ["records.sqlite", "records.sqlite-wal", "records.sqlite-shm"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
}

#[test]
fn applying_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    let mut view = view(folder.path(), &ledger);
    let before = view.status().unwrap();
    let again = apply(&mut view, &ledger);
    assert_eq!((again.entries, &again.position), (0, &before.position));
    assert_eq!(view.status().unwrap(), before);
    assert_eq!(view.search(&Query::new("camps")).unwrap().total, 4);
    drop(view);
    let mut view = View::open(folder.path(), &KEY).unwrap();
    assert_eq!(apply(&mut view, &ledger).entries, 0);
    assert_eq!(view.status().unwrap(), before);
}

/// The index was committed, the database was not: the step is applied again, and nothing stands
/// twice.
#[test]
fn a_crash_between_the_two_commits_is_healed() {
    let folder = tempfile::tempdir().unwrap();
    let whole = ledger();
    for cut in [0, 1, 2, 5, 9, whole.entries.len() - 1] {
        let (live, crashed) = (
            folder.path().join(format!("live{cut}")),
            folder.path().join(format!("crashed{cut}")),
        );
        let mut part = ledger();
        part.entries.truncate(cut);
        drop(view(&live, &part));
        copy(&live, &crashed);
        drop(view(&live, &whole));
        // The index as after the second step, the database as before it.
        std::fs::remove_dir_all(crashed.join("text")).unwrap();
        copy(&live.join("text"), &crashed.join("text"));
        let mut healed = View::open(&crashed, &KEY).unwrap();
        let applied = apply(&mut healed, &whole);
        assert_eq!(applied.entries as usize, whole.entries.len() - cut);
        assert_eq!(
            healed.search(&Query::new("camps")).unwrap().total,
            4,
            "cut at {cut}"
        );
        assert_eq!(healed.search(&Query::new("수용소")).unwrap().total, 2);
        let fresh = View::open(&live, &KEY).unwrap();
        assert_eq!(healed.status().unwrap(), fresh.status().unwrap());
        let words = "camps OR detained OR 수용소";
        assert_eq!(
            healed.search(&Query::new(words)).unwrap(),
            fresh.search(&Query::new(words)).unwrap()
        );
    }
}

#[test]
fn an_index_that_lags_behind_asks_for_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    drop(view(folder.path(), &ledger));
    std::fs::remove_dir_all(folder.path().join("text")).unwrap();
    let mut view = View::open(folder.path(), &KEY).unwrap();
    let error = view.apply(ledger.incoming(), 2, &mut |_| {}).unwrap_err();
    assert!(matches!(error, Error::Stale { .. }), "{error}");
    assert!(error.to_string().contains("onrecord rebuild"));
}

#[test]
fn a_step_that_fails_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let mut view = view(folder.path(), &ledger);
    let before = view.status().unwrap();
    // Another log brings a reading before the source it is of.
    let unknown = source_id(50);
    let text = Text {
        title: "Early",
        publisher: "",
        published: "2024",
        language: "en",
        paragraphs: &["camps camps camps"],
    };
    ledger.read_by(OTHER, unknown, &text);
    apply(&mut view, &ledger);
    let with_reading = view.status().unwrap();
    assert_eq!(with_reading.sources, before.sources);
    ledger.source(50, model::Compartment::Open);
    let error = view.apply(ledger.incoming(), 2, &mut |_| {}).unwrap_err();
    assert!(matches!(error, Error::Stale { .. }), "{error}");
    assert_eq!(view.status().unwrap(), with_reading);
    drop(view);
    let entries = ledger.incoming().collect::<Vec<_>>();
    // A rebuild sees all logs in their order.
    let mut entries: Vec<_> = entries.into_iter().map(Result::unwrap).collect();
    entries.sort_by_key(|entry| (!matches!(entry.what, What::Source(_)), entry.clock));
    let mut renumbered = Ledger::default();
    for entry in entries {
        renumbered.push(entry.place.writer, entry.subject, entry.what);
    }
    let (view, _) =
        View::build(folder.path(), &KEY, renumbered.incoming(), 2, &mut |_| {}).unwrap();
    assert_eq!(view.status().unwrap().sources, before.sources + 1);
}

#[test]
fn of_two_rebuilds_at_once_the_second_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    let whole = view(folder.path(), &ledger).status().unwrap();
    let first = std::fs::File::create(folder.path().join("builder")).unwrap();
    first.lock().unwrap();
    let second = View::build(folder.path(), &KEY, ledger.incoming(), 2, &mut |_| {});
    assert!(matches!(second, Err(Error::Busy)));
    // What the first has so far is as it was.
    let untouched = View::open(folder.path(), &KEY).unwrap();
    assert_eq!(untouched.status().unwrap(), whole);
    drop((first, untouched));
    let alone = View::build(folder.path(), &KEY, ledger.incoming(), 2, &mut |_| {});
    assert_eq!(alone.unwrap().0.status().unwrap(), whole);
}

#[test]
fn another_key_damage_and_an_interrupted_rebuild_ask_for_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    drop(view(folder.path(), &ledger));
    assert!(matches!(
        View::open(folder.path(), &[1; 32]),
        Err(Error::Stale { .. })
    ));
    std::fs::write(folder.path().join("building"), b"").unwrap();
    let error = View::open(folder.path(), &KEY).unwrap_err();
    assert!(error.to_string().contains("interrupted"), "{error}");
    std::fs::remove_file(folder.path().join("building")).unwrap();
    // Damage in the text index is found when it is first needed, and never panics.
    for entry in std::fs::read_dir(folder.path().join("text")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.len() < 32 {
            continue;
        }
        let mut flipped = bytes.clone();
        let at = flipped.len() / 2;
        flipped[at] ^= 0x40;
        std::fs::write(&path, flipped).unwrap();
        let view = View::open(folder.path(), &KEY).unwrap();
        let result = view.search(&Query::new("camps detained"));
        let managed = path.ends_with(".managed.json");
        let used = !path.to_string_lossy().ends_with(".pos");
        assert!(
            result.is_err() || !used || managed,
            "{} was changed unseen",
            path.display()
        );
        std::fs::write(&path, bytes).unwrap();
    }
    // So is damage in the records.
    let path = folder.path().join("records.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    for at in (100..bytes.len()).step_by(512) {
        bytes[at] ^= 1;
    }
    std::fs::write(&path, bytes).unwrap();
    assert!(View::open(folder.path(), &KEY).is_err());
    View::wipe(folder.path()).unwrap();
    View::wipe(folder.path()).unwrap();
    let mut view = View::open(folder.path(), &KEY).unwrap();
    assert_eq!(view.status().unwrap().sources, 0);
    apply(&mut view, &ledger);
    assert_eq!(view.status().unwrap().sources, 5);
}

#[test]
fn two_that_share_a_folder_see_what_either_took_in() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let mut first = view(folder.path(), &ledger);
    let mut second = View::open(folder.path(), &KEY).unwrap();
    let camps = |view: &View| view.search(&Query::new("camps")).unwrap().total;
    assert_eq!((camps(&first), camps(&second)), (4, 4));
    assert_eq!(first.status().unwrap(), second.status().unwrap());
    let source = ledger.source(60, model::Compartment::Open);
    let text = Text {
        title: "Another",
        publisher: "P",
        published: "2024",
        language: "en",
        paragraphs: &["More camps."],
    };
    ledger.read(source, &text);
    apply(&mut second, &ledger);
    assert_eq!(camps(&second), 5);
    assert_eq!(apply(&mut first, &ledger).entries, 0);
    assert_eq!(camps(&first), 5);
}

#[test]
fn a_database_that_vanished_is_filled_again() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    drop(view(folder.path(), &ledger));
    remove_records(folder.path());
    let mut view = View::open(folder.path(), &KEY).unwrap();
    assert_eq!(
        apply(&mut view, &ledger).entries as usize,
        ledger.entries.len()
    );
    assert_eq!(view.search(&Query::new("camps")).unwrap().total, 4);
}
