//! Where the accounts of one incident disagree: whether, when, where, how many, by whom.
//!
//! Invariant: every side is shown with the words that carry it; none is preferred.

use super::compare::Comparer;
use super::facts::{Facts, modality};
use super::identity::{Standing, labels};
use super::incident::{Account, Cite, Contradiction, Disputed, Level};
use super::words::number;
use model::{Cited, Modality};
use std::collections::BTreeMap;

/// Sides of one contradiction that are shown.
const MOST_SIDES: usize = 16;

/// Members that differ in what they say of one field, by what they say.
type Sides<'f, 'r> = BTreeMap<String, Vec<&'f Facts<'r>>>;

/// The contradictions among the members of an incident. General claims contradict each other only
/// in whether it happens at all: their dates, places and numbers may all hold.
pub(crate) fn of(members: &[&Facts], level: Level, comparer: Comparer) -> Vec<Contradiction> {
    let mut found = Vec::new();
    found.extend(whether(members));
    if level == Level::Event {
        found.extend(when(members));
        found.extend(place(members, comparer));
        found.extend(how_many(members));
        found.extend(by_whom(members, comparer));
    }
    found
}

fn whether(members: &[&Facts]) -> Option<Contradiction> {
    let side = |facts: &Facts| match modality(facts) {
        Modality::Denied => Some("It is denied"),
        Modality::Alleged | Modality::Found | Modality::Admitted => {
            Some("It is said to have happened")
        }
        Modality::Feared => None,
    };
    let mut sides = Sides::new();
    for facts in members {
        if let Some(side) = side(facts) {
            sides.entry(side.to_owned()).or_default().push(facts);
        }
    }
    disagreement(Disputed::Whether, sides, |facts| {
        facts.allegation.modality.quotes.clone()
    })
}

fn when(members: &[&Facts]) -> Option<Contradiction> {
    let mut sides = Sides::new();
    for facts in members.iter().filter(|facts| facts.strong_days().is_some()) {
        let date = facts.allegation.date.as_ref()?;
        sides
            .entry(date.value.date.to_string())
            .or_default()
            .push(facts);
    }
    let excludes = |one: &Facts, other: &Facts| match (one.strong_days(), other.strong_days()) {
        (Some(days), Some(second)) => days.gap(&second) > 0,
        _ => false,
    };
    excluding(&mut sides, excludes);
    disagreement(Disputed::When, sides, |facts| {
        quotes(facts.allegation.date.as_ref())
    })
}

fn place(members: &[&Facts], comparer: Comparer) -> Option<Contradiction> {
    let name = |facts: &Facts| facts.site.map(|site| comparer.texts.text(site));
    let mut sides = Sides::new();
    for facts in members {
        if let Some(site) = name(facts) {
            let label = comparer.identities.label(site);
            sides.entry(label).or_default().push(facts);
        }
    }
    let excludes = |one: &Facts, other: &Facts| match (name(one), name(other)) {
        (Some(one), Some(other)) => comparer.identities.standing(one, other) == Standing::Apart,
        _ => false,
    };
    excluding(&mut sides, excludes);
    disagreement(Disputed::Where, sides, |facts| {
        quotes(facts.allegation.place.as_ref())
    })
}

fn how_many(members: &[&Facts]) -> Option<Contradiction> {
    let mut sides = Sides::new();
    for facts in members.iter().filter(|facts| facts.number.is_some()) {
        sides.entry(number(facts)).or_default().push(facts);
    }
    let excludes = |one: &Facts, other: &Facts| match (one.number, other.number) {
        (Some(one), Some(other)) => one.0.max(other.0) > one.1.min(other.1),
        _ => false,
    };
    excluding(&mut sides, excludes);
    disagreement(Disputed::HowMany, sides, |facts| {
        quotes(facts.allegation.victims.first())
    })
}

fn by_whom(members: &[&Facts], comparer: Comparer) -> Option<Contradiction> {
    let mut sides = Sides::new();
    for facts in members.iter().filter(|facts| !facts.actors.is_empty()) {
        let actors = facts.actors.iter().map(|id| comparer.texts.text(*id));
        sides
            .entry(labels(comparer.identities, actors))
            .or_default()
            .push(facts);
    }
    excluding(&mut sides, |one, other| comparer.accuse_others(one, other));
    disagreement(Disputed::ByWhom, sides, |facts| {
        quotes(facts.allegation.perpetrators.first())
    })
}

/// Leaves only the sides that some other side excludes.
fn excluding(sides: &mut Sides, excludes: impl Fn(&Facts, &Facts) -> bool) {
    let firsts: Vec<&Facts> = sides
        .values()
        .take(MOST_SIDES)
        .map(|side| side[0])
        .collect();
    let mut kept = 0;
    sides.retain(|_, side| {
        let keeps = kept < MOST_SIDES && firsts.iter().any(|first| excludes(side[0], first));
        kept += usize::from(keeps);
        keeps
    });
}

fn quotes<T>(cited: Option<&Cited<T>>) -> Vec<u16> {
    cited.map_or_else(Vec::new, |cited| cited.quotes.clone())
}

fn disagreement(
    about: Disputed,
    sides: Sides,
    quotes: impl Fn(&Facts) -> Vec<u16>,
) -> Option<Contradiction> {
    if sides.len() < 2 {
        return None;
    }
    let cite = |facts: &&Facts| Cite::of_value(facts.record, &quotes(facts));
    let accounts: Vec<Account> = sides
        .into_iter()
        .map(|(says, members)| Account {
            cites: members.iter().map(cite).collect(),
            says,
        })
        .collect();
    let told: Vec<String> = accounts
        .iter()
        .map(|account| format!("“{}” ({})", account.says, allegations(account.cites.len())))
        .collect();
    Some(Contradiction {
        about,
        text: format!(
            "Accounts differ on {}: {}",
            about.words(),
            told.join(" against ")
        ),
        accounts,
    })
}

fn allegations(count: usize) -> String {
    if count == 1 {
        return "1 allegation".to_owned();
    }
    format!("{count} allegations")
}
