//! What people judged of links holds through reruns, and until it is withdrawn or erased.

use crate::fixture::*;
use crate::{KEY, view};
use model::*;
use onrecord_view::*;

/// Two sources with an allegation each, read by extractor `version`.
fn two(version: u8) -> (Ledger, Vec<Judged>) {
    let mut ledger = Ledger::default();
    let mut judged = Vec::new();
    for number in 1..=2 {
        let id = ledger.source(number, Compartment::Open);
        let text = ledger.read(
            id,
            &Text {
                title: "A report",
                publisher: "P",
                published: "2024",
                language: "en",
                paragraphs: &["Guards beat two men.", "It was in May."],
            },
        );
        for version in 1..=version {
            let extractor = format!("rules-en/{version}");
            // A newer extractor finds one more, in front.
            let mut found = vec![allegation(&text, "torture", "A")];
            if version > 1 {
                found.insert(0, call(&text, "A", "B", "stop"));
            }
            let at = found.len() - 1;
            let records = ledger.propose(id, &text, &extractor, found);
            judged.push(Judged {
                record: records[at],
                kind: RecordKind::Allegation,
                source: id,
                reading: reading_digest(&text),
                span: text.passages[2].span,
            });
        }
    }
    (ledger, judged)
}

fn say(ledger: &mut Ledger, one: Judged, other: Judged, verdict: Verdict, by: &str) {
    ledger.judge(Judgement {
        matter: Matter::pair(one, other),
        verdict,
        by: by.to_owned(),
        reason: "both name the same guard".to_owned(),
    });
}

fn standing(ledger: &Ledger) -> Vec<Standing> {
    let folder = tempfile::tempdir().unwrap();
    let view = view(folder.path(), ledger);
    let grown = view.judgements().unwrap();
    let (built, _) = View::build(
        &folder.path().join("again"),
        &KEY,
        ledger.incoming(),
        2,
        &mut |_| {},
    )
    .unwrap();
    assert_eq!(built.judgements().unwrap(), grown);
    grown
}

#[test]
fn the_latest_judgement_holds_until_it_is_withdrawn() {
    let (mut ledger, judged) = two(1);
    assert!(standing(&ledger).is_empty());
    say(&mut ledger, judged[0], judged[1], Verdict::Same, "Ann");
    // In the other order it is the same matter.
    say(&mut ledger, judged[1], judged[0], Verdict::Different, "Ben");
    let now = standing(&ledger);
    assert_eq!(now.len(), 1);
    assert_eq!(now[0].judgement.verdict, Verdict::Different);
    assert_eq!(now[0].judgement.by, "Ben");
    assert_eq!(now[0].earlier, 1);
    say(&mut ledger, judged[0], judged[1], Verdict::Withdrawn, "Ben");
    assert!(standing(&ledger).is_empty());
}

#[test]
fn a_judgement_outlives_the_extractor_it_was_made_under() {
    let (mut ledger, judged) = two(2);
    let (old, new) = ([judged[0], judged[2]], [judged[1], judged[3]]);
    assert_ne!(old[0].record, new[0].record);
    say(&mut ledger, old[0], old[1], Verdict::Same, "Ann");
    let now = standing(&ledger);
    let records: Vec<_> = now[0].judgement.matter.judged();
    let ids: Vec<_> = records.iter().map(|judged| judged.record).collect();
    let mut expected = vec![new[0].record, new[1].record];
    expected.sort();
    assert_eq!(ids, expected);
    // Judged again under the new ids, it is the same matter.
    say(&mut ledger, new[0], new[1], Verdict::Unsure, "Ben");
    let now = standing(&ledger);
    assert_eq!((now.len(), now[0].earlier), (1, 1));
}

#[test]
fn what_concerns_an_erased_source_is_gone() {
    let (mut ledger, judged) = two(1);
    say(&mut ledger, judged[0], judged[1], Verdict::Same, "Ann");
    let erased = judged[1].source;
    ledger.push(WRITER, Some(erased), What::Erased(erased));
    assert!(standing(&ledger).is_empty());
    say(&mut ledger, judged[0], judged[1], Verdict::Same, "Ann");
    assert!(standing(&ledger).is_empty());
}
