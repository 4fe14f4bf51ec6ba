//! Allegations: violations that the document says happened, were found, are feared or denied, with
//! who says so, who suffered, who did it, where and when.
//!
//! A right that is merely named, a rule against an act, a policy, an office is no allegation.
//! Invariant: one allegation a type and passage; its first quote is the clause that carries it.

mod context;
mod participants;
mod record;
mod terms;

pub(crate) use terms::{Terms, codes_in};

use crate::calls::Calls;
use crate::dates::Dates;
use crate::speech::{Speech, Voices};
use crate::syntax::Syntax;
use model::Proposal;
use std::collections::BTreeSet;

/// All that the rules for allegations look at.
pub(crate) struct Scene<'s, 'd, 'a> {
    pub syntax: &'s Syntax<'d, 'a>,
    pub dates: &'s Dates,
    pub speech: &'s Speech,
    pub voices: &'s Voices,
    pub calls: &'s Calls,
}

/// The allegations of a document.
pub(crate) fn propose(scene: &Scene, terms: &Terms) -> Vec<Proposal> {
    let document = scene.syntax.document;
    let mut proposals = Vec::new();
    let mut seen: BTreeSet<(u32, String)> = BTreeSet::new();
    for list in &terms.lists {
        for (at, term) in list.terms.iter().enumerate() {
            if scene.calls.demands(term.tokens.from) {
                continue;
            }
            let Some(verdict) = context::judge(scene, list, at) else {
                continue;
            };
            let violation = &document.lexicon.violations[term.violation as usize];
            let passage = document.block(term.tokens.from).number;
            if !seen.insert((passage, violation.code.clone())) {
                continue;
            }
            proposals.extend(record::allegation(scene, list, at, &verdict));
        }
    }
    proposals
}
