//! Ways in which a record shows a part of what an element needs.
//!
//! Invariant: only what the record itself says shows anything.

use crate::corpus::identity;
use model::{Allegation, EntityKind, Modality, Vocabularies};

/// Whether an allegation shows something in this way.
pub(super) fn shows(way: &str, it: &Allegation) -> bool {
    let doer = |kind: EntityKind| it.perpetrators.iter().any(|one| one.value.who.kind == kind);
    match way {
        "record" => true,
        "victim" => it.victims.iter().any(|victim| {
            let who = &victim.value.who;
            who.kind == EntityKind::Person
                || victim.value.number.is_some()
                || !victim.value.characteristics.is_empty()
        }),
        "number" => it
            .victims
            .iter()
            .any(|victim| victim.value.number.is_some_and(|number| number > 1)),
        "perpetrator" => !it.perpetrators.is_empty(),
        "state-perpetrator" => {
            let state = |one: &model::Perpetrator| identity(&one.who).starts_with("state:");
            doer(EntityKind::Organisation) || it.perpetrators.iter().any(|one| state(&one.value))
        }
        "person-perpetrator" => doer(EntityKind::Person),
        "place" => it.place.is_some(),
        "facility" => it
            .place
            .as_ref()
            .is_some_and(|place| place.value.kind == EntityKind::Place),
        "date" => it.date.is_some(),
        "characteristic" => it
            .victims
            .iter()
            .any(|victim| !victim.value.characteristics.is_empty()),
        "admitted" => it.modality.value == Modality::Admitted,
        "found" => it.modality.value == Modality::Found,
        "involvement" => it
            .perpetrators
            .iter()
            .any(|one| one.value.involvement.is_some()),
        _ => false,
    }
}

/// A way of showing, for people.
pub(super) fn in_words(way: &str, vocabularies: &Vocabularies) -> String {
    let words = match way {
        "record" => "an allegation says so",
        "event" => "a single event is on record",
        "victim" => "victims are described",
        "number" => "victims are counted",
        "perpetrator" => "somebody is named as doing it",
        "state-perpetrator" => "a state or its organ is named as doing it",
        "person-perpetrator" => "a person is named as doing it",
        "place" => "a place is named",
        "facility" => "a place below the state is named",
        "date" => "it is dated",
        "characteristic" => "the group of the victims is named",
        "admitted" => "the accused side admits it",
        "involvement" => "a degree of involvement is stated",
        "found" => "it is reported as found by a body that inquired",
        "finding" => "a finding covers the element",
        "standard" => "a finding states a standard of proof",
        other => {
            let code = other.strip_prefix("type:").unwrap_or(other);
            let label = vocabularies.label("violation", code, "en");
            return format!("there are allegations of “{label}”");
        }
    };
    words.to_owned()
}
