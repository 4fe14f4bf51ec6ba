//! Who says what: verbs of saying, the words they govern, and their speaker.
//!
//! Invariant: a speaker is one whom the sentence marks as such, or who spoke in the sentence
//! before; otherwise nobody.

use super::hits::Hit;
use super::mentions::{Mention, Who};
use super::pack::Table;
use super::page::Quotation;
use super::record::{Entity, entity};
use super::scene::{Last, Scene};
use super::schema::Part;
use super::unlisted;
use model::EntityRef;
use std::ops::Range;

/// Who says something.
#[derive(Debug, Clone)]
pub(super) struct Speaker {
    pub entity: Entity,
    /// The words that name them here; `None` for who spoke before.
    pub at: Option<Range<usize>>,
}

/// One act of speech.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Number of its verb in the pack's table `speech`; `None` for `according to`.
    pub speech: Option<u32>,
    /// The verb, or the words of attribution.
    pub verb: Range<usize>,
    /// What is said.
    pub words: Range<usize>,
    /// The sentence that holds it all.
    pub sentence: Range<usize>,
    pub direct: bool,
    /// Whether the document says it for itself: `condenamos`.
    pub own: bool,
    pub speaker: Option<Speaker>,
    /// Of whom something is asked, by number of mention.
    pub addressees: Vec<usize>,
}

/// The acts of speech of a page, ascending.
pub(super) fn find(scene: &Scene, last: &mut Option<Last>) -> Vec<Said> {
    let mut found = Vec::new();
    for sentence in &scene.page.sentences {
        let before = found.len();
        sources(scene, sentence, &mut found);
        let mut from = sentence.start;
        for hit in scene.hits.within(Table::Speech, sentence) {
            if scene.page.quotation(hit.at.start).is_some()
                || scene.hits.covers(Table::Mask, &hit.at)
            {
                continue;
            }
            let said = one(scene, sentence, from, hit, last.as_ref());
            from = hit.at.end;
            found.push(said);
        }
        let spoke = found[before..]
            .iter()
            .rev()
            .filter(|said| !said.own)
            .find_map(|said| said.speaker.clone());
        if let Some(speaker) = spoke {
            *last = Some(Last {
                entity: speaker.entity,
            });
        }
    }
    found
}

/// `살몬 보고관에 따르면`, `selon l'ONU`: all of the sentence is theirs.
fn sources(scene: &Scene, sentence: &Range<usize>, found: &mut Vec<Said>) {
    for (_, mention) in scene.mentions_in(sentence) {
        if mention.is(Part::Source) && scene.page.quotation(mention.at.start).is_none() {
            found.push(Said {
                speech: None,
                verb: mention.whole.clone(),
                words: sentence.clone(),
                sentence: sentence.clone(),
                direct: false,
                own: false,
                speaker: entity(scene, mention).map(|entity| Speaker {
                    entity,
                    at: Some(mention.at.clone()),
                }),
                addressees: Vec::new(),
            });
        }
    }
}

fn one(
    scene: &Scene,
    sentence: &Range<usize>,
    from: usize,
    hit: &Hit,
    last: Option<&Last>,
) -> Said {
    let speech = &scene.pack.speeches[hit.entry as usize];
    let follows = scene.pack.markers_follow();
    let quotation = quotation_of(scene, sentence, from, hit, follows);
    let chosen = if speech.unnamed {
        None
    } else if follows {
        marked_speaker(scene, sentence, from, hit, quotation)
    } else {
        bare_speaker(scene, sentence, hit, quotation)
    };
    let own = is_own(scene, sentence, hit, chosen, quotation);
    let mut speaker = chosen.filter(|_| !own).and_then(|mention| {
        let pronoun = is_pronoun(scene, mention);
        let named = if pronoun {
            None
        } else {
            entity(scene, mention)
        };
        let entity = named.or_else(|| last.map(|last| last.entity.clone()))?;
        Some(Speaker {
            entity,
            at: Some(mention.at.clone()),
        })
    });
    let nobody = chosen.is_none_or(|it| unlisted::is_weak(scene, hit, it));
    if nobody && !own && !speech.unnamed {
        speaker = unlisted::speaker(scene, sentence, hit).or(speaker);
    }
    if !own && !speech.unnamed {
        speaker = unlisted::right_before(scene, sentence, hit).or(speaker);
    }
    if own {
        speaker = Some(Speaker {
            entity: EntityRef::own_voice(),
            at: Some(hit.at.clone()),
        });
    }
    if speaker.is_none() && chosen.is_none() && follows && !speech.unnamed {
        // Korean and Japanese leave out a subject that stays the same.
        speaker = last.map(|last| Speaker {
            entity: last.entity.clone(),
            at: None,
        });
    }
    let (words, direct) = match quotation {
        Some(quotation) => (quotation.inner.clone(), true),
        None => (governed(scene, sentence, from, hit, chosen, follows), false),
    };
    let addressees = addressees(scene, sentence, from, hit, follows);
    Said {
        speech: Some(hit.entry),
        verb: hit.at.clone(),
        words,
        sentence: sentence.clone(),
        direct,
        own,
        speaker,
        addressees,
    }
}

/// Whether the document says it for itself: a verb in its own person, without another subject.
fn is_own(
    scene: &Scene,
    sentence: &Range<usize>,
    hit: &Hit,
    chosen: Option<&Mention>,
    quotation: Option<&Quotation>,
) -> bool {
    if quotation.is_some() {
        return false;
    }
    let low = &scene.page.low;
    let verb = low[hit.at.clone()].trim();
    let verb = verb
        .split(' ')
        .next()
        .filter(|_| !scene.pack.markers_follow())
        .unwrap_or(verb);
    let ends = |verb: &str| {
        let mut endings = scene.pack.class("own-verb").iter();
        endings.any(|ending| verb.ends_with(ending.as_str()))
    };
    if !scene.pack.markers_follow() {
        return ends(verb);
    }
    // The verb as written to the end of the sentence: `촉구` of `촉구한다`.
    // A sentence without an end is cut, and a verb may stand across the cut.
    let rest = low.get(hit.at.end..sentence.end).unwrap_or_default();
    let rest = rest.trim_end_matches(['.', '。', '!', ' ', '\n']);
    let whole = [verb, rest].concat();
    let before = low.get(sentence.start..hit.at.start).unwrap_or_default();
    let mut subjects = scene.pack.class("own-subject").iter();
    let named = subjects.any(|subject| before.contains(subject.as_str()));
    rest.chars().count() <= 4 && ends(&whole) && (named || chosen.is_none())
}

fn is_pronoun(scene: &Scene, mention: &Mention) -> bool {
    matches!(mention.who, Who::Group(group)
        if scene.pack.groups.get(group as usize).is_some_and(|group| group.pronoun))
}

/// The quotation that a verb governs: the nearest before it, or after it where verbs lead.
fn quotation_of<'s>(
    scene: &'s Scene,
    sentence: &Range<usize>,
    from: usize,
    hit: &Hit,
    follows: bool,
) -> Option<&'s Quotation> {
    let long = |it: &&Quotation| {
        let words = &scene.page.text[it.inner.clone()];
        // A word or two between marks are a term, not a speech.
        words.chars().count() >= if follows { 8 } else { 18 }
    };
    let all = scene.page.quotations.iter();
    let within: Vec<&Quotation> = all
        .filter(|it| sentence.contains(&it.outer.start))
        .filter(long)
        .collect();
    let before = within
        .iter()
        .rev()
        .find(|it| it.outer.end <= hit.at.start && it.outer.start >= from);
    if follows {
        return before
            .copied()
            .or_else(|| just_before(scene, sentence, hit));
    }
    let after = within.iter().find(|it| {
        it.outer.start >= hit.at.end && {
            let between = &scene.page.text[hit.at.end..it.outer.start];
            between.chars().count() <= 80
        }
    });
    let near = before.filter(|it| hit.at.start - it.outer.end <= 60);
    near.or(after).or(before).copied()
}

/// `“….” 이 씨가 말했다.`: the quotation is a sentence of its own before the one that says whose.
fn just_before<'s>(scene: &'s Scene, sentence: &Range<usize>, hit: &Hit) -> Option<&'s Quotation> {
    let lead = scene.page.text[sentence.start..hit.at.start]
        .chars()
        .count();
    let all = &scene.page.quotations;
    let after = all.partition_point(|it| it.outer.end <= sentence.start);
    let last = all.get(after.checked_sub(1)?)?;
    let gap = scene.page.text[last.outer.end..sentence.start].trim();
    (lead <= 20 && gap.is_empty()).then_some(last)
}

/// Who is marked as the subject: behind the quotation, else the sentence's topic.
fn marked_speaker<'s>(
    scene: &'s Scene,
    sentence: &Range<usize>,
    from: usize,
    hit: &Hit,
    quotation: Option<&Quotation>,
) -> Option<&'s Mention> {
    let subjects: Vec<&Mention> = scene
        .mentions_in(&(sentence.start..hit.at.start))
        .map(|(_, it)| it)
        .filter(|it| it.is(Part::Topic) || it.is(Part::Subject))
        // `합동신문센터에서`: where it was, not who says so.
        .filter(|it| !(it.is(Part::Place) && matches!(it.who, Who::Body { .. })))
        .filter(|it| scene.page.quotation(it.at.start).is_none())
        .collect();
    if let Some(quotation) = quotation {
        let behind = subjects
            .iter()
            .rev()
            .find(|it| it.at.start >= quotation.outer.end);
        let before = subjects
            .iter()
            .rev()
            .find(|it| it.at.end <= quotation.outer.start && it.is(Part::Topic));
        let any = subjects
            .iter()
            .rev()
            .find(|it| it.at.end <= quotation.outer.start);
        return behind.or(before).or(any).copied();
    }
    // `… 밝혔다고 단체들은 말했다`: whoever stands right before the verb.
    let nearest = subjects.last().filter(|it| {
        it.whole.end <= hit.at.start
            && scene.page.text[it.whole.end..hit.at.start]
                .trim()
                .is_empty()
    });
    if nearest.is_some() {
        return nearest.copied();
    }
    let here: Vec<&&Mention> = subjects.iter().filter(|it| it.at.start >= from).collect();
    let topic = here.iter().find(|it| it.is(Part::Topic));
    let first = topic.or(here.first()).copied();
    first
        .or(subjects.iter().find(|it| it.is(Part::Topic)))
        .copied()
}

/// Who stands without a preposition behind the verb that ends a speech, or before the verb.
fn bare_speaker<'s>(
    scene: &'s Scene,
    sentence: &Range<usize>,
    hit: &Hit,
    quotation: Option<&Quotation>,
) -> Option<&'s Mention> {
    let apart = |it: &&Mention| it.is_bare() && scene.page.quotation(it.at.start).is_none();
    let before_verb = scene.page.text[sentence.start..hit.at.start].trim_end();
    let inverted = before_verb.ends_with([',', '»', '”', '"', '–', '—']);
    if inverted {
        let after = hit.at.end..sentence.end;
        let next = scene.mentions_in(&after).map(|(_, it)| it).find(apart);
        let next = next.filter(|it| {
            let between = &scene.page.low[hit.at.end..it.at.start];
            between.chars().count() <= 30 && !between.contains([',', ';'])
        });
        if next.is_some() {
            return next;
        }
    }
    let until = quotation
        .filter(|it| it.outer.end <= hit.at.start)
        .map(|it| it.outer.end);
    let from = until.unwrap_or(sentence.start);
    let before: Vec<&Mention> = scene
        .mentions_in(&(from..hit.at.start))
        .map(|(_, it)| it)
        .filter(apart)
        .collect();
    before.last().copied().filter(|it| {
        let between = &scene.page.text[it.at.end..hit.at.start];
        between.chars().count() <= 160
    })
}

/// What an indirect speech says.
fn governed(
    scene: &Scene,
    sentence: &Range<usize>,
    from: usize,
    hit: &Hit,
    speaker: Option<&Mention>,
    follows: bool,
) -> Range<usize> {
    if follows {
        let start = speaker.map_or(from, |it| it.whole.end).max(from);
        // `… 숨졌다고 딸은 말했다`: what is said stands before whoever stands before the verb.
        let joined = scene.page.text.get(start..hit.at.start).unwrap_or_default();
        return match speaker {
            Some(speaker) if joined.trim().is_empty() && speaker.at.start > from => {
                from..speaker.at.start
            }
            _ => start.min(hit.at.start)..hit.at.start,
        };
    }
    let behind = hit.at.end..sentence.end;
    let after_speaker = speaker.is_some_and(|it| it.at.start >= hit.at.end);
    if after_speaker {
        return sentence.start..hit.at.start;
    }
    behind
}

/// Those marked as asked, in the words before the verb or right behind it.
fn addressees(
    scene: &Scene,
    sentence: &Range<usize>,
    from: usize,
    hit: &Hit,
    follows: bool,
) -> Vec<usize> {
    let speech = &scene.pack.speeches[hit.entry as usize];
    if !speech.call {
        return Vec::new();
    }
    let stretch = if follows {
        from..hit.at.start
    } else {
        hit.at.end..sentence.end
    };
    let asked = scene
        .mentions_in(&stretch)
        .filter(|(_, it)| it.is(Part::To) && scene.page.quotation(it.at.start).is_none());
    let mut found: Vec<usize> = asked.map(|(number, _)| number).collect();
    if !follows {
        // `exhorte la Chine à`: the object right behind.
        let near = |it: &Mention| it.at.start - hit.at.end <= 30;
        let first = scene
            .mentions_in(&stretch)
            .find(|(_, it)| (it.is_bare() || it.is(Part::To)) && near(it));
        found = first.map(|(number, _)| number).into_iter().collect();
    }
    found.truncate(4);
    found
}
