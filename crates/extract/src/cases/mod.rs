//! Cases: who is to be found, freed or reunited, as far as a text says so. They follow from
//! allegations whose victim is somebody in particular, and from demands to release, return or
//! disclose.
//!
//! Invariant: one case a subject and category; a denial opens none; every case cites the words that
//! name its subject.

mod fate;
mod held;
mod sought;

use crate::calls::Calls;
use crate::claims::demanded_people;
use crate::lexicon::{Class, Lexicon};
use crate::propose::Builder;
use crate::syntax::Syntax;
use crate::text::{Document, Part, Stretch, folded};
use held::Held;
use model::{
    Allegation, Band, Case, CaseStatus, Cited, Code, EntityKind, EntityRef, Modality, Proposal,
    RecordBody,
};
use std::collections::BTreeSet;

/// Within how many words behind those who are asked for their fate is told: `are being held`.
const FATE: u32 = 5;

/// The word for the kind of those of whom nobody knows where they are.
const SOUGHT: &str = "whereabouts";

/// The type of allegation that makes those who are sought abductees, and the word for their kind.
const ABDUCTION: (&str, &str) = ("abduction", "abducted");

/// The most cases of one document.
const MOST: usize = 500;

/// The cases of a document: those that its demands speak of, then those of its allegations.
pub(crate) fn propose(syntax: &Syntax, calls: &Calls, allegations: &[Proposal]) -> Vec<Proposal> {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    let document = syntax.document;
    let dead = dead(document, allegations);
    let mut cases = demanded(syntax, calls, &mut seen);
    cases.retain(|case| !is_about(case, &dead));
    let best = |proposal: &&Proposal| {
        let kinds = &document.lexicon.cases;
        kinds.iter().any(|kind| kind.best.contains(&proposal.rule))
    };
    let (best, others): (Vec<_>, Vec<_>) = allegations.iter().partition(best);
    for proposal in best.into_iter().chain(others) {
        // On a suggestion nothing else is built.
        if let RecordBody::Allegation(allegation) = &proposal.body
            && proposal.band != Band::Suggested
            && cases.len() < MOST
        {
            for victim in 0..allegation.victims.len().min(12) {
                let case =
                    of_allegation(syntax, proposal, allegation, victim, &mut seen, &mut told);
                cases.extend(case.filter(|case| !is_about(case, &dead)));
            }
        }
    }
    let held = held::find(syntax).into_iter().map(|held| (held, ""));
    // In a text on people who were abducted, it is they who are sought.
    let abducted = |it: &Proposal| matches!(&it.body, RecordBody::Allegation(it) if it.violation.value.as_str() == ABDUCTION.0);
    let kind = match allegations.iter().any(abducted) {
        true => ABDUCTION.1,
        false => SOUGHT,
    };
    let sought = sought::find(syntax).into_iter().map(|it| (it, kind));
    let told: Vec<_> = held.chain(sought).collect();
    let others = of_held(syntax, told, &mut seen);
    cases.extend(others.into_iter().filter(|case| !is_about(case, &dead)));
    cases.truncate(MOST);
    cases
}

/// The cases of those who are told to be held or sought; with each, a word for its kind.
fn of_held(
    syntax: &Syntax,
    told: Vec<(Held, &str)>,
    seen: &mut BTreeSet<(String, String)>,
) -> Vec<Proposal> {
    let document = syntax.document;
    let mut cases = Vec::new();
    for (held, word) in told {
        let about = match word {
            "" => document.words(held.whole),
            word => word,
        };
        let Some(kind) = kind_of(document.lexicon, &held.who, about) else {
            continue;
        };
        let known = held.who.name.to_lowercase();
        let sought = !word.is_empty() && has_case(seen, &known);
        if is_nobody(document, &held.who.name)
            || sought
            || !seen.insert((known, kind.category.clone()))
        {
            continue;
        }
        let mut builder = Builder::of(document, document.trimmed(held.whole));
        let subject = builder.cited(document, held.words, held.who);
        let category = builder.cited(document, held.whole, Code::from(kind.category.as_str()));
        let case = RecordBody::Case(new(subject, category));
        cases.extend(builder.finish(&kind.id, Band::Inferred, case));
    }
    cases
}

/// Whether somebody has a case of any category.
fn has_case(seen: &BTreeSet<(String, String)>, name: &str) -> bool {
    let mut from = seen.range((name.to_owned(), String::new())..);
    from.next().is_some_and(|(known, _)| known == name)
}

/// The persons who are said to have been killed: nobody asks for their release.
fn dead(document: &Document, allegations: &[Proposal]) -> BTreeSet<String> {
    let told = allegations.iter().filter_map(|it| match &it.body {
        RecordBody::Allegation(allegation) => Some(allegation),
        _ => None,
    });
    let kills = |allegation: &&Allegation| {
        let code = allegation.violation.value.as_str();
        let mut kinds = document.lexicon.cases.iter();
        kinds.any(|kind| kind.ended_by.iter().any(|deadly| deadly == code))
            && matches!(
                allegation.modality.value,
                Modality::Alleged | Modality::Found | Modality::Admitted
            )
    };
    let victims = told
        .filter(kills)
        .flat_map(|allegation| &allegation.victims);
    victims
        .filter(|victim| victim.value.who.kind == EntityKind::Person)
        .map(|victim| victim.value.who.name.clone())
        .collect()
}

/// Whether a case is that of one of these.
fn is_about(case: &Proposal, names: &BTreeSet<String>) -> bool {
    matches!(&case.body, RecordBody::Case(case) if names.contains(&case.subject.value.name))
}

/// The case of the victim of an allegation; `told` are the victims whose case a sentence has told, by
/// its first token.
fn of_allegation(
    syntax: &Syntax,
    proposal: &Proposal,
    allegation: &Allegation,
    victim: usize,
    seen: &mut BTreeSet<(String, String)>,
    told: &mut BTreeSet<(String, u32)>,
) -> Option<Proposal> {
    let document = syntax.document;
    let violation = allegation.violation.value.as_str();
    let feared = allegation.modality.value == Modality::Feared;
    let kind = document.lexicon.cases.iter().find(|kind| {
        kind.violations.iter().any(|code| code == violation) && kind.feared == feared
    })?;
    if allegation.modality.value == Modality::Denied {
        return None;
    }
    let victim = allegation.victims.get(victim)?;
    let who = &victim.value.who;
    let named = who.kind == EntityKind::Person && starts_with_capital(&who.name);
    let crowd = kind
        .most
        .zip(victim.value.number)
        .is_some_and(|(most, number)| number > most);
    // `Libyans were made to disappear`: nobody who could be looked for.
    let counted = named || victim.value.number.is_some();
    let around = fate::sentence(document, proposal)?;
    let asked = fate::is_asked_for(document, around);
    let anybody = !counted && !asked && who.name.ends_with('s') && starts_with_capital(&who.name);
    let few = victim
        .value
        .number
        .is_some_and(|number| number > 1 && !crowd);
    let going = asked || fate::goes_on(document, around);
    let several = who.kind == EntityKind::Group && who.name.ends_with('s');
    let some = named || kind.most.is_some() && (few && going || asked && several);
    if kind.persons && !some || crowd || anybody || is_nobody(document, &who.name) {
        return None;
    }
    if fate::is_closed(document, around) || fate::has_word(document, around, &kind.not_with) {
        return None;
    }
    // One sentence makes one case of a person: `was detained and held incommunicado`.
    let name = who.name.to_lowercase();
    let known = told.contains(&(name.clone(), around.from));
    if known || !seen.insert((name.clone(), kind.category.clone())) {
        return None;
    }
    told.insert((name, around.from));
    let mut builder = Builder::new(document.text, &document.chars);
    let mut cite = |quotes: &[u16]| -> Vec<u16> {
        quotes
            .iter()
            .filter_map(|&at| proposal.quotes.get(at as usize))
            .filter_map(|quote| builder.cite_span(quote.span, quote.passage))
            .collect()
    };
    let whole = cite(&[0]);
    let subject = Cited {
        value: who.clone(),
        quotes: cite(&victim.quotes),
    };
    let words = cite(&allegation.violation.quotes);
    let since = allegation.date.as_ref().map(|date| date.value.clone());
    let taken_on = allegation
        .date
        .as_ref()
        .filter(|_| !feared)
        .map(|date| Cited {
            value: date.value.clone(),
            quotes: cite(&date.quotes),
        });
    let last_seen_at = allegation.place.as_ref().map(|place| Cited {
        value: place.value.clone(),
        quotes: cite(&place.quotes),
    });
    let status = words
        .first()
        .map(|&at| builder.quote(at).to_owned())
        .unwrap_or_default();
    let statuses = (!status.is_empty()).then(|| Cited {
        value: CaseStatus { status, since },
        quotes: words.clone(),
    });
    let category = Cited {
        value: Code::from(kind.category.as_str()),
        quotes: if words.is_empty() { whole } else { words },
    };
    let case = Case {
        statuses: statuses.into_iter().collect(),
        last_seen_at,
        taken_on,
        ..new(subject, category)
    };
    builder.finish(&kind.id, Band::Inferred, RecordBody::Case(case))
}

/// A case of which only the subject and category are known.
fn new(subject: Cited<EntityRef>, category: Cited<Code>) -> Case {
    Case {
        subject,
        category,
        statuses: Vec::new(),
        last_seen_at: None,
        last_seen_on: None,
        requests: Vec::new(),
        next_of_kin: Vec::new(),
        authorities: Vec::new(),
        taken_on: None,
        taken_at: None,
        held_at: None,
        listed: None,
    }
}

fn starts_with_capital(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

/// `nobody`, `he`, `people`: words that say of nobody in particular who it is.
fn is_nobody(document: &Document, name: &str) -> bool {
    let words = &document.lexicon.words;
    let parts = folded(name);
    parts.len() == 1
        && parts.iter().all(|part| {
            let classes = words.classes(words.id(&part.word));
            classes.has(Class::ThirdPerson)
                || classes.has(Class::Negation)
                || classes.has(Class::Determiner)
                || classes.has(Class::Anyone)
                || [
                    "i", "me", "us", "we", "them", "him", "her", "people", "persons", "others",
                ]
                .contains(&part.word.as_str())
        })
}

/// Those whom a demand asks to release, return or find.
fn demanded(
    syntax: &Syntax,
    calls: &Calls,
    seen: &mut BTreeSet<(String, String)>,
) -> Vec<Proposal> {
    let document = syntax.document;
    let mut cases = Vec::new();
    // `say where the men are being held`, `confirm whether the eleven are alive`
    let asks = |at: u32| {
        document.is_any(at, &["say", "confirm", "tell", "explain", "state"])
            && document.is_any(at + 1, &["where", "whether", "what"])
    };
    let verbs = (0..document.tokens.len() as u32).filter(|&at| {
        (document.is(at, Class::Freeing) || asks(at)) && document.part(at) == Part::Body
    });
    for verb in verbs {
        if cases.len() >= MOST || !calls.demands(verb) || document.is_word(verb, "inform") {
            continue;
        }
        let sentence = document.sentence(verb).tokens;
        for (who, words) in demanded_people(syntax, verb + 1, sentence.to) {
            let end = sentence.to.min(words.to + FATE);
            let about = document.words(Stretch::new(verb, end));
            let Some(kind) = kind_of(document.lexicon, &who, about) else {
                continue;
            };
            let (id, category) = (kind.id.clone(), kind.category.clone());
            if !seen.insert((who.name.to_lowercase(), category.clone())) {
                continue;
            }
            let whole = Stretch::new(verb, words.to);
            let mut builder = Builder::of(document, document.trimmed(whole));
            let subject = builder.cited(document, words, who);
            let category = builder.cited(document, words, Code::from(category.as_str()));
            cases.extend(builder.finish(
                &id,
                Band::Stated,
                RecordBody::Case(new(subject, category)),
            ));
        }
    }
    cases
}

/// The kind of case that a demanded person or group is.
fn kind_of<'l>(
    lexicon: &'l Lexicon,
    who: &EntityRef,
    about: &str,
) -> Option<&'l crate::lexicon::CaseKind> {
    let words = folded(about);
    let says =
        |kind: &&crate::lexicon::CaseKind| words.iter().any(|part| kind.words.contains(&part.word));
    let named = who.kind == EntityKind::Person && starts_with_capital(&who.name);
    lexicon
        .cases
        .iter()
        .find(says)
        .or_else(|| lexicon.cases.iter().find(|kind| kind.demand && named))
}
