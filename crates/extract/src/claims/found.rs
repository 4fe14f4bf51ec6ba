//! What counts as found: said by those whose task it is to find out, also where a sentence goes on
//! with what the one before began.
//!
//! Invariant: only a speaker whom the words name, in the same passage, makes it found.

use super::Scene;
use super::documented::documented_by;
use super::governors::Governor;
use super::judge::Verdict;
use super::terms::Term;
use crate::lexicon::{Class, Effect, Table};
use crate::names::Names;
use crate::speech::{Utterance, finds_out, meant_by_it};
use crate::syntax::{Actor, Phrase};
use crate::text::{Document, Stretch, folded};
use model::{EntityKind, Modality};

/// The most words of a sentence in which a body is looked for.
const LONGEST: u32 = 90;

/// The most words between a body and its verb.
const REACH: u32 = 14;

/// How many sentences on a finding may go on.
const SENTENCES: u32 = 3;

/// Whether a document names a body that inquires: then its `report` is such a body's.
pub(crate) fn names_inquiry(document: &Document, names: &Names) -> bool {
    names
        .entities
        .iter()
        .any(|entity| entity.kind == EntityKind::Organisation && finds_out(document, &entity.name))
}

/// Whether a speaker is charged with finding out: a commission of inquiry, a court, their report.
pub(super) fn is_inquiry(scene: &Scene, speaker: &Actor) -> bool {
    let document = scene.syntax.document;
    let name = &speaker.reference.name;
    let words = &document.lexicon.words;
    let ends_with = |class| {
        folded(name)
            .last()
            .is_some_and(|part| words.classes(words.id(&part.word)).has(class))
    };
    match speaker.reference.kind {
        EntityKind::Organisation | EntityKind::Group => {
            let other = ["council", "group", "committee", "experts"];
            let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
            let later = ends_with(Class::FindingBody) && !other.contains(&last.as_str());
            finds_out(document, name) || scene.inquiry && later
        }
        EntityKind::Instrument => {
            finds_out(document, name) || scene.inquiry && ends_with(Class::DocumentNoun)
        }
        _ => false,
    }
}

/// Whether a speaker whose name is no body's concludes by office: a group of experts, a rapporteur.
pub(super) fn finds(scene: &Scene, speaker: &Actor) -> bool {
    let document = scene.syntax.document;
    let mut words = speaker.words.tokens().chain(
        speaker
            .role
            .into_iter()
            .flat_map(|role: crate::text::Stretch| role.tokens()),
    );
    words.any(|at| {
        document.is(at, Class::FindingBody)
            || document.is(at, Class::Inquiry)
            || document.is_any(at, &["rapporteur", "commissioner"])
    })
}

/// Whether the words that govern an act pass on what others report: `received reports of`, `is
/// concerned about allegations of`.
pub(super) fn passes_on(scene: &Scene, verdict: &Verdict) -> bool {
    let document = scene.syntax.document;
    verdict.governor.is_some_and(|governor| {
        let from = governor.tokens.from;
        let before = Stretch::new(from.saturating_sub(3), from);
        let taken = before
            .tokens()
            .any(|at| document.is_any(at, &["received", "receives", "receiving", "concerned"]));
        governor.effect == Effect::Reported && taken
    })
}

/// Whoever was last said to tell something, where the sentence goes on in what they tell: right
/// behind it in the passage, with the verb set back in time (`said they were taken. Some had been
/// beaten.`).
pub(super) fn told_on<'s>(scene: &Scene<'s, '_, '_>, at: u32) -> Option<&'s Utterance> {
    let document = scene.syntax.document;
    let start = scene.syntax.verb_group_start(at);
    let set_back = (start.saturating_sub(1)..at).any(|at| document.is_any(at, &["had", "would"]));
    let last = last_said(scene, at, 2)?;
    let told = !last.direct && !last.own && last.act == "asserts";
    (set_back && told).then_some(last)
}

/// What was said right before a sentence that has no speaker of its own and goes on with it: in
/// other words, in the same passage, by somebody named.
pub(super) fn told_before<'s>(scene: &Scene<'s, '_, '_>, at: u32) -> Option<&'s Utterance> {
    // `She was sent back twice`, `Two of her nieces were`: a story goes on with whoever it is of.
    let document = scene.syntax.document;
    let first = document.sentence(at).tokens.from;
    let goes_on = (first..at.min(first + 6))
        .any(|at| document.is(at, Class::ThirdPerson) || document.is_any(at, &["her", "his"]));
    let last = last_said(scene, at, 1 + u32::from(goes_on))?;
    let told = matches!(last.act.as_str(), "concludes" | "asserts") && !last.direct && !last.own;
    told.then_some(last)
}

/// What somebody said last before a sentence in which nobody speaks (whoever speaks later in it
/// takes over), in its passage, at most so many sentences before.
fn last_said<'s>(scene: &Scene<'s, '_, '_>, at: u32, sentences: u32) -> Option<&'s Utterance> {
    let document = scene.syntax.document;
    if scene.speech.at(at).is_some() || document.quotation_at(at).is_some() {
        return None;
    }
    let sentence = document.sentence(at).tokens;
    let utterances = &scene.speech.utterances;
    let after = utterances.partition_point(|utterance| utterance.words.from < sentence.from);
    let last = utterances[..after].last()?;
    let number = document.sentence_number(last.words.to.saturating_sub(1));
    let near = document.block_number(last.cue.from) == document.block_number(at)
        && document.sentence_number(at).saturating_sub(number) <= sentences;
    let alone = utterances[after..]
        .iter()
        .take_while(|next| next.cue.from < sentence.to)
        .all(|next| !sentence.has(next.cue.from));
    (near && alone && last.speaker.is_some()).then_some(last)
}

/// The finding that a sentence without a speaker goes on with: the last words said before it in
/// its passage were concluded by those charged with finding out.
pub(super) fn found_before<'s>(scene: &Scene<'s, '_, '_>, at: u32) -> Option<&'s Utterance> {
    let last = last_said(scene, at, SENTENCES)?;
    let speaker = last.speaker.as_ref()?;
    let concluded = matches!(last.act.as_str(), "concludes" | "asserts") && !last.direct;
    (concluded && is_inquiry(scene, speaker)).then_some(last)
}

/// The body that finds it in the sentence of the token by a verb of finding, with the verb: `A court
/// sentenced him for`, `…, the judges held`.
pub(super) fn found_in(scene: &Scene, at: u32) -> Option<(Actor, u32)> {
    let document = scene.syntax.document;
    let sentence = document.sentence(at).tokens;
    if document.quotation_at(at).is_some() || sentence.len() > LONGEST {
        return None;
    }
    let verb = sentence.tokens().find(|&verb| {
        document.is(verb, Class::Finding) && !scene.syntax.is_not_finite(verb) && verb != at
    })?;
    let before = verb.saturating_sub(1);
    if sentence.has(before) && document.is_word(before, "it") {
        // `The Commission of Inquiry said as much: persons are tortured, it found.`
        let body = meant_by_it(scene.syntax, before, None)?;
        let words = Stretch::new(before, verb);
        return is_inquiry(scene, &body).then_some((Actor { words, ..body }, verb));
    }
    let passive = (scene.syntax.verb_group_start(verb)..verb).any(|at| document.is(at, Class::Be));
    let near = verb.saturating_sub(REACH).max(sentence.from)..verb;
    let body = near.rev().find(|&at| {
        document.is(at, Class::Court)
            || document.is_word(at, "group") && document.is_word(at.saturating_sub(1), "working")
            || document.is_word(at, "committee") && document.is_capital(at)
    })?;
    // `sentenced them to forced labour` is what the court did, not what it found.
    let punishes =
        document.is_word(verb, "sentenced") && !(verb..at).any(|at| document.is_word(at, "for"));
    if passive || punishes {
        return None;
    }
    Some((body_at(scene, body)?, verb))
}

/// The body whose noun stands at a token: by its name, or by the noun and the words before it.
pub(super) fn body_at(scene: &Scene, noun: u32) -> Option<Actor> {
    let document = scene.syntax.document;
    let sentence = document.sentence(noun).tokens;
    let named = scene.syntax.names.at(noun);
    let phrase = named.map_or_else(
        || {
            let from = (sentence.from..noun)
                .rev()
                .take(4)
                .take_while(|&at| {
                    // `In May 2024 the court`, `what a commission found`: no more than the article.
                    let article = document.is(at + 1, Class::Determiner) && at + 1 < noun;
                    document.is_plain(at) && !document.is(at, Class::Preposition) && !article
                })
                .last()
                .unwrap_or(noun);
            Phrase::Words(Stretch::new(from, noun + 1))
        },
        |mention| Phrase::Entity(mention.entity, mention.outer, mention.form),
    );
    scene.syntax.actor(phrase)
}

/// A body charged with finding out makes it found; a warning of what will come, feared; a denial,
/// denied.
pub(super) fn reported_by_speaker(scene: &Scene, term: &Term, mut verdict: Verdict) -> Verdict {
    if verdict.modality != Modality::Alleged
        || passes_on(scene, &verdict) && !is_denied(scene, term)
    {
        return verdict;
    }
    for utterance in scene.speech.chain(term.tokens.from).iter().rev() {
        let by_body = utterance.speaker.as_ref().is_some_and(|speaker| {
            matches!(
                speaker.reference.kind,
                EntityKind::Organisation | EntityKind::Instrument
            )
        });
        let modality = match utterance.act.as_str() {
            _ if utterance.admits => Modality::Admitted,
            "concludes" if by_body => Modality::Found,
            "concludes"
                if utterance
                    .speaker
                    .as_ref()
                    .is_some_and(|it| finds(scene, it)) =>
            {
                Modality::Found
            }
            "asserts" | "concludes" | "condemns" | "recalls"
                if utterance
                    .speaker
                    .as_ref()
                    .is_some_and(|speaker| is_inquiry(scene, speaker)) =>
            {
                Modality::Found
            }
            "denies" => Modality::Denied,
            _ => continue,
        };
        verdict.modality = modality;
        verdict.modality_words = Some(utterance.cue);
        return verdict;
    }
    if let Some(grounds) = found_that(scene, term) {
        verdict.modality = Modality::Found;
        verdict.modality_words = Some(grounds.tokens);
        verdict.governor.get_or_insert(grounds);
    } else if let Some((_, verb)) = found_in(scene, term.tokens.from) {
        verdict.modality = Modality::Found;
        verdict.modality_words = Some(Stretch::new(verb, verb + 1));
    } else if let Some(finding) = found_before(scene, term.tokens.from) {
        verdict.modality = Modality::Found;
        verdict.modality_words = Some(finding.cue);
    } else if let Some((who, verb)) = documented_by(scene, term.tokens.from)
        && is_inquiry(scene, &who)
    {
        verdict.modality = Modality::Found;
        verdict.modality_words = Some(verb);
    } else if scene.own_inquiry && is_own_word(scene, term) {
        verdict.modality = Modality::Found;
    }
    verdict
}

/// The words by which a body finds what the clause behind them tells: `has reasonable grounds to believe
/// that guards tortured prisoners`.
fn found_that(scene: &Scene, term: &Term) -> Option<Governor> {
    let document = scene.syntax.document;
    let sentence = document.sentence(term.tokens.from).tokens;
    let before = Stretch::new(sentence.from, term.tokens.from);
    let hits = document.hits_in(Table::Context, before);
    hits.iter().rev().find_map(|hit| {
        let entry = &document.lexicon.contexts[hit.entry as usize];
        let finds = entry.effect == Effect::Found && document.is_word(hit.tokens.to - 1, "that");
        let parted = (hit.tokens.to..term.tokens.from).any(|at| document.bounds_speech(at));
        (finds && !parted).then_some(Governor {
            tokens: hit.tokens,
            effect: entry.effect,
            weak: entry.weak,
        })
    })
}

/// Whether a body that inquires tells it in its own document as its own: nobody else says so, nor told
/// it right before.
fn is_own_word(scene: &Scene, term: &Term) -> bool {
    let chain = scene.speech.chain(term.tokens.from);
    let body = |speaker: &Actor| is_inquiry(scene, speaker) || is_attitude_of_own(scene, speaker);
    let own = (chain.iter()).all(|told| told.own || told.speaker.as_ref().is_some_and(body));
    let goes_on = told_on(scene, term.tokens.from).or(told_before(scene, term.tokens.from));
    own && goes_on.is_none_or(|told| told.speaker.as_ref().is_some_and(body))
}

/// Whether a speaker is named by the noun of a body that inquires, in that body's own document.
pub(super) fn is_attitude_of_own(scene: &Scene, speaker: &Actor) -> bool {
    let document = scene.syntax.document;
    let mut words = speaker.words.tokens();
    scene.own_inquiry && words.any(|at| document.is(at, Class::FindingBody))
}

/// Whether whoever speaks denies it, whatever reports it passes on.
pub(super) fn is_denied(scene: &Scene, term: &Term) -> bool {
    let mut said = scene.speech.chain(term.tokens.from).into_iter();
    said.any(|utterance| utterance.act == "denies" || utterance.admits)
}
