//! Puts an allegation together: the clause that carries it, and each field with its words.

use super::Scene;
use super::able::can_suffer;
use super::accused::{accused, convicted_of};
use super::attribution::{attribution, speaks};
use super::doers::perpetrators;
use super::heads::doer_at_head;
use super::joint::with_others;
use super::judge::Verdict;
use super::roles::{is_power, sufferers};
use super::setting::{date, place};
use super::terms::{List, Term};
use super::victims::{is_passive, victims};
use crate::lexicon::TermKind;
use crate::propose::Builder;
use crate::text::{Document, Stretch};
use model::{Allegation, Band, Code, Modality, Proposal, RecordBody};

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
