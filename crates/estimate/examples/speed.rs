//! Prints the CPU time of the two heavy methods: all 1,024 models of pairs of five lists, and 110,000
//! sweeps of the latent class model over the table of Kosovo.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use onrecord_estimate::{Histories, decomposable, latent, loglinear};

fn main() {
    let netherlands = table("netherlands5");
    let kosovo = table("kosovo");
    let (seconds, found) =
        timed(|| loglinear::search(&netherlands, loglinear::Family::Pairs).unwrap());
    println!(
        "1,024 models of five lists: {seconds:.3} CPU s, {} with a best fit",
        found.fits.len()
    );
    let (seconds, found) =
        timed(|| loglinear::search(&netherlands, loglinear::Family::Hierarchical).unwrap());
    println!(
        "6,893 hierarchical models of five lists: {seconds:.3} CPU s, {} with a best fit",
        found.fits.len()
    );
    for seed in 1..=5 {
        let (seconds, found) = timed(|| {
            latent::latent(&kosovo, latent::Settings::published(seed))
                .unwrap()
                .unwrap()
        });
        let [low, median, high] = [0.025, 0.5, 0.975].map(|p| found.quantile(p));
        println!(
            "LCMCR, 110,000 sweeps on Kosovo, seed {seed}: {seconds:.3} CPU s, {median:.0} [{low:.0}; {high:.0}], worth {:.0} draws",
            found.convergence.effective_draws
        );
    }
    let settings = latent::Settings {
        chains: 5,
        ..latent::Settings::published(1)
    };
    let (seconds, found) = timed(|| latent::latent(&kosovo, settings).unwrap().unwrap());
    println!("five chains: {seconds:.3} CPU s, {:?}", found.convergence);
    let settings = decomposable::Settings {
        delta: 1.0 / 16.0,
        prior: decomposable::Prior::ReciprocalTotal,
        most_unseen: 22_000,
        with_complete: true,
    };
    let (seconds, _) = timed(|| {
        decomposable::decomposable(&kosovo, settings)
            .unwrap()
            .unwrap()
    });
    println!("61 graphs on Kosovo: {seconds:.3} CPU s");
}

fn table(name: &str) -> Histories {
    let all: serde_json::Value =
        serde_json::from_str(include_str!("../tests/tables.json")).unwrap();
    let lists: Vec<&str> = all[name]["lists"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_str().unwrap())
        .collect();
    let counts = all[name]["counts"].as_object().unwrap();
    let counts: Vec<(&str, u64)> = counts
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_u64().unwrap()))
        .collect();
    Histories::from_digits(&lists, &counts).unwrap()
}

/// Runs and returns the CPU seconds that this process used meanwhile (Linux; else wall time).
fn timed<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let wall = std::time::Instant::now();
    let before = cpu_seconds();
    let result = run();
    let used = before.and_then(|b| cpu_seconds().map(|a| a - b));
    (used.unwrap_or(wall.elapsed().as_secs_f64()), result)
}

fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}
