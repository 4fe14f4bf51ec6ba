//! Who says so: whoever is said to say it, or, where nobody is, whoever the words before make responsible
//! for it.
//!
//! Invariant: outermost first; the document's own voice is left out, and everybody once.

use super::Scene;
use super::documented::documented_by;
use super::found::{body_at, found_before, found_in, is_attitude_of_own, told_before, told_on};
use super::judge::Verdict;
use super::terms::Term;
use crate::lexicon::{Class, Effect, Table};
use crate::propose::Builder;
use crate::syntax::Actor;
use crate::text::Stretch;
use model::{Attribution, Cited};

/// Whether words are those of somebody who says so.
pub(super) fn speaks(scene: &Scene, term: &Term, words: Stretch) -> bool {
    let mut said = scene.speech.chain(term.tokens.from).into_iter();
    said.any(|utterance| {
        let speaker = utterance.speaker.as_ref();
        speaker.is_some_and(|speaker| speaker.words.overlaps(words))
    })
}

/// Who says so, outermost first.
pub(super) fn attribution(
    scene: &Scene,
    term: &Term,
    verdict: &Verdict,
    builder: &mut Builder,
) -> Vec<Cited<Attribution>> {
    let document = scene.syntax.document;
    let mut chain = Vec::new();
    for utterance in scene.speech.chain(term.tokens.from) {
        let Some(speaker) = &utterance.speaker else {
            continue;
        };
        let own = scene.voices.at(document, utterance.cue.from);
        let own = utterance.own || own.is_some_and(|own| own.reference == speaker.reference);
        if own
            && !utterance.direct
            && let Some(label) = scene.voices.labelled(document, utterance.cue.from)
        {
            // Whom a label names is not the document's own voice.
            let said = Attribution {
                speaker: Some(label.reference),
                words: String::new(),
            };
            chain.push(builder.cited(document, label.words, said));
            continue;
        }
        let attitude = !matches!(utterance.act.as_str(), "asserts" | "concludes");
        if own && !utterance.direct || attitude && is_attitude_of_own(scene, speaker) {
            // The document's own voice is whose document it is.
            continue;
        }
        let mut quotes = vec![builder.cite(document, speaker.words)];
        let cue = builder.cite(document, utterance.cue);
        if !quotes.contains(&cue) {
            quotes.push(cue);
        }
        let words = if document.is_quote_mark(utterance.cue.from) {
            ""
        } else {
            document.words(utterance.cue)
        };
        let said = Attribution {
            speaker: Some(speaker.reference.clone()),
            words: words.to_owned(),
        };
        // `Norway said that it remained alarmed`: once.
        let known = chain.last().map(|last| &last.value.speaker);
        if known != Some(&said.speaker) {
            chain.push(Cited {
                value: said,
                quotes,
            });
        }
    }
    if chain.is_empty()
        && let Some((who, words)) = by_others(scene, term, verdict)
    {
        let said = Attribution {
            speaker: Some(who.reference),
            words,
        };
        chain.push(builder.cited(document, who.words, said));
    }
    let known = verdict.governor.is_some_and(|governor| {
        // `It documented the arrest`: the verb of a known speaker is no further report.
        !chain.is_empty() && document.is(governor.tokens.from, Class::Documenting)
    });
    if !known && let Some(reported) = reported(scene, term, verdict) {
        let words = document.words(reported).to_owned();
        // The verb of a known speaker is no further report.
        if chain.iter().all(|known| known.value.words != words) {
            chain.push(builder.cited(
                document,
                reported,
                Attribution {
                    speaker: None,
                    words,
                },
            ));
        }
    }
    chain
}

/// Who tells it where no verb of saying does, and the words that show it.
fn by_others(scene: &Scene, term: &Term, verdict: &Verdict) -> Option<(Actor, String)> {
    let document = scene.syntax.document;
    let at = term.tokens.from;
    if let Some((body, verb)) = found_in(scene, at) {
        let words = document.words(Stretch::new(verb, verb + 1)).to_owned();
        return Some((body, words));
    }
    // With the words of who it is, where nothing else shows it.
    let told = |who: &Actor| (who.clone(), document.words(who.words).to_owned());
    if let Some(finding) = found_before(scene, at) {
        return finding.speaker.as_ref().map(told);
    }
    if let Some((who, verb)) = documented_by(scene, at) {
        return Some((who, document.words(verb).to_owned()));
    }
    let asked = || {
        let caller = scene.calls.caller_at(at)?;
        let own = scene.voices.at(document, at);
        let own = own.is_some_and(|own| own.reference == caller.reference);
        (!own).then_some(caller)
    };
    let before = told_on(scene, at).and_then(|told| told.speaker.as_ref());
    if let Some(speaker) = before.or_else(asked) {
        return Some((speaker.clone(), String::new()));
    }
    if let Some(voice) = scene.voices.labelled(document, at) {
        return Some((voice, String::new()));
    }
    let before = told_before(scene, at).filter(|_| !scene.voices.is_statement);
    if let Some(speaker) = before.and_then(|told| told.speaker.as_ref()) {
        return Some(told(speaker));
    }
    let words = |governor: super::governors::Governor| document.words(governor.tokens).to_owned();
    let finder = finder(scene, verdict)?;
    Some((finder, verdict.governor.map_or_else(String::new, words)))
}

/// Who found it, where the governing words are theirs: `the Chamber finds him guilty of`.
fn finder(scene: &Scene, verdict: &Verdict) -> Option<Actor> {
    let document = scene.syntax.document;
    let governor = verdict.governor?;
    if governor.effect != Effect::Found {
        return None;
    }
    let sentence = document.sentence(governor.tokens.from).tokens;
    let body = (sentence.from..governor.tokens.to).find(|&at| {
        document.is(at, Class::FindingBody)
            && !document.is(at.saturating_sub(1), Class::Preposition)
    });
    // `The Senate convicted him of`: whoever convicts is a court.
    let convicts = || {
        let verb = governor.tokens.from;
        let phrase = document
            .is_any(verb, &["convicted", "convicts"])
            .then(|| scene.syntax.subject(verb))??;
        scene.syntax.actor(phrase)
    };
    body.and_then(|body| body_at(scene, body)).or_else(convicts)
}

/// The words by which somebody unnamed reports it: those that govern, or others before them in the
/// clause (`reports of men committing acts of torture`).
fn reported(scene: &Scene, term: &Term, verdict: &Verdict) -> Option<Stretch> {
    let document = scene.syntax.document;
    let governor = verdict.governor?;
    if governor.effect == Effect::Reported {
        return Some(governor.tokens);
    }
    let start = scene
        .syntax
        .clause_start(term.tokens.from)
        .max(governor.tokens.from.saturating_sub(12));
    document
        .hits_in(Table::Context, Stretch::new(start, governor.tokens.from))
        .iter()
        .rev()
        .find(|hit| {
            let entry = &document.lexicon.contexts[hit.entry as usize];
            entry.effect == Effect::Reported && hit.tokens.len() > 1
        })
        .map(|hit| hit.tokens)
}
