//! What one allegation says, folded so that two of them can be compared field by field.
//!
//! Invariant: facts come from one record and its document alone; nothing is filled in from another.

use super::days::Days;
use super::identity::{Identities, folded};
use super::rules::Rules;
use super::{Level, Types};
use crate::Document;
use model::{
    Allegation, Edtf, EntityKind, Modality, Record, RecordBody, RecordId, SourceId, Victim,
};
use std::collections::HashMap;

/// A text as a number; equal texts have equal numbers.
pub(crate) type TextId = u32;

/// Texts as numbers.
#[derive(Default)]
pub(crate) struct Texts {
    numbers: HashMap<String, TextId>,
    texts: Vec<String>,
}

impl Texts {
    pub(crate) fn number(&mut self, text: &str) -> TextId {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as TextId;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    pub(crate) fn text(&self, number: TextId) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }
}

/// What one allegation says.
#[derive(Clone)]
pub(crate) struct Facts<'r> {
    pub record: &'r Record,
    pub allegation: &'r Allegation,
    pub code: TextId,
    /// The topmost family of its type.
    pub family: TextId,
    pub days: Option<Days>,
    /// The date is that of publication: it may be when it was told, not when it happened.
    pub told_then: bool,
    /// When the document was published.
    pub told: Option<Days>,
    /// The place, when it is below the level of a state.
    pub site: Option<TextId>,
    pub state: Option<TextId>,
    /// The state is named only in the document's title.
    pub state_by_title: bool,
    /// Named persons, ascending.
    pub named: Vec<TextId>,
    /// Telling words and characteristics of the groups, ascending.
    pub groups: Vec<TextId>,
    /// At least and at most how many, where a number is given.
    pub number: Option<(u64, u64)>,
    /// Perpetrators, ascending.
    pub actors: Vec<TextId>,
    /// Telling words of the passage that carries it, ascending.
    pub words: Vec<TextId>,
    pub level: Level,
    /// Why it is of that level.
    pub level_because: String,
}

impl Facts<'_> {
    pub(crate) fn id(&self) -> RecordId {
        self.record.id
    }

    /// The date, unless it may be that of telling.
    pub(crate) fn strong_days(&self) -> Option<Days> {
        self.days.filter(|_| !self.told_then)
    }
}

/// What the facts of all allegations are read with.
pub(crate) struct FactReader<'a> {
    pub identities: &'a Identities,
    pub rules: &'a Rules,
    pub types: &'a Types,
    pub texts: Texts,
    published: HashMap<SourceId, Edtf>,
    title_states: HashMap<SourceId, String>,
}

impl<'a> FactReader<'a> {
    pub(crate) fn new(
        identities: &'a Identities,
        rules: &'a Rules,
        types: &'a Types,
        records: &[Record],
        documents: &[Document],
    ) -> Self {
        let published = documents.iter().filter_map(|d| Some((d.id, d.published?)));
        Self {
            identities,
            rules,
            types,
            texts: Texts::default(),
            published: published.collect(),
            title_states: title_states(identities, records, documents),
        }
    }

    /// The facts of an allegation; `None` for any other kind of record.
    pub(crate) fn read<'r>(&mut self, record: &'r Record) -> Option<Facts<'r>> {
        let RecordBody::Allegation(allegation) = &record.body else {
            return None;
        };
        let code = allegation.violation.value.as_str();
        let words = record
            .citations
            .first()
            .map_or("", |c| c.quote.quote.as_str());
        let padded = folded(words);
        let mut facts = Facts {
            record,
            allegation,
            code: self.texts.number(code),
            family: self.texts.number(self.types.family(code)),
            days: None,
            told_then: false,
            told: None,
            site: None,
            state: None,
            state_by_title: false,
            named: Vec::new(),
            groups: Vec::new(),
            number: None,
            actors: Vec::new(),
            words: self.telling(&padded),
            level: Level::Pattern,
            level_because: String::new(),
        };
        self.when(&mut facts);
        self.who(&mut facts);
        self.place(&mut facts);
        self.level(&mut facts, &padded);
        Some(facts)
    }

    fn when(&self, facts: &mut Facts) {
        let date = facts.allegation.date.as_ref();
        facts.days = date.and_then(|date| Days::of(&date.value.date, &self.rules.slack));
        let published = facts
            .record
            .source
            .and_then(|source| self.published.get(&source));
        facts.told = published.and_then(|date| Days::of(date, &self.rules.slack));
        facts.told_then = match (facts.days, facts.told) {
            (Some(day), Some(told)) => day.width() <= 7 && day.gap(&told) == 0,
            _ => false,
        };
    }

    fn who(&mut self, facts: &mut Facts) {
        let source = facts.record.source;
        let (mut most, mut least) = (0_u64, 0_u64);
        for victim in &facts.allegation.victims {
            let Victim {
                who,
                number,
                characteristics,
            } = &victim.value;
            let name = folded(&who.name);
            let is_named = who.kind == EntityKind::Person && !self.rules.is_nobody(&name);
            if is_named && number.is_none_or(|number| number <= 1) && !name.is_empty() {
                let id = match source.filter(|_| self.rules.is_witness(&name)) {
                    Some(source) => format!("witness:{source}"),
                    None => self.identities.of(source, who),
                };
                facts.named.push(self.texts.number(&id));
            } else if !self.rules.is_nobody(&name) {
                facts.groups.extend(self.telling(&name));
            }
            for code in characteristics {
                facts.groups.push(self.texts.number(&format!("@{code}")));
            }
            if let Some(number) = number {
                most = most.saturating_add(*number);
                least = least.max(*number);
            }
        }
        for actor in &facts.allegation.perpetrators {
            let id = self.identities.of(source, &actor.value.who);
            facts.actors.push(self.texts.number(&id));
        }
        facts.number = (most > 0).then_some((least, most));
        for list in [&mut facts.named, &mut facts.groups, &mut facts.actors] {
            list.sort_unstable();
            list.dedup();
        }
    }

    fn place(&mut self, facts: &mut Facts) {
        let source = facts.record.source;
        let place = facts.allegation.place.as_ref();
        let place = place.map(|place| self.identities.of(source, &place.value));
        let of_place = place
            .as_deref()
            .and_then(|place| self.identities.state_of(place));
        if let Some(place) = place.as_deref()
            && !place.starts_with("state:")
        {
            facts.site = Some(self.texts.number(place));
        }
        let actors = facts.actors.iter();
        let of_actor = || {
            let mut states: Vec<String> = actors
                .filter_map(|actor| self.identities.state_of(self.texts.text(*actor)))
                .map(str::to_owned)
                .collect();
            states.sort_unstable();
            states.dedup();
            (states.len() == 1).then(|| states.swap_remove(0))
        };
        if let Some(state) = of_place.map(str::to_owned).or_else(of_actor) {
            facts.state = Some(self.texts.number(&state));
        } else if let Some(state) = source.and_then(|source| self.title_states.get(&source)) {
            facts.state = Some(self.texts.number(state));
            facts.state_by_title = true;
        }
    }

    /// Whether it tells of one event or of what is usual.
    fn level(&self, facts: &mut Facts, padded: &str) {
        let limits = &self.rules.limits;
        let (level, because) = if self.rules.is_conclusion(self.texts.text(facts.family)) {
            (
                Level::Pattern,
                "it is a conclusion about many events".to_owned(),
            )
        } else if !facts.named.is_empty() {
            (Level::Event, "it tells of a certain person".to_owned())
        } else if let Some((least, _)) = facts.number.filter(|n| n.0 > limits.largest_event) {
            let because = format!("{least} people are too many for one event");
            (Level::Pattern, because)
        } else {
            self.level_of_unnamed(facts, padded)
        };
        facts.level = level;
        facts.level_because = because;
    }

    fn level_of_unnamed(&self, facts: &Facts, padded: &str) -> (Level, String) {
        let event = |because: &str| (Level::Event, because.to_owned());
        let pattern = |because: String| (Level::Pattern, because);
        let dated = facts
            .strong_days()
            .filter(|d| d.width() <= self.rules.limits.event_days);
        let somewhere = facts.site.is_some() || facts.state.is_some();
        let somebody = !facts.groups.is_empty() || !facts.actors.is_empty();
        let to_the_day = dated.is_some_and(|days| days.width() == 1);
        if let Some(word) = self.rules.general_words(padded)
            && !to_the_day
        {
            return pattern(format!("the words “{word}” speak of what is usual"));
        }
        if dated.is_some() && (somewhere || somebody || facts.number.is_some()) {
            return event("it says when, and where or who");
        }
        if facts.number.is_some() && somewhere {
            return event("it says how many and where");
        }
        pattern("it names no person, no day or month, and no number at a place".to_owned())
    }

    /// The words of a folded text that tell something, ascending.
    fn telling(&mut self, folded: &str) -> Vec<TextId> {
        let mut found = Vec::new();
        for word in folded.split(' ') {
            if word.is_ascii() {
                let word = word.strip_suffix('s').unwrap_or(word);
                if word.len() < 3 || self.rules.is_stop(word) || all_digits(word) {
                    continue;
                }
                found.push(self.texts.number(word));
            } else {
                self.pairs_of_letters(word, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Scripts without blanks between words are compared by pairs of letters.
    fn pairs_of_letters(&mut self, word: &str, found: &mut Vec<TextId>) {
        if word.chars().all(|letter| letter < '\u{1100}') {
            found.push(self.texts.number(word));
            return;
        }
        let letters: Vec<char> = word.chars().collect();
        for pair in letters.windows(2) {
            found.push(self.texts.number(&pair.iter().collect::<String>()));
        }
    }
}

fn all_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The one state that a document's title names, beside that of its publisher.
fn title_states(
    identities: &Identities,
    records: &[Record],
    documents: &[Document],
) -> HashMap<SourceId, String> {
    let mut named: HashMap<SourceId, Vec<&Record>> = HashMap::new();
    for record in records {
        if let (RecordBody::State(_), Some(source)) = (&record.body, record.source) {
            named.entry(source).or_default().push(record);
        }
    }
    let mut states = HashMap::new();
    for document in documents {
        let Some(title) = &document.title else {
            continue;
        };
        let title = format!(" {} ", folded(title));
        let publisher = document.publisher.as_deref();
        let publisher = publisher.map(|name| identities.of_name(Some(document.id), name));
        let own = publisher.as_deref().and_then(|id| identities.state_of(id));
        let mut found: Vec<String> = Vec::new();
        for record in named.get(&document.id).into_iter().flatten() {
            let RecordBody::State(state) = &record.body else {
                continue;
            };
            let in_title = |form: &str| title.contains(&format!(" {} ", folded(form)));
            if let Some(iso) = &state.iso
                && state.names.iter().any(|name| in_title(&name.value.form))
            {
                found.push(format!("state:{iso}"));
            }
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|state| Some(state.as_str()) != own);
        if let [state] = found.as_slice() {
            states.insert(document.id, state.clone());
        }
    }
    states
}

/// Whether the record tells that something happened, will happen or did not.
pub(crate) fn modality(facts: &Facts) -> Modality {
    facts.allegation.modality.value
}
