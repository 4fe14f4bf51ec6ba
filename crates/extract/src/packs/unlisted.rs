//! Speakers that no pack lists: the subject that begins a sentence or follows the verb that ends it
//! (`El Mecanismo de Expertos concluyó`, `…, constate le Bureau`, `자문단은 … 밝혔다`).
//!
//! Invariant: such a speaker is one short stretch without a mark, and no mention stands in it.

use super::hits::Hit;
use super::mentions::Mention;
use super::record::Entity;
use super::scene::Scene;
use super::speech::Speaker;
use model::{EntityKind, EntityRef};
use std::ops::Range;

/// Most words of such a name, and letters of a Japanese one.
const WORDS: usize = 6;
const LETTERS: usize = 14;
/// Bytes of a phrase beyond which it is no name.
const LONGEST: usize = 120;

/// Who says so, where the pack knows nobody who does.
pub(super) fn speaker(scene: &Scene, sentence: &Range<usize>, hit: &Hit) -> Option<Speaker> {
    // `手紙は開封されたという`: told of it, not telling.
    if scene
        .pack
        .is("hearsay", scene.page.low[hit.at.clone()].trim())
    {
        return None;
    }
    let at = match scene.pack.markers_follow() {
        true => topic(scene, sentence, hit),
        false => before(scene, sentence, hit).or_else(|| behind(scene, sentence, hit)),
    }?;
    let known = scene.mentions_in(&at).next().is_some();
    let quoted = scene.page.quotation(at.start).is_some();
    (!known && !quoted).then(|| Speaker {
        entity: unlisted(&scene.page.text[at.clone()]),
        at: Some(at),
    })
}

/// `… 일했다고 가디언이 보도했다`, `…と英紙が報じた`: who stands between what is said and the verb.
pub(super) fn right_before(scene: &Scene, sentence: &Range<usize>, hit: &Hit) -> Option<Speaker> {
    if !scene.pack.markers_follow() {
        return None;
    }
    let low = scene.page.low.get(sentence.start..hit.at.start)?;
    let words = low.trim_end();
    let name = words.strip_suffix(['이', '가', '은', '는', 'が', 'は'])?;
    // What is said ends so: `다고 `, `と`.
    let start = name.rfind([' ', 'と', '、'])?;
    let mark = name[start..].chars().next()?;
    let said = &name[..start];
    let ends = match mark {
        'と' => said.ends_with(['た', 'る', 'い', 'だ']),
        ' ' => said.ends_with("다고") || said.ends_with("라고"),
        _ => false,
    };
    let from = sentence.start + start + mark.len_utf8();
    let at = from..sentence.start + name.len();
    let name = scene.page.text.get(at.clone())?;
    let fits = (2..=LETTERS).contains(&name.chars().count());
    let known = scene.mentions_in(&at).next().is_some();
    (ends && fits && !known).then(|| Speaker {
        entity: unlisted(name),
        at: Some(at),
    })
}

/// Whether a mention is so weak a speaker that who begins the sentence is the better one: a subject
/// within what is said.
pub(super) fn is_weak(scene: &Scene, hit: &Hit, chosen: &Mention) -> bool {
    use super::schema::Part;
    let gap = scene.page.text.get(chosen.whole.end..hit.at.start);
    let joined = gap.is_none_or(|gap| gap.trim().is_empty());
    scene.pack.markers_follow() && !chosen.is(Part::Topic) && !joined
}

fn unlisted(name: &str) -> Entity {
    EntityRef {
        kind: EntityKind::Group,
        name: name.to_owned(),
        key: None,
        record: None,
    }
}

/// `El Mecanismo de Expertos` before the verb.
fn before(scene: &Scene, sentence: &Range<usize>, hit: &Hit) -> Option<Range<usize>> {
    phrase(scene, sentence.start, hit.at.start)
}

/// `le Bureau intégré` behind the verb that stands after a comma or the mark of a quotation.
fn behind(scene: &Scene, sentence: &Range<usize>, hit: &Hit) -> Option<Range<usize>> {
    let lead = scene.page.text[sentence.start..hit.at.start].trim_end();
    if !lead.ends_with([',', '»', '”', '"']) {
        return None;
    }
    let rest = &scene.page.text[hit.at.end..sentence.end];
    let end = rest.find([',', '.', ';', '!', '?']).unwrap_or(rest.len());
    phrase(scene, hit.at.end, hit.at.end + end)
}

/// The words of a stretch behind the article that begins it, where they are few and without a mark.
fn phrase(scene: &Scene, from: usize, to: usize) -> Option<Range<usize>> {
    let low = scene.page.low.get(from..to)?;
    let start = low.len() - low.trim_start().len();
    let words = low[start..].trim_end();
    // A name is short: a long sentence is not searched again for each of its verbs.
    if words.len() > LONGEST {
        return None;
    }
    let article = scene.pack.class("subject-article").iter().find(|it| {
        let rest = words.strip_prefix(it.as_str());
        rest.is_some_and(|rest| it.ends_with('\'') || rest.starts_with(' '))
    })?;
    let name = words[article.len()..].trim_start();
    let plain = !name.contains([',', ';', ':', '"', '«', '(', '“']);
    let count = name.split(' ').count();
    let clause = name
        .split([' ', '\''])
        .any(|it| matches!(it, "que" | "qui" | "qu" | "no" | "ne" | "n" | "se" | "s"));
    let from = from + start + words.len() - name.len();
    (plain && !clause && count <= WORDS && name.chars().count() >= 4)
        .then(|| from..from + name.len())
}

/// `자문단은`, `調査官は`: the topic that begins the sentence.
fn topic(scene: &Scene, sentence: &Range<usize>, hit: &Hit) -> Option<Range<usize>> {
    let low = scene.page.low.get(sentence.start..hit.at.start)?;
    let start = low.len() - low.trim_start().len();
    let words = &low[start..];
    let (end, particle) = words
        .char_indices()
        .take(LETTERS + 1)
        .find_map(|(at, letter)| {
            let next = words[at + letter.len_utf8()..].chars().next();
            let ends = match letter {
                '은' | '는' => next == Some(' '),
                'は' => true,
                _ => false,
            };
            ends.then_some((at, letter))
        })?;
    let name = &words[..end];
    let last = name.chars().next_back()?;
    // `지난해에는`, `日本では`: where or when, not who.
    let placed = match particle {
        'は' => matches!(last, 'に' | 'で' | 'と' | 'ら' | 'り' | 'て'),
        _ => matches!(
            last,
            '에' | '서' | '로' | '지' | '터' | '때' | '고' | '게' | '하' | '되' | '있' | '없'
        ),
    };
    let apart = name.contains(|it: char| it.is_ascii_digit() || "、,。“「『《(".contains(it));
    let full = [name, &particle.to_string()].concat();
    let nobody = ["not-topic", "own-subject"]
        .iter()
        .any(|class| scene.pack.is(class, name) || scene.pack.is(class, &full));
    let from = sentence.start + start;
    let enough = name.chars().count() >= 2;
    (!placed && !apart && !nobody && enough).then(|| from..from + end)
}
