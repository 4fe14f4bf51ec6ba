//! Pages as people see them: how large their images are, and where words stand on them.
//!
//! They are found when a page is shown and are stored nowhere: a reading says what words there are.

use crate::{Reader, Sha256Digest, WordPlace};
use serde::{Deserialize, Serialize};

/// The pages of a document as images: how large they are, and where words stand on them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Sheets {
    /// The pages, from the first; a picture is one.
    pub sheets: Vec<Sheet>,
    /// Where words stand: of this reader's text.
    pub words: Vec<WordPlace>,
    /// The reader and the SHA-256 of the text (UTF-8) that `words` count characters of; `None` where
    /// the file gives no places of words: a picture, a page that was scanned.
    pub of: Option<(Reader, Sha256Digest)>,
}

/// How large the image of a page is, and how places of words are counted on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sheet {
    /// Dots from left to right, at most 2,000.
    pub width: u32,
    /// Dots from top to bottom.
    pub height: u32,
    /// Width and height of the page in the dots by which [`WordPlace`] counts.
    pub counted: (u32, u32),
    /// How the stored picture is turned to stand upright, as EXIF numbers it: 1 for not at all.
    pub turn: u8,
}

/// A rectangle of an image, in its dots.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: u32,
    /// Upper edge.
    pub top: u32,
    /// Right edge.
    pub right: u32,
    /// Lower edge.
    pub bottom: u32,
}

impl Sheet {
    /// Where a word stands on the image of this page; what lies outside is cut off.
    #[must_use]
    pub fn area(&self, word: &WordPlace) -> Area {
        let (wide, high) = self.counted;
        let share = |at: u32, of: u32| f64::from(at.min(of)) / f64::from(of.max(1));
        let corners = [
            self.upright(share(word.left, wide), share(word.top, high)),
            self.upright(share(word.right, wide), share(word.bottom, high)),
        ];
        let dots = |share: f64, of: u32| (share * f64::from(of)).round() as u32;
        let [one, other] = corners.map(|(x, y)| (dots(x, self.width), dots(y, self.height)));
        Area {
            left: one.0.min(other.0),
            top: one.1.min(other.1),
            right: one.0.max(other.0),
            bottom: one.1.max(other.1),
        }
    }

    /// A point of the stored picture on the upright one; both in shares of its sides.
    fn upright(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            2 => (1.0 - x, y),
            3 => (1.0 - x, 1.0 - y),
            4 => (x, 1.0 - y),
            5 => (y, x),
            6 => (1.0 - y, x),
            7 => (1.0 - y, 1.0 - x),
            8 => (y, 1.0 - x),
            _ => (x, y),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_corner_when_a_picture_is_turned() {
        let word = WordPlace {
            from: 0,
            to: 4,
            page: 1,
            left: 10,
            top: 20,
            right: 60,
            bottom: 40,
            confidence: 90,
        };
        let area = |turn: u8, width: u32, height: u32| {
            let counted = (200, 100);
            let sheet = Sheet {
                width,
                height,
                counted,
                turn,
            };
            let Area {
                left,
                top,
                right,
                bottom,
            } = sheet.area(&word);
            (left, top, right, bottom)
        };
        assert_eq!(area(1, 400, 200), (20, 40, 120, 80));
        assert_eq!(area(3, 200, 100), (140, 60, 190, 80));
        // Turned by a quarter to the right: what stood left above stands right above.
        assert_eq!(area(6, 100, 200), (60, 10, 80, 60));
        assert_eq!(area(8, 100, 200), (20, 140, 40, 190));
    }
}
