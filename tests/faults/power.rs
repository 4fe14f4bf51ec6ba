//! The power is cut: a disk image is copied while its file system is in use, and the copy is
//! mounted. What had not reached the disk is gone; what was acknowledged is there.
//!
//! Needs root, loop devices and ext4; says why it does not run elsewhere.

use super::available;
use super::full::Mounted;
use crate::promises::{Promises, Random, count_files, write_files};
use crate::support::{Place, lines};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const CUTS: usize = 9;

/// Mounted so that nothing reaches the disk unless somebody syncs it: else a cut that comes late
/// would not lose what it should lose.
fn mount(image: &Path, at: &Path) -> Option<Mounted> {
    Mounted::new(at, &["-o", "loop,commit=600", image.to_str().unwrap()])
}

/// The program with archive and keys below a mounted image.
fn command(place: &Place, disk: &str, arguments: &[&str]) -> Command {
    let mut command = place.command(arguments);
    command
        .env("ONRECORD_ARCHIVE", place.path(disk).join("archive"))
        .env("ONRECORD_HOME", place.path(disk).join("keys"));
    command
}

/// Runs on the image, must exit 0.
fn ok(place: &Place, disk: &str, arguments: &[&str]) -> Vec<u8> {
    let output = command(place, disk, arguments).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{disk} {arguments:?}: {err}");
    output.stdout
}

fn signal(name: &str, child: &Child) {
    let group = format!("-{}", child.id());
    let _ = Command::new("kill")
        .args(["-s", name, "--", &group])
        .status();
}

/// Stops the program and waits until none of its threads is in a system call any more, so that
/// the image does not change while it is copied.
fn stop(child: &Child) {
    signal("STOP", child);
    let threads = || {
        std::fs::read_dir(format!("/proc/{}/task", child.id()))
            .into_iter()
            .flatten()
    };
    let is_stopped = |stat: String| {
        stat.rsplit_once(") ")
            .is_some_and(|(_, rest)| rest.starts_with(['T', 'Z', 'X']))
    };
    let waiting = Instant::now();
    while waiting.elapsed() < Duration::from_secs(5) {
        let mut stats = threads()
            .flatten()
            .filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
        if stats.all(is_stopped) {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("the program does not stop");
}

/// When the power is cut.
enum Moment {
    /// So long after the start of the program.
    After(Duration),
    /// As soon as it writes into its log: before it signs, mostly.
    Committing,
    /// As soon as it acknowledges something.
    Acknowledged,
}

/// Adds a folder; at that moment stops the program, copies the image, and lets it go on. Returns
/// what had been printed at the cut, and at the end.
fn add_and_cut(place: &Place, folder: &str, moment: &Moment, copy: &Path) -> (Vec<u8>, Vec<u8>) {
    let log = place.path("disk/archive/log");
    let before = count_files(&log);
    let mut child = command(place, "disk", &["add", "--json", folder])
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let printed = Mutex::new(Vec::new());
    let at_cut = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut piece = [0; 4096];
            while let Ok(read @ 1..) = stdout.read(&mut piece) {
                printed.lock().unwrap().extend_from_slice(&piece[..read]);
            }
        });
        let started = Instant::now();
        while child.try_wait().unwrap().is_none() {
            let now = match moment {
                Moment::After(delay) => started.elapsed() >= *delay,
                Moment::Committing => count_files(&log) > before,
                Moment::Acknowledged => !printed.lock().unwrap().is_empty(),
            };
            if now {
                break;
            }
            std::thread::sleep(Duration::from_micros(100));
        }
        if child.try_wait().unwrap().is_none() {
            stop(&child);
        }
        // What was printed before the copy is begun was promised before it.
        let at_cut = printed.lock().unwrap().clone();
        std::fs::copy(place.path("image"), copy).unwrap();
        signal("CONT", &child);
        assert!(child.wait().unwrap().success());
        at_cut
    });
    (at_cut, printed.into_inner().unwrap())
}

#[test]
fn what_was_acknowledged_survives_a_power_cut() {
    if !available(&["mkfs.ext4", "-V"]) {
        return;
    }
    let place = Place::new();
    let image = place.path("image");
    std::fs::File::create(&image)
        .unwrap()
        .set_len(64 << 20)
        .unwrap();
    let made = Command::new("mkfs.ext4")
        .args(["-q", "-F"])
        .arg(&image)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let Some(_mounted) = mount(&image, &place.path("disk")) else {
        return;
    };
    ok(
        &place,
        "disk",
        &[
            "init",
            "--no-passphrase",
            place.path("disk/archive").to_str().unwrap(),
        ],
    );

    let mut random = Random(5);
    let mut promises = Promises::default();
    let (mut mid_run, mut acknowledged, mut aside) = (0, 0, 0);
    for cut in 0..CUTS {
        let folder = format!("files-{cut}");
        write_files(&place, &folder, 140);
        let moment = match cut % 3 {
            0 => Moment::Acknowledged,
            1 => Moment::Committing,
            _ => Moment::After(Duration::from_micros(random.next() % 400_000)),
        };
        let copy = place.path(&format!("copy-{cut}"));
        let (at_cut, at_end) = add_and_cut(&place, &folder, &moment, &copy);
        let mut survives = promises.clone();
        acknowledged += survives.take(&at_cut);
        assert_eq!(promises.take(&at_end), 140);
        mid_run += usize::from(at_cut.len() < at_end.len());

        let name = format!("after-{cut}");
        let mounted = mount(&copy, &place.path(&name)).expect("it was mounted before");
        ok(&place, &name, &["verify"]);
        let listed = |place: &Place| {
            lines(std::str::from_utf8(&ok(place, &name, &["list", "--json"])).unwrap())
        };
        survives.check_listed_by(listed(&place));
        // The same files again: those that had not been on record are added.
        survives.take(&ok(&place, &name, &["add", "--json", &folder]));
        let everything = survives.check_listed_by(listed(&place)).len();
        assert_eq!(everything, promises.acknowledged.len(), "cut {cut}");
        ok(&place, &name, &["verify"]);
        let lost = place.path(&name).join("archive/lost");
        aside += usize::from(lost.exists());
        drop(mounted);
        std::fs::remove_file(copy).unwrap();
    }
    eprintln!(
        "{CUTS} cuts, {mid_run} during an add; {acknowledged} sources of the runs that were cut \
         had been acknowledged, all of them survived; {aside} archives had a tail"
    );
    assert!(mid_run > CUTS / 3, "{mid_run}");

    // That such a cut loses what nobody synced: or else the above shows nothing.
    std::fs::write(place.path("disk/unsynced"), vec![7; 20_000]).unwrap();
    std::fs::copy(&image, place.path("copy")).unwrap();
    let _mounted = mount(&place.path("copy"), &place.path("after")).expect("as before");
    let survived = std::fs::read(place.path("after/unsynced")).unwrap_or_default();
    assert!(survived.is_empty(), "{} bytes", survived.len());
}
