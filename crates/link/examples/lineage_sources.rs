//! Reads files and says which share text, for reading by eye: `lineage_sources FOLDER...`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use link::Document;
use link::lineage::{DocumentText, Lineages, Relation, Rules, repeats};
use model::{CharIndex, Reading, SourceId, Span};
use onrecord_link as link;
use std::path::PathBuf;

fn files(folders: &[String]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

fn document(number: u64, path: &std::path::Path, reading: &Reading) -> Document {
    let name = path.file_name().unwrap().to_string_lossy();
    let title = reading
        .title
        .as_ref()
        .map_or("", |title| title.value.as_str());
    Document {
        id: SourceId::new(number, [0; 10]),
        title: Some(format!("{name} {title}")),
        publisher: reading.publisher.as_ref().map(|found| found.value.clone()),
        published: reading.published.as_ref().map(|found| found.value),
        genre: None,
        language: reading.language.as_ref().map(|found| found.value.clone()),
        origin: reading.address.as_ref().map(|found| found.value.clone()),
        reliability: None,
    }
}

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let mut read_files = Vec::new();
    for (number, path) in (0..).zip(files(&folders)) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.to_string_lossy();
        let input = read::Input {
            bytes: &bytes,
            name: &name,
        };
        match read::read(&input) {
            Ok(reading) => read_files.push((document(number, &path, &reading), reading)),
            Err(unread) => println!("{name}: {}", unread.reason),
        }
    }
    let texts: Vec<DocumentText<'_>> = read_files
        .iter()
        .map(|(document, reading)| DocumentText::new(document, reading))
        .collect();
    let found = Lineages::of(&texts);
    let of = |relation| {
        found
            .edges()
            .iter()
            .filter(|edge| edge.relation == relation)
            .count()
    };
    println!(
        "{} documents, {} origins at most; {} pairs share text, {} have one form",
        found.documents(),
        found.origins(),
        of(Relation::CopiesText),
        of(Relation::SameForm)
    );
    let mut families: Vec<Vec<SourceId>> = read_files
        .iter()
        .map(|(document, _)| found.group(&document.id))
        .collect();
    families.sort();
    families.dedup();
    for family in families.iter().filter(|family| family.len() > 1) {
        println!("\none origin:");
        for id in family {
            let (document, _) = read_files.iter().find(|(d, _)| d.id == *id).unwrap();
            println!(
                "  {:?} {:?}",
                document.published.map(|date| date.to_string()),
                document.title
            );
        }
    }
    for edge in found.edges() {
        let side = |n: usize| {
            read_files
                .iter()
                .find(|(d, _)| d.id == edge.documents[n])
                .unwrap()
        };
        let (a, b) = (side(0), side(1));
        println!("\n{:?} {:?} | {:?}", edge.relation, a.0.title, b.0.title);
        println!(
            "  shares {:?} names {} numbers {} original {:?} {:?}",
            edge.shares,
            edge.other_names,
            edge.other_numbers,
            edge.direction.original,
            edge.direction.confidence
        );
        for sign in &edge.direction.signs {
            println!("  sign {sign:?}");
        }
        for passage in edge.passages.iter().take(4) {
            let show = |reading: &Reading, span: Span| {
                let text = CharIndex::new(&reading.text);
                let words = text
                    .slice(&reading.text, span)
                    .unwrap_or_default()
                    .replace('\n', " ");
                words.chars().take(220).collect::<String>()
            };
            println!("  {} < {}", passage.same, show(&a.1, passage.spans[0]));
            println!("      > {}", show(&b.1, passage.spans[1]));
        }
    }
    for (text, (document, reading)) in texts.iter().zip(&read_files) {
        let repeats = repeats(text, &Rules::default());
        if !repeats.is_empty() {
            println!(
                "\n{:?} repeats itself: {repeats:?} of {}",
                document.title,
                reading.text.chars().count()
            );
        }
    }
}
