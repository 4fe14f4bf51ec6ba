//! The latent class sampler against LCMCR 0.4.14 on the killings in Kosovo.
#![allow(clippy::unwrap_used)]

mod common;

use common::{near, table};
use onrecord_estimate::latent::{Latent, Settings, latent};
use onrecord_estimate::{Histories, NoEstimate};

fn sample(histories: &Histories, settings: Settings) -> Latent {
    latent(histories, settings).unwrap().unwrap()
}

#[test]
fn kosovo_is_that_of_the_r_package() {
    let kosovo = table("kosovo");
    let found = sample(
        &kosovo,
        Settings {
            chains: 5,
            ..Settings::published(1)
        },
    );
    // The R package with two seeds: 10,598 [9,245; 14,786] and 10,422 [9,108; 13,620].
    let (median, low, high) = (10_510.0, 9_176.0, 14_203.0);
    near(found.quantile(0.5), median, 0.03 * median);
    near(found.quantile(0.025), low, 0.08 * low);
    near(found.quantile(0.975), high, 0.08 * high);
    for chain in found.draws().chunks(1000) {
        let mut sorted = chain.to_vec();
        sorted.sort_by(f64::total_cmp);
        near(sorted[500], median, 0.03 * median);
    }
    assert!(found.convergence.r_hat < 1.01, "{:?}", found.convergence);
    assert!(
        found.convergence.effective_draws > 500.0,
        "{:?}",
        found.convergence
    );
}

#[test]
fn a_seed_gives_the_same_draws_and_another_seed_others() {
    let settings = Settings {
        burn_in: 50,
        draws: 20,
        thin: 2,
        ..Settings::published(42)
    };
    let kosovo = table("kosovo");
    let first = sample(&kosovo, settings);
    assert_eq!(first.draws(), sample(&kosovo, settings).draws());
    assert_ne!(
        first.draws(),
        sample(
            &kosovo,
            Settings {
                seed: 43,
                ..settings
            }
        )
        .draws()
    );
    // These very figures must come out on every machine.
    assert_eq!(first.draws()[..4], FIRST_DRAWS);
}

const FIRST_DRAWS: [f64; 4] = [9704.0, 9846.0, 9664.0, 9869.0];

#[test]
fn what_the_model_cannot_say_is_refused() {
    let usual = Settings {
        burn_in: 10,
        draws: 10,
        thin: 1,
        ..Settings::published(1)
    };
    let two = Histories::from_digits(&["A", "B"], &[("10", 5), ("11", 3)]).unwrap();
    assert!(matches!(
        latent(&two, usual),
        Ok(Err(NoEstimate::TooFewLists { .. }))
    ));
    let apart =
        Histories::from_digits(&["A", "B", "C"], &[("100", 5), ("010", 3), ("001", 2)]).unwrap();
    assert!(matches!(
        latent(&apart, usual),
        Ok(Err(NoEstimate::NoOverlap))
    ));
    let kosovo = table("kosovo");
    for wrong in [
        Settings {
            classes: 0,
            ..usual
        },
        Settings { chains: 0, ..usual },
        Settings { draws: 1, ..usual },
        Settings {
            shape: f64::NAN,
            ..usual
        },
    ] {
        assert!(latent(&kosovo, wrong).is_err());
    }
}
