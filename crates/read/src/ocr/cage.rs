//! The process in which Tesseract runs: this program gives up what OCR does not need, and then
//! becomes Tesseract.
//!
//! Invariant: on Linux, what runs from here on reads the system's own files and its input, writes
//! to its output, and nothing else, as far as the kernel can hold it to that: `doctor` tells how
//! far. On other systems only the limits of memory and time hold (on Windows none).

use std::ffi::OsString;
use std::process::Command;

/// Bytes of memory, and seconds of processor time.
#[cfg(unix)]
const MEMORY: u64 = 2 << 30;
#[cfg(unix)]
const SECONDS: u64 = 180;

/// Becomes the program that the first argument names, with the others. Returns only when that
/// cannot be: the exit code.
#[must_use]
pub fn serve(arguments: &[OsString]) -> u8 {
    let Some((program, rest)) = arguments.split_first() else {
        return 2;
    };
    bound();
    #[cfg(target_os = "linux")]
    if close_doors(program).is_err() {
        return 3;
    }
    let mut command = Command::new(program);
    command.args(rest);
    #[cfg(unix)]
    {
        // It returns only when it fails.
        let _ = std::os::unix::process::CommandExt::exec(&mut command);
        4
    }
    #[cfg(not(unix))]
    match command.status() {
        Ok(status) if status.success() => 0,
        _ => 4,
    }
}

#[cfg(unix)]
fn bound() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 64),
    ];
    for (resource, value) in limits {
        let limit = Rlimit {
            current: Some(value),
            maximum: Some(value),
        };
        // Refused where the limit is lower already: then that one holds.
        let _ = setrlimit(resource, limit);
    }
}

#[cfg(not(unix))]
fn bound() {}

#[cfg(target_os = "linux")]
fn close_doors(program: &OsString) -> Result<(), String> {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset,
        RulesetAttr, RulesetCreatedAttr, Scope,
    };
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let own = std::path::Path::new(program)
        .parent()
        .map(std::path::Path::to_owned);
    let places = [
        "/usr",
        "/lib",
        "/lib64",
        "/bin",
        "/etc/ld.so.cache",
        "/opt",
        "/nix/store",
    ];
    let places = places.iter().map(std::path::PathBuf::from).chain(own);
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V6))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V6)))
        .and_then(|rules| rules.scope(Scope::from_all(ABI::V6)))
        .and_then(Ruleset::create)
        .map_err(|error| words(&error))?;
    for place in places {
        let Ok(place) = PathFd::new(&place) else {
            continue;
        };
        let beneath = PathBeneath::new(place, AccessFs::from_read(ABI::V6));
        rules = rules.add_rule(beneath).map_err(|error| words(&error))?;
    }
    rules.restrict_self().map_err(|error| words(&error))?;
    deny_network()
}

/// Any call that reaches for a network or for another process fails.
#[cfg(target_os = "linux")]
fn deny_network() -> Result<(), String> {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
    let words = |error: &dyn std::fmt::Display| error.to_string();
    // Landlock sets it too; without Landlock the filter still needs it.
    rustix::thread::set_no_new_privs(true).map_err(|error| words(&error))?;
    let calls = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_io_uring_setup,
        libc::SYS_bpf,
        libc::SYS_kexec_load,
        libc::SYS_mount,
        libc::SYS_unshare,
    ];
    let rules = calls.iter().map(|call| (*call, Vec::new())).collect();
    let architecture = std::env::consts::ARCH
        .try_into()
        .map_err(|_| format!("no filter for the processor {}", std::env::consts::ARCH))?;
    let refused = SeccompAction::Errno(libc::EPERM as u32);
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture);
    let program = filter
        .and_then(BpfProgram::try_from)
        .map_err(|error| words(&error))?;
    seccompiler::apply_filter(&program).map_err(|error| words(&error))
}
