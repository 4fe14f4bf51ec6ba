//! experiment
#![allow(clippy::print_stdout, clippy::unwrap_used)]
mod populations;
use onrecord_estimate::{
    Histories, decomposable, latent,
    loglinear::{self, Criterion, Family},
};
use populations::*;
use std::collections::BTreeMap;
fn methods(h: &Histories) -> Vec<(&'static str, f64, f64, f64)> {
    let mut out = vec![];
    let s = loglinear::search(h, Family::Hierarchical).unwrap();
    for (n, c) in [("bic", Criterion::Bic), ("aic", Criterion::Aic)] {
        let a = s.average(c).unwrap();
        out.push((n, a.quantile(0.025), a.quantile(0.5), a.quantile(0.975)));
    }
    let br = loglinear::search(h, Family::Broad).unwrap();
    for (n, c) in [("Bbic", Criterion::Bic), ("Baic", Criterion::Aic)] {
        let a = br.average(c).unwrap();
        out.push((n, a.quantile(0.025), a.quantile(0.5), a.quantile(0.975)));
    }
    let b = s.best_by_bic().unwrap();
    let (l, u) = b.interval(0.95);
    out.push(("best", l, b.total, u));
    let w = loglinear::stepwise(h, 0.02).unwrap().fit;
    let (l, u) = w.interval(0.95);
    out.push(("step", l, w.total, u));
    for (n, c) in [("dga", false), ("dga+", true)] {
        let d = decomposable::decomposable(
            h,
            decomposable::Settings {
                with_complete: c,
                ..decomposable::Settings::usual(h)
            },
        )
        .unwrap()
        .unwrap();
        out.push((
            n,
            d.quantile(0.025) as f64,
            d.quantile(0.5) as f64,
            d.quantile(0.975) as f64,
        ));
    }
    let set = latent::Settings {
        burn_in: 3000,
        draws: 500,
        thin: 10,
        chains: 2,
        ..latent::Settings::published(1)
    };
    let l = latent::latent(h, set).unwrap().unwrap();
    out.push((
        "lcmcr",
        l.quantile(0.025),
        l.quantile(0.5),
        l.quantile(0.975),
    ));
    let lo = |n: &str, o: &Vec<(&'static str, f64, f64, f64)>| {
        o.iter().find(|x| x.0 == n).copied().unwrap()
    };
    for (n, a, b) in [
        ("hull lc+bic", "lcmcr", "bic"),
        ("hull lc+aic", "lcmcr", "aic"),
        ("hull lc+Baic", "lcmcr", "Baic"),
        ("hull lc+Bbic", "lcmcr", "Bbic"),
        ("hull lc+dga", "lcmcr", "dga"),
        ("hull aic+dga", "aic", "dga"),
    ] {
        let (x, y) = (lo(a, &out), lo(b, &out));
        out.push((n, x.1.min(y.1), (x.2 * y.2).sqrt(), x.3.max(y.3)));
    }
    // mixtures at 0.95
    let d = decomposable::decomposable(h, decomposable::Settings::usual(h))
        .unwrap()
        .unwrap();
    let m = 500;
    let q = |i: usize| (i as f64 + 0.5) / m as f64;
    let aic = s.average(Criterion::Aic).unwrap();
    let bic = s.average(Criterion::Bic).unwrap();
    let lv: Vec<f64> = (0..m).map(|i| l.quantile(q(i))).collect();
    let av: Vec<f64> = (0..m).map(|i| aic.quantile(q(i))).collect();
    let bv: Vec<f64> = (0..m).map(|i| bic.quantile(q(i))).collect();
    let dv: Vec<f64> = (0..m).map(|i| d.quantile(q(i)) as f64).collect();
    for (n, parts) in [
        ("mix l+a", vec![&lv, &av]),
        ("mix l+b", vec![&lv, &bv]),
        ("mix l+a+d", vec![&lv, &av, &dv]),
        ("mix l+b+d", vec![&lv, &bv, &dv]),
    ] {
        let mut v: Vec<f64> = parts.into_iter().flatten().copied().collect();
        v.sort_by(f64::total_cmp);
        let g = |p: f64| v[((p * v.len() as f64) as usize).min(v.len() - 1)];
        out.push((n, g(0.025), g(0.5), g(0.975)));
    }
    out
}
fn main() {
    let all: u64 = std::env::args()
        .nth(1)
        .and_then(|x| x.parse().ok())
        .unwrap_or(200);
    let mut tally: BTreeMap<(usize, String, String), (u32, u32, f64, f64)> = BTreeMap::new();
    for i in 0..all {
        let p = population(i);
        for (v, name, m, f) in [
            (0, "clean", 0.0, 0.0),
            (1, "both", 0.02, 0.02),
            (2, "missed", 0.02, 0.0),
            (3, "false", 0.0, 0.02),
        ] {
            let h = table(&link_badly(&p.people, m, f, 99 + i));
            for (n, l, e, u) in methods(&h) {
                let t = p.size as f64;
                let hit = l <= t && t <= u;
                for k in ["all".to_string(), format!("{:?}", p.kind)] {
                    if k != "all" && v > 0 {
                        continue;
                    }
                    let x = tally
                        .entry((v, format!("{name} {k}"), n.to_string()))
                        .or_default();
                    x.0 += 1;
                    x.1 += u32::from(hit);
                    x.2 += (u / l).ln();
                    x.3 += (e / t).ln();
                }
            }
        }
    }
    let mut last = String::new();
    for ((_, k, n), (c, hit, w, e)) in tally {
        if k != last {
            println!("{k}:");
            last = k;
        }
        println!(
            "   {n:14} {:5.1}% width x{:.2} bias {:+.3}",
            100. * hit as f64 / c as f64,
            (w / c as f64).exp(),
            e / c as f64
        );
    }
}
