//! What we write, checked by the programs that the field checks with.

use crate::pages::settings;
use crate::server::web;
use onrecord_capture::capture;
use std::process::Command;

#[test]
fn warcio_finds_nothing_wrong() {
    let (port, _) = web(false);
    let captured = capture(&format!("http://127.0.0.1:{port}/old"), &settings()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(&captured.name);
    std::fs::write(&path, &captured.bytes).unwrap();
    let Ok(checked) = Command::new("warcio")
        .args(["check", "-v"])
        .arg(&path)
        .output()
    else {
        eprintln!("NOT CHECKED: warcio is missing; tests/tools/install brings it");
        return;
    };
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        checked.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    assert!(said.contains("digest pass"), "{said}");
    assert!(!said.contains("digest failed"), "{said}");
    let listed = Command::new("warcio")
        .args(["index", "-f", "warc-type,http:status"])
        .arg(&path)
        .output()
        .unwrap();
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!(
        listed.matches("\"http:status\": \"200\"").count(),
        7,
        "{listed}"
    );
}

#[test]
fn wacz_validates_the_package() {
    let (port, _) = web(false);
    let captured = capture(&format!("http://127.0.0.1:{port}/old"), &settings()).unwrap();
    let package = captured.wacz("a test").unwrap();
    // Our own reader first: every hash is right, and the same answers come out.
    let ours = read::read(&read::Input {
        bytes: &package,
        name: "page.wacz",
    })
    .unwrap();
    let remarks = ours.remarks.join(" ");
    assert!(
        remarks.contains("all 3 files are what its list states"),
        "{remarks}"
    );
    assert!(remarks.contains("the package is not signed"), "{remarks}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.wacz");
    std::fs::write(&path, &package).unwrap();
    let Ok(checked) = Command::new("wacz")
        .args(["validate", "-f"])
        .arg(&path)
        .output()
    else {
        eprintln!("NOT CHECKED: wacz is missing; tests/tools/install brings it");
        return;
    };
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&checked.stdout),
        String::from_utf8_lossy(&checked.stderr)
    );
    assert!(checked.status.success(), "{said}");
}
