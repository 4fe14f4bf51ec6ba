//! What a program sees of its workers: readings, reasons, and never a failure of its own.
#![allow(clippy::unwrap_used)]

use model::{Reading, from_cbor, to_cbor};
use onrecord_read::{Input, Limits, StartError, Workers};
use std::path::PathBuf;

/// The worker program of `examples/worker.rs`, which Cargo builds along with all tests.
fn program() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    if path.ends_with("deps") {
        path.pop();
    }
    let path = path
        .join("examples")
        .join(format!("worker{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "{} is missing: run the tests of the whole crate",
        path.display()
    );
    path
}

fn workers(args: &[&str], count: usize, limits: Limits) -> Workers {
    let args = args.iter().map(|arg| (*arg).to_owned()).collect();
    Workers::start(program(), args, count, limits).unwrap()
}

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> Input<'a> {
    Input { bytes, name }
}

const STATEMENT: &[u8] = b"Statement on the renewal of the mandate\n\n28 March 2014\n\n\
    The Human Rights Council extended the mandate of the Special Rapporteur for one year and \
    asked all parties to work with him. It condemned in the strongest terms the violations that \
    the Commission of Inquiry had found.\n";

fn reason(workers: &Workers, name: &str) -> String {
    workers.read(&file(name, STATEMENT)).unwrap_err().reason
}

#[test]
fn a_worker_reads_what_this_process_reads() {
    let workers = workers(&[], 1, Limits::default());
    let bytes = workers.read(&file("statement.txt", STATEMENT)).unwrap();
    let here = onrecord_read::read(&file("statement.txt", STATEMENT)).unwrap();
    assert_eq!(bytes, to_cbor(&here).unwrap());
    let reading: Reading = from_cbor(&bytes).unwrap();
    assert_eq!(
        reading.title.unwrap().value,
        "Statement on the renewal of the mandate"
    );
}

#[test]
fn whatever_a_file_does_the_next_one_is_read() {
    let limits = Limits {
        seconds: 3,
        memory_bytes: 256 << 20,
        ..Limits::default()
    };
    let workers = workers(&["obeys"], 1, limits);
    for (name, words) in [
        ("loop", "longer than 3 seconds"),
        ("grow", "256 MiB of memory"),
        ("panic", "on purpose"),
        ("exit", "ended by itself"),
    ] {
        let reason = reason(&workers, name);
        assert!(reason.contains(words), "{name}: {reason}");
        let next = workers.read(&file("statement.txt", STATEMENT));
        assert!(next.is_ok(), "after {name}: {next:?}");
    }
}

/// The clock runs on a busy machine while a file waits; its processor time does not.
#[test]
#[cfg(unix)]
fn processor_time_has_a_limit_of_its_own() {
    let limits = Limits {
        seconds: 120,
        cpu_seconds: 1,
        ..Limits::default()
    };
    let workers = workers(&["obeys"], 1, limits);
    let reason = reason(&workers, "loop");
    assert!(
        reason.contains("more than 1 seconds of processor time"),
        "{reason}"
    );
    assert!(workers.read(&file("statement.txt", STATEMENT)).is_ok());
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_can_touch_nothing() {
    let workers = workers(&["obeys"], 1, Limits::default());
    let report = workers.sandbox();
    assert!(report.is_closed(), "{report:?}");
    assert!(
        std::fs::File::open("/proc/self/status").is_ok(),
        "without the sandbox it opens"
    );
    for name in ["open", "write", "connect", "run"] {
        let reason = reason(&workers, name);
        let denied = reason.contains("stopped by the sandbox")
            || reason.contains("PermissionDenied")
            || reason.contains("Too many open files");
        assert!(denied, "{name}: {reason}");
    }
    assert_eq!(reason(&workers, "environment"), "0");
    assert!(workers.read(&file("statement.txt", STATEMENT)).is_ok());
}

#[test]
fn limits_on_length_are_reasons_too() {
    let limits = Limits {
        input_bytes: 1000,
        output_bytes: 300,
        ..Limits::default()
    };
    let workers = workers(&[], 1, limits);
    let long = workers.read(&file("zeros", &[0; 1001])).unwrap_err();
    assert!(long.reason.contains("1001 bytes"), "{}", long.reason);
    let empty = workers.read(&file("empty.html", b"")).unwrap_err();
    assert_eq!(empty.reason, "The file is empty.");
    let output = workers.read(&file("statement.txt", STATEMENT)).unwrap_err();
    assert!(
        output.reason.contains("longer than 300 bytes"),
        "{}",
        output.reason
    );
}

#[test]
fn huge_files_are_read_or_refused_in_time() {
    let workers = workers(&[], 1, Limits::default());
    let start = std::time::Instant::now();
    let nested = "<div>".repeat(20 << 20);
    let refused = workers
        .read(&file("nested.html", nested.as_bytes()))
        .unwrap_err();
    assert!(
        refused.reason.contains("104857600 bytes"),
        "{}",
        refused.reason
    );
    let nested = format!("{}<p>Words at the bottom of it all.", &nested[..5 << 20]);
    let read = workers
        .read(&file("nested.html", nested.as_bytes()))
        .unwrap();
    let reading: Reading = from_cbor(&read).unwrap();
    assert_eq!(reading.text, "Words at the bottom of it all.");
    if usize::BITS == 64 {
        let zeros = vec![0; 2 << 30];
        let refused = workers.read(&file("zeros", &zeros)).unwrap_err();
        assert!(
            refused.reason.contains("2147483648 bytes"),
            "{}",
            refused.reason
        );
    }
    assert!(start.elapsed().as_secs() < 60, "took {:?}", start.elapsed());
}

#[test]
fn many_threads_share_few_workers() {
    let workers = workers(&["obeys"], 2, Limits::default());
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let workers = &workers;
            scope.spawn(move || {
                for turn in 0..10 {
                    let fails = (thread + turn) % 7 == 0;
                    let name = if fails { "exit" } else { "statement.txt" };
                    assert_eq!(workers.read(&file(name, STATEMENT)).is_err(), fails);
                }
            });
        }
    });
}

#[test]
fn a_program_that_is_no_worker_is_refused_at_once() {
    let missing = Workers::start(
        PathBuf::from("/nonexistent/worker"),
        Vec::new(),
        1,
        Limits::default(),
    );
    assert!(matches!(missing, Err(StartError::Spawn { .. })));
    let silent = Workers::start(program(), vec!["silent".to_owned()], 1, Limits::default());
    assert!(matches!(silent, Err(StartError::Hello { .. })));
}
