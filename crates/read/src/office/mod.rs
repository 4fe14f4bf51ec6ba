//! The readers of office documents: DOCX, ODT and EPUB, each a ZIP archive of XML parts, and RTF.
//!
//! Words that are struck out as a tracked change, hidden words, notes, comments, heads and feet
//! of pages are read and marked; what is not read is counted and named in a remark. Invariant: a
//! part that is unpacked to more than it may is refused, whatever the archive claims of it.
//! Standards: ECMA-376, ODF 1.3, APPNOTE.

mod code_pages;
mod docx;
mod epub;
mod odt;
mod package;
mod paper;
mod rtf;
mod styles;
mod xml;

pub(crate) use code_pages::of_code_page;
pub(crate) use docx::read as docx;
pub(crate) use epub::read as epub;
pub(crate) use odt::read as odt;
pub(crate) use rtf::read as rtf;

/// Whether an OpenDocument package has content that is well-formed to its end.
///
/// # Errors
/// In words for people: damaged, larger than it may be.
pub(crate) fn has_whole_content(bytes: &[u8]) -> Result<bool, String> {
    let content = package::Package::open(bytes)?.part("content.xml")?;
    Ok(content.is_some_and(|content| xml::is_well_formed(&content)))
}
