use super::ATTENTION;
use crate::cli::Global;
use crate::failure::Result;
use crate::session::{open_locked, threads};
use crate::{place, print};
use archive::Device;
use std::process::ExitCode;

/// Say what this machine offers, and what is missing
///
/// Tells which protections the sandbox of the readers has on this system, where the keys are and
/// whether a passphrase protects them, and whether the archive's folder can hold an archive.
#[derive(clap::Args)]
pub struct Args {}

/// One line of the examination.
struct Line {
    what: &'static str,
    found: String,
    fine: bool,
}

/// Examines the machine.
pub fn run(global: &Global, _: &Args) -> Result<ExitCode> {
    let mut lines = vec![
        line(
            "Program",
            format!("onrecord {}", env!("CARGO_PKG_VERSION")),
            true,
        ),
        line("Processors", threads().to_string(), true),
        line("Keys and views", place::home()?.display().to_string(), true),
    ];
    for protection in read::sandbox().protections {
        let words = format!("{}: {}", protection.name, protection.detail);
        lines.push(line("Sandbox", words, protection.active));
    }
    lines.push(match super::reread::tesseract(&[]) {
        Ok(found) if found.missing().is_empty() => line(
            "OCR",
            format!(
                "Tesseract {}: {}",
                found.version,
                found.languages.join(", ")
            ),
            true,
        ),
        Ok(found) => line(
            "OCR",
            format!(
                "Tesseract {} without models of {} (Debian: apt install {})",
                found.version,
                found.missing().join(", "),
                found
                    .missing()
                    .iter()
                    .map(|code| format!("tesseract-ocr-{code}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            ),
            true,
        ),
        Err(why) => line(
            "OCR",
            format!("pictures and scans wait: Tesseract: {why}"),
            true,
        ),
    });
    match open_locked(global) {
        Err(failure) => lines.push(line(
            "Archive",
            failure.to_string(),
            global.archive.is_none(),
        )),
        Ok((archive, folder)) => {
            let words = format!("{} in {}", archive.id(), folder.display());
            lines.push(line("Archive", words, true));
            for head in archive.heads() {
                let words = format!("{} with {} entries", head.writer, head.size);
                lines.push(line("Log", words, true));
            }
            lines.push(keys(&archive)?);
        }
    }
    let fine = lines.iter().all(|line| line.fine);
    for line in &lines {
        if global.json {
            print::json(&serde_json::json!({
                "what": line.what, "found": line.found, "fine": line.fine,
            }))?;
        } else {
            let mark = if line.fine {
                print::sound("ok")
            } else {
                print::alarm("!!")
            };
            print::line_out(&format!("{mark}  {:<16} {}", line.what, line.found))?;
        }
    }
    Ok(if fine {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ATTENTION)
    })
}

fn keys(archive: &archive::Archive) -> Result<Line> {
    let folder = place::device(archive.id())?;
    let shown = folder.display();
    Ok(if !Device::exists(&folder) {
        line(
            "Keys",
            format!("none on this device (looked in {shown})"),
            false,
        )
    } else if Device::is_protected(&folder)? {
        line(
            "Keys",
            format!("protected by a passphrase, in {shown}"),
            true,
        )
    } else {
        line(
            "Keys",
            format!("protected by no passphrase, in {shown}"),
            false,
        )
    })
}

fn line(what: &'static str, found: String, fine: bool) -> Line {
    Line { what, found, fine }
}
