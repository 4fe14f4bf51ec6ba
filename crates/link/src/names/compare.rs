//! How alike two names are, with the reasons in words.
//!
//! Invariant: symmetric; every likely reading of one name is held against every likely reading of the
//! other and the best pair counts, less what makes those readings unlikely.

use super::korean;
use super::likeness::{self, Likeness, bare};
use super::parse::parse;
use super::parsed::{Order, ParsedName, Reading, Tradition};

/// How alike, in steps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Other names.
    Different,
    /// What is written of both agrees, but a part is missing in one: the surname, the given name or
    /// a syllable of it, all but an initial.
    Partial,
    /// A letter or a sound differs: a misspelling, or another name that looks alike.
    Near,
    /// Spellings or forms of one name: other scripts, systems, orders, short forms.
    SameByRomanisation,
    /// Written alike but for case, marks, hyphens and spaces.
    Same,
}

impl Level {
    /// The score nearest to `score` that the level allows: 0–300, 400–640, 650–790, 800–990, 1000.
    #[must_use]
    pub fn clamp(self, score: u16) -> u16 {
        match self {
            Self::Different => score.min(300),
            Self::Partial => score.clamp(400, 640),
            Self::Near => score.clamp(650, 790),
            Self::SameByRomanisation => score.clamp(800, 990),
            Self::Same => 1000,
        }
    }
}

/// How alike two names are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Similarity {
    /// The step.
    pub level: Level,
    /// From 0 (nothing in common) to 1000 (written alike); never contradicts the step.
    pub score: u16,
    /// Why, in words; the most important first.
    pub reasons: Vec<String>,
}

/// The most readings of a name that are compared.
const READINGS: usize = 8;
/// A reading that is so much less likely than the best of its script does not count, as a logarithm
/// in hundredths.
const UNLIKELY: i32 = 400;

/// Compares two written names.
///
/// ```
/// use onrecord_link::names::{Level, compare};
/// let similarity = compare("김혜숙", "Kim Hye Suk");
/// assert_eq!(similarity.level, Level::SameByRomanisation);
/// assert!(similarity.reasons[0].contains("DPRK spelling"));
/// assert_eq!(compare("김정은", "김정일").level, Level::Different);
/// ```
#[must_use]
pub fn compare(a: &str, b: &str) -> Similarity {
    compare_parsed(&parse(a), &parse(b))
}

/// Compares two names that have been read.
#[must_use]
pub fn compare_parsed(a: &ParsedName, b: &ParsedName) -> Similarity {
    // One order of the two, so that both directions give the same words.
    let (a, b) = if a.written <= b.written {
        (a, b)
    } else {
        (b, a)
    };
    let (left, right) = (likely(a), likely(b));
    if left.is_empty() || right.is_empty() {
        let reasons = vec!["one of the two holds nothing that can be read as a name".to_owned()];
        return Similarity {
            level: Level::Different,
            score: 0,
            reasons,
        };
    }
    let named = !left[0].0.given.is_empty() && !right[0].0.given.is_empty();
    if named && bare(&a.written) == bare(&b.written) {
        let reasons = vec!["written alike".to_owned()];
        return Similarity {
            level: Level::Same,
            score: 1000,
            reasons,
        };
    }
    best_pair(&left, &right).unwrap_or_else(|| {
        let (one, other) = (left[0].0.tradition.label(), right[0].0.tradition.label());
        let reason =
            format!("one is read as {one}, the other as {other}, and nothing in them agrees");
        Similarity {
            level: Level::Different,
            score: 0,
            reasons: vec![reason],
        }
    })
}

/// The best of all pairs of readings of one tradition.
fn best_pair(left: &[(&Reading, u16)], right: &[(&Reading, u16)]) -> Option<Similarity> {
    let mut best: Option<Similarity> = None;
    for (one, unlikely) in left {
        for (other, more) in right {
            if one.tradition != other.tradition {
                continue;
            }
            let mut similarity = pair(one, other);
            similarity.score = similarity
                .level
                .clamp(similarity.score.saturating_sub(unlikely + more));
            let rank = |s: &Similarity| (s.level, s.score);
            if best
                .as_ref()
                .is_none_or(|best| rank(&similarity) > rank(best))
            {
                best = Some(similarity);
            }
        }
    }
    best
}

/// The readings that count, each with what its unlikeliness takes off a score.
fn likely(name: &ParsedName) -> Vec<(&Reading, u16)> {
    let best = |reading: &Reading| {
        let same = name
            .readings
            .iter()
            .filter(|other| other.script == reading.script);
        same.map(|other| other.weight)
            .max()
            .unwrap_or(reading.weight)
    };
    let gap = |reading: &Reading| best(reading).saturating_sub(reading.weight);
    let close = name
        .readings
        .iter()
        .filter(|reading| gap(reading) <= UNLIKELY)
        .take(READINGS);
    close
        .map(|reading| (reading, u16::try_from(gap(reading) / 15).unwrap_or(60)))
        .collect()
}

/// Compares one reading of each; both are of one tradition.
fn pair(a: &Reading, b: &Reading) -> Similarity {
    let (surname, given) = match a.tradition {
        Tradition::Korean => (korean::surnames(a, b), korean::given_names(a, b)),
        _ => (likeness::surnames(a, b), likeness::given_names(a, b)),
    };
    let mut level = surname.level.min(given.level);
    let mut score = (surname.score * 2 + given.score * 3) / 5;
    let mut order = None;
    if surname_first(a) != surname_first(b) && level > Level::Partial {
        if level == Level::Same {
            level = Level::SameByRomanisation;
        }
        score = score.saturating_sub(10);
        order = Some("surname and given name stand in the other order".to_owned());
    }
    // What is most unlike explains the level.
    let mut parts: Vec<Likeness> = vec![given, surname];
    parts.sort_by_key(|part| part.level);
    let reasons = parts
        .into_iter()
        .map(|part| part.reason)
        .filter(|reason| !reason.is_empty());
    let mut reasons: Vec<String> = reasons.chain(order).collect();
    if reasons.is_empty() {
        reasons.push("written alike".to_owned());
    }
    Similarity {
        level,
        score: level.clamp(score),
        reasons,
    }
}

/// Whether the surname stands first; a single name stands in no order.
fn surname_first(reading: &Reading) -> Option<bool> {
    match reading.order {
        Order::SurnameFirst | Order::SurnameFirstAssumed => Some(true),
        Order::GivenFirst | Order::GivenFirstAssumed => Some(false),
        Order::OnlyOne => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_never_contradicts_its_level() {
        let levels = [
            Level::Different,
            Level::Partial,
            Level::Near,
            Level::SameByRomanisation,
            Level::Same,
        ];
        for pair in levels.windows(2) {
            assert!(pair[0].clamp(1000) < pair[1].clamp(0));
        }
    }

    #[test]
    fn what_holds_no_name_is_different_from_all() {
        assert_eq!(compare("", "").level, Level::Different);
        assert_eq!(compare("—", "김혜숙").score, 0);
    }
}
