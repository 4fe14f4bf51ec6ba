//! What joined or separated two allegations, in words.
//!
//! Invariant: every sentence can be read by someone who knows neither the program nor its points.

use super::compare::{Forbids, Found, Likeness};
use super::facts::{Facts, TextId, Texts};
use super::identity::Identities;
use super::types::Types;
use crate::incidents::rules::Rules;

/// Writes sentences about facts.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    pub rules: &'a Rules,
    pub types: &'a Types,
    pub identities: &'a Identities,
    pub texts: &'a Texts,
}

impl Writer<'_> {
    fn label(&self, id: TextId) -> String {
        self.identities.label(self.texts.text(id))
    }

    /// The type of violation of an allegation.
    pub(crate) fn type_of(&self, facts: &Facts) -> String {
        self.types.label(self.texts.text(facts.code)).to_owned()
    }

    /// Why two allegations are taken for one act.
    pub(crate) fn likeness(&self, one: &Facts, other: &Facts, like: &Likeness) -> String {
        let found = like.found.iter();
        let clauses: Vec<String> = found.map(|found| self.found(one, other, *found)).collect();
        format!(
            "{} ({} points; {} are needed)",
            clauses.join("; "),
            like.points,
            self.rules.join
        )
    }

    fn found(&self, one: &Facts, other: &Facts, found: Found) -> String {
        match found {
            Found::SameType => format!("both tell of {}", self.type_of(one)),
            Found::NarrowerType | Found::ActOfSeveralNames => {
                let (code, second) = (self.type_of(one), self.type_of(other));
                format!("{code} and {second} can be one act")
            }
            Found::NamedPerson(person) => format!("both name {}", self.label(person)),
            Found::SameNumber(least, most) if least == most => {
                format!("both say {least} people")
            }
            Found::SameNumber(least, most) => format!("both say {least} to {most} people"),
            Found::CompatibleNumber => "their numbers of victims do not exclude each other".into(),
            Found::DifferentNumber => format!(
                "their numbers of victims differ ({} and {}), which is kept as a contradiction",
                number(one),
                number(other)
            ),
            Found::PersonAndGroup => "one names a person, the other a group of several".into(),
            Found::SameGroup(group) => format!("both speak of “{}”", self.group(group)),
            Found::Time(_) => {
                format!(
                    "their dates, {} and {}, can be the same",
                    date(one),
                    date(other)
                )
            }
            Found::ToldTogether => {
                "one of them is not dated, and their documents are of about the same time".into()
            }
            Found::OtherTime(days) => format!(
                "their dates, {} and {}, are {days} days apart, which is kept as a contradiction",
                date(one),
                date(other)
            ),
            Found::SameSite(site) => format!("both name {}", self.label(site)),
            Found::SiteWithin(site, second) => {
                format!(
                    "{} and {} lie one in the other",
                    self.label(site),
                    self.label(second)
                )
            }
            Found::SameState(state, false) => format!("both are about {}", self.label(state)),
            Found::SameState(state, true) => {
                format!(
                    "both are about {}, one of them by its document's title",
                    self.label(state)
                )
            }
            Found::OtherSite(site, second) => format!(
                "their places, {} and {}, differ, which is kept as a contradiction",
                self.label(site),
                self.label(second)
            ),
            Found::SameActor(actor) => format!("both accuse {}", self.label(actor)),
            Found::DifferentActor => {
                "they accuse different perpetrators, which is kept as a contradiction".into()
            }
            Found::Words(share) => format!(
                "{} of the telling words of the shorter text stand in the other",
                share_in_words(share)
            ),
        }
    }

    /// Why two alike allegations are kept apart.
    pub(crate) fn forbids(&self, one: &Facts, other: &Facts, forbids: Forbids) -> String {
        match forbids {
            Forbids::Type => format!(
                "{} and {} are not one act",
                self.type_of(one),
                self.type_of(other)
            ),
            Forbids::Persons => format!(
                "they name different people: {} and {}",
                self.names(&one.named),
                self.names(&other.named)
            ),
            Forbids::Numbers => format!(
                "their numbers of victims, {} and {}, are too far apart",
                number(one),
                number(other)
            ),
            Forbids::Days(days) => format!(
                "their dates, {} and {}, are {days} days apart",
                date(one),
                date(other)
            ),
            Forbids::Sites => format!(
                "their places differ: {} and {}",
                self.names(one.site.as_slice()),
                self.names(other.site.as_slice())
            ),
            Forbids::States => format!(
                "they are about different states: {} and {}",
                self.names(one.state.as_slice()),
                self.names(other.state.as_slice())
            ),
        }
    }

    fn names(&self, ids: &[TextId]) -> String {
        super::identity::labels(self.identities, ids.iter().map(|id| self.texts.text(*id)))
    }

    fn group(&self, group: TextId) -> String {
        self.texts
            .text(group)
            .trim_start_matches('@')
            .replace('-', " ")
    }

    /// Why general claims stand together.
    pub(crate) fn general(&self, facts: &Facts) -> String {
        let code = self.type_of(facts);
        match (facts.state, facts.state_by_title) {
            (Some(state), false) => {
                format!(
                    "a general claim of {code} about {}, like the others",
                    self.label(state)
                )
            }
            (Some(state), true) => format!(
                "a general claim of {code}; that it is about {} follows from its document's title \
                 alone",
                self.label(state)
            ),
            (None, _) => {
                format!("a general claim of {code} in the same document; it is not said where")
            }
        }
    }
}

fn date(facts: &Facts) -> String {
    let date = facts.allegation.date.as_ref();
    date.map_or_else(String::new, |date| date.value.date.to_string())
}

pub(crate) fn number(facts: &Facts) -> String {
    match facts.number {
        None => "not stated".into(),
        Some((least, most)) if least == most => least.to_string(),
        Some((least, most)) => format!("{least} to {most}"),
    }
}

fn share_in_words(thousandths: u32) -> String {
    format!("{} %", thousandths / 10)
}
