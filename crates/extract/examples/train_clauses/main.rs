//! Trains the models of clauses and writes their file: `train_clauses OUT CLAUSES LEXICONS GOLD [--hold]`.
//! CLAUSES is a folder of clauses by type of violation (`# torture`, `# none`), with alternatives in
//! braces; LEXICONS gives the examples of its entries, GOLD the sentences of documents coded by
//! hand. With `--hold` each coded document is scored by models that have not seen it.
//! The recipe and what came of it stand in `docs/clauses.md`.
#![allow(clippy::print_stdout)]

mod learning;
mod sources;

use learning::train;
use onrecord_extract::clauses::{Model, UNIT};
use sources::{Clause, labelled, of_gold, of_lexicons, own};
use std::error::Error;
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or(format!("name {what}"));
    let out = next("the file to write")?;
    let folder = next("the folder of clauses")?;
    let mut clauses = own(Path::new(&folder))?;
    clauses.extend(of_lexicons(Path::new(&next("the folder of lexicons")?))?);
    clauses.extend(labelled(&Path::new(&folder).join("documents"))?);
    let own = clauses.len();
    clauses.extend(of_gold(Path::new(&next("the folder of coded documents")?))?);
    let told = clauses.iter().filter(|clause| clause.told).count();
    println!(
        "{} clauses, {told} of them told; {} are of coded documents",
        clauses.len(),
        clauses.len() - own
    );
    if next("").is_ok_and(|flag| flag == "--hold") {
        hold(&clauses)?;
    }
    let bytes = train(&clauses.iter().collect::<Vec<_>>());
    std::fs::write(&out, &bytes)?;
    println!("{} bytes", bytes.len());
    Ok(())
}

/// Scores each coded document by models that have not seen it.
fn hold(clauses: &[Clause]) -> Result<()> {
    let mut documents: Vec<&String> = clauses.iter().filter_map(|c| c.document.as_ref()).collect();
    documents.dedup();
    let mut guesses: Vec<(i32, i32, bool, bool)> = Vec::new();
    for document in documents {
        let (held, rest): (Vec<&Clause>, Vec<&Clause>) = clauses
            .iter()
            .partition(|clause| clause.document.as_ref() == Some(document));
        let model = Model::from_bytes(&train(&rest))?;
        for clause in held {
            let hashes = clause.hashes.iter().copied();
            if let Some(guess) = model.guess_features(hashes, &clause.sum) {
                let right = clause.codes.iter().any(|known| known == guess.code);
                guesses.push((guess.told, guess.kind, clause.told, right));
            }
        }
    }
    let all = guesses.iter().filter(|guess| guess.2).count();
    for told in [-1, 0, 1, 2] {
        for kind in [-4, -3, -2, -1, 0] {
            let taken: Vec<_> = guesses
                .iter()
                .filter(|g| g.0 >= told * UNIT && g.1 >= kind * UNIT / 2)
                .collect();
            let is_told = taken.iter().filter(|guess| guess.2).count();
            let right = taken.iter().filter(|guess| guess.3).count();
            println!(
                "told {told} type {:.1}: {} proposed, {:.2} tell of some violation, {:.2} of this one; {:.2} of {all} found",
                f64::from(kind) / 2.0,
                taken.len(),
                is_told as f64 / taken.len() as f64,
                right as f64 / taken.len() as f64,
                right as f64 / all as f64,
            );
        }
    }
    Ok(())
}
