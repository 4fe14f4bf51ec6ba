//! Which line ends of a plain text end a paragraph, and which only end a line.
//!
//! A text is hard-wrapped when its lines end where the next word would not have fitted; that is
//! measured over the whole text, so that one short line does not decide. Empty lines always end
//! a paragraph.

use crate::data::PHRASES;
use crate::words::fold;

/// A line of the source that is not empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'s> {
    pub text: &'s str,
    /// Its first byte in the source.
    pub at: usize,
    /// Whether it ends as a Markdown hard break does, with two spaces.
    hard_break: bool,
    /// Whether an empty line stands above it.
    parted: bool,
}

/// Lines by which the width of a text is judged.
const SAMPLE: usize = 20_000;

/// The paragraphs of `source` from byte `from` on: first byte, and one past the last.
pub(crate) fn paragraphs(source: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let sample: Vec<Line<'_>> = Lines::new(source, from).take(SAMPLE).collect();
    let wrap = wrap_width(&sample);
    let mut lines = Lines::new(source, from).peekable();
    std::iter::from_fn(move || {
        let mut last = lines.next()?;
        let start = last.at;
        while let Some(next) = lines.next_if(|next| !next.parted && goes_on(&last, next, wrap)) {
            last = next;
        }
        Some((start, last.at + last.text.len()))
    })
}

/// The lines of a source that are not empty.
struct Lines<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lines<'s> {
    fn new(source: &'s str, from: usize) -> Self {
        Self { source, at: from }
    }
}

impl<'s> Iterator for Lines<'s> {
    type Item = Line<'s>;

    fn next(&mut self) -> Option<Line<'s>> {
        let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}');
        let mut parted = false;
        loop {
            let rest = self.source.get(self.at..).filter(|rest| !rest.is_empty())?;
            let at = self.at;
            let text = &rest[..rest.find(is_end).unwrap_or(rest.len())];
            // "\r\n" is one line end, and "\r" alone is one of old Macintosh files.
            let behind = &rest[text.len()..];
            let end = if behind.starts_with("\r\n") {
                2
            } else {
                behind.chars().next().map_or(0, char::len_utf8)
            };
            self.at = at + text.len() + end;
            if text.trim().is_empty() {
                parted = true;
                continue;
            }
            return Some(Line {
                text,
                at,
                hard_break: text.ends_with("  "),
                parted,
            });
        }
    }
}

/// The width at which a text was wrapped, in characters; `None` when it was not.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().map(|line| width(line.text)).collect();
    if widths.len() < 3 {
        return None;
    }
    let rank = (widths.len() - 1) * 19 / 20;
    let (_, &mut near_longest, _) = widths.select_nth_unstable(rank);
    let longest = widths.iter().copied().max().unwrap_or(0);
    // A few words without a space, such as addresses, may be longer than the margin.
    let margin = if longest <= near_longest + 12 {
        longest
    } else {
        near_longest
    };
    if !(30..=140).contains(&margin) {
        return None;
    }
    let pairs = lines.windows(2).filter(|pair| !pair[1].parted);
    let (full, short): (Vec<bool>, Vec<bool>) = pairs
        .map(|pair| fills(&pair[0], &pair[1], margin))
        .partition(|&full| full);
    (full.len() >= 2 && full.len() * 10 >= (full.len() + short.len()) * 6).then_some(margin)
}

/// Whether `next`'s first word would not have fitted on `line`.
fn fills(line: &Line<'_>, next: &Line<'_>, margin: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or_default();
    width(line.text) + 1 + width(word) + 4 > margin
}

fn width(text: &str) -> usize {
    text.trim_end().chars().count()
}

/// Whether `next` is the same paragraph as `line`, both in one group.
fn goes_on(line: &Line<'_>, next: &Line<'_>, wrap: Option<usize>) -> bool {
    if is_item(next.text) {
        return false;
    }
    if let Some(margin) = wrap
        && fills(line, next, margin)
    {
        return true;
    }
    let is_label = |text: &str| PHRASES.line(&fold(text)).is_some();
    if is_label(line.text) || is_label(next.text) {
        return false;
    }
    let indent = |text: &str| text.len() - text.trim_start().len();
    let continues = must_go_on(line.text, next.text);
    match wrap {
        // Short lines of a wrapped text: an address, a signature, the end of a paragraph whose
        // next one is indented.
        Some(_) => {
            continues && (!line.hard_break || starts_small(next.text) || ends_open(line.text))
        }
        None => continues && indent(next.text) >= indent(line.text),
    }
}

/// Whether two lines can only be read together: the second begins in the middle of a sentence.
pub(crate) fn must_go_on(line: &str, next: &str) -> bool {
    let ended = line
        .trim_end()
        .ends_with(['.', '!', '?', ':', '。', '”', '"']);
    !ended && (starts_small(next) || ends_open(line))
}

fn starts_small(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    letters.next().is_some_and(char::is_lowercase)
}

/// Whether the line ends with a word that needs another, or with a comma.
fn ends_open(text: &str) -> bool {
    let text = text.trim_end();
    if text.ends_with([',', '，', '、']) {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or_default();
    PHRASES.is_joining(&fold(last)) && text.contains(' ')
}

/// Whether a line begins an item of a list: a bullet, `1.`, `(a)`, `iv)`.
pub(crate) fn is_item(text: &str) -> bool {
    item_mark(text) > 0
}

/// Bytes of the mark that begins an item, with the space behind it; 0 when there is none.
pub(crate) fn item_mark(text: &str) -> usize {
    let indent = text.len() - text.trim_start().len();
    let rest = &text[indent..];
    let Some(first) = rest.chars().next() else {
        return 0;
    };
    if matches!(
        first,
        '•' | '◦' | '▪' | '‣' | '●' | '○' | '■' | '□' | '-' | '*' | '–' | '—' | '·'
    ) {
        let after = &rest[first.len_utf8()..];
        let gap = after.len() - after.trim_start().len();
        return if gap > 0 && !after.trim().is_empty() {
            indent + first.len_utf8() + gap
        } else {
            0
        };
    }
    let inner = rest.strip_prefix('(').unwrap_or(rest);
    let mark = inner
        .bytes()
        .take(5)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let is_number = inner[..mark].bytes().all(|b| b.is_ascii_digit()) && mark <= 3;
    let is_letter = mark == 1;
    let is_roman = inner[..mark]
        .bytes()
        .all(|b| matches!(b, b'i' | b'v' | b'x'));
    if mark == 0 || !(is_number || is_letter || is_roman) {
        return 0;
    }
    let opened = rest.len() > inner.len();
    let close = &inner[mark..];
    let closed = close.starts_with(')') || (!opened && is_number && close.starts_with('.'));
    let after = close.get(1..).unwrap_or_default();
    let gap = after.len() - after.trim_start().len();
    if closed && gap > 0 {
        indent + usize::from(opened) + mark + 1 + gap
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn joined(source: &str) -> Vec<String> {
        let words = |(from, to): (usize, usize)| {
            source[from..to]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        paragraphs(source, 0).map(words).collect()
    }

    #[test]
    fn wrapped_lines_are_joined_and_signatures_are_not() {
        let source = "The Council decided in March 2013 to establish a commission of\n\
                      inquiry, and asked it to look into nine patterns of violations of\n\
                      human rights. It reported one year later.\n\
                      THE CHAIR\n\
                      Geneva\n";
        let found = joined(source);
        assert_eq!(found.len(), 3);
        assert!(found[0].ends_with("one year later."));
        assert_eq!(found[1..], ["THE CHAIR", "Geneva"]);
    }

    #[test]
    fn one_paragraph_a_line_stays_so() {
        let source = "Joint statement on human rights\n2014/03/28\n\
                      The Council decided in March 2013 to establish a commission of inquiry, and asked it to look into nine patterns of violations. It reported one year later.\n\
                      It found that crimes against humanity had been committed.\n";
        assert_eq!(joined(source).len(), 4);
    }

    #[test]
    fn a_sentence_is_not_cut() {
        assert_eq!(
            joined("Statement by the States of\nthe Council\n\nText"),
            ["Statement by the States of the Council", "Text"]
        );
        assert_eq!(
            joined("Rights of\nwomen\nplease wait"),
            ["Rights of women", "please wait"]
        );
        assert_eq!(joined("XS\nSM\nMD"), ["XS", "SM", "MD"]);
        assert_eq!(joined("a\rb\r\rc").len(), 3);
    }

    #[test]
    fn items_begin_a_paragraph() {
        for line in ["• one", "- one", "(a) one", "a) one", "12. one", "(iv) one"] {
            assert!(is_item(line), "{line}");
        }
        for line in ["-", "a one", "(see) one", "2013. ", "12.5 per cent", "I. e"] {
            assert!(!is_item(line), "{line}");
        }
    }

    proptest! {
        #[test]
        fn every_visible_line_is_in_one_paragraph(source in "([a-z ]{0,30}(\n|\r\n|\r|\n\n)){0,20}") {
            let mut end = 0;
            let mut words = Vec::new();
            for (from, to) in paragraphs(&source, 0) {
                prop_assert!(from >= end && to > from && source[end..from].trim().is_empty());
                words.extend(source[from..to].split_whitespace());
                end = to;
            }
            prop_assert_eq!(words, source.split_whitespace().collect::<Vec<_>>());
        }
    }
}
