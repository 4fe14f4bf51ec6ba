//! What the model sees of a page, for learning it anew: `benches/peers/reading/main_text.py`.

use super::ByRules;
use super::features::{Seen, features};
use super::places::around_group;
use crate::decode;
use crate::html::{self, Place};
use crate::judge::Page;

/// A page as the model sees it.
#[derive(Debug, Default)]
pub struct Study {
    /// Its passages.
    pub passages: Vec<StudyPassage>,
    /// Its places.
    pub places: Vec<StudyPlace>,
    /// The days that it writes, each with its numbers in the order of the model of dates.
    pub days: Vec<(String, Vec<f32>)>,
}

/// A passage as the model sees it.
#[derive(Debug)]
pub struct StudyPassage {
    /// What it says.
    pub text: String,
    /// Number of its place.
    pub place: u32,
    /// Number of its words.
    pub words: u32,
    /// Whether it is the title.
    pub title: bool,
    /// Whether it is a caption.
    pub caption: bool,
    /// Whether the rules keep it.
    pub kept: bool,
    /// Its numbers, in the order of the model.
    pub features: Vec<f32>,
}

/// A place as the model sees it.
#[derive(Debug)]
pub struct StudyPlace {
    /// The place around it.
    pub around: u32,
    /// The innermost place at or around it that groups passages.
    pub group: u32,
    /// The parts of its class and id, each with a space behind it.
    pub names: String,
}

/// What the model sees of an HTML page; `None` where its bytes are no text.
#[must_use]
pub fn page(bytes: &[u8]) -> Option<Study> {
    let declared = decode::declared_in_markup(bytes);
    let decoded = decode::decode(bytes, declared.as_deref()).ok()?;
    Some(html::study(&decoded.text))
}

/// What the model sees of `page`.
pub(crate) fn of(
    page: &Page<'_, '_>,
    places: &[Place],
    names: &[String],
    by_rules: ByRules,
) -> Study {
    let seen = Seen {
        draft: page.draft,
        places,
        shapes: &page.shapes,
        by_rules,
        title: page.title,
    };
    let blocks = page.draft.blocks.iter().enumerate();
    Study {
        passages: blocks
            .zip(features(&seen))
            .map(|((index, block), row)| StudyPassage {
                text: page.draft.text_of(block).to_owned(),
                place: block.place,
                words: page.shapes[index].words,
                title: page.title == Some(index),
                caption: block.kind == model::PassageKind::Caption,
                kept: block.left_out.is_none(),
                features: row.to_vec(),
            })
            .collect(),
        places: (0..places.len())
            .map(|at| StudyPlace {
                around: places[at].around,
                group: around_group(places, at) as u32,
                names: names.get(at).cloned().unwrap_or_default(),
            })
            .collect(),
        days: Vec::new(),
    }
}
