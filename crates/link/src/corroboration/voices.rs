//! Who speaks in an allegation: the innermost source that its words name, or the document itself.
//!
//! Invariant: a voice is read off one allegation, its document and the gazetteers; which voices are
//! one is decided in `origins`.

use super::result::OriginKind;
use super::settings::{KindOfSource, Settings};
use crate::Document;
use crate::incidents::{Identities, folded};
use model::{Allegation, Attribution, EntityKind, Modality, ProposedBy, Record, SourceId};
use std::collections::HashMap;

/// The source of what one allegation says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Voice {
    pub kind: OriginKind,
    pub name: String,
    pub directness: KindOfSource,
    /// The document is its own.
    pub at_hand: bool,
    /// Why it is this voice, for people.
    pub because: String,
}

/// Reads voices.
pub(crate) struct Voices<'a> {
    pub identities: &'a Identities,
    pub settings: &'a Settings,
    documents: HashMap<SourceId, &'a Document>,
}

impl<'a> Voices<'a> {
    pub(crate) fn new(
        identities: &'a Identities,
        settings: &'a Settings,
        documents: &'a [Document],
    ) -> Self {
        Self {
            identities,
            settings,
            documents: documents
                .iter()
                .map(|document| (document.id, document))
                .collect(),
        }
    }

    pub(crate) fn document(&self, source: SourceId) -> Option<&'a Document> {
        self.documents.get(&source).copied()
    }

    /// The voice of an allegation whose words stand first in `first`, which may be an earlier
    /// document than its own.
    pub(crate) fn of(
        &self,
        record: &Record,
        allegation: &Allegation,
        first: Option<SourceId>,
    ) -> Voice {
        match allegation.attribution.last() {
            Some(innermost) => self.attributed(record, allegation, &innermost.value, first),
            None => self.own(record, allegation, first),
        }
    }

    fn attributed(
        &self,
        record: &Record,
        allegation: &Allegation,
        attribution: &Attribution,
        first: Option<SourceId>,
    ) -> Voice {
        let Some(speaker) = &attribution.speaker else {
            return Voice {
                kind: OriginKind::Unnamed,
                name: "unnamed reports".to_owned(),
                directness: KindOfSource::Derived,
                at_hand: false,
                because: format!(
                    "it rests on “{}”, which names nobody",
                    attribution.words.trim()
                ),
            };
        };
        let genre = first
            .and_then(|source| self.document(source))
            .and_then(|d| d.genre.as_deref());
        // No word of saying: the whole document is what this speaker said.
        let is_own = attribution.words.trim().is_empty() && allegation.attribution.len() == 1;
        let identity = self.identities.of(record.source, speaker);
        let suffered = allegation
            .victims
            .iter()
            .any(|victim| self.identities.of(record.source, &victim.value.who) == identity);
        let was_there = suffered
            || speaker.kind == EntityKind::Person
                && self.settings.is_witness(&folded(&attribution.words))
            || is_own && self.settings.of_genre(genre) == KindOfSource::FirstHand;
        let (identity, because) = self.for_whom(identity, is_own, first);
        let directness = match allegation.modality.value {
            _ if was_there => KindOfSource::FirstHand,
            Modality::Found | Modality::Admitted => KindOfSource::Official,
            _ if is_office(&identity) => KindOfSource::Official,
            _ if is_own => self.settings.of_genre(genre),
            _ => KindOfSource::Derived,
        };
        let name = self.identities.label(&identity);
        Voice {
            because: because.unwrap_or_else(|| format!("it is what {name} says")),
            kind: OriginKind::Named(identity),
            name,
            directness,
            at_hand: is_own,
        }
    }

    /// The State that a speaker speaks for, and why; else the speaker.
    fn for_whom(
        &self,
        identity: String,
        is_own: bool,
        first: Option<SourceId>,
    ) -> (String, Option<String>) {
        if !self.settings.one_state() {
            return (identity, None);
        }
        let name = self.identities.label(&identity);
        let mut bodies = self.identities.bodies_of(&identity);
        let of_role = bodies
            .find_map(|body| self.identities.state_of(body))
            .map(str::to_owned);
        let itself = self.identities.state_of(&identity).map(str::to_owned);
        if let Some(state) = itself.or(of_role) {
            let because = (state != identity).then(|| {
                let state = self.identities.label(&state);
                format!("{name} speaks for {state}, whose organs count once")
            });
            return (state, because);
        }
        let publisher = first.and_then(|source| self.publisher(source));
        if let Some(publisher) = publisher
            && is_own
            && let Some(state) = self.identities.state_of(&publisher)
        {
            let because = format!(
                "{name} speaks in a document of {}, and the organs of {} count once",
                self.identities.label(&publisher),
                self.identities.label(state)
            );
            return (state.to_owned(), Some(because));
        }
        (identity, None)
    }

    fn publisher(&self, source: SourceId) -> Option<String> {
        let publisher = self.document(source)?.publisher.as_deref()?;
        Some(self.identities.of_name(Some(source), publisher))
    }

    fn own(&self, record: &Record, allegation: &Allegation, first: Option<SourceId>) -> Voice {
        let Some(first) = first else {
            return written(record);
        };
        let document = self.document(first);
        let genre = document.and_then(|document| document.genre.as_deref());
        let mut directness = self.settings.of_genre(genre);
        let mut victims = allegation.victims.iter();
        if victims.any(|victim| {
            self.settings
                .is_first_person(&folded(&victim.value.who.name))
        }) {
            directness = KindOfSource::FirstHand;
        } else if allegation.modality.value == Modality::Found {
            directness = KindOfSource::Official;
        }
        if let Some(publisher) = self.publisher(first)
            && self.settings.is_publishers_voice(genre)
        {
            return self.published(publisher, directness);
        }
        let title = document.and_then(|document| document.title.clone());
        let name = title.map_or_else(|| first.to_string(), |title| format!("“{title}”"));
        Voice {
            because: "it is told in the document's own voice".to_owned(),
            kind: OriginKind::Document(first),
            name,
            directness,
            at_hand: true,
        }
    }

    fn published(&self, publisher: String, directness: KindOfSource) -> Voice {
        let name = self.identities.label(&publisher);
        let (identity, because) = self.for_whom(publisher, false, None);
        let directness = if is_office(&identity) {
            directness.min(KindOfSource::Official)
        } else {
            directness
        };
        Voice {
            because: because.unwrap_or_else(|| {
                format!("{name} says it in its own voice, which counts once in all its documents")
            }),
            name: self.identities.label(&identity),
            kind: OriginKind::Named(identity),
            directness,
            at_hand: true,
        }
    }
}

/// A record that a person wrote without a source.
fn written(record: &Record) -> Voice {
    let name = match &record.proposed_by {
        ProposedBy::Person(name) => name.clone(),
        ProposedBy::Extractor { extractor, .. } => extractor.clone(),
    };
    Voice {
        because: format!("{name} entered it without a source"),
        kind: OriginKind::Person(name.clone()),
        name,
        directness: KindOfSource::Derived,
        at_hand: false,
    }
}

/// Whether an identity is a State or a body of the gazetteers: an office that speaks as such.
fn is_office(identity: &str) -> bool {
    identity.starts_with("state:") || identity.starts_with("body:")
}
