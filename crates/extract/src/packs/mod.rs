//! Languages as packs: folders of tables and patterns, from which texts in Korean, French, Spanish
//! and Japanese are read.
//!
//! Where to start: [`Packs::new`]; [`Pack::propose`] reads the passages of one language.
//! `docs/formats/packs.md` gives the layout, `docs/add-a-language.md` the way to a new one.
//!
//! Invariants: nothing in a pack is executed; work grows with the length of the text alone; every
//! quote stands in the reading.

mod bodies;
mod claims;
mod compile;
mod dates;
mod entities;
mod figures;
mod files;
mod hits;
mod language;
mod mentions;
mod pack;
mod page;
mod pattern;
mod persons;
mod record;
#[cfg(test)]
mod role_tests;
mod roles;
mod scene;
mod schema;
mod speech;
#[cfg(test)]
mod tests;
mod told;
mod trace;
mod unlisted;
mod workshop;

pub(crate) use files::SHIPPED;
pub(crate) use language::languages;
pub(crate) use pack::Pack;
pub use trace::{Fired, PackInfo};
pub use workshop::Fault;

use crate::lexicon::{Lexicon, LexiconError};
use crate::text::Part;
use model::{CharIndex, Edtf, PartialDate, PassageKind, Proposal, Reading};
use pack::Table;
use record::Recorder;
use scene::Scene;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// All packs. A shipped one is compiled when a text first asks for it: most archives never ask for all.
#[derive(Debug)]
pub(crate) struct Packs {
    all: Vec<Slot>,
    lexicon: Arc<Lexicon>,
}

/// A pack and what is known of it before it is compiled.
#[derive(Debug)]
struct Slot {
    language: String,
    /// Words that no page of any length is without.
    common: BTreeSet<String>,
    files: Vec<(&'static str, &'static str)>,
    /// `None` where it cannot be compiled; of shipped files a test says that they can.
    pack: OnceLock<Option<Pack>>,
}

impl Packs {
    /// Packs from their files, given as (name, text) with names like `packs/ko/speech.toml`; a later
    /// file of the same name takes the earlier one's place. One that is not as it was shipped is
    /// compiled at once.
    pub fn new<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        lexicon: Arc<Lexicon>,
    ) -> Result<Self, LexiconError> {
        let mut folders: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (name, text) in files {
            let folder = name
                .strip_prefix("packs/")
                .and_then(|rest| rest.split_once('/'));
            let Some((folder, _)) = folder else {
                return Err(LexiconError::Malformed {
                    file: name.to_owned(),
                    why: "a file of a pack lies in packs/<language>/".to_owned(),
                });
            };
            folders.entry(folder).or_default().insert(name, text);
        }
        let mut all = Vec::with_capacity(folders.len());
        for (folder, files) in folders {
            let files: Vec<(&str, &str)> = files.into_iter().collect();
            let head = compile::head(&files)?;
            let shipped = shipped(folder);
            let pack = match shipped == files {
                true => OnceLock::new(),
                false => OnceLock::from(Some(compile::compile(&files, &lexicon)?)),
            };
            all.push(Slot {
                common: head.common.split_whitespace().map(str::to_owned).collect(),
                language: head.language,
                files: shipped,
                pack,
            });
        }
        Ok(Self { all, lexicon })
    }

    fn compiled<'s>(&'s self, slot: &'s Slot) -> Option<&'s Pack> {
        let compile = || compile::compile(&slot.files, &self.lexicon).ok();
        slot.pack.get_or_init(compile).as_ref()
    }

    /// Every pack, by language.
    pub fn iter(&self) -> impl Iterator<Item = &Pack> {
        self.all.iter().filter_map(|slot| self.compiled(slot))
    }

    /// The pack of a language, by its primary subtag.
    pub fn of(&self, language: &str) -> Option<&Pack> {
        let slot = self.all.iter().find(|slot| slot.language == language)?;
        self.compiled(slot)
    }

    /// The languages in whose frequent words this one is.
    fn with_common<'p>(&'p self, word: &str) -> impl Iterator<Item = &'p str> {
        let having = self.all.iter().filter(|slot| slot.common.contains(word));
        having.map(|slot| slot.language.as_str())
    }
}

/// The shipped files of a folder, by name.
fn shipped(folder: &str) -> Vec<(&'static str, &'static str)> {
    let of_folder = |name: &str| {
        let rest = name
            .strip_prefix("packs/")
            .and_then(|rest| rest.split_once('/'));
        rest.is_some_and(|(found, _)| found == folder)
    };
    let mut files: Vec<_> = SHIPPED
        .iter()
        .copied()
        .filter(|(name, _)| of_folder(name))
        .collect();
    files.sort_unstable();
    files
}

impl Pack {
    /// The proposals of the passages with these numbers.
    pub fn propose(
        &self,
        reading: &Reading,
        passages: &BTreeSet<u32>,
        published: Option<Edtf>,
    ) -> Vec<Proposal> {
        let index = CharIndex::new(&reading.text);
        let published = published.and_then(|date| match date {
            Edtf::Date(date) => Some(date),
            Edtf::Interval(_, to) => to,
        });
        let scenes = self.scenes(reading, passages, &index, published);
        let mut proposals = entities::propose(&scenes, &reading.text, &index);
        for scene in scenes.iter().filter(|scene| scene.part == Part::Body) {
            let recorder = Recorder {
                scene,
                text: &reading.text,
                index: &index,
            };
            proposals.extend(of_page(scene, &recorder));
        }
        proposals
    }

    fn scenes(
        &self,
        reading: &Reading,
        passages: &BTreeSet<u32>,
        index: &CharIndex,
        published: Option<PartialDate>,
    ) -> Vec<Scene<'_>> {
        let mut last = None;
        let mut scenes = Vec::with_capacity(passages.len());
        for passage in reading.clean().filter(|it| passages.contains(&it.number)) {
            let (Some(words), Some(base)) = (
                index.slice(&reading.text, passage.span),
                index.byte(&reading.text, passage.span.start),
            ) else {
                continue;
            };
            let part = match passage.kind {
                PassageKind::Title | PassageKind::Heading => Part::Head,
                PassageKind::Caption => Part::Caption,
                _ => Part::Body,
            };
            let place = (passage.number, part);
            scenes.push(Scene::new(self, (words, base), place, published, &mut last));
        }
        scenes
    }
}

/// What a passage of running text gives besides names.
fn of_page(scene: &Scene, recorder: &Recorder) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for claim in claims::find(scene) {
        proposals.extend(recorder.allegation(&claim));
    }
    for said in &scene.said {
        proposals.extend(recorder.statement(said));
        proposals.extend(recorder.call(said));
    }
    for hit in scene.hits.of(Table::Call) {
        let covered = scene.hits.covers(Table::Mask, &hit.at);
        if !covered {
            proposals.extend(recorder.modal_call(hit.entry, &hit.at));
        }
    }
    let dates: Vec<_> = scene.dates.iter().map(|date| date.at.clone()).collect();
    for figure in figures::find(scene.pack, &scene.page, &scene.hits, &dates) {
        proposals.extend(recorder.figure(&figure));
    }
    for hit in scene.hits.of(Table::Event) {
        proposals.extend(recorder.event(hit.entry, &hit.at));
    }
    proposals
}
