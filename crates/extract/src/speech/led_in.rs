//! Lists that a verb of saying leads in: `The Chamber found that:` above items of their own.
//!
//! Invariant: items follow without a gap; each begins with a mark of a list or a small letter, or ends
//! with a semicolon. What an item says is no statement of its own: its lead-in is.

use super::Utterance;
use super::indirect::Finder;
use crate::lexicon::{Class, Table};
use crate::text::{Block, Document, Part, Stretch};

/// The most items of a list.
const ITEMS: usize = 40;

/// The most words between the verb and the colon.
const REACH: u32 = 12;

impl Finder<'_, '_, '_> {
    /// The items of all lists, as said by whoever leads them in.
    pub(super) fn listed(&self) -> Vec<Utterance> {
        let document = self.syntax.document;
        let mut found = Vec::new();
        for (number, block) in document.blocks.iter().enumerate() {
            let Some(lead) = self.lead_in(block) else {
                continue;
            };
            let items = document.blocks[number + 1..].iter().take(ITEMS);
            for item in items.take_while(|item| is_item(document, item)) {
                let words = document.trimmed(without_mark(document, item.tokens));
                if words.len() >= 3 {
                    found.push(Utterance {
                        words,
                        parts: vec![words],
                        ..lead.clone()
                    });
                }
            }
        }
        found
    }

    /// Who says what the items below a passage say: the subject of the verb before its last colon.
    fn lead_in(&self, block: &Block) -> Option<Utterance> {
        let document = self.syntax.document;
        let colon = block.tokens.to.checked_sub(1)?;
        let leads = block.part == Part::Body
            && block.tokens.has(colon)
            && document.is_word(colon, ":")
            && document.quotation_at(colon).is_none();
        if !leads {
            return None;
        }
        let from = colon
            .saturating_sub(REACH)
            .max(document.sentence(colon).tokens.from);
        let hits = document.hits_in(Table::Speech, Stretch::new(from, colon));
        hits.iter().rev().find_map(|hit| {
            let entry = &document.lexicon.speeches[hit.entry as usize];
            let tells = matches!(entry.act.as_str(), "asserts" | "concludes");
            let phrase = self.subject(hit).filter(|_| tells)?;
            let speaker = self
                .syntax
                .can_act(phrase)
                .then(|| self.syntax.actor(phrase))??;
            Some(Utterance {
                rule: String::new(),
                act: entry.act.clone(),
                admits: entry.admits,
                direct: false,
                own: false,
                inferred: false,
                speaker: Some(speaker),
                words: hit.tokens,
                parts: Vec::new(),
                cue: hit.tokens,
            })
        })
    }
}

fn is_item(document: &Document, block: &Block) -> bool {
    if block.part != Part::Body || block.tokens.is_empty() {
        return false;
    }
    let last = block.tokens.to - 1;
    let small =
        (document.written(block.tokens.from).chars().next()).is_some_and(char::is_lowercase);
    is_mark(document, block.tokens.from) || small || document.is_word(last, ";")
}

/// `–`, `•`, `(a)`, `1.`
fn is_mark(document: &Document, at: u32) -> bool {
    let number = document.is_digits(at);
    document.is_any(at, &["-", "–", "—", "•", "*", "·", "("])
        || number && document.is_any(at + 1, &[".", ")"])
}

fn without_mark(document: &Document, words: Stretch) -> Stretch {
    let mut from = words.from;
    while from < words.to
        && from < words.from + 4
        && (!document.is_plain(from) || document.is_any(from + 1, &[")", "."]))
        && !document.is(from, Class::Determiner)
    {
        from += 1;
    }
    Stretch::new(from, words.to)
}
