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
