//! Utterances as statements: whose, in what role, performing what act, about whom, when.
//!
//! Invariant: the act is the verb's, unless the verb is a plain `said`: then the words said decide.

use super::denial::is_denial;
use super::inquiry::{decides_cases, finds_out};
use super::{Speech, Utterance};
use crate::calls::Calls;
use crate::dates::Dates;
use crate::lexicon::{CallFrame, Class, Table};
use crate::propose::Builder;
use crate::syntax::Syntax;
use crate::text::Stretch;
use model::{Band, Code, EntityKind, EntityRef, Proposal, RecordBody, Statement};
use std::collections::BTreeSet;

/// The most words a quotation without a verb may have and be a term only (`“worst forms”`).
const TERM: u32 = 4;

/// Statements for all utterances, and for the calls of those named that no utterance holds.
pub(crate) fn propose(
    syntax: &Syntax,
    dates: &Dates,
    speech: &Speech,
    calls: &Calls,
) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    let mut seen = BTreeSet::new();
    let cues: BTreeSet<u32> = (speech.utterances.iter())
        .flat_map(|utterance| utterance.cue.tokens())
        .collect();
    let asked = calls.performed(syntax).filter(|asked| {
        let mut cue = asked.cue.tokens();
        let passive = syntax.is_passive(asked.cue.from);
        let said = speech.at(asked.cue.from).is_some();
        !said && !passive && !cue.any(|at| cues.contains(&at))
    });
    let asked: Vec<Utterance> = asked.collect();
    for utterance in speech.utterances.iter().chain(&asked) {
        if !is_statement(syntax, utterance) || !seen.insert(utterance.words) {
            continue;
        }
        proposals.extend(statement(syntax, dates, utterance));
    }
    proposals
}

/// Whether an utterance is worth a record: a clause, or a speech act with an object.
fn is_statement(syntax: &Syntax, utterance: &Utterance) -> bool {
    if utterance.rule.is_empty() {
        // An item of a list: what leads it in is the statement.
        return false;
    }
    let long: u32 = utterance.parts.iter().map(|part| part.len()).sum();
    if long > TERM {
        return true;
    }
    let predicates = || {
        utterance.parts.iter().any(|part| {
            part.tokens().any(|at| {
                syntax.document.is(at, Class::Auxiliary) || syntax.document.is(at, Class::Modal)
            })
        })
    };
    long >= 2 && (!utterance.direct || predicates())
}

fn statement(syntax: &Syntax, dates: &Dates, utterance: &Utterance) -> Option<Proposal> {
    let document = syntax.document;
    let words = document.balanced(document.trimmed(utterance.words));
    let mut builder = Builder::of(document, words);
    for part in &utterance.parts {
        if !words.contains(document.trimmed(*part)) {
            builder.cite(document, document.trimmed(*part));
        }
    }
    let (act, act_words) = act(syntax, utterance);
    let speaker = utterance.speaker.as_ref();
    let role = speaker.and_then(|speaker| speaker.role).map(|role| {
        let from = role.from + u32::from(document.is(role.from, Class::Determiner));
        let role = Stretch::new(from, role.to);
        builder.cited(document, role, document.words(role).to_owned())
    });
    let speaker_cited = match speaker {
        Some(speaker) => Some(builder.cited(document, speaker.words, speaker.reference.clone())),
        None => utterance
            .own
            .then(|| builder.cited(document, utterance.cue, EntityRef::own_voice())),
    };
    let act = builder.cited(document, act_words, Code::from(act));
    let about = about(syntax, utterance)
        .into_iter()
        .map(|(reference, stretch)| builder.cited(document, stretch, reference))
        .collect();
    let sentence = document.sentence(utterance.cue.from).tokens;
    let date = dates
        .within(sentence)
        .iter()
        .find(|dated| {
            !dated.bound
                && document.quotation_at(dated.tokens.from).is_none()
                && !utterance
                    .parts
                    .iter()
                    .any(|part| part.has(dated.tokens.from))
        })
        .map(|dated| builder.cited(document, dated.tokens, dated.resolved.clone()));
    let band = if utterance.inferred {
        Band::Inferred
    } else {
        Band::Stated
    };
    let body = RecordBody::Statement(Statement {
        speaker: speaker_cited,
        role,
        act,
        direct: utterance.direct,
        about,
        occasion: None,
        date,
    });
    builder.finish(&utterance.rule, band, body)
}

/// The act, and the words that perform it.
pub(crate) fn act<'u>(syntax: &'u Syntax, utterance: &'u Utterance) -> (&'u str, Stretch) {
    let document = syntax.document;
    if utterance.act != "asserts" {
        return (&utterance.act, utterance.cue);
    }
    let first = utterance.parts.first().copied().unwrap_or(utterance.words);
    let first = Stretch::new(
        first.from,
        first.to.min(document.sentence(first.from).tokens.to),
    );
    for hit in document.hits_in(Table::Speech, first).iter().take(24) {
        let entry = &document.lexicon.speeches[hit.entry as usize];
        // `“We categorically reject these accusations,” the presidency said.`
        let rejects = entry.act == "denies" && utterance.direct;
        if !(entry.performative || rejects) || syntax.is_not_finite(hit.tokens.from) {
            continue;
        }
        let start = syntax.verb_group_start(hit.tokens.from);
        let denied = (start..hit.tokens.from).any(|at| document.is(at, Class::Negation));
        let own = (start.saturating_sub(3)..hit.tokens.to)
            .any(|at| document.is_any(at, &["we", "i", "i'm", "we're"]));
        let names_itself = utterance.direct
            && syntax
                .names
                .within(Stretch::new(first.from, hit.tokens.from))
                .iter()
                .any(|mention| mention.tokens.to == start);
        if !denied && (own || names_itself) {
            return (&entry.act, hit.tokens);
        }
    }
    let duty = document.hits_in(Table::Call, first).iter().find(|hit| {
        let entry = &document.lexicon.calls[hit.entry as usize];
        entry.frame == CallFrame::Modal && document.is(hit.tokens.from, Class::Deontic)
    });
    if let Some(hit) = duty {
        return ("calls-upon", hit.tokens);
    }
    let grounds = first.tokens().find(|&at| {
        document.is_word(at, "grounds")
            && document.is_word(at + 1, "to")
            && document.is_any(at + 2, &["believe", "suspect"])
    });
    if let Some(grounds) = grounds {
        return ("concludes", Stretch::new(grounds, grounds + 3));
    }
    if promised(syntax, utterance, first.from) {
        return ("commits-to", utterance.cue);
    }
    if is_denial(syntax, utterance, first) {
        return ("denies", utterance.cue);
    }
    if is_finding(syntax, utterance) {
        return ("concludes", utterance.cue);
    }
    ("asserts", utterance.cue)
}

/// Whether words said in other words than theirs begin with what the speaker will do: `it would
/// reopen its embassy`.
pub(crate) fn promised(syntax: &Syntax, utterance: &Utterance, at: u32) -> bool {
    let document = syntax.document;
    let begins = (utterance.parts.first()).is_some_and(|part| {
        part.from == at || part.from + 1 == at && document.is_word(part.from, "that")
    });
    let would = (at + 1..at + 3).find(|&at| document.is_any(at, &["would", "'d", "’d", "will"]));
    let verb = would
        .map(|would| would + 1)
        .filter(|&verb| !document.is(verb, Class::Negation));
    let does = verb.is_some_and(|verb| {
        document.is_plain(verb)
            && !document.is(verb, Class::Auxiliary)
            && !document.is(verb, Class::NoUndertaking)
            && !document.is_any(verb, &["like", "seem", "mean", "take", "make", "help"])
    });
    let kind = utterance.speaker.as_ref().map(|it| it.reference.kind);
    let who = match kind {
        Some(EntityKind::Person) => document.is_any(at, &["he", "she"]),
        // `the prosecutor's office said it would`
        Some(EntityKind::Group) => {
            let name = utterance
                .speaker
                .as_ref()
                .map(|it| it.reference.name.as_str());
            let one = name.is_some_and(|name| !name.ends_with('s'));
            document.is_word(at, "they") || one && document.is_word(at, "it")
        }
        Some(EntityKind::State | EntityKind::Organisation) => document.is_any(at, &["it", "they"]),
        _ => false,
    };
    !utterance.direct && begins && does && who
}

/// Whether those charged with finding out state it: `the Chamber noted that`, `the panel estimated`.
fn is_finding(syntax: &Syntax, utterance: &Utterance) -> bool {
    let document = syntax.document;
    let Some(speaker) = &utterance.speaker else {
        return false;
    };
    match utterance.rule.as_str() {
        "statement.note" | "statement.state" => finds_out(document, &speaker.reference.name),
        // `The Working Group considers that his detention is arbitrary.`
        "statement.believe" => {
            let written = document.written(utterance.cue.from).to_lowercase();
            written.starts_with("consider") && finds_out(document, &speaker.reference.name)
        }
        // It decides on single cases.
        "statement.say" => decides_cases(&speaker.reference.name),
        _ => false,
    }
}

/// The states that the words are about, in the order of the text.
fn about(syntax: &Syntax, utterance: &Utterance) -> Vec<(model::EntityRef, Stretch)> {
    let names = syntax.names;
    let own = utterance.speaker.as_ref().map(|speaker| &speaker.reference);
    let mut seen = BTreeSet::new();
    let mut about = Vec::new();
    for part in &utterance.parts {
        for mention in names.within(*part) {
            let entity = names.entity(mention);
            let reference = names.reference(mention.entity);
            let fits = entity.kind == EntityKind::State && Some(&reference) != own;
            if fits && about.len() < 8 && seen.insert(mention.entity) {
                about.push((reference, mention.tokens));
            }
        }
    }
    about
}
