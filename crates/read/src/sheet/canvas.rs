//! An image in the making: dots of red, green and blue, parts of which can be made unreadable.
//!
//! Invariant: what [`Canvas::hide`] was told to hide has no more than [`CELLS`] shades along its
//! longer side, whatever stood there. A face of eight dots by six is nobody's.

use super::MOST;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// Shades along the longer side of what is hidden.
pub(super) const CELLS: usize = 8;
/// Longer side of an image that is hidden as a whole, in dots: it has nothing to show.
const SMALL: u32 = 96;

/// An image.
pub(super) struct Canvas {
    pub width: u32,
    pub height: u32,
    /// Red, green and blue of each dot, row by row.
    pub dots: Vec<u8>,
}

/// A rectangle of a canvas: first column and row, and one past the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Part {
    pub left: u32,
    pub top: u32,
    pub right: u32,
    pub bottom: u32,
}

/// Shades of grey, from which what is hidden is drawn.
struct Cells {
    across: usize,
    down: usize,
    shades: Vec<f32>,
}

impl Canvas {
    /// All of it.
    pub fn whole(&self) -> Part {
        Part {
            left: 0,
            top: 0,
            right: self.width,
            bottom: self.height,
        }
    }

    /// Makes a part of it unreadable.
    pub fn hide(&mut self, part: Part) {
        let Some(cells) = self.cells(part) else {
            return;
        };
        let (wide, high) = (part.right - part.left, part.bottom - part.top);
        for row in 0..high {
            for column in 0..wide {
                let shade = cells.at((column, wide), (row, high));
                let at = self.index(part.left + column, part.top + row);
                if let Some(dot) = self.dots.get_mut(at..at + 3) {
                    dot.fill(shade);
                }
            }
        }
    }

    /// A small image of all of it, made unreadable.
    pub fn hidden(&self) -> Self {
        let longer = self.width.max(self.height).max(1);
        let side = |of: u32| (of * SMALL / longer).clamp(1, SMALL);
        let (width, height) = (side(self.width), side(self.height));
        let mut small = Self {
            width,
            height,
            dots: Vec::with_capacity(width as usize * height as usize * 3),
        };
        if let Some(cells) = self.cells(self.whole()) {
            for row in 0..height {
                for column in 0..width {
                    let shade = cells.at((column, width), (row, height));
                    small.dots.extend([shade; 3]);
                }
            }
        }
        small
    }

    fn index(&self, column: u32, row: u32) -> usize {
        (row as usize * self.width as usize + column as usize) * 3
    }

    /// The mean shades of a part; `None` for an empty one.
    fn cells(&self, part: Part) -> Option<Cells> {
        let right = part.right.min(self.width);
        let bottom = part.bottom.min(self.height);
        let wide = right.checked_sub(part.left).filter(|&wide| wide > 0)? as usize;
        let high = bottom.checked_sub(part.top).filter(|&high| high > 0)? as usize;
        let longer = wide.max(high);
        let number = |side: usize| ((CELLS * side + longer / 2) / longer).clamp(1, CELLS);
        let (across, down) = (number(wide), number(high));
        let mut sums = vec![(0_u64, 0_u64); across * down];
        for row in 0..high {
            for column in 0..wide {
                let at = self.index(part.left + column as u32, part.top + row as u32);
                let &[red, green, blue] = self.dots.get(at..)?.first_chunk::<3>()?;
                let shade = u64::from(red) * 299 + u64::from(green) * 587 + u64::from(blue) * 114;
                let cell = row * down / high * across + column * across / wide;
                let (sum, number) = &mut sums[cell];
                *sum += shade / 1000;
                *number += 1;
            }
        }
        let shades = sums
            .into_iter()
            .map(|(sum, number)| sum as f32 / number.max(1) as f32);
        Some(Cells {
            across,
            down,
            shades: shades.collect(),
        })
    }

    /// The image as a PNG file: of one channel where it has no colour.
    ///
    /// # Errors
    /// In words for people, when it has no dots or too many.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        if self.width > MOST || self.height > MOST {
            return Err(format!(
                "The image would have more than {MOST} dots a side."
            ));
        }
        let (grey, _) = self.dots.as_chunks::<3>();
        let is_grey = grey
            .iter()
            .all(|[red, green, blue]| red == green && green == blue);
        let mut file = Vec::new();
        let encoder =
            PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive);
        let written = if is_grey {
            let shades: Vec<u8> = grey.iter().map(|[shade, ..]| *shade).collect();
            encoder.write_image(&shades, self.width, self.height, ExtendedColorType::L8)
        } else {
            encoder.write_image(&self.dots, self.width, self.height, ExtendedColorType::Rgb8)
        };
        written.map_err(|error| format!("The image cannot be written: {error}."))?;
        Ok(file)
    }
}

impl Cells {
    /// The shade at a dot of so many, across and down: between the middles of cells it runs evenly.
    fn at(&self, (column, wide): (u32, u32), (row, high): (u32, u32)) -> u8 {
        let (left, right, x) = between(column, wide, self.across);
        let (upper, lower, y) = between(row, high, self.down);
        let shade = |column: usize, row: usize| {
            let found = self.shades.get(row * self.across + column);
            found.copied().unwrap_or(255.0)
        };
        let above = shade(left, upper) * (1.0 - x) + shade(right, upper) * x;
        let below = shade(left, lower) * (1.0 - x) + shade(right, lower) * x;
        (above * (1.0 - y) + below * y).round().clamp(0.0, 255.0) as u8
    }
}

/// Between which two of `cells` cells the dot `at` of `of` lies, and how far towards the second.
fn between(at: u32, of: u32, cells: usize) -> (usize, usize, f32) {
    let place = (at as f32 + 0.5) * cells as f32 / of.max(1) as f32 - 0.5;
    let place = place.clamp(0.0, (cells - 1) as f32);
    let first = place as usize;
    (first, (first + 1).min(cells - 1), place - first as f32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A coloured pattern of lines, 120 by 80.
    fn striped() -> Canvas {
        let dots = (0..80 * 120_u32).flat_map(|at| {
            let (row, column) = (at / 120, at % 120);
            [if column % 2 == 0 { 255 } else { 0 }, (row * 3) as u8, 40]
        });
        Canvas {
            width: 120,
            height: 80,
            dots: dots.collect(),
        }
    }

    #[test]
    fn what_is_hidden_is_grey_and_smooth_and_the_rest_stays() {
        let mut canvas = striped();
        let before = striped();
        canvas.hide(Part {
            left: 20,
            top: 10,
            right: 100,
            bottom: 70,
        });
        for row in 0..80 {
            for column in 0..120 {
                let at = canvas.index(column, row);
                let inside = (20..100).contains(&column) && (10..70).contains(&row);
                let dot = &canvas.dots[at..at + 3];
                if !inside {
                    assert_eq!(dot, &before.dots[at..at + 3]);
                } else {
                    assert!(dot[0] == dot[1] && dot[1] == dot[2]);
                    let next = canvas.dots[at + 3];
                    assert!(column == 99 || dot[0].abs_diff(next) < 8);
                }
            }
        }
    }

    #[test]
    fn a_whole_image_that_is_hidden_is_small_and_says_nothing_of_fine_lines() {
        let hidden = striped().hidden();
        assert_eq!((hidden.width, hidden.height), (96, 64));
        // Black and white lines two dots apart are one grey.
        let row = hidden.dots.get(..96 * 3).unwrap();
        let (least, most) = (row.iter().min().unwrap(), row.iter().max().unwrap());
        assert!(most - least < 12, "{least} to {most}");
    }

    #[test]
    fn a_png_file_is_plain_and_the_same_each_time() {
        let file = striped().png().unwrap();
        assert!(crate::sheet::is_plain(&file));
        assert_eq!(file, striped().png().unwrap());
        let read = image::load_from_memory(&file).unwrap().to_rgb8();
        assert_eq!(read.into_raw(), striped().dots);
        let mut longer = file.clone();
        longer.push(0);
        assert!(!crate::sheet::is_plain(&longer));
        let mut spoken = file[..33].to_vec();
        spoken.extend(b"\0\0\0\x03tEXta\0b\xcd\x1e\xb5\x9c");
        spoken.extend(&file[33..]);
        assert!(!crate::sheet::is_plain(&spoken));
        for at in [0, 20, 40, file.len() - 1] {
            let mut damaged = file.clone();
            damaged[at] ^= 1;
            assert!(!crate::sheet::is_plain(&damaged), "{at}");
        }
    }
}
