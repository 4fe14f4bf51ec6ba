//! What a record can be found by without reading it whole: its code and the names in it.

use model::{Cited, EntityRef, Name, RecordBody};

/// The code that says most about the record: the type of violation, the speech act, the type of
/// event, response, case or standard of proof; of entities, the gazetteer's key.
pub(crate) fn code(body: &RecordBody) -> Option<&str> {
    match body {
        RecordBody::Allegation(it) => Some(it.violation.value.as_str()),
        RecordBody::Statement(it) => Some(it.act.value.as_str()),
        RecordBody::Response(it) => Some(it.answer.value.as_str()),
        RecordBody::Event(it) => Some(it.event.value.as_str()),
        RecordBody::Case(it) => Some(it.category.value.as_str()),
        RecordBody::Finding(it) => Some(it.standard.as_str()),
        RecordBody::Figure(it) => Some(it.unit.value.as_str()),
        RecordBody::Person(it) => it.key.as_deref(),
        RecordBody::Organisation(it) => it.key.as_deref(),
        RecordBody::Place(it) => it.key.as_deref(),
        RecordBody::State(it) => it.iso.as_deref(),
        _ => None,
    }
}

/// Stands between the names of one record and those of the next, where a run has them all.
const BETWEEN: char = '\u{1e}';

/// Gathers the names of all records of a run, in their order, as one text: a list of records that
/// is not narrowed by a name never reads it.
#[derive(Default)]
pub(crate) struct Joined {
    names: Names,
    records: usize,
}

impl Joined {
    /// Adds the names of the next record: everyone and everything that it names, in lower case,
    /// a line each: `speaker:…`.
    pub(crate) fn push(&mut self, body: &RecordBody) {
        if self.records > 0 {
            self.names.0.push(BETWEEN);
        }
        self.records += 1;
        self.names.all(body);
    }

    /// The names of all.
    pub(crate) fn finish(self) -> String {
        self.names.0
    }
}

/// The same text from the names of each record.
pub(crate) fn join<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names
        .collect::<Vec<_>>()
        .join(BETWEEN.encode_utf8(&mut [0; 4]))
}

/// The names of each record, as [`Joined`] was given them.
pub(crate) fn split(all: &str) -> impl Iterator<Item = &str> {
    all.split(BETWEEN)
}

/// Who is named, and as what.
#[derive(Default)]
struct Names(String);

impl Names {
    fn put(&mut self, role: &str, name: &str) {
        self.0.push_str(role);
        self.0.push(':');
        // One name a line, so that a search never matches across two.
        if name.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_control()) {
            let start = self.0.len();
            self.0.push_str(name);
            self.0[start..].make_ascii_lowercase();
        } else {
            let lower = name.chars().flat_map(char::to_lowercase);
            self.0
                .extend(lower.map(|c| if c.is_control() { ' ' } else { c }));
        }
        self.0.push('\n');
    }

    fn one<'a>(&mut self, role: &str, who: impl IntoIterator<Item = &'a EntityRef>) {
        for entity in who {
            self.put(role, &entity.name);
            if let Some(key) = &entity.key {
                self.put(role, key);
            }
        }
    }

    fn cited<'a>(&mut self, role: &str, who: impl IntoIterator<Item = &'a Cited<EntityRef>>) {
        self.one(role, who.into_iter().map(|cited| &cited.value));
    }

    fn forms(&mut self, names: &[Cited<Name>]) {
        for name in names {
            self.put("name", &name.value.form);
        }
    }

    fn all(&mut self, body: &RecordBody) {
        let names = self;
        match body {
            RecordBody::Allegation(it) => {
                names.one(
                    "speaker",
                    it.attribution
                        .iter()
                        .filter_map(|a| a.value.speaker.as_ref()),
                );
                names.one("victim", it.victims.iter().map(|victim| &victim.value.who));
                names.one(
                    "perpetrator",
                    it.perpetrators.iter().map(|by| &by.value.who),
                );
                names.cited("place", &it.place);
            }
            RecordBody::Statement(it) => {
                names.cited("speaker", &it.speaker);
                names.cited("about", &it.about);
            }
            RecordBody::Call(it) => {
                names.cited("speaker", &it.caller);
                names.cited("addressee", &it.addressees);
                names.cited("instrument", &it.basis);
            }
            RecordBody::Response(it) => {
                names.one("speaker", [&it.by.value]);
                names.cited("assessor", &it.assessed_by);
            }
            RecordBody::Commitment(it) => names.cited("speaker", &it.by),
            RecordBody::Event(it) => {
                names.one(
                    "participant",
                    it.participants.iter().map(|who| &who.value.who),
                );
                names.cited("place", &it.place);
                names.cited("instrument", &it.instrument);
            }
            RecordBody::Figure(it) => names.cited("speaker", &it.said_by),
            RecordBody::Case(it) => {
                names.one("subject", [&it.subject.value]);
                names.cited("place", &it.last_seen_at);
                names.cited("addressee", &it.authorities);
            }
            RecordBody::Person(it) => {
                names.forms(&it.names);
                names.cited("nationality", &it.nationality);
            }
            RecordBody::Group(it) => names.forms(&it.names),
            RecordBody::Organisation(it) => {
                names.forms(&it.names);
                names.cited("part of", &it.part_of);
            }
            RecordBody::State(it) => names.forms(&it.names),
            RecordBody::Place(it) => {
                names.forms(&it.names);
                names.cited("within", &it.within);
            }
            RecordBody::Instrument(it) => {
                names.forms(&it.names);
                if let Some(symbol) = &it.symbol {
                    names.put("name", &symbol.value);
                }
                names.cited("participant", it.movers.iter().chain(&it.co_sponsors));
                names.cited("body", &it.body);
            }
            RecordBody::Finding(it) => names.put("assessor", &it.assessor),
            RecordBody::Link(it) => {
                names.one("subject", [&it.from.value, &it.to.value]);
                names.cited("speaker", &it.asserted_by);
            }
            RecordBody::Consent(it) => names.one("subject", [&it.by]),
            RecordBody::Incident(_) => {}
        }
    }
}
