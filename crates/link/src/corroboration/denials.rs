//! Who says that it did not happen, and whether they are accused themselves.
//!
//! Invariant: a denial by the accused is always shown and never counts as evidence against.

use super::result::Denial;
use super::settings::Settings;
use crate::incidents::{Cite, Identities};
use model::{Allegation, EntityRef, Modality, Record, RecordBody, Status};
use std::collections::{BTreeSet, HashMap};

/// General denials that one assessment shows.
const MOST_GENERAL: usize = 8;

/// Denials that are about no single incident, by who denies.
pub(crate) struct GeneralDenials<'a> {
    by: HashMap<String, Vec<&'a Record>>,
}

impl<'a> GeneralDenials<'a> {
    /// The statements and answers among `records` that deny; `records` ascend by id.
    pub(crate) fn of(records: &[&'a Record], identities: &Identities, settings: &Settings) -> Self {
        let mut by: HashMap<String, Vec<&Record>> = HashMap::new();
        for record in records {
            let speaker: Option<&EntityRef> = match &record.body {
                RecordBody::Statement(said) if settings.act_denies(said.act.value.as_str()) => {
                    said.speaker.as_ref().map(|speaker| &speaker.value)
                }
                // To reject a demand is not to deny a violation: which of the two an answer is,
                // a person says.
                RecordBody::Response(answer)
                    if is_decided(record)
                        && settings.answer_denies(answer.answer.value.as_str()) =>
                {
                    Some(&answer.by.value)
                }
                _ => None,
            };
            if let Some(speaker) = speaker {
                let identity = identities.of(record.source, speaker);
                let whose = speaks_for(&identity, identities);
                by.entry(whose).or_default().push(record);
            }
        }
        Self { by }
    }
}

/// Whether a person accepted the record, as it was or with changes.
fn is_decided(record: &Record) -> bool {
    matches!(record.status, Status::Accepted | Status::Corrected)
}

/// Everybody who is accused by an allegation: its perpetrators, and the States that they belong to
/// or, where nobody is named, the State of the place.
pub(crate) fn accused(
    record: &Record,
    allegation: &Allegation,
    identities: &Identities,
) -> BTreeSet<String> {
    let actors = allegation.perpetrators.iter().map(|actor| &actor.value.who);
    let place = allegation.place.iter().map(|place| &place.value);
    let mut accused = BTreeSet::new();
    let named: Vec<&EntityRef> = if allegation.perpetrators.is_empty() {
        place.collect()
    } else {
        actors.collect()
    };
    for who in named {
        let identity = identities.of(record.source, who);
        accused.insert(speaks_for(&identity, identities));
        accused.insert(identity);
    }
    accused
}

/// The State that an identity belongs to or speaks for; else itself.
fn speaks_for(identity: &str, identities: &Identities) -> String {
    let mut bodies = identities.bodies_of(identity);
    let state = identities
        .state_of(identity)
        .or_else(|| bodies.find_map(|body| identities.state_of(body)));
    state.unwrap_or(identity).to_owned()
}

/// The denials of an incident: by members that deny it, by what the authorities are said to hold,
/// and by general denials of those who are accused.
pub(crate) fn of(
    members: &[(&Record, &Allegation)],
    general: &GeneralDenials,
    identities: &Identities,
    settings: &Settings,
) -> Vec<Denial> {
    let mut accused_here = BTreeSet::new();
    for (record, allegation) in members {
        accused_here.extend(accused(record, allegation, identities));
    }
    let mut denials = Vec::new();
    for (record, allegation) in members {
        if allegation.modality.value == Modality::Denied {
            denials.push(by_member(record, allegation, &accused_here, identities));
        } else if let Some(position) = &allegation.attribution_by_authorities
            && settings.authorities_deny(position.value.as_str())
        {
            denials.push(Denial {
                record: record.id,
                by: "the authorities".to_owned(),
                by_accused: true,
                about_this: true,
                cite: Cite::of_value(record, &position.quotes),
            });
        }
    }
    let mut shown = 0;
    for who in &accused_here {
        for record in general.by.get(who).into_iter().flatten() {
            if shown < MOST_GENERAL {
                shown += 1;
                denials.push(Denial {
                    record: record.id,
                    by: identities.label(who),
                    by_accused: true,
                    about_this: false,
                    cite: Cite::of(record),
                });
            }
        }
    }
    denials
}

fn by_member(
    record: &Record,
    allegation: &Allegation,
    accused: &BTreeSet<String>,
    identities: &Identities,
) -> Denial {
    let speaker = allegation
        .attribution
        .last()
        .and_then(|said| said.value.speaker.as_ref());
    let identity = speaker.map(|speaker| identities.of(record.source, speaker));
    let for_whom = identity
        .as_deref()
        .map(|identity| speaks_for(identity, identities));
    let is_accused = |who: &Option<String>| who.as_ref().is_some_and(|who| accused.contains(who));
    Denial {
        record: record.id,
        by: match &identity {
            Some(identity) => identities.label(identity),
            None => "the document in its own voice".to_owned(),
        },
        by_accused: is_accused(&identity) || is_accused(&for_whom),
        about_this: true,
        cite: Cite::of(record),
    }
}
