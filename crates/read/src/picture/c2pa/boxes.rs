//! Boxes of JUMBF: a labelled box holds a description and other boxes.
//!
//! Invariant: lengths are checked against what is there; boxes are looked at one level at a time.
//! Standards: ISO/IEC 19566-5, ISO/IEC 14496-12.

/// Boxes on one level that are looked at.
const MOST: usize = 5_000;

/// A box: its kind, and what it holds.
#[derive(Clone, Copy)]
pub(super) struct Piece<'b> {
    pub kind: [u8; 4],
    pub body: &'b [u8],
}

/// A labelled box.
#[derive(Clone, Copy)]
pub(super) struct Labelled<'b> {
    pub label: &'b str,
    /// All that it holds, its description first: what hashes are made of.
    pub body: &'b [u8],
    /// What it holds behind its description.
    pub content: &'b [u8],
}

/// The boxes that stand behind one another, until one is broken.
pub(super) fn pieces(mut bytes: &[u8]) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((piece, rest)) = piece(bytes)
        && pieces.len() < MOST
    {
        pieces.push(piece);
        bytes = rest;
    }
    pieces
}

/// The labelled boxes among those that stand behind one another.
pub(super) fn labelled(bytes: &[u8]) -> Vec<Labelled<'_>> {
    let all = pieces(bytes).into_iter();
    all.filter(|piece| &piece.kind == b"jumb")
        .filter_map(|piece| {
            let (description, content) = self::piece(piece.body)?;
            if &description.kind != b"jumd" {
                return None;
            }
            // What it is (16 bytes), and a sign that it has a label.
            let rest = description.body.get(17..)?;
            let end = rest.iter().position(|&byte| byte == 0)?;
            Some(Labelled {
                label: std::str::from_utf8(&rest[..end]).ok()?,
                body: piece.body,
                content,
            })
        })
        .collect()
}

fn piece(bytes: &[u8]) -> Option<(Piece<'_>, &[u8])> {
    let (&[a, b, c, d, kind @ ..], after) = bytes.split_first_chunk::<8>()?;
    let (head, len) = match u32::from_be_bytes([a, b, c, d]) {
        0 => (8, bytes.len()),
        1 => {
            let long = u64::from_be_bytes(*after.first_chunk::<8>()?);
            (16, usize::try_from(long).ok()?)
        }
        len => (8, len as usize),
    };
    let body = bytes.get(head..len)?;
    Some((Piece { kind, body }, &bytes[len..]))
}
