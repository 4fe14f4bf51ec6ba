//! What the paragraph styles of a DOCX file mean.
//!
//! Invariant: a style is known by its name: those of the built-in styles are the same in every
//! language of Word, while their ids are in the writer's own (`Titre1`, `berschrift1`). Standard:
//! ECMA-376 part 1, 17.7.4.9.

use super::xml::{Next, walk};
use model::PassageKind;
use std::collections::BTreeMap;

/// The styles of a document: their names by their ids.
#[derive(Default)]
pub(super) struct Styles(BTreeMap<String, String>);

impl Styles {
    /// Reads `word/styles.xml`, as far as it goes.
    pub fn of(part: &str) -> Self {
        let mut names = BTreeMap::new();
        let mut id = None;
        walk(part, |next| match next {
            Next::Begin(element) if element.name == "style" => id = element.attribute("styleId"),
            Next::End(name) if name == "style" => id = None,
            // Other names of a style stand in it under other elements.
            Next::Begin(element) if element.name == "name" => {
                if let (Some(id), Some(name)) = (id.take(), element.attribute("val")) {
                    names.insert(id, name);
                }
            }
            Next::Begin(_) | Next::End(_) | Next::Text(_) => {}
        });
        Self(names)
    }

    /// What a paragraph of the style `id` is, and its level; `None` where the style says nothing of
    /// that. A style that the document does not define is taken by its id.
    pub fn meaning(&self, id: &str) -> Option<(PassageKind, u8)> {
        let name = self.0.get(id).map_or(id, String::as_str);
        let name: String = name.split_whitespace().collect();
        let name = name.to_ascii_lowercase();
        if let Some(level) = name.strip_prefix("heading") {
            let level: u8 = level.parse().ok()?;
            return Some((PassageKind::Heading, level.clamp(1, 9)));
        }
        match name.as_str() {
            "title" => Some((PassageKind::Title, 1)),
            "quote" | "intensequote" | "blocktext" => Some((PassageKind::Quotation, 0)),
            "caption" => Some((PassageKind::Caption, 0)),
            list if list.starts_with("list") => Some((PassageKind::ListItem, 0)),
            _ => None,
        }
    }
}
