//! The characters of one page with their places, in the order in which the file draws them.
//!
//! Places are in points, from the upper left corner of the page as it is shown. Invariant: one
//! page gives at most [`MOST`] characters, whatever it says of itself.
//! Standard: ISO 32000-2, 9 (text) and 14.6 (marked content).

use super::names::FontNames;
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::object::{Dict, String as PdfString};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

/// Most characters of a page; posters and maps have some ten thousand.
pub(super) const MOST: usize = 400_000;

/// Which way text runs on the page as it is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Way {
    /// From left to right.
    Across,
    /// Turned by a quarter to the right: from top to bottom.
    Down,
    /// Upside down.
    Back,
    /// Turned by a quarter to the left: from bottom to top.
    Up,
    /// Lines from top to bottom, the first at the right, as Japanese may be set.
    Columns,
    /// At an angle, in tenths of a degree: watermarks, labels.
    Slanted(i16),
}

/// One drawn character, or several that share a place, such as a ligature.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub text: Box<str>,
    /// Where it begins on its line, where it ends, and the height of its line: turned so that
    /// text runs from left to right and lines from top to bottom.
    pub from: f32,
    pub to: f32,
    pub base: f32,
    /// Size of the type.
    pub size: f32,
    pub way: Way,
    /// It is drawn without ink: the letters that a scanner found below the picture of a page.
    pub unseen: bool,
    /// The file marks it as no part of the document: running heads, page numbers.
    pub artifact: bool,
}

/// Collects what a page draws.
pub(super) struct Collector<'f> {
    pub glyphs: Vec<Glyph>,
    /// Characters of which the file does not say which letters they are.
    pub unnamed: usize,
    /// Characters outside the page, which nobody sees.
    pub outside: usize,
    /// Pictures drawn.
    pub images: usize,
    /// More than [`MOST`] characters were drawn.
    pub overflow: bool,
    names: &'f mut FontNames,
    slants: Vec<i16>,
    width: f64,
    height: f64,
    marks: Vec<Mark>,
}

/// A stretch of marked content that is open.
struct Mark {
    artifact: bool,
    /// What the stretch says, whatever is drawn; and whether it was written already.
    says: Option<(Box<str>, Option<usize>)>,
}

/// No character is wider or higher than this, in points.
const LONGEST: f64 = 20_000.0;
/// Slants of one page that are told apart.
const MOST_SLANTS: usize = 12;
/// Marked content nested deeper than this is not looked at.
const MOST_MARKS: usize = 512;

impl<'f> Collector<'f> {
    /// For a page of this size, in points.
    pub fn new((width, height): (f32, f32), names: &'f mut FontNames) -> Self {
        Self {
            glyphs: Vec::new(),
            unnamed: 0,
            outside: 0,
            images: 0,
            overflow: false,
            names,
            slants: Vec::new(),
            width: f64::from(width),
            height: f64::from(height),
            marks: Vec::new(),
        }
    }

    /// The way of a character, unless the page has more slants than anyone reads.
    fn way(&mut self, along: Vec2) -> Way {
        let way = way_of(along);
        if let Way::Slanted(angle) = way
            && !self.slants.contains(&angle)
        {
            if self.slants.len() >= MOST_SLANTS {
                return Way::Across;
            }
            self.slants.push(angle);
        }
        way
    }

    fn add(&mut self, drawn: &Drawn<'_>, transform: Affine, vertical: bool, unseen: bool) {
        if self.glyphs.len() >= MOST {
            self.overflow = true;
            return;
        }
        let at = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - at;
        let up = transform * Point::new(0.0, 1000.0) - at;
        if ![at.x, at.y, along.x, along.y, up.x, up.y]
            .iter()
            .all(|value| value.is_finite())
        {
            return;
        }
        if at.x < -1.0 || at.y < -1.0 || at.x > self.width + 1.0 || at.y > self.height + 1.0 {
            self.outside += 1;
            return;
        }
        let advance = match drawn {
            Drawn::Outline(outline) => outline.advance_width(),
            Drawn::Type3(type3) => type3.advance_width(),
        };
        let wide = f64::from(advance.filter(|width| width.is_finite()).unwrap_or(500.0));
        let artifact = self.marks.iter().any(|mark| mark.artifact);
        let size = up.hypot().max(along.hypot() * 0.25);
        let way = if vertical {
            Way::Columns
        } else {
            self.way(along)
        };
        let length = if vertical {
            up.hypot()
        } else {
            wide / 1000.0 * along.hypot()
        };
        let (from, base) = way.turn(at, self.width, self.height);
        let length = length.abs().min(LONGEST);
        let (from, to) = (from as f32, (from + length) as f32);
        let places = Places {
            to,
            base: base as f32,
            size: size.min(LONGEST) as f32,
        };
        let Some(text) = self.letters(drawn, &places) else {
            return;
        };
        self.glyphs.push(Glyph {
            text,
            from,
            to,
            base: places.base,
            size: places.size,
            way,
            unseen,
            artifact,
        });
    }

    /// The letters of a character; `None` when a stretch that says what it is has said so
    /// already, or nobody knows.
    fn letters(&mut self, drawn: &Drawn<'_>, places: &Places) -> Option<Box<str>> {
        if let Some((says, written)) = self.marks.iter_mut().rev().find_map(|m| m.says.as_mut()) {
            return match *written {
                None => {
                    *written = Some(self.glyphs.len());
                    Some(says.clone())
                }
                Some(at) => {
                    // The stretch is as long as all that it draws on its line.
                    if let Some(first) = self.glyphs.get_mut(at)
                        && (first.base - places.base).abs() < places.size * 0.5
                    {
                        first.to = first.to.max(places.to);
                    }
                    None
                }
            };
        }
        let text: Box<str> = match drawn.as_unicode() {
            Some(BfString::Char(letter)) => String::from(letter).into(),
            Some(BfString::String(letters)) => letters.into(),
            None => self
                .names
                .letter(drawn)
                .map(String::from)
                .unwrap_or_default()
                .into(),
        };
        let text = tidy(text);
        let known = !text.is_empty() && !text.contains(is_private);
        self.unnamed += usize::from(!known);
        if text.is_empty() {
            return Some("\u{fffd}".into());
        }
        Some(text)
    }
}

/// Where a character stands.
struct Places {
    to: f32,
    base: f32,
    size: f32,
}

/// Letters of no meaning outside their font, and the sign for a letter that is not known.
pub(super) fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffd}')
}

/// Controls gone, ligatures as the letters that they join.
fn tidy(text: Box<str>) -> Box<str> {
    let plain = |letter: char| !letter.is_control() && !matches!(letter, '\u{fb00}'..='\u{fb06}');
    if text.chars().all(plain) {
        return text;
    }
    let mut tidied = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        match letter {
            '\u{fb00}' => tidied.push_str("ff"),
            '\u{fb01}' => tidied.push_str("fi"),
            '\u{fb02}' => tidied.push_str("fl"),
            '\u{fb03}' => tidied.push_str("ffi"),
            '\u{fb04}' => tidied.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => tidied.push_str("st"),
            '\t' | '\n' | '\r' => tidied.push(' '),
            letter if letter.is_control() => {}
            letter => tidied.push(letter),
        }
    }
    tidied.into()
}

fn way_of(along: Vec2) -> Way {
    let angle = along.y.atan2(along.x).to_degrees();
    if ((angle / 90.0).round() * 90.0 - angle).abs() > 3.0 {
        return Way::Slanted((angle * 10.0).round() as i16);
    }
    if along.x.abs() >= along.y.abs() {
        if along.x >= 0.0 {
            Way::Across
        } else {
            Way::Back
        }
    } else if along.y >= 0.0 {
        Way::Down
    } else {
        Way::Up
    }
}

impl Way {
    /// Place on the line and height of the line, for a point of a page of that size.
    fn turn(self, at: Point, width: f64, height: f64) -> (f64, f64) {
        match self {
            Self::Across => (at.x, at.y),
            Self::Down | Self::Columns => (at.y, width - at.x),
            Self::Back => (width - at.x, height - at.y),
            Self::Up => (height - at.y, at.x),
            Self::Slanted(angle) => {
                let (sin, cos) = (f64::from(angle) / 10.0).to_radians().sin_cos();
                (at.x * cos + at.y * sin, at.y * cos - at.x * sin)
            }
        }
    }

    /// The point of a page of that size that stands at a place on the line at `base`.
    pub fn back(self, along: f32, base: f32, (width, height): (f32, f32)) -> (f32, f32) {
        match self {
            Self::Across => (along, base),
            Self::Down | Self::Columns => (width - base, along),
            Self::Back => (width - along, height - base),
            Self::Up => (base, height - along),
            Self::Slanted(angle) => {
                let (sin, cos) = (f32::from(angle) / 10.0).to_radians().sin_cos();
                (along * cos - base * sin, along * sin + base * cos)
            }
        }
    }
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let unseen = matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.add(glyph, props.transform * glyph.transform(), vertical, unseen);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.images += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let says = properties
            .filter(|_| self.marks.len() < MOST_MARKS)
            .and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"))
            .map(|text| (text_string(text.as_bytes()).into(), None));
        let artifact = tag == b"Artifact" && self.marks.len() < MOST_MARKS;
        self.marks.push(Mark { artifact, says });
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}

/// A text string of a PDF file: UTF-16 or UTF-8 with their marks, else letters of one byte.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let (encoding, rest) = match bytes {
        [0xfe, 0xff, rest @ ..] => (encoding_rs::UTF_16BE, rest),
        [0xff, 0xfe, rest @ ..] => (encoding_rs::UTF_16LE, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => (encoding_rs::UTF_8, rest),
        rest => (encoding_rs::WINDOWS_1252, rest),
    };
    encoding.decode_without_bom_handling(rest).0.into_owned()
}
