//! People and cases: who is to be found, freed or reunited, and who may be the same person.

use crate::Frame;
use crate::facets::{Facet, Pager, State};
use crate::said::Said;
use askama::Template;

/// A case in the list.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// Address of its page.
    pub address: String,
    /// The name it is shown by.
    pub name: String,
    /// Its other written forms.
    pub also: String,
    /// Categories in words.
    pub category: String,
    /// Status in words; that the fate is unknown where nothing says otherwise.
    pub status: String,
    /// What limits it; may be empty.
    pub status_note: String,
    /// Where the person was last said to be; may be empty.
    pub whereabouts: String,
    /// Days since the last dated news, in words; empty when there was none.
    pub news: String,
    /// The date of that news.
    pub news_date: String,
    /// Requests by name.
    pub requests: u64,
    /// Those without an answer.
    pub unanswered: u64,
    /// Whether nobody has opened it: only allegations name the person.
    pub is_proposed: bool,
}

/// The list of cases.
#[derive(Template)]
#[template(path = "people.html")]
pub struct PeoplePage {
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
    /// The rows of this page.
    pub rows: Vec<CaseRow>,
    /// Which rows.
    pub pager: Pager,
    /// Pairs that wait for somebody to judge.
    pub questions: u64,
    /// Persons on record whose name is like the one that is looked for: name and address.
    pub named: Vec<(String, String)>,
}

/// What a record says of a person as of a date.
#[derive(Clone, Debug)]
pub struct KnownRow {
    /// Since when; empty when it is not known.
    pub since: String,
    /// The status or place.
    pub value: String,
    /// What limits it; may be empty.
    pub note: String,
    /// Words and source.
    pub said: Said,
}

/// A request for a person.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// When; empty when it is not known.
    pub date: String,
    /// Who asked; empty when the call does not say.
    pub caller: String,
    /// Of whom.
    pub addressees: String,
    /// Words and source.
    pub said: Said,
    /// What came back: by whom and what, how sure, words and source.
    pub replies: Vec<(String, String, Said)>,
}

/// The page of a case.
#[derive(Template)]
#[template(path = "case.html")]
pub struct CasePage {
    /// The frame.
    pub frame: Frame,
    /// Whether it is as new as the ledger.
    pub is_new: bool,
    /// The case in a line.
    pub row: CaseRow,
    /// Every written form of the name.
    pub names: Vec<String>,
    /// Status, oldest first.
    pub statuses: Vec<KnownRow>,
    /// Whereabouts, oldest first.
    pub whereabouts: Vec<KnownRow>,
    /// What cannot all be true, in the program's English.
    pub contradictions: Vec<String>,
    /// Requests that name the person.
    pub requests: Vec<RequestRow>,
    /// Requests made for all such cases.
    pub for_all: Vec<RequestRow>,
    /// Relatives: name and what they are to the person.
    pub kin: Vec<(String, String)>,
    /// Authorities seized of the case.
    pub authorities: Vec<String>,
    /// The records that make the case.
    pub members: Vec<Said>,
    /// Why they are one case, in the program's English.
    pub joins: Vec<String>,
    /// The person by each record that names one: name and address.
    pub persons: Vec<(String, String)>,
}

/// A written form of a name.
#[derive(Clone, Debug)]
pub struct FormRow {
    /// As written.
    pub form: String,
    /// Script and romanisation, where they are known.
    pub how: String,
    /// Records that write it so.
    pub times: u64,
}

/// What one source says of a person.
#[derive(Clone, Debug)]
pub struct SaysRow {
    /// Fields: label and value.
    pub facts: Vec<(String, String)>,
    /// Words and source.
    pub said: Said,
}

/// A relative.
#[derive(Clone, Debug)]
pub struct KinRow {
    /// Name, as written.
    pub name: String,
    /// Address of the relative's page; empty where no record is about somebody of that name.
    pub address: String,
    /// What the relative is to the person, in the words of the source.
    pub relation: String,
    /// Words and source.
    pub said: Said,
}

/// Two records that were taken for one person.
#[derive(Clone, Debug)]
pub struct JoinRow {
    /// Their ids.
    pub ids: [String; 2],
    /// Titles of their sources.
    pub titles: [String; 2],
    /// Who judged so and when; empty where the machine joined them.
    pub by: String,
}

/// The page of a person, with a case or without.
#[derive(Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    /// The frame.
    pub frame: Frame,
    /// Whether it is as new as the ledger.
    pub is_new: bool,
    /// The case: address and name; empty where there is none.
    pub case: (String, String),
    /// Every written form.
    pub forms: Vec<FormRow>,
    /// What each source says.
    pub says: Vec<SaysRow>,
    /// Sources that are not shown.
    pub left_out: u64,
    /// What happened to the person, oldest first.
    pub statuses: Vec<KnownRow>,
    /// Where the person was, oldest first.
    pub whereabouts: Vec<KnownRow>,
    /// Family.
    pub kin: Vec<KinRow>,
    /// Why the records are one person.
    pub joins: Vec<JoinRow>,
    /// Other records that name the person: what they say, words and source.
    pub mentions: Vec<(String, Said)>,
    /// Those that are not shown.
    pub more: u64,
}

/// One side of a pair.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Name, kind and fields: label and value.
    pub facts: Vec<(String, String)>,
    /// The name it is shown by.
    pub name: String,
    /// Words and source.
    pub said: Said,
}

/// A pair of records that may be about one person, or that was judged.
#[derive(Clone, Debug)]
pub struct PairRow {
    /// Ids of the two records.
    pub ids: [String; 2],
    /// The two, side by side.
    pub sides: [Side; 2],
    /// Why it is asked, in the program's English; of a judged pair, the reason that was given.
    pub why: String,
    /// Of a judged pair: what was said, by whom and when; else empty.
    pub judged: String,
}

/// The page on which pairs are judged.
#[derive(Template)]
#[template(path = "pairs.html")]
pub struct PairsPage {
    /// The frame.
    pub frame: Frame,
    /// Whether the archive has been laid out as a whole.
    pub is_ready: bool,
    /// Pairs to judge, those that tell most first.
    pub open: Vec<PairRow>,
    /// How many there are in all.
    pub total: u64,
    /// What was judged, the last first.
    pub judged: Vec<PairRow>,
}
