use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::{place, print, session};
use archive::{Archive, Device, Protection, Store};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Make an archive
///
/// Makes the archive and, apart from it, this device's keys to it. The keys are protected by a
/// passphrase, which is asked for twice. Nobody can restore a forgotten passphrase or a lost
/// device folder: keep a copy of the folder that is named at the end, on another medium.
#[derive(clap::Args)]
pub struct Args {
    /// The folder, else that of --archive, else this one; it is made when it does not exist
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Protect the keys by no passphrase: whoever gets this device's files can read everything
    #[arg(long)]
    pub no_passphrase: bool,
}

/// Makes the archive.
pub fn run(global: &Global, args: &Args) -> Result<ExitCode> {
    let named = args.folder.as_deref().or(global.archive.as_deref());
    let folder = named.unwrap_or(Path::new("."));
    if folder.join("onrecord.json").exists() {
        let shown = folder.display();
        return Err(Failure::new(format!(
            "{shown} is an archive already; nothing was changed"
        )));
    }
    let protection = if args.no_passphrase {
        Protection::None
    } else {
        Protection::Passphrase(new_passphrase(global)?)
    };
    let (archive, device) = create(folder, protection)?;
    if global.json {
        print::json(&serde_json::json!({
            "archive": archive.id().to_string(),
            "folder": folder,
            "device": device,
            "protected": !args.no_passphrase,
        }))?;
        return Ok(ExitCode::SUCCESS);
    }
    print::line_out(&format!(
        "Archive {} made in {}.",
        archive.id(),
        folder.display()
    ))?;
    print::line_out(&format!(
        "This device's keys to it are in {}.",
        device.display()
    ))?;
    if !global.quiet {
        print::line_out(&format!(
            "Keep a copy of that folder on another medium{}: without it nobody can read the archive.",
            if args.no_passphrase {
                ", locked away"
            } else {
                ", and the passphrase"
            }
        ))?;
        print::line_out(&format!(
            "Next: onrecord --archive {} add FILES",
            folder.display()
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes an archive and this device's keys to it; also says where the keys are.
pub fn create(folder: &Path, protection: Protection) -> Result<(Archive, PathBuf)> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::new(format!(
            "cannot make the folder {}: {error}",
            folder.display()
        ))
    })?;
    // The id of the archive names the device folder, and the keys are needed to make the archive:
    // so the folder gets its name last.
    let home = place::home()?;
    std::fs::create_dir_all(&home)?;
    let unnamed = home.join(format!("new-{}", std::process::id()));
    let device = Device::create(&unnamed, protection)?;
    let made = Store::local(folder).and_then(|store| Archive::init(store, &device));
    drop(device);
    match made {
        Ok(archive) => {
            let named = place::device(archive.id())?;
            std::fs::rename(&unnamed, &named)?;
            Ok((archive, named))
        }
        Err(error) => {
            std::fs::remove_dir_all(&unnamed)?;
            Err(error.into())
        }
    }
}

fn new_passphrase(global: &Global) -> Result<archive::SecretString> {
    use archive::ExposeSecret;
    let first = session::passphrase(global, "New passphrase: ")?;
    if first.expose_secret().chars().count() < 8 {
        return Err(Failure::new(
            "a passphrase has at least 8 characters; five random words are good",
        ));
    }
    if global.passphrase_file.is_none() {
        let second = session::passphrase(global, "The same again: ")?;
        if first.expose_secret() != second.expose_secret() {
            return Err(Failure::new("the two passphrases differ; nothing was made"));
        }
    }
    Ok(first)
}
