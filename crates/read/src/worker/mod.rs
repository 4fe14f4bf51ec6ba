//! Reading what others made, in a process that can do nothing but read.
//!
//! The worker is this program started again ([`serve`]). It takes one file after another on its
//! standard input and gives readings on its standard output; it may open no file, no socket and
//! no process. Whatever happens to it, the file becomes [`model::Unread`] with the reason, and the next
//! file gets a new worker.

mod checked;
mod limits;
#[cfg(target_os = "linux")]
mod linux;
mod pool;
mod protocol;
mod sandbox;
mod watch;

pub use limits::{Limits, StartError};
pub use pool::Workers;
pub use sandbox::{Protection, SandboxReport, sandbox};

use crate::sheet;
use crate::{Input, unread};
use model::{Reading, Sheets, Unread, to_cbor};
use protocol::Wanted;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads one file; what a worker is made for.
pub type ReadFile = fn(&Input<'_>) -> Result<Reading, Unread>;

/// Serves as a worker until the standard input ends. The process's exit code: 0 when the input
/// ended between two files, 1 when it broke off or the output did.
///
/// Call it first thing in `main`, before there are other threads: the sandbox holds for the
/// thread that it is put on, and for those that it starts.
#[must_use]
pub fn serve() -> u8 {
    serve_with(crate::read)
}

/// Like [`serve`], with another function to read a file.
#[must_use]
pub fn serve_with(read_file: ReadFile) -> u8 {
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    // A panic is told to the other side; its message on this side's standard error helps nobody.
    std::panic::set_hook(Box::new(|_| {}));
    let Ok(limits) = protocol::read_limits(&mut input) else {
        return 1;
    };
    // The lists are read before the doors close, so that the first file is no slower.
    crate::warm_up();
    let report = sandbox::close_doors(&limits);
    let hello = to_cbor(&report).expect("a report holds nothing of unknown length");
    if protocol::write_frame(&mut output, protocol::HELLO, &hello).is_err() {
        return 1;
    }
    match serve_files(&mut input, &mut output, read_file, &limits) {
        Ok(()) => 0,
        Err(_) => 1,
    }
}

/// What a worker makes of a file.
enum Answer {
    Reading(Box<Reading>),
    Members(Vec<crate::Member>),
    Sheets(Box<Sheets>),
    Image(Vec<u8>),
}

fn serve_files(
    input: &mut impl Read,
    output: &mut impl Write,
    read_file: ReadFile,
    limits: &Limits,
) -> std::io::Result<()> {
    while let Some(request) = protocol::read_request(input, limits)? {
        sandbox::allow_time(limits);
        let file = Input {
            bytes: &request.bytes,
            name: &request.name,
        };
        let answer = catch_unwind(AssertUnwindSafe(|| match request.wanted {
            Wanted::Reading => read_file(&file).map(|reading| Answer::Reading(Box::new(reading))),
            Wanted::Members => crate::unpack(&file).map(Answer::Members).map_err(refused),
            Wanted::Pictures => crate::ocr::pictures(&file)
                .map(Answer::Members)
                .map_err(refused),
            Wanted::Sheets => sheet::sheets(&file)
                .map(|sheets| Answer::Sheets(Box::new(sheets)))
                .map_err(refused),
            Wanted::Image(page, veil) => sheet::draw(&file, page, veil)
                .map(Answer::Image)
                .map_err(refused),
        }));
        let answer = answer.unwrap_or_else(|panic| {
            let message = panic
                .downcast_ref::<&str>()
                .map(|text| (*text).to_owned())
                .or_else(|| panic.downcast_ref::<String>().cloned())
                .unwrap_or_default();
            Err(unread(
                None,
                format!(
                    "A fault in the reader: {message}. Report it with the file's kind and size."
                ),
            ))
        });
        let (kind, bytes) = match &answer {
            Ok(Answer::Reading(reading)) => (protocol::READING, to_cbor(reading.as_ref())),
            Ok(Answer::Members(members)) => (protocol::MEMBERS, protocol::pack(members)),
            Ok(Answer::Sheets(sheets)) => (protocol::SHEETS, to_cbor(sheets.as_ref())),
            Ok(Answer::Image(png)) => (protocol::IMAGE, Ok(png.clone())),
            Err(unread) => (protocol::UNREAD, to_cbor(unread)),
        };
        let bytes = bytes.map_err(std::io::Error::other)?;
        protocol::write_frame(output, kind, &bytes)?;
    }
    Ok(())
}

fn refused(reason: String) -> Unread {
    unread(None, reason)
}
