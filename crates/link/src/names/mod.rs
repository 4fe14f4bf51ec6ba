//! Names across scripts and romanisations: keys, candidates, and a similarity that says why.
//!
//! Invariant: the written form is kept; the same name gives the same key on every machine; what is
//! ambiguous is kept as candidates and never guessed away.

mod chinese;
mod compare;
mod decode;
mod found;
mod han;
mod japanese;
mod key;
mod korean;
mod latin_text;
mod likeness;
mod parse;
mod parsed;
mod romaji;
mod spelling_index;
mod table;
mod titles;
mod trie;
mod unknown;
mod western;
mod written;

pub use compare::{Level, Similarity, compare, compare_parsed};
pub use key::Key;
pub use korean::{System, romanise};
pub use parse::{Habits, keys, keys_of, parse, parse_with};
pub use parsed::{NameKeys, Order, ParsedName, Reading, Script, Tradition};
