//! What pages and pictures look like, and where words stand on them.
//!
//! The files are those of `paged_data` and `ocr_data`, which Chromium and others wrote.
#![allow(clippy::unwrap_used)]
#![cfg(feature = "pages")]

use model::{CharIndex, Sheets, Span, WordPlace};
use onrecord_read::sheet::{MOST, Veil, draw, sheets};
use onrecord_read::{Input, read};

const REPORT: &[u8] = include_bytes!("paged_data/report.pdf");
const SCAN: &[u8] = include_bytes!("paged_data/scan.pdf");
const LOCKED: &[u8] = include_bytes!("paged_data/locked.pdf");
const PHOTOGRAPH: &[u8] = include_bytes!("ocr_data/page.jpg");
const PICTURE: &[u8] = include_bytes!("ocr_data/page.png");
const FAX: &[u8] = include_bytes!("ocr_data/pages.tiff");

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> Input<'a> {
    Input { bytes, name }
}

fn image(bytes: &[u8], page: u32, veil: Veil) -> image::RgbImage {
    let png = draw(&file("file", bytes), page, veil).unwrap();
    image::load_from_memory_with_format(&png, image::ImageFormat::Png)
        .unwrap()
        .to_rgb8()
}

/// Share of dots that are dark.
fn ink(image: &image::RgbImage, (left, top): (u32, u32), (right, bottom): (u32, u32)) -> f64 {
    let mut dark = 0;
    for y in top..bottom {
        for x in left..right {
            dark += u32::from(image.get_pixel(x, y).0[1] < 128);
        }
    }
    f64::from(dark) / f64::from(((right - left) * (bottom - top)).max(1))
}

#[test]
fn every_word_of_a_report_stands_where_its_letters_are_drawn() {
    let input = file("report.pdf", REPORT);
    let reading = read(&input).unwrap();
    let found = sheets(&input).unwrap();
    let (reader, _) = found.of.as_ref().unwrap();
    assert_eq!(*reader, reading.reader);
    assert_eq!(found.sheets.len(), 3);
    let chars = CharIndex::new(&reading.text);
    let said = |word: &WordPlace| chars.slice(&reading.text, Span::new(word.from, word.to));
    let images: Vec<_> = (1..=3)
        .map(|page| image(REPORT, page, Veil::Nothing))
        .collect();
    assert!(found.words.len() > 300, "{}", found.words.len());
    let (mut inked, mut letters) = (0, 0);
    for word in &found.words {
        let text = said(word).unwrap();
        assert!(!text.contains(char::is_whitespace), "{text}");
        assert_eq!(reading.page_at(word.from), Some(word.page), "{text}");
        letters += text.chars().count();
        let at = word.page as usize - 1;
        let (sheet, image) = (&found.sheets[at], &images[at]);
        assert_eq!((sheet.width, sheet.height), image.dimensions());
        let area = sheet.area(word);
        let dark = ink(image, (area.left, area.top), (area.right, area.bottom));
        inked += usize::from(dark > 0.02);
    }
    // Punctuation alone has little ink.
    assert!(inked * 100 > found.words.len() * 97, "{inked}");
    let all = reading.text.chars().filter(|c| !c.is_whitespace());
    let bars = all.clone().filter(|letter| *letter == '|').count();
    assert_eq!(letters, all.count() - bars);
}

#[test]
fn what_a_page_shows_as_a_picture_is_hidden_until_asked_for() {
    let found = sheets(&file("scan.pdf", SCAN)).unwrap();
    assert_eq!((found.sheets.len(), found.of.is_none()), (1, true));
    let sharp = image(SCAN, 1, Veil::Nothing);
    let hidden = image(SCAN, 1, Veil::Pictures);
    assert_eq!(sharp.dimensions(), hidden.dimensions());
    // The picture has sixteen shades from top to foot; hidden it runs evenly.
    let steps = |image: &image::RgbImage| {
        let column = image.width() / 2;
        let shade = |row: u32| image.get_pixel(column, row).0[0];
        let rows = 1..image.height();
        rows.filter(|row| shade(*row).abs_diff(shade(*row - 1)) > 6)
            .count()
    };
    assert_eq!((steps(&sharp), steps(&hidden)), (15, 0));
    // Letters stay.
    let (open, veiled) = (
        image(REPORT, 1, Veil::Nothing),
        image(REPORT, 1, Veil::Pictures),
    );
    assert_eq!(open, veiled);
    let whole = image(REPORT, 1, Veil::Whole);
    assert!(whole.width() < 100 && whole.height() < 100);
}

#[test]
fn pictures_are_made_small_and_say_nothing_of_themselves() {
    for (name, bytes) in [
        ("page.jpg", PHOTOGRAPH),
        ("page.png", PICTURE),
        ("pages.tiff", FAX),
    ] {
        let found = sheets(&file(name, bytes)).unwrap();
        let sheet = found.sheets[0];
        let sharp = image(bytes, 1, Veil::Nothing);
        assert_eq!((sheet.width, sheet.height), sharp.dimensions(), "{name}");
        assert!(sheet.width <= MOST && sheet.height <= MOST);
        let all = (sharp.width(), sharp.height());
        assert!(ink(&sharp, (0, 0), all) > 0.001, "{name}");
        let hidden = image(bytes, 1, Veil::Pictures);
        assert!(hidden.width() < 100 && hidden.height() < 100, "{name}");
        assert_eq!(hidden, image(bytes, 1, Veil::Whole));
    }
}

#[test]
fn a_turned_photograph_stands_upright() {
    // Forty dots by twenty, black at the left; an EXIF field says that its right side is its foot.
    let mut picture = image::RgbImage::from_pixel(40, 20, image::Rgb([255; 3]));
    for (x, _, dot) in picture.enumerate_pixels_mut() {
        if x < 10 {
            dot.0 = [0; 3];
        }
    }
    let mut jpeg = Vec::new();
    picture
        .write_to(
            &mut std::io::Cursor::new(&mut jpeg),
            image::ImageFormat::Jpeg,
        )
        .unwrap();
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut turned = jpeg[..2].to_vec();
    turned.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
    turned.extend(exif);
    turned.extend(&jpeg[2..]);
    let sheet = sheets(&file("a.jpg", &turned)).unwrap().sheets[0];
    assert_eq!((sheet.width, sheet.height, sheet.turn), (20, 40, 6));
    let upright = image(&turned, 1, Veil::Nothing);
    assert_eq!(upright.dimensions(), (20, 40));
    assert!(ink(&upright, (0, 0), (20, 9)) > 0.95);
    assert!(ink(&upright, (0, 11), (20, 40)) < 0.05);
}

#[test]
fn what_cannot_be_shown_is_said_in_a_sentence() {
    let said =
        |bytes: &[u8], page: u32| draw(&file("file.pdf", bytes), page, Veil::Nothing).unwrap_err();
    assert!(said(LOCKED, 1).contains("password"), "{}", said(LOCKED, 1));
    assert!(sheets(&file("locked.pdf", LOCKED)).is_err());
    assert_eq!(said(REPORT, 4), "The document has no page 4.");
    assert_eq!(said(REPORT, 0), "The document has no page 0.");
    assert_eq!(said(PICTURE, 2), "The document has no page 2.");
    assert!(said(b"plain words", 1).contains("no pages that can be shown"));
    assert!(said(&PHOTOGRAPH[..200], 1).contains("damaged"));
    // A header of 60,000 by 60,000 dots is not believed.
    let mut bomb = PICTURE.to_vec();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let sum = {
        let mut crc = flate2::Crc::new();
        crc.update(&bomb[12..29]);
        crc.sum()
    };
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert!(
        said(&bomb, 1).contains("60000 by 60000"),
        "{}",
        said(&bomb, 1)
    );
}

#[test]
fn damaged_files_give_a_page_or_a_reason_and_the_same_each_time() {
    for whole in [REPORT, SCAN, PHOTOGRAPH, PICTURE, FAX] {
        for share in 1..8 {
            let mut damaged = whole[..whole.len() * share / 8].to_vec();
            let at = damaged.len() / 2;
            damaged[at] ^= 0x55;
            let input = file("file", &damaged);
            let _ = sheets(&input);
            let one = draw(&input, 1, Veil::Pictures);
            assert_eq!(one, draw(&input, 1, Veil::Pictures));
        }
    }
}

/// What a program gets from a worker is what this process would make.
#[test]
fn a_worker_draws_what_this_process_draws() {
    let mut program = std::env::current_exe().unwrap();
    program.pop();
    if program.ends_with("deps") {
        program.pop();
    }
    let program = program
        .join("examples")
        .join(format!("worker{}", std::env::consts::EXE_SUFFIX));
    let limits = onrecord_read::Limits::default();
    let workers = onrecord_read::Workers::start(program, Vec::new(), 1, limits).unwrap();
    let input = file("report.pdf", REPORT);
    let there: Sheets = workers.sheets(&input).unwrap();
    assert_eq!(there, sheets(&input).unwrap());
    let there = workers.draw(&input, 2, Veil::Pictures).unwrap();
    assert_eq!(there, draw(&input, 2, Veil::Pictures).unwrap());
    let refused = workers.draw(&file("a.pdf", LOCKED), 1, Veil::Nothing);
    assert!(refused.unwrap_err().reason.contains("password"));
    assert!(workers.draw(&input, 1, Veil::Nothing).is_ok());
}
