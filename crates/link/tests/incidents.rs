//! What a user notices of incidents: what is joined, what is kept apart, and why.
#![allow(clippy::unwrap_used)]

#[path = "incidents_common/mod.rs"]
mod common;

use common::{Told, documents, judged, shuffled, source};
use link::incidents::{Disputed, Grouping, How, Identities, Level, Rules, Types, spelling};
use model::{
    Cited, Code, EntityKind, Judgement, Modality, Participant, Record, RecordBody, RecordId,
    ResolvedDate, Verdict, Vocabularies,
};
use onrecord_link as link;

fn group(records: &[Record]) -> Grouping {
    group_judged(records, &[])
}

fn group_judged(records: &[Record], judgements: &[Judgement]) -> Grouping {
    let vocabularies = Vocabularies::shipped().unwrap();
    let types = Types::of(vocabularies.list("violation").unwrap());
    let identities = Identities::shipped().unwrap().with_records(records);
    let rules = Rules::shipped().unwrap();
    Grouping::of(
        records,
        &documents(),
        judgements,
        &identities,
        &types,
        &rules,
    )
}

/// The members of each incident, as positions in `records`.
fn members(grouping: &Grouping, records: &[Record]) -> Vec<Vec<usize>> {
    let at = |id: &RecordId| records.iter().position(|record| record.id == *id).unwrap();
    let incidents = grouping.incidents.iter();
    incidents
        .map(|incident| incident.records().iter().map(at).collect())
        .collect()
}

fn abduction(number: u8) -> Told {
    Told::new(
        number,
        "abduction",
        "Yokota Megumi was abducted on her way home from school",
    )
    .person("Megumi Yokota")
}

#[test]
fn one_person_and_one_act_in_two_documents_are_one_incident() {
    let records = [
        abduction(1).on("1977-11-15").record(),
        Told::new(
            2,
            "enforced-disappearance",
            "the girl vanished from Niigata in November",
        )
        .person("YOKOTA Megumi")
        .on("1977-11")
        .record(),
    ];
    let grouping = group(&records);
    assert_eq!(members(&grouping, &records), [vec![0, 1]]);
    let incident = &grouping.incidents[0];
    assert_eq!(incident.level, Level::Event);
    assert_eq!(
        incident.time.as_ref().unwrap().range.to_string(),
        "1977-11-15"
    );
    assert_eq!(incident.victims.least, Some(1));
    let why = incident.why(records[1].id);
    assert!(why[0].text.contains("Megumi Yokota"), "{why:?}");
    assert!(
        why[0]
            .text
            .contains("1977-11-15 and 1977-11, can be the same")
            || why[0]
                .text
                .contains("1977-11 and 1977-11-15, can be the same"),
        "{why:?}"
    );
    assert_eq!(why[0].cites.len(), 2);
}

#[test]
fn the_same_words_about_other_days_or_people_are_other_events() {
    let words =
        "on that day guards of the camp beat the prisoner with rods until he lost consciousness";
    let told = |number: u8| Told::new(number, "torture", words).at_camp();
    let records = [
        told(1).on("2010-03-02").person("Ri Chol").record(),
        told(2).on("2011-07-19").person("Ri Chol").record(),
        told(3).on("2010-03-02").person("Pak Nam").record(),
    ];
    let grouping = group(&records);
    assert_eq!(members(&grouping, &records), [vec![0], vec![1], vec![2]]);
    let apart = &grouping.incidents[0].apart;
    let reasons: Vec<&str> = apart
        .iter()
        .map(|apart| apart.reason.text.as_str())
        .collect();
    assert!(
        reasons.iter().any(|text| text.contains("504 days apart")),
        "{reasons:?}"
    );
    assert!(
        reasons.iter().any(|text| text.contains("different people")),
        "{reasons:?}"
    );
}

#[test]
fn a_vague_account_that_fits_two_events_is_left_undecided() {
    let arrest =
        |number: u8| Told::new(number, "arbitrary-detention", "arrested").person("Kim Hye-sook");
    let records = [
        arrest(1).on("1975-05").record(),
        arrest(2).record(),
        arrest(3).on("2004-08").record(),
        arrest(4).on("2004").record(),
    ];
    let grouping = group(&records);
    assert_eq!(members(&grouping, &records), [vec![0], vec![1], vec![2, 3]]);
    let vague = &grouping.incidents[1];
    assert!(
        vague
            .apart
            .iter()
            .all(|apart| apart.reason.text.starts_with("Left undecided"))
    );
    let others: Vec<RecordId> = vague.apart.iter().map(|apart| apart.other).collect();
    assert_eq!(others, [records[0].id, records[2].id]);
    // What the machine leaves open a person can decide.
    let same = [judged(&records[1], &records[2], Verdict::Same)];
    let decided = group_judged(&records, &same);
    assert_eq!(members(&decided, &records), [vec![0], vec![1, 2, 3]]);
}

#[test]
fn general_claims_stand_by_themselves() {
    let records = [
        Told::new(
            1,
            "torture",
            "torture is systematic in political prison camps",
        )
        .in_dprk()
        .record(),
        Told::new(2, "torture", "guards tortured prisoners")
            .in_dprk()
            .record(),
        Told::new(3, "torture", "tortured at the camp")
            .person("Ri Chol")
            .at_camp()
            .record(),
        Told::new(4, "systematic", "violations are systematic")
            .in_dprk()
            .on("2014-02-17")
            .record(),
    ];
    let grouping = group(&records);
    assert_eq!(members(&grouping, &records), [vec![0, 1], vec![2], vec![3]]);
    let levels: Vec<Level> = grouping
        .incidents
        .iter()
        .map(|incident| incident.level)
        .collect();
    assert_eq!(levels, [Level::Pattern, Level::Event, Level::Pattern]);
    let why = grouping.incidents[0].why(records[0].id);
    assert!(
        why[0].text.contains("“systematic” speak of what is usual"),
        "{why:?}"
    );
}

#[test]
fn contradictions_stand_side_by_side() {
    let shot = |number: u8| {
        Told::new(
            number,
            "public-execution",
            "shot before the assembled crowd at the market square by soldiers",
        )
        .at_camp()
    };
    let records = [
        shot(1).on("2013-11-03").many("prisoners", 8).record(),
        shot(2).on("2013-11-05").many("prisoners", 12).record(),
        shot(3).on("2013-11-03").modality(Modality::Denied).record(),
    ];
    let grouping = group(&records);
    assert_eq!(members(&grouping, &records), [vec![0, 1, 2]]);
    let incident = &grouping.incidents[0];
    let about: Vec<Disputed> = incident.contradictions.iter().map(|c| c.about).collect();
    assert_eq!(
        about,
        [Disputed::Whether, Disputed::When, Disputed::HowMany]
    );
    let how_many = &incident.contradictions[2];
    let sides: Vec<&str> = how_many
        .accounts
        .iter()
        .map(|account| account.says.as_str())
        .collect();
    assert_eq!(sides, ["12", "8"]);
    assert_eq!(how_many.accounts[0].cites[0].record, records[1].id);
    assert_eq!(
        (incident.victims.least, incident.victims.most),
        (Some(8), Some(12))
    );
    let time = incident.time.as_ref().unwrap();
    assert_eq!(
        (time.range.to_string().as_str(), time.agreed),
        ("2013-11-03/2013-11-05", false)
    );
}

#[test]
fn two_dates_of_one_death_are_a_contradiction_unless_they_are_decades_apart() {
    let killed = |number: u8, date: &str| {
        Told::new(
            number,
            "public-execution",
            "Ri Chol was put before a firing squad in the square",
        )
        .person("Ri Chol")
        .on(date)
        .record()
    };
    let near = [killed(1, "2012-01"), killed(2, "2012-11")];
    let grouping = group(&near);
    assert_eq!(members(&grouping, &near), [vec![0, 1]]);
    assert_eq!(
        grouping.incidents[0].contradictions[0].about,
        Disputed::When
    );
    let far = [killed(1, "1993"), killed(2, "2015")];
    assert_eq!(members(&group(&far), &far), [vec![0], vec![1]]);
}

#[test]
fn a_person_decides_and_can_undo_it() {
    let records = [
        abduction(1).record(),
        abduction(2).record(),
        abduction(3).record(),
    ];
    assert_eq!(members(&group(&records), &records), [vec![0, 1, 2]]);
    let apart = [
        judged(&records[0], &records[2], Verdict::Different),
        judged(&records[1], &records[2], Verdict::Different),
    ];
    let grouping = group_judged(&records, &apart);
    assert_eq!(members(&grouping, &records), [vec![0, 1], vec![2]]);
    let reason = &grouping.incidents[0].apart[0].reason.text;
    assert!(
        reason.contains("Ada judged") && reason.contains("as I know"),
        "{reason}"
    );
    assert_eq!(
        members(&group_judged(&records, &[]), &records),
        [vec![0, 1, 2]]
    );
}

#[test]
fn a_judgement_joins_what_no_rule_would() {
    let records = [
        Told::new(1, "torture", "beaten")
            .person("Ri Chol")
            .on("2001-01")
            .record(),
        Told::new(2, "forced-labour", "sent to the mine")
            .person("Pak Nam")
            .on("2009-01")
            .record(),
    ];
    let same = [judged(&records[1], &records[0], Verdict::Same)];
    let grouping = group_judged(&records, &same);
    assert_eq!(members(&grouping, &records), [vec![0, 1]]);
    let member = &grouping.incidents[0].members[1];
    assert_eq!(member.how, How::Person("Ada".to_owned()));
    let undone = [
        same[0].clone(),
        judged(&records[1], &records[0], Verdict::Withdrawn),
    ];
    assert_eq!(
        members(&group_judged(&records, &undone), &records),
        [vec![0], vec![1]]
    );
}

#[test]
fn judgements_that_contradict_each_other_are_reported() {
    let records = [
        abduction(1).record(),
        abduction(2).record(),
        abduction(3).record(),
    ];
    let judgements = [
        judged(&records[0], &records[1], Verdict::Same),
        judged(&records[1], &records[2], Verdict::Same),
        judged(&records[0], &records[2], Verdict::Different),
    ];
    let grouping = group_judged(&records, &judgements);
    assert_eq!(grouping.conflicts.len(), 1);
    assert!(grouping.conflicts[0].words.contains("withdraw one"));
    let together = grouping.incident_of(records[0].id) == grouping.incident_of(records[2].id);
    assert!(!together);
}

#[test]
fn witnesses_who_say_i_are_not_one_person() {
    let told =
        |number: u8| Told::new(number, "forced-labour", "I was sent to a labour camp").person("I");
    let records = [told(1).record(), told(2).record()];
    assert_eq!(members(&group(&records), &records), [vec![0], vec![1]]);
}

#[test]
fn a_name_in_two_scripts_is_one_person_when_spellings_are_folded() {
    let held = |number: u8, name: &str| {
        Told::new(number, "arbitrary-detention", "held")
            .person(name)
            .in_dprk()
            .record()
    };
    let records = [
        held(1, "김혜숙"),
        held(2, "Kim Hye-sook"),
        held(3, "Ri Chun-hui"),
    ];
    let vocabularies = Vocabularies::shipped().unwrap();
    let types = Types::of(vocabularies.list("violation").unwrap());
    let identities = Identities::shipped()
        .unwrap()
        .folding_persons(spelling)
        .with_records(&records);
    let rules = Rules::shipped().unwrap();
    let grouping = Grouping::of(&records, &documents(), &[], &identities, &types, &rules);
    assert_eq!(members(&grouping, &records), [vec![0, 1], vec![2]]);
}

#[test]
fn an_event_on_record_is_shown_beside_the_incident_with_its_participants() {
    let event = |date: &str, state: &str| model::Event {
        event: Cited::new(Code::from("execution"), 0),
        date: Some(Cited::new(
            ResolvedDate {
                date: date.parse().unwrap(),
                basis: "as written".to_owned(),
            },
            0,
        )),
        place: Some(Cited::new(common::keyed(EntityKind::State, state), 0)),
        participants: vec![Cited::new(
            Participant {
                who: common::entity(EntityKind::Organisation, "Third Guard Company"),
                role: None,
            },
            0,
        )],
        instrument: None,
        after: Vec::new(),
        consequences: Vec::new(),
    };
    let records = [
        Told::new(1, "public-execution", "shot at the bridge")
            .many("prisoners", 3)
            .in_dprk()
            .on("2013-11-03")
            .record(),
        common::record(
            2,
            0,
            "executions",
            RecordBody::Event(event("2013-11", "state:KP")),
        ),
        common::record(
            3,
            0,
            "executions",
            RecordBody::Event(event("2013-11", "state:CN")),
        ),
        common::record(
            4,
            0,
            "executions",
            RecordBody::Event(event("2015-11", "state:KP")),
        ),
    ];
    let grouping = group(&records);
    let [incident] = grouping.incidents.as_slice() else {
        panic!("{:?}", grouping.incidents);
    };
    let shown: Vec<RecordId> = incident
        .happenings
        .iter()
        .map(|event| event.record)
        .collect();
    assert_eq!(shown, [records[1].id]);
    assert_eq!(incident.participants[0].name, "Third Guard Company");
    assert!(incident.why(records[1].id)[0].text.contains("same state"));
}

#[test]
fn rejected_records_are_left_out() {
    let mut records = [abduction(1).record(), abduction(2).record()];
    records[0].status = model::Status::Rejected;
    let grouping = group(&records);
    assert_eq!(grouping.incidents.len(), 1);
    assert!(grouping.incident_of(records[0].id).is_none());
}

#[test]
fn the_order_of_records_has_no_meaning() {
    let records = common::many(400);
    let expected = group(&records);
    assert!(
        expected
            .incidents
            .iter()
            .any(|incident| incident.members.len() > 2)
    );
    for seed in 1..4 {
        let found = group(&shuffled(&records, seed));
        assert_eq!(found.incidents, expected.incidents);
    }
}

#[test]
fn a_later_record_changes_no_id() {
    let records = common::many(200);
    let before = group(&records[..150]);
    let after = group(&records);
    for incident in &before.incidents {
        let same = after.incident_of(incident.id);
        assert!(same.is_some_and(|same| same.id <= incident.id));
    }
}

#[test]
fn release_dates_do_not_part_accounts_of_one_detention() {
    let held = |number: u8| {
        Told::new(
            number,
            "arbitrary-detention",
            "five Americans unjustly held in Iran are coming home",
        )
        .many("five Americans", 5)
    };
    // Document 5 is dated 2023-08-10, document 6 2023-09-18; the text says “today”.
    let records = [
        held(5).place("state:IR").record(),
        held(6).place("state:IR").on("2023-09-18").record(),
    ];
    let grouping = group(&records);
    assert_eq!(members(&grouping, &records), [vec![0, 1]]);
    let time = grouping.incidents[0].time.as_ref().unwrap();
    assert!(time.of_telling);
    assert_eq!(source(6), records[1].source.unwrap());
}
