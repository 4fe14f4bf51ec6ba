//! Writes a Korean name in Latin letters, in four systems.
//!
//! Invariant: the surname stands first and apart. Revised Romanization (2000) and the DPRK's (1992)
//! write given names syllable by syllable; McCune–Reischauer (1939) writes what is heard, so a
//! consonant between voiced sounds is voiced and neighbours change each other.

use super::hangul::{
    CODA_LETTERS, ONSET_LETTERS, ONSET_NONE, Syllable, VOWEL_LETTERS, southern_initial,
};
use super::letters::System;
use super::lexicon::{LEXICON, Lexicon};

/// Writes a name in Hangul, such as `김혜숙`, in Latin letters. What is no Hangul is left out; a
/// single syllable is taken as a given name. At most sixteen syllables are written.
///
/// ```
/// use onrecord_link::names::{System, romanise};
/// assert_eq!(romanise("김혜숙", System::McCuneReischauer), "Kim Hyesuk");
/// assert_eq!(romanise("이정은", System::Dprk), "Ri Jong Un");
/// ```
#[must_use]
pub fn romanise(hangul: &str, system: System) -> String {
    let lexicon: &Lexicon = &LEXICON;
    let syllables: Vec<char> = hangul
        .chars()
        .filter(|c| Syllable::of(*c).is_some())
        .take(16)
        .collect();
    let length = surname_length(lexicon, &syllables);
    let (surname, given) = syllables.split_at(length);
    let surname: String = surname.iter().collect();
    let written = [
        write_surname(lexicon, &surname, system),
        write_given(lexicon, given, system),
    ];
    let written: Vec<String> = written
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    written.join(" ")
}

/// How many syllables are the surname.
fn surname_length(lexicon: &Lexicon, syllables: &[char]) -> usize {
    let two: String = syllables.iter().take(2).collect();
    match syllables.len() {
        0 | 1 => 0,
        2 => 1,
        _ if two.chars().count() == 2 && lexicon.surname(&two).is_some() => 2,
        _ => 1,
    }
}

fn write_surname(lexicon: &Lexicon, surname: &str, system: System) -> String {
    let row = lexicon
        .surname(surname)
        .map(|row| &lexicon.surnames[usize::from(row)]);
    if let (System::Everyday, Some(row)) = (system, row)
        && let Some(usual) = row.usual.as_deref()
    {
        return usual.to_owned();
    }
    let form = match (system, row) {
        (System::Dprk, Some(row)) => row.north.as_str(),
        (System::RevisedRomanization | System::Everyday, Some(row)) => row.south.as_str(),
        _ => surname,
    };
    // Kept by both systems although their rules give I.
    if form == "이" && system == System::McCuneReischauer {
        return "Yi".to_owned();
    }
    let syllables: Vec<Syllable> = form.chars().filter_map(Syllable::of).collect();
    capitalised(&match system {
        System::McCuneReischauer => as_heard(lexicon, &syllables),
        _ => syllables
            .iter()
            .map(|s| lexicon.letters.alone(*s, system))
            .collect(),
    })
}

fn write_given(lexicon: &Lexicon, given: &[char], system: System) -> String {
    let law_of_initials = system != System::Dprk;
    let initial = |(at, c): (usize, &char)| {
        Syllable::of(if at == 0 && law_of_initials {
            southern_initial(*c)
        } else {
            *c
        })
    };
    let syllables: Vec<Syllable> = given.iter().enumerate().filter_map(initial).collect();
    let alone = |s: &Syllable| match lexicon
        .syllable(s.compose())
        .filter(|_| system == System::Everyday)
    {
        Some(row) => lexicon.syllables[usize::from(row)].usual.clone(),
        None => lexicon.letters.alone(*s, system),
    };
    let parts: Vec<String> = syllables.iter().map(alone).collect();
    match system {
        System::McCuneReischauer => capitalised(&as_heard(lexicon, &syllables)),
        System::RevisedRomanization => capitalised(&parts.concat()),
        System::Dprk => {
            let parts: Vec<String> = parts.iter().map(|part| capitalised(part)).collect();
            parts.join(" ")
        }
        System::Everyday => capitalised(&parts.join("-")),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// A given name in McCune–Reischauer, in small letters.
pub(super) fn written_as_heard(hangul: &str) -> String {
    let initial = |(at, c)| Syllable::of(if at == 0 { southern_initial(c) } else { c });
    let syllables: Vec<Syllable> = hangul.chars().enumerate().filter_map(initial).collect();
    as_heard(&LEXICON, &syllables)
}

/// McCune–Reischauer: what is heard, syllables run together.
fn as_heard(lexicon: &Lexicon, syllables: &[Syllable]) -> String {
    let mut text = String::new();
    for (at, syllable) in syllables.iter().enumerate() {
        let [onset, vowel, coda] = lexicon.letters.of(*syllable);
        let onset_letter = ONSET_LETTERS[usize::from(syllable.onset)];
        match at.checked_sub(1).map(|before| syllables[before]) {
            None => text.push_str(&onset.mccune),
            Some(before) => {
                let before_coda = CODA_LETTERS[usize::from(before.coda)];
                text.push_str(joint(before_coda, onset_letter).unwrap_or(&onset.mccune));
            }
        }
        // Without the dieresis, a-e would be read as ae.
        let e_alone =
            syllable.onset == ONSET_NONE && VOWEL_LETTERS[usize::from(syllable.vowel)] == 'ㅔ';
        text.push_str(if e_alone && text.ends_with(['a', 'o']) {
            "ë"
        } else {
            &vowel.mccune
        });
        if at + 1 == syllables.len() {
            text.push_str(&coda.mccune);
        }
    }
    text
}

/// What is written where a coda meets an onset: both of them. `None`: nothing before, and the onset
/// as it stands alone.
fn joint(coda: char, onset: char) -> Option<&'static str> {
    // One row a coda: before ㅇ ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅅ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ.
    const ONSETS: &str = "ㅇㄱㄴㄷㄹㅁㅂㅅㅈㅊㅋㅌㅍㅎ";
    const NONE: [&str; 14] = [
        "", "g", "n", "d", "r", "m", "b", "s", "j", "ch'", "k'", "t'", "p'", "h",
    ];
    const K: [&str; 14] = [
        "g", "kk", "ngn", "kt", "ngn", "ngm", "kp", "ks", "kch", "kch'", "kk'", "kt'", "kp'", "kh",
    ];
    const N: [&str; 14] = [
        "n", "n'g", "nn", "nd", "ll", "nm", "nb", "ns", "nj", "nch'", "nk'", "nt'", "np'", "nh",
    ];
    const L: [&str; 14] = [
        "r", "lg", "ll", "lt", "ll", "lm", "lb", "ls", "lch", "lch'", "lk'", "lt'", "lp'", "rh",
    ];
    const M: [&str; 14] = [
        "m", "mg", "mn", "md", "mn", "mm", "mb", "ms", "mj", "mch'", "mk'", "mt'", "mp'", "mh",
    ];
    const P: [&str; 14] = [
        "b", "pk", "mn", "pt", "mn", "mm", "pp", "ps", "pch", "pch'", "pk'", "pt'", "pp'", "ph",
    ];
    const NG: [&str; 14] = [
        "ng", "ngg", "ngn", "ngd", "ngn", "ngm", "ngb", "ngs", "ngj", "ngch'", "ngk'", "ngt'",
        "ngp'", "ngh",
    ];
    const T: [&str; 14] = [
        "d", "tk", "nn", "tt", "nn", "nm", "tp", "ss", "tch", "tch'", "tk'", "tt'", "tp'", "th",
    ];
    let at = ONSETS.chars().position(|c| c == onset)?;
    let row = match coda {
        ' ' => NONE,
        'ㄱ' | 'ㅋ' => K,
        'ㄴ' => N,
        'ㄹ' => L,
        'ㅁ' => M,
        'ㅂ' | 'ㅍ' => P,
        'ㅇ' => NG,
        _ => T,
    };
    Some(row[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(hangul: &str) -> [String; 4] {
        System::ALL.map(|system| romanise(hangul, system))
    }

    #[test]
    fn names_in_four_systems() {
        for (hangul, spellings) in [
            (
                "김정은",
                ["Gim Jeongeun", "Kim Chŏngŭn", "Kim Jong Un", "Kim Jung-eun"],
            ),
            (
                "리영호",
                ["I Yeongho", "Ri Yŏngho", "Ri Yong Ho", "Lee Young-ho"],
            ),
            (
                "이순신",
                ["I Sunsin", "Yi Sunsin", "Ri Sun Sin", "Lee Soon-shin"],
            ),
            (
                "박근혜",
                ["Bak Geunhye", "Pak Kŭnhye", "Pak Kun Hye", "Park Keun-hye"],
            ),
            (
                "최철수",
                [
                    "Choe Cheolsu",
                    "Ch'oe Ch'ŏlsu",
                    "Choe Chol Su",
                    "Choi Chul-soo",
                ],
            ),
            ("한길", ["Han Gil", "Han Kil", "Han Kil", "Han Gil"]),
        ] {
            assert_eq!(all(hangul), spellings, "{hangul}");
        }
    }

    #[test]
    fn mccune_reischauer_writes_what_is_heard() {
        for (hangul, heard) in [
            ("김한길", "Kim Han'gil"),
            ("최종락", "Ch'oe Chongnak"),
            ("박복란", "Pak Pongnan"),
            ("김백만", "Kim Paengman"),
            ("강일룡", "Kang Illyong"),
            ("남궁옥분", "Namgung Okpun"),
            ("로옥희", "Ro Okhŭi"),
            ("김일성", "Kim Ilsŏng"),
            ("김갑용", "Kim Kabyong"),
        ] {
            assert_eq!(
                romanise(hangul, System::McCuneReischauer),
                heard,
                "{hangul}"
            );
        }
    }

    #[test]
    fn what_is_no_hangul_is_left_out() {
        assert_eq!(romanise("", System::Dprk), "");
        assert_eq!(romanise("Kim 1", System::Dprk), "");
        assert_eq!(romanise("숙", System::Dprk), "Suk");
    }
}
