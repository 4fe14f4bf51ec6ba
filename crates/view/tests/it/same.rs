//! A view that grew entry by entry answers as one that was rebuilt.

use crate::fixture::*;
use crate::{KEY, apply};
use model::*;
use onrecord_view::*;
use proptest::prelude::*;
use std::ops::ControlFlow;

/// Everything that can be asked, answered.
fn answers(view: &View) -> String {
    let mut all = String::new();
    let mut say = |answer: &dyn std::fmt::Debug| all.push_str(&format!("{answer:#?}\n"));
    say(&view.status().unwrap());
    say(&view
        .sources(&SourceFilter::default(), Page::default())
        .unwrap());
    say(&view.withheld().unwrap());
    say(&view.stray_decisions().unwrap());
    say(&view.judgements().unwrap());
    let mut records = Vec::new();
    view.records(&RecordFilter::default(), &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    })
    .unwrap();
    for record in &records {
        assert_eq!(view.record(&record.id).unwrap().as_ref(), Some(record));
    }
    // The counts are those of the records.
    let counted: u64 = view
        .status()
        .unwrap()
        .records
        .values()
        .flat_map(|by| by.values())
        .sum();
    assert_eq!(counted, records.len() as u64);
    for (kind, by_status) in view.status().unwrap().records {
        for (status, number) in by_status {
            let same = |record: &&Record| record.body.kind() == kind && record.status == status;
            assert_eq!(
                records.iter().filter(same).count() as u64,
                number,
                "{kind:?} {status:?}"
            );
        }
    }
    say(&records);
    assert_queue(view, &records);
    for words in [
        "camps",
        "camp OR detained",
        "word3 word7",
        "\"word1 word2\"",
        "수용소",
        "word5 -word6",
        "wrod3",
    ] {
        let mut query = Query::new(words);
        query.limit = 50;
        say(&view.search(&query).unwrap());
    }
    all
}

/// The queue has every record that is open and no other, and its counts are those of the records.
fn assert_queue(view: &View, records: &[Record]) {
    let mut persons: Vec<&str> = records
        .iter()
        .flat_map(|record| record.history.iter().map(|it| it.decision.by.as_str()))
        .collect();
    persons.sort_unstable();
    persons.dedup();
    for by in persons {
        let filter = ReviewFilter {
            by: by.to_owned(),
            ..ReviewFilter::default()
        };
        let waits = records.iter().filter(|record| waits_for(record, by));
        let waits: Vec<RecordId> = waits.map(|it| it.id).collect();
        let queue = view.review_queue(&filter, ReviewOrder::BySource, None, usize::MAX);
        let queue: Vec<RecordId> = queue.unwrap().into_iter().map(|it| it.id).collect();
        assert_eq!(queue, waits, "{by}");
    }
    let asked = [vec![], vec![RecordKind::Allegation], vec![RecordKind::Call]];
    for kinds in asked {
        let filter = ReviewFilter {
            by: "Nobody who decided".to_owned(),
            kinds,
            ..ReviewFilter::default()
        };
        let fits = |record: &&Record| {
            filter.kinds.is_empty() || filter.kinds.contains(&record.body.kind())
        };
        let open = records.iter().filter(fits);
        let open: Vec<RecordId> = open
            .filter(|it| it.status.is_open())
            .map(|it| it.id)
            .collect();
        let queue = view.review_queue(&filter, ReviewOrder::BySource, None, usize::MAX);
        let queue: Vec<RecordId> = queue.unwrap().into_iter().map(|it| it.id).collect();
        assert_eq!(queue, open, "{:?}", filter.kinds);
        let mut grave_first = view
            .review_queue(&filter, ReviewOrder::GraveFirst, None, usize::MAX)
            .unwrap();
        assert_eq!(grave_first.len(), open.len());
        grave_first.retain(needs_two);
        let of_all = |filter: &ReviewFilter| view.review_progress(filter).unwrap();
        let progress = of_all(&filter);
        assert_eq!(progress.open(), open.len() as u64);
        let proposed = grave_first
            .iter()
            .filter(|it| it.status == Status::Proposed);
        assert_eq!(progress.grave, proposed.count() as u64);
        let only_grave = ReviewFilter {
            grave: true,
            ..filter.clone()
        };
        let all_grave = records
            .iter()
            .filter(fits)
            .filter(|it| needs_two(it))
            .count() as u64;
        let progress = of_all(&only_grave);
        assert_eq!(progress.open() + progress.decided, all_grave);
        assert_eq!(progress.open(), grave_first.len() as u64);
    }
}

/// A step in the life of an archive, by numbers.
#[derive(Clone, Debug)]
enum Step {
    Read(u64, u8),
    Unread(u64),
    Propose(u64, u8, u8, u8),
    Decide(u64, u8, u8, u8, u8),
    Judge((u64, u8, u8, u8), (u64, u8, u8, u8), u8),
    Erase(u64),
}

const SOURCES: u64 = 6;

fn step() -> impl Strategy<Value = Step> {
    let source = 0..SOURCES;
    prop_oneof![
        4 => (source.clone(), 0u8..4).prop_map(|(source, version)| Step::Read(source, version)),
        1 => source.clone().prop_map(Step::Unread),
        5 => (source.clone(), 0u8..4, 1u8..4, 0u8..4).prop_map(|(a, b, c, d)| Step::Propose(a, b, c, d)),
        5 => (source.clone(), 0u8..4, 1u8..4, 0u8..4, 0u8..4)
            .prop_map(|(a, b, c, d, e)| Step::Decide(a, b, c, d, e)),
        3 => (
            (source.clone(), 0u8..4, 1u8..4, 0u8..4),
            (source.clone(), 0u8..4, 1u8..4, 0u8..4),
            0u8..4,
        )
            .prop_map(|(one, other, verdict)| Step::Judge(one, other, verdict)),
        1 => source.prop_map(Step::Erase),
    ]
}

/// The text of a source in a version, made of few words so that many passages are alike.
fn text_of(source: u64, version: u8) -> Reading {
    let paragraphs: Vec<String> = (0..5)
        .map(|at| {
            let words = (0..12u64).map(|word| {
                let number = (source * 7 + u64::from(version) * 3 + at * 5 + word * word) % 9;
                format!("word{number}")
            });
            words.collect::<Vec<_>>().join(" ")
        })
        .collect();
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    reading(&Text {
        title: "camps word1 word2 수용소",
        publisher: "P",
        published: "2024",
        language: "en",
        paragraphs: &paragraphs,
    })
}

/// A record that may have been proposed, by source, version, extractor and ordinal.
fn judged_in((source, version, extractor, ordinal): (u64, u8, u8, u8)) -> Judged {
    let reading = text_of(source, version);
    let digest = reading_digest(&reading);
    let start = reading.passages[2].span.start;
    let extractor = format!("rules-en/{extractor}");
    Judged {
        record: record_id(&source_id(source), &digest, &extractor, ordinal.into()),
        kind: RecordKind::Allegation,
        source: source_id(source),
        reading: digest,
        span: Span::new(start, start + 3),
    }
}

fn apply_step(ledger: &mut Ledger, writer: [u8; 16], step: &Step) {
    match *step {
        Step::Read(source, version) => {
            let reading = text_of(source, version);
            let outcome = Outcome::Read {
                reading: reading_digest(&reading),
                reader: reading.reader.clone(),
            };
            let what = What::Reading(outcome, Some(Box::new(reading)));
            ledger.push(writer, Some(source_id(source)), what);
        }
        Step::Unread(source) => {
            let unread = Unread {
                reader: None,
                reason: format!("step {source}"),
                likeness: None,
            };
            let what = What::Reading(Outcome::Unread(unread), None);
            ledger.push(writer, Some(source_id(source)), what);
        }
        Step::Propose(source, version, extractor, records) => {
            let reading = text_of(source, version);
            let kinds = ["torture", "abduction", "forced-labour"];
            let proposals: Vec<_> = (0..records)
                .map(|at| match at {
                    2 => call(&reading, "A", "B", "stop"),
                    at => allegation(&reading, kinds[at as usize % 3], "C"),
                })
                .collect();
            let proposals = Proposals {
                original: digest(b"original"),
                reading: reading_digest(&reading),
                extractor: format!("rules-en/{extractor}"),
                proposals,
            };
            let blob = compress(&to_cbor(&proposals).unwrap()).unwrap();
            ledger.push(
                writer,
                Some(source_id(source)),
                What::Proposals(Box::new(proposals), blob),
            );
        }
        Step::Decide(source, version, extractor, ordinal, status) => {
            let reading = text_of(source, version);
            let id = record_id(
                &source_id(source),
                &reading_digest(&reading),
                &format!("rules-en/{extractor}"),
                ordinal.into(),
            );
            let by = if status > 1 { "R" } else { "S" };
            let mut decision = decision(source_id(source), id, Choice::ALL[status as usize], by);
            if decision.choice == Choice::Correct {
                decision.corrected = correction(call(&reading, "X", "Y", "go"));
            }
            ledger.push(
                writer,
                Some(source_id(source)),
                What::Decision(Box::new(decision)),
            );
        }
        Step::Judge(one, other, verdict) => {
            let verdicts = [
                Verdict::Same,
                Verdict::Different,
                Verdict::Unsure,
                Verdict::Withdrawn,
            ];
            let judgement = Judgement {
                matter: Matter::pair(judged_in(one), judged_in(other)),
                verdict: verdicts[verdict as usize],
                by: "R".to_owned(),
                reason: String::new(),
            };
            let source = Some(source_id(one.0));
            ledger.push(writer, source, What::Judgement(Box::new(judgement)));
        }
        Step::Erase(source) => {
            let id = source_id(source);
            ledger.push(writer, Some(id), What::Erased(id));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Two logs; the second arrives whole after the first, or interleaved, or step by step.
    #[test]
    fn growing_and_rebuilding_come_to_the_same(
        steps in proptest::collection::vec((step(), any::<bool>()), 1..40),
        cuts in proptest::collection::vec(1usize..12, 1..6),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::default();
        for source in 0..SOURCES {
            ledger.source(source, Compartment::ALL[source as usize % 3]);
        }
        for (step, second) in &steps {
            apply_step(&mut ledger, if *second { OTHER } else { WRITER }, step);
        }
        let (built, _) =
            View::build(&folder.path().join("built"), &KEY, ledger.incoming(), 2, &mut |_| {}).unwrap();
        let expected = answers(&built);

        let mut grown = View::open(&folder.path().join("grown"), &KEY).unwrap();
        let mut rest = ledger.incoming().collect::<Vec<_>>();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let later = rest.split_off((*cut).min(rest.len()));
            grown.apply(rest.into_iter(), 2, &mut |_| {}).unwrap();
            rest = later;
        }
        prop_assert_eq!(&answers(&grown), &expected);

        // The second device's log arrives after all of the first's.
        let mut merged = View::open(&folder.path().join("merged"), &KEY).unwrap();
        for writer in [WRITER, OTHER] {
            let log: Vec<_> = ledger.entries.iter().filter(|e| e.place.writer == writer).cloned().map(Ok).collect();
            merged.apply(log.into_iter(), 2, &mut |_| {}).unwrap();
        }
        prop_assert_eq!(&answers(&merged), &expected);
    }
}

#[test]
fn the_shared_fixture_too() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    let (built, _) = View::build(
        &folder.path().join("built"),
        &KEY,
        ledger.incoming(),
        2,
        &mut |_| {},
    )
    .unwrap();
    let mut grown = View::open(&folder.path().join("grown"), &KEY).unwrap();
    for cut in 1..=ledger.entries.len() {
        let mut part = Ledger::default();
        part.entries = ledger.entries[..cut].to_vec();
        assert_eq!(apply(&mut grown, &part).entries, 1);
    }
    assert_eq!(answers(&grown), answers(&built));
    // A view that was just built does not keep others out.
    let mut second = View::open(&folder.path().join("built"), &KEY).unwrap();
    assert_eq!(answers(&second), answers(&built));
    assert_eq!(apply(&mut second, &ledger).entries, 0);
    let mut more = self::ledger();
    more.source(77, Compartment::Open);
    assert_eq!(apply(&mut second, &more).entries, 1);
    assert_eq!(built.status().unwrap().sources, 6);
}
