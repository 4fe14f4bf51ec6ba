//! What people decide, and what follows: across persons, and across versions of an extractor.

use super::fixture::*;
use crate::lists::records;
use crate::{apply, view};
use model::*;
use onrecord_view::*;

const TEXT: Text = Text {
    title: "Camps must be closed",
    publisher: "Example Broadcaster",
    published: "2024-10-18",
    language: "en",
    paragraphs: &["Detained people were beaten there."],
};

/// A source with two allegations, neither of a grave type, and their ids.
fn small() -> (Ledger, Reading, Vec<RecordId>) {
    let mut ledger = Ledger::default();
    let source = ledger.source(1, Compartment::Open);
    let text = ledger.read(source, &TEXT);
    let proposals = vec![
        allegation(&text, "ill-treatment", "Kim"),
        allegation(&text, "censorship", "Kim"),
    ];
    let ids = ledger.propose(source, &text, "rules-en/1", proposals);
    (ledger, text, ids)
}

fn all(view: &View) -> Vec<(RecordId, Status, usize)> {
    let all = records(view, &RecordFilter::default());
    let all = all.into_iter();
    all.map(|record| (record.id, record.status, record.history.len()))
        .collect()
}

fn counted(view: &View) -> Vec<(Status, u64)> {
    let counts = view.status().unwrap().records;
    let of_kind = counts.get(&RecordKind::Allegation).cloned();
    of_kind.unwrap_or_default().into_iter().collect()
}

#[test]
fn two_persons_who_differ_are_both_kept_and_the_record_is_disputed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, _, ids) = small();
    let mut view = view(folder.path(), &ledger);
    let source = source_id(1);
    ledger.decide(decision(source, ids[0], Choice::Accept, "Ann"));
    // Another device, which had not seen it.
    let rejects = decision(source, ids[0], Choice::Reject, "Ben");
    ledger.push(OTHER, Some(source), What::Decision(Box::new(rejects)));
    apply(&mut view, &ledger);
    let expected = [(ids[0], Status::Disputed, 2), (ids[1], Status::Proposed, 0)];
    assert_eq!(all(&view), expected);
    assert_eq!(
        counted(&view),
        [(Status::Proposed, 1), (Status::Disputed, 1)]
    );
    ledger.decide(decision(source, ids[0], Choice::Withdraw, "Ben"));
    apply(&mut view, &ledger);
    assert_eq!(all(&view)[0], (ids[0], Status::Accepted, 3));
    ledger.decide(decision(source, ids[0], Choice::Withdraw, "Ann"));
    apply(&mut view, &ledger);
    assert_eq!(all(&view)[0], (ids[0], Status::Proposed, 4));
    assert_eq!(counted(&view), [(Status::Proposed, 2)]);
}

#[test]
fn what_is_grave_waits_for_a_second_person() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, text, _) = small();
    let source = source_id(1);
    let torture = vec![allegation(&text, "torture", "Kim")];
    let grave = ledger.propose(source, &text, "other/1", torture)[0];
    ledger.decide(decision(source, grave, Choice::Accept, "Ann"));
    ledger.decide(decision(source, grave, Choice::Accept, "ann"));
    let mut view = view(folder.path(), &ledger);
    let status = |view: &View| view.record(&grave).unwrap().unwrap().status;
    assert_eq!(status(&view), Status::SecondReview);
    ledger.decide(decision(source, grave, Choice::Accept, "Ben"));
    apply(&mut view, &ledger);
    assert_eq!(status(&view), Status::Accepted);
    assert!(grave_codes().any(|code| code == "torture"));
}

#[test]
fn a_decision_outlives_the_version_of_the_extractor_that_it_was_made_under() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, text, old) = small();
    let source = source_id(1);
    let mut view = view(folder.path(), &ledger);
    ledger.decide(decision(source, old[0], Choice::Reject, "Ann"));
    ledger.decide(decision(source, old[1], Choice::Accept, "Ann"));
    apply(&mut view, &ledger);
    // The newer version has them the other way round, says more of one, and adds a third.
    let proposals = vec![
        allegation(&text, "forced-labour", "Kim"),
        allegation(&text, "censorship", "Kim and Lee"),
        allegation(&text, "ill-treatment", "Kim"),
    ];
    let new = ledger.propose(source, &text, "rules-en/2", proposals);
    apply(&mut view, &ledger);
    let expected = [
        (new[0], Status::Proposed, 0),
        (new[1], Status::Accepted, 1),
        (new[2], Status::Rejected, 1),
    ];
    assert_eq!(all(&view), expected);
    assert_eq!(
        counted(&view),
        [
            (Status::Proposed, 1),
            (Status::Accepted, 1),
            (Status::Rejected, 1)
        ]
    );
    // What was accepted is what the person saw.
    let accepted = view.record(&new[1]).unwrap().unwrap();
    let RecordBody::Allegation(says) = &accepted.body else {
        panic!("{:?}", accepted.body)
    };
    let speaker = says.attribution[0].value.speaker.as_ref().unwrap();
    assert_eq!(speaker.name, "Kim");
    // The old id leads to the record of today, and further decisions under either are about it.
    assert_eq!(view.record(&old[1]).unwrap(), Some(accepted));
    ledger.decide(decision(source, new[1], Choice::Reject, "Ben"));
    ledger.decide(decision(source, old[0], Choice::Withdraw, "Ann"));
    apply(&mut view, &ledger);
    let expected = [
        (new[0], Status::Proposed, 0),
        (new[1], Status::Disputed, 2),
        (new[2], Status::Proposed, 2),
    ];
    assert_eq!(all(&view), expected);
}

#[test]
fn a_decision_without_a_match_keeps_its_record_listed_until_it_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, text, old) = small();
    let source = source_id(1);
    ledger.decide(decision(source, old[0], Choice::Accept, "Ann"));
    let proposals = vec![allegation(&text, "forced-labour", "Kim")];
    let new = ledger.propose(source, &text, "rules-en/2", proposals);
    let mut view = view(folder.path(), &ledger);
    let expected = [(old[0], Status::Accepted, 1), (new[0], Status::Proposed, 0)];
    assert_eq!(all(&view), expected);
    ledger.decide(decision(source, old[0], Choice::Withdraw, "Ann"));
    apply(&mut view, &ledger);
    assert_eq!(all(&view), [(new[0], Status::Proposed, 0)]);
    assert_eq!(counted(&view), [(Status::Proposed, 1)]);
}

#[test]
fn a_record_coded_by_hand_is_its_persons() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, text, _) = small();
    let source = source_id(1);
    for (number, violation) in [(1, "torture"), (2, "forced-labour")] {
        let proposals = vec![allegation(&text, violation, "Kim")];
        ledger.propose(source, &text, &hand_of("Ann/Lee", number), proposals);
    }
    let view = view(folder.path(), &ledger);
    let by_hand: Vec<_> = records(&view, &RecordFilter::default())
        .into_iter()
        .filter(|record| record.proposed_by == ProposedBy::Person("Ann/Lee".to_owned()))
        .collect();
    assert_eq!(by_hand.len(), 2);
}

/// Three sources with two grave allegations and two others each, and all ids in their order.
fn queued() -> (Ledger, Vec<(RecordId, bool)>) {
    let mut ledger = Ledger::default();
    let mut all = Vec::new();
    for number in 1..=3 {
        let source = ledger.source(number, Compartment::Open);
        let title = format!("Camps must be closed, part {number}");
        let title = title.as_str();
        let text = ledger.read(source, &Text { title, ..TEXT });
        let types = ["torture", "ill-treatment", "abduction", "censorship"];
        let proposals = types.map(|code| allegation(&text, code, "Kim"));
        let ids = ledger.propose(source, &text, "rules-en/1", proposals.to_vec());
        all.extend(ids.into_iter().zip([true, false, true, false]));
    }
    (ledger, all)
}

fn walk(view: &View, filter: &ReviewFilter, order: ReviewOrder) -> Vec<RecordId> {
    let mut seen: Vec<RecordId> = Vec::new();
    loop {
        let next = view.review_queue(filter, order, seen.last(), 2).unwrap();
        if next.is_empty() {
            return seen;
        }
        seen.extend(next.iter().map(|record| record.id));
        assert!(seen.len() < 100, "it goes in a circle: {seen:?}");
    }
}

#[test]
fn the_queue_puts_what_is_grave_first_and_stays_in_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, all) = queued();
    let view = view(folder.path(), &ledger);
    let by_ann = ReviewFilter {
        by: "Ann".to_owned(),
        ..ReviewFilter::default()
    };
    let of = |grave: bool| all.iter().filter(move |it| it.1 == grave).map(|it| it.0);
    let grave_first: Vec<_> = of(true).chain(of(false)).collect();
    assert_eq!(walk(&view, &by_ann, ReviewOrder::GraveFirst), grave_first);
    let in_order: Vec<_> = all.iter().map(|it| it.0).collect();
    assert_eq!(walk(&view, &by_ann, ReviewOrder::BySource), in_order);
    let only_grave = ReviewFilter {
        grave: true,
        ..by_ann.clone()
    };
    let grave: Vec<_> = of(true).collect();
    assert_eq!(walk(&view, &only_grave, ReviewOrder::GraveFirst), grave);
    let of_one = ReviewFilter {
        source: Some(source_id(2)),
        code: Some("censorship".to_owned()),
        ..by_ann
    };
    assert_eq!(walk(&view, &of_one, ReviewOrder::GraveFirst), [all[7].0]);
}

#[test]
fn what_a_person_decided_waits_for_others_and_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, all) = queued();
    let source = source_id(1);
    for (at, choice, by) in [
        (0, Choice::Accept, "Ann"),
        (1, Choice::Unsure, "Ann"),
        (2, Choice::Reject, "Ann"),
        (3, Choice::Accept, "Ann"),
        (3, Choice::Reject, "Ben"),
    ] {
        ledger.decide(decision(source, all[at].0, choice, by));
    }
    let view = view(folder.path(), &ledger);
    let waits = |by: &str| {
        let filter = ReviewFilter {
            by: by.to_owned(),
            source: Some(source),
            ..ReviewFilter::default()
        };
        walk(&view, &filter, ReviewOrder::BySource)
    };
    assert_eq!(waits("ann "), [all[3].0]);
    assert_eq!(waits("Ben"), [all[0].0, all[1].0, all[3].0]);
    let progress = view.review_progress(&ReviewFilter::default()).unwrap();
    let expected = ReviewProgress {
        proposed: 8,
        grave: 4,
        second_review: 1,
        unsure: 1,
        disputed: 1,
        decided: 1,
    };
    assert_eq!(progress, expected);
    assert_eq!(progress.open(), 11);
}

#[test]
fn who_accepts_a_correction_agrees_with_it_and_who_decides_blind_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let (mut ledger, text, ids) = small();
    let source = source_id(1);
    let mut corrects = decision(source, ids[0], Choice::Correct, "Ann");
    corrects.corrected = correction(allegation(&text, "censorship", "Lee"));
    ledger.decide(corrects.clone());
    let view = view(folder.path(), &ledger);
    let record = view.record(&ids[0]).unwrap().unwrap();
    let agrees = decision_of(&record, Choice::Accept, " Ben ")
        .unwrap()
        .unwrap();
    assert_eq!(agrees.corrected, corrects.corrected);
    assert_eq!((agrees.by.as_str(), agrees.upon.decisions), ("Ben", 1));
    let blind = view.as_proposed(&record).unwrap().unwrap();
    assert_eq!((blind.status, blind.history.len()), (Status::Proposed, 0));
    assert_ne!(blind.body, record.body);
    let blindly = decision_of(&blind, Choice::Accept, "Ben").unwrap().unwrap();
    assert_eq!(blindly.corrected, None);
    assert_ne!(
        upon(&blind).unwrap().version,
        upon(&record).unwrap().version
    );
}
