//! The lexicon workshop: trying, checking, and terms of one's own without a build.

use crate::support::{Place, lines};
use serde_json::Value;

/// A verb that no lexicon knows, as torture.
const OWN: &str = "[[violation]]\nid = \"mine.frobnicated\"\ncode = \"torture\"\nkind = \"verb\"\n\
    terms = [\"frobnicated\"]\nexamples = [\"He was frobnicated by guards.\"]\n\
    counter = [\"He was well.\"]\n";
const SENTENCE: &str = "Two men were frobnicated by guards in North Korea.";

fn rules(tried: &Value) -> Vec<&str> {
    let proposals = tried["proposals"].as_array().unwrap();
    proposals
        .iter()
        .map(|it| it["rule"].as_str().unwrap())
        .collect()
}

#[test]
fn try_shows_what_fires_and_what_is_proposed() {
    let place = Place::new();
    let shown = place.ok(&[
        "lexicon",
        "try",
        "그는 보위부에서 고문을 당했다고 증언했다.",
    ]);
    assert!(shown.contains("language ko"), "{shown}");
    assert!(shown.contains("ko.violation.torture"), "{shown}");
    let tried = &place.json(&["lexicon", "try", "Guards tortured two men in the camp."])[0];
    assert_eq!(tried["language"], "en");
    assert!(rules(tried).contains(&"violation.torture.verb"), "{tried}");
    let nothing = place.ok(&["lexicon", "try", "The weather was fine."]);
    assert!(nothing.contains("Nothing is proposed."), "{nothing}");
}

#[test]
fn terms_of_ones_own_count_and_change_the_digest() {
    let place = Place::new();
    place.write("mine/lexicons/en/mine.toml", OWN);
    let shipped = &place.json(&["lexicon", "try", SENTENCE])[0];
    assert!(!rules(shipped).contains(&"mine.frobnicated"), "{shipped}");
    let own = &place.json(&["lexicon", "try", SENTENCE, "--lexicons", "mine"])[0];
    assert!(rules(own).contains(&"mine.frobnicated"), "{own}");
    assert_ne!(own["extractor"], shipped["extractor"]);
}

#[test]
fn a_folder_is_remembered_for_an_archive_and_its_digest_recorded() {
    let place = Place::with_archive();
    place.write("mine/lexicons/en/mine.toml", OWN);
    place.write("page.txt", format!("A letter\n\n{SENTENCE}\n"));
    place.ok(&["lexicon", "use", "mine"]);
    let shown = place.ok(&["lexicon", "use"]);
    assert!(shown.trim_end().ends_with("mine"), "{shown}");
    place.ok(&["add", "page.txt"]);
    let tried = &place.json(&["lexicon", "try", SENTENCE])[0];
    assert!(rules(tried).contains(&"mine.frobnicated"), "{tried}");
    let exported = place.exported();
    let own: Vec<_> = exported
        .iter()
        .filter(|it| it["rule"] == "mine.frobnicated")
        .collect();
    assert_eq!(own.len(), 1, "{exported:?}");
    assert_eq!(
        own[0]["proposed_by"]["extractor"]["extractor"],
        tried["extractor"]
    );
    // Nothing of it lies in the archive: what an organisation looks for is its own affair.
    let archive = crate::support::files(&place.path("archive"));
    let told = archive
        .iter()
        .filter(|file| crate::support::contains(&std::fs::read(file).unwrap(), b"frobnicated"));
    assert_eq!(told.count(), 0);
    // A folder that went away is said, not passed over.
    std::fs::rename(place.path("mine"), place.path("moved")).unwrap();
    let (_, err) = place.exits(&["lexicon", "try", SENTENCE], 2);
    assert!(err.contains("are not there"), "{err}");
    place.ok(&["lexicon", "use", "--shipped"]);
    let after = &place.json(&["lexicon", "try", SENTENCE])[0];
    assert!(!rules(after).contains(&"mine.frobnicated"), "{after}");
}

#[test]
fn what_cannot_be_read_is_not_remembered() {
    let place = Place::with_archive();
    place.write("broken/lexicons/en/mine.toml", "[[violation]]\nid = 3\n");
    let (_, err) = place.exits(&["lexicon", "use", "broken"], 2);
    assert!(err.contains("mine.toml"), "{err}");
    place.write("empty/notes.txt", "nothing\n");
    assert!(
        place
            .exits(&["lexicon", "use", "empty"], 2)
            .1
            .contains("there is no lexicon")
    );
    assert!(
        place
            .ok(&["lexicon", "use"])
            .contains("shipped lexicons alone")
    );
    let outside = Place::new();
    outside.write("mine/lexicons/en/mine.toml", OWN);
    let (_, err) = outside.exits(&["lexicon", "use", "mine"], 2);
    assert!(err.contains("in no archive"), "{err}");
}

#[test]
fn check_finds_examples_that_do_not_do_what_they_say() {
    let place = Place::new();
    place.ok(&["lexicon", "check"]);
    place.write(
        "mine/packs/ko/mine.toml",
        "[[violation]]\nid = \"ko.mine\"\ncode = \"torture\"\nkind = \"act\"\nterms = [\"가나다라\"]\n\
         examples = [\"그는 마바사를 당했다.\"]\ncounter = [\"그는 가나다라를 당했다.\"]\n",
    );
    let (out, _) = place.exits(&["lexicon", "check", "--lexicons", "mine", "--json"], 1);
    let faults = lines(&out);
    assert!(
        faults.iter().any(|fault| fault["id"] == "ko.mine"),
        "{faults:?}"
    );
    assert_eq!(
        faults
            .iter()
            .filter(|fault| fault["id"] == "ko.mine")
            .count(),
        2,
        "{faults:?}"
    );
}

#[test]
fn coverage_counts_what_fired_in_the_archive_and_names_what_never_did() {
    let place = Place::with_archive();
    place.write(
        "page.txt",
        "A letter\n\nGuards tortured two men in the camp in North Korea.\n",
    );
    place.ok(&["add", "page.txt"]);
    let counted = place.json(&["lexicon", "check", "--coverage"]);
    let of = |rule: &str| {
        let found = counted.iter().find(|line| line["rule"] == rule);
        found.and_then(|line| line["records"].as_u64())
    };
    assert_eq!(of("violation.torture.verb"), Some(1));
    assert_eq!(of("violation.infanticide.term").unwrap_or(0), 0);
    let never = counted.iter().filter(|line| line["records"] == 0).count();
    assert!(never > 100, "{never}");
    let shown = place.ok(&["lexicon", "check", "--coverage"]);
    assert!(shown.contains("never fired here"), "{shown}");
}
