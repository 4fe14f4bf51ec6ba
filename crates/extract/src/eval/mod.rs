//! How good the extractor is, against what careful people read out of the same documents.
//!
//! Where to start: [`Coding::parse`] reads a gold coding, [`Scores::add`] lays a document's
//! proposals beside it, [`Scores::layers`] and its sisters give the figures. What counts as right
//! is written in `docs/formats/gold.md`.
//!
//! Invariant: every figure comes with the numbers it is made of.

mod coding;
mod item;
mod meet;

pub use coding::{Coding, CodingError};
pub use item::Layer;

use item::Item;
use model::{Band, Proposal, Reading, Vocabulary};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many were right, of how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tally {
    /// Coded records, optional ones not counted.
    pub coded: u64,
    /// Proposals, those on optional codings not counted.
    pub proposed: u64,
    /// Coded records that a proposal meets.
    pub found: u64,
    /// Of those, proposals that agree in everything asked.
    pub strict: u64,
}

impl Tally {
    /// Share of the proposals that are right, from 0 to 1; `None` without proposals.
    #[must_use]
    pub fn precision(&self, strict: bool) -> Option<f64> {
        ratio(self.right(strict), self.proposed)
    }

    /// Share of the coded records that were found, from 0 to 1; `None` when nothing is coded.
    #[must_use]
    pub fn recall(&self, strict: bool) -> Option<f64> {
        ratio(self.right(strict), self.coded)
    }

    /// Harmonic mean of precision and recall; `None` when there is neither.
    #[must_use]
    pub fn f1(&self, strict: bool) -> Option<f64> {
        ratio(2 * self.right(strict), self.coded + self.proposed)
    }

    fn right(&self, strict: bool) -> u64 {
        if strict { self.strict } else { self.found }
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.coded += other.coded;
        self.proposed += other.proposed;
        self.found += other.found;
        self.strict += other.strict;
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// How tightly quotes fit: characters of coded words, of proposed words, and of both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tightness {
    /// Characters in the coded quotes of pairs.
    pub coded: u64,
    /// Characters in the proposed ones.
    pub proposed: u64,
    /// Characters in both.
    pub shared: u64,
}

/// What became of one record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Coded and not found.
    Missed,
    /// Proposed and not coded.
    False,
    /// Found, but not right in everything asked.
    Partly,
}

/// One record to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Remark {
    /// The document.
    pub document: String,
    /// The layer.
    pub layer: Layer,
    /// What became of it.
    pub verdict: Verdict,
    /// Its type, where the layer has one.
    pub sort: String,
    /// Its words.
    pub words: String,
    /// The rule that proposed it; empty for a miss.
    pub rule: String,
    /// What was coded and what was proposed, for records that are partly right.
    pub detail: String,
}

/// The figures of one or many documents.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// By layer.
    pub layers: BTreeMap<Layer, Tally>,
    /// By document, then layer.
    pub documents: BTreeMap<String, BTreeMap<Layer, Tally>>,
    /// Proposals and right ones (lenient), by layer and band.
    pub bands: BTreeMap<(Layer, Band), (u64, u64)>,
    /// Proposals and right ones (lenient), by layer and rule.
    pub rules: BTreeMap<(Layer, String), (u64, u64)>,
    /// How tightly quotes fit, by layer.
    pub tightness: BTreeMap<Layer, Tightness>,
    /// Misses, false proposals and partly right ones.
    pub remarks: Vec<Remark>,
}

impl Scores {
    /// Lays the proposals of one document beside its coding.
    ///
    /// # Errors
    /// When the coding quotes words that are not in the reading.
    pub fn add(
        &mut self,
        document: &str,
        reading: &Reading,
        proposals: &[Proposal],
        coding: &Coding,
        violations: &Vocabulary,
    ) -> Result<(), CodingError> {
        let coded = item::coded(coding, reading)?;
        let proposed: Vec<Item> = proposals.iter().flat_map(item::proposed).collect();
        for layer in Layer::ALL {
            let of = |items: &[Item]| -> Vec<Item> {
                let mine = items.iter().filter(|item| item.layer == layer);
                mine.cloned().collect()
            };
            let (coded, proposed) = (of(&coded), of(&proposed));
            // A coder who listed no entity or quotation did not code that layer.
            let listed = matches!(layer, Layer::Entities | Layer::Quotations);
            let named = &coding.layers;
            let left_out = !named.is_empty() && !named.contains(&layer);
            if left_out || listed && coded.is_empty() {
                continue;
            }
            self.layer(document, layer, &coded, &proposed, violations);
        }
        Ok(())
    }

    fn layer(
        &mut self,
        document: &str,
        layer: Layer,
        coded: &[Item],
        proposed: &[Item],
        violations: &Vocabulary,
    ) {
        let pairs = meet::pairs(coded, proposed, violations);
        let mut tally = Tally {
            coded: coded.iter().filter(|item| !item.optional).count() as u64,
            ..Tally::default()
        };
        let mut partner = vec![None; proposed.len()];
        let mut met = vec![false; coded.len()];
        for pair in &pairs {
            partner[pair.proposed] = Some(pair);
            met[pair.coded] = true;
        }
        for (item, partner) in proposed.iter().zip(&partner) {
            let counterpart = partner.map(|pair| &coded[pair.coded]);
            if counterpart.is_some_and(|coded| coded.optional) {
                continue;
            }
            tally.proposed += 1;
            let right = u64::from(counterpart.is_some());
            let strict = partner.is_some_and(|pair| pair.strict);
            tally.found += right;
            tally.strict += u64::from(strict);
            self.count(item, right);
            match counterpart {
                None => self.remark(document, item, Verdict::False, String::new()),
                Some(coded) => {
                    self.fit(coded, item);
                    if !strict {
                        let detail =
                            format!("coded {:?}, proposed {:?}", coded.fields, item.fields);
                        self.remark(document, item, Verdict::Partly, detail);
                    }
                }
            }
        }
        for (item, met) in coded.iter().zip(&met) {
            if !met && !item.optional {
                self.remark(document, item, Verdict::Missed, String::new());
            }
        }
        *self.layers.entry(layer).or_default() += tally;
        let by_document = self.documents.entry(document.to_owned()).or_default();
        *by_document.entry(layer).or_default() += tally;
    }

    fn count(&mut self, item: &Item, right: u64) {
        let rule = self
            .rules
            .entry((item.layer, item.rule.clone()))
            .or_default();
        rule.0 += 1;
        rule.1 += right;
        if let Some(band) = item.band {
            let band = self.bands.entry((item.layer, band)).or_default();
            band.0 += 1;
            band.1 += right;
        }
    }

    fn fit(&mut self, coded: &Item, proposed: &Item) {
        if let Some((one, other)) = coded.span.zip(proposed.span) {
            let tightness = self.tightness.entry(coded.layer).or_default();
            tightness.coded += u64::from(one.len());
            tightness.proposed += u64::from(other.len());
            let shared = one
                .end
                .min(other.end)
                .saturating_sub(one.start.max(other.start));
            tightness.shared += u64::from(shared);
        }
    }

    fn remark(&mut self, document: &str, item: &Item, verdict: Verdict, detail: String) {
        self.remarks.push(Remark {
            document: document.to_owned(),
            layer: item.layer,
            verdict,
            sort: item.sort.clone(),
            words: item.words.clone(),
            rule: item.rule.clone(),
            detail,
        });
    }
}
