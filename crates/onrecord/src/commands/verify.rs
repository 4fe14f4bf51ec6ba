use super::ATTENTION;
use crate::cli::Global;
use crate::failure::Result;
use crate::session::{threads, unlock_device};
use crate::{place, print, progress};
use archive::{Archive, Severity, Store, VerifyOptions};
use collect::Checker;
use serde_json::json;
use std::process::ExitCode;

/// Check every byte of the archive: ledger, signatures, blobs, and every citation
///
/// The ledger and the blobs are verified without keys. Where this device holds keys, every
/// original and reading is opened and hashed and every quote looked up at its place as well.
/// Exits 1 when anything is damaged, and names it.
#[derive(clap::Args)]
pub struct Args {
    /// Use no keys: verify what anyone with a copy of the archive can verify
    #[arg(long)]
    pub without_keys: bool,
}

/// Verifies.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let place = place::archive(global)?;
    // A lost or damaged onrecord.json is damage to be named, not a reason to look at nothing.
    let archive = Archive::open_without_manifest(Store::local(&place)?)?;
    let device = if args.without_keys {
        None
    } else {
        unlock_device(global, &archive)?
    };
    let mut seen_heads = Vec::new();
    let mut locked = None;
    if let Some(device) = &device {
        seen_heads = device.heads(archive.id())?;
        // What keeps it from being opened is most likely damage: it is named below with the rest.
        locked = archive.unlock(device).err();
    }
    let checker = (device.is_some() && locked.is_none()).then(|| Checker::new(&archive));
    let check = |found: &archive::LogEntry| checker.as_ref().map_or(Ok(()), |c| c.check(found));
    let options = VerifyOptions {
        threads: threads(),
        seen_heads,
        check: checker.is_some().then_some(&check),
    };
    let bar = progress::bytes(global, "Verifying");
    let report = archive.verify(&options, &mut |now| bar.set(now.bytes, now.total_bytes));
    bar.clear();

    let citations = checker.as_ref().map(Checker::citations);
    if global.json {
        for finding in &report.findings {
            print::json(&json!({
                "severity": severity(finding.severity), "object": finding.object,
                "what": finding.what, "meaning": finding.meaning, "sources": finding.sources,
            }))?;
        }
        print::json(&json!({
            "sound": report.is_sound(), "entries": report.entries, "sources": report.sources,
            "erased": report.erased, "segments": report.segments, "objects": report.objects,
            "bytes": report.bytes, "citations": citations,
            "locked": locked.as_ref().map(ToString::to_string),
            "heads": report.heads.iter().map(head_json).collect::<Vec<_>>(),
        }))?;
    } else {
        for finding in &report.findings {
            let label = match finding.severity {
                Severity::Damage => print::alarm("DAMAGE"),
                Severity::Warning => print::strong("warning"),
                Severity::Note => print::faint("note"),
            };
            print::line_out(&format!("{label}  {}: {}", finding.object, finding.what))?;
            print::line_out(&format!("        {}", finding.meaning))?;
            for source in &finding.sources {
                print::line_out(&format!("        touches source {source}"))?;
            }
        }
        let verdict = if report.is_sound() {
            print::sound("Sound.")
        } else {
            print::alarm("Damaged: what is named above is not as it was recorded.")
        };
        print::line_out(&format!(
            "{verdict} {} checked in {}: {}, {} ({}).",
            print::count(report.objects, "object", "objects"),
            place.display(),
            print::count(report.entries, "entry", "entries"),
            print::count(report.sources, "source", "sources"),
            print::size(report.bytes),
        ))?;
        match citations {
            Some(citations) => print::line_out(&format!(
                "Every original and reading was opened and hashed; {} stand where they should.",
                print::count(citations, "quote", "quotes")
            ))?,
            None if let Some(why) = &locked => print::line_out(&print::alarm(format!(
                "Nothing was opened, because that failed: {why}."
            )))?,
            None => print::line_out(
                "Nothing was opened: originals, readings and quotes were not compared with what \
                 the sealed entries say of them.",
            )?,
        }
        for head in &report.heads {
            print::line_out(&format!(
                "Log {}: {} entries, root {}",
                head.writer, head.size, head.root
            ))?;
        }
        if !report.heads.is_empty() && device.is_none() {
            print::line_out(&print::faint(
                "A log cut off at an earlier checkpoint looks whole to someone who saw no later \
                 one: compare these roots with those that others hold.",
            ))?;
        }
    }
    Ok(if report.is_sound() && locked.is_none() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ATTENTION)
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Damage => "damage",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn head_json(head: &archive::Head) -> serde_json::Value {
    json!({"writer": head.writer.to_string(), "size": head.size, "root": head.root.to_string()})
}
