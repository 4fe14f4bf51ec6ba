//! Clocks that are wrong: the order of the ledger does not depend on them, and what they said is
//! shown as what they said.

use super::{available, under};
use crate::promises::write_files;
use crate::support::{Place, lines};
use std::time::{SystemTime, UNIX_EPOCH};

const YEAR: i64 = 365 * 24 * 3600 * 1000;

#[test]
fn skewed_clocks_leave_the_order_as_it_was() {
    if !available(&["faketime", "-f", "-5y", "true"]) {
        return;
    }
    let place = Place::with_archive();
    // Offset of the clock in years, and what is added under it.
    let added = [
        ("a", 0),
        ("b", -5),
        ("c", 0),
        ("d", 3),
        ("e", -20),
        ("f", 0),
    ];
    for (name, years) in added {
        write_files(&place, name, 2);
        let offset = format!("{years:+}y");
        let mut add = under(
            &place,
            &["faketime", "-f", &offset],
            &["add", "--json", name],
        );
        // Timeouts are measured by the other clock, which nobody sets.
        let output = add
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
            .output()
            .unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{offset}: {err}");
        let collected = lines(std::str::from_utf8(&output.stdout).unwrap());
        assert_eq!(
            collected
                .iter()
                .filter(|event| event["event"] == "collected")
                .count(),
            2
        );
        place.ok(&["verify"]);
    }
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_millis() as i64;
    let about = |clock: i64, years: i64| (clock - now - years * YEAR).abs() < YEAR / 12;

    // The log: one entry after the other, each with the time that the device showed.
    let log = place.json(&["log"]);
    let indexes: Vec<_> = log
        .iter()
        .map(|entry| entry["index"].as_u64().unwrap())
        .collect();
    assert_eq!(indexes, (0..1 + 6 * 2 * 3).collect::<Vec<_>>());
    for (entry, (name, years)) in log[1..]
        .chunks(6)
        .zip(added)
        .flat_map(|(e, a)| e.iter().map(move |entry| (entry, a)))
    {
        let clock = entry["clock"].as_i64().unwrap();
        assert!(about(clock, years), "{name}: {clock}");
    }
    // The list: each with the time that the device showed, and by these times.
    let listed = place.json(&["list"]);
    let mut expected: Vec<(i64, String)> = added
        .iter()
        .flat_map(|(name, years)| [0, 1].map(|n| (*years, format!("{name}-{n:03}.txt"))))
        .collect();
    expected.sort_by_key(|(years, _)| *years);
    assert_eq!(listed.len(), expected.len());
    for (source, (years, name)) in listed.iter().zip(expected) {
        let collected = &source["fields"]["collected"];
        assert_eq!(collected["name"], name);
        assert!(
            about(collected["at"].as_i64().unwrap(), years),
            "{name}: {collected}"
        );
    }
    // A view that is made anew from the ledger says the same.
    place.ok(&["rebuild"]);
    assert_eq!(place.json(&["list"]), listed);
}
