//! Events on record that tell of the same happening as an incident, and who took part.
//!
//! Invariant: an event record never makes an incident and never joins two; it is shown beside one
//! when type, time and place fit.

use super::days::Days;
use super::facts::Facts;
use super::identity::Identities;
use super::incident::{Cite, Happening, Incident, Level, Named, Reason};
use super::rules::Rules;
use model::{Event, Record, RecordBody, RecordId};
use std::collections::{BTreeMap, HashMap};

/// Events that one incident shows.
const MOST: usize = 8;

/// An event that may be the same happening as an incident.
struct Told<'r> {
    record: &'r Record,
    event: &'r Event,
    days: Option<Days>,
    states: Vec<String>,
}

/// Events by their type and year, so that one incident looks at few.
type ByYear<'r> = BTreeMap<(&'r str, i32), Vec<Told<'r>>>;

/// Adds to each incident the events that tell of it.
pub(crate) fn add(
    incidents: &mut [Incident],
    sorted: &[&Record],
    identities: &Identities,
    rules: &Rules,
    facts: &[Facts],
) {
    let facts: HashMap<RecordId, &Facts> = facts.iter().map(|facts| (facts.id(), facts)).collect();
    let mut events = ByYear::new();
    for told in sorted
        .iter()
        .filter_map(|record| told(record, identities, rules))
    {
        let Some(days) = told.days else { continue };
        let code = told.event.event.value.as_str();
        let year = Days::year_number(days.first);
        events.entry((code, year)).or_default().push(told);
    }
    for incident in incidents {
        if incident.level == Level::Event {
            let records = incident.records();
            let members = records
                .iter()
                .filter_map(|record| facts.get(record).copied());
            let found = of_incident(incident, members, &events, rules);
            show(incident, &found, identities);
        }
    }
}

/// The events that tell of an incident, each with a member that it fits.
fn of_incident<'e, 'f, 'r>(
    incident: &Incident,
    members: impl Iterator<Item = &'f Facts<'r>> + Clone,
    events: &'e ByYear<'e>,
    rules: &'e Rules,
) -> Vec<(RecordId, &'e Told<'e>, &'f Facts<'r>)> {
    let types = || incident.types.iter().map(|(code, _)| code.as_str());
    let kinds = rules.happening.iter();
    let kinds = kinds.filter(|kind| types().any(|code| kind.codes.contains(code)));
    let mut found = Vec::new();
    for kind in kinds {
        for member in members.clone() {
            let Some(days) = member.days else { continue };
            let year = Days::year_number(days.first);
            for year in year - 1..=year + 1 {
                let told = events.get(&(kind.event.as_str(), year));
                let same = told.into_iter().flatten();
                let same = same.filter(|told| is_same(told, member, days));
                found.extend(same.map(|told| (told.record.id, told, member)));
            }
        }
    }
    found.sort_by_key(|(id, _, member)| (*id, member.id()));
    found.dedup_by_key(|(id, _, _)| *id);
    found.truncate(MOST);
    found
}

fn told<'r>(record: &'r Record, identities: &Identities, rules: &Rules) -> Option<Told<'r>> {
    let RecordBody::Event(event) = &record.body else {
        return None;
    };
    let code = event.event.value.as_str();
    if !rules
        .happening
        .iter()
        .any(|happening| happening.event == code)
    {
        return None;
    }
    let place = event.place.as_ref().map(|place| &place.value);
    let parties = event
        .participants
        .iter()
        .map(|participant| &participant.value.who);
    let ids = place
        .into_iter()
        .chain(parties)
        .map(|who| identities.of(record.source, who));
    let states = ids
        .filter_map(|id| identities.state_of(&id).map(str::to_owned))
        .collect();
    let date = event.date.as_ref();
    Some(Told {
        record,
        event,
        days: date.and_then(|date| Days::of(&date.value.date, &rules.slack)),
        states,
    })
}

/// Whether an event is dated to the same days and, in another document, placed in the same state.
fn is_same(told: &Told, member: &Facts, days: Days) -> bool {
    let near = told
        .days
        .is_some_and(|told| told.gap(&days) == 0 && told.width() <= 62);
    near && told.record.source == member.record.source && told.record.source.is_some()
        || near
            && !told.states.is_empty()
            && told.states.iter().any(|state| is_about(member, state))
}

fn is_about(member: &Facts, state: &str) -> bool {
    let named = member.allegation.place.iter().map(|place| &place.value);
    let actors = member
        .allegation
        .perpetrators
        .iter()
        .map(|actor| &actor.value.who);
    named
        .chain(actors)
        .any(|who| who.key.as_deref() == Some(state))
}

fn show(incident: &mut Incident, found: &[(RecordId, &Told, &Facts)], identities: &Identities) {
    let mut participants: BTreeMap<String, Named> = BTreeMap::new();
    for (id, told, member) in found {
        incident.happenings.push(Happening {
            record: *id,
            reason: Reason {
                text:
                    "An event of a fitting type, dated to the same days, in the same document or \
                       the same state"
                        .to_owned(),
                cites: vec![Cite::of(told.record), Cite::of(member.record)],
            },
        });
        for participant in &told.event.participants {
            let identity = identities.of(told.record.source, &participant.value.who);
            let named = participants
                .entry(identity.clone())
                .or_insert_with(|| Named {
                    name: identities.label(&identity),
                    identity,
                    records: Vec::new(),
                });
            if named.records.last() != Some(id) {
                named.records.push(*id);
            }
        }
    }
    incident.participants = participants.into_values().collect();
}
