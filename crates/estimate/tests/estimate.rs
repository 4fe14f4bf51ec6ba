//! The whole answer: several methods, caveats, words, picture, strata and thresholds.
#![allow(clippy::unwrap_used)]

mod common;

use common::table;
use onrecord_estimate::{
    Effort, Estimate, Histories, InputError, LinkError, Method, Pattern, Plan, Severity, estimate,
    estimate_strata, plot, sensitivity, text,
};
use proptest::prelude::*;

fn quick(seed: u64) -> Plan {
    Plan {
        effort: Effort::Quick,
        ..Plan::usual(seed)
    }
}

fn codes(found: &Estimate) -> Vec<&str> {
    found
        .caveats
        .iter()
        .map(|caveat| caveat.code.as_str())
        .collect()
}

#[test]
fn kosovo_stands_with_all_its_methods_and_the_same_seed_says_the_same() {
    let kosovo = table("kosovo");
    let found = estimate(&kosovo, &quick(1)).unwrap();
    assert_eq!(found, estimate(&kosovo, &quick(1)).unwrap());
    assert!(
        found
            .methods
            .iter()
            .filter(|m| m.outcome.figure().is_some())
            .count()
            >= 7
    );
    let range = found.recommended.unwrap();
    assert!(range.low < 10_356.5 && 10_356.5 < range.high, "{range:?}");
    assert!(codes(&found).contains(&"assumptions"));
    assert!(codes(&found).contains(&"link_error"));
}

#[test]
fn disagreement_on_the_netherlands_is_said_in_words() {
    let found = estimate(&table("netherlands5"), &quick(1)).unwrap();
    assert!(
        codes(&found).contains(&"disagreement"),
        "{:?}",
        codes(&found)
    );
    assert!(codes(&found).contains(&"sparse_overlap"));
    assert!(codes(&found).contains(&"mostly_unseen"));
    let words = text(&found);
    assert!(words.contains("\"K\" and \"R\" share 0"));
    assert!(words.contains("Do not quote one of them alone."));
}

#[test]
fn a_saturated_model_is_said_in_words() {
    // Three lists whose every pair depends: only the saturated model fits.
    let lists = [
        ("100", 400),
        ("010", 300),
        ("001", 500),
        ("110", 20),
        ("101", 250),
        ("011", 10),
        ("111", 90),
    ];
    let found = estimate(
        &Histories::from_digits(&["A", "B", "C"], &lists).unwrap(),
        &quick(1),
    )
    .unwrap();
    assert!(
        codes(&found).contains(&"saturated_model"),
        "{:?}",
        codes(&found)
    );
    assert!(
        codes(&found).contains(&"positive_dependence"),
        "{:?}",
        codes(&found)
    );
}

#[test]
fn lists_that_avoid_each_other_are_said_in_words() {
    let lists = [
        ("100", 400),
        ("010", 300),
        ("001", 500),
        ("110", 5),
        ("101", 250),
        ("011", 200),
        ("111", 9),
    ];
    let found = estimate(
        &Histories::from_digits(&["A", "B", "C"], &lists).unwrap(),
        &quick(1),
    )
    .unwrap();
    assert!(
        codes(&found).contains(&"negative_dependence"),
        "{:?}",
        codes(&found)
    );
}

#[test]
fn too_few_lists_or_overlaps_are_refused_honestly() {
    let two = Histories::from_digits(&["A", "B"], &[("10", 180), ("01", 130), ("11", 60)]).unwrap();
    let found = estimate(&two, &quick(1)).unwrap();
    assert!(found.is_refused() && found.recommended.is_none());
    assert!(found.figure(Method::Chapman).is_some());
    assert_eq!(codes(&found)[0], "too_few_lists");
    assert!(
        text(&found).contains("takes: being on one list says nothing about being on the other")
    );

    let apart = Histories::from_digits(
        &["A", "B", "C"],
        &[("100", 180), ("010", 130), ("001", 60), ("110", 3)],
    )
    .unwrap();
    let found = estimate(&apart, &quick(1)).unwrap();
    assert_eq!(codes(&found)[0], "too_little_overlap");
    assert!(codes(&found).contains(&"list_apart"));
    assert!(found.recommended.is_none());

    let nobody = Histories::from_digits(&["A", "B", "C"], &[]).unwrap();
    let found = estimate(&nobody, &quick(1)).unwrap();
    assert!(found.is_refused());
    assert!(text(&found).contains("not said here"));
}

#[test]
fn an_empty_list_changes_nothing_but_a_caveat() {
    let uk = table("uk5");
    let wide = Histories::new(
        uk.names().iter().cloned().chain(["nothing".to_owned()]),
        uk.patterns().collect::<Vec<_>>(),
    )
    .unwrap();
    let (plain, with_empty) = (
        estimate(&uk, &quick(1)).unwrap(),
        estimate(&wide, &quick(1)).unwrap(),
    );
    assert_eq!(plain.recommended, with_empty.recommended);
    assert!(codes(&with_empty).contains(&"empty_list"));
}

#[test]
fn linkage_errors_widen_the_range() {
    // Independent lists of a large population: without wrong links the range would be narrow.
    let cells = (1..16_u16).map(|p| {
        let chance = (0..4)
            .map(|j| if p >> j & 1 == 1 { 0.3 } else { 0.7 })
            .product::<f64>();
        (Pattern(p), (100_000.0 * chance).round() as u64)
    });
    let lists = Histories::new(["A", "B", "C", "D"], cells.collect::<Vec<_>>()).unwrap();
    let width = |rate: f64| {
        let plan = Plan {
            link_error: LinkError {
                missed: rate,
                wrong: rate,
            },
            ..quick(1)
        };
        let figure = estimate(&lists, &plan).unwrap().recommended.unwrap();
        assert!(
            figure.low < 100_000.0 && figure.high > 100_000.0,
            "{figure:?}"
        );
        figure.high / figure.low
    };
    assert!(width(0.1) > width(0.0));
    let sure = estimate(
        &lists,
        &Plan {
            link_error: LinkError::NONE,
            ..quick(1)
        },
    )
    .unwrap();
    assert!(codes(&sure).contains(&"no_link_error"));
}

#[test]
fn strata_add_up_by_draws_and_not_by_ends() {
    let (kosovo, n) = (table("kosovo"), 3);
    let strata: Vec<(String, Histories)> = (0..n)
        .map(|i| (format!("month {i}"), kosovo.clone()))
        .collect();
    let found = estimate_strata(&strata, &quick(1)).unwrap();
    let total = found.total.unwrap();
    let ends: f64 = found
        .strata
        .iter()
        .map(|s| s.estimate.recommended.unwrap().high)
        .sum();
    let points: f64 = found
        .strata
        .iter()
        .map(|s| s.estimate.recommended.unwrap().point)
        .sum();
    assert!(total.high < ends, "{total:?} {ends}");
    assert!((total.point / points - 1.0).abs() < 0.1);
    assert_eq!(found.observed, 3 * 4400);

    let mut with_poor = strata;
    with_poor.push(("poor".to_owned(), kosovo.keep_lists(&[0, 1, 2, 3]).unwrap()));
    with_poor[3].1 = Histories::new(kosovo.names().iter().cloned(), [(Pattern(1), 50)]).unwrap();
    let found = estimate_strata(&with_poor, &quick(1)).unwrap();
    assert!(
        found
            .caveats
            .iter()
            .any(|c| c.code == "stratum_refused" && c.text.contains("poor"))
    );
    assert!(estimate_strata(&[], &quick(1)).is_err());
    with_poor[3].0 = "month 0".to_owned();
    assert!(matches!(
        estimate_strata(&with_poor, &quick(1)),
        Err(InputError::SameName(_))
    ));
}

#[test]
fn the_link_threshold_is_told_to_matter_or_not() {
    let kosovo = table("kosovo");
    let same = sensitivity(&[(0.9, kosovo.clone()), (0.5, kosovo.clone())], &quick(1)).unwrap();
    assert!(
        !same.matters && same.words.contains("hardly matters"),
        "{}",
        same.words
    );
    assert_eq!(same.rows[0].threshold, 0.5);
    // A stricter threshold has lost four of ten links.
    let strict = kosovo.patterns().flat_map(|(pattern, count)| {
        let lost = if pattern.size() > 1 {
            count * 4 / 10
        } else {
            0
        };
        let mut parted: Vec<(Pattern, u64)> = pattern
            .lists()
            .map(|list| (Pattern(1 << list), lost))
            .collect();
        parted.push((pattern, count - lost));
        parted
    });
    let strict =
        Histories::new(kosovo.names().iter().cloned(), strict.collect::<Vec<_>>()).unwrap();
    let moved = sensitivity(&[(0.5, kosovo), (0.99, strict)], &quick(1)).unwrap();
    assert!(
        moved.matters && moved.words.contains("% higher"),
        "{}",
        moved.words
    );
    assert!(sensitivity(&[], &quick(1)).is_err());
}

#[test]
fn the_picture_is_safe_and_says_what_it_shows() {
    let kosovo = table("kosovo");
    let names = ["<script>alert(1)</script>", "a\"b", "c&d", "e\u{1}"];
    let hostile = Histories::new(names, kosovo.patterns().collect::<Vec<_>>()).unwrap();
    let picture = plot(&estimate(&hostile, &quick(1)).unwrap());
    assert!(picture.starts_with("<svg") && picture.ends_with("</svg>\n"));
    assert!(!picture.contains("<script") && picture.contains("&lt;script&gt;"));
    assert!(
        picture.contains("<title") && picture.contains("4,400 people are on at least one list.")
    );
    assert!(
        picture.contains("prefers-color-scheme") && !picture.contains("http://www.w3.org/1999")
    );
    assert!(picture.chars().all(|c| c == '\n' || !c.is_control()));
    assert_eq!(picture.matches("<circle").count(), 8);
}

#[test]
fn the_answer_as_json_has_input_seed_and_caveats() {
    let found = estimate(&table("spina3"), &quick(99)).unwrap();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["plan"]["seed"], 99);
    assert_eq!(json["input"]["counts"]["110"], 4);
    assert!(json["methods"].as_array().unwrap().len() >= 7);
    assert!(
        json["caveats"]
            .as_array()
            .unwrap()
            .iter()
            .any(|c| c["severity"] == "note")
    );
}

#[test]
fn many_lists_are_estimated_too() {
    let found = estimate(&table("uk6"), &quick(1)).unwrap();
    let range = found.recommended.unwrap();
    assert!(range.low < 12_000.0 && range.high > 11_000.0, "{range:?}");
    assert!(found.caveats.iter().all(|c| c.severity != Severity::Stop));
}

fn any_count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0), 3 => 0..5_u64, 3 => 0..500_u64, 1 => Just(300_000_000), 1 => 0..100_000_000_u64]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_table_makes_it_panic_or_say_less_than_was_seen(
        lists in 1..5_usize,
        counts in proptest::collection::vec(any_count(), 31),
        empty in 0..5_u16,
    ) {
        let patterns = (1..1_u16 << lists).filter(|p| *p >> empty & 1 == 0);
        let cells: Vec<_> = patterns.zip(counts).map(|(p, count)| (Pattern(p), count)).collect();
        let table = Histories::new((0..lists).map(|i| format!("L{i}")), cells).unwrap();
        let found = estimate(&table, &quick(5)).unwrap();
        prop_assert_eq!(found.is_refused(), found.recommended.is_none());
        for figure in found.methods.iter().filter_map(|m| m.outcome.figure()).chain(found.recommended) {
            prop_assert!(figure.low <= figure.point && figure.point <= figure.high, "{:?}", figure);
            prop_assert!(figure.point + 0.5 >= table.observed() as f64 || found.plan.link_error != LinkError::NONE);
        }
        prop_assert!(text(&found).contains("Exact input"));
        prop_assert!(plot(&found).ends_with("</svg>\n"));
    }
}
