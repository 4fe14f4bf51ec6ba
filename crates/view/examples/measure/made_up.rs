//! Made-up pages of about 5 kB, the same in every run, as entries of a ledger.

use crate::Failed;
use model::*;
use onrecord_view::{EntryPlace, Incoming, Opened, What};

const PASSAGES: usize = 10;
/// Records that are proposed from each page.
pub const RECORDS: usize = 40;

/// A small generator (splitmix64): the same pages in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A word's number, the small ones much more often than the large (Zipf, exponent near 1).
    pub fn word(&mut self) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (60_000f64.powf(unit)) as usize
    }
}

pub fn word(number: usize) -> String {
    let syllables = [
        "ka", "ren", "to", "mi", "sol", "ga", "pe", "lin", "dor", "as", "ve", "un",
    ];
    let mut word = String::new();
    let mut rest = number + 1;
    while rest > 0 {
        word.push_str(syllables[rest % syllables.len()]);
        rest /= syllables.len();
    }
    word
}

pub struct Entry {
    subject: SourceId,
    kind: u8,
    pub cbor: Vec<u8>,
    pub blob: Vec<u8>,
}

fn passages(dice: &mut Dice) -> Vec<String> {
    let passage = |dice: &mut Dice| {
        let words: Vec<String> = (0..75).map(|_| word(dice.word())).collect();
        format!("{}.", words.join(" "))
    };
    (0..PASSAGES).map(|_| passage(dice)).collect()
}

fn reading(passages: &[String]) -> Result<Reading, Failed> {
    let mut text = String::new();
    let mut list = Vec::new();
    for (number, passage) in (1..).zip(passages) {
        if number > 1 {
            text.push_str("\n\n");
        }
        let start = text.len() as u32;
        text.push_str(passage);
        let kind = if number == 1 {
            PassageKind::Title
        } else {
            PassageKind::Paragraph
        };
        list.push(Passage {
            number,
            span: Span::new(start, text.len() as u32),
            kind,
            left_out: None,
        });
    }
    let found = |value: &str| Found {
        value: value.to_owned(),
        basis: "made up".into(),
        span: None,
    };
    Ok(Reading {
        reader: Reader {
            name: "text".into(),
            version: 1,
        },
        media_type: "text/plain".into(),
        encoding: "UTF-8".into(),
        encoding_basis: "declared".into(),
        map: OffsetMap::identity(text.len() as u32),
        text,
        title: Some(found(&passages[0][..40])),
        passages: list,
        authors: Vec::new(),
        publisher: Some(found(&format!("Publisher {}", passages[0].len() % 23))),
        published: Some(Found {
            value: "2013-03-21".parse()?,
            basis: "made up".into(),
            span: None,
        }),
        updated: None,
        language: Some(found("en")),
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    })
}

fn proposals(reading: &Reading) -> Proposals {
    let one = |at: usize| {
        let passage = reading.passages[at % PASSAGES];
        let span = Span::new(passage.span.start, passage.span.start + 60);
        let quote = reading.text[span.start as usize..span.end as usize].to_owned();
        let who = |name: &str| EntityRef {
            kind: EntityKind::State,
            name: name.into(),
            key: Some("state:XX".into()),
            record: None,
        };
        let body = match at % 3 {
            0 => RecordBody::Statement(Statement {
                speaker: Some(Cited::new(who("A speaker of the page"), 0)),
                role: None,
                act: Cited::new(Code::from("condemns"), 0),
                direct: false,
                about: vec![Cited::new(who("A state"), 0)],
                occasion: None,
                date: None,
            }),
            1 => RecordBody::Organisation(Organisation {
                names: vec![Cited::new(
                    Name {
                        form: "An organisation".into(),
                        script: None,
                        romanisation: None,
                        surname_first: None,
                    },
                    0,
                )],
                part_of: None,
                key: Some("org:x".into()),
            }),
            _ => RecordBody::Allegation(Allegation {
                violation: Cited::new(Code::from("torture"), 0),
                modality: Cited::new(Modality::Alleged, 0),
                attribution: Vec::new(),
                victims: Vec::new(),
                perpetrators: vec![Cited::new(
                    Perpetrator {
                        who: who("A state"),
                        involvement: None,
                    },
                    0,
                )],
                place: None,
                date: None,
                method: None,
                attribution_by_authorities: None,
                status_at_end: None,
            }),
        };
        Proposal {
            rule: "made.up".into(),
            band: Band::Stated,
            body,
            quotes: vec![Quote {
                span,
                quote,
                passage: passage.number,
                page: None,
                row: None,
            }],
        }
    };
    Proposals {
        original: Sha256Digest([1; 32]),
        reading: Sha256Digest([2; 32]),
        extractor: "rules-en/1".into(),
        proposals: (0..RECORDS).map(one).collect(),
    }
}

/// The entries of so many pages, three each; their passages are added to `texts`.
pub fn ledger(pages: usize, texts: &mut Vec<String>) -> Result<Vec<Entry>, Failed> {
    let mut dice = Dice(42);
    let mut entries = Vec::new();
    for page in 0..pages as u64 {
        let mut entropy = [0; 10];
        entropy[..8].copy_from_slice(&dice.next().to_be_bytes());
        let subject = SourceId::new(1_700_000_000_000 + page * 7, entropy);
        let passages = passages(&mut dice);
        let reading = reading(&passages)?;
        let mut original = [0; 32];
        original[..8].copy_from_slice(&dice.next().to_be_bytes());
        let source = Source {
            original: Sha256Digest(original),
            bytes: 5_000,
            media_type: "text/plain".into(),
            collected: Collected {
                at: 1_700_000_000_000,
                by: "A".into(),
                tool: "onrecord 0.1.0".into(),
                how: "file".into(),
                name: format!("page-{page}.txt"),
                modified: None,
                inside: None,
            },
            origin: Some(format!("https://example.org/{page}")),
            compartment: Compartment::Open,
            consent: None,
            genre: None,
            reliability: None,
            publisher: None,
            published: None,
            captured: None,
        };
        let outcome = Outcome::Read {
            reading: Sha256Digest([2; 32]),
            reader: reading.reader.clone(),
        };
        let mut entry = |kind, cbor, blob: Vec<u8>| -> Result<(), Failed> {
            entries.push(Entry {
                subject,
                kind,
                cbor,
                blob: compress(&blob)?,
            });
            Ok(())
        };
        entry(0, to_cbor(&source)?, Vec::new())?;
        entry(1, to_cbor(&outcome)?, to_cbor(&reading)?)?;
        entry(2, Vec::new(), to_cbor(&proposals(&reading))?)?;
        texts.extend(passages);
    }
    Ok(entries)
}

/// Decodes entries as they are decoded when they come out of the archive.
pub fn opened(entries: &[Entry], from: usize) -> impl Iterator<Item = Incoming> + Send + '_ {
    let entries = entries.iter().enumerate().skip(from);
    entries.map(|(index, entry)| {
        let what = what(entry).map_err(|error| error.to_string())?;
        let index = index as u64;
        Ok(Opened {
            place: EntryPlace {
                writer: [1; 16],
                index,
            },
            clock: (1_700_000_000_000 + index, 0),
            at: 1_700_000_000_000 + index,
            subject: Some(entry.subject),
            what,
        })
    })
}

fn what(entry: &Entry) -> Result<What, Failed> {
    let blob = || decompress(&entry.blob, 1 << 30);
    Ok(match entry.kind {
        0 => What::Source(Box::new(from_cbor(&entry.cbor)?)),
        1 => What::Reading(
            from_cbor(&entry.cbor)?,
            Some(Box::new(from_cbor(&blob()?)?)),
        ),
        _ => What::Proposals(Box::new(from_cbor(&blob()?)?), entry.blob.clone()),
    })
}
