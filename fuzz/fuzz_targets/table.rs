//! Whatever is read as a table and imported as a list: no panic; each cell lies in its row, behind
//! its heading; every quote of every proposal stands where it says.
#![no_main]

use extract::lists;
use libfuzzer_sys::fuzz_target;
use model::{CharIndex, Span, Vocabularies};

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let name = ["l.csv", "l.tsv", "l.jsonl", "l.xlsx", "l.xls", "l.ods"][usize::from(kind % 6)];
    let Ok(reading) = read::read(&read::Input { bytes, name }) else { return };
    let index = CharIndex::new(&reading.text);
    for table in &reading.tables {
        let mut before = 0;
        for row in &table.rows {
            assert!(row.number > before);
            before = row.number;
            let passage = reading.passages[row.passage as usize - 1];
            for cell in &row.cells {
                assert!(passage.span.contains(cell.span) && !cell.span.is_empty());
                let label = Span::new(passage.span.start, cell.span.start);
                let label = index.slice(&reading.text, label).expect("inside the text");
                assert!(label.ends_with(&format!("{}: ", table.columns[usize::from(cell.column)])));
            }
        }
    }
    let guess = lists::guess(&reading);
    let vocabularies = Vocabularies::shipped().expect("the shipped ones are read");
    let terms = lists::Terms::default();
    let Ok(imported) = lists::propose(&reading, &guess.mapping, &terms, &vocabularies) else { return };
    for quote in imported.runs.iter().flatten().flat_map(|proposal| &proposal.quotes) {
        quote.check(&reading.text, &index).expect("the quote stands there");
    }
});
