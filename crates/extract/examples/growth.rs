//! What loading all lexicons and packs takes, and how the cost of extraction grows with a text up to
//! 10 MB: for paragraphs as people write them, and for texts that tempt the extractor to go over them
//! again and again (one sentence that never ends, one quotation that never closes, one word repeated).
//! Ten times the text should cost about ten times as much; a square would cost a hundred.
//!
//! `growth [FILE…]`: of each file (a fuzzing corpus, say) it takes the text 20 and 200 times over.
#![allow(clippy::print_stdout)]

use onrecord_extract::{Context, Extractor};
use std::time::Instant;

/// Bytes of the largest text.
const LARGEST: usize = 10_000_000;

/// Paragraphs as people write them, and the language that they are in.
const PARAGRAPHS: &[(&str, &str)] = &[
    (
        "en",
        "Elizabeth Salmón told the Council on 12 June 2024 that torture in North Korea goes on. She \
      called on the Government to release 350 detainees, and said that two men were executed in Hyesan.\n\n",
    ),
    (
        "ko",
        "살몬 보고관은 2024년 6월 12일 탈북 여성 17명이 북한으로 송환됐다고 밝혔다. 그는 중국에 강제송환을 \
      중단하라고 촉구했다. 수감자들은 탄광에 동원됐고 매질을 당했다.\n\n",
    ),
    (
        "fr",
        "La Rapporteuse a déclaré le 12 juin 2024 que des détenus ont été torturés. Elle a appelé le \
      Gouvernement à libérer 350 personnes.\n\n",
    ),
    (
        "es",
        "La Relatora declaró el 12 de junio de 2024 que los detenidos fueron torturados. Instó al \
      Gobierno a liberar a 350 personas.\n\n",
    ),
    (
        "ja",
        "特別報告者は2024年6月12日、被収容者が拷問を受けたと述べた。政府に対し350人の釈放を求めた。\n\n",
    ),
];

/// Texts without an end, and the language that they are said to be in.
const ENDLESS: &[(&str, &str)] = &[
    (
        "en",
        "Elizabeth Salmón said that torture in North Korea goes on, and the regime must stop. ",
    ),
    ("en", "torture, "),
    ("en", "“said "),
    ("en", "the Council of North Korea and "),
    ("en", "who said that they said that "),
    ("en", "Mr. King, Ms. Berger, the expert, she "),
    ("en", "in March, one year later, "),
    ("en", "call on China to "),
    ("en", "Japan must do it. "),
    ("ko", "김혜숙 보고관은 "),
    ("en", "thousand "),
    ("en", "said the President of the "),
    ("en", "A"),
    ("en", "\" "),
    ("ko", "탄광에 동원됐고 "),
    ("ko", "고문당했다고말했다"),
    ("ko", "“말했다 "),
    ("ko", "가"),
    ("fr", "torturés par le Gouvernement, "),
    ("es", "torturados por el Gobierno, "),
    ("ja", "拷問を受けたと述べた"),
    ("ja", "「"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let before = resident();
    let begun = Instant::now();
    let extractor = Extractor::shipped()?;
    println!(
        "all lexicons and packs: {:.0} ms, {} MB",
        begun.elapsed().as_secs_f64() * 1e3,
        resident().saturating_sub(before) / 1_000
    );
    let files: Vec<String> = std::env::args().skip(1).collect();
    if !files.is_empty() {
        return of_files(&extractor, &files);
    }
    println!("paragraphs, ms for 0.1, 1 and 10 MB");
    for (language, unit) in PARAGRAPHS {
        let ms = [100, 10, 1].map(|part| {
            let text = told_of_many(unit, LARGEST / part);
            1e3 * seconds(&extractor, language, &text, 2)
        });
        println!("{:8.1} {:8.1} {:8.1}  {language}", ms[0], ms[1], ms[2]);
    }
    println!("without an end: times for ten times the text, ms for 1 MB");
    for (language, unit) in ENDLESS {
        let one = seconds(&extractor, language, &unit.repeat(100_000 / unit.len()), 3);
        let ten = seconds(
            &extractor,
            language,
            &unit.repeat(1_000_000 / unit.len()),
            1,
        );
        println!("{:5.1} {:8.1}  {language} {unit:?}", ten / one, ten * 1e3);
    }
    Ok(())
}

/// A paragraph over and over, each time with another number: one that is repeated is set aside.
fn told_of_many(paragraph: &str, bytes: usize) -> String {
    let times = bytes / paragraph.len();
    (0..times)
        .map(|number| paragraph.replace("2024", &format!("2024 ({number})")))
        .collect()
}

/// Those of the files whose text costs most over what it should when it is repeated.
fn of_files(extractor: &Extractor, files: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let languages = ["", "en", "ko", "ja", "fr", "es"];
    let mut worst = Vec::new();
    for path in files {
        let bytes = std::fs::read(path)?;
        let [language, _, rest @ ..] = &bytes[..] else {
            continue;
        };
        let text = String::from_utf8_lossy(rest);
        if text.trim().is_empty() {
            continue;
        }
        // What does not look like a language would not be read at all.
        let language = languages[*language as usize % 7 % languages.len()];
        let few = seconds(extractor, language, &text.repeat(20), 2);
        let many = seconds(extractor, language, &text.repeat(200), 1);
        worst.push((many / few, many / (200.0 * text.len() as f64) * 1e9, path));
    }
    worst.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!(
        "times for ten times the text, ns a byte; the ten worst of {}",
        worst.len()
    );
    for (times, nanoseconds, path) in worst.iter().take(10) {
        println!("{times:5.1} {nanoseconds:8.0}  {path}");
    }
    let slowest = worst.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((times, nanoseconds, path)) = slowest {
        println!("slowest: {times:5.1} {nanoseconds:8.0}  {path}");
    }
    Ok(())
}

/// The least of some rounds.
fn seconds(extractor: &Extractor, language: &str, text: &str, rounds: usize) -> f64 {
    let input = read::Input {
        bytes: text.as_bytes(),
        name: "page.txt",
    };
    let Ok(mut reading) = read::read(&input) else {
        return f64::NAN;
    };
    if !language.is_empty() {
        reading.language = Some(model::Found {
            value: language.to_owned(),
            basis: "given".to_owned(),
            span: None,
        });
    }
    let once = || {
        let begun = Instant::now();
        let _ = extractor.extract(&reading, &Context::default());
        begun.elapsed().as_secs_f64()
    };
    (0..rounds).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// Memory of this process in kB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}
