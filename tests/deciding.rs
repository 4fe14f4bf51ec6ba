//! What people decide of proposed records: on record, shown everywhere, never lost.

use crate::support::Place;
use serde_json::Value;

const PAGE: &str = "Testimony on the camp\n\nThe guards tortured detainees in the camp, a former \
guard told the commission in Seoul. They were forced to work in the mine near Hoeryong in 1998.\n\n\
We call on the government to close the camps. Access was not given.\n";

/// A place with one source, and its records.
fn place() -> (Place, Vec<Value>) {
    let place = Place::with_archive();
    let file = place.write("page.txt", PAGE);
    place.ok(&["add", file.to_str().unwrap()]);
    let records = place.json(&["list", "--kind", "allegation"]);
    assert!(!records.is_empty());
    (place, records)
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

fn of(place: &Place, id: &str) -> Value {
    place.json(&["show", id]).remove(0)
}

fn torture(records: &[Value]) -> String {
    let is_torture =
        |record: &&Value| record["body"]["allegation"]["violation"]["value"] == "torture";
    id(records.iter().find(is_torture).unwrap())
}

#[test]
fn a_grave_record_is_accepted_by_two_and_disputed_when_they_differ() {
    let (place, records) = place();
    let grave = torture(&records);
    let said = place.ok(&["decide", &grave, "accept", "--by", "Ann"]);
    assert!(
        said.contains("accepted by Ann") && said.contains("second review due"),
        "{said}"
    );
    let waits = |by: &str| {
        let queue = place.json(&["review", "--by", by, "-n", "100"]);
        queue.iter().any(|record| record["id"] == grave.as_str())
    };
    assert!(!waits("Ann") && waits("Ben"));
    let said = place.ok(&["decide", &grave, "accept", "--by", "Ben"]);
    assert!(
        said.contains("accepted by Ann") && said.contains("accepted by Ben"),
        "{said}"
    );
    assert_eq!(of(&place, &grave)["status"], "accepted");
    let reject = [
        "decide", &grave, "reject", "--reason", "not-said", "--by", "Ben",
    ];
    place.ok(&reject);
    let shown = of(&place, &grave);
    assert_eq!(shown["status"], "disputed");
    assert_eq!(shown["history"].as_array().unwrap().len(), 3);
    assert_eq!(shown["history"][2]["decision"]["upon"]["decisions"], 2);
    let listed = place.json(&["list", "--status", "disputed"]);
    assert_eq!(listed.len(), 1);
    place.ok(&["decide", &grave, "undo", "--by", "Ben"]);
    assert_eq!(of(&place, &grave)["status"], "second-review");
    let (_, err) = place.exits(&["decide", &grave, "undo", "--by", "Cho"], 2);
    assert!(err.contains("nothing to undo"), "{err}");
    let why = place.ok(&["why", &grave]);
    assert!(
        why.contains("rejected by Ben") && why.contains("reason: not-said"),
        "{why}"
    );
    place.ok(&["verify"]);
}

#[test]
fn what_is_rejected_leaves_the_report_and_stays_on_record() {
    let (place, records) = place();
    let grave = torture(&records);
    let report = |place: &Place| {
        let file = place.path("report.md");
        place.ok(&["report", file.to_str().unwrap()]);
        std::fs::read_to_string(file).unwrap()
    };
    assert!(report(&place).contains("Torture"));
    let (_, err) = place.exits(&["decide", &grave, "reject"], 2);
    assert!(err.contains("needs a reason"), "{err}");
    let (_, err) = place.exits(&["decide", &grave, "reject", "--reason", "bored"], 2);
    assert!(err.contains("say one of not-said"), "{err}");
    place.ok(&["decide", &grave, "reject", "--reason", "general"]);
    assert!(!report(&place).contains("Torture"));
    let incidents = place.ok(&["incidents", "--json"]);
    assert!(!incidents.contains(&grave), "{incidents}");
    let exported = place.exported();
    let kept = exported.iter().find(|line| line["id"] == grave.as_str());
    assert_eq!(kept.unwrap()["status"], "rejected");
    // It stays so when everything is made again.
    place.ok(&["rebuild"]);
    assert_eq!(of(&place, &grave)["status"], "rejected");
}

#[test]
fn a_correction_rests_on_words_or_on_a_reason() {
    let (place, records) = place();
    let grave = torture(&records);
    let correct = |values: &[&str]| {
        let mut arguments = vec!["decide", grave.as_str(), "correct", "--by", "Ann"];
        arguments.extend_from_slice(values);
        place.run(&arguments)
    };
    let refused = |values: &[&str], why: &str| {
        let output = correct(values);
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{values:?}");
        assert!(err.contains(why), "{values:?}: {err}");
    };
    refused(&[], "at least one other value");
    refused(&["--set", "place=Pyongyang"], "stand 0 times");
    refused(
        &["--set", "violation=tortured"],
        "no code of the vocabulary",
    );
    refused(&["--set", "colour=red"], "no field `colour`");
    refused(&["--clear", "violation"], "needs a value for `violation`");
    refused(
        &["--set", "date=yesterday", "--because", "date=told so"],
        "2013-03-21",
    );
    let done = correct(&[
        "--set",
        "violation=ill-treatment",
        "--words",
        "violation=tortured",
        "--set",
        "place=Camp 12",
        "--because",
        "place=the witness named it to us",
        "--set",
        "date=1998",
    ]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let now = of(&place, &grave);
    assert_eq!(now["status"], "corrected");
    let fields = &now["fields"];
    assert_eq!(fields["violation"]["value"], "ill-treatment");
    assert_eq!(fields["place"]["value"]["name"], "Camp 12");
    let quote = fields["date"]["quotes"][0].as_u64().unwrap() as usize;
    assert_eq!(now["citations"][quote]["quote"], "1998");
    let shown = place.ok(&["show", &grave]);
    assert!(shown.contains("the witness named it to us"), "{shown}");
    // A second person agrees with what was corrected, not with what was proposed.
    place.ok(&["decide", &grave, "accept", "--by", "Ben"]);
    assert_eq!(of(&place, &grave)["status"], "corrected");
    place.ok(&["verify"]);
}

#[test]
fn a_record_is_coded_from_words() {
    let (place, _) = place();
    let source = id(&place.json(&["list"])[0]);
    let words = "Access was not given";
    let code = [
        "code",
        &source,
        "response",
        words,
        "--by",
        "Ann",
        "--set",
        "answer=obstructed",
        "--words",
        "answer=not given",
        "--set",
        "by=state:the government",
    ];
    let said = place.ok(&code);
    assert!(said.contains("accepted by Ann"), "{said}");
    let coded = place.json(&["list", "--kind", "response", "--status", "accepted"]);
    assert_eq!(coded.len(), 1);
    assert_eq!(coded[0]["proposed_by"]["person"], "Ann");
    assert_eq!(coded[0]["citations"][0]["quote"]["quote"], words);
    let (_, err) = place.exits(
        &["code", &source, "response", words, "--set", "answer=denied"],
        2,
    );
    assert!(err.contains("stand 0 times"), "{err}");
    place.ok(&["rebuild"]);
    assert_eq!(
        place.json(&["list", "--kind", "response"]).len(),
        coded.len()
    );
    place.ok(&["verify"]);
}
