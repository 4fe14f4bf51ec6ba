//! Questions about sources.

use crate::fold::{EntryPlace, READ, State, UNREAD};
use crate::prefix::Prefix;
use crate::text::passages::day_number;
use crate::{Result, View};
use model::{Compartment, Edtf, PartialDate, Sha256Digest, Source, SourceId, from_cbor};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use std::ops::ControlFlow;

/// Whether a source was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadState {
    /// Nobody tried yet.
    Waiting,
    /// It could not be read.
    Unread {
        /// Why, for people.
        reason: String,
        /// The ledger's entry that says so.
        entry: EntryPlace,
    },
    /// It has a reading.
    Read {
        /// SHA-256 of the reading's bytes.
        reading: Sha256Digest,
        /// The ledger's entry that has the reading as its first blob.
        entry: EntryPlace,
        /// Passages of its clean text.
        passages: u64,
    },
}

/// A source with what its reading says of it. What the collector stated comes before what the
/// reading found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceInfo {
    /// Id.
    pub id: SourceId,
    /// The ledger's entry that introduces it and has the original as its first blob.
    pub entry: EntryPlace,
    /// What was said of it when it was collected.
    pub source: Source,
    /// Whether it was read.
    pub state: ReadState,
    /// Title, as read.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Date of publication.
    pub published: Option<Edtf>,
    /// Language, as a BCP 47 tag.
    pub language: Option<String>,
    /// Records that were proposed from it by current runs of extractors.
    pub records: u64,
}

/// Why a source cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Withheld {
    /// This device holds no key for it.
    Locked,
    /// Its key was destroyed.
    Erased,
}

/// What a hit shows of its source.
#[derive(Default)]
pub(crate) struct Heading {
    pub(crate) title: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) published: Option<Edtf>,
    pub(crate) language: Option<String>,
}

/// Which sources; each field that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct SourceFilter {
    /// Only those that could not be read.
    pub unread: bool,
    /// Of this compartment.
    pub compartment: Option<Compartment>,
    /// By this publisher, exactly.
    pub publisher: Option<String>,
    /// In this language.
    pub language: Option<String>,
    /// Published then or later, as far as is known.
    pub since: Option<PartialDate>,
    /// Published then or earlier.
    pub until: Option<PartialDate>,
    /// Words in title, name or origin, in any letter case.
    pub text: Option<String>,
    /// The newest first instead of the oldest.
    pub newest_first: bool,
}

/// A stretch of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many to pass over.
    pub offset: u64,
    /// How many to give, at most.
    pub limit: u64,
}

impl Default for Page {
    fn default() -> Self {
        Self {
            offset: 0,
            limit: u64::MAX,
        }
    }
}

const COLUMNS: &str = "s.id, s.entry, s.outcome, s.outcome_order, s.reading, s.reason, s.passages,
    s.title, s.publisher, s.published, s.language, b.body,
    (SELECT coalesce(sum(records), 0) FROM runs WHERE runs.source = s.no AND runs.current)
    FROM sources s JOIN bodies b ON b.no = s.no";

impl View {
    /// Sources in the order in which they were collected, the oldest first unless the filter says
    /// otherwise.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sources(&self, filter: &SourceFilter, page: Page) -> Result<Vec<SourceInfo>> {
        let mut found = Vec::new();
        let (mut query, mut values) = query(filter);
        // What is passed over need not be decoded.
        query.push_str(" LIMIT ? OFFSET ?");
        let number = |number: u64| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        values.extend([number(page.limit), number(page.offset)]);
        self.stream(&query, values, &mut |info| {
            found.push(info);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// Calls `each` for every source that fits, in the order that the filter asks for, until it
    /// breaks off.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn each_source(
        &self,
        filter: &SourceFilter,
        each: &mut dyn FnMut(SourceInfo) -> ControlFlow<()>,
    ) -> Result<()> {
        let (query, values) = query(filter);
        self.stream(&query, values, each)
    }

    fn stream(
        &self,
        query: &str,
        values: Vec<Value>,
        each: &mut dyn FnMut(SourceInfo) -> ControlFlow<()>,
    ) -> Result<()> {
        let mut statement = self.connection.prepare_cached(query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let Some(info) = info(row)? else {
                continue;
            };
            if each(info).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// One source.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn source(&self, id: &SourceId) -> Result<Option<SourceInfo>> {
        let query = format!("SELECT {COLUMNS} WHERE s.id = ?");
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query([id.as_bytes()])?;
        match rows.next()? {
            Some(row) => info(row),
            None => Ok(None),
        }
    }

    /// What a hit shows of its source; nothing when there is no such source.
    pub(crate) fn heading(&self, id: &SourceId) -> Result<Heading> {
        let mut statement = self.connection.prepare_cached(
            "SELECT title, publisher, published, language FROM sources WHERE id = ?",
        )?;
        let heading = statement.query_row([id.as_bytes()], |row| {
            let published: Option<String> = row.get(2)?;
            Ok(Heading {
                title: row.get(0)?,
                publisher: row.get(1)?,
                published: published.and_then(|date| date.parse().ok()),
                language: row.get(3)?,
            })
        });
        Ok(heading.optional()?.unwrap_or_default())
    }

    /// Sources that are on record but cannot be shown, and why.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn withheld(&self) -> Result<Vec<(SourceId, Withheld)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, state FROM sources WHERE state IN (?, ?) ORDER BY id")?;
        let states = params![State::Locked as i64, State::Erased as i64];
        let rows = statement.query_map(states, |row| {
            let why = match row.get::<_, i64>(1)? == State::Erased as i64 {
                true => Withheld::Erased,
                false => Withheld::Locked,
            };
            Ok((SourceId::from_bytes(row.get(0)?), why))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The source whose id, or whose original's SHA-256, begins with `prefix`.
    ///
    /// # Errors
    /// When it is not the beginning of an id, or of more than one.
    pub fn resolve_source(&self, prefix: &str) -> Result<Option<SourceId>> {
        let prefix = Prefix::parse(prefix)?;
        let mut found = Vec::new();
        if let Some((low, high)) = prefix.ids() {
            let mut by_id = self.connection.prepare_cached(
                "SELECT id FROM sources WHERE id BETWEEN ? AND ? AND state > 0 LIMIT 2",
            )?;
            let ids = by_id.query_map(params![low, high], |row| row.get(0))?;
            found.extend(ids.collect::<rusqlite::Result<Vec<[u8; 16]>>>()?);
        }
        let (low, high) = prefix.digests();
        let mut by_digest = self
            .connection
            .prepare_cached("SELECT id FROM sources WHERE original BETWEEN ? AND ? LIMIT 2")?;
        let ids = by_digest.query_map(params![low, high], |row| row.get(0))?;
        found.extend(ids.collect::<rusqlite::Result<Vec<[u8; 16]>>>()?);
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Ok(None),
            [id] => Ok(Some(SourceId::from_bytes(*id))),
            _ => Err(prefix.ambiguous()),
        }
    }

    /// The first source with these original bytes.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn by_original(&self, original: &Sha256Digest) -> Result<Option<SourceId>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT min(id) FROM sources WHERE original = ?")?;
        let id: Option<Option<[u8; 16]>> = statement
            .query_row([original.0], |row| row.get(0))
            .optional()?;
        Ok(id.flatten().map(SourceId::from_bytes))
    }
}

/// What must hold of a source `s`, as SQL behind its tables.
pub(crate) fn conditions(filter: &SourceFilter) -> (String, Vec<Value>) {
    let mut query = "WHERE s.state = 1".to_owned();
    let mut values = Vec::new();
    let mut must = |condition: &str, value: Option<Value>| {
        if let Some(value) = value {
            query.push_str(condition);
            values.push(value);
        }
    };
    let text = |text: &Option<String>| text.clone().map(Value::Text);
    let day = |day| Value::Integer(day_number(day) as i64);
    must(
        " AND s.outcome = ?",
        filter.unread.then_some(Value::Integer(UNREAD)),
    );
    must(
        " AND s.compartment = ?",
        filter
            .compartment
            .map(|it| Value::Text(it.name().to_owned())),
    );
    must(" AND s.publisher = ?", text(&filter.publisher));
    must(" AND s.language = ?", text(&filter.language));
    // A date that is known to the year may lie on any day of it.
    must(
        " AND s.last_day >= ?",
        filter.since.map(|date| day(date.bounds().0)),
    );
    must(
        " AND s.first_day <= ?",
        filter.until.map(|date| day(date.bounds().1)),
    );
    must(
        " AND s.no IN (SELECT no FROM called WHERE instr(words, ?))",
        text(&filter.text.as_deref().map(str::to_lowercase)),
    );
    (query, values)
}

fn info(row: &Row) -> Result<Option<SourceInfo>> {
    let order: Option<Vec<u8>> = row.get(3)?;
    let entry = order.as_deref().and_then(EntryPlace::of_order);
    let state = match (row.get::<_, i64>(2)?, entry) {
        (READ, Some(entry)) => ReadState::Read {
            reading: Sha256Digest(row.get(4)?),
            entry,
            passages: row.get::<_, i64>(6)? as u64,
        },
        (UNREAD, Some(entry)) => ReadState::Unread {
            reason: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
            entry,
        },
        _ => ReadState::Waiting,
    };
    let introduced: Vec<u8> = row.get(1)?;
    let Some(entry) = EntryPlace::of_order(&introduced) else {
        return Ok(None);
    };
    let published: Option<String> = row.get(9)?;
    Ok(Some(SourceInfo {
        id: SourceId::from_bytes(row.get(0)?),
        entry,
        source: from_cbor(&row.get::<_, Vec<u8>>(11)?)?,
        state,
        title: row.get(7)?,
        publisher: row.get(8)?,
        published: published.and_then(|date| date.parse().ok()),
        language: row.get(10)?,
        records: row.get::<_, i64>(12)? as u64,
    }))
}

/// Ends each of the words that a source is called by; those who look for it find nothing.
const END: &str = "\u{1f}";

/// What a source can be found by: title, name and origin, in lower case.
pub(crate) fn called(title: Option<&str>, source: &Source) -> String {
    let words = [
        title,
        Some(source.collected.name.as_str()),
        source.origin.as_deref(),
    ];
    let words = words.into_iter().flatten();
    let words = words.map(|words| words.to_lowercase().replace(END, " ") + END);
    words.collect()
}

/// The sources that fit, in the order that is asked for.
fn query(filter: &SourceFilter) -> (String, Vec<Value>) {
    let (conditions, values) = conditions(filter);
    let order = if filter.newest_first { "DESC" } else { "ASC" };
    let query = format!("SELECT {COLUMNS} {conditions} ORDER BY s.id {order}");
    (query, values)
}
