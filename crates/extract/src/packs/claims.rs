//! Allegations: which words of a violation say that it happened, and who did it to whom.
//!
//! Invariant: one for each type, passage and modality; what only names a violation is none.

use super::hits::Hit;
use super::mentions::{Mention, Who};
use super::pack::Table;
use super::roles::{elsewhere, holds_power, roles};
use super::scene::Scene;
use super::schema::{Effect, Part, Side, TermKind, Voice};
use super::told::worded;
use model::{EntityKind, Modality};
use std::collections::BTreeSet;
use std::ops::Range;

/// An allegation in a page.
#[derive(Debug)]
pub(super) struct Claim {
    pub violation: u32,
    pub at: Range<usize>,
    /// The shortest stretch that carries it.
    pub quote: Range<usize>,
    pub modality: Modality,
    /// Numbers of mentions.
    pub victims: Vec<usize>,
    pub perpetrators: Vec<usize>,
    pub place: Option<usize>,
    /// Whether nothing but nearness tells who suffered.
    pub inferred: bool,
}

/// How far a context reaches, in characters.
fn reach(effect: Effect) -> usize {
    match effect {
        Effect::Topic => 14,
        Effect::Fact | Effect::Deprived => 26,
        Effect::Feared | Effect::Denied | Effect::Admitted => 40,
        Effect::Found => 90,
    }
}

/// The allegations of a page.
pub(super) fn find(scene: &Scene) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    let mut seen: BTreeSet<(String, Modality)> = BTreeSet::new();
    for (hit, beside) in worded(scene) {
        if scene.hits.covers(Table::Mask, &hit.at) {
            continue;
        }
        let Some(claim) = claim(scene, hit, beside.as_ref()) else {
            continue;
        };
        let code = scene.pack.violations[hit.entry as usize].code.clone();
        if seen.insert((code, claim.modality)) {
            found.push(claim);
        }
    }
    found
}

/// What the contexts around some words make of them.
#[derive(Default)]
struct Judged {
    /// By distance.
    topic: Option<usize>,
    fact: Option<(usize, Voice, Range<usize>)>,
    modality: Option<(usize, Modality)>,
    deprived: bool,
}

fn judged(scene: &Scene, hit: &Hit, clause: &Range<usize>) -> Judged {
    let mut judged = Judged::default();
    for context in scene.hits.within(Table::Context, clause) {
        let entry = &scene.pack.contexts[context.entry as usize];
        let between = match entry.side {
            Side::After if context.at.start >= hit.at.end => hit.at.end..context.at.start,
            // What is joined to an open word: `구금당한`.
            Side::After if context.at.start > hit.at.start && context.at.end > hit.at.end => {
                hit.at.end..hit.at.end
            }
            Side::Before if context.at.end <= hit.at.start => context.at.end..hit.at.start,
            _ => continue,
        };
        let distance = scene.page.text[between].chars().count();
        if distance > entry.reach.map_or_else(|| reach(entry.effect), usize::from) {
            continue;
        }
        let modality = match entry.effect {
            Effect::Topic => {
                judged.topic = Some(judged.topic.map_or(distance, |it| it.min(distance)));
                continue;
            }
            Effect::Fact | Effect::Deprived => {
                judged.deprived |= entry.effect == Effect::Deprived;
                if judged.fact.as_ref().is_none_or(|(it, ..)| distance < *it) {
                    judged.fact = Some((distance, entry.voice, context.at.clone()));
                }
                continue;
            }
            Effect::Feared => Modality::Feared,
            Effect::Denied => Modality::Denied,
            Effect::Found => Modality::Found,
            Effect::Admitted => Modality::Admitted,
        };
        if judged.modality.is_none_or(|(it, _)| distance < it) {
            judged.modality = Some((distance, modality));
        }
    }
    judged
}

fn claim(scene: &Scene, hit: &Hit, beside: Option<&Range<usize>>) -> Option<Claim> {
    let violation = &scene.pack.violations[hit.entry as usize];
    let clause = scene.page.clause(hit.at.start);
    let judged = judged(scene, hit, &clause);
    let said = scene.said_at(hit.at.start);
    let act = said
        .and_then(|said| said.speech)
        .map(|speech| scene.pack.speeches[speech as usize].act.as_str());
    let fact = judged.fact.as_ref().map(|(distance, ..)| *distance);
    let nearest = [fact, judged.modality.map(|(it, _)| it)];
    let nearest = nearest.into_iter().flatten().min();
    if judged
        .topic
        .is_some_and(|topic| nearest.is_none_or(|other| topic <= other))
    {
        return None;
    }
    let around = clause_mentions(scene, &clause);
    let named = around.iter().any(|(_, it)| names_somebody(scene, it));
    let holds = match violation.kind {
        TermKind::Clause => true,
        TermKind::Act => nearest.is_some() || named || matches!(act, Some("condemns")),
        TermKind::Right => judged.deprived,
        TermKind::Quality => {
            let near = scene.hits.within(Table::Violation, &clause).len() > 1;
            let low = &scene.page.low[clause.clone()];
            near || scene
                .pack
                .class("abuse")
                .iter()
                .any(|it| low.contains(it.as_str()))
        }
    };
    if !holds {
        return None;
    }
    let modality = match (judged.modality, act) {
        // `법원은 … 사실을 인정하고`: what a court admits to be so it has found.
        (Some((_, Modality::Admitted)), _) if found_by(scene, hit) => Modality::Found,
        (Some((_, modality)), _) => modality,
        (None, Some("denies")) => Modality::Denied,
        (None, Some("concludes")) => Modality::Found,
        _ => Modality::Alleged,
    };
    let voice = match (&judged.fact, violation.voice) {
        (Some((_, voice, _)), Voice::None) => *voice,
        (_, voice) => voice,
    };
    let (mut victims, mut perpetrators) = roles(scene, hit, voice, &around);
    if modality == Modality::Admitted && perpetrators.is_empty() {
        perpetrators.extend(who_admits(scene, hit, &around));
    }
    let told = !victims.is_empty();
    if !told {
        victims.extend(elsewhere(scene, hit, &around, &perpetrators));
    }
    let inferred = !told && !victims.is_empty();
    let place = around
        .iter()
        .find(|(_, it)| it.is(Part::Place) && is_place(scene, it))
        .map(|(number, _)| *number);
    let mut quote = hit.at.clone();
    if let Some(at) = beside {
        quote.start = quote.start.min(at.start);
        quote.end = quote.end.max(at.end);
    }
    if let Some((_, _, at)) = &judged.fact {
        quote.start = quote.start.min(at.start);
        quote.end = quote.end.max(at.end);
    }
    for &number in victims.iter().chain(&perpetrators) {
        let at = &scene.mentions[number].at;
        if at.end <= quote.start && quote.start - at.end <= 40 {
            quote.start = at.start;
        } else if at.start >= quote.end && at.start - quote.end <= 24 {
            quote.end = at.end;
        }
    }
    Some(Claim {
        violation: hit.entry,
        at: hit.at.clone(),
        quote,
        modality,
        victims,
        perpetrators,
        place,
        inferred,
    })
}

/// Who admits it, where that is one who holds power: `북한은 납치를 인정했다`.
fn who_admits(scene: &Scene, hit: &Hit, around: &[(usize, &Mention)]) -> Option<usize> {
    let said = scene.said_near(hit.at.start).iter();
    let speakers: Vec<&Range<usize>> = said
        .filter_map(|said| said.speaker.as_ref()?.at.as_ref())
        .collect();
    let admits = |it: &Mention| speakers.contains(&&it.at) && holds_power(scene, it);
    let found = around.iter().find(|(_, it)| admits(it));
    found.map(|(number, _)| *number)
}

/// Whether the nearest who says so is a court, a commission or another whose task is to find out.
fn found_by(scene: &Scene, hit: &Hit) -> bool {
    let speaker = scene.said_at(hit.at.start);
    let Some(speaker) = speaker.and_then(|said| said.speaker.as_ref()) else {
        return false;
    };
    let name = speaker.entity.name.to_lowercase();
    let mut bodies = scene.pack.class("finding-body").iter();
    bodies.any(|it| match scene.pack.markers_follow() {
        true => name.ends_with(it.as_str()),
        false => name.split(' ').any(|word| word == it),
    })
}

fn clause_mentions<'s>(scene: &'s Scene, clause: &Range<usize>) -> Vec<(usize, &'s Mention)> {
    scene.mentions_in(clause).collect()
}

/// Whether a mention ties words to a case: somebody, some place, some state.
fn names_somebody(scene: &Scene, mention: &Mention) -> bool {
    match &mention.who {
        Who::Person(_) | Who::Body { .. } => true,
        Who::Group(group) => {
            let group = scene.pack.groups.get(*group as usize);
            group.is_some_and(|group| !group.pronoun)
        }
        Who::Titled(_) => false,
        Who::Named(named) => {
            let kind = scene.pack.named.get(*named as usize).map(|it| it.kind);
            matches!(
                kind,
                Some(EntityKind::State | EntityKind::Place | EntityKind::Person)
            )
        }
    }
}

fn is_place(scene: &Scene, mention: &Mention) -> bool {
    matches!(&mention.who, Who::Named(named)
        if scene.pack.named.get(*named as usize)
            .is_some_and(|it| matches!(it.kind, EntityKind::State | EntityKind::Place)))
}
