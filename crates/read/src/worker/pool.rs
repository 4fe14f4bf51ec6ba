//! The side of the program: workers that wait for files, and a watch that ends those who take
//! too long.
//!
//! Invariant: [`Workers::read`] always answers. A worker that dies, hangs, grows or talks
//! nonsense costs the file its reading, never the program, and never the next file.

use super::checked::check;
use super::limits::{Limits, StartError};
use super::protocol::{self, HELLO, READING, UNREAD, Wanted};
use super::sandbox::SandboxReport;
use super::watch::{Process, Watch, lock};
use crate::sheet::{Veil, is_plain, is_whole};
use crate::{Input, Member, unread};
use model::{Reading, Sheets, Unread, from_cbor};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::Duration;

/// Workers for files that others made. Shared between threads; each read takes one worker.
pub struct Workers {
    shared: Arc<Shared>,
    report: SandboxReport,
}

struct Shared {
    program: PathBuf,
    args: Vec<String>,
    limits: Limits,
    state: Mutex<State>,
    changed: Condvar,
    watch: Watch,
}

struct State {
    idle: Vec<Worker>,
    /// Workers that may still be started.
    unstarted: usize,
}

/// A running worker.
struct Worker {
    input: ChildStdin,
    output: ChildStdout,
    process: Arc<Process>,
}

impl Workers {
    /// Starts `count` workers (at least one), each by running `program` with `args`, which must
    /// end in [`super::serve`]. One is started now, the others when they are needed.
    ///
    /// # Errors
    /// When the first one cannot be started or does not answer.
    pub fn start(
        program: PathBuf,
        args: Vec<String>,
        count: usize,
        limits: Limits,
    ) -> Result<Self, StartError> {
        let shared = Arc::new(Shared {
            program,
            args,
            limits,
            state: Mutex::new(State {
                idle: Vec::new(),
                unstarted: count.max(1) - 1,
            }),
            changed: Condvar::new(),
            watch: Watch::default(),
        });
        let watched = Arc::downgrade(&shared);
        std::thread::Builder::new()
            .name("reading watch".to_owned())
            .spawn(move || watch(&watched))
            .map_err(|source| StartError::Spawn {
                program: shared.program.display().to_string(),
                source,
            })?;
        let (worker, report) = shared.spawn()?;
        lock(&shared.state).idle.push(worker);
        Ok(Self { shared, report })
    }

    /// The sandbox that the first worker said it has.
    #[must_use]
    pub fn sandbox(&self) -> &SandboxReport {
        &self.report
    }

    /// Reads a file in a worker, and waits for one when all are busy. The bytes are the CBOR of
    /// a [`Reading`] that has been checked: passages in order, spans inside the text.
    ///
    /// # Errors
    /// [`Unread`], whatever the reason; it is written for people.
    pub fn read(&self, input: &Input<'_>) -> Result<Vec<u8>, Unread> {
        self.answer(input, Wanted::Reading)
    }

    /// The files that a container holds, taken out in a worker; see [`crate::unpack`].
    ///
    /// # Errors
    /// [`Unread`], whatever the reason; it is written for people.
    pub fn unpack(&self, input: &Input<'_>) -> Result<Vec<Member>, Unread> {
        let bytes = self.answer(input, Wanted::Members)?;
        protocol::unpacked(&bytes)
            .ok_or_else(|| unread(None, "The reading process gave no list of files."))
    }

    /// The pages of a PDF file that are pictures, as PNG files, drawn in a worker.
    ///
    /// # Errors
    /// [`Unread`], whatever the reason; it is written for people.
    pub fn pictures(&self, input: &Input<'_>) -> Result<Vec<Member>, Unread> {
        let bytes = self.answer(input, Wanted::Pictures)?;
        protocol::unpacked(&bytes)
            .ok_or_else(|| unread(None, "The reading process gave no pictures."))
    }

    /// How large the pages of a file are as images, and where its words stand on them, found in a
    /// worker; see [`crate::sheet`].
    ///
    /// # Errors
    /// [`Unread`], whatever the reason; it is written for people.
    pub fn sheets(&self, input: &Input<'_>) -> Result<Sheets, Unread> {
        let bytes = self.answer(input, Wanted::Sheets)?;
        let sheets = from_cbor(&bytes).ok().filter(is_whole);
        sheets.ok_or_else(|| unread(None, "The reading process gave no pages."))
    }

    /// The image of a page, from 1, as a PNG file, drawn in a worker; see [`crate::sheet`].
    ///
    /// # Errors
    /// [`Unread`], whatever the reason; it is written for people.
    pub fn draw(&self, input: &Input<'_>, page: u32, veil: Veil) -> Result<Vec<u8>, Unread> {
        let png = self.answer(input, Wanted::Image(page, veil))?;
        match is_plain(&png) {
            true => Ok(png),
            false => Err(unread(None, "The reading process gave no image.")),
        }
    }

    fn answer(&self, input: &Input<'_>, wanted: Wanted) -> Result<Vec<u8>, Unread> {
        let limits = &self.shared.limits;
        if input.bytes.is_empty() {
            return Err(unread(None, "The file is empty."));
        }
        if input.bytes.len() as u64 > limits.input_bytes {
            return Err(unread(
                None,
                format!(
                    "The file is {} bytes long; readers take at most {}. Split it, or raise the limit.",
                    input.bytes.len(),
                    limits.input_bytes
                ),
            ));
        }
        let mut worker = self
            .take()
            .map_err(|error| unread(None, format!("Not read: {error}")))?;
        let answer = self.shared.ask(&mut worker, input, wanted);
        let (answer, worker) = match answer {
            // An answer that came as time ran out counts; the worker may be killed already.
            Ok(answer) if worker.process.is_late() => {
                worker.end();
                (answer, None)
            }
            Ok(answer) => (answer, Some(worker)),
            Err(error) => (Err(unread(None, self.shared.bury(worker, &error))), None),
        };
        let mut state = lock(&self.shared.state);
        match worker {
            Some(worker) => state.idle.push(worker),
            None => state.unstarted += 1,
        }
        drop(state);
        self.shared.changed.notify_one();
        answer
    }

    fn take(&self) -> Result<Worker, StartError> {
        let mut state = lock(&self.shared.state);
        loop {
            if let Some(worker) = state.idle.pop() {
                if worker.process.is_alive() {
                    return Ok(worker);
                }
                // It died while it waited: no file's fault.
                state.unstarted += 1;
                continue;
            }
            if state.unstarted > 0 {
                state.unstarted -= 1;
                drop(state);
                return match self.shared.spawn() {
                    Ok((worker, _)) => Ok(worker),
                    Err(error) => {
                        lock(&self.shared.state).unstarted += 1;
                        self.shared.changed.notify_one();
                        Err(error)
                    }
                };
            }
            state = self
                .shared
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Shared {
    fn spawn(&self) -> Result<(Worker, SandboxReport), StartError> {
        let program = || self.program.display().to_string();
        let mut command = Command::new(&self.program);
        command
            .args(&self.args)
            .env_clear()
            // Large pages: measured, readings of much memory cost half of the time with them.
            .env("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let spawned = command.spawn();
        let mut child = spawned.map_err(|source| StartError::Spawn {
            program: program(),
            source,
        })?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(StartError::Hello {
                program: program(),
                why: "it has no pipes".to_owned(),
            });
        };
        let mut worker = Worker {
            input,
            output,
            process: self.watch.add(child),
        };
        let hello = self.greet(&mut worker);
        match hello {
            Ok(report) => Ok((worker, report)),
            Err(why) => {
                worker.end();
                Err(StartError::Hello {
                    program: program(),
                    why,
                })
            }
        }
    }

    fn greet(&self, worker: &mut Worker) -> Result<SandboxReport, String> {
        worker.process.begin(Duration::from_secs(10));
        let written = protocol::write_limits(&mut worker.input, &self.limits);
        let frame = written.and_then(|()| protocol::read_frame(&mut worker.output, 1 << 16));
        worker.process.finish();
        match frame {
            Ok((HELLO, bytes)) => from_cbor(&bytes).map_err(|error| error.to_string()),
            Ok((kind, _)) => Err(format!("a frame of kind {kind}")),
            Err(error) => Err(error.to_string()),
        }
    }

    /// The worker's answer; an error when the worker is of no more use.
    fn ask(
        &self,
        worker: &mut Worker,
        input: &Input<'_>,
        wanted: Wanted,
    ) -> std::io::Result<Result<Vec<u8>, Unread>> {
        worker
            .process
            .begin(Duration::from_secs(self.limits.seconds));
        let written = protocol::write_request(&mut worker.input, input.name, input.bytes, wanted);
        let frame = written
            .and_then(|()| protocol::read_frame(&mut worker.output, self.limits.output_bytes));
        worker.process.finish();
        let nonsense = |error: String| std::io::Error::new(ErrorKind::InvalidData, error);
        match frame? {
            (READING, bytes) if wanted == Wanted::Reading => {
                let reading: Reading =
                    from_cbor(&bytes).map_err(|error| nonsense(error.to_string()))?;
                check(&reading).map_err(|error| nonsense(error.to_owned()))?;
                Ok(Ok(bytes))
            }
            (UNREAD, bytes) => Ok(Err(
                from_cbor(&bytes).map_err(|error| nonsense(error.to_string()))?
            )),
            (kind, bytes) if kind == wanted.frame() => Ok(Ok(bytes)),
            (kind, _) => Err(nonsense(format!("a frame of kind {kind}"))),
        }
    }

    /// Ends a worker that failed with `error`, and says what happened.
    fn bury(&self, worker: Worker, error: &std::io::Error) -> String {
        let limits = &self.limits;
        let late = worker.process.is_late();
        let status = worker.end();
        if late {
            return format!(
                "Reading it took longer than {} seconds and was ended.",
                limits.seconds
            );
        }
        match error.kind() {
            ErrorKind::FileTooLarge => {
                return format!(
                    "Its reading would be longer than {} bytes.",
                    limits.output_bytes
                );
            }
            ErrorKind::InvalidData => {
                return format!(
                    "The reading process gave an answer that is no reading ({error}); it was ended."
                );
            }
            _ => {}
        }
        match status {
            Some(status) => death(status, limits),
            None => format!("The reading process broke off: {error}."),
        }
    }
}

/// Why a worker died, as far as its exit tells.
fn death(status: ExitStatus, limits: &Limits) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let (abort, cpu, sys, killed) = (6, 24, 31, 9);
        if signal == abort {
            return format!(
                "Reading it needed more than the {} MiB of memory that a reader has; the reading process ended itself.",
                limits.memory_bytes >> 20
            );
        }
        if signal == cpu {
            return format!(
                "Reading it used more than {} seconds of processor time and was ended.",
                limits.cpu_seconds
            );
        }
        if signal == sys {
            return "The reading process tried something that reading does not need, and was stopped by the sandbox. \
                    Treat the file with care."
                .to_owned();
        }
        if signal == killed {
            return "The reading process was killed from outside, perhaps because the machine ran out of memory.".to_owned();
        }
        return format!("The reading process was ended by signal {signal}: a fault in the reader.");
    }
    format!("The reading process ended by itself ({status}).")
}

impl Worker {
    /// Ends the process and waits for its end, so that nothing of it stays.
    fn end(self) -> Option<ExitStatus> {
        drop((self.input, self.output));
        self.process.end()
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.watch.wake();
    }
}

/// Runs until the workers are gone.
fn watch(shared: &Weak<Shared>) {
    while let Some(shared) = shared.upgrade() {
        shared.watch.round();
    }
}
