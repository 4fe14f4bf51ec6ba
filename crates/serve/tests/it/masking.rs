//! Whoever a restricted or sealed source names is masked until somebody asks, which is on record.
use crate::house::{House, between, words};
use axum::http::StatusCode;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

const TESTIMONY: &str = "Interview\n\n4 May 2019\n\nKim Hye-suk said that guards beat her daughter \
                         in the camp. Kim Hye-suk was detained in 1975.\n";

#[tokio::test]
async fn protected_names_are_masked_until_asked_for_and_that_is_on_record() {
    let house = House::with_demo().await;
    house
        .upload(&[("interview.txt", TESTIMONY)], "sealed")
        .await;
    let list = house.get("/sources?compartment=sealed").await.body;
    let source = between(&list, "scope=\"row\"><a href=\"", "\"").to_owned();
    let masked = house.get(&source).await.body;
    assert!(
        !words(&masked).contains("Kim Hye-suk"),
        "{}",
        words(&masked)
    );
    assert!(masked.contains('▮'));
    assert!(words(&masked).contains("guards beat her daughter"));
    let found = house.get("/search?q=guards").await.body;
    assert!(!words(&found).contains("Kim Hye-suk"));
    // Without a reason nothing is shown.
    let refused = house
        .request("POST", "/masked", &FORM, "see=1&reason=+")
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(!words(&house.get(&source).await.body).contains("Kim Hye-suk"));
    let sent = format!(
        "see=1&reason=to+call+her+back&back={}",
        source.replace('/', "%2F")
    );
    let shown = house.request("POST", "/masked", &FORM, &sent).await;
    assert_eq!(shown.header("location"), source);
    assert!(words(&house.get(&source).await.body).contains("Kim Hye-suk"));
    let log = words(&house.get("/log").await.body);
    assert!(
        log.contains("Masked names were read – tester: to call her back"),
        "{log}"
    );
    house
        .request("POST", "/masked", &FORM, "see=0&back=%2F")
        .await;
    assert!(!words(&house.get(&source).await.body).contains("Kim Hye-suk"));
}

#[tokio::test]
async fn a_masked_letter_never_goes_on_record() {
    let house = House::with_demo().await;
    let page = house.get("/review?kind=call").await.body;
    let record = between(&page, "name=\"record\" value=\"", "\"").to_owned();
    let version = between(&page, "name=\"version\" value=\"", "\"").to_owned();
    let sent =
        format!("record={record}&version={version}&v.demand.0=%E2%96%AE%E2%96%AE&w.demand.0=x");
    let refused = house.request("POST", "/review/correct", &FORM, &sent).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        words(&refused.body).contains("masked name"),
        "{}",
        words(&refused.body)
    );
}
