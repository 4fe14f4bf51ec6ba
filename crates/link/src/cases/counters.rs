//! How long there has been no news of a person, and no answer to those who asked.
//!
//! Invariant: news is what tells how or where the person was at a date; that a document still
//! names the person is no news.

use super::{CaseFile, Known, Request};
use crate::corpus::Dated;
use crate::when::{Days, bounds};
use serde::{Deserialize, Serialize};

/// Days without news and without an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Counters {
    /// The latest date of which anything is known of the person.
    pub last_news: Option<Dated>,
    /// Days since then.
    pub since_news: Option<Days>,
    /// The latest date on which a document spoke of the person.
    pub last_named: Option<Dated>,
    /// Requests without a certain or likely answer.
    pub unanswered: usize,
    /// Days since the last of them.
    pub since_request: Option<Days>,
    /// The same in a sentence or two.
    pub words: String,
}

impl Counters {
    /// The counters of a case, as of the day numbered `today`.
    pub(super) fn of(case: &CaseFile, today: i64) -> Self {
        let known = || case.statuses.iter().chain(&case.whereabouts);
        let last_news = latest(known().filter_map(|known| known.since.as_ref()));
        let published = |known: &'_ Known| known.evidence.date.clone();
        let named: Vec<Dated> = known()
            .filter_map(published)
            .chain(case.members.iter().filter_map(|member| member.date.clone()))
            .collect();
        let open: Vec<&Request> = case
            .requests
            .iter()
            .filter(|request| !request.is_answered())
            .collect();
        let last_request = latest(
            open.iter()
                .filter_map(|request| request.evidence.date.as_ref()),
        );
        let mut counters = Self {
            since_news: last_news.map(|dated| Days::since(&dated.date, today)),
            last_news: last_news.cloned(),
            last_named: latest(named.iter()).cloned(),
            unanswered: open.len(),
            since_request: last_request.map(|dated| Days::since(&dated.date, today)),
            words: String::new(),
        };
        counters.words = counters.sentence(case.requests.len());
        counters
    }

    fn sentence(&self, requests: usize) -> String {
        let mut words = match (&self.last_news, self.since_news) {
            (Some(news), Some(days)) => format!("Last news of {}, {days} ago.", news.date),
            _ => match &self.last_named {
                Some(named) => format!(
                    "No dated news; last spoken of in what is dated {}.",
                    named.date
                ),
                None => "No dated news.".to_owned(),
            },
        };
        match (self.unanswered, self.since_request) {
            (0, _) if requests == 0 => words.push_str(" No request by name is on record."),
            (0, _) => words.push_str(" Every request by name was answered."),
            (count, Some(days)) => words.push_str(&format!(
                " {count} of {requests} requests by name without an answer, the last {days} ago."
            )),
            (count, None) => {
                words.push_str(&format!(
                    " {count} of {requests} requests by name without an answer."
                ));
            }
        }
        words
    }
}

fn latest<'d>(dates: impl Iterator<Item = &'d Dated>) -> Option<&'d Dated> {
    dates.max_by_key(|dated| {
        (
            bounds(&dated.date).1.unwrap_or(i64::MIN),
            bounds(&dated.date).0,
        )
    })
}
