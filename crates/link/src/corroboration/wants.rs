//! What would make an incident better supported, read off what supports it now.
//!
//! Invariant: nothing is asked for that is there; each want follows from what the page beside it
//! shows.

use super::result::{Corroboration, OriginKind};
use super::settings::KindOfSource;
use crate::incidents::Incident;

/// Something that is missing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Want {
    /// Nobody says that it happened: it is only feared or denied.
    Report,
    /// Everything goes back to one origin: a second that is independent of it.
    SecondOrigin,
    /// Nobody who lived through it or saw it.
    FirstHand,
    /// The own words of these origins, which are known only through those who quote them.
    OwnWords(Vec<String>),
    /// Who the sources without a name are.
    NamedSources,
    /// An assessment of how reliable so many origins are.
    Reliability(usize),
    /// A decision between accounts that cannot all be true.
    Settled(usize),
    /// When it happened.
    Date,
    /// Where it happened.
    Place,
    /// Who suffered, by name.
    Victims,
}

impl Want {
    /// What an incident lacks, what weighs most first.
    #[must_use]
    pub fn of(incident: &Incident, support: &Corroboration) -> Vec<Self> {
        let origins = &support.origins;
        let mut wants = Vec::new();
        match origins.len() {
            0 => wants.push(Self::Report),
            1 => wants.push(Self::SecondOrigin),
            _ => {}
        }
        let first_hand = |directness| directness == KindOfSource::FirstHand;
        if !origins.iter().any(|origin| first_hand(origin.directness)) {
            wants.push(Self::FirstHand);
        }
        let unheard = origins
            .iter()
            .filter(|origin| matches!(origin.kind, OriginKind::Named(_)) && !origin.at_hand);
        let unheard: Vec<String> = unheard.map(|origin| origin.name.clone()).collect();
        if !unheard.is_empty() {
            wants.push(Self::OwnWords(unheard));
        }
        if origins.iter().any(|one| one.kind == OriginKind::Unnamed) {
            wants.push(Self::NamedSources);
        }
        let unassessed = origins.iter().filter(|one| one.reliability.is_none());
        match unassessed.count() {
            0 => {}
            number => wants.push(Self::Reliability(number)),
        }
        match incident.contradictions.len() {
            0 => {}
            number => wants.push(Self::Settled(number)),
        }
        if incident.time.as_ref().is_none_or(|time| time.of_telling) {
            wants.push(Self::Date);
        }
        if incident.places.is_empty() {
            wants.push(Self::Place);
        }
        if incident.victims.named.is_empty() {
            wants.push(Self::Victims);
        }
        wants
    }
}
