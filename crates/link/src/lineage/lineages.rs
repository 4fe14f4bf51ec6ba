//! Families of documents with the same text, and the document each goes back to.
//!
//! Invariant: every document has at most one parent, so it belongs to one family; the number of
//! families is an upper bound of the number of independent origins.

use super::edge::{Edge, Relation};
use super::index::{DocumentText, Index};
use super::repeats::marked;
use super::rules::Rules;
use crate::{Document, Origin, Provenance};
use model::{SourceId, Span};

/// Which documents share text, and where each passage came from.
#[derive(Debug, Default)]
pub struct Lineages {
    /// Documents, ascending.
    pub(super) ids: Vec<SourceId>,
    /// Their titles, as far as they have one.
    pub(super) titles: Vec<Option<Box<str>>>,
    /// The document that each has its text from; itself when from none.
    parents: Vec<u32>,
    /// The document that each goes back to, over all parents.
    roots: Vec<u32>,
    edges: Vec<Edge>,
    /// For each document where its edges begin in `touching`, and one more for the end.
    starts: Vec<u32>,
    /// Numbers of edges, by document.
    touching: Vec<u32>,
    /// Passages that their readers marked as repetitions of another, ascending.
    marked: Vec<(SourceId, Span, Span)>,
}

impl Lineages {
    /// Compares all documents with each other by the rules that ship. Their order does not matter.
    #[must_use]
    pub fn of(documents: &[DocumentText<'_>]) -> Self {
        Self::by(documents, Rules::default())
    }

    /// Compares all documents with each other.
    #[must_use]
    pub fn by(documents: &[DocumentText<'_>], rules: Rules) -> Self {
        let mut sorted = documents.to_vec();
        sorted.sort_by_key(|document| document.document.id);
        sorted.dedup_by_key(|document| document.document.id);
        let share = rules.derived_share;
        let (edges, ends) = Index::new(rules).join_once(&sorted);
        let documents = sorted.iter().map(|document| document.document);
        let (ids, titles) = documents.map(named).unzip();
        let mut this = Self::put_together(ids, titles, edges, &ends, share);
        for document in &sorted {
            this.mark_repeats(document);
        }
        this.marked.sort_unstable();
        this
    }

    /// Puts together what an index found: all documents that were compared, and the edges.
    /// A document derives from another with which it shares `derived_share` thousandths of its
    /// words.
    #[must_use]
    pub fn from_edges<'d>(
        documents: impl IntoIterator<Item = &'d Document>,
        mut edges: Vec<Edge>,
        derived_share: u32,
    ) -> Self {
        let mut known: Vec<_> = documents.into_iter().map(named).collect();
        known.sort();
        known.dedup_by_key(|(id, _)| *id);
        let (ids, titles): (Vec<SourceId>, _) = known.into_iter().unzip();
        edges.sort_by_key(|edge| (edge.documents[1], edge.documents[0]));
        let mut ends: Vec<[u32; 2]> = Vec::with_capacity(edges.len());
        let number = |id: &SourceId| ids.binary_search(id).ok().map(|number| number as u32);
        edges.retain(|edge| {
            let known = number(&edge.documents[0]).zip(number(&edge.documents[1]));
            ends.extend(known.map(|(a, b)| [a, b]));
            known.is_some()
        });
        Self::put_together(ids, titles, edges, &ends, derived_share)
    }

    /// `ids` ascend, and edges by their second document and then the first; `ends` are the
    /// places of the documents of each edge in `ids`.
    fn put_together(
        ids: Vec<SourceId>,
        titles: Vec<Option<Box<str>>>,
        edges: Vec<Edge>,
        ends: &[[u32; 2]],
        derived_share: u32,
    ) -> Self {
        let mut this = Self {
            parents: (0..ids.len() as u32).collect(),
            roots: (0..ids.len() as u32).collect(),
            ids,
            titles,
            edges,
            ..Self::default()
        };
        this.attach(ends);
        this.choose_parents(ends, derived_share);
        this
    }

    fn mark_repeats(&mut self, document: &DocumentText<'_>) {
        let id = document.document.id;
        let marked = marked(document).into_iter();
        self.marked
            .extend(marked.map(|(span, first)| (id, span, first)));
    }

    /// Makes the list of edges of each document.
    fn attach(&mut self, ends: &[[u32; 2]]) {
        let mut starts = vec![0u32; self.ids.len() + 1];
        for &number in ends.as_flattened() {
            starts[number as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        self.touching = vec![0; ends.len() * 2];
        for (edge, both) in (0..).zip(ends) {
            for &number in both {
                let slot = &mut next[number as usize];
                self.touching[*slot as usize] = edge;
                *slot += 1;
            }
        }
        self.starts = starts;
    }

    pub(super) fn number(&self, source: &SourceId) -> Option<u32> {
        self.ids
            .binary_search(source)
            .ok()
            .map(|number| number as u32)
    }

    fn choose_parents(&mut self, ends: &[[u32; 2]], derived_share: u32) {
        for number in 0..self.ids.len() as u32 {
            let edges = self.touching[self.range(number)].iter();
            let best = edges
                .filter_map(|&edge| self.parent_by(number, edge, ends, derived_share))
                .max_by_key(|&(share, parent)| (share, std::cmp::Reverse(parent)));
            if let Some((_, parent)) = best {
                let root = self.settle_root(parent);
                if root != number {
                    self.parents[number as usize] = parent;
                    self.roots[number as usize] = root;
                }
            }
        }
        for number in 0..self.ids.len() as u32 {
            self.settle_root(number);
        }
    }

    /// The other document of an edge with the share of this one's words, when this has its text
    /// from the other.
    fn parent_by(
        &self,
        number: u32,
        edge: u32,
        ends: &[[u32; 2]],
        derived_share: u32,
    ) -> Option<(u16, u32)> {
        let ends = ends[edge as usize];
        let edge = &self.edges[edge as usize];
        let side = usize::from(ends[0] != number);
        let other = ends[1 - side];
        let mine = u32::from(edge.shares[side]) >= derived_share;
        let its = u32::from(edge.shares[1 - side]) >= derived_share;
        let derives = match edge.direction.original {
            _ if edge.relation != Relation::CopiesText || !mine => false,
            Some(original) => original != side,
            None => !its || other < number,
        };
        derives.then_some((edge.shares[side], other))
    }

    /// The document that a family goes back to, with the way there shortened for next time.
    fn settle_root(&mut self, number: u32) -> u32 {
        let mut root = number;
        while self.roots[root as usize] != root {
            root = self.roots[root as usize];
        }
        let mut at = number;
        while self.roots[at as usize] != root {
            at = std::mem::replace(&mut self.roots[at as usize], root);
        }
        root
    }

    /// The document that a family goes back to.
    fn root(&self, number: u32) -> u32 {
        self.roots[number as usize]
    }

    /// Where the edges of a document stand in `touching`.
    fn range(&self, number: u32) -> std::ops::Range<usize> {
        let at = |number: usize| self.starts.get(number).map(|&start| start as usize);
        match (at(number as usize), at(number as usize + 1)) {
            (Some(from), Some(to)) => from..to,
            _ => 0..0,
        }
    }

    fn touching(&self, number: u32) -> impl Iterator<Item = &Edge> {
        self.touching[self.range(number)]
            .iter()
            .map(|&edge| &self.edges[edge as usize])
    }

    /// All edges, by the document that was collected later and then the earlier one.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges of one document.
    pub fn edges_of(&self, source: &SourceId) -> impl Iterator<Item = &Edge> {
        self.touching(self.number(source).unwrap_or(u32::MAX - 1))
    }

    /// Documents that were compared.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.ids.len()
    }

    /// Origins of these documents as far as shared text shows them: an upper bound, since reuse
    /// in other words is not seen.
    #[must_use]
    pub fn origins(&self) -> usize {
        (0..)
            .zip(&self.parents)
            .filter(|(number, parent)| number == *parent)
            .count()
    }

    /// All documents that go back to the same one as `source`, which is in front; only `source`
    /// itself when no shared text was found.
    #[must_use]
    pub fn group(&self, source: &SourceId) -> Vec<SourceId> {
        let Some(number) = self.number(source) else {
            return vec![*source];
        };
        let root = self.root(number);
        let mut group = vec![self.ids[root as usize]];
        let others =
            (0..self.ids.len() as u32).filter(|&other| other != root && self.root(other) == root);
        group.extend(others.map(|other| self.ids[other as usize]));
        group
    }
}

/// The id and title of a document.
fn named(document: &Document) -> (SourceId, Option<Box<str>>) {
    (document.id, document.title.as_deref().map(Box::from))
}

/// Share of a span that a passage must hold to say where it comes from, in percent.
const HELD: u64 = 60;

/// Most documents that a passage is followed through.
const MOST_STEPS: usize = 64;

impl Provenance for Lineages {
    fn origin(&self, source: &SourceId, span: Span) -> Origin {
        let mut at = (*source, self.unrepeated(source, span));
        let mut reasons = Vec::new();
        let mut seen = vec![*source];
        while seen.len() < MOST_STEPS
            && let Some((id, span, reason)) = self.earlier(at, &seen)
        {
            seen.push(id);
            reasons.push(reason);
            at = (id, span);
        }
        Origin {
            source: at.0,
            reasons,
        }
    }
}

impl Lineages {
    /// The place of the text itself, for a span in a passage that repeats another.
    fn unrepeated(&self, source: &SourceId, span: Span) -> Span {
        let from = self.marked.partition_point(|(id, ..)| id < source);
        let of_source = self.marked[from..]
            .iter()
            .take_while(|(id, ..)| id == source);
        let around = of_source
            .into_iter()
            .find(|(_, passage, _)| passage.contains(span));
        around.map_or(span, |&(_, passage, first)| carried(span, passage, first))
    }

    /// One step back: who else has this passage, and had it first or was collected first.
    fn earlier(
        &self,
        (source, span): (SourceId, Span),
        seen: &[SourceId],
    ) -> Option<(SourceId, Span, String)> {
        let mut best: Option<(u64, SourceId, Span, String)> = None;
        for edge in self.edges_of(&source) {
            let side = edge.side(&source)?;
            let other = edge.documents[1 - side];
            let first = edge
                .direction
                .original
                .map_or(side == 1, |original| original != side);
            if edge.relation != Relation::CopiesText || !first || seen.contains(&other) {
                continue;
            }
            for passage in &edge.passages {
                let (here, there) = (passage.spans[side], passage.spans[1 - side]);
                let held = u64::from(
                    here.end
                        .min(span.end)
                        .saturating_sub(here.start.max(span.start)),
                );
                if held == 0 || held * 100 < u64::from(span.len()) * HELD {
                    continue;
                }
                let better = best
                    .as_ref()
                    .is_none_or(|(most, id, ..)| held > *most || (held == *most && other < *id));
                if better {
                    best = Some((
                        held,
                        other,
                        carried(span, here, there),
                        self.step(edge, side),
                    ));
                }
            }
        }
        best.map(|(_, id, span, reason)| (id, span, reason))
    }
}

/// The stretch of `there` at the place that `span` has in `here`.
fn carried(span: Span, here: Span, there: Span) -> Span {
    let map = |at: u32| {
        let into = u64::from(at.clamp(here.start, here.end) - here.start);
        let scaled = into * u64::from(there.len()) / u64::from(here.len().max(1));
        there.start + scaled as u32
    };
    Span::new(map(span.start), map(span.end))
}

#[cfg(test)]
#[path = "lineages_test.rs"]
mod tests;
