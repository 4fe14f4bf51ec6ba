//! Whoever a restricted or sealed source names is masked until somebody asks, which is on record.
use crate::browser::{Browser, FORM as SENT};
use crate::house::{House, Person, Seen, between, json_of, text, words};
use crate::laid_out::laid;
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::{Value, json};

const FORM: [(&str, &str); 1] = [SENT];

const TESTIMONY: &str = "Interview\n\n4 May 2019\n\nKim Hye-suk said that guards beat her daughter \
                         in the camp. Kim Hye-suk was detained in 1975. Pak Chol-su tortured Kim \
                         Hye-suk in 1975.\n";

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
    assert!(found.contains('▮'), "{}", words(&found));
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

/// An archive with a sealed testimony of Kim Hye-suk.
async fn with_testimony() -> House {
    let house = House::with_demo().await;
    house
        .upload(&[("interview.txt", TESTIMONY)], "sealed")
        .await;
    house
}

#[tokio::test]
async fn a_browser_gets_no_name_from_the_api_and_a_token_does() {
    let house = with_testimony().await;
    let ann = Browser::joined(&house, "Ann", Role::Keeper).await;
    let program = Person::new(&house, "a program", Role::Keeper);
    for path in ["/search?words=guards", "/records?kind=person"] {
        let masked = ann.get(&format!("/api/v1{path}")).await;
        assert_eq!(masked.status, StatusCode::OK, "{path}: {}", masked.body);
        assert!(masked.body.contains('▮'), "{path}: {}", masked.body);
        assert!(!masked.body.contains("Kim Hye-suk"), "{path}");
        for line in masked.body.lines().filter(|line| !line.is_empty()) {
            let read = serde_json::from_str::<serde_json::Value>(line);
            assert!(read.is_ok(), "{path}: {line}");
        }
        let whole = program.ask("GET", path, &[], "").await;
        assert!(whole.body.contains("Kim Hye-suk"), "{path}: {}", whole.body);
    }
    ann.post("/masked", "see=1&reason=to+call+her").await;
    let seen = ann.get("/api/v1/search?words=guards").await;
    assert!(seen.body.contains("Kim Hye-suk"), "{}", seen.body);
    // Who may no longer, sees no longer, whatever was said before.
    let admin = Person::new(&house, "an admin", Role::Admin);
    let id = text(&admin.get("/users").await["items"][0]["id"]);
    let role = json!({"role": "reader"});
    let given = admin.post(&format!("/users/{id}/role"), &[], &role).await;
    assert_eq!(json_of(&given)["role"], "reader");
    for path in ["/api/v1/search?words=guards", "/search?q=guards"] {
        let seen = ann.get(path).await.body;
        assert!(
            seen.contains('▮') && !seen.contains("Kim Hye-suk"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_name_stays_masked_when_its_record_was_rejected_or_corrected() {
    let house = with_testimony().await;
    let reviewer = Person::new(&house, "Ben", Role::Admin);
    let records = reviewer.get("/records?kind=person&named=Hye-suk").await;
    let records = records["items"].as_array().unwrap().clone();
    assert!(!records.is_empty());
    for record in &records {
        let (id, version) = (text(&record["id"]), text(&record["version"]));
        let rejects = json!({"choice": "reject", "reason": "duplicate"});
        let decided = reviewer.decide(&id, &version, rejects).await;
        assert_eq!(decided.status, StatusCode::CREATED, "{}", decided.body);
    }
    let found = house.get("/search?q=guards").await.body;
    assert!(found.contains('▮') && !words(&found).contains("Kim Hye-suk"));
}

#[tokio::test]
async fn no_form_takes_a_masked_letter_and_no_address_leads_to_one() {
    let house = with_testimony().await;
    let sign = "%E2%96%AE%e2%96%ae";
    for (path, body) in [
        ("/search/save", format!("address=/search?q%3D{sign}")),
        ("/people/judge", format!("one=x&other=y&note={sign}")),
        ("/review/decide", format!("choice=accept&note=▮{sign}")),
    ] {
        let refused = house.request("POST", path, &FORM, &body).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
        assert!(words(&refused.body).contains("masked name"), "{path}");
    }
    let json = [("content-type", "application/json")];
    let body = json!({"names": ["Kim ▮▮▮"]}).to_string();
    for body in [body.clone(), body.replace('▮', "\\u25AE")] {
        let refused = house.request("POST", "/api/v1/names", &json, &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(refused.body.contains("masked name"), "{}", refused.body);
    }
    let refused = house.get(&format!("/search?q={sign}")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    // What somebody looks for themselves stays theirs, in the field and in what is kept of it.
    let own = house.get("/search?q=Kim+Hye-suk").await.body;
    let kept = between(&own, "name=\"address\" value=\"", "\"");
    assert!(kept.contains("Kim%20Hye-suk"), "{kept}");
    assert!(own.contains("name=\"q\" value=\"Kim Hye-suk\""));
    let other = house.get("/search?q=guards").await.body;
    assert!(other.contains('▮') && !other.contains("Kim%20Hye-suk"));
}

#[tokio::test]
async fn tables_are_masked_too() {
    let house = with_testimony().await;
    let path = "/statistics/table.csv?by=perpetrator";
    let table = laid(&house, path).await;
    assert!(table.header("content-type").starts_with("text/csv"));
    assert!(table.body.contains("▮▮▮ ▮▮▮▮▮▮▮,"), "{}", table.body);
    assert!(
        !table.body.to_lowercase().contains("chol-su"),
        "{}",
        table.body
    );
}

/// A program with a token that an admin made through the API.
struct Program<'h> {
    house: &'h House,
    bearer: String,
}

impl<'h> Program<'h> {
    async fn with(house: &'h House, token: Value) -> (Self, Value) {
        let form = [("content-type", "application/json")];
        let made = house
            .request("POST", "/api/v1/tokens", &form, &token.to_string())
            .await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let made = json_of(&made);
        let bearer = format!("Bearer {}", text(&made["secret"]));
        (Self { house, bearer }, made["token"].clone())
    }

    async fn get(&self, path: &str) -> Seen {
        let headers = [("authorization", self.bearer.as_str())];
        let path = format!("/api/v1{path}");
        self.house.as_stranger("GET", &path, &headers, "").await
    }
}

#[tokio::test]
async fn programs_get_masked_names_until_a_token_is_made_for_them() {
    let house = House::with_demo().await;
    house
        .upload(&[("interview.txt", TESTIMONY)], "sealed")
        .await;
    let list = house.get("/api/v1/sources?compartment=sealed").await;
    let id = text(&json_of(&list)["items"][0]["id"]);
    let (reading, original) = (
        format!("/sources/{id}/reading"),
        format!("/sources/{id}/original"),
    );

    // The browser's session, and a token without names, read masked letters.
    let (blind, shown) = Program::with(&house, json!({"name": "a script", "role": "keeper"})).await;
    assert_eq!(shown["names"], false);
    let by_session = house.get(&format!("/api/v1{reading}")).await;
    for seen in [by_session, blind.get(&reading).await] {
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        assert!(!seen.body.contains("Kim Hye-suk") && seen.body.contains('▮'));
        assert!(json_of(&seen).is_object());
        assert_eq!(seen.header("onrecord-names"), "masked");
    }
    // What cannot be masked is refused.
    for path in [original.as_str(), "/export?up_to=sealed", "/export"] {
        let refused = blind.get(path).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert!(text(&json_of(&refused)["detail"]).contains("cannot be masked"));
    }
    let refused = house.get(&original).await;
    assert!(refused.header("location").starts_with("/masked?back="));

    // A token made for names reads them, and why is on record.
    let wanted =
        json!({"name": "a family search", "role": "keeper", "names": "to trace relatives"});
    let (program, shown) = Program::with(&house, wanted).await;
    assert_eq!(shown["names"], true);
    assert!(program.get(&reading).await.body.contains("Kim Hye-suk"));
    assert_eq!(program.get(&original).await.body, TESTIMONY);
    let export = program.get("/export?up_to=sealed").await;
    assert!(export.body.contains("Kim Hye-suk"), "{}", export.status);
    let log = words(&house.get("/log").await.body);
    assert!(
        log.contains("to trace relatives (token of a family search)"),
        "{log}"
    );
}

#[tokio::test]
async fn programs_cannot_put_a_masked_letter_on_record() {
    let house = House::with_demo().await;
    let form = [("content-type", "application/json")];
    for body in [r#"{"names":["▮▮▮"]}"#, r#"{"names":["\u25AE"]}"#] {
        let refused = house.request("POST", "/api/v1/names", &form, body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("masked name"), "{}", refused.body);
    }
}
