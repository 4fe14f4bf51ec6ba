//! `kill -9` at any moment of `add`, two hundred times over one archive: it verifies after each,
//! and every source that was acknowledged is there.

use crate::promises::{Promises, Random, count_files, write_files};
use crate::support::{Place, files};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const KILLS: usize = 200;

/// When a run is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    /// So long after its start.
    After(Duration),
    /// When so many lines were printed: the first says that a commit was signed, each of the
    /// others acknowledges a source.
    Lines(usize),
    /// So long after it began to write into its log: before its commit is signed, mostly.
    Committing(Duration),
}

impl Moment {
    /// Spread over the whole of a run that takes `usual` and adds `count` files, and more often
    /// while it commits and while it acknowledges.
    fn draw(random: &mut Random, usual: Duration, count: usize) -> Self {
        let micros = |random: &mut Random, end: Duration| {
            Duration::from_micros(random.next() % (end.as_micros() as u64 + 1))
        };
        match random.below(6) {
            0..3 => Self::After(micros(random, usual)),
            3 => Self::Lines(1 + random.below(2) * random.below(count)),
            _ => Self::Committing(micros(random, Duration::from_millis(3))),
        }
    }
}

/// What one run did before it ended or was killed.
struct Run {
    printed: Vec<u8>,
    killed: bool,
    took: Duration,
}

/// Adds a folder and kills the process group at that moment.
fn add_and_kill(place: &Place, folder: &str, moment: Moment) -> Run {
    let log = place.path("archive/log");
    let before = count_files(&log);
    let started = Instant::now();
    let mut child = place
        .command(&["add", "--json", folder])
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let printed_lines = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let printed = scope.spawn(|| {
            let mut printed = Vec::new();
            let mut piece = [0; 4096];
            loop {
                let read = stdout.read(&mut piece).unwrap();
                if read == 0 {
                    return printed;
                }
                let lines = piece[..read].iter().filter(|byte| **byte == b'\n').count();
                printed.extend_from_slice(&piece[..read]);
                printed_lines.fetch_add(lines, Ordering::Release);
            }
        });
        let mut committing = None;
        let killed = loop {
            if child.try_wait().unwrap().is_some() {
                break false;
            }
            let now = match moment {
                Moment::After(delay) => started.elapsed() >= delay,
                Moment::Lines(lines) => printed_lines.load(Ordering::Acquire) >= lines,
                Moment::Committing(delay) => {
                    if committing.is_none() && count_files(&log) > before {
                        committing = Some(Instant::now());
                    }
                    committing.is_some_and(|since| since.elapsed() >= delay)
                }
            };
            if now {
                kill_group(&mut child);
                break true;
            }
            std::thread::sleep(Duration::from_micros(100));
        };
        child.wait().unwrap();
        Run {
            printed: printed.join().unwrap(),
            killed,
            took: started.elapsed(),
        }
    })
}

/// The program first, without the detour of starting another; then its readers.
fn kill_group(child: &mut Child) {
    child.kill().unwrap();
    let group = format!("-{}", child.id());
    let _ = Command::new("kill")
        .args(["-KILL", "--", &group])
        .stderr(Stdio::null())
        .status();
}

/// How many objects were moved aside by those that took up the archive after a crash.
fn moved_aside(place: &Place) -> usize {
    let lost = place.path("archive/lost");
    if lost.exists() { files(&lost).len() } else { 0 }
}

#[test]
fn two_hundred_kills_lose_nothing_that_was_acknowledged() {
    let place = Place::with_archive();
    let mut random = Random(2024);
    let mut promises = Promises::default();
    let (mut round, mut killed, mut nothing, mut some) = (0, 0, 0, 0);
    let (mut tails, mut aside) = (0, 0);
    let mut usual = Duration::ZERO;
    let started = Instant::now();
    while killed < KILLS {
        // Every tenth run has more than one commit to make.
        let count = if round % 10 == 5 {
            140 + random.below(40)
        } else {
            5 + random.below(36)
        };
        let folder = format!("round-{round:03}");
        let files = write_files(&place, &folder, count);
        // Some are left alone, to know how long a run takes.
        let moment = match round % 25 {
            0 => Moment::After(Duration::from_secs(600)),
            _ => Moment::draw(&mut random, usual, count),
        };
        let run = add_and_kill(&place, &folder, moment);
        std::fs::remove_dir_all(files).unwrap();
        let acknowledged = promises.take(&run.printed);
        if run.killed {
            killed += 1;
            nothing += usize::from(acknowledged == 0);
            some += usize::from(acknowledged > 0);
        } else {
            usual = run.took;
            assert_eq!(
                acknowledged, count,
                "round {round} ended, and did not add all"
            );
        }
        let lost = moved_aside(&place);
        tails += usize::from(lost > aside);
        aside = lost;
        if round % 10 == 9 {
            place.ok(&["verify", "--quiet"]);
        } else {
            place.ok(&["verify", "--without-keys", "--quiet"]);
        }
        promises.check_listed(&place);
        round += 1;
        assert!(
            round < 2 * KILLS,
            "only {killed} of {round} runs were killed"
        );
    }
    // Whatever the last kill left: the archive is taken up again.
    write_files(&place, "last", 3);
    let last = place.ok(&["add", "--json", "last"]);
    assert_eq!(promises.take(last.as_bytes()), 3);
    place.ok(&["verify"]);
    let listed = promises.check_listed(&place).len();
    let originals = promises.check_originals(&place.path("archive"), &place.path("home"));
    assert_eq!(originals, listed);
    let every = (promises.acknowledged.len() / 20).max(1);
    for (id, name) in promises.acknowledged.iter().step_by(every) {
        assert_eq!(
            place.ok(&["show", "--original", id]),
            crate::promises::text(name)
        );
    }
    eprintln!(
        "{round} runs, {killed} killed: {nothing} before anything was acknowledged, {some} after; \
         {} sources acknowledged, {listed} on record, {originals} compared byte by byte; \
         {tails} tails recovered ({aside} objects moved aside); {:.0} s",
        promises.acknowledged.len(),
        started.elapsed().as_secs_f64()
    );
    // Else the moments were badly chosen, and the test shows little.
    assert!(nothing >= 20 && some >= 20, "{nothing} and {some}");
    assert!(tails >= 5, "only {tails} tails were recovered");
}
