//! Hangul syllables taken apart into letters and put together again.
//!
//! The arithmetic is that of the Unicode Standard, section 3.12 (conjoining jamo behaviour).

/// First and last precomposed syllable.
const FIRST: u32 = 0xAC00;
const LAST: u32 = 0xD7A3;
const VOWELS: u32 = 21;
const CODAS: u32 = 28;

/// Onsets, in the order of the Unicode Standard.
pub(super) const ONSET_LETTERS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
/// Vowels, in the order of the Unicode Standard.
pub(super) const VOWEL_LETTERS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ',
    'ㅟ', 'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
/// Codas as they sound: clusters by the letter that is heard before a consonant. A blank is no coda.
pub(super) const CODA_LETTERS: [char; 28] = [
    ' ', 'ㄱ', 'ㄱ', 'ㄱ', 'ㄴ', 'ㄴ', 'ㄴ', 'ㄷ', 'ㄹ', 'ㄱ', 'ㅁ', 'ㄹ', 'ㄹ', 'ㄹ', 'ㅍ', 'ㄹ',
    'ㅁ', 'ㅂ', 'ㅂ', 'ㅅ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// How many precomposed syllables there are.
pub(super) const SYLLABLES_IN_UNICODE: usize =
    ONSET_LETTERS.len() * VOWEL_LETTERS.len() * CODA_LETTERS.len();

/// A syllable as the positions of its letters in the tables of the Unicode Standard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Syllable {
    pub onset: u8,
    pub vowel: u8,
    pub coda: u8,
}

/// Positions of some letters that rules ask for.
pub(super) const ONSET_NIEUN: u8 = 2;
pub(super) const ONSET_RIEUL: u8 = 5;
pub(super) const ONSET_NONE: u8 = 11;

impl Syllable {
    /// Takes a precomposed syllable apart; `None` for any other character.
    pub fn of(c: char) -> Option<Self> {
        let code = c as u32;
        if !(FIRST..=LAST).contains(&code) {
            return None;
        }
        let at = code - FIRST;
        let small = |n: u32| u8::try_from(n).expect("fewer than 28 letters a place");
        Some(Self {
            onset: small(at / (VOWELS * CODAS)),
            vowel: small(at / CODAS % VOWELS),
            coda: small(at % CODAS),
        })
    }

    /// The precomposed syllable.
    pub fn compose(self) -> char {
        let code = FIRST
            + (u32::from(self.onset) * VOWELS + u32::from(self.vowel)) * CODAS
            + u32::from(self.coda);
        char::from_u32(code).expect("letters within their tables make a syllable")
    }

    /// Its number among all syllables, from 0 to [`SYLLABLES_IN_UNICODE`].
    pub fn number(self) -> usize {
        let (vowels, codas) = (VOWEL_LETTERS.len(), CODA_LETTERS.len());
        (usize::from(self.onset) * vowels + usize::from(self.vowel)) * codas
            + usize::from(self.coda)
    }

    /// Whether the vowel is i or begins with a y, before which the South drops n and r.
    pub fn vowel_is_palatal(self) -> bool {
        matches!(
            VOWEL_LETTERS[usize::from(self.vowel)],
            'ㅣ' | 'ㅑ' | 'ㅒ' | 'ㅕ' | 'ㅖ' | 'ㅛ' | 'ㅠ'
        )
    }
}

/// The syllable as the South writes it at the beginning of a word (law of initials): 리 → 이,
/// 로 → 노, 녀 → 여.
pub(super) fn southern_initial(c: char) -> char {
    let Some(mut syllable) = Syllable::of(c) else {
        return c;
    };
    match (syllable.onset, syllable.vowel_is_palatal()) {
        (ONSET_RIEUL | ONSET_NIEUN, true) => syllable.onset = ONSET_NONE,
        (ONSET_RIEUL, false) => syllable.onset = ONSET_NIEUN,
        _ => return c,
    }
    syllable.compose()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_syllable_survives_being_taken_apart() {
        for code in FIRST..=LAST {
            let c = char::from_u32(code).unwrap();
            assert_eq!(Syllable::of(c).unwrap().compose(), c);
        }
        assert_eq!(Syllable::of('ㄱ'), None);
        assert_eq!(Syllable::of('K'), None);
    }

    #[test]
    fn the_law_of_initials() {
        for (north, south) in [
            ('리', '이'),
            ('로', '노'),
            ('량', '양'),
            ('녀', '여'),
            ('라', '나'),
            ('김', '김'),
        ] {
            assert_eq!(southern_initial(north), south);
        }
    }
}
