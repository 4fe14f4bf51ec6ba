//! Which logs count: the first writer's, and those of writers that an admitted writer admitted.
//!
//! `member/<writer>` holds the entry that admitted the writer and a C2SP tlog-proof that it stands
//! in the admitting log, so opening an archive needs no search through it. CBOR
//! `[1, admitting writer, entry, proof]`. Invariant: a log that no such chain leads to, from the
//! key in `onrecord.json`, is not read.

use super::Manifest;
use crate::device::writer_of;
use crate::entry::{array_of, fixed};
use crate::error::Error;
use crate::log::{log_key, parse_vkey};
use crate::tlog::{Checkpoint, TlogProof, VerifierKey};
use crate::{Entry, EntryError, EntryKind, Membership, Result, Store, WriterId};
use minicbor::{Decoder, Encoder};
use std::collections::BTreeMap;

const VERSION: u8 = 1;
/// Longest such object that is read, in bytes.
const MAX_ADMISSION: u64 = 1 << 20;

/// How a writer came to be one.
#[derive(Clone, Debug)]
pub(crate) struct Admission {
    pub vkey: VerifierKey,
    /// What the entry says; none for the first writer, whose own log begins with it.
    pub member: Option<Membership>,
    /// The writer that admitted this one, and its checkpoint then.
    pub by: Option<(WriterId, Checkpoint)>,
}

/// The writers that count, and what cannot be believed of the others.
#[derive(Clone)]
pub(crate) struct Admissions {
    pub writers: BTreeMap<WriterId, Admission>,
    /// Objects under `member/` or `log/` that lead to no admitted writer, and why.
    pub refused: Vec<(String, String)>,
}

/// The object that admits a writer.
pub(crate) fn admission_key(writer: WriterId) -> String {
    format!("member/{writer}")
}

pub(crate) fn encode(by: WriterId, entry: &[u8], proof: &str) -> Vec<u8> {
    let mut out = Encoder::new(Vec::with_capacity(entry.len() + proof.len() + 64));
    let mut write = || {
        out.array(4)?
            .u8(VERSION)?
            .bytes(&by.0)?
            .bytes(entry)?
            .str(proof)?;
        Ok::<_, minicbor::encode::Error<std::convert::Infallible>>(())
    };
    write().expect("a Vec takes every write");
    out.into_writer()
}

fn decode(bytes: &[u8]) -> Result<(WriterId, Vec<u8>, String), EntryError> {
    let d = &mut Decoder::new(bytes);
    array_of(d, 4)?;
    let version = d.u8()?;
    let (by, entry, proof) = (WriterId(fixed(d)?), d.bytes()?, d.str()?);
    if version != VERSION || encode(by, entry, proof) != bytes {
        return Err(EntryError::NotCanonical);
    }
    Ok((by, entry.to_vec(), proof.to_owned()))
}

/// Reads who was admitted. Costs one listing and one object a member.
pub(crate) fn load(store: &Store, manifest: &Manifest) -> Result<Admissions> {
    let genesis = Admission {
        vkey: parse_vkey(&manifest.genesis, manifest.archive).map_err(|why| Error::Damaged {
            object: super::manifest::MANIFEST.to_owned(),
            why,
        })?,
        member: None,
        by: None,
    };
    let mut writers = BTreeMap::from([(writer_of(&manifest.genesis), genesis)]);
    let mut refused = Vec::new();
    let mut waiting = Vec::new();
    for listed in store.list("member")? {
        let read = store.get(&listed.key, MAX_ADMISSION).and_then(|bytes| {
            decode(&bytes).map_err(|error| Error::Damaged {
                object: listed.key.clone(),
                why: error.to_string(),
            })
        });
        match read {
            Ok(read) => waiting.push((listed.key, read)),
            Err(error) => refused.push((listed.key, error.to_string())),
        }
    }
    // Each round admits those whose admitter is known; it ends when a round admits nobody.
    loop {
        let before = waiting.len();
        waiting.retain(|(key, (by, entry, proof))| {
            let Some(admitter) = writers.get(by) else {
                return true;
            };
            match check(key, manifest, *by, &admitter.vkey, entry, proof) {
                Ok((writer, admission)) => drop(writers.insert(writer, admission)),
                Err(why) => refused.push((key.clone(), why)),
            }
            false
        });
        if waiting.len() == before {
            break;
        }
    }
    let orphans = waiting.into_iter().map(|(key, _)| {
        (
            key,
            "the writer that is said to have admitted it is not admitted".to_owned(),
        )
    });
    refused.extend(orphans);
    for folder in store.list_folders("log")? {
        let writer = folder
            .parse()
            .ok()
            .filter(|writer| writers.contains_key(writer));
        if writer.is_none() {
            refused.push((
                format!("log/{folder}"),
                "no member admitted this writer".to_owned(),
            ));
        }
    }
    Ok(Admissions { writers, refused })
}

fn check(
    key: &str,
    manifest: &Manifest,
    by: WriterId,
    admitter: &VerifierKey,
    leaf: &[u8],
    proof: &str,
) -> Result<(WriterId, Admission), String> {
    let entry = Entry::decode(leaf).map_err(|error| error.to_string())?;
    let checkpoint = TlogProof::parse(proof.as_bytes())
        .and_then(|proof| proof.verify(admitter.name(), std::slice::from_ref(admitter), leaf))
        .map_err(|error| error.to_string())?;
    if entry.author != by || entry.kind != EntryKind::Member {
        return Err("its entry is not one that admits a member".to_owned());
    }
    let member = entry.membership.ok_or("its entry names no member")?;
    let vkey = parse_vkey(&member.vkey, manifest.archive)?;
    let writer = writer_of(&member.vkey);
    if key != admission_key(writer) {
        return Err("it admits another writer than its name says".to_owned());
    }
    if writer == writer_of(&manifest.genesis) {
        return Err("it admits the first writer again".to_owned());
    }
    let admission = Admission {
        vkey,
        member: Some(member),
        by: Some((by, checkpoint)),
    };
    Ok((writer, admission))
}

/// The log folder of a writer, for messages.
pub(crate) fn log_of(writer: WriterId) -> String {
    log_key(writer, "checkpoint")
}
