//! The open archive: its keys, its view, its one writer. Locking drops all of it.
//!
//! Invariant: while the vault is locked nothing in this process can read the archive; requests
//! under way finish with what they hold and then let go of it.

use crate::accounts::{AccountError, Accounts};
use crate::app::{Options, Readers};
use crate::lease::Views;
use crate::lines::Lines;
use crate::masking::Masking;
use crate::pages::Pages;
use crate::screens::people::pairs::Counted;
use crate::verifying::Verifying;
use archive::{Archive, Device, SecretString, Store, Writer};
use assemble::Assembled;
use collect::Collector;
use model::{Compartment, PartialDate};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How often it is looked whether another program wrote to the archive.
const LOOK: Duration = Duration::from_secs(2);

/// How long the archive is not laid out anew, in times of what that took.
const REST: u32 = 5;

/// Why the archive could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The archive or its keys.
    #[error(transparent)]
    Archive(#[from] archive::Error),
    /// The view.
    #[error(transparent)]
    View(#[from] view::Error),
    /// There are no keys here.
    #[error(
        "this device holds no keys to the archive; open it where it was made, or copy that device folder here"
    )]
    NoKeys,
    /// The accounts.
    #[error("{0}")]
    Accounts(String),
    /// The readers did not start.
    #[error("the sandboxed readers did not start: {0}; run `onrecord doctor`")]
    Readers(String),
}

/// The archive, locked or open.
pub(crate) struct Vault {
    place: PathBuf,
    keys: PathBuf,
    views: PathBuf,
    asks: AtomicBool,
    open: RwLock<Option<Arc<Open>>>,
    /// One try of a passphrase at a time: each takes half a second by design.
    trying: Mutex<()>,
}

/// An open archive.
pub(crate) struct Open {
    pub(crate) archive: Archive,
    pub(crate) device: Device,
    pub(crate) views: Views,
    pub(crate) accounts: Accounts,
    /// Held while something is written: one writer at a time.
    pub(crate) writing: Mutex<()>,
    looked: Mutex<Option<Instant>>,
    pub(crate) lines: Lines,
    whole: Mutex<Whole>,
    pub(crate) verifying: Verifying,
    /// Whose names are unreadable, and who reads them all the same.
    pub(crate) masking: Masking,
    /// How many pairs wait to be judged.
    pub(crate) pairs: Counted,
    /// Images of pages.
    pub(crate) pages: Pages,
    collector: OnceLock<Collector>,
}

/// The archive laid out as a whole, as of a position of the ledger.
#[derive(Default)]
struct Whole {
    ready: Option<(archive::Position, PartialDate, Arc<Assembled>)>,
    working: bool,
    /// When laying out ended the last time, and how long it took.
    ended: Option<(Instant, Duration)>,
    /// Why it could not be laid out the last time.
    failed: Option<String>,
}

impl Whole {
    /// Whether it is time to lay out anew: who decides record after record changes the ledger every
    /// few seconds, and a processor that lays out all the time is none for the pages. So it rests
    /// [`REST`] times as long as it worked, which on a small archive is no time at all.
    fn may_begin(&self) -> bool {
        let rested = |(ended, took): (Instant, Duration)| ended.elapsed() >= took * REST;
        !self.working && self.ended.is_none_or(rested)
    }
}

impl Vault {
    pub(crate) fn new(options: &Options) -> Result<Self, VaultError> {
        // Fails early, with a reason, where there is no archive.
        Archive::open(Store::local(&options.archive)?)?;
        if !Device::exists(&options.device) {
            return Err(VaultError::NoKeys);
        }
        Ok(Self {
            place: options.archive.clone(),
            keys: options.device.clone(),
            views: options.views.clone(),
            asks: AtomicBool::new(Device::is_protected(&options.device)?),
            open: RwLock::default(),
            trying: Mutex::default(),
        })
    }

    /// Whether the device's keys are protected by a passphrase.
    pub(crate) fn asks(&self) -> bool {
        self.asks.load(Ordering::Relaxed)
    }

    /// Tries a passphrase; opens the archive when it is the right one and the archive is locked.
    pub(crate) fn try_passphrase(
        &self,
        passphrase: Option<SecretString>,
    ) -> Result<(), VaultError> {
        let _one_at_a_time = self.trying.lock().unwrap_or_else(PoisonError::into_inner);
        let device = Device::unlock(&self.keys, passphrase)?;
        match self.get() {
            Some(_) => Ok(()),
            None => self.open(device),
        }
    }

    /// Protects this device's keys by another passphrase; the one so far must be the right one.
    pub(crate) fn change_passphrase(
        &self,
        old: SecretString,
        new: SecretString,
    ) -> Result<(), VaultError> {
        let _one_at_a_time = self.trying.lock().unwrap_or_else(PoisonError::into_inner);
        Device::change_passphrase(&self.keys, self.asks().then_some(old), new)?;
        self.asks.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Opens the archive.
    pub(crate) fn open(&self, device: Device) -> Result<(), VaultError> {
        let archive = Archive::open(Store::local(&self.place)?)?;
        archive.unlock(&device)?;
        let views = Views::new(self.views.clone(), &device);
        let accounts = Accounts::load(&device);
        let accounts =
            accounts.map_err(|error: AccountError| VaultError::Accounts(error.to_string()))?;
        let open = Arc::new(Open {
            archive,
            views,
            accounts,
            device,
            writing: Mutex::default(),
            looked: Mutex::default(),
            lines: Lines::default(),
            whole: Mutex::default(),
            verifying: Verifying::default(),
            masking: Masking::default(),
            pairs: Counted::default(),
            pages: Pages::default(),
            collector: OnceLock::new(),
        });
        // What cannot be shown is said now, not on every page.
        drop(open.views.lease(&open.archive)?);
        // Read before a page asks; what is damaged is said there.
        let ahead = Arc::clone(&open);
        std::thread::spawn(move || drop(ahead.lines.of(&ahead.archive)));
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(open);
        Ok(())
    }

    /// Lets go of everything.
    pub(crate) fn lock(&self) {
        let open = self
            .open
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(open);
    }

    /// The open archive; `None` while it is locked.
    pub(crate) fn get(&self) -> Option<Arc<Open>> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        open.clone()
    }
}

impl Open {
    /// Looks, now and then, whether another program wrote to the archive.
    pub(crate) fn look(&self) -> Result<(), VaultError> {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.is_none_or(|last| last.elapsed() > LOOK) {
            self.archive.refresh()?;
            *looked = Some(Instant::now());
        }
        Ok(())
    }

    /// Does `work` with the one writer, which sees the ledger as it is; the archive knows of what
    /// was written when this returns.
    pub(crate) fn write<T, E: From<archive::Error>>(
        &self,
        work: impl FnOnce(&mut Writer) -> Result<T, E>,
    ) -> Result<T, E> {
        let _one_writer = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.archive.refresh()?;
        let (mut writer, _) = self.archive.writer(&self.device)?;
        let done = work(&mut writer);
        drop(writer);
        self.archive.refresh()?;
        done
    }

    /// The readers and the extractor, started when they are first needed.
    pub(crate) fn collector(&self, start: &Readers) -> Result<&Collector, VaultError> {
        if let Some(collector) = self.collector.get() {
            return Ok(collector);
        }
        let collector = start().map_err(VaultError::Readers)?;
        Ok(self.collector.get_or_init(|| collector))
    }

    /// The archive laid out as a whole, as it was when it was last laid out. Where that is older
    /// than the ledger, or was never done, it is begun on a thread of its own, and a later call
    /// has it. The flag says whether it is as new as the ledger.
    pub(crate) fn whole(self: &Arc<Self>, today: PartialDate) -> (Option<Arc<Assembled>>, bool) {
        let now = self.archive.position();
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        let known = whole.ready.as_ref();
        let is_new = known.is_some_and(|(at, day, _)| *at == now && *day == today);
        let assembled = known.map(|(_, _, all)| Arc::clone(all));
        if !is_new && whole.may_begin() {
            whole.working = true;
            let open = Arc::clone(self);
            std::thread::spawn(move || open.lay_out(now, today));
        }
        (assembled, is_new)
    }

    fn lay_out(&self, at: archive::Position, today: PartialDate) {
        let began = Instant::now();
        let assembled = self.gathered(today);
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        whole.working = false;
        whole.ended = Some((Instant::now(), began.elapsed()));
        match assembled {
            Ok(all) => {
                whole.ready = Some((at, today, Arc::new(all)));
                whole.failed = None;
            }
            Err(why) => whole.failed = Some(why),
        }
    }

    fn gathered(&self, today: PartialDate) -> Result<Assembled, String> {
        let view = self.views.lease(&self.archive);
        let view = view.map_err(|error| error.to_string())?;
        let all = Assembled::gather(&view, &self.archive, Compartment::Sealed, today)
            .map_err(|error| error.to_string())?;
        all.prepare();
        Ok(all)
    }

    /// Why the archive could not be laid out as a whole the last time; `None` when it could, or
    /// was not tried yet.
    pub(crate) fn why_not_whole(&self) -> Option<String> {
        let whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        whole.failed.clone()
    }
}
