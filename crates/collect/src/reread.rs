//! Reading again what is on record: by a newer reader, by OCR, or because the last attempt failed.
//!
//! Invariant: a new reading stands beside the old one, which stays, and with it every citation; a
//! reading that came out as before is not written twice; one that failed, or that lacks the words
//! which OCR found, displaces none.

use crate::add::{Collector, Error, Event, Known};
use crate::budget::Budget;
use crate::item::{Item, Skipped};
use crate::prepare::{Prepared, encoded, prepare};
use crate::record::{Recorder, write_understood};
use archive::Writer;
use model::{Outcome, Passage, Reading, Sha256Digest, SourceId, decompress, from_cbor};
use read::{Input, ocr};
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
    /// Reads a source again. `held` is what came of reading it before; nothing is written.
    ///
    /// # Errors
    /// Its bytes could not be loaded, or what is on record could not be looked up.
    pub fn read_again(
        &self,
        source: SourceId,
        (original, held): (Sha256Digest, Option<&Outcome>),
        item: Item,
        known: &Known<'_>,
    ) -> Result<Reread, Skipped> {
        let by_rules =
            |reading: &Reading, context: &extract::Context| self.by_rules(reading, context);
        // The source itself is on record: that is no reason not to read it here.
        let others = |digest: &Sha256Digest| match known(digest) {
            Ok(found) => Ok(*digest != original && found.is_some()),
            Err(error) => Err(error),
        };
        let mut prepared = prepare(self, &by_rules, &others, &mut |_| true, item)?;
        // What is on record already came out of it before.
        prepared.members.retain(|member| match member {
            Ok(member) => !member.is_known,
            Err(_) => true,
        });
        let outcome = prepared.understood.outcome.clone();
        let is_news = is_news(held, &outcome, self.ocr.is_some());
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
        known: &Known<'_>,
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
        let wanted = ocr::is_wanted(media_type, unread);
        wanted.then(|| {
            let read = tesseract.read(input, media_type, &self.workers);
            // Tesseract tells words; what the picture looks like was told before.
            let likeness = unread.likeness;
            read.map(|reading| Reading {
                likeness,
                ..reading
            })
            .map_err(|refused| model::Unread {
                likeness,
                ..refused
            })
        })
    }
}

/// Whether an outcome is to stand beside the one that is held. `with_ocr`: OCR was there to be
/// asked.
fn is_news(held: Option<&Outcome>, new: &Outcome, with_ocr: bool) -> bool {
    let by_ocr = |unread: &model::Unread| unread.reader.as_ref().is_some_and(ocr::is_by_ocr);
    match (held, new) {
        (
            Some(Outcome::Read { reading, reader }),
            Outcome::Read {
                reading: now,
                reader: by,
            },
        ) => {
            // Words of OCR, and what it was told that there are none, stay where it did not run or
            // failed this time.
            let is_less =
                ocr::is_of_fields(by) && (ocr::is_by_ocr(reader) || reader == by && !with_ocr);
            reading != now && !is_less
        }
        (None | Some(Outcome::Unread(_)), Outcome::Read { .. }) => true,
        // That OCR was asked, and what it said, is not asked again.
        (Some(Outcome::Unread(before)), Outcome::Unread(now)) => {
            let is_seen = before.likeness.is_none() && now.likeness.is_some();
            before != now && (by_ocr(now) || is_seen && !by_ocr(before))
        }
        (None | Some(Outcome::Read { .. }), Outcome::Unread(_)) => false,
    }
}

impl Collector {
    /// The reading of a picture's words beside what it says of itself, where there are words; else
    /// what it says of itself, with what OCR said.
    pub(crate) fn with_words(
        &self,
        input: &Input<'_>,
        media_type: &str,
        fields: Vec<u8>,
    ) -> Vec<u8> {
        let tesseract = self.ocr.as_ref();
        let Some(tesseract) = tesseract.filter(|_| ocr::is_picture(media_type)) else {
            return fields;
        };
        let Ok(mut of_fields) = from_cbor::<Reading>(&fields) else {
            return fields;
        };
        if !ocr::is_of_fields(&of_fields.reader) {
            return fields;
        }
        let reading = match tesseract.read(input, media_type, &self.workers) {
            Ok(mut reading) => {
                reading.remarks.extend(of_fields.remarks);
                reading.likeness = of_fields.likeness;
                reading
            }
            Err(unread) => {
                of_fields.remarks.push(unread.reason);
                of_fields
            }
        };
        encoded(&reading).unwrap_or(fields)
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

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Reader, Unread};

    fn reader(name: &str) -> Reader {
        let (name, version) = (name.to_owned(), 1);
        Reader { name, version }
    }

    fn read(name: &str, digest: u8) -> Outcome {
        let (reading, reader) = (Sha256Digest([digest; 32]), reader(name));
        Outcome::Read { reading, reader }
    }

    fn unread(name: &str, reason: &str) -> Outcome {
        let (reader, reason) = (Some(reader(name)), reason.to_owned());
        Outcome::Unread(Unread {
            reader,
            reason,
            likeness: None,
        })
    }

    #[test]
    fn what_ocr_found_is_displaced_by_nothing_that_lacks_it() {
        let (words, fields) = (read("ocr", 1), read("picture", 2));
        for with_ocr in [true, false] {
            let news = |held: &Outcome, new: &Outcome| is_news(Some(held), new, with_ocr);
            assert!(!news(&words, &fields), "OCR failed, or did not run");
            assert!(!news(&words, &unread("ocr", "OCR failed (it ended).")));
            assert!(!news(&words, &words));
            assert!(news(&words, &read("ocr", 3)));
            assert!(news(&fields, &words));
            assert!(news(&read("html", 1), &read("html", 2)));
            assert!(news(&unread("picture", "Needs OCR: a picture"), &words));
        }
        // Fields with what OCR said, and then without since it did not run.
        assert!(is_news(Some(&fields), &read("picture", 3), true));
        assert!(!is_news(Some(&read("picture", 3)), &fields, false));
    }

    #[test]
    fn that_ocr_found_no_words_is_put_on_record_once() {
        let waits = unread("picture", "Needs OCR: a picture");
        let nothing = unread("ocr", "OCR found no words in it.");
        assert!(is_news(Some(&waits), &nothing, true));
        assert!(!is_news(Some(&nothing), &nothing, true));
        assert!(!is_news(Some(&nothing), &waits, false));
        assert!(!is_news(Some(&waits), &unread("picture", "damaged"), true));
        // What a picture looks like, where it was not known.
        let mut seen = waits.clone();
        if let Outcome::Unread(unread) = &mut seen {
            unread.likeness = format!("{}:90", "ab".repeat(32)).parse().ok();
        }
        assert!(is_news(Some(&waits), &seen, false));
        assert!(!is_news(Some(&seen), &seen, false));
        assert!(!is_news(Some(&nothing), &seen, false));
    }
}
