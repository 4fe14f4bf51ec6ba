//! What a model answered, taken apart without trust: whatever is not as it was asked for is left
//! out, record by record and field by field.

use model::{EntityKind, Modality, RecordKind};
use serde_json::{Map, Value};

/// Most records that are taken from one answer.
const MOST_RECORDS: usize = 500;
/// Most persons, bodies and states in one field.
const MOST_PARTIES: usize = 40;
/// Longest name, in bytes.
const LONGEST_NAME: usize = 400;

/// A record as a model gave it; its words are not looked for yet.
pub(crate) struct Given {
    pub kind: RecordKind,
    pub code: Option<String>,
    pub passage: Option<u32>,
    pub quote: String,
    pub who: Vec<Party>,
    pub whom: Vec<Party>,
    pub says: Option<String>,
    pub what: Option<String>,
    pub modality: Option<Modality>,
}

/// Somebody who is named.
pub(crate) struct Party {
    pub name: String,
    pub is: EntityKind,
}

/// The records of an answer; an `Err` for each that is none. `None` when it is no answer at all.
pub(crate) fn records(words: &str) -> Option<Vec<Result<Given, ()>>> {
    // Some servers set the object within a fence or a sentence, whatever they were asked.
    let object = words.get(words.find('{')?..=words.rfind('}')?)?;
    let answer: Value = serde_json::from_str(object).ok()?;
    let records = answer.get("records")?.as_array()?;
    let records = records.iter().take(MOST_RECORDS);
    Some(records.map(|record| given(record).ok_or(())).collect())
}

fn given(record: &Value) -> Option<Given> {
    let record = record.as_object()?;
    let kind = RecordKind::from_name(record.get("kind")?.as_str()?)?;
    let passage = record.get("passage").and_then(Value::as_u64);
    let modality = text(record, "modality").and_then(|word| {
        let all = [
            Modality::Alleged,
            Modality::Found,
            Modality::Admitted,
            Modality::Feared,
            Modality::Denied,
        ];
        all.into_iter().find(|modality| modality.name() == word)
    });
    Some(Given {
        kind,
        code: text(record, "code"),
        passage: passage.and_then(|number| u32::try_from(number).ok()),
        quote: text(record, "quote")?,
        who: parties(record, "who"),
        whom: parties(record, "whom"),
        says: text(record, "says"),
        what: text(record, "what"),
        modality,
    })
}

fn text(record: &Map<String, Value>, field: &str) -> Option<String> {
    let text = record.get(field)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn parties(record: &Map<String, Value>, field: &str) -> Vec<Party> {
    let list = record.get(field).and_then(Value::as_array);
    let list = list.into_iter().flatten().take(MOST_PARTIES);
    let parties = list.filter_map(|party| {
        // A bare name is as good as an object with one.
        let name = party.as_str().or_else(|| party.get("name")?.as_str())?;
        let is = match party.get("is").and_then(Value::as_str) {
            Some("person") => EntityKind::Person,
            Some("organisation") => EntityKind::Organisation,
            Some("state") => EntityKind::State,
            _ => EntityKind::Group,
        };
        let name = name.trim();
        (!name.is_empty() && name.len() <= LONGEST_NAME).then(|| Party {
            name: name.to_owned(),
            is,
        })
    });
    parties.collect()
}
