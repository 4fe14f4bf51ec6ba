//! Tesseract's table of words (TSV) as passages, with the place of each word.
//!
//! Invariant: the answer is believed in nothing but its words: rows that make no sense are passed
//! over, and each place lies inside the text.

use crate::draft::Draft;
use crate::front_matter::one_line;
use crate::letters::count;
use model::{PassageKind, WordPlace};

/// Words of one document that are kept.
const MOST_WORDS: usize = 4_000_000;

/// Words with their places.
#[derive(Default)]
pub(super) struct Words {
    /// In the order of the text.
    pub places: Vec<WordPlace>,
}

impl Words {
    /// How sure Tesseract was of a word, on average, in hundredths.
    pub fn mean_confidence(&self) -> u64 {
        let sum: u64 = self
            .places
            .iter()
            .map(|word| u64::from(word.confidence))
            .sum();
        sum / (self.places.len() as u64).max(1)
    }
}

/// Writes the words of a picture that is page `page`, and those of its further pages.
pub(super) fn write(answer: &str, page: u32, draft: &mut Draft<'static>, words: &mut Words) {
    let mut paragraph = None;
    let mut before: Option<(&str, u32)> = None;
    for row in answer.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let [
            level,
            of_page,
            block,
            part,
            line,
            _,
            left,
            top,
            width,
            height,
            confidence,
            text,
        ] = cells[..]
        else {
            continue;
        };
        let text = one_line(text);
        if level != "5" || text.is_empty() || words.places.len() >= MOST_WORDS {
            continue;
        }
        let number = |cell: &str| cell.parse::<u32>().ok();
        let (Some(left), Some(top), Some(width), Some(height)) =
            (number(left), number(top), number(width), number(height))
        else {
            continue;
        };
        let page = page.saturating_add(number(of_page).unwrap_or(1).saturating_sub(1));
        if paragraph != Some((page, block, part)) {
            paragraph = Some((page, block, part));
            before = None;
            draft.close();
            draft.on_page(page);
            draft.open(PassageKind::Paragraph, 0, 0);
        }
        let gap = before.and_then(|(of, right)| (of == line).then(|| left.saturating_sub(right)));
        before = Some((line, left.saturating_add(width)));
        if draft.in_block() && !stands_close(&draft.text, &text, gap, height) {
            draft.space();
        }
        draft.push_made(&text);
        let to = draft.chars();
        words.places.push(WordPlace {
            from: to.saturating_sub(count(&text)),
            to,
            page,
            left,
            top,
            right: left.saturating_add(width),
            bottom: top.saturating_add(height),
            confidence: confidence
                .parse::<f32>()
                .map_or(0, |sure| sure.clamp(0.0, 100.0) as u8),
        });
    }
    draft.close();
}

/// Whether a word goes on without a space: Han and Kana are written without, and of Hangul, too,
/// Tesseract gives syllables as words of their own. Between those, a gap of less than two fifths of
/// their height is none (measured: within words up to 0.33, between them from 0.44).
fn stands_close(before: &str, word: &str, gap: Option<u32>, height: u32) -> bool {
    let unspaced = |letter: char| {
        matches!(letter, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff65}')
    };
    let hangul = |letter: char| matches!(letter, '\u{ac00}'..='\u{d7a3}');
    let (Some(one), Some(other)) = (before.chars().next_back(), word.chars().next()) else {
        return false;
    };
    let narrow = gap.is_some_and(|gap| u64::from(gap) * 5 < u64::from(height) * 2);
    unspaced(one) && unspaced(other) || hangul(one) && hangul(other) && narrow
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_paragraphs_and_nonsense_nothing() {
        let answer = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            1\t1\t0\t0\t0\t0\t0\t0\t100\t100\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tGuards\n\
            5\t1\t1\t1\t1\t2\t45\t20\t30\t12\t91\tbeat\n\
            5\t1\t1\t1\t2\t1\t10\t40\t40\t42\t91\t감\n\
            5\t1\t1\t1\t2\t2\t62\t40\t40\t42\t91\t자들을\n\
            5\t1\t1\t1\t2\t3\t130\t40\t40\t42\t91\t때렸다.\n\
            5\t1\t1\t2\t1\t1\t10\t60\t30\t12\t40\t人\n\
            5\t1\t1\t2\t1\t2\t40\t60\t30\t12\t50\t権\n\
            5\t1\t1\t2\t1\t3\t-4\t60\t30\t12\t50\tlost\n\
            5\t2\t1\t1\t1\t1\t4294967295\t60\t30\t12\t999\tnext\n\
            nonsense\n";
        let mut draft = Draft::new("");
        let mut words = Words::default();
        write(answer, 3, &mut draft, &mut words);
        assert_eq!(draft.text, "Guards beat 감자들을 때렸다.\n\n人権\n\nnext");
        let first = words.places[1];
        assert_eq!((first.from, first.to, first.page), (7, 11, 3));
        assert_eq!(
            (
                first.left,
                first.top,
                first.right,
                first.bottom,
                first.confidence
            ),
            (45, 20, 75, 32, 91)
        );
        assert_eq!(words.places.len(), 8);
        assert_eq!((words.places[7].page, words.places[7].confidence), (4, 100));
        assert_eq!(draft.pages.len(), 2);
    }
}
