//! Words in pictures, by Tesseract where it is installed: pages that were scanned, photographs of
//! documents.
//!
//! Tesseract is a program of others that takes bytes of others: it runs as a process of its own
//! that has bounded memory and time and, on Linux, may read the system's programs and nothing else,
//! write nothing and open no connection (`cage`). Invariants: a reading by OCR says that it is one,
//! and by which version; each word keeps its place on the picture and how sure Tesseract was.

mod cage;
mod table;

pub use cage::serve;

use crate::container::{Member, Members};
use crate::draft::Draft;
use crate::facts::Facts;
use crate::worker::Workers;
use crate::{Input, judge, unread};
use model::{Reader, Reading, Unread};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Version of the readings that are made here.
const VERSION: u32 = 1;
/// Longest answer of Tesseract, in bytes.
const MOST_ANSWER: u64 = 64 << 20;
/// Languages that this program reads, as Tesseract names them, in the order in which they are tried.
const LANGUAGES: [&str; 5] = ["eng", "kor", "fra", "spa", "jpn"];

/// Tesseract on this machine.
#[derive(Clone, Debug)]
pub struct Tesseract {
    /// The program.
    tesseract: PathBuf,
    /// What runs it: this program, with the arguments that make it end in [`serve`].
    cage: (PathBuf, Vec<String>),
    /// Its version, as it says.
    pub version: String,
    /// Languages that it has models of.
    pub languages: Vec<String>,
    /// Seconds for one picture.
    seconds: u64,
}

/// How the words begin that OCR leaves where it finds nothing.
const NO_WORDS: &str = "OCR found no words in it";

/// How the reason begins for which a document waits for OCR.
pub const NEEDED: &str = "Needs OCR:";

/// Whether OCR is what a document waits for that was not read.
#[must_use]
pub fn is_wanted(media_type: &str, unread: &Unread) -> bool {
    let takes = is_picture(media_type) || media_type == "application/pdf";
    takes && unread.reason.starts_with(NEEDED)
}

/// Whether a reading is of what a picture says of itself, so that its words still wait.
#[must_use]
pub fn is_of_fields(reader: &Reader) -> bool {
    reader.name == "picture"
}

/// Whether a reader is OCR.
#[must_use]
pub fn is_by_ocr(reader: &Reader) -> bool {
    reader.name == "ocr"
}

/// Whether a reason or remark says that OCR was asked and found nothing: it need not be asked
/// again.
#[must_use]
pub fn found_no_words(said: &str) -> bool {
    said.starts_with(NO_WORDS)
}

/// Media types of pictures that OCR takes.
#[must_use]
pub fn is_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/tiff" | "image/webp"
    )
}

/// The pages of a PDF file that are pictures, as PNG files.
pub(crate) fn pictures(input: &Input<'_>) -> Result<Vec<Member>, String> {
    // A page of grey dots packs to much less than it is: no ratio is asked for.
    let mut members = Members::new(usize::MAX);
    crate::pdf::pictures(input.bytes, &mut members)?;
    Ok(members.into_taken())
}

impl Tesseract {
    /// Looks at the program `tesseract`; `cage` is run in its place, and ends in [`serve`].
    ///
    /// # Errors
    /// In words for people: it does not run, or has no model of a language that is read here.
    pub fn at(tesseract: &Path, cage: (PathBuf, Vec<String>)) -> Result<Self, String> {
        let mut found = Self {
            tesseract: tesseract.to_owned(),
            cage,
            version: String::new(),
            languages: Vec::new(),
            seconds: 120,
        };
        let said = found.run(&["--version"], &[])?;
        let first = said.lines().next().unwrap_or_default();
        found.version = first
            .trim_start_matches("tesseract")
            .trim()
            .chars()
            .take(40)
            .collect();
        let listed = found.run(&["--list-langs"], &[])?;
        let installed: Vec<&str> = listed.lines().map(str::trim).collect();
        found.languages = LANGUAGES
            .iter()
            .filter(|language| installed.contains(language))
            .map(|language| (*language).to_owned())
            .collect();
        if found.languages.is_empty() {
            return Err(format!("it has no model of {}", LANGUAGES.join(", ")));
        }
        Ok(found)
    }

    /// Reads only these languages; those without a model are passed over.
    #[must_use]
    pub fn only(mut self, languages: &[String]) -> Self {
        let wanted = |language: &String| languages.iter().any(|wanted| wanted == language);
        if self.languages.iter().any(wanted) {
            self.languages.retain(wanted);
        }
        self
    }

    /// Languages that are read here and that it has no model of.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let missing = LANGUAGES.into_iter();
        missing
            .filter(|language| !self.languages.iter().any(|found| found == language))
            .collect()
    }

    /// Reads a picture, or the pages of a PDF file that are pictures: `workers` draw those.
    ///
    /// # Errors
    /// [`Unread`], whatever the reason; it is written for people.
    pub fn read(
        &self,
        input: &Input<'_>,
        media_type: &str,
        workers: &Workers,
    ) -> Result<Reading, Unread> {
        let reader = || Reader {
            name: "ocr".to_owned(),
            version: VERSION,
        };
        let refuse = |reason: String| unread(Some(reader()), reason);
        let pages = if media_type == "application/pdf" {
            workers.pictures(input)?
        } else {
            vec![Member {
                name: "page 1".to_owned(),
                bytes: input.bytes.to_vec(),
                captured: None,
            }]
        };
        let mut draft = Draft::new("");
        let mut words = table::Words::default();
        let mut failed = Vec::new();
        for page in &pages {
            let number = page
                .name
                .rsplit(' ')
                .next()
                .and_then(|number| number.parse().ok());
            let languages = self.languages.join("+");
            let answer = self.run(&["stdin", "stdout", "-l", &languages, "tsv"], &page.bytes);
            match answer {
                Ok(answer) => table::write(&answer, number.unwrap_or(1), &mut draft, &mut words),
                Err(why) => failed.push(format!("{}: {why}", page.name)),
            }
        }
        if draft.blocks.is_empty() {
            return Err(refuse(match failed.first() {
                Some(why) => format!("OCR failed ({why})."),
                None => format!(
                    "{NO_WORDS} (Tesseract {}, {}).",
                    self.version,
                    self.languages.join("+")
                ),
            }));
        }
        let mut facts = Facts::default();
        facts.remarks.push(format!(
            "Read by OCR (Tesseract {}, {}; {} words, sure of {} in 100 on average): words may be wrong. \
             Compare a quote with its picture before you rely on it.",
            self.version,
            self.languages.join("+"),
            words.places.len(),
            words.mean_confidence(),
        ));
        if !failed.is_empty() {
            let why = failed
                .iter()
                .take(3)
                .cloned()
                .collect::<Vec<_>>()
                .join("; ");
            facts
                .remarks
                .push(format!("{} pages could not be read: {why}.", failed.len()));
        }
        judge::paged(&mut draft, &mut facts, None);
        let mut reading = crate::reading(
            reader(),
            media_type.to_owned(),
            ("UTF-8", "words found by OCR"),
            draft,
            facts,
            "OCR found no words in it.",
        )?;
        reading.words = words.places;
        Ok(reading)
    }

    /// Runs Tesseract in its cage; what it printed.
    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<String, String> {
        let mut command = Command::new(&self.cage.0);
        command
            .args(&self.cage.1)
            .arg(&self.tesseract)
            .args(arguments)
            .env_clear()
            // Threads of its own make it slower on a busy machine, and its time hard to bound.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command
            .spawn()
            .map_err(|error| format!("it does not start: {error}"))?;
        let answer = self.talk(&mut child, input);
        // It has ended, or is to end now.
        let _ = child.kill();
        let status = child.wait().map_err(|error| error.to_string())?;
        let answer = answer?;
        if !status.success() {
            return Err(format!(
                "it ended with {status}: the picture is damaged, too large, or of an unknown kind"
            ));
        }
        String::from_utf8(answer).map_err(|_| "its answer is no text".to_owned())
    }

    fn talk(&self, child: &mut Child, input: &[u8]) -> Result<Vec<u8>, String> {
        let (Some(mut to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("it has no pipes".to_owned());
        };
        let deadline = Instant::now() + Duration::from_secs(self.seconds);
        std::thread::scope(|scope| {
            // A program that ends early does not read to the end.
            scope.spawn(move || {
                let _ = to.write_all(input);
            });
            let reader = scope.spawn(move || {
                let mut answer = Vec::new();
                let read = from.take(MOST_ANSWER + 1).read_to_end(&mut answer);
                read.map(|_| answer).map_err(|error| error.to_string())
            });
            while !reader.is_finished() {
                if Instant::now() > deadline {
                    let _ = child.kill();
                    let _ = reader.join();
                    return Err(format!("it took longer than {} seconds", self.seconds));
                }
                std::thread::sleep(Duration::from_millis(5));
            }
            let answer = reader
                .join()
                .map_err(|_| "its answer was lost".to_owned())??;
            if answer.len() as u64 > MOST_ANSWER {
                return Err("its answer is too long".to_owned());
            }
            Ok(answer)
        })
    }
}
