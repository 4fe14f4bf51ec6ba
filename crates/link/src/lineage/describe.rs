//! What is known of one document's words and those of others, in sentences.
//!
//! Invariant: every sentence is true of the edges as they are; without an edge nothing is said
//! but that no shared text was found.

use super::edge::Edge;
use super::lineages::Lineages;
use super::say::Seen;
use model::SourceId;

impl Lineages {
    /// Why the other document of an edge is taken for the one that had the words first.
    pub(super) fn step(&self, edge: &Edge, side: usize) -> String {
        let other = self.called(&edge.documents[1 - side]);
        let seen = Seen {
            edge,
            side,
            other: &other,
        };
        format!("The same words stand in {other}. {}", seen.order())
    }

    /// What a document is called in a sentence.
    pub(super) fn called(&self, source: &SourceId) -> String {
        let title = self
            .number(source)
            .and_then(|number| self.titles.get(number as usize));
        match title {
            Some(Some(title)) => format!("“{title}”"),
            _ => format!("document {source}"),
        }
    }

    /// What is known of a document's words and those of others, in sentences: what it shares
    /// with whom, most first, and what it goes back to.
    #[must_use]
    pub fn describe(&self, source: &SourceId) -> Vec<String> {
        let others = self.ids.len().saturating_sub(1);
        let mut edges: Vec<(&Edge, usize)> = self
            .edges_of(source)
            .filter_map(|edge| Some((edge, edge.side(source)?)))
            .collect();
        if edges.is_empty() {
            return vec![format!(
                "No shared text was found with the other {others} documents. Reuse in other words is not seen, so this does not make it independent of them."
            )];
        }
        edges.sort_by_key(|(edge, side)| (edge.relation, std::cmp::Reverse(edge.shares[*side])));
        let mut lines: Vec<String> = edges
            .into_iter()
            .map(|(edge, side)| {
                let other = &self.called(&edge.documents[1 - side]);
                Seen { edge, side, other }.sentence()
            })
            .collect();
        lines.push(self.summary(source));
        lines
    }

    fn summary(&self, source: &SourceId) -> String {
        let group = self.group(source);
        if group.len() < 2 {
            return "Most of its words are its own as far as shared text shows: it counts as an origin of its own.".to_owned();
        }
        let goes_back = if group.first() == Some(source) {
            "The others go back to this one".to_owned()
        } else {
            format!("It goes back to {}", self.called(&group[0]))
        };
        format!(
            "{} documents with this text count as one origin. {goes_back}, as far as the archive shows.",
            group.len()
        )
    }
}
