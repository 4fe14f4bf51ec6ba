//! Log-linear figures against Rcapture 1.4-4 and SparseMSE 2.0.1, to the digits that they print.
#![allow(clippy::unwrap_used)]

mod common;

use common::{near, table};
use onrecord_estimate::loglinear::{
    Criterion, Family, Fit, Heterogeneity, Model, fit, profile_interval, search, stepwise,
};
use onrecord_estimate::{NoEstimate, Pattern};

fn independent(name: &str) -> Fit {
    let table = table(name);
    fit(&table, &Model::independent(table.lists())).unwrap()
}

#[test]
fn kosovo_has_the_published_model_and_total() {
    let kosovo = table("kosovo");
    let found = search(&kosovo, Family::Hierarchical).unwrap();
    assert_eq!(found.fits.len() + found.refused, 113);
    let best = found.best_by_bic().unwrap();
    assert_eq!(
        best.model.describe(&kosovo),
        "[EXH, ABA, OSCE][EXH, HRW][OSCE, HRW]"
    );
    near(best.total, 10_356.5, 0.05);
    near(best.standard_error, 785.9, 0.05);
    near(best.deviance, 9.323, 0.0005);
    assert_eq!(best.degrees_of_freedom, 4);
    near(best.bic, 203.030, 0.0005);
    near(best.aic, 132.747, 0.0005);
    let second = &found.fits[1];
    assert_eq!(
        second.model.describe(&kosovo),
        "[EXH, ABA, OSCE][EXH, OSCE, HRW]"
    );
    near(second.total, 12_741.0, 0.05);
    near(second.standard_error, 1_600.7, 0.05);
    near(second.bic, 203.113, 0.0005);
}

#[test]
fn kosovo_profile_intervals_are_those_of_rcapture() {
    let kosovo = table("kosovo");
    let published =
        Model::generated_by(4, &[Pattern(0b0111), Pattern(0b1001), Pattern(0b1100)]).unwrap();
    let profile = profile_interval(&kosovo, &published, 0.95).unwrap();
    near(profile.total, 10_334.5, 10.3);
    near(profile.lower, 8_994.257, 9.0);
    near(profile.upper.unwrap(), 12_110.41, 12.1);
    let second = Model::generated_by(4, &[Pattern(0b0111), Pattern(0b1101)]).unwrap();
    let profile = profile_interval(&kosovo, &second, 0.95).unwrap();
    near(profile.total, 12_688.0, 12.7);
    near(profile.lower, 10_184.31, 10.2);
    near(profile.upper.unwrap(), 16_703.41, 16.7);
}

#[test]
fn independent_lists_give_the_published_totals() {
    let kosovo = independent("kosovo");
    near(kosovo.total, 7_394.6, 0.05);
    near(kosovo.standard_error, 129.6, 0.05);
    near(kosovo.deviance, 245.939, 0.0005);
    assert_eq!(kosovo.degrees_of_freedom, 10);
    near(kosovo.bic, 389.310, 0.0005);
    let rows = [
        ("uk5", 13_444.13, 806.9297, 118.5316, 253.2819),
        ("netherlands5", 52_923.89, 2_332.951, 398.1871, 547.7307),
        ("neworleans5", 1_034.151, 254.9459, 19.28345, 96.85152),
        ("western", 2_007.142, 371.4816, 40.96313, 127.2797),
    ];
    for (name, total, error, deviance, bic) in rows {
        let fit = independent(name);
        near(fit.total, total, total * 1e-6);
        // R takes the error from its last but one step.
        near(fit.standard_error, error, error * 1e-5);
        near(fit.deviance, deviance, 1e-4);
        near(fit.bic, bic, 1e-4);
        assert_eq!(fit.degrees_of_freedom, 25);
    }
}

#[test]
fn independent_lists_have_rcaptures_profile_intervals() {
    let rows = [
        ("uk5", 13_437.92, 11_985.12, 15_165.9),
        ("netherlands5", 52_914.42, 48_612.91, 57_784.8),
        ("neworleans5", 1_027.303, 665.5825, 1_762.031),
        ("western", 2_000.005, 1_430.773, 2_964.607),
    ];
    for (name, total, lower, upper) in rows {
        let table = table(name);
        let profile = profile_interval(&table, &Model::independent(5), 0.95).unwrap();
        near(profile.total, total, total * 1e-3);
        near(profile.lower, lower, lower * 1e-3);
        near(profile.upper.unwrap(), upper, upper * 1e-3);
    }
}

#[test]
fn stepwise_choice_is_that_of_sparsemse() {
    let rows = [
        ("uk6", 11_417.991, 9_977.283, 13_145.657, 7),
        ("uk5", 11_312.990, 9_884.403, 13_027.397, 6),
        ("netherlands5", 121_521.61, 98_675.43, 150_138.91, 6),
        ("neworleans5", 1_034.151_1, 658.2584, 1_708.602_2, 0),
        ("western", 2_483.384, 1_657.094, 3_830.030, 1),
    ];
    for (name, total, lower, upper, steps) in rows {
        let chosen = stepwise(&table(name), 0.02).unwrap();
        assert_eq!(chosen.steps.len(), steps, "{name}");
        near(chosen.fit.total, total, total * 1e-6);
        let (low, high) = chosen.fit.interval(0.95);
        near(low, lower, 0.05);
        near(high, upper, 0.05);
    }
    let netherlands = table("netherlands5");
    let chosen = stepwise(&netherlands, 0.02).unwrap();
    let empty: Vec<String> = chosen
        .fit
        .empty_overlaps
        .iter()
        .map(|&p| netherlands.name_of(p))
        .collect();
    assert_eq!(empty, ["K, R"]);
}

#[test]
fn searching_all_pairs_finds_rcaptures_best_models() {
    let netherlands = table("netherlands5");
    let found = search(&netherlands, Family::Pairs).unwrap();
    assert_eq!(found.fits.len() + found.refused, 1024);
    let best = found.best_by_bic().unwrap();
    near(best.total, 48_012.73, 0.01);
    near(best.standard_error, 3_263.894, 0.001);
    near(best.bic, 222.0539, 0.0001);
    assert_eq!(best.degrees_of_freedom, 18);
    let chosen = stepwise(&netherlands, 0.02).unwrap();
    assert!(
        chosen.fit.total > 2.0 * best.total,
        "two sound methods differ by more than a factor of two"
    );
    let rows = [
        ("uk5", 22_991.33, 196.5398),
        ("neworleans5", 1_034.151_1, 96.85152),
        ("western", 2_483.384, 118.7443),
    ];
    for (name, total, bic) in rows {
        let found = search(&table(name), Family::Pairs).unwrap();
        near(found.best_by_bic().unwrap().total, total, total * 1e-6);
        near(found.best_by_bic().unwrap().bic, bic, 1e-4);
    }
}

#[test]
fn an_average_lies_within_its_models_and_holds_their_disagreement() {
    let found = search(&table("kosovo"), Family::Hierarchical).unwrap();
    let average = found.average(Criterion::Bic).unwrap();
    let (least, most) = average.range(0.01);
    assert!(average.quantile(0.5) > least && average.quantile(0.5) < most);
    let (low, high) = found.best_by_bic().unwrap().interval(0.95);
    assert!(average.quantile(0.975) - average.quantile(0.025) > high - low);
    assert!(average.disagreement() > 0.1);
    assert!(average.top_weight() < 0.6 && average.effective_models() > 1.5);
}

#[test]
fn models_that_the_data_cannot_carry_are_refused() {
    let one = onrecord_estimate::Histories::from_digits(&["A"], &[("1", 10)]).unwrap();
    assert!(matches!(
        search(&one, Family::Pairs),
        Err(NoEstimate::TooFewLists { .. })
    ));
    let apart = onrecord_estimate::Histories::from_digits(
        &["A", "B", "C"],
        &[("100", 10), ("010", 9), ("001", 8)],
    )
    .unwrap();
    assert!(fit(&apart, &Model::independent(3)).is_err());
    assert!(matches!(
        search(&apart, Family::Hierarchical),
        Err(NoEstimate::NoModel)
    ));
    let nobody = onrecord_estimate::Histories::from_digits(&["A", "B"], &[]).unwrap();
    assert_eq!(fit(&nobody, &Model::independent(2)), Err(NoEstimate::Empty));
}

#[test]
fn people_who_differ_are_fitted_as_in_rcapture() {
    let kosovo = table("kosovo");
    let rows = [
        (Heterogeneity::Darroch, 12_797.3, 814.8, 119.448),
        (Heterogeneity::Poisson, 9_327.8, 306.3, 139.188),
        (Heterogeneity::Gamma, 18_387.1, 1_892.9, 113.784),
    ];
    for (form, total, error, deviance) in rows {
        let found = fit(&kosovo, &Model::independent(4).with_heterogeneity(form)).unwrap();
        near(found.total, total, 0.05);
        near(found.standard_error, error, 0.05);
        near(found.deviance, deviance, 0.0005);
        assert_eq!(found.degrees_of_freedom, 9);
    }
}
