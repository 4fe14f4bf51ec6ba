//! The state that a document is about: `the regime` and `the authorities` without a name are its.

use super::Names;
use crate::text::{Document, Part};
use model::EntityKind;

/// The state whose own policy sources are full of, so that naming it says nothing of violations.
const SPEAKING: &str = "state:US";
/// Mentions of the speaking state from which a document without another one is general.
const OFTEN: u32 = 2;

/// The state that the title names, besides one that speaks; else the state that is named most, when
/// it stands out. Second, whether the document is a general one.
pub(super) fn find(
    document: &Document,
    names: &Names,
    title: Option<&Names>,
) -> (Option<u32>, bool) {
    let mut counts: Vec<u32> = vec![0; names.entities.len()];
    let mut in_title: Option<u32> = None;
    let speaks = |entity: u32| names.entities[entity as usize].key.as_deref() == Some(SPEAKING);
    for mention in &names.mentions {
        let entity = &names.entities[mention.entity as usize];
        if entity.kind != EntityKind::State {
            continue;
        }
        counts[mention.entity as usize] += 1;
        let head = document.part(mention.tokens.from) == Part::Head;
        if head && !speaks(mention.entity) {
            in_title = Some(mention.entity);
        }
    }
    let from_title = title.and_then(|title| {
        title
            .mentions
            .iter()
            .rev()
            .filter_map(|mention| title.entity(mention).key.as_deref())
            .filter(|key| key.starts_with("state:") && *key != SPEAKING)
            .find_map(|key| names.by_key(key))
    });
    let spoken = names.by_key(SPEAKING).map_or(0, |us| counts[us as usize]);
    if let Some(topic) = from_title.or(in_title) {
        return (Some(topic), false);
    }
    let mut order: Vec<u32> = (0..counts.len() as u32).collect();
    order.sort_by_key(|&entity| (std::cmp::Reverse(counts[entity as usize]), entity));
    let Some(&first) = order.first() else {
        return (None, false);
    };
    let most = counts[first as usize];
    let second = order.get(1).map_or(0, |&entity| counts[entity as usize]);
    let stands_out = most >= 2 * second.max(1) || most > second && most >= 3;
    let topic = (most >= 1 && stands_out).then_some(first);
    let other = topic.is_some_and(|topic| !speaks(topic));
    (topic, !other && spoken >= OFTEN)
}
