//! An archive that is opened, unlocked, and whose view is up to date: what most commands need.

use crate::cli::Global;
use crate::failure::{Failure, Result};
use crate::place;
use crate::print;
use crate::progress;
use archive::{Archive, Device, SecretString, Store};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use view::View;

/// Longest passphrase file that is read, in bytes.
const PASSPHRASE_FILE: u64 = 4096;

/// An open archive and this device's keys to it.
pub struct Session {
    /// The archive, unlocked.
    pub archive: Archive,
    /// This device's keys.
    pub device: Device,
    /// Where the archive is.
    pub place: PathBuf,
}

/// Opens the archive without keys: enough to verify it and to list its log.
pub fn open_locked(global: &Global) -> Result<(Archive, PathBuf)> {
    let place = place::archive(global)?;
    let archive = Archive::open(Store::local(&place)?)?;
    Ok((archive, place))
}

/// This device's keys to the archive; `None` when it has none.
pub fn unlock_device(global: &Global, archive: &Archive) -> Result<Option<Device>> {
    let folder = place::device(archive.id())?;
    if !Device::exists(&folder) {
        return Ok(None);
    }
    let passphrase = if Device::is_protected(&folder)? {
        Some(passphrase(global, "Passphrase: ")?)
    } else {
        None
    };
    Ok(Some(Device::unlock(&folder, passphrase)?))
}

impl Session {
    /// Opens and unlocks the archive.
    pub fn open(global: &Global) -> Result<Self> {
        let (archive, place) = open_locked(global)?;
        let device = unlock_device(global, &archive)?.ok_or_else(|| {
            Failure::new(format!(
                "this device holds no keys to the archive at {}; `onrecord verify` and `onrecord \
                 log` work without, reading needs the device folder it was made with \
                 (ONRECORD_HOME names another place to look)",
                place.display()
            ))
        })?;
        archive.unlock(&device)?;
        warn_of_removed_history(&archive, &device)?;
        Ok(Self {
            archive,
            device,
            place,
        })
    }

    /// The view, with everything in it that is in the ledger.
    pub fn view(&self, global: &Global) -> Result<View> {
        let folder = place::views(self.device.folder());
        let mut view = View::open(&folder, &self.device.view_key())?;
        let progress = progress::counter(global, "Indexing", "entries");
        let total: u64 = self.archive.position().0.values().sum();
        let total = total - view.position()?.0.values().sum::<u64>().min(total);
        let applied = view.catch_up(&self.archive, threads(), &mut |done| {
            progress.set(done, total)
        })?;
        progress.clear();
        say_problems(&applied);
        Ok(view)
    }
}

/// Says on standard error when a log is shorter than this device has seen it. Writing refuses such
/// an archive, and verify says more; what is read from it must not pass for all there is.
fn warn_of_removed_history(archive: &Archive, device: &Device) -> Result<()> {
    let seen = device.heads(archive.id())?;
    let behind = || {
        let now = archive.heads();
        let size = |writer| {
            now.iter()
                .find(|head| head.writer == writer)
                .map_or(0, |h| h.size)
        };
        let behind = seen.iter().map(|head| (head, size(head.writer)));
        behind
            .filter(|(head, size)| *size < head.size)
            .collect::<Vec<_>>()
    };
    if behind().is_empty() {
        return Ok(());
    }
    // Another process may have signed between the two looks.
    let _ = archive.refresh();
    for (head, size) in behind() {
        print::line_err(&format!(
            "{} this device saw {} entries in the log of {}, now there are {size}: history was \
             removed, or an older copy was put back; run `onrecord verify`",
            print::alarm("warning:"),
            head.size,
            head.writer
        ));
    }
    Ok(())
}

/// Says on standard error what could not be taken into the view.
pub fn say_problems(applied: &view::Applied) {
    for problem in &applied.problems {
        print::line_err(&format!("{problem}; run `onrecord verify`"));
    }
}

/// Threads that work is spread over.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The passphrase, from the file that was named or from the terminal.
pub fn passphrase(global: &Global, prompt: &str) -> Result<SecretString> {
    if let Some(path) = &global.passphrase_file {
        return read_passphrase(path);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new(
            "a passphrase is needed and there is no terminal to ask for it; name a file that \
             holds it with --passphrase-file or ONRECORD_PASSPHRASE_FILE",
        ));
    }
    Ok(SecretString::from(rpassword::prompt_password(prompt)?))
}

fn read_passphrase(path: &Path) -> Result<SecretString> {
    let shown = path.display();
    let file = std::fs::File::open(path)
        .map_err(|error| Failure::new(format!("cannot read the passphrase in {shown}: {error}")))?;
    let mut text = String::new();
    file.take(PASSPHRASE_FILE).read_to_string(&mut text)?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(SecretString::from(line.to_owned())),
        _ => Err(Failure::new(format!(
            "the passphrase file {shown} is empty"
        ))),
    }
}
