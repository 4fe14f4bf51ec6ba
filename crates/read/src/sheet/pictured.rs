//! Which parts of a page are pictures.
//!
//! Invariant: parts that touch are one, so that a photograph that is stored in strips is hidden as
//! one picture; a page has at most [`MOST_PARTS`] of them, or is one as a whole.

use super::canvas::Part;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape};
use hayro_interpret::pattern::Pattern;
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

/// Most pictures of a page that are told apart.
const MOST_PARTS: usize = 1_000;
/// Most patterns of a page that are looked into; further ones count as pictures.
const MOST_PATTERNS: usize = 64;
/// A picture of fewer dots a side is a sign or a bullet, and nobody's.
const LEAST: u32 = 20;

/// Finds what a page shows as pictures; it draws nothing.
pub(super) struct Pictures {
    /// Each in dots of the page's image; none touches another.
    found: Vec<Rect>,
    clips: Vec<Rect>,
    page: Rect,
    patterns: usize,
    overflow: bool,
}

impl Pictures {
    /// For a page whose image has so many dots.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            found: Vec::new(),
            clips: Vec::new(),
            page: Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            patterns: 0,
            overflow: false,
        }
    }

    /// The parts that are pictures.
    pub fn parts(&self) -> Vec<Part> {
        if self.overflow {
            return vec![part(self.page, self.page)];
        }
        let parts = self.found.iter().map(|found| part(*found, self.page));
        parts
            .filter(|part| part.right - part.left >= LEAST || part.bottom - part.top >= LEAST)
            .collect()
    }

    fn take(&mut self, area: Rect) {
        let clip = self.clips.last().copied().unwrap_or(self.page);
        let mut area = area.intersect(clip);
        if !area.is_finite() || area.area() <= 0.0 {
            return;
        }
        // What touches it becomes one with it, and may touch others then.
        while let Some(at) = self.found.iter().position(|other| touch(*other, area)) {
            area = area.union(self.found.swap_remove(at));
        }
        self.found.push(area);
        self.overflow |= self.found.len() > MOST_PARTS;
    }

    fn clip(&mut self, area: Rect) {
        let last = self.clips.last().copied().unwrap_or(self.page);
        self.clips.push(last.intersect(area));
    }

    /// Whether what a pattern repeats has a picture in it.
    fn is_pictured(&mut self, pattern: &Pattern<'_>) -> bool {
        let Pattern::Tiling(tiling) = pattern else {
            return false;
        };
        self.patterns += 1;
        if self.patterns > MOST_PATTERNS {
            return true;
        }
        let mut within = Pictures {
            patterns: self.patterns,
            ..Pictures::new(super::MOST, super::MOST)
        };
        within.page = Rect::new(-1e6, -1e6, 1e6, 1e6);
        tiling.interpret(&mut within, Affine::IDENTITY, false);
        self.patterns = within.patterns;
        !within.found.is_empty()
    }
}

/// Whether two parts overlap, or lie within a dot of one another.
fn touch(one: Rect, other: Rect) -> bool {
    one.inflate(1.0, 1.0).overlaps(other)
}

fn part(area: Rect, page: Rect) -> Part {
    let area = area.expand().intersect(page);
    let dots = |at: f64| at.max(0.0) as u32;
    Part {
        left: dots(area.x0),
        top: dots(area.y0),
        right: dots(area.x1),
        bottom: dots(area.y1),
    }
}

impl<'a> Device<'a> for Pictures {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        if let Paint::Pattern(pattern) = &props.paint
            && !matches!(mode, DrawMode::Invisible)
            && self.is_pictured(pattern)
        {
            self.take(props.transform.transform_rect_bbox(path.bounding_box()));
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clip(clip.path.bounding_box());
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let dots = Rect::new(
            0.0,
            0.0,
            f64::from(image.width()),
            f64::from(image.height()),
        );
        self.take(props.transform.transform_rect_bbox(dots));
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_of_one_photograph_are_one_part_and_signs_are_none() {
        let mut pictures = Pictures::new(500, 400);
        for strip in 0..20 {
            let top = f64::from(strip) * 10.0;
            pictures.take(Rect::new(50.0, top, 250.0, top + 10.0));
        }
        pictures.take(Rect::new(300.0, 300.0, 310.0, 308.0));
        pictures.take(Rect::new(400.0, 350.0, 900.0, 900.0));
        let parts = pictures.parts();
        let sides = |part: &Part| (part.left, part.top, part.right, part.bottom);
        let mut parts: Vec<_> = parts.iter().map(sides).collect();
        parts.sort_unstable();
        assert_eq!(parts, [(50, 0, 250, 200), (400, 350, 500, 400)]);
    }

    #[test]
    fn more_pictures_than_can_be_told_apart_are_the_whole_page() {
        let mut pictures = Pictures::new(2_000, 2_000);
        for at in 0..=MOST_PARTS {
            let (x, y) = ((at % 100) as f64 * 20.0, (at / 100) as f64 * 20.0);
            pictures.take(Rect::new(x, y, x + 4.0, y + 4.0));
        }
        let whole = Part {
            left: 0,
            top: 0,
            right: 2_000,
            bottom: 2_000,
        };
        assert_eq!(pictures.parts(), [whole]);
    }
}
