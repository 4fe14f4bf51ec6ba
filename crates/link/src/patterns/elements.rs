//! Which records speak to which element of a crime: `data/patterns/elements.toml`, or a user's own.
//!
//! Rome Statute, article 7. Invariant: a file that names a term or a way of showing that does not
//! exist is not used.

use model::Vocabularies;
use serde::Deserialize;

const SHIPPED: &str = include_str!("../../../../data/patterns/elements.toml");
/// Ways in which a need is shown, beside `type:CODE`.
const WAYS: [&str; 16] = [
    "record",
    "event",
    "victim",
    "number",
    "perpetrator",
    "state-perpetrator",
    "person-perpetrator",
    "place",
    "date",
    "facility",
    "characteristic",
    "admitted",
    "involvement",
    "found",
    "finding",
    "standard",
];

/// A file of elements that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ElementsError {
    /// Not TOML, or a part is missing or misspelt.
    #[error("the elements cannot be read; they are as in data/patterns/elements.toml: {0}")]
    Malformed(String),
    /// A code that is in no vocabulary.
    #[error("the element `{element}` names `{code}`, which is no term of the vocabulary {list}")]
    NoTerm {
        /// The element.
        element: String,
        /// The code.
        code: String,
        /// The list.
        list: &'static str,
    },
    /// A way of showing that is not known.
    #[error("the element `{element}` has `{way}` in shown_by; write one of {}, or type:CODE", WAYS.join(", "))]
    NoWay {
        /// The element.
        element: String,
        /// What was written.
        way: String,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Needed {
    pub what: String,
    pub shown_by: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Element {
    pub code: String,
    pub direct: Vec<String>,
    pub related: Vec<String>,
    pub needs: Vec<Needed>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "element")]
    elements: Vec<Element>,
}

/// Which records speak to which element.
#[derive(Clone, Debug)]
pub struct Elements {
    pub(super) elements: Vec<Element>,
}

impl Elements {
    /// The mapping that is shipped.
    #[must_use]
    pub fn shipped(vocabularies: &Vocabularies) -> Self {
        Self::parse(SHIPPED, vocabularies).expect("a test reads the shipped elements")
    }

    /// Reads a mapping.
    ///
    /// # Errors
    /// When the text is not TOML, or names a term or a way of showing that does not exist.
    pub fn parse(text: &str, vocabularies: &Vocabularies) -> Result<Self, ElementsError> {
        let file: File =
            toml::from_str(text).map_err(|error| ElementsError::Malformed(error.to_string()))?;
        let has = |list: &str, code: &str| {
            let list = vocabularies.list(list);
            list.is_some_and(|list| list.term(code).is_some())
        };
        for element in &file.elements {
            let no_term = |code: &str, list: &'static str| ElementsError::NoTerm {
                element: element.code.clone(),
                code: code.to_owned(),
                list,
            };
            if !has("crime-element", &element.code) {
                return Err(no_term(&element.code, "crime-element"));
            }
            let ways = element.needs.iter().flat_map(|need| &need.shown_by);
            let of_type = ways.clone().filter_map(|way| way.strip_prefix("type:"));
            let types = element
                .direct
                .iter()
                .chain(&element.related)
                .map(String::as_str);
            if let Some(code) = types.chain(of_type).find(|code| !has("violation", code)) {
                return Err(no_term(code, "violation"));
            }
            let mut ways = ways.filter(|way| !way.starts_with("type:"));
            if let Some(way) = ways.find(|way| !WAYS.contains(&way.as_str())) {
                return Err(ElementsError::NoWay {
                    element: element.code.clone(),
                    way: way.clone(),
                });
            }
        }
        Ok(Self {
            elements: file.elements,
        })
    }
}
