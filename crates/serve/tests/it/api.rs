//! The HTTP API, from the router down to the archive, without a network.
use crate::house::{House, Person, Seen, json_of, text};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::json;

/// A problem of this kind, and nothing else.
pub fn assert_problem(seen: &Seen, status: u16, kind: &str) {
    assert_eq!(seen.status.as_u16(), status, "{}", seen.body);
    assert_eq!(seen.header("content-type"), "application/problem+json");
    let problem = json_of(seen);
    assert_eq!(problem["type"], format!("/problems/{kind}"), "{problem}");
    assert_eq!(problem["status"], status);
    assert!(!text(&problem["detail"]).is_empty() && !text(&problem["title"]).is_empty());
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem() {
    let house = House::with_demo().await;
    let ann = Person::new(&house, "Ann", Role::Admin);
    type Case = (
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
        &'static str,
        u16,
        &'static str,
    );
    let cases: &[Case] = &[
        ("GET", "/nowhere", &[], "", 404, "not-found"),
        ("GET", "/sources/x", &[], "", 404, "not-found"),
        ("GET", "/records/x", &[], "", 404, "not-found"),
        ("PUT", "/sources", &[], "", 405, "no-such-method"),
        ("GET", "/sources?limit=0", &[], "", 400, "not-understood"),
        ("GET", "/sources?limit=x", &[], "", 400, "not-understood"),
        (
            "GET",
            "/sources?cursor=AAAA",
            &[],
            "",
            400,
            "not-understood",
        ),
        ("GET", "/sources?colour=red", &[], "", 400, "not-understood"),
        (
            "GET",
            "/records?kind=rumour",
            &[],
            "",
            400,
            "not-understood",
        ),
        ("GET", "/search", &[], "", 400, "not-understood"),
        ("POST", "/judgements", &[], "{}", 415, "other-form"),
        ("POST", "/sources?name=a.txt", &[], "x", 415, "other-form"),
        (
            "POST",
            "/tokens",
            &[("content-type", "application/json")],
            "{",
            400,
            "not-understood",
        ),
        (
            "POST",
            "/tokens",
            &[("content-type", "application/json")],
            "{}",
            422,
            "does-not-fit",
        ),
        (
            "GET",
            "/me",
            &[("host", "evil.example")],
            "",
            421,
            "other-host",
        ),
        (
            "POST",
            "/tokens",
            &[("sec-fetch-site", "cross-site")],
            "",
            403,
            "not-allowed",
        ),
    ];
    for (method, path, headers, body, status, kind) in cases {
        let seen = ann.ask(method, path, headers, body).await;
        assert_problem(&seen, *status, kind);
    }
    let seen = ann.ask("PUT", "/sources", &[], "").await;
    assert!(
        seen.header("allow").contains("POST"),
        "{}",
        seen.header("allow")
    );
    let long = "x".repeat(300 << 10);
    let body = json!({"name": long, "role": "reader"});
    assert_problem(&ann.post("/tokens", &[], &body).await, 413, "too-large");
    let locked = House::with_passphrase("correct horse").await;
    let reader = Person::new(&locked, "Rea", Role::Reader);
    assert_eq!(
        reader.ask("GET", "/me", &[], "").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn lists_go_on_where_their_cursor_says() {
    let house = House::with_demo().await;
    let ann = Person::new(&house, "Ann", Role::Keeper);
    for list in [
        "/sources",
        "/records",
        "/records?kind=allegation",
        "/review",
        "/log",
    ] {
        let sign = if list.contains('?') { '&' } else { '?' };
        let whole = ann.get(&format!("{list}{sign}limit=200")).await;
        let whole = whole["items"].as_array().unwrap().clone();
        assert!(whole.len() > 3, "{list}");
        let mut walked = Vec::new();
        let mut cursor = String::new();
        while walked.len() < whole.len() {
            let page = ann.get(&format!("{list}{sign}limit=3{cursor}")).await;
            let items = page["items"].as_array().unwrap();
            assert!(!items.is_empty(), "{list}");
            walked.extend(items.iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        walked.truncate(whole.len());
        assert_eq!(walked, whole, "{list}");
    }
    let first = ann.get("/sources?limit=3").await;
    let other_list = format!("/records?cursor={}", text(&first["next"]));
    assert_problem(
        &ann.ask("GET", &other_list, &[], "").await,
        400,
        "not-understood",
    );
    let counted = ann.get("/records?limit=1&count=true").await;
    assert!(counted["count"].as_u64().unwrap() > 50);
}

#[tokio::test]
async fn of_two_who_decide_at_once_the_second_is_shown_both_versions() {
    let house = House::with_demo().await;
    let (ann, ben) = (
        Person::new(&house, "Ann", Role::Reviewer),
        Person::new(&house, "Ben", Role::Reviewer),
    );
    let record = ann.get("/review?limit=1").await["items"][0].clone();
    assert_eq!(record["needs_two"], true);
    let (id, version) = (text(&record["id"]), text(&record["version"]));
    let seen = ann.ask("GET", &format!("/records/{id}"), &[], "").await;
    assert_eq!(seen.header("etag"), format!("\"{version}\""));

    let path = format!("/records/{id}/decisions");
    let without = ann.post(&path, &[], &json!({"choice": "accept"})).await;
    assert_problem(&without, 428, "version-needed");
    let accepted = ann.decide(&id, &version, json!({"choice": "accept"})).await;
    assert_eq!(accepted.status, StatusCode::CREATED, "{}", accepted.body);
    assert_eq!(json_of(&accepted)["status"], "second-review");

    let reject = json!({"choice": "reject", "reason": "not-said", "note": "only a title"});
    let late = ben.decide(&id, &version, reject.clone()).await;
    assert_problem(&late, 412, "decided-meanwhile");
    let both = json_of(&late);
    assert_eq!(both["seen"]["version"], version.as_str());
    assert_eq!(both["seen"]["status"], "proposed");
    assert_eq!(both["current"]["history"][0]["decision"]["by"], "Ann");
    let current = text(&both["current"]["version"]);
    let rejected = ben.decide(&id, &current, reject).await;
    assert_eq!(json_of(&rejected)["status"], "disputed");
    // Nothing is lost.
    let now = ann.get(&format!("/records/{id}")).await;
    assert_eq!(now["history"].as_array().unwrap().len(), 2);
    let progress = &ann.get("/review?limit=1").await["progress"];
    assert_eq!(progress["disputed"], 1);
}

#[tokio::test]
async fn what_is_decided_and_corrected_must_fit() {
    let house = House::with_demo().await;
    let ann = Person::new(&house, "Ann", Role::Reviewer);
    let record = ann.get("/review?limit=1&kind=allegation").await["items"][0].clone();
    let (id, version) = (text(&record["id"]), text(&record["version"]));
    for unfit in [
        json!({"choice": "reject"}),
        json!({"choice": "reject", "reason": "bored"}),
        json!({"choice": "accept", "reason": "not-said"}),
        json!({"choice": "correct"}),
        json!({"choice": "withdraw"}),
        json!({"choice": "correct", "fields": [{"field": "colour", "values": []}]}),
        json!({"choice": "correct", "fields": [{"field": "place", "values": [{"value": "Nowhere Town"}]}]}),
        json!({"choice": "perhaps"}),
        json!({"choice": "accept", "extra": 1}),
    ] {
        let seen = ann.decide(&id, &version, unfit.clone()).await;
        assert_problem(&seen, 422, "does-not-fit");
    }
    let words = text(&record["citations"][0]["quote"]);
    let fields = json!([
        {"field": "place", "values": [{"value": "place:A camp", "because": "told on the telephone"}]},
        {"field": "method", "values": [{"value": words}]},
    ]);
    let corrected = ann
        .decide(
            &id,
            &version,
            json!({"choice": "correct", "fields": fields}),
        )
        .await;
    assert_eq!(corrected.status, StatusCode::CREATED, "{}", corrected.body);
    let now = json_of(&corrected);
    assert_eq!(now["fields"]["place"]["value"]["name"], "A camp");
    assert_eq!(now["stated"][0]["reason"], "told on the telephone");
    assert_eq!(now["fields"]["method"]["quotes"], json!([0]));
}

#[tokio::test]
async fn a_request_that_is_sent_again_is_done_once() {
    let house = House::with_demo().await;
    let ann = Person::new(&house, "Ann", Role::Reviewer);
    let record = ann.get("/review?limit=1&kind=call").await["items"][0].clone();
    let (id, version) = (text(&record["id"]), text(&record["version"]));
    let tag = format!("\"{version}\"");
    let path = format!("/records/{id}/decisions");
    let headers = [("if-match", tag.as_str()), ("idempotency-key", "one")];
    let unsure = json!({"choice": "unsure"});
    let first = ann.post(&path, &headers, &unsure).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
    let again = ann.post(&path, &headers, &unsure).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("etag"), first.header("etag"));
    let other = ann
        .post(&path, &headers, &json!({"choice": "accept"}))
        .await;
    assert_problem(&other, 422, "does-not-fit");
    // The key is Ann's: another person's request is another one.
    let ben = Person::new(&house, "Ben", Role::Reviewer);
    let his = ben.post(&path, &headers, &unsure).await;
    assert_problem(&his, 412, "decided-meanwhile");
    let now = ann.get(&format!("/records/{id}")).await;
    assert_eq!(now["history"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn from_the_bytes_of_a_source_to_a_record_that_was_coded() {
    let house = House::with_demo().await;
    let ann = Person::new(&house, "Ann", Role::Coder);
    let words = "The guards beat detainees, a former guard told us in Seoul. Access was not given.";
    let bytes = [("content-type", "application/octet-stream")];
    let path = "/sources?name=note.txt&compartment=restricted&origin=by%20hand";
    let added = ann.ask("POST", path, &bytes, words).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let source = json_of(&added)["source"].clone();
    assert_eq!(source["collected_by"], "Ann");
    assert_eq!(source["compartment"], "restricted");
    let again = ann.ask("POST", path, &bytes, words).await;
    assert_eq!(
        (again.status, &json_of(&again)["new"]),
        (StatusCode::OK, &json!(false))
    );
    let id = text(&source["id"]);
    let original = ann
        .ask("GET", &format!("/sources/{id}/original"), &[], "")
        .await;
    assert_eq!(original.body, words);
    assert!(
        original
            .header("content-disposition")
            .starts_with("attachment")
    );
    let reading = ann.get(&format!("/sources/{id}/reading")).await;
    let at = text(&reading["text"]).find("Access").unwrap();
    let span = json!({"start": at, "end": at + 20});
    let coded = json!({
        "source": id, "kind": "response", "passage": span,
        "fields": [
            {"field": "answer", "values": [{"value": "obstructed", "words": "not given"}]},
            {"field": "by", "values": [{"value": "state:the government", "because": "who else"}]},
        ],
    });
    let record = ann.post("/records", &[], &coded).await;
    assert_eq!(record.status, StatusCode::CREATED, "{}", record.body);
    let record = json_of(&record);
    assert_eq!(record["proposed_by"], "Ann");
    assert_eq!(record["citations"][0]["quote"], "Access was not given");
    let listed = ann
        .get(&format!("/records?source={id}&kind=response"))
        .await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let found = ann.get("/search?words=Access").await;
    let hits = found["items"].as_array().unwrap();
    assert!(hits.iter().any(|hit| hit["source"] == id.as_str()));
    let proof = ann
        .ask("GET", &format!("/sources/{id}/proof"), &[], "")
        .await;
    assert!(
        proof.body.starts_with("c2sp.org/tlog-proof"),
        "{}",
        proof.body
    );
    let keeper = Person::new(&house, "Kim", Role::Keeper);
    let verified = keeper.ask("POST", "/verifications", &[], "").await;
    assert_eq!(json_of(&verified)["sound"], true, "{}", verified.body);
}
