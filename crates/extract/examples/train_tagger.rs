//! Trains the tagger of names and writes its file: `train_tagger OUT NAMES [--test FILE] FILE…`.
//! Files are of two columns, a word and its tag (`B-PER`, `I-ORG`, …), sentences apart by empty
//! lines. NAMES has one given or family name a line, by language, which replace persons' names in
//! part of the sentences, because the public sets know few names from Asia and Africa.
//! The recipe and what came of it stand in `docs/tagger.md`.
#![allow(clippy::print_stdout)]

use onrecord_extract::tagger::{ALL, Model, Seen, TAGS, Tag, features};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;

const EPOCHS: usize = 6;
/// Sentences that are taken together as one document, for how it writes its words.
const DOCUMENT: usize = 12;
/// Weights are kept as whole numbers of this unit, of 16 bits.
const UNIT: f64 = 0.1;
/// Features whose largest weight is less than this many units are left out.
const LEAST: i16 = 20;

struct Sentence {
    words: Vec<String>,
    tags: Vec<Tag>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().ok_or("name the file to write")?;
    let names = arguments.next().ok_or("name the file of names")?;
    let names = std::fs::read_to_string(names)?;
    let (mut training, mut tests) = (Vec::new(), Vec::new());
    while let Some(argument) = arguments.next() {
        if argument == "--test" {
            let path = arguments.next().ok_or("--test names a file")?;
            tests.push((path.clone(), sentences(&std::fs::read(path)?)));
        } else {
            training.extend(sentences(&std::fs::read(argument)?));
        }
    }
    let mut random = Random(0x5eed);
    let renamed = rename(&training, &names, &mut random);
    training.extend(renamed);
    println!("{} sentences", training.len());
    let weights = train(&training, &mut random);
    let bytes = Model::to_bytes(&weights);
    std::fs::write(&out, &bytes)?;
    println!("{} features, {} bytes", weights.len(), bytes.len());
    let model = Model::from_bytes(&bytes)?;
    for (path, test) in &tests {
        println!("{path}: {}", score(&model, test));
    }
    Ok(())
}

/// Splitmix64: the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

fn sentences(bytes: &[u8]) -> Vec<Sentence> {
    let text = String::from_utf8_lossy(bytes);
    let mut all = Vec::new();
    let (mut words, mut tags) = (Vec::new(), Vec::new());
    for line in text.lines().chain([""]) {
        let Some((word, tag)) = line.trim_end().rsplit_once(['\t', ' ']) else {
            if !words.is_empty() {
                let words = std::mem::take(&mut words);
                let tags = std::mem::take(&mut tags);
                all.push(Sentence { words, tags });
            }
            continue;
        };
        push(word.trim(), tag, &mut words, &mut tags);
    }
    all
}

/// Cuts words at hyphens between letters, as the extractor does.
fn push(word: &str, tag: &str, words: &mut Vec<String>, tags: &mut Vec<Tag>) {
    let kind = match tag.get(2..).unwrap_or_default() {
        "PER" | "Person" | "person" => Some((Tag::PersonFirst, Tag::Person)),
        "ORG" | "Organisation" | "corporation" | "group" => {
            Some((Tag::OrganisationFirst, Tag::Organisation))
        }
        "LOC" | "Location" | "location" => Some((Tag::PlaceFirst, Tag::Place)),
        _ => None,
    };
    let begins = tag.starts_with('B');
    for (number, part) in word.split('-').filter(|part| !part.is_empty()).enumerate() {
        let tag = match kind {
            None => Tag::Outside,
            Some((first, later)) => {
                let before = tags.last().copied().unwrap_or(Tag::Outside);
                let goes_on = before == first || before == later;
                let new = number == 0 && begins;
                if goes_on && !new { later } else { first }
            }
        };
        words.push(part.to_owned());
        tags.push(tag);
    }
}

/// Sentences with persons, the persons named otherwise.
fn rename(training: &[Sentence], names: &str, random: &mut Random) -> Vec<Sentence> {
    let lists: Vec<Vec<&str>> = names
        .split("\n\n")
        .map(|list| list.lines().filter(|line| !line.starts_with('#')).collect())
        .filter(|list: &Vec<&str>| list.len() > 4)
        .collect();
    let mut all = Vec::new();
    for sentence in training {
        if lists.is_empty() || !sentence.tags.contains(&Tag::PersonFirst) || random.below(2) == 0 {
            continue;
        }
        let list = &lists[random.below(lists.len())];
        let mut renamed = Sentence {
            words: Vec::new(),
            tags: Vec::new(),
        };
        let mut at = 0;
        while at < sentence.words.len() {
            if sentence.tags[at] != Tag::PersonFirst {
                renamed.words.push(sentence.words[at].clone());
                renamed.tags.push(sentence.tags[at]);
                at += 1;
                continue;
            }
            at += 1;
            let mut length = 1;
            while sentence.tags.get(at) == Some(&Tag::Person) {
                at += 1;
                length += 1;
            }
            let given = if length == 1 { 1 } else { 2 + random.below(2) };
            for number in 0..given {
                let name = list[random.below(list.len())];
                for part in name.split(['-', ' ']) {
                    let first = number == 0 && renamed.tags.last() != Some(&Tag::PersonFirst);
                    renamed.words.push(part.to_owned());
                    renamed.tags.push(
                        if first && !matches!(renamed.tags.last(), Some(Tag::Person)) {
                            Tag::PersonFirst
                        } else {
                            Tag::Person
                        },
                    );
                }
            }
        }
        all.push(renamed);
    }
    all
}

/// How the sentences around each one write their words.
fn seen(all: &[Sentence]) -> Vec<Seen> {
    all.chunks(DOCUMENT)
        .map(|chunk| {
            let mut seen = Seen::default();
            for sentence in chunk {
                let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
                seen.add(&words);
            }
            seen
        })
        .collect()
}

#[derive(Clone, Copy, Default)]
struct Weight {
    value: f64,
    total: f64,
    since: u64,
}

fn train(training: &[Sentence], random: &mut Random) -> BTreeMap<u32, [i16; TAGS]> {
    let mut weights: HashMap<u32, [Weight; TAGS]> = HashMap::new();
    let seen = seen(training);
    let mut order: Vec<usize> = (0..training.len()).collect();
    let mut hashes = Vec::new();
    let mut step = 0u64;
    for epoch in 0..EPOCHS {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        let mut wrong = 0;
        for &number in &order {
            let sentence = &training[number];
            let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
            let mut tags: Vec<Tag> = Vec::new();
            for at in 0..words.len() {
                step += 1;
                features(&words, at, &tags, &seen[number / DOCUMENT], &mut hashes);
                let before = tags.last().copied().unwrap_or(Tag::Outside);
                let guess = guess(&weights, &hashes, before);
                let truth = sentence.tags[at];
                if guess != truth {
                    wrong += 1;
                    for hash in &hashes {
                        let row = weights.entry(*hash).or_default();
                        change(&mut row[truth as usize], 1.0, step);
                        change(&mut row[guess as usize], -1.0, step);
                    }
                }
                tags.push(guess);
            }
        }
        println!("epoch {epoch}: {wrong} wrong");
    }
    average(weights, step)
}

fn guess(weights: &HashMap<u32, [Weight; TAGS]>, hashes: &[u32], before: Tag) -> Tag {
    let mut scores = [0.0; TAGS];
    for row in hashes.iter().filter_map(|hash| weights.get(hash)) {
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += weight.value;
        }
    }
    let allowed = ALL.into_iter().filter(|tag| tag.may_follow(before));
    allowed
        .rev()
        .max_by(|a, b| scores[*a as usize].total_cmp(&scores[*b as usize]))
        .unwrap_or(Tag::Outside)
}

fn change(weight: &mut Weight, by: f64, step: u64) {
    weight.total += weight.value * (step - weight.since) as f64;
    weight.since = step;
    weight.value += by;
}

/// The averaged weights in whole steps; features that decide nothing are left out.
fn average(weights: HashMap<u32, [Weight; TAGS]>, step: u64) -> BTreeMap<u32, [i16; TAGS]> {
    let mut averaged = BTreeMap::new();
    for (hash, row) in weights {
        let mut values = [0.0; TAGS];
        for (value, mut weight) in values.iter_mut().zip(row) {
            change(&mut weight, 0.0, step);
            *value = weight.total / step as f64;
        }
        averaged.insert(hash, values);
    }
    let whole = |value: f64| (value / UNIT).round().clamp(-32_767.0, 32_767.0) as i16;
    let largest = averaged
        .values()
        .flatten()
        .fold(0f64, |a, b| a.max(b.abs()));
    println!("largest weight {largest:.1}");
    averaged
        .into_iter()
        .map(|(hash, values)| (hash, values.map(whole)))
        .filter(|(_, row)| row.iter().any(|value| value.saturating_abs() >= LEAST))
        .collect()
}

/// Precision, recall and F1 of whole names, kinds included, and without kinds.
fn score(model: &Model, test: &[Sentence]) -> String {
    let seen = seen(test);
    let (mut found, mut gold, mut right, mut placed) = (0, 0, 0, 0);
    for (number, sentence) in test.iter().enumerate() {
        let words: Vec<&str> = sentence.words.iter().map(String::as_str).collect();
        let guessed = spans(&model.tag(&words, &seen[number / DOCUMENT]));
        let coded = spans(&sentence.tags);
        found += guessed.len();
        gold += coded.len();
        right += guessed.iter().filter(|span| coded.contains(span)).count();
        let same_place = |one: &&(usize, usize, Tag)| {
            coded
                .iter()
                .any(|other| (one.0, one.1) == (other.0, other.1))
        };
        placed += guessed.iter().filter(same_place).count();
    }
    let f1 = |right: usize| 2.0 * right as f64 / (found + gold) as f64;
    format!(
        "{gold} names; P {:.3} R {:.3} F1 {:.3}; without kinds F1 {:.3}",
        right as f64 / found as f64,
        right as f64 / gold as f64,
        f1(right),
        f1(placed)
    )
}

fn spans(tags: &[Tag]) -> Vec<(usize, usize, Tag)> {
    let mut spans: Vec<(usize, usize, Tag)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        match tag {
            Tag::Outside => {}
            Tag::PersonFirst | Tag::OrganisationFirst | Tag::PlaceFirst => {
                spans.push((at, at + 1, *tag));
            }
            _ => {
                if let Some(last) = spans.last_mut().filter(|last| last.1 == at) {
                    last.1 = at + 1;
                }
            }
        }
    }
    spans
}
