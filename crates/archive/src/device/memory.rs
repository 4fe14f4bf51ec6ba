//! What a device remembers of archives: the first writer's key and the newest head of every log.
//!
//! CBOR `[1, HMAC-SHA256, [[archive, genesis, [[writer, size, root, checkpoint], …]], …]]` with
//! the list as a byte string. Invariant: a head that was acknowledged or seen is never forgotten
//! for a smaller one, so history that was removed from an archive contradicts this file.

use super::{read_file, write_file};
use crate::crypto::{Secret, mac, mac_is};
use crate::entry::{array_of, definite, fixed};
use crate::error::Error;
use crate::ids::{ArchiveId, WriterId};
use crate::tlog::Hash;
use crate::{EntryError, Head, Result};
use minicbor::{Decoder, Encoder};
use std::collections::BTreeMap;
use std::path::Path;

const FILE: &str = "heads";
const VERSION: u64 = 1;
/// Longest file that is read, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// What is remembered of one archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Seen {
    /// The first writer.
    pub genesis: WriterId,
    /// The newest heads, by writer.
    pub heads: Vec<Head>,
}

pub(super) type Memory = BTreeMap<ArchiveId, Seen>;

pub(super) fn load(folder: &Path, key: &Secret) -> Result<Memory> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Memory::new());
    }
    let bytes = read_file(&path, MAX_FILE)?;
    decode(&bytes, key).ok_or_else(|| Error::DeviceDamaged {
        path,
        why: "it is not what this device wrote. It holds the last heads seen of every log, by \
              which removed history is noticed; verify the archive against another device, then \
              delete this file"
            .to_owned(),
    })
}

pub(super) fn store(folder: &Path, key: &Secret, memory: &Memory) -> Result<()> {
    write_file(folder, FILE, &encode(memory, key))
}

/// Adds what was seen; says whether that changed anything.
pub(super) fn merge(memory: &mut Memory, archive: ArchiveId, seen: Seen) -> bool {
    let Some(known) = memory.get_mut(&archive) else {
        memory.insert(archive, seen);
        return true;
    };
    let mut changed = false;
    for head in seen.heads {
        match known.heads.iter_mut().find(|old| old.writer == head.writer) {
            Some(old) if old.size >= head.size => {}
            Some(old) => {
                *old = head;
                changed = true;
            }
            None => {
                known.heads.push(head);
                changed = true;
            }
        }
    }
    known.heads.sort_by_key(|head| head.writer);
    changed
}

fn encode(memory: &Memory, key: &Secret) -> Vec<u8> {
    let mut list = Encoder::new(Vec::new());
    let mut out = Encoder::new(Vec::new());
    let mut write = || {
        list.array(memory.len() as u64)?;
        for (archive, seen) in memory {
            list.array(3)?.bytes(&archive.0)?.bytes(&seen.genesis.0)?;
            list.array(seen.heads.len() as u64)?;
            for head in &seen.heads {
                list.array(4)?.bytes(&head.writer.0)?.u64(head.size)?;
                list.bytes(&head.root.0)?.str(&head.checkpoint)?;
            }
        }
        out.array(3)?.u64(VERSION)?;
        out.bytes(&mac(key, list.writer()))?.bytes(list.writer())?;
        Ok::<_, minicbor::encode::Error<std::convert::Infallible>>(())
    };
    write().expect("a Vec takes every write");
    out.into_writer()
}

fn decode(bytes: &[u8], key: &Secret) -> Option<Memory> {
    let mut d = Decoder::new(bytes);
    array_of(&mut d, 3).ok()?;
    if d.u64().ok()? != VERSION {
        return None;
    }
    let (tag, list) = (d.bytes().ok()?, d.bytes().ok()?);
    if !mac_is(key, list, tag) || d.position() != bytes.len() {
        return None;
    }
    read_list(&mut Decoder::new(list)).ok()
}

fn read_list(d: &mut Decoder<'_>) -> Result<Memory, EntryError> {
    let mut memory = Memory::new();
    for _ in 0..definite(d.array()?)? {
        array_of(d, 3)?;
        let (archive, genesis) = (ArchiveId(fixed(d)?), WriterId(fixed(d)?));
        let mut heads = Vec::new();
        for _ in 0..definite(d.array()?)? {
            array_of(d, 4)?;
            heads.push(Head {
                writer: WriterId(fixed(d)?),
                size: d.u64()?,
                root: Hash(fixed(d)?),
                checkpoint: d.str()?.to_owned(),
            });
        }
        memory.insert(archive, Seen { genesis, heads });
    }
    Ok(memory)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::crypto::random_secret;

    fn head(size: u64) -> Head {
        Head {
            writer: WriterId([1; 16]),
            size,
            root: Hash([size as u8; 32]),
            checkpoint: "signed".to_owned(),
        }
    }

    #[test]
    fn heads_only_grow_and_a_changed_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let key = random_secret().unwrap();
        let archive = ArchiveId([9; 16]);
        let seen = |size| Seen {
            genesis: WriterId([1; 16]),
            heads: vec![head(size)],
        };
        let mut memory = load(folder.path(), &key).unwrap();
        assert!(merge(&mut memory, archive, seen(5)));
        assert!(!merge(&mut memory, archive, seen(4)));
        assert!(merge(&mut memory, archive, seen(6)));
        store(folder.path(), &key, &memory).unwrap();
        assert_eq!(load(folder.path(), &key).unwrap()[&archive], seen(6));

        let path = folder.path().join(FILE);
        let bytes = std::fs::read(&path).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, changed).unwrap();
            assert!(load(folder.path(), &key).is_err(), "byte {at}");
        }
        std::fs::write(&path, b"").unwrap();
        assert!(load(folder.path(), &key).is_err());
    }
}
