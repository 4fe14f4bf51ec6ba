//! What the commands that decide of records share.

use crate::failure::{Failure, Result};
use crate::holdings;
use crate::print;
use crate::session::{self, Session};
use collect::{Edit, NewValue, RestsOn, Shape};
use model::{Choice, Decision, Reading, Record, RecordKind, Span, Status};
use serde_json::Value;
use view::View;

/// New values for fields, and what they rest on.
#[derive(clap::Args)]
pub struct Values {
    /// A field and its value, such as violation=torture or place="Camp 14"
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// The words of the source that carry a field's value
    #[arg(long, value_name = "FIELD=WORDS")]
    pub words: Vec<String>,
    /// The characters of the reading that carry it, as `onrecord show` counts them
    #[arg(long, value_name = "FIELD=FROM..TO")]
    pub at: Vec<String>,
    /// Why a field has a value that no words of the source carry
    #[arg(long, value_name = "FIELD=REASON")]
    pub because: Vec<String>,
    /// A field to leave empty
    #[arg(long, value_name = "FIELD")]
    pub clear: Vec<String>,
}

impl Values {
    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        let given = [&self.set, &self.words, &self.at, &self.because, &self.clear];
        given.iter().all(|list| list.is_empty())
    }

    /// The edits that they ask for, in the order of the fields of `kind`.
    pub fn edits(&self, kind: RecordKind) -> Result<Vec<Edit>> {
        let mut edits: Vec<Edit> = Vec::new();
        let mut rests = self.rests()?;
        for given in &self.set {
            let (field, text) = split(given)?;
            let shape = collect::fields(kind).iter().find(|it| it.name == field);
            let shape = shape.map(|field| field.shape);
            let rests_on = match rests.iter().position(|(of, _)| of == field) {
                Some(at) => rests.remove(at).1,
                None if shape == Some(Shape::Flag) => RestsOn::Reason(String::new()),
                // The value may stand in the text itself.
                None => RestsOn::Words(spoken(text).to_owned()),
            };
            let new = NewValue {
                value: value(text),
                rests_on,
            };
            match edits.iter_mut().find(|edit| edit.field == field) {
                Some(edit) => edit.values.push(new),
                None => edits.push(Edit {
                    field: field.to_owned(),
                    values: vec![new],
                }),
            }
        }
        if let Some((field, _)) = rests.first() {
            return Err(Failure::new(format!(
                "`{field}` is given words or a reason, but no value: add --set {field}=…"
            )));
        }
        edits.extend(self.clear.iter().map(|field| Edit {
            field: field.clone(),
            values: Vec::new(),
        }));
        Ok(edits)
    }

    /// What values rest on, by field: the first is for the field's first value, and so on.
    fn rests(&self) -> Result<Vec<(String, RestsOn)>> {
        let mut rests = Vec::new();
        for given in &self.words {
            let (field, words) = split(given)?;
            rests.push((field.to_owned(), RestsOn::Words(words.to_owned())));
        }
        for given in &self.at {
            let (field, span) = split(given)?;
            rests.push((field.to_owned(), RestsOn::Span(characters(span)?)));
        }
        for given in &self.because {
            let (field, reason) = split(given)?;
            rests.push((field.to_owned(), RestsOn::Reason(reason.to_owned())));
        }
        Ok(rests)
    }
}

fn split(given: &str) -> Result<(&str, &str)> {
    given.split_once('=').ok_or_else(|| {
        Failure::new(format!(
            "`{given}` is not FIELD=…; such as place=\"Camp 14\""
        ))
    })
}

/// Characters of a reading, as `512..523`.
pub fn characters(text: &str) -> Result<Span> {
    let numbers = text.split_once("..").and_then(|(start, end)| {
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start < end).then(|| Span::new(start, end))
    });
    numbers.ok_or_else(|| Failure::new(format!("`{text}` are no characters; write 512..523")))
}

/// A value that begins like JSON is taken as the formats write it.
fn value(text: &str) -> Value {
    let is_json = text.starts_with('{');
    let parsed = is_json.then(|| serde_json::from_str(text).ok()).flatten();
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// The name in `person:Name`.
fn spoken(text: &str) -> &str {
    match text.split_once(':') {
        Some((kind, name)) if RecordKind::from_name(kind).is_some() => name.trim(),
        _ => text.trim(),
    }
}

/// The reading that a record's words stand in.
pub fn reading(session: &Session, view: &View, record: &Record) -> Result<Reading> {
    let info = match record.source {
        Some(source) => view.source(&source)?,
        None => None,
    };
    let info = info.ok_or_else(|| Failure::new("the record's source is not on this device"))?;
    holdings::reading(session, &info)?.map_err(Failure::new)
}

/// Puts a decision on record.
pub fn put(session: &Session, decision: &Decision, reading: &Reading) -> Result<()> {
    let (mut writer, _) = session.archive.writer(&session.device)?;
    collect::decide(&mut writer, decision, Some(reading))?;
    Ok(())
}

/// Brings the view up to date with what was just put on record.
pub fn catch_up(session: &Session, view: &mut View) -> Result<()> {
    session.archive.refresh()?;
    let applied = view.catch_up(&session.archive, session::threads(), &mut |_| {})?;
    session::say_problems(&applied);
    Ok(())
}

/// How a record stands, and by whom: `accepted by Ann on 2024-03-02; second review due`.
pub fn standing(record: &Record) -> String {
    let holds = model::holding(&record.history);
    let said = holds.iter().map(|at| {
        let change = &record.history[*at];
        let date = print::time(change.at);
        let day = date.split(' ').next().unwrap_or_default();
        let decision = &change.decision;
        let done = match (decision.choice, &decision.corrected) {
            (Choice::Accept, Some(_)) => "accepted as corrected",
            (choice, _) => choice.done(),
        };
        let reason = decision.reason.as_ref();
        let reason = reason.map_or(String::new(), |code| format!(" ({code})"));
        format!("{done}{reason} by {} on {day}", decision.by)
    });
    let said = said.collect::<Vec<_>>().join(", ");
    match record.status {
        Status::Proposed if record.history.is_empty() => "proposed; nobody decided".to_owned(),
        Status::Proposed => "proposed; what was decided was undone".to_owned(),
        Status::Accepted | Status::Corrected | Status::Rejected => said,
        Status::SecondReview => format!("{said}; second review due"),
        Status::Unsure => format!("{said}; a colleague is asked"),
        Status::Disputed => format!("disputed: {said}"),
    }
}
