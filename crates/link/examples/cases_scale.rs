//! How the cost of threads, cases, patterns and alerts grows: made-up records, CPU seconds of each
//! step at several sizes. `cases_scale [RECORDS ...]`; without sizes 12,500 to 100,000.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use link::alerts::{self, Alerts};
use link::cases::{self, Register, Statuses};
use link::patterns::{self, Counting, Dimension, Elements, Filter, Happening, Measures};
use link::threads::{self, Threads};
use link::{Document, Evidence};
use model::{PartialDate, Record, RecordId, SourceId, Vocabularies};
use onrecord_link as link;
use serde_json::{Value, json};

/// Numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % most
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const VERBS: [&str; 8] = [
    "release",
    "close",
    "respect",
    "stop",
    "investigate",
    "allow",
    "return",
    "publish",
];
const THINGS: [&str; 16] = [
    "prisoners",
    "camps",
    "refoulement",
    "executions",
    "torture",
    "visits",
    "abductees",
    "records",
    "families",
    "journalists",
    "trials",
    "letters",
    "detention",
    "monitors",
    "remains",
    "fishermen",
];
const TYPES: [&str; 6] = [
    "torture",
    "arbitrary-detention",
    "summary-execution",
    "abduction",
    "forced-labour",
    "forced-repatriation",
];
const SURNAMES: [&str; 8] = ["Kim", "Lee", "Pak", "Choi", "Jong", "Kang", "Cho", "Yun"];
const SYLLABLES: [&str; 24] = [
    "Chol", "Su", "Hye", "Sook", "Yong", "Ho", "Jin", "Min", "Ran", "Ae", "Song", "Il", "Ok",
    "Kyong", "Hui", "Nam", "Sun", "Myong", "Hak", "Un", "Chun", "Gil", "Tae", "Won",
];

fn cited(value: Value) -> Value {
    json!({ "value": value, "quotes": [0] })
}

fn body(numbers: &mut Numbers, row: usize) -> (Value, String) {
    let state = cited(
        json!({ "kind": "state", "name": "S", "key": format!("state:{:02}", numbers.below(60)) }),
    );
    let on = format!(
        "{}-{:02}-{:02}",
        1995 + numbers.below(30),
        1 + numbers.below(12),
        1 + numbers.below(28)
    );
    let date = cited(json!({ "date": on, "basis": "as written" }));
    let name = format!(
        "{} {} {}",
        numbers.of(&SURNAMES),
        numbers.of(&SYLLABLES),
        numbers.of(&SYLLABLES)
    );
    let person = json!({ "kind": "person", "name": name });
    let demand = format!(
        "{} the {} of {}",
        numbers.of(&VERBS),
        numbers.of(&THINGS),
        numbers.of(&THINGS)
    );
    let listed = cited(json!({ "list": "made up", "row": row }));
    match numbers.below(10) {
        0..=2 => (
            json!({ "call": { "caller": cited(person), "addressees": [state], "demand": cited(json!(demand)), "date": date } }),
            demand,
        ),
        3 => (
            json!({ "response": { "by": state, "answer": cited(json!("denied")), "date": date } }),
            format!("rejected the demand to {demand}"),
        ),
        4 => (
            json!({ "commitment": { "by": state, "undertaking": cited(json!(demand)), "date": date } }),
            demand,
        ),
        5 => (
            json!({ "event": { "event": cited(json!(numbers.of(&["arrest", "border-opened", "release"]))), "place": state, "date": date } }),
            demand,
        ),
        6 => (
            json!({ "case": { "subject": cited(person), "category": cited(json!("detainee")), "held_at": state, "taken_on": date, "listed": listed } }),
            name,
        ),
        _ => (
            json!({ "allegation": {
                "violation": cited(json!(numbers.of(&TYPES))), "modality": cited(json!("alleged")), "date": date, "place": state,
                "victims": [cited(json!({ "who": person, "characteristics": ["escapees"] }))]
            } }),
            format!("{name} {row}"),
        ),
    }
}

fn world(size: usize) -> (Vec<Record>, Vec<Document>, Vec<Happening>) {
    let mut numbers = Numbers(7);
    let (mut records, mut documents) = (Vec::with_capacity(size), Vec::new());
    for row in 0..size {
        let number = (row / 20) as u64;
        let source = SourceId::new(1_600_000_000_000 + number, [1; 10]);
        if row % 20 == 0 {
            documents.push(Document {
                id: source,
                title: None,
                publisher: None,
                published: format!("{}-06", 1996 + numbers.below(29)).parse().ok(),
                genre: None,
                language: None,
                origin: None,
                reliability: None,
            });
        }
        let (body, quote) = body(&mut numbers, row);
        let id = RecordId::new(1_600_000_000_000 + row as u64, [2; 10]);
        let record = json!({
            "id": id, "source": source, "status": "proposed", "band": "stated",
            "proposed_by": { "person": "made up" }, "body": body, "history": [],
            "citations": [{
                "original": "00".repeat(32), "reading": "00".repeat(32),
                "quote": { "span": { "start": row, "end": row + 1 }, "quote": quote, "passage": row }
            }]
        });
        records.push(serde_json::from_value::<Record>(record).unwrap());
    }
    // Every second allegation shares an incident with the one before it.
    let happenings = records
        .chunks(2)
        .map(|pair| Happening {
            members: pair.iter().map(|record| record.id).collect(),
            is_general: false,
        })
        .collect();
    (records, documents, happenings)
}

/// CPU seconds of this thread, as Linux counts them.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .map(|size| size.parse().unwrap())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![12_500, 25_000, 50_000, 100_000]
    } else {
        sizes
    };
    println!(
        "{:>8} {:>9} {:>9} {:>9} {:>9}",
        "records", "threads", "cases", "patterns", "alerts"
    );
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let (records, documents, happenings) = world(size);
    let vocabularies = Vocabularies::shipped().unwrap();
    let today: PartialDate = "2024-12-31".parse().unwrap();
    let (records, documents) = (&records[..], &documents[..]);
    let mut marks = vec![cpu()];
    let threads = threads::Inputs {
        records,
        documents,
        provenance: None,
        judgements: &[],
        today,
    };
    let threads = Threads::of(&threads, &threads::Rules::shipped());
    marks.push(cpu());
    let register = cases::Inputs {
        records,
        documents,
        clusters: &[],
        judgements: &[],
        threads: Some(&threads),
        today,
    };
    let register = Register::of(&register, &Statuses::shipped());
    marks.push(cpu());
    let counting = Counting::of(&patterns::Inputs {
        records,
        documents,
        provenance: None,
        happenings: &happenings,
        persons: &[],
        vocabularies: &vocabularies,
        today,
    });
    let all = Filter::default();
    let rows: usize = Dimension::ALL
        .iter()
        .map(|by| counting.table(*by, &all).rows.len())
        .sum();
    let measured = counting.measure(&Measures::shipped(), &all).results.len();
    let cells = counting
        .matrix(&Elements::shipped(&vocabularies), &all)
        .cells
        .len();
    marks.push(cpu());
    let inputs = alerts::Inputs {
        records,
        documents,
        provenance: None,
        groups: &[],
        register: Some(&register),
        threads: Some(&threads),
        acknowledged: &[],
        today,
    };
    let alerts = Alerts::of(&inputs, &alerts::Rules::shipped(&vocabularies));
    marks.push(cpu());
    let steps: Vec<String> = marks
        .windows(2)
        .map(|pair| format!("{:>9.2}", pair[1] - pair[0]))
        .collect();
    println!("{size:>8} {}", steps.join(" "));
    let grounds: Vec<&Evidence> = alerts
        .alerts
        .iter()
        .flat_map(|alert| &alert.grounds)
        .map(|ground| &ground.evidence)
        .collect();
    println!(
        "         {} demands, {} pledges, {} cases, {rows} rows, {measured} measures, {cells} cells, {} alerts on {} grounds",
        threads.demands.len(),
        threads.pledges.len(),
        register.cases.len(),
        alerts.alerts.len(),
        grounds.len()
    );
}
