//! Progress of long work, on standard error: rate and time left. Silent where it is not a
//! terminal, and when asked to be.

use crate::cli::Global;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// A bar that counts.
pub struct Progress(ProgressBar);

impl Progress {
    /// So much is done, of so much; a total of 0 is not known.
    pub fn set(&self, done: u64, total: u64) {
        if total > 0 {
            self.0.set_length(total);
        }
        self.0.set_position(done);
    }

    /// Prints a line above the bar.
    pub fn println(&self, line: &str) {
        self.0.suspend(|| {
            use std::io::Write;
            // As for standard error: what is being done goes on.
            let _ = writeln!(anstream::stdout(), "{line}");
        });
    }

    /// Prints a line above the bar, on standard error.
    pub fn note(&self, line: &str) {
        self.0.suspend(|| crate::print::line_err(line));
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

/// Counts things, such as `sources`.
pub fn counter(global: &Global, what: &str, unit: &str) -> Progress {
    let template = format!("{what} {{wide_bar}} {{pos}}/{{len}} {unit}  {{per_sec}}  {{eta}} left");
    bar(global, &template)
}

/// Counts bytes.
pub fn bytes(global: &Global, what: &str) -> Progress {
    let template =
        format!("{what} {{wide_bar}} {{bytes}}/{{total_bytes}}  {{bytes_per_sec}}  {{eta}} left");
    bar(global, &template)
}

/// Counts things whose number is not known beforehand.
pub fn open_counter(global: &Global, what: &str, unit: &str) -> Progress {
    let template = format!("{{spinner}} {what} {{pos}} {unit}  {{per_sec}}  {{elapsed}}");
    bar(global, &template)
}

fn bar(global: &Global, template: &str) -> Progress {
    let shown = !global.quiet && !global.json && std::io::stderr().is_terminal();
    let target = if shown {
        ProgressDrawTarget::stderr_with_hz(8)
    } else {
        ProgressDrawTarget::hidden()
    };
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    Progress(ProgressBar::with_draw_target(None, target).with_style(style))
}
