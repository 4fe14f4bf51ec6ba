//! The shapes of what the API gives: sources, records, lists.

use super::bench::Answer;
use model::{Citation, ProposedBy, Record, RecordBody};
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use users::Role;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
use view::{ReadState, SourceInfo};

/// How roles are described: `users` knows nothing of descriptions.
pub(crate) struct RoleShape;

impl ToSchema for RoleShape {
    fn name() -> Cow<'static, str> {
        "Role".into()
    }
}

impl PartialSchema for RoleShape {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "What somebody may do; each may what the one before may.",
            ))
            .enum_values(Some(Role::ALL.map(Role::name)))
            .into()
    }
}

/// A source.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceShape {
    /// Id.
    id: String,
    /// SHA-256 of the original bytes.
    sha256: String,
    /// Bytes of the original.
    bytes: u64,
    /// Its media type.
    media_type: String,
    /// The name it came under.
    name: String,
    /// When it was collected, in milliseconds since 1970, by the device's clock.
    collected_at: u64,
    /// Who collected it.
    collected_by: String,
    /// How it was collected.
    how: String,
    /// Address or custodian.
    origin: Option<String>,
    /// Who may open it: `open`, `restricted`, `sealed`.
    compartment: String,
    /// Under which consent it may be used.
    consent: Option<String>,
    /// Title.
    title: Option<String>,
    /// Publisher.
    publisher: Option<String>,
    /// When it was published, in EDTF.
    published: Option<String>,
    /// Its language, as a BCP 47 tag.
    language: Option<String>,
    /// Records read from it.
    records: u64,
    /// `waiting`, `unread` or `read`.
    state: &'static str,
    /// Why it was not read.
    unread: Option<String>,
    /// SHA-256 of its reading.
    reading: Option<String>,
}

impl From<&SourceInfo> for SourceShape {
    fn from(info: &SourceInfo) -> Self {
        let source = &info.source;
        let (state, unread, reading) = match &info.state {
            ReadState::Waiting => ("waiting", None, None),
            ReadState::Unread { reason, .. } => ("unread", Some(reason.clone()), None),
            ReadState::Read { reading, .. } => ("read", None, Some(reading.to_string())),
        };
        Self {
            id: info.id.to_string(),
            sha256: source.original.to_string(),
            bytes: source.bytes,
            media_type: source.media_type.clone(),
            name: source.collected.name.clone(),
            collected_at: source.collected.at,
            collected_by: source.collected.by.clone(),
            how: source.collected.how.clone(),
            origin: source.origin.clone(),
            compartment: source.compartment.name().to_owned(),
            consent: source.consent.clone(),
            title: info.title.clone(),
            publisher: info.publisher.clone(),
            published: info.published.map(|date| date.to_string()),
            language: info.language.clone(),
            records: info.records,
            state,
            unread,
            reading,
        }
    }
}

/// A record as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordShape {
    /// Id.
    id: String,
    /// What it is: `allegation`, `call` …
    kind: &'static str,
    /// `proposed`, `accepted`, `corrected`, `rejected`, `unsure`, `disputed`, `second-review`.
    status: &'static str,
    /// Its version, for `If-Match`: changes with every decision.
    version: String,
    /// Whether its type is grave, so that two persons have to accept it.
    needs_two: bool,
    /// The source it was read from.
    source: Option<String>,
    /// The extractor, or the person, who put it forward.
    proposed_by: String,
    /// The rule that fired; null for a person.
    rule: Option<String>,
    /// `stated`, `inferred` or `suggested`.
    #[schema(value_type = String)]
    band: Value,
    /// The fields of its kind; `docs/formats/records.md` says which.
    #[schema(value_type = Object)]
    fields: Value,
    /// The words that carry it; fields refer to them by position.
    citations: Vec<CitationShape>,
    /// Fields whose values rest on a stated reason, and the reasons.
    #[schema(value_type = Vec<Object>)]
    stated: Value,
    /// What was decided of it, oldest first.
    #[schema(value_type = Vec<Object>)]
    history: Value,
}

/// Words of a reading, at their place.
#[derive(Serialize, ToSchema)]
pub(crate) struct CitationShape {
    /// The words.
    quote: String,
    /// Number of the passage.
    passage: u32,
    /// Page of a paged original.
    page: Option<u32>,
    /// Row of a table.
    row: Option<u32>,
    /// SHA-256 of the reading.
    reading: String,
    /// First character in the reading's text, from 0.
    start: u32,
    /// One past the last.
    end: u32,
}

impl CitationShape {
    fn of(citation: &Citation) -> Self {
        let quote = &citation.quote;
        Self {
            quote: quote.quote.clone(),
            passage: quote.passage,
            page: quote.page,
            row: quote.row,
            reading: citation.reading.to_string(),
            start: quote.span.start,
            end: quote.span.end,
        }
    }
}

impl RecordShape {
    /// The shape of a record.
    pub(crate) fn of(record: &Record) -> Answer<Self> {
        let (proposed_by, rule) = match &record.proposed_by {
            ProposedBy::Extractor { extractor, rule } => (extractor.clone(), Some(rule.clone())),
            ProposedBy::Person(person) => (person.clone(), None),
        };
        Ok(Self {
            id: record.id.to_string(),
            kind: record.body.kind().name(),
            status: record.status.name(),
            version: view::upon(record)?.version.to_string(),
            needs_two: view::needs_two(record),
            source: record.source.map(|source| source.to_string()),
            proposed_by,
            rule,
            band: json!(record.band),
            fields: fields(&record.body)?,
            citations: record.citations.iter().map(CitationShape::of).collect(),
            stated: json!(record.stated()),
            history: json!(record.history),
        })
    }

    /// The same with the version of another: a decision is made upon the record as it stands,
    /// whatever of it was shown.
    pub(crate) fn with_version_of(self, other: Self) -> Self {
        Self {
            version: other.version,
            ..self
        }
    }

    /// The value of `ETag`.
    pub(crate) fn tag(&self) -> String {
        format!("\"{}\"", self.version)
    }
}

/// The fields alone: the kind stands beside them.
fn fields(body: &RecordBody) -> Answer<Value> {
    Ok(match serde_json::to_value(body)? {
        Value::Object(tagged) => tagged.into_iter().next().map_or(Value::Null, |(_, of)| of),
        other => other,
    })
}

/// Some sources.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceList {
    /// The sources.
    pub(crate) items: Vec<SourceShape>,
    /// The cursor behind the last; null at the end.
    pub(crate) next: Option<String>,
}

/// Some records.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordList {
    /// The records.
    pub(crate) items: Vec<RecordShape>,
    /// The cursor behind the last; null at the end.
    pub(crate) next: Option<String>,
    /// How many there are in all, when `count=true` asked for it; exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) count: Option<u64>,
}
