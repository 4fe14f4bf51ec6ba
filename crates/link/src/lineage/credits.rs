//! Whom a text credits, and where it links: found in one pass over it.
//!
//! The phrases and agencies stand in `data/lineage/credits.toml`.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name_follows: Vec<String>,
    agencies: Vec<Vec<String>>,
}

struct Credits {
    find: AhoCorasick,
    /// What each pattern means, in their order.
    meanings: Vec<Meaning>,
    /// Names of agencies, folded; those of one agency together.
    agencies: Vec<Vec<String>>,
}

enum Meaning {
    /// The name of a source follows.
    NameFollows,
    /// An address begins here.
    Address,
    /// This agency, by its number.
    Agency(usize),
}

static CREDITS: LazyLock<Credits> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/lineage/credits.toml"))
        .expect("data/lineage/credits.toml is complete, which a test checks");
    let mut patterns = vec!["http://".to_owned(), "https://".to_owned()];
    let mut meanings = vec![Meaning::Address, Meaning::Address];
    for phrase in file.name_follows {
        patterns.push(phrase);
        meanings.push(Meaning::NameFollows);
    }
    for (number, names) in file.agencies.iter().enumerate() {
        for name in names {
            for (open, close) in [('(', ')'), ('[', ']'), ('（', '）')] {
                patterns.push(format!("{open}{name}{close}"));
                meanings.push(Meaning::Agency(number));
            }
        }
    }
    let find = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::LeftmostLongest)
        .build(&patterns)
        .expect("a few hundred short patterns fit");
    let fold_all = |names: Vec<String>| names.iter().map(|name| fold_name(name)).collect();
    Credits {
        find,
        meanings,
        agencies: file.agencies.into_iter().map(fold_all).collect(),
    }
});

/// Whom a text credits (folded names, each with what stands behind it) and where it links.
#[derive(Default, Debug, Clone, PartialEq, Eq)]
pub(super) struct Credited {
    pub names: Vec<String>,
    pub addresses: Vec<String>,
}

/// Most credits and addresses kept of a text.
const MOST: usize = 64;

pub(super) fn credited(text: &str) -> Credited {
    let mut found = Credited::default();
    for hit in CREDITS.find.find_iter(text) {
        let begins = text[..hit.start()]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric());
        let after = &text[hit.end()..];
        match CREDITS.meanings.get(hit.pattern().as_usize()) {
            Some(Meaning::NameFollows) if begins && found.names.len() < MOST => {
                let name = fold_name(clause(after));
                if !name.is_empty() {
                    found.names.push(name);
                }
            }
            Some(Meaning::Address) if found.addresses.len() < MOST => {
                found.addresses.push(address(clip(after)));
            }
            Some(&Meaning::Agency(number)) if found.names.len() < MOST => {
                found
                    .names
                    .extend(CREDITS.agencies[number].first().cloned());
            }
            _ => {}
        }
    }
    found.names.sort();
    found.names.dedup();
    found.addresses.sort();
    found.addresses.dedup();
    found
}

/// Words up to where a name ends, twelve at most.
fn clause(after: &str) -> &str {
    let ends = |c: char| {
        matches!(
            c,
            ',' | '.' | ';' | ':' | '(' | ')' | '[' | ']' | '\n' | '。' | '、' | '，' | '”' | '"'
        )
    };
    let after = after.trim_start_matches([' ', '\u{a0}', '“', '"']);
    let end = after
        .char_indices()
        .take(120)
        .find(|(_, c)| ends(*c))
        .map_or_else(
            || {
                after
                    .char_indices()
                    .nth(120)
                    .map_or(after.len(), |(at, _)| at)
            },
            |(at, _)| at,
        );
    &after[..end]
}

/// An address up to where it ends in running text.
fn clip(after: &str) -> &str {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '’' | ')' | ']' | '}' | '|')
    };
    let end = after.char_indices().take(2_000).find(|(_, c)| ends(*c));
    let cut = end.map_or_else(
        || {
            after
                .char_indices()
                .nth(2_000)
                .map_or(after.len(), |(at, _)| at)
        },
        |(at, _)| at,
    );
    after[..cut].trim_end_matches(['.', ',', ';', ':', '!', '?'])
}

/// An address without scheme, `www.`, fragment and closing slash, its host in lower case.
pub(super) fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest
        .split('#')
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.to_lowercase();
    format!("{}{path}", host.strip_prefix("www.").unwrap_or(&host))
}

/// A name in lower case, words separated by one space, without a leading article.
pub(super) fn fold_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let words = words.strip_prefix(&["the"]).unwrap_or(&words);
    words.join(" ")
}

/// Whether a credit names this publisher (both folded), by any name that it goes by.
pub(super) fn names(credit: &str, publisher: &str) -> bool {
    let starts = |name: &str| {
        credit
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || !name.is_ascii())
    };
    let aliases = CREDITS
        .agencies
        .iter()
        .filter(|names| names.iter().any(|name| name == publisher))
        .flatten();
    !publisher.is_empty() && (starts(publisher) || aliases.into_iter().any(|alias| starts(alias)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_found_in_words_brackets_and_other_languages() {
        let text = "SEOUL (Yonhap) -- Officials said so, according to the Peninsula Wire, which cited Bolivia told nobody.\n출처: 데일리NK\nSource: Meridian Daily";
        let found = credited(text);
        let credits = |publisher: &str| {
            found
                .names
                .iter()
                .any(|name| names(name, &fold_name(publisher)))
        };
        assert!(credits("Yonhap News Agency"));
        assert!(credits("The Peninsula Wire"));
        assert!(credits("Daily NK"));
        assert!(credits("Meridian Daily"));
        assert!(!credits("Agence France-Presse"));
        assert!(!credits("Meridian"[..3].as_ref()));
    }

    #[test]
    fn addresses_are_one_whatever_stands_around_them() {
        let found =
            credited("See https://www.Example.org/a/B/. Also (http://example.org/a/B#part).");
        assert_eq!(found.addresses, ["example.org/a/B"]);
        assert_eq!(address("HTTPS://WWW.example.ORG/a/B/"), "example.org/a/B");
    }

    #[test]
    fn text_without_end_is_cut() {
        let long = format!("source: {}http://{}", "a".repeat(5_000), "é".repeat(5_000));
        let found = credited(&long);
        assert!(found.names[0].len() <= 120);
        assert!(
            found
                .addresses
                .iter()
                .all(|address| address.chars().count() <= 2_000)
        );
    }
}
