//! The gazetteers' part of a [`Lexicon`]: names as written, and whom they name.
//!
//! Invariant: a name's capitals are asked of the text; its key is taken once.

use super::compile::Compiler;
use super::schema::{Name, NameKind, State};
use super::trie::Sequence;
use super::{FormStatus, Known, Lexicon, LexiconError, LocalNames, NameForm, Table};
use crate::text::{Folded, folded};
use aho_corasick::{AhoCorasick, MatchKind};
use model::{EntityKind, seat_key};
use regex_automata::meta::Regex;

impl Compiler {
    /// Adds a name as written: its capitals must be capitals in the text.
    fn written(
        &mut self,
        file: &str,
        id: &str,
        name: &str,
        table: Table,
        entry: u32,
    ) -> Result<(), LexiconError> {
        let parts: Vec<Folded> = folded(name);
        if parts.is_empty() || parts.len() > 32 {
            return Err(LexiconError::Pattern {
                file: file.to_owned(),
                id: id.to_owned(),
                pattern: name.to_owned(),
                why: "a name has 1 to 32 words".to_owned(),
            });
        }
        let mut sequence = Sequence {
            entry,
            table,
            capitals: 0,
            uppers: 0,
        };
        let mut words = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            sequence.capitals |= u32::from(part.capital) << at;
            sequence.uppers |= u32::from(part.upper) << at;
            words.push(self.lexicon.words.intern(&part.word));
        }
        self.lexicon.trie.add(&words, sequence);
        Ok(())
    }

    fn know(&mut self, file: &str, known: Known) -> Result<u32, LexiconError> {
        self.take_id(file, &known.key)?;
        let number = self.lexicon.known.len() as u32;
        self.lexicon.by_key.insert(known.key.clone(), number);
        self.lexicon.known.push(known);
        Ok(number)
    }

    fn forms(
        &mut self,
        file: &str,
        id: &str,
        names: &[String],
        known: u32,
        status: FormStatus,
    ) -> Result<(), LexiconError> {
        let form = self.lexicon.name_forms.len() as u32;
        self.lexicon.name_forms.push(NameForm { known, status });
        for name in names {
            self.written(file, id, name, Table::Name, form)?;
        }
        Ok(())
    }

    pub(super) fn state(&mut self, file: &str, state: &State) -> Result<(), LexiconError> {
        let key = format!("state:{}", state.iso);
        let known = self.know(
            file,
            Known {
                kind: EntityKind::State,
                key: key.clone(),
                name: state.name.clone(),
                iso: Some(state.iso.clone()),
                within: None,
                symbol: None,
                roles: Vec::new(),
            },
        )?;
        let mut names = vec![state.name.clone()];
        names.extend(state.names.iter().filter(|n| **n != state.name).cloned());
        self.forms(file, &key, &names, known, FormStatus::Full)?;
        self.forms(file, &key, &state.short, known, FormStatus::Short)?;
        self.seats(file, state, known)?;
        let people = self.lexicon.peoples.len() as u32;
        self.lexicon.peoples.push(known);
        for (forms, table) in [
            (&state.adjectives, Table::Adjective),
            (&state.nationals, Table::National),
        ] {
            for form in forms {
                self.written(file, &key, form, table, people)?;
            }
        }
        for (language, names) in &state.local {
            let list = self.local.entry(language.clone()).or_default();
            list.extend(names.iter().map(|name| (name.clone(), known)));
        }
        Ok(())
    }

    /// The seats of a state's government, which are one place.
    fn seats(&mut self, file: &str, state: &State, known: u32) -> Result<(), LexiconError> {
        let Some(seat) = state.seats.first() else {
            return Ok(());
        };
        let place = self.know(
            file,
            Known {
                kind: EntityKind::Place,
                key: seat_key(&state.iso, seat),
                name: seat.clone(),
                iso: None,
                within: Some(format!("state:{}", state.iso)),
                symbol: None,
                roles: Vec::new(),
            },
        )?;
        let status = FormStatus::Seat { place };
        self.forms(
            file,
            &format!("state:{}", state.iso),
            &state.seats,
            known,
            status,
        )
    }

    pub(super) fn name(&mut self, file: &str, name: &Name) -> Result<(), LexiconError> {
        let kind = match name.kind {
            NameKind::Person => EntityKind::Person,
            NameKind::Organisation => EntityKind::Organisation,
            NameKind::Place => EntityKind::Place,
            NameKind::Instrument => EntityKind::Instrument,
            NameKind::Group => EntityKind::Group,
        };
        let known = self.know(
            file,
            Known {
                kind,
                key: name.key.clone(),
                name: name.name.clone(),
                iso: None,
                within: name.within.clone(),
                symbol: name.symbol.clone(),
                roles: name.roles.clone(),
            },
        )?;
        let mut names = vec![name.name.clone()];
        names.extend(name.names.iter().filter(|n| **n != name.name).cloned());
        if kind == EntityKind::Person
            && let Some(last) = folded(&name.name).pop()
        {
            let list = self.lexicon.surnames.entry(last.word).or_default();
            list.push(known);
        }
        self.forms(file, &name.key, &names, known, FormStatus::Full)?;
        self.forms(file, &name.key, &name.short, known, FormStatus::Short)
    }

    pub(super) fn finish(mut self) -> Result<Lexicon, LexiconError> {
        let patterns: Vec<&str> = self
            .lexicon
            .symbols
            .iter()
            .map(|symbol| symbol.pattern.as_str())
            .collect();
        if !patterns.is_empty() {
            let regex = Regex::new_many(&patterns).map_err(|error| LexiconError::Pattern {
                file: "symbols".to_owned(),
                id: "symbol".to_owned(),
                pattern: patterns.join(" "),
                why: error.to_string(),
            })?;
            self.lexicon.symbol_patterns = Some(regex);
        }
        for (language, names) in self.local {
            let patterns: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&patterns)
                .map_err(|error| LexiconError::Malformed {
                    file: format!("names in {language}"),
                    why: error.to_string(),
                })?;
            self.lexicon.local.push(LocalNames {
                word_breaks: !matches!(language.as_str(), "ko" | "ja" | "zh"),
                language,
                automaton,
                known: names.iter().map(|(_, known)| *known).collect(),
                names: names.into_iter().map(|(name, _)| name).collect(),
            });
        }
        self.lexicon.trie.finish();
        Ok(self.lexicon)
    }
}
