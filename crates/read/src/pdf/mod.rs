//! The reader of PDF files: text in reading order, each word on its page; running heads, notes
//! and the letters of broken text layers marked.
//!
//! What a page draws comes from the crate hayro-interpret; lines, columns, paragraphs and notes
//! are found here, by the places of the characters. Invariant: no passage is dropped; a file of
//! which nothing can be read is refused in words. Standard: ISO 32000-2.

// Only the drawing of pages asks where words stand.
#![cfg_attr(not(feature = "pages"), allow(dead_code))]

mod blocks;
mod comments;
mod compose;
mod furniture;
mod garbled;
mod glyphs;
mod lines;
mod names;
mod order;
mod pictures;
mod places;

pub(crate) use pictures::unpack as pictures;

use crate::draft::Draft;
use crate::facts::{Facts, found};
use compose::Leaf;
use glyphs::{Collector, Way, text_string};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page,
};
use lines::Line;
use model::WordPlace;
use names::FontNames;
use places::Places;
use std::collections::BTreeMap;

/// Most pages of one file.
const MOST_PAGES: usize = 20_000;
/// Most lines of one file: what a reading has passages for.
const MOST_LINES: usize = 2_000_000;
/// Dots an inch of a page that is drawn for OCR, by which places of words are counted: enough for
/// letters of eight points.
const DOTS: f32 = 200.0;
/// Most dots of one page.
const MOST_DOTS: u64 = 36_000_000;

/// What was found on the pages of a file.
#[derive(Default)]
struct Found {
    leaves: Vec<Leaf>,
    lines: usize,
    unnamed: usize,
    outside: usize,
    scanned: bool,
    overflow: Vec<u32>,
    /// Pages that show a picture and hold no letter.
    blank: Vec<u32>,
}

/// Reads the PDF file `bytes`.
///
/// # Errors
/// In words for people: protected by a password, damaged, or without a letter of text.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    compose(&open(bytes)?, facts, None)
}

/// The text of a PDF file as [`read`] makes it, and where its words stand; `scales` are the dots a
/// point of each page.
///
/// # Errors
/// As [`read`].
pub(crate) fn words(pdf: &Pdf, scales: &[f64]) -> Result<(String, Vec<WordPlace>), String> {
    let mut places = Places::new(scales);
    let draft = compose(pdf, &mut Facts::default(), Some(&mut places))?;
    Ok((draft.text, places.words))
}

/// Opens a PDF file that has pages.
///
/// # Errors
/// In words for people: protected by a password, damaged, or of too many pages.
pub(crate) fn open(bytes: &[u8]) -> Result<Pdf, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| refusal(error).to_owned())?;
    let pages = pdf.pages().len();
    if pages == 0 {
        return Err("The PDF file has no pages. Check that it is complete.".to_owned());
    }
    if pages > MOST_PAGES {
        return Err(format!(
            "The PDF file has {pages} pages; readers take at most {MOST_PAGES}. Split it into parts."
        ));
    }
    Ok(pdf)
}

/// Dots a point of a page that is so wide and high, in points: 200 an inch, fewer for a page so
/// large that it would have more than [`MOST_DOTS`].
pub(crate) fn dots_a_point(width: f32, height: f32) -> f64 {
    let area = f64::from(width) * f64::from(height);
    f64::from(DOTS / 72.0).min((MOST_DOTS as f64 / area).sqrt())
}

fn compose(
    pdf: &Pdf,
    facts: &mut Facts,
    places: Option<&mut Places<'_>>,
) -> Result<Draft<'static>, String> {
    let pages = pdf.pages();
    let mut found = Found::default();
    let cache = InterpreterCache::new();
    let mut names = FontNames::default();
    for (number, page) in (1u32..).zip(pages.iter()) {
        let context = context(page, pdf, &cache);
        look(page, number, context, &mut names, &mut found);
        if found.lines > MOST_LINES {
            return Err(format!(
                "The PDF file has more than {MOST_LINES} lines of text. Split it into parts."
            ));
        }
    }
    let letters = found.leaves.iter().any(|leaf| !leaf.lines.is_empty());
    if !letters && found.leaves.iter().all(|leaf| leaf.comments.is_empty()) {
        return Err(nothing(pages.len(), found.blank.len()));
    }
    about(pdf, facts);
    remarks(&found, facts);
    let garbled = garbled::pages(&found.leaves);
    if letters && garbled.iter().all(|&page| page) {
        return Err(
            "Needs OCR: the letters that the file gives for its text make no words (its text \
             layer is broken), though the pages may look right."
                .to_owned(),
        );
    }
    Ok(compose::draft(&found.leaves, &garbled, facts, places))
}

pub(crate) fn context<'a>(
    page: &Page<'a>,
    pdf: &'a Pdf,
    cache: &InterpreterCache<'a>,
) -> Context<'a> {
    let (width, height) = page.render_dimensions();
    Context::new(
        page.initial_transform(true).to_kurbo(),
        Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        cache,
        pdf.xref(),
        InterpreterSettings::default(),
    )
}

/// Finds the lines of one page.
fn look<'a>(
    page: &Page<'a>,
    number: u32,
    mut context: Context<'a>,
    names: &mut FontNames,
    found: &mut Found,
) {
    let size = page.render_dimensions();
    let mut collector = Collector::new(size, names);
    interpret_page(page, &mut context, &mut collector);
    let glyphs = &collector.glyphs;
    let mut counts: BTreeMap<Way, usize> = BTreeMap::new();
    for glyph in glyphs {
        *counts.entry(glyph.way).or_default() += 1;
    }
    let mut ways: Vec<(Way, usize)> = counts.into_iter().collect();
    ways.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let main = ways.first().map_or(Way::Across, |(way, _)| *way);
    let mut all = ways.iter().map(|(way, _)| lines::lines(glyphs, *way, size));
    let lines = all.next().unwrap_or_default();
    let turned: Vec<Line> = all.flat_map(order::ordered).collect();
    let across = !matches!(main, Way::Up | Way::Down | Way::Columns);
    found.scanned |= glyphs.iter().any(|glyph| glyph.unseen) && collector.images > 0;
    found.unnamed += collector.unnamed;
    found.outside += collector.outside;
    found.lines += lines.len() + turned.len();
    if collector.overflow {
        found.overflow.push(number);
    }
    if lines.is_empty() && collector.images > 0 {
        found.blank.push(number);
    }
    found.leaves.push(Leaf {
        number,
        height: if across { size.1 } else { size.0 },
        lines,
        turned,
        comments: comments::on(page),
    });
}

fn refusal(error: LoadPdfError) -> &'static str {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "The PDF file is protected by a password. Add a copy that was saved without one."
        }
        LoadPdfError::Decryption(_) => {
            "The PDF file is encrypted in a way that cannot be undone (no key, or an unknown \
             method). Add a copy that was saved without encryption."
        }
        LoadPdfError::Invalid => {
            "The PDF file is damaged: no pages can be found in it. Check that it is complete."
        }
    }
}

fn nothing(pages: usize, pictures: usize) -> String {
    if pictures > 0 {
        return format!(
            "Needs OCR: the PDF file holds pictures of {pages} {} and no text.",
            if pages == 1 { "page" } else { "pages" }
        );
    }
    "The PDF file holds no text: its pages are empty, or draw their letters as shapes (then it \
     needs OCR)."
        .to_owned()
}

/// What the file says of itself.
fn about(pdf: &Pdf, facts: &mut Facts) {
    let line = |bytes: &Option<Box<[u8]>>| {
        let text = bytes.as_deref().map(text_string)?;
        let line = crate::front_matter::one_line(&text);
        (!line.is_empty() && line.chars().count() <= 300).then_some(line)
    };
    let metadata = pdf.metadata();
    let is_file_name = |title: &String| {
        let lower = title.to_lowercase();
        lower.starts_with("microsoft ")
            || lower.contains("untitled")
            || [".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".odt"]
                .iter()
                .any(|end| lower.ends_with(end))
    };
    if let Some(title) = line(&metadata.title).filter(|title| !is_file_name(title)) {
        facts.title = Some(found(title, "properties of the PDF file: Title"));
    }
    if let Some(author) = line(&metadata.author) {
        facts
            .authors
            .push(found(author, "properties of the PDF file: Author"));
    }
}

/// What a person should know of the pages.
fn remarks(found: &Found, facts: &mut Facts) {
    let mut say = |text: String| facts.remarks.push(text);
    if found.scanned {
        say(
            "The letters lie unseen below pictures of the pages: OCR made them before the file \
             came in, and may have misread some."
                .to_owned(),
        );
    }
    if !found.blank.is_empty() {
        say(format!(
            "Needs OCR: {} of {} hold pictures and no text ({}).",
            count(found.blank.len(), "page"),
            found.leaves.len(),
            numbers(&found.blank)
        ));
    }
    if found.unnamed > 0 {
        say(format!(
            "The file does not say which letters {} are; each stands as � or as a private sign.",
            count(found.unnamed, "character")
        ));
    }
    if found.outside > 0 {
        say(format!(
            "{} outside the edges of the pages, which nobody sees, were not read.",
            count(found.outside, "character")
        ));
    }
    if !found.overflow.is_empty() {
        say(format!(
            "More than {} characters stand on {}; the rest of them was not read.",
            glyphs::MOST,
            numbers(&found.overflow)
        ));
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Page numbers for people: `p. 3–5, 9`.
fn numbers(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => runs.push((page, page)),
        }
    }
    let more = runs.len() > 20;
    let words = runs.iter().take(20).map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}–{last}")
        }
    });
    let words: Vec<String> = words.collect();
    format!("p. {}{}", words.join(", "), if more { " …" } else { "" })
}
