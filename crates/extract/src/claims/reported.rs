//! Whether somebody tells of an act, warns of it or says something of it.
//!
//! Invariant: what a law or a document without a voice says of anybody is its rule, and told by nobody.

use super::Scene;
use crate::lexicon::Class;
use crate::speech::Utterance;
use crate::text::Stretch;
use model::EntityKind;

/// Whether somebody warns of it: `warned that women who are returned may be subjected to`.
pub(super) fn is_warned_of(scene: &Scene, at: u32) -> bool {
    let mut said = scene.speech.chain(at).into_iter();
    said.any(|told| told.act == "warns")
}

/// Whether people tell, or somebody warns, of what befalls whoever it may be: `those who are handed back are beaten,
/// she said`. What a law says of anybody is its rule.
pub(super) fn is_reported_of(scene: &Scene, at: u32) -> bool {
    let people = |told: &&Utterance| {
        let speaker = told.speaker.as_ref();
        speaker.is_some_and(|speaker| {
            matches!(
                speaker.reference.kind,
                EntityKind::Person | EntityKind::Group | EntityKind::Organisation
            )
        })
    };
    is_warned_of(scene, at) || scene.speech.chain(at).iter().any(people)
}

/// Whether an act is the subject of what somebody says of it: `found that extrajudicial executions
/// were not isolated acts`.
pub(super) fn is_asserted(scene: &Scene, whole: Stretch) -> bool {
    let document = scene.syntax.document;
    let opens = scene.syntax.clause_start(whole.from) + 2 >= whole.from;
    let predicate = (whole.to..whole.to + 14).find(|&at| {
        document.is_any(at, &["was", "were", "had", "has", "have"])
            || document.is_any(at, &[";", "."])
    });
    let past = predicate.is_some_and(|at| document.is(at, Class::Auxiliary));
    let said = scene
        .speech
        .at(whole.from)
        .is_some_and(|told| !told.direct && matches!(told.act.as_str(), "asserts" | "concludes"));
    opens && past && said
}
