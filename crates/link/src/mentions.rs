//! Every entity that a record names, whatever part it has in it.
//!
//! Invariant: entities come in the order of the record's fields.

use model::{EntityRef, RecordBody};

/// The entities that the fields of a record name, whatever part they have in it.
#[must_use]
pub fn entities(body: &RecordBody) -> Vec<&EntityRef> {
    let mut found = Vec::new();
    match body {
        RecordBody::Allegation(it) => {
            found.extend(it.victims.iter().map(|victim| &victim.value.who));
            found.extend(it.perpetrators.iter().map(|one| &one.value.who));
            found.extend(it.place.iter().map(|place| &place.value));
            let speakers = it.attribution.iter();
            found.extend(speakers.filter_map(|link| link.value.speaker.as_ref()));
        }
        RecordBody::Statement(it) => {
            found.extend(it.speaker.iter().map(|speaker| &speaker.value));
            found.extend(it.about.iter().map(|about| &about.value));
        }
        RecordBody::Call(it) => {
            found.extend(it.caller.iter().map(|caller| &caller.value));
            found.extend(it.addressees.iter().map(|addressee| &addressee.value));
            found.extend(it.basis.iter().map(|basis| &basis.value));
        }
        RecordBody::Response(it) => found.push(&it.by.value),
        RecordBody::Commitment(it) => found.extend(it.by.iter().map(|by| &by.value)),
        RecordBody::Event(it) => {
            found.extend(it.place.iter().map(|place| &place.value));
            found.extend(it.participants.iter().map(|one| &one.value.who));
            found.extend(it.instrument.iter().map(|instrument| &instrument.value));
        }
        RecordBody::Figure(it) => found.extend(it.said_by.iter().map(|by| &by.value)),
        RecordBody::Case(it) => {
            found.push(&it.subject.value);
            found.extend(it.last_seen_at.iter().map(|place| &place.value));
            found.extend(it.authorities.iter().map(|authority| &authority.value));
        }
        RecordBody::Link(it) => found.extend([&it.from.value, &it.to.value]),
        _ => {}
    }
    // A document that speaks for itself is no entity that two records could share.
    found.retain(|entity| !entity.is_own_voice());
    found
}
