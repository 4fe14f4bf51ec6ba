//! Values as people read them: times, sizes, shortened text, records' fields.
//!
//! Which field is a headline, and which vocabulary labels it, is data: `data/interface/fields.toml`.

use crate::states;
use crate::words::Text;
use model::{RecordBody, Vocabularies};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Deepest nesting of a field that is shown; the model's types do not reach it.
const DEEPEST: usize = 6;

/// Key of whoever speaks where a document speaks for itself.
const OWN_VOICE: &str = "document";

/// How the headline of a kind is made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Headline {
    pub(crate) fields: Vec<String>,
    pub(crate) between: String,
    /// Only the first value of each field.
    #[serde(default)]
    pub(crate) first: bool,
}

/// `data/interface/fields.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fields {
    pub(crate) headlines: BTreeMap<String, Headline>,
    pub(crate) lists: BTreeMap<String, String>,
}

/// The shipped table of fields.
pub(crate) fn fields() -> &'static Fields {
    static FIELDS: OnceLock<Fields> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let text = include_str!("../../../data/interface/fields.toml");
        toml::from_str(text).expect("the shipped table of fields is read by a test")
    })
}

/// The shipped vocabularies.
///
/// # Panics
/// Never in a released program: a test of the model reads every list.
#[must_use]
pub fn vocabularies() -> &'static Vocabularies {
    static SHIPPED: OnceLock<Vocabularies> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        Vocabularies::shipped().expect("the shipped vocabularies are read by a test")
    })
}

/// The label of a code in the language of `text`.
#[must_use]
pub fn label(text: Text, list: &str, code: &str) -> String {
    vocabularies()
        .label(list, code, text.language().tag())
        .to_owned()
}

/// Milliseconds since 1970 as `2026-11-22 01:35`, UTC.
#[must_use]
pub fn time(milliseconds: u64) -> String {
    match timestamp(milliseconds) {
        Some(time) => time.strftime("%Y-%m-%d %H:%M").to_string(),
        None => "–".to_owned(),
    }
}

/// Milliseconds since 1970 as `2026-11-22`, UTC.
#[must_use]
pub fn day(milliseconds: u64) -> String {
    time(milliseconds).chars().take(10).collect()
}

fn timestamp(milliseconds: u64) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_millisecond(i64::try_from(milliseconds).ok()?).ok()
}

/// Bytes as `4.2 kB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let units = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1000.0;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1000.0;
        unit += 1;
    }
    match value < 10.0 {
        true => format!("{value:.1} {}", units[unit]),
        false => format!("{value:.0} {}", units[unit]),
    }
}

/// The first `longest` characters, cut at a word where one ends near.
#[must_use]
pub fn shorten(text: &str, longest: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(longest) else {
        return text.to_owned();
    };
    let kept = &text[..cut];
    let kept = match kept.rfind(char::is_whitespace) {
        Some(space) if space * 3 > cut * 2 => &kept[..space],
        _ => kept,
    };
    format!("{}…", kept.trim_end())
}

/// A value of a field, and the quotes that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The value in words.
    pub text: String,
    /// How it came about, or what limits it; may be empty.
    pub note: String,
    /// Positions in the record's quotes, from 0.
    pub quotes: Vec<usize>,
}

impl Shown {
    /// The numbers of its quotes, with spaces between.
    #[must_use]
    pub fn quote_numbers(&self) -> String {
        let numbers = self.quotes.iter().map(ToString::to_string);
        numbers.collect::<Vec<_>>().join(" ")
    }
}

/// The fields of a record that have a value, in the order of the model, with their values.
#[must_use]
pub fn values(body: &RecordBody, text: Text) -> Vec<(String, Vec<Shown>)> {
    let mut shown = Vec::new();
    if let RecordBody::Figure(figure) = body {
        let quotes = figure.least.quotes.iter().map(|&quote| usize::from(quote));
        let amount = Shown {
            text: amount(figure, text),
            note: String::new(),
            quotes: quotes.collect(),
        };
        shown.push(("amount".to_owned(), vec![amount]));
    }
    // The model's types always serialise; an empty object shows no field.
    let whole = serde_json::to_value(body).unwrap_or_default();
    let fields = whole.as_object().and_then(|kinds| kinds.values().next());
    for (name, value) in fields.and_then(Value::as_object).into_iter().flatten() {
        if matches!(
            name.as_str(),
            "least" | "most" | "approximate" | "direct" | "key" | "iso"
        ) {
            continue;
        }
        let list = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        let values: Vec<Shown> = list
            .iter()
            .map(|value| one(name, value, text))
            .filter(|shown| !shown.text.is_empty())
            .collect();
        if !values.is_empty() {
            shown.push((name.clone(), values));
        }
    }
    shown
}

fn one(field: &str, value: &Value, text: Text) -> Shown {
    let cited = value.get("quotes").and_then(Value::as_array);
    let inner = match cited {
        Some(_) => value.get("value").unwrap_or(value),
        None => value,
    };
    let quotes = cited.into_iter().flatten().filter_map(Value::as_u64);
    let note = inner.get("basis").and_then(Value::as_str);
    Shown {
        text: in_words(field, inner, text, 0),
        note: note
            .filter(|note| *note != "as written")
            .unwrap_or_default()
            .to_owned(),
        quotes: quotes.map(|quote| quote as usize).collect(),
    }
}

fn in_words(field: &str, value: &Value, text: Text, depth: usize) -> String {
    if depth > DEEPEST {
        return String::new();
    }
    if let Some(state) = value.as_object().and_then(state_of) {
        return states::name(text, state);
    }
    let join = |values: &mut dyn Iterator<Item = String>| {
        let parts: Vec<String> = values.filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    };
    match value {
        Value::String(code) => match fields().lists.get(field) {
            Some(list) => label(text, list, code),
            None => code.clone(),
        },
        Value::Array(items) => join(
            &mut items
                .iter()
                .map(|item| in_words(field, item, text, depth + 1)),
        ),
        // What a document asks or says in its own voice has no other name.
        Value::Object(object) if object.get("key").is_some_and(|key| key == OWN_VOICE) => {
            text.say("own-voice")
        }
        Value::Object(object) => {
            for name in ["name", "form", "date"] {
                if let Some(said) = object.get(name).and_then(Value::as_str) {
                    return said.to_owned();
                }
            }
            let shown = object.iter().filter(|(name, _)| {
                !matches!(
                    name.as_str(),
                    "key" | "kind" | "record" | "basis" | "one_to_one" | "mapping"
                )
            });
            join(&mut shown.map(|(name, item)| match (name.as_str(), item) {
                ("words", Value::String(words)) => format!("“{words}”"),
                _ => in_words(name, item, text, depth + 1),
            }))
        }
        Value::Number(number) => number
            .as_u64()
            .map_or_else(|| number.to_string(), |number| text.digits(number)),
        Value::Bool(_) | Value::Null => String::new(),
    }
}

/// The key of a state, where that is what is named: its name is known in every language.
fn state_of(object: &serde_json::Map<String, Value>) -> Option<&str> {
    let key = object.get("key").and_then(Value::as_str);
    key.filter(|key| key.starts_with("state:"))
}

/// The number of a figure: `52`, `≈ 200`, `80,000–120,000`, `≥ 240`.
#[must_use]
pub fn amount(figure: &model::Figure, text: Text) -> String {
    let about = if figure.approximate { "≈ " } else { "" };
    let least = thousandths(figure.least.value, text);
    match &figure.most {
        None => format!("≥ {least}"),
        Some(most) if most.value == figure.least.value => format!("{about}{least}"),
        Some(most) => format!("{about}{least}–{}", thousandths(most.value, text)),
    }
}

/// Thousandths as a decimal number: 1 500 is `1.5`.
fn thousandths(value: i64, text: Text) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let whole = text.digits(value.unsigned_abs() / 1000);
    match value.unsigned_abs() % 1000 {
        0 => format!("{sign}{whole}"),
        rest => format!(
            "{sign}{whole}.{}",
            format!("{rest:03}").trim_end_matches('0')
        ),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::words::Language;
    use model::RecordKind;
    use serde_json::json;

    #[test]
    fn states_and_own_voices_are_named_in_the_visitors_language() {
        let china = json!({ "kind": "state", "name": "China", "key": "state:CN" });
        let itself = json!({ "kind": "instrument", "name": "document", "key": "document" });
        let said = |value: &Value, language| in_words("caller", value, Text::of(language), 0);
        assert_eq!(said(&china, Language::English), "China");
        assert_eq!(said(&china, Language::Japanese), "中国");
        assert_eq!(said(&itself, Language::English), "the document itself");
    }

    #[test]
    fn every_kind_has_a_headline_and_every_list_exists() {
        for kind in RecordKind::ALL {
            assert!(
                fields().headlines.contains_key(kind.name()),
                "{}",
                kind.name()
            );
        }
        assert_eq!(fields().headlines.len(), RecordKind::ALL.len());
        for list in fields().lists.values() {
            assert!(vocabularies().list(list).is_some(), "{list}");
        }
    }

    #[test]
    fn text_is_cut_at_words_and_characters() {
        assert_eq!(shorten("short", 10), "short");
        assert_eq!(shorten("one two three four", 14), "one two three…");
        assert_eq!(shorten("가나다라마바사", 3), "가나다…");
    }

    #[test]
    fn sizes_and_times_are_plain() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(4_240), "4.2 kB");
        assert_eq!(size(1_000_000), "1.0 MB");
        assert_eq!(time(0), "1970-01-01 00:00");
        assert_eq!(time(u64::MAX), "–");
    }
}
