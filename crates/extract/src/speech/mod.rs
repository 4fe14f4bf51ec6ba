//! Who says what: direct speech with its speaker, indirect speech, the document's own voice.
//!
//! Invariant: an utterance without a speaker in the words is left without one; a speaker who
//! follows from what came before is marked as inferred.

mod content;
mod denial;
mod direct;
mod hearsay;
mod indirect;
mod inquiry;
mod introductions;
mod led_in;
mod nominal;
mod pronouns;
mod record;
mod resolution;
mod speakers;
mod tags;
mod unintroduced;
mod unsaid;
mod voice;

pub(crate) use inquiry::finds_out;
pub(crate) use pronouns::{meant_by_it, spoken_by};
pub(crate) use record::{act, promised, propose};
pub(crate) use voice::Voices;

use crate::lexicon::Speech as Cue;
use crate::syntax::{Actor, Syntax};
use crate::text::{Document, Stretch};

/// Somebody's words, or what they are said to have said.
#[derive(Clone, Debug)]
pub(crate) struct Utterance {
    /// The rule that found it.
    pub rule: String,
    /// Term of the vocabulary `speech-act`.
    pub act: String,
    /// Whether those who say so admit it.
    pub admits: bool,
    /// Whether the words are given as spoken.
    pub direct: bool,
    /// Whether they are the document's own: `we condemn`.
    pub own: bool,
    pub speaker: Option<Actor>,
    /// The words said: all of them, over what stands between.
    pub words: Stretch,
    /// The words said, piece by piece.
    pub parts: Vec<Stretch>,
    /// The words that introduce them: `said`.
    pub cue: Stretch,
    /// Whether the speaker follows from what came before.
    pub inferred: bool,
}

impl Utterance {
    /// What somebody is said to say in other words, piece by piece, by the words of an entry.
    fn told(entry: &Cue, cue: Stretch, speaker: Actor, parts: Vec<Stretch>) -> Self {
        let from = parts.first().map_or(cue.from, |first| first.from);
        let to = parts.last().map_or(cue.to, |last| last.to);
        Self {
            rule: entry.id.clone(),
            act: entry.act.clone(),
            admits: entry.admits,
            direct: false,
            own: false,
            inferred: speaker.inferred,
            speaker: Some(speaker),
            words: Stretch::new(from, to),
            parts,
            cue,
        }
    }
}

/// All utterances of a document, by their place.
#[derive(Default)]
pub(crate) struct Speech {
    pub utterances: Vec<Utterance>,
    /// For each token, 1 + the number of the innermost utterance it is said in.
    inside: Vec<u32>,
}

impl Speech {
    /// The utterance that the words introduce.
    pub fn said_by(&self, cue: Stretch) -> Option<&Utterance> {
        let after = self
            .utterances
            .partition_point(|it| it.words.from < cue.from);
        let near = after.saturating_sub(4)..(after + 4).min(self.utterances.len());
        self.utterances[near]
            .iter()
            .find(|utterance| utterance.cue.overlaps(cue))
    }

    /// Finds the utterances.
    pub fn find(syntax: &Syntax, voices: &Voices) -> Self {
        let document = syntax.document;
        let mut utterances = direct::find(syntax, voices);
        utterances.append(&mut resolution::find(syntax, voices));
        utterances.sort_by_key(|utterance| (utterance.words, utterance.cue));
        let mut said = mark(document, &utterances);
        let mut more = indirect::find(syntax, voices, &utterances, &said);
        drop_told_again(&mut more);
        utterances.append(&mut more);
        utterances.append(&mut nominal::find(syntax));
        said = mark(document, &utterances);
        utterances.sort_by_key(|utterance| (utterance.words, utterance.cue));
        let mut unnamed = unintroduced::find(syntax, &utterances, &said);
        utterances.append(&mut unnamed);
        utterances.sort_by_key(|utterance| (utterance.words, utterance.cue));
        pronouns::resolve(syntax, voices, &mut utterances);
        said = mark(document, &utterances);
        Self {
            utterances,
            inside: said,
        }
    }

    /// The innermost utterance that the token is said in.
    pub fn at(&self, token: u32) -> Option<&Utterance> {
        let number = self.inside.get(token as usize)?.checked_sub(1)?;
        self.utterances.get(number as usize)
    }

    /// All utterances that the token is said in, outermost first; at most four.
    pub fn chain(&self, token: u32) -> Vec<&Utterance> {
        let Some(inner) = self.at(token) else {
            return Vec::new();
        };
        let number = self.inside[token as usize] as usize - 1;
        let from = number.saturating_sub(12);
        let to = (number + 13).min(self.utterances.len());
        let mut chain: Vec<&Utterance> = self.utterances[from..to]
            .iter()
            .filter(|outer| {
                !std::ptr::eq(*outer, inner)
                    && outer.parts.iter().any(|part| part.has(token))
                    && outer.words.len() > inner.words.len()
            })
            .collect();
        chain.sort_by_key(|outer| std::cmp::Reverse(outer.words.len()));
        chain.truncate(3);
        chain.push(inner);
        chain
    }
}

/// Drops what somebody tells within their own telling: `the group said it had confirmed the killing`.
fn drop_told_again(utterances: &mut Vec<Utterance>) {
    utterances
        .sort_by_key(|utterance| (utterance.words.from, std::cmp::Reverse(utterance.words.to)));
    let mut outer: Option<(Stretch, model::EntityRef)> = None;
    utterances.retain(|utterance| {
        let Some(speaker) = &utterance.speaker else {
            return true;
        };
        let again = utterance.act == "asserts"
            && speaker.inferred
            && outer.as_ref().is_some_and(|(words, who)| {
                words.contains(utterance.cue) && *who == speaker.reference
            });
        if !again && utterance.act == "asserts" {
            outer = Some((utterance.words, speaker.reference.clone()));
        }
        !again
    });
}

/// For each token, 1 + the number of the shortest utterance it is part of.
fn mark(document: &Document, utterances: &[Utterance]) -> Vec<u32> {
    let mut inside = vec![0u32; document.tokens.len()];
    for (number, utterance) in utterances.iter().enumerate() {
        for part in &utterance.parts {
            for at in part.tokens() {
                let Some(slot) = inside.get_mut(at as usize) else {
                    continue;
                };
                let shorter = slot.checked_sub(1).is_none_or(|other| {
                    utterances[other as usize].words.len() > utterance.words.len()
                });
                if shorter {
                    *slot = number as u32 + 1;
                }
            }
        }
    }
    inside
}

/// Who spoke last before the token.
pub(crate) fn last_speaker(speech: &Speech, token: u32) -> Option<&Actor> {
    let before = speech
        .utterances
        .partition_point(|utterance| utterance.words.from < token);
    speech.utterances[..before]
        .iter()
        .rev()
        .take(8)
        .filter(|utterance| utterance.cue.from < token)
        .find_map(|utterance| utterance.speaker.as_ref())
}
