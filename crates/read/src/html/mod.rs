//! The reader of HTML, well-formed or not: tokens by WHATWG rules (html5gum), passages by a
//! small builder of our own that knows where every character stands in the source.
//!
//! Time and memory are linear in the source: elements stand on a stack of bounded depth, and no
//! tree is built. See `page` for the passages, `content` for what is the document among them,
//! `meta` for what the page says of itself.

mod clues;
mod content;
mod dated;
mod elements;
mod json_ld;
mod meta;
mod page;
mod place;
mod tables;
mod tag;
mod title;
mod tokens;

use crate::draft::Draft;
use crate::facts::Facts;
use crate::main_text::{self, study::Study};
use crate::{auto_archiver, judge, single_file};
pub(crate) use place::Place;

/// Reads `source`, the decoded text of an HTML document.
///
/// Text that its elements hide is passed over, unless next to nothing else is there: some pages
/// hide everything until a script shows it.
pub(crate) fn read<'s>(source: &'s str, facts: &mut Facts) -> Draft<'s> {
    judged(source, facts, false).0
}

/// What the models see of a page.
pub(crate) fn study(source: &str) -> Study {
    judged(source, &mut Facts::default(), true).1
}

/// A page as it is read, and what the models see of it where `with_study`.
fn judged<'s>(source: &'s str, facts: &mut Facts, with_study: bool) -> (Draft<'s>, Study) {
    let page::Parts {
        mut draft,
        places,
        mut meta,
        names,
        ..
    } = shown(source, facts, with_study);
    let main = content::mark(&mut draft, &places);
    let clues = std::mem::take(&mut meta.clues).found;
    meta.into_facts(&draft, &main, facts);
    content::settle_head(&mut draft, &main, facts);
    single_file::facts(source, facts);
    auto_archiver::facts(source, facts);
    let mut opinions = Opinions {
        places: &places,
        by_rules: main.by_rules(),
        clues: &clues,
        names,
        study: Study::default(),
    };
    judge::structured(&mut draft, facts, &mut opinions);
    (draft, opinions.study)
}

/// The parts of a page that it shows; of one that hides nearly everything, all.
fn shown<'s>(source: &'s str, facts: &mut Facts, with_names: bool) -> page::Parts<'s> {
    let data_tables = tables::data_tables(source);
    let parts = |show_hidden: bool| {
        let mut page = page::Page::new(source, data_tables.clone(), show_hidden);
        page.names = with_names.then(|| vec![String::new()]);
        tokens::feed(source, &mut page);
        page.finish()
    };
    let mut parts_shown = parts(false);
    if parts_shown.hidden > 400 && parts_shown.hidden > 4 * parts_shown.draft.text.len() {
        parts_shown = parts(true);
        facts.remarks.push(
            "The page hides nearly all of its text until a script runs; it was read all the same."
                .to_owned(),
        );
    } else if parts_shown.hidden > 0 {
        facts.remarks.push(format!(
            "{} bytes of text that the page does not show were passed over.",
            parts_shown.hidden
        ));
    }
    if parts_shown.flattened {
        facts.remarks.push(format!(
            "Elements nested deeper than {} were read as if they were side by side.",
            page::MAX_DEPTH
        ));
    }
    parts_shown
}

/// The learned opinions on a page: on its main text, and on its date.
struct Opinions<'a> {
    places: &'a [Place],
    by_rules: main_text::ByRules,
    clues: &'a [clues::Clue],
    /// The names of each place, when the page is to be learned from.
    names: Option<Vec<String>>,
    study: Study,
}

impl judge::Second for Opinions<'_> {
    fn passages(&mut self, page: &mut judge::Page<'_, '_>, facts: &mut Facts) {
        if let Some(names) = &self.names {
            self.study = main_text::study::of(page, self.places, names, self.by_rules);
        }
        main_text::mark(page, facts, self.places, self.by_rules);
    }

    fn dates(&mut self, page: &judge::Page<'_, '_>, facts: &mut Facts) {
        let around = dated::Around {
            places: self.places,
            by_rules: self.by_rules,
            clues: self.clues,
        };
        if self.names.is_some() {
            self.study.days = dated::study(page, facts, &around);
        }
        dated::settle(page, facts, &around);
    }
}

#[cfg(test)]
mod tests;
