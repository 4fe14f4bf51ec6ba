//! How long a demand has gone unanswered.
//!
//! Invariant: only an answer that is certain or likely ends a silence; one that is merely possible
//! is shown and left to a person.

use super::{Answer, Call, Certainty, Thread};
use crate::corpus::Dated;
use crate::when::{Days, order};
use serde::{Deserialize, Serialize};

/// How long a demand has gone unanswered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Silence {
    /// Whether calls stand without an answer: none ever came, or it was asked again since.
    pub is_open: bool,
    /// Days since the first call that is not answered.
    pub since_first: Option<Days>,
    /// Days since the last call that is not answered.
    pub since_last: Option<Days>,
    /// Calls that are not answered.
    pub unanswered: usize,
    /// The same in a sentence.
    pub words: String,
}

impl Silence {
    /// The silence over a thread's calls, as of the day numbered `today`.
    pub(super) fn of(thread: &Thread, today: i64) -> Self {
        let answer = thread
            .answers
            .iter()
            .filter(|answer| answer.ends_silence && answer.certainty != Certainty::Possible)
            .max_by_key(|answer| last_day(answer.evidence.date.as_ref()));
        let open: Vec<&Call> = thread
            .calls
            .iter()
            .filter(|call| answer.is_none_or(|answer| is_after(call, answer)))
            .collect();
        let dates: Vec<&Dated> = open
            .iter()
            .filter_map(|call| call.evidence.date.as_ref())
            .collect();
        let first = dates.iter().min_by_key(|dated| order(Some(&dated.date)));
        let last = dates.iter().max_by_key(|dated| last_day(Some(dated)));
        let mut numbers: Vec<usize> = open.iter().map(|call| call.call).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut silence = Self {
            is_open: !open.is_empty(),
            since_first: first.map(|dated| Days::since(&dated.date, today)),
            since_last: last.map(|dated| Days::since(&dated.date, today)),
            unanswered: numbers.len(),
            words: String::new(),
        };
        silence.words = silence.sentence(thread, answer, first.copied(), last.copied());
        silence
    }

    fn sentence(
        &self,
        thread: &Thread,
        answer: Option<&Answer>,
        first: Option<&Dated>,
        last: Option<&Dated>,
    ) -> String {
        let times = |count: usize| match count {
            1 => "once".to_owned(),
            2 => "twice".to_owned(),
            count => format!("{count} times"),
        };
        let possible = thread
            .answers
            .iter()
            .filter(|answer| answer.certainty == Certainty::Possible)
            .count();
        let mut words = match answer {
            None => format!("Asked {}; no answer is on record", times(self.unanswered)),
            Some(answer) => {
                let when = answer.evidence.date.as_ref();
                let when = when.map_or_else(String::new, |dated| format!(" on {}", dated.date));
                let answered = format!("Answered{when} by {} ({})", answer.by.name, answer.answer);
                match self.unanswered {
                    0 => answered,
                    again => format!(
                        "{answered}; asked again {} since, without an answer",
                        times(again)
                    ),
                }
            }
        };
        if let (Some(first), Some(days)) = (first, self.since_first) {
            words.push_str(&format!(": {days} since {}", first.date));
        }
        if let (Some(last), Some(days)) = (last, self.since_last)
            && self.unanswered > 1
        {
            words.push_str(&format!(", {days} since it was last asked, {}", last.date));
        }
        words.push('.');
        if possible > 0 {
            words.push_str(&format!(
                " {possible} possible answer{} to be looked at.",
                if possible == 1 { " is" } else { "s are" }
            ));
        }
        words
    }
}

fn last_day(dated: Option<&Dated>) -> i64 {
    let bounds = dated.map(|dated| crate::when::bounds(&dated.date));
    bounds.and_then(|(_, last)| last).unwrap_or(i64::MIN)
}

/// Whether the call was made after the answer, as far as the dates tell; a call whose date may be
/// before or after counts as answered.
fn is_after(call: &Call, answer: &Answer) -> bool {
    match (&call.evidence.date, &answer.evidence.date) {
        (Some(call), Some(answer)) => crate::when::surely_before(&answer.date, &call.date),
        _ => false,
    }
}
