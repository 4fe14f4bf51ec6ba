//! Masked names in what programs get: JSON (RFC 8259) and tables of lines.
//!
//! Invariant: what was JSON stays JSON with the same shape: only letters within its strings change.

use super::{Letter, Line, Mask};

impl Mask {
    /// JSON with every name in its strings masked, and how many were.
    #[must_use]
    pub fn json(&self, json: &str) -> (String, usize) {
        match self.is_empty() {
            true => (json.to_owned(), 0),
            false => self.hide(json, &strings(json)),
        }
    }

    /// Plain lines, such as a table as CSV, with every name masked, and how many were.
    #[must_use]
    pub fn lines(&self, text: &str) -> (String, usize) {
        if self.is_empty() {
            return (text.to_owned(), 0);
        }
        let mut runs = vec![(Line::default(), Vec::new())];
        for (from, letter) in text.char_indices() {
            if letter == '\n' {
                runs.push((Line::default(), Vec::new()));
            } else if let Some((line, letters)) = runs.last_mut() {
                line.push(letter);
                let to = from + letter.len_utf8();
                letters.push(Letter { from, to });
            }
        }
        self.hide(text, &runs)
    }
}

/// The strings of a JSON text, each a line; an escape is one letter.
fn strings(json: &str) -> Vec<(Line, Vec<Letter>)> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(open) = json[at..].find('"') {
        let (mut line, mut letters) = (Line::default(), Vec::new());
        at += open + 1;
        while let Some(letter) = json[at..].chars().next() {
            if letter == '"' {
                at += 1;
                break;
            }
            let (letter, length) = match letter {
                '\\' => escaped(&json[at..]),
                _ => (letter, letter.len_utf8()),
            };
            line.push(letter);
            letters.push(Letter {
                from: at,
                to: at + length,
            });
            at += length;
        }
        if !letters.is_empty() {
            all.push((line, letters));
        }
    }
    all
}

/// The letter that an escape stands for, and its bytes. Halves of a pair stand for nothing here: no
/// name has such letters.
fn escaped(text: &str) -> (char, usize) {
    let mut letters = text.char_indices().skip(1);
    let Some((_, kind)) = letters.next() else {
        return ('\\', 1);
    };
    let hex = text.get(2..6).filter(|_| kind == 'u');
    let code = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok());
    match (code, kind) {
        (Some(code), _) => (char::from_u32(code).unwrap_or('\u{fffd}'), 6),
        (None, 'n' | 'r' | 't' | 'f' | 'b') => (' ', 2),
        (None, other) => (other, 1 + other.len_utf8()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_masked_within_strings_only() {
        let mask = Mask::new(["Kim Hye-suk", "O'Brien \"Pat\"", "김혜숙"]).unwrap();
        for (json, expected) in [
            (
                r#"{"name":"KIM Hye-suk said","id":7}"#,
                r#"{"name":"▮▮▮ ▮▮▮▮▮▮▮ said","id":7}"#,
            ),
            (r#"["O'Brien \"Pat\" x"]"#, r#"["▮▮▮▮▮▮▮ ▮▮▮▮▮ x"]"#),
            (r#"["\uae40혜숙은"]"#, r#"["▮▮▮은"]"#),
            (r#"["Kim","Hye-suk"]"#, r#"["Kim","Hye-suk"]"#),
        ] {
            assert_eq!(mask.json(json).0, expected);
        }
        let (table, found) = mask.lines("who,n\nKim Hye-suk,1\n");
        assert_eq!((table.as_str(), found), ("who,n\n▮▮▮ ▮▮▮▮▮▮▮,1\n", 1));
    }

    proptest! {
        #[test]
        fn json_keeps_its_shape(text in "[a-c \"\\\\/\n가u0-9▮]{0,40}", name in "[a-c가\"\\\\]{3,9}") {
            let mask = Mask::new([name.as_str()]).unwrap();
            let json = serde_json::json!([text.clone(), { text.as_str(): true }, 5]).to_string();
            let masked: serde_json::Value = serde_json::from_str(&mask.json(&json).0).unwrap();
            let string = masked[0].as_str().unwrap();
            prop_assert_eq!(string.chars().count(), text.chars().count());
        }

        #[test]
        fn nonsense_does_no_harm(text in "[a\"\\\\u0-9가{}:]{0,40}") {
            let _ = Mask::new(["aaaaaa", "가가가"]).unwrap().json(&text);
        }
    }
}
