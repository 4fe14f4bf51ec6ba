//! How well, how fast and in how much memory copies are found, on documents with known truth.
//!
//! `lineage_measure DOCS.tsv [one-by-one]`: each line is id, cluster, kind, span and text, as
//! `benches/peers/lineage/` makes them. Prints one line of figures and one of recall by kind.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use link::Document;
use link::lineage::{DocumentText, Edge, Index, Lineages, Relation, Rules};
use model::{SourceId, Span};
use onrecord_link as link;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::read_to_string;

struct Truth {
    cluster: u32,
    kind: String,
    span: String,
    text: String,
}

fn load(path: &str) -> Vec<Truth> {
    let lines = read_to_string(path).unwrap();
    let rows = lines.lines().map(|line| {
        let fields: Vec<&str> = line.splitn(5, '\t').collect();
        Truth {
            cluster: fields[1].parse().unwrap(),
            kind: fields[2].to_owned(),
            span: fields[3].to_owned(),
            text: fields[4].to_owned(),
        }
    });
    rows.collect()
}

/// CPU seconds of this process.
fn cpu() -> f64 {
    let stat = read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// A line of the process's status, in MB.
fn memory(what: &str) -> u64 {
    let status = read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(what)).unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

fn number(id: &SourceId) -> usize {
    id.milliseconds() as usize
}

/// Words of whitespace-separated `text` in a span of characters.
fn words(text: &str, span: Span) -> (u32, u32) {
    let count = |end: u32| -> u32 {
        let chars: Vec<char> = text.chars().take(end as usize).collect();
        let head: String = chars.into_iter().collect();
        head.split_whitespace().count() as u32
    };
    (count(span.start), count(span.end))
}

fn bounds(truth: &[Truth], edges: &[Edge]) -> (f64, f64) {
    let (mut right, mut wrong, mut missed) = (0u64, 0u64, 0u64);
    for edge in edges {
        let numbers = edge.documents.map(|id| number(&id));
        let kinds = numbers.map(|n| truth[n].kind.as_str());
        let side = match kinds {
            ["excerpt", "origin"] => 0,
            ["origin", "excerpt"] => 1,
            _ => continue,
        };
        if truth[numbers[0]].cluster != truth[numbers[1]].cluster {
            continue;
        }
        let excerpt = &truth[numbers[side]];
        let parts: Vec<u32> = excerpt
            .span
            .split(':')
            .map(|n| n.parse().unwrap())
            .collect();
        let (from, to) = (parts[0], parts[0] + parts[1]);
        let mut held = 0;
        for passage in &edge.passages {
            let (first, last) = words(&excerpt.text, passage.spans[side]);
            let inside = last.min(to).saturating_sub(first.max(from));
            held += inside;
            wrong += u64::from(last - first - inside);
        }
        right += u64::from(held);
        missed += u64::from((to - from).saturating_sub(held));
    }
    let share = |of: u64| right as f64 / (right + of).max(1) as f64;
    (share(wrong), share(missed))
}

fn score(truth: &[Truth], edges: &[Edge]) {
    let pair = |edge: &Edge| (number(&edge.documents[0]), number(&edge.documents[1]));
    let of = |relation| -> BTreeSet<(usize, usize)> {
        edges
            .iter()
            .filter(|edge| edge.relation == relation)
            .map(pair)
            .collect()
    };
    let (copies, forms) = (of(Relation::CopiesText), of(Relation::SameForm));
    let good = copies
        .iter()
        .filter(|(a, b)| truth[*a].cluster == truth[*b].cluster)
        .count();
    let mut wrong: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (a, b) in copies
        .iter()
        .filter(|(a, b)| truth[*a].cluster != truth[*b].cluster)
    {
        *wrong.entry((&truth[*a].kind, &truth[*b].kind)).or_default() += 1;
    }
    println!(
        "copies {} precision {:.4} wrong {wrong:?}; same form {}",
        copies.len(),
        good as f64 / copies.len().max(1) as f64,
        forms.len()
    );
    let mut clusters: HashMap<u32, Vec<usize>> = HashMap::new();
    for (n, document) in truth.iter().enumerate() {
        clusters.entry(document.cluster).or_default().push(n);
    }
    let mut recall: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for members in clusters.values() {
        let Some(&origin) = members.iter().find(|n| truth[**n].kind == "origin") else {
            continue;
        };
        for &member in members.iter().filter(|n| **n != origin) {
            let found = copies.contains(&(origin.min(member), origin.max(member)));
            for kind in [truth[member].kind.as_str(), "all"] {
                let entry = recall.entry(kind).or_default();
                entry.0 += u32::from(found);
                entry.1 += 1;
            }
        }
    }
    let shown: Vec<String> = recall
        .iter()
        .map(|(kind, (x, y))| format!("{kind} {:.4}", f64::from(*x) / f64::from(*y)))
        .collect();
    println!("recall: {}", shown.join(", "));
    let (precision, recall) = bounds(truth, edges);
    println!("excerpt passages, by words: precision {precision:.4} recall {recall:.4}");
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let truth = load(&arguments[1]);
    let documents: Vec<Document> = (0..truth.len() as u64)
        .map(|n| Document {
            id: SourceId::new(n, [0; 10]),
            title: None,
            publisher: None,
            published: None,
            genre: None,
            language: None,
            origin: None,
            reliability: None,
        })
        .collect();
    let texts: Vec<DocumentText<'_>> = documents
        .iter()
        .zip(&truth)
        .map(|(document, truth)| DocumentText {
            document,
            text: &truth.text,
            passages: &[],
        })
        .collect();
    let (before, held) = (cpu(), memory("VmRSS"));
    let mut index = Index::new(Rules::default());
    let one_by_one = arguments.get(2).is_some_and(|word| word == "one-by-one");
    let (mut edges, mut lineages) = (Vec::new(), Lineages::default());
    if one_by_one {
        edges = texts
            .iter()
            .flat_map(|text| index.add(text).unwrap())
            .collect();
    } else {
        lineages = Lineages::of(&texts);
    };
    let seconds = cpu() - before;
    let n = texts.len();
    println!(
        "onrecord n={n}: {seconds:.2} cpu-s, {:.0} documents a cpu-second, {} bytes a document at the peak, {} after",
        n as f64 / seconds,
        (memory("VmHWM") - held) * 1_048_576 / n as u64,
        (memory("VmRSS") - held) * 1_048_576 / n as u64,
    );
    drop(index);
    score(&truth, if one_by_one { &edges } else { lineages.edges() });
}
