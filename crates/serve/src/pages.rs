//! Pages of documents as images: made by the sandboxed readers, kept in memory while the archive is
//! open, within bounds.
//!
//! Invariants: nothing of it is on disk, and locking lets go of it; two pages are drawn at a time,
//! whoever asks; what cannot be drawn is not tried again on every request. A screen does not wait
//! for a page longer than [`MOMENT`].

use crate::app::{App, Readers};
use crate::vault::Open;
use archive::WriterId;
use axum::body::Bytes;
use lru::LruCache;
use model::{Reading, Sheet, Sheets, SourceId, WordPlace};
use read::Input;
use read::sheet::Veil;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use view::SourceInfo;

/// Most bytes of images that are kept.
const IMAGES: usize = 48 << 20;
/// Most bytes of places of words that are kept.
const PLACES: usize = 32 << 20;
/// Pages that are drawn at a time.
const AT_ONCE: usize = 2;
/// How long a screen waits for a page before it says that it is being drawn.
const MOMENT: Duration = Duration::from_millis(60);
/// Most pages that wait to be drawn for screens.
const WAITING: usize = 16;

/// Which page, and how much of it is hidden.
type Which = (SourceId, u32, Veil);
/// What was made; else why not, in words.
type Made<T> = Result<T, String>;

/// What is kept of pages.
pub(crate) struct Pages {
    sheets: Mutex<Kept<SourceId, Arc<Sheets>>>,
    images: Mutex<Kept<Which, Bytes>>,
    turns: [Mutex<()>; AT_ONCE],
    /// What was begun for screens: `None` while it is drawn, else why this program could not.
    begun: Mutex<HashMap<Which, Option<String>>>,
    ended: Condvar,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            sheets: Mutex::new(Kept::new(PLACES)),
            images: Mutex::new(Kept::new(IMAGES)),
            turns: Default::default(),
            begun: Mutex::default(),
            ended: Condvar::new(),
        }
    }
}

/// The last things made, as many as there is room for.
struct Kept<K: Hash + Eq, V> {
    all: LruCache<K, (Made<V>, usize)>,
    bytes: usize,
    most: usize,
}

impl<K: Hash + Eq, V: Clone> Kept<K, V> {
    fn new(most: usize) -> Self {
        Self {
            all: LruCache::unbounded(),
            bytes: 0,
            most,
        }
    }

    fn get(&mut self, key: &K) -> Option<Made<V>> {
        self.all.get(key).map(|(made, _)| made.clone())
    }

    fn put(&mut self, key: K, made: Made<V>, bytes: usize) {
        // What is kept takes some room whatever it is.
        let bytes = bytes + 200;
        if let Some((_, (_, before))) = self.all.push(key, (made, bytes)) {
            self.bytes -= before;
        }
        self.bytes += bytes;
        while self.bytes > self.most && self.all.len() > 1 {
            let Some((_, (_, before))) = self.all.pop_lru() else {
                return;
            };
            self.bytes -= before;
        }
    }
}

/// Where the words of a reading stand on the pages of its source.
pub(crate) enum Places<'p> {
    /// There: of the file's own text, or found by OCR.
    Known(&'p [WordPlace]),
    /// The file has no text of its own, or the source none at all.
    Unknown,
    /// The reading was made in another way than the file is read today: by this reader.
    OtherReading(String),
}

impl Pages {
    /// The pages of a source.
    ///
    /// # Errors
    /// In words: the file cannot be read, has no pages, is protected or damaged.
    pub(crate) fn sheets(
        &self,
        open: &Open,
        start: &Readers,
        info: &SourceInfo,
    ) -> Made<Arc<Sheets>> {
        if let Some(made) = lock(&self.sheets).get(&info.id) {
            return made;
        }
        let _turn = self.turn(0);
        if let Some(made) = lock(&self.sheets).get(&info.id) {
            return made;
        }
        let made = given(open, start, info, |workers, input| {
            workers.sheets(input).map(Arc::new)
        })?;
        let bytes = made.as_ref().map_or(0, |sheets| {
            size_of_val(sheets.words.as_slice()) + size_of_val(sheets.sheets.as_slice())
        });
        lock(&self.sheets).put(info.id, made.clone(), bytes);
        made
    }

    /// The image of a page, from 1, as a PNG file.
    ///
    /// # Errors
    /// As [`Self::sheets`]; there is no such page.
    pub(crate) fn image(
        &self,
        open: &Open,
        start: &Readers,
        info: &SourceInfo,
        (page, veil): (u32, Veil),
    ) -> Made<Bytes> {
        let which = (info.id, page, veil);
        if let Some(made) = lock(&self.images).get(&which) {
            return made;
        }
        let _turn = self.turn(page as usize);
        if let Some(made) = lock(&self.images).get(&which) {
            return made;
        }
        let made = given(open, start, info, |workers, input| {
            workers.draw(input, page, veil).map(Bytes::from)
        })?;
        let bytes = made.as_ref().map_or(0, Bytes::len);
        lock(&self.images).put(which, made.clone(), bytes);
        made
    }

    /// Whether a page, or why there is none, is there to be shown. What is not is begun on a thread
    /// of its own, waited for a moment, and there for a later request.
    ///
    /// # Errors
    /// Why this program could not make it, once; another request tries again.
    pub(crate) fn are_ready(
        open: &Arc<Open>,
        app: &App,
        info: &SourceInfo,
        (page, veil): (u32, Veil),
    ) -> Made<bool> {
        let pages = &open.pages;
        let which = (info.id, page, veil);
        if pages.have(&which) {
            return Ok(true);
        }
        if let Entry::Occupied(begun) = lock(&pages.begun).entry(which)
            && begun.get().is_some()
        {
            return Err(begun.remove().unwrap_or_default());
        }
        Self::begin(open, app, info, (page, veil));
        let waits = |begun: &mut HashMap<Which, _>| begun.get(&which) == Some(&None);
        let waited = pages
            .ended
            .wait_timeout_while(lock(&pages.begun), MOMENT, waits);
        drop(waited);
        Ok(pages.have(&which))
    }

    /// Begins a page that somebody will look at soon.
    pub(crate) fn begin(open: &Arc<Open>, app: &App, info: &SourceInfo, (page, veil): (u32, Veil)) {
        let pages = &open.pages;
        let which = (info.id, page, veil);
        if pages.have(&which) {
            return;
        }
        let mut begun = lock(&pages.begun);
        let working = begun.values().filter(|one| one.is_none()).count();
        if !begun.contains_key(&which) && working < WAITING {
            let (open, app, info) = (Arc::clone(open), app.clone(), info.clone());
            let make = move || open.pages.make(&open, &app, &info, which);
            // Without a thread to spare a later request tries again.
            if std::thread::Builder::new().spawn(make).is_ok() {
                begun.insert(which, None);
            }
        }
    }

    /// Makes what a screen shows of a page.
    fn make(&self, open: &Open, app: &App, info: &SourceInfo, which: Which) {
        let start = &app.inner.options.readers;
        let (_, page, veil) = which;
        let _ends = Ends { pages: self, which };
        let made = self
            .sheets(open, start, info)
            .and_then(|sheets| self.image(open, start, info, (within(&sheets, page), veil)));
        let mut begun = lock(&self.begun);
        if let Err(why) = made
            && !self.have(&which)
            && begun.len() <= 4 * WAITING
        {
            begun.insert(which, Some(why));
        }
    }

    fn have(&self, (source, page, veil): &Which) -> bool {
        match lock(&self.sheets).get(source) {
            None => false,
            Some(Err(_)) => true,
            Some(Ok(sheets)) => {
                let which = (*source, within(&sheets, *page), *veil);
                lock(&self.images).get(&which).is_some()
            }
        }
    }

    fn turn(&self, at: usize) -> MutexGuard<'_, ()> {
        lock(&self.turns[at % AT_ONCE])
    }
}

/// Ends a page that was begun, also where the thread that makes it dies.
struct Ends<'p> {
    pages: &'p Pages,
    which: Which,
}

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        let mut begun = lock(&self.pages.begun);
        if begun.get(&self.which) == Some(&None) {
            begun.remove(&self.which);
        }
        drop(begun);
        self.pages.ended.notify_all();
    }
}

/// Where the words of a reading stand on these pages.
pub(crate) fn places<'p>(sheets: &'p Sheets, reading: &'p Reading) -> Places<'p> {
    if !reading.words.is_empty() {
        return Places::Known(&reading.words);
    }
    let Some((_, text)) = &sheets.of else {
        return Places::Unknown;
    };
    let read: [u8; 32] = Sha256::digest(reading.text.as_bytes()).into();
    match read == text.0 {
        true => Places::Known(&sheets.words),
        false => {
            let reader = &reading.reader;
            Places::OtherReading(format!("{} {}", reader.name, reader.version))
        }
    }
}

/// The page that is shown for a number that somebody asked for.
pub(crate) fn within(sheets: &Sheets, page: u32) -> u32 {
    page.clamp(1, count(sheets))
}

/// How many pages there are, at least one.
pub(crate) fn count(sheets: &Sheets) -> u32 {
    u32::try_from(sheets.sheets.len())
        .unwrap_or(u32::MAX)
        .max(1)
}

/// The page of that number, from 1.
pub(crate) fn sheet(sheets: &Sheets, page: u32) -> Option<&Sheet> {
    sheets.sheets.get((page as usize).checked_sub(1)?)
}

/// What the readers give of the original of a source. The outer error is of this program, and
/// another try may meet it no more; the inner one is of the file.
fn given<T>(
    open: &Open,
    start: &Readers,
    info: &SourceInfo,
    ask: impl FnOnce(&read::Workers, &Input<'_>) -> Result<T, model::Unread>,
) -> Made<Made<T>> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let archive = &open.archive;
    let found = archive.entry(WriterId(info.entry.writer), info.entry.index);
    let found = found.map_err(|error| words(&error))?;
    let bytes = archive.blob_bytes(&found.entry, 0, collect::LONGEST);
    let bytes = bytes.map_err(|error| words(&error))?;
    let collector = open.collector(start).map_err(|error| words(&error))?;
    let input = Input {
        bytes: &bytes,
        name: &info.source.collected.name,
    };
    Ok(ask(&collector.workers, &input).map_err(|unread| unread.reason))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_its_bounds_and_the_last_used_stays() {
        let mut kept: Kept<u32, u32> = Kept::new(1_000);
        kept.put(1, Ok(10), 100);
        kept.put(2, Err("no".to_owned()), 100);
        kept.put(3, Ok(30), 100);
        assert_eq!(kept.get(&1), Some(Ok(10)));
        kept.put(4, Ok(40), 100);
        assert_eq!(kept.get(&2), None);
        assert_eq!(kept.get(&1), Some(Ok(10)));
        kept.put(1, Ok(11), 100);
        assert_eq!((kept.all.len(), kept.bytes), (3, 900));
        // One that is larger than all room is kept alone.
        kept.put(5, Ok(50), 5_000);
        assert_eq!((kept.all.len(), kept.get(&5)), (1, Some(Ok(50))));
        assert_eq!(kept.bytes, 5_200);
    }
}
