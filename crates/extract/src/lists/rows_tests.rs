#![allow(clippy::unwrap_used)]
use super::*;
use crate::lists::guess;
use model::{CharIndex, Detail, Person, RecordBody};
use proptest::prelude::*;
use read::{Input, read};

fn terms() -> Terms {
    Terms {
        list: "A list".to_owned(),
        category: Some(Code::from("abductee")),
        one_to_one: true,
    }
}

fn import(csv: &str, terms: &Terms) -> (Reading, Imported) {
    let reading = read(&Input {
        bytes: csv.as_bytes(),
        name: "list.csv",
    })
    .unwrap();
    let mapping = guess(&reading).mapping;
    let vocabularies = Vocabularies::shipped().unwrap();
    let imported = propose(&reading, &mapping, terms, &vocabularies).unwrap();
    let chars = CharIndex::new(&reading.text);
    for proposal in imported.runs.iter().flatten() {
        for quote in &proposal.quotes {
            quote.check(&reading.text, &chars).unwrap();
            let passage = reading.passages[quote.passage as usize - 1];
            assert!(passage.span.contains(quote.span));
        }
    }
    (reading, imported)
}

fn persons(imported: &Imported) -> Vec<(&Person, &Proposal)> {
    let all = imported.runs.iter().flatten();
    all.filter_map(|proposal| match &proposal.body {
        RecordBody::Person(person) => Some((person, proposal)),
        _ => None,
    })
    .collect()
}

const LIST: &str = "No.,Name,Hangul,Sex,Date of birth,Age,As of,Nationality,Date of abduction,Place of abduction,Father,Occupation,Status,Shoe size\n\
    7,\"Kim, Chol\",김철,M,15/10/1954,23,1977-11-15,South Korean,1977-11-15,Niigata,Kim Il (김일),student,missing,26\n";

#[test]
fn a_row_becomes_a_person_and_a_case_and_every_value_cites_its_cell() {
    let (_, imported) = import(LIST, &terms());
    assert_eq!((imported.rows, imported.persons, imported.cases), (1, 1, 1));
    assert_eq!(imported.problems, []);
    let (person, proposal) = persons(&imported)[0];
    let quote = |quotes: &[u16]| -> Vec<&str> {
        quotes
            .iter()
            .map(|at| proposal.quotes[usize::from(*at)].quote.as_str())
            .collect()
    };
    let names: Vec<_> = person
        .names
        .iter()
        .map(|name| name.value.form.as_str())
        .collect();
    assert_eq!(names, ["Kim, Chol", "김철"]);
    assert_eq!(quote(&person.names[1].quotes), ["김철"]);
    let born = person.born.as_ref().unwrap();
    assert_eq!(
        (born.value.date.to_string().as_str(), quote(&born.quotes)),
        ("1954-10-15", vec!["15/10/1954"])
    );
    let age = person.age.as_ref().unwrap();
    assert_eq!(
        (age.value.least, quote(&age.quotes)),
        (23, vec!["23", "1977-11-15"])
    );
    assert_eq!(
        person.nationality.as_ref().unwrap().value.key.as_deref(),
        Some("state:KR")
    );
    let relatives: Vec<_> = person
        .relatives
        .iter()
        .map(|r| (r.value.relation.as_str(), r.value.name.form.as_str()))
        .collect();
    assert_eq!(relatives, [("father", "Kim Il"), ("father", "김일")]);
    assert_eq!(person.events[0].value.what, "taken");
    assert_eq!(quote(&person.events[0].quotes), ["1977-11-15", "Niigata"]);
    assert_eq!(
        person.details[0].value,
        Detail {
            heading: "Shoe size".to_owned(),
            text: "26".to_owned()
        }
    );
    let listed = &person.listed.as_ref().unwrap().value;
    assert_eq!(
        (listed.row, listed.reference.as_deref(), listed.one_to_one),
        (2, Some("7"), true)
    );
    assert!(proposal.quotes.iter().all(|quote| quote.row == Some(2)));
    let Some(RecordBody::Case(case)) = imported.runs[0].get(1).map(|proposal| &proposal.body)
    else {
        panic!("the second proposal is the case");
    };
    assert_eq!(case.category.value.as_str(), "abductee");
    assert_eq!(case.statuses[0].value.status, "missing");
    assert_eq!(
        case.taken_on.as_ref().unwrap().value.date.to_string(),
        "1977-11-15"
    );
}

#[test]
fn what_cannot_be_understood_is_reported_by_row_and_kept_as_text() {
    let list = "Name,Sex,Born,Age,Category\n\
                Kim A,F,1954,20,abductee\nKim B,perhaps,spring,old,goats\n,F,1960,,\nunknown,F,1961,,\nKim C,M,03/04/1962,,억류자\n";
    let (_, imported) = import(list, &Terms::default());
    assert_eq!((imported.rows, imported.persons, imported.cases), (5, 3, 2));
    let told: Vec<_> = imported
        .problems
        .iter()
        .map(|p| (p.row, p.heading.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "Category"),
            (3, "Sex"),
            (3, "Born"),
            (3, "Age"),
            (4, ""),
            (5, ""),
            (6, "Born")
        ]
    );
    let persons = persons(&imported);
    let kept: Vec<_> = persons[1]
        .0
        .details
        .iter()
        .map(|d| d.value.text.as_str())
        .collect();
    assert_eq!(kept, ["perhaps", "spring", "old", "goats"]);
    assert_eq!(
        persons[2].0.born.as_ref().unwrap().value.date.to_string(),
        "1962"
    );
    assert_eq!(persons[2].0.details[0].value.text, "03/04/1962");
}

#[test]
fn names_in_two_columns_are_one_name_with_two_quotes() {
    let (_, imported) = import(
        "Surname,Given name,Alias\nYokota,Megumi,横田めぐみ; M. Y.\n김,철수,\n",
        &terms(),
    );
    let persons = persons(&imported);
    let names: Vec<_> = persons[0]
        .0
        .names
        .iter()
        .map(|name| name.value.form.as_str())
        .collect();
    assert_eq!(names, ["Yokota, Megumi", "横田めぐみ", "M. Y."]);
    assert_eq!(persons[0].0.names[0].quotes, [0, 1]);
    assert_eq!(persons[1].0.names[0].value.form, "김철수");
}

#[test]
fn long_lists_are_cut_into_runs_that_keep_their_order() {
    let mut list = "Name,Born\n".to_owned();
    for number in 0..4_500 {
        list.push_str(&format!(
            "Kim {},1954\n",
            char::from(b'A' + (number % 26) as u8)
        ));
    }
    let (_, imported) = import(&list, &Terms::default());
    let sizes: Vec<_> = imported.runs.iter().map(Vec::len).collect();
    assert_eq!(sizes, [2000, 2000, 500]);
    let rows: Vec<_> = persons(&imported)
        .iter()
        .map(|(p, _)| p.listed.as_ref().unwrap().value.row)
        .collect();
    assert!(rows.is_sorted() && rows[0] == 2 && rows[4499] == 4501);
    assert_eq!(crate::lists::extractor("abc", 0), "list/1+abc");
    assert_eq!(crate::lists::extractor("abc", 1), "list-00002/1+abc");
}

#[test]
fn a_mapping_for_another_file_is_refused() {
    let (reading, _) = import("Name,Born\nKim A,1954\n", &terms());
    let mapping = Mapping::from_toml("[[column]]\nheading='Nom'\nfield='name'\n").unwrap();
    let error = propose(
        &reading,
        &mapping,
        &terms(),
        &Vocabularies::shipped().unwrap(),
    )
    .unwrap_err();
    assert!(
        error.to_string().contains("“Nom”, which the file has not"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn whatever_stands_in_the_cells_every_quote_checks(
        rows in proptest::collection::vec("[ -~김철수억류자女1954年/.,;()\"]{0,60}", 1..12)
    ) {
        let list = format!("Name,Sex,Born,Age,Father,Date of arrest,Category,Other\n{}\n", rows.join("\n"));
        if let Ok(reading) = read(&Input { bytes: list.as_bytes(), name: "list.csv" }) {
            let mapping = guess(&reading).mapping;
            let imported = propose(&reading, &mapping, &terms(), &Vocabularies::shipped().unwrap());
            let chars = CharIndex::new(&reading.text);
            for proposal in imported.iter().flat_map(|imported| imported.runs.iter().flatten()) {
                for quote in &proposal.quotes {
                    prop_assert_eq!(quote.check(&reading.text, &chars), Ok(()));
                }
            }
        }
    }
}
