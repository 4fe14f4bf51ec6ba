//! Proposing anew from what is on record: by the rules as they are, and by a language model.

use crate::support::{Place, lines};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

const PAGE: &str = "Letter to the committee\n3 May 2021\n\nThey came for Kim Chol-su before dawn, and \
    he was frobnicated for three days. Nobody was told.\n";

/// Serves one model that gives `records` whatever it is asked, and remembers what it was asked.
fn serve(records: Value) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let remembered = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &records, &remembered);
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, records: &Value, remembered: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    remembered.lock().unwrap().push(format!("{first}{body}"));
    let says = if first.contains("/models") {
        json!({ "data": [{ "id": "small model" }] })
    } else {
        let content = json!({ "records": records }).to_string();
        json!({ "choices": [{ "message": { "content": content }, "finish_reason": "stop" }] })
    };
    let says = says.to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        says.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(says.as_bytes()).unwrap();
}

fn proposed_by<'v>(records: &'v [Value], family: &str) -> Vec<&'v Value> {
    let by = |record: &&Value| {
        let extractor = record["proposed_by"]["extractor"]["extractor"].as_str();
        extractor.is_some_and(|name| name.starts_with(family))
    };
    records.iter().filter(by).collect()
}

#[test]
fn what_a_model_proposes_is_kept_where_its_words_stand_and_only_suggested() {
    let place = Place::with_archive();
    place.write("letter.txt", PAGE);
    place.ok(&["add", "letter.txt"]);
    let by_rules = place.exported();
    let record = |quote: &str| {
        json!({ "kind": "allegation", "code": "torture", "passage": 3, "quote": quote,
            "who": [], "whom": [{ "name": "Kim Chol-su", "is": "person" }], "says": "",
            "modality": "alleged", "status": "accepted" })
    };
    let records = json!([
        record("he was frobnicated for three days"),
        record("he was killed there")
    ]);
    let (address, asked) = serve(records);
    let said = &place.json(&["extract", "--model", &address])[0];
    assert_eq!(
        (&said["proposed"], &said["not_found"]),
        (&json!(1), &json!(1)),
        "{said}"
    );
    assert!(asked.lock().unwrap()[1].contains("frobnicated"));
    let all = place.exported();
    assert_eq!(
        all.len(),
        by_rules.len() + 1,
        "what the rules proposed stays"
    );
    let [suggested] = proposed_by(&all, "model-small_model/")[..] else {
        panic!("{all:?}");
    };
    assert_eq!(suggested["status"], "proposed");
    assert_eq!(suggested["band"], "suggested");
    assert_eq!(suggested["rule"], "model.allegation");
    assert_eq!(
        suggested["citations"][0]["quote"],
        "he was frobnicated for three days"
    );
    let why = place.ok(&["why", suggested["id"].as_str().unwrap()]);
    assert!(why.contains("model-small_model/"), "{why}");
    place.ok(&["verify"]);
    // The same answer once more is the same record, also where a person has decided.
    place.ok(&[
        "decide",
        suggested["id"].as_str().unwrap(),
        "reject",
        "--reason",
        "not-said",
    ]);
    place.ok(&["extract", "--model", &address]);
    let again = place.exported();
    let [suggested] = proposed_by(&again, "model-")[..] else {
        panic!("{again:?}");
    };
    assert_eq!(suggested["status"], "rejected");
}

#[test]
fn a_model_that_says_something_else_does_not_inherit_decisions() {
    let place = Place::with_archive();
    place.write("letter.txt", PAGE);
    place.ok(&["add", "letter.txt"]);
    let record = |code: &str, quote: &str| {
        json!([{ "kind": "allegation", "code": code, "passage": 3, "quote": quote, "who": [],
            "whom": [], "says": "", "modality": "alleged" }])
    };
    let (first, _) = serve(record("torture", "he was frobnicated for three days"));
    place.ok(&["extract", "--model", &first]);
    let all = place.exported();
    let id = proposed_by(&all, "model-")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    place.ok(&["decide", &id, "accept"]);
    let (second, _) = serve(record("enforced-disappearance", "Nobody was told"));
    place.ok(&["extract", "--model", &second]);
    let all = place.exported();
    let told = proposed_by(&all, "model-").into_iter();
    let mut told =
        told.filter(|record| record["fields"]["violation"]["value"] == "enforced-disappearance");
    assert_eq!(told.next().unwrap()["status"], "proposed");
    place.ok(&["verify"]);
}

#[test]
fn nothing_leaves_the_machine_before_it_was_listed_and_confirmed() {
    let place = Place::with_archive();
    place.write("letter.txt", PAGE);
    place.write(
        "sealed.txt",
        "A sealed page of another witness, who was beaten.\n",
    );
    place.ok(&["add", "letter.txt"]);
    place.ok(&["add", "sealed.txt", "--compartment", "sealed"]);
    let log = place.json(&["log"]).len();
    let elsewhere = "https://models.example.invalid/v1";
    let (out, _) = place.exits(&["extract", "--model", elsewhere, "--model-name", "m"], 1);
    assert!(
        out.contains("Nothing was sent") && out.contains("models.example.invalid"),
        "{out}"
    );
    assert!(
        out.contains("letter.txt") && !out.contains("sealed.txt"),
        "{out}"
    );
    let told = place.exits(
        &[
            "extract",
            "--model",
            elsewhere,
            "--model-name",
            "m",
            "--json",
        ],
        1,
    );
    let told = &lines(&told.0)[0];
    assert_eq!(told["sources"].as_array().unwrap().len(), 1, "{told}");
    // A word for something else sends nothing either; neither does plain HTTP, whatever is said.
    let word = told["confirm"].as_str().unwrap();
    let other = [
        "extract",
        "--model",
        "https://other.example.invalid/v1",
        "--confirm",
        word,
    ];
    assert!(place.exits(&other, 2).1.contains("nothing was sent"));
    let plain = [
        "extract",
        "--model",
        "http://models.example.invalid/v1",
        "--confirm",
        word,
    ];
    assert!(place.exits(&plain, 2).1.contains("another machine"));
    let more = [
        "extract",
        "--model",
        elsewhere,
        "--confirm",
        word,
        "--up-to",
        "sealed",
    ];
    assert!(place.exits(&more, 2).1.contains("nothing was sent"));
    assert_eq!(place.json(&["log"]).len(), log);
}

#[test]
fn a_server_that_is_not_there_is_said_and_changes_nothing() {
    let place = Place::with_archive();
    place.write("letter.txt", PAGE);
    place.ok(&["add", "letter.txt"]);
    let log = place.json(&["log"]).len();
    // The port of a listener that is gone.
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let address = format!("http://{gone}");
    let (_, err) = place.exits(&["extract", "--model", &address, "--model-name", "m"], 2);
    assert!(err.contains("cannot be reached"), "{err}");
    assert_eq!(place.json(&["log"]).len(), log);
}

#[test]
fn rules_of_ones_own_are_used_on_what_is_on_record_and_decisions_stay() {
    let place = Place::with_archive();
    let page = format!("{PAGE}\nGuards tortured Pak Yong-ho in the camp.\n");
    place.write("letter.txt", page);
    place.ok(&["add", "letter.txt"]);
    let torture = |records: &[Value]| -> Vec<Value> {
        let of = |record: &&Value| record["fields"]["violation"]["value"] == "torture";
        records.iter().filter(of).cloned().collect()
    };
    let before = torture(&place.exported());
    assert_eq!(before.len(), 1, "{before:?}");
    place.ok(&[
        "decide",
        before[0]["id"].as_str().unwrap(),
        "reject",
        "--reason",
        "not-said",
    ]);
    let said = &place.json(&["extract"])[0];
    assert_eq!(said["before"], true, "the rules are as they were: {said}");
    place.write(
        "mine/lexicons/en/mine.toml",
        "[[violation]]\nid = \"mine.frobnicated\"\ncode = \"torture\"\nkind = \"verb\"\n\
         terms = [\"frobnicated\"]\nexamples = [\"He was frobnicated by guards.\"]\n\
         counter = [\"He was well.\"]\n",
    );
    let said = &place.json(&["extract", "--lexicons", "mine"])[0];
    assert_eq!(said["before"], false, "{said}");
    let after = torture(&place.exported());
    assert_eq!(after.len(), 2, "{after:?}");
    let mut statuses: Vec<_> = after
        .iter()
        .map(|record| record["status"].as_str().unwrap())
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, ["proposed", "rejected"]);
    place.ok(&["verify"]);
}
