//! A paragraph that stands in one document more than once.
//!
//! Two sources of it: what the reader marked as a repetition, and what is found here by the same
//! method as between documents. Invariant: the earlier place comes first, and the two do not
//! overlap.

use super::align::{Seed, align};
use super::edge::SharedPassage;
use super::index::{DocumentText, Index, MOST_REPEATS};
use super::prints::winnow;
use super::rules::Rules;
use model::{LeftOut, Span};

/// Passages of the clean text that repeat an earlier one, edits included, in the order of the
/// later place; spans are the earlier and the later one.
#[must_use]
pub fn repeats(document: &DocumentText<'_>, rules: &Rules) -> Vec<SharedPassage> {
    let mut index = Index::new(rules.clone());
    let Some(number) = index.enter(document) else {
        return Vec::new();
    };
    let tokens = index.tokens(number);
    let mut prints = Vec::new();
    winnow(&tokens, &mut Vec::new(), |print, at| {
        prints.push((print, at))
    });
    prints.sort_unstable();
    let mut seeds = Vec::new();
    for of_print in prints.chunk_by(|a, b| a.0 == b.0) {
        let places = of_print.iter().take(MOST_REPEATS + 1).map(|&(_, at)| at);
        let first = of_print[0].1;
        seeds.extend(places.skip(1).map(|at| Seed {
            b: at,
            a: first,
            rare: true,
        }));
    }
    seeds.sort_unstable();
    let mut shared = Vec::new();
    align(
        &tokens,
        &tokens,
        seeds.into_iter(),
        &mut Vec::new(),
        &mut shared,
    );
    shared.retain(|found| {
        found.matched / 2 >= rules.passage_words
            && found.density() >= rules.copy_density
            && found.a.1 <= found.b.0
    });
    let words = |side: fn(&super::align::Shared) -> (u32, u32)| -> Vec<(u32, u32)> {
        shared.iter().map(side).collect()
    };
    let earlier = index.spans(number, &words(|found| found.a));
    let later = index.spans(number, &words(|found| found.b));
    let spans = earlier.into_iter().zip(later);
    shared
        .iter()
        .zip(spans)
        .map(|(found, (earlier, later))| SharedPassage {
            spans: [earlier, later],
            same: found.density().min(1000) as u16,
        })
        .collect()
}

/// What the reader marked as repetitions: the place, and the one that it repeats.
pub(super) fn marked(document: &DocumentText<'_>) -> Vec<(Span, Span)> {
    let of = |number: u32| {
        let at = (number as usize).checked_sub(1)?;
        document.passages.get(at).map(|passage| passage.span)
    };
    let marked = document
        .passages
        .iter()
        .filter_map(|passage| match passage.left_out {
            Some(LeftOut::RepeatOf(number)) => Some((passage.span, of(number)?)),
            _ => None,
        });
    marked.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use model::SourceId;

    #[test]
    fn a_paragraph_that_comes_again_is_found_with_both_places() {
        let paragraph = "The delegation asked to see the camp and was told that there was none, \
            and that those who said so had been paid to say it by people who wished the country ill.";
        let between = "On the next day they went to the museum and were shown the tractors.";
        let text = format!(
            "{paragraph} {between} {}",
            paragraph.replace("ill.", "harm.")
        );
        let document = Document {
            id: SourceId::new(1, [0; 10]),
            title: None,
            publisher: None,
            published: None,
            genre: None,
            language: None,
            origin: None,
            reliability: None,
        };
        let given = DocumentText {
            document: &document,
            text: &text,
            passages: &[],
        };
        let found = repeats(&given, &Rules::default());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].spans[0].start, 0);
        let second = (paragraph.len() + between.len() + 2) as u32;
        assert_eq!(found[0].spans[1].start, second);
        let once = DocumentText {
            text: paragraph,
            ..given
        };
        assert_eq!(repeats(&once, &Rules::default()), []);
    }
}
