//! The sandboxed reader that the tests of this crate start, as the program starts itself.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(read::worker::serve())
}
