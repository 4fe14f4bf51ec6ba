//! Pages saved by SingleFile: HTML whose first comment says where it was saved from, and when.
//!
//! Invariant: the time of saving is no date of publication, and is told as what it is.

use crate::data;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;

/// Bytes at the head of the page in which the comment stands.
const HEAD: usize = 16 << 10;

/// Takes what the comment says, where the page has one.
pub(crate) fn facts(source: &str, facts: &mut Facts) {
    let mut end = source.len().min(HEAD);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let head = &source[..end];
    let Some((_, rest)) = head.split_once("Page saved with SingleFile") else {
        return;
    };
    let comment = rest.split("-->").next().unwrap_or_default();
    let line = |key: &str| {
        let mut lines = comment
            .lines()
            .filter_map(|line| line.trim().strip_prefix(key));
        lines.next().map(one_line).filter(|value| !value.is_empty())
    };
    let address = line("url:").filter(|address| data::host_of(address).is_some());
    let date = line("saved date:");
    facts.remarks.push(format!(
        "A page saved with SingleFile{}{}.",
        address
            .as_ref()
            .map(|from| format!(" from {from}"))
            .unwrap_or_default(),
        date.map(|at| format!(" on {at}, by that machine’s clock"))
            .unwrap_or_default(),
    ));
    if let (Some(address), None) = (address, &facts.address) {
        facts.address = Some(found(address, "address that the page was saved from"));
        facts.publisher_by_address();
    }
}
