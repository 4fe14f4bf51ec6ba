//! Why a record was proposed: the rule that fired, as a sentence with the words it fired on.
//!
//! Which rule says what is data: `data/interface/rules.toml`. Invariant: a rule that is not in the
//! table still gets a true sentence, one that says less.

use crate::card::Field;
use crate::show;
use crate::words::Text;
use model::{ProposedBy, Record};
use serde::Deserialize;
use std::sync::OnceLock;

/// Longest quote in the sentence, in characters.
const QUOTE: usize = 90;

/// A line of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rule: String,
    says: String,
    #[serde(default)]
    by: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    why: Vec<Line>,
}

fn table() -> &'static [Line] {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let text = include_str!("../../../data/interface/rules.toml");
        toml::from_str(text).expect("the shipped table of rules is read by a test")
    });
    &table.why
}

/// Whether the parts of a rule's name fit those of a line; `*` fits one or more.
fn fits(pattern: &[&str], name: &[&str]) -> bool {
    let Some((star, rest)) = pattern.split_first() else {
        return name.is_empty();
    };
    match (*star == "*", name.split_first()) {
        (true, Some(_)) if rest.is_empty() => true,
        // One star at most stands before other parts: what follows it must end the name.
        (true, Some(_)) => name.len() > rest.len() && name[name.len() - rest.len()..] == *rest,
        (false, Some((first, after))) => star == first && fits(rest, after),
        (_, None) => false,
    }
}

fn line(rule: &str) -> Option<&'static Line> {
    let mut name: Vec<&str> = rule.split('.').collect();
    if name.first().is_some_and(|first| first.len() == 2) {
        name.remove(0);
    }
    table().iter().find(|line| {
        let pattern: Vec<&str> = line.rule.split('.').collect();
        fits(&pattern, &name)
    })
}

/// Why a record was put forward, in a sentence.
#[must_use]
pub fn sentence(record: &Record, fields: &[Field], text: Text) -> String {
    let rule = match &record.proposed_by {
        ProposedBy::Person(name) => return text.name("why-person", name),
        ProposedBy::Extractor { rule, .. } => rule,
    };
    let found = line(rule);
    let by = found.map(|line| line.by.as_str()).unwrap_or_default();
    let field = fields.iter().find(|field| field.name == by);
    let quote = field
        .and_then(|field| field.values.first()?.quotes.first().copied())
        .unwrap_or(0);
    let citation = record.citations.get(quote);
    let citation = citation.or(record.citations.first());
    let words = citation.map_or("", |citation| citation.quote.quote.as_str());
    let says = found.map_or("other", |line| line.says.as_str());
    text.name(&format!("why-{says}"), show::shorten(words, QUOTE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_line_has_words_and_a_field_that_exists() {
        assert!(table().len() > 20);
        for line in table() {
            let key = format!("why-{}", line.says);
            assert!(Text::of(Language::English).has(&key), "{key}");
            let label = format!("field-{}", line.by.replace('_', "-"));
            let known = line.by.is_empty() || Text::of(Language::English).has(&label);
            assert!(known, "{}", line.by);
        }
    }

    #[test]
    fn rules_are_found_by_their_parts() {
        let says = |rule: &str| line(rule).map_or("other", |line| line.says.as_str());
        for (rule, expected) in [
            ("violation.torture.term", "violation"),
            ("violation.torture.told", "told"),
            ("violation.arbitrary-detention.verb.weak", "violation"),
            ("violation.forced-repatriation.feared", "feared"),
            ("ko.violation.abduction.told", "told"),
            ("fr.violation.camp", "violation"),
            ("statement.quoted", "quoted"),
            ("ja.statement.say", "spoken"),
            ("call.must", "must"),
            ("name.person.tagger", "learnt"),
            ("name.curated", "known"),
            ("name.symbol", "name"),
            ("violation", "other"),
            ("violation.", "violation"),
            ("", "other"),
            ("something.new", "other"),
        ] {
            assert_eq!(says(rule), expected, "{rule}");
        }
    }
}
