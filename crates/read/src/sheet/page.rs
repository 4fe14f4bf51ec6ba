//! Pages of PDF files, drawn by the crate hayro on the interpreter that the reader reads with.
//!
//! Invariant: whatever a page says of its size, its image has at most [`MOST`] dots a side.

use super::canvas::Canvas;
use super::pictured::Pictures;
use super::{MOST, Veil, no_such_page};
use crate::pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings, render_into};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt};
use model::{Sha256Digest, Sheet, Sheets};
use ring::digest::{SHA256, digest};

/// Dots an inch, where the page is not too large for it.
const DOTS: f32 = 150.0;

/// The pages of a PDF file, and where its words stand.
///
/// # Errors
/// In words for people: protected by a password, damaged, of too many pages.
pub(super) fn sheets(bytes: &[u8]) -> Result<Sheets, String> {
    let file = pdf::open(bytes)?;
    let sizes: Vec<(f32, f32)> = file.pages().iter().map(Page::render_dimensions).collect();
    let scales: Vec<f64> = sizes
        .iter()
        .map(|&(width, height)| pdf::dots_a_point(width, height))
        .collect();
    let sheets = sizes
        .iter()
        .zip(&scales)
        .map(|(size, scale)| sheet(*size, *scale));
    let mut found = Sheets {
        sheets: sheets.collect(),
        ..Sheets::default()
    };
    // A file without text has pages all the same.
    if let Ok((text, words)) = pdf::words(&file, &scales) {
        let sum = digest(&SHA256, text.as_bytes());
        let sum: [u8; 32] = sum.as_ref().try_into().map_err(|_| "no SHA-256")?;
        found.of = crate::reader_of("application/pdf").map(|reader| (reader, Sha256Digest(sum)));
        found.words = words;
    }
    Ok(found)
}

fn sheet((width, height): (f32, f32), scale: f64) -> Sheet {
    let counted = |points: f32| (f64::from(points) * scale).clamp(1.0, 1e6).round() as u32;
    let longer = width.max(height).max(1.0);
    let dots = (DOTS / 72.0).min(MOST as f32 / longer);
    // Numbers that are none become the least.
    let side = |points: f32| ((points * dots).round() as u32).clamp(1, MOST);
    Sheet {
        width: side(width),
        height: side(height),
        counted: (counted(width), counted(height)),
        turn: 1,
    }
}

/// The image of the page `number`, from 1.
///
/// # Errors
/// In words for people: there is no such page, or it has no size.
pub(super) fn draw(bytes: &[u8], number: u32, veil: Veil) -> Result<Canvas, String> {
    let file = pdf::open(bytes)?;
    let at = (number as usize).checked_sub(1);
    let page = at
        .and_then(|at| file.pages().get(at))
        .ok_or_else(|| no_such_page(number))?;
    let (width, height) = page.render_dimensions();
    if !(width.is_finite() && height.is_finite() && width > 0.0 && height > 0.0) {
        return Err(format!("Page {number} has no size."));
    }
    let sheet = sheet((width, height), 1.0);
    let scale = Affine::scale_non_uniform(
        f64::from(sheet.width) / f64::from(width),
        f64::from(sheet.height) / f64::from(height),
    );
    let to_image = scale * page.initial_transform(true).to_kurbo();
    let mut canvas = drawn(page, &sheet, to_image)?;
    match veil {
        Veil::Nothing => {}
        Veil::Whole => canvas = canvas.hidden(),
        Veil::Pictures => {
            let mut pictures = Pictures::new(sheet.width, sheet.height);
            let cache = InterpreterCache::new();
            let room = Rect::new(0.0, 0.0, f64::from(sheet.width), f64::from(sheet.height));
            let settings = InterpreterSettings::default();
            let mut context = Context::new(to_image, room, &cache, file.xref(), settings);
            hayro_interpret::interpret_page(page, &mut context, &mut pictures);
            for part in pictures.parts() {
                canvas.hide(part);
            }
        }
    }
    Ok(canvas)
}

fn drawn(page: &Page<'_>, sheet: &Sheet, to_image: Affine) -> Result<Canvas, String> {
    let side = |dots: u32| u16::try_from(dots).map_err(|_| "too large".to_owned());
    let (width, height) = (side(sheet.width)?, side(sheet.height)?);
    let mut target = RenderContext::new(width, height);
    render_into(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &mut target,
        to_image,
    );
    target.flush();
    let mut image = Pixmap::new(width, height);
    let on_white = RasterizerSettings {
        target_init: TargetInit::Clear(WHITE),
        ..RasterizerSettings::default()
    };
    target.render_with(&mut image, &mut Resources::default(), on_white);
    let (dots, _) = image.data_as_u8_slice().as_chunks::<4>();
    Ok(Canvas {
        width: sheet.width,
        height: sheet.height,
        dots: dots
            .iter()
            .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
            .collect(),
    })
}
