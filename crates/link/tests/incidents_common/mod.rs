//! Made-up allegations, documents and judgements, as small as they can be.
#![allow(clippy::unwrap_used, dead_code)]

use model::{
    Allegation, Attribution, Band, Citation, Cited, Code, EntityKind, EntityRef, Judged, Judgement,
    Matter, Modality, Perpetrator, ProposedBy, Quote, Record, RecordBody, RecordId, RecordKind,
    ResolvedDate, Sha256Digest, SourceId, Span, Status, Verdict, Victim,
};
use onrecord_link::Document;

/// The document of this number.
pub fn source(number: u8) -> SourceId {
    SourceId::from_bytes([number; 16])
}

/// Twelve documents; 5 and 6 are dated 2023-08-10 and 2023-09-18.
pub fn documents() -> Vec<Document> {
    (1..=12)
        .map(|number| Document {
            id: source(number),
            title: Some(format!("Document {number}")),
            publisher: None,
            published: match number {
                5 => Some("2023-08-10".parse().unwrap()),
                6 => Some("2023-09-18".parse().unwrap()),
                _ => None,
            },
            genre: None,
            language: None,
            origin: None,
            reliability: None,
        })
        .collect()
}

pub fn entity(kind: EntityKind, name: &str) -> EntityRef {
    EntityRef {
        kind,
        name: name.to_owned(),
        key: None,
        record: None,
    }
}

pub fn keyed(kind: EntityKind, key: &str) -> EntityRef {
    EntityRef {
        key: Some(key.to_owned()),
        ..entity(kind, key)
    }
}

/// An allegation being made up.
#[derive(Clone)]
pub struct Told {
    source: u8,
    number: u32,
    words: String,
    allegation: Allegation,
}

impl Told {
    /// An allegation of the document `source`, told in `words`.
    pub fn new(source: u8, violation: &str, words: &str) -> Self {
        Self {
            source,
            number: 0,
            words: words.to_owned(),
            allegation: Allegation {
                violation: Cited::new(Code::from(violation), 0),
                modality: Cited::new(Modality::Alleged, 0),
                attribution: Vec::new(),
                victims: Vec::new(),
                perpetrators: Vec::new(),
                place: None,
                date: None,
                method: None,
                attribution_by_authorities: None,
                status_at_end: None,
            },
        }
    }

    pub fn number(mut self, number: u32) -> Self {
        self.number = number;
        self
    }

    pub fn person(self, name: &str) -> Self {
        self.victim(entity(EntityKind::Person, name), None)
    }

    pub fn many(self, group: &str, number: u64) -> Self {
        self.victim(entity(EntityKind::Group, group), Some(number))
    }

    fn victim(mut self, who: EntityRef, number: Option<u64>) -> Self {
        let victim = Victim {
            who,
            number,
            characteristics: Vec::new(),
        };
        self.allegation.victims.push(Cited::new(victim, 0));
        self
    }

    pub fn by(mut self, who: EntityRef) -> Self {
        let actor = Perpetrator {
            who,
            involvement: None,
        };
        self.allegation.perpetrators.push(Cited::new(actor, 0));
        self
    }

    pub fn on(mut self, date: &str) -> Self {
        let date = ResolvedDate {
            date: date.parse().unwrap(),
            basis: "as written".to_owned(),
        };
        self.allegation.date = Some(Cited::new(date, 0));
        self
    }

    pub fn place(mut self, key: &str) -> Self {
        self.allegation.place = Some(Cited::new(keyed(EntityKind::Place, key), 0));
        self
    }

    pub fn at_camp(self) -> Self {
        self.place("place:kp-camp-18")
    }

    pub fn in_dprk(self) -> Self {
        self.place("state:KP")
    }

    pub fn modality(mut self, modality: Modality) -> Self {
        self.allegation.modality.value = modality;
        self
    }

    pub fn authorities(mut self, code: &str) -> Self {
        self.allegation.attribution_by_authorities = Some(Cited::new(Code::from(code), 0));
        self
    }

    /// Adds a link to the chain of who says so, outermost first.
    pub fn says(mut self, speaker: Option<EntityRef>, words: &str) -> Self {
        let said = Attribution {
            speaker,
            words: words.to_owned(),
        };
        self.allegation.attribution.push(Cited::new(said, 0));
        self
    }

    pub fn record(self) -> Record {
        let body = RecordBody::Allegation(self.allegation);
        record(self.source, self.number, &self.words, body)
    }
}

/// A record of the document `source`; `number` tells its records apart.
pub fn record(from: u8, number: u32, words: &str, body: RecordBody) -> Record {
    let mut bytes = [from; 16];
    bytes[1..5].copy_from_slice(&number.to_be_bytes());
    bytes[5] = body.kind() as u8;
    let digest = Sha256Digest([from; 32]);
    let start = number * 1000;
    Record {
        id: RecordId::from_bytes(bytes),
        source: Some(source(from)),
        status: Status::Proposed,
        proposed_by: ProposedBy::Person("Ada".to_owned()),
        band: Band::Stated,
        body,
        citations: vec![Citation {
            original: digest,
            reading: digest,
            quote: Quote {
                span: Span::new(start, start + words.chars().count() as u32),
                quote: words.to_owned(),
                passage: 1,
                page: None,
                row: None,
            },
        }],
        history: Vec::new(),
    }
}

/// Ada's judgement of two records.
pub fn judged(one: &Record, other: &Record, verdict: Verdict) -> Judgement {
    let judged = |record: &Record| Judged {
        record: record.id,
        kind: RecordKind::Allegation,
        source: record.source.unwrap(),
        reading: record.citations[0].reading,
        span: record.citations[0].quote.span,
    };
    Judgement {
        matter: Matter::pair(judged(one), judged(other)),
        verdict,
        by: "Ada".to_owned(),
        reason: "as I know from the file".to_owned(),
    }
}

/// A sequence that looks like chance and is the same every time.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

pub fn shuffled(records: &[Record], seed: u64) -> Vec<Record> {
    let mut dice = Dice(seed);
    let mut records = records.to_vec();
    for at in (1..records.len()).rev() {
        records.swap(at, dice.below(at as u64 + 1) as usize);
    }
    records
}

/// Allegations of all sorts, many of them of the same events.
pub fn many(count: u32) -> Vec<Record> {
    const NAMES: [&str; 6] = [
        "Ri Chol",
        "Pak Nam",
        "Kim Hye-sook",
        "Choe Il",
        "Jang Mi",
        "Han Sol",
    ];
    const TYPES: [&str; 4] = [
        "torture",
        "arbitrary-detention",
        "public-execution",
        "abduction",
    ];
    let mut dice = Dice(7);
    let mut told = |number: u32| {
        let code = TYPES[dice.below(4) as usize];
        let mut told = Told::new(
            1 + dice.below(12) as u8,
            code,
            "taken at night by men of the ministry",
        )
        .number(number);
        if dice.below(2) == 0 {
            told = told.person(NAMES[dice.below(6) as usize]);
        } else {
            told = told.many("prisoners", 1 + dice.below(20));
        }
        if dice.below(3) > 0 {
            told = told.on(&format!(
                "20{:02}-{:02}",
                dice.below(20),
                1 + dice.below(12)
            ));
        }
        if dice.below(2) == 0 {
            told.at_camp()
        } else {
            told.in_dprk()
        }
        .record()
    };
    (0..count).map(&mut told).collect()
}
