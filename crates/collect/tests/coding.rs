//! Coding by hand: every field that the table names can be set, and nothing rests on nothing.
#![allow(clippy::unwrap_used, missing_docs)]

use model::*;
use onrecord_collect::{
    CorrectError, Edit, Field, NewValue, RestsOn, Shape, check_correction, code_anew, fields, kinds,
};
use serde_json::json;

const TEXT: &str = "They were held near 회령 in 1998.\n\nThey were beaten there, a guard said.";

fn reading() -> Reading {
    let end = TEXT.chars().count() as u32;
    let first = TEXT.split("\n\n").next().unwrap().chars().count() as u32;
    let passage = |number, start, end| Passage {
        number,
        span: Span::new(start, end),
        kind: PassageKind::Paragraph,
        left_out: None,
    };
    Reading {
        reader: Reader {
            name: "text".to_owned(),
            version: 1,
        },
        media_type: "text/plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        encoding_basis: "declared".to_owned(),
        text: TEXT.to_owned(),
        map: OffsetMap::identity(end),
        passages: vec![passage(1, 0, first), passage(2, first + 2, end)],
        title: None,
        authors: Vec::new(),
        publisher: None,
        published: None,
        updated: None,
        language: None,
        address: None,
        remarks: Vec::new(),
        tables: Vec::new(),
        pages: Vec::new(),
        words: Vec::new(),
        doubts: Default::default(),
        likeness: None,
    }
}

fn edit(field: &str, value: &str, rests_on: RestsOn) -> Edit {
    Edit {
        field: field.to_owned(),
        values: vec![NewValue {
            value: json!(value),
            rests_on,
        }],
    }
}

fn sample(field: &Field) -> String {
    let lists = Vocabularies::shipped().unwrap();
    match field.shape {
        Shape::Code => {
            let list = lists.list(field.list.as_deref().unwrap()).unwrap();
            list.terms[0].code.to_string()
        }
        Shape::Words | Shape::Name | Shape::StateOfCase => "held".to_owned(),
        Shape::Date => "1998".to_owned(),
        Shape::Number => "70".to_owned(),
        Shape::Thousandths => "1.5".to_owned(),
        Shape::Flag => "yes".to_owned(),
        Shape::Entity
        | Shape::Victim
        | Shape::Perpetrator
        | Shape::Attribution
        | Shape::Participant => "person:Kim".to_owned(),
    }
}

#[test]
fn every_field_of_every_kind_can_be_set() {
    let reading = reading();
    let words = Span::new(10, 14);
    for kind in kinds() {
        let all: Vec<Edit> = fields(kind)
            .iter()
            .map(|field| edit(&field.name, &sample(field), RestsOn::Span(words)))
            .collect();
        let coded = code_anew(kind, Span::new(0, 14), &reading, &all)
            .unwrap_or_else(|error| panic!("{kind:?}: {error}"));
        assert_eq!(coded.proposal.body.kind(), kind);
        // Each that was set is there, and the words are cited once.
        let body = serde_json::to_value(&coded.proposal.body).unwrap();
        for field in fields(kind) {
            let value = &body[kind.name()][&field.name];
            assert!(!value.is_null(), "{kind:?} {}", field.name);
        }
        assert_eq!(coded.proposal.quotes.len(), 2);
        assert_eq!(coded.proposal.quotes[1].quote, "held");
        let must = |field: &&Field| field.must && field.shape != Shape::Flag;
        for field in fields(kind).iter().filter(must) {
            let others = all.iter().filter(|it| it.field != field.name);
            let others: Vec<Edit> = others.cloned().collect();
            let error = code_anew(kind, words, &reading, &others).unwrap_err();
            assert!(matches!(error, CorrectError::Missing { .. }), "{error}");
        }
    }
}

#[test]
fn words_are_found_where_the_record_stands_or_where_they_stand_once() {
    let reading = reading();
    let code = |field: &str, value: &str, words: &str, at: Span| {
        let words = RestsOn::Words(words.to_owned());
        let reason = RestsOn::Reason("they are called so".to_owned());
        let edits = [edit("names", "they", reason), edit(field, value, words)];
        code_anew(RecordKind::Group, at, &reading, &edits)
    };
    let second = Span::new(34, 38);
    let coded = code("number", "2", "They were", second).unwrap();
    let quote = &coded.proposal.quotes[1];
    assert_eq!((quote.passage, quote.quote.as_str()), (2, "They were"));
    assert_eq!(coded.stated[0].field, "names");
    let korean = code("number", "2", "회령", second).unwrap();
    assert_eq!(korean.proposal.quotes[1].span, Span::new(20, 22));
    assert_eq!(
        code("number", "2", "nowhere", second),
        Err(CorrectError::Words {
            words: "nowhere".to_owned(),
            times: 0
        })
    );
    // Between the passages, and behind the text.
    assert!(code("number", "2", "회령", Span::new(31, 33)).is_err());
    assert!(code("number", "2", "회령", Span::new(0, 4_000)).is_err());
    assert!(code("number", "many", "회령", second).is_err());
    assert!(code("characteristics", "tall", "회령", second).is_err());
}

#[test]
fn what_rests_on_nothing_or_on_other_words_is_refused() {
    let reading = reading();
    let chars = CharIndex::new(TEXT);
    let reason = |words: &str| RestsOn::Reason(words.to_owned());
    let named = edit("names", "they", RestsOn::Span(Span::new(0, 4)));
    let edits = [named.clone(), edit("number", "2", reason("said so later"))];
    let sound = code_anew(RecordKind::Group, Span::new(0, 4), &reading, &edits).unwrap();
    assert_eq!(check_correction(&sound, TEXT, &chars), Ok(()));
    let fault = |change: &dyn Fn(&mut Correction)| {
        let mut changed = sound.clone();
        change(&mut changed);
        check_correction(&changed, TEXT, &chars).unwrap_err()
    };
    let unstated = fault(&|it| it.stated.clear());
    assert!(matches!(unstated, CorrectError::Nothing { field } if field == "number"));
    let other_words = fault(&|it| it.proposal.quotes[0].quote = "Them".to_owned());
    assert!(matches!(other_words, CorrectError::Quote(_)));
    let without = fault(&|it| it.proposal.quotes.clear());
    assert!(without.to_string().contains("no words"), "{without}");
    let beyond = fault(&|it| {
        if let RecordBody::Group(group) = &mut it.proposal.body {
            group.names[0].quotes = vec![7];
        }
    });
    assert!(matches!(beyond, CorrectError::Nothing { field } if field == "names"));
    let blank = [named, edit("number", "2", reason(" "))];
    assert!(code_anew(RecordKind::Group, Span::new(0, 4), &reading, &blank).is_err());
}
