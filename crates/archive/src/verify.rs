//! Checking everything.
use crate::{Head, LogEntry};

/// How bad a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Explains something; nothing is wrong.
    Note,
    /// Not evidence, or not certain; worth a look.
    Warning,
    /// Something on record was changed, removed or is unreadable.
    Damage,
}

/// One thing found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The object, by its key.
    pub object: String,
    /// What was found.
    pub what: String,
    /// What it means, naming the sources it touches.
    pub meaning: String,
    /// Sources that are touched.
    pub sources: Vec<model::SourceId>,
}

/// Asked of every entry when keys are there: why it is wrong, if it is.
pub type Check<'a> = &'a (dyn Fn(&LogEntry) -> Result<(), String> + Sync);

/// What to check, and how.
#[derive(Clone, Default)]
pub struct VerifyOptions<'a> {
    /// Threads; 0 = as many as the machine has.
    pub threads: usize,
    /// Heads that somebody saw ([`crate::Device::heads`]): detects history that was removed.
    pub seen_heads: Vec<Head>,
    /// A further check of every entry.
    pub check: Option<Check<'a>>,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes to read.
    pub total_bytes: u64,
    /// Entries checked.
    pub entries: u64,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct VerifyReport {
    /// All findings, by object.
    pub findings: Vec<Finding>,
    /// Entries checked.
    pub entries: u64,
    /// Sources on record.
    pub sources: u64,
    /// Of those, sources whose key was destroyed.
    pub erased: u64,
    /// Segments checked.
    pub segments: u64,
    /// Objects checked.
    pub objects: u64,
    /// Bytes read.
    pub bytes: u64,
    /// The logs as verified.
    pub heads: Vec<Head>,
}

impl VerifyReport {
    /// Whether nothing on record is damaged.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity < Severity::Damage)
    }
}

pub(crate) fn verify(
    _archive: &crate::Archive,
    _options: &VerifyOptions<'_>,
    _progress: &mut dyn FnMut(Progress),
) -> VerifyReport {
    todo!()
}
