//! The Linux part of the sandbox: Landlock denies every file, port and foreign process by name,
//! seccomp kills the process on any system call that reading does not need.
//!
//! This file holds the crate's only unsafe code: two system calls that no crate here wraps
//! safely, `close_range` and the query of Landlock's version. Both take plain numbers.

#![allow(unsafe_code)]

use super::sandbox::{LANDLOCK, SECCOMP, SandboxReport};
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, RestrictionStatus, Ruleset,
    RulesetAttr, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};
use std::collections::BTreeMap;

/// Reports what the kernel gives, without giving anything up.
pub(super) fn probe(report: &mut SandboxReport) {
    match landlock_version() {
        Some(version) => report.add(
            LANDLOCK,
            true,
            format!("kernel ABI {version}: {}", landlock_words(version)),
        ),
        None => report.add(
            LANDLOCK,
            false,
            "this kernel has it not, or it is switched off",
        ),
    }
    match filter() {
        Ok(_) if seccomp_kills() => report.add(SECCOMP, true, SECCOMP_WORDS),
        Ok(_) => report.add(
            SECCOMP,
            false,
            "this kernel cannot kill a process by filter",
        ),
        Err(why) => report.add(SECCOMP, false, why),
    }
}

/// Closes every file but standard input, output and error, and shows no memory to others.
pub(super) fn leave_nothing_open(report: &mut SandboxReport) {
    // SAFETY: takes three numbers; nothing in this process uses a descriptor above 2 yet, or
    // will be asked to, since a worker only reads and writes its pipes.
    let closed = unsafe { libc::syscall(libc::SYS_close_range, 3u32, u32::MAX, 0u32) } == 0;
    if !closed {
        report.add(
            "inherited files",
            false,
            "this kernel has no close_range (Linux 5.9)",
        );
    }
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// Gives up files and the network.
pub(super) fn restrict_files(report: &mut SandboxReport) {
    match restrict() {
        Ok(status) if status.ruleset != RulesetStatus::NotEnforced => {
            let version = landlock_version().unwrap_or(1);
            report.add(
                LANDLOCK,
                true,
                format!("kernel ABI {version}: {}", landlock_words(version)),
            );
        }
        Ok(_) => report.add(
            LANDLOCK,
            false,
            "this kernel has it not, or it is switched off",
        ),
        Err(error) => report.add(LANDLOCK, false, format!("refused: {error}")),
    }
}

/// Gives up system calls.
pub(super) fn filter_calls(report: &mut SandboxReport) {
    // Landlock sets it too; without Landlock the filter still needs it.
    let _ = rustix::thread::set_no_new_privs(true);
    let filtered = filter().and_then(|program| {
        seccompiler::apply_filter(&program).map_err(|error| format!("refused: {error}"))
    });
    match filtered {
        Ok(()) => report.add(SECCOMP, true, SECCOMP_WORDS),
        Err(why) => report.add(SECCOMP, false, why),
    }
}

const SECCOMP_WORDS: &str =
    "any system call but reading, writing, memory and time kills the worker";

fn landlock_words(version: i64) -> &'static str {
    match version {
        ..=3 => "no file can be opened",
        4 | 5 => "no file can be opened, no TCP port used",
        _ => "no file can be opened, no TCP port used, no other process signalled",
    }
}

/// Handles every right that this crate knows, and grants none.
fn restrict() -> Result<RestrictionStatus, landlock::RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V6))?
        .handle_access(AccessNet::from_all(ABI::V6))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .restrict_self()
}

/// The kernel's Landlock version.
fn landlock_version() -> Option<i64> {
    const VERSION: u32 = 1;
    // SAFETY: with this flag the call takes no attributes and makes nothing; it returns a number.
    let version = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<u8>(),
            0usize,
            VERSION,
        )
    };
    (version > 0).then_some(version)
}

fn seccomp_kills() -> bool {
    const GET_ACTION_AVAIL: u32 = 2;
    let action: u32 = libc::SECCOMP_RET_KILL_PROCESS;
    // SAFETY: reads the one number that the pointer shows, and changes nothing.
    unsafe { libc::syscall(libc::SYS_seccomp, GET_ACTION_AVAIL, 0u32, &raw const action) == 0 }
}

/// The system calls of a worker.
fn filter() -> Result<BpfProgram, String> {
    let always = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_clock_gettime,
        libc::SYS_gettimeofday,
        libc::SYS_getrandom,
        libc::SYS_rt_sigreturn,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigaction,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_gettid,
        libc::SYS_getpid,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> =
        always.iter().map(|&call| (call, Vec::new())).collect();
    let own = u64::from(std::process::id());
    let only = |argument: u8, value: u64| -> Result<Vec<SeccompRule>, String> {
        let condition =
            SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value);
        let rule = condition.and_then(|condition| SeccompRule::new(vec![condition]));
        rule.map(|rule| vec![rule])
            .map_err(|error| error.to_string())
    };
    // To end itself when memory runs out, and to give itself processor time; nobody else.
    rules.insert(libc::SYS_tgkill, only(0, own)?);
    rules.insert(libc::SYS_prlimit64, only(0, 0)?);
    let architecture = std::env::consts::ARCH
        .try_into()
        .map_err(|_| format!("no filter for the processor {}", std::env::consts::ARCH))?;
    let filter = SeccompFilter::new(
        rules,
        SeccompAction::KillProcess,
        SeccompAction::Allow,
        architecture,
    );
    filter
        .and_then(BpfProgram::try_from)
        .map_err(|error| format!("the filter cannot be built: {error}"))
}
