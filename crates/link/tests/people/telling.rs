//! What linking says of itself: explanations, questions, reports, and refusals in words.
use crate::lists::{edges_of, linked, lists, options, table_of, together};
use onrecord_link::people::{InMemory, Options, Partition, PeopleError, Plan, RowId};
use std::collections::HashSet;

#[test]
fn what_a_rule_settles_weighs_as_if_it_had_been_compared() {
    let rows = lists(600, 12);
    let table = table_of(&rows, &[]);
    let plan = Plan::learn(&table, &options(), &mut |_| ()).unwrap();
    let edges = edges_of(&plan, &[Partition::WHOLE]);
    assert!(edges.len() > 100, "{}", edges.len());
    let mut rows: Vec<RowId> = rows.iter().map(|row| row.id).collect();
    rows.sort_unstable();
    for edge in &edges {
        let why = plan
            .why(rows[edge.a as usize], rows[edge.b as usize])
            .unwrap();
        assert!((why.bits - edge.bits).abs() < 1e-3, "{why} {}", edge.bits);
    }
}

#[test]
fn the_steps_of_an_explanation_add_up() {
    let rows = lists(600, 10);
    let table = table_of(&rows, &[]);
    let plan = Plan::learn(&table, &options(), &mut |_| ()).unwrap();
    let linkage = plan
        .link(&[], &mut InMemory::default(), &mut |_| ())
        .unwrap()
        .0;
    let join = linkage.joins[0];
    for (a, b) in [(join.a, join.b), (join.b, join.a), (rows[0].id, rows[1].id)] {
        let why = plan.why(a, b).unwrap();
        let sum: f32 = why
            .steps
            .iter()
            .map(|step| step.bits + step.frequency_bits)
            .sum::<f32>()
            + why.prior_bits;
        assert!((sum - why.bits).abs() < 1e-3, "{sum} {}", why.bits);
    }
    let why = plan.why(join.a, join.b).unwrap();
    assert!((why.bits - join.bits).abs() < 1e-3);
    assert!(plan.rules().contains(why.rule.as_ref().unwrap()));
    let text = why.to_string();
    assert!(
        text.contains("before anything is compared") && text.contains("agree on"),
        "{text}"
    );
    let unruled = (1..rows.len())
        .map(|at| plan.why(rows[0].id, rows[at].id).unwrap())
        .find(|why| why.rule.is_none())
        .unwrap();
    assert!(unruled.to_string().contains("No rule compared these rows"));
}

#[test]
fn rows_of_a_person_hang_together_by_pairs_that_can_be_shown() {
    let linkage = linked(&table_of(&lists(800, 11), &[]), &options(), &[]);
    let person = linkage
        .persons
        .iter()
        .max_by_key(|person| person.len())
        .unwrap();
    assert!(person.len() > 2);
    let path = linkage.why_together(person[0], person[2]);
    assert!(!path.is_empty() && path.iter().all(|join| join.bits >= options().join_bits));
    let other = linkage
        .persons
        .iter()
        .find(|other| *other != person)
        .unwrap();
    assert!(linkage.why_together(person[0], other[0]).is_empty());
}

#[test]
fn questions_lie_between_the_cuts_and_the_most_telling_comes_first() {
    let options = options();
    let linkage = linked(&table_of(&lists(1500, 12), &[]), &options, &[]);
    assert!(linkage.questions.len() > 3);
    assert!(
        linkage
            .questions
            .windows(2)
            .all(|pair| pair[0].information >= pair[1].information)
    );
    let held_apart =
        |question: &&onrecord_link::people::Question| question.bits >= options.join_bits;
    let apart: HashSet<(RowId, RowId)> = linkage
        .apart
        .iter()
        .map(|apart| (apart.a, apart.b))
        .collect();
    assert!(
        linkage
            .questions
            .iter()
            .all(|question| question.bits >= options.review_bits
                && !together(&linkage, question.a, question.b))
    );
    assert!(
        linkage
            .questions
            .iter()
            .filter(held_apart)
            .all(|question| apart.contains(&(question.a, question.b)))
    );
}

#[test]
fn what_was_chosen_and_learnt_is_reported() {
    let table = table_of(&lists(1500, 13), &[]);
    let mut seen = Vec::new();
    let plan = Plan::learn(&table, &options(), &mut |progress| seen.push(progress)).unwrap();
    let (_, rules) = plan
        .link(&[], &mut InMemory::default(), &mut |progress| {
            seen.push(progress)
        })
        .unwrap();
    assert!(seen.iter().all(|progress| progress.done <= progress.total));
    assert!(
        ["learning weights", "comparing pairs", "grouping"]
            .iter()
            .all(|stage| seen.iter().any(|progress| progress.stage == *stage))
    );
    assert!(
        plan.training.blocks.len() >= 2
            && plan
                .training
                .blocks
                .iter()
                .all(|block| block.iterations > 0)
    );
    assert!(
        (1e-6..0.05).contains(&plan.training.prior),
        "{}",
        plan.training.prior
    );
    assert!(
        plan.blocking_loss
            .is_some_and(|loss| (0.0..0.3).contains(&loss))
    );
    let budget: f64 = rules.iter().filter_map(|rule| rule.expected_pairs).sum();
    assert!(budget <= 50.0 * table.len() as f64);
    assert!(rules.iter().map(|rule| rule.pairs).sum::<u64>() > 0);
}

#[test]
fn too_little_is_said_not_guessed() {
    let empty = table_of(&[], &[]);
    assert!(matches!(
        Plan::learn(&empty, &options(), &mut |_| ()),
        Err(PeopleError::Training(_))
    ));
    let rows = lists(400, 14);
    let mut twice = rows.clone();
    twice.push(rows[0].clone());
    assert!(matches!(
        crate::lists::try_table_of(&twice, &[]),
        Err(PeopleError::SameId(_))
    ));
    let wrong = Options {
        blocking: onrecord_link::people::Blocking::Given(vec![vec!["shoe size".into()]]),
        ..options()
    };
    let table = table_of(&rows, &[]);
    let error = Plan::learn(&table, &wrong, &mut |_| ())
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("shoe size"), "{error}");
}

#[test]
fn thousands_of_identical_rows_stay_affordable() {
    let mut rows = lists(300, 15);
    let model = rows[0].clone();
    rows.extend((0..20_000u128).map(|n| crate::lists::Row {
        id: RowId(1_000_000 + n),
        ..model.clone()
    }));
    let table = table_of(&rows, &[]);
    let rules = [&["surname", "given"][..], &["facility"]];
    let rules = rules.map(|rule| rule.iter().map(|atom| (*atom).to_owned()).collect());
    let options = Options {
        run_limit: 200,
        blocking: onrecord_link::people::Blocking::Given(rules.to_vec()),
        ..options()
    };
    let plan = Plan::learn(&table, &options, &mut |_| ()).unwrap();
    let (_, rules) = plan
        .link(&[], &mut InMemory::default(), &mut |_| ())
        .unwrap();
    assert!(rules.iter().map(|rule| rule.pairs).sum::<u64>() < 2_000_000);
    assert!(rules.iter().any(|rule| rule.split_runs > 0));
}

#[test]
fn shared_company_brings_namesakes_together() {
    let rows = lists(1500, 16);
    let entity = |id: RowId| rows.iter().find(|row| row.id == id).unwrap().entity;
    let table = crate::lists::table_with_company(&rows);
    let plan = Plan::learn(&table, &options(), &mut |_| ()).unwrap();
    let company = |a: RowId, b: RowId| {
        let why = plan.why(a, b).unwrap();
        why.steps
            .into_iter()
            .find(|step| step.comparison == "companions")
            .unwrap()
    };
    let linkage = plan
        .link(&[], &mut InMemory::default(), &mut |_| ())
        .unwrap()
        .0;
    let shared: Vec<_> = linkage
        .joins
        .iter()
        .filter(|join| entity(join.a) == entity(join.b))
        .map(|join| company(join.a, join.b))
        .filter(|step| step.agreement.ends_with("in common") && !step.agreement.starts_with("none"))
        .collect();
    assert!(shared.len() > 20);
    assert!(
        shared.iter().all(|step| step.bits > 2.0),
        "company must speak for one person"
    );
}
