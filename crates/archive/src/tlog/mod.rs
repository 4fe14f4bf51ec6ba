//! The transparency-log core: what makes a writer's log checkable by a stranger.
//!
//! An append-only list of entries is a Merkle tree (RFC 6962), kept as tiles (C2SP tlog-tiles),
//! signed as a checkpoint (C2SP tlog-checkpoint inside a signed-note). Invariant: this module does
//! no input or output and believes no byte that it has not checked against a root or a key.
//!
//! Which type do I start with?
//!
//! | to | use |
//! | --- | --- |
//! | append entries and learn which tiles to store | [`RightEdge`] |
//! | know only the root of a growing list | [`Frontier`] |
//! | read hashes and entries of a stored log, all verified | [`TileReader`] over a [`TileSource`] |
//! | prove or check that an entry is in a log | [`prove_inclusion`], [`verify_inclusion`] |
//! | prove or check that a log only grew | [`prove_consistency`], [`verify_consistency`] |
//! | sign or open the head of a log | [`Signer`], [`Checkpoint`], [`VerifierKey`] |
//! | hand someone a receipt for one entry | [`TlogProof`] |
//!
//! ```
//! use onrecord_archive::tlog::{Checkpoint, RightEdge, Signer, TileReader, TlogProof, leaf_hash};
//! use onrecord_archive::tlog::{MemoryTiles, prove_inclusion};
//!
//! // A writer appends two entries, stores the tiles, then signs.
//! let entries: [&[u8]; 2] = [b"first entry", b"second entry"];
//! let mut edge = RightEdge::new();
//! for entry in entries {
//!     edge.append(leaf_hash(entry));
//! }
//! let tiles: MemoryTiles = edge.take_tiles().into_iter().map(|tile| (tile.path, tile.data)).collect();
//! let signer = Signer::new("example.org/log", &[7; 32])?;
//! let signed = Checkpoint::new("example.org/log", edge.size(), edge.root())?.sign(&signer)?;
//!
//! // A receipt for the second entry ...
//! let reader = TileReader::new(edge.size(), edge.root(), tiles)?;
//! let path = prove_inclusion(edge.size(), 1, &reader)?;
//! let receipt = TlogProof::new(1, path, signed)?.to_string();
//!
//! // ... which anybody checks with the log's public key and the entry.
//! let proof = TlogProof::parse(receipt.as_bytes())?;
//! let seen = proof.verify("example.org/log", &[signer.verifier_key()], entries[1])?;
//! assert_eq!(seen.size, 2);
//! assert!(proof.verify("example.org/log", &[signer.verifier_key()], b"another entry").is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bundle;
mod cache;
mod checkpoint;
mod consistency;
mod edge;
mod frontier;
mod hash;
mod inclusion;
mod key;
mod merkle;
mod note;
mod proof;
mod reader;
mod source;
mod tile;

pub use bundle::{BundleError, EntryBundle, MAX_ENTRY_LEN};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use consistency::{prove_consistency, verify_consistency};
pub use edge::{RightEdge, Tile};
pub use frontier::Frontier;
pub use hash::{Hash, HashParseError, leaf_hash, node_hash};
pub use inclusion::{prove_inclusion, root_from_inclusion, verify_inclusion};
pub use key::{KeyError, SEED_LEN, Signer, VerifierKey};
pub use merkle::{HashReader, MAX_TREE_SIZE, MerkleError, Node, ProveError, root_of};
pub use note::{MAX_NOTE_LEN, MAX_SIGNATURES, Note, NoteError, NoteSignature, sign_note};
pub use proof::{MAX_PROOF_LEN, TlogProof, TlogProofError};
pub use reader::{ReadError, TileReader};
pub use source::{MemoryTiles, SourceError, TileSource};
pub use tile::{
    TILE_WIDTH, TileKind, TilePath, TilePathError, bundles_of_tree, bundles_to_write,
    tiles_of_tree, tiles_to_write,
};
