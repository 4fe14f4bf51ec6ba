//! What is left of a name that an ellipsis cuts short.
//!
//! Invariant: less than half of a name tells nobody apart and is left.

/// The sign of what was cut off.
pub(super) const CUT: char = '…';

/// Names, to be found by how they begin.
pub(super) struct Cut(Vec<String>);

impl Cut {
    pub(super) fn new(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        Self(names)
    }

    /// Whether a name begins so, and this is half of it or more.
    pub(super) fn begins(&self, part: &str) -> bool {
        let from = self.0.partition_point(|name| name.as_str() < part);
        let names = self.0[from..].iter();
        let mut names = names.take_while(|name| name.starts_with(part));
        names.any(|name| name.len() <= 2 * part.len())
    }
}
