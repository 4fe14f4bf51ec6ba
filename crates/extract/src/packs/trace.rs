//! What fires in a sentence, and what became of it: for `onrecord lexicon try` and for the tests.
//!
//! Invariant: says what extraction saw, from the same scene.

use super::Pack;
use super::pack::Table;
use super::scene::Scene;
use crate::text::Part;
use model::PartialDate;

/// An occurrence of a pattern in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// Table of the pack: `violation`, `context`, `speech` …
    pub table: &'static str,
    /// Id of the entry; of a name, its key.
    pub id: String,
    /// The words.
    pub words: String,
    /// What the entry stands for, for people: a code, an effect, a date.
    pub means: String,
}

/// What a pack is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackInfo {
    /// BCP 47 primary subtag.
    pub language: String,
    /// The language, in itself.
    pub name: String,
    /// Version of the pack.
    pub version: u32,
    /// Patterns with examples.
    pub patterns: usize,
}

impl Pack {
    /// What it is.
    pub(crate) fn info(&self) -> PackInfo {
        PackInfo {
            language: self.head.language.clone(),
            name: self.head.name.clone(),
            version: self.head.version,
            patterns: self.examples.len(),
        }
    }

    /// Everything that fires in a sentence, in its order.
    pub(crate) fn trace(&self, sentence: &str, published: Option<PartialDate>) -> Vec<Fired> {
        let scene = Scene::new(self, (sentence, 0), (1, Part::Body), published, &mut None);
        let mut found: Vec<(usize, Fired)> = Vec::new();
        for table in Table::ALL {
            for hit in scene.hits.of(table) {
                let (id, means) = self.about(table, hit.entry as usize);
                let fired = Fired {
                    table: table.name(),
                    id,
                    words: scene.page.text[hit.at.clone()].to_owned(),
                    means,
                };
                found.push((hit.at.start, fired));
            }
        }
        for date in &scene.dates {
            let fired = Fired {
                table: "date",
                id: date.id.clone(),
                words: scene.page.text[date.at.clone()].to_owned(),
                means: date.resolved.date.to_string(),
            };
            found.push((date.at.start, fired));
        }
        found.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        found.into_iter().map(|(_, fired)| fired).collect()
    }

    /// Id and meaning of an entry.
    pub(super) fn about(&self, table: Table, entry: usize) -> (String, String) {
        let nothing = String::new;
        let found = match table {
            Table::Name => self.name_entries.get(entry).and_then(|(number, _)| {
                let named = self.named.get(*number as usize)?;
                Some((named.key.clone(), named.name.clone()))
            }),
            Table::Title => self.titles.get(entry).map(|it| (it.id.clone(), nothing())),
            Table::Group => self.groups.get(entry).map(|it| {
                let means = it.characteristic.clone().unwrap_or_default();
                (it.id.clone(), means)
            }),
            Table::Marker => self
                .markers
                .get(entry)
                .map(|it| (format!("{it:?}"), nothing())),
            Table::Violation | Table::Told | Table::With => {
                let violation = self.violations.get(entry);
                violation.map(|it| (it.id.clone(), it.code.clone()))
            }
            Table::Mask => self
                .masks
                .get(entry)
                .map(|it| (it.id.clone(), "a violation is only named".to_owned())),
            Table::Context => self
                .contexts
                .get(entry)
                .map(|it| (it.id.clone(), format!("{:?}", it.effect).to_lowercase())),
            Table::Speech => self
                .speeches
                .get(entry)
                .map(|it| (it.id.clone(), it.act.clone())),
            Table::Call => self
                .calls
                .get(entry)
                .map(|it| (it.id.clone(), "a demand".to_owned())),
            Table::Counter => self
                .counters
                .get(entry)
                .map(|it| (it.id.clone(), it.unit.clone())),
            Table::Event => self
                .events
                .get(entry)
                .map(|it| (it.id.clone(), it.event.clone())),
        };
        found.unwrap_or_default()
    }
}
