//! Which line ends of a plain text end a paragraph, and which only end a line.
//!
//! A text is hard-wrapped when its lines end where the next word would not have fitted; that is
//! measured over the whole text, so that one short line does not decide. Empty lines always end
//! a paragraph.

use crate::data::PHRASES;
use crate::words::fold;

/// A line of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'s> {
    pub text: &'s str,
    /// Its first byte in the source.
    pub at: usize,
    /// Whether it ends as a Markdown hard break does, with two spaces.
    pub hard_break: bool,
}

/// Lines that make one paragraph.
pub(crate) type Paragraph<'s> = Vec<Line<'s>>;

/// The paragraphs of `source` from byte `from` on.
pub(crate) fn paragraphs(source: &str, from: usize) -> Vec<Paragraph<'_>> {
    let groups = groups(source, from);
    let wrap = wrap_width(&groups);
    let mut paragraphs = Vec::with_capacity(groups.len());
    for group in groups {
        let mut current: Paragraph<'_> = Vec::new();
        for line in group {
            if let Some(last) = current.last()
                && !goes_on(last, &line, wrap)
            {
                paragraphs.push(std::mem::take(&mut current));
            }
            current.push(line);
        }
        paragraphs.push(current);
    }
    paragraphs
}

/// Lines between empty lines.
fn groups(source: &str, from: usize) -> Vec<Vec<Line<'_>>> {
    let mut groups = vec![Vec::new()];
    let mut at = from;
    for raw in source[from..].split_inclusive(['\n', '\u{c}', '\u{2028}', '\u{2029}']) {
        let line = raw.trim_end_matches(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']);
        // Old Macintosh files end their lines with a carriage return alone.
        for part in line.split_inclusive('\r') {
            let text = part.trim_end_matches('\r');
            if text.trim().is_empty() {
                groups.push(Vec::new());
            } else if let Some(group) = groups.last_mut() {
                group.push(Line {
                    text,
                    at,
                    hard_break: text.ends_with("  "),
                });
            }
            at += part.len();
        }
        if line.is_empty() {
            groups.push(Vec::new());
        }
        at += raw.len() - line.len();
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The width at which the text was wrapped, in characters; `None` when it was not.
fn wrap_width(groups: &[Vec<Line<'_>>]) -> Option<usize> {
    let mut widths: Vec<usize> = groups
        .iter()
        .flatten()
        .map(|line| width(line.text))
        .collect();
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
    let (mut full, mut short) = (0usize, 0usize);
    for group in groups {
        for pair in group.windows(2) {
            if fills(&pair[0], &pair[1], margin) {
                full += 1;
            } else {
                short += 1;
            }
        }
    }
    (full >= 2 && full * 10 >= (full + short) * 6).then_some(margin)
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
        let words = |lines: &Paragraph<'_>| {
            let lines: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
            lines.join(" ")
        };
        paragraphs(source, 0).iter().map(words).collect()
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
            let found: Vec<&str> = paragraphs(&source, 0).into_iter().flatten().map(|line| line.text).collect();
            let lines: Vec<&str> = source.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
            prop_assert_eq!(found, lines);
            for line in paragraphs(&source, 0).into_iter().flatten() {
                prop_assert_eq!(&source[line.at..line.at + line.text.len()], line.text);
            }
        }
    }
}
