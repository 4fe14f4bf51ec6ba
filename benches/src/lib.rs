//! What the measuring programs share: made-up pages and reports, and what a run of a program cost.
//! `onrecord-benches` measures the command line, `screens` the web interface.

pub mod measure;
pub mod numbers;
pub mod pages;
pub mod reports;
