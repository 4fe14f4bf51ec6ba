//! Pictures: decoded within bounds, made smaller, stood upright, and freed of all that they say of
//! themselves.
//!
//! Invariant: a picture is measured before it is decoded; one that would take more than
//! [`MOST_BYTES`] in memory is refused in words.

use super::canvas::Canvas;
use super::{MOST, Veil};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use model::{Sheet, Sheets};
use std::io::Cursor;

/// Most bytes of a picture that is decoded: 100 million dots of three colours.
const MOST_BYTES: u64 = 300 << 20;
/// Most dots a side.
const LONGEST: u32 = 60_000;

/// Its one page.
///
/// # Errors
/// In words for people: it is damaged, or too large.
pub(super) fn sheets(bytes: &[u8], kind: &str) -> Result<Sheets, String> {
    let mut decoder = decoder(bytes, kind)?;
    let (wide, high) = decoder.dimensions();
    let (width, height) = shrunk(wide, high);
    let turn = turn(&mut decoder);
    let is_across = turn >= 5;
    let (width, height) = if is_across {
        (height, width)
    } else {
        (width, height)
    };
    Ok(Sheets {
        sheets: vec![Sheet {
            width,
            height,
            counted: (wide, high),
            turn,
        }],
        ..Sheets::default()
    })
}

/// The picture.
///
/// # Errors
/// As [`sheets`].
pub(super) fn draw(bytes: &[u8], kind: &str, veil: Veil) -> Result<Canvas, String> {
    let mut decoder = decoder(bytes, kind)?;
    let (wide, high) = decoder.dimensions();
    let turn = turn(&mut decoder);
    let picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let (width, height) = shrunk(wide, high);
    let mut picture = match (wide, high) == (width, height) {
        true => picture,
        false => picture.thumbnail_exact(width, height),
    };
    picture.apply_orientation(Orientation::from_exif(turn).unwrap_or(Orientation::NoTransforms));
    let shown = picture.into_rgba8();
    let (width, height) = shown.dimensions();
    let mut dots = Vec::with_capacity(width as usize * height as usize * 3);
    for dot in shown.pixels() {
        dots.extend(on_white(dot.0));
    }
    let canvas = Canvas {
        width,
        height,
        dots,
    };
    Ok(match veil {
        Veil::Nothing => canvas,
        Veil::Pictures | Veil::Whole => canvas.hidden(),
    })
}

/// The picture upright, at most `longest` dots a side, where it takes at most `most` bytes
/// in memory.
///
/// # Errors
/// In words for people: it is damaged, or too large.
pub(crate) fn small(
    bytes: &[u8],
    kind: &str,
    (longest, most): (u32, u64),
) -> Result<DynamicImage, String> {
    let mut decoder = decoder(bytes, kind)?;
    if decoder.total_bytes() > most {
        return Err("The picture is too large to be compared.".to_owned());
    }
    let turn = turn(&mut decoder);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    if picture.width().max(picture.height()) > longest {
        picture = picture.thumbnail(longest, longest);
    }
    picture.apply_orientation(Orientation::from_exif(turn).unwrap_or(Orientation::NoTransforms));
    Ok(picture)
}

fn decoder<'b>(bytes: &'b [u8], kind: &str) -> Result<impl ImageDecoder + 'b, String> {
    let format = ImageFormat::from_mime_type(kind)
        .ok_or_else(|| format!("Pictures of the kind {kind} cannot be shown."))?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST_BYTES + (64 << 20));
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(damaged)?;
    let (wide, high) = decoder.dimensions();
    if decoder.total_bytes() > MOST_BYTES {
        return Err(format!(
            "The picture has {wide} by {high} dots; at most {} MiB of dots are shown.",
            MOST_BYTES >> 20
        ));
    }
    if wide == 0 || high == 0 {
        return Err("The picture has no dots.".to_owned());
    }
    Ok(decoder)
}

/// The red, green and blue of a dot that lies on white.
pub(crate) fn on_white([colours @ .., alpha]: [u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    let mixed = |colour: u8| (u32::from(colour) * alpha + 255 * (255 - alpha)) / 255;
    colours.map(|colour| u8::try_from(mixed(colour)).unwrap_or(255))
}

/// How it is turned, by EXIF's numbers; 1 where nothing is said.
fn turn(decoder: &mut impl ImageDecoder) -> u8 {
    decoder.orientation().map_or(1, Orientation::to_exif)
}

/// Its size as an image, before it is turned.
fn shrunk(wide: u32, high: u32) -> (u32, u32) {
    let longer = u64::from(wide.max(high)).max(1);
    let most = u64::from(MOST);
    if longer <= most {
        return (wide, high);
    }
    let side = |of: u32| u32::try_from(u64::from(of) * most / longer).unwrap_or(MOST);
    (side(wide).max(1), side(high).max(1))
}

fn damaged(error: image::ImageError) -> String {
    format!("The picture cannot be shown: it is damaged or of an unusual kind ({error}).")
}
