//! A record as every screen shows it: what it says, where that stands, who decided.
//!
//! Invariant: a card shows nothing that its record does not say, and every field keeps the numbers
//! of the quotes that carry it.

use crate::show::{self, Shown};
use crate::why;
use crate::words::Text;
use model::{Band, ProposedBy, Record, RecordBody, RecordKind, Span};

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the format of records, such as `victims`.
    pub name: String,
    /// Its name in words.
    pub label: String,
    /// Its values.
    pub values: Vec<Shown>,
}

/// Words that carry a record.
#[derive(Clone, Debug)]
pub struct Words {
    /// Their number in the record, from 0.
    pub number: usize,
    /// The words.
    pub quote: String,
    /// Number of the passage.
    pub passage: u32,
    /// Their characters in the reading.
    pub span: Span,
}

/// A record, ready to be shown.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its number on the page, from 1.
    pub number: usize,
    /// Id of the record.
    pub id: String,
    /// Id of its source; empty where a person wrote it without one.
    pub source: String,
    /// Name of its kind.
    pub kind: &'static str,
    /// Its kind in words.
    pub kind_label: String,
    /// What it says, in a line.
    pub headline: String,
    /// How it is put forward: alleged, found, feared; empty where that says nothing.
    pub manner: String,
    /// Name of its status: a class of the style sheet.
    pub status: &'static str,
    /// Its status in words.
    pub status_label: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The words that carry it; the first carry it as a whole.
    pub words: Vec<Words>,
    /// The extractor or the person who put it forward.
    pub proposed_by: String,
    /// The rule that fired; empty for a person.
    pub rule: String,
    /// Why it was put forward, in a sentence.
    pub why: String,
    /// How directly the words carry it.
    pub band: String,
    /// Whether it is of a type that a second person must look at.
    pub grave: bool,
    /// Whether it only names somebody or something.
    pub is_name: bool,
}

impl Card {
    /// The card of a record, which is the `number`th of its page.
    #[must_use]
    pub fn of(record: &Record, number: usize, text: Text) -> Self {
        let kind = record.body.kind().name();
        let fields = fields_of(&record.body, text);
        let (proposed_by, rule) = match &record.proposed_by {
            ProposedBy::Extractor { extractor, rule } => (extractor.clone(), rule.clone()),
            ProposedBy::Person(name) => (name.clone(), String::new()),
        };
        Self {
            number,
            id: record.id.to_string(),
            source: record.source.map(|id| id.to_string()).unwrap_or_default(),
            kind,
            kind_label: show::label(text, "record-kind", kind),
            headline: headline(kind, &fields),
            manner: manner(&record.body, text),
            status: record.status.name(),
            status_label: status_label(record.status.name(), text),
            why: why::sentence(record, &fields, text),
            fields,
            words: words(record),
            proposed_by,
            rule,
            band: text.say(match record.band {
                Band::Stated => "band-stated",
                Band::Inferred => "band-inferred",
                Band::Suggested => "band-suggested",
            }),
            grave: is_grave(&record.body),
            is_name: is_name(record.body.kind()),
        }
    }

    /// Number of the passage that carries the record as a whole; 0 where there is none.
    #[must_use]
    pub fn passage(&self) -> u32 {
        self.words.first().map_or(0, |words| words.passage)
    }

    /// The words that carry the record as a whole.
    #[must_use]
    pub fn quote(&self) -> &str {
        self.words.first().map_or("", |words| words.quote.as_str())
    }

    /// Its fields but those that stand in the headline already.
    pub fn details(&self) -> impl Iterator<Item = &Field> {
        let headline = show::fields().headlines.get(self.kind);
        let shown = headline.map_or(&[][..], |headline| headline.fields.as_slice());
        self.fields.iter().filter(move |field| {
            field.name != "modality" && (field.values.len() > 1 || !shown.contains(&field.name))
        })
    }
}

/// Whether records of this kind only name somebody or something.
#[must_use]
pub fn is_name(kind: RecordKind) -> bool {
    matches!(
        kind,
        RecordKind::Person
            | RecordKind::Group
            | RecordKind::Organisation
            | RecordKind::State
            | RecordKind::Place
            | RecordKind::Instrument
    )
}

/// A status in words.
#[must_use]
pub fn status_label(status: &str, text: Text) -> String {
    text.say(&format!("status-{status}"))
}

/// A field in words; its name in the formats where there are none.
#[must_use]
pub fn field_label(name: &str, text: Text) -> String {
    let key = format!("field-{}", name.replace('_', "-"));
    match text.has(&key) {
        true => text.say(&key),
        false => name.replace('_', " "),
    }
}

/// What a record with this body says, in a line.
#[must_use]
pub fn headline_of(body: &RecordBody, text: Text) -> String {
    headline(body.kind().name(), &fields_of(body, text))
}

fn fields_of(body: &RecordBody, text: Text) -> Vec<Field> {
    let values = show::values(body, text).into_iter();
    values
        .map(|(name, values)| Field {
            label: field_label(&name, text),
            name,
            values,
        })
        .collect()
}

fn headline(kind: &str, fields: &[Field]) -> String {
    let Some(made) = show::fields().headlines.get(kind) else {
        return String::new();
    };
    let values = |name: &String| {
        let field = fields.iter().find(|field| field.name == *name)?;
        let most = if made.first { 1 } else { 3 };
        let values = field.values.iter().take(most);
        let values: Vec<&str> = values.map(|shown| shown.text.as_str()).collect();
        Some(values.join(", "))
    };
    let parts: Vec<String> = made.fields.iter().filter_map(values).collect();
    parts.join(&made.between)
}

fn manner(body: &RecordBody, text: Text) -> String {
    match body {
        RecordBody::Allegation(allegation) => {
            show::label(text, "modality", allegation.modality.value.name())
        }
        _ => String::new(),
    }
}

fn is_grave(body: &RecordBody) -> bool {
    let RecordBody::Allegation(allegation) = body else {
        return false;
    };
    let list = show::vocabularies().list("violation");
    list.and_then(|list| list.term(allegation.violation.value.as_str()))
        .is_some_and(|term| term.grave)
}

fn words(record: &Record) -> Vec<Words> {
    let quotes = record.citations.iter().map(|citation| &citation.quote);
    quotes
        .enumerate()
        .map(|(number, quote)| Words {
            number,
            quote: quote.quote.clone(),
            passage: quote.passage,
            span: quote.span,
        })
        .collect()
}
