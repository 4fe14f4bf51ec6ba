//! The archive as a whole: who copied whom, what is one incident, who is one person, and what
//! people judged of it.

use crate::support::Place;
use serde_json::Value;
use std::collections::BTreeMap;

/// Syllables of given names, in Hangul and as the North spells them.
const SYLLABLES: [(&str, &str); 16] = [
    ("영", "Yong"),
    ("철", "Chol"),
    ("수", "Su"),
    ("희", "Hui"),
    ("순", "Sun"),
    ("옥", "Ok"),
    ("남", "Nam"),
    ("호", "Ho"),
    ("일", "Il"),
    ("성", "Song"),
    ("금", "Kum"),
    ("은", "Un"),
    ("경", "Kyong"),
    ("미", "Mi"),
    ("숙", "Suk"),
    ("혜", "Hye"),
];
const SURNAMES: [(&str, &str); 8] = [
    ("김", "Kim"),
    ("리", "Ri"),
    ("박", "Pak"),
    ("최", "Choe"),
    ("정", "Jong"),
    ("강", "Kang"),
    ("조", "Jo"),
    ("윤", "Yun"),
];
const PLACES: [&str; 4] = ["Hoeryong", "Musan", "Onsong", "Chongjin"];
const PEOPLE: usize = 300;

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Three lists of made-up persons, who overlap; list A in Hangul. The number of the person in each
/// row, by list.
fn import_three(place: &Place) -> BTreeMap<&'static str, Vec<usize>> {
    let mut numbers = Numbers(11);
    let mut lists = [
        (
            "A",
            "성명,생년월일,성별,장소,체포일\n".to_owned(),
            45,
            Vec::new(),
        ),
        (
            "B",
            "Name,Born,Sex,Place of arrest,Date of arrest\n".to_owned(),
            45,
            Vec::new(),
        ),
        (
            "C",
            "Name,Born,Sex,Place of arrest,Date of arrest\n".to_owned(),
            40,
            Vec::new(),
        ),
    ];
    for person in 0..PEOPLE {
        let surname = SURNAMES[numbers.below(SURNAMES.len())];
        let given = [SYLLABLES[numbers.below(16)], SYLLABLES[numbers.below(16)]];
        let born = (
            1930 + numbers.below(60),
            1 + numbers.below(12),
            1 + numbers.below(28),
        );
        let sex = ["F", "M"][numbers.below(2)];
        let at = PLACES[numbers.below(PLACES.len())];
        let taken = (1990 + numbers.below(20), 1 + numbers.below(12));
        for (name, rows, share, members) in &mut lists {
            if numbers.below(100) >= *share {
                continue;
            }
            let written = match *name {
                "A" => format!("{}{}{}", surname.0, given[0].0, given[1].0),
                "B" => format!("{} {} {}", surname.1, given[0].1, given[1].1),
                _ => format!("{} {}-{}", surname.1, given[0].1, given[1].1.to_lowercase()),
            };
            let born = match numbers.below(3) {
                0 => born.0.to_string(),
                _ => format!("{}-{:02}-{:02}", born.0, born.1, born.2),
            };
            let taken = format!("{}-{:02}", taken.0, taken.1);
            rows.push_str(&format!("{written},{born},{sex},{at},{taken}\n"));
            members.push(person);
        }
    }
    let mut who = BTreeMap::new();
    for (name, rows, _, members) in lists {
        let file = format!("list-{name}.csv");
        place.write(&file, rows);
        place.ok(&[
            "import",
            &file,
            "--list",
            name,
            "--category",
            "detainee",
            "--one-to-one",
        ]);
        who.insert(name, members);
    }
    who
}

fn persons(place: &Place) -> Vec<Vec<String>> {
    let all = place.json(&["link", "people"]);
    let rows = all.iter().filter_map(|line| line["rows"].as_array());
    rows.map(|rows| {
        rows.iter()
            .map(|id| id.as_str().unwrap().to_owned())
            .collect()
    })
    .collect()
}

/// The person that each record of a list is about, by the row it cites.
fn truth(place: &Place, who: &BTreeMap<&str, Vec<usize>>) -> BTreeMap<String, usize> {
    let mut truth = BTreeMap::new();
    for record in place.exported() {
        if record["kind"] != "person" {
            continue;
        }
        let Some(list) = record["fields"]["listed"]["value"]["list"].as_str() else {
            continue;
        };
        let row = record["fields"]["listed"]["value"]["row"].as_u64().unwrap() as usize;
        // The first row holds the headings.
        truth.insert(
            record["id"].as_str().unwrap().to_owned(),
            who[list][row - 2],
        );
    }
    truth
}

#[test]
fn the_same_person_in_three_lists_is_found_and_judgements_hold() {
    let place = Place::with_archive();
    let who = import_three(&place);
    let truth = truth(&place, &who);
    assert_eq!(truth.len(), who.values().map(Vec::len).sum::<usize>());
    let linked = persons(&place);
    let (mut right, mut wrong) = (0, 0);
    for person in &linked {
        for (at, one) in person.iter().enumerate() {
            for other in &person[at + 1..] {
                match truth[one] == truth[other] {
                    true => right += 1,
                    false => wrong += 1,
                }
            }
        }
    }
    let mut lists_of: BTreeMap<usize, usize> = BTreeMap::new();
    truth
        .values()
        .for_each(|person| *lists_of.entry(*person).or_default() += 1);
    let pairs: usize = lists_of.values().map(|lists| lists * (lists - 1) / 2).sum();
    assert!(
        right * 100 >= pairs * 85,
        "{right} of {pairs} pairs were found"
    );
    assert!(
        wrong * 50 <= right,
        "{wrong} pairs are wrong, {right} right"
    );

    // What a person says holds, in whatever order the rows stand, and can be taken back.
    let pair = linked.iter().find(|person| person.len() == 2).unwrap();
    let together = |place: &Place| {
        persons(place)
            .iter()
            .any(|one| one.contains(&pair[0]) && one.contains(&pair[1]))
    };
    assert!(together(&place));
    let why = place.ok(&["why", &pair[0], &pair[1]]);
    assert!(why.contains("bits") && why.contains("surname"), "{why}");
    place.ok(&[
        "judge",
        &pair[1],
        &pair[0],
        "--verdict",
        "different",
        "--reason",
        "two photographs",
    ]);
    assert!(!together(&place));
    let why = place.ok(&["why", &pair[0], &pair[1]]);
    assert!(
        why.contains("different") && why.contains("two photographs"),
        "{why}"
    );
    place.ok(&["rebuild"]);
    assert!(!together(&place));
    place.ok(&["judge", &pair[0], &pair[1], "--verdict", "withdraw"]);
    assert!(together(&place));
    place.ok(&["verify"]);

    // How many are in no list: a range that holds the truth, never one number alone.
    let found = &place.json(&["estimate"])[0];
    let range = &found["recommended"];
    let (low, high) = (
        range["low"].as_f64().unwrap(),
        range["high"].as_f64().unwrap(),
    );
    assert!(
        low < PEOPLE as f64 && (PEOPLE as f64) < high,
        "{low} to {high}"
    );
    assert!(found["methods"].as_array().unwrap().len() > 3);
    let (words, _) = place.exits(&["estimate", "--list", "A", "--list", "B"], 1);
    assert!(words.contains("not said here"), "{words}");
}

#[test]
fn the_demonstration_as_a_whole() {
    let place = Place::with_demo();
    // The news item and its republication are one origin.
    let groups = place.json(&["lineage"]);
    assert!(!groups.is_empty());
    let words = place.ok(&["lineage"]);
    assert!(words.contains("origins at most"), "{words}");
    let group = groups[0]["group"].as_array().unwrap();
    let second = group[1].as_str().unwrap();
    let told = place.ok(&["lineage", second]);
    assert!(told.contains("count as one origin"), "{told}");

    let incidents = place.json(&["incidents", "--general"]);
    let count = |value: &Value| value.as_array().unwrap().len() as u64;
    let copied = incidents.iter().find(|incident| {
        count(&incident["documents"]) > incident["origins_at_most"].as_u64().unwrap()
    });
    let copied = copied.expect("an allegation of the copied item has more documents than origins");
    let id = copied["incident"].as_str().unwrap();
    let shown = place.ok(&["incidents", id]);
    assert!(
        shown.contains("Support: ") && shown.contains("Condition “"),
        "{shown}"
    );
    let member = copied["allegations"][0]["record"].as_str().unwrap();
    let why = place.ok(&["why", member]);
    assert!(why.contains("by the rule") && why.contains(id), "{why}");

    let demands = place.json(&["calls", "--today", "2026-01-01"]);
    assert!(
        !demands.is_empty()
            && demands
                .iter()
                .all(|thread| thread["silence"]["words"].is_string())
    );
    let table = place.ok(&["patterns", "--csv"]);
    assert!(
        table
            .lines()
            .next()
            .unwrap()
            .starts_with("key,label,events_least")
    );
    assert!(
        place
            .ok(&["patterns", "--measures"])
            .contains("no legal conclusion")
    );
    assert!(
        place
            .ok(&["patterns", "--matrix"])
            .contains("only a court convicts")
    );
    let cases = place.json(&["cases", "--proposed", "--today", "2026-01-01"]);
    assert!(
        !cases.is_empty()
            && cases
                .iter()
                .all(|case| case["counters"]["words"].is_string())
    );
}

#[test]
fn an_alert_is_raised_with_its_evidence_and_acknowledged_by_a_person() {
    let place = Place::with_archive();
    place.write(
        "border.md",
        "---\ntitle: Border reopened\npublished: 2023-08-27\n---\n\nNorth Korea reopened its border with China on 26 August 2023.\n",
    );
    place.write(
        "held.md",
        "---\ntitle: Held\npublished: 2023-09-10\n---\n\nChina has arbitrarily detained hundreds of North Korean escapees, rights groups said on 10 September 2023. They are at risk of forced repatriation to North Korea.\n",
    );
    place.ok(&["add", "border.md", "held.md"]);
    let (_, _) = place.exits(&["alerts", "--today", "2023-09-20"], 1);
    let alerts = place.run(&["alerts", "--today", "2023-09-20", "--json"]);
    let alerts = crate::support::lines(&String::from_utf8(alerts.stdout).unwrap());
    let alert = alerts
        .iter()
        .find(|alert| alert["rule"] == "repatriation-after-border-opens")
        .expect("the border opened while people are held");
    assert!(alert["grounds"].as_array().unwrap().len() >= 2);
    let id = alert["id"].as_str().unwrap();
    place.ok(&[
        "alerts",
        id,
        "--acknowledge",
        "--reason",
        "sent to the desk",
        "--today",
        "2023-09-20",
    ]);
    let rest = place.run(&["alerts", "--today", "2023-09-20", "--json"]);
    assert!(!String::from_utf8(rest.stdout).unwrap().contains(id));
    let seen = place.run(&["alerts", "--all", "--today", "2023-09-20"]);
    let seen = String::from_utf8(seen.stdout).unwrap();
    assert!(
        seen.contains("Acknowledged by A tester") && seen.contains("sent to the desk"),
        "{seen}"
    );
}

#[test]
fn a_case_is_opened_by_hand_and_cites_who_said_so() {
    let place = Place::with_archive();
    place.ok(&[
        "open-case",
        "Kim Yong-ho",
        "--category",
        "separated-family",
        "--also",
        "김영호",
        "--born",
        "1931",
        "--last-seen-at",
        "Kaesong",
        "--last-seen-on",
        "1950-12",
        "--note",
        "asked for by his daughter, \"every year\"",
    ]);
    let cases = place.json(&["cases", "--today", "2026-01-01"]);
    assert_eq!(cases.len(), 1);
    let words = cases[0]["counters"]["words"].as_str().unwrap();
    assert!(words.contains("1950-12"), "{words}");
    let shown = place.ok(&[
        "cases",
        cases[0]["id"].as_str().unwrap(),
        "--today",
        "2026-01-01",
    ]);
    assert!(
        shown.contains("김영호") && shown.contains("Kaesong"),
        "{shown}"
    );
    place.ok(&["verify"]);
    let (_, why) = place.exits(&["open-case", "Kim", "--category", "nonsense"], 2);
    assert!(why.contains("separated-family"), "{why}");
}

#[test]
fn what_cannot_be_judged_is_refused_in_words() {
    let place = Place::with_demo();
    let records = place.exported();
    let of = |kind: &str| {
        let record = records.iter().find(|record| record["kind"] == kind);
        record.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let (allegation, call) = (of("allegation"), of("call"));
    let (_, why) = place.exits(&["judge", &allegation, &call, "-v", "same"], 2);
    assert!(why.contains("cannot be judged the same"), "{why}");
    let (_, why) = place.exits(&["judge", &allegation, &allegation, "-v", "same"], 2);
    assert!(why.contains("the same record"), "{why}");
    place.write("counts.csv", "A,B,C,count\n1,0,0,5\n1,2,0,3\n");
    let (_, why) = place.exits(&["estimate", "counts.csv"], 2);
    assert!(
        why.contains("line 3") && why.contains("neither 0 nor 1"),
        "{why}"
    );
}
