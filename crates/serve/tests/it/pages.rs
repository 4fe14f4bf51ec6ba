//! Pages and pictures as images: marked, blurred until somebody asks, never more than may be seen.

use crate::browser::Browser;
use crate::house::{House, Person, Seen, between, text, words};
use axum::http::StatusCode;
use onrecord_serve::Role;
use serde_json::json;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];
const REPORT: &[u8] = include_bytes!("../../../read/tests/paged_data/report.pdf");
const SCAN: &[u8] = include_bytes!("../../../read/tests/paged_data/scan.pdf");
const LOCKED: &[u8] = include_bytes!("../../../read/tests/paged_data/locked.pdf");
const PICTURE: &[u8] = include_bytes!("../../../read/tests/ocr_data/page.jpg");

/// Width and height of a PNG file.
fn size(seen: &Seen) -> (u32, u32) {
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert!(seen.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let side = |at: usize| u32::from_be_bytes(seen.bytes[at..at + 4].try_into().unwrap());
    (side(16), side(20))
}

/// A page with an image, once that is drawn.
async fn drawn(house: &House, path: &str) -> Seen {
    house.ready(path, "is being drawn").await
}

/// The image that a page of ours shows.
async fn image(house: &House, page: &Seen) -> Seen {
    let address = between(&page.body, "<img src=\"", "\"").to_owned();
    house.get(&address).await
}

#[tokio::test]
async fn a_page_of_a_pdf_file_is_shown_with_the_words_of_its_records_boxed() {
    let house = House::with_demo().await;
    let html = house.first_source().await;
    let source = house.upload_file("report.pdf", REPORT, "open").await;
    let page = drawn(&house, &format!("{source}?text=image")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("class=\"box proposed\""),
        "{}",
        page.body
    );
    assert!(page.body.contains("data-key=\"]\""));
    assert!(!page.body.contains("data-key=\"[\""));
    assert!(page.body.contains("page 1 as an image"));
    let shown = image(&house, &page).await;
    assert!(size(&shown).1 > 1_000, "{:?}", size(&shown));
    assert_eq!(shown.header("content-type"), "image/png");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    assert_eq!(shown.header("cache-control"), "no-store");
    assert_eq!(
        shown.header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    // A box lies on the image, and its record stands beside it.
    let viewed = between(&page.body, "class=\"boxes\" viewBox=\"0 0 ", "\"");
    let (width, height) = size(&shown);
    assert_eq!(viewed, format!("{width} {height}"));
    let number = between(&page.body, "data-records=\"", "\"").to_owned();
    assert!(page.body.contains(&format!("id=\"r{number}\"")));
    // A record that is chosen lights its boxes, on the page that it stands on.
    let clean = house.get(&source).await;
    let record = between(&clean.body, "?record=", "#").to_owned();
    let lit = drawn(&house, &format!("{source}?text=image&record={record}")).await;
    assert!(
        lit.body.contains("class=\"box proposed lit\""),
        "{}",
        lit.body
    );
    let last = drawn(&house, &format!("{source}?text=image&page=99")).await;
    assert!(last.body.contains("page 3 as an image"));
    let none = house.get(&format!("{source}/pages/4")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("no page 4"));
    // What has no pages has no image.
    assert!(!house.get(&html).await.body.contains("text=image"));
    for address in [format!("{html}/pages/1"), format!("{html}?text=image")] {
        assert_eq!(drawn(&house, &address).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_picture_is_blurred_until_somebody_asks_and_that_is_on_record() {
    let house = House::with_demo().await;
    for (name, content) in [("page.jpg", PICTURE), ("scan.pdf", SCAN)] {
        let source = house.upload_file(name, content, "open").await;
        // It has no text: its image is what it opens with.
        let page = drawn(&house, &source).await;
        assert!(words(&page.body).contains("Pictures are blurred"), "{name}");
        let blurred = image(&house, &page).await;
        let asked = house
            .request("POST", &format!("{source}/pages"), &FORM, "see=1&page=1")
            .await;
        assert_eq!(
            asked.header("location"),
            format!("{source}?text=image&page=1")
        );
        let page = drawn(&house, asked.header("location")).await;
        assert!(words(&page.body).contains("unblurred now"), "{name}");
        let sharp = image(&house, &page).await;
        assert_ne!(sharp.bytes, blurred.bytes, "{name}");
        assert!(size(&sharp).0 > 100, "{name}");
        let log = words(&house.get("/log").await.body);
        let said = format!("The pages of a source were shown – tester: {name}");
        assert!(log.contains(&said), "{log}");
        house
            .request("POST", &format!("{source}/pages"), &FORM, "see=0")
            .await;
        let page = drawn(&house, &source).await;
        assert_eq!(image(&house, &page).await.bytes, blurred.bytes, "{name}");
    }
}

#[tokio::test]
async fn the_pages_of_a_sealed_source_are_hidden_as_names_are() {
    let house = House::with_demo().await;
    let source = house.upload_file("report.pdf", REPORT, "sealed").await;
    let address = format!("{source}?text=image");
    let page = drawn(&house, &address).await;
    assert!(words(&page.body).contains("Names stand on the pages"));
    let hidden = image(&house, &page).await;
    assert!(size(&hidden).0 < 100 && size(&hidden).1 < 100);
    // The address says nothing of what may be seen.
    let tried = house.get(&format!("{source}/pages/1?as=seen")).await;
    assert_eq!(tried.bytes, hidden.bytes);
    let asked = format!("{source}/pages");
    let refused = house.request("POST", &asked, &FORM, "see=1&reason=+").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(words(&refused.body).contains("Say why you need to see it"));
    assert_eq!(
        image(&house, &drawn(&house, &address).await).await.bytes,
        hidden.bytes
    );
    let shown = house
        .request(
            "POST",
            &asked,
            &FORM,
            "see=1&reason=to+check+a+quote&page=2",
        )
        .await;
    let page = drawn(&house, shown.header("location")).await;
    assert!(size(&image(&house, &page).await).0 > 500);
    assert!(words(&house.get("/log").await.body).contains(", to check a quote"));
    // Who reads names sees letters, not pictures.
    house.request("POST", &asked, &FORM, "see=0").await;
    let names = "see=1&reason=to+call+back&back=%2F";
    house.request("POST", "/masked", &FORM, names).await;
    let page = drawn(&house, &address).await;
    assert!(page.body.contains("?as=pictures-blurred"));
    assert!(size(&image(&house, &page).await).0 > 500);
}

#[tokio::test]
async fn a_role_that_may_no_longer_ask_sees_no_longer() {
    let house = House::with_demo().await;
    let source = house.upload_file("page.jpg", PICTURE, "open").await;
    let ann = Browser::joined(&house, "Ann", Role::Coder).await;
    let image = format!("{source}/pages/1");
    let blurred = ann.get(&image).await;
    assert!(size(&blurred).0 < 100);
    let asked = ann.post(&format!("{source}/pages"), "see=1&page=1").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert!(size(&ann.get(&image).await).0 > 100);
    let admin = Person::new(&house, "a program", Role::Admin);
    let id = text(&admin.get("/users").await["items"][0]["id"]);
    let role = json!({"role": "reader"});
    let changed = admin.post(&format!("/users/{id}/role"), &[], &role).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);
    assert_eq!(ann.get(&image).await.bytes, blurred.bytes);
}

#[tokio::test]
async fn what_cannot_be_shown_is_said() {
    let house = House::with_demo().await;
    let source = house.upload_file("locked.pdf", LOCKED, "open").await;
    let page = drawn(&house, &source).await;
    assert_eq!(page.status, StatusCode::OK);
    let said = words(&page.body);
    assert!(said.contains("This page cannot be shown."), "{said}");
    assert!(said.contains("protected by a password"), "{said}");
    assert!(!page.body.contains("<img"));
}

#[tokio::test]
async fn programs_get_pages_words_and_images_by_the_same_rules() {
    let house = House::with_demo().await;
    let source = house.upload_file("report.pdf", REPORT, "restricted").await;
    let id = source.trim_start_matches("/sources/");
    let reader = Person::new(&house, "reader", Role::Reader);
    let pages = reader.get(&format!("/sources/{id}/pages")).await;
    assert_eq!(pages["items"].as_array().unwrap().len(), 3);
    assert_eq!(pages["placed"], true);
    let page = reader.get(&format!("/sources/{id}/pages/2")).await;
    let words = page["words"].as_array().unwrap();
    assert!(words.len() > 50);
    let reading = reader.get(&format!("/sources/{id}/reading")).await;
    let whole: Vec<char> = text(&reading["text"]).chars().collect();
    let at = |name: &str| words[0][name].as_u64().unwrap() as usize;
    let first: String = whole[at("start")..at("end")].iter().collect();
    assert!(!first.is_empty() && !first.contains(char::is_whitespace));
    assert!(at("right") <= page["width"].as_u64().unwrap() as usize);
    // A token that reads names sees letters; who does not sees nothing of the page.
    let address = format!("/sources/{id}/pages/1/image");
    let letters = reader.ask("GET", &address, &[], "").await;
    assert_eq!(letters.header("content-type"), "image/png");
    assert!(size(&letters).0 > 500);
    let image = format!("/api/v1{address}");
    assert!(size(&house.get(&image).await).0 < 100);
    let asking = format!("/sources/{id}/pages");
    let refused = reader
        .post(&asking, &[], &json!({"see": true, "reason": "x"}))
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let asking = format!("/api/v1{asking}");
    let form = [("content-type", "application/json")];
    let silent = house
        .request("POST", &asking, &form, "{\"see\":true}")
        .await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = "{\"see\":true,\"reason\":\"to compare\"}";
    let seen = house.request("POST", &asking, &form, said).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert!(size(&house.get(&image).await).0 > 500);
    let none = reader
        .ask("GET", &format!("/sources/{id}/pages/9/image"), &[], "")
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
