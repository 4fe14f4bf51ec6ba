//! Masked names in what programs get: JSON (RFC 8259) and tables of lines.
//!
//! Invariant: what was JSON stays JSON with the same shape: only letters within its strings change.

use super::line::{Line, Written};

/// Gives each line of a text without marks.
pub(super) fn lines(text: &str, each: &mut dyn FnMut(&Line)) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        each(&Line::of(line, at, Written::Plain));
        at += line.len();
    }
}

/// Gives each string of JSON.
pub(super) fn strings(json: &str, each: &mut dyn FnMut(&Line)) {
    let mut at = 0;
    while let Some(quote) = json[at..].find('"') {
        let from = at + quote + 1;
        let mut escaped = false;
        let ends = |byte: &u8| {
            let ends = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            ends
        };
        let to = json.as_bytes()[from..].iter().position(ends);
        let to = to.map_or(json.len(), |length| from + length);
        each(&Line::of(&json[from..to], from, Written::Json));
        at = (to + 1).min(json.len());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::mask::{Form, Mask};
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
            assert_eq!(mask.over(Form::Json, json, "").0, expected);
        }
        let (table, found) = mask.over(Form::Plain, "who,n\nKim Hye-suk,1\n", "");
        assert_eq!(table, "who,n\n▮▮▮ ▮▮▮▮▮▮▮,1\n");
        assert!(found > 0);
    }

    proptest! {
        #[test]
        fn json_keeps_its_shape(text in "[a-c \"\\\\/\n가u0-9▮]{0,40}", name in "[a-c가\"\\\\]{3,9}") {
            let mask = Mask::new([name.as_str()]).unwrap();
            let json = serde_json::json!([text.clone(), { text.as_str(): true }, 5]).to_string();
            let masked: serde_json::Value = serde_json::from_str(&mask.over(Form::Json, &json, "").0).unwrap();
            let string = masked[0].as_str().unwrap();
            prop_assert_eq!(string.chars().count(), text.chars().count());
        }

        #[test]
        fn nonsense_does_no_harm(text in "[a\"\\\\u0-9가{}:]{0,40}") {
            let _ = Mask::new(["aaaaaa", "가가가"]).unwrap().over(Form::Json, &text, "");
        }
    }
}
