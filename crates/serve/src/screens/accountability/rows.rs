//! Demands, pledges and answers in the words of the visitor.

use super::HERE;
use crate::evidence::{address_of, days, said};
use assemble::Assembled;
use link::threads::{Answer, Certainty, Pledge, Tally, Thread, Threads};
use std::collections::BTreeMap;
use web::screens::{AnswerRow, CallRow, DemandRow, PledgeRow, Year};
use web::{Text, show, states};

/// What stands in an address for nobody in particular.
pub(super) const NOBODY: &str = "nobody";
/// Callers that are named in a line.
const CALLERS: usize = 4;
/// Longest demand in a list, in characters.
const DEMAND: usize = 180;

/// Who is asked, or undertakes; `None` where no record names anybody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Party<'t> {
    identity: &'t str,
    name: &'t str,
}

impl<'t> Party<'t> {
    /// The party of a demand or an undertaking.
    pub fn of(party: Option<&'t link::threads::Party>) -> Self {
        Self {
            identity: party.map_or(NOBODY, |party| party.identity.as_str()),
            name: party.map_or("", |party| party.name.as_str()),
        }
    }

    /// Whether nobody is named.
    pub fn is_nobody(self) -> bool {
        self.name.is_empty()
    }

    /// Whether it is the one with this identity.
    pub fn is(self, identity: &str) -> bool {
        self.identity == identity
    }

    /// Its name.
    pub fn name(self, text: Text) -> String {
        match self.is_nobody() {
            true => text.say("accountability-nobody"),
            false => states::place(text, self.identity, self.name),
        }
    }

    /// Whether its name has these letters in it, in the visitor's language or as it is written.
    pub fn is_called(self, wanted: &str, text: Text) -> bool {
        let shown = self.name(text).to_lowercase();
        shown.contains(wanted) || self.name.to_lowercase().contains(wanted)
    }

    /// Address of its page.
    pub fn address(self) -> String {
        Self::address_of(self.identity)
    }

    /// Address of the page of the party with this identity.
    pub fn address_of(identity: &str) -> String {
        address_of(&format!("{HERE}/to"), identity)
    }
}

/// Address of the page of a demand.
fn demand_address(thread: &Thread) -> String {
    address_of(&format!("{HERE}/demand"), &thread.id)
}

/// A demand in a line.
pub(super) fn demand(all: &Assembled, thread: &Thread, text: Text) -> DemandRow {
    let mut callers: Vec<&Tally> = thread.by_caller.iter().collect();
    callers.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.of.cmp(&b.of)));
    let named: Vec<String> = callers
        .iter()
        .take(CALLERS)
        .map(|tally| told(&tally.of, text))
        .collect();
    let mut answers: BTreeMap<&str, u64> = BTreeMap::new();
    for answer in &thread.answers {
        *answers.entry(answer.answer.as_str()).or_default() += 1;
    }
    let answers: Vec<String> = answers
        .into_iter()
        .map(|(code, number)| format!("{} ({})", show::label(text, "response", code), number))
        .collect();
    let violations = thread.violations.iter();
    let about: Vec<String> = violations
        .map(|code| show::label(text, "violation", code.as_str()))
        .collect();
    let open = thread.silence.is_open;
    let waited = thread.silence.since_first.filter(|_| open);
    DemandRow {
        address: demand_address(thread),
        demand: show::shorten(&thread.demand, DEMAND),
        lang: thread
            .calls
            .first()
            .map(|call| said(all, &call.evidence, text).lang)
            .unwrap_or_default(),
        about: about.join(", "),
        times: thread.count.times as u64,
        years: first_and_last(thread.by_year.iter()),
        callers: match thread.by_caller.len() > CALLERS {
            true => format!("{} …", named.join(", ")),
            false => named.join(", "),
        },
        answers: answers.join(", "),
        silence: waited.map(|it| days(it, text)).unwrap_or_default(),
    }
}

/// What a tally is of, in words: the engine's own words for what is not known are replaced.
fn told(of: &str, text: Text) -> String {
    match of {
        "not dated" => text.say("frame-undated"),
        "not named" => text.say("accountability-not-named"),
        of => of.to_owned(),
    }
}

/// The first and the last of years: `2003–2024`; empty when none is known.
pub(super) fn first_and_last<'t>(tallies: impl Iterator<Item = &'t Tally>) -> String {
    let years = tallies.map(|tally| tally.of.as_str());
    let years: Vec<&str> = years
        .filter(|of| of.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
        (Some(first), _) => (*first).to_owned(),
        _ => String::new(),
    }
}

fn bars(tallies: Vec<Tally>, text: Text) -> Vec<Year> {
    let most = tallies.iter().map(|tally| tally.times).max().unwrap_or(0);
    let bars = tallies.into_iter().map(|tally| Year {
        of: told(&tally.of, text),
        times: tally.times as u64,
        documents: tally.documents as u64,
        origins: tally.origins as u64,
        height: (tally.times * 100 / most.max(1)) as u64,
    });
    bars.collect()
}

/// How often in each year; tallies of one year are added up.
pub(super) fn years<'t>(tallies: impl Iterator<Item = &'t Tally>, text: Text) -> Vec<Year> {
    let mut by_year: BTreeMap<&str, Tally> = BTreeMap::new();
    for tally in tallies {
        let sum = by_year.entry(&tally.of).or_default();
        sum.of.clone_from(&tally.of);
        sum.times += tally.times;
        sum.documents += tally.documents;
        sum.origins += tally.origins;
    }
    bars(by_year.into_values().collect(), text)
}

/// How often by each caller, the most frequent first.
pub(super) fn callers(tallies: &[Tally], text: Text) -> Vec<Year> {
    let mut tallies = tallies.to_vec();
    tallies.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.of.cmp(&b.of)));
    bars(tallies, text)
}

/// The calls of a demand, oldest first.
pub(super) fn calls(all: &Assembled, thread: &Thread, most: usize, text: Text) -> Vec<CallRow> {
    let mut before = None;
    let mut rows = Vec::new();
    for call in thread.calls.iter().take(most) {
        let date = call.evidence.date.as_ref();
        rows.push(CallRow {
            date: date.map(|it| it.date.to_string()).unwrap_or_default(),
            basis: date
                .filter(|it| !it.stated)
                .map(|it| it.basis.clone())
                .unwrap_or_default(),
            caller: match &call.caller {
                Some(caller) => states::place(text, &caller.identity, &caller.name),
                None => text.say("accountability-not-named"),
            },
            why: call.why.clone(),
            said: said(all, &call.evidence, text),
            is_repeat: before == Some(call.call),
        });
        before = Some(call.call);
    }
    rows
}

/// An undertaking, each time it was made.
pub(super) fn pledge(all: &Assembled, threads: &Threads, pledge: &Pledge, text: Text) -> PledgeRow {
    let demands = threads.demands.iter();
    let demands = demands.filter(|thread| pledge.demands.contains(&thread.id));
    PledgeRow {
        undertaking: show::shorten(&pledge.undertaking, DEMAND),
        due: pledge
            .due
            .as_ref()
            .map(|due| due.date.to_string())
            .unwrap_or_default(),
        overdue: pledge.overdue.map(|it| days(it, text)).unwrap_or_default(),
        made: pledge
            .made
            .iter()
            .map(|making| said(all, &making.evidence, text))
            .collect(),
        demands: demands
            .map(|thread| (demand_address(thread), show::shorten(&thread.demand, 80)))
            .collect(),
    }
}

/// An answer; with the demand that it answers, where that is not the page's own.
pub(super) fn answer(
    all: &Assembled,
    answer: &Answer,
    thread: Option<&Thread>,
    text: Text,
) -> AnswerRow {
    let demand = thread.map(|thread| (demand_address(thread), show::shorten(&thread.demand, 120)));
    AnswerRow {
        by: states::place(text, &answer.by.identity, &answer.by.name),
        answer: show::label(text, "response", answer.answer.as_str()),
        certainty: certainty(answer.certainty, text),
        reasons: answer.reasons.join(" "),
        demand: demand.unwrap_or_default(),
        said: said(all, &answer.evidence, text),
    }
}

/// How sure it is that something answers, in words.
pub(in crate::screens) fn certainty(certainty: Certainty, text: Text) -> String {
    text.say(match certainty {
        Certainty::Possible => "accountability-possible",
        Certainty::Likely => "accountability-likely",
        Certainty::Certain => "accountability-certain",
    })
}
