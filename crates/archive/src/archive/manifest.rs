//! `onrecord.json`: which format, which archive, whose key began it.
//!
//! Invariant: a manifest has one spelling. Whatever else is there was changed.

use crate::error::Error;
use crate::log::parse_vkey;
use crate::{ArchiveId, Result, Store};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

pub(crate) const MANIFEST: &str = "onrecord.json";
/// The format that this program writes and reads.
pub(crate) const FORMAT: u64 = 1;
/// The algorithms of format 1.
const SUITE: &str = "sha256 ed25519 chacha20-poly1305 hkdf-sha256 age-x25519";
const MAX_MANIFEST: u64 = 64 << 10;

/// The first object of an archive; created once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    format: u64,
    archive: String,
    genesis: String,
    suite: String,
}

#[derive(Deserialize)]
struct AnyFormat {
    format: u64,
}

/// What the manifest says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Manifest {
    pub archive: ArchiveId,
    /// Verifier key line of the first writer.
    pub genesis: String,
}

impl Manifest {
    pub(crate) fn encode(&self) -> Bytes {
        let layout = Layout {
            format: FORMAT,
            archive: self.archive.to_string(),
            genesis: self.genesis.clone(),
            suite: SUITE.to_owned(),
        };
        let mut text = serde_json::to_string_pretty(&layout).expect("four plain fields");
        text.push('\n');
        Bytes::from(text)
    }

    /// Reads the manifest of a store, if it has one.
    pub(crate) fn load(store: &Store) -> Result<Option<Self>> {
        match store.get(MANIFEST, MAX_MANIFEST) {
            Ok(bytes) => Self::decode(&bytes).map(Some),
            Err(Error::Missing(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn decode(bytes: &[u8]) -> Result<Self> {
        let damaged = |why: String| Error::Damaged {
            object: MANIFEST.to_owned(),
            why,
        };
        let any: AnyFormat =
            serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        if any.format > FORMAT {
            return Err(Error::NewerFormat {
                found: any.format,
                known: FORMAT,
            });
        }
        let layout: Layout =
            serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        let archive = layout
            .archive
            .parse()
            .map_err(|error| damaged(format!("{error}")))?;
        parse_vkey(&layout.genesis, archive).map_err(damaged)?;
        let manifest = Self {
            archive,
            genesis: layout.genesis,
        };
        if manifest.encode() != bytes {
            return Err(damaged("it is not as it was written".to_owned()));
        }
        Ok(manifest)
    }
}
