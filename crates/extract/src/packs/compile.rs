//! From the files of a language to its [`Pack`]: patterns written out, automata built, ids and
//! words that are claimed twice found.
//!
//! Invariant: compiled once, from texts that are passed in; the same texts give the same pack.

use super::dates::DatePattern;
use super::pack::{Named, Pack, Patterns, Table};
use super::pattern::{Form, expand};
use super::schema::{File, Head, Name, NameKind, Rule, Worded, Writing};
use super::workshop::conflicts;
use crate::lexicon::{Examples, Known, Lexicon, LexiconError};
use aho_corasick::{AhoCorasick, MatchKind};
use model::EntityKind;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The classes of words that the program asks for.
const CLASSES: &[&str] = &[
    "abbreviation",
    "abuse",
    "active-form",
    "article",
    "at-least",
    "at-most",
    "attached",
    "body-acts",
    "body-tells",
    "determiner",
    "ending",
    "finding-body",
    "given-name",
    "hearsay",
    "name-particle",
    "negation",
    "not-body",
    "not-name",
    "of-oneself",
    "not-topic",
    "own-subject",
    "own-verb",
    "particle",
    "passive-form",
    "subject-article",
    "surname",
    "suffix",
    "title-modifier",
];

/// What a pack says of itself in the one of its files (name, text) that has the table `pack`.
pub(super) fn head(files: &[(&str, &str)]) -> Result<Head, LexiconError> {
    /// A file of a pack, of which nothing but its head is looked at.
    #[derive(Deserialize)]
    struct Opening {
        pack: Option<Head>,
    }
    // By its name first: no other file need be parsed for it.
    let mut by_name = files.to_vec();
    by_name.sort_by_key(|(name, _)| !name.ends_with("/pack.toml"));
    for (name, text) in by_name {
        let file: Opening = toml::from_str(text).map_err(|error| malformed(name, &error))?;
        if let Some(head) = file.pack {
            return Ok(head);
        }
    }
    Err(malformed(
        files.first().map_or("packs", |(name, _)| name),
        &"no file of this pack has the table [pack]; pack.toml must have it",
    ))
}

/// Compiles the pack of one language from its files (name, text), of which one is `pack.toml`.
pub(super) fn compile(files: &[(&str, &str)], lexicon: &Lexicon) -> Result<Pack, LexiconError> {
    let mut compiler = Compiler::new(head(files)?, lexicon);
    for (name, text) in files {
        let file: File = toml::from_str(text).map_err(|error| malformed(name, &error))?;
        compiler.file(name, file)?;
    }
    compiler.finish()
}

fn malformed(file: &str, why: &dyn std::fmt::Display) -> LexiconError {
    LexiconError::Malformed {
        file: file.to_owned(),
        why: why.to_string(),
    }
}

struct Compiler<'l> {
    pack: Pack,
    lexicon: &'l Lexicon,
    strings: BTreeMap<Table, Vec<(String, u32, bool)>>,
    ids: BTreeSet<String>,
    months: BTreeMap<String, u8>,
    dates: Vec<(String, super::schema::Date)>,
}

impl<'l> Compiler<'l> {
    fn new(head: Head, lexicon: &'l Lexicon) -> Self {
        let pack = Pack {
            head,
            classes: BTreeMap::new(),
            numbers: Vec::new(),
            named: Vec::new(),
            name_entries: Vec::new(),
            titles: Vec::new(),
            groups: Vec::new(),
            markers: Vec::new(),
            violations: Vec::new(),
            masks: Vec::new(),
            contexts: Vec::new(),
            speeches: Vec::new(),
            calls: Vec::new(),
            counters: Vec::new(),
            events: Vec::new(),
            dates: Vec::new(),
            patterns: BTreeMap::new(),
            examples: Vec::new(),
            conflicts: Vec::new(),
        };
        let mut compiler = Self {
            pack,
            lexicon,
            strings: BTreeMap::new(),
            ids: BTreeSet::new(),
            months: BTreeMap::new(),
            dates: Vec::new(),
        };
        compiler.states();
        compiler
    }

    /// The names of states in this language, from the gazetteer.
    fn states(&mut self) {
        let language = self.pack.head.language.clone();
        let lists = self.lexicon.local.iter();
        for list in lists.filter(|list| list.language == language) {
            for (name, known) in list.names.iter().zip(&list.known) {
                if let Some(known) = self.lexicon.known.get(*known as usize) {
                    let number = self.named(known);
                    self.name(name, number, false);
                }
            }
        }
    }

    fn named(&mut self, known: &Known) -> u32 {
        let place = self.pack.named.iter().position(|it| it.key == known.key);
        place.map_or_else(
            || {
                self.pack.named.push(Named {
                    kind: known.kind,
                    key: known.key.clone(),
                    name: known.name.clone(),
                    iso: known.iso.clone(),
                });
                self.pack.named.len() as u32 - 1
            },
            |place| place as u32,
        )
    }

    fn name(&mut self, form: &str, number: u32, short: bool) {
        let entry = self.pack.name_entries.len() as u32;
        self.pack.name_entries.push((number, short));
        let list = self.strings.entry(Table::Name).or_default();
        list.push((form.to_owned(), entry, false));
    }

    fn file(&mut self, name: &str, file: File) -> Result<(), LexiconError> {
        for (class, words) in file.classes {
            if !CLASSES.contains(&class.as_str()) {
                return Err(LexiconError::Class {
                    file: name.to_owned(),
                    class,
                });
            }
            let words = words.split_whitespace().map(|word| word.replace('_', " "));
            self.pack.classes.entry(class).or_default().extend(words);
        }
        self.months.extend(file.months);
        self.pack.numbers.extend(file.numbers);
        for one in file.name {
            self.names(name, &one)?;
        }
        for one in file.marker {
            let entry = self.pack.markers.len() as u32;
            self.patterns(name, "marker", Table::Marker, entry, &one.terms)?;
            self.pack.markers.push(one.part);
        }
        for one in file.title {
            let entry = self.pack.titles.len() as u32;
            self.patterns(name, &one.id, Table::Title, entry, &one.terms)?;
            self.pack.titles.push(one);
        }
        for one in file.group {
            let entry = self.pack.groups.len() as u32;
            self.patterns(name, &one.id, Table::Group, entry, &one.terms)?;
            self.pack.groups.push(one);
        }
        for one in file.violation {
            let entry = self.pack.violations.len() as u32;
            let table = match one.with.is_empty() {
                true => Table::Violation,
                false => Table::Told,
            };
            self.rule(name, table, entry, &one)?;
            self.patterns(name, &one.id, Table::With, entry, &one.with)?;
            self.pack.violations.push(one);
        }
        self.rules(name, Table::Mask, file.mask, |pack| &mut pack.masks)?;
        self.rules(name, Table::Context, file.context, |pack| {
            &mut pack.contexts
        })?;
        self.rules(name, Table::Speech, file.speech, |pack| &mut pack.speeches)?;
        self.rules(name, Table::Call, file.call, |pack| &mut pack.calls)?;
        self.rules(name, Table::Counter, file.counter, |pack| {
            &mut pack.counters
        })?;
        self.rules(name, Table::Event, file.event, |pack| &mut pack.events)?;
        for one in file.date {
            self.take_id(name, &one.id)?;
            self.examples("date", one.worded());
            self.dates.push((name.to_owned(), one));
        }
        Ok(())
    }

    fn names(&mut self, file: &str, name: &Name) -> Result<(), LexiconError> {
        let known = self.lexicon.by_key.get(&name.key).copied();
        let known = known.and_then(|known| self.lexicon.known.get(known as usize));
        let number = match (known, name.kind) {
            (Some(known), _) => self.named(known),
            (None, Some(kind)) => self.named(&Known {
                kind: kind_of(kind),
                key: name.key.clone(),
                name: name.names.first().cloned().unwrap_or_default(),
                iso: name.key.strip_prefix("state:").map(str::to_owned),
                within: None,
                symbol: None,
                roles: Vec::new(),
            }),
            (None, None) => {
                return Err(LexiconError::Pattern {
                    file: file.to_owned(),
                    id: name.key.clone(),
                    pattern: name.names.join(", "),
                    why: "no gazetteer has this key; say what it is with `kind`".to_owned(),
                });
            }
        };
        for (forms, short) in [(&name.names, false), (&name.short, true)] {
            for pattern in forms {
                for form in self.expanded(file, &name.key, pattern)? {
                    self.name(&form.words, number, short);
                }
            }
        }
        Ok(())
    }

    /// The rules of one table, of which the pack keeps a list.
    fn rules<R: Rule>(
        &mut self,
        file: &str,
        table: Table,
        rules: Vec<R>,
        list: fn(&mut Pack) -> &mut Vec<R>,
    ) -> Result<(), LexiconError> {
        for one in rules {
            let entry = list(&mut self.pack).len() as u32;
            self.rule(file, table, entry, &one)?;
            list(&mut self.pack).push(one);
        }
        Ok(())
    }

    fn rule(
        &mut self,
        file: &str,
        table: Table,
        entry: u32,
        rule: &impl Rule,
    ) -> Result<(), LexiconError> {
        let worded = rule.worded();
        self.take_id(file, worded.id)?;
        self.patterns(file, worded.id, table, entry, worded.terms)?;
        self.examples(table.name(), worded);
        Ok(())
    }

    fn take_id(&mut self, file: &str, id: &str) -> Result<(), LexiconError> {
        if self.ids.insert(id.to_owned()) {
            return Ok(());
        }
        Err(LexiconError::Twice {
            file: file.to_owned(),
            id: id.to_owned(),
        })
    }

    fn examples(&mut self, table: &'static str, worded: Worded<'_>) {
        self.pack.examples.push(Examples {
            id: worded.id.to_owned(),
            table,
            detail: self.pack.head.language.clone(),
            examples: worded.examples.to_vec(),
            counter: worded.counter.to_vec(),
        });
    }

    fn expanded(&self, file: &str, id: &str, pattern: &str) -> Result<Vec<Form>, LexiconError> {
        let writing = self.pack.head.writing;
        let (loose, unspaced) = (writing == Writing::Loose, writing == Writing::Unspaced);
        expand(pattern, loose, unspaced).map_err(|why| LexiconError::Pattern {
            file: file.to_owned(),
            id: id.to_owned(),
            pattern: pattern.to_owned(),
            why,
        })
    }

    fn patterns(
        &mut self,
        file: &str,
        id: &str,
        table: Table,
        entry: u32,
        terms: &[String],
    ) -> Result<(), LexiconError> {
        for pattern in terms {
            for form in self.expanded(file, id, pattern)? {
                let list = self.strings.entry(table).or_default();
                list.push((form.words, entry, form.open));
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Pack, LexiconError> {
        // The longest first, so that a loop over them takes the longest that fits.
        for words in self.pack.classes.values_mut() {
            words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            words.dedup();
        }
        let numbers = &mut self.pack.numbers;
        numbers.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
        for (table, strings) in self.strings {
            self.pack
                .conflicts
                .extend(conflicts(&self.pack, table, &strings));
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(strings.iter().map(|(words, _, _)| words))
                .map_err(|error| malformed(table.name(), &error))?;
            let forms = strings.iter().map(|(_, entry, open)| (*entry, *open));
            let patterns = Patterns {
                automaton: Some(automaton),
                forms: forms.collect(),
            };
            self.pack.patterns.insert(table, patterns);
        }
        for (file, date) in self.dates {
            let pattern = DatePattern::compile(&date, &self.months, &self.pack.numbers);
            self.pack
                .dates
                .push(pattern.map_err(|(pattern, why)| LexiconError::Pattern {
                    file,
                    id: date.id.clone(),
                    pattern,
                    why,
                })?);
        }
        Ok(self.pack)
    }
}

fn kind_of(kind: NameKind) -> EntityKind {
    match kind {
        NameKind::State => EntityKind::State,
        NameKind::Person => EntityKind::Person,
        NameKind::Organisation => EntityKind::Organisation,
        NameKind::Place => EntityKind::Place,
        NameKind::Instrument => EntityKind::Instrument,
    }
}
