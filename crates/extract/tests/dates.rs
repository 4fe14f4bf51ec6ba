//! When things took place.
#![allow(clippy::unwrap_used)]

mod common;

use common::extract;
use model::{Event, Proposal, RecordBody};

fn events(proposals: &[Proposal]) -> Vec<&Event> {
    proposals
        .iter()
        .filter_map(|proposal| match &proposal.body {
            RecordBody::Event(event) => Some(event),
            _ => None,
        })
        .collect()
}

#[test]
fn relative_dates_are_resolved_with_the_reason() {
    for (sentence, date) in [
        (
            "Eleven years ago, the United Nations established a Commission of Inquiry.",
            "2013",
        ),
        (
            "In August of this year, the Security Council held an open briefing.",
            "2024-08",
        ),
        ("Last month, the Commission issued a report.", "2024-09"),
        (
            "On 27 July, the Security Council held an open briefing.",
            "2024-07-27",
        ),
        (
            "From 17 to 21 July, the Special Rapporteur met with Maria Berger.",
            "2024-07-17/2024-07-21",
        ),
        ("Yesterday, the Commission issued a report.", "2024-10-17"),
        ("On Monday, the Commission issued a report.", "2024-10-14"),
        (
            "In March of 2013, the Human Rights Council created a Commission of Inquiry.",
            "2013-03",
        ),
        (
            "On October 18, 2013, Japan issued a joint statement.",
            "2013-10-18",
        ),
    ] {
        let found = extract(&[sentence], Some("2024-10-18"));
        let events = events(&found);
        let event = events
            .first()
            .unwrap_or_else(|| panic!("no event in {sentence}"));
        let resolved = &event
            .date
            .as_ref()
            .unwrap_or_else(|| panic!("no date in {sentence}"))
            .value;
        assert_eq!(resolved.date.to_string(), date, "{sentence}");
        if resolved.basis != "as written" {
            assert!(resolved.basis.contains("2024-10-18"), "{}", resolved.basis);
        }
    }
}

#[test]
fn one_year_later_counts_from_the_date_before() {
    let found = extract(
        &[
            "In 2013 the Council created a Commission of Inquiry. One year later, the Commission issued a report.",
        ],
        None,
    );
    let dates: Vec<_> = events(&found)
        .iter()
        .map(|event| event.date.as_ref().unwrap().value.date.to_string())
        .collect();
    assert_eq!(dates, ["2013", "2014"]);
}

#[test]
fn without_a_publication_date_the_latest_date_counts_and_is_uncertain() {
    let found = extract(
        &[
            "Eleven years ago, the United Nations established a Commission of Inquiry. On October 18, 2024, Japan issued a joint statement.",
        ],
        None,
    );
    let dates: Vec<_> = events(&found)
        .iter()
        .map(|event| event.date.as_ref().unwrap().value.clone())
        .collect();
    assert_eq!(dates[0].date.to_string(), "2013?");
    assert!(dates[0].basis.contains("the latest date in the document"));
    assert_eq!(dates[1].date.to_string(), "2024-10-18");
}

#[test]
fn a_date_that_cannot_be_resolved_is_none() {
    let found = extract(
        &["Eleven years ago, the United Nations established a Commission of Inquiry."],
        None,
    );
    assert!(
        events(&found).iter().all(|event| event.date.is_none()),
        "{found:?}"
    );
}
