//! Ages as lists write them: `24`, `24세`, `20s`, `20-25`, `about 30`.

use super::data::LISTS;

/// Greatest age that is believed.
const MOST: u16 = 130;

/// Least and greatest age that the words mean.
pub(super) fn parse(text: &str) -> Option<(u16, u16)> {
    let text = text.trim().to_lowercase();
    if text.chars().count() > 40 {
        return None;
    }
    let decade = ["s", "代", "대"];
    let about = &LISTS.about;
    let is_known = |word: &str| {
        about.age.contains(word)
            || about.approximate.contains(word)
            || about.uncertain.contains(word)
    };
    let mut numbers: Vec<u16> = Vec::new();
    let mut is_decade = false;
    for word in words(&text) {
        if let Ok(number) = word.parse::<u16>() {
            numbers.push(number);
        } else if !numbers.is_empty() && decade.contains(&word) {
            is_decade = true;
        } else if !matches!(word, "-" | "–" | "~" | "." | ",") && !is_known(word) {
            return None;
        }
    }
    let ages = match (numbers.as_slice(), is_decade) {
        ([tens], true) if tens % 10 == 0 => (*tens, tens + 9),
        ([age], false) => (*age, *age),
        // 24.5 years are 24 whole ones.
        ([age, 0..=99], false) if text.contains('.') => (*age, *age),
        ([least, most], false) if least <= most => (*least, *most),
        _ => return None,
    };
    (ages.1 <= MOST).then_some(ages)
}

/// Runs of digits, runs of letters, and single other characters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let kind = |c: char| match c {
        '0'..='9' => 0,
        c if c.is_alphabetic() || c == '/' => 1,
        c if c.is_whitespace() => 2,
        _ => 3,
    };
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next().map(kind)?;
        let end = match first {
            3 => rest.chars().next().map_or(0, char::len_utf8),
            _ => rest.find(|c| kind(c) != first).unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_what_is_written_and_no_more() {
        for (text, ages) in [
            ("24", Some((24, 24))),
            ("24세", Some((24, 24))),
            ("만 24세", Some((24, 24))),
            ("약 30", Some((30, 30))),
            ("20s", Some((20, 29))),
            ("20대", Some((20, 29))),
            ("20-25", Some((20, 25))),
            ("24.5", Some((24, 24))),
            ("aged 41 years", Some((41, 41))),
            ("1954", None),
            ("young", None),
            ("25-20", None),
            ("", None),
        ] {
            assert_eq!(parse(text), ages, "{text}");
        }
    }
}
