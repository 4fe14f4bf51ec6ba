//! What a file may cost, and why no worker could be started.

/// What one file may cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Seconds by the clock for one file.
    pub seconds: u64,
    /// Seconds of processor time for one file; the kernel ends the worker behind them.
    pub cpu_seconds: u64,
    /// Bytes of address space of a worker.
    pub memory_bytes: u64,
    /// Bytes of a file; a longer one is not passed to a worker.
    pub input_bytes: u64,
    /// Bytes of a reading.
    pub output_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            seconds: 20,
            cpu_seconds: 15,
            memory_bytes: 1 << 30,
            input_bytes: 64 << 20,
            output_bytes: 256 << 20,
        }
    }
}

/// No worker could be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The program could not be run.
    #[error(
        "the reading process {program} could not be started: {source}. Check that the program can run itself again."
    )]
    Spawn {
        /// The program.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// It ran, but did not answer as a worker.
    #[error(
        "the reading process {program} did not answer as one ({why}). Check that it is the same version as this program."
    )]
    Hello {
        /// The program.
        program: String,
        /// What came instead.
        why: String,
    },
}
