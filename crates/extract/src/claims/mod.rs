//! Allegations: violations that the document says happened, were found, are feared or denied, with
//! who says so, who suffered, who did it, where and when.
//!
//! A right that is merely named, a rule against an act, a policy, an office is no allegation.
//! Invariant: one allegation a type and passage; its first quote is the clause that carries it.

mod able;
mod accused;
mod accusing;
mod antecedents;
mod attribution;
mod certainty;
mod charges;
mod demanded;
mod documented;
mod doers;
mod found;
mod governors;
mod heads;
mod inquiry;
mod joint;
mod judge;
mod linked;
mod participles;
mod people;
mod presupposed;
mod pronouns;
mod record;
mod reported;
mod roles;
mod setting;
mod subjects;
mod suggested;
mod terms;
mod victims;

pub(crate) use demanded::demanded_people;
pub(crate) use found::names_inquiry;
pub(crate) use inquiry::is_own_inquiry;
pub(crate) use terms::{Terms, codes_in};

use crate::calls::Calls;
use crate::dates::Dates;
use crate::lexicon::Class;
use crate::speech::{Speech, Voices};
use crate::syntax::Syntax;
use crate::text::{Document, Stretch};
use model::{EntityKind, Proposal, RecordBody};
use std::collections::BTreeSet;

/// All that the rules for allegations look at.
pub(crate) struct Scene<'s, 'd, 'a> {
    pub syntax: &'s Syntax<'d, 'a>,
    pub dates: &'s Dates,
    pub speech: &'s Speech,
    pub voices: &'s Voices,
    pub calls: &'s Calls,
    /// Whether the document names a body that inquires.
    pub inquiry: bool,
    /// Whether the document is itself the word of such a body.
    pub own_inquiry: bool,
}

/// The allegations of a document.
pub(crate) fn propose(scene: &Scene, terms: &Terms) -> Vec<Proposal> {
    let document = scene.syntax.document;
    let mut proposals = Vec::new();
    let mut seen: BTreeSet<(u32, String)> = BTreeSet::new();
    let mut told: Vec<Stretch> = Vec::new();
    let mut suffered: BTreeSet<(u32, String, String)> = BTreeSet::new();
    let legal = is_legal(document);
    for list in &terms.lists {
        if legal && is_item(document, list.stretch().from) {
            continue;
        }
        for (at, term) in list.terms.iter().enumerate() {
            let judged = if scene.calls.demands(term.tokens.from) {
                presupposed::in_demand(scene, list, at)
            } else {
                judge::judge(scene, list, at)
            };
            let Some(verdict) = judged else {
                continue;
            };
            let violation = &document.lexicon.violations[term.violation as usize];
            let passage = document.block(term.tokens.from).number;
            let again = !seen.insert((passage, violation.code.clone()));
            let found = record::allegation(scene, list, at, &verdict);
            told.extend(found.is_some().then_some(term.tokens));
            // Told again of the same passage and type: another act where another person suffered it, or
            // another number, or on another day, or where it is denied and not alleged.
            let marks = marks(found.as_ref());
            let code = &violation.code;
            let other = (marks.iter())
                .any(|mark| !suffered.contains(&(passage, code.clone(), mark.clone())));
            suffered.extend(marks.into_iter().map(|mark| (passage, code.clone(), mark)));
            if !again || other {
                proposals.extend(found);
            }
        }
    }
    if !legal {
        proposals.extend(suggested::propose(scene, &mut seen, &told));
    }
    proposals
}

/// What tells one act from another of its type: the persons whom it names as victims by their own words,
/// not by a pronoun, how many it counts, its date and its modality.
fn marks(found: Option<&Proposal>) -> Vec<String> {
    let Some(RecordBody::Allegation(allegation)) = found.map(|proposal| &proposal.body) else {
        return Vec::new();
    };
    let persons = allegation.victims.iter().filter(|victim| {
        let who = &victim.value.who;
        let name = who.name.chars().next().is_some_and(char::is_uppercase);
        who.kind == EntityKind::Person && name
    });
    let persons = persons.map(|victim| victim.value.who.name.clone());
    let numbers = (allegation.victims.iter())
        .filter_map(|victim| victim.value.number.map(|number| number.to_string()));
    let date = allegation
        .date
        .as_ref()
        .map(|date| date.value.date.to_string());
    let modality = std::iter::once(allegation.modality.value.name().to_owned());
    persons.chain(numbers).chain(date).chain(modality).collect()
}

/// Whether the document is a legal text: what it lists in lettered items are rules, not reports.
fn is_legal(document: &Document) -> bool {
    let mut signs = 0;
    for at in 0..document.tokens.len() as u32 {
        let section =
            document.is_any(at, &["sec", "sec.", "section"]) && document.is_digits(at + 1);
        let duty = document.is_word(at, "shall") || document.is_word(at, "pursuant");
        signs += u32::from(section) * 2 + u32::from(duty);
        if signs >= 6 {
            return true;
        }
    }
    false
}

/// Whether the token's passage is a lettered or numbered item: `(a) …`, `(iii) …`.
fn is_item(document: &Document, at: u32) -> bool {
    let from = document.block(at).tokens.from;
    let item = document.is_word(from, "(")
        && document.written(from + 1).len() <= 4
        && document.is_word(from + 2, ")");
    let lettered = document.written(from).len() <= 2
        && document.is_word(from + 1, ")")
        && !document.is(from, Class::Determiner);
    item || lettered
}
