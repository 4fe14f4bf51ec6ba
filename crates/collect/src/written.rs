//! Values as people write them, made values as the formats write them.

use crate::correct::CorrectError;
use crate::fields::{Field, Shape};
use model::{Edtf, EntityKind, Vocabularies};
use serde_json::{Value, json};

/// A value as the formats write it, from what a person wrote; `now` is what the field holds.
///
/// # Errors
/// When it is no value of the field's shape.
pub(crate) fn written(
    field: &Field,
    given: &Value,
    now: Option<&Value>,
) -> Result<Value, CorrectError> {
    let text = match given {
        Value::String(text) => text.trim(),
        // As the formats write it already; whether it fits is seen when the record is read back.
        other if field.shape != Shape::Code => return Ok(other.clone()),
        _ => "",
    };
    let wrong = |why: &str| CorrectError::Value {
        field: field.name.clone(),
        value: text.chars().take(80).collect(),
        why: why.to_owned(),
    };
    if text.is_empty() {
        return Err(wrong("it is empty"));
    }
    let who = || entity(field, text, now);
    Ok(match field.shape {
        Shape::Code => {
            let list = field.list.as_deref().unwrap_or_default();
            check_code(list, text).map_err(|why| wrong(&why))?;
            json!(text)
        }
        Shape::Words => json!(text),
        Shape::Date => {
            let date: Edtf = text
                .parse()
                .map_err(|_| wrong("write 2013, 2013-03, 2013-03-21, 1998~ or 2013-03/2014-02"))?;
            json!({"date": date.to_string(), "basis": "as a person read it"})
        }
        Shape::Entity => who(),
        Shape::Victim | Shape::Perpetrator | Shape::Participant => json!({"who": who()}),
        Shape::Attribution => json!({"speaker": who(), "words": ""}),
        Shape::Name => json!({"form": text}),
        Shape::StateOfCase => json!({"status": text}),
        Shape::Number => {
            json!(
                text.parse::<u64>()
                    .map_err(|_| wrong("write a whole number"))?
            )
        }
        Shape::Thousandths => json!(
            thousandths(text)
                .ok_or_else(|| { wrong("write a number with at most three decimals") })?
        ),
        Shape::Flag => match text {
            "yes" | "true" => json!(true),
            "no" | "false" => json!(false),
            _ => return Err(wrong("say yes or no")),
        },
    })
}

/// Somebody or something: `kind:name`, or a name of the field's own kind. One that the record names
/// already stays as it is, key and all.
fn entity(field: &Field, text: &str, now: Option<&Value>) -> Value {
    let of_kind = |name: &str| serde_json::from_value::<EntityKind>(json!(name)).is_ok();
    let (kind, name) = match text.split_once(':') {
        Some((kind, name)) if of_kind(kind) && !name.trim().is_empty() => (kind, name.trim()),
        _ => (field.entity.as_deref().unwrap_or("group"), text),
    };
    let known = now.and_then(|now| named(now, name));
    known.unwrap_or_else(|| json!({"kind": kind, "name": name}))
}

/// The entity of that name among the values of a field.
fn named(now: &Value, name: &str) -> Option<Value> {
    let values = match now {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    let entities = values.iter().map(|cited| {
        let value = &cited["value"];
        let inner = ["who", "speaker"]
            .into_iter()
            .find_map(|key| value.get(key));
        inner.unwrap_or(value)
    });
    let mut same = entities.filter(|entity| entity["name"] == name);
    same.next().cloned()
}

fn check_code(list: &str, code: &str) -> Result<(), String> {
    let lists = Vocabularies::shipped().map_err(|error| error.to_string())?;
    let list = lists
        .list(list)
        .ok_or_else(|| format!("there is no vocabulary {list}"))?;
    match list.term(code) {
        Some(_) => Ok(()),
        None => Err(format!("it is no code of the vocabulary `{}`", list.id)),
    }
}

/// A decimal number in thousandths.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if unsigned.is_empty() || part.len() > 3 || !digits(unsigned) || !digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    let whole_part: i64 = unsigned.parse().ok()?;
    let all = whole_part.checked_mul(1000)?.checked_add(part)?;
    Some(if whole.starts_with('-') { -all } else { all })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_in_thousandths() {
        let good = [
            ("1.5", 1_500),
            ("70000", 70_000_000),
            ("-0.25", -250),
            ("0", 0),
        ];
        for (text, expected) in good {
            assert_eq!(thousandths(text), Some(expected), "{text}");
        }
        for wrong in [
            "",
            ".",
            "1.2345",
            "1,000",
            "+1",
            "--1",
            "9223372036854775807",
        ] {
            assert_eq!(thousandths(wrong), None, "{wrong}");
        }
    }
}
