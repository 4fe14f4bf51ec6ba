//! Questions about sources and records, answered.

use crate::answers::found;
use crate::fixture::*;
use crate::{KEY, apply, view};
use model::*;
use onrecord_view::*;
use std::ops::ControlFlow;

pub fn records(view: &View, filter: &RecordFilter) -> Vec<Record> {
    let mut records = Vec::new();
    view.records(filter, &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(view.count_records(filter).unwrap(), records.len() as u64);
    records
}

#[test]
fn counts_say_how_much_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let locked = source_id(6);
    ledger.push(OTHER, Some(locked), What::Locked);
    let view = view(folder.path(), &ledger);
    let counts = view.status().unwrap();
    assert_eq!(
        (counts.sources, counts.read, counts.unread, counts.waiting),
        (5, 3, 1, 1)
    );
    assert_eq!((counts.locked, counts.erased), (1, 0));
    assert_eq!(counts.passages, 4 + 3 + 3);
    assert_eq!(counts.compartments[&Compartment::Open], 3);
    assert_eq!(
        counts.languages,
        [("en".to_owned(), 2), ("ko".to_owned(), 1)].into()
    );
    let allegations = &counts.records[&RecordKind::Allegation];
    assert_eq!(
        *allegations,
        [
            (Status::Proposed, 2),
            (Status::SecondReview, 1),
            (Status::Rejected, 1)
        ]
        .into()
    );
    assert_eq!(
        counts.records[&RecordKind::Call],
        [(Status::Proposed, 1)].into()
    );
    assert_eq!(view.withheld().unwrap(), [(locked, Withheld::Locked)]);
    assert_eq!(counts.position.0[&WRITER], ledger.entries.len() as u64 - 1);
}

#[test]
fn sources_are_listed_and_resolved() {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), &ledger());
    let list = |filter: &SourceFilter| -> Vec<SourceId> {
        let sources = view.sources(filter, Page::default()).unwrap();
        sources.into_iter().map(|info| info.id).collect()
    };
    let none = SourceFilter::default;
    let (one, two, three, four) = (source_id(1), source_id(2), source_id(3), source_id(4));
    assert_eq!(list(&none()), [one, two, three, four, source_id(5)]);
    assert_eq!(
        list(&SourceFilter {
            unread: true,
            ..none()
        }),
        [four]
    );
    let sealed = Some(Compartment::Sealed);
    assert_eq!(
        list(&SourceFilter {
            compartment: sealed,
            ..none()
        }),
        [three]
    );
    let publisher = Some("Example Archive".to_owned());
    assert_eq!(
        list(&SourceFilter {
            publisher,
            ..none()
        }),
        [three]
    );
    assert_eq!(
        list(&SourceFilter {
            language: Some("ko".to_owned()),
            ..none()
        }),
        [two]
    );
    let since = PartialDate::month(2024, 11);
    assert_eq!(
        list(&SourceFilter { since, ..none() }),
        [three],
        "2024 may be December"
    );
    let until = PartialDate::year(2023);
    assert_eq!(list(&SourceFilter { until, ..none() }), [two]);
    let text = Some("CAMPS MUST".to_owned());
    assert_eq!(list(&SourceFilter { text, ..none() }), [one]);
    let page = Page {
        offset: 1,
        limit: 2,
    };
    let ids: Vec<_> = view
        .sources(&none(), page)
        .unwrap()
        .iter()
        .map(|info| info.id)
        .collect();
    assert_eq!(ids, [two, three]);

    let info = view.source(&one).unwrap().unwrap();
    assert_eq!(info.source, source(1, Compartment::Open));
    assert_eq!(
        (info.entry, info.records),
        (
            EntryPlace {
                writer: WRITER,
                index: 0
            },
            3
        )
    );
    assert!(matches!(
        info.state,
        ReadState::Read {
            entry: EntryPlace { index: 1, .. },
            passages: 4,
            ..
        }
    ));
    let unread = view.source(&four).unwrap().unwrap();
    assert!(
        matches!(&unread.state, ReadState::Unread { reason, .. } if reason == "the file is empty")
    );
    assert_eq!(view.source(&source_id(99)).unwrap(), None);

    let original = source(1, Compartment::Open).original;
    assert_eq!(view.by_original(&original).unwrap(), Some(one));
    assert_eq!(view.by_original(&digest(b"else")).unwrap(), None);
    let resolve = |prefix: &str| view.resolve_source(prefix);
    assert_eq!(resolve(&one.to_string()).unwrap(), Some(one));
    assert_eq!(resolve(&original.to_string()[..8]).unwrap(), Some(one));
    assert_eq!(resolve(&original.to_string()).unwrap(), Some(one));
    assert_eq!(resolve("ffffffff").unwrap(), None);
    assert!(matches!(
        resolve(&one.to_string()[..8]),
        Err(Error::Ambiguous { .. })
    ));
    assert!(matches!(resolve("xyz"), Err(Error::NotAPrefix(_))));
}

#[test]
fn records_are_streamed_filtered_and_resolved() {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), &ledger());
    let none = RecordFilter::default;
    let all = records(&view, &none());
    assert_eq!(all.len(), 5);
    let kinds = vec![RecordKind::Call];
    let calls = records(&view, &RecordFilter { kinds, ..none() });
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].source, Some(source_id(1)));
    assert_eq!(calls[0].citations[0].quote.quote, "Detainees");
    let matches = |filter: RecordFilter| records(&view, &filter).len();
    assert_eq!(
        matches(RecordFilter {
            source: Some(source_id(1)),
            ..none()
        }),
        3
    );
    assert_eq!(
        matches(RecordFilter {
            status: Some(Status::Proposed),
            ..none()
        }),
        3
    );
    assert_eq!(
        matches(RecordFilter {
            status: Some(Status::SecondReview),
            ..none()
        }),
        1
    );
    assert_eq!(
        matches(RecordFilter {
            code: Some("torture".to_owned()),
            ..none()
        }),
        1
    );
    assert_eq!(
        matches(RecordFilter {
            speaker: Some("KIM IL".to_owned()),
            ..none()
        }),
        2
    );
    assert_eq!(
        matches(RecordFilter {
            addressee: Some("dprk".to_owned()),
            ..none()
        }),
        1
    );
    assert_eq!(
        matches(RecordFilter {
            addressee: Some("canada".to_owned()),
            ..none()
        }),
        0
    );
    assert_eq!(
        matches(RecordFilter {
            named: Some("canada".to_owned()),
            ..none()
        }),
        1
    );
    let decided = all
        .iter()
        .find(|record| record.status == Status::SecondReview)
        .unwrap();
    assert_eq!(decided.history.len(), 1);
    assert_eq!(decided.history[0].decision.by, "Reviewer");
    for record in &all {
        assert_eq!(view.record(&record.id).unwrap().as_ref(), Some(record));
        let id = record.id.to_string();
        assert_eq!(view.resolve_record(&id).unwrap(), Some(record.id));
        assert_eq!(view.resolve_record(&id[..20]).unwrap(), Some(record.id));
    }
    let shared = &all[0].id.to_string()[..6];
    assert!(matches!(
        view.resolve_record(shared),
        Err(Error::Ambiguous { .. })
    ));
    assert_eq!(view.resolve_record("ffff").unwrap(), None);
    let mut seen = 0;
    view.records(&none(), &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(seen, 1);
}

#[test]
fn a_correction_changes_what_a_record_says_and_is_found_by() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let mut view = view(folder.path(), &ledger);
    let by_code = |view: &View, code: &str| {
        let code = Some(code.to_owned());
        records(
            view,
            &RecordFilter {
                code,
                ..RecordFilter::default()
            },
        )
    };
    let record = by_code(&view, "torture").remove(0);
    let text = reading(&Text {
        title: "Camps must be closed",
        publisher: "",
        published: "2024",
        language: "en",
        paragraphs: &["Detainees …"],
    });
    let mut corrected = decision(source_id(1), record.id, Choice::Correct, "Reviewer");
    corrected.corrected = correction(allegation(&text, "ill-treatment", "Lee"));
    ledger.decide(corrected);
    assert_eq!(apply(&mut view, &ledger).entries, 1);
    assert_eq!(by_code(&view, "torture"), []);
    let now = by_code(&view, "ill-treatment").remove(0);
    assert_eq!(
        (now.id, now.status, now.history.len()),
        (record.id, Status::Corrected, 2)
    );
    let counts = view.status().unwrap().records[&RecordKind::Allegation].clone();
    assert_eq!(counts[&Status::Corrected], 1);
    assert!(!counts.contains_key(&Status::SecondReview));
    let by_speaker = |view: &View, speaker: &str| {
        let speaker = Some(speaker.to_owned());
        let filter = RecordFilter {
            speaker,
            ..RecordFilter::default()
        };
        records(view, &filter).len()
    };
    assert_eq!(
        (by_speaker(&view, "lee"), by_speaker(&view, "kim il")),
        (1, 1)
    );
    // A later decision that accepts the record as proposed brings its words back.
    ledger.decide(decision(source_id(1), record.id, Choice::Accept, "Third"));
    apply(&mut view, &ledger);
    assert_eq!(by_code(&view, "torture")[0].history.len(), 3);
    assert_eq!(by_code(&view, "ill-treatment"), []);
    assert_eq!(
        (by_speaker(&view, "lee"), by_speaker(&view, "kim il")),
        (0, 2)
    );
}

#[test]
fn a_newer_run_replaces_what_nobody_decided_about() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let mut view = view(folder.path(), &ledger);
    let of_one = RecordFilter {
        source: Some(source_id(1)),
        ..RecordFilter::default()
    };
    let before = records(&view, &of_one);
    let decided = before
        .iter()
        .find(|record| record.status == Status::SecondReview)
        .unwrap();
    let text = ledger.read(
        source_id(1),
        &Text {
            title: "Camps must be closed",
            publisher: "Example Broadcaster",
            published: "2024-10-18",
            language: "en",
            paragraphs: &["Only this is left of the page."],
        },
    );
    let new = ledger.propose(
        source_id(1),
        &text,
        "rules-en/2",
        vec![allegation(&text, "torture", "Lee")],
    );
    apply(&mut view, &ledger);
    let after: Vec<_> = records(&view, &of_one)
        .into_iter()
        .map(|record| record.id)
        .collect();
    assert_eq!(after.len(), 2);
    assert!(after.contains(&decided.id) && after.contains(&new[0]));
    let total: u64 = view
        .status()
        .unwrap()
        .records
        .values()
        .flat_map(|by| by.values())
        .sum();
    assert_eq!(total, 4);
    // The old reading's words are no longer found, the new one's are.
    assert_eq!(found(&view, "tortured"), []);
    assert_eq!(found(&view, "left page"), [(source_id(1), 3)]);
    // A record that was replaced can still be shown by its id.
    let gone = before
        .iter()
        .find(|record| !after.contains(&record.id))
        .unwrap();
    assert!(view.record(&gone.id).unwrap().is_some());
}

#[test]
fn what_was_erased_is_gone_and_stays_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let erased = source_id(3);
    ledger.push(WRITER, Some(erased), What::Erased(erased));
    let late = RecordId::new(1, [0; 10]);
    ledger.decide(decision(erased, late, Choice::Accept, "Late"));
    let view = view(folder.path(), &ledger);
    assert_eq!(view.source(&erased).unwrap(), None);
    assert_eq!(view.withheld().unwrap(), [(erased, Withheld::Erased)]);
    assert_eq!(found(&view, "guards"), []);
    let filter = RecordFilter {
        source: Some(erased),
        ..RecordFilter::default()
    };
    assert_eq!(records(&view, &filter), []);
    let counts = view.status().unwrap();
    assert_eq!((counts.sources, counts.erased), (4, 1));
    assert!(!counts.compartments.contains_key(&Compartment::Sealed));
    assert!(!counts.records[&RecordKind::Allegation].contains_key(&Status::Rejected));
    assert_eq!(view.stray_decisions().unwrap(), 0);
}

#[test]
fn problems_are_told_and_the_rest_is_applied() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = ledger();
    let mut view = View::open(folder.path(), &KEY).unwrap();
    let entries = ledger
        .incoming()
        .chain([Err("entry 99 is damaged".to_owned())]);
    let mut told = 0;
    let applied = view
        .apply(entries, 1, &mut |entries| told = entries)
        .unwrap();
    assert_eq!(applied.problems, ["entry 99 is damaged"]);
    assert_eq!(
        (applied.entries, told),
        (ledger.entries.len() as u64, applied.entries)
    );
    assert_eq!(view.status().unwrap().sources, 5);
}
