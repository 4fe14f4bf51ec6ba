//! A small ledger, opened: sources, readings, proposals and decisions in their order.

use model::*;
use onrecord_view::{EntryPlace, Incoming, Opened, What, record_id};

pub const WRITER: [u8; 16] = [0x11; 16];
pub const OTHER: [u8; 16] = [0xee; 16];

/// Builds entries of one log after another, with a clock that goes on.
#[derive(Default)]
pub struct Ledger {
    pub entries: Vec<Opened>,
    next: std::collections::BTreeMap<[u8; 16], u64>,
    clock: u64,
}

pub struct Text<'a> {
    pub title: &'a str,
    pub publisher: &'a str,
    pub published: &'a str,
    pub language: &'a str,
    pub paragraphs: &'a [&'a str],
}

pub fn source_id(number: u64) -> SourceId {
    let mut entropy = [number as u8; 10];
    entropy[..8].copy_from_slice(&number.to_be_bytes());
    SourceId::new(1_700_000_000_000 + number / 3, entropy)
}

pub fn digest(bytes: &[u8]) -> Sha256Digest {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    Sha256Digest(digest.as_ref().try_into().unwrap())
}

pub fn source(number: u64, compartment: Compartment) -> Source {
    Source {
        original: digest(&number.to_be_bytes()),
        bytes: 5_000,
        media_type: "text/html".to_owned(),
        collected: Collected {
            at: 1_700_000_000_000 + number,
            by: "Archivist".to_owned(),
            tool: "onrecord 0.1.0".to_owned(),
            how: "file".to_owned(),
            name: format!("page-{number}.html"),
            modified: None,
            inside: None,
        },
        origin: Some(format!("https://example.org/{number}")),
        compartment,
        consent: None,
        genre: Some(Code::from("statement")),
        reliability: None,
        publisher: None,
        published: None,
        captured: None,
    }
}

pub fn reading(text: &Text) -> Reading {
    let found = |value: &str| Found {
        value: value.to_owned(),
        basis: "test".to_owned(),
        span: None,
    };
    let mut all = String::new();
    let mut passages = Vec::new();
    let pieces = std::iter::once((
        "Menu Home Contact",
        PassageKind::ListItem,
        Some(LeftOut::Navigation),
    ))
    .chain([(text.title, PassageKind::Title, None)])
    .chain(
        text.paragraphs
            .iter()
            .map(|it| (*it, PassageKind::Paragraph, None)),
    );
    for (number, (piece, kind, left_out)) in (1..).zip(pieces) {
        if !all.is_empty() {
            all.push_str("\n\n");
        }
        let start = all.chars().count() as u32;
        all.push_str(piece);
        passages.push(Passage {
            number,
            span: Span::new(start, all.chars().count() as u32),
            kind,
            left_out,
        });
    }
    Reading {
        reader: Reader {
            name: "html".to_owned(),
            version: 1,
        },
        media_type: "text/html".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "declared".to_owned(),
        map: OffsetMap::identity(all.chars().count() as u32),
        text: all,
        passages,
        title: Some(found(text.title)),
        authors: Vec::new(),
        publisher: Some(found(text.publisher)),
        published: Some(Found {
            value: text.published.parse().unwrap(),
            basis: "test".to_owned(),
            span: None,
        }),
        updated: None,
        language: Some(found(text.language)),
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}

pub fn reading_digest(reading: &Reading) -> Sha256Digest {
    digest(&to_cbor(reading).unwrap())
}

pub fn entity(kind: EntityKind, name: &str) -> EntityRef {
    EntityRef {
        kind,
        name: name.to_owned(),
        key: None,
        record: None,
    }
}

pub fn allegation(reading: &Reading, violation: &str, speaker: &str) -> Proposal {
    Proposal {
        rule: format!("violation.{violation}"),
        band: Band::Stated,
        body: RecordBody::Allegation(Allegation {
            violation: Cited::new(Code::from(violation), 0),
            modality: Cited::new(Modality::Alleged, 0),
            attribution: vec![Cited::new(
                Attribution {
                    speaker: Some(entity(EntityKind::Person, speaker)),
                    words: "said".to_owned(),
                },
                0,
            )],
            victims: Vec::new(),
            perpetrators: Vec::new(),
            place: None,
            date: None,
            method: None,
            attribution_by_authorities: None,
            status_at_end: None,
        }),
        quotes: vec![quote(reading)],
    }
}

pub fn call(reading: &Reading, caller: &str, addressee: &str, demand: &str) -> Proposal {
    Proposal {
        rule: "call.urge".to_owned(),
        band: Band::Stated,
        body: RecordBody::Call(Call {
            caller: Some(Cited::new(entity(EntityKind::State, caller), 0)),
            addressees: vec![Cited::new(entity(EntityKind::State, addressee), 0)],
            demand: Cited::new(demand.to_owned(), 0),
            violations: Vec::new(),
            date: None,
            basis: None,
            repeats: None,
        }),
        quotes: vec![quote(reading)],
    }
}

/// The first word of the third passage.
fn quote(reading: &Reading) -> Quote {
    let passage = reading.passages[2];
    let text: String = reading
        .text
        .chars()
        .skip(passage.span.start as usize)
        .take_while(|c| !c.is_whitespace())
        .collect();
    let span = Span::new(
        passage.span.start,
        passage.span.start + text.chars().count() as u32,
    );
    Quote {
        span,
        quote: text,
        passage: passage.number,
        page: None,
        row: None,
    }
}

pub fn decision(source: SourceId, record: RecordId, choice: Choice, by: &str) -> Decision {
    Decision {
        on: Judged {
            record,
            kind: RecordKind::Allegation,
            source,
            reading: digest(b"reading"),
            span: Span::new(0, 1),
        },
        choice,
        by: by.to_owned(),
        reason: None,
        note: "checked against the recording".to_owned(),
        blind: false,
        upon: Upon {
            version: digest(b"as it stood"),
            decisions: 0,
        },
        corrected: None,
    }
}

pub fn correction(proposal: Proposal) -> Option<Correction> {
    Some(Correction {
        proposal,
        stated: Vec::new(),
    })
}

impl Ledger {
    pub fn push(&mut self, writer: [u8; 16], subject: Option<SourceId>, what: What) -> EntryPlace {
        let next = self.next.entry(writer).or_default();
        let place = EntryPlace {
            writer,
            index: *next,
        };
        *next += 1;
        self.clock += 1;
        self.entries.push(Opened {
            place,
            clock: (1_700_000_000_000 + self.clock / 4, (self.clock % 4) as u32),
            at: 1_700_000_000_000 + self.clock,
            subject,
            what,
        });
        place
    }

    pub fn source(&mut self, number: u64, compartment: Compartment) -> SourceId {
        let id = source_id(number);
        self.push(
            WRITER,
            Some(id),
            What::Source(Box::new(source(number, compartment))),
        );
        id
    }

    pub fn read(&mut self, id: SourceId, text: &Text) -> Reading {
        self.read_by(WRITER, id, text)
    }

    pub fn read_by(&mut self, writer: [u8; 16], id: SourceId, text: &Text) -> Reading {
        let reading = reading(text);
        let outcome = Outcome::Read {
            reading: reading_digest(&reading),
            reader: reading.reader.clone(),
        };
        self.push(
            writer,
            Some(id),
            What::Reading(outcome, Some(Box::new(reading.clone()))),
        );
        reading
    }

    pub fn unread(&mut self, id: SourceId, reason: &str) {
        let unread = Unread {
            reader: None,
            reason: reason.to_owned(),
            likeness: None,
        };
        self.push(
            WRITER,
            Some(id),
            What::Reading(Outcome::Unread(unread), None),
        );
    }

    /// The ids of the records that were proposed.
    pub fn propose(
        &mut self,
        id: SourceId,
        reading: &Reading,
        extractor: &str,
        proposals: Vec<Proposal>,
    ) -> Vec<RecordId> {
        let digest_of = reading_digest(reading);
        let count = proposals.len() as u32;
        let proposals = Proposals {
            original: digest(b"original"),
            reading: digest_of,
            extractor: extractor.to_owned(),
            proposals,
        };
        let blob = compress(&to_cbor(&proposals).unwrap()).unwrap();
        self.push(WRITER, Some(id), What::Proposals(Box::new(proposals), blob));
        (0..count)
            .map(|at| record_id(&id, &digest_of, extractor, at))
            .collect()
    }

    pub fn decide(&mut self, decision: Decision) {
        let source = Some(decision.on.source);
        self.push(WRITER, source, What::Decision(Box::new(decision)));
    }

    pub fn judge(&mut self, judgement: Judgement) {
        let source = judgement.matter.judged()[0].source;
        self.push(WRITER, Some(source), What::Judgement(Box::new(judgement)));
    }

    pub fn incoming(&self) -> impl Iterator<Item = Incoming> + Send + use<> {
        self.entries.clone().into_iter().map(Ok)
    }
}

/// The ledger that most tests fold: five sources in three languages, one of them unread.
pub fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    let editorial = ledger.source(1, Compartment::Open);
    let text = ledger.read(
        editorial,
        &Text {
            title: "Camps must be closed",
            publisher: "Example Broadcaster",
            published: "2024-10-18",
            language: "en",
            paragraphs: &[
                "Detainees in political prison camps were tortured, survivors said.",
                "We call upon the government to close the camps and to free those detained.",
                "The Québec hearing took place on 3 March; forced labour was described in detail.",
            ],
        },
    );
    let first = ledger.propose(
        editorial,
        &text,
        "rules-en/1",
        vec![
            allegation(&text, "torture", "Kim Il-rim"),
            allegation(&text, "political-prison-camp", "Kim Il-rim"),
            call(&text, "Canada", "DPRK", "close the camps"),
        ],
    );
    let korean = ledger.source(2, Compartment::Restricted);
    let text = ledger.read(
        korean,
        &Text {
            title: "정치범수용소 실태 보고",
            publisher: "보기 연구소",
            published: "2023-05",
            language: "ko",
            paragraphs: &[
                "정치범 수용소에서 강제 노동이 있었다고 증언자가 말했다.",
                "유엔, 결의안을 채택했다. 특별보고관 오헤아 킨타나는 우려를 표명했다.",
            ],
        },
    );
    ledger.propose(
        korean,
        &text,
        "rules-ko/1",
        vec![allegation(&text, "forced-labour", "증언자")],
    );
    let testimony = ledger.source(3, Compartment::Sealed);
    let text = ledger.read(
        testimony,
        &Text {
            title: "Testimony of a survivor",
            publisher: "Example Archive",
            published: "2024",
            language: "en",
            paragraphs: &[
                "I was detained for three years in camp fourteen.",
                "The guards counted us twice each night.",
            ],
        },
    );
    let sworn = ledger.propose(
        testimony,
        &text,
        "rules-en/1",
        vec![allegation(&text, "arbitrary-detention", "Survivor")],
    );
    let broken = ledger.source(4, Compartment::Open);
    ledger.unread(broken, "the file is empty");
    ledger.source(5, Compartment::Open);
    ledger.decide(decision(editorial, first[0], Choice::Accept, "Reviewer"));
    ledger.decide(decision(testimony, sworn[0], Choice::Reject, "Reviewer"));
    ledger.push(WRITER, None, What::Other);
    ledger
}
