//! The names of a log's stored pieces, and which of them a tree of a given size consists of.
//!
//! A tile holds up to 256 neighbouring hashes of one tree level out of eight; an entry bundle holds
//! up to 256 entries (C2SP tlog-tiles). Invariant: a path has one spelling, so that
//! parsing and writing are inverses and no two names mean the same tile.

use std::fmt;
use std::str::FromStr;

use super::bundle::MAX_ENTRY_LEN;
use super::hash::Hash;

/// Hashes in a full tile, entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;
/// Tree levels from a tile's hashes to the hash above it.
pub(crate) const TILE_HEIGHT: u8 = 8;
/// The highest level that C2SP tlog-tiles lets a path name.
const MAX_PATH_LEVEL: u8 = 63;
/// No path of a tile with an index of 64 bits is longer than this.
const MAX_PATH_LEN: usize = 64;

/// What a stored piece of the log holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Hashes of the nodes at this tile level: tile level `L` is tree level `8 * L`.
    Hashes(u8),
    /// The entries themselves.
    Entries,
}

/// The name of a tile or entry bundle, such as `tile/0/x001/x234/067.p/5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    kind: TileKind,
    index: u64,
    width: u16,
}

/// A name is not that of a tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TilePathError {
    /// The text is not a tile path in its only valid spelling.
    #[error(
        "{0:?} is not the name of a tile: expected tile/<level or entries>/<number>[.p/<width>] as in C2SP tlog-tiles"
    )]
    Malformed(String),
    /// Level or width out of range.
    #[error("no tile has level {level} and width {width}: levels are 0 to 63, widths 1 to 256")]
    OutOfRange {
        /// Tile level asked for.
        level: u8,
        /// Width asked for.
        width: u16,
    },
}

impl TilePath {
    /// The tile at `level` (0 to 63) and `index` with `width` hashes (1 to 256; 256 is a full one).
    ///
    /// # Errors
    /// When level or width is out of range.
    pub fn hashes(level: u8, index: u64, width: u16) -> Result<TilePath, TilePathError> {
        if level > MAX_PATH_LEVEL || width == 0 || width > TILE_WIDTH {
            return Err(TilePathError::OutOfRange { level, width });
        }
        Ok(TilePath {
            kind: TileKind::Hashes(level),
            index,
            width,
        })
    }

    /// The bundle of entries `index * 256 ..` with `width` entries (1 to 256; 256 is a full one).
    ///
    /// # Errors
    /// When the width is out of range.
    pub fn entries(index: u64, width: u16) -> Result<TilePath, TilePathError> {
        TilePath::hashes(0, index, width).map(|path| TilePath {
            kind: TileKind::Entries,
            ..path
        })
    }

    /// What the piece holds.
    #[must_use]
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Number of the piece within its level, from the left, starting at 0.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Hashes or entries that it holds: 1 to 256.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether more can still be appended to this piece under another name.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.width < TILE_WIDTH
    }

    /// The full piece that replaces this one once the log has grown.
    #[must_use]
    pub fn full(&self) -> TilePath {
        TilePath {
            width: TILE_WIDTH,
            ..*self
        }
    }

    /// The most bytes that this piece can have; a source should read no more than one byte further.
    #[must_use]
    pub fn max_len(&self) -> usize {
        let each = match self.kind {
            TileKind::Hashes(_) => Hash::LEN,
            TileKind::Entries => 2 + MAX_ENTRY_LEN,
        };
        each * usize::from(self.width)
    }

    /// Whether the tree of `size` entries consists of this piece among others. A partial piece of an
    /// earlier, smaller tree is none.
    #[must_use]
    pub fn is_in_tree(&self, size: u64) -> bool {
        width_in_tree(self.tile_level(), self.index, size) == Some(self.width)
    }

    fn tile_level(&self) -> u8 {
        match self.kind {
            TileKind::Hashes(level) => level,
            TileKind::Entries => 0,
        }
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        // Groups of three digits, all but the last marked with an x: a folder never holds both a
        // file and a folder of one name.
        let groups = self.index.checked_ilog(1000).unwrap_or(0);
        for group in (1..=groups).rev() {
            write!(f, "x{:03}/", self.index / 1000_u64.pow(group) % 1000)?;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if self.is_partial() {
            write!(f, ".p/{}", self.width)
        } else {
            Ok(())
        }
    }
}

impl FromStr for TilePath {
    type Err = TilePathError;

    fn from_str(text: &str) -> Result<TilePath, TilePathError> {
        let malformed = || TilePathError::Malformed(text.chars().take(MAX_PATH_LEN).collect());
        if text.len() > MAX_PATH_LEN {
            return Err(malformed());
        }
        let path = parse(text).ok_or_else(malformed)?;
        // Leading zeros, a sign or a needless group are other spellings of the same tile.
        if path.to_string() == text {
            Ok(path)
        } else {
            Err(malformed())
        }
    }
}

fn parse(text: &str) -> Option<TilePath> {
    let (kind, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let (number, width) = match rest.split_once(".p/") {
        Some((number, width)) => (
            number,
            width.parse().ok().filter(|width| *width < TILE_WIDTH)?,
        ),
        None => (rest, TILE_WIDTH),
    };
    let mut index = 0_u64;
    for group in number.split('/') {
        let digits: u64 = group
            .strip_prefix('x')
            .unwrap_or(group)
            .parse()
            .ok()
            .filter(|digits| *digits < 1000)?;
        index = index.checked_mul(1000)?.checked_add(digits)?;
    }
    match kind {
        "entries" => TilePath::entries(index, width).ok(),
        level => TilePath::hashes(level.parse().ok()?, index, width).ok(),
    }
}

/// Complete nodes at the tree level of tile level `level`.
pub(crate) fn nodes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(TILE_HEIGHT) * u32::from(level))
        .unwrap_or(0)
}

/// How many hashes tile `index` of `level` has in the tree of `size`; `None` when it has none.
pub(crate) fn width_in_tree(level: u8, index: u64, size: u64) -> Option<u16> {
    let nodes = nodes_at(level, size);
    let first = index.checked_mul(u64::from(TILE_WIDTH))?;
    let width = nodes.checked_sub(first)?.min(u64::from(TILE_WIDTH)) as u16;
    (width > 0).then_some(width)
}

/// The tiles of hashes that the tree of `size` entries consists of, by level, from left to right.
pub fn tiles_of_tree(size: u64) -> impl Iterator<Item = TilePath> {
    tiles_to_write(0, size)
}

/// The bundles that hold the first `size` entries, from left to right.
pub fn bundles_of_tree(size: u64) -> impl Iterator<Item = TilePath> {
    bundles_to_write(0, size)
}

/// The tiles that the tree of `new_size` has and the one of `old_size` has not: what a growth adds.
/// A partial tile is written under a new name each time it grows; nothing is overwritten.
pub fn tiles_to_write(old_size: u64, new_size: u64) -> impl Iterator<Item = TilePath> {
    (0..=MAX_PATH_LEVEL)
        .take_while(move |level| nodes_at(*level, new_size) > 0)
        .flat_map(move |level| {
            new_at(
                TileKind::Hashes(level),
                nodes_at(level, old_size),
                nodes_at(level, new_size),
            )
        })
}

/// The entry bundles that a growth from `old_size` to `new_size` entries has to write. The first of
/// them also holds the older entries of a bundle that was partial.
pub fn bundles_to_write(old_size: u64, new_size: u64) -> impl Iterator<Item = TilePath> {
    new_at(TileKind::Entries, old_size, new_size)
}

fn new_at(kind: TileKind, old: u64, new: u64) -> impl Iterator<Item = TilePath> {
    let width = u64::from(TILE_WIDTH);
    let end = if new > old { new.div_ceil(width) } else { 0 };
    (old / width..end).map(move |index| TilePath {
        kind,
        index,
        width: (new - index * width).min(width) as u16,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn names(paths: impl Iterator<Item = TilePath>) -> Vec<String> {
        paths.map(|path| path.to_string()).collect()
    }

    #[test]
    fn names_are_those_of_the_specification() {
        assert_eq!(
            TilePath::hashes(0, 1_234_067, 5).unwrap().to_string(),
            "tile/0/x001/x234/067.p/5"
        );
        assert_eq!(
            TilePath::entries(0, 256).unwrap().to_string(),
            "tile/entries/000"
        );
        assert_eq!(
            TilePath::hashes(63, 1000, 256).unwrap().to_string(),
            "tile/63/x001/000"
        );
        assert_eq!(
            TilePath::hashes(2, u64::MAX, 255).unwrap().to_string(),
            "tile/2/x018/x446/x744/x073/x709/x551/615.p/255"
        );
    }

    #[test]
    fn only_one_spelling_is_read() {
        for good in [
            "tile/0/000",
            "tile/63/x001/000.p/1",
            "tile/entries/999.p/255",
            "tile/2/x018/x446/x744/x073/x709/x551/615",
        ] {
            assert_eq!(good.parse::<TilePath>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "tile",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/00",
            "tile/0/0000",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/+1/000",
            "tile/0/+00",
            "tile/0/x000/000",
            "tile/0/x001/x000",
            "tile/0/001/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p/1/",
            "tile/0/000.p/1.p/1",
            "/tile/0/000",
            "tile//000",
            "tile/data/000",
            "tile/entries/000.p/256",
            "tile/8/0/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x001\n/000",
            "tile/٣/000",
        ] {
            assert!(bad.parse::<TilePath>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_trees_of_the_specification_have_its_tiles() {
        let of_70_000 = names(tiles_of_tree(70_000));
        assert_eq!(of_70_000.len(), 273 + 1 + 1 + 1 + 1);
        assert_eq!(
            of_70_000[273..],
            [
                "tile/0/273.p/112",
                "tile/1/000",
                "tile/1/001.p/17",
                "tile/2/000.p/1"
            ]
        );
        assert_eq!(names(tiles_of_tree(256)), ["tile/0/000", "tile/1/000.p/1"]);
        assert_eq!(
            names(bundles_of_tree(257)),
            ["tile/entries/000", "tile/entries/001.p/1"]
        );
        assert!(names(tiles_of_tree(0)).is_empty());
    }

    #[test]
    fn a_growth_writes_what_is_new_and_nothing_else() {
        assert_eq!(
            names(tiles_to_write(250, 257)),
            ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]
        );
        assert_eq!(names(tiles_to_write(257, 258)), ["tile/0/001.p/2"]);
        assert_eq!(names(bundles_to_write(255, 256)), ["tile/entries/000"]);
        assert!(names(tiles_to_write(258, 258)).is_empty());
        assert!(names(bundles_to_write(9, 3)).is_empty());
    }

    #[test]
    fn a_partial_tile_of_a_smaller_tree_is_not_in_a_larger_one() {
        let path: TilePath = "tile/0/001.p/1".parse().unwrap();
        assert!(path.is_in_tree(257));
        assert!(!path.is_in_tree(256) && !path.is_in_tree(258) && !path.is_in_tree(70_000));
        assert!(path.full().is_in_tree(70_000));
    }
}
