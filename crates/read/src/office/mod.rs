//! The readers of office documents: DOCX and ODT, both a ZIP archive of XML parts.
//!
//! Words that are struck out as a tracked change, hidden words, notes, comments, heads and feet
//! of pages are read and marked; what is not read is counted and named in a remark. Invariant: a
//! part that is unpacked to more than it may is refused, whatever the archive claims of it.
//! Standards: ECMA-376, ODF 1.3, APPNOTE.

mod docx;
mod odt;
mod package;
mod paper;
mod xml;

pub(crate) use docx::read as docx;
pub(crate) use odt::read as odt;
