//! The reader of HTML, well-formed or not: tokens by WHATWG rules (html5gum), passages by a
//! small builder of our own that knows where every character stands in the source.
//!
//! Time and memory are linear in the source: elements stand on a stack of bounded depth, and no
//! tree is built. See `page` for the passages, `content` for what is the document among them,
//! `meta` for what the page says of itself.

mod content;
mod elements;
mod json_ld;
mod meta;
mod page;
mod tables;
mod title;
mod tokens;

use crate::draft::Draft;
use crate::facts::Facts;
use crate::{judge, single_file};

/// Reads `source`, the decoded text of an HTML document.
///
/// Text that its elements hide is passed over, unless next to nothing else is there: some pages
/// hide everything until a script shows it.
pub(crate) fn read<'s>(source: &'s str, facts: &mut Facts) -> Draft<'s> {
    let data_tables = tables::data_tables(source);
    let mut parts = parts(source, data_tables.clone(), false);
    if parts.hidden > 400 && parts.hidden > 4 * parts.draft.text.len() {
        parts = self::parts(source, data_tables, true);
        facts.remarks.push(
            "The page hides nearly all of its text until a script runs; it was read all the same."
                .to_owned(),
        );
    } else if parts.hidden > 0 {
        facts.remarks.push(format!(
            "{} bytes of text that the page does not show were passed over.",
            parts.hidden
        ));
    }
    if parts.flattened {
        facts.remarks.push(format!(
            "Elements nested deeper than {} were read as if they were side by side.",
            page::MAX_DEPTH
        ));
    }
    let page::Parts {
        mut draft,
        places,
        meta,
        ..
    } = parts;
    let main = content::mark(&mut draft, &places);
    meta.into_facts(&draft, &main, facts);
    content::settle_head(&mut draft, &main, facts);
    single_file::facts(source, facts);
    judge::structured(&mut draft, facts);
    draft
}

fn parts(source: &str, data_tables: Vec<bool>, show_hidden: bool) -> page::Parts<'_> {
    let mut page = page::Page::new(source, data_tables, show_hidden);
    tokens::feed(source, &mut page);
    page.finish()
}

#[cfg(test)]
mod tests;
