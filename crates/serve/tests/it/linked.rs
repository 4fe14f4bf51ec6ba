//! What the API gives of the archive laid out as a whole, and what leaves as a whole.
use crate::house::{House, Person, json_of, text};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::{Value, json};
use std::time::Duration;

/// Asks until the archive is laid out.
async fn laid(person: &Person<'_>, path: &str) -> Value {
    for _ in 0..600 {
        let seen = person.ask("GET", path, &[], "").await;
        if seen.status != StatusCode::SERVICE_UNAVAILABLE {
            assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.body);
            return json_of(&seen);
        }
        assert!(!seen.header("retry-after").is_empty());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path}: the archive was never laid out");
}

#[tokio::test]
async fn every_list_that_linking_makes_goes_on_where_its_cursor_says() {
    let house = House::with_demo().await;
    let rea = Person::new(&house, "Rea", Role::Reader);
    let mut full = 0;
    for list in [
        "/incidents",
        "/incidents?level=event",
        "/timeline",
        "/places",
        "/cases",
        "/calls",
        "/pledges",
        "/alerts",
        "/persons",
        "/pairs",
        "/lineages",
    ] {
        let sign = if list.contains('?') { '&' } else { '?' };
        let whole = laid(&rea, &format!("{list}{sign}limit=200")).await;
        let items = whole["items"].as_array().unwrap().clone();
        assert_eq!(whole["count"], items.len(), "{list}");
        assert_eq!(whole["next"], Value::Null, "{list}");
        full += usize::from(items.len() > 2);
        let mut walked = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = rea.get(&format!("{list}{sign}limit=2{cursor}")).await;
            walked.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(walked, items, "{list}");
    }
    assert!(
        full >= 6,
        "only {full} lists of the demonstration hold anything"
    );
}

#[tokio::test]
async fn an_incident_is_found_by_any_of_its_allegations_and_says_what_supports_it() {
    let house = House::with_demo().await;
    let rea = Person::new(&house, "Rea", Role::Reader);
    let incidents = laid(&rea, "/incidents?origins=2&limit=200").await;
    let incidents = incidents["items"].as_array().unwrap();
    assert!(!incidents.is_empty());
    for one in incidents {
        assert!(one["origins_at_most"].as_u64().unwrap() >= 2, "{one}");
    }
    let allegations = incidents[0]["allegations"].as_array().unwrap();
    let last = text(allegations.last().unwrap());
    let incident = rea.get(&format!("/incidents/{last}")).await["item"].clone();
    assert_eq!(incident["id"], incidents[0]["id"]);
    let origins = incident["support"]["origins"].as_array().unwrap();
    assert_eq!(origins.len() as u64, incident["origins_at_most"]);
    let alone = rea.get(&format!("/records/{last}/corroboration")).await;
    assert_eq!(alone["item"]["incident"]["id"], incidents[0]["id"]);
    let own = alone["item"]["alone"]["origins"].as_array().unwrap();
    assert!(own.len() <= origins.len());
    let of_type = text(&incident["types"][0]["type"]);
    let alike = rea
        .get(&format!("/incidents?type={of_type}&limit=200"))
        .await;
    let alike = alike["items"].as_array().unwrap();
    assert!(alike.iter().any(|one| one["id"] == incident["id"]));
    let dated = rea.get("/timeline?since=2010&until=2014&limit=200").await;
    let dated = dated["items"].as_array().unwrap();
    assert!(!dated.is_empty());
    for one in dated {
        let time = &one["time"];
        assert!(
            time["latest"].is_null() || text(&time["latest"]).as_str() >= "2010",
            "{one}"
        );
        assert!(
            time["earliest"].is_null() || text(&time["earliest"]).as_str() < "2015",
            "{one}"
        );
    }
    for nothing in [
        "/incidents/x",
        "/records/x/corroboration",
        "/cases/x",
        "/persons/x",
    ] {
        let seen = rea.ask("GET", nothing, &[], "").await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn figures_are_the_same_as_json_and_as_csv() {
    let house = House::with_demo().await;
    let rea = Person::new(&house, "Rea", Role::Reader);
    let table = laid(&rea, "/statistics").await["item"].clone();
    let rows = table["rows"].as_array().unwrap();
    assert!(rows.len() > 3);
    let csv = rea.ask("GET", "/statistics/table.csv", &[], "").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), rows.len() + 1);
    assert!(lines[0].starts_with("key,label,events_least,events_most"));
    for (row, line) in rows.iter().zip(&lines[1..]) {
        let events = &row["figures"]["events"];
        let begins = format!("{},", text(&row["key"]));
        assert!(line.starts_with(&begins), "{line}");
        let figures = format!(",{},{},", events["least"], events["most"]);
        assert!(line.contains(&figures), "{line} has no {figures}");
    }
    for by in ["year", "place", "source", "speakers", "victim-group"] {
        let table = rea.get(&format!("/statistics?by={by}")).await["item"].clone();
        assert!(!text(&table["unit"]).is_empty() && !text(&table["denominator"]).is_empty());
    }
    let wrong = rea.ask("GET", "/statistics?by=colour", &[], "").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn everything_leaves_line_by_line_for_a_keeper() {
    let house = House::with_demo().await;
    let kim = Person::new(&house, "Kim", Role::Keeper);
    let export = kim.ask("GET", "/export?up_to=sealed", &[], "").await;
    assert_eq!(export.status, StatusCode::OK);
    assert_eq!(export.header("content-type"), "application/jsonl");
    let lines: Vec<Value> = export
        .body
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let end = lines.last().unwrap();
    assert_eq!(end, &json!({"kind": "end", "sources": 13, "withheld": 0}));
    let sources = lines.iter().filter(|line| line["kind"] == "source").count();
    assert_eq!(sources, 13);
    let records = kim.get("/records?limit=1&count=true").await["count"].clone();
    assert_eq!(lines.len() as u64 - 14, records.as_u64().unwrap());
    let source = text(&kim.get("/sources?limit=1").await["items"][0]["id"]);
    let custody = kim.get(&format!("/sources/{source}/custody")).await;
    let kinds: Vec<u64> = custody["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].as_u64().unwrap())
        .collect();
    assert_eq!(kinds[..3], [1, 2, 3], "collected, read, proposed");
    let lineage = laid(&kim, &format!("/sources/{source}/lineage")).await;
    assert_eq!(lineage["item"]["source"], source.as_str());
    // Locking ends what is under way: its last line never comes.
    let begun = kim.begun("/export?up_to=sealed").await;
    let seen = kim.ask("POST", "/lock", &[], "").await;
    assert_eq!(seen.status, StatusCode::NO_CONTENT);
    let read = axum::body::to_bytes(begun.into_body(), 64 << 20).await;
    assert!(read.is_err());
    let seen = kim.ask("GET", "/archive", &[], "").await;
    assert_eq!(seen.status, StatusCode::LOCKED);
}

#[tokio::test]
async fn many_names_are_looked_for_at_once() {
    let house = House::with_demo().await;
    let rea = Person::new(&house, "Rea", Role::Reader);
    let persons = laid(&rea, "/persons?limit=1").await;
    let known = text(&persons["items"][0]["names"][0]);
    let sent = json!({"names": [known, "Nobody Of This Name"]});
    let found = rea.post("/names", &[], &sent).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.body);
    let found = json_of(&found);
    assert_eq!(found["with_forms"], true);
    assert!(!found["items"][0]["records"].as_array().unwrap().is_empty());
    assert_eq!(found["items"][1]["passages"], 0);
    for unfit in [
        json!({"names": []}),
        json!({"names": [""]}),
        json!({"names": ["x".repeat(121)]}),
    ] {
        let seen = rea.post("/names", &[], &unfit).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{unfit}");
    }
    // Without lists nothing says how many are in none.
    let estimate = rea.ask("GET", "/estimate", &[], "").await;
    assert_eq!(estimate.status, StatusCode::NOT_FOUND, "{}", estimate.body);
}

#[test]
fn every_status_says_in_the_visitors_language_why() {
    let rule = link::corroboration::StatusRule::shipped().unwrap();
    assert!(rule.statuses().count() > 5);
    for (condition, _) in rule.statuses() {
        for language in web::Language::ALL {
            let key = format!("corroboration-because-{condition}");
            assert!(web::Text::of(language).has(&key), "{key}");
        }
    }
}
