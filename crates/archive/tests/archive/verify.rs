//! What verify says of archives that are as they should be, and of whole logs that are not.

use crate::helpers::{Fixture, add, add_one, all};
use model::Compartment;
use onrecord_archive::{
    Archive, Device, EntryKind, Progress, Severity, VerifyOptions, VerifyReport,
};

/// Verifies without keys; fails on damage.
pub fn sound(archive: &Archive, device: &Device) -> VerifyReport {
    let report = verify(archive, device);
    assert!(report.is_sound(), "{:#?}", report.findings);
    report
}

pub fn verify(archive: &Archive, device: &Device) -> VerifyReport {
    let options = VerifyOptions {
        threads: 2,
        seen_heads: device.heads(archive.id()).unwrap(),
        check: None,
    };
    archive.verify(&options, &mut |_| ())
}

#[test]
fn a_whole_archive_has_no_findings() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    for group in 0..3 {
        let mut commit = writer.commit().unwrap();
        for n in 0..150 {
            add(
                &mut commit,
                Compartment::Sealed,
                &format!("source {group} {n}"),
            );
        }
        commit.finish().unwrap();
    }
    let locked = Archive::open(fixture.store.clone()).unwrap();
    let mut progress = Vec::new();
    let options = VerifyOptions {
        seen_heads: fixture.device.heads(locked.id()).unwrap(),
        ..VerifyOptions::default()
    };
    let report = locked.verify(&options, &mut |now: Progress| progress.push(now));
    assert_eq!(report.findings, []);
    assert_eq!(
        (report.entries, report.sources, report.segments),
        (901, 450, 3)
    );
    assert_eq!(report.heads, locked.heads());
    let last = progress.last().unwrap();
    assert_eq!(last.entries, 901);
    assert!(last.bytes > 0 && last.bytes <= last.total_bytes, "{last:?}");
}

#[test]
fn without_heads_it_says_what_it_cannot_know() {
    let fixture = Fixture::memory();
    let report = fixture
        .archive
        .verify(&VerifyOptions::default(), &mut |_| ());
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].severity, Severity::Note);
    assert!(report.findings[0].meaning.contains("cannot be ruled out"));
}

#[test]
fn the_callers_own_check_is_asked_of_every_entry() {
    let fixture = Fixture::memory();
    let (source, _) = add_one(&mut fixture.writer(), "text");
    let archive = fixture.reopen();
    let check = |read: &onrecord_archive::LogEntry| match read.entry.kind {
        EntryKind::Source => Err("its quote is not at its place".to_owned()),
        EntryKind::Reading => archive
            .body(&read.entry)
            .map(drop)
            .map_err(|error| error.to_string()),
        _ => Ok(()),
    };
    let options = VerifyOptions {
        check: Some(&check),
        ..VerifyOptions::default()
    };
    let report = archive.verify(&options, &mut |_| ());
    let damage: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Damage)
        .collect();
    assert_eq!(damage.len(), 1);
    assert_eq!(damage[0].what, "its quote is not at its place");
    assert_eq!(damage[0].sources, [source]);
}

/// Yesterday's copy of the whole folder is consistent in itself; the device remembers better.
#[test]
fn a_copy_of_yesterday_is_noticed_by_who_has_seen_today() {
    let fixture = Fixture::local();
    add_one(&mut fixture.writer(), "yesterday");
    let copy = fixture.folder.path().join("copy");
    copy_folder(&fixture.objects(), &copy);
    add_one(&mut fixture.writer(), "today");

    let old = Archive::open(onrecord_archive::Store::local(&copy).unwrap()).unwrap();
    let unknowing = old.verify(&VerifyOptions::default(), &mut |_| ());
    assert!(unknowing.is_sound(), "{:?}", unknowing.findings);
    let report = verify(&old, &fixture.device);
    let removed: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Damage)
        .collect();
    assert_eq!(removed.len(), 1, "{removed:#?}");
    assert!(removed[0].what.contains("the log has 3 entries, but had 5"));
    assert!(removed[0].meaning.contains("History was removed"));

    let refused = old.writer(&fixture.device).unwrap_err();
    assert!(
        matches!(
            refused,
            onrecord_archive::Error::HistoryRemoved {
                seen_size: 5,
                found_size: 3,
                ..
            }
        ),
        "{refused}"
    );
}

/// A log of the same length with another history, signed by the same key.
#[test]
fn a_rewritten_history_is_noticed_by_who_has_seen_the_first() {
    let fixture = Fixture::local();
    let copy = fixture.folder.path().join("copy");
    copy_folder(&fixture.objects(), &copy);
    copy_folder(
        &fixture.folder.path().join("device"),
        &fixture.folder.path().join("device copy"),
    );
    add_one(&mut fixture.writer(), "true");

    let other = Device::unlock(&fixture.folder.path().join("device copy"), None).unwrap();
    let archive = Archive::open(onrecord_archive::Store::local(&copy).unwrap()).unwrap();
    let (mut writer, _) = archive.writer(&other).unwrap();
    add_one(&mut writer, "false");
    add_one(&mut writer, "and more");
    assert!(verify(&archive, &other).is_sound());
    let report = verify(&archive, &fixture.device);
    assert!(!report.is_sound());
    assert!(
        report.findings[0]
            .what
            .contains("first 3 entries are not those"),
        "{:#?}",
        report.findings
    );
    assert!(archive.writer(&fixture.device).is_err());
}

/// A log folder that somebody put there is not read, and is pointed at.
#[test]
fn a_log_that_nobody_admitted_is_ignored() {
    let fixture = Fixture::local();
    add_one(&mut fixture.writer(), "text");
    let other = Fixture::local();
    add_one(&mut other.writer(), "false");
    copy_folder(&other.objects().join("log"), &fixture.objects().join("log"));
    let archive = fixture.reopen();
    assert_eq!(all(&archive).len(), 3);
    let report = sound(&archive, &fixture.device);
    assert_eq!(report.worst(), Some(Severity::Warning));
    std::fs::write(fixture.objects().join("notes.txt"), b"mine").unwrap();
    let report = sound(&archive, &fixture.device);
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.object == "notes.txt")
    );
}

pub fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
