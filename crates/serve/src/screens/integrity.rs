//! Integrity: verify now, what was found, and the chain of custody of a source with its proof.

use super::log;
use crate::answer::{Answer, Trouble};
use crate::app::App;
use crate::desk::{Desk, Visitor};
use crate::lines::Line;
use crate::verifying::Verified;
use archive::{EntryKind, Severity};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, REFRESH};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use model::SourceId;
use std::io::{Cursor, Write};
use view::SourceInfo;
use web::screens::{CustodyPage, Found, IntegrityPage, LogHead};
use web::{Text, show};
use zip::write::SimpleFileOptions;

/// The address of this screen.
const HERE: &str = "/integrity";
/// Findings that are shown; the number of all is said.
const MOST: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(integrity))
        .route("/integrity/verify", post(verify))
        .route("/integrity/{id}", get(custody))
        .route("/integrity/{id}/proof.zip", get(bundle))
}

async fn integrity(visitor: Visitor) -> Response {
    visitor
        .respond(|desk| {
            let page = fill(desk)?;
            let runs = page.running.is_some();
            let told = crate::answer::page(&page);
            // While it runs the page comes again by itself.
            Ok(match runs {
                true => ([(REFRESH, "1")], told).into_response(),
                false => told,
            })
        })
        .await
}

async fn verify(visitor: Visitor) -> Response {
    visitor
        .respond(|desk| {
            let now = jiff::Timestamp::now().as_millisecond();
            desk.open.verify(u64::try_from(now).unwrap_or(0));
            Ok((StatusCode::SEE_OTHER, [(LOCATION, HERE)]).into_response())
        })
        .await
}

fn fill(desk: &Desk<'_>) -> Answer<IntegrityPage> {
    let text = desk.text();
    let (running, last) = desk.open.verifying.state();
    let percent = running.map(|now| (now.bytes * 100).checked_div(now.total_bytes).unwrap_or(0));
    let (class, verdict, because) = match (&running, &last) {
        (Some(_), _) => ("proposed", text.say("integrity-running"), Vec::new()),
        (None, Some(verified)) => ruling(verified, text),
        (None, None) => {
            let why = vec![text.say("integrity-not-yet-why")];
            ("proposed", text.say("integrity-not-yet"), why)
        }
    };
    let heads = desk.open.archive.heads();
    Ok(IntegrityPage {
        frame: desk.frame("integrity", text.say("integrity-title"))?,
        class,
        verdict,
        because,
        running: percent.map(|percent| percent.min(100)),
        found: match &last {
            Some(verified) => found(desk, verified)?,
            None => Vec::new(),
        },
        heads: heads
            .iter()
            .map(|head| LogHead {
                writer: head.writer.to_string(),
                size: text.digits(head.size),
                root: head.root.to_string(),
            })
            .collect(),
    })
}

/// The verdict on a verification, and what it rests on.
fn ruling(verified: &Verified, text: Text) -> (&'static str, String, Vec<String>) {
    let report = &verified.report;
    let when = show::time(verified.at);
    let (class, verdict) = match report.is_sound() {
        true => ("calm", text.name("integrity-sound", when)),
        false => ("alert", text.name("integrity-damaged", when)),
    };
    let size = show::size(report.bytes);
    let mut because = vec![
        text.both("integrity-objects", report.objects, size),
        text.number("integrity-checked-entries", report.entries),
        text.number("integrity-quotes", verified.citations),
    ];
    if report.erased > 0 {
        because.push(text.number("integrity-erased", report.erased));
    }
    if !verified.without_heads.is_empty() {
        because.push(text.name("integrity-without-heads", &verified.without_heads));
    }
    (class, verdict, because)
}

fn found(desk: &Desk<'_>, verified: &Verified) -> Answer<Vec<Found>> {
    let text = desk.text();
    let mut all = Vec::new();
    let mut findings: Vec<_> = verified.report.findings.iter().collect();
    findings.sort_by_key(|one| std::cmp::Reverse(one.severity));
    for finding in findings.into_iter().take(MOST) {
        let (name, class) = match finding.severity {
            Severity::Damage => ("integrity-damage", "alert"),
            Severity::Warning => ("integrity-warning", ""),
            Severity::Note => ("integrity-note", ""),
        };
        let mut sources = Vec::new();
        for id in finding.sources.iter().take(MOST) {
            let info = desk.view().source(id)?;
            let title = info
                .as_ref()
                .map_or_else(|| id.to_string(), super::sources::title);
            sources.push((title, format!("{HERE}/{id}")));
        }
        all.push(Found {
            severity: text.say(name),
            class,
            object: finding.object.clone(),
            what: format!("{}. {}", finding.what, finding.meaning),
            sources,
        });
    }
    Ok(all)
}

async fn custody(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor
        .at_desk(move |desk| chain(desk, &desk.source(&id)?))
        .await
}

/// Every entry of the ledger about a source, the oldest first.
fn entries(desk: &Desk<'_>, id: SourceId) -> Answer<Vec<Line>> {
    let lines = desk.open.lines.of(&desk.open.archive)?;
    let about = lines.iter().filter(|line| line.subject == Some(id));
    Ok(about.copied().collect())
}

fn chain(desk: &Desk<'_>, info: &SourceInfo) -> Answer<CustodyPage> {
    let text = desk.text();
    let rows = entries(desk, info.id)?;
    let (class, verified) = match desk.open.verifying.state().1 {
        None => ("proposed", text.say("integrity-source-not-yet")),
        Some(verified) => {
            let touched = verified.report.findings.iter();
            let damaged = touched
                .filter(|one| one.severity == Severity::Damage)
                .any(|one| one.sources.contains(&info.id));
            let when = show::time(verified.at);
            match damaged {
                true => ("alert", text.name("integrity-source-damaged", when)),
                false => ("calm", text.name("integrity-source-sound", when)),
            }
        }
    };
    Ok(CustodyPage {
        frame: desk.frame("integrity", super::sources::title(info))?,
        lang: info.language.clone().unwrap_or_default(),
        source: super::sources::address(info),
        proof: format!("{HERE}/{}/proof.zip", info.id),
        facts: super::head::facts(info, None, text),
        entries: rows
            .iter()
            .map(|found| log::row(found, (String::new(), String::new()), text))
            .collect(),
        verified,
        class,
    })
}

/// The receipt of a source: proof that its entry is in the signed log, the entry as stored, and
/// the key to check it with.
async fn bundle(visitor: Visitor, Path(id): Path<String>) -> Response {
    visitor
        .respond(move |desk| {
            let info = desk.source(&id)?;
            let name = format!("attachment; filename=\"{}-proof.zip\"", info.id);
            let headers = [
                (CONTENT_TYPE, "application/zip".to_owned()),
                (CONTENT_DISPOSITION, name),
            ];
            Ok((headers, packed(desk, &info)?).into_response())
        })
        .await
}

fn packed(desk: &Desk<'_>, info: &SourceInfo) -> Answer<Vec<u8>> {
    let archive = &desk.open.archive;
    let entries = entries(desk, info.id)?;
    let found = entries.iter().find(|one| one.kind == EntryKind::Source);
    let found = found.ok_or(Trouble::NotFound)?;
    let id = info.id.to_string();
    let files = [
        (
            "tlog-proof",
            archive.proof(found.writer, found.index)?.into_bytes(),
        ),
        ("entry", archive.leaf(found.writer, found.index)?),
        (
            "vkey",
            format!("{}\n", archive.vkey(found.writer)?).into_bytes(),
        ),
        ("txt", letter(info).into_bytes()),
    ];
    let failed = |error: &dyn std::fmt::Display| Trouble::Failed(error.to_string());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (end, bytes) in files {
        zip.start_file(format!("{id}.{end}"), SimpleFileOptions::default())
            .map_err(|error| failed(&error))?;
        zip.write_all(&bytes).map_err(|error| failed(&error))?;
    }
    let packed = zip.finish().map_err(|error| failed(&error))?;
    Ok(packed.into_inner())
}

/// What is in the bundle and how to check it, for whoever receives it.
fn letter(info: &SourceInfo) -> String {
    let (id, original) = (info.id, info.source.original);
    format!(
        "Proof that a source is on record\n\n\
         {id}.entry       the entry of the ledger that introduces it, as stored\n\
         {id}.tlog-proof  that this entry is in the signed log (C2SP tlog-proof)\n\
         {id}.vkey        the key to check the signature with\n\n\
         Check it with any program that reads C2SP tlog-proof; neither onrecord nor the content is\n\
         needed. Ask for the key by another way as well, and compare: a key that comes with what it\n\
         proves proves nothing by itself.\n\n\
         SHA-256 of the original: {original}\n\
         The entry is sealed: it shows that something was recorded and when the device said so, not\n\
         what it is. To show that a file is this source, compare its SHA-256 and have someone who\n\
         holds the keys open the entry.\n"
    )
}
