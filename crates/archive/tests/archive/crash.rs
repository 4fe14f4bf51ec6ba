//! Killed at every put, answers lost, disk torn: what was acknowledged is there, nothing else is.

use crate::faults::{Fault, Faulty};
use crate::helpers::{add, device, texts};
use crate::verify::sound;
use model::Compartment;
use object_store::ObjectStore;
use object_store::memory::InMemory;
use onrecord_archive::{Archive, Device, Error, Store};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Commits three groups of sources; says which were acknowledged.
fn write(store: Store, device: &Device) -> (Vec<String>, Result<(), Error>) {
    let mut acknowledged = Vec::new();
    let result = (|| {
        let archive = Archive::open(store)?;
        let (mut writer, _) = archive.writer(device)?;
        for group in 0..3 {
            let names: Vec<String> = (0..4)
                .map(|n| format!("group {group} source {n}"))
                .collect();
            let mut commit = writer.commit()?;
            for name in &names {
                add(&mut commit, Compartment::Open, name);
            }
            commit.finish()?;
            acknowledged.extend(names);
        }
        Ok(())
    })();
    (acknowledged, result)
}

/// Kills the writing process at every put there is, and takes up the archive after each.
fn killed(fault: impl Fn(u64) -> Fault) {
    let folder = tempfile::tempdir().unwrap();
    for at in 0.. {
        let device = device(folder.path(), &format!("device {at}"));
        let objects: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let store = Store::over(Arc::clone(&objects), "memory");
        Archive::init(store.clone(), &device).unwrap();
        let faulty = Faulty::new(Arc::clone(&objects), fault(at));
        let (acknowledged, result) = write(Store::over(faulty.clone(), "faulty"), &device);
        if result.is_ok() {
            assert_eq!(acknowledged.len(), 12);
            assert!(at > 10, "there are more puts than {at} in three commits");
            break;
        }

        // Nobody has taken it up yet: a reader sees what was acknowledged and maybe the commit
        // whose checkpoint was the last put, but never a part of a commit.
        let archive = Archive::open(store.clone()).unwrap();
        archive.unlock(&device).unwrap();
        sound(&archive, &device);
        let read = texts(&archive);
        assert!(
            read.starts_with(&acknowledged),
            "put {at}: {acknowledged:?} is not in {read:?}"
        );
        assert!(read.len() - acknowledged.len() == 0 || read.len() - acknowledged.len() == 4);

        // The next writer goes on.
        let (again, result) = write(store, &device);
        result.unwrap();
        archive.refresh().unwrap();
        let all: Vec<String> = read.into_iter().chain(again).collect();
        assert_eq!(texts(&archive), all, "put {at}");
        sound(&archive, &device);
    }
}

#[test]
fn killed_before_each_put() {
    killed(Fault::KilledBefore);
}

#[test]
fn killed_after_each_put() {
    killed(Fault::KilledAfter);
}

#[test]
fn torn_at_each_put() {
    let folder = tempfile::tempdir().unwrap();
    let mut restored = 0;
    for at in 0..24 {
        let device = device(folder.path(), &format!("device {at}"));
        let objects: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let store = Store::over(Arc::clone(&objects), "memory");
        Archive::init(store.clone(), &device).unwrap();
        let faulty = Faulty::new(objects, Fault::TornAt(at));
        let (acknowledged, _) = write(Store::over(faulty, "faulty"), &device);
        // Even a checkpoint that a store has torn is put back as it was acknowledged.
        let archive = Archive::open(store.clone()).unwrap();
        restored += u64::from(archive.writer(&device).unwrap().1.checkpoint_restored);
        let (again, result) = write(store, &device);
        result.unwrap();
        archive.refresh().unwrap();
        let all: Vec<String> = acknowledged.into_iter().chain(again).collect();
        assert_eq!(texts(&archive), all, "put {at}");
        sound(&archive, &device);
    }
    assert_eq!(restored, 3);
}

#[test]
fn lost_answers_make_no_duplicates() {
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path(), "device");
    let faulty = Faulty::new(Arc::new(InMemory::new()), Fault::LostAnswers(25));
    let store = Store::over(faulty.clone(), "faulty");
    let archive = Archive::init(store.clone(), &device).unwrap();
    for _ in 0..6 {
        write(store.clone(), &device).1.unwrap();
    }
    archive.refresh().unwrap();
    archive.unlock(&device).unwrap();
    let read = texts(&archive);
    assert_eq!(read.len(), 72);
    let ids: BTreeSet<_> = crate::helpers::all(&archive)
        .iter()
        .map(|read| read.entry.id)
        .collect();
    assert_eq!(ids.len() as u64, archive.heads()[0].size);
    let unanswered = faulty.unanswered.load(std::sync::atomic::Ordering::SeqCst);
    assert!(
        unanswered * 5 > faulty.puts(),
        "{unanswered} of {} got no answer",
        faulty.puts()
    );
    sound(&archive, &device);
}

/// A commit fails, and the same writer goes on when the store is back.
#[test]
fn a_writer_goes_on_after_an_outage() {
    let folder = tempfile::tempdir().unwrap();
    for from in 0..7 {
        let device = device(folder.path(), &format!("device {from}"));
        let objects: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        Archive::init(Store::over(Arc::clone(&objects), "memory"), &device).unwrap();
        let faulty = Faulty::new(objects, Fault::Outage { from, puts: 30 });
        let archive = Archive::open(Store::over(faulty, "faulty")).unwrap();
        let (mut writer, _) = archive.writer(&device).unwrap();
        let mut expected = Vec::new();
        let mut failed = 0;
        for n in 0..30 {
            let name = format!("source {n}");
            // What there is of a failed commit is moved aside before the next begins, if it can be.
            let Ok(mut commit) = writer.commit() else {
                failed += 1;
                continue;
            };
            add(&mut commit, Compartment::Open, &name);
            match commit.finish() {
                Ok(_) => expected.push(name),
                Err(_) => failed += 1,
            }
        }
        assert!(failed > 0 && expected.len() > 10, "{failed} failed");
        assert_eq!(texts(&archive), expected, "outage from put {from}");
        sound(&archive, &device);
    }
}

#[test]
fn an_init_that_was_interrupted_is_finished_by_the_same_device() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0.. {
        let device = device(folder.path(), &format!("device {at}"));
        let objects: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let faulty = Faulty::new(Arc::clone(&objects), Fault::KilledBefore(at));
        let store = Store::over(objects, "memory");
        if Archive::init(Store::over(faulty, "faulty"), &device).is_ok() {
            assert!(at > 7);
            break;
        }
        let archive = match Archive::init(store.clone(), &device) {
            Ok(archive) => archive,
            Err(error) => panic!("put {at}: {error}"),
        };
        write(store, &device).1.unwrap();
        archive.refresh().unwrap();
        assert_eq!(texts(&archive).len(), 12, "put {at}");
        sound(&archive, &device);
    }
}

/// A local archive whose process is killed is taken up with its staging files and torn objects.
#[test]
fn a_folder_with_leftovers_is_taken_up() {
    let fixture = crate::helpers::Fixture::local();
    crate::helpers::add_one(&mut fixture.writer(), "kept");
    let writer = fixture.device.writer_id(fixture.archive.id());
    let log = fixture.objects().join(format!("log/{writer}"));
    for (name, bytes) in [
        ("tile/0/000.p/9", &b""[..]),
        ("tile/entries/000.p/9", b"torn"),
        ("tile/entries/001", b"torn"),
        ("tile/1/000.p/1", b""),
    ] {
        std::fs::create_dir_all(log.join(name).parent().unwrap()).unwrap();
        std::fs::write(log.join(name), bytes).unwrap();
    }
    let staging = log.join("checkpoint#1");
    std::fs::write(&staging, b"half").unwrap();
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    std::fs::File::options()
        .write(true)
        .open(&staging)
        .unwrap()
        .set_modified(old)
        .unwrap();
    sound(&fixture.archive, &fixture.device);

    let (mut writer, recovery) = fixture.archive.writer(&fixture.device).unwrap();
    assert_eq!((recovery.moved_aside.len(), recovery.swept), (4, 1));
    assert!(!staging.exists() && !log.join("tile/entries/001").exists());
    crate::helpers::add_one(&mut writer, "added");
    assert_eq!(texts(&fixture.reopen()), ["kept", "added"]);
    let report = sound(&fixture.archive, &fixture.device);
    assert!(
        report
            .findings
            .iter()
            .any(|finding| finding.object == "lost/")
    );
}

#[test]
fn a_full_disk_stops_a_commit_and_nothing_acknowledged_is_lost() {
    let objects: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
    let folder = tempfile::tempdir().unwrap();
    let device = device(folder.path(), "device");
    let store = Store::over(objects.clone(), "memory");
    let archive = Archive::init(store.clone(), &device).unwrap();
    let (acknowledged, result) = write(
        Store::over(Faulty::new(objects, Fault::KilledBefore(9)), "full"),
        &device,
    );
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Storage { .. }), "{error}");
    assert_eq!(acknowledged.len(), 4);
    archive.refresh().unwrap();
    assert_eq!(texts(&archive), acknowledged);
}
