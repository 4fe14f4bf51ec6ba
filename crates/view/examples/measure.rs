//! Measures a view against its peers in one run, on made-up pages of about 5 kB.
//!
//! `cargo run --release -p onrecord-view --example measure -- [pages]`
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use model::*;
use onrecord_view::{
    EncryptedDirectory, EntryPlace, Incoming, Opened, Page, Query, RecordFilter, SourceFilter,
    View, What,
};
use rusqlite::Connection;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};
use tantivy::collector::{Count, TopDocs};
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, Occur, TermQuery};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TEXT, Value};
use tantivy::{Directory, Index, IndexSettings, TantivyDocument, Term, doc};

const KEY: [u8; 32] = [3; 32];
const PASSAGES: usize = 10;
const RECORDS: usize = 40;

/// A small generator (splitmix64): the same pages in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A word's number, the small ones much more often than the large (Zipf, exponent near 1).
    fn word(&mut self) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        (60_000f64.powf(unit)) as usize
    }
}

fn word(number: usize) -> String {
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

struct Entry {
    subject: SourceId,
    kind: u8,
    cbor: Vec<u8>,
    blob: Vec<u8>,
}

fn passages(dice: &mut Dice) -> Vec<String> {
    let passage = |dice: &mut Dice| {
        let words: Vec<String> = (0..75).map(|_| word(dice.word())).collect();
        format!("{}.", words.join(" "))
    };
    (0..PASSAGES).map(|_| passage(dice)).collect()
}

fn reading(passages: &[String]) -> Reading {
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
    Reading {
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
            value: "2013-03-21".parse().unwrap(),
            basis: "made up".into(),
            span: None,
        }),
        updated: None,
        language: Some(found("en")),
        address: None,
        remarks: Vec::new(),
    }
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

fn ledger(pages: usize, texts: &mut Vec<String>) -> Vec<Entry> {
    let mut dice = Dice(42);
    let mut entries = Vec::new();
    for page in 0..pages as u64 {
        let mut entropy = [0; 10];
        entropy[..8].copy_from_slice(&dice.next().to_be_bytes());
        let subject = SourceId::new(1_700_000_000_000 + page * 7, entropy);
        let passages = passages(&mut dice);
        let reading = reading(&passages);
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
            },
            origin: Some(format!("https://example.org/{page}")),
            compartment: Compartment::Open,
            consent: None,
            genre: None,
            reliability: None,
            publisher: None,
            published: None,
        };
        let outcome = Outcome::Read {
            reading: Sha256Digest([2; 32]),
            reader: reading.reader.clone(),
        };
        let entry = |kind, cbor, blob| Entry {
            subject,
            kind,
            cbor,
            blob,
        };
        entries.push(entry(0, to_cbor(&source).unwrap(), Vec::new()));
        entries.push(entry(
            1,
            to_cbor(&outcome).unwrap(),
            to_cbor(&reading).unwrap(),
        ));
        entries.push(entry(2, Vec::new(), to_cbor(&proposals(&reading)).unwrap()));
        texts.extend(passages);
    }
    entries
}

/// Decodes entries as they are decoded when they come out of the archive.
fn opened(entries: &[Entry], from: usize) -> impl Iterator<Item = Incoming> + Send + '_ {
    entries.iter().enumerate().skip(from).map(|(index, entry)| {
        let what = match entry.kind {
            0 => What::Source(Box::new(from_cbor(&entry.cbor).unwrap())),
            1 => What::Reading(
                from_cbor(&entry.cbor).unwrap(),
                Some(Box::new(from_cbor(&entry.blob).unwrap())),
            ),
            _ => What::Proposals(
                Box::new(from_cbor(&entry.blob).unwrap()),
                entry.blob.clone(),
            ),
        };
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

/// Median and 95th percentile.
fn times(mut run: impl FnMut(usize), rounds: usize) -> (Duration, Duration) {
    let mut all: Vec<Duration> = (0..rounds)
        .map(|round| {
            let start = Instant::now();
            run(round);
            start.elapsed()
        })
        .collect();
    all.sort();
    (all[rounds / 2], all[rounds * 95 / 100])
}

fn bytes_in(folder: &Path) -> u64 {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                bytes_in(&path)
            } else {
                path.metadata().unwrap().len()
            }
        })
        .sum()
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM: ?");
    line.split_once(':')
        .map_or("?", |(_, value)| value)
        .trim()
        .to_owned()
}

fn main() {
    let pages: usize = std::env::args()
        .nth(1)
        .map_or(10_000, |pages| pages.parse().expect("a number of pages"));
    let folder = tempfile::tempdir().unwrap();
    let mut texts = Vec::new();
    let entries = ledger(pages, &mut texts);
    let plain: usize = texts.iter().map(String::len).sum();
    println!(
        "{pages} pages, {} passages, {:.1} MB of text, {} records; before: {}",
        texts.len(),
        megabytes(plain as u64),
        pages * RECORDS,
        peak_memory()
    );

    let decode = Instant::now();
    let count = opened(&entries, 0).count();
    println!(
        "decoding {count} entries alone: {:.2} s",
        decode.elapsed().as_secs_f64()
    );

    let at = folder.path().join("view");
    let start = Instant::now();
    let (view, _) = View::build(&at, &KEY, opened(&entries, 0), 2, &mut |_| {}).unwrap();
    let took = start.elapsed().as_secs_f64();
    println!(
        "rebuild: {took:.2} s, {:.0} pages/s; on disk records {:.1} MB, text {:.1} MB; peak memory {}",
        pages as f64 / took,
        megabytes(at.join("records.sqlite").metadata().unwrap().len()),
        megabytes(bytes_in(&at.join("text"))),
        peak_memory()
    );
    drop(view);

    let grown = folder.path().join("grown");
    let start = Instant::now();
    let mut view = View::open(&grown, &KEY).unwrap();
    let most = entries.len() - entries.len() % 3 - 3;
    view.apply(opened(&entries[..most], 0), 2, &mut |_| {})
        .unwrap();
    println!(
        "the same by catching up: {:.2} s",
        start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    view.apply(opened(&entries, most), 2, &mut |_| {}).unwrap();
    println!(
        "one more page: {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );
    drop(view);

    let (median, worst) = times(
        |_| {
            View::open(&at, &KEY).unwrap().status().unwrap();
        },
        51,
    );
    println!("open and status: median {median:.2?}, p95 {worst:.2?}");
    let (median, _) = times(
        |_| {
            View::open(&at, &KEY)
                .unwrap()
                .search(&Query::new(word(90)))
                .unwrap();
        },
        11,
    );
    println!("open and first search: median {median:.2?}");

    let view = View::open(&at, &KEY).unwrap();
    let start = Instant::now();
    let mut streamed = 0;
    view.records(&RecordFilter::default(), &mut |_| {
        streamed += 1;
        ControlFlow::Continue(())
    })
    .unwrap();
    let took = start.elapsed().as_secs_f64();
    println!(
        "streaming {streamed} records: {took:.2} s, {:.0} records/s",
        f64::from(streamed) / took
    );
    let start = Instant::now();
    let few = view
        .count_records(&RecordFilter {
            code: Some("absent".into()),
            ..RecordFilter::default()
        })
        .unwrap();
    println!(
        "a filter over all of them ({few} found): {:.1?}",
        start.elapsed()
    );
    let start = Instant::now();
    let listed = view
        .sources(&SourceFilter::default(), Page::default())
        .unwrap()
        .len();
    println!("listing {listed} sources: {:.1?}", start.elapsed());

    let peer = fts5(&texts, &folder.path().join("fts5"));
    let pairs: Vec<(String, String)> = {
        let mut dice = Dice(7);
        (0..400)
            .map(|_| {
                (
                    word(20 + dice.word() % 2_000),
                    word(20 + dice.word() % 2_000),
                )
            })
            .collect()
    };
    for round in 0..2 {
        let mut total = 0;
        let (median, worst) = times(
            |round| {
                let (a, b) = &pairs[round % pairs.len()];
                total += view.search(&Query::new(format!("{a} {b}"))).unwrap().total;
            },
            400,
        );
        let mut peers_total = 0;
        let (peers, peers_worst) = times(
            |round| {
                let (a, b) = &pairs[round % pairs.len()];
                peers_total += fts5_search(&peer, a, b);
            },
            400,
        );
        println!(
            "round {round}, two words with total, facets, snippets: median {median:.2?}, p95 {worst:.2?} ({total} found); FTS5 with snippets and total: median {peers:.2?}, p95 {peers_worst:.2?} ({peers_total} found); ratio {:.1}",
            peers.as_secs_f64() / median.as_secs_f64()
        );
    }
    for (name, words) in [
        ("one common word", word(3)),
        (
            "a phrase of two common words",
            format!("\"{} {}\"", word(1), word(2)),
        ),
        ("a misspelt word", "kaernto".to_owned()),
    ] {
        let (median, _) = times(
            |_| {
                view.search(&Query::new(words.as_str())).unwrap();
            },
            21,
        );
        println!("{name}: median {median:.2?}");
    }
    directories(&texts, &folder.path().join("sealed"));
    println!("peak memory of all: {}", peak_memory());
}

fn fts5(texts: &[String], file: &Path) -> Connection {
    let start = Instant::now();
    let connection = Connection::open(file).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072; BEGIN; CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'porter unicode61');")
        .unwrap();
    {
        let mut insert = connection
            .prepare("INSERT INTO t (text) VALUES (?)")
            .unwrap();
        for text in texts {
            insert.execute([text]).unwrap();
        }
    }
    connection
        .execute_batch("COMMIT; INSERT INTO t (t) VALUES ('optimize');")
        .unwrap();
    println!(
        "SQLite FTS5, in plain: {:.2} s, {:.1} MB",
        start.elapsed().as_secs_f64(),
        megabytes(file.metadata().unwrap().len())
    );
    connection
}

fn fts5_search(connection: &Connection, a: &str, b: &str) -> u64 {
    let words = format!("{a} {b}");
    let mut top = connection
        .prepare_cached("SELECT rowid, snippet(t, 0, '[', ']', '…', 40) FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10")
        .unwrap();
    let rows = top
        .query_map([&words], |row| row.get::<_, String>(1))
        .unwrap();
    assert!(rows.map(Result::unwrap).all(|snippet| !snippet.is_empty()));
    let mut count = connection
        .prepare_cached("SELECT count(*) FROM t WHERE t MATCH ?")
        .unwrap();
    count
        .query_row([&words], |row| row.get::<_, i64>(0))
        .unwrap() as u64
}

/// The same plain index in memory and in an encrypted directory: what encryption costs.
fn directories(texts: &[String], folder: &Path) {
    let sealed = EncryptedDirectory::open(folder, &KEY, 64 << 20).unwrap();
    let memory = RamDirectory::create();
    for round in 0..2 {
        if round == 1 {
            let small = EncryptedDirectory::open(folder, &KEY, 1 << 20).unwrap();
            query_directory("encrypted, cache of 1 MiB", small, None);
            continue;
        }
        query_directory("in memory", memory.clone(), Some(texts));
        query_directory("encrypted, cache of 64 MiB", sealed.clone(), Some(texts));
        println!(
            "size in memory {:.1} MB, encrypted {:.1} MB",
            megabytes(memory.total_mem_usage() as u64),
            megabytes(bytes_in(folder))
        );
    }
}

fn query_directory(name: &str, directory: impl Into<Box<dyn Directory>>, texts: Option<&[String]>) {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let schema = schema.build();
    let index = match texts {
        Some(_) => Index::create(directory, schema, IndexSettings::default()).unwrap(),
        None => Index::open(directory).unwrap(),
    };
    if let Some(texts) = texts {
        let start = Instant::now();
        let mut writer = index.writer_with_num_threads(2, 200 << 20).unwrap();
        for passage in texts {
            writer.add_document(doc!(text => passage.as_str())).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        println!("{name}: indexed in {:.2} s", start.elapsed().as_secs_f64());
    }
    let searcher = index.reader().unwrap().searcher();
    let mut dice = Dice(7);
    let mut search = |_| {
        let mut term = || {
            let term = Term::from_field_text(text, &word(20 + dice.word() % 2_000));
            (
                Occur::Must,
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
                    as Box<dyn tantivy::query::Query>,
            )
        };
        let query = BooleanQuery::new(vec![term(), term()]);
        let (top, _) = searcher
            .search(&query, &(TopDocs::with_limit(10).order_by_score(), Count))
            .unwrap();
        for (_, address) in top {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            assert!(document.get_first(text).unwrap().as_str().is_some());
        }
    };
    let first = times(&mut search, 400);
    let second = times(&mut search, 400);
    println!(
        "{name}: two words with texts, first pass median {:.2?} p95 {:.2?}; second {:.2?} p95 {:.2?}",
        first.0, first.1, second.0, second.1
    );
}
