//! From a proposal to a decision on record, by forms alone.
use crate::house::{House, between, words};
use axum::http::StatusCode;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

/// Record and version of the page's forms.
fn asked(page: &str) -> (String, String) {
    let record = between(page, "name=\"record\" value=\"", "\"").to_owned();
    let version = between(page, "name=\"version\" value=\"", "\"").to_owned();
    (record, version)
}

async fn decide(house: &House, body: &str) -> crate::house::Seen {
    house.request("POST", "/review/decide", &FORM, body).await
}

#[tokio::test]
async fn a_record_is_accepted_and_the_next_one_comes() {
    let house = House::with_demo().await;
    let page = house.get("/review?kind=call").await.body;
    assert!(page.contains("<mark class=\"claim\""));
    let (record, version) = asked(&page);
    let body = format!("kind=call&record={record}&version={version}&choice=accept");
    let sent = decide(&house, &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", words(&sent.body));
    let next = house.get(sent.header("location")).await.body;
    assert_ne!(
        asked(next.split("class=\"both\"").nth(1).unwrap()).0,
        record
    );
    assert!(words(&next).contains("Accepted: "), "{}", words(&next));
    assert!(words(&next).contains("1 decided"));
    // The record itself says who decided.
    let shown = house.get(&format!("/review?record={record}")).await.body;
    assert!(words(&shown).contains("tester accepted it"));
    // And it can be taken back.
    let back = decide(&house, &format!("record={record}&choice=withdraw")).await;
    let shown = house.get(back.header("location")).await.body;
    assert!(shown.contains("status proposed"), "{}", words(&shown));
}

#[tokio::test]
async fn a_grave_record_waits_for_a_second_person() {
    let house = House::with_demo().await;
    let page = house.get("/review").await.body;
    assert!(
        words(&page).contains("Grave: two persons decide"),
        "{}",
        words(&page)
    );
    let (record, version) = asked(&page);
    decide(
        &house,
        &format!("record={record}&version={version}&choice=accept"),
    )
    .await;
    let shown = house.get(&format!("/review?record={record}")).await.body;
    assert!(words(&shown).contains("Second review due"));
}

#[tokio::test]
async fn a_rejection_needs_a_reason_and_keeps_it() {
    let house = House::with_demo().await;
    let (record, version) = asked(&house.get("/review?kind=figure").await.body);
    let sent = format!("record={record}&version={version}&choice=reject");
    assert_eq!(decide(&house, &sent).await.status, StatusCode::CONFLICT);
    let sent = format!("{sent}&reason=not-said&note=a+menu");
    assert_eq!(decide(&house, &sent).await.status, StatusCode::SEE_OTHER);
    let shown = words(&house.get(&format!("/review?record={record}")).await.body);
    assert!(
        shown.contains("The words do not say it · a menu"),
        "{shown}"
    );
}

#[tokio::test]
async fn who_decides_upon_an_old_state_sees_both() {
    let house = House::with_demo().await;
    let (record, version) = asked(&house.get("/review?kind=call").await.body);
    let body = format!("record={record}&version={version}&choice=unsure");
    assert_eq!(decide(&house, &body).await.status, StatusCode::SEE_OTHER);
    // The second browser still shows the state before.
    let late = decide(&house, &body.replace("unsure", "accept")).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(words(&late.body).contains("Somebody decided on this record after you opened it"));
    assert!(words(&late.body).contains("tester was unsure"));
    // Blind, nobody sees what was decided.
    let blind = house
        .get(&format!("/review?record={record}&blind=1"))
        .await
        .body;
    assert!(!words(&blind).contains("was unsure"));
}

#[tokio::test]
async fn a_correction_rests_on_words_and_says_what_it_was() {
    let house = House::with_demo().await;
    let page = house.get("/review?kind=allegation").await.body;
    let (record, _) = asked(&page);
    let form = house
        .get(&format!("/review?record={record}&edit=1"))
        .await
        .body;
    let (_, version) = asked(&form);
    let carried = between(&form, "name=\"w.violation.0\" value=\"", "\"").to_owned();
    assert!(!carried.is_empty());
    let to = match form.contains("value=\"torture\" selected") {
        true => "rape",
        false => "torture",
    };
    let span = between(&form, "name=\"s.violation.0\" value=\"", "\"").to_owned();
    let sent = format!(
        "record={record}&version={version}&v.violation.0={to}&w.violation.0=x&s.violation.0={span}"
    );
    let saved = house.request("POST", "/review/correct", &FORM, &sent).await;
    assert_eq!(
        saved.status,
        StatusCode::SEE_OTHER,
        "{}",
        words(&saved.body)
    );
    let shown = words(&house.get(&format!("/review?record={record}")).await.body);
    assert!(shown.contains("tester corrected it"), "{shown}");
    // A value that rests on nothing is refused, with the reason.
    let (_, version) = asked(
        &house
            .get(&format!("/review?record={record}&edit=1"))
            .await
            .body,
    );
    let sent = format!("record={record}&version={version}&v.place.0=Camp+99&w.place.0=");
    let refused = house.request("POST", "/review/correct", &FORM, &sent).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        words(&refused.body).contains("rests on nothing"),
        "{}",
        words(&refused.body)
    );
}

#[tokio::test]
async fn words_of_a_source_are_coded_into_a_record() {
    let house = House::with_demo().await;
    let source = house.first_source().await;
    let page = house.get(&source).await.body;
    assert!(page.contains(&format!("href=\"{source}/code\"")));
    // The words are typed as they stand there: the first eight of a passage.
    let passage = between(&page, "data-start=\"", "</div>");
    let passage = words(between(passage, "<p>", "</p>")).trim().to_owned();
    let said: Vec<&str> = passage.split_whitespace().take(8).collect();
    let query = format!("words={}&kind=call", said.join("%20"));
    let form = house.get(&format!("{source}/code?{query}")).await;
    assert_eq!(form.status, StatusCode::OK);
    let at = between(&form.body, "name=\"at\" value=\"", "\"").to_owned();
    assert!(form.body.contains("name=\"v.demand.0\" value=\""));
    assert!(form.body.contains("<mark class=\"claim\""), "{}", form.body);
    // Without a demand nothing goes on record, and what was typed is kept.
    let empty = format!("kind=call&at={at}&v.demand.0=&v.date.0=2019-05");
    let there = format!("{source}/code");
    let refused = house.request("POST", &there, &FORM, &empty).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        words(&refused.body).contains("needs a value for `demand`")
            || words(&refused.body).contains("rests on nothing")
    );
    assert!(refused.body.contains("value=\"2019-05\""));
    let more = format!("kind=call&at={at}&v.addressees.0=China&more=1");
    let more = house.request("POST", &there, &FORM, &more).await;
    assert!(more.body.contains("name=\"v.addressees.1\""));
    let sent = format!("kind=call&at={at}&v.demand.0=close+the+camp&w.demand.0=x&s.demand.0={at}");
    let put = house.request("POST", &there, &FORM, &sent).await;
    assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", words(&put.body));
    let shown = house
        .get(put.header("location").split('#').next().unwrap())
        .await;
    let card = between(
        &shown.body,
        "<section class=\"card accepted chosen\"",
        "</section>",
    );
    assert!(words(card).contains("close the camp"), "{card}");
    assert!(words(card).contains("tester"), "{card}");
    assert!(shown.body.contains("<mark class=\"lit\""));
}

#[tokio::test]
async fn words_that_cannot_carry_a_record_are_refused() {
    let house = House::with_demo().await;
    let source = house.first_source().await;
    for (query, problem) in [
        (
            "words=no+such+words+anywhere+here",
            "do not stand in the text",
        ),
        ("words=the", "more than once"),
        ("at=0-9999999", "do not stand"),
        ("at=x", "do not stand"),
        ("", "No words are chosen yet"),
    ] {
        let form = house.get(&format!("{source}/code?kind=call&{query}")).await;
        assert_eq!(form.status, StatusCode::OK, "{query}");
        assert!(words(&form.body).contains(problem), "{query}");
        assert!(!form.body.contains("data-edit"), "{query}");
    }
}

#[tokio::test]
async fn a_refused_correction_keeps_what_was_typed() {
    let house = House::with_demo().await;
    let (record, _) = asked(&house.get("/review?kind=allegation").await.body);
    let form = house
        .get(&format!("/review?record={record}&edit=1"))
        .await
        .body;
    let (_, version) = asked(&form);
    let sent = format!("record={record}&version={version}&v.place.0=Camp+99&w.place.0=");
    let refused = house.request("POST", "/review/correct", &FORM, &sent).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("value=\"Camp 99\""));
}
