//! The lists that reading goes by, from `data/reading/`: phrases, months, publishers, names of
//! classes. They are part of the program: a change in them that changes a reading is a new
//! version of the reader.

use crate::words::fold;
use aho_corasick::AhoCorasick;
use model::LeftOut;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// The phrases of one kind of chrome.
#[derive(Deserialize, Default)]
struct PhraseList {
    #[serde(default)]
    line: Vec<String>,
    #[serde(default)]
    start: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
}

#[derive(Deserialize)]
struct WordList {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Ends {
    start: Vec<String>,
    end: Vec<String>,
}

#[derive(Deserialize)]
struct Starts {
    start: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PhraseFile {
    navigation: PhraseList,
    player: PhraseList,
    share_bar: PhraseList,
    advert: PhraseList,
    notice: PhraseList,
    related: PhraseList,
    footer: PhraseList,
    promotion: WordList,
    menu: WordList,
    caption: Ends,
    credit: Starts,
    genre: PhraseList,
    joining: WordList,
}

/// Phrases, ready to be looked up by folded text.
pub(crate) struct Phrases {
    lines: HashMap<String, LeftOut>,
    starts: Vec<(String, LeftOut)>,
    contains: Vec<(String, LeftOut)>,
    /// Which of `starts` begin with each byte, in their order.
    starts_by_byte: Vec<Vec<usize>>,
    /// The words of `contains`.
    contains_at_once: AhoCorasick,
    promotion: HashSet<String>,
    menu: HashSet<String>,
    genre: HashSet<String>,
    joining: HashSet<String>,
    caption_starts: Vec<String>,
    credit_starts: Vec<String>,
    caption_ends: Vec<String>,
}

/// The phrases of `data/reading/phrases.toml`.
pub(crate) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let file: PhraseFile = toml::from_str(include_str!("../../../data/reading/phrases.toml"))
        .expect("the shipped phrases.toml is read by a test");
    let mut phrases = Phrases {
        lines: HashMap::new(),
        starts: Vec::new(),
        contains: Vec::new(),
        starts_by_byte: vec![Vec::new(); 256],
        contains_at_once: at_once(&[]),
        promotion: file.promotion.words.into_iter().collect(),
        menu: file.menu.words.into_iter().collect(),
        genre: file.genre.line.into_iter().collect(),
        joining: file.joining.words.into_iter().collect(),
        caption_starts: file.caption.start,
        credit_starts: file.credit.start,
        caption_ends: file.caption.end,
    };
    for (list, left_out) in [
        (file.navigation, LeftOut::Navigation),
        (file.player, LeftOut::Player),
        (file.share_bar, LeftOut::ShareBar),
        (file.advert, LeftOut::Advert),
        (file.notice, LeftOut::Notice),
        (file.related, LeftOut::Related),
        (file.footer, LeftOut::Footer),
    ] {
        for line in list.line {
            phrases.lines.entry(fold(&line)).or_insert(left_out);
        }
        let with = |entry: String| (entry, left_out);
        phrases.starts.extend(list.start.into_iter().map(with));
        phrases.contains.extend(list.contains.into_iter().map(with));
    }
    for (at, (start, _)) in phrases.starts.iter().enumerate() {
        if let Some(&first) = start.as_bytes().first() {
            phrases.starts_by_byte[usize::from(first)].push(at);
        }
    }
    phrases.contains_at_once = at_once(&phrases.contains);
    phrases
});

fn at_once(parts: &[(String, LeftOut)]) -> AhoCorasick {
    AhoCorasick::new(parts.iter().map(|(part, _)| part)).expect("a short list of short words")
}

impl Phrases {
    /// What a whole folded line is, by its words alone.
    pub fn line(&self, folded: &str) -> Option<LeftOut> {
        self.lines.get(folded).copied()
    }

    /// What a folded passage is that begins with a phrase.
    pub fn start(&self, folded: &str) -> Option<LeftOut> {
        let first = *folded.as_bytes().first()?;
        let found = self.starts_by_byte[usize::from(first)]
            .iter()
            .map(|&at| &self.starts[at])
            .find(|(start, _)| folded.starts_with(start.as_str()));
        found.map(|(_, left_out)| *left_out)
    }

    /// What a folded passage is that holds a phrase.
    pub fn contains(&self, folded: &str) -> Option<LeftOut> {
        // All at once; the first of the list wins, wherever it stands.
        let found = self.contains_at_once.find_overlapping_iter(folded);
        let first = found.map(|found| found.pattern().as_usize()).min()?;
        self.contains.get(first).map(|(_, left_out)| *left_out)
    }

    /// How many different words of promotion a folded passage holds.
    pub fn promotion(&self, folded: &str) -> usize {
        let words = folded.split(|c: char| !c.is_alphanumeric() && c != '-');
        let found: HashSet<&str> = words
            .filter(|&word| self.promotion.contains(word))
            .collect();
        found.len()
    }

    /// Whether a folded line is one of those that menus hold.
    pub fn is_menu_line(&self, folded: &str) -> bool {
        self.menu.contains(folded)
            || matches!(
                self.line(folded),
                Some(LeftOut::Navigation | LeftOut::Footer | LeftOut::ShareBar)
            )
    }

    /// Whether a folded line names a kind of document.
    pub fn is_genre(&self, folded: &str) -> bool {
        self.genre.contains(folded)
    }

    /// Whether a line cannot end with this word.
    pub fn is_joining(&self, word: &str) -> bool {
        self.joining.contains(word)
    }

    /// Whether a folded line says whose words a document has.
    pub fn is_credit(&self, folded: &str) -> bool {
        let mut starts = self.credit_starts.iter();
        starts.any(|start| folded.starts_with(start.as_str()))
    }

    /// Whether a folded passage begins or ends like the words under a picture.
    pub fn is_caption(&self, folded: &str) -> bool {
        self.caption_starts
            .iter()
            .any(|start| folded.starts_with(start.as_str()))
            || self
                .caption_ends
                .iter()
                .any(|end| folded.ends_with(end.as_str()))
    }
}

#[derive(Deserialize)]
struct PublisherFile {
    hosts: BTreeMap<String, String>,
}

static PUBLISHERS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let file: PublisherFile = toml::from_str(include_str!("../../../data/reading/publishers.toml"))
        .expect("the shipped publishers.toml is read by a test");
    file.hosts
});

/// Who publishes at the host of `address`, and the entry that says so.
pub(crate) fn publisher_at(address: &str) -> Option<(&'static str, &'static str)> {
    let host = host_of(address)?.to_ascii_lowercase();
    let mut rest = host.as_str();
    loop {
        if let Some((entry, name)) = PUBLISHERS.get_key_value(rest) {
            return Some((name.as_str(), entry.as_str()));
        }
        rest = rest.split_once('.')?.1;
    }
}

/// The host of a web address.
pub(crate) fn host_of(address: &str) -> Option<&str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .or_else(|| address.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

#[derive(Deserialize)]
struct LanguageFile {
    words: BTreeMap<String, Vec<String>>,
}

/// The commonest words of some languages, by their code.
pub(crate) static COMMON_WORDS: LazyLock<BTreeMap<String, HashSet<String>>> = LazyLock::new(|| {
    let file: LanguageFile = toml::from_str(include_str!("../../../data/reading/languages.toml"))
        .expect("the shipped languages.toml is read by a test");
    let sets = file.words.into_iter();
    sets.map(|(code, words)| (code, words.into_iter().collect()))
        .collect()
});

#[derive(Deserialize)]
struct MonthFile {
    months: BTreeMap<String, Vec<String>>,
    around: Around,
}

/// Words that may stand beside a date in a line of its own.
#[derive(Deserialize)]
pub(crate) struct Around {
    /// Before it.
    pub before: HashSet<String>,
    /// Names of days.
    pub weekdays: HashSet<String>,
    /// After it.
    pub after: HashSet<String>,
    /// Before the date of a change.
    pub updated: HashSet<String>,
}

/// Names of months, folded, with their number.
pub(crate) static MONTHS: LazyLock<(HashMap<String, u8>, Around)> = LazyLock::new(|| {
    let file: MonthFile = toml::from_str(include_str!("../../../data/reading/months.toml"))
        .expect("the shipped months.toml is read by a test");
    let mut months = HashMap::new();
    for names in file.months.into_values() {
        for (number, forms) in (1u8..).zip(names) {
            for form in forms.split(' ') {
                months.insert(form.to_owned(), number);
            }
        }
    }
    (months, file.around)
});

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shipped_lists_are_read() {
        assert_eq!(PHRASES.line("please wait"), Some(LeftOut::Player));
        assert_eq!(MONTHS.0.get("août"), Some(&8));
        assert!(COMMON_WORDS["en"].contains("the"));
    }

    #[test]
    fn entries_of_phrases_are_written_folded() {
        for (entry, _) in PHRASES.starts.iter().chain(&PHRASES.contains) {
            let folded = fold(&format!("x{entry}x"));
            assert_eq!(folded[1..folded.len() - 1], **entry, "write it folded");
        }
        for word in &PHRASES.menu {
            assert_eq!(&fold(word), word, "write it folded");
        }
    }

    #[test]
    fn a_host_stands_for_its_subdomains() {
        let found = publisher_at("https://bidenwhitehouse.archives.gov/briefing-room/");
        assert_eq!(found.unwrap().0, "The White House");
        assert_eq!(
            publisher_at("https://www.ohchr.org:443/en").unwrap().1,
            "ohchr.org"
        );
        assert_eq!(publisher_at("https://example.org/"), None);
        assert_eq!(publisher_at("ohchr.org"), None);
    }
}
