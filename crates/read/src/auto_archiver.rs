//! Pages of auto-archiver: what it writes of an address that it archived, with the files that it
//! kept and their hashes.
//!
//! Invariant: the address is that of what was archived; times in the page are those of archiving,
//! and no date of publication is made of them here. Standard: the template of auto-archiver 1.2.

use crate::data;
use crate::facts::{Facts, found};
use crate::front_matter::one_line;

/// What its pages end with, and what stands before the address.
const MADE: &str = ">bellingcat/auto-archiver</a>";
const ADDRESS: &str = "<h2>Archived media for <span class=\"copy\">";
const TITLE: &str = "<b>title:</b> '<span class=\"copy\">";
/// Longest value that is taken, in bytes.
const LONGEST: usize = 2048;

/// Takes what the page says of itself, where it is one.
pub(crate) fn facts(source: &str, facts: &mut Facts) {
    let Some((_, rest)) = source.rsplit_once(MADE) else {
        return;
    };
    let version = rest.split('<').next().map(one_line).unwrap_or_default();
    let address = said(source, ADDRESS).filter(|address| data::host_of(address).is_some());
    let hashes = source.matches("SHA-256:").count() + source.matches("SHA3-512:").count();
    facts.remarks.push(format!(
        "A page that auto-archiver {version} wrote{}. It names {hashes} {} of files that it kept: add those files, \
         and compare.",
        address
            .as_ref()
            .map(|address| format!(" of {address}"))
            .unwrap_or_default(),
        if hashes == 1 { "hash" } else { "hashes" },
    ));
    if let Some(title) = said(source, TITLE) {
        facts.title = Some(found(title, "title that auto-archiver gives"));
    }
    if let Some(address) = address {
        facts.address = Some(found(address, "address that auto-archiver archived"));
        facts.publisher_by_address();
    }
}

/// The text behind `words`, up to the next tag, its references undone.
fn said(source: &str, words: &str) -> Option<String> {
    let (_, rest) = source.split_once(words)?;
    let end = rest.find('<').filter(|end| *end <= LONGEST)?;
    let value = quick_xml::escape::unescape(&rest[..end]).ok()?;
    Some(one_line(&value)).filter(|value| !value.is_empty())
}
