//! Warnings: raised by what belongs together, and by nothing else; acknowledged once.
#![allow(clippy::unwrap_used)]

mod cases_fixture;

use cases_fixture::{Copies, World, cited, date, day, group, person, place, state, victim};
use model::{RecordId, SourceId, Vocabularies};
use onrecord_link::alerts::{Acknowledgement, Alert, Alerts, Inputs, Rules, Severity};
use onrecord_link::cases::{self, Register, Statuses};
use onrecord_link::threads::{self, Threads};
use proptest::prelude::*;
use serde_json::{Value, json};

struct Given<'a> {
    groups: &'a [Vec<RecordId>],
    acknowledged: &'a [Acknowledgement],
    copies: Copies,
    rules: Rules,
}

fn shipped() -> Rules {
    Rules::shipped(&Vocabularies::shipped().unwrap())
}

impl Default for Given<'_> {
    fn default() -> Self {
        Self {
            groups: &[],
            acknowledged: &[],
            copies: Copies::default(),
            rules: shipped(),
        }
    }
}

fn alerts(world: &World, given: &Given) -> Alerts {
    let (records, documents) = (&world.records[..], &world.documents[..]);
    let today = day("2024-12-31");
    let threads = threads::Inputs {
        records,
        documents,
        provenance: None,
        judgements: &[],
        today,
    };
    let threads = Threads::of(&threads, &threads::Rules::shipped());
    let register = cases::Inputs {
        records,
        documents,
        clusters: &[],
        judgements: &[],
        threads: Some(&threads),
        today,
    };
    let register = Register::of(&register, &Statuses::shipped());
    let inputs = Inputs {
        records,
        documents,
        provenance: Some(&given.copies),
        groups: given.groups,
        register: Some(&register),
        threads: Some(&threads),
        acknowledged: given.acknowledged,
        today,
    };
    Alerts::of(&inputs, &given.rules)
}

fn of_rule<'a>(alerts: &'a Alerts, rule: &str) -> Vec<&'a Alert> {
    alerts
        .alerts
        .iter()
        .filter(|alert| alert.rule == rule)
        .collect()
}

const BORDER: &str = "repatriation-after-border-opens";

fn escapees(world: &mut World, source: SourceId, iso: &str, on: &str) -> RecordId {
    let fields = json!({
        "victims": [cited(json!({ "who": group("escapees"), "characteristics": ["escapees"] }))],
        "perpetrators": [victim(state(iso))], "date": date(on)
    });
    world.allegation(source, "arbitrary-detention", fields)
}

/// A border that opened and escapees held so many days later.
fn border(iso: &str, held: &str) -> World {
    let mut world = World::default();
    let source = world.document("2024-12-01");
    world.event(source, "border-opened", state("KP"), "2024-09-01");
    escapees(&mut world, source, iso, held);
    world
}

#[test]
fn a_border_opened_near_held_escapees_warns() {
    let found = alerts(&border("KP", "2024-10-30"), &Given::default());
    let alert = of_rule(&found, BORDER)[0];
    assert_eq!(alert.severity, Severity::Urgent);
    assert_eq!(alert.state.as_deref(), Some("state:KP"));
    assert!(
        alert
            .words
            .contains("A border of North Korea is reported opened within 60 days")
    );
    assert_eq!(alert.grounds.len(), 2);
    assert_eq!(alert.grounds[0].part, "the border opened");
    assert_eq!(alert.grounds[0].evidence.quote, "border-opened");
    assert_eq!(alert.on.unwrap().to_string(), "2024-10-30");
    assert!(!alert.is_past);
}

#[test]
fn too_late_elsewhere_or_too_vague_does_not_warn() {
    for world in [
        border("KP", "2024-11-01"),
        border("CN", "2024-10-01"),
        border("KP", "2024"),
    ] {
        assert!(of_rule(&alerts(&world, &Given::default()), BORDER).is_empty());
    }
}

#[test]
fn what_one_undated_document_tells_together_warns() {
    let mut world = World::default();
    let (source, other) = (world.document(""), world.document(""));
    world.event(source, "border-opened", state("KP"), "");
    let feared = |world: &mut World, source| {
        let fields = json!({ "modality": cited(json!("feared")), "place": cited(state("KP")) });
        world.allegation(source, "forced-repatriation", fields)
    };
    feared(&mut world, other);
    assert!(of_rule(&alerts(&world, &Given::default()), BORDER).is_empty());
    feared(&mut world, source);
    let found = alerts(&world, &Given::default());
    assert!(of_rule(&found, BORDER)[0].words.contains("has no date"));
}

#[test]
fn an_old_alert_is_past_and_comes_last() {
    let mut world = border("KP", "2024-10-01");
    let source = world.document("2015-01-01");
    world.event(source, "border-opened", state("KP"), "2014-12-01");
    escapees(&mut world, source, "KP", "2014-12-20");
    let found = alerts(&world, &Given::default());
    let past: Vec<bool> = of_rule(&found, BORDER)
        .iter()
        .map(|alert| alert.is_past)
        .collect();
    assert_eq!(past, [false, true]);
}

#[test]
fn other_records_change_no_id_and_more_evidence_stays_with_its_alert() {
    let mut world = border("KP", "2024-10-01");
    let before = alerts(&world, &Given::default());
    let id = of_rule(&before, BORDER)[0].id.clone();
    let acknowledged = [Acknowledgement {
        alert: id.clone(),
        by: "Ana".to_owned(),
        at: world.records[1].id.milliseconds() + 500,
        reason: "written to the embassy".to_owned(),
    }];
    for record in &mut world.records {
        assert!(record.id.milliseconds() < acknowledged[0].at);
    }
    let source = world.document("2024-12-02");
    world.event(source, "border-opened", state("CN"), "2024-09-01");
    world.call(source, state("JP"), state("KP"), "release them");
    let given = Given {
        acknowledged: &acknowledged,
        ..Given::default()
    };
    let same = alerts(&world, &given);
    let alert = of_rule(&same, BORDER)[0];
    assert_eq!((alert.id.as_str(), alert.grounds.len()), (id.as_str(), 2));
    assert_eq!(alert.acknowledged.as_ref().unwrap().by, "Ana");
    assert!(alert.since_acknowledged.is_empty());
    // Two more reports of the same: one came in after the alert was seen.
    escapees(&mut world, source, "KP", "2024-10-05");
    let late = RecordId::new(acknowledged[0].at + 1, [9; 10]);
    escapees(&mut world, source, "KP", "2024-10-06");
    world.records.last_mut().unwrap().id = late;
    let more = alerts(&world, &given);
    let alert = of_rule(&more, BORDER)[0];
    assert_eq!((alert.id.as_str(), alert.grounds.len()), (id.as_str(), 4));
    assert_eq!(alert.since_acknowledged, [late]);
}

#[test]
fn an_acknowledgement_without_its_alert_is_told() {
    let acknowledged = [Acknowledgement {
        alert: "0011223344556677".to_owned(),
        by: "Ana".to_owned(),
        at: 5,
        reason: String::new(),
    }];
    let given = Given {
        acknowledged: &acknowledged,
        ..Given::default()
    };
    let found = alerts(&border("KP", "2024-10-01"), &given);
    assert_eq!(found.without_alert, acknowledged);
    assert!(
        found
            .alerts
            .iter()
            .all(|alert| alert.acknowledged.is_none())
    );
}

/// One arrest in each month of a year, and several in its December.
fn arrests(in_december: usize) -> World {
    let mut world = World::default();
    let source = world.document("2024-12-31");
    for month in 1..=11 {
        let fields =
            json!({ "place": cited(state("KP")), "date": date(&format!("2024-{month:02}-10")) });
        world.allegation(source, "arbitrary-detention", fields);
    }
    for number in 0..in_december {
        let fields = json!({ "place": cited(state("KP")), "date": date(&format!("2024-12-{:02}", number + 1)) });
        world.allegation(source, "arbitrary-detention", fields);
    }
    world
}

#[test]
fn a_surge_is_told_against_the_months_before() {
    let found = alerts(&arrests(6), &Given::default());
    let surges = of_rule(&found, "surge-of-arrests");
    assert_eq!(surges.len(), 1);
    let words = &surges[0].words;
    assert!(
        words.contains("6 reports") && words.contains("in 2024-12, against 1.0 a month"),
        "{words}"
    );
    assert!(words.contains("in the 6 months before"), "{words}");
    assert_eq!(surges[0].grounds.len(), 6);
    assert!(of_rule(&alerts(&arrests(4), &Given::default()), "surge-of-arrests").is_empty());
}

#[test]
fn reports_of_one_incident_and_copies_are_no_surge() {
    let mut world = arrests(6);
    let december: Vec<RecordId> = world.records[11..].iter().map(|record| record.id).collect();
    let groups = [december];
    let given = Given {
        groups: &groups,
        ..Given::default()
    };
    assert!(of_rule(&alerts(&world, &given), "surge-of-arrests").is_empty());
    let original = world.records[0].source.unwrap();
    let mut given = Given::default();
    for record in &mut world.records[11..] {
        record.citations[0].quote.quote = "six people were arrested".to_owned();
    }
    for at in 12..17 {
        let copy = world.document("2024-12-31");
        world.records[at].source = Some(copy);
        given.copies.0.insert(copy, original);
    }
    assert!(of_rule(&alerts(&world, &given), "surge-of-arrests").is_empty());
}

#[test]
fn the_day_of_publication_makes_no_surge() {
    let mut world = arrests(0);
    for _ in 0..8 {
        let source = world.document("2024-12-20");
        world.allegation(
            source,
            "arbitrary-detention",
            json!({ "place": cited(state("KP")) }),
        );
    }
    let found = alerts(&world, &Given::default());
    assert!(of_rule(&found, "surge-of-arrests").is_empty());
    assert_eq!(found.undated["surge-of-arrests"], 8);
}

fn detained(world: &mut World, since: &str) {
    let source = world.document("2024-12-01");
    let body = json!({ "case": {
        "subject": cited(person("Oren Vale")), "category": cited(json!("detainee")),
        "held_at": cited(place("place:evin", "Evin prison")),
        "statuses": [cited(json!({ "status": "held", "since": { "date": since, "basis": "as written" } }))]
    } });
    world.add(source, "Oren Vale", body);
}

#[test]
fn a_person_of_whom_nothing_is_heard_is_told_until_there_is_news() {
    let mut world = World::default();
    detained(&mut world, "2021-05");
    let silent = alerts(&world, &Given::default());
    let alert = of_rule(&silent, "no-news-of-person")[0].clone();
    assert!(
        alert
            .words
            .contains("Oren Vale since 2021-05: between 1,310 and 1,340 days ago"),
        "{}",
        alert.words
    );
    detained(&mut world, "2024-11-01");
    assert!(of_rule(&alerts(&world, &Given::default()), "no-news-of-person").is_empty());
    world.records.pop();
    detained(&mut world, "2023-02-01");
    let again = alerts(&world, &Given::default());
    assert_ne!(
        of_rule(&again, "no-news-of-person")[0].id,
        alert.id,
        "a new silence is a new alert"
    );
}

#[test]
fn a_demand_made_again_and_again_is_told() {
    let mut world = World::default();
    for published in ["2014-02-17", "2017-07-27", "2023-10-19"] {
        let source = world.document(published);
        world.call(
            source,
            state("JP"),
            state("KP"),
            "return {case} abducted persons",
        );
    }
    let found = alerts(&world, &Given::default());
    let words = &of_rule(&found, "demand-unanswered")[0].words;
    assert!(
        words.contains("North Korea (“return {case} abducted persons”) has been asked 3 times"),
        "{words}"
    );
}

#[test]
fn a_file_of_ones_own_adds_replaces_and_turns_off() {
    let vocabularies = Vocabularies::shipped().unwrap();
    let own = r#"
[[rule]]
id = "no-news-of-person"
enabled = false

[[rule]]
id = "surge-of-arrests"
kind = "surge"
title = "Arrests"
says = "{count} in {month}"
severity = "watch"
trailing_months = 3
percent_of_mean = 150
minimum = 2
lasts_days = 90
[[rule.counted]]
part = "arrest"
kinds = ["allegation"]
codes = ["liberty-and-security"]
"#;
    let rules = shipped().with("own.toml", own, &vocabularies).unwrap();
    assert!(rules.ids().all(|id| id != "no-news-of-person"));
    let found = alerts(
        &arrests(2),
        &Given {
            rules,
            ..Given::default()
        },
    );
    assert_eq!(of_rule(&found, "surge-of-arrests")[0].words, "2 in 2024-12");
}

#[test]
fn a_mistake_in_a_rule_is_named_with_its_line_and_what_to_write() {
    let vocabularies = Vocabularies::shipped().unwrap();
    let right = r#"[[rule]]
id = "x"
kind = "sequence"
title = "t"
says = "{state}"
severity = "watch"
within_days = 10
lasts_days = 10
[[rule.first]]
part = "a"
kinds = ["event"]
codes = ["border-opened"]
[[rule.then]]
part = "b"
kinds = ["allegation"]
"#;
    assert!(
        Rules::default()
            .with("own.toml", right, &vocabularies)
            .is_ok()
    );
    for (from, to, said) in [
        (
            "border-opened",
            "boarder-opened",
            "own.toml, line 12: `boarder-opened` is no term of the vocabulary event-type; did you mean `border-opened`?",
        ),
        (
            "[\"allegation\"]",
            "[\"allegations\"]",
            "own.toml, line 15: `allegations` is no term of the vocabulary record-kind; did you mean `allegation`?",
        ),
        (
            "\"sequence\"",
            "\"chain\"",
            "own.toml, line 3: `chain` is no kind of rule; write \"sequence\", \"surge\" or \"silence\"",
        ),
        (
            "{state}",
            "{country}",
            "own.toml, line 5: `{country}` is nothing this kind of rule knows; it knows {state}, {days}",
        ),
        (
            "within_days = 10\n",
            "",
            "own.toml, line 2: the rule `x` lacks within_days",
        ),
        (
            "severity = \"watch\"",
            "severity = \"high\"",
            "own.toml, line 6: ",
        ),
        (
            "lasts_days",
            "last_days",
            "own.toml, line 8: unknown field `last_days`",
        ),
        ("id = \"x\"", "id = x", "own.toml, line 2: "),
    ] {
        let error = Rules::default().with("own.toml", &right.replacen(from, to, 1), &vocabularies);
        let error = error.unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let twice = format!("{right}{right}");
    let error = Rules::default()
        .with("own.toml", &twice, &vocabularies)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("line 17: the id `x` stands twice"),
        "{error}"
    );
}

#[test]
fn the_order_of_records_has_no_meaning() {
    let mut world = border("KP", "2024-10-01");
    let source = world.document("2024-11-20");
    for on in ["2024-09-20", "2024-10-02"] {
        world.event(source, "border-opened", state("KP"), on);
        escapees(&mut world, source, "KP", on);
    }
    detained(&mut world, "2020");
    let given = Given::default();
    assert_eq!(alerts(&world, &given), alerts(&world.shuffled(), &given));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_file_of_rules_panics(text in "(\\[\\[rule(\\.first)?\\]\\]\n|id = \"a\"\n|kind = \"surge\"\n|days = [0-9]{1,6}\n|\\PC{0,20}\n){0,12}") {
        let vocabularies = Vocabularies::default();
        let _ = Rules::default().with("own.toml", &text, &vocabularies);
    }
}

#[test]
fn nothing_in_nothing_out() {
    let found = alerts(&World::default(), &Given::default());
    assert_eq!(found, Alerts::default());
    let _: Value = serde_json::to_value(&found).unwrap();
}
