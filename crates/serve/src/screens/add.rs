//! Adding files: from the form, through `collect`, to a line for each of them.
//!
//! Invariant: files go from the request to the sealed archive through memory only; nothing of them
//! is written to disk in the clear. What is told as on record is durable.

use crate::answer::{Answer, Trouble, page};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Field, Multipart, MultipartRejection};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use collect::{Content, Event, Item, Skipped, Terms};
use model::{Compartment, Outcome, Sha256Digest, SourceId};
use std::sync::{Arc, Mutex, PoisonError};
use web::screens::{Added, AddedPage, UploadForm};
use web::{Text, show};

/// Most bytes of all files of one upload.
const MOST: usize = 64_000_000;
/// Most files of one upload.
const FILES: usize = 1000;
/// Longest word of the form, in bytes.
const WORDS: usize = 4 << 10;

pub(super) fn routes() -> Router<App> {
    Router::new().route(
        "/sources/add",
        post(add).layer(DefaultBodyLimit::max(MOST + (1 << 20))),
    )
}

/// The form, with what can be chosen.
pub(super) fn form(text: Text, open: bool) -> UploadForm {
    let list = show::vocabularies().list("compartment");
    let term = |code: &str| list.and_then(|list| list.term(code));
    let definition = |code: &str| match text.language() {
        // Definitions are in English only; labels say enough in other languages.
        web::Language::English => term(code).map_or("", |term| term.definition.as_str()),
        _ => "",
    };
    let compartments = Compartment::ALL.iter().map(|one| {
        let code = one.name();
        let label = show::label(text, "compartment", code);
        (code, label, definition(code).to_owned())
    });
    UploadForm {
        compartments: compartments.collect(),
        most: show::size(MOST as u64),
        open,
    }
}

/// What was sent.
#[derive(Default)]
struct Sent {
    files: Vec<(String, Vec<u8>)>,
    terms: Terms,
}

async fn add(visitor: Visitor, sent: Result<Multipart, MultipartRejection>) -> Response {
    let text = Text::of(visitor.look.language);
    let sent = match sent {
        Ok(form) => receive(form, text).await,
        Err(error) => Err(error.body_text()),
    };
    visitor
        .respond(move |desk| {
            let sent = sent.map_err(Trouble::NotUnderstood)?;
            Ok(page(&put_on_record(desk, sent)?))
        })
        .await
}

async fn receive(mut form: Multipart, text: Text) -> Result<Sent, String> {
    let too_large = || text.name("sources-too-large", show::size(MOST as u64));
    let mut sent = Sent::default();
    let mut bytes = 0;
    loop {
        let field = form
            .next_field()
            .await
            .map_err(|error| match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => too_large(),
                _ => error.body_text(),
            })?;
        let Some(mut field) = field else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file = own_name(field.file_name().unwrap_or_default());
            let content = take(&mut field, MOST - bytes)
                .await?
                .ok_or_else(too_large)?;
            bytes += content.len();
            // A form without a file sends an empty one without a name.
            if !(file.is_empty() && content.is_empty()) {
                sent.files.push((file, content));
            }
            if sent.files.len() > FILES {
                return Err(too_large());
            }
            continue;
        }
        let value = take(&mut field, WORDS).await?.unwrap_or_default();
        let value = String::from_utf8_lossy(&value).trim().to_owned();
        let stated = Some(value.clone()).filter(|value| !value.is_empty());
        match name.as_str() {
            "origin" => sent.terms.origin = stated,
            "consent" => sent.terms.consent = stated,
            "compartment" => {
                let named = Compartment::ALL.into_iter().find(|one| one.name() == value);
                sent.terms.compartment = named
                    .ok_or_else(|| format!("“{value}” is no compartment; nothing was added"))?;
            }
            _ => {}
        }
    }
    if sent.files.is_empty() {
        return Err(text.say("sources-no-file"));
    }
    Ok(sent)
}

/// The bytes of a field; `None` when there are more than `most`.
async fn take(field: &mut Field<'_>, most: usize) -> Result<Option<Vec<u8>>, String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| error.body_text())? {
        if bytes.len() + chunk.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// A file's name without the folders that some browsers put before it.
fn own_name(name: &str) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    own.chars()
        .filter(|char| !char.is_control())
        .take(255)
        .collect()
}

fn put_on_record(desk: &Desk<'_>, sent: Sent) -> Answer<AddedPage> {
    let text = desk.text();
    let terms = Terms {
        by: desk.operator().to_owned(),
        ..sent.terms
    };
    let terms = Arc::new(terms);
    let items: Vec<Result<Item, Skipped>> = sent
        .files
        .into_iter()
        .map(|(name, content)| {
            Ok(Item {
                name,
                how: "upload",
                bytes: Some(content.len() as u64),
                modified: None,
                content: Content::Bytes(content),
                terms: Arc::clone(&terms),
                captured: None,
            })
        })
        .collect();
    let mut events = Vec::new();
    let summary = collect(desk, items, &mut |event| events.push(event))?;
    Ok(AddedPage {
        frame: desk.frame("sources", text.number("sources-added", summary.collected))?,
        files: events
            .iter()
            .filter_map(|event| told(event, text))
            .collect(),
        added: summary.collected,
        proposed: summary.proposed,
    })
}

fn collect(
    desk: &Desk<'_>,
    items: Vec<Result<Item, Skipped>>,
    on: &mut dyn FnMut(Event),
) -> Answer<collect::Summary> {
    let open = desk.open;
    let collector = open.collector(&desk.visitor.app.inner.options.readers)?;
    let _one_writer = open.writing.lock().unwrap_or_else(PoisonError::into_inner);
    // Views are not shared between threads: this one is asked from several, one at a time.
    let view = Mutex::new(open.views.lease(&open.archive)?);
    let known = |original: &Sha256Digest| -> Result<Option<SourceId>, collect::NotTold> {
        let view = view.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(view.by_original(original)?)
    };
    let (mut writer, _) = open.archive.writer(&open.device)?;
    let summary = collector.add(items.into_iter(), &mut writer, &known, on);
    drop(writer);
    open.archive.refresh()?;
    summary.map_err(|error| Trouble::Failed(error.to_string()))
}

fn told(event: &Event, text: Text) -> Option<Added> {
    let address = |id: &SourceId| format!("/sources/{id}");
    Some(match event {
        Event::Collected {
            id,
            name,
            title,
            outcome,
            proposed,
            ..
        } => {
            let (class, words) = match (outcome, proposed) {
                (Outcome::Unread(unread), _) => {
                    ("kept", text.name("sources-file-kept", &unread.reason))
                }
                (Outcome::Read { .. }, Some(number)) => {
                    ("read", text.number("sources-file-read", *number))
                }
                (Outcome::Read { .. }, None) => ("kept", text.say("sources-file-unextracted")),
            };
            Added {
                name: name.clone(),
                class,
                outcome: words,
                title: title.clone().unwrap_or_default(),
                address: address(id),
            }
        }
        Event::Known { name, id } => Added {
            name: name.clone(),
            class: "known",
            outcome: text.say("sources-file-known"),
            title: String::new(),
            address: address(id),
        },
        Event::Skipped(skipped) => Added {
            name: skipped.path.clone(),
            class: "failed",
            outcome: text.name("sources-file-failed", &skipped.reason),
            title: String::new(),
            address: String::new(),
        },
        Event::Signed(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::own_name;

    #[test]
    fn names_are_those_of_files_alone() {
        assert_eq!(own_name("C:\\Users\\kim\\list.csv"), "list.csv");
        assert_eq!(own_name("../../etc/passwd"), "passwd");
        assert_eq!(own_name("a\u{0}\nb.txt"), "ab.txt");
    }
}
