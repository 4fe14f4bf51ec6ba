//! The register of persons to be found, freed or reunited.
#![allow(clippy::unwrap_used)]

mod cases_fixture;

use cases_fixture::{World, cited, date, day, group, judged, person, place, state, victim};
use model::{Judgement, RecordId, SourceId, Verdict};
use onrecord_link::cases::{CaseFile, Inputs, Register, Statuses};
use onrecord_link::threads::{self, Rules, Threads};
use serde_json::{Value, json};

struct Given<'a> {
    clusters: &'a [Vec<RecordId>],
    judgements: &'a [Judgement],
}

fn register(world: &World, given: &Given) -> Register {
    let threads = Threads::of(
        &threads::Inputs {
            records: &world.records,
            documents: &world.documents,
            provenance: None,
            judgements: &[],
            today: day("2024-12-31"),
        },
        &Rules::shipped(),
    );
    let inputs = Inputs {
        records: &world.records,
        documents: &world.documents,
        clusters: given.clusters,
        judgements: given.judgements,
        threads: Some(&threads),
        today: day("2024-12-31"),
    };
    Register::of(&inputs, &Statuses::shipped())
}

fn of(world: &World) -> Register {
    register(
        world,
        &Given {
            clusters: &[],
            judgements: &[],
        },
    )
}

fn judging(world: &World, judgements: &[Judgement]) -> Register {
    register(
        world,
        &Given {
            clusters: &[],
            judgements,
        },
    )
}

/// A case of a person, with further fields.
fn case(
    world: &mut World,
    source: SourceId,
    name: &str,
    category: &str,
    fields: Value,
) -> RecordId {
    let mut body = json!({ "subject": cited(person(name)), "category": cited(json!(category)) });
    for (key, value) in fields.as_object().unwrap() {
        body[key] = value.clone();
    }
    world.add(source, name, json!({ "case": body }))
}

/// A row of a list: a person with a date of birth, and the case.
fn row(
    world: &mut World,
    source: SourceId,
    list: &str,
    number: u32,
    name: &str,
    born: &str,
) -> RecordId {
    let listed = cited(json!({ "list": list, "row": number, "one_to_one": list == "one by one" }));
    let mut fields = json!({ "names": [cited(json!({ "form": name }))], "listed": listed });
    if !born.is_empty() {
        fields["born"] = date(born);
    }
    world.add(source, name, json!({ "person": fields }));
    case(world, source, name, "abductee", json!({ "listed": listed }))
}

fn status(text: &str, since: &str) -> Value {
    let mut status = json!({ "status": text });
    if !since.is_empty() {
        status["since"] = json!({ "date": since, "basis": "as written" });
    }
    json!({ "statuses": [cited(status)] })
}

fn only(register: &Register) -> &CaseFile {
    assert_eq!(register.cases.len(), 1);
    &register.cases[0]
}

#[test]
fn one_person_in_two_lists_under_two_spellings_is_one_case() {
    let mut world = World::default();
    let (one, other) = (world.document("2010"), world.document("2012"));
    row(&mut world, one, "families", 1, "김혜숙", "1962");
    row(
        &mut world,
        other,
        "ministry",
        7,
        "Kim Hye Sook",
        "1962-04-01",
    );
    let register = of(&world);
    let case = only(&register);
    assert_eq!(case.persons.len(), 2);
    assert!(
        case.joins
            .iter()
            .any(|join| join.why.contains("born 1962 and 1962-04-01")),
        "{:?}",
        case.joins
    );
}

#[test]
fn a_different_birth_is_a_different_person() {
    let mut world = World::default();
    let (one, other) = (world.document("2010"), world.document("2012"));
    row(&mut world, one, "families", 1, "Kim Hye Sook", "1962");
    row(
        &mut world,
        other,
        "ministry",
        7,
        "Kim Hye Sook",
        "1958-04-01",
    );
    assert_eq!(of(&world).cases.len(), 2);
}

#[test]
fn a_list_that_names_nobody_twice_is_believed() {
    let mut world = World::default();
    let source = world.document("2010");
    let a = row(&mut world, source, "one by one", 1, "Lee Jin Ho", "1970");
    let b = row(&mut world, source, "one by one", 2, "Lee Jin Ho", "1970");
    let clusters = [vec![a, b]];
    let given = Given {
        clusters: &clusters,
        judgements: &[],
    };
    assert_eq!(register(&world, &given).cases.len(), 2);
    let judgements = [judged(a, b, Verdict::Same)];
    assert_eq!(
        judging(&world, &judgements).cases.len(),
        1,
        "a person knows better"
    );
}

#[test]
fn the_linkage_of_lists_makes_one_case() {
    let mut world = World::default();
    let (one, other) = (world.document("2010"), world.document("2012"));
    let a = row(&mut world, one, "families", 1, "Pak Chol Su", "");
    let b = row(&mut world, other, "ministry", 7, "Bag Cheol Soo", "");
    assert_eq!(
        of(&world).cases.len(),
        2,
        "a name alone joins no rows of lists"
    );
    let clusters = [vec![b, a]];
    let given = Given {
        clusters: &clusters,
        judgements: &[],
    };
    assert_eq!(only(&register(&world, &given)).members.len(), 2);
}

#[test]
fn what_cannot_both_be_true_stands_side_by_side() {
    let mut world = World::default();
    let (one, other) = (world.document("2002-09-17"), world.document("2004-11-15"));
    case(
        &mut world,
        one,
        "Hana Ito",
        "abductee",
        status("died in a hospital", "1994-04"),
    );
    case(
        &mut world,
        other,
        "Hana Ito",
        "abductee",
        status("seen alive", "1999"),
    );
    let register = of(&world);
    let case = only(&register);
    assert_eq!(case.statuses.len(), 2);
    assert_eq!(case.statuses[0].value, "died in a hospital");
    assert_eq!(case.contradictions.len(), 1);
    let words = &case.contradictions[0].words;
    assert!(
        words.contains("1994-04") && words.contains("1999"),
        "{words}"
    );
}

#[test]
fn a_history_without_contradiction_has_none() {
    let mut world = World::default();
    let source = world.document("2024-08-02");
    case(
        &mut world,
        source,
        "Oren Vale",
        "detainee",
        status("arrested", "2018-12-28"),
    );
    world.event(source, "release", person("Oren Vale"), "2024-08-01");
    let register = of(&world);
    let case = only(&register);
    let codes: Vec<&str> = case
        .statuses
        .iter()
        .map(|known| known.code.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(codes, ["held", "released"]);
    assert_eq!(case.contradictions, []);
    assert_eq!(case.counters.since_news.unwrap().least, 152);
}

#[test]
fn what_is_feared_for_a_person_at_risk_is_no_news_until_it_is_dated() {
    for (since, known) in [("", 0), ("2023-10-09", 1)] {
        let mut world = World::default();
        let source = world.document("2023-10-19");
        let fields = status("sent back", since);
        case(&mut world, source, "A B", "at-risk-of-refoulement", fields);
        assert_eq!(only(&of(&world)).statuses.len(), known, "{since}");
    }
}

#[test]
fn an_allegation_that_names_its_victim_proposes_a_case() {
    let mut world = World::default();
    let source = world.document("2023-10-06");
    let fields = json!({ "victims": [victim(person("Narges Mohammadi"))], "place": cited(place("place:evin", "Evin prison")) });
    world.allegation(source, "arbitrary-detention", fields);
    let fields =
        json!({ "victims": [victim(person("Nobody Held"))], "modality": cited(json!("denied")) });
    world.allegation(source, "arbitrary-detention", fields);
    let fields = json!({ "victims": [victim(group("hundreds of people"))] });
    world.allegation(source, "arbitrary-detention", fields);
    let register = of(&world);
    let case = only(&register);
    assert!(case.is_proposed);
    assert_eq!(case.categories[0].0.as_str(), "detainee");
    assert_eq!(case.whereabouts[0].value, "Evin prison");
}

#[test]
fn requests_are_tied_to_the_person_they_name_and_their_silence_is_counted() {
    let mut world = World::default();
    let list = world.document("2002");
    case(
        &mut world,
        list,
        "Hana Ito",
        "abductee",
        json!({ "last_seen_at": cited(state("KP")), "last_seen_on": date("1977-11-15") }),
    );
    let first = world.document("2014-03-01");
    world.call(first, state("JP"), state("KP"), "return Hana Ito at once");
    let second = world.document("2022-11-15");
    world.call(
        second,
        state("JP"),
        state("KP"),
        "give a full account of the fate of Hana Ito",
    );
    world.call(
        second,
        state("JP"),
        state("KP"),
        "return all abductees to their families",
    );
    let reply = json!({ "response": {
        "by": cited(state("KP")), "to": world.records[1].id, "answer": cited(json!("denied")), "date": date("2015-01-01")
    } });
    world.add(second, "rejected", reply);
    let register = of(&world);
    let case = only(&register);
    assert_eq!(case.requests.len(), 2);
    assert_eq!(case.requests[0].replies[0].answer.as_str(), "denied");
    assert_eq!(case.counters.unanswered, 1);
    assert_eq!(case.counters.since_request.unwrap().least, 777);
    assert!(
        case.counters
            .words
            .contains("Last news of 1977-11-15, 17,213 days ago"),
        "{}",
        case.counters.words
    );
    let groups: Vec<_> = register.group_of(case).collect();
    assert_eq!((groups.len(), groups[0].requests.len()), (1, 1));
}

#[test]
fn a_request_for_a_common_name_is_tied_to_nobody() {
    let mut world = World::default();
    let source = world.document("2010");
    row(&mut world, source, "families", 1, "Kim Chol Su", "1950");
    row(&mut world, source, "families", 2, "Kim Chol Su", "1971");
    world.call(source, state("JP"), state("KP"), "release Kim Chol Su");
    let register = of(&world);
    assert_eq!(register.cases.len(), 2);
    assert!(register.cases.iter().all(|case| case.requests.is_empty()));
}

#[test]
fn a_name_that_a_list_has_twice_is_left_to_a_person() {
    let mut world = World::default();
    let (list, report) = (world.document("2010"), world.document("2015"));
    row(&mut world, list, "families", 1, "Kim Chol Su", "1950");
    row(&mut world, list, "families", 2, "Kim Chol Su", "1971");
    let third = case(&mut world, report, "Kim Chol Su", "abductee", json!({}));
    let register = of(&world);
    assert_eq!(register.cases.len(), 3);
    assert_eq!(register.undecided.len(), 2);
    assert!(
        register.undecided[0]
            .why
            .contains("one list has two persons of this name")
    );
    let judgements = [
        judged(third, register.cases[0].members[0].record, Verdict::Same),
        judged(
            third,
            register.cases[1].members[0].record,
            Verdict::Different,
        ),
    ];
    let decided = judging(&world, &judgements);
    assert_eq!((decided.cases.len(), decided.undecided.len()), (2, 0));
}

#[test]
fn what_was_judged_different_stays_apart() {
    let mut world = World::default();
    let (one, other) = (world.document("2010"), world.document("2015"));
    let a = case(&mut world, one, "Oren Vale", "detainee", json!({}));
    let b = case(&mut world, other, "Oren Vale", "detainee", json!({}));
    assert_eq!(of(&world).cases.len(), 1);
    assert_eq!(
        judging(&world, &[judged(a, b, Verdict::Different)])
            .cases
            .len(),
        2
    );
    assert_eq!(
        judging(&world, &[judged(a, b, Verdict::Unsure)])
            .cases
            .len(),
        2
    );
    let undone = [
        judged(a, b, Verdict::Different),
        judged(a, b, Verdict::Withdrawn),
    ];
    assert_eq!(judging(&world, &undone), of(&world));
}

#[test]
fn relatives_and_authorities_are_kept_with_their_records() {
    let mut world = World::default();
    let source = world.document("2010");
    let fields = json!({
        "next_of_kin": [cited(person("Mari Ito"))],
        "authorities": [cited(json!({ "kind": "organisation", "name": "WGEID" }))]
    });
    let id = case(&mut world, source, "Hana Ito", "disappeared", fields);
    let register = of(&world);
    let case = only(&register);
    assert_eq!(case.next_of_kin[0].name, "Mari Ito");
    assert_eq!(case.authorities, [("WGEID".to_owned(), vec![id])]);
}

#[test]
fn the_order_of_records_has_no_meaning() {
    let mut world = World::default();
    let (one, other) = (world.document("2010"), world.document("2015-02-03"));
    for (number, name) in ["Kim Chol Su", "Kim Chol-su", "Ri Ae Ran", "Lee Ae-ran"]
        .iter()
        .enumerate()
    {
        row(&mut world, one, "families", number as u32, name, "1950");
        case(&mut world, other, name, "detainee", status("held", "1999"));
        world.call(other, state("JP"), state("KP"), &format!("release {name}"));
    }
    assert_eq!(of(&world), of(&world.shuffled()));
}
