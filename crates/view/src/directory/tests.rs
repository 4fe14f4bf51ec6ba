//! What tantivy expects of a directory, and what we expect of an encrypted one.
#![allow(clippy::unwrap_used)]

use super::sealed::BLOCK;
use super::*;
use proptest::prelude::*;
use tantivy::HasLen;
use tantivy::directory::TerminatingWrite;

fn directory(folder: &Path) -> EncryptedDirectory {
    EncryptedDirectory::open(folder, &[7; 32], 1 << 20).unwrap()
}

fn write(directory: &EncryptedDirectory, name: &str, bytes: &[u8]) {
    let mut writer = directory.open_write(Path::new(name)).unwrap();
    writer.write_all(bytes).unwrap();
    writer.terminate().unwrap();
}

fn read(directory: &EncryptedDirectory, name: &str) -> io::Result<Vec<u8>> {
    let slice = directory
        .open_read(Path::new(name))
        .map_err(io::Error::other)?;
    Ok(slice.read_bytes()?.as_slice().to_vec())
}

#[test]
fn a_file_is_written_once_read_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let directory = directory(folder.path());
    let name = Path::new("some.idx");
    assert!(!directory.exists(name).unwrap());
    assert!(directory.open_read(name).is_err());
    let mut writer = directory.open_write(name).unwrap();
    assert!(directory.exists(name).unwrap());
    assert!(matches!(
        directory.open_write(name),
        Err(OpenWriteError::FileAlreadyExists(_))
    ));
    writer.write_all(&[4]).unwrap();
    writer.write_all(&[3, 7, 3, 5]).unwrap();
    writer.terminate().unwrap();
    assert!(directory.open_write(name).is_err());
    let slice = directory.open_read(name).unwrap();
    assert_eq!(slice.len(), 5);
    assert!(directory.delete(name).is_ok());
    // What is open stays readable, as tantivy's searchers need.
    assert_eq!(slice.read_bytes().unwrap().as_slice(), &[4, 3, 7, 3, 5]);
    assert!(matches!(
        directory.delete(name),
        Err(DeleteError::FileDoesNotExist(_))
    ));
    assert!(!directory.exists(name).unwrap());
}

#[test]
fn atomic_files_are_replaced_and_watchers_hear_of_meta() {
    let folder = tempfile::tempdir().unwrap();
    let directory = directory(folder.path());
    let (send, heard) = std::sync::mpsc::channel();
    let handle = directory
        .watch(WatchCallback::new(move || {
            let _ = send.send(());
        }))
        .unwrap();
    assert!(matches!(
        directory.atomic_read(Path::new(META)),
        Err(OpenReadError::FileDoesNotExist(_))
    ));
    for text in ["one", "", "three words here"] {
        directory
            .atomic_write(Path::new(META), text.as_bytes())
            .unwrap();
        assert_eq!(
            directory.atomic_read(Path::new(META)).unwrap(),
            text.as_bytes()
        );
        heard
            .recv_timeout(std::time::Duration::from_secs(5))
            .unwrap();
    }
    drop(handle);
    directory
        .atomic_write(Path::new(".managed.json"), b"[]")
        .unwrap();
    assert_eq!(
        directory.atomic_read(Path::new(".managed.json")).unwrap(),
        b"[]"
    );
    directory.sync_directory().unwrap();
}

#[test]
fn locks_exclude_and_are_freed() {
    let folder = tempfile::tempdir().unwrap();
    let directory = directory(folder.path());
    let lock = |name: &str| Lock {
        filepath: PathBuf::from(name),
        is_blocking: false,
    };
    let held = directory.acquire_lock(&lock("a.lock")).unwrap();
    assert!(directory.acquire_lock(&lock("b.lock")).is_ok());
    assert!(matches!(
        directory.acquire_lock(&lock("a.lock")),
        Err(LockError::LockBusy)
    ));
    drop(held);
    assert!(directory.acquire_lock(&lock("a.lock")).is_ok());

    let held = directory.acquire_lock(&lock("a.lock")).unwrap();
    let waits = directory.clone();
    let waiting = std::thread::spawn(move || {
        let blocking = Lock {
            filepath: PathBuf::from("a.lock"),
            is_blocking: true,
        };
        waits.acquire_lock(&blocking).is_ok()
    });
    std::thread::sleep(std::time::Duration::from_millis(50));
    assert!(!waiting.is_finished());
    drop(held);
    assert!(waiting.join().unwrap());
}

#[test]
fn no_plain_byte_reaches_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let directory = directory(folder.path());
    write(
        &directory,
        "seg.term",
        "testimony ".repeat(20_000).as_bytes(),
    );
    directory
        .atomic_write(Path::new(META), b"testimony")
        .unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"testimony"));
    }
}

/// Any flipped bit, any cut, any growth, any exchange of two files is found when it is read.
#[test]
fn what_was_changed_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let whole: Vec<u8> = (0..2 * BLOCK + 100).map(|at| (at % 251) as u8).collect();
    write(&directory(folder.path()), "a.pos", &whole);
    write(&directory(folder.path()), "b.pos", &whole);
    let path = folder.path().join("a.pos");
    let stored = fs::read(&path).unwrap();
    // A directory made anew has an empty cache.
    let read_it = || read(&directory(folder.path()), "a.pos");
    assert_eq!(read_it().unwrap(), whole);
    for at in (0..stored.len())
        .step_by(997)
        .chain([0, 8, 31, stored.len() - 1])
    {
        let mut flipped = stored.clone();
        flipped[at] ^= 1;
        fs::write(&path, &flipped).unwrap();
        assert!(read_it().is_err(), "a flipped bit at {at} was not found");
    }
    let block = BLOCK + 16;
    for cut in [
        0,
        1,
        31,
        32,
        40,
        48,
        32 + block,
        32 + 2 * block,
        stored.len() - 1,
    ] {
        fs::write(&path, &stored[..cut]).unwrap();
        assert!(read_it().is_err(), "a cut at {cut} was not found");
    }
    let mut grown = stored.clone();
    grown.extend_from_slice(&stored[32..32 + block]);
    fs::write(&path, &grown).unwrap();
    assert!(read_it().is_err());
    let mut swapped = stored.clone();
    swapped[32..32 + block].copy_from_slice(&stored[32 + block..32 + 2 * block]);
    fs::write(&path, &swapped).unwrap();
    assert!(read_it().is_err());
    fs::copy(folder.path().join("b.pos"), &path).unwrap();
    assert!(
        read_it().is_err(),
        "another file under this name was not found"
    );
    fs::write(&path, &stored).unwrap();
    assert_eq!(read_it().unwrap(), whole);
    let other = EncryptedDirectory::open(folder.path(), &[8; 32], 1 << 20).unwrap();
    assert!(read(&other, "a.pos").is_err(), "another key opened it");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_stretch_reads_as_it_was_written(
        len in prop_oneof![0usize..200, BLOCK - 2..BLOCK + 3, 0usize..6 * BLOCK],
        pieces in proptest::collection::vec(1usize..50_000, 1..6),
        stretches in proptest::collection::vec((0usize..6 * BLOCK, 0usize..6 * BLOCK), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let directory = directory(folder.path());
        let bytes: Vec<u8> = (0..len).map(|at| (at * 7 % 253) as u8).collect();
        let mut writer = directory.open_write(Path::new("x.fast")).unwrap();
        let mut rest = &bytes[..];
        for piece in pieces.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at((*piece).min(rest.len()));
            writer.write_all(now).unwrap();
            rest = later;
        }
        writer.terminate().unwrap();
        let slice = directory.open_read(Path::new("x.fast")).unwrap();
        prop_assert_eq!(slice.len(), len);
        for (from, to) in stretches {
            let (from, to) = (from.min(len), to.min(len));
            if from <= to {
                let read = slice.read_bytes_slice(from..to).unwrap();
                prop_assert_eq!(read.as_slice(), &bytes[from..to]);
            }
        }
    }
}
