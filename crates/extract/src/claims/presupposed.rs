//! What is alleged without being told: a demand that takes it for granted (`release all who are
//! arbitrarily detained`), and the words of those who are accused and deny it (`No one is tortured
//! there`).
//!
//! Invariant: a demand alone alleges nothing; the act must stand behind a verb that ends it, or be
//! what somebody is to be freed from.

use super::Scene;
use super::judge::{Verdict, verdict};
use super::terms::{List, Term};
use crate::lexicon::{Class, TermKind};
use crate::speech::act;
use crate::text::Stretch;
use model::{EntityKind, Modality};

/// How many words before an act the verb that ends it may stand.
const NEAR: u32 = 9;

/// The verdict on a term among the words of a demand, when the demand takes the act for granted.
pub(super) fn in_demand(scene: &Scene, list: &List, at: usize) -> Option<Verdict> {
    let document = scene.syntax.document;
    let term = &list.terms[at];
    let whole = list.stretch();
    let sentence = document.sentence(whole.from).tokens;
    let floor = sentence
        .from
        .max(whole.from.saturating_sub(NEAR + whole.len()));
    let ending = (floor..term.tokens.from)
        .rev()
        .find(|&at| document.is(at, Class::Presupposing))?;
    let between = Stretch::new(ending + 1, term.tokens.from);
    let stops = between.tokens().any(|at| {
        document.is_any(at, &[";", ":", "that", "from", "against"])
            || document.is(at, Class::Modal)
            || document.is(at, Class::Negation)
    });
    if stops {
        return None;
    }
    let holds = matches!(
        document.written(ending).to_lowercase().as_str(),
        "release"
            | "releasing"
            | "free"
            | "freeing"
            | "freed"
            | "return"
            | "reunite"
            | "inform"
            | "disclose"
    );
    let certain = between.tokens().any(|at| {
        document.is_any(
            at,
            &[
                "the",
                "its",
                "their",
                "these",
                "this",
                "his",
                "her",
                "ongoing",
                "continuing",
                "use",
            ],
        )
    });
    let general = between
        .tokens()
        .any(|at| document.is_any(at, &["all", "any", "every", "forms"]));
    let presupposed = match term.kind {
        // `must stop targeting activists`: they do it now.
        TermKind::Verb | TermKind::Clause => {
            holds || between.is_empty() && document.written(term.tokens.from).ends_with("ing")
        }
        TermKind::Act => {
            holds || certain && !general || between.is_empty() || ends_to(scene, ending)
        }
        TermKind::Right | TermKind::Quality => false,
    };
    presupposed.then(|| verdict(Modality::Alleged, None))
}

/// `put an end to`.
fn ends_to(scene: &Scene, at: u32) -> bool {
    let document = scene.syntax.document;
    document.is_word(at, "end") && document.is_word(at + 1, "to")
}

/// The verdict on an act that is said not to be, where those speak who answer for it.
pub(super) fn denied(scene: &Scene, term: &Term) -> Option<Verdict> {
    let document = scene.syntax.document;
    let at = term.tokens.from;
    let told = scene.speech.at(at);
    // `no such child would be born here` forbids.
    let group = scene.syntax.verb_group_start(at)..term.tokens.to;
    let would = group.into_iter().any(|at| document.is(at, Class::Modal));
    if !would && told.is_some_and(|told| act(scene.syntax, told).0 == "denies") {
        return Some(verdict(Modality::Denied, None));
    }
    let speaks = |kind: EntityKind| matches!(kind, EntityKind::State | EntityKind::Organisation);
    let speaker = told
        .and_then(|told| told.speaker.as_ref())
        .map(|speaker| speaker.reference.clone())
        .or_else(|| scene.voices.at(document, at).map(|voice| voice.reference));
    let official = speaker.is_some_and(|who| {
        speaks(who.kind)
            && who
                .key
                .as_deref()
                .is_none_or(|key| key.starts_with("state:"))
    });
    let from = document.block(at).sentences.from;
    let own = document
        .sentences
        .get(from as usize..=document.sentence_number(at) as usize)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(3)
        .any(|sentence| {
            sentence
                .tokens
                .tokens()
                .any(|at| document.is_any(at, &["our", "we", "us", "my"]))
        });
    let forbids = document.is(at.saturating_sub(1), Class::Modal);
    (official && own && !forbids).then(|| verdict(Modality::Denied, None))
}
