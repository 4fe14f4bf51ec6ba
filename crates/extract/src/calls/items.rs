//! Items of a list within one passage: `to: (a) release …; (b) allow …`, `abandon …; ensure …; and
//! protect …`, `petition 1. the Government of Japan to …; 2. the Council to …`.
//!
//! Invariant: an item stands behind a semicolon, and begins with a verb that is known to be demanded or
//! with those who are to do something.

use super::several::{self, addressed};
use super::{Called, Finder};
use crate::lexicon::Class;
use crate::text::{Document, Hit, Stretch};

/// The most items of a list.
const MOST: usize = 30;

impl Finder<'_, '_, '_> {
    /// `petition 1. the Government of Japan to confirm …`: the first item, with whom it is for.
    pub(super) fn itemised(&self, hit: &Hit) -> Option<Called> {
        let document = self.syntax.document;
        let item = past_marker(document, hit.tokens.to);
        if item == hit.tokens.to
            || document.block(item).tokens != document.block(hit.tokens.from).tokens
        {
            return None;
        }
        let (actor, verb) = addressed(self.syntax, item)?;
        let caller = self.caller(hit.tokens.from).ok()?;
        let demand = self.demand_from(verb, Stretch::new(verb, verb));
        self.finish(hit, caller, vec![actor], demand)
    }
}

/// The further items behind the first demand of a call.
pub(super) fn behind(finder: &Finder, called: &Called) -> Vec<Called> {
    let document = finder.syntax.document;
    let block = document.block(called.cue.from).tokens;
    let mut found = Vec::new();
    let mut last = called.clone();
    for _ in 0..MOST {
        let end = last.demand.to;
        if !document.is_word(end, ";") || !block.has(end) {
            break;
        }
        let joint = end + 1 + u32::from(document.is(end + 1, Class::Conjunction));
        let item = past_marker(document, joint);
        if !block.has(item) {
            break;
        }
        let (addressees, verb) = match addressed(finder.syntax, item) {
            Some((actor, verb)) => (vec![actor], verb),
            None => {
                let verb = item + u32::from(document.is_word(item, "to"));
                if !document.is(verb, Class::Demanded) || !document.is_plain(verb + 1) {
                    break;
                }
                (last.addressees.clone(), verb)
            }
        };
        let demand = finder.demand_from(verb, Stretch::new(verb, verb));
        last = Called {
            cue: Stretch::new(verb, verb + 1),
            further: true,
            addressees,
            demand,
            ..called.clone()
        };
        found.extend(several::split(finder.syntax, last.clone()));
    }
    found
}

/// One past a colon and the mark of an item (`: (a)`, `2.`) that begin at `at`; `at` where none does.
pub(super) fn past_marker(document: &Document, at: u32) -> u32 {
    let colon = at + u32::from(document.is_word(at, ":"));
    let mark = colon + u32::from(document.is_word(colon, "("));
    let short = document.written(mark).len() <= 3;
    match short && document.is_any(mark + 1, &[")", "."]) {
        true => mark + 2,
        false => at,
    }
}
