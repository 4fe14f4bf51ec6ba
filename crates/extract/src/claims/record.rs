//! Puts an allegation together: the clause that carries it, and each field with its words.

use super::Scene;
use super::able::can_suffer;
use super::accused::{accused, convicted_of};
use super::documented::documented_by;
use super::doers::perpetrators;
use super::found::{body_at, found_before, found_in, is_attitude_of_own, told_before, told_on};
use super::heads::doer_at_head;
use super::joint::with_others;
use super::judge::Verdict;
use super::roles::{is_power, sufferers};
use super::setting::{date, place};
use super::terms::{List, Term};
use super::victims::{is_passive, victims};
use crate::lexicon::{Class, Effect, Table, TermKind};
use crate::propose::Builder;
use crate::syntax::Actor;
use crate::text::{Document, Stretch};
use model::{Allegation, Attribution, Band, Cited, Code, Modality, Proposal, RecordBody};

/// The most words of the clause that carries an allegation.
const LONGEST: u32 = 48;

/// The allegation that the term at `at` makes.
pub(super) fn allegation(
    scene: &Scene,
    list: &List,
    at: usize,
    verdict: &Verdict,
) -> Option<Proposal> {
    let document = scene.syntax.document;
    let term = &list.terms[at];
    let mut victims = victims(scene, term, verdict);
    let convicted = convicted_of(scene, list);
    if let Some(guilty) = &convicted {
        // `convicted him of torture`: he has done it.
        victims.retain(|someone| someone.value.who.name != guilty.value.who.name);
    }
    if victims.is_empty() && term.kind == TermKind::Verb {
        // `Libyans were tortured, jailed and made to disappear`: one subject.
        let first = list.terms.first().filter(|first| first.kind == term.kind);
        victims.extend(
            first
                .into_iter()
                .flat_map(|first| self::victims(scene, first, verdict)),
        );
    }
    if term.kind != TermKind::Verb {
        // `she spoke of a risk of torture`: who speaks of it is not who suffers it.
        victims.retain(|someone| !speaks(scene, term, someone.words));
    }
    let mut perpetrators = perpetrators(scene, list, term, verdict);
    if !matches!(verdict.modality, Modality::Admitted | Modality::Denied) {
        // `the chair found that the violations were systematic`: nor is it who did it.
        perpetrators.retain(|someone| !speaks(scene, term, someone.words));
    }
    // `he received a sentence of ten years`: who suffers it has not done it to himself.
    perpetrators.retain(|doer| {
        victims
            .iter()
            .all(|someone| someone.value.who != doer.value.who)
    });
    let tried = convicted.is_some();
    if perpetrators.is_empty() {
        perpetrators.extend(convicted);
    }
    if perpetrators.is_empty() {
        perpetrators.extend(doer_at_head(scene, list));
        let done_by = |words: Stretch| perpetrators.iter().any(|doer| doer.words.overlaps(words));
        victims.retain(|someone| !done_by(someone.words));
    }
    if victims.is_empty() && !tried {
        victims.extend(sufferers(scene, list, term, verdict, &perpetrators));
    }
    victims.retain(|someone| {
        can_suffer(scene, term, someone) && !is_force_acting(scene, term, someone.words)
    });
    with_others(scene, &mut victims);
    if perpetrators.is_empty() {
        perpetrators = accused(scene, list, term, &victims);
        // `Dae-seop, the broker said, was forbidden to leave`
        if !matches!(verdict.modality, Modality::Admitted | Modality::Denied) {
            perpetrators.retain(|someone| !speaks(scene, term, someone.words));
        }
    }
    let place = place(scene, list, term);
    let mut carried = vec![term.tokens];
    carried.extend(verdict.governor.map(|governor| governor.tokens));
    carried.extend(victims.iter().map(|someone| someone.words));
    carried.extend(perpetrators.iter().map(|someone| someone.words));
    carried.extend(verdict.also);
    carried.extend(term.beside);
    let clause = document.balanced(carrying(scene, list, term, &carried));
    let mut builder = Builder::of(document, clause);
    let violation = &document.lexicon.violations[term.violation as usize];
    let mut inferred = false;
    let words = verdict.modality_words.unwrap_or(term.tokens);
    let mut code = builder.cited(document, term.tokens, Code::from(violation.code.as_str()));
    for words in &verdict.telling {
        let quote = builder.cite(document, *words);
        if !code.quotes.contains(&quote) {
            code.quotes.push(quote);
        }
    }
    let allegation = Allegation {
        violation: code,
        modality: builder.cited(document, words, verdict.modality),
        attribution: attribution(scene, term, verdict, &mut builder),
        victims: victims
            .into_iter()
            .map(|someone| {
                inferred |= someone.inferred;
                builder.cited(document, someone.words, someone.value)
            })
            .collect(),
        perpetrators: perpetrators
            .into_iter()
            .map(|someone| {
                inferred |= someone.inferred;
                builder.cited(document, someone.words, someone.value)
            })
            .collect(),
        place: place.map(|(reference, words)| builder.cited(document, words, reference)),
        date: date(scene, list, term, clause)
            .map(|(words, date)| builder.cited(document, words, date)),
        method: None,
        attribution_by_authorities: None,
        status_at_end: None,
    };
    let band = if inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    builder.finish(&violation.id, band, RecordBody::Allegation(allegation))
}

/// `Officers searched the flat`, `Soldiers opened fire on the march`: those who use force and act.
fn is_force_acting(scene: &Scene, term: &Term, words: Stretch) -> bool {
    let verb = matches!(term.kind, TermKind::Verb | TermKind::Clause);
    let entry = &scene.syntax.document.lexicon.violations[term.violation as usize];
    if !verb || entry.subject || is_passive(scene, term.tokens.from) || !is_power(scene, words) {
        return false;
    }
    let subject = scene.syntax.subject(term.tokens.from);
    words.overlaps(term.tokens) || subject.is_some_and(|it| it.stretch().overlaps(words))
}

/// Whether words are those of somebody who says so.
pub(super) fn speaks(scene: &Scene, term: &Term, words: Stretch) -> bool {
    let mut said = scene.speech.chain(term.tokens.from).into_iter();
    said.any(|utterance| {
        let speaker = utterance.speaker.as_ref();
        speaker.is_some_and(|speaker| speaker.words.overlaps(words))
    })
}

/// The shortest clause that holds the term and the words around it that count.
fn carrying(scene: &Scene, list: &List, term: &Term, carried: &[Stretch]) -> Stretch {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    let inside = document.speech_at(term.tokens.from);
    let start = scene.syntax.clause_start(term.tokens.from);
    let end = scene.syntax.clause_end(term.tokens.to.saturating_sub(1));
    let fits = |stretch: &&Stretch| {
        sentence.contains(**stretch)
            && (inside.is_none() || document.speech_at(stretch.from) == inside)
    };
    let from = carried.iter().filter(fits).map(|s| s.from).min();
    let to = carried.iter().filter(fits).map(|s| s.to).max();
    let needed = Stretch::new(
        from.unwrap_or(term.tokens.from),
        to.unwrap_or(term.tokens.to),
    );
    let clause = Stretch::new(start.min(needed.from), end.max(needed.to));
    let whole = document.trimmed(clause);
    if whole.len() <= LONGEST {
        return whole;
    }
    let behind = list.stretch().to.min(needed.from + LONGEST).max(needed.to);
    let shorter = document.trimmed(Stretch::new(needed.from, behind));
    if shorter.len() <= LONGEST && term.kind != TermKind::Clause {
        return shorter;
    }
    document.trimmed(Stretch::new(
        widened(document, needed.from, sentence, false),
        widened(document, needed.to, sentence, true),
    ))
}

/// The nearest mark before or behind a token, at most ten words away.
fn widened(document: &Document, from: u32, sentence: Stretch, forward: bool) -> u32 {
    let mut at = from;
    for _ in 0..10 {
        let next = if forward { at } else { at.saturating_sub(1) };
        let inside = if forward {
            at < sentence.to
        } else {
            at > sentence.from
        };
        if !inside || !document.is_plain(next) {
            break;
        }
        at = if forward { at + 1 } else { next };
    }
    at
}

/// Who says so, outermost first.
fn attribution(
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
        && let Some((body, verb)) = found_in(scene, term.tokens.from)
    {
        let words = document.words(Stretch::new(verb, verb + 1)).to_owned();
        let said = Attribution {
            speaker: Some(body.reference),
            words,
        };
        chain.push(builder.cited(document, body.words, said));
    }
    if chain.is_empty()
        && let Some(speaker) =
            found_before(scene, term.tokens.from).and_then(|finding| finding.speaker.as_ref())
    {
        let words = document.words(speaker.words).to_owned();
        let said = Attribution {
            speaker: Some(speaker.reference.clone()),
            words,
        };
        chain.push(builder.cited(document, speaker.words, said));
    }
    if chain.is_empty()
        && let Some((who, verb)) = documented_by(scene, term.tokens.from)
    {
        let said = Attribution {
            speaker: Some(who.reference),
            words: document.words(verb).to_owned(),
        };
        chain.push(builder.cited(document, who.words, said));
    }
    let told = || {
        let before = told_on(scene, term.tokens.from)?;
        before.speaker.as_ref()
    };
    let asked = || {
        let caller = scene.calls.caller_at(term.tokens.from)?;
        let own = scene.voices.at(document, term.tokens.from);
        let own = own.is_some_and(|own| own.reference == caller.reference);
        (!own).then_some(caller)
    };
    if chain.is_empty()
        && let Some(speaker) = told().or_else(asked)
    {
        let said = Attribution {
            speaker: Some(speaker.reference.clone()),
            words: String::new(),
        };
        chain.push(builder.cited(document, speaker.words, said));
    }
    if chain.is_empty()
        && let Some(voice) = scene.voices.labelled(document, term.tokens.from)
    {
        let said = Attribution {
            speaker: Some(voice.reference),
            words: String::new(),
        };
        chain.push(builder.cited(document, voice.words, said));
    }
    if chain.is_empty()
        && !scene.voices.is_statement
        && let Some(speaker) =
            told_before(scene, term.tokens.from).and_then(|told| told.speaker.as_ref())
    {
        let said = Attribution {
            speaker: Some(speaker.reference.clone()),
            words: document.words(speaker.words).to_owned(),
        };
        chain.push(builder.cited(document, speaker.words, said));
    }
    if chain.is_empty()
        && let Some(finder) = finder(scene, verdict)
    {
        let words = verdict
            .governor
            .map_or("", |governor| document.words(governor.tokens));
        let speaker = Attribution {
            speaker: Some(finder.reference),
            words: words.to_owned(),
        };
        chain.push(builder.cited(document, finder.words, speaker));
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
