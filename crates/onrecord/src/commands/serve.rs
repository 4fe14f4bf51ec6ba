use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::session::{self, open_locked};
use crate::{place, print};
use serve::{App, Options, Role};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Serve the archive's web interface to this machine
///
/// Prints a link that signs in whoever opens it first; it works once. Nothing is reachable from
/// other machines unless --listen names an address that is. Stop it with Ctrl-C.
#[derive(clap::Args, Clone)]
// `open` takes these too: their group needs a name of its own.
#[group(id = "serve")]
pub struct Args {
    /// Address and port to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7070")]
    pub listen: SocketAddr,
    /// A further name under which it may be reached, such as archive.example.org
    #[arg(long = "host", value_name = "NAME")]
    pub hosts: Vec<String>,
    /// Lock the archive when nobody came for this many minutes
    #[arg(long, value_name = "MINUTES", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=1440))]
    pub lock_after: u64,
    /// Who adds and decides; else ONRECORD_OPERATOR or the name of this user
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Write a token for the HTTP API to this file: an admin's, until this ends or for 30 days; a
    /// program sends it as `Authorization: Bearer TOKEN`. The file must not exist; only you can
    /// read it, and it is removed at the end
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Ask for the passphrase in the browser instead of here
    #[arg(long)]
    pub locked: bool,
}

/// Serves until it is told to stop.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    serve(global, args, &|_| Ok(()))
}

/// The same; `ready` gets the link.
pub(super) fn serve(
    global: &Global,
    args: &Args,
    ready: &dyn Fn(&str) -> Result<()>,
) -> Result<ExitCode> {
    let (archive, folder) = open_locked(global)?;
    let device = match args.locked {
        true => None,
        false => session::unlock_device(global, &archive)?,
    };
    let keys = place::device(archive.id())?;
    let for_readers = global.clone();
    let operator = operator(args);
    let app = App::new(Options {
        name: name_of(&folder),
        archive: folder,
        views: place::views(&keys),
        device: keys,
        operator: operator.clone(),
        idle: Duration::from_secs(args.lock_after * 60),
        readers: Box::new(move || {
            super::add::collector(&for_readers).map_err(|failure| failure.to_string())
        }),
        hosts: args.hosts.clone(),
    })?;
    if let Some(device) = device {
        app.unlock(device)?;
    }
    let token_file = args.token_file.as_deref();
    let _token = token_file
        .map(|file| TokenFile::write(&app, &operator, file))
        .transpose()?;
    let link = app.link();
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(async {
        let listening = |address: SocketAddr| {
            let link = format!("http://{}{link}", shown(address));
            // Who reads this may be gone; that must not end the service.
            let _ = say(global, address, &link, &operator);
            if let Err(failure) = ready(&link) {
                print::line_err(&failure.to_string());
            }
        };
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        app.serve(args.listen, listening, stop).await
    });
    served.map_err(|error| {
        Failure::new(format!(
            "cannot listen at {}: {error}; another program may be there: choose another port with \
             --listen, or 0 for any",
            args.listen
        ))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The name of who decides. Where the system knows none, as in a container, there is one all the
/// same: a decision without a name is refused, and that must not meet a newcomer at the first key.
fn operator(args: &Args) -> String {
    let given = args.by.clone().unwrap_or_else(place::operator);
    match given.trim() {
        "" => "keeper of this device".to_owned(),
        name => name.to_owned(),
    }
}

/// Hours that the token holds.
const TOKEN_HOURS: u64 = 720;

/// A token in a file, which is removed when this is dropped: the token is worth nothing then.
struct TokenFile<'f>(&'f Path);

impl<'f> TokenFile<'f> {
    /// Makes a token for the programs of `operator`. Its name is not theirs: what a program decides
    /// must not pass for a second person's look.
    fn write(app: &App, operator: &str, file: &'f Path) -> Result<Self> {
        let name = format!("a program of {}", operator.trim());
        let token = app
            .token(name.trim(), Role::Admin, TOKEN_HOURS)
            .map_err(Failure::new)?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let failed = |error: std::io::Error| {
            let shown = file.display();
            Failure::new(format!("the token cannot be written to {shown}: {error}"))
        };
        let mut opened = options.open(file).map_err(failed)?;
        let written = Self(file);
        std::io::Write::write_all(&mut opened, token.as_bytes()).map_err(failed)?;
        Ok(written)
    }
}

impl Drop for TokenFile<'_> {
    fn drop(&mut self) {
        // Gone already, or not ours to remove any more: nothing is lost with it.
        let _ = std::fs::remove_file(self.0);
    }
}

fn say(global: &Global, address: SocketAddr, link: &str, operator: &str) -> Result<()> {
    if global.json {
        let line = serde_json::json!({"address": address.to_string(), "link": link});
        return Ok(print::line_flushed(&line.to_string())?);
    }
    let lines = format!(
        "The archive is at {}\nOpen this link once to sign in:\n  {link}\nWhat you decide is kept \
         under the name “{operator}” (--by NAME gives another). Ctrl-C stops it.",
        print::strong(format!("http://{}/", shown(address)))
    );
    if !address.ip().is_loopback() {
        print::line_err(&print::alarm(
            "Other machines can reach this, and nothing between them and here is encrypted. Put it \
             behind a server that speaks HTTPS, and name that server with --host.",
        ));
    }
    Ok(print::line_flushed(&lines)?)
}

/// The address that is listened at unless another is named.
pub(super) fn usual() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 7070))
}

/// An address as a browser on this machine reaches it.
fn shown(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    }
}

/// What the archive is called: its folder's name, or that above it where the folder is only
/// called `archive`.
fn name_of(folder: &std::path::Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let names = whole.iter().rev().map(|name| name.to_string_lossy());
    let mut names = names.filter(|name| *name != "archive");
    names
        .next()
        .map_or_else(|| "archive".to_owned(), |name| name.into_owned())
}
