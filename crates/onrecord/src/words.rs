//! Records in words: one line that a person can read, the same in lists and in reports.

use model::{
    Allegation, Attribution, Call, Cited, Commitment, EntityRef, Event, Figure, LeftOut, Name,
    Quote, Record, RecordBody, Response, Statement, Vocabularies,
};
use std::fmt::Write as _;

/// Puts records into words, with the labels of one language.
pub struct Words {
    vocabularies: Vocabularies,
    language: &'static str,
}

impl Words {
    /// Words with English labels.
    pub fn new(vocabularies: Vocabularies) -> Self {
        Self {
            vocabularies,
            language: "en",
        }
    }

    /// The label of a code of a vocabulary.
    pub fn label<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.vocabularies.label(list, code, self.language)
    }

    /// The label of the family that a type of violation belongs to.
    pub fn family<'a>(&'a self, code: &'a str) -> &'a str {
        let list = self.vocabularies.list("violation");
        let mut family = code;
        // A chain of parents is short; the bound is against a list that goes in a circle.
        for _ in 0..8 {
            let parent = list.and_then(|list| list.term(family)?.parent.as_ref());
            let Some(parent) = parent else { break };
            family = parent.as_str();
        }
        self.label("violation", family)
    }

    /// The record in one line.
    pub fn headline(&self, record: &Record) -> String {
        match &record.body {
            RecordBody::Allegation(allegation) => self.allegation(allegation),
            RecordBody::Statement(statement) => self.statement(statement),
            RecordBody::Call(call) => Self::call(call),
            RecordBody::Response(response) => self.response(response),
            RecordBody::Commitment(commitment) => Self::commitment(commitment),
            RecordBody::Event(event) => self.event(event),
            RecordBody::Figure(figure) => Self::figure(figure),
            RecordBody::Case(case) => {
                let category = self.label("case-category", case.category.value.as_str());
                format!("{}: {category}", case.subject.value.name)
            }
            RecordBody::Person(person) => {
                let roles: Vec<_> = person
                    .roles
                    .iter()
                    .map(|role| role.value.title.as_str())
                    .collect();
                with(name(&person.names), &roles.join("; "))
            }
            RecordBody::Group(group) => name(&group.names).to_owned(),
            RecordBody::Organisation(organisation) => name(&organisation.names).to_owned(),
            RecordBody::State(state) => name(&state.names).to_owned(),
            RecordBody::Place(place) => {
                let within = place
                    .within
                    .as_ref()
                    .map_or("", |within| &within.value.name);
                with(name(&place.names), within)
            }
            RecordBody::Instrument(instrument) => {
                let symbol = instrument
                    .symbol
                    .as_ref()
                    .map_or("", |symbol| &symbol.value);
                with(name(&instrument.names), symbol)
            }
            RecordBody::Incident(incident) => format!("{} allegations", incident.allegations.len()),
            RecordBody::Finding(finding) => finding.conclusion.clone(),
            RecordBody::Link(link) => format!(
                "{} {} {}",
                link.from.value.name, link.relation.value, link.to.value.name
            ),
            RecordBody::Consent(consent) => consent.by.name.clone(),
        }
    }

    fn allegation(&self, allegation: &Allegation) -> String {
        let violation = self.label("violation", allegation.violation.value.as_str());
        let modality = self.label("modality", allegation.modality.value.name());
        let what = format!("{violation} ({})", modality.to_lowercase());
        let details = self.details(allegation);
        if details.is_empty() {
            what
        } else {
            format!("{what}; {details}")
        }
    }

    /// Of whom, by whom, where, when, and who says so; empty when the text says none of it.
    pub fn details(&self, allegation: &Allegation) -> String {
        let place = allegation
            .place
            .iter()
            .map(|place| place.value.name.as_str());
        let parts = [
            ("of", names(&allegation.victims, |victim| &victim.who)),
            (
                "by",
                names(&allegation.perpetrators, |perpetrator| &perpetrator.who),
            ),
            ("in", place.collect()),
        ];
        let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
        let mut details: Vec<_> = parts
            .map(|(what, names)| format!("{what} {}", names.join(", ")))
            .collect();
        details.extend(
            allegation
                .date
                .as_ref()
                .map(|date| date.value.date.to_string()),
        );
        let says = self.attributed(allegation);
        details.extend(says.map(|says| match is_named(allegation) {
            true => format!("says {says}"),
            false => format!("attributed by {says}"),
        }));
        details.join("; ")
    }

    /// Who says so, outermost first; `None` when it is the document's own voice without a name.
    pub fn attributed(&self, allegation: &Allegation) -> Option<String> {
        let chain = allegation
            .attribution
            .iter()
            .map(|step| speaker(&step.value));
        let chain: Vec<_> = chain.collect();
        (!chain.is_empty()).then(|| chain.join(" → "))
    }

    fn statement(&self, statement: &Statement) -> String {
        let speaker = statement
            .speaker
            .as_ref()
            .map_or("(no speaker named)", |s| &s.value.name);
        let act = self
            .label("speech-act", statement.act.value.as_str())
            .to_lowercase();
        let about = names(&statement.about, |about| about);
        let about = if about.is_empty() {
            String::new()
        } else {
            format!(" of {}", about.join(", "))
        };
        format!("{speaker} {act}{about}")
    }

    fn call(call: &Call) -> String {
        let caller = call
            .caller
            .as_ref()
            .map_or("(no caller named)", |caller| &caller.value.name);
        let to = names(&call.addressees, |addressee| addressee);
        let to = if to.is_empty() {
            "(nobody named)".to_owned()
        } else {
            to.join(", ")
        };
        format!("{caller} → {to}: {}", call.demand.value)
    }

    fn response(&self, response: &Response) -> String {
        let answer = self.label("response", response.answer.value.as_str());
        format!("{}: {answer}", response.by.value.name)
    }

    fn commitment(commitment: &Commitment) -> String {
        let by = commitment
            .by
            .as_ref()
            .map_or("(nobody named)", |by| &by.value.name);
        format!("{by}: {}", commitment.undertaking.value)
    }

    fn event(&self, event: &Event) -> String {
        let what = self.label("event-type", event.event.value.as_str());
        let mut words = what.to_owned();
        if let Some(instrument) = &event.instrument {
            words.push_str(&format!(": {}", instrument.value.name));
        }
        let who: Vec<_> = event
            .participants
            .iter()
            .map(|p| p.value.who.name.as_str())
            .collect();
        with(&words, &who.join(", "))
    }

    fn figure(figure: &Figure) -> String {
        let of = figure.of.as_ref().map_or("", |of| &of.value);
        with(
            &format!("{} {}", figure_value(figure), figure.unit.value),
            of,
        )
    }
}

/// The number of a figure, as `52`, `about 200`, `80,000–120,000`, `more than 240`.
pub fn figure_value(figure: &Figure) -> String {
    let about = if figure.approximate { "about " } else { "" };
    let least = thousandths(figure.least.value);
    match &figure.most {
        None => format!("{about}{least} or more"),
        Some(most) if most.value == figure.least.value => format!("{about}{least}"),
        Some(most) => format!("{about}{least}–{}", thousandths(most.value)),
    }
}

/// Thousandths as a decimal number: 1 500 is `1.5`.
fn thousandths(value: i64) -> String {
    let whole = indicatif::HumanCount((value / 1000).unsigned_abs()).to_string();
    let sign = if value < 0 { "−" } else { "" };
    match (value % 1000).abs() {
        0 => format!("{sign}{whole}"),
        rest => format!(
            "{sign}{whole}.{}",
            format!("{rest:03}").trim_end_matches('0')
        ),
    }
}

/// Whether anyone in the chain of who says so has a name.
pub fn is_named(allegation: &Allegation) -> bool {
    let mut steps = allegation.attribution.iter();
    steps.any(|step| step.value.speaker.is_some())
}

/// One step of an attribution.
pub fn speaker(step: &Attribution) -> String {
    match &step.speaker {
        Some(speaker) => speaker.name.clone(),
        None => format!("“{}”", step.words),
    }
}

/// The canonical name of an entity: the first form.
pub fn name(names: &[Cited<Name>]) -> &str {
    names
        .first()
        .map_or("(without a name)", |name| &name.value.form)
}

fn names<T>(list: &[Cited<T>], of: impl Fn(&T) -> &EntityRef) -> Vec<&str> {
    list.iter()
        .map(|cited| of(&cited.value).name.as_str())
        .collect()
}

fn with(what: &str, more: &str) -> String {
    if more.is_empty() {
        what.to_owned()
    } else {
        format!("{what}, {more}")
    }
}

/// Why a passage was set aside, in a word or two.
pub fn left_out(why: LeftOut) -> String {
    match why {
        LeftOut::Navigation => "menu".to_owned(),
        LeftOut::Player => "player".to_owned(),
        LeftOut::ShareBar => "share bar".to_owned(),
        LeftOut::Advert => "advert".to_owned(),
        LeftOut::Notice => "notice".to_owned(),
        LeftOut::Related => "related".to_owned(),
        LeftOut::Footer => "footer".to_owned(),
        LeftOut::FrontMatter => "front matter".to_owned(),
        LeftOut::RunningHead => "head or foot of the page".to_owned(),
        LeftOut::StruckOut => "struck out".to_owned(),
        LeftOut::Hidden => "hidden in the file".to_owned(),
        LeftOut::Garbled => "letters that make no words".to_owned(),
        LeftOut::RepeatOf(number) => format!("repeats ¶{number}"),
    }
}

/// Where a quote stands, for people: its passage, with the page or row where there is one.
pub fn place(quote: &Quote) -> String {
    let mut place = format!("¶{}", quote.passage);
    if let Some(page) = quote.page {
        write!(place, ", p. {page}").expect("a string takes any text");
    }
    if let Some(row) = quote.row {
        write!(place, ", row {row}").expect("a string takes any text");
    }
    place
}
