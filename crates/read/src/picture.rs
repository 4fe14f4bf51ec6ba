//! What a picture says of itself: camera, time, place and program, from its EXIF data.
//!
//! Invariant: it is the word of the machine that made the file, or of whoever changed it since, and
//! is told as that; the time is no date of publication. Standard: EXIF 2.32 (CIPA DC-008).

use crate::draft::Draft;
use crate::facts::Facts;
use crate::front_matter::one_line;
use crate::ocr;
use exif::{In, Tag};
use model::{LeftOut, PassageKind};
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
        Ok(fields) => fields,
        Err(error) => error
            .distill_partial_result(|_| {})
            .map_err(|_| nothing())?,
    };
    let field = |tag: &Tag| fields.get_field(*tag, In::PRIMARY);
    if !TELLING.iter().any(|tag| field(tag).is_some()) {
        return Err(nothing());
    }
    let mut draft = Draft::new("");
    let primary = fields
        .fields()
        .filter(|field| field.ifd_num == In::PRIMARY)
        .take(MOST_FIELDS);
    for field in primary {
        let value = short(&field.display_value().with_unit(&fields));
        let at = draft.blocks.len();
        draft.open(PassageKind::Paragraph, 0, 0);
        draft.push_made(&format!("{}: {value}", field.tag));
        draft.close();
        if let Some(block) = draft.blocks.get_mut(at) {
            block.left_out = Some(LeftOut::FrontMatter);
        }
    }
    let said = |tags: &[Tag]| {
        let found = tags.iter().filter_map(field);
        let values: Vec<String> = found
            .map(|field| short(&field.display_value().with_unit(&fields)))
            .collect();
        (!values.is_empty()).then(|| values.join(" "))
    };
    let parts = [
        (
            "taken",
            said(&[Tag::DateTimeOriginal]).or_else(|| said(&[Tag::DateTime])),
        ),
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
    Ok(draft)
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
