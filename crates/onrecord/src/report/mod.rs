//! The report: what the archive holds, every line with the words that carry it and a link to
//! where they stand. Built once (by [`Builder`]), written as HTML or Markdown.

mod build;
mod rows;

pub use build::{Builder, Held};
pub use rows::*;

use crate::failure::Result;
use askama::Template;

/// The report as one page that needs nothing else: no script, no font, no picture.
#[derive(Template)]
#[template(path = "report.html")]
struct Html<'a> {
    report: &'a Report,
}

/// The report as Markdown.
#[derive(Template)]
#[template(path = "report.md", escape = "none")]
struct Markdown<'a> {
    report: &'a Report,
}

impl Report {
    /// As an HTML page.
    pub fn html(&self) -> Result<String> {
        Ok(Html { report: self }.render()?)
    }

    /// As Markdown.
    pub fn markdown(&self) -> Result<String> {
        Ok(Markdown { report: self }.render()?)
    }
}

/// What the templates call.
mod filters {
    use askama::{Result, Values};

    /// Text with the characters escaped that Markdown would take as markup.
    #[askama::filter_fn]
    pub fn md(text: impl std::fmt::Display, _: &dyn Values) -> Result<String> {
        let mut escaped = String::new();
        for char in text.to_string().chars() {
            if matches!(
                char,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
            ) {
                escaped.push('\\');
            }
            escaped.push(char);
        }
        Ok(escaped)
    }
}
