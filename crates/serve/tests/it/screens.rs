//! What a visitor sees and may do, from the router down to the archive, without a network.
use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn a_stranger_sees_the_door_and_nothing_else() {
    let house = House::with_demo().await;
    for path in ["/", "/sources", "/help", "/nowhere", "/sources/x/original"] {
        let seen = house.get_as_stranger(path).await;
        assert_eq!(seen.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(!seen.body.contains("Harbour"), "{path}");
        assert!(!seen.body.contains("class=\"rail\""), "{path}");
    }
    let link = house.app.link();
    let entered = house.get_as_stranger(&link).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert!(
        entered
            .header("set-cookie")
            .contains("HttpOnly; SameSite=Strict")
    );
    // The link works once.
    assert_eq!(
        house.get_as_stranger(&link).await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn every_page_carries_the_headers_and_loads_nothing_from_elsewhere() {
    let house = House::with_demo().await;
    let source = house.first_source().await;
    for path in ["/", "/sources", "/help", "/nowhere", source.as_str()] {
        let seen = house.get(path).await;
        let policy = seen.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}"
        );
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(seen.header("cache-control"), "no-store", "{path}");
        assert_eq!(seen.header("referrer-policy"), "no-referrer", "{path}");
        for mark in [
            "src=\"http",
            "href=\"http",
            "url(http",
            " style=",
            " onclick=",
        ] {
            assert!(!seen.body.contains(mark), "{path} has {mark}");
        }
        assert!(
            seen.body.len() < 120_000,
            "{path} has {} bytes",
            seen.body.len()
        );
    }
}

#[tokio::test]
async fn the_first_page_with_all_that_it_may_load_is_small() {
    let house = House::with_demo().await;
    let seen = house.get("/").await;
    let mut loaded: Vec<&str> = seen.body.split("/assets/").skip(1).collect();
    for rest in &mut loaded {
        *rest = rest.split(['"', '#']).next().unwrap();
    }
    loaded.sort_unstable();
    loaded.dedup();
    assert!(loaded.len() >= 3, "{loaded:?}");
    let mut bytes = seen.body.len();
    for asset in loaded {
        bytes += house.get(&format!("/assets/{asset}")).await.body.len();
    }
    assert!(bytes < 150_000, "{bytes} bytes");
}

#[tokio::test]
async fn requests_from_elsewhere_are_refused() {
    let house = House::with_demo().await;
    let rebound = house
        .request("GET", "/sources", &[("host", "evil.example")], "")
        .await;
    assert_eq!(rebound.status, StatusCode::MISDIRECTED_REQUEST);
    let forged = house
        .request("POST", "/lock", &[("sec-fetch-site", "cross-site")], "")
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(house.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn sources_are_listed_and_narrowed() {
    let house = House::with_demo().await;
    let all = house.get("/sources").await;
    assert!(all.body.contains("13 sources"), "{}", all.body);
    let korean = house.get("/sources?language=ko").await;
    assert!(korean.body.contains("1 source<"), "{}", korean.body);
    let named = house.get("/sources?text=HARBOUR").await;
    assert!(named.body.contains("1 source<"));
    assert!(named.body.contains("value=\"HARBOUR\""));
    assert!(
        house
            .get("/sources?text=no+such+words")
            .await
            .body
            .contains("No source is like that")
    );
    let nonsense = house.get("/sources?page=x").await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_source_is_read_beside_its_records() {
    let house = House::with_demo().await;
    let found = house.get("/sources?text=Harbour").await;
    let path = crate::house::between(&found.body, "scope=\"row\"><a href=\"", "\"").to_owned();
    let page = house.get(&path).await;
    assert!(page.body.contains("<mark class=\"claim\""));
    assert!(page.body.contains("class=\"card proposed\""));
    assert!(page.body.contains("SHA-256 of the original"));
    // Following a record's link lights its words, without scripts.
    let record = crate::house::between(&page.body, "?record=", "#").to_owned();
    let chosen = house.get(&format!("{path}?record={record}")).await;
    assert!(chosen.body.contains("<mark class=\"lit\""));
    assert!(chosen.body.contains("class=\"card proposed chosen\""));
    let captured = house.get(&format!("{path}?text=captured")).await;
    assert_eq!(captured.status, StatusCode::OK);
    assert_eq!(
        house.get("/sources/0190").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_original_leaves_only_as_an_attachment() {
    let house = House::with_demo().await;
    let source = house.first_source().await;
    let original = house.get(&format!("{source}/original")).await;
    assert!(
        original
            .header("content-disposition")
            .starts_with("attachment; filename*=")
    );
    assert_eq!(original.header("content-type"), "application/octet-stream");
    assert_eq!(
        original.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    assert!(!original.body.is_empty());
}

#[tokio::test]
async fn a_file_that_is_added_is_on_record_read_and_shown() {
    let house = House::with_demo().await;
    let text = "Hearing in the northern district\n\n4 May 2019\n\nA former prisoner said that guards \
                tortured two women at the camp in 2014.\n";
    let added = house
        .upload(&[("hearing.txt", text), ("empty.bin", "")], "open")
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert!(added.body.contains("hearing.txt"));
    assert!(
        added.body.contains("Hearing in the northern district"),
        "{}",
        added.body
    );
    let again = house.upload(&[("copy.txt", text)], "open").await;
    assert!(again.body.contains("On record already"), "{}", again.body);
    let listed = house.get("/sources?text=hearing").await;
    assert!(listed.body.contains("Hearing in the northern district"));
    let path = crate::house::between(&listed.body, "scope=\"row\"><a href=\"", "\"").to_owned();
    let page = house.get(&path).await;
    assert!(crate::house::words(&page.body).contains("tortured two women"));
    let wrong = house.upload(&[("x.txt", "x")], "nobody").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let none = house.upload(&[], "open").await;
    assert!(none.body.contains("No file was chosen"));
}

#[tokio::test]
async fn a_locked_archive_shows_nothing_until_its_passphrase_is_given() {
    let house = House::with_passphrase("five plain random words").await;
    assert_eq!(house.get("/").await.status, StatusCode::OK);
    house.request("POST", "/lock", &[], "").await;
    let shut = house.get("/sources").await;
    assert_eq!(shut.status, StatusCode::UNAUTHORIZED);
    assert!(shut.body.contains("type=\"password\""));
    assert!(shut.body.contains("This archive is locked"));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let wrong = house
        .request("POST", "/unlock", &form, "passphrase=wrong&back=/")
        .await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.body.contains("not the passphrase"));
    let right = "passphrase=five+plain+random+words&back=%2Fsources";
    let opened = house.request("POST", "/unlock", &form, right).await;
    assert_eq!(
        (opened.status, opened.header("location")),
        (StatusCode::SEE_OTHER, "/sources")
    );
    assert_eq!(house.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn language_and_look_are_kept() {
    let house = House::with_demo().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let kept = house
        .request("POST", "/look", &form, "language=ko&back=/sources")
        .await;
    let cookie = kept
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let page = house
        .request("GET", "/sources", &[("cookie", &cookie)], "")
        .await;
    assert!(page.body.contains("<html lang=\"ko\""));
    assert!(page.body.contains("자료 13건"));
    let french = house
        .request("GET", "/", &[("accept-language", "fr-CH, en")], "")
        .await;
    assert!(french.body.contains("<html lang=\"fr\""));
}
