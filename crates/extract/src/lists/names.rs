//! Names as cells hold them: several in one cell, in several scripts, surname told apart by a
//! comma or by capitals.
//!
//! Invariant: every form is a stretch of the cell, letter for letter; only a name in two columns
//! is put together.

use super::cells::Cell;
use super::data::{LISTS, is_unspaced};
use model::Name;

/// Most names that one cell is cut into.
const MOST: usize = 32;

/// The names of one cell, each with its stretch: `Kim Hye Suk (김혜숙)` is two.
pub(super) fn one<'r>(cell: &Cell<'r>) -> Vec<(Name, Cell<'r>)> {
    let mut names = Vec::new();
    let mut rest = cell.text;
    while names.len() < MOST
        && let Some(open) = rest.find(['(', '（', '[', '［', '<'])
    {
        let (before, after) = rest.split_at(open);
        let after = &after[after.chars().next().map_or(0, char::len_utf8)..];
        let close = after
            .find([')', '）', ']', '］', '>'])
            .unwrap_or(after.len());
        push(&mut names, cell, before);
        let inner = &after[..close];
        // Hangul and Hanja stand side by side in brackets; a comma in a Latin name is its own.
        let commas: &[char] = if inner.contains(is_unspaced) {
            &[',', '，', '、', '/']
        } else {
            &[]
        };
        for part in inner.split(commas) {
            push(&mut names, cell, part);
        }
        let closing = after[close..].chars().next().map_or(0, char::len_utf8);
        rest = &after[close + closing..];
    }
    push(&mut names, cell, rest);
    names
}

/// The names of a cell that may hold several, between semicolons, slashes or line ends.
pub(super) fn several<'r>(cell: &Cell<'r>) -> Vec<(Name, Cell<'r>)> {
    let parts = cell.text.split([';', '/', '、', '；', '／']);
    let names = parts.flat_map(|part| one(&cell.part(part)));
    names.take(MOST).collect()
}

fn push<'r>(names: &mut Vec<(Name, Cell<'r>)>, cell: &Cell<'r>, part: &'r str) {
    let part = part.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '"' | '“' | '”' | '\'')
    });
    let part = ["a.k.a. ", "aka ", "alias "]
        .into_iter()
        .find_map(|word| part.strip_prefix(word))
        .unwrap_or(part);
    if LISTS.is_blank(part) || !part.chars().any(char::is_alphabetic) {
        return;
    }
    names.push((name(part), cell.part(part)));
}

/// A written form with what its letters tell.
pub(super) fn name(form: &str) -> Name {
    Name {
        form: form.to_owned(),
        script: script(form).map(str::to_owned),
        romanisation: None,
        surname_first: surname_first(form),
    }
}

/// A name in two columns, as one form: `김혜숙`, `横田 めぐみ`, `Kim, Hye Suk`.
pub(super) fn joined(surname: &str, given: &str) -> Name {
    let form = match (script(surname), script(given)) {
        (Some("Hang"), Some("Hang")) => format!("{surname}{given}"),
        (Some("Hani" | "Jpan" | "Hira" | "Kana"), Some("Hani" | "Jpan" | "Hira" | "Kana")) => {
            format!("{surname} {given}")
        }
        _ => format!("{surname}, {given}"),
    };
    Name {
        script: script(&form).map(str::to_owned),
        form,
        romanisation: None,
        surname_first: Some(true),
    }
}

/// The script of a name, by ISO 15924; `None` when its letters are of several that do not belong
/// together.
pub(super) fn script(text: &str) -> Option<&'static str> {
    let mut found: Option<&'static str> = None;
    for letter in text.chars().filter(|c| c.is_alphabetic()) {
        let script = match letter {
            'ー' => continue,
            '\u{3040}'..='\u{309f}' => "Hira",
            '\u{30a0}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}' => "Kana",
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}' => "Hang",
            '々'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => "Hani",
            '\u{400}'..='\u{52f}' => "Cyrl",
            'a'..='z'
            | 'A'..='Z'
            | '\u{aa}'
            | '\u{ba}'
            | '\u{c0}'..='\u{24f}'
            | '\u{1e00}'..='\u{1eff}' => "Latn",
            _ => return None,
        };
        found = match (found, script) {
            (None, script) => Some(script),
            (Some(before), script) if before == script => Some(script),
            (Some("Hani" | "Hira" | "Kana" | "Jpan"), "Hani" | "Hira" | "Kana") => Some("Jpan"),
            _ => return None,
        };
    }
    found
}

/// Whether the surname stands first, where the form itself tells: East Asian scripts, a comma, or
/// one word in capitals.
fn surname_first(form: &str) -> Option<bool> {
    if form.chars().any(is_unspaced) || form.contains([',', '，']) {
        // Foreign names in Kana have their given name first, with a dot between.
        return (!form.contains(['・', '･'])).then_some(true);
    }
    let words: Vec<&str> = form.split_whitespace().collect();
    let is_capital = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && !word.chars().any(char::is_lowercase)
    };
    let (first, last) = (words.first()?, words.last()?);
    match (is_capital(first), is_capital(last)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Span;

    fn cell(text: &str) -> Cell<'_> {
        let span = Span::new(100, 100 + text.chars().count() as u32);
        Cell {
            column: 0,
            span,
            text,
        }
    }

    fn shown(names: &[(Name, Cell<'_>)]) -> Vec<(String, u32)> {
        names
            .iter()
            .map(|(name, cell)| (name.form.clone(), cell.span.start))
            .collect()
    }

    #[test]
    fn a_cell_may_hold_a_name_in_two_scripts_or_several_names() {
        let names = one(&cell("Kim Hye Suk (김혜숙, 金惠淑)"));
        assert_eq!(
            shown(&names),
            [
                ("Kim Hye Suk".to_owned(), 100),
                ("김혜숙".to_owned(), 113),
                ("金惠淑".to_owned(), 118)
            ]
        );
        let names = several(&cell("Lee; 이영희 / \"Ri\""));
        assert_eq!(
            shown(&names),
            [
                ("Lee".to_owned(), 100),
                ("이영희".to_owned(), 105),
                ("Ri".to_owned(), 112)
            ]
        );
        assert!(one(&cell("unknown")).is_empty());
        assert!(one(&cell("123")).is_empty());
    }

    #[test]
    fn scripts_and_order_are_told_by_the_letters() {
        for (form, script, first) in [
            ("김혜숙", Some("Hang"), Some(true)),
            ("金惠淑", Some("Hani"), Some(true)),
            ("横田めぐみ", Some("Jpan"), Some(true)),
            ("チャールズ・ジェンキンス", Some("Kana"), None),
            ("Megumi YOKOTA", Some("Latn"), Some(false)),
            ("YOKOTA Megumi", Some("Latn"), Some(true)),
            ("Kim, Hye Suk", Some("Latn"), Some(true)),
            ("Kim Hye Suk", Some("Latn"), None),
            ("Kim 혜숙", None, Some(true)),
        ] {
            let name = name(form);
            assert_eq!(
                (name.script.as_deref(), name.surname_first),
                (script, first),
                "{form}"
            );
        }
        assert_eq!(joined("김", "혜숙").form, "김혜숙");
        assert_eq!(joined("横田", "めぐみ").form, "横田 めぐみ");
        assert_eq!(joined("Kim", "Hye Suk").form, "Kim, Hye Suk");
    }
}
