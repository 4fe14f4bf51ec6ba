//! From records to incidents: facts, candidates, groups, and what each group says.
//!
//! Invariant: records are sorted by id before anything else, so their order has no meaning.

use super::block;
use super::build::Builder;
use super::cluster::{self, Because, Edge, KeptApart};
use super::compare::{Comparer, Forbids};
use super::facts::{FactReader, Facts, TextId};
use super::happenings;
use super::identity::Identities;
use super::incident::Incident;
use super::judged::{Conflict, Judgements};
use super::rules::Rules;
use super::types::Types;
use crate::Document;
use model::{Judgement, Record, RecordBody, RecordId, SourceId, Status};
use std::collections::HashMap;

/// All incidents of an archive.
#[derive(Clone, Debug, Default)]
pub struct Grouping {
    /// The incidents, by their ids ascending.
    pub incidents: Vec<Incident>,
    /// Judgements that contradict each other.
    pub conflicts: Vec<Conflict>,
    of: HashMap<RecordId, usize>,
}

impl Grouping {
    /// Groups the allegations among `records`. Rejected ones are left out. Of several judgements of
    /// one pair the last holds; `identities` should have learnt from the same records.
    #[must_use]
    pub fn of(
        records: &[Record],
        documents: &[Document],
        judgements: &[Judgement],
        identities: &Identities,
        types: &Types,
        rules: &Rules,
    ) -> Self {
        let mut reader = FactReader::new(identities, rules, types, records, documents);
        let sorted = sorted(records);
        let facts: Vec<Facts> = sorted
            .iter()
            .filter_map(|record| reader.read(record))
            .collect();
        let texts = reader.texts;
        let comparer = Comparer {
            rules,
            types,
            identities,
            texts: &texts,
        };
        let judgements = Judgements::of(judgements);
        let mut grouping = cluster::Grouping::new(&facts, comparer, &judgements);
        grouping.judged();
        let (edges, apart) = edges(&facts, comparer);
        grouping.alike(edges);
        grouping.kept_apart(apart);
        grouping.general(general_key);
        let groups = grouping.finish();
        let builder = Builder::new(&facts, comparer, &judgements, &groups);
        let mut incidents: Vec<Incident> = groups
            .groups
            .iter()
            .map(|group| builder.incident(group))
            .collect();
        happenings::add(&mut incidents, &sorted, identities, rules, &facts);
        let members = incidents.iter().enumerate();
        let of = members.flat_map(|(at, incident)| {
            let records = incident.members.iter().map(|member| member.record);
            records.map(move |record| (record, at))
        });
        Self {
            of: of.collect(),
            incidents,
            conflicts: groups.conflicts,
        }
    }

    /// The incident that an allegation belongs to.
    #[must_use]
    pub fn incident_of(&self, record: RecordId) -> Option<&Incident> {
        self.incidents.get(*self.of.get(&record)?)
    }
}

/// Records that count, by id, each once.
fn sorted(records: &[Record]) -> Vec<&Record> {
    let counting = |record: &&Record| {
        record.status != Status::Rejected
            && matches!(
                record.body,
                RecordBody::Allegation(_) | RecordBody::Event(_)
            )
    };
    let mut sorted: Vec<&Record> = records.iter().filter(counting).collect();
    sorted.sort_by_key(|record| record.id);
    sorted.dedup_by_key(|record| record.id);
    sorted
}

/// Pairs of events that are alike enough, and such as use the same words of different events.
fn edges(facts: &[Facts], comparer: Comparer) -> (Vec<Edge>, Vec<KeptApart>) {
    let (mut edges, mut apart) = (Vec::new(), Vec::new());
    block::pairs(facts, comparer.rules, &mut |one, other| {
        let (first, second) = (&facts[one as usize], &facts[other as usize]);
        match comparer.compare(first, second) {
            Ok(like) if like.points >= comparer.rules.join => edges.push(Edge {
                points: like.points,
                one,
                other,
            }),
            Ok(_) | Err(Forbids::Type) => {}
            Err(forbids) if comparer.in_same_words(first, second) => apart.push(KeptApart {
                one,
                other,
                because: Because::Excluded(one, other, forbids),
            }),
            Err(_) => {}
        }
    });
    (edges, apart)
}

/// What general claims that stand together share: the type, and the state or else the document.
#[derive(PartialEq, Eq, Hash)]
enum GeneralKey {
    State(TextId, TextId),
    Document(TextId, Option<SourceId>),
}

fn general_key(facts: &Facts) -> GeneralKey {
    match facts.state {
        Some(state) => GeneralKey::State(facts.code, state),
        None => GeneralKey::Document(facts.code, facts.record.source),
    }
}
