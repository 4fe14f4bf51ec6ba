//! Looks over an estimate and says what must be read with it.
//!
//! Invariant: the order of the caveats is by severity, then by the order in which they are looked for, so
//! the same estimate always reads alike.

use crate::caveats::{Caveat, caveat, people, percent, thresholds};
use crate::estimate::{Estimate, Findings};
use crate::histories::{Histories, Pattern};
use crate::loglinear::Criterion;
use crate::method::Method;
use crate::numeric::{exp, ln};

/// Caveats of an estimate; `table` is its table without empty lists.
pub(crate) fn caveats(
    estimate: &Estimate,
    table: &Histories,
    findings: &Findings<'_>,
) -> Vec<Caveat> {
    let mut found = of_the_lists(&estimate.input, table);
    let refused = found
        .iter()
        .any(|c| c.severity == crate::caveats::Severity::Stop);
    if estimate.recommended.is_none() && !refused {
        found.push(caveat("no_figure", &[]));
    }
    found.extend(of_dependence(table));
    found.extend(of_the_models(findings));
    found.extend(of_the_figures(estimate));
    if estimate.recommended.is_some() {
        found.push(of_the_links(estimate));
    }
    found.push(caveat("assumptions", &[]));
    found.sort_by_key(|c| c.severity);
    found
}

fn of_the_lists(input: &Histories, table: &Histories) -> Vec<Caveat> {
    let mut found = Vec::new();
    let holding = (0..input.lists())
        .filter(|&list| input.on_all(Pattern(1 << list)) > 0)
        .count();
    let repeated: u64 = table.by_number_of_lists().iter().skip(1).sum();
    if holding < 3 {
        found.push(caveat("too_few_lists", &[("lists", &holding.to_string())]));
    } else if repeated < thresholds().fewest_repeated {
        let fewest = thresholds().fewest_repeated.to_string();
        found.push(caveat(
            "too_little_overlap",
            &[("repeated", &repeated.to_string()), ("fewest", &fewest)],
        ));
    }
    for (list, name) in input.names().iter().enumerate() {
        let shared = input
            .patterns()
            .any(|(pattern, _)| pattern.has(list) && pattern.size() > 1);
        if input.on_all(Pattern(1 << list)) == 0 {
            found.push(caveat("empty_list", &[("list", name)]));
        } else if !shared && input.lists() > 1 {
            found.push(caveat("list_apart", &[("list", name)]));
        }
    }
    let sparse: Vec<String> = table
        .pairs()
        .into_iter()
        .filter(|pair| pair.2 < thresholds().sparse_overlap)
        .map(|(a, b, both)| {
            format!(
                "\"{}\" and \"{}\" share {both}",
                table.names()[a],
                table.names()[b]
            )
        })
        .collect();
    if !sparse.is_empty() && holding > 1 {
        found.push(caveat("sparse_overlap", &[("pairs", &sparse.join("; "))]));
    }
    found
}

/// Strong dependence of two lists among people who are on at least one of the others: only among them is
/// it known who is on neither of the two.
fn of_dependence(table: &Histories) -> Vec<Caveat> {
    let mut found = Vec::new();
    for (first, second, _) in table.pairs() {
        let Some((odds, error)) = odds_ratio(table, first, second) else {
            continue;
        };
        let strong = ln(thresholds().strong_dependence);
        if odds.abs() < strong || odds.abs() < 1.96 * error {
            continue;
        }
        let times = format!("{:.1}", exp(odds));
        let words = [
            ("first", table.names()[first].as_str()),
            ("second", table.names()[second].as_str()),
            ("times", &times),
        ];
        found.push(if odds > 0.0 {
            caveat("positive_dependence", &words)
        } else {
            caveat("negative_dependence", &words)
        });
    }
    found
}

/// Logarithm of the odds ratio and its standard error, with a half added to each cell; `None` where there
/// is no other list or nobody on one.
pub(crate) fn odds_ratio(table: &Histories, first: usize, second: usize) -> Option<(f64, f64)> {
    let pair = Pattern(1 << first | 1 << second);
    let mut cells = [0_u64; 4];
    for (pattern, count) in table.patterns().filter(|(p, _)| p.0 & !pair.0 != 0) {
        cells[usize::from(pattern.has(first)) + 2 * usize::from(pattern.has(second))] += count;
    }
    if cells.iter().sum::<u64>() == 0 {
        return None;
    }
    let [neither, one, other, both] = cells.map(|cell| cell as f64 + 0.5);
    let error = (1.0 / neither + 1.0 / one + 1.0 / other + 1.0 / both).sqrt();
    Some((ln(both * neither / (one * other)), error))
}

fn of_the_models(findings: &Findings<'_>) -> Vec<Caveat> {
    let mut found = Vec::new();
    if let Some(search) = findings.search {
        if search
            .best_by_bic()
            .is_some_and(|fit| fit.degrees_of_freedom == 0)
        {
            found.push(caveat("saturated_model", &[]));
        }
        if let Ok(average) = search.average(Criterion::Aic) {
            let (low, high) = average.range(0.1);
            if high > low * thresholds().disagreement {
                found.push(caveat(
                    "model_doubt",
                    &[("low", &people(low)), ("high", &people(high))],
                ));
            }
        }
        if search.refused > 0 {
            found.push(caveat(
                "refused_models",
                &[("refused", &search.refused.to_string())],
            ));
        }
    }
    if findings.complete_graph >= 0.05 {
        found.push(caveat(
            "complete_graph",
            &[("share", &percent(findings.complete_graph))],
        ));
    }
    if let Some(convergence) = findings
        .convergence
        .filter(|c| c.r_hat > thresholds().r_hat)
    {
        found.push(caveat(
            "no_convergence",
            &[("r_hat", &format!("{:.2}", convergence.r_hat))],
        ));
    }
    found
}

fn of_the_figures(estimate: &Estimate) -> Vec<Caveat> {
    let mut found = Vec::new();
    let comparable = estimate
        .methods
        .iter()
        .filter(|m| m.method != Method::ChaoLowerBound);
    let points: Vec<f64> = comparable
        .filter_map(|m| m.outcome.figure())
        .map(|f| f.point)
        .collect();
    let low = points.iter().copied().fold(f64::INFINITY, f64::min);
    let high = points.iter().copied().fold(0.0, f64::max);
    if high > low * thresholds().disagreement {
        found.push(caveat(
            "disagreement",
            &[("low", &people(low)), ("high", &people(high))],
        ));
    }
    if let Some(bound) = estimate
        .figure(Method::ChaoLowerBound)
        .filter(|bound| low < bound.low)
    {
        found.push(caveat("below_bound", &[("bound", &people(bound.point))]));
    }
    if let Some(figure) = estimate.recommended {
        let unseen = 1.0 - estimate.observed as f64 / figure.point;
        if unseen > thresholds().mostly_unseen {
            found.push(caveat("mostly_unseen", &[("share", &percent(unseen))]));
        }
        if figure.high > figure.low * thresholds().very_wide {
            found.push(caveat(
                "very_wide",
                &[("low", &people(figure.low)), ("high", &people(figure.high))],
            ));
        }
    }
    found
}

fn of_the_links(estimate: &Estimate) -> Caveat {
    let rates = estimate.plan.link_error;
    if rates.is_none() {
        return caveat("no_link_error", &[]);
    }
    let (missed, wrong) = (percent(2.0 * rates.missed), percent(2.0 * rates.wrong));
    caveat("link_error", &[("missed", &missed), ("wrong", &wrong)])
}
