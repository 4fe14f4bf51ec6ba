//! Reading again what is on record: by a newer reader, by OCR, or because the last attempt failed.
//!
//! Invariant: a new reading stands beside the old one, which stays, and with it every citation; a
//! reading that came out as before is not written twice, and one that failed displaces none.

use crate::add::{Collector, Error, Event};
use crate::budget::Budget;
use crate::item::{Item, Skipped};
use crate::prepare::{Prepared, encoded, prepare};
use crate::record::{Recorder, write_understood};
use archive::Writer;
use model::{Outcome, Passage, Reading, Sha256Digest, SourceId, decompress, from_cbor};
use read::Input;
use std::collections::BTreeMap;

/// Longest reading that is looked at, in bytes.
const MOST_READING: u64 = 1 << 30;

/// A source that was read again, not on record yet.
pub struct Reread {
    source: SourceId,
    prepared: Prepared,
    /// What came of it.
    pub outcome: Outcome,
    /// The reading; `None` when it could not be read.
    pub reading: Option<Reading>,
    /// Whether the reading is another than the one that is held.
    pub is_news: bool,
}

impl Reread {
    /// How many files came out of it that are not on record yet.
    #[must_use]
    pub fn taken_out(&self) -> usize {
        self.prepared
            .members
            .iter()
            .filter(|member| member.is_ok())
            .count()
    }
}

impl Collector {
    /// Reads a source again. `held` is the digest of the reading that it has; nothing is written.
    ///
    /// # Errors
    /// In words for people: its bytes could not be loaded.
    pub fn read_again(
        &self,
        source: SourceId,
        (original, held): (Sha256Digest, Option<Sha256Digest>),
        item: Item,
        known: &(dyn Fn(&Sha256Digest) -> Option<SourceId> + Sync),
    ) -> Result<Reread, Skipped> {
        let by_rules =
            |reading: &Reading, context: &extract::Context| self.by_rules(reading, context);
        // The source itself is on record: that is no reason not to read it here.
        let others = |digest: &Sha256Digest| *digest != original && known(digest).is_some();
        let mut prepared =
            prepare(self, &by_rules, &others, item).map_err(|(path, reason)| Skipped {
                path,
                reason,
                failure: true,
            })?;
        prepared.members.retain(|member| {
            let original = member.as_ref().ok().and_then(|member| member.original);
            original.is_none_or(|original| known(&original).is_none())
        });
        let outcome = prepared.understood.outcome.clone();
        let is_news = match &outcome {
            Outcome::Read { reading, .. } => held != Some(*reading),
            Outcome::Unread(_) => false,
        };
        let reading = prepared.understood.reading.as_ref().and_then(|(blob, _)| {
            let bytes = decompress(blob, MOST_READING).ok()?;
            from_cbor(&bytes).ok()
        });
        Ok(Reread {
            source,
            prepared,
            outcome,
            reading,
            is_news,
        })
    }

    /// Puts a new reading on record beside the old one, with what was proposed from it and the files
    /// that came out of it; nothing where there is no news.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub fn record_again(
        &self,
        reread: Reread,
        writer: &mut Writer,
        known: &(dyn Fn(&Sha256Digest) -> Option<SourceId> + Sync),
        on: &mut dyn FnMut(Event),
    ) -> Result<Option<usize>, Error> {
        let Reread {
            source,
            mut prepared,
            is_news,
            ..
        } = reread;
        let members = std::mem::take(&mut prepared.members);
        if !is_news && members.is_empty() {
            return Ok(Some(0));
        }
        let budget = Budget::new(1, 1);
        let mut recorder = Recorder {
            collector: self,
            known,
            on,
            budget: &budget,
            summary: crate::Summary::default(),
            here: BTreeMap::new(),
        };
        let mut commit = writer.commit()?;
        let mut proposed = Some(0);
        if is_news {
            (_, _, proposed) = write_understood(&mut commit, source, prepared.understood, true)?;
        }
        let mut staged = Vec::new();
        recorder.stage_members(&mut commit, members, source, &mut staged)?;
        recorder.acknowledge(commit, staged)?;
        Ok(proposed)
    }

    /// Reads by OCR what `media_type` and the reason for which it was not read make a case for it.
    pub(crate) fn by_ocr(
        &self,
        input: &Input<'_>,
        media_type: &str,
        unread: &model::Unread,
    ) -> Option<Result<Reading, model::Unread>> {
        let tesseract = self.ocr.as_ref()?;
        let wanted = read::ocr::is_wanted(media_type, unread);
        wanted.then(|| tesseract.read(input, media_type, &self.workers))
    }
}

impl Collector {
    /// The reading of a picture's words beside what it says of itself, where there are words; else
    /// the reading as it was.
    pub(crate) fn with_words(
        &self,
        input: &Input<'_>,
        media_type: &str,
        fields: Vec<u8>,
    ) -> Vec<u8> {
        let ocr = self.ocr.as_ref();
        let Some(tesseract) = ocr.filter(|_| read::ocr::is_picture(media_type)) else {
            return fields;
        };
        let Ok(of_fields) = from_cbor::<Reading>(&fields) else {
            return fields;
        };
        if !read::ocr::is_of_fields(&of_fields.reader) {
            return fields;
        }
        let words = tesseract.read(input, media_type, &self.workers);
        let words = words.and_then(|mut reading| {
            reading.remarks.extend(of_fields.remarks);
            encoded(&reading)
        });
        words.unwrap_or(fields)
    }
}

/// What is different in a new reading, in words for people; empty when nothing that anybody would
/// notice is.
#[must_use]
pub fn difference(old: Option<&Reading>, new: &Reading) -> Vec<String> {
    let Some(old) = old else {
        let passages = new.clean().count();
        return vec![format!("read for the first time: {passages} passages")];
    };
    let mut lines = Vec::new();
    let title = |reading: &Reading| reading.title.as_ref().map(|found| found.value.clone());
    let date = |reading: &Reading| {
        reading
            .published
            .as_ref()
            .map(|found| found.value.to_string())
    };
    let language = |reading: &Reading| reading.language.as_ref().map(|found| found.value.clone());
    let publisher = |reading: &Reading| reading.publisher.as_ref().map(|found| found.value.clone());
    for (name, before, now) in [
        ("title", title(old), title(new)),
        ("published", date(old), date(new)),
        ("publisher", publisher(old), publisher(new)),
        ("language", language(old), language(new)),
    ] {
        if before != now {
            let shown = |value: Option<String>| {
                value.map_or("none".to_owned(), |value| format!("“{value}”"))
            };
            lines.push(format!(
                "{name}: {} instead of {}",
                shown(now),
                shown(before)
            ));
        }
    }
    let (before, now) = (clean(old), clean(new));
    let more = beyond(&now, &before);
    let fewer = beyond(&before, &now);
    if more + fewer > 0 {
        lines.push(format!(
            "{more} passages are new, {fewer} gone from the clean text"
        ));
    }
    if old.remarks != new.remarks {
        lines.push("remarks differ".to_owned());
    }
    lines
}

/// How often each passage stands in the clean text.
fn clean(reading: &Reading) -> BTreeMap<&str, usize> {
    let chars = model::CharIndex::new(&reading.text);
    let text = |passage: &Passage| chars.slice(&reading.text, passage.span);
    let mut passages = BTreeMap::new();
    for text in reading.clean().filter_map(text) {
        *passages.entry(text).or_default() += 1;
    }
    passages
}

/// Passages of one text that the other has not.
fn beyond(one: &BTreeMap<&str, usize>, other: &BTreeMap<&str, usize>) -> usize {
    let more = one
        .iter()
        .map(|(text, number)| number.saturating_sub(other.get(text).copied().unwrap_or(0)));
    more.sum()
}
