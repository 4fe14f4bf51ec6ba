//! The part of a passage that shows why it was found, with the words that were found marked.

use super::bigrams::{is_cjk, joins};
use super::stems::stemmer;
use super::syntax::Parsed;
use super::terms::{Analysed, stem};
use super::words::WordStream;
use model::{CharIndex, Span};
use std::collections::BTreeSet;
use std::ops::Range;
use tantivy::tokenizer::{TextAnalyzer, TokenStream};

/// Characters in a snippet, at most.
const LONGEST: u32 = 280;
/// Characters of context before the first marked word, where the passage is longer.
const BEFORE: u32 = 60;

/// What snippets of one search mark.
pub(crate) struct Marker {
    analyzer: TextAnalyzer,
    stems: BTreeSet<String>,
    /// Phrases of words as written, in lower case.
    phrases: Vec<Vec<String>>,
    /// Runs of Hangul, Kana and Han, without spaces.
    runs: Vec<Vec<char>>,
}

/// A stretch of a passage and the marked stretches within it, in characters of the snippet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Snippet {
    pub(crate) text: String,
    pub(crate) marks: Vec<Span>,
}

impl Marker {
    /// Marks what `parsed` looks for.
    pub(crate) fn new(parsed: &Parsed) -> Self {
        let mut marker = Self {
            analyzer: stemmer(),
            stems: BTreeSet::new(),
            phrases: Vec::new(),
            runs: Vec::new(),
        };
        for wanted in parsed.all.iter().flatten() {
            let analysed = Analysed::new(wanted);
            let words = analysed.words.into_iter().map(|(_, word)| word);
            if analysed.exact {
                let phrase: Vec<_> = words.collect();
                marker
                    .phrases
                    .extend((!phrase.is_empty()).then_some(phrase));
            } else {
                marker.stems.extend(words.map(|word| stem(&word)));
            }
            let runs = wanted.text.split(|c| !is_cjk(c) && !joins(c));
            let runs = runs.map(|run| run.chars().filter(|c| is_cjk(*c)).collect::<Vec<_>>());
            marker.runs.extend(runs.filter(|run| !run.is_empty()));
        }
        marker
    }

    /// The best stretch of `text` with its marks.
    pub(crate) fn snippet(&mut self, text: &str) -> Snippet {
        let index = CharIndex::new(text);
        let marks: Vec<Span> = self
            .marks(text)
            .into_iter()
            .map(|bytes| Span::new(index.char(text, bytes.start), index.char(text, bytes.end)))
            .collect();
        let window = window(text, &index, &marks);
        let inside = marks.iter().filter(|mark| window.contains(**mark));
        // Said where it is cut, so that nobody takes half a name for a name.
        let before = if window.start > 0 { "…" } else { "" };
        let after = if window.end < index.chars() {
            "…"
        } else {
            ""
        };
        let words = index.slice(text, window).unwrap_or_default();
        let moved = before.chars().count() as u32;
        let place = |at: u32| at - window.start + moved;
        Snippet {
            text: format!("{before}{words}{after}"),
            marks: inside
                .map(|mark| Span::new(place(mark.start), place(mark.end)))
                .collect(),
        }
    }

    /// What is marked in `text`: ascending stretches of bytes that do not overlap.
    fn marks(&mut self, text: &str) -> Vec<Range<usize>> {
        let mut marks = Vec::new();
        if !self.stems.is_empty() {
            self.mark_stems(text, &mut marks);
        }
        if !self.phrases.is_empty() {
            self.mark_phrases(text, &mut marks);
        }
        if !self.runs.is_empty() {
            self.mark_runs(text, &mut marks);
        }
        marks.sort_unstable_by_key(|mark| (mark.start, mark.end));
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(marks.len());
        for mark in marks {
            match joined.last_mut() {
                Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
                _ => joined.push(mark),
            }
        }
        joined
    }

    fn mark_stems(&mut self, text: &str, marks: &mut Vec<Range<usize>>) {
        let mut words = WordStream::new(text);
        while let Some(word) = words.next() {
            // No English stem begins with another letter than its word, and finding the stem is
            // what costs.
            let first = word.text.as_bytes().first();
            let may_fit = |stem: &String| stem.as_bytes().first() == first;
            if word.text.is_ascii() && !self.stems.iter().any(may_fit) {
                continue;
            }
            let mut stems = self.analyzer.token_stream(&word.text);
            if stems
                .next()
                .is_some_and(|stem| self.stems.contains(&stem.text))
            {
                marks.push(word.offset_from..word.offset_to);
            }
        }
    }

    fn mark_phrases(&self, text: &str, marks: &mut Vec<Range<usize>>) {
        let mut words = Vec::new();
        let mut stream = WordStream::new(text);
        while let Some(token) = stream.next() {
            words.push((token.text.clone(), token.offset_from..token.offset_to));
        }
        for phrase in &self.phrases {
            for found in words.windows(phrase.len()) {
                if let ([first, ..], [.., last]) = (found, found)
                    && found.iter().map(|(word, _)| word).eq(phrase.iter())
                {
                    marks.push(first.1.start..last.1.end);
                }
            }
        }
    }

    fn mark_runs(&self, text: &str, marks: &mut Vec<Range<usize>>) {
        // Characters that break a run stand as None, those that do not are left out.
        let characters: Vec<_> = text
            .char_indices()
            .filter(|(_, c)| !joins(*c))
            .map(|(at, c)| (at, is_cjk(c).then_some(c)))
            .collect();
        for run in &self.runs {
            for found in characters.windows(run.len()) {
                if let ([first, ..], [.., (last, Some(end))]) = (found, found)
                    && found
                        .iter()
                        .map(|(_, c)| *c)
                        .eq(run.iter().map(|c| Some(*c)))
                {
                    marks.push(first.0..last + end.len_utf8());
                }
            }
        }
    }
}

/// The stretch of at most [`LONGEST`] characters with the most marks (the first of equals), cut
/// at spaces where there are any near.
fn window(text: &str, index: &CharIndex, marks: &[Span]) -> Span {
    let all = index.chars();
    if all <= LONGEST {
        return Span::new(0, all);
    }
    let reach = LONGEST - BEFORE;
    let mut best = (0, marks.first().map_or(0, |mark| mark.start));
    let mut after = 0;
    for (at, mark) in marks.iter().enumerate() {
        while marks
            .get(after)
            .is_some_and(|other| other.end <= mark.start + reach)
        {
            after += 1;
        }
        let inside = after.saturating_sub(at);
        if inside > best.0 {
            best = (inside, mark.start);
        }
    }
    let start = best.1.saturating_sub(BEFORE).min(all - LONGEST);
    let end = start + LONGEST;
    let slice = |from, to| index.slice(text, Span::new(from, to)).unwrap_or_default();
    let first = marks.iter().find(|mark| mark.start >= best.1);
    let start = match start {
        0 => 0,
        _ => {
            let until = first.map_or(end, |mark| mark.start).min(start + BEFORE);
            let lead = slice(start, until);
            let skipped = lead.find(char::is_whitespace).map(|space| {
                let word = lead[space..]
                    .chars()
                    .take_while(|c| c.is_whitespace())
                    .count();
                lead[..space].chars().count() + word
            });
            start + skipped.unwrap_or(0) as u32
        }
    };
    let end = match end == all {
        true => all,
        false => {
            let last = marks
                .iter()
                .filter(|mark| mark.end <= end)
                .map(|mark| mark.end)
                .max();
            let from = last
                .unwrap_or(start)
                .max(end.saturating_sub(BEFORE))
                .max(start);
            let tail = slice(from, end);
            match tail.rfind(char::is_whitespace) {
                Some(space) => from + tail[..space].chars().count() as u32,
                None => end,
            }
        }
    };
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::syntax::parse;
    use proptest::prelude::*;

    fn marked(search: &str, text: &str) -> String {
        let snippet = Marker::new(&parse(search).unwrap()).snippet(text);
        let mut shown = String::new();
        let characters: Vec<char> = snippet.text.chars().collect();
        let mut at = 0;
        for mark in &snippet.marks {
            shown.extend(&characters[at..mark.start as usize]);
            shown.push('[');
            shown.extend(&characters[mark.start as usize..mark.end as usize]);
            shown.push(']');
            at = mark.end as usize;
        }
        shown.extend(&characters[at..]);
        shown
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_was_found() {
        assert_eq!(
            marked("detain", "They were detained; detention."),
            "They were [detained]; detention."
        );
        assert_eq!(
            marked("\"were detained\" they", "They were detained, were not."),
            "[They] [were detained], were not."
        );
        assert_eq!(
            marked("\"detain\"", "They were detained."),
            "They were detained."
        );
        assert_eq!(
            marked("정치범수용소", "제15호 정치범 수용소에서"),
            "제15호 [정치범 수용소]에서"
        );
        assert_eq!(
            marked("Québec", "In Quebec, in QUÉBEC"),
            "In [Quebec], in [QUÉBEC]"
        );
        assert_eq!(marked("Jong-un", "Kim Jong Un's"), "Kim [Jong Un]'s");
    }

    #[test]
    fn a_long_passage_shows_where_most_was_found() {
        let text = format!(
            "camp {} camp guards of the camp beat {}",
            "word ".repeat(200),
            "tail ".repeat(200)
        );
        let shown = marked("camp guards", &text);
        assert!(
            shown.contains("[camp] [guards] of the [camp] beat"),
            "{shown}"
        );
        assert!(shown.chars().count() <= 280 + 8);
        assert!(
            shown.starts_with("…word ") && shown.ends_with("tail…"),
            "{shown}"
        );
        let nothing = marked("absent", &text);
        assert!(nothing.starts_with("camp word"));
    }

    proptest! {
        #[test]
        fn marks_lie_within_and_ascend(
            text in "[a-c가나 .é·]{0,600}",
            search in "[a-c가나\"é -]{1,12}",
        ) {
            if let Ok(parsed) = parse(&search) {
                let snippet = Marker::new(&parsed).snippet(&text);
                let chars = snippet.text.chars().count() as u32;
                prop_assert!(chars <= LONGEST + 2);
                prop_assert!(text.contains(snippet.text.trim_matches('…')));
                let mut end = 0;
                for mark in snippet.marks {
                    prop_assert!(mark.start >= end && mark.end > mark.start && mark.end <= chars);
                    end = mark.end;
                }
            }
        }
    }
}
