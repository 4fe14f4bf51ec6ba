//! Every language has the same keys with the same variables, and every key is used.
#![allow(clippy::unwrap_used)]

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Keys of a file, each with the variables it uses.
fn keys(language: Language, file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let at = FILES.iter().position(|name| *name == file).unwrap();
    let source = sources(language)[at];
    if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
        panic!("{file}.ftl in {}: {errors:?}", language.tag());
    }
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut last = String::new();
    for line in source.lines() {
        let starts = line.starts_with(|first: char| first.is_ascii_alphabetic());
        if let (true, Some((key, _))) = (starts, line.split_once('=')) {
            last = key.trim().to_owned();
            assert!(
                keys.insert(last.clone(), BTreeSet::new()).is_none(),
                "{last} stands twice in {}",
                language.tag()
            );
        }
        for variable in line.split('$').skip(1) {
            let name: String = variable
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            keys.get_mut(&last).unwrap().insert(name);
        }
    }
    keys
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    for file in FILES {
        let english = keys(Language::English, file);
        assert!(!english.is_empty(), "{file}.ftl is empty");
        for language in Language::ALL {
            let here = keys(language, file);
            let names = |map: &BTreeMap<String, _>| map.keys().cloned().collect::<Vec<_>>();
            assert_eq!(
                names(&english),
                names(&here),
                "{file}.ftl, {}",
                language.tag()
            );
            for (key, variables) in &here {
                // A language without plurals may write only the digits.
                let allowed = &english[key];
                assert!(
                    variables.is_subset(allowed) || variables.iter().all(|v| v == "shown"),
                    "{key} in {} uses {variables:?}",
                    language.tag()
                );
                if allowed.contains("name") {
                    assert!(variables.contains("name"), "{key} in {}", language.tag());
                }
            }
        }
    }
}

/// All text of templates and sources below a folder.
fn text_below(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text_below(&path, into);
        } else if path
            .extension()
            .is_some_and(|end| end == "rs" || end == "html")
        {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    for folder in ["src", "templates", "../serve/src"] {
        text_below(&root.join(folder), &mut text);
    }
    let english = Text::of(Language::English);
    let all: BTreeSet<String> = FILES
        .iter()
        .flat_map(|file| keys(Language::English, file).into_keys())
        .collect();
    // Keys that are put together: a stem in the text, the rest from data.
    let stems = [
        "field-",
        "why-",
        "corroboration-because-",
        "alerts-rule-",
        "home-due-",
        "status-",
        "left-out-",
        "kind-",
        "place-",
        "theme-",
        "how-",
        "band-",
        "compartment-",
        "log-kind-",
        "log-account-",
        "settings-how-",
        "users-role-",
        "users-may-",
        "estimate-caveat-",
        "statistics-by-",
        "statistics-unit-",
        "statistics-column-",
        "statistics-sex-",
        "corroboration-facet-origins-",
        "corroboration-disputed-",
        "corroboration-level-",
        "corroboration-head-",
        "search-facet-",
        "people-facet-",
        "people-judged-",
    ];
    let unused: Vec<&String> = all
        .iter()
        .filter(|key| !stems.iter().any(|stem| key.starts_with(stem)))
        .filter(|key| !text.contains(&format!("\"{key}\"")))
        .collect();
    assert!(unused.is_empty(), "used nowhere: {unused:?}");
    let mut used = 0;
    for call in ["say(\"", "number(\"", "name(\"", "both(\""] {
        let parts: Vec<&str> = text.split(call).collect();
        for pair in parts.windows(2) {
            let (before, part) = (pair[0], pair[1]);
            let key = part.split('"').next().unwrap();
            if !part[key.len()..].starts_with('"') || key.contains('{') {
                continue;
            }
            if before.ends_with("of_") {
                let stem = format!("{key}-");
                let known = all.iter().any(|one| one.starts_with(&stem));
                assert!(known, "there are no words that begin with {stem}");
            } else if key.contains('-') && key == key.to_lowercase() {
                // Names of headers have capitals.
                assert!(english.has(key), "there are no words for {key}");
                used += 1;
            }
        }
    }
    assert!(
        used > 50,
        "only {used} uses were found: the search is broken"
    );
}

#[test]
fn numbers_decide_plurals_and_are_grouped() {
    let english = Text::of(Language::English);
    assert_eq!(english.number("sources-count", 1_u64), "1 source");
    assert_eq!(
        english.number("sources-count", 12_345_u64),
        "12,345 sources"
    );
    assert_eq!(
        Text::of(Language::French).digits(12_345_u64),
        "12\u{202f}345"
    );
    assert_eq!(Text::of(Language::Spanish).digits(1_234_u64), "1234");
}

#[test]
fn languages_are_negotiated() {
    assert_eq!(
        Language::accepted("de-DE,fr-CA;q=0.8,en"),
        Some(Language::French)
    );
    assert_eq!(Language::accepted("ko"), Some(Language::Korean));
    assert_eq!(Language::accepted("de,it"), None);
}
