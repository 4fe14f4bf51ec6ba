//! The caller's own check of every entry, on several threads.

use super::{PROGRESS_EVERY, Run};
use crate::archive::Archive;
use crate::log::log_key;
use crate::{LogEntry, Position};
use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, channel, sync_channel};

pub(super) fn entries(run: &mut Run<'_>, archive: &Archive, check: super::Check<'_>) {
    let (send, receive) = sync_channel::<LogEntry>(4 * run.threads);
    let receive = Mutex::new(receive);
    let (report, reports) = channel();
    std::thread::scope(|scope| {
        for _ in 0..run.threads {
            let (receive, report) = (&receive, report.clone());
            scope.spawn(move || {
                let next = || {
                    receive
                        .lock()
                        .unwrap_or_else(|held| held.into_inner())
                        .recv()
                };
                while let Ok(read) = next() {
                    if let Err(why) = check(&read) {
                        let _ = report.send((read, why));
                    }
                }
            });
        }
        drop(report);
        scope.spawn(move || {
            // What cannot be read was reported before.
            for read in archive.entries(&Position::default()).flatten() {
                if send.send(read).is_err() {
                    break;
                }
            }
        });
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
