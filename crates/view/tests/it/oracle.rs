//! The index finds what reading every passage would find: random texts and searches against a
//! plain reading of the rules.

use crate::KEY;
use crate::fixture::*;
use model::*;
use onrecord_view::*;
use proptest::prelude::*;

/// Words of a text, in lower case, and its runs of Hangul with spaces left out.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

fn runs(text: &str) -> Vec<String> {
    text.split(|c: char| !is_hangul(c) && !c.is_whitespace())
        .map(|run| run.chars().filter(|c| is_hangul(*c)).collect::<String>())
        .filter(|run| !run.is_empty())
        .collect()
}

/// One thing to look for: a word, a phrase or a run of Hangul.
#[derive(Clone, Debug)]
enum Term {
    Word(String),
    Phrase(Vec<String>),
    Run(String),
}

impl Term {
    fn typed(&self) -> String {
        match self {
            Self::Word(word) | Self::Run(word) => word.clone(),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
        }
    }

    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => words(text).contains(word),
            Self::Phrase(phrase) => words(text)
                .windows(phrase.len())
                .any(|found| found == phrase),
            Self::Run(run) => runs(text).iter().any(|found| found.contains(run.as_str())),
        }
    }
}

/// Words whose stems are themselves.
const WORDS: [&str; 6] = ["camp", "un", "guard", "x", "34", "north"];

fn term() -> impl Strategy<Value = Term> {
    let word = || proptest::sample::select(&WORDS[..]).prop_map(str::to_owned);
    prop_oneof![
        4 => word().prop_map(Term::Word),
        2 => proptest::collection::vec(word(), 2..4).prop_map(Term::Phrase),
        3 => "[가나다]{1,4}".prop_map(Term::Run),
    ]
}

fn passage() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned),
        6 => "[가나다]{1,4}",
        2 => proptest::sample::select(&[",", ".", "-", "—", "(", "나,다", "Camp", "UN의", "가 나"][..]).prop_map(str::to_owned),
    ];
    let space = proptest::sample::select(&[" ", " ", " ", "", "\n"][..]);
    proptest::collection::vec((piece, space), 1..14).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(piece, space)| [piece, space.to_owned()])
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_reading_would_find(
        texts in proptest::collection::vec(proptest::collection::vec(passage(), 1..8), 1..6),
        searches in proptest::collection::vec(
            (proptest::collection::vec(proptest::collection::vec(term(), 1..3), 1..4), proptest::collection::vec(term(), 0..2)),
            12,
        ),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::default();
        let mut all = Vec::new();
        for (number, paragraphs) in texts.iter().enumerate() {
            let source = ledger.source(number as u64, Compartment::Open);
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            let text = Text { title: "zzz", publisher: "P", published: "2024", language: "en", paragraphs: &paragraphs };
            ledger.read(source, &text);
            all.extend((3u32..).zip(&paragraphs).map(|(passage, text)| (source, passage, (*text).to_owned())));
        }
        let mut view = View::open(folder.path(), &KEY).unwrap();
        view.apply(ledger.incoming(), 2, &mut |_| {}).unwrap();
        for (must, must_not) in &searches {
            let must_typed = must.iter().map(|either| {
                either.iter().map(Term::typed).collect::<Vec<_>>().join(" OR ")
            });
            let not_typed = must_not.iter().map(|term| format!("-{}", term.typed()));
            let typed = must_typed.chain(not_typed).collect::<Vec<_>>().join(" ");
            let mut expected: Vec<(SourceId, u32)> = all
                .iter()
                .filter(|(_, _, text)| {
                    must.iter().all(|either| either.iter().any(|term| term.is_in(text)))
                        && !must_not.iter().any(|term| term.is_in(text))
                })
                .map(|(source, passage, _)| (*source, *passage))
                .collect();
            let mut query = Query::new(typed.as_str());
            query.limit = 1_000;
            let found = view.search(&query).unwrap();
            let mut hits: Vec<_> = found.hits.iter().map(|hit| (hit.source, hit.passage)).collect();
            hits.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(&hits, &expected, "{}", typed);
            prop_assert_eq!(found.total as usize, expected.len());
            prop_assert!(found.hits.iter().all(|hit| !hit.highlights.is_empty()), "{}", typed);
        }
    }
}
