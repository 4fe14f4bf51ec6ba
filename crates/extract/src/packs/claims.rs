//! Allegations: which words of a violation say that it happened, and who did it to whom.
//!
//! Invariant: one for each type, passage and modality; what only names a violation is none.

use super::hits::Hit;
use super::mentions::{Mention, Who};
use super::pack::Table;
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
        (Some((_, modality)), _) => modality,
        (None, Some("denies")) => Modality::Denied,
        (None, Some("concludes")) => Modality::Found,
        _ => Modality::Alleged,
    };
    let voice = match (&judged.fact, violation.voice) {
        (Some((_, voice, _)), Voice::None) => *voice,
        (_, voice) => voice,
    };
    let (victims, perpetrators) = roles(scene, hit, voice, &around);
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
    })
}

fn clause_mentions<'s>(scene: &'s Scene, clause: &Range<usize>) -> Vec<(usize, &'s Mention)> {
    scene.mentions_in(clause).collect()
}

/// Whether a mention ties words to a case: somebody, some place, some state.
fn names_somebody(scene: &Scene, mention: &Mention) -> bool {
    match &mention.who {
        Who::Person(_) => true,
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

/// Whether a mention is of those who hold power: a state, a body, `당국`.
fn holds_power(scene: &Scene, mention: &Mention) -> bool {
    match &mention.who {
        Who::Named(named) => scene
            .pack
            .named
            .get(*named as usize)
            .is_some_and(|it| matches!(it.kind, EntityKind::State | EntityKind::Organisation)),
        Who::Group(group) => scene
            .pack
            .groups
            .get(*group as usize)
            .is_some_and(|it| it.power),
        Who::Person(_) | Who::Titled(_) => false,
    }
}

/// Whether somebody can suffer.
fn can_suffer(scene: &Scene, mention: &Mention) -> bool {
    match &mention.who {
        Who::Person(_) => true,
        Who::Group(group) => scene
            .pack
            .groups
            .get(*group as usize)
            .is_some_and(|it| !it.power && !it.pronoun),
        Who::Named(named) => {
            let kind = scene.pack.named.get(*named as usize).map(|it| it.kind);
            kind == Some(EntityKind::Person)
        }
        Who::Titled(_) => false,
    }
}

type Roles = (Vec<usize>, Vec<usize>);

/// Victims and perpetrators, by numbers of mentions.
fn roles(scene: &Scene, hit: &Hit, voice: Voice, around: &[(usize, &Mention)]) -> Roles {
    let speakers: Vec<&Range<usize>> = scene
        .said_near(hit.at.start)
        .iter()
        .filter_map(|said| said.speaker.as_ref()?.at.as_ref())
        .collect();
    let free: Vec<(usize, &Mention)> = around
        .iter()
        .copied()
        .filter(|(_, it)| !speakers.contains(&&it.at) && !it.is(Part::Source))
        .collect();
    if scene.pack.markers_follow() {
        after(scene, hit, voice, &free)
    } else {
        before(scene, hit, voice, &free)
    }
}

/// Korean and Japanese: particles behind the noun, the verb last.
fn after(scene: &Scene, hit: &Hit, voice: Voice, free: &[(usize, &Mention)]) -> Roles {
    let mut earlier: Vec<(usize, &Mention)> = free
        .iter()
        .copied()
        .filter(|(_, it)| it.at.end <= hit.at.start)
        .collect();
    earlier.reverse();
    let first = |fits: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
        let found = earlier.iter().find(|(_, it)| fits(it));
        found.map(|(number, _)| *number).into_iter().collect()
    };
    // `납치된 일본인`: right behind the verb.
    let behind: Vec<usize> = free
        .iter()
        .filter(|(_, it)| it.at.start >= hit.at.end && can_suffer(scene, it))
        .filter(|(_, it)| leads_to(scene, hit, it))
        .map(|(number, _)| *number)
        .take(1)
        .collect();
    let subject = |it: &Mention| it.is(Part::Subject) || it.is(Part::Topic);
    let suffers = |it: &Mention| can_suffer(scene, it);
    let power = |it: &Mention| holds_power(scene, it);
    // `가족까지 처벌받았다` within the words, `딸의 안부를 모른다` right before them.
    let within = free
        .iter()
        .find(|(_, it)| hit.at.contains(&it.at.start) && it.at.end < hit.at.end && suffers(it));
    let beside = earlier.first().filter(|(_, it)| {
        let gap = scene.page.text[it.whole.end.min(hit.at.start)..hit.at.start].trim();
        suffers(it) && gap.is_empty() && (it.is(Part::Of) || it.is(Part::Object) || it.is_bare())
    });
    let mut victims = behind;
    if victims.is_empty() {
        victims.extend(within.or(beside).map(|(number, _)| *number));
    }
    if victims.is_empty() {
        victims = match voice {
            Voice::Passive => first(&|it| suffers(it) && subject(it)),
            Voice::Active => first(&|it| suffers(it) && (it.is(Part::Object) || it.is(Part::To))),
            Voice::None => Vec::new(),
        };
    }
    if victims.is_empty() {
        let near = |it: &Mention| {
            suffers(it)
                && (it.is(Part::Object) || it.is(Part::Against) || it.is(Part::Of) || it.is_bare())
        };
        victims = first(&near);
    }
    if victims.is_empty() {
        victims = first(&|it| suffers(it) && subject(it));
    }
    let mut perpetrators =
        first(&|it| it.is(Part::Agent) && (power(it) || voice == Voice::Passive));
    if perpetrators.is_empty() && voice != Voice::Passive {
        perpetrators = first(&|it| power(it) && (subject(it) || it.is(Part::Of)));
    }
    if perpetrators.is_empty() {
        perpetrators = first(&|it| power(it) && it.is(Part::Of));
    }
    perpetrators.retain(|number| !victims.contains(number));
    (victims, perpetrators)
}

/// Whether Korean or Japanese words run on into the noun behind them: `납치된 일본인`, not
/// `추방됐고 아버지는`.
fn leads_to(scene: &Scene, hit: &Hit, mention: &Mention) -> bool {
    if !scene.page.text[hit.at.end..mention.at.start]
        .trim()
        .is_empty()
    {
        return false;
    }
    let last = scene.page.text[hit.at.clone()].chars().next_back();
    last.is_some_and(|last| match u32::from(last) {
        // A Korean verb before a noun ends in ㄴ or ㄹ.
        syllable @ 0xac00..=0xd7a3 => matches!((syllable - 0xac00) % 28, 4 | 8),
        _ => true,
    })
}

/// French and Spanish: prepositions before the noun, the verb between.
fn before(scene: &Scene, hit: &Hit, voice: Voice, free: &[(usize, &Mention)]) -> Roles {
    let mut earlier: Vec<(usize, &Mention)> = free
        .iter()
        .copied()
        .filter(|(_, it)| it.at.end <= hit.at.start)
        .collect();
    earlier.reverse();
    let later: Vec<(usize, &Mention)> = free
        .iter()
        .copied()
        .filter(|(_, it)| it.at.start >= hit.at.end)
        .collect();
    let first = |list: &[(usize, &Mention)], fits: &dyn Fn(&Mention) -> bool| -> Vec<usize> {
        let found = list.iter().find(|(_, it)| fits(it));
        found.map(|(number, _)| *number).into_iter().collect()
    };
    let near = |it: &Mention| scene.page.text[hit.at.end..it.at.start].chars().count() <= 40;
    let suffers = |it: &Mention| can_suffer(scene, it);
    let power = |it: &Mention| holds_power(scene, it);
    let mut perpetrators = first(&later, &|it| it.is(Part::Agent) && near(it));
    let mut victims = match voice {
        Voice::Passive => first(&earlier, &|it| suffers(it) && it.is_bare()),
        Voice::Active => first(&later, &|it| {
            suffers(it) && (it.is_bare() || it.is(Part::To)) && near(it)
        }),
        Voice::None => first(&later, &|it| {
            suffers(it) && (it.is(Part::Of) || it.is(Part::Against) || it.is(Part::To)) && near(it)
        }),
    };
    if victims.is_empty() && voice != Voice::Active {
        victims = first(&earlier, &|it| suffers(it) && it.is_bare());
    }
    if victims.is_empty() {
        victims = first(&later, &|it| suffers(it) && near(it));
    }
    if perpetrators.is_empty() && voice != Voice::Passive {
        perpetrators = first(&earlier, &|it| power(it) && it.is_bare());
    }
    if perpetrators.is_empty() {
        perpetrators = first(&later, &|it| power(it) && it.is(Part::Agent));
    }
    perpetrators.retain(|number| !victims.contains(number));
    (victims, perpetrators)
}
