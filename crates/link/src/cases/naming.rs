//! When two written names are taken for one name.

use crate::corpus::fold;

/// The key under which names that may be the same stand together.
pub(super) fn key(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words.concat()
}

/// Why two written names are one name; `None` when they are not.
pub(super) fn same(one: &str, other: &str) -> Option<String> {
    if fold(one) == fold(other) {
        return Some(format!("the same name, {one}"));
    }
    (key(one) == key(other)).then(|| format!("{one} and {other} have the same words"))
}
