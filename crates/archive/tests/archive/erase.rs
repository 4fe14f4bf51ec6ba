//! A source's key destroyed: nobody reads the source, everything still verifies.

use crate::helpers::{Fixture, add, add_one, all, texts};
use crate::verify::{sound, verify};
use model::Compartment;
use onrecord_archive::{EntryKind, Error, Severity};

#[test]
fn an_erased_source_is_gone_and_the_log_still_verifies() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    let sources: Vec<_> = ["one", "two", "three"]
        .map(|text| add(&mut commit, Compartment::Sealed, text))
        .into();
    commit.finish().unwrap();
    let before: Vec<_> = std::fs::read_dir(fixture.objects().join("key/source"))
        .unwrap()
        .collect();
    assert_eq!(before.len(), 1);

    let archive = fixture.archive.clone();
    archive
        .erase(&mut writer, sources[1], "consent withdrawn")
        .unwrap();
    for archive in [&archive, &fixture.reopen()] {
        assert_eq!(texts(archive), ["one", "three"]);
        let entries = all(archive);
        assert!(
            matches!(archive.body(&entries[3].entry), Err(Error::Erased(source)) if source == sources[1])
        );
        let erasure = &entries.last().unwrap().entry;
        assert_eq!(erasure.kind, EntryKind::Erasure);
        assert_eq!(archive.body(erasure).unwrap(), b"consent withdrawn");
    }
    let after: Vec<_> = std::fs::read_dir(fixture.objects().join("key/source"))
        .unwrap()
        .collect();
    assert_eq!(after.len(), 1);
    let report = sound(&archive, &fixture.device);
    assert_eq!((report.sources, report.erased), (3, 1));
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.sources == [sources[1]] && finding.what.contains("destroyed"))
    );

    // Another one of the same bundle, and the same one again.
    archive
        .erase(&mut writer, sources[0], "consent withdrawn")
        .unwrap();
    archive.erase(&mut writer, sources[0], "again").unwrap();
    assert_eq!(texts(&fixture.reopen()), ["three"]);
    let report = sound(&archive, &fixture.device);
    assert_eq!(report.erased, 2);
    let mut commit = writer.commit().unwrap();
    assert!(matches!(
        commit.entry(EntryKind::Note, sources[0], b"", &[]),
        Err(Error::Erased(_))
    ));
    drop(commit);
    let nobody = model::SourceId::new(1, [1; 10]);
    assert!(matches!(
        archive.erase(&mut writer, nobody, ""),
        Err(Error::NoSuchSource(_))
    ));
}

#[test]
fn an_erasure_that_was_interrupted_is_finished() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let (source, _) = add_one(&mut writer, "text");
    let keys = fixture.objects().join("key/source");
    let first = std::fs::read_dir(&keys)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let bytes = std::fs::read(&first).unwrap();
    fixture.archive.erase(&mut writer, source, "").unwrap();
    drop(writer);
    // The power went before the old keys were deleted; or a backup brought them back.
    std::fs::write(&first, bytes).unwrap();
    let report = sound(&fixture.archive, &fixture.device);
    assert_eq!(report.worst(), Some(Severity::Warning));
    let (_writer, recovery) = fixture.archive.writer(&fixture.device).unwrap();
    assert_eq!(recovery.erasures_finished, 1);
    assert!(!first.exists());
    assert!(texts(&fixture.reopen()).is_empty());
}

/// A second erasure in a bundle broke off before its entry was on record: nothing is erased by it.
#[test]
fn an_erasure_that_was_never_acknowledged_destroys_nothing() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    let sources: Vec<_> = ["one", "two", "three"]
        .map(|text| add(&mut commit, Compartment::Sealed, text))
        .into();
    commit.finish().unwrap();
    fixture.archive.erase(&mut writer, sources[0], "").unwrap();
    drop(writer);
    // What its first step would have left: the next generation. Here it holds no key at all.
    let keys = fixture.objects().join("key/source");
    let second = std::fs::read_dir(&keys).unwrap().next().unwrap();
    let second = second.unwrap().path();
    let mut bytes = std::fs::read(&second).unwrap();
    // CBOR: array(4), version, bytes(16), generation 2, array of items.
    assert_eq!(bytes[19], 2);
    bytes.truncate(19);
    bytes.extend([3, 0x80]);
    std::fs::write(second.with_extension("3"), bytes).unwrap();

    assert_eq!(texts(&fixture.reopen()), ["two", "three"]);
    let report = sound(&fixture.archive, &fixture.device);
    assert_eq!((report.erased, report.worst()), (1, Some(Severity::Note)));
    let archive = fixture.reopen();
    let mut writer = fixture.writer();
    archive.erase(&mut writer, sources[1], "").unwrap();
    assert_eq!(texts(&fixture.reopen()), ["three"]);
    assert_eq!(sound(&archive, &fixture.device).erased, 2);
}

/// A key that is gone without an entry that says so was not erased, but lost.
#[test]
fn a_missing_key_without_an_erasure_is_damage() {
    let fixture = Fixture::local();
    let (source, _) = add_one(&mut fixture.writer(), "text");
    std::fs::remove_dir_all(fixture.objects().join("key/source")).unwrap();
    let report = verify(&fixture.archive, &fixture.device);
    let damage = report
        .findings
        .iter()
        .find(|finding| finding.severity == Severity::Damage)
        .unwrap();
    assert_eq!(damage.sources, [source]);
    assert_eq!(damage.what, "it is missing");
}
