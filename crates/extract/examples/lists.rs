//! How long a list of 100,000 persons takes: read, guessed, turned into proposals. Arguments:
//! number of rows, and `csv` or a file of one's own.

use onrecord_extract::lists;
use std::time::Instant;

fn main() {
    let rows: usize = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let (name, bytes) = match std::env::args().nth(2) {
        Some(path) if path != "csv" => (path.clone(), std::fs::read(path).expect("a file")),
        _ => ("list.csv".to_owned(), made_up(rows).into_bytes()),
    };
    let start = Instant::now();
    let reading = read::read(&read::Input {
        bytes: &bytes,
        name: &name,
    })
    .expect("a table");
    let read = start.elapsed();
    let guess = lists::guess(&reading);
    let guessed = start.elapsed();
    let vocabularies = model::Vocabularies::shipped().expect("the shipped ones are read");
    let terms = lists::Terms::default();
    let imported = lists::propose(&reading, &guess.mapping, &terms, &vocabularies).expect("a list");
    let proposed = start.elapsed();
    let cbor = model::to_cbor(&reading).map_or(0, |bytes| bytes.len());
    report(&format!(
        "{} rows, {} bytes: read {read:.2?}, guessed {:.2?}, proposed {:.2?}; {} persons, {} \
         problems; text {} bytes, reading {cbor} bytes",
        imported.rows,
        bytes.len(),
        guessed - read,
        proposed - guessed,
        imported.persons,
        imported.problems.len(),
        reading.text.len(),
    ));
}

#[allow(clippy::print_stdout)]
fn report(line: &str) {
    println!("{line}");
}

fn made_up(rows: usize) -> String {
    let surnames = ["Kim", "Lee", "Pak", "Choe", "Jong", "Kang"];
    let given = [
        "Chol Su", "Hye Suk", "Yong Nam", "Mi Ran", "Sung Ho", "Un Ju", "Kwang Il",
    ];
    let hangul = ["김철수", "이혜숙", "박용남", "최미란", "정성호"];
    let mut list = String::from(
        "No.,Name,성명,Sex,Date of birth,Age,Place of birth,Date of arrest,Place of arrest,Detention facility,Status,Remarks\n",
    );
    for row in 0..rows {
        list.push_str(&format!(
            "{row},{} {},{},{},19{:02}-{:02}-{:02},{},Hamhung,20{:02}-0{},Hyesan,Camp {},unknown,\"seen by {} others, then moved\"\n",
            surnames[row % 6], given[row / 6 % 7], hangul[row % 5], ["M", "F"][row % 2],
            20 + row % 70, 1 + row % 12, 1 + row % 28, 20 + row % 50, row % 20, 1 + row % 9, 10 + row % 15, row % 30,
        ));
    }
    list
}
