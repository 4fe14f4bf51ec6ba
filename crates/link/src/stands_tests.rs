#![allow(clippy::unwrap_used)]
use super::*;
use model::{
    Band, Citation, Cited, Event, Instrument, Name, Participant, ProposedBy, Quote, ResolvedDate,
    SourceId, Statement, Status,
};

fn cited<T>(value: T) -> Cited<T> {
    Cited::new(value, 0)
}

fn date(text: &str) -> Cited<ResolvedDate> {
    cited(ResolvedDate {
        date: text.parse().unwrap(),
        basis: "as written".to_owned(),
    })
}

fn state(iso: &str, name: &str) -> EntityRef {
    EntityRef {
        kind: EntityKind::State,
        name: name.to_owned(),
        key: Some(format!("state:{iso}")),
        record: None,
    }
}

fn record(number: u8, body: RecordBody) -> Record {
    let source = SourceId::new(u64::from(number / 10), [0; 10]);
    let quote = Quote {
        span: Span::new(0, 12),
        quote: "a joint text".to_owned(),
        passage: 1,
        page: None,
        row: None,
    };
    Record {
        id: RecordId::new(1, [number; 10]),
        source: Some(source),
        status: Status::Proposed,
        proposed_by: ProposedBy::Person("a tester".to_owned()),
        band: Band::Stated,
        body,
        citations: vec![Citation {
            original: model::Sha256Digest([0; 32]),
            reading: model::Sha256Digest([0; 32]),
            quote,
        }],
        history: Vec::new(),
    }
}

fn event(number: u8, code: &str, on: &str, who: &[(&str, &str)]) -> Record {
    let participants = who.iter().map(|(iso, name)| {
        cited(Participant {
            who: state(iso, name),
            role: None,
        })
    });
    record(
        number,
        RecordBody::Event(Event {
            event: cited(Code::from(code)),
            date: Some(date(on)),
            place: None,
            participants: participants.collect(),
            instrument: None,
            after: Vec::new(),
            consequences: Vec::new(),
        }),
    )
}

fn of(records: &[Record]) -> Stands {
    Stands::of(records, &[], "2025-01-01".parse().unwrap())
}

fn names(stand: &Stand) -> Vec<&str> {
    let signatories = stand.signatories.iter();
    signatories.map(|one| one.party.name.as_str()).collect()
}

const JP: (&str, &str) = ("JP", "Japan");
const US: (&str, &str) = ("US", "United States");
const KR: (&str, &str) = ("KR", "Republic of Korea");
const FR: (&str, &str) = ("FR", "France");

#[test]
fn the_table_of_events_is_read_and_names_terms() {
    let lists = model::Vocabularies::shipped().unwrap();
    let list = lists.list("event-type").unwrap();
    assert!(TABLE.events.len() > 5 && !TABLE.once.is_empty());
    for code in &TABLE.events {
        assert!(list.term(code).is_some(), "{code}");
    }
    assert!(TABLE.once.is_subset(&TABLE.events));
}

#[test]
fn two_reports_of_one_day_with_a_party_in_common_are_one_statement() {
    let mut records = vec![
        event(10, "publication", "2024-10-18", &[JP, US]),
        event(20, "publication", "2024-10-18", &[US, KR]),
        event(30, "publication", "2024-10-18", &[FR, ("DE", "Germany")]),
        event(40, "publication", "2023-10", &[JP, US]),
        event(50, "arrest", "2024-10-18", &[JP, US]),
        event(51, "other", "2024-10-18", &[JP, US]),
        event(60, "vote", "2024-10-18", &[JP]),
    ];
    let stands = of(&records);
    let found: Vec<(Option<u16>, Vec<&str>)> = stands
        .all
        .iter()
        .map(|stand| (stand.year, names(stand)))
        .collect();
    assert_eq!(found.len(), 3);
    assert_eq!(found[0], (Some(2023), vec!["Japan", "United States"]));
    assert!(found.contains(&(
        Some(2024),
        vec!["Japan", "Republic of Korea", "United States"]
    )));
    assert!(found.contains(&(Some(2024), vec!["France", "Germany"])));
    assert_eq!(stands.with("state:US").count(), 2);
    assert_eq!(stands.with("state:CN").count(), 0);
    records.reverse();
    assert_eq!(of(&records), stands);
}

#[test]
fn sponsors_of_an_instrument_stand_with_it_by_their_part() {
    let name = Name {
        form: "Resolution 34/24".to_owned(),
        script: None,
        romanisation: None,
        surname_first: None,
    };
    let instrument = record(
        10,
        RecordBody::Instrument(Instrument {
            names: vec![cited(name)],
            symbol: Some(cited("A/HRC/RES/34/24".to_owned())),
            body: None,
            date: Some(date("2017-03-24")),
            movers: vec![cited(state("FR", "France"))],
            co_sponsors: vec![cited(state("JP", "Japan"))],
            votes: None,
        }),
    );
    let stands = of(&[instrument]);
    let stand = &stands.all[0];
    assert_eq!(stand.instrument.as_deref(), Some("A/HRC/RES/34/24"));
    let roles: Vec<&str> = stand
        .signatories
        .iter()
        .map(|it| it.role.as_str())
        .collect();
    assert_eq!(
        (names(stand), roles),
        (vec!["France", "Japan"], vec!["mover", "co-sponsor"])
    );
}

#[test]
fn words_that_several_say_are_said_together() {
    let says = |number: u8, who: EntityRef| {
        record(
            number,
            RecordBody::Statement(Statement {
                speaker: Some(cited(who)),
                role: None,
                act: cited(Code::from("condemns")),
                direct: false,
                about: Vec::new(),
                occasion: None,
                date: None,
            }),
        )
    };
    let stands = of(&[
        says(10, state("JP", "Japan")),
        says(11, state("US", "United States")),
        says(20, state("FR", "France")),
    ]);
    assert_eq!(stands.all.len(), 1);
    assert_eq!(names(&stands.all[0]), ["Japan", "United States"]);
    assert_eq!(stands.all[0].year, None);
    let mut rejected = says(11, state("US", "United States"));
    rejected.status = Status::Rejected;
    assert!(
        of(&[says(10, state("JP", "Japan")), rejected])
            .all
            .is_empty()
    );
}

fn about(mut record: Record, instrument: &str) -> Record {
    if let RecordBody::Event(event) = &mut record.body {
        event.instrument = Some(cited(EntityRef::as_written(
            EntityKind::Instrument,
            instrument,
        )));
    }
    record
}

#[test]
fn meetings_about_one_resolution_are_not_one_statement() {
    let stands = of(&[
        about(event(10, "meeting", "2023-04-07", &[US, JP]), "2397"),
        about(event(20, "meeting", "2024-05-27", &[KR, FR]), "2397"),
    ]);
    let all: Vec<_> = stands.all.iter().map(names).collect();
    assert_eq!(
        all,
        [["Japan", "United States"], ["France", "Republic of Korea"]]
    );
}

#[test]
fn an_adoption_is_that_of_the_instrument_under_any_of_its_names() {
    let name = Name {
        form: "Resolution 34/24".to_owned(),
        script: None,
        romanisation: None,
        surname_first: None,
    };
    let instrument = record(
        10,
        RecordBody::Instrument(Instrument {
            names: vec![cited(name)],
            symbol: Some(cited("A/HRC/RES/34/24".to_owned())),
            body: None,
            date: None,
            movers: vec![cited(state("FR", "France"))],
            co_sponsors: vec![cited(state("JP", "Japan"))],
            votes: None,
        }),
    );
    let adopted = about(
        event(20, "adoption", "2017-03", &[US, KR]),
        "resolution 34/24",
    );
    let stands = of(&[instrument, adopted]);
    assert_eq!(stands.all.len(), 1);
    assert_eq!(stands.all[0].signatories.len(), 4);
}

#[test]
fn a_report_between_two_others_makes_them_one_in_any_order() {
    let mut records = vec![
        event(10, "publication", "2024-10-18", &[JP, US]),
        event(20, "publication", "2024-10-18", &[FR, ("DE", "Germany")]),
        event(30, "publication", "2024-10-18", &[US, FR]),
    ];
    let stands = of(&records);
    assert_eq!(stands.all.len(), 1);
    records.rotate_left(1);
    assert_eq!(of(&records), stands);
}
