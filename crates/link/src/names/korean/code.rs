//! The code of a syllable by rule: letters that romanisations do not keep apart share a sign.
//!
//! Invariant: one syllable, one code of at most four ASCII letters; the table of given-name
//! syllables may set some apart.

use super::super::key::Key;
use super::hangul::{CODA_LETTERS, ONSET_LETTERS, Syllable, VOWEL_LETTERS};

/// The code of a syllable that the table says nothing of.
pub(super) fn code_by_rule(syllable: Syllable) -> Key {
    let onset = match ONSET_LETTERS[usize::from(syllable.onset)] {
        'ㄱ' | 'ㄲ' | 'ㅋ' => "k",
        'ㄴ' => "n",
        'ㄷ' | 'ㄸ' | 'ㅌ' => "t",
        'ㄹ' => "r",
        'ㅁ' => "m",
        'ㅂ' | 'ㅃ' | 'ㅍ' => "p",
        'ㅅ' | 'ㅆ' => "s",
        'ㅈ' | 'ㅉ' | 'ㅊ' => "j",
        'ㅎ' => "h",
        _ => "",
    };
    let vowel = match VOWEL_LETTERS[usize::from(syllable.vowel)] {
        'ㅏ' => "a",
        'ㅑ' => "ya",
        'ㅐ' | 'ㅔ' => "e",
        'ㅖ' | 'ㅒ' => "ye",
        'ㅓ' | 'ㅗ' | 'ㅜ' | 'ㅡ' => "o",
        'ㅕ' | 'ㅛ' | 'ㅠ' => "yo",
        'ㅘ' => "wa",
        'ㅙ' | 'ㅚ' | 'ㅞ' => "we",
        'ㅝ' => "wo",
        'ㅟ' => "wi",
        _ => "i",
    };
    let coda = match CODA_LETTERS[usize::from(syllable.coda)] {
        ' ' => "",
        'ㄱ' | 'ㅋ' => "k",
        'ㄴ' => "n",
        'ㄹ' => "l",
        'ㅁ' => "m",
        'ㅂ' | 'ㅍ' => "p",
        'ㅇ' => "q",
        _ => "t",
    };
    Key::new(&[onset, vowel, coda].concat())
}
