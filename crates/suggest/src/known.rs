//! What the rules read out of the same reading: so that a model's names are theirs where they stand
//! on the same words, and nothing is put before a person twice.

use model::{Code, EntityRef, Proposal, RecordBody, RecordKind, Span};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names and records that were proposed before.
#[derive(Default)]
pub(crate) struct Known {
    named: BTreeMap<Span, EntityRef>,
    records: BTreeMap<(RecordKind, Option<String>), Vec<Span>>,
}

impl Known {
    /// Of these proposals, all over one reading.
    pub fn of(proposals: &[Proposal]) -> Self {
        let mut known = Self::default();
        for proposal in proposals {
            known.note_names(proposal);
            let kind = proposal.body.kind();
            let of = (kind, code(&proposal.body).map(|code| code.to_string()));
            let carrying = if is_name(kind) { usize::MAX } else { 1 };
            let spans = proposal
                .quotes
                .iter()
                .take(carrying)
                .map(|quote| quote.span);
            known.records.entry(of).or_default().extend(spans);
        }
        known
    }

    /// Who is named by exactly these characters.
    pub fn named_at(&self, span: Span) -> Option<EntityRef> {
        self.named.get(&span).cloned()
    }

    /// Whether a record of that kind and code rests on some of the same words.
    pub fn has(&self, proposal: &Proposal) -> bool {
        let kind = proposal.body.kind();
        let of = (kind, code(&proposal.body).map(|code| code.to_string()));
        let Some(first) = proposal.quotes.first() else {
            return false;
        };
        let spans = self.records.get(&of).into_iter().flatten();
        spans.into_iter().any(|span| span.overlaps(first.span))
    }

    /// Adds a proposal that was kept.
    pub fn note(&mut self, proposal: &Proposal) {
        let of = (
            proposal.body.kind(),
            code(&proposal.body).map(|code| code.to_string()),
        );
        let first = proposal.quotes.first().map(|quote| quote.span);
        self.records.entry(of).or_default().extend(first);
    }

    /// Every entity that a field names, by the words that carry the field.
    fn note_names(&mut self, proposal: &Proposal) {
        let Ok(body) = serde_json::to_value(&proposal.body) else {
            return;
        };
        let mut left = vec![&body];
        while let Some(value) = left.pop() {
            match value {
                Value::Object(fields) => {
                    left.extend(fields.values());
                    let (Some(value), Some(quotes)) = (fields.get("value"), fields.get("quotes"))
                    else {
                        continue;
                    };
                    let entity = ["who", "speaker", "body"]
                        .iter()
                        .find_map(|part| value.get(part))
                        .unwrap_or(value);
                    let Ok(entity) = serde_json::from_value::<EntityRef>(entity.clone()) else {
                        continue;
                    };
                    let first = quotes.get(0).and_then(Value::as_u64);
                    let first = first.and_then(|at| proposal.quotes.get(at as usize));
                    if let Some(quote) = first {
                        self.named.entry(quote.span).or_insert(entity);
                    }
                }
                Value::Array(list) => left.extend(list),
                _ => {}
            }
        }
    }
}

fn is_name(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Person | RecordKind::Organisation)
}

/// The code that says what kind of act, statement, answer, event or case a record is.
fn code(body: &RecordBody) -> Option<&Code> {
    Some(match body {
        RecordBody::Allegation(it) => &it.violation.value,
        RecordBody::Statement(it) => &it.act.value,
        RecordBody::Response(it) => &it.answer.value,
        RecordBody::Event(it) => &it.event.value,
        RecordBody::Case(it) => &it.category.value,
        _ => return None,
    })
}
