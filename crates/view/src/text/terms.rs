//! From words as typed to queries of the text index, and to what a snippet marks.

use super::bigrams::BigramStream;
use super::fields::Fields;
use super::steady::Steady;
use super::stems::stemmer;
use super::syntax::{Parsed, Wanted};
use super::words::WordStream;
use std::collections::BTreeSet;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TokenStream;

/// How much more a word counts in a title.
const TITLE: f32 = 2.0;

/// The words of one [`Wanted`], as the index has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Analysed {
    /// Words with their positions in the phrase.
    pub(crate) words: Vec<(usize, String)>,
    /// Runs of Hangul, Kana and Han: pairs with their positions in the run.
    pub(crate) runs: Vec<Vec<(usize, String)>>,
    /// Whether the words must stand exactly so.
    pub(crate) exact: bool,
}

impl Analysed {
    /// Cuts `wanted` as passages are cut.
    pub(crate) fn new(wanted: &Wanted) -> Self {
        let mut words = Vec::new();
        let mut stream = WordStream::new(&wanted.text);
        while let Some(token) = stream.next() {
            words.push((token.position, token.text.clone()));
        }
        Self {
            // What one hyphenated word was cut into belongs together.
            exact: wanted.quoted || words.len() > 1,
            words,
            runs: runs(&wanted.text),
        }
    }
}

/// The runs of Hangul, Kana and Han in `text`. The lone last character of a run is dropped where
/// a pair already holds it.
fn runs(text: &str) -> Vec<Vec<(usize, String)>> {
    let mut runs: Vec<Vec<(usize, String)>> = Vec::new();
    let mut stream = BigramStream::new(text);
    let mut goes_on = false;
    while let Some(token) = stream.next() {
        let is_pair = token.text.chars().nth(1).is_some();
        let pair = (token.position, token.text.clone());
        match runs.last_mut() {
            Some(run) if goes_on && is_pair => run.push(pair),
            Some(_) if goes_on => {}
            _ => runs.push(vec![pair]),
        }
        goes_on = is_pair;
    }
    runs
}

/// The stem of a word, as `stems` and `title` have it.
pub(crate) fn stem(word: &str) -> String {
    let mut analyzer = stemmer();
    let mut stream = analyzer.token_stream(word);
    match stream.next() {
        Some(token) => token.text.clone(),
        None => word.to_owned(),
    }
}

/// The query for a whole search.
pub(crate) fn query(fields: &Fields, parsed: &Parsed) -> Box<dyn Query> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for alternatives in &parsed.all {
        let analysed = alternatives.iter().map(Analysed::new);
        let queries: Vec<_> = analysed.map(|one| of_one(fields, &one)).collect();
        clauses.push((Occur::Must, union(queries)));
    }
    let titles = parsed
        .all
        .iter()
        .flatten()
        .flat_map(|wanted| Analysed::new(wanted).words);
    let titles: BTreeSet<String> = titles.map(|(_, word)| stem(&word)).collect();
    for word in titles {
        let query = term(fields.title, &word, IndexRecordOption::WithFreqs);
        clauses.push((Occur::Should, Box::new(BoostQuery::new(query, TITLE))));
    }
    for wanted in &parsed.none {
        let query = of_one(fields, &Analysed::new(wanted));
        clauses.push((Occur::MustNot, Box::new(Steady(query))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn of_one(fields: &Fields, analysed: &Analysed) -> Box<dyn Query> {
    let mut all: Vec<Box<dyn Query>> = Vec::new();
    match analysed.words.as_slice() {
        [] => {}
        [(_, word)] if analysed.exact => {
            all.push(term(fields.words, word, IndexRecordOption::WithFreqs));
        }
        [(_, word)] => all.push(term(
            fields.stems,
            &stem(word),
            IndexRecordOption::WithFreqs,
        )),
        words => all.push(phrase(fields.words, words)),
    }
    for run in &analysed.runs {
        all.push(match run.as_slice() {
            [(_, one)] if one.chars().nth(1).is_none() => {
                let starts = Term::from_field_text(fields.pairs, one);
                Box::new(PhrasePrefixQuery::new(vec![starts]))
            }
            [(_, pair)] => term(fields.pairs, pair, IndexRecordOption::WithFreqs),
            pairs => phrase(fields.pairs, pairs),
        });
    }
    match all.len() {
        0 => Box::new(EmptyQuery),
        1 => all.remove(0),
        _ => Box::new(BooleanQuery::intersection(all)),
    }
}

fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn term(field: Field, word: &str, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), option))
}

fn phrase(field: Field, words: &[(usize, String)]) -> Box<dyn Query> {
    let first = words.first().map_or(0, |(position, _)| *position);
    let terms = words
        .iter()
        .map(|(position, word)| (position - first, Term::from_field_text(field, word)));
    Box::new(PhraseQuery::new_with_offset(terms.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analysed(text: &str, quoted: bool) -> Analysed {
        Analysed::new(&Wanted {
            text: text.to_owned(),
            quoted,
        })
    }

    #[test]
    fn hyphenated_words_are_phrases_and_runs_are_pairs() {
        let name = analysed("Jong-un", false);
        assert!(name.exact);
        assert_eq!(name.words, [(0, "jong".to_owned()), (1, "un".to_owned())]);
        let mixed = analysed("유엔의 UN 결", true);
        assert_eq!(mixed.words, [(0, "un".to_owned())]);
        assert_eq!(
            mixed.runs,
            [
                vec![(0, "유엔".to_owned()), (1, "엔의".to_owned())],
                vec![(4, "결".to_owned())]
            ]
        );
        assert_eq!(stem("Détentions"), "detent");
    }
}
