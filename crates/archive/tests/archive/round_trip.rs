//! What was put on record comes back, from another process too.

use crate::helpers::{Fixture, add, add_one, all, device, texts};
use model::Compartment;
use onrecord_archive::{
    Archive, Device, EntryKind, Error, Position, Protection, SecretString, Store,
};
use std::io::{Read, Seek, SeekFrom};

#[test]
fn sources_of_one_commit_come_back_in_order() {
    for fixture in [Fixture::memory(), Fixture::local()] {
        let mut writer = fixture.writer();
        let mut commit = writer.commit().unwrap();
        let names: Vec<String> = (0..300).map(|n| format!("source number {n}")).collect();
        for name in &names {
            add(&mut commit, Compartment::Restricted, name);
        }
        let receipt = commit.finish().unwrap();
        assert_eq!((receipt.first_index, receipt.size), (1, 601));

        let archive = fixture.reopen();
        assert_eq!(texts(&archive), names);
        let entries = all(&archive);
        assert_eq!(entries[0].entry.kind, EntryKind::Genesis);
        assert_eq!(
            archive.body(&entries[1].entry).unwrap(),
            names[0].as_bytes()
        );
        let reading = archive.blob_bytes(&entries[600].entry, 0, 100).unwrap();
        assert_eq!(reading, names[299].to_uppercase().as_bytes());
        assert!(entries.is_sorted_by_key(|read| read.entry.hlc));
    }
}

#[test]
fn a_second_commit_continues_the_first_and_a_position_gives_only_what_is_new() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let (first, _) = add_one(&mut writer, "first");
    let position = fixture.archive.position();
    let (_, receipt) = add_one(&mut writer, "second");
    assert_eq!((receipt.first_index, receipt.size), (3, 5));
    drop(writer);

    // A later process adds to a source that is on record, by its id alone.
    let archive = fixture.reopen();
    let (mut writer, _) = archive.writer(&fixture.device).unwrap();
    let mut commit = writer.commit().unwrap();
    commit
        .entry(EntryKind::Decision, first, b"accepted", &[])
        .unwrap();
    commit
        .general_entry(EntryKind::Note, Compartment::Sealed, b"a note")
        .unwrap();
    commit.finish().unwrap();

    let new: Vec<_> = archive.entries(&position).map(Result::unwrap).collect();
    let kinds: Vec<_> = new.iter().map(|read| read.entry.kind).collect();
    use EntryKind::{Decision, Note, Reading, Source};
    assert_eq!(kinds, [Source, Reading, Decision, Note]);
    assert_eq!(new[2].entry.subject, Some(first));
    assert_eq!(archive.body(&new[2].entry).unwrap(), b"accepted");
    assert_eq!(archive.body(&new[3].entry).unwrap(), b"a note");
    let mut entries = archive.entries(&position);
    assert_eq!(entries.by_ref().count(), 4);
    assert_eq!(entries.position(), archive.position());
    assert_eq!(archive.entries(&archive.position()).count(), 0);
}

#[test]
fn a_body_of_any_size_comes_back() {
    let fixture = Fixture::memory();
    let mut writer = fixture.writer();
    let bodies: Vec<Vec<u8>> = [0, 1, 4096, 4097, 200_000].map(|n| vec![b'x'; n]).into();
    let mut commit = writer.commit().unwrap();
    for body in &bodies {
        commit
            .general_entry(EntryKind::Note, Compartment::Open, body)
            .unwrap();
    }
    commit.finish().unwrap();
    let archive = fixture.reopen();
    let read: Vec<_> = all(&archive)[1..]
        .iter()
        .map(|read| archive.body(&read.entry).unwrap())
        .collect();
    assert_eq!(read, bodies);
}

#[test]
fn a_blob_larger_than_a_segment_comes_back_and_can_be_entered_anywhere() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let size = 70 << 20;
    let byte = |at: u64| (at ^ (at >> 8) ^ (at >> 16)) as u8;
    let plain: Vec<u8> = (0..size).map(byte).collect();
    let mut commit = writer.commit().unwrap();
    let before = commit.new_source(Compartment::Open).unwrap();
    let small = commit.blob(before, b"small".as_slice()).unwrap();
    let large = commit.blob(before, plain.as_slice()).unwrap();
    commit
        .entry(EntryKind::Source, before, b"", &[small, large])
        .unwrap();
    commit.finish().unwrap();

    let archive = fixture.reopen();
    let entry = &all(&archive)[1].entry;
    assert_eq!(entry.blobs[1].len(), 3);
    let mut reader = archive.blob(entry, 1).unwrap();
    assert_eq!(reader.plain_len(), size);
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == plain);
    let mut one = [0];
    for at in [0, 1, 65_535, 65_536, (32 << 20) - 3, 32 << 20, size - 1] {
        reader.seek(SeekFrom::Start(at)).unwrap();
        reader.read_exact(&mut one).unwrap();
        assert_eq!(one[0], byte(at), "byte {at}");
    }
    assert!(matches!(
        archive.blob_bytes(entry, 1, 100),
        Err(Error::TooLarge { .. })
    ));
    assert_eq!(archive.blob_bytes(entry, 0, 100).unwrap(), b"small");
}

#[test]
fn many_threads_read_at_once() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    for group in 0..6 {
        let mut commit = writer.commit().unwrap();
        for n in 0..40 {
            add(
                &mut commit,
                Compartment::Open,
                &format!("source {group} {n}"),
            );
        }
        commit.finish().unwrap();
    }
    let archive = fixture.reopen();
    let entries = all(&archive);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (archive, entries) = (&archive, &entries);
            scope.spawn(move || {
                for read in entries
                    .iter()
                    .skip(1 + thread * 100)
                    .chain(entries.iter().skip(1))
                {
                    let text = archive.blob_bytes(&read.entry, 0, 100).unwrap();
                    assert!(text.to_ascii_lowercase().starts_with(b"source "));
                }
            });
        }
    });
}

#[test]
fn nothing_is_read_without_the_keys() {
    let fixture = Fixture::memory();
    add_one(&mut fixture.writer(), "text");
    let locked = Archive::open(fixture.store.clone()).unwrap();
    let entry = all(&locked)[1].entry.clone();
    assert!(matches!(
        locked.body(&entry),
        Err(Error::NoKey(Compartment::Open))
    ));
    assert!(matches!(
        locked.blob_bytes(&entry, 0, 99),
        Err(Error::NoKey(_))
    ));
    let stranger = device(fixture.folder.path(), "stranger");
    assert!(matches!(
        locked.unlock(&stranger),
        Err(Error::NotAdmitted(_))
    ));
    assert!(matches!(
        locked.writer(&stranger),
        Err(Error::NotAdmitted(_))
    ));
}

#[test]
fn what_is_no_archive_or_a_newer_one_is_refused_in_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &std::path::Path| Archive::open(Store::local(path).unwrap()).map(drop);
    assert!(matches!(open(folder.path()), Err(Error::NotAnArchive(_))));
    assert!(matches!(
        open(&folder.path().join("absent")),
        Err(Error::NotAnArchive(_))
    ));
    assert!(!folder.path().join("absent").exists());

    let fixture = Fixture::local();
    let again = Archive::init(fixture.store.clone(), &fixture.device).map(drop);
    assert!(matches!(again, Err(Error::AlreadyAnArchive(_))));
    let manifest = fixture.objects().join("onrecord.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(
        &manifest,
        text.replace("\"format\": 1", "\"format\": 2, \"more\": []"),
    )
    .unwrap();
    let error = open(&fixture.objects()).unwrap_err();
    assert!(matches!(error, Error::NewerFormat { found: 2, known: 1 }));
    assert!(error.to_string().contains("newer version"));
}

#[test]
fn an_identity_opens_with_its_passphrase_only() {
    let folder = tempfile::tempdir().unwrap();
    let pass = |text: &str| SecretString::from(text.to_owned());
    let made = Device::create(folder.path(), Protection::Passphrase(pass("right"))).unwrap();
    assert!(Device::is_protected(folder.path()).unwrap());
    let wrong = Device::unlock(folder.path(), Some(pass("wrong")));
    assert!(matches!(wrong, Err(Error::WrongPassphrase)));
    assert!(matches!(
        Device::unlock(folder.path(), None),
        Err(Error::PassphraseNeeded)
    ));
    let opened = Device::unlock(folder.path(), Some(pass("right"))).unwrap();
    assert_eq!(opened.recipient(), made.recipient());
    assert_eq!(opened.view_key(), made.view_key());
    let again = Device::create(folder.path(), Protection::None);
    assert!(matches!(again, Err(Error::DeviceExists(_))));
    let file = folder.path().join("identity.age");
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let cut = Device::unlock(folder.path(), Some(pass("right")));
    assert!(matches!(cut, Err(Error::DeviceDamaged { .. })), "{cut:?}");
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(
        Device::unlock(empty.path(), None),
        Err(Error::NoDevice(_))
    ));
}

#[cfg(unix)]
#[test]
fn an_identity_without_passphrase_is_for_its_user_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    device(folder.path(), "device");
    let file = folder.path().join("device/identity.unprotected");
    assert_eq!(
        std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn one_writer_at_a_time() {
    let fixture = Fixture::memory();
    let writer = fixture.writer();
    assert!(matches!(
        fixture.archive.writer(&fixture.device),
        Err(Error::Locked(_))
    ));
    drop(writer);
    fixture.writer();
}

#[test]
fn a_failed_read_takes_back_its_source_and_nothing_else() {
    struct Failing(usize);
    impl Read for Failing {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let n = out.len().min(self.0);
            self.0 -= n;
            if n == 0 {
                Err(std::io::Error::other("unreadable"))
            } else {
                Ok(n)
            }
        }
    }
    let fixture = Fixture::memory();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    add(&mut commit, Compartment::Open, "one");
    let failing = commit.new_source(Compartment::Open).unwrap();
    assert!(matches!(
        commit.blob(failing, Failing(200_000)),
        Err(Error::Input(_))
    ));
    add(&mut commit, Compartment::Open, "two");
    commit.finish().unwrap();
    assert_eq!(texts(&fixture.reopen()), ["one", "two"]);
}

#[test]
fn a_source_begins_with_the_entry_that_introduces_it() {
    let fixture = Fixture::memory();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    let source = commit.new_source(Compartment::Open).unwrap();
    assert!(matches!(
        commit.entry(EntryKind::Reading, source, b"", &[]),
        Err(Error::Invalid { .. })
    ));
    commit.entry(EntryKind::Source, source, b"", &[]).unwrap();
    assert!(matches!(
        commit.entry(EntryKind::Source, source, b"", &[]),
        Err(Error::Invalid { .. })
    ));
    let nobody = model::SourceId::new(1, [1; 10]);
    assert!(matches!(
        commit.blob(nobody, b"".as_slice()),
        Err(Error::NoSuchSource(_))
    ));
}

#[test]
fn a_commit_that_is_dropped_or_empty_leaves_nothing() {
    let fixture = Fixture::memory();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    add(&mut commit, Compartment::Open, "dropped");
    drop(commit);
    let receipt = writer.commit().unwrap().finish().unwrap();
    assert_eq!((receipt.first_index, receipt.size), (1, 1));
    add_one(&mut writer, "kept");
    assert_eq!(texts(&fixture.reopen()), ["kept"]);
}

/// C2SP tlog-tiles permits to delete a partial tile once the full one is there, and no sooner.
#[test]
fn partial_tiles_stay_until_the_full_one_is_signed() {
    let fixture = Fixture::local();
    let mut writer = fixture.writer();
    let entries = fixture
        .objects()
        .join(format!("log/{}/tile/entries", writer.id()));
    for n in 0..3 {
        add_one(&mut writer, &n.to_string());
    }
    let partials = || std::fs::read_dir(entries.join("000.p")).map_or(0, Iterator::count);
    assert_eq!(partials(), 4);
    let mut commit = writer.commit().unwrap();
    for n in 0..125 {
        add(&mut commit, Compartment::Open, &n.to_string());
    }
    commit.finish().unwrap();
    assert!(entries.join("000").exists() && entries.join("001.p/1").exists());
    assert_eq!(partials(), 0);
    assert_eq!(texts(&fixture.reopen()).len(), 128);
}

#[test]
fn an_archive_that_lost_its_manifest_is_opened_from_its_log() {
    let fixture = Fixture::local();
    let (source, _) = add_one(&mut fixture.writer(), "text");
    std::fs::remove_file(fixture.objects().join("onrecord.json")).unwrap();
    assert!(matches!(
        Archive::open(fixture.store.clone()),
        Err(Error::NotAnArchive(_))
    ));
    let archive = Archive::open_without_manifest(fixture.store.clone()).unwrap();
    archive.unlock(&fixture.device).unwrap();
    assert_eq!(all(&archive)[1].entry.subject, Some(source));
    assert_eq!(texts(&archive), ["text"]);
    let report = crate::verify::verify(&archive, &fixture.device);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].object, "onrecord.json");
    assert!(!report.is_sound());
}

#[test]
fn unknown_kinds_survive() {
    let fixture = Fixture::memory();
    let mut writer = fixture.writer();
    let mut commit = writer.commit().unwrap();
    commit
        .general_entry(EntryKind::Other(4711), Compartment::Open, b"later")
        .unwrap();
    commit.finish().unwrap();
    let archive = fixture.reopen();
    let read = archive
        .entries(&Position::default())
        .last()
        .unwrap()
        .unwrap();
    assert_eq!(read.entry.kind, EntryKind::Other(4711));
    assert_eq!(archive.body(&read.entry).unwrap(), b"later");
}
