//! A pack as the rules use it: automata over its patterns, its classes of words, its dates.

use super::dates::DatePattern;
use super::schema::{
    Call, Context, Counter, Event, Group, Head, MarkerSide, Mask, Part, Speech, Title, Violation,
};
use crate::lexicon::Examples;
use aho_corasick::AhoCorasick;
use model::EntityKind;
use std::collections::BTreeMap;

/// What a pattern belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Table {
    Name,
    Title,
    Group,
    Marker,
    Violation,
    /// Terms of violations that need other words beside them.
    Told,
    /// Those other words.
    With,
    Mask,
    Context,
    Speech,
    Call,
    Counter,
    Event,
}

impl Table {
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Title,
        Self::Group,
        Self::Marker,
        Self::Violation,
        Self::Told,
        Self::With,
        Self::Mask,
        Self::Context,
        Self::Speech,
        Self::Call,
        Self::Counter,
        Self::Event,
    ];

    /// Its name in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Group => "group",
            Self::Marker => "marker",
            Self::Violation | Self::Told => "violation",
            Self::With => "with",
            Self::Mask => "mask",
            Self::Context => "context",
            Self::Speech => "speech",
            Self::Call => "call",
            Self::Counter => "counter",
            Self::Event => "event",
        }
    }
}

/// The patterns of one table.
#[derive(Debug)]
pub(super) struct Patterns {
    pub automaton: Option<AhoCorasick>,
    /// Entry of the table, and whether the rest of the word belongs to it, by pattern.
    pub forms: Vec<(u32, bool)>,
}

/// A name as the pack has it.
#[derive(Debug)]
pub(super) struct Named {
    pub kind: EntityKind,
    pub key: String,
    /// Canonical name: of the gazetteer, else the first of the pack.
    pub name: String,
    pub iso: Option<String>,
}

/// A compiled language pack.
#[derive(Debug)]
pub(crate) struct Pack {
    pub(super) head: Head,
    pub(super) classes: BTreeMap<String, Vec<String>>,
    pub(super) numbers: Vec<(String, i64)>,
    pub(super) named: Vec<Named>,
    /// Number in `named`, and whether it is a short name, by entry of the table `Name`.
    pub(super) name_entries: Vec<(u32, bool)>,
    pub(super) titles: Vec<Title>,
    pub(super) groups: Vec<Group>,
    pub(super) markers: Vec<Part>,
    pub(super) violations: Vec<Violation>,
    pub(super) masks: Vec<Mask>,
    pub(super) contexts: Vec<Context>,
    pub(super) speeches: Vec<Speech>,
    pub(super) calls: Vec<Call>,
    pub(super) counters: Vec<Counter>,
    pub(super) events: Vec<Event>,
    pub(super) dates: Vec<DatePattern>,
    pub(super) patterns: BTreeMap<Table, Patterns>,
    /// Every pattern with its examples.
    pub(crate) examples: Vec<Examples>,
    /// Words that two entries of one table claim, with their ids.
    pub(super) conflicts: Vec<(String, String, String)>,
}

impl Pack {
    /// The codes that the pack's tables use, of the vocabulary `list`.
    #[cfg(test)]
    pub(crate) fn codes(&self, list: &str) -> Vec<String> {
        match list {
            "violation" => self.violations.iter().map(|it| it.code.clone()).collect(),
            "speech-act" => self.speeches.iter().map(|it| it.act.clone()).collect(),
            "event-type" => self.events.iter().map(|it| it.event.clone()).collect(),
            "victim-characteristic" => {
                let groups = self.groups.iter();
                groups.filter_map(|it| it.characteristic.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn class(&self, name: &str) -> &[String] {
        self.classes.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is(&self, class: &str, word: &str) -> bool {
        self.class(class).iter().any(|known| known == word)
    }

    pub(super) fn markers_follow(&self) -> bool {
        self.head.markers == MarkerSide::After
    }
}
