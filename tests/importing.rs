//! Lists of persons: what is shown, what goes on record, and what a second import does.

use crate::support::{Place, lines};
use serde_json::Value;

/// Persons whom the Government of Japan lists as abducted; the facts are public.
const LIST: &str = "No.,Name,氏名,Sex,Date of birth,Date of abduction,Place of abduction,Remarks\n\
    1,Yutaka Kume,久米裕,M,1925-02-17,1977-09-19,Ushitsu coast (Ishikawa),\n\
    2,Kyoko Matsumoto,松本京子,F,1948-09-07,1977-10-21,Yonago,left home for a knitting class\n\
    3,Megumi Yokota,横田めぐみ,F,1964-10-05,1977-11-15,Niigata,on her way home from school\n\
    4,Minoru Tanaka,田中実,M,1949-07-28,1978-06,Europe,\n";

fn place() -> Place {
    let place = Place::with_archive();
    place.write("abductees.csv", LIST);
    place
}

fn of_kind<'v>(exported: &'v [Value], kind: &str) -> Vec<&'v Value> {
    exported
        .iter()
        .filter(|line| line["kind"] == kind)
        .collect()
}

#[test]
fn a_dry_run_shows_the_mapping_and_puts_nothing_on_record() {
    let place = place();
    let log = place.json(&["log"]).len();
    let said = place.ok(&[
        "import",
        "abductees.csv",
        "--dry-run",
        "--category",
        "abductee",
    ]);
    for words in [
        "Date of abduction",
        "taken-on",
        "1977-09-19",
        "usual one for date taken",
        "4 rows: 4 persons and 4 cases would be proposed. Nothing was put on record.",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert_eq!(place.json(&["log"]).len(), log);
}

#[test]
fn without_an_archive_a_list_can_be_looked_at_but_not_imported() {
    let place = Place::new();
    place.write("abductees.csv", LIST);
    assert!(
        place
            .ok(&["import", "abductees.csv", "--dry-run"])
            .contains("4 persons and 0 cases")
    );
    let (_, err) = place.exits(&["import", "abductees.csv"], 2);
    assert!(err.contains("this folder is in no archive"), "{err}");
}

#[test]
fn every_row_is_a_person_and_a_case_whose_citations_name_row_and_cell() {
    let place = place();
    let said = place.ok(&[
        "import",
        "abductees.csv",
        "--category",
        "abductee",
        "--one-to-one",
    ]);
    assert!(
        said.contains("4 rows: 4 persons and 4 cases proposed"),
        "{said}"
    );
    let exported = place.exported();
    let (persons, cases) = (of_kind(&exported, "person"), of_kind(&exported, "case"));
    assert_eq!((persons.len(), cases.len()), (4, 4));
    let megumi = persons
        .iter()
        .find(|person| person["fields"]["names"][1]["value"]["form"] == "横田めぐみ")
        .unwrap();
    let fields = &megumi["fields"];
    assert_eq!(fields["born"]["value"]["date"], "1964-10-05");
    assert_eq!(fields["listed"]["value"]["list"], "abductees");
    assert_eq!(fields["listed"]["value"]["one_to_one"], true);
    let at = fields["born"]["quotes"][0].as_u64().unwrap() as usize;
    let cited = &megumi["citations"][at];
    assert_eq!(
        (&cited["quote"], &cited["row"]),
        (&Value::from("1964-10-05"), &Value::from(4))
    );
    // The place in the file is that of the cell, character for character.
    let start = cited["original"]["start"].as_u64().unwrap() as usize;
    let there: String = LIST.chars().skip(start).take(10).collect();
    assert_eq!(there, "1964-10-05");
    let case = cases
        .iter()
        .find(|case| case["fields"]["subject"]["value"]["name"] == "Megumi Yokota");
    assert_eq!(
        case.unwrap()["fields"]["taken_on"]["value"]["date"],
        "1977-11-15"
    );
    assert!(megumi["rule"] == "list.person");
    let shown = place.ok(&["show", megumi["id"].as_str().unwrap()]);
    assert!(
        shown.contains("list/1+") && shown.contains("row 4"),
        "{shown}"
    );
    place.ok(&["verify"]);
    // Rebuilt from the ledger, it is the same.
    place.ok(&["rebuild"]);
    assert_eq!(place.exported(), exported);
}

#[test]
fn the_same_file_adds_nothing_and_a_new_version_is_compared() {
    let place = place();
    place.ok(&["import", "abductees.csv", "--category", "abductee"]);
    let log = place.json(&["log"]).len();
    let said = place.ok(&["import", "abductees.csv", "--category", "abductee"]);
    assert!(said.contains("imported with this mapping as"), "{said}");
    assert!(said.contains("nothing added"), "{said}");
    assert_eq!(place.json(&["log"]).len(), log);

    let newer: String = LIST
        .lines()
        .filter(|line| !line.starts_with("2,"))
        .map(|line| line.replace("1978-06", "1978-06-06") + "\n")
        .chain(["5,Yaeko Taguchi,田口八重子,F,1955-08-10,1978-06,Unknown,\n".to_owned()])
        .collect();
    place.write("newer.csv", newer);
    let again = &place.json(&[
        "import",
        "newer.csv",
        "--list",
        "abductees",
        "--category",
        "abductee",
    ])[0];
    let against = &again["against"];
    assert_eq!(
        (
            &against["unchanged"],
            &against["changed"],
            &against["new"],
            &against["absent"]
        ),
        (
            &Value::from(2),
            &Value::from(1),
            &Value::from(1),
            &Value::from(1)
        )
    );
    // What the newer version no longer says is still on record.
    let exported = place.exported();
    assert_eq!(of_kind(&exported, "person").len(), 8);
    assert!(
        exported
            .iter()
            .any(|line| line["fields"]["names"][0]["value"]["form"] == "Kyoko Matsumoto")
    );
}

#[test]
fn another_mapping_of_the_same_file_takes_the_place_of_the_first() {
    let place = place();
    place.ok(&["import", "abductees.csv", "--save-mapping", "mapping.toml"]);
    let mapping = std::fs::read_to_string(place.path("mapping.toml")).unwrap();
    assert!(
        mapping.contains("heading = \"Date of birth\"\nfield = \"born\""),
        "{mapping}"
    );
    place.write("other.toml", mapping.replace("\"born\"", "\"other\""));
    let said = place.ok(&["import", "abductees.csv", "--mapping", "other.toml"]);
    assert!(said.contains("which was on record"), "{said}");
    let exported = place.exported();
    let persons = of_kind(&exported, "person");
    assert_eq!((of_kind(&exported, "source").len(), persons.len()), (1, 4));
    assert!(
        persons
            .iter()
            .all(|person| person["fields"]["born"].is_null())
    );
    assert_eq!(
        persons[0]["fields"]["details"][0]["value"]["text"],
        "1925-02-17"
    );
    let (_, err) = place.exits(
        &["import", "abductees.csv", "--save-mapping", "mapping.toml"],
        2,
    );
    assert!(err.contains("name a file that is not there yet"), "{err}");
}

#[test]
fn a_list_that_was_only_added_is_searchable_and_can_be_imported_later() {
    let place = place();
    let events = place.json(&["add", "abductees.csv"]);
    let collected = events
        .iter()
        .find(|event| event["event"] == "collected")
        .unwrap();
    assert_eq!(collected["proposed"], 0);
    let hits = place.ok(&["search", "knitting class"]);
    assert!(hits.contains("Name: Kyoko Matsumoto"), "{hits}");
    place.ok(&["import", "abductees.csv"]);
    let exported = place.exported();
    assert_eq!(
        (
            of_kind(&exported, "source").len(),
            of_kind(&exported, "person").len()
        ),
        (1, 4)
    );
}

#[test]
fn dates_that_can_be_read_both_ways_are_asked_about() {
    let place = Place::with_archive();
    place.write(
        "list.csv",
        "Name,Date of birth\nKim A,03/04/1954\nKim B,05/06/1955\n",
    );
    let log = place.json(&["log"]).len();
    let (_, err) = place.exits(&["import", "list.csv"], 2);
    assert!(
        err.contains("“Date of birth” 2 dates can be read") && err.contains("--dates"),
        "{err}"
    );
    assert_eq!(place.json(&["log"]).len(), log);
    place.ok(&["import", "list.csv", "--dates", "day-first"]);
    let exported = place.exported();
    assert_eq!(
        of_kind(&exported, "person")[0]["fields"]["born"]["value"]["date"],
        "1954-04-03"
    );
}

#[test]
fn what_cannot_be_understood_is_listed_by_row_and_asks_for_attention() {
    let place = Place::with_archive();
    place.write(
        "list.csv",
        "Name,Sex,Born\nKim A,F,1954\nKim B,F,1955\nKim C,?,spring\n,M,1956\n",
    );
    let (_, err) = place.exits(&["import", "list.csv"], 1);
    assert!(err.contains("row 4, Born: “spring”: not a date"), "{err}");
    assert!(err.contains("row 5: no name"), "{err}");
    let told = &lines(
        &place
            .exits(&["import", "list.csv", "--dry-run", "--json"], 1)
            .0,
    )[0];
    assert_eq!(told["problems"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_no_list_is_refused_in_words() {
    let place = Place::with_archive();
    for (name, bytes, words) in [
        (
            "page.txt",
            &b"A text of some words, in one paragraph."[..],
            "holds no table",
        ),
        (
            "list.xlsx",
            &b"PK\x03\x04 not a workbook"[..],
            "cannot be opened",
        ),
        (
            "numbers.csv",
            &b"Year,Total\n1954,3\n1955,4\n"[..],
            "no column is mapped to a name",
        ),
        ("list.csv", &b""[..], "empty"),
    ] {
        place.write(name, bytes);
        let (_, err) = place.exits(&["import", name], 2);
        assert!(err.contains(words), "{name}: {err}");
    }
    place.write("list.csv", LIST);
    let (_, err) = place.exits(&["import", "list.csv", "--category", "goat"], 2);
    assert!(
        err.contains("`goat` is no case-category; there are:"),
        "{err}"
    );
    assert!(place.exported().is_empty());
}

#[test]
fn a_workbook_is_imported_from_the_sheet_that_names_persons() {
    let place = Place::with_archive();
    place.write(
        "list.xlsx",
        include_bytes!("../crates/read/tests/tables_data/list.xlsx"),
    );
    let told = &place.json(&["import", "list.xlsx", "--list", "A register"])[0];
    assert_eq!(
        (&told["persons"], &told["set_aside"][0]),
        (&Value::from(3), &Value::from("Notes"))
    );
    let exported = place.exported();
    let person = of_kind(&exported, "person")[0];
    assert_eq!(person["fields"]["listed"]["value"]["sheet"], "Persons");
    assert_eq!(person["fields"]["born"]["value"]["date"], "1964-10-05");
    place.ok(&["verify"]);
}
