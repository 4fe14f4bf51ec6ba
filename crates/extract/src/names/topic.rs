//! The state that a document is about: `the regime` and `the authorities` without a name are its.

use super::Names;
use crate::text::{Document, Part};
use model::EntityKind;

/// The state that the title names, when it names one besides a speaker; else the state that is
/// named most, when it is named twice as often as any other.
pub(super) fn find(document: &Document, names: &Names) -> Option<u32> {
    let mut counts: Vec<(u32, u32)> = vec![(0, 0); names.entities.len()];
    let mut in_title: Option<u32> = None;
    for mention in &names.mentions {
        let entity = &names.entities[mention.entity as usize];
        if entity.kind != EntityKind::State {
            continue;
        }
        let head = document.part(mention.tokens.from) == Part::Head;
        let count = &mut counts[mention.entity as usize];
        count.0 += 1;
        if head {
            count.1 += 1;
            in_title = Some(mention.entity);
        }
    }
    if in_title.is_some() {
        return in_title;
    }
    let mut order: Vec<u32> = (0..counts.len() as u32).collect();
    order.sort_by_key(|&entity| (std::cmp::Reverse(counts[entity as usize].0), entity));
    let first = *order.first()?;
    let second = order.get(1).map_or(0, |&entity| counts[entity as usize].0);
    let most = counts[first as usize].0;
    (most >= 1 && most >= 2 * second.max(1))
        .then_some(first)
        .or_else(|| (most > second && most >= 3).then_some(first))
}
