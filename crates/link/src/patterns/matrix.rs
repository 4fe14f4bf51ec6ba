//! The matrix of the elements of crimes against humanity: what on record supports and contradicts
//! each, how well it is proven, and what is missing, in words.
//!
//! Rome Statute, article 7. Invariants: a need counts as shown only by the records it names; a
//! standard of proof is reached only where a finding states it.

use super::elements::{Element, Elements, Needed};
use super::needs::{in_words, shows};
use super::{Counting, Filter, narrower};
use crate::corpus::{Evidence, code};
use crate::when::counted;
use model::{Allegation, Code, Modality, Record, RecordBody, RecordId, SourceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Records shown with a cell, of each sort.
const SHOWN: usize = 12;

/// Something that must be shown for an element.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Need {
    /// What.
    pub what: String,
    /// Whether anything on record speaks to it.
    pub is_shown: bool,
    /// By what kind of record, for people; empty when it is not shown.
    pub by: String,
}

/// One element.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// Term of the vocabulary `crime-element`.
    pub element: Code,
    /// Its label in English.
    pub label: String,
    /// How many records say so directly.
    pub direct: usize,
    /// How many bear on it.
    pub related: usize,
    /// How many deny it, or contradict it by a finding.
    pub against: usize,
    /// Origins of what says so directly: at most so many are independent of each other.
    pub origins: usize,
    /// Records that say so directly, the first few, oldest first.
    pub supporting: Vec<Evidence>,
    /// Records that bear on it, likewise.
    pub bearing: Vec<Evidence>,
    /// Records that deny it, likewise.
    pub contradicting: Vec<Evidence>,
    /// Findings on it.
    pub findings: Vec<RecordId>,
    /// The best standard of proof that a finding states: vocabulary `standard-of-proof`.
    pub standard: Option<Code>,
    /// How well it is established, in words.
    pub proof: String,
    /// What must be shown, and whether anything on record speaks to it.
    pub needs: Vec<Need>,
    /// What is missing, in words.
    pub gap: String,
}

/// All elements, in the order of the statute.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Matrix {
    /// The state it is about; `None` for all that is on record.
    pub state: Option<String>,
    /// The cells.
    pub cells: Vec<Cell>,
    /// What the matrix is and is not.
    pub note: String,
}

/// Allegations and findings of the state that a matrix is about.
struct Field<'a> {
    allegations: Vec<(&'a Record, &'a Allegation)>,
    findings: Vec<(&'a Record, &'a model::Finding)>,
    types: BTreeSet<&'a str>,
    /// Records of events, general claims left out.
    events: BTreeSet<RecordId>,
}

/// The records that speak to one element.
#[derive(Default)]
struct Spoken<'a> {
    direct: Vec<(&'a Record, &'a Allegation)>,
    related: Vec<(&'a Record, &'a Allegation)>,
    against: BTreeSet<RecordId>,
    origins: BTreeSet<SourceId>,
}

impl Counting<'_> {
    /// The matrix for what a filter lets through; years are not looked at.
    #[must_use]
    pub fn matrix(&self, elements: &Elements, filter: &Filter) -> Matrix {
        let concerns = |record: &Record| {
            let states = self.places.states_of(record);
            let wanted = filter.state.as_ref();
            wanted.is_none_or(|state| states.iter().any(|own| own.key == *state))
        };
        let mut field = Field {
            allegations: Vec::new(),
            findings: Vec::new(),
            types: BTreeSet::new(),
            events: BTreeSet::new(),
        };
        for unit in self.units.iter().filter(|unit| !unit.is_general) {
            field.events.extend(&unit.records);
        }
        for &record in &self.corpus.records {
            match &record.body {
                RecordBody::Allegation(it) if concerns(record) => {
                    field.allegations.push((record, it));
                    if happened(it) {
                        field.types.extend(code(&record.body).map(Code::as_str));
                    }
                }
                RecordBody::Finding(it) => field.findings.push((record, it)),
                _ => {}
            }
        }
        // A finding names no state: it is of the state that its records are of.
        let ids: BTreeSet<RecordId> = field
            .allegations
            .iter()
            .map(|(record, _)| record.id)
            .collect();
        field.findings.retain(|(_, finding)| {
            let mut records = finding
                .supporting
                .iter()
                .chain(&finding.contradicting)
                .peekable();
            filter.state.is_none() || records.peek().is_none() || records.any(|id| ids.contains(id))
        });
        let cells = elements
            .elements
            .iter()
            .map(|element| self.cell(element, &field));
        Matrix {
            state: filter.state.clone(),
            cells: cells.collect(),
            note: "What the records say, sorted by what would have to be shown. Allegations are not proof; \
                   only findings state a standard, and only a court convicts."
                .to_owned(),
        }
    }

    fn cell(&self, element: &Element, field: &Field) -> Cell {
        let spoken = self.spoken(element, field);
        let findings: Vec<(&Record, &model::Finding)> = field
            .findings
            .iter()
            .filter(|(_, finding)| {
                finding
                    .elements
                    .iter()
                    .any(|code| code.as_str() == element.code)
            })
            .copied()
            .collect();
        let standard = self.best(&findings);
        let direct: BTreeSet<RecordId> =
            spoken.direct.iter().map(|(record, _)| record.id).collect();
        let related: BTreeSet<RecordId> =
            spoken.related.iter().map(|(record, _)| record.id).collect();
        let mut against = spoken.against.clone();
        against.extend(
            findings
                .iter()
                .flat_map(|(_, finding)| &finding.contradicting),
        );
        let needs: Vec<Need> = element
            .needs
            .iter()
            .map(|need| {
                self.need(
                    need,
                    &spoken,
                    field,
                    !findings.is_empty(),
                    standard.is_some(),
                )
            })
            .collect();
        let mut cell = Cell {
            label: self
                .vocabularies
                .label("crime-element", &element.code, "en")
                .to_owned(),
            element: Code(element.code.clone()),
            direct: direct.len(),
            related: related.len(),
            against: against.len(),
            origins: spoken.origins.len(),
            supporting: self.shown(&direct, SHOWN),
            bearing: self.shown(&related, SHOWN),
            contradicting: self.shown(&against, SHOWN),
            findings: findings.iter().map(|(record, _)| record.id).collect(),
            proof: self.proof(standard.as_ref(), &spoken),
            standard,
            needs,
            gap: String::new(),
        };
        cell.gap = gap(&cell);
        cell
    }

    fn spoken<'f>(&self, element: &Element, field: &Field<'f>) -> Spoken<'f> {
        let all = |codes: &[String]| -> BTreeSet<String> {
            let codes = codes.iter();
            codes
                .flat_map(|code| narrower(self.vocabularies, code))
                .collect()
        };
        let (direct, related) = (all(&element.direct), all(&element.related));
        let mut spoken = Spoken::default();
        for &(record, allegation) in &field.allegations {
            let code = allegation.violation.value.as_str();
            let (is_direct, is_related) = (direct.contains(code), related.contains(code));
            if allegation.modality.value == Modality::Denied && (is_direct || is_related) {
                spoken.against.insert(record.id);
            } else if happened(allegation) && is_direct {
                spoken.direct.push((record, allegation));
                spoken
                    .origins
                    .extend(self.corpus.origin(record, self.provenance));
            } else if happened(allegation) && is_related {
                spoken.related.push((record, allegation));
            }
        }
        spoken
    }

    /// The highest standard that a finding states, by the order of the vocabulary.
    fn best(&self, findings: &[(&Record, &model::Finding)]) -> Option<Code> {
        let order = &self.vocabularies.list("standard-of-proof")?.terms;
        let place = |code: &Code| order.iter().position(|term| term.code == *code);
        let known = findings
            .iter()
            .filter(|(_, finding)| place(&finding.standard).is_some());
        let best = known.max_by_key(|(record, finding)| (place(&finding.standard), record.id))?;
        Some(best.1.standard.clone())
    }

    fn proof(&self, standard: Option<&Code>, spoken: &Spoken) -> String {
        if let Some(standard) = standard {
            let label = self
                .vocabularies
                .label("standard-of-proof", standard.as_str(), "en");
            return format!("Found under the standard “{label}”.");
        }
        let of = |modality: Modality| {
            spoken
                .direct
                .iter()
                .filter(move |(_, it)| it.modality.value == modality)
        };
        let bodies: BTreeSet<&str> = of(Modality::Found)
            .flat_map(|(_, it)| {
                it.attribution
                    .iter()
                    .filter_map(|link| link.value.speaker.as_ref())
            })
            .map(|speaker| speaker.name.as_str())
            .collect();
        let found = of(Modality::Found).count();
        if found > 0 {
            let bodies: Vec<&str> = bodies.into_iter().collect();
            let whom = if bodies.is_empty() {
                "a body that is not named".to_owned()
            } else {
                bodies.join(", ")
            };
            return format!(
                "Reported as found by {whom}; the records do not say under which standard of proof."
            );
        }
        match (of(Modality::Admitted).count(), spoken.direct.len()) {
            (0, 0) => "Nothing on record says so directly.".to_owned(),
            (0, _) => "Alleged only: no finding is on record.".to_owned(),
            (admitted, _) => format!("Admitted in {admitted} records; no finding is on record."),
        }
    }

    fn need(
        &self,
        need: &Needed,
        spoken: &Spoken,
        field: &Field,
        found: bool,
        standard: bool,
    ) -> Need {
        // Of an element that no allegation states directly, what bears on it can show a part.
        let speaking = if spoken.direct.is_empty() {
            &spoken.related
        } else {
            &spoken.direct
        };
        let ways = need.shown_by.iter().filter_map(|way| {
            let shown = match way.strip_prefix("type:") {
                Some(code) => narrower(self.vocabularies, code)
                    .iter()
                    .any(|code| field.types.contains(code.as_str())),
                None => match way.as_str() {
                    "finding" => found,
                    "standard" => standard,
                    "event" => spoken
                        .direct
                        .iter()
                        .any(|(record, _)| field.events.contains(&record.id)),
                    way => speaking
                        .iter()
                        .any(|(_, allegation)| shows(way, allegation)),
                },
            };
            shown.then(|| in_words(way, self.vocabularies))
        });
        let by: Vec<String> = ways.collect();
        Need {
            what: need.what.clone(),
            is_shown: !by.is_empty(),
            by: by.join("; "),
        }
    }
}

fn happened(allegation: &Allegation) -> bool {
    !matches!(
        allegation.modality.value,
        Modality::Denied | Modality::Feared
    )
}

/// What is missing, in a sentence or two.
fn gap(cell: &Cell) -> String {
    let records = |count: usize| counted(count as u64, "record");
    let mut words = match (cell.direct, cell.related) {
        (0, 0) => "Nothing on record speaks to it.".to_owned(),
        (0, related) => format!(
            "Nothing says so directly; what bears on it: {}.",
            records(related)
        ),
        (direct, _) => format!(
            "Said so directly: {}, of at most {}.",
            records(direct),
            counted(cell.origins as u64, "independent origin")
        ),
    };
    let missing: Vec<&str> = cell
        .needs
        .iter()
        .filter(|need| !need.is_shown)
        .map(|need| need.what.as_str())
        .collect();
    if !missing.is_empty() {
        words.push_str(&format!(" Not shown: {}.", missing.join("; ")));
    }
    if cell.direct > 0 && cell.origins < 2 {
        words.push_str(" It rests on one origin.");
    }
    if cell.standard.is_none() {
        words.push_str(" No finding states a standard of proof.");
    }
    if cell.against > 0 {
        words.push_str(&format!(
            " Contradicted by {}, which has to be answered.",
            records(cell.against)
        ));
    }
    words
}

impl Matrix {
    /// The cell of an element.
    #[must_use]
    pub fn cell(&self, element: &str) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|cell| cell.element.as_str() == element)
    }
}
