//! Letters: which belong to words, how they are folded, and the hash of a folded word.
//!
//! Invariant: a word has one hash, whether it is plain ASCII and read eight bytes at a time, or
//! folded letter by letter.

use unicode_normalization::char::decompose_compatible;

pub(super) const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;

/// Lower case of ASCII letters and digits; 0 for all else.
pub(super) const FOLDED: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric() {
            table[byte] = b.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The hash of the ASCII letters and digits that `bytes` begin with, whether one is a digit,
/// and how many they are. Eight bytes are looked at in one step.
pub(super) fn plain_word(bytes: &[u8]) -> (u64, bool, usize) {
    let (mut hash, mut digits, mut len) = (SEED, 0, 0);
    loop {
        let rest = &bytes[len..];
        let chunk = match rest.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => padded(rest),
        };
        let lower = chunk | (0x20 * EACH);
        let digit = between(chunk, b'0', b'9');
        let inside = (between(lower, b'a', b'z') | digit) & !chunk & HIGH;
        let taken = ((!inside & HIGH).trailing_zeros() / 8) as usize;
        let kept = if taken == 8 {
            !0
        } else {
            (1u64 << (8 * taken)) - 1
        };
        digits |= digit & kept & !chunk & HIGH;
        if taken > 0 {
            hash = mixed(hash, lower & kept);
        }
        len += taken;
        if taken < 8 {
            return (hash, digits != 0, len);
        }
    }
}

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * EACH;

/// High bits of the bytes that lie between two ASCII characters; other bits mean nothing, nor do
/// those of bytes that are not ASCII.
fn between(chunk: u64, low: u8, high: u8) -> u64 {
    let seven = chunk & !HIGH;
    let from = seven + u64::from(0x80 - low) * EACH;
    let beyond = seven + u64::from(0x7f - high) * EACH;
    from & !beyond
}

/// Up to eight bytes, zeros behind them.
fn padded(bytes: &[u8]) -> u64 {
    let mut chunk = [0; 8];
    for (slot, byte) in chunk.iter_mut().zip(bytes) {
        *slot = *byte;
    }
    u64::from_le_bytes(chunk)
}

fn mixed(hash: u64, chunk: u64) -> u64 {
    let hash = (hash ^ chunk).wrapping_mul(PRIME);
    hash ^ hash >> 32
}

/// The hash of a folded word; the same as that of [`plain_word`] for the same letters.
pub(super) fn hash_of(folded: &[u8]) -> u64 {
    folded
        .chunks(8)
        .fold(SEED, |hash, chunk| mixed(hash, padded(chunk)))
}

/// Characters of scripts that are counted by characters.
pub(super) fn is_counted(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{3041}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        && c != '・'
}

/// Whether a character belongs to the word around it: letters, digits, marks on them, and what
/// is not seen (soft hyphen, zero-width characters, word joiner).
pub(super) fn is_inside(c: char) -> bool {
    if matches!(c, '\u{2010}'..='\u{205f}') {
        return false; // dashes and quotation marks are common, and the test below is slow
    }
    c.is_alphanumeric() || is_mark(c) || is_unseen(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// Lower case without compatibility forms and without marks above letters, as bytes.
pub(super) fn fold(c: char, mut each: impl FnMut(u8)) {
    if is_unseen(c) {
        return;
    }
    decompose_compatible(c, |part| {
        if is_mark(part) {
            return;
        }
        for lower in part.to_lowercase() {
            let mut buffer = [0; 4];
            lower.encode_utf8(&mut buffer).bytes().for_each(&mut each);
        }
    });
}

/// Joins conjoining jamo into the syllable they make; the character and how many were taken.
pub(super) fn compose_hangul(first: char, mut rest: impl Iterator<Item = char>) -> (char, usize) {
    let lead = (first as u32).wrapping_sub(0x1100);
    if lead >= 19 {
        return (first, 1);
    }
    let vowel = rest
        .next()
        .map_or(u32::MAX, |c| (c as u32).wrapping_sub(0x1161));
    if vowel >= 21 {
        return (first, 1);
    }
    let tail = rest.next().map_or(0, |c| (c as u32).wrapping_sub(0x11a7));
    let (tail, taken) = if (1..28).contains(&tail) {
        (tail, 3)
    } else {
        (0, 2)
    };
    let syllable = 0xac00 + (lead * 21 + vowel) * 28 + tail;
    (char::from_u32(syllable).unwrap_or(first), taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_hash_whichever_way_it_is_read() {
        for word in [
            "a",
            "abcdefg",
            "ABCDEFGH",
            "abcdefghi",
            "0123456789abcdef",
            "Zz9",
        ] {
            let (hash, digit, len) = plain_word(format!("{word}-").as_bytes());
            assert_eq!(
                (hash, len),
                (hash_of(word.to_lowercase().as_bytes()), word.len())
            );
            assert_eq!(digit, word.contains(|c: char| c.is_ascii_digit()), "{word}");
            assert_eq!(plain_word(word.as_bytes()).2, word.len());
        }
        for byte in 0..=255u8 {
            let len = plain_word(&[byte, b'x']).2;
            assert_eq!(len == 2, byte.is_ascii_alphanumeric(), "byte {byte}");
        }
    }
}
