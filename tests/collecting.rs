//! Adding sources: what is kept, what is said, what is refused.

use crate::support::{Place, lines};
use std::io::Write;
use std::process::Stdio;

const PAGE: &str = "Statement on the camps\n21 March 2013\n\n\
    “There are credible reports of torture and forced labour in the camps,” said the High \
    Commissioner. She called on the Democratic People's Republic of Korea to close them.\n";

#[test]
fn what_is_reported_is_on_record_and_the_original_comes_back() {
    let place = Place::with_archive();
    place.write("in/page.txt", PAGE);
    let events = place.json(&["add", "in"]);
    let added = events
        .iter()
        .find(|event| event["event"] == "collected")
        .unwrap();
    assert_eq!(added["name"], "page.txt");
    assert_eq!(added["title"], "Statement on the camps");
    let sha256 = added["sha256"].as_str().unwrap();
    assert_eq!(place.ok(&["show", "--original", sha256]), PAGE);
    let shown = &place.json(&["show", &sha256[..8]])[0];
    assert_eq!(shown["published"], "2013-03-21");
    assert_eq!(shown["fields"]["collected"]["by"], "A tester");
}

#[test]
fn the_same_bytes_are_added_once_whatever_their_name() {
    let place = Place::with_archive();
    place.write("in/a.txt", PAGE);
    place.write("in/b.txt", PAGE);
    let events = place.json(&["add", "in"]);
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["signed", "collected", "known"]);
    let (said, _) = place.exits(&["add", "in/b.txt"], 0);
    assert!(said.contains("b.txt  is on record already"), "{said}");
    let log = place.json(&["log"]).len();
    place.ok(&["add", "in"]);
    assert_eq!(place.json(&["log"]).len(), log);
}

#[test]
fn standard_input_and_patterns_are_taken() {
    let place = Place::with_archive();
    let mut child = place
        .command(&["add", "-", "--origin", "https://example.org/statement"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(PAGE.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    place.write("in/one.md", "# One\n\nA first text of its own.\n");
    place.write("in/two.md", "# Two\n\nA second text of its own.\n");
    place.write("in/three.csv", "a,b\n1,2\n");
    place.ok(&["add", "in/*.md"]);
    let sources = place.json(&["list"]);
    let names: Vec<_> = sources
        .iter()
        .map(|source| source["fields"]["collected"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["standard input", "one.md", "two.md"]);
    assert_eq!(
        sources[0]["source"]["origin"],
        "https://example.org/statement"
    );
}

#[test]
fn what_cannot_be_collected_is_said_and_the_rest_is_kept() {
    let place = Place::with_archive();
    place.write("in/page.txt", PAGE);
    let (out, err) = place.exits(&["add", "nowhere.txt", "in", "no*.match"], 1);
    assert!(err.contains("nowhere.txt does not exist"), "{err}");
    assert!(err.contains("no file matches"), "{err}");
    assert!(out.contains("1 source added"), "{out}");
    assert!(out.contains("2 failed"), "{out}");
}

#[test]
fn what_the_collector_states_is_kept_and_checked() {
    let place = Place::with_archive();
    place.write("page.txt", PAGE);
    let (_, err) = place.exits(&["add", "page.txt", "--genre", "gossip"], 2);
    assert!(err.contains("`gossip` is no genre; there are:"), "{err}");
    place.ok(&[
        "add",
        "page.txt",
        "--compartment",
        "restricted",
        "--publisher",
        "A mission",
        "--published",
        "2013-03",
        "--genre",
        "testimony",
        "--consent",
        "form 7",
    ]);
    assert!(
        place.ok(&["export"]).is_empty(),
        "restricted sources are not exported unasked"
    );
    let exported = place.exported();
    let fields = &exported[0]["fields"];
    assert_eq!(fields["compartment"], "restricted");
    assert_eq!(fields["consent"], "form 7");
    assert_eq!(exported[0]["published"], "2013-03");
}

#[test]
fn a_reader_that_does_not_know_the_format_keeps_the_file() {
    let place = Place::with_archive();
    place.write(
        "scan.pdf",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    );
    let events = lines(&place.exits(&["add", "scan.pdf", "--json"], 0).0);
    let added = events
        .iter()
        .find(|event| event["event"] == "collected")
        .unwrap();
    assert!(
        added["outcome"]["unread"]["reason"].as_str().is_some(),
        "{added}"
    );
    let listed = place.ok(&["list", "--unread"]);
    assert!(listed.contains("scan.pdf"), "{listed}");
}

#[test]
fn what_a_message_carries_is_a_source_of_its_own_that_names_the_message() {
    let place = Place::with_archive();
    let letter = "From: a@example.org\r\nMessage-ID: <1@example.org>\r\nSubject: Visit\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
        Content-Type: text/plain\r\n\r\nSee the note.\r\n--b\r\nContent-Type: text/plain\r\n\
        Content-Disposition: attachment; filename=note.txt\r\n\r\nGuards beat him.\r\n--b--\r\n";
    place.write("letter.eml", letter.as_bytes());
    let events = lines(&place.exits(&["add", "letter.eml", "--json"], 0).0);
    let collected: Vec<_> = events
        .iter()
        .filter(|event| event["event"] == "collected")
        .collect();
    assert_eq!(collected.len(), 2, "{events:?}");
    assert_eq!(collected[1]["name"], "letter.eml/note.txt");
    let id = |event: &serde_json::Value| event["id"].as_str().unwrap().to_owned();
    let shown = place.ok(&["show", &id(collected[1])]);
    assert!(shown.contains("Guards beat him."), "{shown}");
    let from = shown.lines().find(|line| line.starts_with("Taken from"));
    assert!(from.unwrap().ends_with(&id(collected[0])), "{shown}");
    place.ok(&["verify"]);
}
