//! A command that was not done: one sentence that says what happened, what it means, what to do.

use std::fmt;
use std::process::ExitCode;

/// Why a command was not done.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure in these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// Says so on standard error; the exit code is 2.
    pub fn report(self) -> ExitCode {
        crate::print::line_err(&format!("{} {self}", crate::print::alarm("error:")));
        ExitCode::from(2)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut words = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let cause_words = cause.to_string();
            if !words.contains(&cause_words) {
                words.push_str(": ");
                words.push_str(&cause_words);
            }
            source = cause.source();
        }
        Self(words)
    }
}

/// The result of a command, and of what commands share.
pub type Result<T, E = Failure> = std::result::Result<T, E>;
