//! Names that are one short word, as `Kim` or `영희`: masked only where such a word stands by itself.
//!
//! Invariant: a longer name that begins with the word is left (`Kim Jong Un`, `Kim-Smith`), and so is
//! the word in other case (`may` is no `May`); in scripts that put endings behind a name without a
//! space, what follows must be one of these endings.

use super::BuildError;
use super::line::is_sign_script;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// What may follow a name in Korean without a space.
const ENDINGS: [&str; 18] = [
    "씨", "은", "는", "이", "가", "을", "를", "의", "와", "과", "도", "에게", "께", "님", "군",
    "양", "라", "만",
];

/// Short names.
pub(super) struct Short(AhoCorasick);

/// Whether a short name can be masked at all: it begins with a capital, or is written in a script
/// that has none. One with a digit is a sign that stands for a name already.
fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    let begins = letters
        .next()
        .is_some_and(|first| first.is_uppercase() || is_sign_script(first));
    let plain = name
        .chars()
        .all(|letter| letter.is_alphabetic() || letter == '\'');
    begins && plain && (name.chars().count() > 1 || name.chars().all(is_sign_script))
}

impl Short {
    /// Those of these names that can be masked; `None` where none can.
    pub(super) fn of<'n>(
        names: impl Iterator<Item = &'n String>,
    ) -> Result<Option<Self>, BuildError> {
        let mut names: Vec<&String> = names.filter(|name| is_name(name)).collect();
        names.sort();
        names.dedup();
        if names.is_empty() {
            return Ok(None);
        }
        let built = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names)?;
        Ok(Some(Self(built)))
    }

    /// Where they stand in a line: first letter, and the one behind the last.
    pub(super) fn found(&self, line: &[char]) -> Vec<(usize, usize)> {
        let text: String = line.iter().collect();
        let hits = self.0.find_iter(&text);
        let (mut at, mut letters) = (0, 0);
        let mut found = Vec::new();
        for hit in hits {
            letters += text[at..hit.start()].chars().count();
            let first = letters;
            letters += text[hit.start()..hit.end()].chars().count();
            at = hit.end();
            if stands_alone(line, first, letters) {
                found.push((first, letters));
            }
        }
        found
    }
}

fn stands_alone(line: &[char], first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).and_then(|at| line.get(at));
    if before.is_some_and(|letter| letter.is_alphanumeric() || *letter == '-') {
        return false;
    }
    let after = line.get(last..).unwrap_or_default();
    if line.get(first).copied().is_some_and(is_sign_script) {
        let joined: String = after
            .iter()
            .take_while(|one| one.is_alphanumeric())
            .collect();
        return joined.is_empty() || (last - first > 1 && ENDINGS.contains(&joined.as_str()));
    }
    match after {
        [next, ..] if next.is_alphanumeric() => false,
        ['-', next, ..] => !next.is_alphanumeric(),
        [space, next, ..] if space.is_whitespace() => !next.is_uppercase(),
        _ => true,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::mask::{Form, Mask};

    #[test]
    fn a_short_name_is_masked_where_it_stands_by_itself() {
        let mask = Mask::new(["Kim", "Ri", "영희", "박", "D-07", "may"]).unwrap();
        for (page, expected) in [
            ("<p>Then Kim said so.</p>", "<p>Then ▮▮▮ said so.</p>"),
            ("<td>Kim</td>", "<td>▮▮▮</td>"),
            ("<p>Kim's son, Ri</p>", "<p>▮▮▮'s son, ▮▮</p>"),
            ("<p>Kim Jong Un, Kim-Smith, Kimchi, kim</p>", ""),
            ("<p>Anne-Kim, D-07, it may be</p>", ""),
            ("<p>영희는 말했다, 영희</p>", "<p>▮▮는 말했다, ▮▮</p>"),
            ("<p>영희망, 순박한 박씨, 박해</p>", ""),
            ("<td>박</td>", "<td>▮</td>"),
        ] {
            let expected = if expected.is_empty() { page } else { expected };
            assert_eq!(mask.over(Form::Page, page, "").0, expected);
        }
        assert!(!mask.is_empty());
    }
}
