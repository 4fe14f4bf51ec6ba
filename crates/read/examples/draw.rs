//! Draws the pages of files as a worker does, and says what each took: `draw PAGES FILE...` draws so
//! many pages of each file. A line a page: file, page, milliseconds to draw it, bytes of the image; before
//! them the milliseconds for finding where the words stand. `draw --into FOLDER PAGES FILE...` keeps
//! the images there.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use onrecord_read::Input;
use onrecord_read::sheet::{Veil, draw, sheets};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut into: Option<PathBuf> = None;
    if arguments.peek().is_some_and(|first| first == "--into") {
        arguments.next();
        into = arguments.next().map(PathBuf::from);
    }
    let pages: u32 = arguments.next().ok_or("how many pages?")?.parse()?;
    for path in arguments {
        let bytes = std::fs::read(&path)?;
        let name = Path::new(&path).file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let input = Input {
            bytes: &bytes,
            name: &name,
        };
        let began = Instant::now();
        let found = match sheets(&input) {
            Ok(found) => found,
            Err(why) => {
                println!("{name}\trefused\t{why}");
                continue;
            }
        };
        let (all, words) = (found.sheets.len(), found.words.len());
        println!("{name}\tpages\t{}\t{all}\t{words}", milliseconds(began));
        for page in 1..=pages.min(u32::try_from(all)?) {
            for veil in [Veil::Nothing, Veil::Pictures] {
                let began = Instant::now();
                match draw(&input, page, veil) {
                    Ok(png) => {
                        println!(
                            "{name}\t{page}\t{}\t{}\t{veil:?}",
                            milliseconds(began),
                            png.len()
                        );
                        if let Some(folder) = &into {
                            std::fs::write(
                                folder.join(format!("{name}-{page}-{veil:?}.png")),
                                png,
                            )?;
                        }
                    }
                    Err(why) => println!("{name}\t{page}\tundrawn\t{why}"),
                }
            }
        }
    }
    Ok(())
}

fn milliseconds(began: Instant) -> String {
    format!("{:.1}", began.elapsed().as_secs_f64() * 1000.0)
}
