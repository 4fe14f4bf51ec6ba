//! Who suffered and who did it: by particle or preposition, voice, and who holds power; else by
//! nearness.
//!
//! Invariant: everybody named stands in the sentence of the words or, where a language leaves a
//! subject out, in the one before; nobody is both.

use super::hits::{Hit, word};
use super::mentions::{Mention, Who};
use super::scene::Scene;
use super::schema::{Part, Voice};
use model::EntityKind;
use std::ops::Range;

/// The most characters between whose act it is and the act.
const OWN: usize = 12;

/// Whether a mention is of those who hold power: a state, a body, `당국`.
pub(super) fn holds_power(scene: &Scene, mention: &Mention) -> bool {
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
        Who::Body { power, .. } => *power,
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
            .is_some_and(|it| !it.power && !it.tells && !it.pronoun),
        Who::Named(named) => {
            let kind = scene.pack.named.get(*named as usize).map(|it| it.kind);
            kind == Some(EntityKind::Person)
        }
        Who::Titled(title) => scene
            .pack
            .titles
            .get(*title as usize)
            .is_some_and(|it| it.suffers),
        Who::Body { .. } => false,
    }
}

/// Whether somebody can do it to others, where grammar says that they do: not who only tells of it.
fn can_do(scene: &Scene, mention: &Mention) -> bool {
    holds_power(scene, mention)
        || match &mention.who {
            Who::Person(_) => true,
            Who::Group(group) => scene
                .pack
                .groups
                .get(*group as usize)
                .is_some_and(|it| !it.tells && !it.pronoun),
            _ => false,
        }
}

type Roles = (Vec<usize>, Vec<usize>);

/// Victims and perpetrators, by numbers of mentions.
pub(super) fn roles(scene: &Scene, hit: &Hit, voice: Voice, around: &[(usize, &Mention)]) -> Roles {
    let speakers: Vec<&Range<usize>> = scene
        .said_near(hit.at.start)
        .iter()
        .filter_map(|said| said.speaker.as_ref()?.at.as_ref())
        .collect();
    if let Some(number) = of_themselves(scene, hit, &speakers, around) {
        let agents = around
            .iter()
            .find(|(_, it)| it.is(Part::Agent) && it.at.start >= hit.at.end.saturating_sub(OWN));
        return (
            vec![number],
            agents.map(|(it, _)| *it).into_iter().collect(),
        );
    }
    let free: Vec<(usize, &Mention)> = around
        .iter()
        .copied()
        .filter(|(_, it)| !speakers.contains(&&it.at) && !it.is(Part::Source))
        // `英国の外相は … 述べた`: whose minister speaks.
        .filter(|(_, it)| {
            let of = |at: &&&Range<usize>| {
                let gap = scene.page.text.get(it.whole.end..at.start);
                gap.is_some_and(|gap| gap.trim().is_empty())
            };
            !(it.is(Part::Of) && scene.pack.markers_follow() && speakers.iter().any(|at| of(&at)))
        })
        .collect();
    if scene.pack.markers_follow() {
        after(scene, hit, voice, &free)
    } else {
        before(scene, hit, voice, &free)
    }
}

/// Somebody who can suffer, where no mark of grammar says who does: nearest before the words in the
/// clause, then in the sentence; in languages that leave out a subject that stays the same, the
/// subject of the sentence before.
pub(super) fn elsewhere(
    scene: &Scene,
    hit: &Hit,
    around: &[(usize, &Mention)],
    done_by: &[usize],
) -> Option<usize> {
    let speakers: Vec<&Range<usize>> = scene
        .said_near(hit.at.start)
        .iter()
        .filter_map(|said| said.speaker.as_ref()?.at.as_ref())
        .collect();
    let fits = |number: &usize, it: &Mention| {
        can_suffer(scene, it)
            && !done_by.contains(number)
            && !speakers.contains(&&it.at)
            && !it.is(Part::Source)
    };
    let earlier = |list: &[(usize, &Mention)]| {
        let mut found = list.iter().rev();
        let found = found.find(|(number, it)| it.at.end <= hit.at.start && fits(number, it));
        found.map(|(number, _)| *number)
    };
    let sentence = scene.page.sentence(hit.at.start);
    let in_sentence: Vec<(usize, &Mention)> = scene.mentions_in(&sentence).collect();
    let before = || {
        let end = sentence.start.checked_sub(1)?;
        let before = scene.page.sentence(end);
        let follows = scene.pack.markers_follow() && before.end <= sentence.start;
        let mut list = scene.mentions_in(&before);
        let found = list.find(|(number, it)| {
            follows && (it.is(Part::Topic) || it.is(Part::Subject)) && fits(number, it)
        });
        found.map(|(number, _)| number)
    };
    earlier(around)
        .or_else(|| earlier(&in_sentence))
        .or_else(before)
}

/// Who tells of what they suffered themselves: `남성은 전기봉으로 맞았다고 말했다`, `a raconté avoir été
/// battu`. In Korean and Japanese nobody else may be the subject of a verb that stands in the passive.
fn of_themselves(
    scene: &Scene,
    hit: &Hit,
    speakers: &[&Range<usize>],
    around: &[(usize, &Mention)],
) -> Option<usize> {
    let tells = |it: &Mention| {
        speakers.contains(&&it.at)
            && can_suffer(scene, it)
            && !matches!(it.who, Who::Person(_))
            && it.at.end <= hit.at.start
    };
    let (number, teller) = *around.iter().find(|(_, it)| tells(it))?;
    if scene.pack.markers_follow() {
        let others = around.iter().any(|(_, it)| {
            let between = it.at.start > teller.at.end && it.at.end <= hit.at.start;
            between && (it.is(Part::Subject) || it.is(Part::Topic) || it.is(Part::Object))
        });
        return (is_passive(scene, hit) && !others).then_some(number);
    }
    let between = scene.page.low.get(teller.at.end..hit.at.start)?;
    let mut forms = scene.pack.class("of-oneself").iter();
    forms
        .any(|it| between.contains(it.as_str()))
        .then_some(number)
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
    let active = is_active(scene, hit);
    let voice = match voice {
        Voice::Passive if active => Voice::Active,
        voice => voice,
    };
    let mut victims = behind;
    if victims.is_empty() && active {
        // `병사들이 여성들을 때렸다`: whom and who, as the verb says.
        let whom = first(&|it| suffers(it) && it.is(Part::Object));
        let who = first(&|it| can_do(scene, it) && subject(it));
        if !whom.is_empty() && whom != who {
            return (whom, who);
        }
    }
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
    if victims.is_empty() && !active {
        victims = first(&|it| suffers(it) && subject(it));
    }
    let mut perpetrators =
        first(&|it| it.is(Part::Agent) && (power(it) || voice == Voice::Passive));
    if perpetrators.is_empty() && voice != Voice::Passive {
        perpetrators = first(&|it| power(it) && (subject(it) || it.is(Part::Of)));
    }
    if perpetrators.is_empty() {
        // `북한의 고문`, not the films of a state somewhere before.
        let near = |it: &Mention| {
            let end = it.whole.end.min(hit.at.start);
            scene.page.text[end..hit.at.start].chars().count() <= OWN
        };
        perpetrators = first(&|it| power(it) && it.is(Part::Of) && near(it));
    }
    perpetrators.retain(|number| !victims.contains(number));
    (victims, perpetrators)
}

/// Whether a Korean or Japanese verb stands as of one who does: `체포했다`, not `체포됐다`.
fn is_active(scene: &Scene, hit: &Hit) -> bool {
    has_form(scene, hit, "active-form") && !is_passive(scene, hit)
}

/// Whether it stands as of one who suffers: `체포됐다`, `殴られ`.
fn is_passive(scene: &Scene, hit: &Hit) -> bool {
    has_form(scene, hit, "passive-form")
}

fn has_form(scene: &Scene, hit: &Hit, class: &str) -> bool {
    let low = &scene.page.low;
    let until = hit.at.end..super::page::floor(low, hit.at.end + VERB_ENDS);
    let verb = [&low[hit.at.clone()], word(&low[until])].concat();
    let mut forms = scene.pack.class(class).iter();
    forms.any(|it| verb.contains(it.as_str()))
}

/// Bytes in which the ending of a verb shows: six letters.
const VERB_ENDS: usize = 18;

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
    let bare = |it: &Mention| it.is_bare() || it.is(Part::Clause);
    let near = |it: &Mention| scene.page.text[hit.at.end..it.at.start].chars().count() <= 40;
    let suffers = |it: &Mention| can_suffer(scene, it);
    let power = |it: &Mention| holds_power(scene, it);
    let mut perpetrators = first(&later, &|it| it.is(Part::Agent) && near(it));
    let mut victims = match voice {
        Voice::Passive => first(&earlier, &|it| suffers(it) && bare(it)),
        Voice::Active => first(&later, &|it| {
            suffers(it) && (bare(it) || it.is(Part::To)) && near(it)
        }),
        Voice::None => first(&later, &|it| {
            suffers(it) && (it.is(Part::Of) || it.is(Part::Against) || it.is(Part::To)) && near(it)
        }),
    };
    if victims.is_empty() && voice != Voice::Active {
        victims = first(&earlier, &|it| suffers(it) && bare(it));
    }
    if victims.is_empty() {
        victims = first(&later, &|it| suffers(it) && near(it));
    }
    if perpetrators.is_empty() && voice != Voice::Passive {
        perpetrators = first(&earlier, &|it| power(it) && bare(it));
    }
    if perpetrators.is_empty() {
        perpetrators = first(&later, &|it| power(it) && it.is(Part::Agent));
    }
    perpetrators.retain(|number| !victims.contains(number));
    (victims, perpetrators)
}
