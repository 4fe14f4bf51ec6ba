//! Who is found to be one person, and what never is.

use crate::lists::{OnDisk, edges_of, linked, lists, options, table_of, together};
use onrecord_link::people::{
    InMemory, Judgement, Linkage, Options, Partition, PeopleError, Plan, RowId, Verdict,
};
use std::collections::HashSet;

#[test]
fn most_true_pairs_are_found_and_few_false_ones() {
    let rows = lists(1500, 1);
    let linkage = linked(&table_of(&rows, &[]), &options(), &[]);
    let entity = |id: &RowId| rows.iter().find(|row| row.id == *id).unwrap().entity;
    let (mut right, mut wrong) = (0, 0);
    for person in &linkage.persons {
        for (position, a) in person.iter().enumerate() {
            for b in &person[position + 1..] {
                if entity(a) == entity(b) {
                    right += 1
                } else {
                    wrong += 1
                }
            }
        }
    }
    let true_pairs = rows
        .iter()
        .enumerate()
        .flat_map(|(at, a)| rows[at + 1..].iter().filter(move |b| b.entity == a.entity))
        .count();
    assert!(
        right * 100 >= true_pairs * 80,
        "{right} of {true_pairs} true pairs"
    );
    assert!(wrong * 100 <= right * 5, "{wrong} wrong, {right} right");
}

#[test]
fn threads_and_the_order_of_rows_change_nothing() {
    let rows = lists(800, 2);
    let mut shuffled = rows.clone();
    shuffled.reverse();
    shuffled.rotate_left(111);
    let first = linked(
        &table_of(&rows, &[]),
        &Options {
            threads: 1,
            ..options()
        },
        &[],
    );
    assert!(!first.persons.is_empty() && !first.questions.is_empty());
    for (rows, threads) in [(&rows, 2), (&rows, 8), (&shuffled, 1), (&shuffled, 8)] {
        assert_eq!(
            linked(
                &table_of(rows, &[]),
                &Options {
                    threads,
                    ..options()
                },
                &[]
            ),
            first
        );
    }
}

#[test]
fn shares_of_the_work_put_together_are_the_whole() {
    let table = table_of(&lists(800, 3), &[]);
    for run_limit in [0, 12] {
        let plan = Plan::learn(
            &table,
            &Options {
                run_limit,
                ..options()
            },
            &mut |_| (),
        )
        .unwrap();
        let whole = edges_of(&plan, &[Partition::WHOLE]);
        let shares: Vec<Partition> = [2, 0, 1].map(|index| Partition { index, of: 3 }).to_vec();
        assert!(!whole.is_empty());
        assert_eq!(edges_of(&plan, &shares), whole);
        assert!(edges_of(&plan, &shares[..1]).len() < whole.len());
    }
}

#[test]
fn spilling_to_disk_changes_nothing() {
    let table = table_of(&lists(2500, 4), &[]);
    let plain = Options {
        keep_bits: -20.0,
        ..options()
    };
    let expected = linked(&table, &plain, &[]);
    let plan = Plan::learn(
        &table,
        &Options {
            edges_in_memory: 1024,
            ..plain
        },
        &mut |_| (),
    )
    .unwrap();
    let mut spill = OnDisk::new();
    let (linkage, _) = plan.link(&[], &mut spill, &mut |_| ()).unwrap();
    assert!(spill.runs() > 1, "nothing was spilled");
    assert_eq!(linkage, expected);
}

#[test]
fn every_pair_that_a_rule_makes_is_compared_once() {
    let rows = lists(500, 5);
    let table = table_of(&rows, &[]);
    let rules: Vec<Vec<String>> = [&["given"][..], &["surname", "born/year"], &["facility"]]
        .map(|rule| rule.iter().map(|atom| (*atom).into()).collect())
        .to_vec();
    let given = Options {
        blocking: onrecord_link::people::Blocking::Given(rules),
        keep_bits: -1000.0,
        review_bits: -1000.0,
        run_limit: 0,
        ..options()
    };
    let plan = Plan::learn(&table, &given, &mut |_| ()).unwrap();
    let edges = edges_of(&plan, &[Partition::WHOLE]);
    let pairs: HashSet<(u32, u32)> = edges.iter().map(|edge| (edge.a, edge.b)).collect();
    assert_eq!(pairs.len(), edges.len(), "a pair came twice");
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    let mut expected = 0;
    for (at, a) in rows.iter().enumerate() {
        expected += rows[at + 1..]
            .iter()
            .filter(|b| {
                same(&a.given, &b.given)
                    || same(&a.surname, &b.surname) && a.born.year > 0 && a.born.year == b.born.year
                    || same(&a.facility, &b.facility)
            })
            .count();
    }
    assert_eq!(edges.len(), expected);
    let split = Plan::learn(
        &table,
        &Options {
            run_limit: 10,
            ..given
        },
        &mut |_| (),
    )
    .unwrap();
    let some = edges_of(&split, &[Partition::WHOLE]);
    let kept: HashSet<(u32, u32)> = some.iter().map(|edge| (edge.a, edge.b)).collect();
    assert_eq!(kept.len(), some.len(), "a pair came twice from split runs");
    assert!(kept.len() < pairs.len() && kept.is_subset(&pairs));
}

#[test]
fn a_list_that_holds_nobody_twice_gives_a_person_one_row() {
    let rows = lists(800, 6);
    let table = table_of(&rows, &["A"]);
    let linkage = linked(&table, &options(), &[]);
    let in_a = |id: &&RowId| rows.iter().any(|row| row.id == **id && row.list == "A");
    assert!(
        linkage
            .persons
            .iter()
            .all(|person| person.iter().filter(in_a).count() <= 1)
    );
    let free = linked(&table_of(&rows, &[]), &options(), &[]);
    assert!(
        free.persons
            .iter()
            .any(|person| person.iter().filter(in_a).count() > 1)
    );
    assert!(
        linkage
            .apart
            .iter()
            .any(|apart| apart.reason.contains("list A") && apart.reason.contains("nobody twice"))
    );
}

#[test]
fn two_known_deaths_are_never_one_person() {
    let mut rows = lists(600, 7);
    let free = linked(&table_of(&rows, &[]), &options(), &[]);
    let pair = free
        .persons
        .iter()
        .find(|person| person.len() == 2)
        .unwrap()
        .clone();
    for (id, died) in pair.iter().zip(["1999", "2007-05"]) {
        rows.iter_mut().find(|row| row.id == *id).unwrap().died =
            onrecord_link::people::PartialDay::parse(died).unwrap();
    }
    let table = table_of(&rows, &[]);
    let linkage = linked(&table, &options(), &[]);
    assert!(!together(&linkage, pair[0], pair[1]));
    let plan = Plan::learn(&table, &options(), &mut |_| ()).unwrap();
    let why = plan.why(pair[0], pair[1]).unwrap();
    let reason = why.impossible.clone().unwrap();
    assert!(
        reason.contains("1999") && reason.contains("2007-05"),
        "{reason}"
    );
    assert!(why.to_string().contains("They are kept apart"));
    // A person may know better; the decision holds, and the contradiction is reported.
    let same = Judgement {
        a: pair[0],
        b: pair[1],
        verdict: Verdict::Same,
    };
    let judged = linked(&table, &options(), &[same]);
    assert!(together(&judged, pair[0], pair[1]));
    assert!(
        judged
            .conflicts
            .iter()
            .any(|conflict| conflict.sentence.contains("1999"))
    );
}

#[test]
fn decisions_hold_and_taking_them_back_undoes_them() {
    let rows = lists(600, 8);
    let table = table_of(&rows, &[]);
    let free = linked(&table, &options(), &[]);
    let person = free
        .persons
        .iter()
        .find(|person| person.len() == 2)
        .unwrap()
        .clone();
    let stranger = rows
        .iter()
        .map(|row| row.id)
        .find(|id| !free.persons.iter().flatten().any(|other| other == id))
        .unwrap();
    let different = Judgement {
        a: person[1],
        b: person[0],
        verdict: Verdict::Different,
    };
    let same = Judgement {
        a: stranger,
        b: person[0],
        verdict: Verdict::Same,
    };
    let judged = linked(&table, &options(), &[different, same]);
    assert!(!together(&judged, person[0], person[1]) && together(&judged, stranger, person[0]));
    assert!(judged.conflicts.is_empty());
    assert!(
        judged
            .apart
            .iter()
            .any(|apart| apart.reason.contains("a person judged"))
    );
    assert_eq!(linked(&table, &options(), &[]), free);
    let question = &free.questions[0];
    let unsure = Judgement {
        a: question.a,
        b: question.b,
        verdict: Verdict::Unsure,
    };
    let asked = |linkage: &Linkage| {
        linkage
            .questions
            .iter()
            .any(|other| (other.a, other.b) == (question.a, question.b))
    };
    assert!(asked(&free) && !asked(&linked(&table, &options(), &[unsure])));
}

#[test]
fn decisions_that_contradict_each_other_are_reported_and_join_nothing() {
    let rows = lists(400, 9);
    let table = table_of(&rows, &[]);
    let free = linked(&table, &options(), &[]);
    let single: Vec<RowId> = rows
        .iter()
        .filter(|row| row.born.year == 0)
        .map(|row| row.id)
        .filter(|id| !free.persons.iter().flatten().any(|other| other == id))
        .take(3)
        .collect();
    let judge = |a: usize, b: usize, verdict| Judgement {
        a: single[a],
        b: single[b],
        verdict,
    };
    let all = [
        judge(0, 1, Verdict::Same),
        judge(1, 2, Verdict::Same),
        judge(0, 2, Verdict::Different),
    ];
    let linkage = linked(&table, &options(), &all);
    assert_eq!(linkage.conflicts.len(), 1);
    assert_eq!(linkage.conflicts[0].same.len(), 2);
    assert!(
        linkage.conflicts[0]
            .sentence
            .contains("judged to be different")
    );
    assert!(!together(&linkage, single[0], single[2]) && !together(&linkage, single[0], single[1]));
    let resolved = linked(&table, &options(), &all[..2]);
    assert!(resolved.conflicts.is_empty() && together(&resolved, single[0], single[2]));
    assert_eq!(resolved.why_together(single[0], single[2]).len(), 2);
    let unknown = Judgement {
        a: RowId(u128::MAX),
        b: single[0],
        verdict: Verdict::Same,
    };
    let plan = Plan::learn(&table, &options(), &mut |_| ()).unwrap();
    let error = plan
        .link(&[unknown], &mut InMemory::default(), &mut |_| ())
        .unwrap_err();
    assert!(matches!(error, PeopleError::NoSuchRow(_)));
}
