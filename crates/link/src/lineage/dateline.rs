//! The date of a dateline: "27 July 2017 –", "GENEVA, Feb. 17, 2014 --".
//!
//! Invariant: a date is only taken from the few words before a dash that opens a passage, and
//! only with its year.

use model::{Edtf, PartialDate};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct File {
    months: BTreeMap<String, Vec<String>>,
}

/// Months by name, folded as in `data/reading/months.toml`.
static MONTHS: LazyLock<BTreeMap<String, u8>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/reading/months.toml"))
        .expect("data/reading/months.toml is complete, which a test checks");
    let mut months = BTreeMap::new();
    for names in file.months.values() {
        for (number, forms) in (1..).zip(names) {
            for form in forms.split(' ') {
                months.insert(form.to_owned(), number);
            }
        }
    }
    months
});

/// Characters within which the dash must stand.
const REACH: usize = 90;

/// The date before the dash that opens a passage.
pub(super) fn dateline(passage: &str) -> Option<Edtf> {
    let end = passage
        .char_indices()
        .nth(REACH)
        .map_or(passage.len(), |(at, _)| at);
    let head = &passage[..end];
    let dash = ["–", "—", "--", " - "]
        .iter()
        .filter_map(|dash| head.find(dash))
        .min()?;
    let lower = head[..dash].to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > 9 {
        return None;
    }
    let at = words.iter().position(|word| MONTHS.contains_key(*word))?;
    let month = *MONTHS.get(words[at])?;
    let number = |at: Option<usize>| words.get(at?)?.parse::<u16>().ok();
    let day = |at| {
        number(at)
            .filter(|day| (1..=31).contains(day))
            .map(|day| day as u8)
    };
    let year = |at| number(at).filter(|year| (1900..=2199).contains(year));
    let before = (day(at.checked_sub(1)), year(Some(at + 1)));
    let after = (day(Some(at + 1)), year(Some(at + 2)));
    let date = match (before, after) {
        ((Some(day), Some(year)), _) | (_, (Some(day), Some(year))) => {
            PartialDate::day(year, month, day)
        }
        _ => None,
    };
    date.map(Edtf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_read_and_a_date_within_the_text_is_not() {
        let read = |text: &str| dateline(text).map(|date| date.to_string());
        assert_eq!(
            read("27 July 2017 – The proposed resumption").as_deref(),
            Some("2017-07-27")
        );
        assert_eq!(
            read("GENEVA, Feb. 17, 2014 -- A commission").as_deref(),
            Some("2014-02-17")
        );
        assert_eq!(
            read("PARIS, le 3 août 2021 — Le conseil").as_deref(),
            Some("2021-08-03")
        );
        assert_eq!(read("SEOUL, Feb. 3 (Yonhap) -- Officials"), None);
        assert_eq!(
            read("On 3 May 2011 the officers came – three of them").as_deref(),
            Some("2011-05-03")
        );
        assert_eq!(
            read("They came on 3 May 2011 and took him away without any word at all – so"),
            None
        );
        assert_eq!(read("31 June 2017 – no such day"), None);
        assert_eq!(read(""), None);
    }
}
