//! Two devices on one archive: admitted, merged, and held to what each has seen of the other.

use crate::helpers::{Fixture, add, add_one, all, device, texts};
use crate::verify::{copy_folder, sound, verify};
use model::Compartment;
use onrecord_archive::{Archive, Device, EntryKind, Error, Severity, Store};

/// An archive with a second device that may read what is open.
fn two() -> (Fixture, Device) {
    let fixture = Fixture::local();
    let second = device(fixture.folder.path(), "second");
    let (vkey, recipient) = (second.vkey(fixture.archive.id()), second.recipient());
    fixture
        .writer()
        .admit(&vkey, &recipient, &[Compartment::Open])
        .unwrap();
    (fixture, second)
}

#[test]
fn both_write_and_both_see_one_order() {
    let (fixture, second) = two();
    let archive = Archive::open(fixture.store.clone()).unwrap();
    let (mut other, recovery) = archive.writer(&second).unwrap();
    assert!(recovery.is_clean());
    let mut own = fixture.writer();
    for n in 0..5 {
        add_one(&mut own, &format!("first {n}"));
        add_one(&mut other, &format!("second {n}"));
    }
    drop((own, other));
    fixture.archive.refresh().unwrap();
    archive.refresh().unwrap();
    let (one, two) = (all(&fixture.archive), all(&archive));
    assert_eq!(one, two);
    assert_eq!(texts(&archive).len(), 10);
    assert!(one.is_sorted_by(|a, b| (a.entry.hlc, a.writer) < (b.entry.hlc, b.writer)));
    // Each wrote after it had seen the other: the order of events is the order of the entries.
    let interleaved = (0..5).flat_map(|n| [format!("first {n}"), format!("second {n}")]);
    assert_eq!(texts(&archive), interleaved.collect::<Vec<_>>());
    assert!(one.iter().any(|read| read.entry.kind == EntryKind::Heads));
    for device in [&fixture.device, &second] {
        let report = sound(&archive, device);
        assert_eq!(report.heads.len(), 2);
    }
}

#[test]
fn an_entry_that_another_program_wrote_since_is_found() {
    let (fixture, second) = two();
    let reading = Archive::open(fixture.store.clone()).unwrap();
    let (mut other, _) = fixture.archive.writer(&second).unwrap();
    add_one(&mut other, "written meanwhile");
    drop(other);
    fixture.archive.refresh().unwrap();
    let written = all(&fixture.archive).pop().unwrap();
    let found = reading.entry(written.writer, written.index).unwrap();
    assert_eq!(found, written);
    assert!(matches!(
        reading.entry(written.writer, written.index + 1_000),
        Err(Error::NoSuchEntry { .. })
    ));
}

#[test]
fn a_member_reads_only_the_compartments_it_was_admitted_to() {
    let (fixture, second) = two();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    add(&mut commit, Compartment::Open, "open");
    add(&mut commit, Compartment::Sealed, "witness");
    commit.finish().unwrap();
    let archive = Archive::open(fixture.store.clone()).unwrap();
    let (mut other, _) = archive.writer(&second).unwrap();
    assert_eq!(texts(&archive), ["open"]);
    let sealed = all(&archive)
        .into_iter()
        .find(|read| read.entry.compartment == Some(Compartment::Sealed));
    let error = archive.body(&sealed.unwrap().entry).unwrap_err();
    assert!(matches!(error, Error::NoKey(Compartment::Sealed)));
    let mut commit = other.commit().unwrap();
    assert!(matches!(
        commit.new_source(Compartment::Sealed),
        Err(Error::NoKey(_))
    ));
}

#[test]
fn nobody_is_admitted_twice_or_with_a_key_that_is_none() {
    let (fixture, second) = two();
    let id = fixture.archive.id();
    let mut writer = fixture.writer();
    let third = device(fixture.folder.path(), "third");
    let to = [Compartment::Open];
    for (vkey, recipient) in [
        (second.vkey(id), second.recipient()),
        (third.vkey(id), second.recipient()),
        (
            third.vkey(onrecord_archive::ArchiveId([1; 16])),
            third.recipient(),
        ),
        (third.vkey(id), "age1nonsense".to_owned()),
        ("nonsense".to_owned(), third.recipient()),
    ] {
        let refused = writer.admit(&vkey, &recipient, &to);
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    }
    writer
        .admit(&third.vkey(id), &third.recipient(), &to)
        .unwrap();
    sound(&fixture.archive, &fixture.device);
}

#[test]
fn a_tail_cut_off_a_log_contradicts_the_other_writer() {
    let (fixture, second) = two();
    let archive = Archive::open(fixture.store.clone()).unwrap();
    let (mut other, _) = archive.writer(&second).unwrap();
    add_one(&mut other, "kept");
    let log = fixture.objects().join(format!("log/{}", other.id()));
    let before = fixture.folder.path().join("before");
    copy_folder(&log, &before);
    add_one(&mut other, "cut off");
    drop(other);
    // The first device writes, and with it puts on record how long the other log was.
    add_one(&mut fixture.writer(), "witness");
    std::fs::remove_dir_all(&log).unwrap();
    copy_folder(&before, &log);

    // A verifier that has seen nothing before learns it from the first log.
    let stranger = Archive::open(fixture.store.clone()).unwrap();
    let report = stranger.verify(&Default::default(), &mut |_| ());
    let removed = report
        .findings
        .iter()
        .find(|finding| finding.severity == Severity::Damage)
        .unwrap();
    assert!(
        removed.meaning.contains("History was removed"),
        "{removed:?}"
    );
    assert!(removed.meaning.contains("entry"), "{removed:?}");
    // The writer that did it is refused, and the other is told.
    assert!(matches!(
        stranger.writer(&second),
        Err(Error::HistoryRemoved { .. })
    ));
    let (_writer, recovery) = stranger.writer(&fixture.device).unwrap();
    assert_eq!(recovery.warnings.len(), 1);
}

#[test]
fn without_the_object_that_admits_it_a_writer_is_missed_and_named() {
    let (fixture, second) = two();
    let archive = Archive::open(fixture.store.clone()).unwrap();
    let (mut other, _) = archive.writer(&second).unwrap();
    add_one(&mut other, "text");
    std::fs::remove_dir_all(fixture.objects().join("member")).unwrap();
    let report = verify(
        &Archive::open(fixture.store.clone()).unwrap(),
        &fixture.device,
    );
    let object = format!("member/{}", other.id());
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.object == object && finding.severity == Severity::Damage)
    );
    // Its log is verified all the same.
    assert_eq!(report.heads.len(), 2);
    assert_eq!(report.sources, 1);
}

/// An entry that names the heads of the others is written when they moved, not each time.
#[test]
fn heads_of_others_are_told_once() {
    let (fixture, second) = two();
    let (mut other, _) = Archive::open(fixture.store.clone())
        .unwrap()
        .writer(&second)
        .unwrap();
    add_one(&mut other, "text");
    for n in 0..4 {
        add_one(&mut fixture.writer(), &n.to_string());
    }
    let told = || {
        let own = all(&fixture.reopen())
            .into_iter()
            .filter(|read| read.writer != other.id());
        own.filter(|read| read.entry.kind == EntryKind::Heads)
            .count()
    };
    assert_eq!(told(), 1);
    drop(other);
    let (mut other, _) = fixture.reopen().writer(&second).unwrap();
    add_one(&mut other, "more");
    add_one(&mut fixture.writer(), "again");
    let told: Vec<_> = all(&fixture.reopen())
        .into_iter()
        .filter(|read| read.entry.kind == EntryKind::Heads)
        .collect();
    assert_eq!(
        told.iter().filter(|read| read.writer != other.id()).count(),
        2
    );
}

/// Readers and a verifier at work while both writers write.
#[test]
fn verify_and_readers_are_not_disturbed_by_writers() {
    let (fixture, second) = two();
    let (mut other, _) = Archive::open(fixture.store.clone())
        .unwrap()
        .writer(&second)
        .unwrap();
    let mut own = fixture.writer();
    std::thread::scope(|scope| {
        let writing = [
            scope.spawn(|| (0..60).for_each(|n| drop(add_one(&mut own, &format!("own {n}"))))),
            scope.spawn(|| (0..60).for_each(|n| drop(add_one(&mut other, &format!("other {n}"))))),
        ];
        let mut rounds = 0;
        while rounds < 5 || writing.iter().any(|thread| !thread.is_finished()) {
            let archive = fixture.reopen();
            let report = archive.verify(&Default::default(), &mut |_| ());
            assert!(report.is_sound(), "{:#?}", report.findings);
            texts(&archive);
            rounds += 1;
        }
    });
    assert_eq!(texts(&fixture.reopen()).len(), 120);
    sound(&fixture.reopen(), &fixture.device);
}

/// Two folders that were apart are merged by copying files.
#[test]
fn logs_that_were_apart_are_merged_by_copying() {
    let (fixture, second) = two();
    let away = fixture.folder.path().join("away");
    copy_folder(&fixture.objects(), &away);
    let field = Archive::open(Store::local(&away).unwrap()).unwrap();
    let (mut other, _) = field.writer(&second).unwrap();
    add_one(&mut other, "in the field");
    add_one(&mut fixture.writer(), "at home");
    drop(other);
    // The copy lays the field's older checkpoint over the one at home; the device at home knows
    // better, and all that its own checkpoint covers is still there.
    copy_folder(&away, &fixture.objects());
    assert!(matches!(
        fixture.archive.refresh(),
        Err(Error::HistoryRemoved { .. })
    ));
    let (_, recovery) = fixture.archive.writer(&fixture.device).unwrap();
    assert!(recovery.checkpoint_restored);
    copy_folder(&fixture.objects(), &away);
    for archive in [&fixture.archive, &field] {
        archive.refresh().unwrap();
        sound(archive, &fixture.device);
        sound(archive, &second);
        let mut read = texts(archive);
        read.sort();
        assert_eq!(read, ["at home", "in the field"]);
    }
    assert_eq!(all(&fixture.archive), all(&field));
}
