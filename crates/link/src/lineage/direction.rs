//! Which of two documents with the same text was first: what speaks for it, and how strongly.
//!
//! Invariant: nothing is claimed without a reason that can be read; evidence for both sides, or
//! none, leaves it unknown.

use super::clues::Clues;
use super::edge::SharedPassage;
use model::Edtf;

/// How well the evidence carries a direction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    /// Nothing shows it, or the evidence speaks for both.
    Unknown,
    /// One weak sign.
    Weak,
    /// A date, a dateline or a quotation.
    Fair,
    /// The copy names its source, or several signs agree.
    Strong,
}

impl Confidence {
    /// The band in a word, for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Weak => "weak",
            Self::Fair => "fair",
            Self::Strong => "strong",
        }
    }
}

/// Something that speaks for one of two documents having had the text first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sign {
    /// The document it speaks for, as its place in [`super::Edge::documents`].
    pub original: usize,
    /// How much it weighs: 1 weak, 2 fair, 4 strong.
    pub weight: u8,
    /// What it is.
    pub what: What,
}

/// What speaks for a direction.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum What {
    /// It was published earlier.
    Published {
        /// When it was.
        earlier: Edtf,
        /// When the other was.
        later: Edtf,
    },
    /// The other credits its publisher.
    Credited(String),
    /// The other links to its address.
    Linked(String),
    /// The other's dateline gives its date of publication, earlier than its own.
    Dateline(Edtf),
    /// The other has the text in quotation marks.
    Quoted,
    /// The other is its beginning and nothing else: cut short.
    CutShort,
}

/// Which of two documents was first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Direction {
    /// Place in [`super::Edge::documents`] of the one that was first; `None` when unknown.
    pub original: Option<usize>,
    /// How well that is shown.
    pub confidence: Confidence,
    /// What speaks for either side, the weightiest first.
    pub signs: Vec<Sign>,
}

/// Weighs what is known of two documents, and what they share; `begins` says of each whether
/// what they share is one passage that stands at its beginning.
pub(super) fn direction(
    clues: [&Clues; 2],
    passages: &[SharedPassage],
    shares: [u16; 2],
    begins: [bool; 2],
) -> Direction {
    let mut signs = Vec::new();
    for original in 0..2 {
        let (first, second) = (clues[original], clues[1 - original]);
        let mut add = |weight, what| {
            signs.push(Sign {
                original,
                weight,
                what,
            });
        };
        if let Some((earlier, later)) = published_before(first, second) {
            add(2, What::Published { earlier, later });
        }
        if let Some(name) = second.credits_to(first) {
            add(4, What::Credited(name));
        }
        if let Some(address) = second.links_to(first) {
            add(4, What::Linked(address));
        }
        if let Some(date) = second.dateline_of(first) {
            add(2, What::Dateline(date));
        }
        let quotes = |side: usize| {
            passages
                .iter()
                .all(|passage| clues[side].quotes(passage.spans[side]))
        };
        if !passages.is_empty() && quotes(1 - original) && !quotes(original) {
            add(2, What::Quoted);
        }
        if shares[1 - original] >= 900 && shares[original] <= 850 && begins[original] {
            add(1, What::CutShort);
        }
    }
    weigh(signs)
}

fn weigh(mut signs: Vec<Sign>) -> Direction {
    signs.sort_by_key(|sign| std::cmp::Reverse(sign.weight));
    let sum = |side: usize| -> i32 {
        let speaking = signs.iter().filter(|sign| sign.original == side);
        speaking.map(|sign| i32::from(sign.weight)).sum()
    };
    let ahead = sum(0) - sum(1);
    let confidence = match ahead.abs() {
        0 => Confidence::Unknown,
        1 => Confidence::Weak,
        2 | 3 => Confidence::Fair,
        _ => Confidence::Strong,
    };
    Direction {
        original: (ahead != 0).then_some(usize::from(ahead < 0)),
        confidence,
        signs,
    }
}

/// The dates, when every day that the first may mean lies before every day of the second.
fn published_before(first: &Clues, second: &Clues) -> Option<(Edtf, Edtf)> {
    let (earlier, later) = (first.published?, second.published?);
    (earlier.latest()? < later.earliest()?).then_some((earlier, later))
}

/// Days that lie at least between the publication of two documents, whichever was first; `None`
/// when a date is not known. A month counts as 30 days.
pub(super) fn days_between(clues: [&Clues; 2]) -> Option<u32> {
    let days = |(year, month, day): (u16, u8, u8)| {
        (u32::from(year) * 12 + u32::from(month)) * 30 + u32::from(day)
    };
    let [first, second] = clues.map(|clues| clues.published);
    let (first, second) = (first?, second?);
    let gap = |earlier: Edtf, later: Edtf| {
        Some(days(later.earliest()?).saturating_sub(days(earlier.latest()?)))
    };
    Some(gap(first, second)?.max(gap(second, first)?))
}
