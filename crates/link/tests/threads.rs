//! Demands over documents and years, and what became of them.
#![allow(clippy::unwrap_used)]

mod cases_fixture;

use cases_fixture::{Copies, World, cited, date, day, judged, person, state};
use model::{Judgement, Verdict};
use onrecord_link::threads::{Certainty, Inputs, Rules, Thread, Threads};
use serde_json::json;
use std::collections::HashMap;

fn threads(world: &World, judgements: &[Judgement], copies: &Copies) -> Threads {
    let inputs = Inputs {
        records: &world.records,
        documents: &world.documents,
        provenance: Some(copies),
        judgements,
        today: day("2024-12-31"),
    };
    Threads::of(&inputs, &Rules::shipped())
}

fn of(world: &World) -> Threads {
    threads(world, &[], &Copies::default())
}

/// The thread to an addressee whose demand holds a word.
fn thread<'t>(threads: &'t Threads, word: &str) -> &'t Thread {
    let mut found = threads
        .demands
        .iter()
        .filter(|thread| thread.demand.contains(word));
    let thread = found.next().unwrap();
    assert!(found.next().is_none(), "one thread about {word}");
    thread
}

/// Three calls on China over nine years, in different words.
fn refoulement() -> World {
    let mut world = World::default();
    for (published, caller, demand) in [
        (
            "2014-02-17",
            "Michael Kirby",
            "respect the principle of non-refoulement",
        ),
        (
            "2017-07-27",
            "Tomás Ojea Quintana",
            "abide by the principle of non-refoulement in international law",
        ),
        (
            "2023-10-19",
            "Elizabeth Salmón",
            "stop forced repatriation and respect the principle of non-refoulement",
        ),
    ] {
        let source = world.document(published);
        world.call(source, person(caller), state("CN"), demand);
    }
    world
}

#[test]
fn one_demand_in_several_words_is_one_thread() {
    let mut world = refoulement();
    let source = world.document("2023-10-20");
    world.call(
        source,
        person("Elizabeth Salmón"),
        state("CN"),
        "release the detained lawyers",
    );
    world.call(
        source,
        person("Elizabeth Salmón"),
        state("KP"),
        "respect the principle of non-refoulement",
    );
    let threads = of(&world);
    let china = threads
        .demands
        .iter()
        .find(|thread| thread.calls.len() == 3)
        .unwrap();
    assert_eq!(china.addressee.as_ref().unwrap().identity, "state:CN");
    assert_eq!(china.count.times, 3);
    let years: Vec<&str> = china.by_year.iter().map(|year| year.of.as_str()).collect();
    assert_eq!(years, ["2014", "2017", "2023"]);
    assert_eq!(china.by_caller.len(), 3);
    let why = &china.calls[2].why;
    assert!(why.contains("refoul"), "{why}");
    assert_eq!(
        threads.demands.len(),
        3,
        "other demands and other addressees stand apart"
    );
}

#[test]
fn silence_is_counted_from_the_calls_that_nobody_answered() {
    let threads = of(&refoulement());
    let silence = &threads.demands[0].silence;
    assert!(silence.is_open);
    assert_eq!(silence.since_first.unwrap().least, 3_970);
    assert_eq!(silence.since_last.unwrap().least, 439);
    assert!(
        silence
            .words
            .contains("Asked 3 times; no answer is on record: 3,970 days"),
        "{}",
        silence.words
    );
}

#[test]
fn one_call_in_several_documents_is_counted_once() {
    let mut world = World::default();
    let copies = ["2024-06-12", "2024-06-13", "2024-06-15"].map(|published| {
        let source = world.document(published);
        world.call(
            source,
            state("JP"),
            state("KP"),
            "return all abducted persons",
        );
        source
    });
    let later = world.document("2024-09-20");
    world.call(
        later,
        state("JP"),
        state("KP"),
        "return all abducted persons",
    );
    let origins = Copies(HashMap::from([
        (copies[1], copies[0]),
        (copies[2], copies[0]),
    ]));
    let threads = threads(&world, &[], &origins);
    let count = &threads.demands[0].count;
    assert_eq!((count.times, count.documents, count.origins), (2, 4, 2));
}

#[test]
fn a_demand_for_two_things_is_in_two_threads() {
    let mut world = World::default();
    let first = world.document("2014-12-18");
    let both = world.call(
        first,
        person("A B"),
        state("KP"),
        "release political prisoners and to close the prison camps",
    );
    let second = world.document("2024-10-24");
    world.call(
        second,
        person("C D"),
        state("KP"),
        "close all the prison camps",
    );
    let threads = of(&world);
    assert_eq!(thread(&threads, "close").calls.len(), 2);
    assert_eq!(thread(&threads, "release").calls.len(), 1);
    assert_eq!(threads.of_call(both).count(), 2);
}

fn response(answer: &str, quote: &str, by: &str, on: &str) -> (serde_json::Value, String) {
    let mut body = json!({ "by": cited(state(by)), "answer": cited(json!(answer)) });
    if !on.is_empty() {
        body["date"] = date(on);
    }
    (json!({ "response": body }), quote.to_owned())
}

#[test]
fn an_answer_ends_the_silence_until_it_is_asked_again() {
    let mut world = refoulement();
    let source = world.document("2018-01-10");
    let (body, quote) = response(
        "denied",
        "China rejected calls to respect the principle of non-refoulement",
        "CN",
        "",
    );
    world.add(source, &quote, body);
    let answered = of(&world);
    let thread = &answered.demands[0];
    assert_eq!(thread.answers.len(), 1);
    assert_eq!(thread.answers[0].certainty, Certainty::Likely);
    assert!(
        thread.answers[0]
            .reasons
            .iter()
            .any(|why| why.contains("speaks of what was asked"))
    );
    assert_eq!(
        thread.silence.unanswered, 1,
        "the call of 2023 came after the answer"
    );
    assert!(
        thread.silence.words.contains("asked again once since"),
        "{}",
        thread.silence.words
    );
}

#[test]
fn what_is_no_answer_is_not_taken_for_one() {
    let mut world = refoulement();
    let source = world.document("2018-01-10");
    let early = response(
        "denied",
        "China rejected calls to respect the principle of non-refoulement",
        "CN",
        "2010-05-01",
    );
    let other_party = response(
        "denied",
        "North Korea rejected the principle of non-refoulement",
        "KP",
        "",
    );
    let other_subject = response(
        "denied",
        "China dismissed a report on forced labour in Xinjiang",
        "CN",
        "",
    );
    let nothing = response(
        "none",
        "China has not answered the letter on the principle of non-refoulement",
        "CN",
        "",
    );
    for (body, quote) in [early, other_party, other_subject, nothing] {
        world.add(source, &quote, body);
    }
    let threads = of(&world);
    let thread = &threads.demands[0];
    assert_eq!(threads.unmatched.len(), 3);
    assert_eq!(
        thread.answers.len(),
        1,
        "a report that nothing came is shown"
    );
    assert!(!thread.answers[0].ends_silence);
    assert_eq!(thread.silence.unanswered, 3);
}

#[test]
fn a_response_in_the_passage_of_its_call_is_matched() {
    let mut world = World::default();
    let source = world.document("2017-07-27");
    let call = json!({ "call": { "addressees": [cited(state("KP"))], "demand": cited(json!("resume family reunions")) } });
    world.add_in(
        source,
        9,
        "rejected a call by Seoul to resume family reunions",
        call,
    );
    let (body, quote) = response(
        "denied",
        "Pyongyang rejected a call by Seoul to resume family reunions",
        "KP",
        "",
    );
    world.add_in(source, 9, &quote, body);
    let threads = of(&world);
    let answer = &threads.demands[0].answers[0];
    assert_eq!(answer.certainty, Certainty::Likely);
    assert!(
        answer
            .reasons
            .iter()
            .any(|why| why.contains("same passage"))
    );
    assert!(!threads.demands[0].silence.is_open);
}

#[test]
fn what_people_judged_holds_and_can_be_undone() {
    let mut world = refoulement();
    let source = world.document("2024-01-05");
    let other = world.call(
        source,
        person("E F"),
        state("CN"),
        "shut the border crossing to agents",
    );
    let first = world.records[0].id;
    let last = world.records[2].id;
    let none = Copies::default();
    let joined = threads(&world, &[judged(first, other, Verdict::Same)], &none);
    assert_eq!(joined.demands.len(), 1);
    let why = &joined.demands[0].calls[3].why;
    assert!(
        why.contains("judged the same demand by Ana: read both"),
        "{why}"
    );
    let split = threads(&world, &[judged(first, last, Verdict::Different)], &none);
    assert!(split.demands.iter().all(|thread| thread.calls.len() < 3));
    let undone = [
        judged(first, last, Verdict::Different),
        judged(first, last, Verdict::Withdrawn),
    ];
    assert_eq!(threads(&world, &undone, &none), of(&world));
}

#[test]
fn judgements_that_contradict_each_other_are_told() {
    let world = refoulement();
    let [a, b, c] = [0, 1, 2].map(|at| world.records[at].id);
    let judgements = [
        judged(a, b, Verdict::Same),
        judged(b, c, Verdict::Same),
        judged(a, c, Verdict::Different),
    ];
    let threads = threads(&world, &judgements, &Copies::default());
    assert_eq!(threads.conflicts.len(), 1);
    assert!(
        threads.conflicts[0].contains("they are kept apart"),
        "{}",
        threads.conflicts[0]
    );
    let together = threads.demands.iter().any(|thread| {
        let has = |id| thread.calls.iter().any(|call| call.evidence.record == id);
        has(a) && has(c)
    });
    assert!(!together);
}

#[test]
fn an_addressee_is_known_under_its_other_names() {
    let mut world = World::default();
    let source = world.document("2023-10-10");
    world.call(
        source,
        person("A B"),
        json!({ "kind": "state", "name": "Iran", "key": "state:IR" }),
        "release the women held in Evin prison",
    );
    world.call(
        source,
        person("C D"),
        json!({ "kind": "group", "name": "the government in Iran" }),
        "free the women held in Evin prison",
    );
    let threads = of(&world);
    assert_eq!(threads.demands.len(), 1);
    assert_eq!(threads.demands[0].count.times, 2);
}

#[test]
fn a_demand_of_somebody_is_made_of_nobody_by_name() {
    let mut world = World::default();
    let source = world.document("2023-05-12");
    world.call(
        source,
        person("A B"),
        json!({ "kind": "group", "name": "Somebody" }),
        "write down the names of the fourteen",
    );
    let threads = of(&world);
    assert_eq!(threads.demands.len(), 1);
    assert_eq!(threads.demands[0].addressee, None);
}

#[test]
fn pledges_are_followed_with_their_dates() {
    let mut world = World::default();
    for (published, due) in [("2022-05-04", "2023-12"), ("2023-03-01", "2024-06-30")] {
        let source = world.document(published);
        let body = json!({ "commitment": {
            "by": cited(state("JP")), "undertaking": cited(json!("fund the documentation of abduction cases")), "due": date(due)
        } });
        world.add(source, "fund the documentation of abduction cases", body);
    }
    let pledges = of(&world).pledges;
    assert_eq!(pledges.len(), 1);
    assert_eq!(pledges[0].count.times, 2);
    assert_eq!(pledges[0].overdue.unwrap().least, 184);
    assert!(
        pledges[0].words.contains("for a person to say"),
        "{}",
        pledges[0].words
    );
}

#[test]
fn the_order_of_records_has_no_meaning() {
    let mut world = refoulement();
    let source = world.document("2018-01-10");
    let (body, quote) = response(
        "denied",
        "China rejected calls to respect non-refoulement",
        "CN",
        "",
    );
    world.add(source, &quote, body);
    for demand in [
        "close the camps",
        "close the prison camps",
        "release the prisoners",
        "free prisoners",
    ] {
        world.call(source, person("A B"), state("KP"), demand);
    }
    assert_eq!(of(&world), of(&world.shuffled()));
}

#[test]
fn rejected_calls_and_nonsense_do_no_harm() {
    let mut world = refoulement();
    let source = world.document("");
    world.call(source, person(""), state("CN"), "");
    world.call(source, person("’"), state("CN"), "a");
    let long = "word ".repeat(20_000);
    world.call(source, person("A B"), state("CN"), &long);
    world.records[0].status = model::Status::Rejected;
    let threads = of(&world);
    assert!(threads.demands.iter().all(|thread| {
        thread
            .calls
            .iter()
            .all(|call| call.evidence.record != world.records[0].id)
    }));
    assert_eq!(threads.demands.len(), 4);
}
