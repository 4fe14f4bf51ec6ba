//! Search, people and accountability, from the router down to the archive.
use crate::house::{House, Seen, between, words};
use axum::http::StatusCode;
use std::time::Duration;

/// The page once the archive has been laid out as a whole.
async fn laid_out(house: &House, path: &str) -> Seen {
    for _ in 0..600 {
        let seen = house.get(path).await;
        if !seen.body.contains("still being laid out") {
            return seen;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{path} was not laid out within a minute");
}

#[tokio::test]
async fn words_are_found_lit_and_narrowed() {
    let house = House::with_demo().await;
    let blank = house.get("/search").await;
    assert_eq!(blank.status, StatusCode::OK);
    assert!(!blank.body.contains("class=\"hits\""));
    let found = house.get("/search?q=camp").await;
    assert!(
        found.body.contains("<mark class=\"found\">camp"),
        "{}",
        found.body
    );
    assert!(found.body.contains("/sources/"));
    let all: u64 = between(&found.body, "<p class=\"meta\">", " passage")
        .parse()
        .unwrap();
    assert!(all > 2);
    // What is left out and what is kept make up the whole.
    let count = async |filter: &str| -> u64 {
        let page = house.get(&format!("/search?q=camp&{filter}")).await;
        between(&page.body, "<p class=\"meta\">", " passage")
            .parse()
            .unwrap()
    };
    let (with, without) = (count("language=en").await, count("not-language=en").await);
    assert!(with > 0);
    assert_eq!(with + without, all);
    let years = between(&found.body, "year=", "\"");
    assert_eq!(
        count(&format!("year={years}")).await + count(&format!("not-year={years}")).await,
        all
    );
    let none = house.get("/search?q=camp&language=xx").await;
    assert!(none.body.contains("Without one of these there is more"));
    assert!(none.body.contains("href=\"/search?q=camp\""));
    let wrong = house.get("/search?q=-camp").await;
    assert!(wrong.body.contains("This cannot be looked for"));
    let typo = house.get("/search?q=prisonner").await;
    assert!(typo.body.contains("Did you mean"), "{}", words(&typo.body));
    assert_eq!(
        house.get("/search?q=x&page=y").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn records_of_the_same_search_are_narrowed_by_kind_and_status() {
    let house = House::with_demo().await;
    let table = house.get("/search?q=camp&view=records").await;
    assert!(
        table.body.contains("class=\"rows\""),
        "{}",
        words(&table.body)
    );
    let number = |page: &Seen| -> u64 {
        between(&page.body, "<p class=\"meta\">", " record")
            .parse()
            .unwrap()
    };
    let all = number(&table);
    let claims = house
        .get("/search?q=camp&view=records&kind=allegation")
        .await;
    let others = house
        .get("/search?q=camp&view=records&not-kind=allegation")
        .await;
    assert!(number(&claims) > 0);
    assert_eq!(number(&claims) + number(&others), all);
    let accepted = house
        .get("/search?q=camp&view=records&status=accepted")
        .await;
    assert!(
        accepted
            .body
            .contains("No record was read from these passages")
    );
}

#[tokio::test]
async fn a_name_is_found_in_another_script_and_many_at_once() {
    let house = House::with_demo().await;
    let list = "No,Name,Born\n1,김혜숙,1962\n2,Kim Hye-suk,1962\n3,Nobody Atall,1950\n";
    let korean =
        "Statement\n\n3 May 2019\n\nKim Hye-suk said that guards tortured her in the camp.\n";
    house.upload(&[("statement.txt", korean)], "open").await;
    laid_out(&house, "/search/names").await;
    for _ in 0..100 {
        let found = house.get("/search?q=%EA%B9%80%ED%98%9C%EC%88%99").await;
        if found.body.contains("Also looked for") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let found = house.get("/search?q=%EA%B9%80%ED%98%9C%EC%88%99").await;
    assert!(
        found.body.contains("<mark class=\"found\">Kim Hye-suk"),
        "{}",
        words(&found.body)
    );
    let typed = house
        .get("/search?q=%EA%B9%80%ED%98%9C%EC%88%99&forms=typed")
        .await;
    assert!(!typed.body.contains("<mark class=\"found\">Kim Hye-suk"));
    let body = format!(
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\n{list}\r\n--cut--\r\n"
    );
    let form = [("content-type", "multipart/form-data; boundary=cut")];
    let many = house.request("POST", "/search/names", &form, &body).await;
    assert_eq!(many.status, StatusCode::OK, "{}", many.body);
    assert!(words(&many.body).contains("of 3"), "{}", words(&many.body));
    assert!(many.body.contains("Nobody Atall"));
    assert!(many.body.matches("<bdi>Kim Hye-suk</bdi>").count() >= 2);
    let empty = "--cut\r\nContent-Disposition: form-data; name=\"names\"\r\n\r\n \r\n--cut--\r\n";
    let refused = house.request("POST", "/search/names", &form, empty).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn demands_stand_by_duty_bearer_with_their_calls_and_silences() {
    let house = House::with_demo().await;
    let page = laid_out(&house, "/accountability").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("<bdi>China</bdi>"),
        "{}",
        words(&page.body)
    );
    let china = house.get("/accountability?q=china").await;
    assert!(words(&china.body).contains("1 duty bearer"));
    let bearer = between(&china.body, "scope=\"row\"><a href=\"", "\"").to_owned();
    let bearer = house.get(&bearer).await;
    assert!(bearer.body.contains("<h1><bdi>China</bdi></h1>"));
    assert!(bearer.body.contains("class=\"bar-line\""));
    let demand = between(&bearer.body, "scope=\"row\"><a href=\"", "\"").to_owned();
    let demand = house.get(&demand).await;
    assert_eq!(demand.status, StatusCode::OK);
    assert!(
        demand.body.contains("class=\"spoken\""),
        "{}",
        words(&demand.body)
    );
    assert!(demand.body.contains("/sources/"));
    for nowhere in ["/accountability/to/state:XX", "/accountability/demand/none"] {
        assert_eq!(
            house.get(nowhere).await.status,
            StatusCode::NOT_FOUND,
            "{nowhere}"
        );
    }
}

#[tokio::test]
async fn cases_have_histories_and_nobody_is_dead_without_a_person_saying_so() {
    let house = House::with_demo().await;
    let taken = "Statement\n\n3 May 2019\n\nMarin Solvik was abducted by agents in Oslo in 1978.\n";
    let killed =
        "Report\n\n9 June 2020\n\nMarin Solvik was executed by guards in the camp in 1981.\n";
    house
        .upload(&[("taken.txt", taken), ("killed.txt", killed)], "open")
        .await;
    let list = laid_out(&house, "/people").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains("scope=\"row\""), "{}", words(&list.body));
    let shown = words(&list.body);
    assert!(shown.contains("Marin Solvik"), "{shown}");
    assert!(shown.contains("Said to be dead"), "{shown}");
    assert!(!shown.contains("Dead"), "{shown}");
    let case = between(&list.body, "scope=\"row\"><a href=\"", "\"").to_owned();
    let page = house.get(&case).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Whereabouts"));
    assert!(
        page.body.contains("class=\"spoken\""),
        "{}",
        words(&page.body)
    );
    assert_eq!(
        house.get("/people/case/none").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(house.get("/people/pairs").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_pair_is_judged_on_record_and_taken_back() {
    let house = House::with_demo().await;
    let one = "Statement\n\n3 May 2019\n\nKim Hye-suk said that guards tortured her in the camp.\n";
    let two = "Report\n\n9 June 2020\n\nKim Hye Sook told the panel that she was beaten in 2014.\n";
    house
        .upload(&[("one.txt", one), ("two.txt", two)], "open")
        .await;
    let mut ids = Vec::new();
    for word in ["tortured+her", "beaten"] {
        let found = house
            .get(&format!("/search?q={word}&view=records&kind=person"))
            .await;
        ids.push(between(&found.body, "?record=", "#").to_owned());
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let say = async |verdict: &str| {
        let body = format!(
            "one={}&other={}&verdict={verdict}&reason=same+birth",
            ids[0], ids[1]
        );
        house.request("POST", "/people/judge", &form, &body).await
    };
    assert_eq!(say("same").await.status, StatusCode::SEE_OTHER);
    let judged = laid_out(&house, "/people/pairs").await;
    assert!(
        words(&judged.body).contains("tester"),
        "{}",
        words(&judged.body)
    );
    assert!(judged.body.contains("same birth"));
    assert_eq!(say("withdrawn").await.status, StatusCode::SEE_OTHER);
    assert!(!house.get("/people/pairs").await.body.contains("same birth"));
    assert_eq!(say("perhaps").await.status, StatusCode::BAD_REQUEST);
    let forged = [form[0], ("sec-fetch-site", "cross-site")];
    let refused = house
        .request("POST", "/people/judge", &forged, "one=a")
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn one_search_is_a_list_a_table_a_timeline_and_a_map() {
    let house = House::with_demo().await;
    let table = house.get("/search?q=camp&view=records").await.body;
    let drawn = house.get("/search?q=camp&view=timeline").await.body;
    assert!(drawn.contains("<svg class=\"timeline\""));
    assert!(drawn.contains("<g class=\"span"), "{}", words(&drawn));
    let map = house.get("/search?q=camp&view=map").await.body;
    assert!(map.contains("<svg class=\"map\""));
    for (page, view) in [(&table, "records"), (&drawn, "timeline"), (&map, "map")] {
        let here = format!("/search?q=camp&amp;view={view}\" aria-current=\"true\"");
        let plain = format!("/search?q=camp&#38;view={view}\" aria-current=\"true\"");
        assert!(page.contains(&here) || page.contains(&plain), "{view}");
        // The facets of records narrow each of them, and can leave out.
        assert!(
            page.contains("not-kind=") || page.contains("not-place="),
            "{view}"
        );
    }
    // A place on the map leads to the table of its records.
    let place = between(&map, "<tr data-row><th scope=\"row\"><a href=\"", "\"");
    let place = place.replace("&amp;", "&").replace("&#38;", "&");
    assert!(
        place.contains("view=records") && place.contains("place="),
        "{place}"
    );
    let there = house.get(&place).await.body;
    assert!(there.contains("<tr data-row"), "{}", words(&there));
}

#[tokio::test]
async fn a_search_is_kept_on_this_device_and_forgotten() {
    let house = House::with_demo().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let blank = house.get("/search").await.body;
    assert!(!blank.contains("/search/forget"));
    let sent = "name=Camps+in+the+north&address=%2Fsearch%3Fq%3Dcamp%26language%3Den";
    let kept = house.request("POST", "/search/save", &form, sent).await;
    assert_eq!(kept.header("location"), "/search?q=camp&language=en");
    let found = house.get("/search?q=camp&language=en&view=records").await;
    assert!(words(&found.body).contains("This search is saved"));
    let list = house.get("/search").await.body;
    assert!(words(&list).contains("Camps in the north"));
    // Nothing of it is on record.
    let log = house.get("/log").await.body;
    assert!(!words(&log).contains("A note"));
    for foreign in [
        "%2Fsources",
        "%2Fsearch%3Fq%3D",
        "https%3A%2F%2Fx%2Fsearch%3Fq%3Da",
    ] {
        let sent = format!("address={foreign}");
        let refused = house.request("POST", "/search/save", &form, &sent).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{foreign}");
    }
    let sent = "number=0&address=%2Fsearch%3Fq%3Dcamp%26language%3Den";
    house.request("POST", "/search/forget", &form, sent).await;
    let list = house.get("/search").await.body;
    assert!(!words(&list).contains("Camps in the north"));
}

#[tokio::test]
async fn joint_statements_are_drawn_by_year_and_narrowed_by_who_stood_with_them() {
    let house = House::with_demo().await;
    let text = "Joint statement\n\nOn October 18, 2024, the United States, Japan and South Korea \
                issued a joint statement on human rights.\n\nOn December 10, 2023, France and Japan \
                issued a joint statement.\n";
    house.upload(&[("joint.txt", text)], "open").await;
    let page = laid_out(&house, "/accountability/stands").await.body;
    assert!(page.contains("<svg class=\"dots\""), "{}", words(&page));
    for name in ["Japan", "2024", "2023"] {
        assert!(words(&page).contains(name), "{name}");
    }
    let all: u64 = between(&page, "<p class=\"meta\">", " joint")
        .parse()
        .unwrap();
    let japan = house
        .get("/accountability/stands?with=state%3AJP")
        .await
        .body;
    let without = house
        .get("/accountability/stands?not-with=state%3AJP")
        .await
        .body;
    let count = |page: &str| -> u64 {
        between(page, "<p class=\"meta\">", " joint")
            .parse()
            .unwrap()
    };
    assert!(count(&japan) >= 2);
    assert_eq!(count(&japan) + count(&without), all);
    let bearer = house.get("/accountability/to/state%3AJP").await;
    assert_eq!(bearer.status, StatusCode::OK);
    assert!(words(&bearer.body).contains("Statements that it stood with"));
}

#[tokio::test]
async fn a_person_without_a_case_has_a_page() {
    let house = House::with_demo().await;
    let list = "Name,Born,Father,Residence\nHan Sol-mi,1961,Han Chang-su,Hamhung\n\
                Han Chang-su,1930,,Hamhung\n";
    house.upload(&[("register.csv", list)], "open").await;
    let text = "Han Sol-mi\n\nHan Sol-mi, a teacher, said that she was detained in 1999.\n";
    house.upload(&[("told.txt", text)], "open").await;
    let found = laid_out(&house, "/people?q=Han+Sol-mi").await.body;
    let address = between(&found, "href=\"/people/person/", "\"").to_owned();
    let page = house.get(&format!("/people/person/{address}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", words(&page.body));
    assert!(page.body.contains("<h1><bdi>Han Sol-mi</bdi></h1>"));
    assert!(words(&page.body).contains("What each source says"));
    let none = house
        .get("/people/person/01900000-0000-7000-8000-000000000000")
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
