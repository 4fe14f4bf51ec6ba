//! How many apart from each other: allegations that go back to one voice or one text are one origin.
//!
//! Invariant: joining only ever lowers the count, every joining has a reason, and the result does not
//! depend on the order of the members.

use super::result::{Origin, OriginKind};
use super::settings::KindOfSource;
use super::voices::{Voice, Voices};
use crate::Provenance;
use crate::incidents::{Cite, Reason, folded};
use crate::sets::Sets;
use model::{Allegation, Code, Modality, Record, SourceId, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reasons that one origin gives.
const MOST_REASONS: usize = 12;

/// Words that a name needs to be taken for the short form of a longer one.
const SHORT_NAME: usize = 3;

/// A report that it happened.
pub(crate) struct Report<'a> {
    pub record: &'a Record,
    pub allegation: &'a Allegation,
    pub voice: Voice,
    /// The document that holds its words first.
    pub first: Option<SourceId>,
    /// Why that document, when it is another.
    pub copied_because: Vec<String>,
}

impl<'a> Report<'a> {
    pub(crate) fn of(
        record: &'a Record,
        allegation: &'a Allegation,
        voices: &Voices,
        provenance: &dyn Provenance,
    ) -> Self {
        let span = record
            .citations
            .first()
            .map_or(Span::new(0, 0), |c| c.quote.span);
        let origin = record.source.map(|source| provenance.origin(&source, span));
        let (first, copied_because) = match origin {
            Some(origin) if Some(origin.source) != record.source => {
                (Some(origin.source), origin.reasons)
            }
            _ => (record.source, Vec::new()),
        };
        Self {
            voice: voices.of(record, allegation, first),
            record,
            allegation,
            first,
            copied_because,
        }
    }

    fn is_copy(&self) -> bool {
        self.first != self.record.source
    }
}

/// Takes a name that a longer name among the reports begins with for its short form: a “Commission of
/// Inquiry” beside the full name. Names of one or two words are too common for that.
pub(crate) fn short_names(reports: &mut [Report]) {
    let mut names: Vec<(String, String)> = reports
        .iter()
        .filter_map(|report| match &report.voice.kind {
            OriginKind::Named(identity) => Some((folded(&report.voice.name), identity.clone())),
            _ => None,
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    for report in reports {
        let OriginKind::Named(identity) = &report.voice.kind else {
            continue;
        };
        let Some(long) = longer_name(&folded(&report.voice.name), identity, &names) else {
            continue;
        };
        report.voice.because = format!(
            "“{}” is taken for a short form of the longer name that others give it",
            report.voice.name
        );
        report.voice.kind = OriginKind::Named(long);
    }
}

/// The one identity whose names begin with the name `short` of another; `names` ascend.
fn longer_name(short: &str, identity: &str, names: &[(String, String)]) -> Option<String> {
    if short.split(' ').count() < SHORT_NAME {
        return None;
    }
    // A body of a gazetteer is the short form only of what its key says to be a kind of it: the
    // “United Nations Office” is not every office whose name begins so.
    let is_kind = |long: &str| {
        let below = long.strip_prefix(identity);
        identity.contains(":~") || below.is_some_and(|below| below.starts_with('/'))
    };
    let begins = |name: &str| {
        let rest = name.strip_prefix(short);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    // Names that begin with it follow it in the order.
    let from = names.partition_point(|(name, _)| name.as_str() <= short);
    let longer = names[from..].iter().take_while(|(name, _)| begins(name));
    let longer: BTreeSet<&String> = longer
        .map(|(_, long)| long)
        .filter(|long| is_kind(long))
        .collect();
    match longer.first() {
        Some(long) if longer.len() == 1 => Some((*long).clone()),
        _ => None,
    }
}

/// The origins of reports, by name.
pub(crate) fn of(reports: &[Report], voices: &Voices) -> Vec<Origin> {
    let mut sets = Sets::new(reports.len());
    let mut speaking: HashMap<&OriginKind, usize> = HashMap::new();
    for (at, report) in reports.iter().enumerate() {
        let first = *speaking.entry(&report.voice.kind).or_insert(at);
        sets.unite(first, at);
    }
    for (at, original) in copies(reports) {
        sets.unite(original, at);
    }
    let mut grouped: BTreeMap<usize, Vec<&Report>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        grouped.entry(sets.root(at)).or_default().push(report);
    }
    let mut origins: Vec<Origin> = grouped
        .into_values()
        .map(|members| origin(&members, voices))
        .collect();
    origins.sort_by(|one, other| (&one.name, &one.kind).cmp(&(&other.name, &other.kind)));
    origins
}

/// Copies of passages, each with the report that its words stand in first: a copy that dropped the
/// attribution goes back to whoever the original names.
fn copies(reports: &[Report]) -> Vec<(usize, usize)> {
    if !reports.iter().any(Report::is_copy) {
        return Vec::new();
    }
    let mut by_source: HashMap<SourceId, Vec<usize>> = HashMap::new();
    for (at, report) in reports.iter().enumerate() {
        if let (Some(source), false) = (report.record.source, report.is_copy()) {
            by_source.entry(source).or_default().push(at);
        }
    }
    let words: Vec<BTreeSet<String>> = reports.iter().map(words).collect();
    let mut copies = Vec::new();
    for (at, report) in reports
        .iter()
        .enumerate()
        .filter(|(_, report)| report.is_copy())
    {
        let first = report.first.and_then(|first| by_source.get(&first));
        let shared = |original: &usize| words[at].intersection(&words[*original]).count();
        let best = first
            .into_iter()
            .flatten()
            .max_by_key(|original| (shared(original), usize::MAX - *original));
        if let Some(&original) = best
            && shared(&original) * 2 >= words[at].len().max(1)
        {
            copies.push((at, original));
        }
    }
    copies
}

fn words(report: &Report) -> BTreeSet<String> {
    let quote = report
        .record
        .citations
        .first()
        .map_or("", |c| c.quote.quote.as_str());
    folded(quote).split(' ').map(str::to_owned).collect()
}

fn origin(members: &[&Report], voices: &Voices) -> Origin {
    // What is at hand, direct and named leads: the order of kinds makes it one of several.
    let leading = members
        .iter()
        .min_by_key(|report| {
            let voice = &report.voice;
            let named = u8::from(voice.kind == OriginKind::Unnamed);
            let longest = std::cmp::Reverse(voice.name.len());
            let told = (report.is_copy(), named, voice.directness, !voice.at_hand);
            (told, &voice.kind, longest, report.record.id)
        })
        .expect("a set has a member");
    let sources: BTreeSet<SourceId> = members.iter().filter_map(|r| r.record.source).collect();
    let own = members.iter().filter(|report| report.voice.at_hand);
    let mut own: BTreeSet<SourceId> = own.filter_map(|report| report.first).collect();
    if own.is_empty() {
        own.clone_from(&sources);
    }
    let mut records: Vec<_> = members.iter().map(|report| report.record.id).collect();
    records.sort_unstable();
    let directness = members.iter().map(|report| report.voice.directness).min();
    Origin {
        kind: leading.voice.kind.clone(),
        name: leading.voice.name.clone(),
        directness: directness.unwrap_or(KindOfSource::Derived),
        at_hand: members.iter().any(|report| report.voice.at_hand),
        found: members
            .iter()
            .any(|report| report.allegation.modality.value == Modality::Found),
        reliability: reliability(&own, voices),
        documents: sources.into_iter().collect(),
        records,
        reasons: if members.len() > 1 {
            reasons(members)
        } else {
            Vec::new()
        },
    }
}

/// The lowest degree that anybody gave to the documents.
fn reliability(sources: &BTreeSet<SourceId>, voices: &Voices) -> Option<Code> {
    let degrees = sources.iter().filter_map(|source| {
        let degree = voices.document(*source)?.reliability.as_deref()?;
        (degree != "unknown").then_some(degree)
    });
    let rank = |degree: &&str| {
        let settings = voices.settings;
        (
            settings.is_reliable(degree),
            !settings.is_unreliable(degree),
        )
    };
    degrees.min_by_key(rank).map(Code::from)
}

/// Why the members are one origin: each copying and each voice, once a document.
fn reasons(members: &[&Report]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut told = BTreeSet::new();
    for report in members {
        let because = if report.copied_because.is_empty() {
            report.voice.because.clone()
        } else {
            format!(
                "its words stand first elsewhere: {}",
                report.copied_because.join("; ")
            )
        };
        if told.insert((report.record.source, because.clone())) && reasons.len() < MOST_REASONS {
            reasons.push(Reason {
                text: format!("Counted once: {because}"),
                cites: vec![Cite::of(report.record)],
            });
        }
    }
    reasons
}
