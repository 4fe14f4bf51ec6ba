//! The language of the clean text: by its script where that decides, else by its runs of three
//! letters and its small words, checked against what the document declares.

use super::Page;
use super::trigrams::{Alphabet, scores};
use crate::facts::{Facts, found};

/// Bytes of clean text that are looked at.
const SAMPLE: usize = 1500;
/// Letters below which runs of letters are not asked.
const ENOUGH: usize = 24;

pub(super) fn settle(page: &Page<'_, '_>, facts: &mut Facts) {
    let sample = sample(page);
    let detected = detect(&sample);
    let declared = facts
        .language
        .take()
        .and_then(|found| Some((tag(&found.value)?, found)));
    facts.language = match (declared, detected) {
        (Some((tag, declared)), Some((code, _))) if primary(&tag) == code => Some(model::Found {
            value: tag,
            basis: format!("{}, and the text agrees", declared.basis),
            span: declared.span,
        }),
        (Some((tag, declared)), Some((code, true))) => {
            facts.remarks.push(format!(
                "The document declares the language {tag} ({}), but its text is in {code}.",
                declared.basis
            ));
            Some(found(code.to_owned(), "detected in the text"))
        }
        (Some((tag, declared)), _) => Some(model::Found {
            value: tag,
            ..declared
        }),
        (None, Some((code, _))) => Some(found(code.to_owned(), "detected in the text")),
        (None, None) => None,
    };
}

fn sample(page: &Page<'_, '_>) -> String {
    let mut sample = String::new();
    for index in 0..page.len() {
        if page.is_clean(index) {
            sample.push_str(page.draft.text_at(index));
            sample.push('\n');
            if sample.len() > SAMPLE {
                break;
            }
        }
    }
    let mut end = sample.len().min(2 * SAMPLE);
    while !sample.is_char_boundary(end) {
        end -= 1;
    }
    sample.truncate(end);
    sample
}

/// The ISO 639-1 code of the text's language, and whether it is sure enough to contradict what
/// the document declares.
pub(super) fn detect(text: &str) -> Option<(&'static str, bool)> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 8 {
        return None;
    }
    let here = |from: char, to: char| text.chars().filter(|c| (from..=to).contains(c)).count();
    let share = |from: char, to: char| here(from, to) * 10 >= letters * 3;
    if share('\u{ac00}', '\u{d7a3}') {
        return Some(("ko", true));
    }
    if here('\u{3040}', '\u{30ff}') * 20 >= letters {
        return Some(("ja", true));
    }
    if share('\u{4e00}', '\u{9fff}') {
        return Some(("zh", true));
    }
    if letters < ENOUGH {
        return None;
    }
    let own = OWN_LETTERS
        .iter()
        .find(|(from, to, _)| here(*from, *to) * 2 > letters);
    if let Some((_, _, code)) = own {
        return Some((code, true));
    }
    if here('\u{400}', '\u{52f}') * 2 > letters {
        if is_belarusian(text, letters) {
            return Some(("be", true));
        }
        return by_runs(text, letters, Alphabet::Cyrillic);
    }
    if here('\u{600}', '\u{6ff}') * 2 > letters {
        return by_runs(text, letters, Alphabet::Arabic);
    }
    let latin =
        here('a', 'z') + here('A', 'Z') + here('\u{c0}', '\u{24f}') + here('\u{1e00}', '\u{1eff}');
    if latin * 2 > letters {
        return by_runs(text, letters, Alphabet::Latin);
    }
    None
}

/// Letters from which on the best guess counts although it is not sure.
const GUESSED: usize = 70;
/// How far ahead of all others a language is to be sure, and to be named for a short text: in
/// quarters of the natural logarithm. Measured: at 32, 4 of 1,000 texts of 100 characters are wrong.
const SURE: u32 = 32;
const AHEAD: u32 = 16;

/// The language that the runs of letters speak for.
fn by_runs(text: &str, letters: usize, alphabet: Alphabet) -> Option<(&'static str, bool)> {
    let ranked = scores(text, alphabet);
    let [(most, code), (next, _), ..] = *ranked.as_slice() else {
        return None;
    };
    // Names, codes and languages that no list holds look like none.
    if (most as usize) < 3 * letters {
        return None;
    }
    let ahead = most - next;
    let enough = if NEIGHBOURS.contains(&code) {
        2 * SURE
    } else {
        SURE
    };
    if ahead >= enough {
        return Some((code, true));
    }
    if letters < GUESSED && ahead < AHEAD {
        return None;
    }
    let known = ranked
        .iter()
        .find(|(_, code)| !NEIGHBOURS.contains(code))
        .map_or(code, |(_, code)| code);
    Some((known, false))
}

/// Belarusian writes no И, and it alone writes Ў.
fn is_belarusian(text: &str, letters: usize) -> bool {
    let without = !text.contains(['и', 'И', 'щ', 'ї', 'є', 'ъ']);
    text.contains('ў') || (without && letters >= 40)
}

/// Languages that are told apart so that their texts are not taken for another's; named only
/// where that is doubly sure.
const NEIGHBOURS: &[&str] = &[
    "af", "ca", "cy", "et", "hr", "lt", "lv", "no", "sk", "sl", "so", "sq", "sw", "tl", "mk",
];

/// Letters that one language writes, among those that are told apart: first, last, language.
const OWN_LETTERS: &[(char, char, &str)] = &[
    ('\u{590}', '\u{5ff}', "he"),
    ('\u{370}', '\u{3ff}', "el"),
    ('\u{900}', '\u{97f}', "hi"),
    ('\u{980}', '\u{9ff}', "bn"),
    ('\u{b80}', '\u{bff}', "ta"),
    ('\u{e00}', '\u{e7f}', "th"),
    ('\u{1000}', '\u{109f}', "my"),
    ('\u{1200}', '\u{137f}', "am"),
    ('\u{1780}', '\u{17ff}', "km"),
];

/// A declared language as a tag: `en_US` → `en-US`; nothing that is no tag.
fn tag(value: &str) -> Option<String> {
    let tag = value.trim().replace('_', "-");
    let primary = primary(&tag);
    let fits = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && tag.len() <= 35
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then_some(tag)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_decides_where_it_can() {
        assert_eq!(
            detect("유엔 인권이사회는 결의를 채택하였다"),
            Some(("ko", true))
        );
        assert_eq!(detect("国連人権理事会は決議を採択した"), Some(("ja", true)));
        assert_eq!(detect("联合国人权理事会通过了决议"), Some(("zh", true)));
    }

    #[test]
    fn labels_without_small_words_are_told_too() {
        let labels = "Color choices Edit alt text (image description) Add alt text Write your description here";
        assert_eq!(detect(labels).map(|(code, _)| code), Some("en"));
        let labels = "Павярнуць па сонцу Павярнуць супраць сонца Уключыць прыладу выбару тэксту";
        assert_eq!(detect(labels), Some(("be", true)));
        assert_eq!(detect("xqzt vkrw pqlm zzgh wrtk bnmv qwsd fghj klzx"), None);
    }

    #[test]
    fn a_neighbour_is_named_only_where_it_is_sure() {
        let slovak = "Ľudia utekali cez rieku, pretože nemali čo jesť. Svedkovia povedali komisii, že \
                      strážcovia ich bili a že nikto nebol potrestaný za to, čo sa stalo v tábore.";
        assert_eq!(detect(slovak), Some(("sk", true)));
        let czech = "Lidé utíkali přes řeku, protože neměli co jíst. Svědkové řekli komisi, že je \
                     strážci bili a že nikdo nebyl potrestán za to, co se stalo v táboře.";
        assert_eq!(detect(czech), Some(("cs", true)));
    }

    #[test]
    fn words_decide_among_latin_languages() {
        let english = "The Human Rights Council decided to establish a commission of inquiry.";
        let french = "Le Conseil des droits de l’homme a décidé de créer une commission d’enquête.";
        assert_eq!(detect(english), Some(("en", true)));
        assert_eq!(detect(french), Some(("fr", true)));
        assert_eq!(detect("Camp 15"), None);
    }
}
