//! One item on its way to the ledger: hashed, read in the sandbox, proposals extracted. Many
//! items are prepared at once; nothing here writes.

use crate::add::{Error, NotTold};
use crate::item::{Content, Item, Skipped, explain};
use crate::propose::{Packed, Propose, packed};
use crate::{Collector, Terms};
use extract::Context;
use model::{Outcome, Reading, Sha256Digest, Unread, compress, from_cbor, to_cbor};
use read::Input;
use ring::digest::{Context as Hasher, SHA256};
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

/// Originals up to this size (64 MiB) are read; larger ones are kept, and listed as unread.
const READABLE: u64 = 64 << 20;

/// Bytes at the head of an original that its media type is guessed from.
const HEAD: usize = 4096;

/// SHA-256 of some bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> Sha256Digest {
    let mut hasher = Hasher::new(&SHA256);
    hasher.update(bytes);
    finish(hasher)
}

fn finish(hasher: Hasher) -> Sha256Digest {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(hasher.finish().as_ref());
    Sha256Digest(bytes)
}

/// An item ready to be put on record.
pub(crate) struct Prepared {
    pub item: Item,
    /// `None` for a stream too large to hold: known only once it has been sealed.
    pub original: Option<Sha256Digest>,
    /// Whether its bytes are on record: then it was not read.
    pub is_known: bool,
    pub understood: Understood,
    /// What was taken out of it, or why something was not.
    pub members: Vec<Result<Prepared, Skipped>>,
}

/// Containers within containers are opened so deep.
const MOST_DEPTH: usize = 5;
/// Bytes that are taken out of one item, at all depths together.
const MOST_TAKEN_OUT: u64 = 512 << 20;

/// What was made of an original.
pub(crate) struct Understood {
    pub media_type: String,
    pub outcome: Outcome,
    /// The reading's blob and title.
    pub reading: Option<(Vec<u8>, Option<String>)>,
    /// The runs of proposals; `None` when the extractor failed or there was nothing to read.
    pub proposals: Option<Vec<Packed>>,
}

/// Whether some bytes are on record already.
pub(crate) type IsKnown<'k> = dyn Fn(&Sha256Digest) -> Result<bool, NotTold> + Sync + 'k;

/// Room for what is taken out of one item.
struct Room<'r> {
    /// Bytes that may still be taken out.
    left: u64,
    /// Waits for memory for so many bytes; `false` when the work has ended.
    ask: &'r mut dyn FnMut(u64) -> bool,
}

/// Loads an item, and reads it unless `known` says that its bytes are on record. `ask` waits for
/// memory for what is taken out of it; `false` when the work has ended.
///
/// # Errors
/// It could not be collected at all.
pub(crate) fn prepare(
    collector: &Collector,
    propose: &Propose<'_>,
    known: &IsKnown<'_>,
    ask: &mut dyn FnMut(u64) -> bool,
    item: Item,
) -> Result<Prepared, Skipped> {
    let left = MOST_TAKEN_OUT;
    prepare_at(
        collector,
        propose,
        known,
        item,
        (0, &mut Room { left, ask }),
    )
}

/// An item at some depth of containers.
fn prepare_at(
    collector: &Collector,
    propose: &Propose<'_>,
    known: &IsKnown<'_>,
    item: Item,
    (depth, room): (usize, &mut Room<'_>),
) -> Result<Prepared, Skipped> {
    let name = item.name.clone();
    let failed = |reason: String| failed((name.clone(), reason));
    let (item, original, head) = load(item).map_err(|error| failed(explain(&error)))?;
    let is_known = original.as_ref().map_or(Ok(false), known);
    let is_known = is_known.map_err(|error| failed(Error::Known(error).to_string()))?;
    let media_type = read::media_type(&item.name, &head);
    let unread = |reason: String| Understood {
        media_type: media_type.clone(),
        outcome: Outcome::Unread(Unread {
            reader: None,
            reason,
            likeness: None,
        }),
        reading: None,
        proposals: None,
    };
    let understood = match (&item.content, original) {
        // Whatever stands here is not written: the source is on record already.
        _ if is_known => unread("It is on record already.".to_owned()),
        (Content::Bytes(bytes), Some(original)) => {
            understand(collector, propose, &item, bytes, original, media_type)
        }
        _ => unread(format!(
            "It is larger than {} MiB, the most that is read.",
            READABLE >> 20
        )),
    };
    let mut prepared = Prepared {
        item,
        original,
        is_known,
        understood,
        members: Vec::new(),
    };
    if !is_known {
        let each = |item: Item, room: &mut Room<'_>| {
            prepare_at(collector, propose, known, item, (depth + 1, room))
        };
        prepared.members = members(collector, &prepared, depth, room, &each);
    }
    Ok(prepared)
}

fn failed((path, reason): (String, String)) -> Skipped {
    Skipped {
        path,
        reason,
        failure: true,
    }
}

/// Prepares what an item holds. A container that was refused holds nothing: its reading says why.
fn members(
    collector: &Collector,
    holder: &Prepared,
    depth: usize,
    room: &mut Room<'_>,
    each: &dyn Fn(Item, &mut Room<'_>) -> Result<Prepared, Skipped>,
) -> Vec<Result<Prepared, Skipped>> {
    let Content::Bytes(bytes) = &holder.item.content else {
        return Vec::new();
    };
    if !read::is_container(&holder.understood.media_type) {
        return Vec::new();
    }
    let name = &holder.item.name;
    let refused = |reason: String| vec![Err(failed((name.clone(), reason)))];
    let found = match collector.workers.unpack(&Input { bytes, name }) {
        Ok(found) => found,
        // A container whose reading failed is listed as unread with the reason.
        Err(_) if matches!(holder.understood.outcome, Outcome::Unread(_)) => return Vec::new(),
        Err(unread) => return refused(format!("was not opened: {}", unread.reason)),
    };
    if found.is_empty() {
        return Vec::new();
    }
    let total: u64 = found.iter().map(|member| member.bytes.len() as u64).sum();
    if depth >= MOST_DEPTH || total > room.left {
        return refused(format!(
            "was not opened: containers are opened {MOST_DEPTH} deep and up to {} MiB in all. \
             Unpack it into a folder and add that.",
            MOST_TAKEN_OUT >> 20
        ));
    }
    room.left -= total;
    if !(room.ask)(total) {
        return refused("was not opened: collecting ended before".to_owned());
    }
    let members = found.into_iter().filter(|member| !member.bytes.is_empty());
    let items = members.map(|member| Item {
        name: format!("{name}/{}", member.name),
        how: "taken out",
        bytes: Some(member.bytes.len() as u64),
        modified: None,
        content: Content::Bytes(member.bytes),
        terms: Arc::clone(&holder.item.terms),
        captured: member.captured,
    });
    items.map(|item| each(item, room)).collect()
}

/// Brings the bytes into memory where they are few enough, and hashes what can be read twice.
fn load(mut item: Item) -> io::Result<(Item, Option<Sha256Digest>, Vec<u8>)> {
    let (mut stream, file): (Box<dyn Read + Send>, _) = match item.content {
        Content::Bytes(bytes) => (Box::new(io::Cursor::new(bytes)), None),
        Content::File(path) => (Box::new(File::open(&path)?), Some(path)),
        Content::Stream(stream) => (stream, None),
    };
    let mut bytes = Vec::new();
    stream.by_ref().take(READABLE + 1).read_to_end(&mut bytes)?;
    let head = bytes[..bytes.len().min(HEAD)].to_vec();
    if bytes.len() as u64 <= READABLE {
        let original = digest(&bytes);
        item.content = Content::Bytes(bytes);
        return Ok((item, Some(original), head));
    }
    let Some(path) = file else {
        item.content = Content::Stream(Box::new(io::Cursor::new(bytes).chain(stream)));
        return Ok((item, None, head));
    };
    item.content = Content::File(path);
    let mut hasher = Hasher::new(&SHA256);
    hasher.update(&bytes);
    let mut buffer = vec![0; 1 << 20];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok((item, Some(finish(hasher)), head)),
            Ok(read) => hasher.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Reads an original and has records proposed.
pub(crate) fn understand(
    collector: &Collector,
    propose: &Propose<'_>,
    item: &Item,
    bytes: &[u8],
    original: Sha256Digest,
    media_type: String,
) -> Understood {
    let unread = |unread| Understood {
        media_type: media_type.clone(),
        outcome: Outcome::Unread(unread),
        reading: None,
        proposals: None,
    };
    let input = Input {
        bytes,
        name: &item.name,
    };
    let read = collector.workers.read(&input);
    let read = match read {
        Err(unread) => match collector.by_ocr(&input, &media_type, &unread) {
            Some(found) => found.and_then(|reading| encoded(&reading)),
            None => Err(unread),
        },
        Ok(encoded) => Ok(collector.with_words(&input, &media_type, encoded)),
    };
    let read = read.and_then(|encoded| {
        // The worker is not trusted: what it answers is decoded here like any input.
        let reading: Reading = from_cbor(&encoded).map_err(|error| Unread {
            reader: None,
            reason: format!("The reader's answer was not a reading: {error}"),
            likeness: None,
        })?;
        Ok((encoded, reading))
    });
    let (encoded, reading) = match read {
        Ok(read) => read,
        Err(reason) => return unread(reason),
    };
    let reading_digest = digest(&encoded);
    let blob = match compress(&encoded) {
        Ok(blob) => blob,
        Err(error) => {
            return unread(Unread {
                reader: None,
                reason: error.to_string(),
                likeness: None,
            });
        }
    };
    let context = context(&item.terms, &reading);
    let proposals = packed(propose, &reading, &context, original, reading_digest);
    Understood {
        media_type: reading.media_type,
        outcome: Outcome::Read {
            reading: reading_digest,
            reader: reading.reader,
        },
        reading: Some((blob, reading.title.map(|title| title.value))),
        proposals,
    }
}

/// The bytes of a reading that was made in this process.
pub(crate) fn encoded(reading: &Reading) -> Result<Vec<u8>, Unread> {
    to_cbor(reading).map_err(|error| Unread {
        reader: None,
        reason: error.to_string(),
        likeness: None,
    })
}

/// What is known of a document besides its reading.
fn context(terms: &Terms, reading: &Reading) -> Context {
    let read = reading.published.as_ref().map(|found| found.value);
    Context {
        published: terms.published.or(read),
        publisher: terms
            .publisher
            .clone()
            .or_else(|| reading.publisher.as_ref().map(|found| found.value.clone())),
    }
}
