//! Measures the folded keys of names on pairs that are known to be one person.
//!
//! Reads tab-separated lines `entity, Hangul, Latin, reference surname key, reference given key`
//! (empty where there is none) from the file named as argument, and prints how often the keys of
//! true pairs agree, how often those of any two records agree by chance, and the time a name takes.
#![allow(clippy::print_stdout)]

use std::collections::HashMap;
use std::hash::Hash;

use onrecord_link::names;

struct Record {
    entity: u64,
    written: String,
    reference: (String, String),
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the file of records")?;
    let misses = std::env::args().nth(2).is_some();
    let records = read(&path)?;
    drop(names::parse("김혜숙, Kim Hye Suk"));
    let start = processor_time()?;
    let keys: Vec<names::NameKeys> = records
        .iter()
        .map(|record| names::keys_of(&record.written, names::Habits::default()))
        .collect();
    let took = processor_time()? - start;
    println!(
        "{} names, {:.2} M a second of processor time",
        records.len(),
        records.len() as f64 / took / 1e6
    );

    speed(&records)?;
    let pairs = true_pairs(&records);
    println!("{} true pairs", pairs.len());
    let reference = |at: usize| &records[at].reference;
    report("surname, reference", &pairs, records.len(), |at| {
        reference(at).0.clone()
    });
    report("surname", &pairs, records.len(), |at| keys[at].surname);
    report("given, reference", &pairs, records.len(), |at| {
        reference(at).1.clone()
    });
    report("given", &pairs, records.len(), |at| keys[at].given);
    report("both, reference", &pairs, records.len(), |at| {
        reference(at).clone()
    });
    report("both", &pairs, records.len(), |at| {
        (keys[at].surname, keys[at].given)
    });
    let either = pairs
        .iter()
        .filter(|(a, b)| meets(&keys[*a], &keys[*b]))
        .count();
    println!(
        "given or second   m {:.4}",
        either as f64 / pairs.len() as f64
    );
    if misses {
        for (a, b) in pairs
            .iter()
            .filter(|(a, b)| keys[*a].given != keys[*b].given)
            .step_by(23)
            .take(120)
        {
            let (x, y) = (&records[*a], &records[*b]);
            println!(
                "{} [{}|{}]  {} [{}|{}]",
                x.written,
                keys[*a].surname,
                keys[*a].given,
                y.written,
                keys[*b].surname,
                keys[*b].given
            );
        }
    }
    Ok(())
}

/// The records of a file.
fn read(path: &str) -> Result<Vec<Record>, Box<dyn std::error::Error>> {
    let mut records = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[entity, hangul, latin, surname, given] = columns.as_slice() else {
            return Err(format!("five columns were expected: {line}").into());
        };
        records.push(Record {
            entity: entity.parse()?,
            written: if hangul.is_empty() { latin } else { hangul }.to_owned(),
            reference: (surname.to_owned(), given.to_owned()),
        });
    }
    Ok(records)
}

/// All pairs of records of one person.
fn true_pairs(records: &[Record]) -> Vec<(usize, usize)> {
    let mut people: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, record) in records.iter().enumerate() {
        people.entry(record.entity).or_default().push(at);
    }
    let mut pairs = Vec::new();
    for members in people.values() {
        for (i, &a) in members.iter().enumerate() {
            pairs.extend(members[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Prints how fast names are parsed and compared.
fn speed(records: &[Record]) -> Result<(), Box<dyn std::error::Error>> {
    let start = processor_time()?;
    let parsed: Vec<names::ParsedName> = records
        .iter()
        .take(20_000)
        .map(|record| names::parse(&record.written))
        .collect();
    let took = processor_time()? - start;
    println!(
        "parsed with texts: {:.2} M a second",
        parsed.len() as f64 / took / 1e6
    );
    let start = processor_time()?;
    let compared = parsed
        .windows(2)
        .map(|pair| names::compare_parsed(&pair[0], &pair[1]));
    let same = compared
        .filter(|similarity| similarity.level > names::Level::Near)
        .count();
    let took = processor_time()? - start;
    println!(
        "compared with reasons: {:.0} a second ({same} same)",
        parsed.len() as f64 / took
    );
    let hangul = records
        .iter()
        .filter(|record| !record.written.is_ascii())
        .count();
    println!(
        "{:.2} of the names are not plain ASCII",
        hangul as f64 / records.len() as f64
    );
    Ok(())
}

/// Seconds that this process has run on a processor (Linux): other work on the machine does not count.
fn processor_time() -> Result<f64, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds: f64 = text.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}

/// Whether one of the first two given-name keys of one is among those of the other.
fn meets(a: &names::NameKeys, b: &names::NameKeys) -> bool {
    let of = |keys: &names::NameKeys| [Some(keys.given), keys.given_second];
    of(a)
        .iter()
        .flatten()
        .any(|key| of(b).iter().flatten().any(|other| other == key))
}

/// Agreement of true pairs (m) and of any two records (u).
fn report<K: Eq + Hash>(
    what: &str,
    pairs: &[(usize, usize)],
    records: usize,
    key: impl Fn(usize) -> K,
) {
    let agree = pairs.iter().filter(|(a, b)| key(*a) == key(*b)).count();
    let mut counts: HashMap<K, f64> = HashMap::new();
    for at in 0..records {
        *counts.entry(key(at)).or_default() += 1.0;
    }
    let all = records as f64;
    let chance: f64 = counts.values().map(|n| n * (n - 1.0)).sum::<f64>() / (all * (all - 1.0));
    println!(
        "{what:18} m {:.4}   u {chance:.6}   {} keys",
        agree as f64 / pairs.len() as f64,
        counts.len()
    );
}
