//! Whose voice a document, or a part of a transcript, speaks in: `we`, `I`.
//!
//! Invariant: a voice is named by the title (`Joint Statement by …`), a speaker's label (`THE
//! PRESIDENT:`), a signature, or the publisher, in this order; else `we` is nobody.

use crate::lexicon::{Class, Table};
use crate::names::Names;
use crate::syntax::Actor;
use crate::text::{Block, Document, Part, Stretch};
use model::{EntityKind, EntityRef};

/// The label of a speaker in a transcript.
struct Label {
    /// Number of the passage that it opens.
    block: u32,
    /// Who speaks from there on; `None` after a question.
    voice: Option<EntityRef>,
    words: Stretch,
}

/// The most words of a label.
const LABEL: u32 = 14;

/// The voices of a document.
#[derive(Default)]
pub(crate) struct Voices {
    document: Option<EntityRef>,
    /// Ascending by passage.
    labels: Vec<Label>,
    /// Statements of the document's own voice are its substance.
    pub is_statement: bool,
}

impl Voices {
    /// Finds the voices. `title` is a title that does not stand in the text, prepared like one.
    pub fn find(
        document: &Document,
        names: &Names,
        title: Option<(&Document, &Names)>,
        publisher: Option<&str>,
    ) -> Self {
        let mut voice = None;
        let mut is_statement = false;
        for block in document
            .blocks
            .iter()
            .filter(|block| block.part == Part::Head)
        {
            voice = voice.or_else(|| by_line(document, names, block.tokens));
            is_statement |= is_statement_title(document, block.tokens);
        }
        if let Some((document, names)) = title {
            for block in &document.blocks {
                voice = voice.or_else(|| by_line(document, names, block.tokens));
                is_statement |= is_statement_title(document, block.tokens);
            }
        }
        let voice = voice.or_else(|| signature(document, names)).or_else(|| {
            publisher.map(|name| EntityRef::as_written(EntityKind::Organisation, name))
        });
        let labels = labels(document, names, voice.as_ref());
        Self {
            document: voice,
            labels,
            is_statement,
        }
    }

    /// Who speaks at the token by a label before it, with the words of the label.
    pub fn labelled(&self, document: &Document, token: u32) -> Option<Actor> {
        let label = self.label(document, token)?;
        Some(Actor {
            reference: label.voice.clone()?,
            entity: None,
            words: label.words,
            inferred: true,
            role: None,
        })
    }

    fn label(&self, document: &Document, token: u32) -> Option<&Label> {
        let block = document.block_number(token);
        let after = self.labels.partition_point(|label| label.block <= block);
        self.labels.get(after.checked_sub(1)?)
    }

    /// Whose `we` or `I` stands at the token.
    pub fn at(&self, document: &Document, token: u32) -> Option<Actor> {
        let reference = match self.label(document, token) {
            Some(label) => label.voice.clone(),
            None => self.document.clone(),
        }?;
        Some(Actor {
            reference,
            entity: None,
            words: Stretch::new(token, token + 1),
            inferred: true,
            role: None,
        })
    }
}

fn is_statement_title(document: &Document, title: Stretch) -> bool {
    title
        .tokens()
        .take(12)
        .any(|at| document.is(at, Class::OwnTitle))
}

/// Whom `by`, `from` or `of` in a title names: a person, or states and bodies in a row.
fn by_line(document: &Document, names: &Names, title: Stretch) -> Option<EntityRef> {
    if !is_statement_title(document, title) && !document.is_word(title.from, "readout") {
        return None;
    }
    let by = title.tokens().take(14).find(|&at| {
        document.is_any(at, &["by", "from"]) || document.is_word(at, "of") && at < title.from + 3
    })?;
    let end = title
        .tokens()
        .find(|&at| {
            at > by + 1
                && document.is_any(
                    at,
                    &[
                        "on",
                        "regarding",
                        "following",
                        "concerning",
                        "about",
                        "at",
                        "marking",
                        "for",
                    ],
                )
                && !names
                    .mentions
                    .iter()
                    .any(|m| m.outer.has(at) && m.outer.from <= at && m.tokens.to > at)
        })
        .unwrap_or(title.to);
    let named = names.within(Stretch::new(by + 1, end));
    let person = named
        .iter()
        .find(|mention| names.entity(mention).is_named_person());
    if let Some(person) = person {
        return Some(names.reference(person.entity));
    }
    match named {
        [] => unknown(document, Stretch::new(by + 1, end)),
        [only] => Some(names.reference(only.entity)),
        [first, .., last] => {
            let words = document.words(Stretch::new(first.tokens.from, last.tokens.to));
            Some(EntityRef::as_written(
                EntityKind::Group,
                words.split_whitespace().collect::<Vec<_>>().join(" "),
            ))
        }
    }
}

/// Whoever a title names whom nothing else knows: `Remarks by Vice President Harris on …`.
fn unknown(document: &Document, words: Stretch) -> Option<EntityRef> {
    let words = document.trimmed(words);
    let from = words.from + u32::from(document.is_word(words.from, "the"));
    let to = (from..words.to)
        .find(|&at| !document.is_capital(at))
        .unwrap_or(words.to);
    let name = Stretch::new(from, to);
    (2..=6)
        .contains(&name.len())
        .then(|| EntityRef::as_written(EntityKind::Person, document.words(name)))
}

/// A passage near the end that is nothing but a person's name.
fn signature(document: &Document, names: &Names) -> Option<EntityRef> {
    document
        .blocks
        .iter()
        .rev()
        .take(6)
        .filter(|block| block.part == Part::Body && block.tokens.len() <= 8)
        .find_map(|block| {
            let mention = names.within(block.tokens).first()?;
            let person = names.entity(mention).kind == EntityKind::Person;
            let alone = block.tokens.len().saturating_sub(mention.outer.len()) <= 2;
            (person && alone).then(|| names.reference(mention.entity))
        })
}

/// Labels of speakers in a transcript, by passage.
fn labels(document: &Document, names: &Names, voice: Option<&EntityRef>) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        if block.part != Part::Body {
            continue;
        }
        let first = Stretch::new(block.tokens.from, block.tokens.from + 1);
        if document.written(block.tokens.from) == "Q" && block.tokens.len() > 2 {
            labels.push(Label {
                block: number as u32,
                voice: None,
                words: first,
            });
            continue;
        }
        if let Some(colon) = label_end(document, names, block, &labels) {
            let words = Stretch::new(block.tokens.from, colon);
            let known = || known_label(document, words, &labels);
            let voice = labelled(document, names, words, None)
                .or_else(known)
                .or_else(|| labelled(document, names, words, voice))
                .or_else(|| {
                    is_named_elsewhere(document, names, words)
                        .then(|| EntityRef::as_written(EntityKind::Person, document.words(words)))
                });
            labels.push(Label {
                block: number as u32,
                voice,
                words,
            });
        }
    }
    labels
}

/// The most labels of a document for which it is looked up whether they name somebody.
const MOST_LABELS: usize = 60;

/// How many characters of the text are searched for another mention of a label.
const SEARCHED: usize = 20_000;

/// Whether a label is two to four words with capitals that the text, near its beginning, names once
/// more, and no state, body or place: `Ham Su-jin:` below `Five questions to Ham Su-jin`.
fn is_named_elsewhere(document: &Document, names: &Names, label: Stretch) -> bool {
    let plain = (2..=4).contains(&label.len())
        && label.tokens().all(|at| {
            let joined = document.token(at).is_some_and(|t| t.shape.is_joined());
            (document.is_capital(at) || joined)
                && document.is_plain(at)
                && !document.is(at, Class::Starter)
                && !document.is(at, Class::OrganisationHead)
                && !document.is(at, Class::InstrumentHead)
        });
    let other_kind = names.within(label).iter().any(|mention| {
        names.entity(mention).kind != EntityKind::Person || names.entity(mention).unnamed
    });
    if !plain || other_kind {
        return false;
    }
    let written = document.words(label);
    let end = document.text.len().min(SEARCHED);
    let end = (end..document.text.len())
        .find(|&at| document.text.is_char_boundary(at))
        .unwrap_or(document.text.len());
    let beginning = &document.text[..end];
    beginning
        .match_indices(written)
        .any(|(at, _)| !beginning[at + written.len()..].starts_with(':'))
}

/// Whoever an earlier label of the same words, or with these before its brackets, named: `The
/// Minister (Owen Strand):`, then `The Minister:`.
fn known_label(document: &Document, words: Stretch, labels: &[Label]) -> Option<EntityRef> {
    let written = document.words(words);
    let same = labels.iter().rev().take(200).find(|label| {
        let before = document.words(label.words);
        let before = before.split('(').next().unwrap_or(before).trim_end();
        label.voice.is_some() && before == written
    });
    same.and_then(|label| label.voice.clone())
}

/// The colon behind words in capitals, or a person's name, at a passage's beginning.
fn label_end(document: &Document, names: &Names, block: &Block, before: &[Label]) -> Option<u32> {
    let limit = block.tokens.to.min(block.tokens.from + LABEL);
    let colon = (block.tokens.from..limit).find(|&at| document.is_word(at, ":"))?;
    let label = Stretch::new(block.tokens.from, colon);
    let capitals = !label.is_empty()
        && label.tokens().all(|at| {
            let written = document.written(at);
            written.chars().all(|c| !c.is_lowercase())
        });
    let person = names.within(label).first().is_some_and(|mention| {
        mention.outer == label && names.entity(mention).kind == EntityKind::Person
    });
    let capitals = capitals && label.len() < 8 && label.tokens().any(|at| document.is_plain(at));
    // `Dame Harriet Pell (Norvale):`, `The Minister (Owen Strand):`
    let bracket = label.tokens().find(|&at| document.is_word(at, "("));
    let name = Stretch::new(label.from, bracket.unwrap_or(colon));
    let titled = bracket.is_some()
        && (1..=5).contains(&name.len())
        && document.is_word(colon.saturating_sub(1), ")")
        && name.tokens().all(|at| document.is_capital(at));
    let again = label.len() >= 2
        && label.tokens().all(|at| document.is_capital(at))
        && known_label(document, label, before).is_some();
    let again = again || before.len() < MOST_LABELS && is_named_elsewhere(document, names, label);
    (capitals || person || titled || again).then_some(colon)
}

fn labelled(
    document: &Document,
    names: &Names,
    label: Stretch,
    voice: Option<&EntityRef>,
) -> Option<EntityRef> {
    let named = names
        .within(label)
        .iter()
        .find(|mention| names.entity(mention).is_named_person());
    if let Some(mention) = named {
        return Some(names.reference(mention.entity));
    }
    let bracket = label.tokens().find(|&at| document.is_word(at, "("));
    let words = Stretch::new(label.from, bracket.unwrap_or(label.to));
    if bracket.is_some() && words.len() >= 2 && !document.is(label.from, Class::Determiner) {
        return Some(EntityRef::as_written(
            EntityKind::Person,
            document.words(words),
        ));
    }
    let last = document.written(label.to.saturating_sub(1)).to_lowercase();
    if let Some(voice) = voice
        && voice.name.to_lowercase().ends_with(&last)
    {
        return Some(voice.clone());
    }
    let has_role = !document.hits_in(Table::Role, label).is_empty();
    let definite = document.is(label.from, Class::Determiner);
    if has_role && definite {
        return voice.cloned();
    }
    None
}
