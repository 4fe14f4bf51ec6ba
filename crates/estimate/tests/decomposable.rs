//! Averaging over decomposable graphs against dga 2.0.2, to six decimals.
#![allow(clippy::unwrap_used)]

mod common;

use common::{near, table};
use onrecord_estimate::decomposable::{Decomposable, Prior, Settings, decomposable};

fn as_dga(name: &str, delta: f64, most_unseen: u64, prior: Prior) -> Decomposable {
    let settings = Settings {
        delta,
        prior,
        most_unseen,
        with_complete: true,
    };
    decomposable(&table(name), settings).unwrap().unwrap()
}

fn check(found: &Decomposable, graphs: usize, mean: f64, quantiles: [u64; 3], mode: u64) {
    assert_eq!(found.graphs.len(), graphs);
    near(found.mean, mean, 1e-6);
    assert_eq!([0.025, 0.5, 0.975].map(|p| found.quantile(p)), quantiles);
    assert_eq!(found.mode, mode);
}

fn cliques(found: &Decomposable, rank: usize) -> Vec<u16> {
    found.graphs[rank]
        .graph
        .cliques
        .iter()
        .map(|c| c.0)
        .collect()
}

#[test]
fn kosovo_is_that_of_dga() {
    let found = as_dga("kosovo", 1.0 / 16.0, 22_000, Prior::ReciprocalTotal);
    check(&found, 61, 12_749.316_341, [9_827, 12_595, 16_544], 12_267);
    assert_eq!(cliques(&found, 0), [0b0111, 0b1101]);
    near(found.graphs[0].probability, 0.98551372, 1e-8);
    near(found.graphs[0].mean, 12_813.175_1, 1e-4);
    near(found.graphs[1].probability, 0.01078039, 1e-8);
    near(found.graphs[2].probability, 0.00370541, 1e-8);
}

#[test]
fn kosovo_with_the_stronger_prior_is_that_of_dga() {
    let found = as_dga("kosovo", 0.5, 22_000, Prior::ReciprocalTotal);
    check(&found, 61, 11_030.734_268, [4_500, 11_323, 14_486], 4_401);
    near(found.graphs[0].probability, 0.88921148, 1e-8);
    near(found.complete_probability, 0.06109860, 1e-8);
}

#[test]
fn the_prior_of_dgas_manual_gives_another_answer_than_its_code() {
    let found = as_dga("kosovo", 0.5, 22_000, Prior::ReciprocalUnseen);
    near(found.mean, 5_070.0, 1.0);
}

#[test]
fn spina_bifida_in_five_lists_is_that_of_madigan_and_york() {
    let found = as_dga("spina5", 0.5, 300, Prior::ReciprocalTotal);
    check(&found, 822, 617.815891, [588, 616, 655], 614);
    near(found.graphs[0].probability, 0.21707345, 1e-8);
    near(found.graphs[1].probability, 0.16029369, 1e-8);
    near(found.graphs[2].probability, 0.08226562, 1e-8);
    near(found.graphs[3].probability, 0.06535887, 1e-8);
}

#[test]
fn spina_bifida_in_three_lists_with_their_prior_is_that_of_madigan_and_york() {
    let found = as_dga(
        "spina3",
        1.0,
        300,
        Prior::GammaPoisson {
            shape: 13.14,
            scale: 55.17,
        },
    );
    check(&found, 8, 733.452369, [682, 731, 797], 728);
    near(found.graphs[0].probability, 0.37376740, 1e-8);
    near(found.complete_probability, 0.03452738, 1e-8);
}

#[test]
fn longer_ranges_walk_in_strides_and_say_alike() {
    let exact = as_dga("kosovo", 1.0 / 16.0, 25_000, Prior::ReciprocalTotal);
    let strided = as_dga("kosovo", 1.0 / 16.0, 600_000, Prior::ReciprocalTotal);
    near(strided.mean, exact.mean, exact.mean * 1e-3);
    assert!(strided.at_the_edge < 1e-9);
}

#[test]
fn settings_out_of_range_and_too_few_lists_are_refused() {
    let kosovo = table("kosovo");
    let usual = Settings::usual(&kosovo);
    for wrong in [
        Settings {
            delta: 0.0,
            ..usual
        },
        Settings {
            delta: f64::NAN,
            ..usual
        },
        Settings {
            most_unseen: 0,
            ..usual
        },
        Settings {
            prior: Prior::GammaPoisson {
                shape: -1.0,
                scale: 1.0,
            },
            ..usual
        },
    ] {
        assert!(decomposable(&kosovo, wrong).is_err());
    }
    assert!(
        decomposable(&kosovo.keep_lists(&[0, 1]).unwrap(), usual)
            .unwrap()
            .is_err()
    );
    assert!(decomposable(&table("uk6"), usual).unwrap().is_err());
}
