//! From the lines of all pages to a draft: furniture set aside, paragraphs joined over the ends
//! of pages, words over the ends of lines.
//!
//! Invariant: each character of the draft stands on the page that [`Draft::on_page`] was told.

use super::blocks::{Block, Manner, Piece, blocks};
use super::furniture::{self, Sheet};
use super::glyphs::is_private;
use super::lines::Line;
use super::order::ordered;
use super::places::Places;
use crate::draft::Draft;
use crate::facts::{Facts, found};
use crate::judge;
use crate::words::{fold, is_unspaced};
use model::{LeftOut, PassageKind};
use std::collections::{BTreeMap, HashSet};

/// A page with its lines, in the order in which they are drawn.
pub(super) struct Leaf {
    /// From 1.
    pub number: u32,
    pub height: f32,
    pub lines: Vec<Line>,
    /// Lines that run another way than most: sideways labels, stamps.
    pub turned: Vec<Line>,
    pub comments: Vec<String>,
}

/// A heading's type is larger than the running text's by this.
const LARGE: f32 = 1.14;

/// The draft of all pages; `garbled` tells which have letters that make no words. `places` takes
/// where its words stand.
pub(super) fn draft(
    leaves: &[Leaf],
    garbled: &[bool],
    facts: &mut Facts,
    mut places: Option<&mut Places<'_>>,
) -> Draft<'static> {
    let manner = Manner {
        body: body_size(leaves),
    };
    let sheets: Vec<Sheet<'_>> = leaves
        .iter()
        .map(|leaf| Sheet {
            lines: &leaf.lines,
            height: leaf.height,
        })
        .collect();
    let furniture = furniture::find(&sheets);
    let mut all: Vec<Block> = Vec::new();
    for ((leaf, marks), &garbled) in leaves.iter().zip(&furniture).zip(garbled) {
        let mut page = page_blocks(leaf, marks, &manner);
        if garbled {
            for block in page.iter_mut().filter(|block| block.left_out.is_none()) {
                block.left_out = Some(LeftOut::Garbled);
            }
        }
        take_page(&mut all, page);
    }
    headings(&mut all, &manner);
    let known = known_words(&all);
    let mut draft = Draft::new("");
    for block in &all {
        write(&mut draft, block, &known, places.as_deref_mut());
        if draft.overflow {
            break;
        }
    }
    let title = title(&mut draft, &all, facts);
    judge::paged(&mut draft, facts, title);
    draft
}

/// The size of type in which most of the text is set.
fn body_size(leaves: &[Leaf]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for line in leaves.iter().flat_map(|leaf| &leaf.lines) {
        *sizes.entry((line.size * 4.0).round() as i32).or_default() += line.text.len();
    }
    let most = sizes
        .into_iter()
        .max_by_key(|&(size, letters)| (letters, size));
    most.map_or(0.0, |(size, _)| size as f32 / 4.0)
}

fn page_blocks(leaf: &Leaf, marks: &[bool], manner: &Manner) -> Vec<Block> {
    let mut page = Vec::new();
    let mut body = Vec::with_capacity(leaf.lines.len());
    for (line, &aside) in leaf.lines.iter().zip(marks) {
        if aside {
            let piece = Piece::of(line, leaf.number);
            page.push(Block::aside(piece, LeftOut::RunningHead));
        } else {
            body.push(line.clone());
        }
    }
    page.extend(blocks(&ordered(body), leaf.number, manner));
    page.extend(blocks(&leaf.turned, leaf.number, manner));
    for comment in &leaf.comments {
        let piece = Piece {
            text: comment.clone(),
            page: leaf.number,
            words: Vec::new(),
        };
        let mut block = Block::aside(piece, LeftOut::RunningHead);
        block.left_out = None;
        block.kind = PassageKind::Comment;
        page.push(block);
    }
    page
}

/// Adds the blocks of a page; those that go on from the page or column before are joined.
fn take_page(all: &mut Vec<Block>, page: Vec<Block>) {
    for block in page {
        let before = all
            .iter()
            .rposition(|other| other.is_running() || is_end(other));
        let joins = block.top
            && block.kind == PassageKind::Paragraph
            && block.left_out.is_none()
            && before.is_some_and(|at| goes_on(&all[at], &block));
        match before.filter(|_| joins) {
            Some(at) => {
                let first = &mut all[at];
                first.pieces.extend(block.pieces);
                first.open = block.open;
            }
            None => all.push(block),
        }
    }
}

/// A block behind which nothing goes on.
fn is_end(block: &Block) -> bool {
    block.left_out.is_none() && !matches!(block.kind, PassageKind::Footnote | PassageKind::Comment)
}

fn goes_on(first: &Block, next: &Block) -> bool {
    let text = next.text();
    let begins = text
        .trim_start_matches(['"', '“', '(', '‘', '«'])
        .chars()
        .next();
    let same_type = (first.size - next.size).abs() < first.size * 0.05;
    first.open
        && same_type
        && begins.is_some_and(|letter| {
            letter.is_lowercase() || is_unspaced(letter) || text.chars().count() > 60
        })
}

/// Marks short blocks of large type as headings.
fn headings(all: &mut [Block], manner: &Manner) {
    for block in all.iter_mut().filter(|block| block.left_out.is_none()) {
        let running = matches!(block.kind, PassageKind::Paragraph | PassageKind::ListItem);
        if running
            && block.size >= manner.body * LARGE
            && block.text().split_whitespace().count() <= 30
        {
            block.kind = PassageKind::Heading;
        }
    }
}

/// Words of the document that stand inside lines, hyphens and all: by them it is known whether
/// a hyphen at the end of a line belongs to the word.
fn known_words(all: &[Block]) -> HashSet<String> {
    let mut known = HashSet::new();
    for piece in all.iter().flat_map(|block| &block.pieces) {
        for word in piece.text.split_whitespace() {
            let word = word
                .trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase();
            if word.chars().count() > 3 {
                known.insert(word);
            }
        }
    }
    known
}

fn write(
    draft: &mut Draft<'_>,
    block: &Block,
    known: &HashSet<String>,
    mut places: Option<&mut Places<'_>>,
) {
    let mut push = |draft: &mut Draft<'_>, piece: &Piece, text: &str| {
        draft.push_made(text);
        if let Some(places) = &mut places {
            places.take(draft, text, &piece.words, piece.page);
        }
    };
    draft.open(block.kind, 0, u8::from(block.kind == PassageKind::Heading));
    if let Some(first) = block.pieces.first() {
        draft.on_page(first.page);
    }
    for cell in &block.cells {
        draft.cell();
        push(draft, cell, &cell.text);
    }
    for (at, piece) in block.pieces.iter().enumerate() {
        draft.on_page(piece.page);
        let next = block.pieces.get(at + 1);
        match next.map(|next| seam(piece, next, known)) {
            Some(Seam::Hyphen) => push(draft, piece, without_hyphen(&piece.text)),
            Some(Seam::Space) => {
                push(draft, piece, &piece.text);
                draft.space();
            }
            Some(Seam::Nothing) | None => push(draft, piece, &piece.text),
        }
    }
    let before = draft.blocks.len();
    draft.close();
    if let Some(written) = draft.blocks.get_mut(before) {
        written.left_out = block.left_out;
    }
}

/// What stands between two lines of a block.
enum Seam {
    Space,
    Nothing,
    /// The hyphen at the end of the first is none of the word.
    Hyphen,
}

const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{ad}'];

fn without_hyphen(text: &str) -> &str {
    text.strip_suffix(HYPHENS).unwrap_or(text)
}

fn seam(piece: &Piece, next: &Piece, known: &HashSet<String>) -> Seam {
    let last = piece.text.chars().next_back();
    let first = next.text.chars().next();
    let (Some(last), Some(first)) = (last, first) else {
        return Seam::Space;
    };
    if is_unspaced(last) && is_unspaced(first) {
        return Seam::Nothing;
    }
    if last == '\u{ad}' {
        return Seam::Hyphen;
    }
    if !HYPHENS.contains(&last) {
        return if matches!(last, '–' | '—') && first.is_lowercase() {
            Seam::Nothing
        } else {
            Seam::Space
        };
    }
    let head = without_hyphen(&piece.text);
    let head = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    if !head.ends_with(|c: char| c.is_alphanumeric()) {
        return Seam::Space;
    }
    let tail = next.text.split_whitespace().next().unwrap_or_default();
    let tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    let whole = format!("{head}{tail}").to_lowercase();
    let parted = format!("{head}-{tail}").to_lowercase();
    let letters = head.ends_with(char::is_lowercase) && first.is_lowercase();
    if letters && (known.contains(&whole) || !known.contains(&parted)) {
        Seam::Hyphen
    } else {
        Seam::Nothing
    }
}

/// The block that is the title: the one that the file's properties name, else the one in the
/// largest type on the first page.
fn title(draft: &mut Draft<'_>, all: &[Block], facts: &mut Facts) -> Option<usize> {
    let first = all.first()?.pieces.first()?.page;
    let end = all
        .iter()
        .position(|block| block.pieces.first().is_some_and(|piece| piece.page > first))
        .unwrap_or(all.len())
        .min(draft.blocks.len())
        .min(60);
    let readable = |index: usize| {
        let text = draft.text_at(index);
        draft.blocks[index].left_out.is_none()
            && text.chars().filter(|c| c.is_alphabetic()).count() >= 4
            && !text.contains(is_private)
    };
    let named = facts.title.as_ref().and_then(|title| {
        let wanted = fold(&title.value);
        (0..end).find(|&index| readable(index) && fold(draft.text_at(index)) == wanted)
    });
    let largest = (0..end)
        .filter(|&index| draft.blocks[index].kind == PassageKind::Heading && readable(index))
        .max_by(|&a, &b| all[a].size.total_cmp(&all[b].size).then(b.cmp(&a)));
    let index = named.or(largest)?;
    draft.blocks[index].kind = PassageKind::Title;
    let span = draft.blocks[index].span;
    if named.is_some() {
        if let Some(title) = &mut facts.title {
            title.span = Some(span);
        }
    } else if facts.title.is_none() {
        let mut title = found(
            draft.text_at(index).to_owned(),
            "largest type on the first page",
        );
        title.span = Some(span);
        facts.title = Some(title);
    }
    Some(index)
}
