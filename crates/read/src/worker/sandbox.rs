//! What a worker may not do, and how sure that is on this machine.

use super::Limits;
use serde::{Deserialize, Serialize};

/// One layer of protection.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Protection {
    /// What it is, such as `Landlock`.
    pub name: String,
    /// Whether a worker has it here.
    pub active: bool,
    /// What it does here, or why it does not, for people.
    pub detail: String,
}

/// The layers around a worker, outermost first.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SandboxReport {
    /// The layers.
    pub protections: Vec<Protection>,
}

impl SandboxReport {
    /// Whether a worker that is taken over can open neither files nor sockets.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let active = |name: &str| self.protections.iter().any(|p| p.name == name && p.active);
        active(SECCOMP) || active(LANDLOCK)
    }

    pub(super) fn add(&mut self, name: &str, active: bool, detail: impl Into<String>) {
        self.protections.push(Protection {
            name: name.to_owned(),
            active,
            detail: detail.into(),
        });
    }
}

/// Its own process, and what that gives.
pub(super) const PROCESS: &str = "own process";
/// The layer that denies files and the network by name.
pub(super) const LANDLOCK: &str = "Landlock";
/// The layer that denies system calls.
pub(super) const SECCOMP: &str = "seccomp";
/// The layer that bounds memory, files and processor time.
pub(super) const RLIMITS: &str = "resource limits";

/// What this machine gives, without starting a worker. What a started worker really has stands
/// in [`super::Workers::sandbox`].
#[must_use]
pub fn sandbox() -> SandboxReport {
    let mut report = SandboxReport::default();
    report.add(
        PROCESS,
        true,
        "untrusted files are read in a process of their own, without environment",
    );
    #[cfg(target_os = "linux")]
    super::linux::probe(&mut report);
    #[cfg(not(target_os = "linux"))]
    {
        report.add(LANDLOCK, false, "only on Linux");
        report.add(SECCOMP, false, "only on Linux");
    }
    report.add(
        RLIMITS,
        cfg!(unix),
        if cfg!(unix) {
            "memory, open files, core dumps"
        } else {
            "only on Unix"
        },
    );
    report
}

/// Gives up everything that reading does not need. From here on this process can only compute,
/// read what is open and write to what is open.
pub(super) fn close_doors(limits: &Limits) -> SandboxReport {
    let mut report = SandboxReport::default();
    report.add(PROCESS, true, "a process of its own, without environment");
    #[cfg(target_os = "linux")]
    {
        super::linux::leave_nothing_open(&mut report);
        super::linux::restrict_files(&mut report);
    }
    bound(limits, &mut report);
    // The first look at a clock asks the kernel where its clocks are, which is denied later.
    allow_time(limits);
    #[cfg(target_os = "linux")]
    super::linux::filter_calls(&mut report);
    #[cfg(not(target_os = "linux"))]
    {
        report.add(LANDLOCK, false, "only on Linux");
        report.add(SECCOMP, false, "only on Linux");
    }
    report
}

#[cfg(unix)]
fn bound(limits: &Limits, report: &mut SandboxReport) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let mut failed = Vec::new();
    let mut set = |what: &str, resource: Resource, value: u64| {
        let limit = Rlimit {
            current: Some(value),
            maximum: Some(value),
        };
        if setrlimit(resource, limit).is_err() {
            failed.push(what.to_owned());
        }
    };
    set("memory", Resource::As, limits.memory_bytes);
    set("core dumps", Resource::Core, 0);
    // Standard input, output and error are open; nothing else can ever be.
    set("open files", Resource::Nofile, 3);
    set("file size", Resource::Fsize, 0);
    let detail = format!(
        "{} MiB of memory, no new files, no core dump, {} s of processor time a file",
        limits.memory_bytes >> 20,
        limits.cpu_seconds
    );
    if failed.is_empty() {
        report.add(RLIMITS, true, detail);
    } else {
        report.add(
            RLIMITS,
            false,
            format!("this system refused to limit: {}", failed.join(", ")),
        );
    }
}

#[cfg(not(unix))]
fn bound(_: &Limits, report: &mut SandboxReport) {
    report.add(RLIMITS, false, "only on Unix");
}

/// Gives the next file its processor time. The program that started this worker kills it by the
/// clock; this bound holds even when that program is gone.
pub(super) fn allow_time(limits: &Limits) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = Rlimit {
            current: Some(used_seconds() + limits.cpu_seconds),
            ..getrlimit(Resource::Cpu)
        };
        // Refused where the hard limit is lower already: then that one holds.
        let _ = setrlimit(Resource::Cpu, limit);
    }
    #[cfg(not(unix))]
    let _ = limits;
}

/// Processor time of this process, in whole seconds.
#[cfg(unix)]
fn used_seconds() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0)
}
