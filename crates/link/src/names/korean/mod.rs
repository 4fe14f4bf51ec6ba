//! Korean names: read from Hangul and from any romanisation, and written in four.
//!
//! Invariant: Hangul and Latin forms of one name end in the same key wherever the Latin form is not
//! ambiguous; where it is, the likeliest is taken and the next kept.

mod code;
mod hangul;
mod hanja;
mod letters;
mod lexicon;
mod likeness;
mod read;
mod romanise;
mod spelling;

pub(super) use hanja::read_hanja;
pub use letters::System;
#[cfg(test)]
pub(super) use lexicon::LEXICON;
pub(super) use likeness::{given_names, surnames};
pub(super) use read::{read_hangul, read_latin};
pub use romanise::romanise;
