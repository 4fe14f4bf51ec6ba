//! Several people on one server: invited, signed in, each with their role and their name.
use crate::browser::{Browser, FORM, PASSWORD};
use crate::house::{House, Person, between, json_of, text, words};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::json;

const NOBODY: &str = "018bcfe5-6800-7000-8000-000000000000";

/// The least role that may, by method and address; said again here, so that a change of the table
/// of rights is a change of this one too. Those for everybody are left out.
const LEAST: &[(&str, &str, Role)] = &[
    ("GET", "/", Role::Reader),
    ("GET", "/help", Role::Reader),
    ("GET", "/alerts", Role::Reader),
    ("POST", "/alerts/seen", Role::Reviewer),
    ("GET", "/sources", Role::Reader),
    ("POST", "/sources/add", Role::Coder),
    ("GET", "/sources/{id}", Role::Reader),
    ("GET", "/sources/{id}/original", Role::Coder),
    ("GET", "/sources/{id}/pages/{page}", Role::Reader),
    ("POST", "/sources/{id}/pages", Role::Coder),
    ("GET", "/sources/{id}/code", Role::Coder),
    ("POST", "/sources/{id}/code", Role::Coder),
    ("GET", "/masked", Role::Coder),
    ("POST", "/masked", Role::Coder),
    ("GET", "/review", Role::Reviewer),
    ("POST", "/review/decide", Role::Reviewer),
    ("POST", "/review/correct", Role::Reviewer),
    ("GET", "/search", Role::Reader),
    ("POST", "/search/save", Role::Reader),
    ("POST", "/search/forget", Role::Reader),
    ("GET", "/search/names", Role::Reader),
    ("POST", "/search/names", Role::Reader),
    ("GET", "/people", Role::Reader),
    ("GET", "/people/pairs", Role::Reader),
    ("POST", "/people/judge", Role::Reviewer),
    ("GET", "/people/case/{id}", Role::Reader),
    ("GET", "/people/person/{id}", Role::Reader),
    ("GET", "/accountability", Role::Reader),
    ("GET", "/accountability/stands", Role::Reader),
    ("GET", "/accountability/to/{identity}", Role::Reader),
    ("GET", "/accountability/demand/{id}", Role::Reader),
    ("GET", "/corroboration", Role::Reader),
    ("GET", "/corroboration/{id}", Role::Reader),
    ("GET", "/estimate", Role::Reader),
    ("GET", "/statistics", Role::Reader),
    ("GET", "/statistics/table.csv", Role::Reader),
    ("GET", "/timeline", Role::Reader),
    ("GET", "/map", Role::Reader),
    ("GET", "/integrity", Role::Reader),
    ("POST", "/integrity/verify", Role::Keeper),
    ("GET", "/integrity/{id}", Role::Reader),
    ("GET", "/integrity/{id}/proof.zip", Role::Reader),
    ("GET", "/log", Role::Keeper),
    ("GET", "/settings", Role::Reader),
    ("POST", "/settings/passphrase", Role::Admin),
    ("POST", "/settings/password", Role::Reader),
    ("GET", "/settings/code", Role::Reader),
    ("POST", "/settings/code", Role::Reader),
    ("POST", "/settings/code/remove", Role::Reader),
    ("POST", "/settings/passkeys/ask", Role::Reader),
    ("POST", "/settings/passkeys", Role::Reader),
    ("POST", "/settings/passkeys/remove", Role::Reader),
    ("POST", "/settings/sessions", Role::Reader),
    ("POST", "/settings/sessions/end", Role::Reader),
    ("GET", "/users", Role::Admin),
    ("POST", "/users", Role::Admin),
    ("POST", "/users/{id}", Role::Admin),
    // The last two end the session and lock the archive.
    ("POST", "/sign-out", Role::Reader),
    ("POST", "/lock", Role::Reader),
];

#[test]
fn no_screen_is_without_a_right_that_is_said_here() {
    let screens = onrecord_serve::rights().filter(|(_, path, _)| !path.starts_with("/api/"));
    let held: Vec<_> = screens
        .filter_map(|(method, path, least)| Some((method, path, least?)))
        .collect();
    let mut said = LEAST.to_vec();
    let mut sorted = held.clone();
    said.sort_unstable_by_key(|(method, path, _)| (*path, *method));
    sorted.sort_unstable_by_key(|(method, path, _)| (*path, *method));
    assert!(!held.is_empty());
    assert_eq!(sorted, said);
}

#[tokio::test]
async fn every_screen_answers_every_role_as_its_right_says() {
    let house = House::with_demo().await;
    let mut tried = 0;
    for role in Role::ALL {
        let person = Browser::joined(&house, role.name(), role).await;
        for (method, path, least) in LEAST {
            let path = path
                .replace("{id}", NOBODY)
                .replace("{identity}", NOBODY)
                .replace("{page}", "1");
            let stranger = house.as_stranger(method, &path, &[FORM], "").await;
            assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            if path == "/lock" {
                continue;
            }
            let seen = person.ask(method, &path, "").await;
            let may = role >= *least;
            assert_eq!(
                seen.status != StatusCode::FORBIDDEN,
                may,
                "{} {method} {path}: {}",
                role.name(),
                seen.status
            );
            assert_ne!(seen.status, StatusCode::UNAUTHORIZED, "{method} {path}");
            assert_ne!(
                seen.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            tried += 1;
        }
    }
    assert_eq!(tried, (LEAST.len() - 1) * Role::ALL.len());
    let wrong = house.request("DELETE", "/sources", &[], "").await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn two_persons_on_one_device_are_two_reviewers() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Reviewer).await;
    let ben = Browser::joined(&house, "Ben", Role::Reviewer).await;
    let mut record = String::new();
    for (person, status) in [(&ann, "Second review due"), (&ben, "Ben accepted it")] {
        let path = match record.is_empty() {
            true => "/review".to_owned(),
            false => format!("/review?record={record}"),
        };
        let page = person.get(&path).await.body;
        record = between(&page, "name=\"record\" value=\"", "\"").to_owned();
        let version = between(&page, "name=\"version\" value=\"", "\"");
        let body = format!("record={record}&version={version}&choice=accept");
        let sent = person.post("/review/decide", &body).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", words(&sent.body));
        let shown = person.get(&format!("/review?record={record}")).await.body;
        assert!(words(&shown).contains(status), "{}", words(&shown));
    }
    // Who decided nothing has nothing to undo, on the screen as through the API.
    let cleo = Browser::joined(&house, "Cleo", Role::Reviewer).await;
    let undo = format!("record={record}&choice=withdraw");
    let sent = cleo.post("/review/decide", &undo).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(words(&sent.body).contains("nothing to undo"));
    // Of two who decide at once of what both saw, one is shown what the other decided.
    let page = ann.get("/review").await.body;
    let next = between(&page, "name=\"record\" value=\"", "\"");
    let version = between(&page, "name=\"version\" value=\"", "\"");
    let body = format!("record={next}&version={version}&choice=accept");
    let both = [
        ann.post("/review/decide", &body),
        cleo.post("/review/decide", &body),
    ];
    let both = futures_util::future::join_all(both).await;
    let mut answers: Vec<StatusCode> = both.iter().map(|seen| seen.status).collect();
    answers.sort_unstable();
    assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
    let cookie = [("cookie", ann.cookie.as_str())];
    let path = format!("/api/v1/records/{record}");
    let seen = json_of(&house.as_stranger("GET", &path, &cookie, "").await);
    assert_eq!(seen["status"], "accepted", "{seen}");
    let by: Vec<String> = seen["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["decision"]["by"]))
        .collect();
    assert_eq!(by, ["Ann", "Ben"]);
    let me = house.as_stranger("GET", "/api/v1/me", &cookie, "").await;
    assert_eq!(json_of(&me)["name"], "Ann");
    // Nobody gets a token in a person's name.
    let admin = Person::new(&house, "a program", Role::Admin);
    for taken in ["ann", " TESTER "] {
        let token = json!({"name": taken, "role": "reviewer"});
        let seen = admin.post("/tokens", &[], &token).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{taken}");
    }
    // Nor does a person get that of a program, of the keeper, or of who had an account.
    let id = text(&admin.get("/users").await["items"][0]["id"]);
    let closed = admin.ask("DELETE", &format!("/users/{id}"), &[], "").await;
    assert_eq!(closed.status, StatusCode::NO_CONTENT);
    for taken in ["A Program", "tester", "ann"] {
        let person = json!({"name": taken, "role": "reviewer"});
        let seen = admin.post("/users", &[], &person).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{taken}");
    }
    // Whose hand a token is in is on record before it holds.
    let token = json!({"name": "Dan", "role": "reviewer", "hours": 2});
    let made = admin.post("/tokens", &[], &token).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let id = text(&json_of(&made)["token"]["id"]);
    let taken = admin.ask("DELETE", &format!("/tokens/{id}"), &[], "").await;
    assert_eq!(taken.status, StatusCode::NO_CONTENT);
    let log = words(&house.get("/log?kind=account").await.body);
    for act in [
        "Dan · API token made · reviewer · a program",
        "Dan · API token taken back · a program",
        "a program · API token made · admin · tester",
    ] {
        assert!(log.contains(act), "{act} is not in {log}");
    }
}

#[tokio::test]
async fn what_an_admin_does_holds_at_once_and_is_on_record() {
    let house = House::with_demo().await;
    let ann = Browser::joined(&house, "Ann", Role::Reviewer).await;
    let admin = Person::new(&house, "a program", Role::Admin);
    let users = admin.get("/users").await;
    let id = text(&users["items"][0]["id"]);
    assert_eq!(ann.get("/review").await.status, StatusCode::OK);
    let role = json!({"role": "reader"});
    let path = format!("/users/{id}/role");
    let seen = admin.post(&path, &[], &role).await;
    assert_eq!(json_of(&seen)["role"], "reader", "{}", seen.body);
    let refused = ann.get("/review").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(words(&refused.body).contains("It needs a reviewer"));
    let home = ann.get("/").await.body;
    assert!(!home.contains("href=\"/review\" data-go"));
    assert!(home.contains("href=\"/sources\" data-go"));
    // She sees and ends her own sessions, an admin all.
    let cookie = [("cookie", ann.cookie.as_str())];
    let own = house
        .as_stranger("GET", "/api/v1/sessions", &cookie, "")
        .await;
    assert_eq!(json_of(&own)["items"].as_array().unwrap().len(), 1);
    let all = admin.get("/sessions").await["items"].clone();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let keepers = all.as_array().unwrap().iter();
    let keepers = keepers
        .filter(|one| one["how"] == "link")
        .collect::<Vec<_>>();
    let path = format!("/api/v1/sessions/{}", text(&keepers[0]["id"]));
    let seen = house.as_stranger("DELETE", &path, &cookie, "").await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND, "not hers to end");
    // Invited anew, she is out, and her password holds no longer.
    let path = format!("/users/{id}/invitation");
    let invited = admin.post(&path, &[], &json!({})).await;
    assert_eq!(invited.status, StatusCode::CREATED, "{}", invited.body);
    assert_eq!(ann.get("/").await.status, StatusCode::UNAUTHORIZED);
    let seen = Browser::sign_in(&house, "Ann", PASSWORD, "").await;
    assert_eq!(seen.status, StatusCode::UNAUTHORIZED);
    let closed = admin.ask("DELETE", &format!("/users/{id}"), &[], "").await;
    assert_eq!(closed.status, StatusCode::NO_CONTENT);
    let join = text(&json_of(&invited)["path"]);
    let seen = house.get_as_stranger(&join).await;
    assert_eq!(
        seen.status,
        StatusCode::BAD_REQUEST,
        "{}",
        words(&seen.body)
    );
    let log = words(&house.get("/log?kind=account").await.body);
    for act in [
        "Ann · was invited · reviewer · tester",
        "Ann · joined · Ann",
        "Ann · has another role · reader · a program",
        "Ann · was invited anew · a program",
        "Ann · account closed · a program",
    ] {
        assert!(log.contains(act), "{act} is not in {log}");
    }
}
