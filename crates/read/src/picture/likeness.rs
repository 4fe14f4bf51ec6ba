//! What a picture looks like, from its dots.
//!
//! Invariant: a picture that cannot be decoded, or is too large to be, has none, and is read as far
//! as it goes all the same. Pictures are stood upright by their EXIF field first, so that one that was
//! turned when it was saved anew still looks alike.

use super::pdq::{self, Grey};
use crate::sheet::picture::{on_white, small};
use model::Likeness;

/// Dots a side from which on a picture is made smaller before it is compared, as PDQ's own program
/// does.
const LONGEST: u32 = 512;
/// Most bytes of dots: 50 million of three colours. A progressive JPEG takes three times as much.
const MOST_BYTES: u64 = 150 << 20;

/// What it looks like.
pub(super) fn of(bytes: &[u8], media_type: &str) -> Option<Likeness> {
    let picture = small(bytes, media_type, (LONGEST, MOST_BYTES))
        .ok()?
        .into_rgba8();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let shades = picture.pixels().map(|dot| {
        let [red, green, blue] = on_white(dot.0).map(f32::from);
        0.299 * red + 0.587 * green + 0.114 * blue
    });
    pdq::hash(Grey {
        width,
        height,
        shades: shades.collect(),
    })
}
