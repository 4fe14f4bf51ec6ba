//! Do the intervals hold the truth? 200 simulated populations of known size in four lists, six of ten with
//! latent classes, estimated from right links and from links of which 2 % are wrong.
//!
//! Usage: `coverage [populations]`. Prints, for each method, how often its 95 % interval held the true
//! total, how wide it was and how far its figure was off.
#![allow(clippy::print_stdout)]

mod populations;

use onrecord_estimate::{Effort, Estimate, Figure, InputError, LinkError, Method, Plan, estimate};
use populations::{Population, link_badly, population, table};
use std::collections::BTreeMap;

/// Links as they are made: name, missed share, false share, and what the analyst states.
const LINKAGE: [(&str, f64, f64, LinkError); 5] = [
    ("1 right links, taken as right", 0.0, 0.0, LinkError::NONE),
    ("2 right links, 2 % stated as wrong", 0.0, 0.0, STATED),
    ("3 2 % missed and 2 % false, stated", 0.02, 0.02, STATED),
    ("4 2 % missed, both stated", 0.02, 0.0, STATED),
    ("5 2 % false, both stated", 0.0, 0.02, STATED),
];
const STATED: LinkError = LinkError {
    missed: 0.02,
    wrong: 0.02,
};

#[derive(Default, Clone)]
struct Tally {
    populations: u32,
    held: u32,
    log_width: f64,
    log_bias: f64,
    refused: u32,
}

type Tallies = BTreeMap<(String, String), Tally>;

fn main() -> Result<(), InputError> {
    let count: u64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(200);
    let halves: Vec<Result<Tallies, InputError>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|part| scope.spawn(move || run((part..count).step_by(2))))
            .collect();
        workers
            .into_iter()
            .map(|w| {
                w.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    let mut all = Tallies::new();
    for half in halves {
        for (key, tally) in half? {
            let sum = all.entry(key).or_default();
            sum.populations += tally.populations;
            sum.held += tally.held;
            sum.log_width += tally.log_width;
            sum.log_bias += tally.log_bias;
            sum.refused += tally.refused;
        }
    }
    print(&all);
    Ok(())
}

fn run(numbers: impl Iterator<Item = u64>) -> Result<Tallies, InputError> {
    let mut tallies = Tallies::new();
    for number in numbers {
        let population = population(number);
        for (name, missed, wrong, stated) in LINKAGE {
            let lists = table(&link_badly(
                &population.people,
                missed,
                wrong,
                7_000 + number,
            ));
            let plan = Plan {
                link_error: stated,
                effort: Effort::Quick,
                ..Plan::usual(number)
            };
            add(&mut tallies, name, &population, &estimate(&lists, &plan)?);
        }
    }
    Ok(tallies)
}

fn add(tallies: &mut Tallies, linkage: &str, population: &Population, found: &Estimate) {
    let recommended = ("0 RECOMMENDED".to_owned(), found.recommended);
    let methods = found.methods.iter().map(|m| {
        (
            format!("{} {}", order(m.method), m.method.name()),
            m.outcome.figure(),
        )
    });
    for (name, figure) in std::iter::once(recommended).chain(methods) {
        count(
            tallies
                .entry((linkage.to_owned(), name.clone()))
                .or_default(),
            population.size as f64,
            figure,
        );
        if name.starts_with('0') {
            let kind = format!("{linkage}, {:?}", population.kind);
            count(
                tallies.entry((kind, name)).or_default(),
                population.size as f64,
                figure,
            );
        }
    }
}

fn order(method: Method) -> u8 {
    if method == Method::ChaoLowerBound {
        2
    } else {
        1
    }
}

fn count(tally: &mut Tally, truth: f64, figure: Option<Figure>) {
    let Some(figure) = figure else {
        tally.refused += 1;
        return;
    };
    tally.populations += 1;
    tally.held += u32::from(figure.low <= truth && truth <= figure.high);
    tally.log_width += (figure.high / figure.low).ln();
    tally.log_bias += (figure.point / truth).ln();
}

fn print(all: &Tallies) {
    let mut heading = "";
    for ((linkage, method), tally) in all {
        if linkage != heading {
            println!("\n{}", &linkage[2..]);
            heading = linkage;
        }
        let n = f64::from(tally.populations.max(1));
        println!(
            "  {:<32} holds {:>5.1} % of {:>3}; upper/lower {:.2}; figure {:+.1} %{}",
            &method[2..],
            100.0 * f64::from(tally.held) / n,
            tally.populations,
            (tally.log_width / n).exp(),
            100.0 * ((tally.log_bias / n).exp() - 1.0),
            if tally.refused > 0 {
                format!("; {} refused", tally.refused)
            } else {
                String::new()
            }
        );
    }
}
