//! Many documents at once: sorting their prints finds the shared ones without a lookup each.

use super::align::Seed;
use super::edge::Edge;
use super::index::{DocumentText, Found, Hit, Index, MOST_REPEATS};
use super::piles::Piles;
use super::postings::{Postings, SHELVES, place, posting, rest};
use super::prints::winnow;
use super::store::StoreError;

/// Parts into which the hits are divided, so that each is sorted within the cache.
const PARTS: usize = 256;

/// Pairs whose words are fetched before they are compared.
const AT_ONCE: usize = 32;

impl Index {
    /// Adds many documents, in this order; the edges among them and to those before, in the
    /// order of the newer document and then the older one.
    ///
    /// What is compared at a time is held in memory, so an index with a store is to be given
    /// documents in portions.
    ///
    /// # Errors
    /// The store failed; without one there is no error.
    pub fn add_all(&mut self, documents: &[DocumentText<'_>]) -> Result<Vec<Edge>, StoreError> {
        let first_new = self.entries.len() as u32;
        let found = self.join_all(documents);
        for (number, document) in (first_new..).zip(documents) {
            self.note(number, document, true);
        }
        let edges = found.iter().map(|found| self.edge(found)).collect();
        self.set_aside();
        self.aside.check().map(|()| edges)
    }

    /// The edges among documents that nothing will be added to: only those that share text are
    /// asked for their clues. The index is empty before. With each edge come the numbers of its
    /// documents.
    pub(super) fn join_once(
        &mut self,
        documents: &[DocumentText<'_>],
    ) -> (Vec<Edge>, Vec<[u32; 2]>) {
        let found = self.join_all(documents);
        let credits = documents
            .iter()
            .any(|given| given.document.publisher.is_some() || given.document.origin.is_some());
        for number in found.iter().flat_map(|found| [found.older, found.newer]) {
            if let Some(document) = documents.get(number as usize) {
                self.note(number, document, credits);
            }
        }
        let ends = found
            .iter()
            .map(|found| [found.older, found.newer])
            .collect();
        let edges = found.iter().map(|found| self.edge(found)).collect();
        (edges, ends)
    }

    pub(super) fn join_all(&mut self, documents: &[DocumentText<'_>]) -> Vec<Found> {
        let first_new = self.entries.len() as u32;
        let mut shelves = Piles::new(SHELVES);
        let mut hashes = Vec::new();
        let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
        self.words.tokens.reserve(bytes / 6);
        self.words.layout.reserve(bytes / 6);
        for document in documents {
            let Some(number) = self.enter(document) else {
                break;
            };
            let base = self.bases[number as usize];
            winnow(&self.tokens(number), &mut hashes, |print, at| {
                let (shelf, posting) = posting(print, base + u64::from(at));
                shelves.push(shelf, posting);
            });
        }
        let mut hits = self.join(shelves, first_new);
        let mut scratch = std::mem::take(&mut self.scratch);
        let mut found = Vec::new();
        let mut part = Vec::new();
        for number in 0..PARTS {
            part.clear();
            hits.take(number, &mut part);
            part.sort_unstable();
            let pairs: Vec<&[Hit]> = part.chunk_by(|a, b| a.pair() == b.pair()).collect();
            for some in pairs.chunks(AT_ONCE) {
                self.fetch(some);
                found.extend(
                    some.iter()
                        .filter_map(|pair| self.compare(pair, &mut scratch)),
                );
            }
        }
        self.scratch = scratch;
        self.leave_out_common(found)
    }

    /// All pairs of places at which a print stands in a new and an older document, in parts by
    /// the newer document, ascending.
    fn join(&mut self, new: Piles<u64>, first_new: u32) -> Piles<Hit> {
        let count = self.entries.len() as u64 - u64::from(first_new);
        let mut parts = Piles::new(PARTS);
        let mut postings: Postings = std::mem::take(&mut self.postings);
        let (mut shared, mut documents, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let same = |&a: &u64, &b: &u64| rest(a) == rest(b);
        postings.pass(&self.aside, new, |shelf| {
            shared.clear();
            let of_prints = shelf.chunk_by(same).filter(|places| places.len() > 1);
            of_prints.for_each(|places| shared.extend_from_slice(places));
            // All in a row, since a lookup then need not wait for the one before.
            documents.clear();
            documents.extend(shared.iter().map(|&p| self.document_at(place(p))));
            let mut left = &documents[..];
            for of_print in shared.chunk_by(same) {
                let group;
                (group, left) = left.split_at(of_print.len());
                self.pairs(group, &mut ends, first_new, |hit| {
                    let part = u64::from(hit.newer() - first_new) * PARTS as u64 / count.max(1);
                    parts.push(part as usize, hit);
                });
            }
        });
        self.postings = postings;
        parts
    }

    /// The hits among the places of one print, which ascend; `ends` is room to work in.
    fn pairs(
        &self,
        group: &[(u32, u32)],
        ends: &mut Vec<usize>,
        first_new: u32,
        mut each: impl FnMut(Hit),
    ) {
        // Where the places in each document end: most prints stand in two, once in each.
        ends.clear();
        let starts = group.windows(2).zip(1..);
        ends.extend(
            starts
                .filter(|(pair, _)| pair[0].0 != pair[1].0)
                .map(|(_, at)| at),
        );
        ends.push(group.len());
        let documents = ends.len();
        let rare = documents <= self.rules.common_documents;
        let compared = if rare {
            documents
        } else {
            self.rules.common_compared
        };
        let of = |nth: usize| {
            let from = if nth == 0 { 0 } else { ends[nth - 1] };
            let to = ends[nth].min(from + MOST_REPEATS);
            &group[from..to]
        };
        for nth in 1..documents {
            let newer = of(nth);
            if newer[0].0 < first_new {
                continue;
            }
            for older in (0..nth.min(compared)).map(of) {
                for &(newer, b) in newer {
                    for &(older, a) in older {
                        let seed = Seed { b, a, rare };
                        each(Hit::new(newer, older, seed));
                    }
                }
            }
        }
    }
}
