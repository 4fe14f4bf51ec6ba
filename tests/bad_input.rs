//! Bad input: a clear message, no panic, nothing lost.

use crate::support::Place;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

/// The reason for which the only source of an archive was not read.
fn unread(place: &Place) -> String {
    let sources = place.json(&["list", "--unread"]);
    assert_eq!(sources.len(), 1, "{sources:?}");
    sources[0]["unread"]["reason"].as_str().unwrap().to_owned()
}

#[test]
fn an_empty_file() {
    let place = Place::with_archive();
    place.write("empty.txt", b"");
    place.ok(&["add", "empty.txt"]);
    assert!(unread(&place).contains("empty"));
    place.ok(&["verify"]);
}

#[test]
fn a_large_file_of_zeros_is_kept_in_bounded_memory() {
    let place = Place::with_archive();
    let file = fs::File::create(place.path("zeros.bin")).unwrap();
    file.set_len(200 << 20).unwrap();
    place.ok(&["add", "zeros.bin"]);
    assert!(unread(&place).contains("64 MiB"));
    place.ok(&["verify"]);
}

#[test]
fn a_binary_named_html_and_broken_utf_8() {
    let place = Place::with_archive();
    let binary: Vec<u8> = (0..20_000_u32)
        .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    place.write("page.html", &binary);
    place.ok(&["add", "page.html"]);
    assert!(!unread(&place).is_empty());
    place.write(
        "broken.txt",
        b"A report of \xff\xfe torture \xc3\x28 in the camps, as it was sent to us.\n",
    );
    place.ok(&["add", "broken.txt"]);
    assert!(place.ok(&["search", "torture"]).contains("1 passage"));
    place.ok(&["verify"]);
}

#[test]
fn deep_nesting_is_read_or_refused_within_the_limits() {
    let place = Place::with_archive();
    let mut page = "<div>".repeat(5_000_000);
    page.push_str("<p>One sentence about the archive stands at the bottom.</p>");
    place.write("deep.html", page);
    place.ok(&["add", "deep.html"]);
    place.write("after.txt", "A text that is added afterwards.\n");
    place.ok(&["add", "after.txt"]);
    assert_eq!(place.json(&["status"])[0]["sources"], 2);
}

#[test]
fn links_that_go_in_circles() {
    let place = Place::with_archive();
    place.write("in/a/text.txt", "A text in a folder.\n");
    symlink(place.path("in"), place.path("in/a/up")).unwrap();
    symlink(place.path("in/self"), place.path("in/self")).unwrap();
    let (out, _) = place.exits(&["add", "in"], 0);
    assert!(out.contains("1 source added"), "{out}");
    assert!(out.contains("2 passed over"), "{out}");
}

#[test]
fn a_file_without_permission_does_not_stop_the_others() {
    let place = Place::with_archive();
    place.write("in/open.txt", "A text that may be read.\n");
    let secret = place.write("in/secret.txt", "A text that may not be read.\n");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = place.command(&["add", "in"]);
    if fs::read(&secret).is_ok() {
        // The superuser may read everything: become somebody who may not.
        let everything = Command::new("chmod")
            .args(["-R", "a+rwX"])
            .arg(place.path(""))
            .status();
        assert!(everything.unwrap().success());
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
        use std::os::unix::process::CommandExt;
        // The program itself may lie where only the superuser may go.
        fs::copy(crate::support::ONRECORD, place.path("program")).unwrap();
        let mut as_nobody = Command::new(place.path("program"));
        as_nobody
            .args(command.get_args())
            .current_dir(place.path(""))
            .env_clear();
        as_nobody.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        as_nobody.uid(65534).gid(65534);
        command = as_nobody;
    }
    let output = command.output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("may not be read by this user"), "{err}");
}

#[test]
fn a_wrong_passphrase_and_none() {
    let place = Place::new();
    let right = place.write("right", "seven quiet herons\n");
    let wrong = place.write("wrong", "seven loud herons\n");
    place.ok(&[
        "init",
        "archive",
        "--passphrase-file",
        right.to_str().unwrap(),
    ]);
    place.write("text.txt", "A text under a passphrase.\n");
    place.ok(&[
        "add",
        "text.txt",
        "--passphrase-file",
        right.to_str().unwrap(),
    ]);
    let (_, err) = place.exits(&["status", "--passphrase-file", wrong.to_str().unwrap()], 2);
    assert!(err.contains("wrong passphrase"), "{err}");
    let (_, err) = place.exits(&["status"], 2);
    assert!(err.contains("--passphrase-file"), "{err}");
    // Anyone can verify the log without.
    place.ok(&["verify", "--without-keys"]);
    let (_, err) = place.exits(&["init", "second", "--passphrase-file", "missing"], 2);
    assert!(err.contains("missing"), "{err}");
}

#[test]
fn what_is_no_archive_and_what_is_of_a_newer_format() {
    let place = Place::new();
    let (_, err) = place.exits(&["status"], 2);
    assert!(err.contains("onrecord init"), "{err}");
    let (_, err) = place.exits(&["status", "--archive", "."], 2);
    assert!(err.contains("is not an archive"), "{err}");
    let place = Place::with_archive();
    let file = place.path("archive/onrecord.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    fs::write(&file, text.replace("\"format\": 1", "\"format\": 99")).unwrap();
    let (_, err) = place.exits(&["status"], 2);
    assert!(err.contains("format 99"), "{err}");
    assert!(err.contains("newer version"), "{err}");
}

#[test]
fn an_archive_without_its_keys_can_still_be_verified() {
    let place = Place::with_demo();
    fs::rename(place.path("home"), place.path("elsewhere")).unwrap();
    let (_, err) = place.exits(&["list"], 2);
    assert!(err.contains("holds no keys"), "{err}");
    let (out, _) = place.exits(&["verify"], 0);
    assert!(out.contains("Nothing was opened"), "{out}");
    assert_eq!(place.json(&["log"]).len(), 1 + 13 * 3);
}

#[test]
fn the_worker_is_killed() {
    let place = Place::with_archive();
    for number in 0..40 {
        let text = format!("Text number {number}. ").repeat(20_000);
        place.write(&format!("in/{number:02}.txt"), text);
    }
    let mut command = place.command(&["add", "in", "--json"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    // The first commit is on record: from here on, readers come and go.
    said.next().unwrap().unwrap();
    let rest = std::thread::spawn(move || said.count());
    // Readers are this program with another first argument: kill whichever run, again and again.
    while child.try_wait().unwrap().is_none() {
        for reader in children_of(child.id()) {
            let _ = Command::new("kill")
                .args(["-9", &reader.to_string()])
                .status();
        }
        std::thread::sleep(std::time::Duration::from_millis(15));
    }
    assert!(child.wait().unwrap().success());
    assert!(rest.join().unwrap() >= 40);
    assert_eq!(place.json(&["status"])[0]["sources"], 40);
    place.ok(&["verify"]);
}

fn children_of(parent: u32) -> Vec<u32> {
    let stat = |pid: u32| fs::read_to_string(format!("/proc/{pid}/stat")).ok();
    let parent_of = |pid: u32| -> Option<u32> {
        stat(pid)?
            .rsplit_once(')')?
            .1
            .split_whitespace()
            .nth(1)?
            .parse()
            .ok()
    };
    let pids = fs::read_dir("/proc").unwrap().flatten();
    let pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| parent_of(*pid) == Some(parent)).collect()
}
