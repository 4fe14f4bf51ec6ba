//! A seized disk shows no word.

use crate::fixture::*;
use crate::{KEY, apply, view};
use model::*;
use onrecord_view::*;
use std::path::Path;

/// Every file under `folder`, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    files
}

fn assert_no_word(folder: &Path) {
    let words = [
        "tortured",
        "torture",
        "survivor",
        "Testimony",
        "detain",
        "guards",
        "Example",
        "Kim Il",
        "DPRK",
        "Québec",
        "수용소",
        "증언자",
        "정치",
        "Reviewer",
        "recording",
        "rules-en",
        "page-1",
        "example.org",
        "statement",
        "allegation",
        "sealed",
        "restricted",
        "violation",
        "html",
        "CREATE TABLE",
        "SQLite format",
    ];
    let all = files(folder);
    assert!(all.len() > 5);
    for word in words {
        let utf16: Vec<u16> = word.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let lower = word.to_lowercase().into_bytes();
        for form in [word.as_bytes(), &lower, &little, &big] {
            for (name, bytes) in &all {
                let seen = bytes.windows(form.len()).any(|window| window == form);
                assert!(!seen, "“{word}” stands in {name}");
            }
        }
    }
    for (name, bytes) in &all {
        for form in [&KEY[..], &KEY[..8], b"5a5a5a5a5a5a"] {
            assert!(
                !bytes.windows(form.len()).any(|window| window == form),
                "the key stands in {name}"
            );
        }
    }
}

#[test]
fn no_word_and_no_key_stands_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    {
        let mut view = view(folder.path(), &ledger);
        // While it is open, with its write-ahead log.
        view.search(&Query::new("camps")).unwrap();
        assert_no_word(folder.path());
        let waits = RecordId::new(5, [1; 10]);
        ledger.decide(decision(source_id(1), waits, Choice::Accept, "Reviewer"));
        ledger.push(WRITER, Some(source_id(3)), What::Erased(source_id(3)));
        apply(&mut view, &ledger);
        assert_no_word(folder.path());
    }
    assert_no_word(folder.path());
    let built = View::build(folder.path(), &KEY, ledger.incoming(), 2, &mut |_| {}).unwrap();
    assert_no_word(folder.path());
    drop(built);
    assert_no_word(folder.path());
}

/// The words of an erased source leave the index's files, not only its answers.
#[test]
fn an_erased_passage_is_rewritten_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = ledger();
    let mut view = view(folder.path(), &ledger);
    let text = folder.path().join("text");
    let names = || {
        files(&text)
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>()
    };
    let before = names();
    ledger.push(WRITER, Some(source_id(3)), What::Erased(source_id(3)));
    apply(&mut view, &ledger);
    let after = names();
    // All passages stood in one segment, which is written anew without them.
    let held = |name: &&String| !name.ends_with(".json") && !name.ends_with(".lock");
    assert!(before.iter().filter(held).count() > 5);
    assert_eq!(
        before.iter().filter(held).find(|name| after.contains(name)),
        None
    );
    assert_eq!(after.iter().find(|name| name.ends_with(".del")), None);
    let mut query = Query::new("guards");
    assert_eq!(view.search(&query).unwrap().total, 0);
    query.words = "camps".to_owned();
    assert!(view.search(&query).unwrap().total > 0);
}
