//! Latin letters brought to one alphabet: a–z, and the three signs of McCune–Reischauer that
//! change a sound (ŏ, ŭ and the apostrophe of the aspirates).
//!
//! Invariant: what comes out are numbers below [`ALPHABET`], whatever goes in.

/// Number of letters.
pub(super) const ALPHABET: usize = 29;
/// ŏ: the vowel ㅓ.
pub(super) const O_BREVE: u8 = 26;
/// ŭ: the vowel ㅡ.
pub(super) const U_BREVE: u8 = 27;
/// The apostrophe, of an aspirate or between syllables.
pub(super) const APOSTROPHE: u8 = 28;

/// Whether a character is one of the many that are written for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | 'ʹ' | '′' | '＇'
    )
}

/// Adds the letters of `c`, in lower case and without marks other than the breve.
pub(super) fn push_letters(c: char, to: &mut Vec<u8>) {
    match c {
        'a'..='z' => to.push(c as u8 - b'a'),
        'A'..='Z' => to.push(c as u8 - b'A'),
        'ŏ' | 'Ŏ' | 'ǒ' | 'Ǒ' => to.push(O_BREVE),
        'ŭ' | 'Ŭ' | 'ǔ' | 'Ǔ' => to.push(U_BREVE),
        _ if is_apostrophe(c) => to.push(APOSTROPHE),
        _ if c.is_ascii() => {}
        _ => {
            let plain = any_ascii::any_ascii_char(c).bytes();
            to.extend(
                plain
                    .filter(u8::is_ascii_alphabetic)
                    .map(|b| b.to_ascii_lowercase() - b'a'),
            );
        }
    }
}

/// The letters of a text.
pub(super) fn letters(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len());
    for c in text.chars() {
        push_letters(c, &mut letters);
    }
    letters
}

/// The letters as plain ASCII, signs dropped.
pub(super) fn plain(letters: &[u8]) -> impl Iterator<Item = u8> {
    letters.iter().filter_map(|&letter| match letter {
        0..=25 => Some(b'a' + letter),
        O_BREVE => Some(b'o'),
        U_BREVE => Some(b'u'),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        plain(&letters(text)).map(char::from).collect()
    }

    #[test]
    fn marks_are_dropped_and_breves_kept_apart() {
        assert_eq!(letters("Ŏ'ŭ"), [O_BREVE, APOSTROPHE, U_BREVE]);
        assert_eq!(show("Chŏng-ŭn"), "chongun");
        assert_eq!(show("Núñez Øster Straße"), "nunezosterstrasse");
        assert_eq!(show("Иванов"), "ivanov");
    }
}
