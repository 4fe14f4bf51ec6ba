use super::{ATTENTION, add};
use crate::cli::Global;
use crate::failure::Result;
use crate::print;
use crate::session::Session;
use crate::terms::Stated;
use capture::{Capture, Line, Proxy, Settings};
use collect::{Content, Item, Items, Skipped, Terms};
use serde_json::json;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Capture pages of the web with what they show, and add them
///
/// The page, and its pictures, styles, scripts and frames, go into a WARC file exactly as they
/// came, with the times, the addresses of the servers, redirects and certificates. The file becomes
/// a source, and each answer in it one of its own. Nothing of the page is run: what only a script
/// would show is not captured. No cookie is sent, and servers are not told which program asks, but
/// they see the address of this machine unless a proxy stands between: with --proxy tor they do not.
///
/// But for `extract --model` with a host that you name, no other command opens a connection to
/// another machine.
// The text is shown as it stands in the terminal's help.
#[allow(rustdoc::bare_urls)]
#[derive(clap::Args)]
pub struct Args {
    /// Addresses of pages, such as https://example.org/report
    #[arg(value_name = "URL", required = true)]
    pub addresses: Vec<String>,
    /// Ask through a proxy: tor, socks5://127.0.0.1:9050 or http://proxy.example.org:3128
    #[arg(long, value_name = "PROXY")]
    pub proxy: Option<Proxy>,
    /// Only the page, not what it shows
    #[arg(long)]
    pub page_only: bool,
    /// An address of a private network, or of this machine, that may be asked; may be repeated
    #[arg(long, value_name = "IP")]
    pub allow_private: Vec<IpAddr>,
    /// Capture even where the server cannot prove who it is; that is then on record
    #[arg(long)]
    pub any_certificate: bool,
    /// Most seconds for one page
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub seconds: u64,
    /// Most mebibytes for one page and what it shows
    #[arg(long, value_name = "MIB", default_value_t = 56)]
    pub most: u64,
    /// What to call oneself towards servers, instead of a common browser's name
    #[arg(long, value_name = "TEXT")]
    pub user_agent: Option<String>,
    /// Also write the WARC files into this folder, unencrypted
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// With --to: write WACZ packages, which a browser shows (ReplayWeb.page), instead of WARC files
    #[arg(long, requires = "to")]
    pub wacz: bool,
    #[command(flatten)]
    pub stated: Stated,
}

/// What became of the addresses that a page needs, told when all is on record.
type Told = Arc<Mutex<Vec<(String, Vec<Line>)>>>;

/// Captures and adds.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    // Keys first: a page that was captured and cannot be kept would be lost.
    let session = Session::open(global)?;
    if let Some(folder) = &args.to {
        std::fs::create_dir_all(folder)?;
    }
    let told = Told::default();
    let summary = add::add(global, &session, items(args, &told))?;
    let mut missing = 0;
    for (page, lines) in told.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        missing += say(global, page, lines)?;
    }
    if missing > 0 && !global.quiet && !global.json {
        print::line_err(&format!(
            "{} that the pages need could not be had; the captures name them.",
            print::count(missing, "address", "addresses")
        ));
    }
    Ok(if summary.is_complete() && missing == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ATTENTION)
    })
}

/// One item a page, captured when its turn comes.
fn items(args: &Args, told: &Told) -> Items {
    let settings = settings(args);
    let terms = args.stated.terms();
    let told = Arc::clone(told);
    let (to, wacz) = (args.to.clone(), args.wacz);
    let addresses = args.addresses.clone().into_iter();
    Box::new(addresses.map(move |address| {
        let failed = |reason: String| Skipped {
            path: address.clone(),
            reason,
            failure: true,
        };
        let captured = capture::capture(&address, &settings);
        let captured = captured.map_err(|error| failed(format!("was not captured: {error}.")))?;
        if let Some(folder) = &to {
            let path = folder.join(&captured.name);
            keep(&captured, &path, wacz).map_err(|error| {
                failed(format!("cannot be written to {}: {error}", path.display()))
            })?;
        }
        let Capture {
            name, bytes, lines, ..
        } = captured;
        let mut all = told.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((address.clone(), lines));
        Ok(Item {
            name,
            how: "capture",
            bytes: Some(bytes.len() as u64),
            modified: None,
            content: Content::Bytes(bytes),
            terms: Arc::new(Terms {
                origin: terms.origin.clone().or(Some(address.clone())),
                ..terms.clone()
            }),
            captured: None,
        })
    }))
}

/// Writes the file, or a package of it, where the user wants it.
fn keep(captured: &Capture, path: &Path, wacz: bool) -> std::io::Result<()> {
    if !wacz {
        return std::fs::write(path, &captured.bytes);
    }
    let package = captured.wacz(&software())?;
    // `with_extension` twice: `.warc.gz` is two.
    std::fs::write(path.with_extension("").with_extension("wacz"), package)
}

fn software() -> String {
    format!("onrecord/{}", env!("CARGO_PKG_VERSION"))
}

fn settings(args: &Args) -> Settings {
    let default = Settings::default();
    let most = args.most.saturating_mul(1 << 20);
    Settings {
        proxy: args.proxy.clone(),
        allow_private: args.allow_private.clone(),
        any_certificate: args.any_certificate,
        resources: !args.page_only,
        most_bytes: most,
        most_answer: default.most_answer.min(most),
        time: Duration::from_secs(args.seconds),
        user_agent: args.user_agent.clone().unwrap_or(default.user_agent),
        software: software(),
        ..default
    }
}

/// Tells what became of the addresses of one page; how many could not be had.
fn say(global: &Global, page: &str, lines: &[Line]) -> Result<usize> {
    let mut missing = 0;
    for line in lines {
        missing += usize::from(line.status.is_none());
        if global.json {
            print::json(&json!({
                "event": "asked", "page": page, "address": line.address, "status": line.status,
                "bytes": line.bytes, "note": line.note,
            }))?;
        } else if let (Some(note), false) = (&line.note, global.quiet) {
            print::line_err(&print::faint(format!("{}  {note}", line.address)));
        }
    }
    Ok(missing)
}
