//! What was found, in sentences for people.
//!
//! Invariant: "no shared text found" is the most that is said of documents without an edge, and
//! a direction is never said without its reasons.

use super::direction::{Confidence, What};
use super::edge::{Edge, Relation};

/// What a sentence needs to know of the two documents of an edge, this one's side first.
pub(super) struct Seen<'a> {
    pub edge: &'a Edge,
    /// Place of this document in the edge.
    pub side: usize,
    /// The other's title, or its id.
    pub other: &'a str,
}

impl Seen<'_> {
    /// What this document and the other have in common, and which was first.
    pub fn sentence(&self) -> String {
        match self.edge.relation {
            Relation::CopiesText => format!("{} {}", self.shared(), self.order()),
            Relation::SameForm => self.form(),
        }
    }

    fn shared(&self) -> String {
        let (mine, its) = (self.edge.shares[self.side], self.edge.shares[1 - self.side]);
        let passages = match self.edge.passages.len() {
            1 => "one passage".to_owned(),
            n => format!("{n} passages"),
        };
        format!(
            "It shares {passages} with {}: {} of its own words, {} of the other's.",
            self.other,
            percent(mine),
            percent(its)
        )
    }

    fn form(&self) -> String {
        let places = |count: u32, what: &str| match count {
            0 => None,
            1 => Some(format!("another {what} in one place")),
            n => Some(format!("other {what}s in {n} places")),
        };
        let facts: Vec<String> = [
            places(self.edge.other_names, "name"),
            places(self.edge.other_numbers, "number or date"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let facts = if facts.is_empty() {
            "other words filled in".to_owned()
        } else {
            facts.join(" and ")
        };
        format!(
            "It has the form of {} with {facts}: the same words about different facts, so neither counts as a copy of the other.",
            self.other
        )
    }

    /// Which of the two was first, with the reasons.
    pub fn order(&self) -> String {
        let direction = &self.edge.direction;
        let Some(original) = direction.original else {
            let collected = if self.side == 1 {
                format!("{} was collected first, which proves nothing.", self.other)
            } else {
                "This one was collected first, which proves nothing.".to_owned()
            };
            let why = if direction.signs.is_empty() {
                "Nothing shows which of the two was first."
            } else {
                "Which of the two was first is not known: the signs speak for both."
            };
            return format!("{why} {collected}");
        };
        let first = if original == self.side {
            "This one seems to be the earlier".to_owned()
        } else {
            format!("{} seems to be the earlier", self.other)
        };
        let reasons: Vec<String> = direction
            .signs
            .iter()
            .map(|sign| {
                let reason = self.reason(sign.original, &sign.what);
                if sign.original == original {
                    reason
                } else {
                    format!("against it, {reason}")
                }
            })
            .collect();
        format!(
            "{first} ({}): {}.",
            match direction.confidence {
                Confidence::Unknown | Confidence::Weak => "weakly shown",
                Confidence::Fair => "fairly shown",
                Confidence::Strong => "strongly shown",
            },
            reasons.join("; ")
        )
    }

    fn reason(&self, original: usize, what: &What) -> String {
        let (first, second) = if original == self.side {
            ("this one", self.other)
        } else {
            (self.other, "this one")
        };
        match what {
            What::Published { earlier, later } => {
                format!("{first} is dated {earlier}, {second} {later}")
            }
            What::Credited(name) => {
                format!("{second} names as its source {name}, who published {first}")
            }
            What::Linked(address) => format!("{second} links to {address}, the address of {first}"),
            What::Dateline(date) => format!(
                "{second} still carries the dateline {date}, the day on which {first} was published"
            ),
            What::Quoted => {
                format!("{second} has the words in quotation marks and {first} has not")
            }
            What::CutShort => format!("{second} is the beginning of {first} and nothing else"),
        }
    }
}

/// Thousandths as percent, without claiming "all" or "none" that is not so.
fn percent(share: u16) -> String {
    match share {
        1000 => "all".to_owned(),
        0..=9 => "under 1%".to_owned(),
        _ => format!("{}%", share / 10),
    }
}
