//! Writes what the extractor proposes for files as JSON, a line a file, for programs that score it
//! beside other sets: `proposals [--rounds N] FILE… > OUT.jsonl`. Places are characters of the file
//! as decoded. Also tells the seconds that extraction took, the least of the rounds.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use model::{Proposal, Quote, Reading, RecordBody, Span};
use onrecord_extract::{Context, Extractor};
use serde_json::{Value, json};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::shipped()?;
    let mut arguments = std::env::args().skip(1).peekable();
    let mut rounds = 1;
    if arguments
        .next_if(|argument| argument == "--rounds")
        .is_some()
    {
        rounds = arguments.next().unwrap_or_default().parse()?;
    }
    for path in arguments {
        let content = std::fs::read(&path)?;
        let input = read::Input {
            bytes: &content,
            name: &path,
        };
        let reading = match read::read(&input) {
            Ok(reading) => reading,
            Err(unread) => {
                eprintln!("{path}: {}", unread.reason);
                continue;
            }
        };
        let mut seconds = f64::INFINITY;
        let mut proposals = Vec::new();
        for _ in 0..rounds.max(1) {
            let begun = Instant::now();
            proposals = extractor.extract(&reading, &Context::default());
            seconds = seconds.min(begun.elapsed().as_secs_f64());
        }
        let records: Vec<Value> = proposals
            .iter()
            .filter_map(|proposal| record(&reading, proposal))
            .collect();
        let words = reading.text.split_whitespace().count();
        println!(
            "{}",
            json!({ "file": path, "words": words, "seconds": seconds, "records": records })
        );
    }
    Ok(())
}

/// Where a quote stands in the file.
fn place(reading: &Reading, quote: &Quote) -> Option<[u32; 2]> {
    let Span { start, end } = reading.map.original(quote.span)?;
    Some([start, end])
}

fn record(reading: &Reading, proposal: &Proposal) -> Option<Value> {
    let places = |quotes: &[u16]| -> Vec<[u32; 2]> {
        let cited = quotes
            .iter()
            .filter_map(|&at| proposal.quotes.get(at as usize));
        cited.filter_map(|quote| place(reading, quote)).collect()
    };
    let first = proposal.quotes.first()?;
    Some(match &proposal.body {
        RecordBody::Statement(it) => json!({
            "kind": "statement",
            "rule": proposal.rule,
            "words": first.quote,
            // The first quotes are the words said, in their pieces.
            "places": proposal.quotes.iter().filter_map(|quote| place(reading, quote)).collect::<Vec<_>>(),
            "direct": it.direct,
            "act": it.act.value.to_string(),
            "speaker": it.speaker.as_ref().map(|who| json!({
                "name": who.value.name,
                "places": places(&who.quotes),
            })),
        }),
        RecordBody::Allegation(it) => json!({
            "kind": "allegation",
            "rule": proposal.rule,
            "words": first.quote,
            "places": [place(reading, first)],
            "violation": it.violation.value.to_string(),
            "modality": it.modality.value.name(),
        }),
        _ => return None,
    })
}
