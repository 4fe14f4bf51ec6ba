//! Tables of counts: by type, place, year, perpetrator, group of victims.
//!
//! Invariant: every table says what its unit is, what its rows are part of, and what is not counted.

use super::counts::{Counts, count};
use super::units::Unit;
use super::{Counting, Filter, families};
use crate::when::counted;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// By what a table counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// Type of violation.
    Type,
    /// Family of types.
    Family,
    /// Place, with all that it lies in.
    Place,
    /// State concerned.
    State,
    /// Year.
    Year,
    /// Who is said to have done it.
    Perpetrator,
    /// Group of victims, by the vocabulary `victim-characteristic`.
    VictimGroup,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Dimension; 7] = [
        Self::Type,
        Self::Family,
        Self::Place,
        Self::State,
        Self::Year,
        Self::Perpetrator,
        Self::VictimGroup,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Type => "By type of violation",
            Self::Family => "By family of violations",
            Self::Place => "By place",
            Self::State => "By state",
            Self::Year => "By year",
            Self::Perpetrator => "By alleged perpetrator",
            Self::VictimGroup => "By group of victims",
        }
    }

    /// Why the rows of a table do not add up to its total.
    fn overlap(self) -> &'static str {
        match self {
            Self::Type | Self::Family => {
                "An event with several types of violation stands in several rows, and so do its victims."
            }
            Self::Place => "A place's row holds what happened in the places that lie in it, too.",
            Self::Year => "A victim of several years stands in several rows.",
            _ => "An event may stand in several rows, and so may its victims.",
        }
    }
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Code, gazetteer key, year or name; `unknown` where the records do not say.
    pub key: String,
    /// The same for people.
    pub label: String,
    /// What is counted.
    pub counts: Counts,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// What the columns count.
    pub unit: String,
    /// What the rows are part of, in words and as counts.
    pub denominator: String,
    /// All that is counted, each once.
    pub total: Counts,
    /// What is not counted, and why the rows do not add up.
    pub notes: Vec<String>,
    /// The rows, most events first.
    pub rows: Vec<Row>,
}

const UNKNOWN: &str = "unknown";

impl Counting<'_> {
    /// The table of what a filter lets through.
    #[must_use]
    pub fn table(&self, by: Dimension, filter: &Filter) -> Table {
        let wanted = self.wanted(filter);
        let total = count(&wanted, None);
        let mut rows = match by {
            Dimension::Type | Dimension::Family => self.by_type(&wanted, by),
            _ => self.by_keys(&wanted, by),
        };
        rows.sort_by(|a, b| {
            let size = |row: &Row| {
                (
                    row.counts.events.most,
                    row.counts.claims,
                    row.counts.reports,
                )
            };
            size(b).cmp(&size(a)).then_with(|| a.key.cmp(&b.key))
        });
        if by == Dimension::Year {
            rows.sort_by(|a, b| a.key.cmp(&b.key));
        }
        Table {
            title: by.title().to_owned(),
            unit: "events: incidents; acts: one type of violation against one victim (a person or a counted \
                   group) in one event; victims: persons"
                .to_owned(),
            denominator: format!(
                "all on record here: events {}, acts {}, victims {}, from {}, which go back to at \
                 most {}: what was reported, not what happened",
                total.events,
                total.acts,
                total.victims,
                counted(total.documents as u64, "document"),
                counted(total.origins as u64, "independent origin")
            ),
            notes: self.notes(&total, by),
            total,
            rows,
        }
    }

    fn notes(&self, total: &Counts, by: Dimension) -> Vec<String> {
        let mut notes = vec![by.overlap().to_owned()];
        let mut left_out = |count: usize, what: &str, more: &str| {
            if count > 0 {
                notes.push(format!(
                    "Not counted: {}{more}.",
                    counted(count as u64, what)
                ));
            }
        };
        left_out(
            total.claims,
            "general claim",
            ", which tell of no event of their own and stand beside the counts",
        );
        // These are of the whole archive: what is feared or denied is sorted into no event.
        left_out(
            self.left_out.feared,
            "allegation",
            " of what is only feared (in the whole archive)",
        );
        left_out(self.left_out.denied, "denial", " (in the whole archive)");
        left_out(
            self.left_out.conclusions,
            "conclusion",
            " on a whole situation, such as “systematic” (in the whole archive)",
        );
        notes
    }

    fn by_type(&self, wanted: &[&Unit], by: Dimension) -> Vec<Row> {
        let families = families(self.vocabularies);
        let mut rows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for code in wanted.iter().flat_map(|unit| unit.types()) {
            let row = match by {
                Dimension::Family => families.get(code).unwrap_or(code),
                _ => code,
            };
            rows.entry(row.clone()).or_default().insert(code.clone());
        }
        let rows = rows.into_iter().map(|(key, codes)| Row {
            label: self.vocabularies.label("violation", &key, "en").to_owned(),
            counts: count(wanted, Some(&codes)),
            key,
        });
        rows.collect()
    }

    fn by_keys(&self, wanted: &[&Unit], by: Dimension) -> Vec<Row> {
        let mut rows: BTreeMap<String, Vec<&Unit>> = BTreeMap::new();
        for unit in wanted {
            let mut keys: Vec<String> = match by {
                Dimension::Place => unit.all_places.iter().cloned().collect(),
                Dimension::State => unit.states.iter().cloned().collect(),
                Dimension::Year => unit.year.iter().map(|year| format!("{year:04}")).collect(),
                Dimension::Perpetrator => unit.perpetrators.keys().cloned().collect(),
                _ => unit
                    .groups
                    .iter()
                    .map(|code| code.as_str().to_owned())
                    .collect(),
            };
            if keys.is_empty() {
                keys.push(UNKNOWN.to_owned());
            }
            for key in keys {
                rows.entry(key).or_default().push(unit);
            }
        }
        let rows = rows.into_iter().map(|(key, units)| Row {
            label: self.label(by, &key),
            counts: count(&units, None),
            key,
        });
        rows.collect()
    }

    fn label(&self, by: Dimension, key: &str) -> String {
        if key == UNKNOWN {
            return match by {
                Dimension::Year => "Year not known, or several".to_owned(),
                _ => "Not said".to_owned(),
            };
        }
        let name = match by {
            Dimension::VictimGroup => self.vocabularies.label("victim-characteristic", key, "en"),
            _ => self.places.name(key),
        };
        name.strip_prefix("name:").unwrap_or(name).to_owned()
    }
}
