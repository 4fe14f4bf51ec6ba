//! Characters as texts need them told: which are white, which are nothing, which steer a terminal;
//! and how many there are.
//!
//! Invariant: what is no part of a text here is none in any format. Standards: Unicode, UAX #9.

/// Characters in `text`.
pub(crate) fn count(text: &str) -> u32 {
    if text.is_ascii() {
        return text.len() as u32;
    }
    text.chars().count() as u32
}

/// Characters that are no part of a text, wherever they stand: soft hyphen, zero width space,
/// word joiner, byte order mark, object replacement.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffc}'
    )
}

/// Characters that no line of our own may hold: those that are no part of a text, those that steer
/// a terminal, and those that turn the direction of what stands behind them (UAX #9), so that
/// `report\u{202e}fdp.exe` looks like another name. White space is left as it is.
pub(crate) fn is_steering(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let controls = letter.is_control() && !letter.is_whitespace();
    turns || controls || is_invisible(letter)
}

/// Whether a character ends a word: white space, and what is no part of a text.
pub(crate) fn breaks_word(letter: char) -> bool {
    if letter.is_ascii() {
        return letter <= ' ' || letter == '\u{7f}';
    }
    letter.is_whitespace() || is_invisible(letter) || letter.is_control()
}

/// Han and Kana are written without spaces: a line end between two of them is nothing.
pub(crate) fn joins_without_space(text: &str, word: &str) -> bool {
    let unspaced = |letter: char| {
        matches!(letter, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
    };
    word.chars().next().is_some_and(unspaced) && text.chars().next_back().is_some_and(unspaced)
}

/// Counts characters up to a byte, quickly for bytes that ascend.
#[derive(Default)]
pub(crate) struct Counter {
    byte: usize,
    chars: u32,
}

impl Counter {
    /// Characters in front of `byte`; those so far where it is no boundary of a character.
    pub fn char(&mut self, source: &str, byte: usize) -> u32 {
        if byte < self.byte {
            self.byte = 0;
            self.chars = 0;
        }
        let Some(between) = source.get(self.byte..byte) else {
            return self.chars;
        };
        self.chars += count(between);
        self.byte = byte;
        self.chars
    }
}
