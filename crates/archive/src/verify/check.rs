//! The caller's own check of every entry, on several threads.

use super::{PROGRESS_EVERY, Run};
use crate::archive::Archive;
use crate::log::log_key;
use crate::{LogEntry, Position};
use std::iter::Peekable;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};

/// Entries that a thread takes at once: enough that threads seldom wait for one another.
const TAKEN: usize = 32;

pub(super) fn entries(run: &mut Run<'_>, archive: &Archive, check: super::Check<'_>) {
    // What cannot be read was reported before.
    let entries = archive.entries(&Position::default()).flatten();
    let entries = &Mutex::new(entries.peekable());
    let (report, reports) = channel();
    std::thread::scope(|scope| {
        for _ in 0..run.threads {
            let report = report.clone();
            scope.spawn(move || {
                loop {
                    let taken = take(&mut entries.lock().unwrap_or_else(PoisonError::into_inner));
                    if taken.is_empty() {
                        break;
                    }
                    for read in taken {
                        if let Err(why) = check(&read) {
                            let _ = report.send((read, why));
                        }
                    }
                }
            });
        }
        drop(report);
        loop {
            match reports.recv_timeout(PROGRESS_EVERY) {
                Ok((read, why)) => {
                    let object = log_key(read.writer, &format!("entry/{}", read.index));
                    let meaning = "What the entry holds is not what it says of itself.";
                    run.damage(&object, &why, meaning).sources = Vec::from_iter(read.entry.subject);
                }
                Err(RecvTimeoutError::Timeout) => run.report_progress(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    });
}

/// The next entries; those about one source that follow one another stay together, because the
/// check of one opens what the next one needs.
fn take(entries: &mut Peekable<impl Iterator<Item = LogEntry>>) -> Vec<LogEntry> {
    let mut taken: Vec<LogEntry> = entries.take(TAKEN).collect();
    let subject = taken.last().and_then(|last| last.entry.subject);
    if subject.is_some() {
        let more = std::iter::from_fn(|| entries.next_if(|next| next.entry.subject == subject));
        // No more than as many again, should a log be about one source only.
        taken.extend(more.take(TAKEN));
    }
    taken
}
