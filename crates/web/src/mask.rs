//! Masked names: a finished page with the names of protected persons made unreadable.
//!
//! Works on the page as it is sent, so that no screen can forget it, and on JSON and tables that
//! programs get (`data`). Every letter of a name becomes one sign, so that a page keeps its length: a
//! selection on it still means the same characters.
//!
//! Invariants: tags and addresses are never touched; a name is found across the tags that stand
//! within a line of text (a lit word, a link) and whatever its letters' case. Time is linear in the
//! page. A name that is one short word is masked only where it stands by itself (`short`): anywhere
//! else it would hide half of every page.

mod data;
mod short;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use short::Short;

pub use aho_corasick::BuildError;

/// What stands for a letter.
pub const SIGN: char = '▮';

/// Fewest letters of a name that is one word: in scripts with spaces between words, and in those
/// that write syllables or words with a sign.
const SHORTEST: (usize, usize) = (6, 3);

/// Tags that do not end a line of text.
const WITHIN: [&str; 10] = [
    "mark", "bdi", "a", "span", "q", "strong", "em", "b", "i", "code",
];

/// Attributes whose values people read.
const READ: [&str; 6] = [
    "aria-label",
    "title",
    "value",
    "placeholder",
    "alt",
    "content",
];

/// Names that are masked.
pub struct Mask {
    names: Option<AhoCorasick>,
    short: Option<Short>,
}

/// A letter of the text of a page, and where it stands there.
struct Letter {
    from: usize,
    to: usize,
}

impl Mask {
    /// A mask over these names; those that tell nobody apart at all are left out.
    ///
    /// # Errors
    /// When there are too many to be looked for at once: then nothing can be shown safely.
    pub fn new<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Result<Self, BuildError> {
        let names: Vec<String> = names
            .into_iter()
            .map(|name| name.as_ref().trim().to_owned())
            .collect();
        let mut folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        folded.retain(|name| tells(name));
        folded.sort();
        folded.dedup();
        let built = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&folded)?;
        Ok(Self {
            names: (!folded.is_empty()).then_some(built),
            short: Short::of(names.iter().filter(|name| !tells(&fold(name))))?,
        })
    }

    /// Whether there is nobody to be masked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_none() && self.short.is_none()
    }

    /// The page with every name masked, and how many were.
    #[must_use]
    pub fn html(&self, page: &str) -> (String, usize) {
        match self.is_empty() {
            true => (page.to_owned(), 0),
            false => self.hide(page, &runs(page)),
        }
    }

    /// The names of a line: first and last letter of each.
    fn found(&self, line: &Line) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        if let Some(names) = &self.names {
            let whole = names.find_iter(&line.text);
            let whole = whole.filter(|hit| line.is_whole(hit.start(), hit.end()));
            found.extend(whole.map(|hit| (line.letter_at(hit.start()), line.letter_at(hit.end()))));
        }
        if let Some(short) = &self.short {
            found.extend(short.found(&line.written));
        }
        found
    }

    /// A text with the names in its lines masked, and how many were.
    fn hide(&self, text: &str, runs: &[(Line, Vec<Letter>)]) -> (String, usize) {
        let mut hidden: Vec<(usize, usize)> = Vec::new();
        let mut found = 0;
        for (line, letters) in runs {
            for (first, last) in self.found(line) {
                found += 1;
                let letters = letters.get(first..last).unwrap_or_default();
                hidden.extend(letters.iter().map(|letter| (letter.from, letter.to)));
            }
        }
        hidden.sort_unstable();
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for (from, to) in hidden {
            if from < at {
                continue;
            }
            let is_space = text[from..to].chars().all(char::is_whitespace);
            masked.push_str(&text[at..from]);
            match is_space {
                true => masked.push_str(&text[from..to]),
                false => masked.push(SIGN),
            }
            at = to;
        }
        masked.push_str(&text[at..]);
        (masked, found)
    }
}

/// Letters in lower case, one for one: what has no single small letter stays.
fn small(letter: char) -> char {
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        _ if letter.is_whitespace() => ' ',
        (Some(only), None) => only,
        _ => letter,
    }
}

fn fold(name: &str) -> String {
    name.chars().map(small).collect()
}

fn is_sign_script(letter: char) -> bool {
    matches!(u32::from(letter), 0x1100..=0x11ff | 0x3040..=0x30ff | 0x3130..=0x318f
        | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff)
}

/// Whether a name tells somebody apart.
fn tells(name: &str) -> bool {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    let signs = name.chars().filter(|letter| is_sign_script(*letter));
    let words = name.split_whitespace().count();
    let (letters, signs) = (letters.count(), signs.count());
    signs >= SHORTEST.1 || letters >= SHORTEST.0 || (words > 1 && letters > 3)
}

/// A line of text.
#[derive(Default)]
struct Line {
    /// Its letters as they are written.
    written: Vec<char>,
    /// The same in lower case.
    text: String,
    /// Where each letter begins in `text`.
    starts: Vec<usize>,
}

impl Line {
    fn push(&mut self, letter: char) {
        self.starts.push(self.text.len());
        self.written.push(letter);
        self.text.push(small(letter));
    }

    /// The number of the letter at a byte.
    fn letter_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }

    /// Whether what stands there is no part of a longer word; scripts that put endings behind
    /// names without a space end them as they like.
    fn is_whole(&self, from: usize, to: usize) -> bool {
        let before = self.text[..from].chars().next_back();
        let (first, last) = (
            self.text[from..].chars().next(),
            self.text[..to].chars().next_back(),
        );
        let after = self.text[to..].chars().next();
        let joins = |one: Option<char>, other: Option<char>| match (one, other) {
            (Some(one), Some(other)) => {
                let both = one.is_alphanumeric() && other.is_alphanumeric();
                both && !is_sign_script(one) && !is_sign_script(other)
            }
            _ => false,
        };
        !joins(before, first) && !joins(last, after)
    }
}

/// The lines of text of a page, each with where its letters stand: what stands between tags that
/// end a line, and the values of attributes that people read.
fn runs(page: &str) -> Vec<(Line, Vec<Letter>)> {
    let mut all = Vec::new();
    let (mut line, mut letters) = (Line::default(), Vec::new());
    let mut at = 0;
    while at < page.len() {
        let rest = &page[at..];
        if let Some(inner) = rest.strip_prefix('<') {
            let end = tag_end(inner).map_or(page.len(), |end| at + 1 + end);
            let tag = &page[at + 1..end];
            let name = tag.trim_start_matches('/');
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next();
            if !WITHIN.contains(&name.unwrap_or_default()) {
                all.push((std::mem::take(&mut line), std::mem::take(&mut letters)));
            }
            attributes(tag, at + 1, &mut all);
            at = (end + 1).min(page.len());
            continue;
        }
        let (letter, length) = letter_of(rest);
        line.push(letter);
        letters.push(Letter {
            from: at,
            to: at + length,
        });
        at += length;
    }
    all.push((line, letters));
    all.retain(|(line, _)| !line.text.is_empty());
    all
}

/// Where a tag ends: the `>` outside of quotes.
fn tag_end(inner: &str) -> Option<usize> {
    let mut quoted = false;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// The values of a tag's attributes that people read, as lines. What somebody typed into a search
/// is their own.
fn attributes(tag: &str, offset: usize, into: &mut Vec<(Line, Vec<Letter>)>) {
    let is_search = tag.contains("type=\"search\"");
    let mut from = 0;
    while let Some(found) = tag[from..].find("=\"") {
        let value = from + found + 2;
        let Some(length) = tag[value..].find('"') else {
            return;
        };
        let name = tag[..from + found].rsplit(char::is_whitespace).next();
        let name = name.unwrap_or_default();
        if READ.contains(&name) && !(is_search && name == "value") {
            let (mut line, mut letters) = (Line::default(), Vec::new());
            let mut at = value;
            while at < value + length {
                let (letter, size) = letter_of(&tag[at..value + length]);
                line.push(letter);
                letters.push(Letter {
                    from: offset + at,
                    to: offset + at + size,
                });
                at += size;
            }
            into.push((line, letters));
        }
        from = value + length + 1;
    }
}

/// The letter that a text begins with, and its bytes: a character reference is one letter.
fn letter_of(text: &str) -> (char, usize) {
    if text.starts_with('&')
        && let Some(end) = text.bytes().take(10).position(|byte| byte == b';')
    {
        let of = &text[1..end];
        let number = of.strip_prefix('#').and_then(|digits| digits.parse().ok());
        let letter = number.and_then(char::from_u32).or(match of {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            _ => None,
        });
        if let Some(letter) = letter {
            return (letter, end + 1);
        }
    }
    let letter = text.chars().next().unwrap_or(' ');
    (letter, letter.len_utf8().max(1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(names: &[&str], page: &str) -> String {
        Mask::new(names).unwrap().html(page).0
    }

    #[test]
    fn names_are_masked_in_text_and_in_what_is_read_aloud() {
        let names = ["Kim Hye-suk", "김혜숙"];
        assert_eq!(
            masked(&names, "<p>Ms KIM Hye-suk said</p>"),
            "<p>Ms ▮▮▮ ▮▮▮▮▮▮▮ said</p>"
        );
        assert_eq!(
            masked(
                &names,
                "<p><mark>Kim</mark> <a href=\"/x?Kim Hye-suk\">Hye-suk</a>!</p>"
            ),
            "<p><mark>▮▮▮</mark> <a href=\"/x?Kim Hye-suk\">▮▮▮▮▮▮▮</a>!</p>"
        );
        assert_eq!(masked(&names, "<td>김혜숙은</td>"), "<td>▮▮▮은</td>");
        assert_eq!(
            masked(
                &names,
                "<i aria-label=\"Kim Hye-suk\" id=\"Kim Hye-suk\"></i>"
            ),
            "<i aria-label=\"▮▮▮ ▮▮▮▮▮▮▮\" id=\"Kim Hye-suk\"></i>"
        );
        assert_eq!(
            masked(&["O'Brien Pat"], "<p>O&#39;Brien Pat</p>"),
            "<p>▮▮▮▮▮▮▮ ▮▮▮</p>"
        );
    }

    #[test]
    fn what_is_no_name_stays() {
        let names = ["Kim Hye-suk"];
        for page in [
            "<p>Kim</p><p>Hye-suk</p>",
            "<p>Akim Hye-suk, Kim Hye-suks</p>",
            "<input type=\"search\" value=\"Kim Hye-suk\">",
        ] {
            assert_eq!(masked(&names, page), page);
        }
        assert!(Mask::new(["kim", "", "7"]).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn a_page_keeps_its_letters(page in "[a-c<>/\"=& ;#0-9가▮]{0,60}", name in "[a-c 가]{0,8}") {
            let (after, _) = Mask::new([name.as_str()]).unwrap().html(&page);
            // Character references become one sign; without them the length is the same.
            if !page.contains('&') {
                prop_assert_eq!(after.chars().count(), page.chars().count());
            }
            let tags = |text: &str| text.matches('<').count();
            prop_assert_eq!(tags(&after), tags(&page));
        }
    }
}
