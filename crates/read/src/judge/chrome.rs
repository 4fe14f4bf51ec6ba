//! Words that stand on every page of a site: labels of menus, players, share bars, notices.
//! A short passage is looked up as a whole; a longer one only by phrases that no document uses.

use super::Page;
use crate::data::PHRASES;
use crate::words::fold;
use model::{LeftOut, PassageKind};

/// A passage of more words is never chrome by its whole line or its beginning.
const LINE_WORDS: u32 = 12;
/// A passage of more words is never chrome by a phrase inside it.
const NOTICE_WORDS: u32 = 80;

pub(super) fn mark(page: &mut Page<'_, '_>) {
    for index in 0..page.len() {
        let block = &page.draft.blocks[index];
        if block.left_out.is_some() || block.kind == PassageKind::TableRow {
            continue;
        }
        let words = page.shapes[index].words;
        if words > NOTICE_WORDS {
            continue;
        }
        if !page.shapes[index].letters {
            page.mark(index, LeftOut::Navigation);
            continue;
        }
        let text = page.draft.text_at(index);
        if let Some(left_out) = judge(text, words) {
            page.mark(index, left_out);
        }
    }
}

/// What `text`, of so many words, is by its words alone.
fn judge(text: &str, words: u32) -> Option<LeftOut> {
    if words <= LINE_WORDS {
        if is_times(text) {
            return Some(LeftOut::Player);
        }
        let folded = fold(text);
        if let Some(left_out) = PHRASES.line(&folded).or_else(|| PHRASES.start(&folded)) {
            return Some(left_out);
        }
        if folded.contains("kbps") && folded.contains("mp3") {
            return Some(LeftOut::Player);
        }
        if let Some(left_out) = several(text, &folded) {
            return Some(left_out);
        }
        return PHRASES.contains(&folded);
    }
    PHRASES.contains(&fold(text))
}

/// The clock of a player: `0:00 0:03:35 0:00`, `03:35 / 12:20`. One time of day is none.
fn is_times(text: &str) -> bool {
    let mut times = 0;
    let mut long = false;
    for word in text
        .split([' ', '/', '|', '-', '–'])
        .filter(|word| !word.is_empty())
    {
        let parts: Vec<&str> = word.split(':').collect();
        let digits = |part: &&str| {
            !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
            return false;
        }
        times += 1;
        long |= parts.len() == 3 || parts.iter().all(|part| part.bytes().all(|b| b == b'0'));
    }
    times >= 2 && long || times >= 3 || (times == 1 && long)
}

/// A line of several labels: `Share | Print | Email`, `Home > News > Asia`.
fn several(text: &str, folded: &str) -> Option<LeftOut> {
    let is_separator = |c: char| matches!(c, '|' | '›' | '»' | '>' | '/' | '•' | '·' | '→');
    let parts: Vec<String> = text
        .split(is_separator)
        .map(fold)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() >= 2 {
        let kinds: Vec<LeftOut> = parts.iter().filter_map(|part| PHRASES.line(part)).collect();
        if kinds.len() == parts.len() || (kinds.len() >= 2 && kinds.len() * 2 >= parts.len()) {
            return kinds.first().copied();
        }
        let is_trail = text.contains(['>', '›', '»']) && PHRASES.is_menu_line(&parts[0]);
        return (is_trail && parts.len() >= 3).then_some(LeftOut::Navigation);
    }
    side_by_side(folded)
}

/// Labels that follow each other without a mark: `XS SM MD LG`, `Share Tweet Print`.
fn side_by_side(folded: &str) -> Option<LeftOut> {
    let words: Vec<&str> = folded.split(' ').collect();
    let mut first = None;
    let mut labels = 0;
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at)).rev().find_map(|len| {
            let kind = PHRASES.line(&words[at..at + len].join(" "))?;
            Some((len, kind))
        });
        let (len, kind) = longest?;
        first = first.or(Some(kind));
        labels += 1;
        at += len;
    }
    first.filter(|_| labels >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Shape;

    fn of(text: &str) -> Option<LeftOut> {
        judge(text, Shape::of(text).words)
    }

    #[test]
    fn labels_of_a_page() {
        for (text, left_out) in [
            ("Accessibility links", LeftOut::Navigation),
            ("Home > Press > Statements", LeftOut::Navigation),
            ("No media source currently available", LeftOut::Player),
            ("0:00 0:02:11 0:00", LeftOut::Player),
            ("01:20 / 03:35:00", LeftOut::Player),
            ("XS SM MD LG", LeftOut::ShareBar),
            ("Share | Print | Email", LeftOut::ShareBar),
            (
                "Text size: A A+ | Print | Share this page",
                LeftOut::ShareBar,
            ),
            ("Partager Imprimer Envoyer à un ami", LeftOut::ShareBar),
            ("Join the mailing list", LeftOut::Advert),
            ("공유하기", LeftOut::ShareBar),
            ("Lire aussi : Le rapport de la commission", LeftOut::Related),
            ("© 2014 Example Agency", LeftOut::Footer),
            (
                "We use cookies to improve your experience. By continuing to browse this site you accept them.",
                LeftOut::Notice,
            ),
        ] {
            assert_eq!(of(text), Some(left_out), "{text}");
        }
    }

    #[test]
    fn words_of_a_document() {
        for text in [
            "Related to this, the Commission found that officials had shared the lists.",
            "The meeting began at 10:30",
            "10:30",
            "THE PRESIDENT:",
            "(Applause.)",
            "Search and arrest",
            "Home Office and Foreign Office",
            "She was told to sign up for work in a camp or her family would starve.",
            "Special Rapporteurs are appointed by the Human Rights Council to report on a country. \
             They are not paid for their work.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
