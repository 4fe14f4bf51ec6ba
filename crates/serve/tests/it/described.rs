//! The description of the API is current and whole, and every address answers every role as its right
//! says.
use crate::api::assert_problem;
use crate::house::{House, Person};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::Value;
use std::collections::BTreeSet;

const NOBODY: &str = "018bcfe5-6800-7000-8000-000000000000";

/// The least role that may, by method and address; said again here, so that a change of the table
/// of rights is a change of this one too.
const LEAST: &[(&str, &str, Option<Role>)] = &[
    ("GET", "/openapi.json", None),
    ("GET", "/documentation", None),
    ("GET", "/me", Some(Role::Reader)),
    ("GET", "/archive", Some(Role::Reader)),
    ("GET", "/vocabularies", Some(Role::Reader)),
    ("GET", "/vocabularies/{id}", Some(Role::Reader)),
    ("GET", "/kinds", Some(Role::Reader)),
    ("GET", "/sources", Some(Role::Reader)),
    ("POST", "/sources", Some(Role::Coder)),
    ("GET", "/sources/{id}", Some(Role::Reader)),
    ("GET", "/sources/{id}/reading", Some(Role::Reader)),
    ("GET", "/sources/{id}/original", Some(Role::Coder)),
    ("GET", "/sources/{id}/pages", Some(Role::Reader)),
    ("POST", "/sources/{id}/pages", Some(Role::Coder)),
    ("GET", "/sources/{id}/pages/{page}", Some(Role::Reader)),
    (
        "GET",
        "/sources/{id}/pages/{page}/image",
        Some(Role::Reader),
    ),
    ("GET", "/sources/{id}/proof", Some(Role::Reader)),
    ("GET", "/records", Some(Role::Reader)),
    ("POST", "/records", Some(Role::Coder)),
    ("GET", "/records/{id}", Some(Role::Reader)),
    ("POST", "/records/{id}/decisions", Some(Role::Reviewer)),
    ("GET", "/review", Some(Role::Reviewer)),
    ("GET", "/search", Some(Role::Reader)),
    ("GET", "/judgements", Some(Role::Reader)),
    ("POST", "/judgements", Some(Role::Reviewer)),
    ("GET", "/cases", Some(Role::Reader)),
    ("GET", "/calls", Some(Role::Reader)),
    ("GET", "/cases/{id}", Some(Role::Reader)),
    ("GET", "/pledges", Some(Role::Reader)),
    ("GET", "/alerts", Some(Role::Reader)),
    ("GET", "/persons", Some(Role::Reader)),
    ("GET", "/persons/{id}", Some(Role::Reader)),
    ("GET", "/pairs", Some(Role::Reader)),
    ("GET", "/lineages", Some(Role::Reader)),
    ("GET", "/sources/{id}/lineage", Some(Role::Reader)),
    ("GET", "/incidents", Some(Role::Reader)),
    ("GET", "/incidents/{id}", Some(Role::Reader)),
    ("GET", "/records/{id}/corroboration", Some(Role::Reader)),
    ("GET", "/timeline", Some(Role::Reader)),
    ("GET", "/places", Some(Role::Reader)),
    ("GET", "/statistics", Some(Role::Reader)),
    ("GET", "/statistics/table.csv", Some(Role::Reader)),
    ("GET", "/estimate", Some(Role::Reader)),
    ("POST", "/names", Some(Role::Reader)),
    ("GET", "/export", Some(Role::Keeper)),
    ("GET", "/sources/{id}/custody", Some(Role::Reader)),
    ("POST", "/lock", Some(Role::Reader)),
    ("GET", "/log", Some(Role::Keeper)),
    ("POST", "/verifications", Some(Role::Keeper)),
    ("GET", "/tokens", Some(Role::Admin)),
    ("POST", "/tokens", Some(Role::Admin)),
    ("DELETE", "/tokens/{id}", Some(Role::Admin)),
    ("GET", "/users", Some(Role::Admin)),
    ("POST", "/users", Some(Role::Admin)),
    ("POST", "/users/{id}/role", Some(Role::Admin)),
    ("POST", "/users/{id}/invitation", Some(Role::Admin)),
    ("DELETE", "/users/{id}", Some(Role::Admin)),
    ("GET", "/sessions", Some(Role::Reader)),
    ("DELETE", "/sessions/{id}", Some(Role::Reader)),
];

#[test]
fn the_description_that_is_checked_in_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/openapi.json");
    let now = onrecord_serve::openapi();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == now,
        "docs/api/openapi.json is not what the code says; UPDATE_OPENAPI=1 writes it anew"
    );
}

#[test]
fn what_the_description_points_to_is_in_it() {
    let text = onrecord_serve::openapi();
    let api: Value = serde_json::from_str(&text).unwrap();
    let pointed: BTreeSet<&str> = text
        .split("\"#/components/schemas/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(pointed.len() > 5, "{pointed:?}");
    for name in pointed {
        assert!(api["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[test]
fn every_address_is_described_and_has_a_right() {
    let api: Value = serde_json::from_str(&onrecord_serve::openapi()).unwrap();
    let mut described = BTreeSet::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            described.insert((method.to_uppercase(), path.clone()));
            for status in ["400", "404", "500"] {
                let problem =
                    &operation["responses"][status]["content"]["application/problem+json"];
                assert!(problem.is_object(), "{method} {path} {status}");
            }
        }
    }
    let least = LEAST.iter();
    let least: BTreeSet<_> = least
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    assert_eq!(described, least);
}

#[tokio::test]
async fn every_address_answers_every_role_as_its_right_says() {
    let house = House::with_demo().await;
    let mut tried = 0;
    // One of the addresses locks the archive, and a token is made while it is open.
    let people = Role::ALL.map(|role| (role, Person::new(&house, role.name(), role)));
    for (role, person) in people {
        for (method, path, least) in LEAST {
            let path = path.replace("{id}", NOBODY).replace("{page}", "1");
            let seen = person.ask(method, &path, &[], "").await;
            let may = least.is_none_or(|least| role >= least);
            assert_eq!(
                seen.status != StatusCode::FORBIDDEN,
                may,
                "{} {method} {path}: {}",
                role.name(),
                seen.status
            );
            if !may {
                assert_problem(&seen, 403, "not-allowed");
            }
            assert_ne!(seen.status, StatusCode::UNAUTHORIZED);
            tried += 1;
        }
    }
    assert_eq!(tried, LEAST.len() * Role::ALL.len());
    for (method, path, least) in LEAST {
        let path = format!(
            "/api/v1{}",
            path.replace("{id}", NOBODY).replace("{page}", "1")
        );
        let wrong = [("authorization", "Bearer made-up")];
        // A token that does not hold is not mended by the cookie that is sent beside it.
        let seen = house.request(method, &path, &wrong, "").await;
        match least {
            Some(_) => assert_problem(&seen, 401, "not-signed-in"),
            None => assert_eq!(seen.status, StatusCode::OK),
        }
    }
}
