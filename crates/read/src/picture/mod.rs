//! What a picture says of itself: camera, time, place and program (EXIF), what programs wrote
//! about it (XMP), and content credentials (C2PA), which are checked; and what it looks like.
//!
//! Invariant: it is the word of the machine that made the file, or of whoever changed it since, and
//! is told as that; the time is no date of publication. Standard: EXIF 2.32 (CIPA DC-008).

mod c2pa;
#[cfg(feature = "pages")]
mod likeness;
#[cfg(feature = "pages")]
mod pdq;
mod segments;
mod xmp;

use crate::draft::Draft;
use crate::facts::Facts;
use crate::front_matter::one_line;
use crate::ocr;
use exif::{Context, Exif, In, Tag, Value};
use model::PassageKind;
use std::fmt::{Display, Write};
use std::io::Cursor;

/// Fields of one picture that are kept.
const MOST_FIELDS: usize = 300;
/// Longest value that is shown, in characters.
const LONGEST: usize = 200;

/// Fields without which a file says nothing but how it is stored.
const TELLING: &[Tag] = &[
    Tag::DateTimeOriginal,
    Tag::DateTime,
    Tag::Make,
    Tag::Model,
    Tag::Software,
    Tag::GPSLatitude,
    Tag::ImageDescription,
    Tag::Artist,
    Tag::Copyright,
    Tag::UserComment,
];

/// Reads the fields of the picture `bytes`.
///
/// # Errors
/// In words for people: it says nothing of itself. Then only words in the picture are left to read.
pub(crate) fn read(bytes: &[u8], facts: &mut Facts) -> Result<Draft<'static>, String> {
    #[cfg(feature = "pages")]
    {
        facts.likeness = likeness::of(bytes, &crate::media_type("", bytes));
    }
    let nothing = || {
        format!(
            "{} a picture ({}) that says nothing of itself. `onrecord reread` looks for words in it \
             where Tesseract is installed; `onrecord doctor` says whether it is.",
            ocr::NEEDED,
            crate::media_type("", bytes),
        )
    };
    let mut reader = exif::Reader::new();
    let reader = reader.continue_on_error(true);
    let fields = match reader.read_from_container(&mut Cursor::new(bytes)) {
        Ok(fields) => Some(fields),
        Err(error) => error.distill_partial_result(|_| {}).ok(),
    };
    let telling = fields.filter(|fields| {
        let here = |tag: &Tag| fields.get_field(*tag, In::PRIMARY).is_some();
        TELLING.iter().any(here) || fields.get_field(XMP_IN_TIFF, In::PRIMARY).is_some()
    });
    let beside = segments::beside(bytes);
    let mut draft = Draft::new("");
    if let Some(store) = &beside.credentials {
        for line in c2pa::verdict(store, bytes) {
            draft.aside(PassageKind::Paragraph, &line);
            facts.remarks.push(line);
        }
    }
    let in_tiff = telling.as_ref().and_then(xmp_in_tiff);
    if let Some(fields) = &telling {
        write_fields(fields, &mut draft, facts);
    }
    if let Some(packet) = beside.xmp.or(in_tiff) {
        for (name, value) in xmp::properties(&packet) {
            draft.aside(PassageKind::Paragraph, &format!("{name}: {value}"));
        }
    }
    if draft.blocks.is_empty() {
        return Err(nothing());
    }
    Ok(draft)
}

/// Where TIFF keeps XMP.
const XMP_IN_TIFF: Tag = Tag(Context::Tiff, 700);

fn xmp_in_tiff(fields: &Exif) -> Option<Vec<u8>> {
    match &fields.get_field(XMP_IN_TIFF, In::PRIMARY)?.value {
        Value::Byte(packet) | Value::Undefined(packet, _) => Some(packet.clone()),
        _ => None,
    }
}

/// The fields of EXIF, and the most telling of them in a sentence.
fn write_fields(fields: &Exif, draft: &mut Draft<'_>, facts: &mut Facts) {
    let primary = fields
        .fields()
        .filter(|field| field.ifd_num == In::PRIMARY && field.tag != XMP_IN_TIFF)
        .take(MOST_FIELDS);
    for field in primary {
        let value = short(&field.display_value().with_unit(fields));
        draft.aside(PassageKind::Paragraph, &format!("{}: {value}", field.tag));
    }
    let said = |tags: &[Tag]| {
        let found = tags
            .iter()
            .filter_map(|tag| fields.get_field(*tag, In::PRIMARY));
        let values: Vec<String> = found
            .map(|field| short(&field.display_value().with_unit(fields)))
            .collect();
        (!values.is_empty()).then(|| values.join(" "))
    };
    let taken = said(&[Tag::DateTimeOriginal]).or_else(|| said(&[Tag::DateTime]));
    let parts = [
        ("taken", taken),
        ("with", said(&[Tag::Make, Tag::Model])),
        ("at", said(&[Tag::GPSLatitude, Tag::GPSLongitude])),
        ("written by", said(&[Tag::Software])),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(word, value)| Some(format!("{word} {}", value?)))
        .collect();
    if !parts.is_empty() {
        facts.remarks.push(format!(
            "The picture says of itself, which anyone can change: {}.",
            parts.join(", ")
        ));
    }
}

/// A value in one line, cut where it grows long: some fields hold a whole picture.
fn short(value: &dyn Display) -> String {
    let mut text = Cut(String::new());
    // It fails where it is cut.
    let _ = write!(text, "{value}");
    one_line(&text.0)
}

/// Takes text up to a length.
struct Cut(String);

impl Write for Cut {
    fn write_str(&mut self, piece: &str) -> std::fmt::Result {
        let room = LONGEST.saturating_sub(self.0.len());
        self.0.extend(piece.chars().take(room));
        if piece.len() > room {
            return Err(std::fmt::Error);
        }
        Ok(())
    }
}
