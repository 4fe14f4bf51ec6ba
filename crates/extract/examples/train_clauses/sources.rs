//! What the models of clauses are trained on: clauses written for it, examples of lexicon entries, and
//! units of coded documents.

use crate::Result;
use model::Vocabularies;
use onrecord_extract::clauses::{self, DIMENSIONS, Vectors, units, words};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The fewest sentences that are made of a line with alternatives.
const LEAST: usize = 4;

/// A clause to learn from.
#[derive(Clone)]
pub(super) struct Clause {
    /// Its features.
    pub(super) hashes: Vec<u32>,
    /// The sum of its words' vectors.
    pub(super) sum: [i32; DIMENSIONS],
    /// Whether it tells of a violation.
    pub(super) told: bool,
    /// Of which.
    pub(super) codes: Vec<String>,
    /// The coded document that it is of.
    pub(super) document: Option<String>,
}

/// The vectors of words, read once.
fn vectors() -> &'static Vectors {
    static VECTORS: LazyLock<Vectors> = LazyLock::new(|| Vectors::shipped().unwrap_or_default());
    &VECTORS
}

fn clause(text: &str, told: bool, codes: Vec<String>) -> Clause {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(|range| &text[range.clone()]).collect();
    of_words(&words, true, told, codes)
}

fn of_words(words: &[&str], opens: bool, told: bool, codes: Vec<String>) -> Clause {
    let seen = clauses::Clause::of(words, opens, vectors());
    Clause {
        hashes: seen.features.iter().map(|feature| feature.hash).collect(),
        sum: seen.sum,
        told,
        codes,
        document: None,
    }
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The clauses that were written to learn from.
pub(super) fn own(folder: &Path) -> Result<Vec<Clause>> {
    let mut clauses = Vec::new();
    for file in files(folder, "txt")? {
        let mut code = None;
        for line in std::fs::read_to_string(file)?.lines() {
            if let Some(heading) = line.strip_prefix("# ") {
                code = (heading != "none").then(|| heading.to_owned());
            } else if !line.is_empty() {
                for text in sentences_of(line) {
                    clauses.push(clause(
                        &text,
                        code.is_some(),
                        code.iter().cloned().collect(),
                    ));
                }
            }
        }
    }
    Ok(clauses)
}

/// The sentences of the documents that were written to learn from, a line a sentence: its types, or `-`, a tab,
/// the sentence; `#` begins a remark. What a sentence of several units tells may stand in any of them, so it is learnt as a whole.
pub(super) fn labelled(folder: &Path) -> Result<Vec<Clause>> {
    let vocabularies = Vocabularies::shipped()?;
    let known = vocabularies
        .list("violation")
        .ok_or("no types of violation")?;
    let mut clauses = Vec::new();
    for file in files(folder, "tsv")? {
        for line in std::fs::read_to_string(&file)?.lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (label, text) = (line.split_once('\t'))
                .ok_or_else(|| format!("{}: no tab in “{line}”", file.display()))?;
            let codes: Vec<String> = match label {
                "-" => Vec::new(),
                codes => codes
                    .split(',')
                    .map(|code| code.trim().to_owned())
                    .collect(),
            };
            if let Some(code) = codes.iter().find(|code| known.term(code).is_none()) {
                return Err(format!("{}: no type “{code}”", file.display()).into());
            }
            let ranges = words(text);
            let written: Vec<&str> = ranges.iter().map(|range| &text[range.clone()]).collect();
            let units = units(&written);
            let parts: Vec<(&[&str], bool)> = match codes.is_empty() || units.len() < 2 {
                true => (units.iter())
                    .map(|unit| (&written[unit.from..unit.to], unit.from == 0))
                    .collect(),
                false => vec![(&written[..], true)],
            };
            clauses.extend(
                parts
                    .into_iter()
                    .map(|(words, opens)| of_words(words, opens, !codes.is_empty(), codes.clone())),
            );
        }
    }
    Ok(clauses)
}

/// The sentences of a line: each alternative stands in at least one, with others beside it.
fn sentences_of(line: &str) -> Vec<String> {
    let parts: Vec<Vec<&str>> = line
        .split('{')
        .enumerate()
        .flat_map(|(number, part)| match part.split_once('}') {
            Some((within, behind)) if number > 0 => {
                vec![within.split('|').collect(), vec![behind]]
            }
            _ => vec![vec![part]],
        })
        .collect();
    let most = parts.iter().map(Vec::len).max().unwrap_or(1);
    let all = parts.iter().map(Vec::len).try_fold(1, usize::checked_mul);
    let wanted = all.unwrap_or(usize::MAX).min(most.max(LEAST));
    let mut made = Vec::new();
    for round in 0..wanted * 3 {
        let mut slot = 0;
        let text: String = parts
            .iter()
            .map(|part| {
                if part.len() == 1 {
                    return part[0];
                }
                slot += 1;
                part[(round + round / part.len() * (slot - 1)) % part.len()]
            })
            .collect();
        if made.len() < wanted && !made.contains(&text) {
            made.push(text);
        }
    }
    made
}

/// The examples and counter-examples of lexicon entries.
pub(super) fn of_lexicons(folder: &Path) -> Result<Vec<Clause>> {
    let mut clauses = Vec::new();
    for file in files(folder, "toml")? {
        let file: toml::Table = std::fs::read_to_string(file)?.parse()?;
        for table in ["violation", "mask"] {
            let entries = file.get(table).and_then(toml::Value::as_array);
            for entry in entries.into_iter().flatten() {
                let code = entry.get("code").and_then(toml::Value::as_str);
                for (key, told) in [("examples", table == "violation"), ("counter", false)] {
                    let known = table == "violation" || key == "examples";
                    let texts = entry.get(key).and_then(toml::Value::as_array);
                    for text in texts.into_iter().flatten().filter(|_| known) {
                        let codes = code.filter(|_| told).map(str::to_owned);
                        let text = text.as_str().unwrap_or_default();
                        clauses.push(clause(text, told, codes.into_iter().collect()));
                    }
                }
            }
        }
    }
    Ok(clauses)
}

/// The units of the English documents that were coded by hand.
pub(super) fn of_gold(folder: &Path) -> Result<Vec<Clause>> {
    let mut clauses = Vec::new();
    for file in files(folder, "toml")? {
        let coding: toml::Table = std::fs::read_to_string(&file)?.parse()?;
        if coding.get("language").and_then(toml::Value::as_str) != Some("en") {
            continue;
        }
        let name = file
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for ending in ["txt", "md"] {
            let path = file.with_extension(ending);
            if path.is_file() {
                let found = of_document(&path, &coding)?;
                clauses.extend(found.into_iter().map(|clause| Clause {
                    document: Some(name.clone()),
                    ..clause
                }));
            }
        }
    }
    Ok(clauses)
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of_document(path: &Path, coding: &toml::Table) -> Result<Vec<Clause>> {
    let bytes = std::fs::read(path)?;
    let name = path.to_string_lossy();
    let input = read::Input {
        bytes: &bytes,
        name: &name,
    };
    let reading = read::read(&input).map_err(|unread| unread.reason.to_string())?;
    let coded = coding.get("allegation").and_then(toml::Value::as_array);
    let coded: Vec<(String, String, bool)> = coded
        .into_iter()
        .flatten()
        .map(|coded| {
            let text = |key| {
                coded
                    .get(key)
                    .and_then(toml::Value::as_str)
                    .unwrap_or_default()
            };
            let optional = coded.get("optional").and_then(toml::Value::as_bool);
            (
                folded(text("quote")),
                text("violation").to_owned(),
                optional == Some(true),
            )
        })
        .collect();
    let index = model::CharIndex::new(&reading.text);
    let mut clauses = Vec::new();
    for passage in reading.clean() {
        let text = folded(index.slice(&reading.text, passage.span).unwrap_or_default());
        let places: Vec<(usize, usize, &str, bool)> = coded
            .iter()
            .flat_map(|(quote, code, optional)| {
                let found = text.match_indices(quote.as_str());
                found.map(move |(at, _)| (at, at + quote.len(), code.as_str(), *optional))
            })
            .collect();
        for (start, end) in sentences(&text) {
            let sentence = &text[start..end];
            let ranges = words(sentence);
            let written: Vec<&str> = ranges
                .iter()
                .map(|range| &sentence[range.clone()])
                .collect();
            for unit in units(&written) {
                let (from, to) = (
                    start + ranges[unit.from].start,
                    start + ranges[unit.to - 1].end,
                );
                let here: Vec<_> = places.iter().filter(|p| p.0 < to && from < p.1).collect();
                if here.iter().any(|place| place.3) {
                    continue;
                }
                let mut codes: Vec<String> = here.iter().map(|place| place.2.to_owned()).collect();
                codes.dedup();
                let words = &written[unit.from..unit.to];
                clauses.push(of_words(words, unit.from == 0, !codes.is_empty(), codes));
            }
        }
    }
    Ok(clauses)
}

/// Where sentences begin and end, roughly.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let rest = &text[at + mark.len()..];
        let behind = rest.trim_start_matches(['”', '"', '’', ')']);
        let opens = behind
            .strip_prefix(' ')
            .and_then(|rest| rest.chars().next());
        let abbreviation = text[..at].rsplit(' ').next().is_some_and(|word| {
            word.chars().count() <= 2 || matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "No")
        });
        if opens.is_some_and(|c| !c.is_lowercase()) && !abbreviation {
            let end = text.len() - behind.len();
            found.push((start, end));
            start = end;
        }
    }
    found.push((start, text.len()));
    found
}
