//! Writes a log of made-up entries into a folder, for other people's verifiers to check.
//!
//! `tlog_make DIR SIZE...` grows the log through the sizes given and signs each of them, as a writer
//! would; the last one stays as `checkpoint`, each as `checkpoint.SIZE`. For the first, middle and
//! last entry a receipt is written, as `proof/INDEX.tlog-proof` with the entry in `proof/INDEX.leaf`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use onrecord_archive::tlog::{
    Checkpoint, EntryBundle, RightEdge, Signer, SourceError, TilePath, TileReader, TileSource,
    TlogProof, bundles_to_write, leaf_hash, prove_inclusion,
};

const ORIGIN: &str = "onrecord.example/made-up";

/// The tiles in a folder.
struct Folder(PathBuf);

impl TileSource for Folder {
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, SourceError> {
        fs::read(self.0.join(path.to_string())).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => SourceError::Missing,
            _ => SourceError::failed(error),
        })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let folder = PathBuf::from(args.next().ok_or("usage: tlog_make DIR SIZE...")?);
    let sizes: Vec<u64> = args.map(|size| size.parse()).collect::<Result<_, _>>()?;
    if sizes.is_empty() || !sizes.is_sorted() {
        return Err("usage: tlog_make DIR SIZE... (sizes in increasing order)".into());
    }
    // The key of a made-up log may be public.
    let signer = Signer::new(ORIGIN, &[42; 32])?;
    write(
        &folder,
        "vkey",
        format!("{}\n", signer.verifier_key()).as_bytes(),
    )?;
    let mut edge = RightEdge::new();
    for size in sizes {
        grow(&folder, &mut edge, size, &signer)?;
    }
    for index in [0, edge.size() / 2, edge.size().saturating_sub(1)] {
        if index < edge.size() {
            receipt(&folder, &edge, index)?;
        }
    }
    Ok(())
}

/// What entry `index` says: one is empty, some are long, no two are alike.
fn entry(index: u64) -> Vec<u8> {
    let times = match index {
        3 => 0,
        _ if index % 1000 == 7 => 3000,
        _ => 1 + index % 5,
    };
    format!("made-up entry {index}\n")
        .repeat(times as usize)
        .into_bytes()
}

fn grow(
    folder: &Path,
    edge: &mut RightEdge,
    size: u64,
    signer: &Signer,
) -> Result<(), Box<dyn Error>> {
    for path in bundles_to_write(edge.size(), size) {
        let mut bundle = EntryBundle::new();
        for index in path.index() * 256..path.index() * 256 + u64::from(path.width()) {
            bundle.push(&entry(index))?;
        }
        write(folder, &path.to_string(), bundle.as_bytes())?;
    }
    (edge.size()..size).for_each(|index| edge.append(leaf_hash(&entry(index))));
    for tile in edge.take_tiles() {
        write(folder, &tile.path.to_string(), &tile.data)?;
    }
    let signed = Checkpoint::new(ORIGIN, size, edge.root())?.sign(signer)?;
    write(folder, &format!("checkpoint.{size}"), signed.as_bytes())?;
    write(folder, "checkpoint", signed.as_bytes())
}

fn receipt(folder: &Path, edge: &RightEdge, index: u64) -> Result<(), Box<dyn Error>> {
    let reader = TileReader::new(edge.size(), edge.root(), Folder(folder.to_owned()))?;
    let hashes = prove_inclusion(edge.size(), index, &reader)?;
    let signed = fs::read_to_string(folder.join("checkpoint"))?;
    let proof = TlogProof::new(index, hashes, signed)?.with_extra(b"made up".to_vec())?;
    write(
        folder,
        &format!("proof/{index}.tlog-proof"),
        proof.to_string().as_bytes(),
    )?;
    write(
        folder,
        &format!("proof/{index}.leaf"),
        &reader.entry(index)?,
    )
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().ok_or("the folder has no name")?)?;
    Ok(fs::write(path, bytes)?)
}
