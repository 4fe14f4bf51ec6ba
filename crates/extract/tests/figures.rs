//! How many there were.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Figure, RecordBody};

fn figures(sentence: &str) -> Vec<Figure> {
    let found = extract(&[sentence], None);
    let figures = found
        .into_iter()
        .filter_map(|proposal| match proposal.body {
            RecordBody::Figure(figure) => Some(figure),
            _ => None,
        });
    figures.collect()
}

/// Bounds in thousandths of the unit.
fn assert_figure(sentence: &str, least: i64, most: Option<i64>, unit: &str) {
    let all = figures(sentence);
    let figure = all
        .first()
        .unwrap_or_else(|| panic!("no figure in {sentence}"));
    assert_eq!(figure.least.value, least, "{sentence}");
    let upper = figure.most.as_ref().map(|most| most.value);
    assert_eq!(upper, most, "{sentence}");
    assert_eq!(figure.unit.value, unit, "{sentence}");
}

#[test]
fn figures_in_digits_and_words() {
    for (sentence, least, most, unit) in [
        (
            "Fifty-two Member States joined.",
            52_000,
            Some(52_000),
            "member state",
        ),
        (
            "More than 30,000 people have fled.",
            30_000_000,
            None,
            "person",
        ),
        (
            "Between 80,000 and 120,000 prisoners are held.",
            80_000_000,
            Some(120_000_000),
            "prisoner",
        ),
        (
            "About 42 percent of children are hungry.",
            42_000,
            Some(42_000),
            "percent",
        ),
        (
            "Nearly one in ten women was absent.",
            10_000,
            Some(10_000),
            "percent",
        ),
        ("A dozen families met.", 12_000, Some(12_000), "family"),
        ("Hundreds of escapees waited.", 100_000, None, "escapee"),
        (
            "It cost $2.5 million to build.",
            2_500_000_000,
            Some(2_500_000_000),
            "dollar",
        ),
        ("35 of 49 countries voted.", 35_000, Some(35_000), "country"),
        (
            "88 of the 294 recommendations were rejected.",
            88_000,
            Some(88_000),
            "recommendation",
        ),
        (
            "The court heard 80 civil parties.",
            80_000,
            Some(80_000),
            "party",
        ),
        (
            "Some 350,000 displaced people live there.",
            350_000_000,
            Some(350_000_000),
            "person",
        ),
        (
            "They stripped 94 others of it.",
            94_000,
            Some(94_000),
            "person",
        ),
        ("Nine of us were caught.", 9_000, Some(9_000), "person"),
    ] {
        assert_figure(sentence, least, most, unit);
    }
}

#[test]
fn figures_by_what_stands_around_the_number() {
    for (sentence, least, most, unit) in [
        (
            "They will give as much as $224 million.",
            0,
            Some(224_000_000_000),
            "dollar",
        ),
        (
            "The fund gave $5M for clinics.",
            5_000_000_000,
            Some(5_000_000_000),
            "dollar",
        ),
        (
            "The line took nearly 8,000 calls, chats and texts.",
            8_000_000,
            Some(8_000_000),
            "call",
        ),
        ("She made 10 or more awards.", 10_000, None, "award"),
        (
            "It trained 3.4 million military and civilian personnel.",
            3_400_000_000,
            Some(3_400_000_000),
            "person",
        ),
        (
            "Over 5,000 public, private, and academic institutions joined.",
            5_000_000,
            None,
            "institution",
        ),
        (
            "They named two senior human rights officials.",
            2_000,
            Some(2_000),
            "official",
        ),
        (
            "A 25-person team went there.",
            25_000,
            Some(25_000),
            "person",
        ),
        (
            "Teams went to several dozen countries.",
            24_000,
            None,
            "country",
        ),
        (
            "The plan runs over three years.",
            3_000,
            Some(3_000),
            "year",
        ),
        (
            "Six of those Americans are home.",
            6_000,
            Some(6_000),
            "american",
        ),
    ] {
        assert_figure(sentence, least, most, unit);
    }
}

#[test]
fn labels_and_dates_are_no_figures() {
    for sentence in [
        "The historic 2000 United Nations resolution on women is known.",
        "Executive Order 13466 was signed on June 26, 2008.",
        "See section 202(d) and page 14.",
        "At 8:12 A.M. he began.",
        "Resolution 22/13 was adopted in 2013.",
        "She drew Camp 18 during COVID-19.",
        "One of them spoke.",
    ] {
        let found = figures(sentence);
        assert!(found.is_empty(), "{sentence}: {found:?}");
    }
}
