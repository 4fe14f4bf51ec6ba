//! Who and where is the same across documents: keys of the gazetteers, names within one document,
//! and what lies in what.
//!
//! Invariant: an identity is a text that depends on the records alone, never on their order. Equal
//! identities are the same entity; different ones may still be.

use crate::names;
use model::{EntityKind, EntityRef, Record, RecordBody, SourceId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Steps up a hierarchy before it is taken for a circle.
const DEEPEST: usize = 16;

/// How two places stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// The same place.
    Same,
    /// One lies in the other.
    Within,
    /// Neither lies in the other.
    Apart,
    /// What is known of them does not tell.
    Untold,
}

/// The identities of persons, bodies, states and places that records name.
#[derive(Clone, Debug, Default)]
pub struct Identities {
    pub(super) parents: HashMap<String, String>,
    pub(super) labels: HashMap<String, String>,
    /// Folded names that one gazetteer entry alone has.
    pub(super) names: HashMap<String, Option<String>>,
    /// What a folded form means within one document.
    pub(super) forms: HashMap<(SourceId, String), String>,
    /// Bodies in which a person holds a role.
    pub(super) roles: HashMap<String, BTreeSet<String>>,
    /// How names of persons are folded; `None` for letters alone.
    pub(super) fold: Option<fn(&str) -> String>,
}

impl Identities {
    /// The same, where names of persons are equal when `fold` gives the same text for them, such as
    /// [`spelling`]. To be called before [`with_records`](Self::with_records).
    #[must_use]
    pub fn folding_persons(mut self, fold: fn(&str) -> String) -> Self {
        self.fold = Some(fold);
        self
    }

    /// The same, with what records say of names, of what lies in what, and of roles.
    #[must_use]
    pub fn with_records<'r>(mut self, records: impl IntoIterator<Item = &'r Record>) -> Self {
        let mut sorted: Vec<&Record> = records.into_iter().collect();
        sorted.sort_by_key(|record| record.id);
        for record in &sorted {
            self.learn(record);
        }
        for record in &sorted {
            self.learn_labels(record);
        }
        self
    }

    fn learn(&mut self, record: &Record) {
        let Some(source) = record.source else { return };
        match &record.body {
            RecordBody::Person(person) => {
                let forms: Vec<&str> = person.names.iter().map(|n| n.value.form.as_str()).collect();
                let id =
                    self.learn_forms(source, EntityKind::Person, person.key.as_deref(), &forms);
                let Some(id) = id else { return };
                for body in person
                    .roles
                    .iter()
                    .filter_map(|role| role.value.body.as_ref())
                {
                    let body = self.of(Some(source), body);
                    self.roles.entry(id.clone()).or_default().insert(body);
                }
            }
            RecordBody::Organisation(body) => {
                let forms: Vec<&str> = body.names.iter().map(|n| n.value.form.as_str()).collect();
                let kind = EntityKind::Organisation;
                let id = self.learn_forms(source, kind, body.key.as_deref(), &forms);
                self.learn_parent(source, id, body.part_of.as_ref().map(|part| &part.value));
            }
            RecordBody::Place(place) => {
                let forms: Vec<&str> = place.names.iter().map(|n| n.value.form.as_str()).collect();
                let id = self.learn_forms(source, EntityKind::Place, place.key.as_deref(), &forms);
                self.learn_parent(
                    source,
                    id,
                    place.within.as_ref().map(|within| &within.value),
                );
            }
            RecordBody::Instrument(instrument) => {
                let forms: Vec<&str> = instrument
                    .names
                    .iter()
                    .map(|n| n.value.form.as_str())
                    .collect();
                let id = self.learn_forms(source, EntityKind::Instrument, None, &forms);
                self.learn_parent(source, id, instrument.body.as_ref().map(|body| &body.value));
            }
            _ => {}
        }
    }

    /// Keeps how allegations and events write the names that no gazetteer has.
    fn learn_labels(&mut self, record: &Record) {
        for who in named_in(&record.body) {
            let id = self.of(record.source, who);
            self.labels.entry(id).or_insert_with(|| who.name.clone());
        }
    }

    fn learn_forms(
        &mut self,
        source: SourceId,
        kind: EntityKind,
        key: Option<&str>,
        forms: &[&str],
    ) -> Option<String> {
        let first = forms.first()?;
        let id = match key {
            Some(key) => key.to_owned(),
            None => self.named(kind, first),
        };
        self.labels
            .entry(id.clone())
            .or_insert_with(|| (*first).to_owned());
        for form in forms {
            let form = (source, format!("{kind:?}:{}", folded(form)));
            self.forms.entry(form).or_insert_with(|| id.clone());
        }
        Some(id)
    }

    fn learn_parent(&mut self, source: SourceId, id: Option<String>, parent: Option<&EntityRef>) {
        let (Some(id), Some(parent)) = (id, parent) else {
            return;
        };
        let parent = self.of(Some(source), parent);
        if parent != id {
            self.parents.entry(id).or_insert(parent);
        }
    }

    /// The identity of a name that has no key.
    fn named(&self, kind: EntityKind, name: &str) -> String {
        let folded = folded(name);
        let bare = folded.strip_prefix("the ").unwrap_or(&folded);
        if kind != EntityKind::Person
            && let Some(Some(key)) = self.names.get(&folded).or_else(|| self.names.get(bare))
        {
            return key.clone();
        }
        if kind == EntityKind::Person {
            if let Some(fold) = self.fold {
                return format!("person:~{}", fold(name));
            }
            // Which part is the surname is written either way round.
            let mut parts: Vec<&str> = folded.split(' ').collect();
            parts.sort_unstable();
            return format!("person:~{}", parts.join(" "));
        }
        format!("{}:~{folded}", format!("{kind:?}").to_lowercase())
    }

    /// The identity of what a record of `source` names.
    pub(crate) fn of(&self, source: Option<SourceId>, who: &EntityRef) -> String {
        if let Some(key) = &who.key {
            return key.clone();
        }
        if let Some(source) = source {
            let form = (source, format!("{:?}:{}", who.kind, folded(&who.name)));
            if let Some(id) = self.forms.get(&form) {
                return id.clone();
            }
        }
        self.named(who.kind, &who.name)
    }

    /// The identity of a publisher, author or other name without a kind.
    pub(crate) fn of_name(&self, source: Option<SourceId>, name: &str) -> String {
        let kinds = [
            EntityKind::Organisation,
            EntityKind::Person,
            EntityKind::State,
        ];
        for kind in kinds {
            let form = source.map(|source| (source, format!("{kind:?}:{}", folded(name))));
            if let Some(id) = form.and_then(|form| self.forms.get(&form)) {
                return id.clone();
            }
        }
        self.named(EntityKind::Organisation, name)
    }

    /// What a person reads for an identity.
    pub(crate) fn label(&self, id: &str) -> String {
        if let Some(label) = self.labels.get(id) {
            return label.clone();
        }
        if id.starts_with("witness:") {
            return "the witness".to_owned();
        }
        let plain = id.split_once(":~").or_else(|| id.split_once(':'));
        plain.map_or(id, |(_, name)| name).to_owned()
    }

    /// What it lies in or belongs to, nearest first.
    pub(crate) fn above<'i>(&'i self, id: &'i str) -> impl Iterator<Item = &'i str> {
        let up = |id: &&str| self.parents.get(*id).map(String::as_str);
        std::iter::successors(up(&id), move |id| up(id)).take(DEEPEST)
    }

    /// The state that it is, lies in or belongs to.
    pub(crate) fn state_of<'i>(&'i self, id: &'i str) -> Option<&'i str> {
        let mut chain = std::iter::once(id).chain(self.above(id));
        chain.find(|id| id.starts_with("state:"))
    }

    /// Whether `id` lies in or belongs to `outer`.
    pub(crate) fn is_within(&self, id: &str, outer: &str) -> bool {
        self.above(id).any(|above| above == outer)
    }

    /// How two places stand to each other.
    pub(crate) fn standing(&self, one: &str, other: &str) -> Standing {
        if one == other {
            return Standing::Same;
        }
        if self.is_within(one, other) || self.is_within(other, one) {
            return Standing::Within;
        }
        match (self.state_of(one), self.state_of(other)) {
            (Some(_), Some(_)) => Standing::Apart,
            _ => Standing::Untold,
        }
    }

    /// The bodies in which a person holds a role.
    pub(crate) fn bodies_of<'i>(&'i self, person: &str) -> impl Iterator<Item = &'i str> + use<'i> {
        self.roles
            .get(person)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

/// Lower case, with everything between letters and digits as one blank.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        if matches!(letter, '\'' | '’' | '.') {
            continue;
        }
        if !letter.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        folded.push(letter);
    }
    folded
}

/// Everyone and everything that an allegation or an event names.
fn named_in(body: &RecordBody) -> Vec<&EntityRef> {
    match body {
        RecordBody::Allegation(allegation) => {
            let victims = allegation.victims.iter().map(|victim| &victim.value.who);
            let actors = allegation.perpetrators.iter();
            let actors = actors.map(|actor| &actor.value.who);
            let place = allegation.place.iter().map(|place| &place.value);
            let chain = allegation.attribution.iter();
            let speakers = chain.filter_map(|said| said.value.speaker.as_ref());
            victims.chain(actors).chain(place).chain(speakers).collect()
        }
        RecordBody::Event(event) => {
            let place = event.place.iter().map(|place| &place.value);
            let parties = event.participants.iter().map(|party| &party.value.who);
            place.chain(parties).collect()
        }
        _ => Vec::new(),
    }
}

/// A folding of persons' names for [`Identities::folding_persons`]: equal for the spellings that
/// [`names`] takes for one, in either order; the letters alone where it finds no surname and
/// given name.
#[must_use]
pub fn spelling(name: &str) -> String {
    let keys = names::keys_of(name, names::Habits::default());
    if keys.surname.as_str().is_empty() || keys.given.as_str().is_empty() {
        return folded(name);
    }
    format!("{} {}", keys.surname.as_str(), keys.given.as_str())
}

/// What a set of identities is called, joined by commas, in a fixed order.
pub(crate) fn labels<'i>(identities: &Identities, ids: impl Iterator<Item = &'i str>) -> String {
    let labels: BTreeMap<String, ()> = ids.map(|id| (identities.label(id), ())).collect();
    labels.into_keys().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn place(name: &str) -> EntityRef {
        EntityRef {
            kind: EntityKind::Place,
            name: name.to_owned(),
            key: None,
            record: None,
        }
    }

    #[test]
    fn places_stand_in_a_hierarchy() {
        let known = Identities::shipped().unwrap();
        let tehran = known.of(None, &place("Tehran"));
        assert_eq!(known.state_of(&tehran), Some("state:IR"));
        assert_eq!(known.standing(&tehran, "state:IR"), Standing::Within);
        assert_eq!(
            known.standing("place:kp-camp-18", "state:KP"),
            Standing::Within
        );
        assert_eq!(known.standing("place:kp-camp-18", &tehran), Standing::Apart);
        let hamlet = known.of(None, &place("Nowhere-on-Sea"));
        assert_eq!(known.standing(&hamlet, "state:KP"), Standing::Untold);
    }

    #[test]
    fn the_order_of_a_name_does_not_matter() {
        let known = Identities::default();
        let person = |name: &str| {
            known.of(
                None,
                &EntityRef {
                    kind: EntityKind::Person,
                    ..place(name)
                },
            )
        };
        assert_eq!(person("Kim Hye-sook"), person("Hye-Sook KIM"));
        assert_ne!(person("Kim Hye-sook"), person("Kim Hye-jin"));
    }

    #[test]
    fn spellings_of_a_name_are_one_person_where_a_folding_says_so() {
        let surname = |name: &str| name.split(' ').next().unwrap_or("").to_lowercase();
        let known = Identities::default().folding_persons(surname);
        let person = |name: &str| {
            let who = EntityRef {
                kind: EntityKind::Person,
                ..place(name)
            };
            known.of(None, &who)
        };
        assert_eq!(person("Kim Hye-sook"), person("Kim Hye Suk"));
        assert_ne!(person("Kim Hye-sook"), person("Ri Hye Suk"));
    }

    #[test]
    fn circles_in_a_hierarchy_end() {
        let mut known = Identities::default();
        known.parents.insert("place:a".into(), "place:b".into());
        known.parents.insert("place:b".into(), "place:a".into());
        assert_eq!(known.state_of("place:a"), None);
        assert_eq!(known.above("place:a").count(), DEEPEST);
    }
}
