//! Words in pictures (`ocr_data/make.sh`), where Tesseract is installed; without it these tests say
//! so loudly. The cage and the reader are `examples/worker.rs`.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use model::{CharIndex, Reading};
use onrecord_read::ocr::{self, Tesseract};
use onrecord_read::{Input, Limits, Workers};
use std::path::{Path, PathBuf};

/// The worker program of `examples/worker.rs`, which Cargo builds along with all tests.
fn program() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    if path.ends_with("deps") {
        path.pop();
    }
    path.join("examples")
        .join(format!("worker{}", std::env::consts::EXE_SUFFIX))
}

/// Tesseract and workers; `None`, said loudly, where Tesseract is missing.
fn tools() -> Option<(Tesseract, Workers)> {
    let Some(tesseract) = installed() else {
        eprintln!("NOT TESTED: Tesseract is missing; tests/tools/install brings it");
        return None;
    };
    let cage = (program(), vec!["ocr-cage".to_owned()]);
    let tesseract = Tesseract::at(&tesseract, cage).unwrap();
    let workers = Workers::start(program(), Vec::new(), 1, Limits::default()).unwrap();
    Some((tesseract, workers))
}

fn installed() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join("tesseract"));
    places.find(|place| place.is_file())
}

fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ocr_data");
    std::fs::read(folder.join(name)).unwrap()
}

fn read(name: &str, tesseract: &Tesseract, workers: &Workers) -> Reading {
    let bytes = data(name);
    let input = Input {
        bytes: &bytes,
        name,
    };
    let media_type = onrecord_read::media_type(name, &bytes);
    match workers.read(&input) {
        // Without OCR it waits, and says so.
        Err(unread) => assert!(ocr::is_wanted(&media_type, &unread), "{}", unread.reason),
        Ok(fields) => {
            let fields: Reading = model::from_cbor(&fields).unwrap();
            assert!(ocr::is_of_fields(&fields.reader), "{:?}", fields.reader);
            let said = fields.remarks.join(" ");
            assert!(said.contains("taken 2013-03-21 10:00:00"), "{said}");
            assert!(
                said.contains("Camera 1") && said.contains("41 deg"),
                "{said}"
            );
        }
    }
    tesseract.read(&input, &media_type, workers).unwrap()
}

#[test]
fn words_of_pictures_keep_their_places() {
    let Some((tesseract, workers)) = tools() else {
        return;
    };
    let (tesseract, workers) = (&tesseract, &workers);
    for name in ["page.png", "page.jpg", "pages.tiff", "page.webp"] {
        let reading = read(name, tesseract, workers);
        assert!(
            reading
                .text
                .contains("Guards beat prisoners at the camp of Hwasong"),
            "{name}: {}",
            reading.text
        );
        assert!(
            reading.remarks[0].starts_with("Read by OCR (Tesseract "),
            "{:?}",
            reading.remarks
        );
        assert_eq!(reading.reader.name, "ocr");
        let chars = CharIndex::new(&reading.text);
        let places = &reading.words;
        assert!(places.len() > 20, "{}", places.len());
        assert!(places.windows(2).all(|two| two[0].to <= two[1].from));
        let word = |text: &str| {
            let at = |place: &&model::WordPlace| {
                chars.slice(&reading.text, model::Span::new(place.from, place.to)) == Some(text)
            };
            *places.iter().find(at).unwrap()
        };
        let (guards, nobody) = (word("Guards"), word("nobody"));
        assert!(
            guards.left < nobody.left && guards.bottom < nobody.top,
            "{guards:?} {nobody:?}"
        );
        assert!(guards.confidence > 50, "{guards:?}");
        if tesseract.languages.iter().any(|language| language == "kor") && name == "page.png" {
            assert!(
                reading.text.contains("수용소에서 수감자들을 때렸다."),
                "{}",
                reading.text
            );
        }
    }
    let pages = read("pages.tiff", tesseract, workers);
    assert_eq!(pages.words.last().unwrap().page, 2);
}

#[test]
fn scanned_pages_are_read() {
    let Some((tesseract, workers)) = tools() else {
        return;
    };
    let (tesseract, workers) = (&tesseract, &workers);
    let reading = read("scan.pdf", tesseract, workers);
    assert!(
        reading
            .text
            .contains("Guards beat prisoners at the camp of Hwasong"),
        "{}",
        reading.text
    );
    let twice = reading.text.matches("She counted nine lorries").count();
    assert_eq!(twice, 2, "on both pages: {}", reading.text);
    let at = reading.text.rfind("nine lorries").unwrap();
    let at = reading.text[..at].chars().count() as u32;
    assert_eq!(reading.page_at(at), Some(2));
}

#[test]
fn bad_pictures_are_refused() {
    let Some((tesseract, workers)) = tools() else {
        return;
    };
    let (tesseract, workers) = (&tesseract, &workers);
    let whole = data("page.png");
    let mut broken = whole[..whole.len() / 3].to_vec();
    broken.extend_from_slice(&[0x55; 300]);
    let answer = |name: &str, bytes: &[u8]| {
        let media_type = onrecord_read::media_type(name, bytes);
        assert!(ocr::is_picture(&media_type), "{media_type}");
        tesseract.read(&Input { bytes, name }, &media_type, workers)
    };
    // Whatever Tesseract makes of a picture that breaks off: an answer in words, or words.
    if let Err(unread) = answer("page.png", &broken) {
        assert!(unread.reason.contains("OCR"), "{}", unread.reason);
    }
    let unread = answer("page.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0 nothing").unwrap_err();
    assert!(unread.reason.starts_with("OCR failed"), "{}", unread.reason);
    assert!(!ocr::found_no_words(&unread.reason));
}

#[test]
fn a_picture_without_words_is_said_to_have_none() {
    let Some((tesseract, workers)) = tools() else {
        return;
    };
    let bytes = data("empty.webp");
    let input = Input {
        bytes: &bytes,
        name: "empty.webp",
    };
    let waits = workers.read(&input).unwrap_err();
    assert!(ocr::is_wanted("image/webp", &waits), "{}", waits.reason);
    let unread = tesseract.read(&input, "image/webp", &workers).unwrap_err();
    assert!(ocr::found_no_words(&unread.reason), "{}", unread.reason);
    assert!(unread.reader.as_ref().is_some_and(ocr::is_by_ocr));
}

/// What runs in the cage reads no file outside the system's, and opens no connection.
#[test]
fn the_cage_holds() {
    let folder = tempfile_in_target();
    let secret = folder.join("secret.txt");
    std::fs::write(&secret, "a name").unwrap();
    let run = |caged: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(program());
        command.arg("ocr-cage").arg(caged).args(arguments);
        command.output().unwrap()
    };
    assert_eq!(
        run("/bin/echo", &["here"]).stdout,
        b"here\n",
        "programs run"
    );
    let landlock = onrecord_read::sandbox().protections;
    if landlock
        .iter()
        .any(|protection| protection.name == "Landlock" && protection.active)
    {
        let read = run("/bin/cat", &[secret.to_str().unwrap()]);
        assert!(!read.status.success() && read.stdout.is_empty(), "{read:?}");
        let written = run(
            "/bin/cp",
            &["/bin/true", folder.join("copy").to_str().unwrap()],
        );
        assert!(!written.status.success() && !folder.join("copy").exists());
    } else {
        eprintln!("NOT TESTED: this kernel has no Landlock");
    }
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let to = format!(
        "/dev/tcp/127.0.0.1/{}",
        listener.local_addr().unwrap().port()
    );
    let script = format!("exec 3<>{to} && echo reached");
    let free = std::process::Command::new("/bin/bash")
        .args(["-c", &script])
        .output();
    let reaches = free.is_ok_and(|free| free.stdout == b"reached\n");
    assert!(
        reaches,
        "without the cage it gets through: else this shows nothing"
    );
    let asked = run("/bin/bash", &["-c", &script]);
    assert!(
        !asked.status.success() && asked.stdout.is_empty(),
        "{asked:?}"
    );
    std::fs::remove_dir_all(&folder).unwrap();
}

fn tempfile_in_target() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("ocr-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
