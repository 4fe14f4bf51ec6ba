//! Coded and proposed records in one form, so that they can be laid side by side.

use super::coding::{Coded, Coding, CodingError, Finder, Most};
use model::{
    Band, Cited, EntityRef, Name, Proposal, Quote, Reading, RecordBody, ResolvedDate, Span,
    Statement,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is scored apart from the rest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Violations that somebody is said to have suffered.
    Allegations,
    /// Speech acts.
    Statements,
    /// Demands.
    Calls,
    /// Undertakings.
    Commitments,
    /// Answers to demands.
    Responses,
    /// What took place.
    Events,
    /// Numbers.
    Figures,
    /// Persons and groups to be found, freed or reunited.
    Cases,
    /// Who and what is named.
    Entities,
    /// Words given as spoken.
    Quotations,
}

impl Layer {
    /// Every layer, in the order of reports.
    pub const ALL: [Self; 10] = [
        Self::Allegations,
        Self::Statements,
        Self::Calls,
        Self::Commitments,
        Self::Responses,
        Self::Events,
        Self::Figures,
        Self::Cases,
        Self::Entities,
        Self::Quotations,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Allegations => "allegations",
            Self::Statements => "statements",
            Self::Calls => "calls",
            Self::Commitments => "commitments",
            Self::Responses => "responses",
            Self::Events => "events",
            Self::Figures => "figures",
            Self::Cases => "cases",
            Self::Entities => "entities",
            Self::Quotations => "quotations",
        }
    }
}

/// A record, coded or proposed, as far as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) layer: Layer,
    /// Where its words stand; `None` for coded entities, which are one a document.
    pub(super) span: Option<Span>,
    pub(super) passage: u32,
    /// What lenient comparison asks to be equal; empty where it asks nothing.
    pub(super) sort: String,
    /// What else is compared, by field.
    pub(super) fields: BTreeMap<&'static str, Vec<String>>,
    pub(super) words: String,
    pub(super) optional: bool,
    pub(super) rule: String,
    pub(super) band: Option<Band>,
}

/// The coded items of a document.
pub(super) fn coded(coding: &Coding, reading: &Reading) -> Result<Vec<Item>, CodingError> {
    let finder = Finder::new(reading);
    let layers = [
        (Layer::Allegations, "allegation", &coding.allegation),
        (Layer::Statements, "statement", &coding.statement),
        (Layer::Calls, "call", &coding.call),
        (Layer::Commitments, "commitment", &coding.commitment),
        (Layer::Responses, "response", &coding.response),
        (Layer::Events, "event", &coding.event),
        (Layer::Figures, "figure", &coding.figure),
        (Layer::Cases, "case", &coding.case),
        (Layer::Entities, "entity", &coding.entity),
        (Layer::Quotations, "quotation", &coding.quotation),
    ];
    let mut items = Vec::new();
    for (layer, singular, records) in layers {
        for record in records {
            let nth = record.nth.unwrap_or(1);
            let span =
                match layer {
                    Layer::Entities => None,
                    _ => Some(finder.find(&record.quote, nth).ok_or_else(|| {
                        CodingError::NotThere {
                            layer: singular,
                            quote: record.quote.clone(),
                            nth,
                        }
                    })?),
                };
            items.push(item_of(layer, record, span, reading));
        }
    }
    Ok(items)
}

fn item_of(layer: Layer, record: &Coded, span: Option<Span>, reading: &Reading) -> Item {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut fields = BTreeMap::new();
    let mut put = |name: &'static str, values: Vec<String>| {
        if !values.is_empty() {
            fields.insert(name, values);
        }
    };
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let sort = match layer {
        Layer::Allegations => {
            put("modality", one(&record.modality));
            put("victims", record.victims.clone());
            put("perpetrators", record.perpetrators.clone());
            let named = record.attribution.iter().rev().find(|name| *name != "?");
            put("attribution", named.cloned().into_iter().collect());
            text(&record.violation)
        }
        Layer::Statements => {
            put("act", one(&record.act));
            put("speaker", one(&record.speaker));
            String::new()
        }
        Layer::Calls => {
            put("caller", one(&record.caller));
            put("addressees", record.addressees.clone());
            String::new()
        }
        Layer::Commitments => {
            put("by", one(&record.by));
            String::new()
        }
        Layer::Responses => {
            put("by", one(&record.by));
            put("answer", one(&record.answer));
            String::new()
        }
        Layer::Events => {
            put("date", one(&record.date));
            text(&record.event)
        }
        Layer::Figures => {
            put("unit", one(&record.unit));
            bounds(record)
        }
        Layer::Cases => {
            put("category", one(&record.category));
            put("subject", one(&record.subject));
            String::new()
        }
        Layer::Entities => {
            put("key", one(&record.key));
            let forms = record.name.iter().chain(&record.also).cloned();
            put("names", forms.collect());
            text(&record.kind)
        }
        Layer::Quotations => {
            put("speaker", one(&record.speaker));
            String::new()
        }
    };
    let words = match layer {
        Layer::Entities => text(&record.name),
        _ => record.quote.clone(),
    };
    Item {
        layer,
        span,
        passage: passage(reading, span),
        sort,
        fields,
        words,
        optional: record.optional,
        rule: String::new(),
        band: None,
    }
}

/// The bounds of a figure in thousandths, as proposals give them.
fn bounds(record: &Coded) -> String {
    let thousandths = |value: f64| (value * 1_000.0).round() as i64;
    let least = record.least.map(thousandths);
    let most = match &record.most {
        None => least,
        Some(Most::Number(value)) => Some(thousandths(*value)),
        Some(Most::Open(_)) => None,
    };
    format!("{least:?} {most:?}")
}

fn passage(reading: &Reading, span: Option<Span>) -> u32 {
    span.and_then(|span| reading.passage_at(span.start))
        .map_or(0, |passage| passage.number)
}

/// The items that a proposal stands for: one, or for words given as spoken two.
pub(super) fn proposed(proposal: &Proposal) -> Vec<Item> {
    let Some(quote) = proposal.quotes.first() else {
        return Vec::new();
    };
    let Some((layer, sort, fields)) = compared(&proposal.body, &proposal.quotes) else {
        return Vec::new();
    };
    let item = Item {
        layer,
        span: Some(quote.span),
        passage: quote.passage,
        sort,
        fields,
        words: quote.quote.clone(),
        optional: false,
        rule: proposal.rule.clone(),
        band: Some(proposal.band),
    };
    let mut items = vec![item.clone()];
    if let RecordBody::Statement(statement) = &proposal.body
        && statement.direct
    {
        let speaker = item.fields.get("speaker").cloned();
        let fields: BTreeMap<_, _> = speaker
            .map(|names| ("speaker", names))
            .into_iter()
            .collect();
        for at in stretches(statement, proposal.quotes.len()) {
            let quote = &proposal.quotes[at];
            items.push(Item {
                layer: Layer::Quotations,
                span: Some(quote.span),
                passage: quote.passage,
                words: quote.quote.clone(),
                fields: fields.clone(),
                ..item.clone()
            });
        }
    }
    items
}

/// The quotes that are the words spoken: the first, and those that no field cites.
fn stretches(statement: &Statement, quotes: usize) -> Vec<usize> {
    let mut cited: BTreeSet<u16> = statement.act.quotes.iter().copied().collect();
    cited.extend(statement.speaker.iter().flat_map(|it| &it.quotes));
    cited.extend(statement.role.iter().flat_map(|it| &it.quotes));
    cited.extend(statement.about.iter().flat_map(|it| &it.quotes));
    cited.extend(statement.date.iter().flat_map(|it| &it.quotes));
    (0..quotes)
        .filter(|&at| at == 0 || !cited.contains(&(at as u16)))
        .collect()
}

type Compared = (Layer, String, BTreeMap<&'static str, Vec<String>>);

fn compared(body: &RecordBody, quotes: &[Quote]) -> Option<Compared> {
    let mut fields = BTreeMap::new();
    let mut put = |name: &'static str, values: Vec<String>| {
        if !values.is_empty() {
            fields.insert(name, values);
        }
    };
    let (layer, sort) = match body {
        RecordBody::Allegation(it) => {
            put("modality", vec![it.modality.value.name().to_owned()]);
            let victims = it.victims.iter();
            let victims = victims.flat_map(|one| forms(&one.value.who, &one.quotes, quotes));
            put("victims", victims.collect());
            let accused = it.perpetrators.iter();
            let accused = accused.flat_map(|one| forms(&one.value.who, &one.quotes, quotes));
            put("perpetrators", accused.collect());
            let mut chain = it.attribution.iter().rev();
            // The document's own voice cites the whole clause and no words of saying.
            let named = chain.find_map(|link| {
                let own = link.value.words.is_empty() && link.quotes == [0];
                let who = link.value.speaker.as_ref().filter(|_| !own)?;
                Some(forms(who, &link.quotes, quotes))
            });
            put("attribution", named.unwrap_or_default());
            (Layer::Allegations, it.violation.value.to_string())
        }
        RecordBody::Statement(it) => {
            put("act", vec![it.act.value.to_string()]);
            put("speaker", voice(it.speaker.as_ref(), quotes));
            (Layer::Statements, String::new())
        }
        RecordBody::Call(it) => {
            put("caller", voice(it.caller.as_ref(), quotes));
            let asked = it.addressees.iter();
            let asked = asked.flat_map(|one| forms(&one.value, &one.quotes, quotes));
            put("addressees", asked.collect());
            (Layer::Calls, String::new())
        }
        RecordBody::Commitment(it) => {
            put("by", voice(it.by.as_ref(), quotes));
            (Layer::Commitments, String::new())
        }
        RecordBody::Response(it) => {
            put("by", voice(Some(&it.by), quotes));
            put("answer", vec![it.answer.value.to_string()]);
            (Layer::Responses, String::new())
        }
        RecordBody::Event(it) => {
            put("date", it.date.as_ref().map(edtf).into_iter().collect());
            (Layer::Events, it.event.value.to_string())
        }
        RecordBody::Figure(it) => {
            put("unit", vec![it.unit.value.clone()]);
            let most = it.most.as_ref().map(|most| most.value);
            (
                Layer::Figures,
                format!("{:?} {most:?}", Some(it.least.value)),
            )
        }
        RecordBody::Case(it) => {
            put("category", vec![it.category.value.to_string()]);
            put("subject", vec![it.subject.value.name.clone()]);
            (Layer::Cases, String::new())
        }
        other => {
            let (kind, names, key) = entity(other)?;
            put("names", names);
            put("key", key.into_iter().collect());
            (Layer::Entities, kind.to_owned())
        }
    };
    Some((layer, sort, fields))
}

fn edtf(date: &Cited<ResolvedDate>) -> String {
    date.value.date.to_string()
}

/// Words by which a document names itself as the one who speaks.
const FIRST_PERSON: &[&str] = &["i", "we", "our", "us", "my"];

/// Who speaks, by name; and `document`, as codings call it, where the words are in the first person.
fn voice(who: Option<&Cited<EntityRef>>, quotes: &[Quote]) -> Vec<String> {
    let Some(who) = who else {
        return Vec::new();
    };
    let first_person = who.quotes.iter().any(|&at| {
        quotes
            .get(at as usize)
            .is_some_and(|quote| FIRST_PERSON.contains(&quote.quote.to_lowercase().as_str()))
    });
    let own = first_person.then(|| EntityRef::own_voice().name);
    let forms = forms(&who.value, &who.quotes, quotes);
    forms.into_iter().chain(own).collect()
}

/// Longest words, in characters, that are taken for a name as written.
const LONGEST_NAME: usize = 40;

/// The forms of a name: the canonical one; for what a gazetteer knows, whose canonical form may be
/// in another language than the text, also the words of the text.
fn forms(who: &EntityRef, cited: &[u16], quotes: &[Quote]) -> Vec<String> {
    let mut forms = vec![who.name.clone()];
    if who.key.is_some() {
        let words = cited.iter().filter_map(|at| quotes.get(usize::from(*at)));
        let short = words.filter(|quote| quote.quote.chars().count() <= LONGEST_NAME);
        forms.extend(short.map(|quote| quote.quote.clone()));
    }
    forms
}

fn entity(body: &RecordBody) -> Option<(&'static str, Vec<String>, Option<String>)> {
    let forms = |names: &[Cited<Name>]| names.iter().map(|name| name.value.form.clone()).collect();
    Some(match body {
        RecordBody::Person(it) => ("person", forms(&it.names), it.key.clone()),
        RecordBody::Group(it) => ("group", forms(&it.names), None),
        RecordBody::Organisation(it) => ("organisation", forms(&it.names), it.key.clone()),
        RecordBody::State(it) => (
            "state",
            forms(&it.names),
            it.iso.as_ref().map(|iso| format!("state:{iso}")),
        ),
        RecordBody::Place(it) => ("place", forms(&it.names), it.key.clone()),
        RecordBody::Instrument(it) => ("instrument", forms(&it.names), None),
        _ => return None,
    })
}
