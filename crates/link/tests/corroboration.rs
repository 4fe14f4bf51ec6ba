//! What a user notices of corroboration: documents, origins, denials, statuses, and why.
#![allow(clippy::unwrap_used)]

#[path = "incidents_common/mod.rs"]
mod common;

use common::{Told, documents, entity, keyed, record, source};
use link::corroboration::{
    Assessor, Corroboration, Graph, KindOfSource, Layer, OriginKind, Settings, StatusRule,
};
use link::incidents::{Grouping, Identities, Incident, Rules, Types};
use link::{Document, Origin, Provenance};
use model::{Cited, Code, EntityKind, Modality, Record, RecordBody, SourceId, Span, Vocabularies};
use onrecord_link as link;
use std::collections::HashMap;

/// Documents whose words stand first in another.
#[derive(Default)]
struct Copies(HashMap<SourceId, SourceId>);

impl Provenance for Copies {
    fn origin(&self, from: &SourceId, _: Span) -> Origin {
        match self.0.get(from) {
            Some(first) => Origin {
                source: *first,
                reasons: vec!["the paragraph stands in it a day earlier".to_owned()],
            },
            None => Origin {
                source: *from,
                reasons: Vec::new(),
            },
        }
    }
}

struct World {
    records: Vec<Record>,
    documents: Vec<Document>,
    copies: Copies,
    rule: StatusRule,
}

impl World {
    fn of(records: Vec<Record>) -> Self {
        Self {
            records,
            documents: documents(),
            copies: Copies::default(),
            rule: StatusRule::shipped().unwrap(),
        }
    }

    fn document(&mut self, number: u8, change: impl Fn(&mut Document)) {
        change(
            self.documents
                .iter_mut()
                .find(|d| d.id == source(number))
                .unwrap(),
        );
    }

    /// The first incident and its assessment.
    fn assess(&self) -> (Incident, Corroboration) {
        let vocabularies = Vocabularies::shipped().unwrap();
        let types = Types::of(vocabularies.list("violation").unwrap());
        let identities = Identities::shipped().unwrap().with_records(&self.records);
        let rules = Rules::shipped().unwrap();
        let settings = Settings::shipped().unwrap();
        let grouping = Grouping::of(
            &self.records,
            &self.documents,
            &[],
            &identities,
            &types,
            &rules,
        );
        let assessor = Assessor::new(
            &self.records,
            &self.documents,
            &self.copies,
            &identities,
            &settings,
            &self.rule,
        );
        let incident = grouping.incidents[0].clone();
        let assessed = assessor.incident(&incident);
        (incident, assessed)
    }
}

fn abducted(number: u8) -> Told {
    Told::new(
        number,
        "abduction",
        "Megumi Yokota was abducted on her way home from school",
    )
    .person("Megumi Yokota")
}

#[test]
fn three_copies_are_three_documents_and_one_origin() {
    let mut world = World::of((1..=3).map(|number| abducted(number).record()).collect());
    world.copies.0.insert(source(2), source(1));
    world.copies.0.insert(source(3), source(1));
    let (_, found) = world.assess();
    assert_eq!((found.documents.len(), found.origins.len()), (3, 1));
    assert!(
        found
            .summary
            .starts_with("3 documents, 1 independent origin at most"),
        "{}",
        found.summary
    );
    assert_eq!(found.origins[0].kind, OriginKind::Document(source(1)));
    let why: Vec<String> = found.why().into_iter().map(|reason| reason.text).collect();
    assert!(
        why.iter().any(|text| text.contains("a day earlier")),
        "{why:?}"
    );
}

#[test]
fn a_copy_that_dropped_the_name_goes_back_to_the_one_who_said_it() {
    let witness = entity(EntityKind::Person, "An Myong Jin");
    let mut world = World::of(vec![
        abducted(1).says(Some(witness), "testified that").record(),
        abducted(2).record(),
    ]);
    world.copies.0.insert(source(2), source(1));
    let (_, found) = world.assess();
    assert_eq!((found.documents.len(), found.origins.len()), (2, 1));
    assert_eq!(found.origins[0].name, "An Myong Jin");
    assert_eq!(found.origins[0].directness, KindOfSource::FirstHand);
}

#[test]
fn one_named_source_counts_once_and_unnamed_reports_together() {
    let commission = || {
        Some(keyed(
            EntityKind::Organisation,
            "body:commission-of-inquiry/dprk",
        ))
    };
    let world = World::of(vec![
        abducted(1)
            .says(commission(), "found that")
            .modality(Modality::Found)
            .record(),
        abducted(2).says(commission(), "according to").record(),
        abducted(3).says(None, "credible reports of").record(),
        abducted(4)
            .says(Some(keyed(EntityKind::State, "state:JP")), "takes note of")
            .says(None, "reports of")
            .record(),
    ]);
    let (_, found) = world.assess();
    assert_eq!((found.documents.len(), found.origins.len()), (4, 2));
    let unnamed = found
        .origins
        .iter()
        .find(|origin| origin.kind == OriginKind::Unnamed)
        .unwrap();
    assert_eq!(unnamed.documents, [source(3), source(4)]);
    assert!(
        unnamed.reasons[0]
            .text
            .contains("“credible reports of”, which names nobody")
    );
    assert_eq!(unnamed.reasons[0].cites[0].source, Some(source(3)));
    assert_eq!((found.counts.findings, found.counts.unnamed), (1, 1));
    assert_eq!(found.status.code, "likely");
    assert!(
        found.status.because.contains("Condition “found”"),
        "{}",
        found.status.because
    );
}

#[test]
fn the_short_name_of_a_body_is_the_body() {
    let body = |name: &str, key: Option<&str>| {
        let mut body = entity(EntityKind::Organisation, name);
        body.key = key.map(str::to_owned);
        Some(body)
    };
    let inquiry = "body:commission-of-inquiry";
    let full = format!("{inquiry}/dprk");
    let long = "Commission of Inquiry on human rights in the DPRK";
    let world = World::of(vec![
        abducted(1)
            .says(body(long, Some(&full)), "concluded")
            .record(),
        abducted(2)
            .says(body("Commission of Inquiry", Some(inquiry)), "said")
            .record(),
        abducted(3)
            .says(body("Council of Elders", None), "said")
            .record(),
    ]);
    let (_, found) = world.assess();
    assert_eq!((found.documents.len(), found.origins.len()), (3, 2));
    let why: Vec<String> = found.why().into_iter().map(|reason| reason.text).collect();
    assert!(
        why.iter()
            .any(|text| text.contains("“Commission of Inquiry” is taken for a short form")),
        "{why:?}"
    );
}

#[test]
fn those_who_speak_for_one_state_are_one_voice() {
    let mut world = World::of(vec![
        abducted(1).record(),
        abducted(2)
            .says(Some(entity(EntityKind::Person, "Ann Doe")), "")
            .record(),
        abducted(3)
            .says(Some(keyed(EntityKind::State, "state:US")), "said")
            .record(),
    ]);
    for number in [1, 2] {
        world.document(number, |document| {
            document.publisher = Some("The White House".to_owned())
        });
    }
    let (_, found) = world.assess();
    assert_eq!((found.documents.len(), found.origins.len()), (3, 1));
    assert_eq!(found.origins[0].name, "United States");
    assert_eq!(found.origins[0].directness, KindOfSource::Official);
}

#[test]
fn testimonies_of_one_publisher_are_apart() {
    let mut world = World::of(vec![abducted(1).record(), abducted(2).record()]);
    for number in [1, 2] {
        world.document(number, |document| {
            document.publisher = Some("Archive of Voices".to_owned());
            document.genre = Some("testimony".to_owned());
        });
    }
    let (_, found) = world.assess();
    assert_eq!((found.origins.len(), found.counts.first_hand), (2, 2));
    assert_eq!(
        (found.status.code.as_str(), found.status.condition.as_str()),
        ("likely", "witnessed-twice")
    );
    for number in [1, 2] {
        world.document(number, |document| {
            document.genre = Some("editorial".to_owned())
        });
    }
    assert_eq!(world.assess().1.origins.len(), 1);
}

#[test]
fn what_is_feared_supports_nothing() {
    let world = World::of(vec![
        abducted(1).modality(Modality::Feared).record(),
        abducted(2).modality(Modality::Feared).record(),
    ]);
    let (incident, found) = world.assess();
    assert_eq!(incident.members.len(), 2);
    assert_eq!(
        (
            found.documents.len(),
            found.origins.len(),
            found.warnings.len()
        ),
        (0, 0, 2)
    );
    assert_eq!(found.status.code, "unknown");
    assert_eq!(found.summary, "No document says that it happened");
}

#[test]
fn denials_by_the_accused_are_shown_as_such() {
    let dprk = || keyed(EntityKind::State, "state:KP");
    let statement = model::Statement {
        speaker: Some(Cited::new(dprk(), 0)),
        role: None,
        act: Cited::new(Code::from("denies"), 0),
        direct: true,
        about: Vec::new(),
        occasion: None,
        date: None,
    };
    let world = World::of(vec![
        abducted(1).by(dprk()).record(),
        abducted(2)
            .by(dprk())
            .modality(Modality::Denied)
            .says(Some(dprk()), "denies that")
            .record(),
        abducted(3)
            .modality(Modality::Denied)
            .says(
                Some(entity(EntityKind::Person, "A Neighbour")),
                "says that not",
            )
            .record(),
        record(
            4,
            0,
            "there are no human rights issues in our country",
            RecordBody::Statement(statement),
        ),
    ]);
    let (incident, found) = world.assess();
    assert_eq!(incident.members.len(), 3);
    let told: Vec<(&str, bool, bool)> = found
        .denials
        .iter()
        .map(|d| (d.by.as_str(), d.by_accused, d.about_this))
        .collect();
    assert_eq!(
        told,
        [
            ("North Korea", true, true),
            ("A Neighbour", false, true),
            ("North Korea", true, false)
        ]
    );
    assert_eq!(
        (
            found.counts.denials_by_accused,
            found.counts.denials_by_others
        ),
        (1, 1)
    );
    assert_eq!(found.documents, [source(1)]);
    assert_eq!(found.status.condition, "denied-by-others");
}

#[test]
fn an_admission_confirms() {
    let world = World::of(vec![
        abducted(1)
            .modality(Modality::Admitted)
            .says(Some(keyed(EntityKind::State, "state:KP")), "admitted that")
            .record(),
        abducted(2).authorities("officials-acknowledge").record(),
    ]);
    let (_, found) = world.assess();
    assert_eq!(found.counts.admissions, 2);
    assert_eq!(
        (found.status.code.as_str(), found.status.condition.as_str()),
        ("confirmed", "admitted")
    );
}

#[test]
fn a_user_changes_the_rule_and_the_status_follows() {
    let mut world = World::of(vec![abducted(1).record()]);
    assert_eq!(world.assess().1.status.code, "possible");
    world.rule = StatusRule::parse(
        "source = 'ours'\n[[condition]]\nid = 'any'\nstatus = 'likely'\nwhen = ['documents >= 1']\n\
         words = 'we believe whoever tells us'\n[[condition]]\nid = 'none'\nstatus = 'unknown'\n\
         when = []\nwords = 'nobody tells'",
    )
    .unwrap();
    let status = world.assess().1.status;
    assert_eq!(
        status.because,
        "likely: we believe whoever tells us (documents that report it: 1, asked for at least 1). \
         Condition “any” of the rule"
    );
}

#[test]
fn unreliable_sources_make_it_unlikely() {
    let mut world = World::of(vec![abducted(1).record()]);
    world.document(1, |document| {
        document.reliability = Some("highly-unreliable".to_owned())
    });
    let (_, found) = world.assess();
    assert_eq!(
        (found.counts.unreliable, found.status.condition.as_str()),
        (1, "only-unreliable")
    );
}

#[test]
fn the_drawing_leads_from_origins_to_the_incident() {
    let mut world = World::of((1..=3).map(|number| abducted(number).record()).collect());
    world.copies.0.insert(source(2), source(1));
    let (incident, found) = world.assess();
    let graph = Graph::of(&incident, &found, |source| {
        format!("Document {}", source.as_bytes()[0])
    });
    let count = |layer: Layer| {
        graph
            .nodes
            .iter()
            .filter(|node| node.layer == layer)
            .count()
    };
    assert_eq!(
        [
            Layer::Origin,
            Layer::Document,
            Layer::Allegation,
            Layer::Incident
        ]
        .map(count),
        [2, 3, 3, 1]
    );
    for edge in &graph.edges {
        assert!(graph.nodes[edge.from].layer < graph.nodes[edge.to].layer);
    }
    // Every document hangs from an origin, every allegation leads on.
    assert_eq!(graph.edges.len(), 3 + 3 + 3);
}
