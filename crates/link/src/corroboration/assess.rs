//! Assesses incidents and single allegations.
//!
//! Invariant: reports are what says that it happened (alleged, found, admitted); what is feared or
//! denied is counted apart.

use super::denials::{self, GeneralDenials};
use super::origins::{self, Report};
use super::result::{Corroboration, Origin, OriginKind, counted};
use super::settings::{KindOfSource, Settings};
use super::status::{Counts, StatusRule};
use super::voices::Voices;
use crate::incidents::{Cite, Identities, Incident};
use crate::{Document, Provenance};
use model::{Allegation, Modality, Record, RecordBody, RecordId, SourceId, Status};
use std::collections::{BTreeSet, HashMap};

/// Assesses how well incidents and allegations are supported.
pub struct Assessor<'a> {
    records: HashMap<RecordId, &'a Record>,
    voices: Voices<'a>,
    general: GeneralDenials<'a>,
    provenance: &'a dyn Provenance,
    rule: &'a StatusRule,
}

impl<'a> Assessor<'a> {
    /// An assessor of what `records` say. Rejected ones are left out; `identities` should have
    /// learnt from the same records.
    #[must_use]
    pub fn new(
        records: &'a [Record],
        documents: &'a [Document],
        provenance: &'a dyn Provenance,
        identities: &'a Identities,
        settings: &'a Settings,
        rule: &'a StatusRule,
    ) -> Self {
        let counting = records
            .iter()
            .filter(|record| record.status != Status::Rejected);
        let mut sorted: Vec<&Record> = counting.collect();
        sorted.sort_by_key(|record| record.id);
        Self {
            general: GeneralDenials::of(&sorted, identities, settings),
            records: sorted
                .into_iter()
                .map(|record| (record.id, record))
                .collect(),
            voices: Voices::new(identities, settings, documents),
            provenance,
            rule,
        }
    }

    /// How well an incident is supported.
    #[must_use]
    pub fn incident(&self, incident: &Incident) -> Corroboration {
        self.assess(&incident.records(), incident.contradictions.len())
    }

    /// How well one allegation is supported by itself, without what other documents say of the same
    /// incident; `None` when it is not known, or no allegation.
    #[must_use]
    pub fn allegation(&self, record: RecordId) -> Option<Corroboration> {
        match self.records.get(&record)?.body {
            RecordBody::Allegation(_) => Some(self.assess(&[record], 0)),
            _ => None,
        }
    }

    fn assess(&self, members: &[RecordId], contradictions: usize) -> Corroboration {
        let members: Vec<(&Record, &Allegation)> = members
            .iter()
            .filter_map(|id| self.records.get(id))
            .filter_map(|record| match &record.body {
                RecordBody::Allegation(allegation) => Some((*record, allegation)),
                _ => None,
            })
            .collect();
        let mut reports: Vec<Report> = members
            .iter()
            .filter(|(_, allegation)| says_it_happened(allegation))
            .map(|(record, allegation)| {
                Report::of(record, allegation, &self.voices, self.provenance)
            })
            .collect();
        origins::short_names(&mut reports);
        let sources: BTreeSet<SourceId> = reports.iter().filter_map(|r| r.record.source).collect();
        let origins = origins::of(&reports, &self.voices);
        let (identities, settings) = (self.voices.identities, self.voices.settings);
        let denials = denials::of(&members, &self.general, identities, settings);
        let feared = members
            .iter()
            .filter(|(_, a)| a.modality.value == Modality::Feared);
        let warnings: Vec<Cite> = feared.map(|(record, _)| Cite::of(record)).collect();
        let mut counts = count(&origins, settings);
        counts.documents = sources.len() as u64;
        counts.admissions = members.iter().filter(|(_, a)| self.admits(a)).count() as u64;
        let here = denials.iter().filter(|denial| denial.about_this);
        counts.denials_by_accused = here.clone().filter(|denial| denial.by_accused).count() as u64;
        counts.denials_by_others = here.filter(|denial| !denial.by_accused).count() as u64;
        counts.warnings = warnings.len() as u64;
        counts.contradictions = contradictions as u64;
        Corroboration {
            summary: summary(sources.len(), &origins),
            status: self.rule.status(&counts),
            documents: sources.into_iter().collect(),
            origins,
            denials,
            warnings,
            counts,
        }
    }

    fn admits(&self, allegation: &Allegation) -> bool {
        let position = allegation.attribution_by_authorities.as_ref();
        allegation.modality.value == Modality::Admitted
            || position.is_some_and(|position| {
                self.voices
                    .settings
                    .authorities_admit(position.value.as_str())
            })
    }
}

fn says_it_happened(allegation: &Allegation) -> bool {
    match allegation.modality.value {
        Modality::Alleged | Modality::Found | Modality::Admitted => true,
        Modality::Feared | Modality::Denied => false,
    }
}

fn count(origins: &[Origin], settings: &Settings) -> Counts {
    let count = |holds: &dyn Fn(&Origin) -> bool| {
        origins.iter().filter(|origin| holds(origin)).count() as u64
    };
    let direct = |kind: KindOfSource| count(&|origin| origin.directness == kind);
    let degree = |origin: &Origin, holds: &dyn Fn(&str) -> bool| {
        origin
            .reliability
            .as_ref()
            .is_some_and(|degree| holds(degree.as_str()))
    };
    Counts {
        origins: origins.len() as u64,
        first_hand: direct(KindOfSource::FirstHand),
        official: direct(KindOfSource::Official),
        derived: direct(KindOfSource::Derived),
        unnamed: count(&|origin| origin.kind == OriginKind::Unnamed),
        findings: count(&|origin| origin.found),
        reliable: count(&|origin| degree(origin, &|code| settings.is_reliable(code))),
        unreliable: count(&|origin| degree(origin, &|code| settings.is_unreliable(code))),
        ..Counts::default()
    }
}

fn summary(documents: usize, origins: &[Origin]) -> String {
    if documents == 0 && origins.is_empty() {
        return "No document says that it happened".to_owned();
    }
    let kinds = [
        KindOfSource::FirstHand,
        KindOfSource::Official,
        KindOfSource::Derived,
    ];
    let kinds = kinds.iter().filter_map(|kind| {
        let count = origins
            .iter()
            .filter(|origin| origin.directness == *kind)
            .count();
        (count > 0).then(|| format!("{count} {}", kind.words()))
    });
    format!(
        "{}, {} at most ({}); what the archive does not show may make it fewer",
        counted(documents, "document"),
        counted(origins.len(), "independent origin"),
        kinds.collect::<Vec<_>>().join(", ")
    )
}
