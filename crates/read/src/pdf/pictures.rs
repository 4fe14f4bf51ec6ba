//! Pages that are pictures, drawn as pictures again: what OCR reads.
//!
//! Only images are drawn, in shades of grey, at 200 dots an inch; lines and letters are not, for
//! a scanned page has none. Invariant: no canvas is larger than `MOST_DOTS`, whatever the page
//! says of its size. Standards: ISO 32000-2, PNG (ISO/IEC 15948).

use super::{MOST_DOTS, context};
use crate::container::Members;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, LumaData, SoftMask, interpret_page,
};
use std::io::Write;

/// Most pages that are drawn.
const MOST_PAGES: usize = 500;

/// Takes the pages that hold a picture and no letter out as PNG files named `page NUMBER`.
///
/// # Errors
/// In words for people: no PDF, too many pages, too much.
pub(crate) fn unpack(bytes: &[u8], members: &mut Members) -> Result<(), String> {
    let pdf = super::open(bytes)?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(format!(
            "The PDF file has {} pages; OCR takes at most {MOST_PAGES} at a time. Split it into parts.",
            pages.len()
        ));
    }
    let cache = InterpreterCache::new();
    for (number, page) in (1u32..).zip(pages.iter()) {
        let (width, height) = page.render_dimensions();
        let Some(mut canvas) = Canvas::new(width, height) else {
            continue;
        };
        interpret_page(page, &mut context(page, &pdf, &cache), &mut canvas);
        if canvas.images > 0 {
            let picture = canvas.png().map_err(|error| error.to_string())?;
            members.take(format!("page {number}"), picture)?;
        }
    }
    Ok(())
}

/// A page in shades of grey.
struct Canvas {
    width: u32,
    height: u32,
    scale: f64,
    dots: Vec<u8>,
    images: usize,
}

impl Canvas {
    /// An empty page of that size in points; `None` for one without a size.
    fn new(width: f32, height: f32) -> Option<Self> {
        let fits = width.is_finite() && height.is_finite() && width >= 1.0 && height >= 1.0;
        if !fits {
            return None;
        }
        let scale = super::dots_a_point(width, height);
        let wide = (f64::from(width) * scale).floor().max(1.0) as u32;
        let high = (f64::from(height) * scale).floor().max(1.0) as u32;
        let len = usize::try_from(u64::from(wide) * u64::from(high)).ok()?;
        (len as u64 <= MOST_DOTS + 1).then(|| Self {
            width: wide,
            height: high,
            scale,
            dots: vec![255; len],
            images: 0,
        })
    }

    /// Draws an image whose dots `transform` puts onto the page; `shade` is that of a dot.
    fn draw(
        &mut self,
        transform: Affine,
        (width, height): (u32, u32),
        factors: (f32, f32),
        shade: impl Fn(usize) -> Option<u8>,
    ) {
        let to_page = Affine::scale(self.scale) * transform;
        if to_page.determinant().abs() < 1e-12 || width == 0 || height == 0 {
            return;
        }
        let (wide, high) = (
            f64::from(width) * f64::from(factors.0),
            f64::from(height) * f64::from(factors.1),
        );
        let corners = [(0.0, 0.0), (wide, 0.0), (0.0, high), (wide, high)];
        let corners = corners.map(|(x, y)| to_page * Point::new(x, y));
        let within = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as u32;
        let least = |of: fn(&Point) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Point) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        let (left, right) = (
            within(least(|p| p.x).floor(), self.width),
            within(most(|p| p.x).ceil(), self.width),
        );
        let (top, bottom) = (
            within(least(|p| p.y).floor(), self.height),
            within(most(|p| p.y).ceil(), self.height),
        );
        let back = to_page.inverse();
        for y in top..bottom {
            for x in left..right {
                let at = back * Point::new(f64::from(x) + 0.5, f64::from(y) + 0.5);
                let (column, row) = (at.x / f64::from(factors.0), at.y / f64::from(factors.1));
                let inside = column >= 0.0
                    && row >= 0.0
                    && column < f64::from(width)
                    && row < f64::from(height);
                if !inside {
                    continue;
                }
                let index = row as usize * width as usize + column as usize;
                if let Some(shade) = shade(index)
                    && let Some(dot) = self
                        .dots
                        .get_mut(y as usize * self.width as usize + x as usize)
                {
                    *dot = shade;
                }
            }
        }
    }

    /// The page as a PNG file of one channel.
    fn png(&self) -> std::io::Result<Vec<u8>> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        for row in self.dots.chunks_exact(self.width as usize) {
            packed.write_all(&[0])?;
            packed.write_all(row)?;
        }
        let packed = packed.finish()?;
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut head = Vec::new();
        head.extend_from_slice(&self.width.to_be_bytes());
        head.extend_from_slice(&self.height.to_be_bytes());
        head.extend_from_slice(&[8, 0, 0, 0, 0]);
        // Dots a metre, which OCR measures letters by.
        let metre = (self.scale * 72.0 / 0.0254).round() as u32;
        let mut size = Vec::new();
        size.extend_from_slice(&metre.to_be_bytes());
        size.extend_from_slice(&metre.to_be_bytes());
        size.push(1);
        for (name, data) in [
            (b"IHDR", &head),
            (b"pHYs", &size),
            (b"IDAT", &packed),
            (b"IEND", &Vec::new()),
        ] {
            chunk(&mut png, name, data);
        }
        Ok(png)
    }
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    png.extend_from_slice(&(data.len() as u32).to_be_bytes());
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    png.extend_from_slice(name);
    png.extend_from_slice(data);
    png.extend_from_slice(&crc.sum().to_be_bytes());
}

/// The shade of a dot that is so opaque, on white.
fn on_white(shade: u8, alpha: Option<&LumaData>, index: usize) -> u8 {
    let opaque = alpha
        .and_then(|alpha| alpha.data.get(index))
        .copied()
        .unwrap_or(255);
    let (shade, opaque) = (u32::from(shade), u32::from(opaque));
    u8::try_from((shade * opaque + 255 * (255 - opaque)) / 255).unwrap_or(255)
}

impl<'a> Device<'a> for Canvas {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.images += 1;
        let transform = props.transform;
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let size = (mask.width, mask.height);
                    self.draw(transform, size, mask.scale_factors, |index| {
                        mask.data.get(index).filter(|set| **set > 127).map(|_| 0)
                    });
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let alpha = alpha.filter(|alpha| {
                        (alpha.width, alpha.height) == (data.width(), data.height())
                    });
                    let (size, factors) = ((data.width(), data.height()), data.scale_factors());
                    match &data {
                        ImageData::Luma(luma) => self.draw(transform, size, factors, |index| {
                            luma.data
                                .get(index)
                                .map(|shade| on_white(*shade, alpha.as_ref(), index))
                        }),
                        ImageData::Rgb(rgb) => self.draw(transform, size, factors, |index| {
                            let [red, green, blue] =
                                *rgb.data.get(index * 3..)?.first_chunk::<3>()?;
                            let shade = (u32::from(red) * 299
                                + u32::from(green) * 587
                                + u32::from(blue) * 114)
                                / 1000;
                            Some(on_white(
                                u8::try_from(shade).unwrap_or(255),
                                alpha.as_ref(),
                                index,
                            ))
                        }),
                    }
                },
                None,
            ),
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
