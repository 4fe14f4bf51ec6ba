//! What the stretches that two documents share amount to: a copy, a form filled in differently,
//! or nothing. Names and numbers guard it: two events told in the same words are not one.

use super::Relation;
use super::align::Shared;
use super::prints::WINDOW;
use super::rules::Rules;

/// What two documents have in common.
#[derive(Debug)]
pub(super) struct Verdict {
    pub relation: Relation,
    pub passages: Vec<Shared>,
    /// Places where a number stands for a number, in all that runs in step and at its ends.
    pub numbers: u32,
    /// Whether the words themselves show it; if not, all of them stand in many documents, and
    /// it takes a look at which.
    pub sure: bool,
}

/// Judges the stretches; `None` when they are too short or too scattered to mean anything.
pub(super) fn judge(found: &[Shared], rules: &Rules) -> Option<Verdict> {
    let mut copied = Vec::new();
    let mut formed = Vec::new();
    for &shared in found {
        match relation(&shared, rules) {
            Some(Relation::CopiesText) => copied.push(shared),
            Some(Relation::SameForm) => formed.push(shared),
            None => {}
        }
    }
    let weight = |list: &[Shared]| -> u64 { list.iter().map(|s| u64::from(s.matched)).sum() };
    let (of_form, all) = (weight(&formed), weight(&formed) + weight(&copied));
    let is_form = of_form > 0 && of_form * 1000 >= all * u64::from(rules.form_share);
    let numbers = found.iter().map(|s| s.numbers + s.numbers_beyond).sum();
    if is_form || copied.is_empty() {
        copied.append(&mut formed);
    }
    let passages = once(copied);
    let relation = if is_form {
        Relation::SameForm
    } else {
        Relation::CopiesText
    };
    let longest = passages.iter().map(|shared| shared.matched).max()?;
    let sure = longest >= 2 * rules.long_words || passages.iter().any(is_rare);
    Some(Verdict {
        relation,
        passages,
        numbers,
        sure,
    })
}

/// Leaves out what lies mostly within longer stretches on either side: a phrase that each of the
/// two repeats runs in step with every repetition in the other.
fn once(mut found: Vec<Shared>) -> Vec<Shared> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by_key(|shared| (std::cmp::Reverse(shared.matched), shared.b, shared.a));
    let mut kept: Vec<Shared> = Vec::new();
    for shared in found {
        let within = |side: fn(&Shared) -> (u32, u32)| {
            let (from, to) = side(&shared);
            let held: u32 = kept
                .iter()
                .map(|other| {
                    to.min(side(other).1)
                        .saturating_sub(from.max(side(other).0))
                })
                .sum();
            held * 2 > to - from
        };
        if kept.len() < MOST_PASSAGES && !within(|s| s.a) && !within(|s| s.b) {
            kept.push(shared);
        }
    }
    kept.sort_by_key(|shared| shared.b);
    kept
}

/// Most passages that are kept of two documents, the longest.
const MOST_PASSAGES: usize = 256;

/// Whether so many of the prints that such a stretch has are rare that it needs no other look:
/// two of five.
fn is_rare(shared: &Shared) -> bool {
    let prints = u64::from(shared.matched / 2) * 2 / (WINDOW as u64 + 1);
    u64::from(shared.rare) * 5 >= prints * 2 && shared.rare > 0
}

fn relation(shared: &Shared, rules: &Rules) -> Option<Relation> {
    let density = shared.density();
    let words = shared.matched / 2;
    if words < rules.passage_words || density < rules.form_density {
        return None;
    }
    let facts = shared.numbers + shared.names;
    let other_facts = facts > 0
        && facts * 2 >= shared.edits
        && u64::from(words) <= u64::from(facts) * u64::from(rules.words_per_fact);
    if density >= rules.copy_density && !other_facts {
        return Some(Relation::CopiesText);
    }
    let form = other_facts || (words >= rules.form_words && shared.edits >= 3);
    form.then_some(Relation::SameForm)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(words: u32, longer: u32, edits: u32, facts: u32) -> Shared {
        Shared {
            a: (0, longer),
            b: (0, longer),
            matched: 2 * words,
            longer: 2 * longer,
            edits,
            numbers: facts,
            names: 0,
            numbers_beyond: 0,
            rare: words / 4,
        }
    }

    fn relation_of(shared: Shared) -> Option<Relation> {
        judge(&[shared], &Rules::default()).map(|verdict| verdict.relation)
    }

    #[test]
    fn an_edited_copy_is_a_copy_and_another_date_is_another_fact() {
        assert_eq!(
            relation_of(shared(100, 115, 9, 1)),
            Some(Relation::CopiesText)
        );
        assert_eq!(
            relation_of(shared(100, 106, 3, 3)),
            Some(Relation::SameForm)
        );
        assert_eq!(
            relation_of(shared(60, 110, 10, 0)),
            Some(Relation::SameForm)
        );
    }

    #[test]
    fn a_few_words_mean_nothing() {
        assert_eq!(relation_of(shared(9, 9, 0, 0)), None);
        assert_eq!(relation_of(shared(20, 60, 5, 0)), None);
    }

    #[test]
    fn words_that_many_have_take_a_look_unless_they_are_long() {
        let common = |words| {
            let verdict = judge(
                &[Shared {
                    rare: 0,
                    ..shared(words, words, 0, 0)
                }],
                &Rules::default(),
            );
            verdict.map(|verdict| verdict.sure)
        };
        assert_eq!(common(30), Some(false));
        assert_eq!(common(80), Some(true));
    }
}
