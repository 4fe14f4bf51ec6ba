//! Paragraphs of resolutions, which begin with the verb and name nobody: `Recalling …`, `Condemns …`,
//! `Calls upon …`. The body that adopts them speaks; and lists below `We, the undersigned,`.
//!
//! Invariant: a document is read so only where its adopting line (`The General Assembly,`) stands
//! before the paragraphs, or several paragraphs begin so.

use super::{Utterance, Voices};
use crate::lexicon::{CallFrame, Class, Frame, Table};
use crate::syntax::{Actor, Phrase, Syntax};
use crate::text::{Hit, Part, Stretch};

/// The fewest paragraphs that make a resolution where no line names the body.
const FEWEST: usize = 3;

/// The most words of an adopting line.
const LINE: u32 = 14;

/// Finds what the paragraphs of a resolution, or the items below `We, the undersigned,`, say.
pub(super) fn find(syntax: &Syntax, voices: &Voices) -> Vec<Utterance> {
    let mut found = resolved(syntax, voices);
    found.append(&mut undersigned(syntax, voices));
    found
}

/// The most items below `We, the undersigned,`.
const ITEMS: usize = 30;

/// What those say who begin a list with `We, the undersigned,`: an utterance for each item that opens
/// with a verb of saying or asking.
fn undersigned(syntax: &Syntax, voices: &Voices) -> Vec<Utterance> {
    let document = syntax.document;
    let mut found = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let last = block.tokens.to.saturating_sub(1);
        let heads = block.part == Part::Body
            && document.is_word(block.tokens.from, "we")
            && document.is_any(last, &[",", ":"])
            && (3..=60).contains(&block.tokens.len());
        if !heads {
            continue;
        }
        let items = document.blocks[number + 1..].iter().take(ITEMS);
        for item in items.take_while(|item| item.part == Part::Body) {
            let Some((rule, act, cue)) = performed(syntax, item.tokens) else {
                break;
            };
            let sentence = document.sentence(cue.from).tokens;
            let words = document.trimmed(Stretch::new(cue.from, sentence.to));
            let speaker = voices.at(document, block.tokens.from);
            found.push(Utterance {
                rule,
                act,
                admits: false,
                direct: false,
                own: true,
                speaker,
                words,
                parts: vec![words],
                cue,
                inferred: true,
            });
        }
    }
    found
}

/// The verb that an item opens with, in its base form, with the rule and the act.
fn performed(syntax: &Syntax, item: Stretch) -> Option<(String, String, Stretch)> {
    let document = syntax.document;
    let first = item.tokens().take(8).find(|&at| {
        document.is_plain(at)
            && document.written(at).len() > 1
            && !document.is_any(
                at,
                &["and", "also", "we", "would", "will", "do", "therefore"],
            )
            && !syntax.is_adverb(at)
    })?;
    let near = Stretch::new(first, first + 1);
    if let Some(hit) = document.hits_in(Table::Speech, near).first() {
        let entry = &document.lexicon.speeches[hit.entry as usize];
        if entry.performative {
            return Some((entry.id.clone(), entry.act.clone(), hit.tokens));
        }
    }
    let hit = document.hits_in(Table::Call, near).first()?;
    let entry = &document.lexicon.calls[hit.entry as usize];
    let asks = !matches!(
        entry.frame,
        CallFrame::Modal | CallFrame::Nominal | CallFrame::Passive
    );
    asks.then(|| {
        (
            "statement.call".to_owned(),
            "calls-upon".to_owned(),
            hit.tokens,
        )
    })
}

/// Finds what the paragraphs of a resolution say.
fn resolved(syntax: &Syntax, voices: &Voices) -> Vec<Utterance> {
    let document = syntax.document;
    let mut body: Option<Actor> = None;
    let mut line = false;
    let mut openings: Vec<(&Hit, Stretch)> = Vec::new();
    for block in document
        .blocks
        .iter()
        .filter(|block| block.part == Part::Body)
    {
        if !line && let Some(actor) = adopting(syntax, block.tokens) {
            body = Some(actor);
            line = true;
        } else if let Some(hit) = opening(syntax, block.tokens) {
            openings.push((hit, block.tokens));
        }
    }
    if openings.is_empty() || !line && openings.len() < FEWEST {
        return Vec::new();
    }
    let first = openings[0].1.from;
    let speaker = body.or_else(|| voices.at(document, first));
    let mut found = Vec::new();
    for (hit, block) in openings {
        paragraph(syntax, hit, block, speaker.as_ref(), &mut found);
    }
    found
}

/// The body of a line such as `The Human Rights Council,`.
fn adopting(syntax: &Syntax, block: Stretch) -> Option<Actor> {
    let document = syntax.document;
    let comma = block.to.checked_sub(1)?;
    let fits = (3..=LINE).contains(&block.len())
        && document.is_word(comma, ",")
        && document.is_word(block.from, "the")
        && document.is_capital(block.from + 1);
    if !fits {
        return None;
    }
    let words = Stretch::new(block.from, comma);
    let phrase = syntax
        .phrase_at(block.from)
        .filter(|phrase| matches!(phrase, Phrase::Entity(..)))
        .unwrap_or(Phrase::Words(words));
    syntax.actor(phrase)
}

/// The verb that a paragraph begins with, behind its number and adverbs.
fn opening<'d>(syntax: &'d Syntax, block: Stretch) -> Option<&'d Hit> {
    let document = syntax.document;
    let first = block
        .tokens()
        .take(5)
        .find(|&at| document.is_plain(at) && document.written(at).len() > 2)?;
    if !document.is_capital(first) {
        return None;
    }
    let limit = block.to.min(first + 4);
    let hits = document.hits_in(Table::Speech, Stretch::new(first, limit));
    let fitting = hits.iter().filter(|hit| {
        (first..hit.tokens.from).all(|at| syntax.is_adverb(at))
            && is_performed(syntax, hit)
            && !syntax.is_named(hit.tokens)
    });
    let entries = &document.lexicon.speeches;
    let hit = fitting.min_by_key(|hit| {
        let opens = entries[hit.entry as usize].frames.contains(&Frame::Opening);
        (hit.tokens.from, !opens)
    })?;
    document.is_plain(hit.tokens.to).then_some(hit)
}

/// Whether the verb stands as in a resolution: `Noting`, `Condemns`, `Alarmed at`.
fn is_performed(syntax: &Syntax, hit: &Hit) -> bool {
    let document = syntax.document;
    let entry = &document.lexicon.speeches[hit.entry as usize];
    let written = document.written(hit.tokens.from);
    let form = written.ends_with("ing") || written.ends_with('s') && !written.ends_with("ss");
    entry.frames.contains(&Frame::Opening)
        || form
            && (entry.performative || entry.frames.contains(&Frame::That))
            && !entry.frames.contains(&Frame::Source)
}

/// What one paragraph says: one utterance for each of its verbs.
fn paragraph(
    syntax: &Syntax,
    first: &Hit,
    block: Stretch,
    speaker: Option<&Actor>,
    found: &mut Vec<Utterance>,
) {
    let document = syntax.document;
    let written = document.written(first.tokens.from);
    let more = document
        .hits_in(Table::Speech, Stretch::new(first.tokens.to, block.to))
        .iter()
        .filter(|hit| {
            let mut before = hit.tokens.from.saturating_sub(1);
            while before > block.from && syntax.is_adverb(before) {
                before -= 1;
            }
            let joined = document.is_any(before, &[",", "and", ";"]);
            let same = document.written(hit.tokens.from).ends_with('s') == written.ends_with('s');
            joined
                && same
                && is_performed(syntax, hit)
                && syntax.names.at(hit.tokens.from).is_none()
        });
    let verbs: Vec<&Hit> = [first].into_iter().chain(more).take(12).collect();
    for (number, hit) in verbs.iter().enumerate() {
        let end = verbs
            .get(number + 1)
            .map_or(block.to, |next| next.tokens.from);
        let sentence = document.sentence(hit.tokens.from).tokens;
        let words = document.trimmed(Stretch::new(hit.tokens.from, end.min(sentence.to)));
        let words = trim_joint(syntax, words);
        if words.len() < 3 {
            continue;
        }
        let entry = &document.lexicon.speeches[hit.entry as usize];
        found.push(Utterance {
            rule: entry.id.clone(),
            act: entry.act.clone(),
            admits: entry.admits,
            direct: false,
            own: true,
            speaker: speaker.cloned().map(|actor| Actor {
                inferred: true,
                ..actor
            }),
            words,
            parts: vec![words],
            cue: hit.tokens,
            inferred: true,
        });
    }
}

/// Without the `and also` that leads to the next verb.
fn trim_joint(syntax: &Syntax, words: Stretch) -> Stretch {
    let document = syntax.document;
    let mut to = words.to;
    while to > words.from
        && (syntax.is_adverb(to - 1)
            || document.is(to - 1, Class::Conjunction)
            || !document.is_plain(to - 1) && !document.is_any(to - 1, &[")", "]", "%"]))
    {
        to -= 1;
    }
    Stretch::new(words.from, to)
}
