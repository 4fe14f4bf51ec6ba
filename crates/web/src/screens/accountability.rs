//! Accountability: who was asked for what, how often, and what became of it.

use crate::Frame;
use crate::dots::Dots;
use crate::facets::{Facet, Pager, State};
use crate::said::Said;
use askama::Template;

/// A duty bearer in the table.
#[derive(Clone, Debug)]
pub struct BearerRow {
    /// Address of its page.
    pub address: String,
    /// Its name.
    pub name: String,
    /// Demands put to it.
    pub demands: u64,
    /// Times that it was asked, all in all.
    pub times: u64,
    /// First and last year in which it was asked; empty when no date is known.
    pub years: String,
    /// Demands with an answer.
    pub answered: u64,
    /// How long its longest open silence lasts; empty when there is none.
    pub silence: String,
    /// Undertakings that it made.
    pub pledges: u64,
}

/// The table of duty bearers.
#[derive(Template)]
#[template(path = "accountability.html")]
pub struct AccountabilityPage {
    /// The frame.
    pub frame: Frame,
    /// Whether the archive has been laid out as a whole.
    pub is_ready: bool,
    /// Whether that is as new as the ledger.
    pub is_new: bool,
    /// State of the list.
    pub state: State,
    /// The rows of this page.
    pub rows: Vec<BearerRow>,
    /// Which rows.
    pub pager: Pager,
    /// Answers that no demand on record was found for.
    pub unmatched: Vec<Said>,
}

/// A demand in a list.
#[derive(Clone, Debug)]
pub struct DemandRow {
    /// Address of its page.
    pub address: String,
    /// What is asked.
    pub demand: String,
    /// Language of the demand; empty when it is not known.
    pub lang: String,
    /// Types of violation that it is about.
    pub about: String,
    /// How often it was asked.
    pub times: u64,
    /// In which years.
    pub years: String,
    /// Who asked, the most frequent first.
    pub callers: String,
    /// Answers, by what they are; empty when there is none.
    pub answers: String,
    /// How long it stands without an answer; empty when it does not.
    pub silence: String,
}

/// An undertaking.
#[derive(Clone, Debug)]
pub struct PledgeRow {
    /// What was undertaken.
    pub undertaking: String,
    /// By when; empty where the text does not say.
    pub due: String,
    /// How long that is past; empty where it is not.
    pub overdue: String,
    /// Each time that it was made.
    pub made: Vec<Said>,
    /// Demands to the same party that speak of the same: their addresses and words.
    pub demands: Vec<(String, String)>,
}

/// What a party answered.
#[derive(Clone, Debug)]
pub struct AnswerRow {
    /// Who answered.
    pub by: String,
    /// What the answer was.
    pub answer: String,
    /// How sure it is that it answers this, in words.
    pub certainty: String,
    /// Why it is taken for an answer, in the program's English.
    pub reasons: String,
    /// The demand that it answers: its address and words; empty on the demand's own page.
    pub demand: (String, String),
    /// Words and source.
    pub said: Said,
}

/// A year in a drawing of how often something was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year, or what stands for it.
    pub of: String,
    /// Calls: reports of one call are counted once.
    pub times: u64,
    /// Documents that report them.
    pub documents: u64,
    /// Origins of the words, at most.
    pub origins: u64,
    /// Height of the bar, of 100.
    pub height: u64,
}

/// The page of a duty bearer.
#[derive(Template)]
#[template(path = "bearer.html")]
pub struct BearerPage {
    /// The frame.
    pub frame: Frame,
    /// Whether that is as new as the ledger.
    pub is_new: bool,
    /// How often it was asked in each year.
    pub years: Vec<Year>,
    /// Demands put to it, those that have waited longest first.
    pub demands: Vec<DemandRow>,
    /// What it undertook.
    pub pledges: Vec<PledgeRow>,
    /// What it answered.
    pub answers: Vec<AnswerRow>,
    /// The last statements that it stood with, the latest first.
    pub stood: Vec<StandRow>,
    /// How many there are in all, and the address of their list.
    pub stood_all: (u64, String),
}

/// Something that several parties put their names to.
#[derive(Clone, Debug)]
pub struct StandRow {
    /// When, as known.
    pub date: String,
    /// What it was, in words.
    pub what: String,
    /// The instrument; may be empty.
    pub instrument: String,
    /// Who stood with it: name, address, as what.
    pub signatories: Vec<(String, String, String)>,
    /// Words and sources.
    pub reports: Vec<Said>,
    /// Further reports.
    pub more: u64,
}

/// Who stood with which statement over the years.
#[derive(Template)]
#[template(path = "stands.html")]
pub struct StandsPage {
    /// The frame.
    pub frame: Frame,
    /// Whether the archive has been laid out as a whole.
    pub is_ready: bool,
    /// Whether that is as new as the ledger.
    pub is_new: bool,
    /// State of the list.
    pub state: State,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// Parties over the years.
    pub dots: Dots,
    /// Parties in all.
    pub parties: u64,
    /// Statements without a year, which are not drawn.
    pub undated: u64,
    /// The statements of this page, the latest first.
    pub rows: Vec<StandRow>,
    /// Which rows.
    pub pager: Pager,
}

/// A call of a demand.
#[derive(Clone, Debug)]
pub struct CallRow {
    /// When; empty when it is not known.
    pub date: String,
    /// How the date is known, where the record does not say it.
    pub basis: String,
    /// Who asked.
    pub caller: String,
    /// Why it is taken for the same demand, in the program's English.
    pub why: String,
    /// Words and source.
    pub said: Said,
    /// Whether it reports a call that stands above already.
    pub is_repeat: bool,
}

/// The page of a demand.
#[derive(Template)]
#[template(path = "demand.html")]
pub struct DemandPage {
    /// The frame.
    pub frame: Frame,
    /// Whether that is as new as the ledger.
    pub is_new: bool,
    /// The duty bearer: address and name.
    pub bearer: (String, String),
    /// The demand in a line.
    pub row: DemandRow,
    /// How often in each year.
    pub years: Vec<Year>,
    /// How often by each caller.
    pub callers: Vec<Year>,
    /// The calls, oldest first.
    pub calls: Vec<CallRow>,
    /// What is taken for an answer.
    pub answers: Vec<AnswerRow>,
}
