//! How grouping and assessing grow with the number of allegations: `incidents_scale [COUNT…]`.
//! Made-up allegations of a region of few places and names, so that blocks are wide; prints wall and
//! processor seconds, and how well the made-up events were found again.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use link::corroboration::{Assessor, Settings, StatusRule};
use link::incidents::{Grouping, Identities, Rules, Types};
use link::{Document, Origin, Provenance};
use model::{
    Allegation, Band, Citation, Cited, Code, EntityKind, EntityRef, Modality, ProposedBy, Quote,
    Record, RecordBody, RecordId, ResolvedDate, Sha256Digest, SourceId, Span, Status, Victim,
    Vocabularies,
};
use onrecord_link as link;
use std::collections::HashMap;
use std::time::Instant;

const TYPES: [&str; 6] = [
    "torture",
    "arbitrary-detention",
    "public-execution",
    "abduction",
    "forced-labour",
    "forced-repatriation",
];
const PLACES: [&str; 8] = [
    "place:kp-camp-18",
    "place:kp-north-hamgyong",
    "place:kp-south-hamgyong",
    "place:kp-chagang",
    "place:kp-kangwon",
    "place:kp-north-pyongan",
    "state:KP",
    "state:CN",
];
const WORDS: [&str; 24] = [
    "night", "ministry", "agents", "house", "border", "river", "guard", "mine", "factory",
    "school", "market", "crowd", "rope", "winter", "train", "letter", "radio", "uncle", "village",
    "prison", "cell", "trial", "truck", "mother",
];

/// No document shares text with another.
struct Apart;

impl Provenance for Apart {
    fn origin(&self, source: &SourceId, _: Span) -> Origin {
        Origin {
            source: *source,
            reasons: Vec::new(),
        }
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn main() {
    let counts: Vec<u32> = std::env::args()
        .skip(1)
        .filter_map(|count| count.parse().ok())
        .collect();
    let counts = if counts.is_empty() {
        vec![1_000, 10_000, 100_000]
    } else {
        counts
    };
    println!(
        "allegations | incidents | wall s | CPU s | pairs: precision, recall | assessed, CPU s"
    );
    for count in counts {
        measure(count);
    }
}

fn measure(count: u32) {
    let (records, truth) = made_up(count);
    let documents = documents(&records);
    let vocabularies = Vocabularies::shipped().unwrap();
    let types = Types::of(vocabularies.list("violation").unwrap());
    let rules = Rules::shipped().unwrap();
    let (wall, cpu) = (Instant::now(), processor_seconds());
    let identities = Identities::shipped().unwrap().with_records(&records);
    let grouping = Grouping::of(&records, &documents, &[], &identities, &types, &rules);
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), processor_seconds() - cpu);
    let (precision, recall) = quality(&grouping, &truth);
    let (settings, rule) = (Settings::shipped().unwrap(), StatusRule::shipped().unwrap());
    let before = processor_seconds();
    let assessor = Assessor::new(&records, &documents, &Apart, &identities, &settings, &rule);
    let origins: usize = grouping
        .incidents
        .iter()
        .map(|incident| assessor.incident(incident).origins.len())
        .sum();
    let assessed = processor_seconds() - before;
    println!(
        "{count} | {} | {wall:.2} | {cpu:.2} | {precision:.4}, {recall:.4} | {origins} origins, {assessed:.2}",
        grouping.incidents.len()
    );
}

/// Allegations of events that each are told one to six times, with the event of each.
fn made_up(count: u32) -> (Vec<Record>, HashMap<RecordId, u32>) {
    let mut dice = Dice(count.into());
    let (mut records, mut truth) = (Vec::new(), HashMap::new());
    let mut event = 0;
    while records.len() < count as usize {
        let told = 1 + dice.below(6);
        let happened = Happened::new(&mut dice, count);
        for _ in 0..told {
            let record = happened.told(&mut dice, records.len() as u32);
            truth.insert(record.id, event);
            records.push(record);
        }
        event += 1;
    }
    (records, truth)
}

struct Happened {
    code: &'static str,
    place: &'static str,
    day: (u64, u64, u64),
    name: Option<String>,
    number: u64,
    words: Vec<&'static str>,
}

impl Happened {
    fn new(dice: &mut Dice, count: u32) -> Self {
        let named = dice.below(2) == 0;
        // Names repeat: about three events for each.
        let name = named.then(|| {
            format!(
                "Ri {} {}",
                syllable(dice.below(40)),
                dice.below(u64::from(count) / 300 + 5)
            )
        });
        Self {
            code: TYPES[dice.below(6) as usize],
            place: PLACES[dice.below(8) as usize],
            day: (
                1990 + dice.below(33),
                1 + dice.below(12),
                1 + dice.below(28),
            ),
            name,
            number: 1 + dice.below(40),
            words: (0..12).map(|_| WORDS[dice.below(24) as usize]).collect(),
        }
    }

    fn told(&self, dice: &mut Dice, number: u32) -> Record {
        let (year, month, day) = self.day;
        let date = match dice.below(4) {
            0 => format!("{year}-{month:02}"),
            1 if self.name.is_some() => format!("{year}"),
            _ => format!("{year}-{month:02}-{day:02}"),
        };
        let (kind, name) = match &self.name {
            Some(name) => (EntityKind::Person, name.clone()),
            None => (EntityKind::Group, "border crossers".to_owned()),
        };
        let victim = Victim {
            who: named(kind, name, None),
            number: self.name.is_none().then_some(self.number),
            characteristics: Vec::new(),
        };
        let date = ResolvedDate {
            date: date.parse().unwrap(),
            basis: "as written".to_owned(),
        };
        let place = named(
            EntityKind::Place,
            self.place.to_owned(),
            Some(self.place.to_owned()),
        );
        let mut words: Vec<&str> = self
            .words
            .iter()
            .copied()
            .filter(|_| dice.below(4) > 0)
            .collect();
        words.push(WORDS[dice.below(24) as usize]);
        let allegation = Allegation {
            violation: Cited::new(Code::from(self.code), 0),
            modality: Cited::new(Modality::Alleged, 0),
            attribution: Vec::new(),
            victims: vec![Cited::new(victim, 0)],
            perpetrators: Vec::new(),
            place: (dice.below(5) > 0).then(|| Cited::new(place, 0)),
            date: (dice.below(8) > 0).then(|| Cited::new(date, 0)),
            method: None,
            attribution_by_authorities: None,
            status_at_end: None,
        };
        record(
            number,
            dice.below(u64::from(number) / 8 + 4),
            &words.join(" "),
            allegation,
        )
    }
}

fn syllable(number: u64) -> &'static str {
    const SYLLABLES: [&str; 8] = ["Chol", "Nam", "Hye", "Sook", "Il", "Mi", "Sol", "Gwang"];
    SYLLABLES[(number % 8) as usize]
}

fn named(kind: EntityKind, name: String, key: Option<String>) -> EntityRef {
    EntityRef {
        kind,
        name,
        key,
        record: None,
    }
}

fn record(number: u32, document: u64, words: &str, allegation: Allegation) -> Record {
    let mut id = [0; 16];
    id[12..].copy_from_slice(&number.to_be_bytes());
    let mut source = [1; 16];
    source[8..].copy_from_slice(&document.to_be_bytes());
    let digest = Sha256Digest([0; 32]);
    Record {
        id: RecordId::from_bytes(id),
        source: Some(SourceId::from_bytes(source)),
        status: Status::Proposed,
        proposed_by: ProposedBy::Person("made up".to_owned()),
        band: Band::Stated,
        body: RecordBody::Allegation(allegation),
        citations: vec![Citation {
            original: digest,
            reading: digest,
            quote: Quote {
                span: Span::new(number, number + 1),
                quote: words.to_owned(),
                passage: 1,
                page: None,
                row: None,
            },
        }],
        history: Vec::new(),
    }
}

fn documents(records: &[Record]) -> Vec<Document> {
    let mut sources: Vec<SourceId> = records.iter().filter_map(|record| record.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let document = |id| Document {
        id,
        title: None,
        publisher: None,
        published: None,
        genre: None,
        language: None,
        origin: None,
        reliability: None,
    };
    sources.into_iter().map(document).collect()
}

/// Precision and recall over pairs of allegations of one event.
fn quality(grouping: &Grouping, truth: &HashMap<RecordId, u32>) -> (f64, f64) {
    let pairs = |size: u64| size * (size - 1) / 2;
    let mut of_event: HashMap<u32, u64> = HashMap::new();
    for event in truth.values() {
        *of_event.entry(*event).or_default() += 1;
    }
    let (mut joined, mut right) = (0, 0);
    for incident in &grouping.incidents {
        joined += pairs(incident.members.len() as u64);
        let mut here: HashMap<u32, u64> = HashMap::new();
        for member in &incident.members {
            *here.entry(truth[&member.record]).or_default() += 1;
        }
        right += here.values().map(|size| pairs(*size)).sum::<u64>();
    }
    let all: u64 = of_event.values().map(|size| pairs(*size)).sum();
    (
        right as f64 / joined.max(1) as f64,
        right as f64 / all.max(1) as f64,
    )
}

/// Processor seconds of this process, user and system, where the system tells.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .collect();
    let ticks = |at: usize| {
        fields
            .get(at)
            .and_then(|field| field.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}
