//! A worker as programs start it; with an argument, one whose reader misbehaves in a chosen
//! way. The tests of the workers run it.

use model::{Reading, Unread};
use onrecord_read::{Input, worker};
use std::process::ExitCode;

fn main() -> ExitCode {
    let reader: worker::ReadFile = match std::env::args().nth(1).as_deref() {
        Some("obeys") => obeys,
        Some("ocr-cage") => {
            let arguments: Vec<_> = std::env::args_os().skip(2).collect();
            return onrecord_read::ocr::serve(&arguments).into();
        }
        Some("silent") => return ExitCode::SUCCESS,
        _ => return worker::serve().into(),
    };
    worker::serve_with(reader).into()
}

/// Does what the file's name says; reads any other file.
fn obeys(input: &Input<'_>) -> Result<Reading, Unread> {
    let said = |what: String| {
        Err(Unread {
            reader: None,
            reason: what,
            likeness: None,
        })
    };
    match input.name {
        "loop" => loop {
            std::hint::spin_loop();
        },
        "grow" => {
            let mut hoard: Vec<Vec<u8>> = Vec::new();
            loop {
                hoard.push(vec![1; 16 << 20]);
            }
        }
        "panic" => panic!("a fault on purpose: the test wants a worker that has one"),
        "exit" => std::process::exit(3),
        "open" => said(format!(
            "{:?}",
            std::fs::File::open("/proc/self/status").map(|_| ())
        )),
        "write" => said(format!(
            "{:?}",
            std::fs::write("/tmp/onrecord-worker", b"x")
        )),
        "connect" => said(format!(
            "{:?}",
            std::net::TcpStream::connect("127.0.0.1:9").map(|_| ())
        )),
        "run" => said(format!(
            "{:?}",
            std::process::Command::new("/bin/true").status().map(|_| ())
        )),
        "environment" => said(format!(
            "{}",
            std::env::vars()
                .filter(|(name, _)| name != "GLIBC_TUNABLES")
                .count()
        )),
        _ => onrecord_read::read(input),
    }
}
