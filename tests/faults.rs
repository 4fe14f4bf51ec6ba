//! Faults of the system beneath, injected into single system calls: what was acknowledged stays,
//! what could not be made durable is not acknowledged, and the archive goes on afterwards.
//!
//! `strace` injects them ("not run" without it, unless `CI` is set). It counts calls by thread:
//! each sweep goes on until no thread makes so many. Full disks, clocks and power stand beside.

mod clocks;
mod full;
mod power;

use crate::promises::{Promises, write_files};
use crate::support::Place;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output, Stdio};

/// No sweep has more steps; more would mean that it does not end.
const LONGEST_SWEEP: usize = 60;

/// Whether this command succeeds here. A machine that must run everything (`CI`) has it.
pub fn available(command: &[&str]) -> bool {
    let mut probe = Command::new(command[0]);
    probe
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let why = match probe.status() {
        Ok(status) if status.success() => return true,
        Ok(status) => format!("`{}` fails here ({status})", command.join(" ")),
        Err(_) => format!("{} is not installed", command[0]),
    };
    assert!(
        std::env::var_os("CI").is_none(),
        "{why}; tests/tools/install installs it"
    );
    eprintln!("not run: {why}");
    false
}

/// The program, ready to run under another one.
pub fn under(place: &Place, wrapper: &[&str], arguments: &[&str]) -> Command {
    let plain = place.command(arguments);
    let mut command = Command::new(wrapper[0]);
    command
        .args(&wrapper[1..])
        .arg(plain.get_program())
        .args(plain.get_args());
    command
        .current_dir(plain.get_current_dir().unwrap())
        .stdin(Stdio::null());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// A run in which calls were made to fail.
struct Faulty {
    output: Output,
    /// The calls that failed, with the paths of their files.
    injected: Vec<String>,
}

impl Faulty {
    /// Runs with `fault` injected into the `k`-th of `calls` of every thread (0: into all).
    fn run(place: &Place, calls: &str, fault: &str, k: usize, arguments: &[&str]) -> Self {
        let log = place.path("strace");
        let when = if k == 0 {
            String::new()
        } else {
            format!(":when={k}")
        };
        let output = under(
            place,
            &[
                "strace",
                "-f",
                "-y",
                "-qq",
                "-o",
                log.to_str().unwrap(),
                "-e",
                &format!("trace={calls}"),
                "-e",
                &format!("inject={calls}:{fault}{when}"),
            ],
            arguments,
        );
        let output = { output }.output().unwrap();
        let log = std::fs::read_to_string(log).unwrap();
        let injected = log
            .lines()
            .filter(|line| line.contains("(INJECTED)"))
            .map(str::to_owned);
        Self {
            injected: injected.collect(),
            output,
        }
    }

    fn was_killed(&self) -> bool {
        self.output.status.signal() == Some(9)
    }

    fn error(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

fn strace() -> bool {
    available(&["strace", "-o", "/dev/null", "true"])
}

/// The archive verifies, keeps all promises, and takes in the files whose adding was disturbed.
fn goes_on(place: &Place, promises: &mut Promises, folder: &str, what: &str) {
    place.ok(&["verify", "--quiet"]);
    promises.check_listed(place);
    let output = place.run(&["add", "--json", folder]);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}: adding again: {err}");
    promises.take(&output.stdout);
    let listed = promises.check_listed(place);
    for file in std::fs::read_dir(place.path(folder)).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(listed.contains(&name), "{what}: {name} was added again");
    }
}

#[test]
fn killed_at_every_call_that_makes_something_durable() {
    if !strace() {
        return;
    }
    let place = Place::with_archive();
    let mut promises = Promises::default();
    for calls in [
        "link,linkat",
        "rename,renameat,renameat2",
        "fsync,fdatasync",
        "unlink,unlinkat",
    ] {
        let (mut kills, mut acknowledged) = (0, 0);
        for k in 1.. {
            assert!(k < LONGEST_SWEEP, "{calls}");
            let folder = format!("{}-{k}", calls.split(',').next().unwrap());
            // Links are made by threads of one commit each: only several commits make many.
            let count = if calls.starts_with("link") { 140 } else { 3 };
            write_files(&place, &folder, count);
            let run = Faulty::run(&place, calls, "signal=KILL", k, &["add", "--json", &folder]);
            acknowledged += promises.take(&run.output.stdout);
            goes_on(
                &place,
                &mut promises,
                &folder,
                &format!("killed at {calls} {k}"),
            );
            if !run.was_killed() {
                assert!(run.output.status.success(), "{calls} {k}: {}", run.error());
                break;
            }
            kills += 1;
        }
        eprintln!("{calls}: killed at {kills} calls; {acknowledged} sources acknowledged");
        assert!(kills > 0, "{calls} were never called");
    }
    place.ok(&["verify"]);
    promises.check_originals(&place.path("archive"), &place.path("home"));
}

/// Injects an error into the k-th of `calls`, for every `step`-th k there is; says how often that
/// hit the archive. Then `words` are said.
fn sweep(calls: &str, fault: &str, step: usize, words: &str) -> usize {
    let place = Place::with_archive();
    let mut promises = Promises::default();
    let (mut failed, mut in_archive) = (0, 0);
    for k in (1..).step_by(step) {
        assert!(k < LONGEST_SWEEP * step, "{calls} {fault}");
        let folder = format!("files-{k}");
        write_files(&place, &folder, 3);
        let run = Faulty::run(&place, calls, fault, k, &["add", "--json", &folder]);
        let what = format!("{fault} at {calls} {k}: {:?}", run.injected);
        let error = run.error();
        let acknowledged = promises.take(&run.output.stdout);
        let code = run.output.status.code();
        assert!(!error.contains("panicked"), "{what}: {error}");
        if run.injected.iter().any(|call| call.contains("/archive/")) {
            in_archive += 1;
            // What may not be durable was not acknowledged, and the reason was said, unless the
            // fault hit standard error as well.
            assert_eq!((code, acknowledged), (Some(2), 0), "{what}: {error}");
            let unsaid = run.injected.iter().any(|call| call.contains(" write(2<"));
            assert!(unsaid || error.contains(words), "{what}: {error}");
        }
        failed += usize::from(code != Some(0));
        goes_on(&place, &mut promises, &folder, &what);
        if run.injected.is_empty() {
            assert_eq!((code, acknowledged), (Some(0), 3), "{error}");
            break;
        }
    }
    eprintln!("{calls} {fault}: {failed} runs failed, {in_archive} of them in the archive");
    place.ok(&["verify"]);
    promises.check_originals(&place.path("archive"), &place.path("home"));
    in_archive
}

#[test]
fn a_failed_sync_is_not_acknowledged() {
    if strace() {
        assert!(sweep("fsync", "error=EIO", 1, "Input/output error") > 0);
    }
}

#[test]
fn a_failed_write_is_not_acknowledged() {
    if strace() {
        assert!(sweep("write", "error=EIO", 1, "Input/output error") > 0);
    }
}

#[test]
fn a_write_without_room_says_so() {
    if strace() {
        assert!(sweep("write", "error=ENOSPC", 1, "disk is full") > 0);
    }
}

/// Records are written with another call than objects.
#[test]
fn a_view_that_cannot_be_written_costs_nothing_that_is_on_record() {
    if strace() {
        assert_eq!(sweep("pwrite64", "error=ENOSPC", 9, ""), 0);
    }
}

#[test]
fn a_folder_without_hard_links_is_refused_with_the_reason() {
    if !strace() {
        return;
    }
    let place = Place::new();
    let init = ["init", "--no-passphrase", "archive"];
    let run = Faulty::run(&place, "link,linkat", "error=EPERM", 0, &init);
    let error = run.error();
    assert_eq!(run.output.status.code(), Some(2), "{error}");
    assert!(
        error.contains("cannot hold an archive") && error.contains("hard links"),
        "{error}"
    );
    assert!(error.contains("exFAT"), "{error}");
    let left = |name| crate::support::files(&place.path(name));
    assert!(
        left("archive").is_empty() && left("home").is_empty(),
        "it left something behind"
    );
    place.ok(&init);
    place.ok(&["verify"]);
    // An archive that was copied to such a file system: nothing is acknowledged there.
    write_files(&place, "files", 2);
    let run = Faulty::run(
        &place,
        "link,linkat",
        "error=EPERM",
        0,
        &["add", "--json", "files"],
    );
    assert_eq!(run.output.status.code(), Some(2), "{}", run.error());
    let mut promises = Promises::default();
    assert_eq!(promises.take(&run.output.stdout), 0);
    goes_on(&place, &mut promises, "files", "no links");
}

/// From far too few open files at once to just enough.
#[test]
fn too_few_open_files() {
    let place = Place::with_archive();
    let mut promises = Promises::default();
    let (mut refused, mut limit) = (0, 6);
    loop {
        let folder = format!("files-{limit}");
        write_files(&place, &folder, 2);
        let shell = format!("ulimit -n {limit}; exec \"$@\"");
        let mut run = under(
            &place,
            &["sh", "-c", &shell, "sh"],
            &["add", "--json", &folder],
        );
        let output = run.output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(!err.contains("panicked"), "{limit}: {err}");
        let acknowledged = promises.take(&output.stdout);
        if output.status.success() {
            assert_eq!(acknowledged, 2, "{limit}: {err}");
            break;
        }
        assert!(!err.trim().is_empty(), "{limit}: it says nothing");
        refused += 1;
        place.ok(&["verify", "--without-keys", "--quiet"]);
        promises.check_listed(&place);
        limit += 3;
        assert!(
            limit < 1024,
            "more open files are needed than most systems allow"
        );
    }
    eprintln!("refused with {refused} limits; {limit} open files are enough");
    place.ok(&["verify"]);
    assert!(refused > 2);
}

/// A full disk or closed pipe that takes nothing of what is printed does not stop what is put on
/// record, nor do warnings that nobody can read.
#[test]
fn nowhere_to_print() {
    let full = || std::fs::File::options().write(true).open("/dev/full");
    if full().is_err() {
        eprintln!("not run: there is no /dev/full");
        return;
    }
    let place = Place::with_archive();
    for (number, arguments) in [&["add", "--json"][..], &["add"], &["add", "--quiet"]]
        .into_iter()
        .enumerate()
    {
        let folder = format!("files-{number}");
        write_files(&place, &folder, 3);
        // What a crash leaves is remarked on standard error.
        let log = std::fs::read_dir(place.path("archive/log"))
            .unwrap()
            .next()
            .unwrap();
        std::fs::write(log.unwrap().path().join("tile/0/009"), b"torn").unwrap();
        let mut command = place.command(&[arguments, &[&folder, "missing"]].concat());
        let status = command
            .stdout(full().unwrap())
            .stderr(full().unwrap())
            .status()
            .unwrap();
        assert!(
            status.code().is_some_and(|code| code <= 2),
            "{arguments:?}: {status}"
        );
        assert_eq!(
            place.json(&["list"]).len(),
            3 * (number + 1),
            "{arguments:?}"
        );
    }
    place.ok(&["verify"]);
}
