//! A passage as packs see it: folded text with the way back, sentences and quotations.
//!
//! Invariant: `text` and `low` have the same byte offsets; every offset at a character leads back
//! to the reading.

use super::schema::Writing;
use std::ops::Range;

/// Longest sentence, in bytes: what is longer is cut, so that work within one stays bounded.
const SENTENCE: usize = 6_000;

/// Words between quotation marks, without the marks.
#[derive(Debug, Clone)]
pub(super) struct Quotation {
    pub inner: Range<usize>,
    /// With its marks.
    pub outer: Range<usize>,
}

/// A folded passage.
#[derive(Debug)]
pub(super) struct Page {
    /// White space folded, quotation marks as they are, letters as written.
    pub text: String,
    /// The same in lower case.
    pub low: String,
    /// Byte in the reading by byte in `text`, one more at the end.
    map: Vec<u32>,
    /// Sentences that hold their quotations whole, ascending.
    pub sentences: Vec<Range<usize>>,
    /// Sentences, those within quotations apart, ascending; each lies in one of `sentences`.
    pub clauses: Vec<Range<usize>>,
    pub quotations: Vec<Quotation>,
}

impl Page {
    /// Folds `words`, which begin at byte `base` of the reading.
    pub fn new(words: &str, base: usize, writing: Writing, abbreviations: &[String]) -> Self {
        let mut page = Self {
            text: String::with_capacity(words.len()),
            low: String::new(),
            map: Vec::with_capacity(words.len() + 1),
            sentences: Vec::new(),
            clauses: Vec::new(),
            quotations: Vec::new(),
        };
        let letters: Vec<(usize, char)> = words.char_indices().collect();
        for (number, &(at, letter)) in letters.iter().enumerate() {
            let place = (base + at) as u32;
            if letter.is_whitespace() || letter == '\u{200b}' || letter == '\u{3000}' {
                let next = letters[number + 1..]
                    .iter()
                    .map(|(_, letter)| *letter)
                    .find(|letter| !letter.is_whitespace());
                let between_wide = writing == Writing::Unspaced
                    && page.text.chars().next_back().is_some_and(is_wide)
                    && next.is_none_or(is_wide);
                if !page.text.is_empty() && !page.text.ends_with(' ') && !between_wide {
                    page.push(' ', place);
                }
            } else if letter != '\u{ad}' && letter != '\u{feff}' {
                page.push(plain(letter), place);
            }
        }
        page.map.push((base + words.len()) as u32);
        page.low = lower(&page.text);
        page.find_quotations();
        page.split(abbreviations);
        page
    }

    fn push(&mut self, letter: char, place: u32) {
        self.text.push(letter);
        for _ in 0..letter.len_utf8() {
            self.map.push(place);
        }
    }

    /// The bytes of the reading that a stretch shows.
    pub fn place(&self, stretch: &Range<usize>) -> Range<usize> {
        let last = self.map.len() - 1;
        let start = self.map[stretch.start.min(last)] as usize;
        let end = self.map[stretch.end.min(last)] as usize;
        // A blank that was folded away behind the last character is not part of it.
        start..end.max(start)
    }

    /// The sentence that holds `at`.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        holding(&self.sentences, at).unwrap_or(0..self.text.len())
    }

    /// The clause that holds `at`.
    pub fn clause(&self, at: usize) -> Range<usize> {
        holding(&self.clauses, at).unwrap_or_else(|| self.sentence(at))
    }

    /// The quotation whose words hold `at`.
    pub fn quotation(&self, at: usize) -> Option<&Quotation> {
        let after = self.quotations.partition_point(|q| q.outer.start <= at);
        let quotation = self.quotations.get(after.checked_sub(1)?)?;
        quotation.outer.contains(&at).then_some(quotation)
    }

    fn find_quotations(&mut self) {
        let mut open: Option<(usize, char)> = None;
        for (at, letter) in self.text.char_indices() {
            let end = at + letter.len_utf8();
            match open {
                Some((start, closing)) if letter == closing => {
                    let first = self.text[start..].chars().next().map_or(1, char::len_utf8);
                    self.quotations.push(Quotation {
                        inner: start + first..at,
                        outer: start..end,
                    });
                    open = None;
                }
                Some((start, _)) if at - start > SENTENCE => open = None,
                Some(_) => {}
                None => open = closing(letter).map(|closing| (at, closing)),
            }
        }
    }

    fn split(&mut self, abbreviations: &[String]) {
        let ends = self.ends(abbreviations);
        self.clauses = stretches(&self.text, ends.iter().map(|(at, _)| *at));
        self.sentences = stretches(
            &self.text,
            ends.iter().filter(|(_, whole)| *whole).map(|(at, _)| *at),
        );
        // A clause never crosses the end of a sentence that was cut for its length.
        let cuts: Vec<usize> = self.sentences.iter().map(|s| s.end).collect();
        self.clauses = merged(&self.clauses, &cuts);
    }

    /// Where sentences end, and whether that is outside of quotations.
    fn ends(&self, abbreviations: &[String]) -> Vec<(usize, bool)> {
        let mut ends = Vec::new();
        let mut quotations = self.quotations.iter().peekable();
        let letters: Vec<(usize, char)> = self.text.char_indices().collect();
        for (number, &(at, letter)) in letters.iter().enumerate() {
            while quotations.peek().is_some_and(|q| q.outer.end <= at) {
                quotations.next();
            }
            let within = quotations.peek().is_some_and(|q| q.outer.contains(&at));
            let after = at + letter.len_utf8();
            let next = letters.get(number + 1).map(|(_, letter)| *letter);
            let ends_here = match letter {
                '。' | '！' | '？' | '!' | '?' => true,
                '.' | '…' => {
                    next.is_none_or(|next| next == ' ' || is_closing(next))
                        && !is_abbreviation(&self.low[..at], abbreviations)
                }
                _ => false,
            };
            if !ends_here {
                continue;
            }
            // French sets a blank before the mark that closes.
            let blank = usize::from(next == Some(' '));
            let mark = letters.get(number + 1 + blank).map(|(_, letter)| *letter);
            let mark = mark.filter(|mark| is_closing(*mark) && (blank == 0 || *mark == '»'));
            let end = mark.map_or(after, |mark| after + blank + mark.len_utf8());
            let whole = !within || mark.is_some() && self.ends_with_quotation(after + blank);
            ends.push((end, whole));
        }
        ends
    }

    /// Whether the sentence is over with the mark that closes a quotation at `at`: what follows
    /// does not go on with it (`”고 말했다`, `», a déclaré`).
    fn ends_with_quotation(&self, at: usize) -> bool {
        let mut rest = self.text[at..].chars();
        rest.next();
        match rest.next() {
            None => true,
            Some(' ') => {
                let Some(next) = rest.next() else { return true };
                next.is_uppercase() || is_wide(next) && !is_closing(next) || closing(next).is_some()
            }
            Some(_) => false,
        }
    }
}

fn holding(stretches: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let after = stretches.partition_point(|stretch| stretch.start <= at);
    let stretch = stretches.get(after.checked_sub(1)?)?;
    (at < stretch.end).then(|| stretch.clone())
}

/// The stretches between ends, the longest cut.
fn stretches(text: &str, ends: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in ends.chain([text.len()]) {
        while end.saturating_sub(start) > SENTENCE {
            let cut = floor(text, start + SENTENCE);
            found.push(start..cut);
            start = cut;
        }
        if end > start {
            found.push(start..end);
            start = end;
        }
    }
    found
}

/// The stretches, cut also at `cuts`.
fn merged(stretches: &[Range<usize>], cuts: &[usize]) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(stretches.len());
    let mut cuts = cuts.iter().copied().peekable();
    for stretch in stretches {
        let mut start = stretch.start;
        while let Some(&cut) = cuts.peek() {
            if cut > stretch.end {
                break;
            }
            if cut > start && cut < stretch.end {
                found.push(start..cut);
                start = cut;
            }
            cuts.next();
        }
        if stretch.end > start {
            found.push(start..stretch.end);
        }
    }
    found
}

/// The character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_abbreviation(before: &str, abbreviations: &[String]) -> bool {
    let word = before
        .rsplit(|letter: char| !letter.is_alphanumeric() && letter != '.')
        .next()
        .unwrap_or_default();
    let single = word.chars().count() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    single || abbreviations.iter().any(|known| known == word)
}

fn closing(letter: char) -> Option<char> {
    Some(match letter {
        '“' | '„' => '”',
        '"' => '"',
        '«' => '»',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '”' | '"' | '»' | '」' | '』' | '’' | '\'' | ')' | '）'
    )
}

/// Whether the character is of a script that is written without blanks, or its punctuation.
pub(super) fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{ac00}'..='\u{d7a3}')
}

/// Full-width forms and apostrophes in one form.
fn plain(letter: char) -> char {
    match letter {
        '’' | '‘' | 'ʼ' => '\'',
        '！' | '？' => letter,
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xff01 + 0x21).unwrap_or(letter)
        }
        '‐' | '‑' => '-',
        other => other,
    }
}

/// Lower case, letter for letter: a letter whose small form is of another length stays.
fn lower(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let mut small = letter.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
                _ => letter,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        Page::new(text, 0, Writing::Spaced, &["mme".to_owned()])
    }

    #[test]
    fn a_sentence_holds_its_quotation() {
        let page = page("“고문은 없다. 송환도 없다.”라고 그는 말했다. 끝이다.");
        let found: Vec<&str> = page
            .sentences
            .iter()
            .map(|s| &page.text[s.clone()])
            .collect();
        assert_eq!(
            found,
            ["“고문은 없다. 송환도 없다.”라고 그는 말했다.", " 끝이다."]
        );
        assert_eq!(page.clauses.len(), 4, "{:?}", page.clauses);
    }

    #[test]
    fn a_quotation_that_ends_a_sentence_ends_it() {
        let page = page("Mme. Roy répond : « Non. » Le juge écoute.");
        assert_eq!(page.sentences.len(), 2, "{:?}", page.sentences);
    }

    #[test]
    fn folded_text_leads_back() {
        let page = Page::new("a \n\n b\u{AD}c", 10, Writing::Spaced, &[]);
        assert_eq!(page.text, "a bc");
        assert_eq!(page.place(&(2..4)), 15..19);
    }

    #[test]
    fn line_breaks_within_japanese_are_none() {
        let page = Page::new("拉致\n問題", 0, Writing::Unspaced, &[]);
        assert_eq!(page.text, "拉致問題");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split_at_characters(text in "\\PC{0,80}[.?!。”」 ]{0,4}\\PC{0,80}") {
            let page = page(&text);
            for stretch in page.sentences.iter().chain(&page.clauses) {
                proptest::prop_assert!(page.text.get(stretch.clone()).is_some());
                let place = page.place(stretch);
                proptest::prop_assert!(text.get(place).is_some());
            }
        }
    }
}
