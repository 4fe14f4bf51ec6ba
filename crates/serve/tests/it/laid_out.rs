//! Screens that look at the archive as a whole: corroboration, statistics.
use crate::house::{House, Seen, between};
use axum::http::StatusCode;
use std::time::Duration;

/// The page, once the archive is laid out.
pub async fn laid(house: &House, path: &str) -> Seen {
    house.ready(path, "being laid out").await
}

#[tokio::test]
async fn incidents_are_listed_narrowed_and_drawn() {
    let house = House::with_demo().await;
    let list = laid(&house, "/corroboration").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("at most"), "{}", list.body);
    let first = between(&list.body, "scope=\"row\"><a href=\"", "\"").to_owned();
    let incident = house.get(&first).await;
    assert_eq!(incident.status, StatusCode::OK);
    assert!(incident.body.contains("<svg class=\"graph\""));
    assert!(incident.body.contains("What would strengthen it"));
    // The first of the list has the most origins: more than one, each with a box and a line.
    assert!(incident.body.matches("class=\"origin\"").count() > 1);
    assert!(incident.body.matches("<path class=\"edge\"").count() > 2);
    // Any allegation of it leads to the same page.
    let member = between(&incident.body, "?record=", "#");
    let same = house.get(&format!("/corroboration/{member}")).await;
    assert_eq!(same.status, StatusCode::OK);
    let none = house.get("/corroboration?type=no-such-type").await;
    assert!(none.body.contains("No incident is like that"));
    let nowhere = house.get("/corroboration/0190").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_table_says_its_unit_denominator_and_coverage() {
    let house = House::with_demo().await;
    laid(&house, "/statistics").await;
    for by in [
        "type",
        "family",
        "place",
        "state",
        "year",
        "perpetrator",
        "victim-group",
        "source",
        "speakers",
        "victims",
    ] {
        let page = house.get(&format!("/statistics?by={by}")).await;
        assert_eq!(page.status, StatusCode::OK, "{by}");
        for word in [
            "Unit",
            "Out of",
            "Coverage",
            "What is recorded, not what occurred",
        ] {
            assert!(page.body.contains(word), "{by}: {word}");
        }
        assert!(page.body.contains("class=\"barline\""), "{by} has no bar");
        let table = house.get(&format!("/statistics/table.csv?by={by}")).await;
        assert!(table.body.starts_with("key,label,"), "{by}: {}", table.body);
        assert!(table.body.lines().count() > 1, "{by}");
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    }
    let nonsense = house.get("/statistics?by=luck").await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_archive_is_verified_in_the_background_and_a_source_proves_itself() {
    let house = House::with_demo().await;
    let before = house.get("/integrity").await;
    assert!(before.body.contains("Not verified since"));
    let begun = house.request("POST", "/integrity/verify", &[], "").await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER);
    let mut after = house.get("/integrity").await;
    while after.body.contains("<progress") {
        assert_eq!(after.header("refresh"), "1");
        tokio::time::sleep(Duration::from_millis(50)).await;
        after = house.get("/integrity").await;
    }
    assert!(after.body.contains("Sound on"), "{}", after.body);
    assert!(after.body.contains("quotes stand where they should"));
    let source = house
        .first_source()
        .await
        .replace("/sources/", "/integrity/");
    let custody = house.get(&source).await;
    assert!(custody.body.contains("A source was collected"));
    assert!(custody.body.contains("as recorded on"));
    let proof = house.get(&format!("{source}/proof.zip")).await;
    assert_eq!(proof.status, StatusCode::OK);
    assert!(proof.body.starts_with("PK"));
    let id = source.trim_start_matches("/integrity/");
    for end in ["tlog-proof", "entry", "vkey", "txt"] {
        assert!(proof.body.contains(&format!("{id}.{end}")), "{end}");
    }
}

#[tokio::test]
async fn the_audit_log_is_narrowed() {
    let house = House::with_demo().await;
    let all = house.get("/log").await;
    assert!(all.body.contains("The archive was made"), "{}", all.body);
    let sources = house.get("/log?kind=source").await;
    assert!(sources.body.contains("13 entries"));
    assert!(!sources.body.contains("<td>It was read"));
    let never = house.get("/log?until=2001-01-01").await;
    assert!(never.body.contains("No entry is like that"));
}

#[tokio::test]
async fn what_happened_is_drawn_by_time_and_place() {
    let house = House::with_demo().await;
    let line = laid(&house, "/timeline").await;
    assert_eq!(line.status, StatusCode::OK);
    assert!(
        line.body.matches("<g class=\"span").count() > 3,
        "{}",
        line.body
    );
    // The drawing and the table hold the same rows.
    let drawn = line.body.matches("<g class=\"span").count();
    assert_eq!(line.body.matches("<tr data-row>").count(), drawn);
    let map = house.get("/map").await;
    assert!(map.body.matches("<g class=\"spot\"").count() > 1);
    assert!(map.body.contains("± "));
    assert!(map.body.contains("No coordinates"));
    let world = house.get("/map?world=1").await;
    assert!(world.body.len() < 150_000, "{} bytes", world.body.len());
    let none = house.get("/timeline?decade=1230").await;
    assert!(none.body.contains("No dated incident"));
}

#[tokio::test]
async fn the_passphrase_is_changed_and_other_sessions_end() {
    let house = House::with_passphrase("the old words of it").await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let tried = |old: &str, new: &str, again: &str| format!("old={old}&new={new}&again={again}");
    for (body, why) in [
        (
            tried("wrong", "quite+other+words", "quite+other+words"),
            "role=\"alert\"",
        ),
        (
            tried(
                "the+old+words+of+it",
                "quite+other+words",
                "not+the+same+ones",
            ),
            "not the same",
        ),
        (
            tried("the+old+words+of+it", "short", "short"),
            "at least 12",
        ),
    ] {
        let seen = house
            .request("POST", "/settings/passphrase", &form, &body)
            .await;
        assert!(seen.body.contains(why), "{why}: {}", seen.body);
    }
    let body = tried(
        "the+old+words+of+it",
        "quite+other+words",
        "quite+other+words",
    );
    let seen = house
        .request("POST", "/settings/passphrase", &form, &body)
        .await;
    assert!(
        seen.body.contains("The passphrase was changed"),
        "{}",
        seen.body
    );
    house.request("POST", "/lock", &[], "").await;
    let new = house
        .request("POST", "/unlock", &form, "passphrase=quite+other+words")
        .await;
    assert_eq!(new.status, StatusCode::SEE_OTHER);
    let stranger = house.get_as_stranger(&house.app.link()).await;
    assert_eq!(stranger.status, StatusCode::SEE_OTHER);
    let ended = house.request("POST", "/settings/sessions", &[], "").await;
    assert!(ended.body.contains("ended."), "{}", ended.body);
    assert!(ended.body.contains(">1 session<"), "{}", ended.body);
}
