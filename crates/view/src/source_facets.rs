//! What the sources of a list have in common, counted.
//!
//! Invariant: every source that [`View::sources`] gives for a filter is counted, and no other.

use crate::sources::conditions;
use crate::{Result, SourceFilter, View};
use rusqlite::params_from_iter;
use std::collections::BTreeMap;

/// Sources by what they have in common; what is not known of a source is not counted there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFacets {
    /// All of them.
    pub total: u64,
    /// Those that could not be read.
    pub unread: u64,
    /// By language, as a BCP 47 tag.
    pub languages: BTreeMap<String, u64>,
    /// By publisher.
    pub publishers: BTreeMap<String, u64>,
    /// By the name of their compartment.
    pub compartments: BTreeMap<String, u64>,
    /// By the first year in which they may have been published.
    pub years: BTreeMap<u16, u64>,
}

impl View {
    /// Counts the sources that `filter` lets through.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn source_facets(&self, filter: &SourceFilter) -> Result<SourceFacets> {
        let (conditions, values) = conditions(filter);
        let query = format!(
            "SELECT s.language, s.publisher, s.compartment, s.published, s.reason IS NOT NULL
             FROM sources s {conditions}"
        );
        let mut statement = self.connection.prepare_cached(&query)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut facets = SourceFacets::default();
        while let Some(row) = rows.next()? {
            facets.total += 1;
            facets.unread += u64::from(row.get::<_, bool>(4)?);
            count(&mut facets.languages, row.get(0)?);
            count(&mut facets.publishers, row.get(1)?);
            count(&mut facets.compartments, row.get(2)?);
            let published: Option<String> = row.get(3)?;
            let year = published.and_then(|date| date.get(..4)?.parse().ok());
            if let Some(year) = year {
                *facets.years.entry(year).or_default() += 1;
            }
        }
        Ok(facets)
    }
}

fn count(numbers: &mut BTreeMap<String, u64>, value: Option<String>) {
    if let Some(value) = value {
        *numbers.entry(value).or_default() += 1;
    }
}
