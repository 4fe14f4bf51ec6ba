//! Days as headers, lines, datelines and addresses write them.
#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

#[test]
fn lines_that_give_a_date() {
    for (line, date) in [
        ("2023/12/15", "2023-12-15"),
        ("15 December 2023", "2023-12-15"),
        ("Friday, December 15, 2023", "2023-12-15"),
        ("Published on 15 Dec. 2023 at 14:05 GMT", "2023-12-15"),
        ("2023년 12월 15일", "2023-12-15"),
        ("2023年12月15日", "2023-12-15"),
        ("15.12.2023", "2023-12-15"),
        ("12/15/2023", "2023-12-15"),
        ("le 1 août 2014", "2014-08-01"),
        ("15 de diciembre de 2023", "2023-12-15"),
        ("2023. 12. 15.", "2023-12-15"),
        ("입력: 2023-12-15 09:30", "2023-12-15"),
        ("03/04/2021", "2021"),
    ] {
        let found = whole_line(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(found.date.to_string(), date, "{line}");
    }
    assert!(whole_line("Updated 3 May 2021").unwrap().updated);
}

#[test]
fn lines_that_only_hold_a_date() {
    for line in [
        "Kim visited the corps on October 17, 2024.",
        "Resolution 25/25 of 28 March 2014",
        "December 15",
        "31 February 2020",
        "page 12/15/2023 of the register",
    ] {
        assert_eq!(whole_line(line), None, "{line}");
    }
}

#[test]
fn datelines() {
    for (line, date) in [
        ("27 July 2017 – The proposed resumption", "2017-07-27"),
        ("GENEVA (27 July 2017) – The resumption", "2017-07-27"),
        ("WASHINGTON, Feb. 3, 2021 (AP) — Officials", "2021-02-03"),
        ("Seoul, 3 March 2020 - The group", "2020-03-03"),
    ] {
        let found = dateline(line).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(found.date.to_string(), date, "{line}");
    }
    for line in [
        "On October 18, 2024 – a decade after the report – it said",
        "SEOUL, March 3 (Yonhap) — The group",
        "The statement of 3 March 2020 – the first – said",
        "In March of 2013, the Council created",
    ] {
        assert_eq!(dateline(line), None, "{line}");
    }
}

#[test]
fn metadata_keeps_the_day_as_written() {
    for (value, date) in [
        ("2021-02-04 20:36:34-05:00", "2021-02-04"),
        ("2021-02-04T23:59:59Z", "2021-02-04"),
        ("2021-02", "2021-02"),
        ("20210204", "2021-02-04"),
        ("Thu, 04 Feb 2021 20:36:34 GMT", "2021-02-04"),
    ] {
        assert_eq!(metadata(value).unwrap().to_string(), date, "{value}");
    }
    assert_eq!(metadata("03/04/2021"), None);
    assert_eq!(metadata("0000-00-00"), None);
    assert_eq!(metadata("yesterday"), None);
}

#[test]
fn addresses_hold_days() {
    for (address, date) in [
        (
            "https://example.org/room/2021/02/04/memorandum/",
            Some("2021-02-04"),
        ),
        (
            "https://example.org/news/2021-2-4-memorandum?x=2019-01-01",
            Some("2021-02-04"),
        ),
        ("https://example.org/c_20210204.html", Some("2021-02-04")),
        ("https://example.org/2021/02/memorandum", None),
        ("https://example.org/article/20211399", None),
        ("https://2021.02.04/", None),
    ] {
        let found = in_address(address).map(|date| date.to_string());
        assert_eq!(found.as_deref(), date, "{address}");
    }
}

proptest! {
    #[test]
    fn no_line_panics(line in "[0-9a-zA-Z年월/.,– -]{0,60}|\\PC{0,40}") {
        let _ = (whole_line(&line), dateline(&line), metadata(&line), in_address(&format!("x://{line}")));
    }

    #[test]
    fn what_is_found_is_where_it_says(line in "[a-z ]{0,9}[0-9]{1,2} (July|mai|марта) [0-9]{4}[ a-z]{0,9}") {
        if let Some(found) = first_in(&line) {
            prop_assert!(line[found.from..found.to].starts_with(|c: char| c.is_ascii_digit()));
        }
    }
}
