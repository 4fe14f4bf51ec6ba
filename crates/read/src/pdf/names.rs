//! Which letter a character is when the file does not say: by the table of its font, else by its
//! code.
//!
//! Invariant: at most [`MOST_FONTS`] tables are kept; a guess that is wrong makes words that are
//! none, and is found there.

use hayro_interpret::font::Glyph as Drawn;
use skrifa::{FontRef, MetadataProvider};
use std::collections::{BTreeMap, HashMap};

/// Most fonts of a file whose tables are kept, and most letters of one.
const MOST_FONTS: usize = 500;
const MOST_LETTERS: usize = 100_000;

/// The letters of the fonts of one file, by the numbers of their shapes.
#[derive(Default)]
pub(super) struct FontNames {
    fonts: BTreeMap<u128, HashMap<u32, char>>,
}

impl FontNames {
    /// The letter that is drawn, as far as its font or its code tells.
    pub fn letter(&mut self, drawn: &Drawn<'_>) -> Option<char> {
        let by_code = || {
            let code = u8::try_from(drawn.char_code())
                .ok()
                .filter(|&code| code >= b' ')?;
            let code = [code];
            let (letter, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&code);
            letter.chars().next().filter(|letter| !letter.is_control())
        };
        let Drawn::Outline(outline) = drawn else {
            return by_code();
        };
        let Some(font) = outline.font_data() else {
            return by_code();
        };
        if !self.fonts.contains_key(&font.cache_key) {
            if self.fonts.len() >= MOST_FONTS {
                return None;
            }
            let data: &[u8] = font.data.as_ref().as_ref();
            let mut letters = HashMap::new();
            if let Ok(table) = FontRef::new(data) {
                for (letter, shape) in table.charmap().mappings().take(MOST_LETTERS) {
                    let Some(letter) = char::from_u32(letter) else {
                        continue;
                    };
                    // Of several letters of one shape, the first that is no compatibility form.
                    letters.entry(shape.to_u32()).or_insert(letter);
                }
            }
            self.fonts.insert(font.cache_key, letters);
        }
        let letters = self.fonts.get(&font.cache_key)?;
        let letter = letters.get(&outline.glyph_id().to_u32()).copied()?;
        // Fonts of symbols name their letters in a private range, one to one.
        match u32::from(letter) {
            code @ 0xf020..=0xf0ff => char::from_u32(code - 0xf000),
            _ => Some(letter),
        }
    }
}
