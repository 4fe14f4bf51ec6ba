//! Counts without double counting, measures, and the matrix of crime elements.
#![allow(clippy::unwrap_used)]

mod cases_fixture;

use cases_fixture::{Copies, World, cited, date, day, group, person, place, state, victim};
use model::{RecordId, Vocabularies};
use onrecord_link::patterns::{
    Counting, Counts, Dimension, Elements, Filter, Happening, Inputs, Level, Measures, Range,
};
use serde_json::{Value, json};

/// Counts a world under incidents and clusters of persons.
fn counting<R>(
    world: &World,
    happenings: &[Happening],
    persons: &[Vec<RecordId>],
    then: impl FnOnce(&Counting, &Vocabularies) -> R,
) -> R {
    let vocabularies = Vocabularies::shipped().unwrap();
    let copies = Copies::default();
    let counting = Counting::of(&Inputs {
        records: &world.records,
        documents: &world.documents,
        provenance: Some(&copies),
        happenings,
        persons,
        vocabularies: &vocabularies,
        today: day("2024-12-31"),
    });
    then(&counting, &vocabularies)
}

fn total(world: &World, happenings: &[Happening], persons: &[Vec<RecordId>]) -> Counts {
    counting(world, happenings, persons, |counting, _| {
        counting.total(&Filter::default())
    })
}

fn event(members: &[RecordId]) -> Happening {
    Happening {
        members: members.to_vec(),
        is_general: false,
    }
}

fn exactly(count: u64) -> Range {
    Range {
        least: count,
        most: count,
    }
}

fn counted(name: &str, number: u64) -> Value {
    json!({ "victims": [cited(json!({ "who": group(name), "number": number }))] })
}

fn of_person(name: &str) -> Value {
    json!({ "victims": [victim(person(name))] })
}

#[test]
fn reports_of_one_event_are_one_event_with_its_acts_and_victims() {
    let mut world = World::default();
    let (one, other) = (world.document("2020"), world.document("2021"));
    let a = world.allegation(one, "torture", of_person("Ri Ae Ran"));
    let b = world.allegation(other, "torture", of_person("Ri Ae Ran"));
    let c = world.allegation(other, "arbitrary-detention", of_person("Ri Ae Ran"));
    let counts = total(&world, &[event(&[a, b, c])], &[]);
    assert_eq!(counts.events, exactly(1));
    assert_eq!(counts.acts, exactly(2), "tortured and detained");
    assert_eq!(counts.victims, exactly(1));
    assert_eq!(
        (counts.reports, counts.documents, counts.origins),
        (3, 2, 2)
    );
}

#[test]
fn one_person_in_two_events_is_one_victim_once_linked() {
    let mut world = World::default();
    let source = world.document("2020");
    let body = |name: &str| json!({ "person": { "names": [cited(json!({ "form": name }))] } });
    let x = world.add(source, "Ri Ae Ran", body("Ri Ae Ran"));
    let y = world.add(source, "Lee Ae-ran", body("Lee Ae-ran"));
    let a = world.allegation(source, "torture", of_person("Ri Ae Ran"));
    let b = world.allegation(source, "torture", of_person("Lee Ae-ran"));
    let happenings = [event(&[a]), event(&[b])];
    let linked = total(&world, &happenings, &[vec![x, y]]);
    assert_eq!(
        (linked.events, linked.acts, linked.victims),
        (exactly(2), exactly(2), exactly(1))
    );
    assert_eq!(total(&world, &happenings, &[]).victims, exactly(2));
}

#[test]
fn a_name_in_several_events_is_one_person_or_more() {
    let mut world = World::default();
    let source = world.document("2020");
    let ids = [0, 1, 2].map(|_| world.allegation(source, "torture", of_person("Kim Chol Su")));
    let happenings = ids.map(|id| event(&[id]));
    let counts = total(&world, &happenings, &[]);
    assert_eq!(counts.victims, Range { least: 1, most: 3 });
    assert!(
        counts
            .reasons
            .iter()
            .any(|why| why.contains("each may be one person or more"))
    );
}

#[test]
fn groups_without_names_give_a_range_with_the_reason() {
    let mut world = World::default();
    let (one, other) = (world.document("2020"), world.document("2021"));
    let a = world.allegation(one, "arbitrary-detention", counted("five men", 5));
    let b = world.allegation(other, "arbitrary-detention", counted("seven people", 7));
    let c = world.allegation(other, "summary-execution", counted("three people", 3));
    let d = world.allegation(other, "summary-execution", of_person("Ri Ae Ran"));
    let counts = total(&world, &[event(&[a, b]), event(&[c]), event(&[d])], &[]);
    assert_eq!(counts.events, exactly(3));
    assert_eq!(
        counts.victims,
        Range { least: 5, most: 11 },
        "seven, three and the one who is named"
    );
    assert_eq!(counts.named, exactly(1));
    assert!(
        counts
            .reasons
            .iter()
            .any(|why| why.contains("may be the same people in several events"))
    );
}

#[test]
fn what_is_feared_denied_or_general_is_no_event() {
    let mut world = World::default();
    let source = world.document("2020");
    let modality = |name: &str| json!({ "modality": cited(json!(name)), "victims": [victim(person("Ri Ae Ran"))] });
    world.allegation(source, "torture", modality("feared"));
    world.allegation(source, "torture", modality("denied"));
    world.allegation(source, "systematic", json!({}));
    let claim = world.allegation(source, "torture", json!({ "place": cited(state("KP")) }));
    let happenings = [Happening {
        members: vec![claim],
        is_general: true,
    }];
    let table = counting(&world, &happenings, &[], |counting, _| {
        counting.table(Dimension::Type, &Filter::default())
    });
    assert_eq!(table.total.events, exactly(0));
    assert_eq!(table.total.victims, exactly(0));
    assert_eq!(table.total.claims, 1);
    for what in [
        "1 general claim",
        "1 allegation of what is only feared",
        "1 denial",
        "1 conclusion",
    ] {
        assert!(
            table.notes.iter().any(|note| note.contains(what)),
            "{what}: {:?}",
            table.notes
        );
    }
    assert!(!table.unit.is_empty() && table.denominator.contains("what was reported"));
}

#[test]
fn without_incidents_events_are_a_range() {
    let mut world = World::default();
    let source = world.document("2020");
    for on in ["2019-03", "2020-05"] {
        world.allegation(source, "torture", json!({ "date": date(on) }));
    }
    let counts = total(&world, &[], &[]);
    assert_eq!(counts.events, Range { least: 1, most: 2 });
    assert!(
        counts.reasons[0].contains("2 passages in no incident"),
        "{:?}",
        counts.reasons
    );
}

/// Events in three places of two provinces, by two bodies, over four years.
fn spread() -> (World, Vec<Happening>) {
    let mut world = World::default();
    let source = world.document("2024");
    let north = place("place:north", "North Province");
    for (key, within) in [
        ("place:camp-a", north.clone()),
        ("place:camp-b", north),
        ("place:north", state("KP")),
        ("place:camp-c", state("KP")),
    ] {
        let body = json!({ "place": { "names": [cited(json!({ "form": key }))], "within": cited(within), "key": key } });
        world.add(source, key, body);
    }
    let mut happenings = Vec::new();
    for (at, (on, camp)) in [
        ("2010", "a"),
        ("2011-05", "b"),
        ("2012", "c"),
        ("2013-01-02", "a"),
    ]
    .iter()
    .enumerate()
    {
        let body = if at % 2 == 0 {
            "Ministry of State Security"
        } else {
            "Ministry of Social Security"
        };
        let fields = json!({
            "victims": [cited(json!({ "who": person(&format!("Ri {at} Ran")), "characteristics": ["political-prisoners"] }))],
            "perpetrators": [cited(json!({ "who": { "kind": "organisation", "name": body } }))],
            "place": cited(place(&format!("place:camp-{camp}"), &format!("Camp {camp}"))), "date": date(on)
        });
        happenings.push(event(&[world.allegation(source, "torture", fields)]));
    }
    (world, happenings)
}

#[test]
fn a_province_holds_what_happened_in_its_camps() {
    let (world, happenings) = spread();
    let (places, years, korea) = counting(&world, &happenings, &[], |counting, _| {
        let korea = Filter {
            state: Some("state:KP".to_owned()),
            since: Some(2012),
            ..Filter::default()
        };
        (
            counting.table(Dimension::Place, &Filter::default()),
            counting.table(Dimension::Year, &Filter::default()),
            counting.total(&korea),
        )
    });
    let row = |key: &str| {
        places
            .rows
            .iter()
            .find(|row| row.key == key)
            .unwrap()
            .counts
            .events
    };
    assert_eq!(row("place:north"), exactly(3));
    assert_eq!(row("place:camp-a"), exactly(2));
    assert_eq!(row("state:KP"), exactly(4));
    let keys: Vec<&str> = years.rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["2010", "2011", "2012", "2013"]);
    assert_eq!(korea.events, exactly(2));
}

#[test]
fn measures_say_what_was_counted_and_conclude_nothing() {
    let (world, happenings) = spread();
    let assessment = counting(&world, &happenings, &[], |counting, _| {
        counting.measure(&Measures::shipped(), &Filter::default())
    });
    let level = |id: &str| {
        assessment
            .results
            .iter()
            .find(|one| one.measure == id)
            .unwrap()
            .level
    };
    assert_eq!(level("spread-over-places"), Level::Indicated);
    assert_eq!(level("spread-over-years"), Level::Indicated);
    assert_eq!(level("regularity"), Level::Strong);
    assert_eq!(level("institutions"), Level::Indicated);
    assert_eq!(level("scale-of-victims"), Level::NotShown);
    let regular = assessment
        .results
        .iter()
        .find(|one| one.measure == "regularity")
        .unwrap();
    assert!(
        regular.why.contains("Regularity: 100 (2010 to 2013"),
        "{}",
        regular.why
    );
    assert_eq!(regular.evidence.len(), 4);
    assert!(
        assessment.systematic.contains("no legal conclusion"),
        "{}",
        assessment.systematic
    );
}

#[test]
fn an_upper_bound_alone_indicates_nothing() {
    let mut world = World::default();
    let source = world.document("2020");
    let happenings: Vec<Happening> = (0..3)
        .map(|at| {
            event(&[world.allegation(source, "torture", counted(&format!("people {at}"), 15))])
        })
        .collect();
    let assessment = counting(&world, &happenings, &[], |counting, _| {
        counting.measure(&Measures::shipped(), &Filter::default())
    });
    let victims = &assessment.results[0];
    assert_eq!(
        (victims.value, victims.level),
        (
            Range {
                least: 15,
                most: 45
            },
            Level::Unclear
        )
    );
}

#[test]
fn thresholds_in_the_wrong_order_are_named() {
    let text = include_str!("../../../data/patterns/measures.toml");
    let wrong = text.replacen("strong = 100", "strong = 1", 1);
    let error = Measures::parse(&wrong).unwrap_err().to_string();
    assert!(
        error.contains("`scale-of-victims`") && error.contains("indicated <= strong"),
        "{error}"
    );
}

#[test]
fn the_matrix_shows_support_contradiction_proof_and_the_gap() {
    let mut world = World::default();
    let (one, other) = (world.document("2014"), world.document("2015"));
    let korea = json!({ "place": cited(state("KP")), "modality": cited(json!("found")) });
    let found = world.allegation(one, "torture", korea);
    let denied = json!({ "place": cited(state("KP")), "modality": cited(json!("denied")) });
    let denied = world.allegation(other, "torture", denied);
    let before = counting(&world, &[], &[], |counting, vocabularies| {
        counting.matrix(&Elements::shipped(vocabularies), &Filter::default())
    });
    let cell = before.cell("torture").unwrap();
    assert_eq!(
        (
            cell.direct,
            cell.against,
            cell.origins,
            cell.standard.is_none()
        ),
        (1, 1, 1, true)
    );
    assert!(
        cell.proof.contains("do not say under which standard"),
        "{}",
        cell.proof
    );
    for part in [
        "Not shown: severe pain",
        "who inflicted it",
        "rests on one origin",
        "Contradicted by 1 record",
    ] {
        assert!(cell.gap.contains(part), "{part}: {}", cell.gap);
    }
    for standard in [
        "reasonable-grounds-to-suspect",
        "reasonable-grounds-to-believe",
    ] {
        let finding = json!({ "finding": {
            "conclusion": "torture was common", "standard": standard, "supporting": [found],
            "contradicting": [denied], "assessor": "a commission", "elements": ["torture"]
        } });
        world.add(one, "we find", finding);
    }
    let after = counting(&world, &[], &[], |counting, vocabularies| {
        counting.matrix(&Elements::shipped(vocabularies), &Filter::default())
    });
    let cell = after.cell("torture").unwrap();
    assert_eq!(
        cell.standard.as_ref().unwrap().as_str(),
        "reasonable-grounds-to-believe"
    );
    assert_eq!(cell.findings.len(), 2);
    assert!(!cell.gap.contains("No finding"), "{}", cell.gap);
    assert!(
        after
            .cell("murder")
            .unwrap()
            .gap
            .starts_with("Nothing on record"),
        "{}",
        after.cell("murder").unwrap().gap
    );
}

#[test]
fn a_need_is_shown_by_the_records_it_asks_for() {
    let (world, happenings) = spread();
    let matrix = counting(&world, &happenings, &[], |counting, vocabularies| {
        counting.matrix(&Elements::shipped(vocabularies), &Filter::default())
    });
    let cell = matrix.cell("torture").unwrap();
    assert!(
        cell.needs
            .iter()
            .all(|need| need.is_shown && !need.by.is_empty()),
        "{:?}",
        cell.needs
    );
    assert!(!cell.gap.contains("Not shown"), "{}", cell.gap);
    assert!(
        matrix
            .cell("apartheid")
            .unwrap()
            .needs
            .iter()
            .all(|need| !need.is_shown)
    );
}

#[test]
fn mistakes_in_elements_are_named() {
    let vocabularies = Vocabularies::shipped().unwrap();
    let text = include_str!("../../../data/patterns/elements.toml");
    for (right, wrong, said) in [
        (
            "direct = [\"torture\"]",
            "direct = [\"tortur\"]",
            "`tortur`, which is no term of the vocabulary violation",
        ),
        (
            "code = \"torture\"",
            "code = \"pain\"",
            "`pain`, which is no term of the vocabulary crime-element",
        ),
        (
            "shown_by = [\"perpetrator\"]",
            "shown_by = [\"somebody\"]",
            "`somebody` in shown_by",
        ),
    ] {
        let error = Elements::parse(&text.replacen(right, wrong, 1), &vocabularies)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn the_order_of_records_has_no_meaning() {
    let (world, happenings) = spread();
    let mut reversed = happenings.clone();
    reversed.reverse();
    let all = |world: &World, happenings: &[Happening]| {
        counting(world, happenings, &[], |counting, vocabularies| {
            let filter = Filter::default();
            let tables = Dimension::ALL.map(|by| counting.table(by, &filter));
            (
                tables,
                counting.measure(&Measures::shipped(), &filter),
                counting.matrix(&Elements::shipped(vocabularies), &filter),
            )
        })
    };
    assert_eq!(all(&world, &happenings), all(&world.shuffled(), &reversed));
}
