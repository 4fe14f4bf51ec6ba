//! Asks a language model for proposals: the one crate that opens a connection, to the server that
//! the user named and to no other.
//!
//! Where to start: [`Address::parse`] says whether a server is on this machine; [`Client`] asks it
//! within [`Limits`]; [`Model::propose`] goes through a reading and returns what can be kept.
//!
//! Invariants: nothing is sent to another machine but to the host that was confirmed by name. What a
//! model says becomes a proposal only where its words stand in the reading; every proposal is
//! *suggested*, and nothing here can accept one. Time, bytes and questions are bounded. Interface:
//! OpenAI chat completions with `response_format: json_schema`, as llama.cpp, Ollama, vLLM and
//! others serve it.

mod address;
mod answer;
mod client;
mod keep;
mod known;
mod question;
mod window;
mod words;

pub use address::{Address, AddressError};
pub use client::{Client, Limits, ServerError};

use keep::{Place, Refused};
use known::Known;
use model::{CharIndex, EncodingError, Proposal, Reading, Vocabularies};
use question::{Question, material};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use window::{Piece, windows};

/// Longest name of a model that is kept, in characters.
const LONGEST_NAME: usize = 80;
/// Windows in a row that fail before a server is given up.
const GIVE_UP: usize = 3;

/// A model of a server, and what it is asked.
pub struct Model {
    client: Client,
    name: String,
    question: Question,
}

/// What came of asking about one reading.
#[derive(Debug, Default)]
pub struct Suggested {
    /// What is kept, in the order of the first quotes.
    pub proposals: Vec<Proposal>,
    /// Records whose words do not stand in the reading.
    pub not_found: usize,
    /// Records that are none: wrong types, unknown kinds or codes, nobody where somebody is needed.
    pub malformed: usize,
    /// Records that the rules, or the model before, had proposed on the same words.
    pub known: usize,
    /// Questions that were put.
    pub questions: usize,
    /// Passages, by number, about which no usable answer came.
    pub unanswered: Vec<u32>,
    /// Why, for the last of them.
    pub why: Option<String>,
}

impl Model {
    /// The model of that name; the answers use the codes of `vocabularies`.
    #[must_use]
    pub fn new(client: Client, name: &str, vocabularies: &Vocabularies) -> Self {
        Self {
            client,
            name: name.to_owned(),
            question: Question::new(vocabularies),
        }
    }

    /// What the extractor's name begins with for this model, up to its version: `model-NAME`. Letters
    /// of the name that could be taken for something else are written `_`.
    #[must_use]
    pub fn family(&self) -> String {
        let name: String = self.name.chars().take(LONGEST_NAME).collect();
        let keep = |c: char| c.is_ascii_alphanumeric() || "-._:".contains(c);
        format!("model-{}", name.replace(|c: char| !keep(c), "_"))
    }

    /// Name and version of the extractor for these proposals, as the ledger records it beside each:
    /// `model-NAME/1+0123456789ab.01234567`. The first digits tell instructions and schema, the last
    /// ones what was proposed: a model says something else the next time, and a record's id follows
    /// from the extractor, so that nothing decided of one answer may pass to another.
    ///
    /// # Errors
    /// When the proposals have no form that can be stored.
    pub fn extractor(&self, proposals: &[Proposal]) -> Result<String, EncodingError> {
        let digest = Sha256::digest(model::to_cbor(&proposals)?);
        let digits: String = digest
            .iter()
            .take(4)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok(format!(
            "{}/{}.{digits}",
            self.family(),
            self.question.version()
        ))
    }

    /// The instructions that the model is given, word for word.
    #[must_use]
    pub fn instructions(&self) -> &str {
        self.question.instructions
    }

    /// Asks about every clean passage of a reading. `known` is what was proposed from it before.
    ///
    /// # Errors
    /// When the server cannot be used at all: nothing of it was answered.
    pub fn propose(&self, reading: &Reading, known: &[Proposal]) -> Result<Suggested, ServerError> {
        let chars = CharIndex::new(&reading.text);
        let mut known = Known::of(known);
        let mut suggested = Suggested::default();
        let mut waiting: VecDeque<Vec<Piece>> = windows(reading, &chars).into();
        let (mut answered, mut failed) = (false, 0);
        while let Some(window) = waiting.pop_front() {
            if failed >= GIVE_UP || suggested.questions >= self.client.limits().questions {
                give_up(&mut suggested, &window);
                continue;
            }
            suggested.questions += 1;
            let asked = self.client.ask(
                &self.name,
                self.question.instructions,
                &material(reading, &window),
                &self.question.schema,
            );
            let said = match asked {
                Ok(said) => said,
                Err(error) => {
                    failed += 1;
                    if !answered && (waiting.is_empty() || failed >= GIVE_UP) {
                        return Err(error);
                    }
                    give_up(&mut suggested, &window);
                    suggested.why = Some(error.to_string());
                    continue;
                }
            };
            (answered, failed) = (true, 0);
            let Some(records) = answer::records(&said.words) else {
                // Too much to say about much text: about half of it there is less.
                match halves(window) {
                    Ok([first, second]) => {
                        waiting.push_front(second);
                        waiting.push_front(first);
                    }
                    Err(window) => {
                        give_up(&mut suggested, &window);
                        let why = if said.cut_short {
                            "was cut short"
                        } else {
                            "is not the JSON that was asked for"
                        };
                        suggested.why = Some(format!("the model's answer {why}"));
                    }
                }
                continue;
            };
            self.keep(
                reading,
                &chars,
                &window,
                records,
                &mut known,
                &mut suggested,
            );
        }
        suggested.proposals.sort_by_cached_key(|proposal| {
            let first = proposal.quotes.first().map(|quote| quote.span);
            (first, proposal.body.kind(), proposal.rule.clone())
        });
        Ok(suggested)
    }

    fn keep(
        &self,
        reading: &Reading,
        chars: &CharIndex,
        window: &[Piece],
        records: Vec<Result<answer::Given, ()>>,
        known: &mut Known,
        suggested: &mut Suggested,
    ) {
        let mut kept = Vec::new();
        let place = Place::new(reading, chars, known, window);
        for given in records {
            let proposal = match given {
                Ok(given) => place.keep(&self.question, &given),
                Err(()) => Err(Refused::NotAsked),
            };
            match proposal {
                Ok(proposal) => kept.push(proposal),
                Err(Refused::NotFound) => suggested.not_found += 1,
                Err(Refused::NotAsked) => suggested.malformed += 1,
            }
        }
        for proposal in kept {
            if known.has(&proposal) {
                suggested.known += 1;
            } else {
                known.note(&proposal);
                suggested.proposals.push(proposal);
            }
        }
    }
}

fn give_up(suggested: &mut Suggested, window: &[Piece]) {
    let numbers = window.iter().map(|piece| piece.number);
    suggested.unanswered.extend(numbers);
    suggested.unanswered.dedup();
}

/// A window in two; itself when it is one piece.
fn halves(mut window: Vec<Piece>) -> Result<[Vec<Piece>; 2], Vec<Piece>> {
    if window.len() < 2 {
        return Err(window);
    }
    let second = window.split_off(window.len() / 2);
    Ok([window, second])
}
