//! What a model is asked: fixed instructions, a JSON schema of the answer, and the passages as JSON
//! data.
//!
//! Invariant: words of a document go into the material only, as JSON strings: they can neither end
//! the data nor become instructions of ours.

use crate::window::Piece;
use model::{Code, Reading, RecordKind, Vocabularies};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Raised when what is made of an answer changes.
const VERSION: u32 = 1;

/// What every model is told.
const INSTRUCTIONS: &str = include_str!("../../../data/model/instructions.txt");

/// What is asked of every window of every document.
pub(crate) struct Question {
    /// The instructions.
    pub instructions: &'static str,
    /// The form of the answer.
    pub schema: Value,
    /// The codes that a record of each kind may have.
    codes: Vec<(RecordKind, Vec<Code>)>,
}

/// Kinds that are asked for, the vocabulary of their code, and their other fields.
const KINDS: &[(RecordKind, Option<&str>, &[Field])] = &[
    (
        RecordKind::Allegation,
        Some("violation"),
        &[Field::Who, Field::Whom, Field::Says, Field::Modality],
    ),
    (RecordKind::Statement, Some("speech-act"), &[Field::Who]),
    (
        RecordKind::Call,
        None,
        &[Field::Who, Field::Whom, Field::What],
    ),
    (RecordKind::Commitment, None, &[Field::Who, Field::What]),
    (RecordKind::Response, Some("response"), &[Field::Who]),
    (RecordKind::Event, Some("event-type"), &[Field::Who]),
    (RecordKind::Case, Some("case-category"), &[Field::Whom]),
    (RecordKind::Person, None, &[]),
    (RecordKind::Organisation, None, &[]),
];

#[derive(Clone, Copy)]
enum Field {
    Who,
    Whom,
    Says,
    What,
    Modality,
}

impl Question {
    /// With the codes of these vocabularies.
    pub fn new(vocabularies: &Vocabularies) -> Self {
        let terms = |list: &str| {
            let terms = vocabularies.list(list).map_or(&[][..], |list| &list.terms);
            terms.iter().map(|term| term.code.clone()).collect()
        };
        let codes: Vec<(RecordKind, Vec<Code>)> = KINDS
            .iter()
            .map(|(kind, list, _)| (*kind, list.map(terms).unwrap_or_default()))
            .collect();
        let modalities: Vec<Code> = terms("modality");
        let variants = KINDS.iter().zip(&codes);
        let variants = variants
            .map(|((kind, _, fields), (_, codes))| variant(*kind, codes, fields, &modalities));
        Self {
            instructions: INSTRUCTIONS,
            schema: object(&[(
                "records",
                json!({ "type": "array", "items": { "anyOf": variants.collect::<Vec<_>>() } }),
            )]),
            codes,
        }
    }

    /// Whether a record of that kind is asked for, and has that code, if it is to have one.
    pub fn allows(&self, kind: RecordKind, code: Option<&str>) -> bool {
        let of = self.codes.iter().find(|(known, _)| *known == kind);
        of.is_some_and(|(_, codes)| match code {
            _ if codes.is_empty() => true,
            Some(code) => codes.iter().any(|known| known.as_str() == code),
            None => false,
        })
    }

    /// Version of the question: number, and first twelve digits of the SHA-256 over instructions
    /// and schema.
    pub fn version(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update((self.instructions.len() as u64).to_be_bytes());
        hasher.update(self.instructions);
        hasher.update(self.schema.to_string());
        let digest = hasher.finalize();
        let digits: String = digest
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{VERSION}+{digits}")
    }
}

/// The passages of a window as data.
pub(crate) fn material(reading: &Reading, window: &[Piece]) -> String {
    let passages = window
        .iter()
        .map(|piece| json!({ "number": piece.number, "text": &reading.text[piece.bytes.clone()] }));
    let title = reading.title.as_ref().map(|title| title.value.as_str());
    json!({ "title": title, "passages": passages.collect::<Vec<_>>() }).to_string()
}

fn variant(kind: RecordKind, codes: &[Code], fields: &[Field], modalities: &[Code]) -> Value {
    let text = json!({ "type": "string" });
    let party = object(&[
        ("name", text.clone()),
        (
            "is",
            json!({ "type": "string", "enum": ["person", "group", "organisation", "state"] }),
        ),
    ]);
    let parties = json!({ "type": "array", "items": party });
    let mut all = vec![("kind", json!({ "type": "string", "enum": [kind.name()] }))];
    if !codes.is_empty() {
        all.push(("code", json!({ "type": "string", "enum": codes })));
    }
    all.push(("passage", json!({ "type": "integer" })));
    all.push(("quote", text.clone()));
    all.extend(fields.iter().map(|field| match field {
        Field::Who => ("who", parties.clone()),
        Field::Whom => ("whom", parties.clone()),
        Field::Says => ("says", text.clone()),
        Field::What => ("what", text.clone()),
        Field::Modality => ("modality", json!({ "type": "string", "enum": modalities })),
    }));
    object(&all)
}

/// An object with exactly these members.
fn object(members: &[(&str, Value)]) -> Value {
    let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    let members: serde_json::Map<String, Value> = members
        .iter()
        .map(|(name, of)| ((*name).to_owned(), of.clone()))
        .collect();
    json!({
        "type": "object", "properties": members, "required": names,
        "additionalProperties": false,
    })
}
