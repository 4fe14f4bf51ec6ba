//! Text that stands in many documents: everybody's formula, or one family's own words.
//!
//! A press release in forty papers is common and yet shows copying; thirty words about "all
//! rights reserved" in forty papers do not. What tells them apart: the papers with the release
//! are copies of each other at large. Invariant: sure edges are never touched.

use super::edge::Relation;
use super::index::{Found, Index, share};
use super::prints::winnow;

/// Which documents are largely the same text, as far as it is known: a forest of numbers, each
/// below its children.
#[derive(Debug, Default)]
pub(super) struct Families(Vec<u32>);

impl Families {
    fn root(&self, mut number: u32) -> u32 {
        while let Some(&parent) = self.0.get(number as usize)
            && parent != number
        {
            number = parent;
        }
        number
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        let most = a.max(b);
        while self.0.len() <= most as usize {
            self.0.push(self.0.len() as u32);
        }
        self.0[most as usize] = a.min(b);
    }
}

/// Holders of a print that are looked at.
const HOLDERS: usize = 24;

impl Index {
    /// Leaves out edges that rest on nothing but everybody's formulas.
    pub(super) fn leave_out_common(&mut self, mut found: Vec<Found>) -> Vec<Found> {
        for sure in found.iter().filter(|found| found.verdict.sure) {
            if self.is_same_text(sure) {
                self.families.join(sure.older, sure.newer);
            }
        }
        let mut hashes = std::mem::take(&mut self.scratch.hashes);
        found.retain(|found| found.verdict.sure || !self.is_common(found, &mut hashes));
        self.scratch.hashes = hashes;
        found
    }

    /// Whether one of the two is mostly text of the other.
    fn is_same_text(&self, found: &Found) -> bool {
        let passages = &found.verdict.passages;
        let a: Vec<_> = passages.iter().map(|shared| shared.a).collect();
        let b: Vec<_> = passages.iter().map(|shared| shared.b).collect();
        let words = |number: u32| self.words_of(number);
        let most = share(&a, words(found.older)).max(share(&b, words(found.newer)));
        found.verdict.relation == Relation::CopiesText
            && u32::from(most) >= self.rules.derived_share
    }

    /// Whether at least a third of the prints in what the two share stand in many documents that
    /// are not copies of each other.
    fn is_common(&self, found: &Found, hashes: &mut Vec<u64>) -> bool {
        let tokens = self.tokens(found.newer);
        let (mut common, mut all) = (0, 0);
        let mut places = Vec::new();
        for shared in &found.verdict.passages {
            let part = tokens
                .get(shared.b.0 as usize..shared.b.1 as usize)
                .unwrap_or_default();
            winnow(part, hashes, |print, _| {
                places.clear();
                self.postings
                    .find(&self.aside, print, 4 * HOLDERS, &mut places);
                all += 1;
                common += u32::from(self.are_many(&places, found));
            });
        }
        common * 3 >= all
    }

    /// Whether these places lie in many documents, and these in different families.
    fn are_many(&self, places: &[u64], found: &Found) -> bool {
        let mut holders: Vec<u32> = places
            .iter()
            .map(|&place| self.document_at(place).0)
            .collect();
        holders.dedup();
        let by_chance = self.entries.len() * self.rules.common_per_million / 1_000_000;
        if holders.len() <= self.rules.common_documents + by_chance {
            return false;
        }
        holders.retain(|&holder| holder != found.newer);
        holders.truncate(HOLDERS);
        let mut roots: Vec<u32> = holders
            .iter()
            .map(|&holder| self.families.root(holder))
            .collect();
        roots.sort_unstable();
        let largest = roots
            .chunk_by(|a, b| a == b)
            .map(<[u32]>::len)
            .max()
            .unwrap_or(0);
        largest * 1000 < roots.len() * self.rules.one_lineage
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DocumentText, Index, Lineages};
    use crate::Document;
    use model::SourceId;

    const RELEASE: &str = "Officers of the ministry came before dawn and took the whole family to the camp, \
        where the father was put to work in the mine and the children were taught nothing but how to \
        load the carts; they were given maize and salt, and whoever fell ill was left where he lay. \
        Nobody was told for what, and nobody who asked was ever seen again in the town.";
    const NOTICE: &str = "All rights reserved by the owners of this paper and nothing on this page may be \
        printed elsewhere without their leave in writing beforehand.";

    /// Words that no other document has.
    fn own(number: u64) -> String {
        let word = |n: u64| format!("w{:x} ", number * 1000 + n);
        (0..60).map(word).collect()
    }

    fn lineages(texts: &[String]) -> Lineages {
        let documents: Vec<Document> = (0..texts.len() as u64)
            .map(|n| Document {
                id: SourceId::new(n, [0; 10]),
                title: None,
                publisher: None,
                published: None,
                genre: None,
                language: None,
                origin: None,
                reliability: None,
            })
            .collect();
        let given: Vec<DocumentText<'_>> = documents
            .iter()
            .zip(texts)
            .map(|(document, text)| DocumentText {
                document,
                text,
                passages: &[],
            })
            .collect();
        let mut index = Index::default();
        let one_by_one: usize = given
            .iter()
            .map(|text| index.add(text).expect("no store").len())
            .sum();
        let at_once = Lineages::of(&given);
        assert!(one_by_one >= at_once.edges().len());
        at_once
    }

    #[test]
    fn a_notice_on_forty_pages_joins_nothing_and_a_release_on_forty_pages_joins_all() {
        let notices: Vec<String> = (0..40).map(|n| format!("{} {NOTICE}", own(n))).collect();
        assert_eq!(lineages(&notices).origins(), 40);
        let releases: Vec<String> = (0..40).map(|n| format!("w{n} {RELEASE} v{n}")).collect();
        assert_eq!(lineages(&releases).origins(), 1);
    }

    #[test]
    fn a_line_from_a_release_that_forty_have_is_still_a_quotation() {
        let mut texts: Vec<String> = (0..40).map(|n| format!("w{n} {RELEASE} v{n}")).collect();
        let line: Vec<&str> = RELEASE.split(' ').take(24).collect();
        texts.push(format!("{} {} {}", own(1), line.join(" "), own(2)));
        let found = lineages(&texts);
        let quoting = SourceId::new(40, [0; 10]);
        assert!(found.edges_of(&quoting).count() > 0);
        assert_eq!(found.origins(), 2);
    }
}
