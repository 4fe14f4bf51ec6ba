//! Reads proposals out of a reading: who and what it names, when, what it says was done to whom,
//! who says so, who was asked for what.
//!
//! Where to start: [`Extractor::shipped`] compiles the lexicons that are embedded;
//! [`Extractor::extract`] turns a [`Reading`] into [`Proposal`]s, each naming its rule and citing the
//! words that carry it.
//!
//! Layers, each seeing only those before it: lexicon (word lists and patterns as data) → text
//! (tokens, sentences, quotations) → names and dates → syntax (subjects, clauses) → speech → calls,
//! allegations, events, figures, answers.
//!
//! Invariants: no IO, no clock, no randomness; the same reading, context and lexicons give the same
//! proposals; every quote checks; a proposal is never a fact.

mod answers;
mod calls;
mod cases;
mod claims;
pub mod clauses;
mod dates;
pub mod eval;
mod events;
mod figures;
mod language;
mod lexicon;
pub mod lists;
mod names;
mod numbers;
mod packs;
mod propose;
mod speech;
mod syntax;
pub mod tagger;
mod text;

pub use lexicon::{Examples, LexiconError};
pub use packs::{Fault, Fired, PackInfo};

use lexicon::{Lexicon, SHIPPED};
use model::{Edtf, OffsetMap, Passage, PassageKind, Proposal, Reader, Reading, Span};
use packs::Packs;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Name and version of the extractor: what the ledger records beside every proposal.
const VERSION: &str = "rules-en/14";

/// What is known of a document besides its reading.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// When it was published; else the reading's own date is taken.
    pub published: Option<Edtf>,
    /// Who published it; else the reading's own publisher is taken.
    pub publisher: Option<String>,
}

/// Reads proposals out of readings.
#[derive(Debug)]
pub struct Extractor {
    lexicon: Arc<Lexicon>,
    packs: Packs,
    version: String,
}

impl Extractor {
    /// The extractor with the shipped lexicons.
    ///
    /// # Errors
    /// None in a released program: a test compiles every file.
    pub fn shipped() -> Result<Self, LexiconError> {
        Self::with_overrides([])
    }

    /// The extractor with the shipped lexicons and these files (name, text) besides; a file of a
    /// shipped one's name, such as `lexicons/en/calls.toml`, takes its place.
    ///
    /// # Errors
    /// When a file is malformed, a pattern cannot be used, or an id stands twice.
    pub fn with_overrides<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, LexiconError> {
        let files = SHIPPED.iter().chain(packs::SHIPPED).copied().chain(files);
        // A later file of a name takes the earlier one's place, for the digest too.
        let files: BTreeMap<&str, &str> = files.collect();
        let version = format!("{VERSION}+{}", digest(&files));
        let (of_packs, files): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|(name, _)| name.starts_with("packs/"));
        let lexicon = Arc::new(Lexicon::compile(files)?);
        let packs = Packs::new(of_packs, Arc::clone(&lexicon))?;
        Ok(Self {
            lexicon,
            packs,
            version,
        })
    }

    /// Name and version, with the digest of all lexicons, gazetteers and packs that are used, such
    /// as `rules-en/1+0123456789ab`: the same version and reading give the same proposals.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The language packs, by language.
    #[must_use]
    pub fn packs(&self) -> Vec<PackInfo> {
        self.packs.iter().map(packs::Pack::info).collect()
    }

    /// The language that most of a reading is read in, by its primary subtag.
    #[must_use]
    pub fn language(&self, reading: &Reading) -> Option<String> {
        let found = self.by_language(reading);
        let most = found.into_iter().max_by_key(|(_, passages)| passages.len());
        most.map(|(language, _)| language)
    }

    /// The ids of all rules with which records are proposed from patterns, ascending.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        let of_packs = self.packs.iter().flat_map(|pack| &pack.examples);
        let all = self.lexicon.examples.iter().chain(of_packs);
        let proposing = [
            "violation",
            "speech",
            "call",
            "event",
            "answer",
            "case",
            "counter",
        ];
        let mut rules: Vec<String> = all
            .filter(|pattern| proposing.contains(&pattern.table))
            .map(|pattern| pattern.id.clone())
            .collect();
        rules.sort();
        rules
    }

    /// What is wrong with the language packs: examples that do not do what they say, words that two
    /// entries claim.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.packs.faults()
    }

    /// Everything of a language pack that fires in a sentence; `None` for a language without one.
    #[must_use]
    pub fn trace(&self, language: &str, sentence: &str) -> Option<Vec<Fired>> {
        Some(self.packs.of(language)?.trace(sentence, None))
    }

    /// Every pattern with its examples and counter-examples.
    #[must_use]
    pub fn examples(&self) -> &[Examples] {
        &self.lexicon.examples
    }

    /// The codes of the vocabulary `lists` that the lexicons use: `violation`, `speech-act`,
    /// `event-type`, `case-category`, `response`, `victim-characteristic`; ascending, each once.
    #[must_use]
    pub fn codes(&self, list: &str) -> Vec<String> {
        let lexicon = &self.lexicon;
        let mut codes: Vec<String> = match list {
            "violation" => lexicon.violations.iter().map(|v| v.code.clone()).collect(),
            "speech-act" => lexicon.speeches.iter().map(|s| s.act.clone()).collect(),
            "event-type" => lexicon.events.iter().map(|e| e.event.clone()).collect(),
            "case-category" => lexicon.cases.iter().map(|c| c.category.clone()).collect(),
            "response" => lexicon
                .answers
                .iter()
                .filter_map(|a| a.answer.clone())
                .collect(),
            "victim-characteristic" => {
                let groups = lexicon.groups.iter();
                groups
                    .filter_map(|group| group.characteristic.clone())
                    .collect()
            }
            _ => Vec::new(),
        };
        codes.sort();
        codes.dedup();
        codes
    }

    /// The proposals of a reading, in the order of their first quotes.
    ///
    /// Only clean passages are read: titles and headings for names, captions for names and dates,
    /// all others for everything. Each passage is read by the rules of its own language: English,
    /// or a language pack. In other languages only the states that the gazetteer can name are read.
    #[must_use]
    pub fn extract(&self, reading: &Reading, context: &Context) -> Vec<Proposal> {
        let mut proposals = Vec::new();
        for (language, passages) in self.by_language(reading) {
            if language == "en" {
                proposals.extend(match only(reading, &passages) {
                    Some(part) => self.english(&part, context),
                    None => self.english(reading, context),
                });
            } else if let Some(pack) = self.packs.of(&language) {
                let own_date = reading.published.as_ref().map(|found| found.value);
                let published = context.published.or(own_date);
                proposals.extend(pack.propose(reading, &passages, published));
            } else {
                let part = only(reading, &passages);
                let part = part.as_ref().unwrap_or(reading);
                proposals.extend(names::localised(&self.lexicon, part, &language));
            }
        }
        for quote in proposals
            .iter_mut()
            .flat_map(|proposal| &mut proposal.quotes)
        {
            quote.page = reading.page_at(quote.span.start);
        }
        proposals.sort_by_cached_key(|proposal| {
            let first = proposal.quotes.first().map(|quote| quote.span);
            (first, proposal.body.kind(), proposal.rule.clone())
        });
        proposals
    }

    /// The numbers of the clean passages in each language, where it is known.
    fn by_language(&self, reading: &Reading) -> BTreeMap<String, BTreeSet<u32>> {
        let words = &self.lexicon.words;
        let is_english = |word: &str| words.id(word) != lexicon::WordId::UNKNOWN;
        let document = language::of(reading, is_english);
        let mut found: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for (number, language) in packs::languages(&self.packs, reading, document.as_deref()) {
            if let Some(language) = language {
                found.entry(language).or_default().insert(number);
            }
        }
        found
    }

    fn english(&self, reading: &Reading, context: &Context) -> Vec<Proposal> {
        let document = text::Document::new(&self.lexicon, reading);
        let title = reading.title.as_ref().map(|title| line(&title.value));
        let title = title
            .as_ref()
            .map(|title| text::Document::new(&self.lexicon, title));
        let title_names = title.as_ref().map(|title| names::Names::find(title, None));
        let names = names::Names::find(&document, title_names.as_ref());
        let own_date = reading.published.as_ref().map(|found| found.value);
        let dates = dates::Dates::find(&document, context.published.or(own_date));
        let own_publisher = reading.publisher.as_ref().map(|found| found.value.as_str());
        let voices = speech::Voices::find(
            &document,
            &names,
            title.as_ref().zip(title_names.as_ref()),
            context.publisher.as_deref().or(own_publisher),
        );
        let syntax = syntax::Syntax {
            document: &document,
            names: &names,
        };
        let speech = speech::Speech::find(&syntax, &voices);
        let calls = calls::Calls::find(&syntax, &speech, &voices);
        let terms = claims::Terms::find(&document, &names);
        let scene = claims::Scene {
            syntax: &syntax,
            dates: &dates,
            speech: &speech,
            voices: &voices,
            calls: &calls,
            inquiry: claims::names_inquiry(&document, &names),
            own_inquiry: claims::is_own_inquiry(&document, &names),
        };
        let mut proposals = names::propose(&document, &names);
        let allegations = claims::propose(&scene, &terms);
        proposals.extend(cases::propose(&syntax, &calls, &allegations));
        proposals.extend(allegations);
        proposals.extend(speech::propose(&syntax, &dates, &speech, &calls));
        proposals.extend(calls::propose(&syntax, &dates, &speech, &calls));
        proposals.extend(answers::propose(&syntax, &dates, &speech, &voices, &calls));
        proposals.extend(events::propose(&syntax, &dates, &calls, &speech, &voices));
        proposals.extend(figures::propose(&syntax, &dates, &speech));
        proposals
    }
}

/// The first twelve digits of the SHA-256 over names and texts, each with its length before it.
fn digest(files: &BTreeMap<&str, &str>) -> String {
    let mut hasher = Sha256::new();
    for (name, text) in files {
        for part in [name, text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    let all = hasher.finalize();
    all.iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The reading with these of its clean passages only; `None` when they are all.
fn only(reading: &Reading, passages: &BTreeSet<u32>) -> Option<Reading> {
    let others = |passage: &Passage| passage.is_clean() && !passages.contains(&passage.number);
    reading.passages.iter().any(others).then(|| {
        let mut part = reading.clone();
        part.passages.retain(|passage| !others(passage));
        part
    })
}

/// One line as a reading of its own.
fn line(text: &str) -> Reading {
    let chars = text.chars().count() as u32;
    Reading {
        reader: Reader {
            name: "line".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "given".to_owned(),
        text: text.to_owned(),
        map: OffsetMap::identity(chars),
        passages: vec![Passage {
            number: 1,
            span: Span::new(0, chars),
            kind: PassageKind::Paragraph,
            left_out: None,
        }],
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: None,
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}
