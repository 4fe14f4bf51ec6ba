//! A page with all that later rules look at: occurrences, mentions, dates, who speaks where.
//!
//! Invariant: every stretch lies on characters of its page.

use super::dates::{self, Dated};
use super::hits::Hits;
use super::mentions::{self, Mention};
use super::pack::Pack;
use super::page::Page;
use super::speech::{self, Said};
use crate::text::Part;
use model::PartialDate;
use std::ops::Range;

/// One prepared passage.
#[derive(Debug)]
pub(super) struct Scene<'p> {
    pub pack: &'p Pack,
    pub page: Page,
    /// Number of the passage in the reading.
    pub passage: u32,
    pub part: Part,
    pub hits: Hits,
    pub mentions: Vec<Mention>,
    pub dates: Vec<Dated>,
    /// What is said in it, ascending.
    pub said: Vec<Said>,
}

impl<'p> Scene<'p> {
    /// Prepares a passage, whose words begin at byte `base` of the reading. `last` is the name of
    /// who spoke last before it; it is brought up to date.
    pub fn new(
        pack: &'p Pack,
        (words, base): (&str, usize),
        (passage, part): (u32, Part),
        published: Option<PartialDate>,
        last: &mut Option<Last>,
    ) -> Self {
        let abbreviations = pack.class("abbreviation");
        let page = Page::new(words, base, pack.head.writing, abbreviations);
        let hits = Hits::find(pack, &page);
        let mentions = mentions::find(pack, &page, &hits, part != Part::Body);
        let dates = dates::find(&pack.dates, &page, published);
        let mut scene = Self {
            pack,
            page,
            passage,
            part,
            hits,
            mentions,
            dates,
            said: Vec::new(),
        };
        if part == Part::Body {
            scene.said = speech::find(&scene, last);
        }
        scene
    }

    /// The mentions that begin within a stretch, with their numbers.
    pub fn mentions_in(&self, stretch: &Range<usize>) -> impl Iterator<Item = (usize, &Mention)> {
        let from = self
            .mentions
            .partition_point(|it| it.at.start < stretch.start);
        let to = self
            .mentions
            .partition_point(|it| it.at.start < stretch.end);
        let within = self.mentions.get(from..to).unwrap_or_default();
        within
            .iter()
            .enumerate()
            .map(move |(number, it)| (from + number, it))
    }

    /// The date that begins within a stretch, the nearest to `at`.
    pub fn date_in(&self, stretch: &Range<usize>, at: usize) -> Option<&Dated> {
        let from = self.dates.partition_point(|it| it.at.start < stretch.start);
        let to = self.dates.partition_point(|it| it.at.start < stretch.end);
        let within = self.dates.get(from..to).unwrap_or_default().iter();
        within.min_by_key(|it| it.at.start.abs_diff(at))
    }

    /// The acts of speech in the sentence that holds `at`.
    pub fn said_near(&self, at: usize) -> &[Said] {
        let sentence = self.page.sentence(at);
        let from = self
            .said
            .partition_point(|it| it.sentence.start < sentence.start);
        let to = self
            .said
            .partition_point(|it| it.sentence.start < sentence.end);
        self.said.get(from..to).unwrap_or_default()
    }

    /// What is said around `at`: the innermost.
    pub fn said_at(&self, at: usize) -> Option<&Said> {
        let around = self
            .said_near(at)
            .iter()
            .filter(|it| it.words.contains(&at));
        around.min_by_key(|it| it.words.len())
    }

    /// The mention with exactly these words.
    pub fn mention_at(&self, at: &Range<usize>) -> Option<&Mention> {
        self.mentions_in(&(at.start..at.start + 1))
            .map(|(_, it)| it)
            .find(|it| it.at == *at)
    }
}

/// Who spoke last: a mention of an earlier page, as a name.
#[derive(Debug, Clone)]
pub(super) struct Last {
    pub entity: super::record::Entity,
}
