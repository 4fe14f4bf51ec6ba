//! Data about a document at its head: `key: value` lines between two `---` lines.
//!
//! Only what such headers use of YAML 1.2 is read: plain, single- and double-quoted scalars
//! (folded over lines, with escapes) and flat lists. Anything else is left as text, never
//! guessed. A header ends within [`MAX_BYTES`].

/// A longer header is none.
const MAX_BYTES: usize = 64 << 10;

/// A header and where it ends.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub entries: Vec<Entry>,
    /// First byte behind the header.
    pub end: usize,
}

/// One key with its value or values.
#[derive(Debug, PartialEq)]
pub(crate) struct Entry {
    pub key: String,
    pub values: Vec<String>,
    /// First byte of the entry.
    pub from: usize,
    /// One past its last byte, its line end not included.
    pub to: usize,
}

impl FrontMatter {
    /// The header of `source`, when it begins with one.
    pub fn of(source: &str) -> Option<Self> {
        let first = source.lines().next()?;
        if first.trim_end() != "---" {
            return None;
        }
        let mut found = Self::default();
        let mut at = source.find('\n')? + 1;
        while let Some((line, next)) = line_at(source, at) {
            if at > MAX_BYTES {
                return None;
            }
            if matches!(line.trim_end(), "---" | "...") {
                found.end = next;
                found.finish(source);
                return (!found.entries.is_empty()).then_some(found);
            }
            let to = at + line.trim_end().len();
            if let Some(key) = key_of(line) {
                found.entries.push(Entry {
                    key: key.to_ascii_lowercase(),
                    values: Vec::new(),
                    from: at,
                    to,
                });
            } else if let Some(entry) = found.entries.last_mut() {
                let continues = line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
                if !continues {
                    return None;
                }
                entry.to = entry.to.max(to);
            } else if !line.trim().is_empty() && !line.starts_with('#') {
                return None;
            }
            at = next;
        }
        None
    }

    fn finish(&mut self, source: &str) {
        for entry in &mut self.entries {
            let raw = &source[entry.from..entry.to];
            let value = raw.split_once(':').map_or("", |(_, value)| value);
            entry.values = values(value);
        }
    }

    /// The first value of the first of `keys` that has one.
    pub fn first(&self, keys: &[&str]) -> Option<(&str, &Entry)> {
        keys.iter().find_map(|key| {
            let entry = self.entries.iter().find(|entry| entry.key == *key)?;
            let value = entry.values.iter().find(|value| !value.is_empty())?;
            Some((value.as_str(), entry))
        })
    }
}

/// The line at byte `at`, and where the next one begins.
fn line_at(source: &str, at: usize) -> Option<(&str, usize)> {
    let rest = source.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.find('\n').unwrap_or(rest.len());
    Some((&rest[..end], (at + end + 1).min(source.len())))
}

fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let fits = !key.is_empty()
        && key.len() <= 64
        && key.starts_with(char::is_alphabetic)
        && key.chars().all(is_key);
    (fits && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']))).then_some(key.trim_end())
}

/// The values behind a key.
fn values(value: &str) -> Vec<String> {
    let trimmed = value.trim();
    if let Some(list) = trimmed
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return list
            .split(',')
            .map(scalar)
            .filter(|value| !value.is_empty())
            .collect();
    }
    let is_list = value
        .lines()
        .next()
        .is_some_and(|line| line.trim().is_empty())
        && trimmed.starts_with("- ");
    if is_list {
        let items = value
            .lines()
            .map(str::trim)
            .filter_map(|line| line.strip_prefix("- "));
        return items.map(scalar).collect();
    }
    vec![scalar(trimmed)]
}

fn scalar(value: &str) -> String {
    let value = value.trim();
    let text = if let Some(quoted) = value.strip_prefix('"') {
        double_quoted(quoted)
    } else if let Some(quoted) = value.strip_prefix('\'') {
        let quoted = quoted.strip_suffix('\'').unwrap_or(quoted);
        quoted.replace("''", "'")
    } else {
        // A block scalar's mark says how its lines are folded; here they are one line anyway.
        value
            .trim_start_matches(['>', '|'])
            .trim_start_matches(['-', '+'])
            .to_owned()
    };
    one_line(&text)
}

/// White space made one space, invisible characters dropped: as in a reading's text.
pub(crate) fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|&c| !crate::letters::is_steering(c))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A double-quoted scalar behind its opening quote, by YAML 1.2.2 §7.3.1.
fn double_quoted(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\n' => {
                let trimmed = text.trim_end_matches([' ', '\t']).len();
                text.truncate(trimmed);
                while letters
                    .next_if(|c| matches!(c, ' ' | '\t' | '\r'))
                    .is_some()
                {}
                text.push(' ');
            }
            '\\' => escape(&mut letters, &mut text),
            other => text.push(other),
        }
    }
    text
}

fn escape(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, text: &mut String) {
    let Some(letter) = letters.next() else { return };
    let mut code = |digits: u32| {
        let mut value = 0u32;
        for _ in 0..digits {
            let Some(digit) = letters.next_if(char::is_ascii_hexdigit) else {
                break;
            };
            value = value * 16 + digit.to_digit(16).unwrap_or(0);
        }
        char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    match letter {
        'n' | 'r' | 't' | 'v' | 'f' | 'N' | 'L' | 'P' => text.push(' '),
        '_' => text.push('\u{a0}'),
        'x' => text.push(code(2)),
        'u' => text.push(code(4)),
        'U' => text.push(code(8)),
        '0' | 'a' | 'b' | 'e' => {}
        // A line that ends with a backslash goes on without a space.
        '\n' | '\r' => {
            while letters
                .next_if(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))
                .is_some()
            {}
        }
        other => text.push(other),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    const HEADER: &str = "---\ntags: statements\ndate: '2014-03-28'\n\
        title: \"Resolution on the Situation of Human Rights in the Democratic People\\u2019s\\\n  \\ \
        Republic of\\_Korea, pre\\u2060view\"\nauthors:\n  - A. Drafter\n  - 'B. O''Clerk'\n\
        topics: [rights, \"accountability\"]\nsummary: first line\n  second line\n---\nBody\n";

    #[test]
    fn quoted_folded_and_listed_values() {
        let found = FrontMatter::of(HEADER).unwrap();
        let value = |key| found.first(&[key]).unwrap().0;
        assert_eq!(
            value("title"),
            "Resolution on the Situation of Human Rights in the Democratic People’s Republic of \
             Korea, preview"
        );
        assert_eq!(value("date"), "2014-03-28");
        assert_eq!(value("summary"), "first line second line");
        let list = |key: &str| {
            let entry = found.entries.iter().find(|entry| entry.key == key);
            entry.unwrap().values.clone()
        };
        assert_eq!(list("authors"), ["A. Drafter", "B. O'Clerk"]);
        assert_eq!(list("topics"), ["rights", "accountability"]);
        assert_eq!(&HEADER[found.end..], "Body\n");
    }

    #[test]
    fn a_rule_is_no_header() {
        for text in [
            "---\n\nA statement.\n---\n",
            "---\nNo key here\n---\n",
            "--- x\na: b\n---\n",
            "---\na: b\n",
        ] {
            assert!(FrontMatter::of(text).is_none(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "---\n([a-z\"'\\\\u\\[\\],:\n #-]|\\PC){0,60}\n---\n") {
            if let Some(found) = FrontMatter::of(&text) {
                for entry in found.entries {
                    prop_assert!(entry.from <= entry.to && entry.to <= found.end);
                }
            }
        }
    }
}
