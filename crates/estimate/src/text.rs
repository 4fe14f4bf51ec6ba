//! An estimate in plain words, with the table of all methods and the exact input.
//!
//! Invariant: the words never give a figure without its range, nor the range without the caveats.

use crate::caveats::{Severity, people, percent};
use crate::estimate::{Estimate, Outcome};
use std::fmt::Write;

/// The report as plain text, ready to be read or printed.
pub fn text(estimate: &Estimate) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = lead(&mut out, estimate);
    let _ = caveats(&mut out, estimate);
    let _ = methods(&mut out, estimate);
    let _ = input(&mut out, estimate);
    out
}

fn lead(out: &mut String, estimate: &Estimate) -> std::fmt::Result {
    let names: Vec<String> = estimate
        .input
        .names()
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    writeln!(
        out,
        "{} people are on at least one of {} lists: {}.",
        people(estimate.observed as f64),
        names.len(),
        names.join(", ")
    )?;
    let by_number = estimate.input.by_number_of_lists();
    let repeated: u64 = by_number.iter().skip(1).sum();
    writeln!(
        out,
        "{} of them are on two or more.",
        people(repeated as f64)
    )?;
    let Some(figure) = estimate.recommended else {
        return writeln!(
            out,
            "\nHow many people are on no list is not said here. The reason is given below."
        );
    };
    let seen = estimate.observed as f64;
    let level = percent(estimate.plan.level);
    writeln!(
        out,
        "\nThere were probably between {} and {} people in all, so between {} and {} are on no list. The middle of what the methods allow is {}.",
        people(figure.low),
        people(figure.high),
        people(figure.low - seen),
        people(figure.high - seen),
        people(figure.point)
    )?;
    writeln!(
        out,
        "The range runs from the lowest to the highest end of two methods' {level} intervals: latent classes, and log-linear models averaged by AIC. In simulated populations such ranges hold the true number in more than nine of ten; they are wider than those of a single method because single methods were wrong much more often than they say."
    )
}

fn caveats(out: &mut String, estimate: &Estimate) -> std::fmt::Result {
    let groups = [
        (Severity::Stop, "Why there is no figure"),
        (Severity::Warning, "Warnings"),
        (Severity::Note, "To be known"),
    ];
    for (severity, heading) in groups {
        let mut of_kind = estimate
            .caveats
            .iter()
            .filter(|c| c.severity == severity)
            .peekable();
        if of_kind.peek().is_some() {
            writeln!(out, "\n{heading}")?;
        }
        for caveat in of_kind {
            writeln!(out, "- {}", caveat.text)?;
        }
    }
    Ok(())
}

fn methods(out: &mut String, estimate: &Estimate) -> std::fmt::Result {
    writeln!(
        out,
        "\nAll methods, people in all (seen and unseen), {} intervals",
        percent(estimate.plan.level)
    )?;
    writeln!(
        out,
        "{:<32} {:>12} {:>12} {:>12}",
        "method", "figure", "from", "to"
    )?;
    if let Some(figure) = estimate.recommended {
        writeln!(
            out,
            "{:<32} {:>12} {:>12} {:>12}",
            "RECOMMENDED RANGE",
            people(figure.point),
            people(figure.low),
            people(figure.high)
        )?;
    }
    for result in &estimate.methods {
        let name = result.method.name();
        match &result.outcome {
            Outcome::Figure(f) => writeln!(
                out,
                "{name:<32} {:>12} {:>12} {:>12}",
                people(f.point),
                people(f.low),
                people(f.high)
            )?,
            Outcome::Refused(reason) => writeln!(out, "{name:<32} no figure: {reason}")?,
        }
        writeln!(out, "    takes: {}", result.method.assumes())?;
        if !result.detail.is_empty() {
            writeln!(out, "    found: {}", result.detail)?;
        }
    }
    Ok(())
}

fn input(out: &mut String, estimate: &Estimate) -> std::fmt::Result {
    writeln!(out, "\nExact input: people by the lists that hold them")?;
    for (pattern, count) in estimate.input.patterns() {
        writeln!(
            out,
            "{} {:>12}  {}",
            pattern.digits(estimate.input.lists()),
            count,
            estimate.input.name_of(pattern)
        )?;
    }
    let plan = &estimate.plan;
    writeln!(
        out,
        "\nMade with {}; seed {}; links taken as missed {}, wrong {}; the same input and seed give the same figures.",
        estimate.made_with,
        plan.seed,
        percent(plan.link_error.missed),
        percent(plan.link_error.wrong)
    )
}
